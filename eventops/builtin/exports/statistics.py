"""The report's tables: who took part, by gender, age, capacity and region; exact for the organisers, with small groups
put together for the public."""

from collections.abc import Mapping

from eventops.builtin.exports.cells import category_title, heading
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import GROUPED, region_names
from eventops.domain.reporting.labels import AGE_LABELS, GENDER_LABELS, UNKNOWN
from eventops.domain.reporting.reports import Audience, Chart, Column, Kind, Options, Report, Table
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Statistics of participants", fr="Statistiques des participants", ar="إحصائيات المشاركين")
PUBLIC_TITLE = Text("Statistics for the public", fr="Statistiques pour le public", ar="إحصائيات للعموم")
GENDER = Text("Gender", fr="Genre", ar="الجنس")
AGE = Text("Age", fr="Âge", ar="السن")
CATEGORY = Text("Capacity", fr="Qualité", ar="الصفة")
REGION = Text("Region", fr="Région", ar="الجهة")
SMALLER = Text("smaller groups together", fr="groupes plus petits réunis", ar="مجموعات صغيرة مجتمعة")
SMALLER_NOTE = Text(
    "Groups of fewer than five people are shown together, so that nobody can be recognised.",
    fr="Les groupes de moins de cinq personnes sont réunis, afin que personne ne soit reconnaissable.",
    ar="جُمعت المجموعات التي تقل عن خمسة أشخاص حتى لا يمكن التعرف على أحد.",
)
PEOPLE = Column(
    name="people", title=Text("People", fr="Personnes", ar="العدد"), kind=Kind.INTEGER, width=11, total=True
)
SHARE = Column(name="share", title=Text("Share", fr="Part", ar="النسبة"), kind=Kind.PERCENT, width=11)


def statistics(plan: Plan, options: Options) -> Report:
    """Every group with its exact count."""
    return _report(plan, "statistics", TITLE, Audience.ASSOCIATION)


def public_statistics(plan: Plan, options: Options) -> Report:
    """The same tables with groups of fewer than five people put together."""
    return _report(plan, "public-statistics", PUBLIC_TITLE, Audience.PUBLIC)


def _report(plan: Plan, name: str, title: Text, audience: Audience) -> Report:
    counts = plan.statistics
    categories = {id: category_title(plan.event, id) for id in counts.category if id not in ("unknown", GROUPED)}
    tables = (
        _table("gender", GENDER, counts.gender, GENDER_LABELS),
        _table("age", AGE, counts.age, AGE_LABELS),
        _table("category", CATEGORY, counts.category, categories),
        _table("region", REGION, counts.region, {**region_names(plan), **counts.region_names}),
    )
    return Report(name=name, title=title, audience=audience, tables=tables, heading=heading(plan.event))


def _table(name: str, title: Text, counts: Mapping[str, int], labels: Mapping[str, Text | str]) -> Table:
    people = sum(counts.values())
    words: Mapping[str, Text | str] = {"unknown": UNKNOWN, GROUPED: SMALLER, **labels}
    return Table(
        name=name,
        title=title,
        columns=(Column(name="group", title=title, width=34), PEOPLE, SHARE),
        rows=tuple(
            (words.get(key, key), count, round(count / people, 4) if people else None) for key, count in counts.items()
        ),
        notes=(SMALLER_NOTE,) if GROUPED in counts else (),
        chart=Chart(kind="bar", title=title, categories="group", values="people"),
        landscape=True,
    )


STATISTICS = Export(name="statistics", title=TITLE, audience=Audience.ASSOCIATION, compose=statistics)
PUBLIC_STATISTICS = Export(
    name="public-statistics", title=PUBLIC_TITLE, audience=Audience.PUBLIC, compose=public_statistics
)
