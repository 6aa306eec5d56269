"""The fourteen allergens that European kitchens must declare (Regulation (EU) 1169/2011, annex II), and how people
write them on a form."""

from eventops.domain.folding import folded
from eventops.domain.people import Choice, Participant
from eventops.domain.texts import Text


def _allergen(id: str, en: str, fr: str, ar: str, words: str) -> Choice:
    spelled = tuple(word.strip() for word in words.split(",") if word.strip())
    return Choice(id=id, title=Text(en, fr=fr, ar=ar), words=spelled)


ALLERGENS = (
    _allergen(
        "gluten",
        "Cereals with gluten",
        "Céréales contenant du gluten",
        "الحبوب المحتوية على الغلوتين",
        "gluten, wheat, rye, barley, oats, spelt, cereals, coeliac, celiac, blé, seigle, orge, avoine, épeautre, "
        "céréales, cœliaque, غلوتين, الغلوتين, جلوتين, قمح, القمح, شعير, trigo, cereales, celiaco, celiaca",
    ),
    _allergen(
        "crustaceans",
        "Crustaceans",
        "Crustacés",
        "القشريات",
        "crustacean, shrimp, shrimps, prawn, prawns, crab, lobster, shellfish, crustacé, crevette, crevettes, crabe, "
        "homard, قشريات, روبيان, جمبري, القمرون, سرطان البحر, crustáceos, gambas, marisco, mariscos",
    ),
    _allergen("eggs", "Eggs", "Œufs", "البيض", "egg, oeuf, oeufs, œuf, بيض, huevo, huevos"),
    _allergen("fish", "Fish", "Poissons", "السمك", "fishes, poisson, سمك, أسماك, الأسماك, حوت, pescado, pescados"),
    _allergen(
        "peanuts",
        "Peanuts",
        "Arachides",
        "الفول السوداني",
        "peanut, groundnut, groundnuts, arachide, cacahuète, cacahuètes, cacahouètes, فول سوداني, كاوكاو, الكاوكاو, "
        "cacahuete, cacahuetes, maní",
    ),
    _allergen("soybeans", "Soya", "Soja", "الصويا", "soy, soybean, soybeans, soya beans, صويا, فول الصويا, soia"),
    _allergen(
        "milk",
        "Milk and lactose",
        "Lait et lactose",
        "الحليب واللاكتوز",
        "milk, dairy, lactose, lait, produits laitiers, حليب, الحليب, ألبان, الألبان, لاكتوز, اللاكتوز, leche, "
        "lácteos, lactosa",
    ),
    _allergen(
        "nuts",
        "Nuts",
        "Fruits à coque",
        "المكسرات",
        "nut, tree nuts, almond, almonds, hazelnut, hazelnuts, walnut, walnuts, cashew, cashews, pistachio, "
        "pistachios, fruit à coque, amande, amandes, noix, noisette, noisettes, cajou, pistache, pistaches, مكسرات, "
        "لوز, اللوز, جوز, الجوز, بندق, فستق, frutos secos, frutos de cáscara, nueces, almendras, avellanas",
    ),
    _allergen("celery", "Celery", "Céleri", "الكرفس", "celeri, كرفس, apio"),
    _allergen("mustard", "Mustard", "Moutarde", "الخردل", "خردل, mostaza"),
    _allergen(
        "sesame", "Sesame", "Sésame", "السمسم", "sesame seeds, graines de sésame, سمسم, جلجلان, الجلجلان, sésamo"
    ),
    _allergen(
        "sulphites",
        "Sulphites",
        "Sulfites",
        "الكبريتيت",
        "sulphite, sulfites, sulfite, sulphur dioxide, anhydride sulfureux, كبريتيت, سلفيت, sulfitos",
    ),
    _allergen("lupin", "Lupin", "Lupin", "الترمس", "lupine, lupins, ترمس, altramuces, altramuz"),
    _allergen(
        "molluscs",
        "Molluscs",
        "Mollusques",
        "الرخويات",
        "mollusc, mollusk, mollusks, mussel, mussels, oyster, oysters, squid, octopus, mollusque, moule, moules, "
        "huître, huîtres, calamar, calmar, poulpe, رخويات, محار, بلح البحر, حبار, أخطبوط, moluscos, mejillones",
    ),
)
ALLERGEN_IDS = tuple(one.id for one in ALLERGENS)

# What some diets say of allergens.
OF_DIETS = {
    "gluten_free": ("gluten",),
    "lactose_free": ("milk",),
    "no_fish": ("crustaceans", "fish", "molluscs"),
    "no_nuts": ("peanuts", "nuts"),
}
_BY_WORD = {
    folded(word): one.id for one in ALLERGENS for word in (*one.words, one.title.en, one.title.fr, one.title.ar)
}


def _told_by(text: str) -> tuple[str, ...]:
    """The allergens of a diet in somebody's own words."""
    from eventops.domain.hosting.allergy_texts import eaten_in

    said = eaten_in(text)
    return (*(id for diet in said.diets for id in OF_DIETS.get(diet, ())), *said.allergens)


def allergens_of(person: Participant) -> tuple[str, ...]:
    """The allergens a person must not eat, in the order of the law: those they named, those their diet says, and those
    written among their diets. What is none of the fourteen comes last, as written."""
    named = dict.fromkeys(person.allergens)
    for part in filter(None, person.diet.split(", ")):
        found = OF_DIETS.get(part) or ((_BY_WORD[folded(part)],) if folded(part) in _BY_WORD else _told_by(part))
        named |= dict.fromkeys(found)
    return tuple(
        sorted(named, key=lambda id: (ALLERGEN_IDS.index(id) if id in ALLERGEN_IDS else len(ALLERGEN_IDS), id))
    )
