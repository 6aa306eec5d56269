"""Bytes of a file somebody sent become sheets with cells at their true addresses.

What the file is, is told by its first bytes, not by its name. A workbook is looked through before any parser sees it.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from msgspec.structs import replace

from eventops.adapters.delimited_text import sheet_of_text
from eventops.adapters.old_workbooks import guarded_old
from eventops.adapters.open_documents import is_open_document, sheets_of_open_document
from eventops.adapters.workbook_guard import GuardedWorkbook, SheetPart, guarded, guarded_parts
from eventops.adapters.workbook_passwords import is_encrypted
from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Text
from eventops.errors import NotUsable

LARGEST_FILE = 50_000_000
# So many different texts are remembered while the rows are read.
_MOST_KNOWN = 50_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")

EMPTY = "{file} is empty: it holds no bytes; ask for the file again"
TOO_LARGE = "{file} is too large: {size} MB, at most {largest} MB are read; keep only the sheet of registrations"
PASSWORD = (
    "{file} is protected by a password; set EVENTOPS_PASSWORD or type it when asked, or open it in Excel, remove the "
    "password (File, Info, Protect Workbook), and save as .xlsx"
)
WEB_PAGE = "{file} is a web page (HTML), not an Excel workbook; open it in Excel and save as .xlsx"
XML_2003 = "{file} is an XML file, not an Excel workbook; open it in Excel and save as .xlsx"
OTHER_KIND = "{file} is {kind}, not an Excel workbook nor a CSV file; ask for the registrations as .xlsx or .csv"
TEXT_NOT_WORKBOOK = "{file} is text, not an Excel workbook; name it .csv, or open it in Excel and save as .xlsx"
WORKBOOK_NOT_TEXT = "{file} is an Excel workbook and not a text file; name it .xlsx"
DAMAGED = "{file} is damaged: {reason}; ask for the file again, or open it in Excel or LibreOffice and save as .xlsx"
NO_FILLED_CELL = "{file} is empty: its sheets have no filled cell; ask for the file again"

HIDDEN_PARTS = Text("sheet {sheet} has hidden rows or columns; they were read too")
MERGED_CELLS = Text("sheet {sheet} has merged cells; a value merged downwards counts for each of its rows")

_KINDS = (
    (b"%PDF", Text("a PDF document")),
    (b"\x89PNG", Text("a picture (PNG)")),
    (b"\xff\xd8\xff", Text("a picture (JPEG)")),
    (b"GIF8", Text("a picture (GIF)")),
    (b"Rar!", Text("a RAR archive")),
    (b"7z\xbc\xaf", Text("a 7-Zip archive")),
    (b"\x1f\x8b", Text("a gzip archive")),
    (b"{\\rtf", Text("an RTF document")),
    (b"SQLite format 3", Text("a SQLite database")),
)


def sheets_of_workbook(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook (.xlsx, .xlsm, .xls, .ods) or of delimited text (.csv, .tsv, .txt), in their order.

    Errors: NotUsable naming what the file is, when it cannot be read or would not be safe to read.
    """
    suffix = PurePath(file_name).suffix.lower()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotUsable(EMPTY, file=file_name)
    if len(data) > LARGEST_FILE:
        raise NotUsable(TOO_LARGE, file=file_name, size=len(data) // 1_000_000, largest=LARGEST_FILE // 1_000_000)
    if data.startswith(b"PK"):
        if suffix in _TEXT_SUFFIXES:
            raise NotUsable(WORKBOOK_NOT_TEXT, file=file_name)
        return _open_document(data, file_name) if is_open_document(data) else _workbook(data, file_name)
    if data.startswith(_OLE) and not is_encrypted(data):
        return _old_workbook(data, file_name)
    _refuse_other_kinds(data, file_name)
    if suffix in _WORKBOOK_SUFFIXES:
        raise NotUsable(TEXT_NOT_WORKBOOK, file=file_name)
    return (sheet_of_text(data, file_name),)


def _refuse_other_kinds(data: bytes, file_name: str) -> None:
    if data.startswith(_OLE):
        raise NotUsable(PASSWORD, file=file_name)
    for start, kind in _KINDS:
        if data.startswith(start):
            raise NotUsable(OTHER_KIND, file=file_name, kind=kind)
    begin = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")) or b"<html" in begin[:1000]:
        raise NotUsable(WEB_PAGE, file=file_name)
    if begin.startswith(b"<?xml"):
        raise NotUsable(XML_2003, file=file_name)


def _workbook(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    book = guarded(data, file_name)
    sheets = _by_calamine(data, book) if book.dense else None
    if sheets is None:
        sheets = _by_openpyxl(data, book, file_name)
    return _filled(sheets, file_name, book.macros, [_remarks_of(part, file_name) for part in book.sheets])


def _old_workbook(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook of the old binary format."""
    book = guarded_old(data, file_name)
    sheets = _by_calamine(data, book) if book.dense else None
    if sheets is None:
        reason = Text("its records cannot be read") if book.dense else Text("its cells are too far apart")
        raise NotUsable(DAMAGED, file=file_name, reason=reason)
    return _filled(sheets, file_name, book.macros, [_remarks_of(part, file_name) for part in book.sheets])


def _open_document(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet of LibreOffice."""
    with guarded_parts(data, file_name) as (archive, chunks):
        sheets, hidden, macros = sheets_of_open_document(archive, file_name, chunks)
    remarks = [_said_of(one.name, one.name in hidden, bool(one.merged), file_name) for one in sheets]
    return _filled(sheets, file_name, macros, remarks)


def _filled(
    sheets: Sequence[Sheet], file_name: str, macros: bool, remarks: Sequence[tuple[Finding, ...]]
) -> tuple[Sheet, ...]:
    """The sheets with what was noticed. Errors: NotUsable when no cell of them is filled."""
    if not any(any(sheet.rows) for sheet in sheets):
        raise NotUsable(NO_FILLED_CELL, file=file_name)
    said = _remarks(macros, file_name)
    return tuple(replace(sheet, remarks=(*said, *own)) for sheet, own in zip(sheets, remarks, strict=True))


def _remarks(macros: bool, file_name: str) -> tuple[Finding, ...]:
    if not macros:
        return ()
    message = Text("the workbook holds a macro; it was neither run nor kept")
    source = Source(file=file_name)
    return (Finding(severity=Severity.WARNING, code="file-macro", message=message, source=source),)


def _remarks_of(part: SheetPart, file_name: str) -> tuple[Finding, ...]:
    return _said_of(part.name, part.hidden_parts, bool(part.merged), file_name)


def _said_of(name: str, hidden: bool, merged: bool, file_name: str) -> tuple[Finding, ...]:
    source = Source(file=file_name, sheet=name)
    said = []
    if hidden:
        said.append(("sheet-hidden-parts", HIDDEN_PARTS))
    if merged:
        said.append(("sheet-merged", MERGED_CELLS))
    values: dict[str, object] = {"sheet": name}
    return tuple(
        Finding(severity=Severity.INFORMATION, code=code, message=message, values=values, source=source)
        for code, message in said
    )


def _by_calamine(data: bytes, book: GuardedWorkbook) -> list[Sheet] | None:
    """The sheets, or None when the fast reader cannot cope with the file."""
    # The fast reader takes a tenth of openpyxl's time; only an import needs it.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(part, _rows_of(workbook.get_sheet_by_name(part.name)) if part.cells else []) for part in book.sheets
        ]
    except (CalamineError, ValueError, OverflowError):
        return None


def _rows_of(sheet: Any) -> Iterator[list[object]]:
    """The rows one by one, at their true addresses: the library begins at the first filled column. All of them at once
    would stand in memory twice."""
    before: list[object] = [None] * (sheet.start or (0, 0))[1]
    return (before + row for row in sheet.iter_rows())


def _by_openpyxl(data: bytes, book: GuardedWorkbook, file_name: str) -> list[Sheet]:
    # 0.2 s; only for sheets the fast reader must not see (cells far away) or cannot read.
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for part in book.sheets:
            worksheet: Any = workbook[part.name]
            worksheet.reset_dimensions()
            sheets.append(_sheet(part, worksheet.iter_rows(values_only=True) if part.cells else []))
    # The library gives whatever the damage leads to: KeyError, ValueError, BadZipFile, ParseError …
    except Exception as error:
        raise NotUsable(DAMAGED, file=file_name, reason=type(error).__name__) from error
    return sheets


def _sheet(part: SheetPart, rows: Iterable[Sequence[object]]) -> Sheet:
    known: dict[str, str | None] = {"": None}
    cells = [_trimmed(row, known) for row in rows]
    for (row, column), value in part.replaced.items():
        _put(cells, row, column, value)
    while cells and not cells[-1]:
        cells.pop()
    return Sheet(name=part.name, rows=tuple(cells), hidden=part.hidden, merged=part.merged)


def _put(rows: list[tuple[object, ...]], row: int, column: int, value: ErrorCell | UncomputedFormula) -> None:
    rows += [()] * (row + 1 - len(rows))
    cells = list(rows[row]) + [None] * (column + 1 - len(rows[row]))
    cells[column] = value
    rows[row] = tuple(cells)


def _trimmed(row: Sequence[object], known: dict[str, str | None]) -> tuple[object, ...]:
    """The row up to its last filled cell: '' is None, a whole float an integer, an answer that comes again one text."""
    same = known.setdefault if len(known) < _MOST_KNOWN else known.get
    cells = [same(value, value) if value.__class__ is str else _cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, timedelta):
        return str(value)
    if value is None or isinstance(value, bool | int | datetime | date | time):
        return value
    return str(value)
