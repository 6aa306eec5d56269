"""Words that together tell what a question asks, however it is worded: agree & take part, wheelchair, born & year.

A sign is written “stem|stem & stem|stem & !stem”: one stem of each group begins a word of the heading, and none of a
group after “!” does; “word$” is a whole word. The first sign that fits tells the field.
"""

from msgspec import Struct

from eventops.domain.folding import folded

_AGREES = (
    "agree|accept|acept|consent|consens|consient|autoris|autoriz|authori|accord|permi|allow|may we|can we|موافق|"
    "اوافق|توافق|"
    "نوافق|يوافق|اقبل|تقبل|نقبل|قبول|اسمح|تسمح|ارخص|يرخص|ترخص|ترخيص|اذن"
)
_FOOD = (
    "food|meal|diet|repas|aliment|nourriture|regime|غذاء|غذائي|تغذيه|اكل|طعام|اطعم|وجب|حميه|comida|dieta|menu|"
    "catering|"
    "restauration"
)
_DATA = "data|details|information|donnees|coordonnees|معطيات|بيانات|معلومات|datos"
_PARTNERS = (
    "sponsor|partner|partenair|bailleur|donor|funder|tiers|third part|شركاء|شريك|ممول|مانح|اغيار|patrocinador|socio|"
    "financiador|donante"
)
_PASSED_ON = (
    "share|sharing|transfer|transm|partag|communiq|communicat|passed|pass$|given|give$|disclos|cesion|ceder|"
    "compart|تقاسم|مشارك|"
    "نقل|ارسال|احال|اطلاع|بتقاسم|بنقل|بارسال|بمشارك"
)
_TAKES_PART = "particip|attend|take part|taking part|presence|present$|presente$|join$|مشارك|حضور|asist|come$|venir$"
_WISHES = (
    "souhait|desir|veux|voulez|wish|want|would like|would you like|willing|"
    "ارغب|ترغب|نرغب|تود$|تودون|اود$|رغبه|desea|quiere"
)
_CONFIRMS = "confirm|engag|اؤكد|اوكد|توكد|تؤكد|تاكيد|التزم"
# What one may agree to, attend or wish for that is not the meeting itself.
_NOT_THE_MEETING = (
    "newsletter|bulletin|نشره|dinner|diner|gala|lunch|dejeuner|عشاء|غداء|cena|almuerzo|certificat|attestation|badge|"
    "شهاده|certificado|diploma|workshop|atelier|ورش|taller|session|جلسه|rules|regle|reglement|conditions|terms|code|"
    "charte|charter|ميثاق|قانون|شروط|why|pourquoi|لماذا|motif|motiv|دوافع|how|comment|كيف|quel|quelle|quels|which|"
    "what|"
    "اي$|ايه$|cual|day|days|jour|jours|journee|يوم|ايام|deja|before|already|previous|سبق|precedent|past|edition|speak|"
    "parole|poster|visit|excursion|خرجه|online|ligne|distance|virtual|remote|بعد$|visa|fee|frais|price|prix|paid|pay$|"
    "book|share$|partag|room|chambre|غرف|taxi|transport|hebergement|accommodation|lodging|hotel|children|enfant|"
    "guest$|"
    "minor|mineur|photo|video|image|تصوير|صور"
)

# Each field with its signs, in the order in which they are tried.
_WRITTEN: tuple[tuple[str, str], ...] = (
    (
        "name_latin",
        "name|nom$|اسم|nombre & latin|لاتين|french|francais|فرنسي|english|anglais|انجليزي|roman letter & "
        "!organis|organiz|associat|جمعيه|مؤسسه|موسسه|هيئه",
    ),
    (
        "name",
        "name|nom$|اسم|nombre & as on|as in|as it|passport|badge|شاره|كما|comme|tel que|figurant & "
        "!organis|associat|event|جمعيه|هيئه|hotel",
    ),
    (
        "consent_photo",
        f"photo|image|film|video|captation|media|تصوير|صور|fotograf|foto|imagen & {_AGREES}|use$|utilis|uso$|diffus|"
        "publi|نشر|استعمال|استخدام|التقاط|حق$|حقوق|right|droit|derecho|release|prise|permit & "
        "!upload|telecharg|televerse|joindre|attach|identite|passport|passeport|تحميل|ارفاق|adjunt|subir",
    ),
    (
        "consent_photo",
        "الحق في صوره|حق صوره|يتم تصوير|تصوير فوتوغرافي|take your photo|pris photo|prise photo|prises photo",
    ),
    ("consent_share", f"{_PARTNERS} & {_PASSED_ON} & {_DATA}|name|nom$|اسم|nombre & !room|chambre|taxi|photo|image"),
    ("consent_share", f"{_DATA} & partag|share|sharing|تقاسم|compart & {_AGREES} & !room|photo|image"),
    (
        "inclusion",
        "groups|groupes|group$|groupe|grupo|public$|فئات|فئه|categor & vulner|priorit|special need|equity|equite|"
        "under represented"
        "|underrepresented|identify|these|هش|اولويه|مهمش|اجتماعيه|احدي",
    ),
    ("inclusion", "belong|apparten|faites partie|تنتم|pertenec & groups|groupes|group$|groupe|grupo|فئات|هش"),
    (
        "inclusion",
        "inclusion|ادماج|vulner|هشاشه|equite$|critere social|these situations|ces situations|special situation|"
        "situation speciale|situation particuliere|situation social|your situation|votre situation|وضعيتكم|وضعيتك",
    ),
    (
        "needs",
        f"special|specifi|speciaux|particul|access|support|physical|reasonable|raisonnabl|خاص|ولوج|especial|"
        f"adicional & need|besoin|requirement|"
        f"accommodation|assistance|asistencia|aide$|amenagement|accompagnement|احتياج|حاجي|متطلبات|ترتيب|مساعد|"
        f"necesidad|"
        f"ayuda & !{_FOOD}|allerg|group|فئه|فئات",
    ),
    (
        "needs",
        "wheelchair|wheel chair|fauteuil roulant|fauteuils roulants|كرسي متحرك|كرسيا متحركا|كراسي متحركه|silla ruedas|"
        "silla rueda|mobilite|mobility|movilidad|pmr$|محدوديه حركه|محدود حركه|صعوبه حركه|صعوبه في حركه|صعوبات في حركه|"
        "صعوبات حركه|sign language|langue signes|langue signe|langage signes|لغه اشار|بلغه اشار|lengua signos|"
        "lengua senas|"
        "braille|برايل|accessib|accesib|تيسيري|ولوجي & !train|tramway|project|projet",
    ),
    (
        "needs",
        "assistance|assisted|aide$|amenagement|accompagnement|مساعده|مساعدا|ayuda & need|besoin|requir|necess|necesit|"
        f"تحتاج|احتاج|حاجه & !{_FOOD}|financ|مالي|visa",
    ),
    ("needs", "handicap|disabilit|disabled|discapacidad|اعاقه & need|besoin|requir|assist|aide$|حاجيات|احتياج|necesit"),
    ("allergens", "allergen|alergeno|مسببات حساسيه|مسببه حساسيه|مسببه لحساسيه|مسبب حساسيه"),
    (
        "diet",
        "allerg|alerg|حساسيه|intoleran|regime|diet|حميه|نظام غذائي|نظاما غذائيا|نظامك غذائي|نظامكم غذائي & "
        "!politi|sanitaire|fiscal|pollen|gender|نوع",
    ),
    (
        "diet",
        "aliment|food|غذائي|تغذيه|اطعم|طعام|اكل|تاكل|comida|nourriture & need|besoin|prefer|restric|requir|exige|"
        "contraint|"
        "particul|habit|choi|avoid|evit|ممنوع|تفضيل|قيود|احتياج|متطلبات|لا$|خاص|not$|que ne",
    ),
    ("diet", "not eat|cannot eat|ne mangez|ne mange|you eat|eating habit|لا تاكل|لا ناكل|no come|no puede comer"),
    (
        "diet?",
        "meal|repas|menu|وجب|comida|catering & choice|choix|type|prefer|wish|souhait|would like|which|quel|requir|"
        "besoin|"
        "need|نوع|اختيار|مفضل|eleccion & !dinner|diner|lunch|number|nombre|how many|combien",
    ),
    (
        "birth_year",
        "year|annee|سنه|عام$|ano$ & born|birth|naiss|ne$|nee$|nes$|ازدياد|ميلاد|ولاد|ولد|nacim|nacio & !lieu|"
        "place|مكان",
    ),
    (
        "birth_date",
        "when|date|quand|تاريخ|متي|fecha|cuando & born|birth|naiss|ne$|nee$|ازدياد|ميلاد|ولاد|ولد|nacim|nacio & "
        "!lieu|place|مكان",
    ),
    (
        "age",
        "how old|quel age|votre age|age$|ages$|edad|عمرك|عمركم|عمر بالسنوات|عمر$|سن$|سن بسنوات|سن سنوات|السن|"
        "فئه عمريه|شريحه عمريه|cuantos anos & "
        "!child|enfant|اطفال|hijo|majeur|minimum",
    ),
    (
        "gender",
        "woman|women|female|femme|انثي|امراه|mujer & man$|men$|male|homme|ذكر|رجل|hombre & !group|number|nombre|"
        "combien",
    ),
    (
        "gender",
        "m mme$|mme m$|mr mrs|mr ms|mrs mr|mme mr|mr mme|genre|gender|sexe|civilite|civility|identify as|جنسك|"
        "جنسكم|genero & !orientation|budget|violence",
    ),
    (
        "attended?",
        "was present|has attended|did attend|showed up|etait present|est venu|a participe|هل حضر$|حضر$|حاضر$|"
        "تسجيل حضور|"
        "emarg|pointage|checked|arrived$|ha asistido|present on|presence le|presence jour|presence effective|"
        "حضور فعلي",
    ),
    (
        "status?",
        "status|statut|etat|state|حاله|وضعيه|estado & regist|inscri|booking|order|ticket|commande|attendee|تسجيل|طلب|"
        "pedido & !pay|paie|اداء",
    ),
    (
        "registered_on?",
        "date|heure|time|timestamp|when|تاريخ|وقت|ساعه|fecha|hora & regist|inscri|submi|soumis|soumission|envoi|envoy|"
        "repons|respons|recep|recu|receiv|creat|creation|enreg|demande|depot|entry|order|booking|booked|signup|"
        "sign up|"
        "complet|start|debut|fin$|تسجيل|ارسال|استماره|توصل|طلب|جواب|اجابه|ادخال|registro|respuest|envio & "
        "!birth|naiss|arriv|depart|retour|paiement|payment|pay|event|check|last|dernier|modif|update|expir|valid|room",
    ),
    (
        "registered_on?",
        "registered|submitted|created|received|booked|signed up|inscrit|inscrite|inscription recue|envoye|soumis|"
        "recu$|"
        "enregistre|cree$|enviado|inscrito|سجل & !by|par$|with|status|association|جمعيه|who|how",
    ),
    (
        "association",
        "associat|association|asociacion|جمعيه|organis|organiz|هيئه & invit|mobilis|mobiliz|coordon|coordinat|"
        "accompag|"
        "accueil|inscrit|registered|bring|in charge|charge|relais|referen|referring|partenaire$|partner$|intermediair|"
        "دعت|دعو|داعي|معبئ|معبا|معبي|عبا|سجلت|ترافق|مواكب|مشرف|مؤطر|موطر|شريك|منسق|acompan & !number",
    ),
    ("association", "who invited|qui invite|qui vous invite|qui vous a invite|من دعا|quien invit|quien le invit"),
    ("association", "invited by|referred by|invite par|invitee par|mobilise par|par quelle|عن طريق"),
    ("organisation", "where & work$|working$"),
    (
        "organisation",
        "organis|organiz|organism|institution|structure|company|employer|entreprise|etablissement|ong$|ngo$|associat|"
        "asociacion|entidad|جمعيه|جمعيتك|جمعيتكم|هيئه|مؤسسه|موسسه|مؤسستك|موسستك|منظمه|اطار & represent|belong|"
        "apparten|"
        "work|rattach|travail|name|nom$|nombre|your|votre|su$|تنتم|تمثل|تشتغل|اسم|pertenece|organisme|institution|ou$|"
        "جمعوي & !invit|mobilis|event|evenement|hotel|venue|adresse|address|website|phone|role|type|secteur|sector",
    ),
    ("organisation", "travaillez pour|work for|lieu travail|جهه عمل|موسسه عمل|مؤسسه عمل|انتماء موسسات|انتماء مؤسسات"),
    (
        "category",
        "particip|inscri|take part|taking part|attend|ici|تشارك|اشارك|مشارك|asist & tant que|qualite|quel titre|"
        "capacity|"
        "capacities|as$|صفه|صفت|بصفت|calidad|como$ & !age|عمر|how many|ورش|atelier|workshop",
    ),
    (
        "category?",
        "particip|inscri|attend|مشارك|asist & فئه|نوع|صنف|type|tipo & !age|عمر|how many|ورش|atelier|workshop",
    ),
    (
        "role",
        "role|rol$|دور$|دورك|دوركم & meeting|event|rencontre|evenement|conference|forum|لقاء|ملتقي|موتمر|encuentro",
    ),
    ("category?", "describes you|describe you|best describe|best describes|tant que|بصفت|صفتك|صفتكم"),
    (
        "category?",
        "categor|profil|profile|qualite|stakeholder|acteur|status|statut|فئه|صفه|صنف|perfil & you|your|votre|vos|"
        "belong|"
        "apparten|participant|attendee|registration|stakeholder|acteur|group|type|elected|elu|تنتم|انتماء|"
        "pertenec|su$ & "
        "!age|vulner|priorit|هش|عمر|order|payment",
    ),
    (
        "language",
        "language|langue|لغه|لغات|لغتك|لغتكم|idioma|lengua & !sign|signes|اشاره|signos|programming|maternelle|native",
    ),
    ("region", "region|جهه$|جهتك|جهتكم & !event|work|عمل"),
    ("province", "province|provincia|prefecture|اقليم|عماله & !event"),
    ("country", "country|pays$|pais$|بلد$|بلدك|بلدكم|دوله & !birth|naiss|passport|nationalit|event|visit"),
    (
        "town",
        "where|اين$|donde & live|reside|resid|habit|travel|travelling|coming|come$|from|venez|تسكن|تقيم|اقامه|"
        "قادم|ستاتي|تاتي|vive|viene & !stay|hear|work",
    ),
    (
        "town",
        "من اين|اين تسكن|اين تقيم|venez vous$|residez vous$|habitez vous$|where are you from|مقر سكن|مقر اقامه|"
        "محل سكن|محل اقامه|بلده سكن",
    ),
    (
        "town",
        "city|town|ville|commune|municipal|localit|مدين|جماع|قريه|ciudad|municipio|residence & live|resid|origin|"
        "depart|"
        "provenance|your|votre|habit|venez|travel|coming|current|actuel|سكن|تسكن|تقيم|اقامه|انطلاق|قادم|vive|salida|"
        "origen|place|municipal|localit & !birth|naiss|arriv|event|meeting|hotel",
    ),
    ("town", "place departure|point depart|lieu depart|مكان انطلاق|نقطه انطلاق|punto salida"),
    (
        "phone",
        "phone|telephon|mobile|cell|gsm|whatsapp|هاتف|موبايل|جوال|واتساب|telefon|movil|tel$ & number|no$|num|"
        "numero|your|"
        "votre|contact|رقم|هاتفك|هاتفكم|su$|موبايل|telephon & !emergency|urgence|طوارئ",
    ),
    ("phone", "number reach|numero vous joindre|numero joindre|reach you|contact no|numero contact"),
    ("phone", "رقم تواصل|رقم اتصال|contact telephonique|coordonnees telephoniques|numero contacto"),
    (
        "email",
        "mail|email|courriel|بريد|ايميل|correo & your|votre|contact|work|personal|personnel|profession|"
        "participant|attendee"
        "|boite|id$|address|adresse|valid|بريدك|بريدكم|su$",
    ),
    ("email", "عنوان الكتروني|بريد الكتروني|بريدك الكتروني|بريدكم الكتروني"),
    (
        "workshops?",
        "working group|groupe travail|groupes travail|مجموعه عمل|مجموعات عمل|grupo trabajo|parallel session|breakout|"
        "session parallele|thematic session|session thematique|which session|session your choice|which group|"
        "جلسه موازيه",
    ),
    ("consent_attend", f"{_AGREES}|{_CONFIRMS} & {_TAKES_PART} & !{_NOT_THE_MEETING}"),
    ("consent_attend", f"{_WISHES} & {_TAKES_PART} & !{_NOT_THE_MEETING}"),
    (
        "consent_attend",
        "will you|i will|you be|are you|are going|going|can you|shall you & attend|take part|come$|there$|"
        "present$|join$ & "
        f"!{_NOT_THE_MEETING}",
    ),
    (
        "consent_attend",
        "participerez|participerai|serez present|serez vous present|serai present|allez participer|"
        "allez vous participer|"
        "vais participer|viendrez|ستحضر|ستشارك|سنحضر|ساحضر|ساشارك|asistira|asistire|participara|participare & "
        f"!{_NOT_THE_MEETING}",
    ),
    ("consent_attend", f"rsvp|attending$ & !{_NOT_THE_MEETING}"),
    (
        "data",
        f"{_AGREES}|consens|traitement|processing|protection|proteccion|tratamiento|معالجه & {_DATA}|rgpd|gdpr|"
        f"09 08|loi 09 & !{_PARTNERS}|{_PASSED_ON}|photo|image|newsletter",
    ),
    (
        "notes",
        "comments|comment$|commentaire|remarque|remark|observation|question|message|suggestion|ملاحظ|تعليق|اسئله|"
        "سؤال|رساله|اقتراح|"
        "comentario|pregunta|observacion & any|other|others|further|additional|autre|votre|vos|your|organis|"
        "eventuel|اخري|"
        "اضافيه|لدي|منظم|otro|comments|commentaire|comentario|ملاحظ|تعليق|particul|question|have|optional|facultat",
    ),
    (
        "notes",
        "anything else|something else|further information|additional note|additional information|information "
        "complementaire|informations complementaires|informations supplementaires|autre information|"
        "autres informations|"
        "souhaitez ajouter|ajouter quelque|precisions|mot pour|تعليقاتك|تعليقاتكم|tiene comentario|معلومات اضافيه|"
        "معلومات اخري|اضافه شيء|تود اضافه|un mot pour|"
        "informacion adicional|message$|الرساله",
    ),
)
# A consent to the use of data stands behind the consent to take part, where a form asks for both.
_DATA_FIELD, DATA_SCORE, SIGN_SCORE = "data", 0.82, 0.865


class Sign(Struct, frozen=True, kw_only=True):
    """One sign: the field it tells, one of each of `together` and none of `never`. `vague`: its cells must agree."""

    field: str
    score: float
    together: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    vague: bool


def _stems(group: str) -> tuple[str, ...]:
    """The stems of a group, each with the blank that begins a word, and one behind a whole word."""
    written = ((folded(stem), stem.rstrip().endswith("$")) for stem in group.split("|"))
    return tuple(f" {stem} " if whole else f" {stem}" for stem, whole in written if stem)


def _sign(name: str, written: str) -> Sign:
    groups = [group.strip() for group in written.split(" & ")]
    field = name.rstrip("?")
    return Sign(
        field="consent_attend" if field == _DATA_FIELD else field,
        score=DATA_SCORE if field == _DATA_FIELD else SIGN_SCORE,
        together=tuple(_stems(group) for group in groups if not group.startswith("!")),
        never=tuple(stem for group in groups if group.startswith("!") for stem in _stems(group[1:])),
        vague=name.endswith("?"),
    )


SIGNS: tuple[Sign, ...] = tuple(_sign(name, written) for name, written in _WRITTEN)


def sign_in(key: str) -> Sign | None:
    """The first sign that fits a folded heading without articles; None without one."""
    padded = f" {key} "
    return next((sign for sign in SIGNS if _fits(sign, padded)), None)


def _fits(sign: Sign, padded: str) -> bool:
    together = all(any(stem in padded for stem in group) for group in sign.together)
    return together and not any(stem in padded for stem in sign.never)


# What a heading may be about that no sign tells: each field with the stems that hint at it.
_HINTED: tuple[tuple[str, str], ...] = (
    ("needs", "handicap|disab|اعاقه|wheel|roulant|متحرك|ruedas|signes|accessib|ولوج|mobilit"),
    ("diet", "allerg|alerg|حساسي|vegetari|vegan|halal|gluten|نباتي|lactos|regime|diet"),
    ("consent_share", f"{_AGREES} & {_PARTNERS}"),
    ("consent_photo", f"{_AGREES} & photo|film|image|video|تصوير|صور|fotos"),
    ("consent_attend", f"{_AGREES}|{_CONFIRMS} & {_TAKES_PART} & !{_NOT_THE_MEETING}"),
    ("category", "tant que|qualite|categor|صفه|فئه"),
    ("town", "quartier|neighbourhood|neighborhood|adress|address|domicil|barrio|عنوان|حي$ & !mail|web|ip$|url"),
    ("registered_on", "inscri|regist|submi|تسجيل & date|heure|time|تاريخ"),
)
HINTS: tuple[Sign, ...] = tuple(_sign(name, written) for name, written in _HINTED)


def hint_in(key: str) -> str:
    """The field a folded heading without articles may be about, though no sign tells it; '' without a hint."""
    return next((sign.field for sign in HINTS if _fits(sign, f" {key} ")), "")
