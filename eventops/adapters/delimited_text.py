"""Delimited text in the encodings and with the separators that spreadsheet programs of the region write."""

import csv
import io
import re
from pathlib import PurePath

from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Text
from eventops.errors import NotUsable

_SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 40
_LONGEST_CELL = 1_000_000
# A sheet of a spreadsheet program has no more.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_ASCII = bytes(range(128))
_IN_UTF_8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# A first and a second byte of UTF-8 as windows-1252 shows them.
_TWICE_ENCODED = re.compile("[\u00c3\u00d8\u00d9][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]")

NOT_TEXT = "{file} is neither an Excel workbook nor text; ask for the registrations as .xlsx or .csv"
UNREADABLE_ENCODING = (
    "{file} has an encoding that cannot be read (byte {byte} is no letter); "
    "save as .xlsx, or as CSV UTF-8, and import again"
)
BROKEN_QUOTES = "{file} is damaged: a quotation mark opened near row {row} is never closed; close it, or save as .xlsx"
TOO_WIDE = (
    "{file} is too large: row {row} has {count} cells, at most {most} are read; keep only the columns of registrations"
)
TOO_LONG = "{file} is too large: it has more than {most} rows; keep only the registrations"
ENCODING_ASSUMED = Text("the text is not UTF-8; it was read in the encoding {encoding}; check a few names")
LOOSE_QUOTES = Text("quotation marks inside cells are not doubled; check the cells that hold one")


def sheet_of_text(data: bytes, file_name: str) -> Sheet:
    """One sheet named after the file. Row numbers are those Excel shows: a cell with line breaks is one row.

    Errors: NotUsable for binary data, unknown encodings and quotation marks that never close.
    """
    text, encoding = decoded(data, file_name)
    remarks = []
    source = Source(file=file_name)
    if encoding:
        values: dict[str, object] = {"encoding": encoding}
        remarks.append(
            Finding(
                severity=Severity.INFORMATION,
                code="encoding-assumed",
                message=ENCODING_ASSUMED,
                values=values,
                source=source,
            )
        )
    separator, text = _separator(text)
    rows, loose = _rows(text, separator, file_name)
    if loose:
        remarks.append(Finding(severity=Severity.WARNING, code="quotes-loose", message=LOOSE_QUOTES, source=source))
    return Sheet(name=PurePath(file_name).stem, rows=rows, remarks=tuple(remarks))


def decoded(data: bytes, file_name: str) -> tuple[str, str]:
    """The text, and the name of the encoding where it had to be assumed ('' for Unicode)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding, file_name), ""
    if b"\x00" in data[:2000]:
        return _decoded(data, _utf_16_order(data, file_name), file_name), ""
    # A stray control character happens in text; one in a hundred bytes does not.
    if 100 * len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data)) > len(data):
        raise NotUsable(NOT_TEXT, file=file_name)
    try:
        return _once_encoded(data.decode("utf-8")), ""
    except UnicodeDecodeError as error:
        # Letters that are UTF-8, but for a few bytes: the text is damaged, and no other encoding is meant.
        if len(_IN_UTF_8.findall(data)) > 3 * len(_IN_UTF_8.sub(b"", data).translate(None, _ASCII)):
            byte = f"0x{data[error.start]:02x}"
            raise NotUsable(UNREADABLE_ENCODING, file=file_name, byte=byte) from error
    encoding = "windows-1256" if _looks_arabic(data) else "windows-1252"
    return _decoded(data, encoding, file_name), encoding


def _once_encoded(text: str) -> str:
    """The text as it was before a program took its UTF-8 for windows-1252 and encoded it again (Ã© for é)."""
    if text.isascii() or not _TWICE_ENCODED.search(text):
        return text
    try:
        return text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return text


def _decoded(data: bytes, encoding: str, file_name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        raise NotUsable(UNREADABLE_ENCODING, file=file_name, byte=byte) from error


def _utf_16_order(data: bytes, file_name: str) -> str:
    """UTF-16 without a mark: which byte of each pair is nil for separators and digits."""
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if max(even, odd) < 3 or min(even, odd) > max(even, odd) // 4:
        raise NotUsable(NOT_TEXT, file=file_name)
    return "utf-16-be" if even > odd else "utf-16-le"


def _looks_arabic(data: bytes) -> bool:
    """In French one accented letter stands between plain ones; an Arabic word is a run of high bytes."""
    runs = re.findall(rb"[\xc0-\xff]+", data)
    long_runs = sum(len(run) for run in runs if len(run) >= 3)
    return long_runs > sum(len(run) for run in runs if len(run) < 3)


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the `sep=` line that Excel keeps to itself."""
    declared = re.match(r"sep=(.)\r?\n?", text)
    if declared:
        return declared[1], text[declared.end() :]
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        counts = _widths(text, separator)
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = wide.count(usual) / len(counts) * min(usual, 30)
        if score > most:
            best, most = separator, score
    return best, text


def _widths(text: str, separator: str) -> list[int]:
    """How many cells the first rows have with this separator."""
    rows = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    widths: list[int] = []
    try:
        for row in rows:
            if row:
                widths.append(len(row))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        pass
    return widths


def _rows(text: str, separator: str, file_name: str) -> tuple[tuple[tuple[object, ...], ...], bool]:
    """The rows, and whether quotation marks had to be read loosely."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[tuple[object, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(row) > _MOST_COLUMNS:
                raise NotUsable(TOO_WIDE, file=file_name, row=len(rows) + 1, count=len(row), most=_MOST_COLUMNS)
            if len(rows) == _MOST_ROWS:
                raise NotUsable(TOO_LONG, file=file_name, most=_MOST_ROWS)
            rows.append(_trimmed(row))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise NotUsable(BROKEN_QUOTES, file=file_name, row=len(rows) + 1) from error
    else:
        return tuple(rows), False
    try:
        loosely = tuple(_trimmed(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        for number, cells in enumerate(loosely, start=1):
            # Between loose quotation marks a line break is the end of a row that was swallowed.
            if any(isinstance(cell, str) and "\n" in cell for cell in cells):
                raise NotUsable(BROKEN_QUOTES, file=file_name, row=number)
        return loosely, True
    except csv.Error as error:
        raise NotUsable(BROKEN_QUOTES, file=file_name, row=len(rows) + 1) from error


def _unguarded(cell: str) -> str:
    """The cell without what exports put around a text that a spreadsheet program would take for a formula or a number:
    an apostrophe before it, or ="…"."""
    if cell.startswith('="') and cell.endswith('"') and cell.count('"') == 2:
        return cell[2:-1]
    return cell[1:] if cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell


def _trimmed(row: list[str]) -> tuple[object, ...]:
    cells: list[object] = [_unguarded(cell) if cell else None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)
