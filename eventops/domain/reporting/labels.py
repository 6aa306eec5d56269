"""What the fixed words of the domain are called: outcomes, genders, age bands. One name per thing, in every file.

The Arabic of genders, ages and capacities is that of the report on the Casablanca meeting of 14 October 2023.
"""

from collections.abc import Mapping
from enum import Enum

from eventops.domain.findings import Severity
from eventops.domain.people import Gender, Status
from eventops.domain.places import PlacementStatus
from eventops.domain.rules import Effect, Outcome, Seat
from eventops.domain.texts import Text

YES = Text("yes", fr="oui", ar="نعم")
NO = Text("no", fr="non", ar="لا")
UNKNOWN = Text("unknown", fr="non disponible", ar="غير متوفر")

GENDER_LABELS: Mapping[str, Text] = {
    "female": Text("female", fr="femme", ar="أنثى"),
    "male": Text("male", fr="homme", ar="ذكر"),
    "other": Text("other", fr="autre", ar="آخر"),
    "unknown": UNKNOWN,
}
AGE_LABELS: Mapping[str, Text] = {
    "under_18": Text("under 18", fr="moins de 18 ans", ar="أقل من 18 سنة"),
    "18-30": Text("18 to 30 years", fr="de 18 à 30 ans", ar="ما بين 18 سنة و 30 سنة"),
    "30-40": Text("30 to 40 years", fr="de 30 à 40 ans", ar="ما بين 30 سنة و 40 سنة"),
    "40-50": Text("40 to 50 years", fr="de 40 à 50 ans", ar="ما بين 40 سنة و 50 سنة"),
    "50-60": Text("50 to 60 years", fr="de 50 à 60 ans", ar="ما بين 50 سنة و 60 سنة"),
    "60+": Text("over 60 years", fr="plus de 60 ans", ar="أزيد من 60 سنة"),
    "unknown": UNKNOWN,
}
CATEGORY_LABELS: Mapping[str, Text] = {
    "elected": Text("local elected", fr="élu·e local·e", ar="منتخب (ة) محلي (ة)"),
    "association": Text("association", fr="acteur·rice associatif·ve", ar="فاعل (ة) جمعي (ة)"),
    "public_sector": Text("public sector", fr="secteur public", ar="قطاع عام"),
    "academic": Text("researcher / academic", fr="chercheur·se / universitaire", ar="باحث (ة) / أكاديمي (ة)"),
    "citizen": Text("citizen", fr="citoyen·ne", ar="مواطن (ة)"),
    "unknown": UNKNOWN,
}
OUTCOME_LABELS: Mapping[str, Text] = {
    "granted": Text("granted", fr="accordé", ar="ممنوح"),
    "excluded": Text("excluded", fr="exclu", ar="مستبعد"),
    "referred": Text("to be settled by a person", fr="à trancher par une personne", ar="يحتاج إلى قرار"),
    "not_covered": Text("not covered", fr="non pris en charge", ar="غير مشمول"),
    "not_funded": Text("eligible, not funded", fr="éligible, non financé", ar="مستوف للشروط دون تمويل"),
}
EFFECT_LABELS: Mapping[str, Text] = {
    "grants": Text("grants", fr="accorde", ar="يمنح"),
    "excludes": Text("excludes", fr="exclut", ar="يستبعد"),
    "refers": Text("asks for a person", fr="demande une décision", ar="يحيل إلى قرار"),
    "does_not_apply": Text("does not apply", fr="ne s’applique pas", ar="لا ينطبق"),
}
SEAT_LABELS: Mapping[str, Text] = {
    "confirmed": Text("confirmed", fr="confirmée", ar="مؤكد"),
    "offered": Text("offered", fr="proposée", ar="معروض"),
    "waiting": Text("waiting list", fr="liste d’attente", ar="لائحة الانتظار"),
    "declined": Text("declined", fr="déclinée", ar="معتذر عنه"),
    "refused": Text("refused", fr="refusée", ar="مرفوض"),
}
STATUS_LABELS: Mapping[str, Text] = {
    "registered": Text("registered", fr="inscrit·e", ar="مسجل (ة)"),
    "withdrawn": Text("withdrawn", fr="désisté·e", ar="منسحب (ة)"),
}
PLACEMENT_LABELS: Mapping[str, Text] = {
    "matched": Text("matched", fr="reconnu", ar="محدد"),
    "review": Text("to be reviewed", fr="à vérifier", ar="للمراجعة"),
    "unresolved": Text("not found", fr="introuvable", ar="غير معروف"),
}
MODE_LABELS: Mapping[str, Text] = {
    "train": Text("train", fr="train", ar="قطار"),
    "coach": Text("coach", fr="autocar", ar="حافلة"),
    "shared_taxi": Text("shared taxi", fr="grand taxi", ar="سيارة أجرة كبيرة"),
    "car": Text("car", fr="voiture", ar="سيارة"),
    "flight": Text("flight", fr="avion", ar="طائرة"),
    "vehicle": Text("shared vehicle", fr="véhicule partagé", ar="مركبة مشتركة"),
    "public_transport": Text("public transport", fr="transport en commun", ar="النقل العمومي"),
}
DIET_LABELS: Mapping[str, Text] = {
    "standard": Text("no special diet", fr="sans régime particulier", ar="بدون حمية خاصة"),
    "vegetarian": Text("vegetarian", fr="végétarien", ar="نباتي"),
    "vegan": Text("vegan", fr="végétalien", ar="نباتي صرف"),
    "halal": Text("halal", fr="halal", ar="حلال"),
    "kosher": Text("kosher", fr="casher", ar="كوشير"),
    "gluten_free": Text("gluten-free", fr="sans gluten", ar="بدون غلوتين"),
    "diabetic": Text("diabetic", fr="diabétique", ar="لمرضى السكري"),
    "lactose_free": Text("lactose-free", fr="sans lactose", ar="بدون لاكتوز"),
    "low_salt": Text("low salt", fr="pauvre en sel", ar="قليل الملح"),
}
ROLE_LABELS: Mapping[str, Text] = {
    "participant": Text("participant", fr="participant·e", ar="مشارك (ة)"),
    "speaker": Text("speaker", fr="intervenant·e", ar="متدخل (ة)"),
    "expert": Text("expert", fr="expert·e", ar="خبير (ة)"),
    "facilitator": Text("facilitator", fr="facilitateur·rice", ar="ميسر (ة)"),
    "organiser": Text("organiser", fr="organisateur·rice", ar="منظم (ة)"),
    "guest": Text("guest", fr="invité·e", ar="ضيف (ة)"),
}
BENEFIT_LABELS: Mapping[str, Text] = {
    "travel": Text("Travel", fr="Déplacement", ar="التنقل"),
    "lodging": Text("Lodging", fr="Hébergement", ar="الإيواء"),
    "meals": Text("Meals", fr="Repas", ar="الوجبات"),
}
LANGUAGE_LABELS: Mapping[str, Text] = {
    "ar": Text("Arabic", fr="arabe", ar="العربية"),
    "fr": Text("French", fr="français", ar="الفرنسية"),
    "en": Text("English", fr="anglais", ar="الإنجليزية"),
}

# What people are counted by, and who is counted.
TOPIC_LABELS: Mapping[str, Text] = {
    "gender": Text("Gender", fr="Genre", ar="الجنس"),
    "age": Text("Age", fr="Âge", ar="السن"),
    "category": Text("Capacity", fr="Qualité", ar="الصفة"),
    "region": Text("Region", fr="Région", ar="الجهة"),
}
COUNT_LABELS: Mapping[str, Text] = {
    "people": Text("People", fr="Personnes", ar="العدد"),
    "registered": Text("Registered", fr="Inscrits", ar="المسجلون"),
    "confirmed": Text("Confirmed", fr="Confirmés", ar="المؤكدون"),
    "present": Text("Present", fr="Présents", ar="الحاضرون"),
}

SEVERITY_LABELS: Mapping[str, Text] = {
    "error": Text("error", fr="erreur", ar="خطأ"),
    "question": Text("question", fr="question", ar="سؤال"),
    "warning": Text("warning", fr="avertissement", ar="تنبيه"),
    "information": Text("note", fr="note", ar="ملاحظة"),
}

_OF_ENUM: Mapping[type[Enum], Mapping[str, Text]] = {
    Gender: GENDER_LABELS,
    Status: STATUS_LABELS,
    PlacementStatus: PLACEMENT_LABELS,
    Effect: EFFECT_LABELS,
    Outcome: OUTCOME_LABELS,
    Seat: SEAT_LABELS,
    Severity: SEVERITY_LABELS,
}


def label_of(member: Enum) -> Text:
    """What an enum member is called; its value where nobody named it."""
    labels = _OF_ENUM.get(type(member), {})
    return labels.get(str(member.value), Text(str(member.value)))


def labelled(labels: Mapping[str, Text], key: str) -> Text | str:
    """The label of a key, or the key itself as plain text where it has none."""
    return labels.get(key, key)


def yes_no_label(value: bool, language: str) -> str:
    """Yes or no in that language; in English where nobody translated it."""
    text = YES if value else NO
    return text.written_in(language) or text.en
