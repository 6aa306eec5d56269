"""Spreadsheets of LibreOffice (.ods), read piece by piece: no cell repeated a million times fills the memory."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.texts import Text
from eventops.errors import NotUsable

UNSAFE = "{file} is not safe to open: {reason}; ask the sender to save it again as .xlsx"
DAMAGED = "{file} is damaged: {reason}; ask for the file again, or open it in LibreOffice and save as .xlsx"
ENCRYPTED = "{file} is protected by a password; open it in LibreOffice, remove the password and save as .xlsx"
REPEATED = Text("it repeats filled cells more than {most} times")
FAR_APART = Text("its cells are too far apart")
# A sheet cannot hold more columns, and nobody registers more people in one.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_CELLS = 6_000_000
_MOST_COPIES = 200_000

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def sheets_of_open_document(
    archive: zipfile.ZipFile, file_name: str, chunks: Callable[[str], Iterator[bytes]]
) -> tuple[tuple[Sheet, ...], tuple[str, ...], bool]:
    """The sheets, the names of those with hidden rows or columns, and whether it holds macros. `chunks` gives the
    inflated bytes of a part, counted and without a document type.

    Errors: NotUsable for a document that is encrypted, damaged, or made to harm.
    """
    names = archive.namelist()
    manifest = b"".join(chunks("META-INF/manifest.xml")) if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest or "EncryptedPackage" in names:
        raise NotUsable(ENCRYPTED, file=file_name)
    if "content.xml" not in names:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("it has no content"))
    reading = _Reading(file_name)
    reading.read(chunks("content.xml"))
    macros = any(name.startswith(("Basic/", "Scripts/")) and name.endswith((".xml", ".py", ".js")) for name in names)
    return tuple(reading.sheets), tuple(reading.hidden_parts), macros


class _Reading:
    """The content of a document under way: the row and the cell that are open."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self.sheets: list[Sheet] = []
        self.hidden_parts: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._name: str | None = None
        self._hidden = self._hidden_part = self._hidden_row = False
        self._rows: list[tuple[object, ...]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._blank_rows = 0
        self._row: list[object] = []
        self._row_copies = 1
        self._blanks = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._in_note = 0
        self._left = _MOST_CELLS
        self._copies = _MOST_COPIES

    def read(self, chunks: Iterator[bytes]) -> None:
        """Reads it all. Errors: NotUsable."""
        # The chunks were looked through: no document type, so no entity, reaches this parser.
        from xml.parsers.expat import ExpatError, ParserCreate

        parser: Any = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (ExpatError, ValueError, KeyError, IndexError) as error:
            raise NotUsable(DAMAGED, file=self._file_name, reason=Text("its content cannot be read")) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table-cell" or name == f"{_TABLE}covered-table-cell":
            self._cell = attributes
            self._paragraphs = []
        elif name == f"{_TEXT}p" and self._cell is not None and not self._in_note:
            self._in_paragraph += 1
            self._paragraphs.append("")
        elif self._in_paragraph and name in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            count = min(int(attributes.get(f"{_TEXT}c", "1")), 1000)
            self._paragraphs[-1] += {"s": " " * count, "tab": "\t"}.get(name.rpartition(" ")[2], "\n")
        elif name == f"{_OFFICE}annotation":
            self._in_note += 1
        elif name == f"{_TABLE}table-row":
            self._row, self._blanks = [], 0
            self._row_copies = max(int(attributes.get(f"{_TABLE}number-rows-repeated", "1")), 1)
            self._hidden_row = attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        elif name == f"{_TABLE}table-column":
            self._hidden_part |= attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        elif name == f"{_TABLE}table" and self._name is None:
            self._name = attributes.get(f"{_TABLE}name", "")
            self._hidden = attributes.get(f"{_TABLE}style-name", "") in self._hidden_styles
            self._hidden_part, self._rows, self._merged, self._blank_rows = False, [], [], 0
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _characters(self, text: str) -> None:
        if self._in_paragraph and not self._in_note:
            self._paragraphs[-1] += text

    def _end(self, name: str) -> None:
        if name == f"{_TABLE}table-cell" or name == f"{_TABLE}covered-table-cell":
            self._end_cell(covered=name.endswith("covered-table-cell"))
        elif name == f"{_TEXT}p" and self._in_paragraph:
            self._in_paragraph -= 1
        elif name == f"{_OFFICE}annotation":
            self._in_note -= 1
        elif name == f"{_TABLE}table-row" and self._name is not None:
            self._end_row()
        elif name == f"{_TABLE}table" and self._name is not None:
            self.sheets.append(
                Sheet(name=self._name, rows=tuple(self._rows), hidden=self._hidden, merged=tuple(self._merged))
            )
            if self._hidden_part:
                self.hidden_parts.append(self._name)
            self._name = None

    def _end_cell(self, *, covered: bool) -> None:
        attributes, self._cell = self._cell or {}, None
        copies = max(int(attributes.get(f"{_TABLE}number-columns-repeated", "1")), 1)
        value = None if covered else self._value(attributes)
        if value is None or value == "":
            self._blanks += copies
            return
        self._refuse_far(len(self._row) + self._blanks + copies <= _MOST_COLUMNS)
        self._spend(copies, copies - 1)
        self._row += [None] * self._blanks
        self._note_merged(attributes)
        self._row += [value] * copies
        self._blanks = 0

    def _note_merged(self, attributes: dict[str, str]) -> None:
        wide = int(attributes.get(f"{_TABLE}number-columns-spanned", "1"))
        high = int(attributes.get(f"{_TABLE}number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            top, left = len(self._rows) + self._blank_rows, len(self._row)
            self._merged.append((top, left, top + high - 1, left + wide - 1))

    def _end_row(self) -> None:
        if not self._row:
            self._blank_rows += self._row_copies
            return
        self._hidden_part |= self._hidden_row
        self._refuse_far(len(self._rows) + self._blank_rows + self._row_copies <= _MOST_ROWS)
        # The blanks between cells far apart are paid for too.
        self._spend(len(self._row) * self._row_copies, len(self._row) * (self._row_copies - 1))
        self._rows += [()] * self._blank_rows
        self._rows += [tuple(self._row)] * self._row_copies
        self._blank_rows = 0

    def _refuse_far(self, near: bool) -> None:
        if not near:
            raise NotUsable(UNSAFE, file=self._file_name, reason=FAR_APART)

    def _spend(self, cells: int, copies: int) -> None:
        self._left -= cells
        self._copies -= copies
        if self._copies < 0 or self._left < 0:
            reason = Text(REPEATED.en.format(most=_MOST_COPIES)) if self._copies < 0 else FAR_APART
            raise NotUsable(UNSAFE, file=self._file_name, reason=reason)

    def _value(self, attributes: dict[str, str]) -> object:
        kind = attributes.get(f"{_OFFICE}value-type", "")
        text = "\n".join(self._paragraphs)
        formula = attributes.get(f"{_TABLE}formula")
        if attributes.get(f"{_CALC}value-type") == "error" or (formula and _ERROR.fullmatch(text.strip())):
            return ErrorCell(text.strip() or "#N/A")
        if kind in ("float", "percentage", "currency"):
            return _number(attributes.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return _moment(attributes.get(f"{_OFFICE}date-value", "")) or text
        if kind == "time":
            return _hour(attributes.get(f"{_OFFICE}time-value", "")) or text
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        if formula and not kind and not text:
            return UncomputedFormula(formula.partition(":")[2].lstrip("=")[:200])
        return text or attributes.get(f"{_OFFICE}string-value", "")


def _number(text: str) -> object:
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _moment(text: str) -> date | datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _hour(text: str) -> time | str | None:
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups())
    return time(hours, minutes, seconds) if hours < 24 else f"{hours}:{minutes:02}:{seconds:02}"


def _begin(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(200)


def is_open_document(data: bytes) -> bool:
    """Whether these bytes are a spreadsheet of LibreOffice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "mimetype" in archive.namelist() and b"opendocument.spreadsheet" in _begin(archive, "mimetype")
    # What zipfile raises for bytes that are no archive, are cut, packed in a way it does not know, or encrypted: then
    # they are no such document, and the next reader says what they are.
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        return False
