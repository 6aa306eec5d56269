"""Facts opened for one file, put into those of its tables that tell people apart by their id."""

import msgspec

from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.enrolling.person_cells import field_column, person_cell, question_column
from eventops.domain.people import Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Options, Report, Row, Table, rows_from
from eventops.errors import NotUsable

IDS = ("id", "reference", "participant_id", "pseudonym")
NAMES = ("name", "name_latin")


def with_included(report: Report, plan: Plan, options: Options) -> Report:
    """The report with every included fact somewhere in it; `plan` is the plan as the audience sees it.

    Errors: NotUsable when no table of it can show a fact.
    """
    people = {one.participant.id: one.participant for one in plan.candidates}
    for field in options.included:
        if any(_shows(table, field) for table in report.tables):
            continue
        tables = tuple(_with_field(table, plan, people, field, options) for table in report.tables)
        if tables == report.tables:
            raise NotUsable(
                "The export {name} has no line for each person, so {field} cannot be shown in it; "
                "leave --include out, or choose an export that lists people",
                name=report.name,
                field=field,
            )
        report = msgspec.structs.replace(report, tables=tables)
    return report


def _shows(table: Table, field: str) -> bool:
    return any(column.name in (field, f"field_{field}") for column in table.columns)


def _with_field(table: Table, plan: Plan, people: dict[str, Participant], field: str, options: Options) -> Table:
    names = [column.name for column in table.columns]
    at = next((names.index(name) for name in IDS if name in names), None)
    if at is None:
        return table
    place = max([at, *(names.index(name) for name in NAMES if name in names)]) + 1
    column = field_column(field) if field in FIELD_TITLES else question_column(field, options)

    def with_cell(row: Row) -> Row:
        person = people.get(str(row[at]))
        cell = person_cell(plan.event, person, field) if person is not None else None
        return (*row[:place], cell, *row[place:])

    columns = (*table.columns[:place], column, *table.columns[place:])
    return msgspec.structs.replace(table, columns=columns, rows=rows_from(table.rows, with_cell))
