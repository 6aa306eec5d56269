"""The report's tables: who registered, has a seat and came, by gender, age, capacity and region; exact for the
organisers, with small groups put together for the public."""

from collections.abc import Mapping

from eventops.builtin.exports.cells import category_title, heading
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import GROUPED, region_names
from eventops.domain.reporting.labels import AGE_LABELS, COUNT_LABELS, GENDER_LABELS, TOPIC_LABELS, UNKNOWN
from eventops.domain.reporting.reports import Audience, Chart, Column, Kind, Options, Report, Table
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Statistics of participants", fr="Statistiques des participants", ar="إحصائيات المشاركين")
PUBLIC_TITLE = Text("Statistics for the public", fr="Statistiques pour le public", ar="إحصائيات للعموم")
SMALLER = Text("smaller groups together", fr="groupes plus petits réunis", ar="مجموعات صغيرة مجتمعة")
SMALLER_NOTE = Text(
    "Groups of fewer than five people are shown together, so that nobody can be recognised.",
    fr="Les groupes de moins de cinq personnes sont réunis, afin que personne ne soit reconnaissable.",
    ar="جُمعت المجموعات التي تقل عن خمسة أشخاص حتى لا يمكن التعرف على أحد.",
)
PEOPLE, REGISTERED, CONFIRMED, PRESENT = (
    Column(name=name, title=COUNT_LABELS[name], kind=Kind.INTEGER, width=11, total=True)
    for name in ("people", "registered", "confirmed", "present")
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
    regions = {**region_names(plan), **counts.region_names}
    tables = (
        _table(plan, "gender", GENDER_LABELS),
        _table(plan, "age", AGE_LABELS),
        _table(plan, "category", categories),
        _table(plan, "region", regions),
    )
    return Report(name=name, title=title, audience=audience, tables=tables, heading=heading(plan.event))


def _table(plan: Plan, name: str, labels: Mapping[str, Text | str]) -> Table:
    """One table; beside those registered stand those with a seat and, once attendance is recorded, those who came,
    whose shares are then told."""
    title = TOPIC_LABELS[name]
    columns: list[tuple[Column, Mapping[str, int]]] = [(PEOPLE, getattr(plan.statistics, name))]
    told = plan.participation
    if told is not None:
        columns = [(REGISTERED, getattr(plan.statistics, name)), (CONFIRMED, getattr(told.confirmed, name))]
        if told.present is not None:
            columns.append((PRESENT, getattr(told.present, name)))
    shared = columns[0][1] if told is None or told.present is None else columns[-1][1]
    people = sum(shared.values())
    words: Mapping[str, Text | str] = {"unknown": UNKNOWN, GROUPED: SMALLER, **labels}
    return Table(
        name=name,
        title=title,
        columns=(Column(name="group", title=title, width=34), *(column for column, _ in columns), SHARE),
        rows=tuple(
            (
                words.get(key, key),
                *(counts.get(key, 0) for _, counts in columns),
                round(shared.get(key, 0) / people, 4) if people else None,
            )
            for key in columns[0][1]
        ),
        notes=(SMALLER_NOTE,) if GROUPED in columns[0][1] else (),
        chart=Chart(kind="bar", title=title, categories="group", values=_shown(columns, shared)),
        landscape=True,
    )


def _shown(columns: list[tuple[Column, Mapping[str, int]]], shared: Mapping[str, int]) -> str:
    return next(column.name for column, counts in columns if counts is shared)


STATISTICS = Export(name="statistics", title=TITLE, audience=Audience.ASSOCIATION, compose=statistics)
PUBLIC_STATISTICS = Export(
    name="public-statistics", title=PUBLIC_TITLE, audience=Audience.PUBLIC, compose=public_statistics
)
