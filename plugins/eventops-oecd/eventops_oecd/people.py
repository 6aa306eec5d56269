"""Attendance and statistics of all participants."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from eventops import (
    AGE_LABELS,
    GENDER_LABELS,
    Candidate,
    Cell,
    Column,
    Gender,
    Kind,
    Paid,
    Plan,
    Table,
    Text,
    age_band,
    category_titles,
    label_of,
    labelled,
    region_of,
    region_titles,
)
from eventops_oecd.columns import (
    CATEGORY,
    GENDER,
    NAME,
    REFERENCE,
    REGION,
    category_of,
    region_title,
)

GENDERS = Text("Gender", fr="Sexe", ar="الجنس")
AGES = Text("Age", fr="Âge", ar="السن")
CATEGORIES = Text("Category", fr="Qualité", ar="الصفة")
REGIONS = Text("Region", fr="Région", ar="الجهة")
NOT_ENTERED = Text(
    "Presence is blank until it has been entered after the event.",
    fr="La présence reste vide tant qu’elle n’a pas été saisie après l’événement.",
    ar="تبقى خانة الحضور فارغة إلى حين إدخالها بعد اللقاء.",
)
COUNTS = Text(
    "Every topic counts all participants once; supported people are those listed as covered, meals apart.",
    fr="Chaque thème compte chaque participant une fois ; les personnes soutenues sont celles de la liste des prises "
    "en charge, hors repas.",
    ar="يحتسب كل محور كل مشارك مرة واحدة؛ والمدعومون هم الواردون في لائحة المتكفل بهم، دون احتساب الوجبات.",
)


def attendance_table(plan: Plan) -> Table:
    """All participants with a column for presence and one to sign."""
    return Table(
        name="attendance",
        title=Text("Attendance", fr="Présence", ar="الحضور"),
        columns=(
            REFERENCE,
            NAME,
            GENDER,
            CATEGORY,
            REGION,
            Column(name="attended", title=Text("Present", fr="Présent·e", ar="حاضر (ة)"), kind=Kind.YES_NO, width=10),
            Column(name="signature", title=Text("Signature", fr="Signature", ar="التوقيع"), width=28),
        ),
        rows=tuple(
            (
                one.participant.id,
                one.participant.name,
                label_of(one.participant.gender),
                category_of(plan, one),
                region_title(plan, one),
                one.participant.attended,
                None,
            )
            for one in plan.candidates
        ),
        notes=(NOT_ENTERED,),
    )


def statistics_table(plan: Plan, paid: Sequence[Paid]) -> Table:
    """Participants by gender, age, category and region; with the women among them and the people supported."""
    supported = {one.candidate.participant.id for one in paid}
    topics: tuple[tuple[Text, Mapping[str, int], Mapping[str, Text], Callable[[Candidate], str]], ...] = (
        (GENDERS, plan.statistics.gender, GENDER_LABELS, lambda one: one.participant.gender.value),
        (AGES, plan.statistics.age, AGE_LABELS, lambda one: age_band(one.age)),
        (
            CATEGORIES,
            plan.statistics.category,
            category_titles(plan),
            lambda one: one.participant.category or "unknown",
        ),
        (REGIONS, plan.statistics.region, region_titles(plan), region_of),
    )
    rows = tuple(
        row
        for topic, counts, titles, key_of in topics
        for row in topic_rows(topic, counts, titles, key_of, plan.candidates, supported)
    )
    return Table(
        name="statistics",
        title=Text("Statistics", fr="Statistiques", ar="الإحصائيات"),
        columns=(
            Column(name="topic", title=Text("Topic", fr="Thème", ar="المحور"), width=16),
            Column(name="group", title=Text("Group", fr="Groupe", ar="الفئة"), width=28),
            Column(name="people", title=Text("Participants", fr="Participants", ar="المشاركون"), kind=Kind.INTEGER),
            Column(name="percent", title=Text("Share", fr="Part", ar="النسبة"), kind=Kind.PERCENT, width=10),
            Column(name="women", title=Text("Of whom women", fr="Dont femmes", ar="منهم نساء"), kind=Kind.INTEGER),
            Column(
                name="supported",
                title=Text("Of whom supported", fr="Dont soutenus", ar="منهم مدعومون"),
                kind=Kind.INTEGER,
            ),
        ),
        rows=rows,
        notes=(COUNTS,),
    )


def category_key(candidate: Candidate) -> str:
    return candidate.participant.category or "unknown"


def topic_rows(
    topic: Text,
    counts: Mapping[str, int],
    titles: Mapping[str, Text],
    key_of: Callable[[Candidate], str],
    candidates: Sequence[Candidate],
    supported: set[str],
) -> tuple[tuple[Cell, ...], ...]:
    """One row per group. Women and supported people are left out where the people as shown no longer carry the fact
    the topic counts by."""
    whole = sum(counts.values())
    shown = Counter(key_of(one) for one in candidates)
    complete = all(shown[key] == count for key, count in counts.items())
    women = Counter(key_of(one) for one in candidates if one.participant.gender is Gender.FEMALE)
    helped = Counter(key_of(one) for one in candidates if one.participant.id in supported)
    return tuple(
        (
            topic,
            labelled(titles, key),
            count,
            round(Decimal(count) / whole, 4) if whole else None,
            women[key] if complete else None,
            helped[key] if complete else None,
        )
        for key, count in counts.items()
    )
