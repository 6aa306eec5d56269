"""The association that coordinates Rabat-Salé-Kénitra: its rules for travel and bed, and its mobilisation list."""

from eventops import Export, Rule, Setting, Text, hookimpl
from eventops_rabat_sale_kenitra.mobilisation import MOBILISATION_LIST
from eventops_rabat_sale_kenitra.rules import RULES

SETTINGS = (
    Setting(
        name="travel_limit_km",
        default=40.0,
        unit="km",
        help=Text(
            "Straight-line distance from which travel is paid, for people of an urban commune",
            fr="Distance à vol d’oiseau à partir de laquelle le voyage est pris en charge, pour une commune urbaine",
            ar="المسافة المستقيمة التي يبدأ منها التكفل بالسفر بالنسبة لساكني الجماعات الحضرية",
        ),
    ),
    Setting(
        name="rural_travel_limit_km",
        default=20.0,
        unit="km",
        help=Text(
            "Straight-line distance from which travel is paid, for people of a rural commune",
            fr="Distance à vol d’oiseau à partir de laquelle le voyage est pris en charge, pour une commune rurale",
            ar="المسافة المستقيمة التي يبدأ منها التكفل بالسفر بالنسبة لساكني الجماعات القروية",
        ),
    ),
    Setting(
        name="earliest_departure",
        default="05:45",
        unit="h",
        help=Text(
            "Whoever must leave home before this hour sleeps near the venue the night before",
            fr="Qui doit quitter son domicile avant cette heure est hébergé la veille",
            ar="من يضطر إلى مغادرة بيته قبل هذه الساعة يستفيد من المبيت في الليلة السابقة",
        ),
    ),
    Setting(
        name="safe_departure",
        default="06:30",
        unit="h",
        help=Text(
            "The same hour for women, older people and people with access needs who live in a rural commune",
            fr="La même heure pour les femmes, les personnes âgées et celles ayant des besoins d’accessibilité, "
            "en commune rurale",
            ar="الساعة نفسها بالنسبة للنساء والمسنين وذوي احتياجات الولوج القاطنين بجماعة قروية",
        ),
    ),
    Setting(
        name="elderly_age",
        default=60,
        unit="years",
        help=Text(
            "Age from which a person counts as older",
            fr="Âge à partir duquel une personne est considérée comme âgée",
            ar="السن الذي يعتبر الشخص ابتداء منه مسنا",
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
    return (MOBILISATION_LIST,)
