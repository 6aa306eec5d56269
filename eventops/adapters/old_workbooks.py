"""A look through a workbook of the old binary format (.xls) before any parser sees it.

Its stream of records is walked once: how far the cells of each sheet reach, which show an error value, what is hidden
or merged, whether it is encrypted.
"""

import io
import struct
from typing import Any

from eventops.adapters.workbook_guard import GuardedWorkbook, SheetPart
from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula
from eventops.domain.texts import Text
from eventops.errors import NotUsable

DAMAGED = "{file} is damaged: {reason}; ask for the file again, or open it in Excel or LibreOffice and save as .xlsx"
ENCRYPTED = "{file} is protected by a password; open it in Excel, remove the password and save as .xlsx"
NOT_A_WORKBOOK = "{file} is {kind}, not an Excel workbook; save as .xlsx and import again"
NO_SHEETS = "{file} is damaged: it has no sheet; open it in Excel or LibreOffice and save as .xlsx"
CUT = Text("its list of records is cut or broken")

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLINFO, _MERGED, _FORMULA, _ERROR = 0x0208, 0x007D, 0x00E5, frozenset((0x0006, 0x0206, 0x0406)), 0x0205
# Records that hold a cell: number, text, blank, several numbers, several blanks, truth or error, formula.
_CELLS = frozenset((0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, 0x0201, 0x00BD, 0x00BE, _ERROR)) | _FORMULA
_SEVERAL = frozenset((0x00BD, 0x00BE))
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_MOST_SHEETS = 256


class _Sheet:
    """What the records of one sheet say."""

    def __init__(self, name: str, hidden: bool, worksheet: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.worksheet = worksheet
        self.cells = self.rows = self.columns = 0
        self.hidden_parts = False
        self.merged: list[tuple[int, int, int, int]] = []
        self.replaced: dict[tuple[int, int], ErrorCell | UncomputedFormula] = {}

    def add(self, kind: int, body: bytes) -> None:
        if kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SEVERAL else column
            self.cells += max(last - column, 0) + 1
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, last + 1)
            code = _error_of(kind, body)
            if code:
                self.replaced[row, column] = ErrorCell(code)
        elif kind == _ROW and len(body) >= 16:
            self.hidden_parts = self.hidden_parts or bool(struct.unpack_from("<I", body, 12)[0] & 0x20)
        elif kind == _COLINFO and len(body) >= 10:
            self.hidden_parts = self.hidden_parts or bool(struct.unpack_from("<H", body, 8)[0] & 0x01)
        elif kind == _MERGED and len(body) >= 2:
            count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)
            for at in range(count):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * at)
                self.merged.append((top, left, bottom, right))

    def part(self) -> SheetPart:
        return SheetPart(
            name=self.name,
            hidden=self.hidden,
            cells=self.cells,
            rows=self.rows,
            columns=max(self.columns, 26 if self.cells else 0),
            hidden_parts=self.hidden_parts,
            merged=tuple(self.merged),
            replaced=self.replaced,
        )


def guarded_old(data: bytes, file_name: str) -> GuardedWorkbook:
    """What the workbook holds, counted and addressed. Errors: NotUsable when it is none, damaged or encrypted."""
    stream, macros = _stream_of(data, file_name)
    sheets: dict[int, _Sheet] = {}
    current: _Sheet | None = None
    depth = 0
    for at, kind, body in _records(stream, file_name):
        if kind == _FILEPASS:
            raise NotUsable(ENCRYPTED, file=file_name)
        if kind == _BOUNDSHEET and len(sheets) < _MOST_SHEETS:
            offset, sheet = _bound_sheet(body, stream)
            sheets[offset] = sheet
        elif kind == _BOF:
            depth += 1
            current = sheets.get(at, current)
        elif kind == _EOF:
            depth -= 1
            current = current if depth > 0 else None
        elif current is not None and depth == 1:
            current.add(kind, body)
    parts = tuple(sheet.part() for sheet in sheets.values() if sheet.worksheet)
    if not parts:
        raise NotUsable(NO_SHEETS, file=file_name)
    return GuardedWorkbook(sheets=parts, macros=macros)


def _stream_of(data: bytes, file_name: str) -> tuple[bytes, bool]:
    """The stream of records inside the compound file, and whether a macro stands beside it."""
    # Only for a file of this kind.
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = ["/".join(path) for path in file.listdir()]
            macros = any(name.startswith("_VBA_PROJECT_CUR") for name in names)
            for name in ("Workbook", "Book"):
                if file.exists(name):
                    return file.openstream(name).read(), macros
    # The library gives whatever the damage leads to: OSError, IndexError, struct.error …
    except Exception as error:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("its compound file is cut or broken")) from error
    if "WordDocument" in names:
        raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=Text("a Word document"))
    if "PowerPoint Document" in names:
        raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=Text("a PowerPoint presentation"))
    raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=Text("an old Office file without a workbook"))


def _records(stream: bytes, file_name: str) -> Any:
    """Where each record begins, its kind and its content."""
    at, end = 0, len(stream)
    if end < 8 or struct.unpack_from("<H", stream)[0] & 0xFF != 0x09:
        raise NotUsable(DAMAGED, file=file_name, reason=CUT)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        if at + 4 + length > end:
            raise NotUsable(DAMAGED, file=file_name, reason=CUT)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _bound_sheet(body: bytes, stream: bytes) -> tuple[int, _Sheet]:
    """Where the records of a sheet begin, and its name."""
    offset, state, kind, length = struct.unpack_from("<IBBB", body.ljust(8, b"\x00"))
    # The first record tells the version: before Excel 97 a name has no mark of its encoding.
    unicode_names = struct.unpack_from("<H", stream, 4)[0] >= 0x0600
    if not unicode_names:
        name = body[7 : 7 + length].decode("cp1252", "replace")
    elif len(body) > 7 and body[7] & 1:
        name = body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    else:
        name = body[8 : 8 + length].decode("latin-1")
    return offset, _Sheet(name, hidden=state & 3 != 0, worksheet=kind == 0)


def _error_of(kind: int, body: bytes) -> str:
    """The error value a cell shows; '' for none."""
    if kind == _ERROR and len(body) >= 8 and body[7]:
        return _ERRORS.get(body[6], "#N/A")
    if kind in _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
    return ""
