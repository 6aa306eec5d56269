"""What the registration form says, in the three languages it is always written in."""

from eventops.domain.texts import Text

LANGUAGE_COLUMNS = {"ar": "العربية (ar)", "fr": "Français (fr)", "en": "English (en)"}

TITLE = Text(
    "Registration form (KoBo, ODK)",
    fr="Formulaire d’inscription (KoBo, ODK)",
    ar="استمارة التسجيل (KoBo، ODK)",
)
INTRODUCTION = Text(
    "Registration for “{event}”, {venue}",
    fr="Inscription à « {event} », {venue}",
    ar="التسجيل في «{event}»، {venue}",
)
GROUPS = {
    "person": Text("About you", fr="Vous", ar="معلومات عنكم"),
    "contact": Text("How to reach you", fr="Vos coordonnées", ar="وسائل الاتصال"),
    "home": Text("Where you come from", fr="D’où vous venez", ar="من أين تأتون"),
    "meeting": Text("At the meeting", fr="Pendant la rencontre", ar="خلال اللقاء"),
    "consent": Text("Your consent", fr="Vos accords", ar="موافقاتكم"),
}
HINTS = {
    "name_latin": Text(
        "As on your passport or identity card; hotels and carriers need it.",
        fr="Comme sur votre passeport ou votre carte d’identité ; les hôtels et transporteurs en ont besoin.",
        ar="كما يظهر في جواز السفر أو بطاقة التعريف؛ تحتاجه الفنادق وشركات النقل.",
    ),
    "phone": Text(
        "With the country’s code when foreign.", fr="Avec l’indicatif si étranger.", ar="مع رمز البلد إن كان أجنبيا."
    ),
    "language": Text(
        "The language in which we write to you.",
        fr="La langue dans laquelle nous vous écrirons.",
        ar="اللغة التي نراسلكم بها.",
    ),
    "association": Text(
        "The association that invited you, if any.",
        fr="L’association qui vous a invité·e, le cas échéant.",
        ar="الجمعية التي دعتكم، إن وُجدت.",
    ),
    "inclusion": Text(
        "Only if you wish to say; it never stands beside your name in a file for a sponsor.",
        fr="Seulement si vous le souhaitez ; n’apparaît jamais à côté de votre nom dans un fichier pour un bailleur.",
        ar="اختياري؛ لا يظهر أبدا بجانب اسمكم في ملف موجه لممول.",
    ),
    "needs": Text(
        "Wheelchair, sign language, large print …",
        fr="Fauteuil roulant, langue des signes, gros caractères…",
        ar="كرسي متحرك، لغة الإشارة، خط كبير…",
    ),
}
ABROAD = Text(
    "Do you live outside {country}?", fr="Habitez-vous hors du pays ({country}) ?", ar="هل تقيمون خارج {country}؟"
)
COUNTRY = Text("Country", fr="Pays", ar="البلد")
PLACE = Text("City", fr="Ville", ar="المدينة")
WISHES = (
    Text("Workshop, first choice", fr="Atelier, premier choix", ar="الورشة، الاختيار الأول"),
    Text("Workshop, second choice", fr="Atelier, deuxième choix", ar="الورشة، الاختيار الثاني"),
)
ATTEND_HINT = Text(
    "I take part, and agree that my answers are used to organise the meeting.",
    fr="Je participe et j’accepte que mes réponses servent à organiser la rencontre.",
    ar="أشارك وأوافق على استعمال أجوبتي لتنظيم اللقاء.",
)
SHARE = Text(
    "Consent to share my name with {sponsor}",
    fr="Consentement au partage de mon nom avec {sponsor}",
    ar="الموافقة على مشاركة اسمي مع {sponsor}",
)
SHARE_HINT = Text(
    "Name and organisation only; the data go to this country: {country}.",
    fr="Nom et organisme seulement ; les données vont dans ce pays : {country}.",
    ar="الاسم والهيئة فقط؛ تُنقل البيانات إلى هذا البلد: {country}.",
)
BAD_YEAR = Text(
    "Write the year in four digits, from {year} on.",
    fr="Écrivez l’année en quatre chiffres, à partir de {year}.",
    ar="اكتبوا السنة بأربعة أرقام ابتداء من {year}.",
)
BAD_PHONE = Text(
    "Write digits, with + for a foreign number.",
    fr="Écrivez des chiffres, avec + pour un numéro étranger.",
    ar="اكتبوا أرقاما، مع + لرقم أجنبي.",
)
BAD_EMAIL = Text("This is no e-mail address.", fr="Ce n’est pas une adresse e-mail.", ar="هذا ليس عنوان بريد إلكتروني.")
