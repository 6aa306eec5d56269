"""How people say on a form what they do not eat: the words around a food, and further words for foods and diets."""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


# Further words for each allergen, beside those it is known by as a closed answer.
FOODS: dict[str, tuple[str, ...]] = {
    "gluten": _phrases(
        "grain, grains, bread, pasta, flour, couscous, semolina, pain, pâtes, farine, semoule, froment, kamut, "
        "الجلوتان, "
        "الغلوتان, كلوتين, الكلوتين, غلوتان, زرع, الزرع, خبز, الخبز, دقيق, الدقيق, طحين, فرينة, سميدة, شيلم, شوفان, "
        "cebada, avena, centeno, harina, pan, celiaque, coeliac disease, celiac disease, maladie cœliaque, "
        "داء السيلياك, "
        "السيلياك, سيلياك, مرض حساسية القمح"
    ),
    "crustaceans": _phrases(
        "crayfish, langoustine, langoustines, langouste, crabs, lobsters, crabes, homards, écrevisses, écrevisse, "
        "الجمبري, "
        "الروبيان, كروفيت, الكروفيت, قمرون, قيمرون, القيمرون, قريدس, لانكوست, كركند, سرطانات البحر, gamba, camarón, "
        "camarones, cangrejo, langosta, langostinos, gambas"
    ),
    "eggs": _phrases(
        "egg white, egg whites, egg yolk, blanc d'œuf, blanc d'oeuf, jaune d'œuf, بيضة, البيضة, بياض البيض, "
        "صفار البيض, "
        "أولاد الدجاج, clara de huevo, yema, omelette, mayonnaise"
    ),
    "fish": _phrases(
        "salmon, tuna, cod, sardine, sardines, anchovy, anchovies, saumon, thon, morue, anchois, merlan, الحوت, "
        "الاسماك, "
        "سردين, السردين, تونة, طون, الطون, سلمون, السلمون, أنشوجة, atún, salmón, bacalao, sardinas"
    ),
    "peanuts": _phrases(
        "peanut butter, beurre de cacahuète, beurre de cacahuètes, cacahuette, cacahuettes, cacahouète, cacahouette, "
        "cacahouettes, الفول السودانى, فول سودانى, كوكاو, الكوكاو, كاكاو المقلي, زبدة الفول السوداني, السودانية, "
        "manises, "
        "maníes"
    ),
    "soybeans": _phrases(
        "tofu, soyabean, soyabeans, lécithine de soja, sauce soja, soy sauce, السوجا, سوجا, توفو, الصوجا"
    ),
    "milk": _phrases(
        "cow milk, cow's milk, dairy products, dairies, cheese, butter, cream, yoghurt, yogurt, milk protein, "
        "milk proteins, "
        "lactosérum, casein, caséine, laitages, laitage, produit laitier, fromage, fromages, beurre, crème, yaourt, "
        "lait de vache, protéines de lait, protéines de lait de vache, حليب البقر, مشتقات الحليب, الحليب ومشتقاته, "
        "منتجات الألبان, مشتقات الألبان, جبن, الجبن, أجبان, الأجبان, زبدة, الزبدة, ياغورت, لبن, اللبن, رايب, "
        "فرماج, اللاكتوس, "
        "لاكتوس, queso, mantequilla, nata, yogur, leche de vaca, productos lácteos"
    ),
    "nuts": _phrases(
        "nut allergy, tree nut, pecan, pecans, brazil nuts, macadamia, pine nuts, chestnut, fruits secs à coque, "
        "noix de cajou, noix de pécan, noix du brésil, pignons, châtaigne, fruits à coques, amendes, الكركاع, "
        "كركاع, گرگاع, "
        "الگرگاع, عين الجمل, البندق, الفستق, كاجو, الكاجو, لوز وجوز, almendra, avellana, nuez, pistacho, pistachos, "
        "anacardo, anacardos"
    ),
    "celery": _phrases("celeriac, céleri rave, celery root, céleri branche, الكرافس, كرافس, كرفص, الكرفص, apios"),
    "mustard": _phrases(
        "mustard seed, mustard seeds, graines de moutarde, moutardes, موطارد, الموطارد, موتارد, لاموتارد, mostazas"
    ),
    "sesame": _phrases(
        "sesame seed, tahini, tahina, tahin, طحينة, الطحينة, الزنجلان, زنجلان, جنجلان, الجنجلان, ajonjolí"
    ),
    "sulphites": _phrases(
        "sulfite, sulphur, sulfur dioxide, dioxyde de soufre, e220, الكبريتات, كبريتات, السلفيت, ثاني أكسيد الكبريت, "
        "سولفيت, سلفات, sulfito, anhídrido sulfuroso, dióxido de azufre"
    ),
    "lupin": _phrases(
        "lupini, lupin beans, lupin flour, farine de lupin, graines de lupin, تورمس, التورمس, lupinos, lupino"
    ),
    "molluscs": _phrases(
        "clam, clams, scallop, scallops, snail, snails, cuttlefish, palourde, palourdes, seiche, seiches, escargot, "
        "escargots, bulots, coquillages, coquillage, coquilles saint-jacques, المحار, الحبار, كلمار, الكلمار, "
        "الأخطبوط, "
        "بوزروك, بلاببوش, حلزون, الحلزون, الصدفيات, صدفيات, almejas, mejillón, calamares, pulpo, ostras, caracoles"
    ),
}

# Further words for diets, whole phrases that say the diet by themselves.
DIETS_SAID: dict[str, tuple[str, ...]] = {
    "vegetarian": _phrases(
        "végé, végétarisme, végétariens, végétariennes, vegetarians, vegetarian diet, vegetarian food, végétarienne, "
        "no meat, meat free, meatless, don't eat meat, do not eat meat, eat no meat, without meat, pas de viande, "
        "ne mange pas de viande, ne mange pas viande, mange pas de viande, sans viandes, aucune viande, لا آكل اللحم, "
        "لا آكل اللحوم, لا أتناول اللحوم, لا أتناول اللحم, لا أكل اللحم, ما كناكلش اللحم, مكناكلش اللحم, "
        "ماكناكلش اللحم, "
        "بدون لحوم, من غير لحم, بلا لحم, بلا لحوم, خالي من اللحوم, خال من اللحوم, نباتيون, الأكل النباتي, أكل نباتي, "
        "طعام نباتي, نظام نباتي, حمية نباتية, وجبة نباتية, وجبات نباتية, no como carne, sin carne, dieta vegetariana, "
        "menú vegetariano, vegetarianos"
    ),
    "vegan": _phrases(
        "vegans, vegan diet, vegan food, plant-based, plant based diet, no animal products, without animal products, "
        "strict vegetarian, strictly vegetarian, végans, végan, vegan, végétalisme, végétaliennes, végétaliens, "
        "véganes, "
        "végétarien strict, végétarienne stricte, sans produits animaux, aucun produit animal, "
        "pas de produits animaux, "
        "régime végétal, نباتي خالص, نباتية خالصة, نباتي بالكامل, نباتي تماما, نباتي كامل, بدون منتجات حيوانية, "
        "بدون أي منتجات حيوانية, لا آكل المنتجات الحيوانية, خالي من المنتجات الحيوانية, ڤيغان, فيجان, "
        "نباتي مئة بالمئة, "
        "نباتي 100, vegana estricta, sin productos animales, dieta vegana, veganos"
    ),
    "gluten_free": _phrases("gluten free, glutenfree, gluten intolerant"),
    "diabetic": _phrases(
        "diabetics, type 1 diabetes, type 2 diabetes, diabetic diet, i have diabetes, no sugar, sugar-free, "
        "low sugar, "
        "without sugar, diabétiques, diabète de type 1, diabète de type 2, diabète type 1, diabète type 2, "
        "atteint de diabète, "
        "atteinte de diabète, j'ai le diabète, pas de sucre, peu de sucre, faible en sucre, régime pour diabétique, "
        "repas diabétique, عندي السكر, عندي السكري, فيا السكر, فيا السكار, السكر, السكار, مرض السكر, داء السكر, "
        "أعاني من السكري, مريض بالسكري, مريضة بالسكري, مريض بالسكر, مصاب بداء السكري, مصابة بداء السكري, حمية السكري, "
        "بلا سكر, من غير سكر, قليل السكر, خالي من السكر, soy diabético, soy diabética, tengo diabetes, bajo en azúcar"
    ),
    "low_salt": _phrases(
        "low-salt, low sodium, low-sodium, less salt, salt-free, little salt, without salt, no added salt, "
        "low salt diet, "
        "hypertension, high blood pressure, faible en sel, pas de sel, moins de sel, très peu de sel, hyposodée, "
        "régime hyposodé, régime pauvre en sel, pauvre en sodium, sans sel ajouté, hypertendu, hypertendue, "
        "tension artérielle, بلا ملح, من غير ملح, قليل من الملح, ملح قليل, خالي من الملح, خال من الملح, نقص الملح, "
        "بدون ملح مضاف, ملح خفيف, ارتفاع ضغط الدم, ضغط الدم, حمية بدون ملح, bajo en sodio, menos sal, hipertensión"
    ),
    "no_fish": _phrases(
        "seafood, sea food, fruits de mer, fruit de mer, fruits mer, produits de la mer, فواكه البحر, مأكولات البحر, "
        "المأكولات البحرية, مأكولات بحرية, ثمار البحر, فروي دمير, frutos del mar, mariscos y pescado"
    ),
    "no_nuts": _phrases(
        "nuts, nut, noix, fruits secs, fruit sec, المكسرات, مكسرات, الفواكه الجافة, فواكه جافة, الفواكه اليابسة, "
        "frutos secos, "
        "dried nuts, all nuts, any nuts, nuts of any kind"
    ),
    "halal": _phrases(
        "halal food, halal only, only halal, halal meat, viande halal, halal uniquement, uniquement halal, "
        "halal seulement, repas halal, menu halal, nourriture halal, hallal, halel, hlal, 7alal, الحلال, "
        "اللحم الحلال, "
        "لحم حلال, أكل حلال, الأكل الحلال, طعام حلال, الطعام الحلال, حلال فقط, فقط حلال, وجبة حلال, وجبات حلال, "
        "comida halal, "
        "carne halal, solo halal"
    ),
    "kosher": _phrases(
        "kosher food, kosher meal, kosher only, only kosher, kosher style, kashrut, casher uniquement, cachère, "
        "cachere, "
        "casherout, repas casher, repas kasher, menu casher, nourriture casher, viande casher, "
        "strictement casher, cascher, "
        "kascher, kachère, كشير, الكاشير, طعام كوشير, أكل كوشير, وجبة كوشير, كوشر, كاشر, حلال يهودي, comida kosher, "
        "menú kosher, solo kosher, cosher"
    ),
}

# Says that somebody must not have what is named.
AVOIDS = _phrases(
    "allergy, allergies, allergic, allergie, allergique, allergiques, alergia, alergias, alérgico, alérgica, allergi, "
    "alergie, alergique, allergis, intolerant, intolerance, intolerances, intolérant, intolérante, intolérance, "
    "intolérances, intolerancia, intolerante, hypersensitivity, sensitive, sensible, sensibilité, sensitivity, "
    "anaphylaxis, "
    "anaphylaxie, anaphylactic, anaphylactique, no, not, don't, cannot, can't, without, free, avoid, avoids, "
    "sans, pas, "
    "aucun, aucune, éviter, évite, interdit, sin, ningún, evitar, حساسية, الحساسية, حساسيه, حساسيات, حساس, حساسة, "
    "تحسس, "
    "أتحسس, يحسسني, كنتحسس, كيحسسني, لا, بدون, دون, بلا, خالي, خال, خالية, ما, ممنوع, ممنوعة, أتجنب, تجنب, عدم, "
    "كناكلش, "
    "مكناكلش, ماكناكلش, ناكلش, مانقدرش"
)
# An answer with one of these is about an allergy or worse, whatever else it says.
ALARMS = _phrases(
    "allerg, alerg, intoler, anaphyl, hypersens, حساسي, حساسه, تحسس, اتحسس, كنتحسس, يحسس, الحساسي, لحساسي, "
    "بحساسي, وحساسي"
)
# Says that there is none: with one of these and no food nobody need be asked.
DENIES = _phrases(
    "no, not, none, without, pas, aucun, aucune, sans, ninguna, ningún, sin, لا, ليس, ليست, بدون, بلا, ما, لم, غير"
)
# Says nothing of its own beside a food.
FILLING = _phrases(
    "standard, i, am, i'm, my, have, has, he, she, a, an, the, to, of, for, from, and, or, any, all, with, product, "
    "products, food, "
    "foods, very, severe, severely, strongly, slight, slightly, please, diet, meal, meals, only, containing, contain, "
    "contains, kind, kinds, products, eat, eating, drink, do, does, it, is, in, suffer, person, je, suis, j'ai, "
    "ai, me, mon, "
    "ma, à, au, aux, le, la, les, l', de, du, des, d', un, une, et, ou, ni, en, ne, n', y, plus, peux, puis, "
    "mange, manger, "
    "bois, consomme, supporte, grave, sévère, forte, fortement, légère, légèrement, très, merci, svp, régime, "
    "repas, menu, "
    "alimentaire, alimentaires, tout, toute, tous, toutes, contenant, produits, produit, base, traces, personne, "
    "est, contre, "
    "soy, tengo, una, el, los, las, y, o, del, al, con, que, como, puedo, comer, lleve, contiene, contengan, grave, "
    "productos, gustan, أنا, انا, عندي, لدي, لديه, لديها, فيا, أعاني, اعاني, يعاني, تعاني, مصاب, مصابة, من, على, "
    "عن, في, و, أو, "
    "اتجاه, تجاه, ضد, كل, جميع, أي, اي, شديدة, شديد, مفرطة, خفيفة, قوية, غذائية, الغذائية, آكل, أكل, اكل, آكلها, "
    "أتناول, "
    "اتناول, أستطيع, استطيع, أقدر, يمكنني, تناول, أشرب, شرب, أحب, مع, التي, الذي, تحتوي, يحتوي, يحتوون, مادة, "
    "مواد, منتجات, "
    "مشتقات, ومشتقاته, ومشتقاتها, وجبة, وجبات, حمية, نظام, الأكل, ديال, شي, كاين, كاينة, كانت, كناكل, ناكل, "
    "نظامي, غذائي, خاص, هو, هي"
)
