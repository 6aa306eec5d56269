"""What people write about their food, in Arabic (also as spoken in Morocco), French, English and Spanish."""

import pytest

from eventops.domain.enrolling.choices import STANDARD_DIET
from eventops.domain.hosting.allergens import ALLERGEN_IDS, OF_DIETS, allergens_of
from eventops.domain.hosting.allergy_texts import allergens_sorted_out, eaten_in, sorted_out
from eventops.domain.people import Participant

# Foods as they are named behind “allergic to”; each is asked in every wording of its language.
FOODS = {
    "gluten": ("gluten|wheat", "au gluten|au blé", "الغلوتين|القمح|الزرع", "al gluten|al trigo"),
    "crustaceans": (
        "shrimp|crab",
        "aux crevettes|aux crustacés",
        "الجمبري|القشريات|القيمرون",
        "a las gambas|al camarón",
    ),
    "eggs": ("eggs|egg white", "aux œufs|au blanc d’œuf", "البيض|بياض البيض|صفار البيض", "a los huevos|al huevo"),
    "fish": ("fish|tuna", "au poisson|au thon", "السمك|الحوت|السردين", "al pescado|al atún"),
    "peanuts": (
        "peanuts|groundnuts",
        "aux cacahuètes|à l'arachide",
        "الفول السوداني|الكاوكاو|كاوكاو",
        "al maní|a los cacahuetes",
    ),
    "soybeans": ("soy|soya", "au soja|au tofu", "الصويا|فول الصويا|الصوجا", "a la soja|al tofu"),
    "milk": (
        "milk|dairy products",
        "au lait|aux produits laitiers",
        "الحليب|مشتقات الحليب|الألبان",
        "a la leche|a la lactosa",
    ),
    "nuts": (
        "hazelnuts|almonds",
        "aux amandes|aux fruits à coque",
        "اللوز|البندق|الكركاع",
        "a las almendras|a las avellanas",
    ),
    "celery": ("celery|celeriac", "au céleri|au céleri-rave", "الكرفس|كرفس|الكرافس", "al apio|al apio crudo"),
    "mustard": (
        "mustard|mustard seeds",
        "à la moutarde|aux graines de moutarde",
        "الخردل|خردل|الموطارد",
        "a la mostaza|a la mostaza",
    ),
    "sesame": (
        "sesame|sesame seeds",
        "au sésame|aux graines de sésame",
        "السمسم|الجلجلان|الطحينة",
        "al sésamo|al ajonjolí",
    ),
    "sulphites": (
        "sulphites|sulfites",
        "aux sulfites|à l'anhydride sulfureux",
        "الكبريتيت|السلفيت|الكبريتات",
        "a los sulfitos|al sulfito",
    ),
    "lupin": (
        "lupin|lupin flour",
        "au lupin|à la farine de lupin",
        "الترمس|ترمس|التورمس",
        "al altramuz|a los altramuces",
    ),
    "molluscs": (
        "mussels|squid",
        "aux moules|aux mollusques",
        "الرخويات|المحار|الكلمار",
        "a los moluscos|a los mejillones",
    ),
}
WORDINGS = (
    (
        "allergic to {}",
        "I am allergic to {}",
        "{} allergy",
        "severe allergy to {}",
        "no {} please",
        "I cannot eat {}",
        "intolerant to {}",
    ),
    (
        "je suis allergique {}",
        "allergie {}",
        "Allergique {}",
        "allergie sévère {}",
        "j'ai une allergie {}",
        "intolérance {}",
        "intolérant {}",
    ),
    (
        "حساسية من {}",
        "حساسية {}",
        "لدي حساسية من {}",
        "عندي الحساسية من {}",
        "أعاني من حساسية تجاه {}",
        "لا آكل {}",
        "بدون {}",
    ),
    ("alergia {}", "soy alérgico {}", "soy alérgica {}", "tengo alergia {}", "intolerancia {}"),
)


def said_of(id: str) -> list[str]:
    return [
        wording.format(food)
        for foods, wordings in zip(FOODS[id], WORDINGS, strict=True)
        for food in foods.split("|")
        for wording in wordings
        if food != "al apio crudo"
    ]


@pytest.mark.parametrize("id", ALLERGEN_IDS)
def test_an_allergy_in_somebody_s_own_words_is_one_of_the_fourteen(id: str) -> None:
    texts = said_of(id)
    assert len(texts) >= 30
    # Who names fish or peanuts is spared seafood or nuts as well, as the closed answer of that name does.
    family = {"fish": OF_DIETS["no_fish"], "peanuts": OF_DIETS["no_nuts"]}.get(id, (id,))
    wrong = {
        text: eaten_in(text)
        for text in texts
        if not (eaten_in(text).whole and id in _avoided(text) and set(_avoided(text)) <= set(family))
    }
    assert wrong == {}


def _avoided(text: str) -> tuple[str, ...]:
    return allergens_of(Participant(id="P0001", name="A", diet=text))


DIETS = {
    "vegetarian": "vegetarian|I am vegetarian|vegetarian food|vegetarian meal please|no meat|I don't eat meat|"
    "I do not eat meat|"
    "meat free|without meat|veggie|végétarien|végétarienne|je suis végétarien|je suis végétarienne|régime végétarien|"
    "repas végétarien|menu végétarien|sans viande|pas de viande|je ne mange pas de viande|aucune viande|نباتي|"
    "نباتية|أنا نباتي|"
    "أنا نباتية|لا آكل اللحم|لا آكل اللحوم|بدون لحم|وجبة نباتية|طعام نباتي|ما كناكلش اللحم|بلا لحم|vegetariano|"
    "soy vegetariana|"
    "no como carne|sin carne|menú vegetariano",
    "vegan": "vegan|I am vegan|vegan diet|vegan food please|plant-based|plant based diet|no animal products|"
    "strict vegetarian|"
    "végan|végane|je suis végane|végétalien|végétalienne|je suis végétalienne|régime végétalien|menu vegan|"
    "repas végétalien|"
    "sans produits animaux|aucun produit animal|végétarien strict|نباتي صرف|نباتية صرفة|أنا نباتي صرف|نباتي خالص|"
    "نباتي صارم|"
    "بدون منتجات حيوانية|لا آكل المنتجات الحيوانية|فيغان|vegano|vegana|soy vegana|dieta vegana|sin productos animales",
    "diabetic": "diabetic|I am diabetic|diabetes|I have diabetes|type 2 diabetes|no sugar|sugar free|"
    "without sugar|low sugar|"
    "diabétique|je suis diabétique|diabète|j'ai le diabète|diabète de type 2|régime diabétique|repas diabétique|"
    "sans sucre|"
    "pas de sucre|peu de sucre|سكري|السكري|مرض السكري|أنا مريض بالسكري|مصاب بالسكري|مصابة بالسكري|داء السكري|"
    "عندي السكر|"
    "أعاني من السكري|بدون سكر|بلا سكر|diabético|soy diabética|tengo diabetes|sin azúcar",
    "low_salt": "low salt|no salt|salt free|low-salt diet|low sodium|without salt|less salt|salt-free diet|"
    "no added salt|"
    "high blood pressure|hypertension|sans sel|pauvre en sel|régime sans sel|peu de sel|pas de sel|moins de sel|"
    "hyposodé|"
    "régime hyposodé|faible en sel|je suis hypertendu|hypertendue|بدون ملح|بلا ملح|قليل الملح|قليل من الملح|"
    "خالي من الملح|"
    "من غير ملح|ارتفاع ضغط الدم|حمية بدون ملح|sin sal|bajo en sal|poca sal|bajo en sodio",
    "halal": "halal|halal food|halal only|only halal|halal meat|halal meal|I eat halal|halal food only|halal please|"
    "Halal|viande halal|repas halal|menu halal|halal uniquement|uniquement halal|je mange halal|nourriture halal|"
    "hallal|"
    "halal svp|حلال|الحلال|حلال فقط|أكل حلال|الأكل الحلال|طعام حلال|لحم حلال|وجبة حلال|اللحم الحلال|فقط حلال|"
    "comida halal|"
    "carne halal|solo halal",
    "kosher": "kosher|kosher food|kosher meal|kosher only|only kosher|I eat kosher|kosher please|kosher diet|"
    "kosher meals|"
    "casher|cacher|kasher|cachère|repas casher|menu casher|casher uniquement|je mange casher|nourriture casher|"
    "viande casher|"
    "régime casher|kascher|كوشير|كاشير|الكاشير|طعام كوشير|وجبة كوشير|أكل كوشير|كوشر|comida kosher|menú kosher|"
    "solo kosher|cosher",
    "no_fish": "no fish or seafood|no seafood|allergic to seafood|seafood allergy|I do not eat seafood|"
    "without seafood|"
    "intolerant to seafood|sea food allergy|no sea food|avoid seafood|sans fruits de mer|allergie aux fruits de mer|"
    "allergique aux fruits de mer|je suis allergique aux fruits de mer|pas de fruits de mer|"
    "sans poisson ni fruits de mer|"
    "je ne mange pas de fruits de mer|allergie sévère aux fruits de mer|intolérance aux fruits de mer|"
    "حساسية من فواكه البحر|"
    "حساسية فواكه البحر|بدون فواكه البحر|لا آكل فواكه البحر|لدي حساسية من فواكه البحر|حساسية من المأكولات البحرية|"
    "بدون مأكولات بحرية|لا آكل المأكولات البحرية|عندي حساسية من المأكولات البحرية|بلا فواكه البحر|"
    "بدون سمك أو فواكه البحر",
    "no_nuts": "no nuts|nut allergy|allergic to nuts|I am allergic to nuts|nut free|severe nut allergy|"
    "I cannot eat nuts|"
    "intolerant to nuts|without nuts|allergy to nuts|allergie aux noix|sans noix|allergique aux noix|"
    "je suis allergique aux noix|allergie aux fruits secs|allergique aux fruits secs|pas de noix|sans fruits secs|"
    "allergie sévère aux noix|حساسية من المكسرات|حساسية المكسرات|لدي حساسية من المكسرات|عندي حساسية من المكسرات|"
    "أعاني من حساسية المكسرات|لا آكل المكسرات|بدون مكسرات|حساسية تجاه المكسرات|حساسية من الفواكه الجافة|بلا مكسرات|"
    "alergia a los frutos secos|sin frutos secos|soy alérgico a los frutos secos",
}


@pytest.mark.parametrize("id", DIETS)
def test_a_diet_in_somebody_s_own_words_is_that_diet(id: str) -> None:
    texts = DIETS[id].split("|")
    assert len(texts) >= 30
    assert {text: sorted_out(text)[0] for text in texts if sorted_out(text) != (id, (), False)} == {}


@pytest.mark.parametrize(
    ("text", "allergens"),
    [
        ("allergie au lait, aux œufs et aux noisettes", ("eggs", "milk", "nuts")),
        ("حساسية من البيض والحليب", ("eggs", "milk")),
        ("allergic to eggs and sesame", ("eggs", "sesame")),
        ("alergia a las gambas y al pescado", ("crustaceans", "fish")),
    ],
)
def test_several_allergies_in_one_answer_are_each_counted(text: str, allergens: tuple[str, ...]) -> None:
    assert sorted_out(text) == (STANDARD_DIET, allergens, False)


@pytest.mark.parametrize(
    "text", ["allergie au kiwi", "حساسية من الفراولة", "allergic to strawberries", "J'ai des allergies", "عندي حساسية"]
)
def test_an_allergy_that_is_none_of_the_fourteen_stays_as_written_and_alarms(text: str) -> None:
    assert sorted_out(text) == (text, (), True)
    assert allergens_sorted_out((text,)) == ((text,), True)


def test_a_text_understood_in_part_counts_what_is_known_and_keeps_the_rest() -> None:
    text = "allergie aux œufs et au kiwi"
    assert (sorted_out(text), allergens_sorted_out((text,))) == ((text, ("eggs",), True), (("eggs", text), True))


@pytest.mark.parametrize(
    "text",
    [
        "pas d'allergie",
        "aucune allergie",
        "no allergies",
        "sin alergias",
        "لا حساسية",
        "بدون حساسية",
        "ليس لدي أي حساسية",
    ],
)
def test_who_denies_an_allergy_eats_as_everybody(text: str) -> None:
    assert sorted_out(text) == (STANDARD_DIET, (), False)


@pytest.mark.parametrize(
    "text", ["j'adore le poisson et le couscous", "I love eggs", "ouvert à tout", "buffet du midi"]
)
def test_who_likes_a_food_is_not_kept_from_it(text: str) -> None:
    assert (sorted_out(text), _avoided(text)) == ((text, (), False), ())
