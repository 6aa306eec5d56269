"""The association that coordinates Casablanca-Settat: its rules for travel and bed, its carpool proposal and check."""

from eventops import DoctorCheck, Export, Rule, Setting, Text, hookimpl
from eventops_casablanca_settat.carpool import CARPOOL_PROPOSAL, SHARED_CAR_CHECK
from eventops_casablanca_settat.rules import RULES

SETTINGS = (
    Setting(
        name="travel_limit_km",
        default=60.0,
        unit="km",
        help=Text(
            "Straight-line distance from which travel is paid",
            fr="Distance à vol d’oiseau à partir de laquelle le voyage est pris en charge",
            ar="المسافة المستقيمة التي يبدأ منها التكفل بالسفر",
        ),
    ),
    Setting(
        name="public_transport_km",
        default=40.0,
        unit="km",
        help=Text(
            "Inside Greater Casablanca, public transport is taken as sufficient below this distance",
            fr="Dans le Grand Casablanca, les transports publics sont jugés suffisants en deçà de cette distance",
            ar="داخل الدار البيضاء الكبرى يعتبر النقل العمومي كافيا دون هذه المسافة",
        ),
    ),
    Setting(
        name="lodging_limit_km",
        default=100.0,
        unit="km",
        help=Text(
            "Straight-line distance from which a bed is provided",
            fr="Distance à vol d’oiseau à partir de laquelle l’hébergement est pris en charge",
            ar="المسافة المستقيمة التي يبدأ منها التكفل بالمبيت",
        ),
    ),
    Setting(
        name="accessible_departure",
        default="07:00",
        unit="h",
        help=Text(
            "People with access needs who must leave home before this hour are given a bed at any distance",
            fr="Les personnes ayant des besoins d’accessibilité qui doivent partir avant cette heure sont hébergées "
            "quelle que soit la distance",
            ar="يستفيد ذوو احتياجات الولوج الذين يضطرون إلى المغادرة قبل هذه الساعة من المبيت مهما كانت المسافة",
        ),
    ),
    Setting(
        name="carpool_minimum",
        default=3,
        unit="people",
        help=Text(
            "A shared car is proposed from this many travellers of one province",
            fr="Une voiture partagée est proposée à partir de ce nombre de voyageurs d’une même province",
            ar="تُقترح سيارة مشتركة ابتداء من هذا العدد من المسافرين من الإقليم نفسه",
        ),
    ),
    Setting(
        name="carpool_seats",
        default=6,
        unit="people",
        help=Text(
            "Passengers one shared car takes (a grand taxi takes six)",
            fr="Passagers par voiture partagée (un grand taxi en prend six)",
            ar="عدد الركاب في السيارة المشتركة (سيارة الأجرة الكبيرة تسع ستة)",
        ),
    ),
)


@hookimpl
def eventops_settings() -> tuple[Setting, ...]:
    return SETTINGS


@hookimpl
def eventops_rules() -> tuple[Rule, ...]:
    return RULES


@hookimpl
def eventops_exports() -> tuple[Export, ...]:
    return (CARPOOL_PROPOSAL,)


@hookimpl
def eventops_checks() -> tuple[DoctorCheck, ...]:
    return (SHARED_CAR_CHECK,)
