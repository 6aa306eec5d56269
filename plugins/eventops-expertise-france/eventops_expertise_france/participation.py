"""Signatures and indicators of all participants."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from eventops import (
    AGE_LABELS,
    GENDER_LABELS,
    Candidate,
    Cell,
    Column,
    Gender,
    Kind,
    Message,
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
from eventops_expertise_france.columns import (
    CATEGORY,
    GENDER,
    NAME,
    REFERENCE,
    REGION,
    category_of,
    count_column,
    region_title,
)

TOPICS = {
    "gender": Text("Gender", fr="Sexe", ar="الجنس"),
    "age": Text("Age", fr="Âge", ar="السن"),
    "category": Text("Capacity", fr="Qualité", ar="الصفة"),
    "region": Text("Region", fr="Région", ar="الجهة"),
}
ENTERED = Text(
    "Present as entered after the meeting: {present} of {count}. Signatures are given on paper.",
    fr="Présence saisie après la rencontre : {present} sur {count}. L’émargement se fait sur papier.",
    ar="الحضور كما أُدخل بعد اللقاء: {present} من {count}. ويتم التوقيع على الورق.",
)
WALK_INS = 5


def signatures_table(plan: Plan) -> Table:
    """The list to sign in the morning and in the afternoon, with room for people who come unannounced."""
    present = sum(one.participant.attended is True for one in plan.candidates)
    return Table(
        name="attendance",
        title=Text("Attendance", fr="Liste d’émargement", ar="لائحة الحضور"),
        columns=(
            REFERENCE,
            NAME,
            GENDER,
            CATEGORY,
            REGION,
            Column(name="attended", title=Text("Present", fr="Présent·e", ar="حاضر (ة)"), kind=Kind.YES_NO, width=11),
            Column(name="morning", title=Text("Morning", fr="Matin", ar="الصباح"), width=22),
            Column(name="afternoon", title=Text("Afternoon", fr="Après-midi", ar="بعد الزوال"), width=22),
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
                None,
            )
            for one in plan.candidates
        ),
        notes=(Message(ENTERED, {"present": present, "count": len(plan.candidates)}),),
        landscape=True,
        blank_rows=WALK_INS,
    )


def category_key(candidate: Candidate) -> str:
    return candidate.participant.category or "unknown"


def indicators_table(plan: Plan, paid: Sequence[Paid]) -> Table:
    """Participants and people covered, women and men apart, by gender, age, capacity and region."""
    covered = {one.candidate.participant.id for one in paid}
    keys: Mapping[str, Callable[[Candidate], str]] = {
        "gender": lambda one: one.participant.gender.value,
        "age": lambda one: age_band(one.age),
        "category": category_key,
        "region": region_of,
    }
    titles: Mapping[str, Mapping[str, Text]] = {
        "gender": GENDER_LABELS,
        "age": AGE_LABELS,
        "category": category_titles(plan),
        "region": region_titles(plan),
    }
    counts: Mapping[str, Mapping[str, int]] = {
        "gender": plan.statistics.gender,
        "age": plan.statistics.age,
        "category": plan.statistics.category,
        "region": plan.statistics.region,
    }
    rows = tuple(
        row
        for topic, key_of in keys.items()
        for row in indicator_rows(TOPICS[topic], counts[topic], titles[topic], key_of, plan.candidates, covered)
    )
    return Table(
        name="indicators",
        title=Text("Indicators", fr="Indicateurs", ar="المؤشرات"),
        columns=(
            Column(name="topic", title=Text("Topic", fr="Thème", ar="المحور"), width=16),
            Column(name="group", title=Text("Group", fr="Groupe", ar="الفئة"), width=28),
            count_column("women", Text("Women", fr="Femmes", ar="النساء")),
            count_column("men", Text("Men", fr="Hommes", ar="الرجال")),
            count_column("people", Text("Total", fr="Total", ar="المجموع")),
            Column(name="share", title=Text("Share", fr="Part", ar="النسبة"), kind=Kind.PERCENT, width=10),
            count_column("covered", Text("Covered", fr="Pris en charge", ar="المتكفل بهم")),
        ),
        rows=rows,
    )


def indicator_rows(
    topic: Text,
    counts: Mapping[str, int],
    titles: Mapping[str, Text],
    key_of: Callable[[Candidate], str],
    candidates: Sequence[Candidate],
    covered: set[str],
) -> Iterator[tuple[Cell, ...]]:
    """One row per group of a topic. The total is the plan's own count; the other figures stay blank where the people
    as shown no longer carry the fact they are counted by."""
    whole = sum(counts.values())
    shown = Counter(key_of(one) for one in candidates)
    by_gender = Counter((key_of(one), one.participant.gender) for one in candidates)
    helped = Counter(key_of(one) for one in candidates if one.participant.id in covered)
    complete = all(shown[key] == count for key, count in counts.items())
    for key, count in counts.items():
        yield (
            topic,
            labelled(titles, key),
            by_gender[key, Gender.FEMALE] if complete else None,
            by_gender[key, Gender.MALE] if complete else None,
            count,
            round(Decimal(count) / whole, 4) if whole else None,
            helped[key] if complete else None,
        )
