"""Allowed answers to closed questions: what is stored, its title in three languages, how people write it."""

from eventops.domain.people import Choice
from eventops.domain.texts import Text


def _choice(id: str, en: str, fr: str, ar: str, words: str = "") -> Choice:
    """A choice whose other spellings are written between commas."""
    return Choice(id=id, title=Text(en, fr=fr, ar=ar), words=_words(words))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


STANDARD_DIET = "standard"

GENDERS = (
    _choice(
        "female",
        "Female",
        "Femme",
        "أنثى",
        "f, fem, feminin, féminin, féminine, fille, dame, mme, madame, mlle, mademoiselle, woman, girl, lady, "
        "ms, mrs, miss, mujer, femenino, أنثي, انثى, امرأة, إمرأة, مرأة, المرأة, سيدة, السيدة, آنسة, الآنسة, "
        "أ, مؤنث, إناث, نساء, فتاة, بنت",
    ),
    _choice(
        "male",
        "Male",
        "Homme",
        "ذكر",
        "m, masculin, mâle, garçon, monsieur, mr, man, boy, gentleman, hombre, masculino, h, رجل, سيد, السيد, "
        "ذ, مذكر, ذكور, رجال, ولد, شاب",
    ),
    _choice(
        "other",
        "Other",
        "Autre",
        "آخر",
        "x, non binaire, non-binary, nonbinary, diverse, غير ذلك, آخر, أخرى, otro",
    ),
)

YES_WORDS = _words(
    "yes, y, oui, o, ok, okay, true, vrai, 1, x, ✓, ✔, ☑, √, نعم, أجل, موافق, موافقة, أوافق, نوافق, أقبل, "
    "صحيح, si, sí, agree, agreed, accept, accepted, i agree, i accept, i consent, consent, accord, "
    "d'accord, j'accepte, accepte, accepté, j'autorise, autorisé, je consens, checked, coché, confirmed, "
    "confirmé"
)
NO_WORDS = _words(
    "no, n, non, false, faux, 0, لا, كلا, غير موافق, غير موافقة, لا أوافق, أرفض, خطأ, ✗, ✘, ☐, disagree, "
    "refuse, refused, i do not agree, i don't agree, i do not consent, je refuse, refusé, refus, je "
    "n'accepte pas, je n'autorise pas, pas d'accord, unchecked"
)

# What people write to say that there is nothing to say.
NOTHING_WORDS = _words(
    "-, --, —, /, n/a, na, nan, null, none, nil, nothing, not available, not applicable, unknown, no "
    "answer, aucun, aucune, néant, rien, non disponible, non renseigné, non renseignée, inconnu, "
    "inconnue, sans objet, s.o., nd, n.d., لا شيء, لا يوجد, لا توجد, بدون, غير متوفر, غير متوفرة, غير "
    "معروف, غير محدد, ninguno, ninguna"
)

DEFAULT_CATEGORIES = (
    _choice(
        "elected",
        "Local elected official",
        "Élu(e) local(e)",
        "منتخب(ة) محلي(ة)",
        "elected, elected official, local elected, councillor, council member, municipal councillor, mayor, "
        "élu, élue, élu local, élue locale, élus, conseiller communal, conseillère communale, conseiller "
        "municipal, conseiller régional, conseillère régionale, conseiller provincial, membre du conseil "
        "communal, président de commune, présidente de commune, maire, منتخب, منتخبة, منتخب محلي, منتخبة "
        "محلية, منتخبون, مستشار جماعي, مستشارة جماعية, مستشار, مستشارة, عضو مجلس جماعي, عضو المجلس الجماعي, "
        "عضو جماعة, رئيس جماعة, رئيسة جماعة, cargo electo",
    ),
    _choice(
        "association",
        "Association member",
        "Acteur(trice) associatif(ve)",
        "فاعل(ة) جمعوي(ة)",
        "association, associative, civil society, civil society actor, civil society organisation, civil "
        "society organization, cso, ngo, non-governmental organisation, non-profit, activist, acteur "
        "associatif, actrice associative, acteur associative, associatif, société civile, acteur de la "
        "société civile, membre d'association, membre d'une association, militant associatif, ong, osc, "
        "coopérative, فاعل جمعي, فاعلة جمعية, فاعل (ة) جمعي (ة), فاعل جمعوي, فاعلة جمعوية, جمعوي, جمعوية, "
        "جمعية, عضو جمعية, عضوة جمعية, مجتمع مدني, المجتمع المدني, فاعل مدني, فاعلة مدنية, منظمة غير حكومية, "
        "ناشط جمعوي, ناشطة جمعوية, sociedad civil",
    ),
    _choice(
        "public_sector",
        "Public sector",
        "Secteur public",
        "قطاع عام",
        "public, civil servant, public servant, public official, government, administration, public "
        "administration, ministry, fonctionnaire, agent public, agent de l'état, administration publique, "
        "cadre du secteur public, ministère, القطاع العام, قطاع عمومي, القطاع العمومي, موظف, موظفة, موظف "
        "عمومي, موظفة عمومية, إدارة عمومية, الإدارة العمومية, إطار بالقطاع العام, sector público",
    ),
    _choice(
        "academic",
        "Researcher or academic",
        "Chercheur(se) ou universitaire",
        "باحث(ة) / أكاديمي(ة)",
        "academic, academia, researcher, professor, lecturer, university, phd student, doctoral student, "
        "researcher/academic, chercheur, chercheuse, chercheure, universitaire, académique, enseignant "
        "chercheur, enseignante chercheuse, professeur universitaire, professeure universitaire, doctorant, "
        "doctorante, chercheur académique, باحث, باحثة, أكاديمي, أكاديمية, باحث أكاديمي, باحثة أكاديمية, باحث "
        "(ة) / أكاديمي (ة), أستاذ باحث, أستاذة باحثة, أستاذ جامعي, أستاذة جامعية, طالب باحث, طالبة باحثة, "
        "باحث في سلك الدكتوراه, investigador",
    ),
    _choice(
        "citizen",
        "Citizen",
        "Citoyen(ne)",
        "مواطن(ة)",
        "citizens, individual, resident, private person, citoyen, citoyenne, particulier, simple citoyen, à "
        "titre individuel, مواطن, مواطنة, مواطنون, بصفة شخصية, ciudadano",
    ),
)

ROLES = (
    _choice(
        "participant",
        "Participant",
        "Participant(e)",
        "مشارك(ة)",
        "attendee, مشارك, مشاركة",
    ),
    _choice(
        "speaker",
        "Speaker",
        "Intervenant(e)",
        "متدخل(ة)",
        "panelist, panellist, presenter, intervenant, intervenante, orateur, oratrice, conférencier, متدخل, متدخلة, "
        "متحدث, متحدثة, محاضر",
    ),
    _choice("expert", "Expert", "Expert(e)", "خبير(ة)", "experte, خبير, خبيرة"),
    _choice(
        "guest",
        "Guest",
        "Invité(e)",
        "ضيف(ة)",
        "guest of honour, invité, invitée, invité d'honneur, ضيف, ضيفة, مدعو, مدعوة",
    ),
    _choice(
        "facilitator",
        "Facilitator",
        "Animateur(trice)",
        "ميسر(ة)",
        "moderator, rapporteur, animateur, animatrice, modérateur, modératrice, facilitateur, facilitatrice, "
        "ميسر, ميسرة, مسير, منشط, مقرر",
    ),
    _choice(
        "organiser",
        "Organiser",
        "Organisateur(trice)",
        "منظم(ة)",
        "organizer, staff, team, organisateur, organisatrice, équipe, coordinateur, coordinatrice, منظم, "
        "منظمة, منسق, منسقة, لجنة التنظيم",
    ),
    _choice(
        "volunteer",
        "Volunteer",
        "Bénévole",
        "متطوع(ة)",
        "bénévoles, volontaire, متطوع, متطوعة",
    ),
    _choice(
        "interpreter",
        "Interpreter",
        "Interprète",
        "مترجم(ة)",
        "translator, traducteur, traductrice, ترجمان, مترجم فوري, مترجم, مترجمة",
    ),
    _choice(
        "press",
        "Press",
        "Presse",
        "صحافة",
        "media, journalist, journaliste, média, médias, صحفي, صحفية, صحافي, إعلام, إعلامي",
    ),
    _choice(
        "sponsor",
        "Sponsor's representative",
        "Représentant(e) d’un partenaire",
        "ممثل(ة) شريك",
        "sponsor, partner, partenaire, bailleur, شريك, ممثل شريك, داعم",
    ),
)

DIETS = (
    _choice(
        STANDARD_DIET,
        "No special diet",
        "Sans régime particulier",
        "بدون حمية خاصة",
        "standard, none, normal, regular, no, no restriction, no restrictions, no preference, everything, "
        "omnivore, aucun, aucune, aucun régime, aucun régime particulier, pas de régime, non, rien, ras, "
        "sans, ordinaire, aucune restriction, عادي, عادية, أكل عادي, لا شيء, لا, لا يوجد, بدون, بدون حمية, لا "
        "حمية, ninguno",
    ),
    _choice(
        "vegetarian",
        "Vegetarian",
        "Végétarien",
        "نباتي",
        "végétarien, végétarienne, vegetarian meal, veggie, no meat, sans viande, نباتية, بدون لحم",
    ),
    _choice(
        "vegan",
        "Vegan",
        "Végétalien",
        "نباتي صرف",
        "végétalien, végétalienne, végane, plant based, نباتية صرفة, نباتي صارم, فيغان",
    ),
    _choice(
        "gluten_free",
        "Gluten-free",
        "Sans gluten",
        "بدون غلوتين",
        "no gluten, coeliac, celiac, gluten, intolérance au gluten, intolérant au gluten, allergie au gluten, "
        "cœliaque, خال من الغلوتين, خالي من الغلوتين, بدون جلوتين, حساسية الغلوتين",
    ),
    _choice(
        "lactose_free",
        "Lactose-free",
        "Sans lactose",
        "بدون لاكتوز",
        "no lactose, dairy free, lactose, lactose intolerant, intolérance au lactose, intolérant au lactose, "
        "sans lait, خال من اللاكتوز, خالي من اللاكتوز, بدون حليب",
    ),
    _choice(
        "diabetic",
        "Diabetic",
        "Diabétique",
        "مريض(ة) بالسكري",
        "diabetes, no sugar, sugar free, diabète, sans sucre, régime diabétique, سكري, السكري, مرض السكري, "
        "مصاب بالسكري, مصابة بالسكري, داء السكري, بدون سكر",
    ),
    _choice(
        "low_salt",
        "Low salt",
        "Pauvre en sel",
        "قليل الملح",
        "no salt, salt free, sans sel, peu de sel, régime sans sel, hyposodé, بدون ملح",
    ),
    _choice(
        "no_fish",
        "No fish or seafood",
        "Sans poisson ni fruits de mer",
        "بدون سمك أو فواكه البحر",
        "no fish, no seafood, seafood allergy, sans poisson, sans fruits de mer, allergie au poisson, "
        "allergie aux fruits de mer, بدون سمك, بدون أسماك, بدون فواكه البحر, حساسية السمك",
    ),
    _choice(
        "no_nuts",
        "No nuts",
        "Sans fruits à coque ni arachides",
        "بدون مكسرات",
        "nut free, nut allergy, peanut allergy, sans noix, sans arachides, allergie aux noix, allergie aux "
        "arachides, حساسية المكسرات, حساسية الفول السوداني",
    ),
    _choice("halal", "Halal", "Halal", "حلال"),
    _choice(
        "kosher",
        "Kosher",
        "Casher",
        "كوشير",
        "cacher, kasher, كاشير",
    ),
)

INCLUSION = (
    _choice(
        "rural",
        "From a rural area",
        "Milieu rural",
        "من الوسط القروي",
        "rural, rural area, rurale, zone rurale, monde rural, قروي, قروية, الوسط القروي, العالم القروي",
    ),
    _choice(
        "youth",
        "Young person",
        "Jeune",
        "شاب(ة)",
        "youth, young, jeunes, jeunesse, شباب, الشباب, شاب, شابة",
    ),
    _choice(
        "disability",
        "Person with a disability",
        "Personne en situation de handicap",
        "شخص في وضعية إعاقة",
        "disability, disabled, person with disabilities, handicap, handicapé, handicapée, psh, en situation "
        "de handicap, إعاقة, في وضعية إعاقة, أشخاص في وضعية إعاقة, ذوي الاحتياجات الخاصة, معاق, معاقة",
    ),
    _choice(
        "woman_head",
        "Woman heading a household",
        "Femme cheffe de famille",
        "امرأة ربة أسرة",
        "woman head of household, single mother, femme cheffe de ménage, femme chef de famille, mère "
        "célibataire, mère seule, ربة أسرة, أم عازبة, امرأة معيلة, معيلة أسرة",
    ),
    _choice(
        "elderly",
        "Older person",
        "Personne âgée",
        "شخص مسن",
        "elderly, senior, seniors, personnes âgées, مسن, مسنة, مسنون, كبار السن",
    ),
    _choice(
        "remote",
        "From a remote or mountain area",
        "Zone enclavée ou montagneuse",
        "منطقة نائية أو جبلية",
        "remote, mountain, remote area, zone enclavée, zone montagneuse, منطقة نائية, منطقة جبلية",
    ),
    _choice(
        "low_income",
        "Low income",
        "Faible revenu",
        "دخل محدود",
        "poverty, precarious, précarité, situation précaire, sans emploi, unemployed, هشاشة, وضعية هشاشة, "
        "عاطل, بدون عمل",
    ),
    _choice(
        "migrant",
        "Migrant or refugee",
        "Migrant(e) ou réfugié(e)",
        "مهاجر(ة) أو لاجئ(ة)",
        "migrant, refugee, migrante, réfugié, réfugiée, مهاجر, مهاجرة, لاجئ, لاجئة",
    ),
)

# Answers to a question about inclusion that name no group.
NO_INCLUSION_WORDS = _words("urban, urbain, urbaine, milieu urbain, حضري, حضرية, الوسط الحضري, no, non, لا")

LANGUAGES = (
    _choice(
        "ar",
        "Arabic",
        "Arabe",
        "العربية",
        "arabe, عربية, عربي, اللغة العربية, árabe, darija, دارجة, الدارجة, ar-ma",
    ),
    _choice(
        "fr",
        "French",
        "Français",
        "الفرنسية",
        "francais, française, فرنسية, فرنسي, اللغة الفرنسية, francés, fr-fr, fr-ma",
    ),
    _choice(
        "en",
        "English",
        "Anglais",
        "الإنجليزية",
        "anglais, إنجليزية, انجليزية, انجليزي, الانجليزية, الإنكليزية, inglés, en-gb, en-us",
    ),
    _choice(
        "zgh",
        "Amazigh",
        "Amazighe",
        "الأمازيغية",
        "tamazight, berber, berbère, tachelhit, tarifit, أمازيغية, امازيغية, ⵜⴰⵎⴰⵣⵉⵖⵜ",
    ),
    _choice(
        "es",
        "Spanish",
        "Espagnol",
        "الإسبانية",
        "español, castellano, إسبانية, اسبانية",
    ),
)

STATUSES = (
    _choice(
        "registered",
        "Registered",
        "Inscrit(e)",
        "مسجل(ة)",
        "confirmed, completed, complete, paid, attending, active, inscrit, inscrite, confirmé, مسجل, مسجلة, مؤكد, "
        "pending, approval pending, awaiting payment, unpaid, checked in, free order, approved, accepted, complété, "
        "terminé, payé, en attente, en attente de paiement, participe, accepté, approuvé, enregistré, مدفوع, "
        "قيد الانتظار, في الانتظار, مكتمل, مقبول, pagado, pendiente, confirmado, inscrito",
    ),
    _choice(
        "withdrawn",
        "Withdrawn",
        "Désisté(e)",
        "منسحب(ة)",
        "not attending, declined, désisté, désistée, désistement, retiré, retirée, ne participe pas, "
        "ne participera pas, منسحب, منسحبة, معتذر, معتذرة, retirado, no asiste",
    ),
)

# A registration that came to nothing: nobody is enrolled for it.
CANCELLED = _choice(
    "cancelled",
    "Cancelled",
    "Annulé(e)",
    "ملغى",
    "canceled, cancelled order, canceled order, refunded, deleted, transferred, expired, rejected, refused, void, "
    "annulé, annulée, commande annulée, remboursé, remboursée, supprimé, transféré, expiré, expirée, rejeté, rejetée, "
    "refusé, refusée, ملغاة, إلغاء, تم إلغاؤه, تم الإلغاء, منتهي الصلاحية, منتهية الصلاحية, مسترد, مسترجع, محذوف, "
    "مرفوض, cancelado, expirado, rechazado, reembolsado",
)

OUTCOMES = (
    _choice(
        "granted",
        "Granted",
        "Accordé",
        "ممنوح",
        "grant, yes, covered, oui, pris en charge, accordée, نعم, مقبول, متكفل به",
    ),
    _choice(
        "excluded",
        "Excluded",
        "Exclu",
        "مستبعد",
        "exclude, exclue, refused, refusé, مستثنى, مرفوض",
    ),
    _choice(
        "referred",
        "To be checked by a person",
        "À vérifier par une personne",
        "للمراجعة من طرف شخص",
        "refer, review, to review, à vérifier, à examiner, للمراجعة, قيد المراجعة",
    ),
    _choice(
        "not_covered",
        "Not covered",
        "Non pris en charge",
        "غير متكفل به",
        "no, none, not covered, non, non couvert, لا, غير مغطى",
    ),
)
