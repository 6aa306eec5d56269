"""One report in several languages at once: every heading and text in each, one below or beside the other."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from eventops.domain.reporting.labels import NO, YES
from eventops.domain.reporting.reports import Cell, Column, Report, Row, Spoken, Table, rows_from
from eventops.domain.texts import Message, Text, Wording

BESIDE = " / "
BELOW = "\n"
LONGEST_TITLE = 31  # what a sheet can be called
WIDER = 1.4
WIDEST = 70


def side_by_side(
    report: Report, wordings: Sequence[Wording], others: Mapping[str, Wording] = MappingProxyType({})
) -> Report:
    """The report in all these languages; the first decides direction, formats, drop-downs and the cells people fill.

    Errors: ValueError without a language.
    """
    if not wordings:
        raise ValueError("a report needs a language")
    return msgspec.structs.replace(
        report,
        title=_beside(report.title, wordings),
        # A margin has room for one language.
        heading=_said(report.heading, wordings[0]),
        tables=tuple(_table(table, wordings, others) for table in report.tables),
        language=wordings[0].language,
    )


def _table(table: Table, wordings: Sequence[Wording], others: Mapping[str, Wording]) -> Table:
    first = wordings[0]
    title = _beside(table.title, wordings)
    chart = table.chart
    texts = _text_columns(table)

    def worded_row(row: Row) -> Row:
        return tuple(
            [_cell(cell, wordings, others, column.editable) for cell, column in zip(row, table.columns, strict=True)]
        )

    return msgspec.structs.replace(
        table,
        title=title if len(title) <= LONGEST_TITLE else _said(table.title, first),
        columns=tuple(_column(column, wordings, index in texts) for index, column in enumerate(table.columns)),
        rows=rows_from(table.rows, worded_row),
        notes=tuple(BELOW.join(_distinct(note, wordings)) for note in table.notes),
        chart=msgspec.structs.replace(chart, title=_beside(chart.title, wordings)) if chart else None,
    )


def _column(column: Column, wordings: Sequence[Wording], wider: bool) -> Column:
    return msgspec.structs.replace(
        column,
        title=BELOW.join(_distinct(column.title, wordings)),
        choices=tuple(_said(choice, wordings[0]) for choice in column.choices),
        width=min(round(column.width * WIDER), max(column.width, WIDEST)) if wider else column.width,
    )


def _text_columns(table: Table) -> set[int]:
    """The columns in which a text stands, by their place."""
    return {index for row in table.rows for index, cell in enumerate(row) if isinstance(cell, Text | Message)}


def _cell(cell: Cell, wordings: Sequence[Wording], others: Mapping[str, Wording], editable: bool) -> Cell:
    match cell:
        case Spoken():
            return others.get(cell.language, wordings[0]).say(cell.message)
        case bool() if not editable:
            return BELOW.join(_distinct(YES if cell else NO, wordings))
        case Text() | Message():
            # What somebody fills in is read back, so it stays one answer in one language.
            return wordings[0].say(cell) if editable else BELOW.join(_distinct(cell, wordings))
        case _:
            return cell


def _beside(text: Text | Message | str, wordings: Sequence[Wording]) -> str:
    return BESIDE.join(_distinct(text, wordings))


def _distinct(text: Text | Message | str, wordings: Sequence[Wording]) -> list[str]:
    """The text in every language, once where two languages say it alike."""
    return list(dict.fromkeys(_said(text, wording) for wording in wordings))


def _said(text: Text | Message | str, wording: Wording) -> str:
    return text if isinstance(text, str) else wording.say(text)
