"""A workbook of somebody else's as the template of a report: its marked cells are filled, everything else stays.

What can be marked: a cell with {{title}}, {{heading}}, {{count}} … in its text; a named cell called like one of these;
and a row whose cells hold {{rows}} (or {{rows TABLE}}) and the names of columns, {{name}}, {{amount}}: it is written
once for every row of the table.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from eventops.builtin.template_rows import copied_row, room_made
from eventops.builtin.totals import total_of
from eventops.builtin.workbook_cells import HISTORY_PROPERTY, excel_value
from eventops.domain.reporting.reports import Cell, Column, Report, Table, Writer
from eventops.domain.reporting.safe_text import checked_length, is_formula_like, representable
from eventops.errors import NotUsable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_ROWS = re.compile(r"rows(?:\s+(?P<table>\S.*))?")
# What openpyxl cannot carry over: saying nothing would lose a sponsor's work.
_LOST_PARTS = {
    "xl/pivotTables/": "pivot tables",
    "xl/slicers/": "slicers",
    "xl/ctrlProps/": "form controls",
    "xl/activeX/": "form controls",
    "xl/embeddings/": "embedded objects",
    "xl/externalLinks/": "links to other workbooks",
}
_SHAPES = re.compile(rb"<xdr:(sp|cxnSp|grpSp)\b")


class MarkedRow(Struct, frozen=True):
    """The row of a sheet that is written for every row of a table."""

    sheet: str
    row: int
    table: Table


def template_writer(data: bytes, file_name: str) -> Writer:
    """What fills this template with any report. Errors: NotUsable when it is no workbook that can be filled."""
    _require_fillable(data, file_name)
    return Writer(name="xlsx", suffix=".xlsx", media_type=XLSX, render=lambda report: filled(data, file_name, report))


def filled(data: bytes, file_name: str, report: Report) -> bytes:
    """The template with the report in its marked cells.

    Errors: NotUsable naming the cell, for a mark that says nothing this report has, and when nothing is marked.
    """
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out was refused before
        book = openpyxl.load_workbook(io.BytesIO(data))
    values = values_of(report)
    count = _fill_names(book, values, report, file_name)
    marked = [row for sheet in book.worksheets for row in _marked_rows(sheet, report, file_name)]
    rows_of_marks = {(one.sheet, one.row) for one in marked}
    for sheet in book.worksheets:
        count += _fill_marks(sheet, values, report, file_name, rows_of_marks)
    # From the last row of a sheet up, so that rows put in move none that is still to be filled.
    for one in sorted(marked, key=lambda one: (one.sheet, -one.row)):
        _fill_rows(book, one, report, file_name)
    if not count and not marked:
        raise NotUsable(
            "The template {file} marks nothing: write {{{{rows}}}} and column names such as {{{{name}}}} into a row, "
            "{{{{title}}}} into a cell, or name a cell so",
            file=file_name,
        )
    _mark_history(book, report)
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mark_history(book: Any, report: Report) -> None:
    """The entry of the history it was made after, where no cell and no margin of the template is touched."""
    from openpyxl.packaging.custom import StringProperty

    if report.history is not None and HISTORY_PROPERTY not in book.custom_doc_props.names:
        book.custom_doc_props.append(StringProperty(name=HISTORY_PROPERTY, value=report.history.whole))


def values_of(report: Report) -> dict[str, Cell]:
    """What single cells may hold: title, heading and language of the report; `count` rows, `count_TABLE` of each
    table, `total_COLUMN` where a column is summed."""
    values: dict[str, Cell] = {
        "title": str(report.title),
        "heading": str(report.heading),
        "language": report.language,
        "count": len(report.tables[0].rows) if report.tables else 0,
    }
    for table in report.tables:
        values[f"count_{table.name}"] = len(table.rows)
        for index, column in enumerate(table.columns):
            if column.total:
                values.setdefault(f"total_{column.name}", total_of(table, index))
    return values


def _require_fillable(data: bytes, file_name: str) -> None:
    """Errors: NotUsable for what is no workbook, is not safe, or holds what filling would lose."""
    from eventops.adapters.workbook_guard import guarded

    if guarded(data, file_name).macros:
        raise NotUsable("The template {file} holds macros, which would be lost; save it as .xlsx", file=file_name)
    lost: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            for start, what in _LOST_PARTS.items():
                if part.startswith(start):
                    lost[what] = None
            if part.startswith("xl/drawings/drawing") and _SHAPES.search(archive.read(part)):
                lost["shapes and text boxes"] = None
            if part.startswith("xl/media/") and not _pictures_kept():
                lost["pictures"] = None
    if lost:
        raise NotUsable(
            "The template {file} holds {what}, which filling it would lose; remove them from the template",
            file=file_name,
            what=", ".join(lost),
        )


def _pictures_kept() -> bool:
    from importlib.util import find_spec

    return find_spec("PIL") is not None  # openpyxl keeps pictures with its help only


def _fill_names(book: Any, values: Mapping[str, Cell], report: Report, file_name: str) -> int:
    """Fills the cells named like a value; how many."""
    count = 0
    names = [(None, name) for name in book.defined_names.values()]
    names += [(sheet, name) for sheet in book.worksheets for name in sheet.defined_names.values()]
    for own, name in names:
        key = name.name.lower().removeprefix("eventops_")
        if key not in values:
            if name.name.lower().startswith("eventops_"):
                raise _unknown(file_name, name.name, key, values)
            continue
        for title, place in name.destinations:
            sheet: Any = book[title] if title else own
            cell = sheet[place.replace("$", "")]
            if not hasattr(cell, "coordinate"):
                raise NotUsable(
                    "{file}: the name {name} stands for {range}; it must stand for one cell",
                    file=file_name,
                    name=name.name,
                    range=f"{title}!{place}",
                )
            _put(cell, values[key], Column(name=key, title=key), report)
            count += 1
    return count


def _marked_rows(sheet: Any, report: Report, file_name: str) -> Iterator[MarkedRow]:
    for row in sheet.iter_rows():
        marks = [(cell, mark) for cell in row for mark in _marks_in(cell) if _ROWS.fullmatch(mark)]
        if len(marks) > 1:
            where = _where(sheet, marks[1][0])
            raise NotUsable("{file}, {where}: a row is marked once; remove one mark", file=file_name, where=where)
        for cell, mark in marks:
            found = _ROWS.fullmatch(mark)
            name = (found["table"] or "") if found else ""
            yield MarkedRow(sheet.title, cell.row, _table_named(report, name, file_name, _where(sheet, cell)))


def _table_named(report: Report, name: str, file_name: str, where: str) -> Table:
    for table in report.tables:
        if not name or name in (table.name, str(table.title)):
            return table
    raise NotUsable(
        "{file}, {where}: this report has no table {name}; it has {names}",
        file=file_name,
        where=where,
        name=name,
        names=", ".join(table.name for table in report.tables) or "-",
    )


def _fill_marks(
    sheet: Any, values: Mapping[str, Cell], report: Report, file_name: str, rows: set[tuple[str, int]]
) -> int:
    """Fills the cells whose text holds marks, outside the marked rows; how many."""
    count = 0
    for row in sheet.iter_rows():
        for cell in row:
            marks = _marks_in(cell)
            if not marks or (sheet.title, cell.row) in rows:
                continue
            for mark in marks:
                if mark not in values:
                    raise _unknown(file_name, _where(sheet, cell), mark, values)
            _put(cell, _worded(cell.value, marks, values.__getitem__, report), Column(name="", title=""), report)
            count += 1
    return count


def _worded(text: str, marks: list[str], value_of: Callable[[str], Cell], report: Report) -> Cell:
    """The value when the cell holds one mark and nothing else, else the text around the marks with their values."""
    if len(marks) == 1 and _MARK.fullmatch(text.strip()):
        return value_of(marks[0])
    return _MARK.sub(lambda match: _shown(value_of(match[1]), report), text)


def _shown(cell: Cell, report: Report) -> str:
    from eventops.adapters.wording import open_wording

    return "" if cell is None else open_wording(report.language).value(cell)


def _fill_rows(book: Any, marked: MarkedRow, report: Report, file_name: str) -> None:
    """Writes the marked row once for every row of its table, in its formats; what stands below moves down."""
    sheet, table = book[marked.sheet], marked.table
    names = {column.name: index for index, column in enumerate(table.columns)}
    plan: dict[int, tuple[str, list[str]]] = {}
    for cell in sheet[marked.row]:
        marks = _marks_in(cell)
        text = _without_rows(cell.value) if marks else ""
        marks = [mark for mark in marks if not _ROWS.fullmatch(mark)]
        for mark in marks:
            if mark not in names:
                raise _unknown(file_name, _where(sheet, cell), mark, names)
        if marks or text != "" or (isinstance(cell.value, str) and _MARK.search(cell.value)):
            plan[cell.column] = (text, marks)
    count = len(table.rows)
    room_made(book, sheet, marked.row, max(count, 1))
    for offset in range(max(count, 1)):
        if offset:
            copied_row(sheet, marked.row, marked.row + offset, set(plan))
    for offset, row in enumerate(table.rows or ((None,) * len(names),)):
        for column, (text, marks) in plan.items():
            cell = sheet.cell(marked.row + offset, column)
            values = dict(zip(names, row, strict=True))
            alone = table.columns[names[marks[0]]] if len(marks) == 1 else Column(name="", title="")
            _put(cell, _worded(text, marks, values.__getitem__, report) if marks else text or None, alone, report)


def _without_rows(text: str) -> str:
    """The text of a cell without the mark of its row."""
    return _MARK.sub(lambda match: "" if _ROWS.fullmatch(match[1]) else match[0], text).strip()


def _marks_in(cell: Any) -> list[str]:
    return _MARK.findall(cell.value) if isinstance(cell.value, str) and "{{" in cell.value else []


def _put(cell: Any, value: Cell, column: Column, report: Report) -> None:
    """Writes a value as its own type. The template's format stays; one that says nothing gives way to the kind's."""
    written, number_format = excel_value(value, column.kind, report.language)
    if isinstance(written, str):
        text = checked_length(representable(written), cell.parent.title, cell.row, str(column.title))
        cell.value = text
        cell.data_type = "s"  # openpyxl makes a formula of whatever starts with =
        if is_formula_like(text):
            cell.quotePrefix = True
        return
    own = cell.number_format
    cell.value = written  # a date brings a format along
    says_more = number_format not in ("", "0", "0.0##")
    cell.number_format = number_format if own == "General" and says_more else own


def _where(sheet: Any, cell: Any) -> str:
    return f"{sheet.title}!{cell.coordinate}"


def _unknown(file_name: str, where: str, mark: str, known: Mapping[str, object]) -> NotUsable:
    return NotUsable(
        "{file}, {where}: {{{{{mark}}}}} is nothing this report holds; it holds {names}",
        file=file_name,
        where=where,
        mark=mark,
        names=", ".join(known),
    )
