"""A look through a workbook before any parser sees it: is it one, is it safe, how far do its cells reach.

Every XML part is inflated once through a counter, so sizes that lie are noticed, nothing is kept but the counts, and
what the fast reader drops (error values, formulas without result) is found with its address.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from msgspec import Struct

from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula
from eventops.domain.enrolling.sheets import column_index
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable

MOST_BYTES = 300_000_000
_MOST_RATIO = 200
_SMALL = 5_000_000
_MOST_PARTS = 5_000
# The fast reader asks for a full grid: beyond this the cells are read one by one instead.
_DENSE_GRID = 4_000_000
_CHUNK = 1 << 20
# Beyond so many cells, or so much text where the cells share one, the fast reader would fill the memory.
_MOST_CELLS = 6_000_000
_MOST_SHARED_BYTES = 150_000_000
# So many sheets, cells that show no value, and rows under a merged cell are made to harm and not to be read.
_MOST_SHEETS = 500
_MOST_REPLACED = 150_000
_MOST_MERGED_ROWS = 1_000_000
# A part that is no sheet is read into memory as a whole.
_MOST_BESIDES = 80_000_000
# What reading an archive raises where it is cut, its sums are wrong, or it is packed in a way nobody knows. OSError is
# that of an offset before the file's beginning: the bytes are in memory, so no disk can raise it.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)

NOT_A_WORKBOOK = "{file} is {kind}, not an Excel workbook; save as .xlsx and import again"
DAMAGED = "{file} is damaged: {reason}; ask for the file again, or open it in Excel or LibreOffice and save as .xlsx"
UNSAFE = "{file} is not safe to open: {reason}; ask the sender to save it again as .xlsx"
TOO_LARGE = "{file} is too large: unpacked it holds more than {largest} MB; keep only the sheet of registrations"
STRICT = "{file} is a Strict Open XML workbook; open it in Excel and save as .xlsx (Excel Workbook)"
ENCRYPTED = "{file} is protected by a password; remove the password and save as .xlsx"
BINARY = "{file} is a binary workbook (.xlsb); open it in Excel and save as .xlsx"
NO_SHEETS = "{file} is damaged: it has no sheet; open it in Excel or LibreOffice and save as .xlsx"
SHEET_MISSING = Text("the sheet {name} is missing")
MANY_PARTS = Text("it has {count} parts")
ODD_NAME = Text("a part of it is named {name}")
MANY_SHEETS = Text("it has {count} sheets")
MANY_REPLACED = Text("more than {most} of its cells hold an error or a formula without its result")
MANY_MERGED = Text("its merged cells reach over more than {most} rows")
MANY_CELLS = Text("it holds more than {most} million cells")
COPIED_TEXT = Text("its cells share texts that make more than {most} MB together")
NO_ADDRESS = Text("cells with an error or without their result have no address")
ROW_TWICE = Text("row {row} is there twice")
UNPACKS = Text("its part {name} unpacks to {size} MB")


class SheetPart(Struct, frozen=True, kw_only=True):
    """One sheet as the guard saw it. `replaced` holds error values and formulas without result by (row, column)
    counted from 0; `cells` counts the cells written in the file, `rows` and `columns` say how far they reach."""

    name: str
    hidden: bool
    cells: int
    rows: int
    columns: int
    hidden_parts: bool
    merged: tuple[tuple[int, int, int, int], ...]
    replaced: dict[tuple[int, int], ErrorCell | UncomputedFormula]


class GuardedWorkbook(Struct, frozen=True, kw_only=True):
    """A workbook that may be read."""

    sheets: tuple[SheetPart, ...]
    macros: bool

    @property
    def dense(self) -> bool:
        """Whether a full grid of every sheet fits in memory."""
        return all(part.rows * part.columns <= max(_DENSE_GRID, 4 * part.cells) for part in self.sheets)


def guarded(data: bytes, file_name: str) -> GuardedWorkbook:
    """What the workbook holds, counted and addressed.

    Errors: NotUsable when it is none, damaged, encrypted, too large, or made to harm.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _looked_through(archive, file_name)
    except BROKEN_ARCHIVE as error:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("its archive is cut or broken")) from error


@contextmanager
def guarded_parts(data: bytes, file_name: str) -> Iterator[tuple[zipfile.ZipFile, Callable[[str], Iterator[bytes]]]]:
    """An archive of another kind under the same guard: its parts by name, inflated piece by piece and counted.

    Errors: NotUsable when it is damaged, encrypted, too large, or made to harm.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 0x1 for info in infos):
                raise NotUsable(ENCRYPTED, file=file_name)
            _refuse_unsafe(infos, [info.filename for info in infos], file_name)
            budget = _Budget(file_name)
            yield archive, lambda name: budget.chunks(archive, archive.getinfo(name))
    except BROKEN_ARCHIVE as error:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("its archive is cut or broken")) from error


def _looked_through(archive: zipfile.ZipFile, file_name: str) -> GuardedWorkbook:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    _refuse_kinds(archive, names, file_name)
    _refuse_unsafe(infos, names, file_name)
    budget = _Budget(file_name)
    for info in infos:
        if info.filename.endswith((".xml", ".rels", ".vml")) and "/worksheets/sheet" not in info.filename:
            for _ in budget.chunks(archive, info, _MOST_BESIDES):
                pass
    paths = _sheet_paths(archive, file_name)
    if len(paths) > _MOST_SHEETS:
        raise NotUsable(UNSAFE, file=file_name, reason=Message(MANY_SHEETS, {"count": len(paths)}))
    extents: list[_Extent] = []
    for name, _, path in paths:
        if path not in names:
            raise NotUsable(DAMAGED, file=file_name, reason=Message(SHEET_MISSING, {"name": name}))
        extents.append(_extent_of(budget, archive, archive.getinfo(path)))
        _refuse_crowded(extents, file_name)
    if not extents:
        raise NotUsable(NO_SHEETS, file=file_name)
    seen = {path for _, _, path in paths}
    _refuse_copied_text(archive, seen, sum(one.shared for one in extents), file_name)
    sheets = [_sheet_part(name, state != "visible", one) for (name, state, _), one in zip(paths, extents, strict=True)]
    for info in infos:
        if "/worksheets/sheet" in info.filename and info.filename not in seen:
            for _ in budget.chunks(archive, info):
                pass
    return GuardedWorkbook(sheets=tuple(sheets), macros=any(name.endswith("vbaProject.bin") for name in names))


def _refuse_kinds(archive: zipfile.ZipFile, names: list[str], file_name: str) -> None:
    if "xl/workbook.bin" in names:
        raise NotUsable(BINARY, file=file_name)
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise NotUsable(ENCRYPTED, file=file_name)
    if "xl/workbook.xml" in names:
        return
    if "mimetype" in names:
        raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=Text("an OpenDocument file"))
    for start, kind_name in (
        ("word/", Text("a Word document")),
        ("ppt/", Text("a PowerPoint presentation")),
        ("Index/", Text("a Numbers or Pages document")),
    ):
        if any(name.startswith(start) for name in names):
            raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=kind_name)
    if "[Content_Types].xml" in names:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("it has no workbook part"))
    raise NotUsable(NOT_A_WORKBOOK, file=file_name, kind=Text("a ZIP archive"))


def _refuse_unsafe(infos: list[zipfile.ZipInfo], names: list[str], file_name: str) -> None:
    if len(set(names)) != len(names):
        raise NotUsable(UNSAFE, file=file_name, reason=Text("two of its parts have one name"))
    if len(names) > _MOST_PARTS:
        raise NotUsable(UNSAFE, file=file_name, reason=Message(MANY_PARTS, {"count": len(names)}))
    for name in names:
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise NotUsable(UNSAFE, file=file_name, reason=Message(ODD_NAME, {"name": name}))
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise NotUsable(TOO_LARGE, file=file_name, largest=MOST_BYTES // 1_000_000)
    for info in infos:
        if info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1):
            values = {"name": info.filename, "size": info.file_size // 1_000_000}
            raise NotUsable(UNSAFE, file=file_name, reason=Message(UNPACKS, values))


class _Budget:
    """Counts the bytes that come out of an archive."""

    def __init__(self, file_name: str) -> None:
        self._left = MOST_BYTES
        self._file_name = file_name

    def chunks(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MOST_BYTES) -> Iterator[bytes]:
        """The inflated bytes of one XML part. Errors: NotUsable over the limit or with a document type declaration."""
        first, tail, left = True, b"", most
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                left -= len(chunk)
                if self._left < 0 or left < 0:
                    raise NotUsable(TOO_LARGE, file=self._file_name, largest=min(most, MOST_BYTES) // 1_000_000)
                if first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    self._refuse_type(chunk.replace(b"\x00", b""))
                first = False
                self._refuse_type(tail + chunk)
                tail = chunk[-10:]
                yield chunk

    def _refuse_type(self, chunk: bytes) -> None:
        # One byte is found far faster than several, and most parts hold none of it.
        if b"!" in chunk and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
            raise NotUsable(UNSAFE, file=self._file_name, reason=Text("it declares XML entities"))


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def _sheet_paths(archive: zipfile.ZipFile, file_name: str) -> list[tuple[str, str, str]]:
    """Name, state and part of every worksheet, in the order of the workbook."""
    from defusedxml.ElementTree import ParseError, fromstring

    workbook = archive.read("xl/workbook.xml")
    if b"purl.oclc.org/ooxml/spreadsheetml" in workbook[:5000]:
        raise NotUsable(STRICT, file=file_name)
    try:
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = fromstring(workbook)
    except (ParseError, KeyError, ValueError) as error:
        raise NotUsable(DAMAGED, file=file_name, reason=Text("its list of sheets cannot be read")) from error
    targets = {
        one.get("Id"): (one.get("Type", ""), one.get("Target", "")) for one in relations.iter(f"{_PACKAGE}Relationship")
    }
    found = []
    for sheet in book.iter(f"{_MAIN}sheet"):
        kind, target = targets.get(sheet.get(_REL_ID), ("", ""))
        if kind.endswith("/worksheet"):
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append((sheet.get("name", ""), sheet.get("state", "visible"), path))
    return found


# As spreadsheet programs write it (a literal start makes the search fast), and as XML also allows it.
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_FAR = re.compile(rb'r="([A-Z]{2,3})[0-9]')
_FAR_ODDLY = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})[0-9]""")
_DEEP = re.compile(rb'r="[A-Z]{1,3}([0-9]{5,7})"')
_DEEPER = re.compile(rb'r="[A-Z]{1,3}([0-9]{6,7})"')
_DEEP_ODDLY = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{1,3}([0-9]{3,7})["']""")
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_ROW_ODDLY = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*["']([0-9]{1,7})["']""")
# What only other writers write, by a byte it cannot do without: one byte is found far faster than several.
_ODD = ((b":", (b":c ", b":c>", b":row")), (b"'", (b" r='",)), (b"\n", (b"\nr=",)), (b"\t", (b"\tr=",)))
_ODDLY_SPACED = (b" r =", b" r= ")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</""", re.DOTALL
)
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*"""
    rb"""(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_ADDRESS = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*ref=["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?(?:row|col)\s[^>]*\bhidden=["'](?:1|true)["']""")


class _Extent:
    """How far the cells of a sheet reach, and what the fast reader would drop, gathered piece by piece."""

    def __init__(self) -> None:
        self.cells = 0
        self.rows = 0
        self.columns = 0
        self.shared = 0
        self.hidden = False
        self.unplaced = False
        self.twice = 0
        self._numbers: set[bytes] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.replaced: dict[tuple[int, int], ErrorCell | UncomputedFormula] = {}
        self._letters: set[bytes] = set()

    def add(self, piece: bytes) -> None:
        prefixed = b":" in piece
        oddly = any(byte in piece and any(sign in piece for sign in signs) for byte, signs in _ODD)
        oddly = oddly or any(sign in piece for sign in _ODDLY_SPACED)
        self.cells += len(_CELL.findall(piece)) if oddly else piece.count(b"<c ") + piece.count(b"<c>")
        for letters in set((_FAR_ODDLY if oddly else _FAR).findall(piece)) - self._letters:
            self._letters.add(letters)
            self.columns = max(self.columns, column_index(letters.decode()) + 1)
        rows = (_ROW_ODDLY if oddly else _ROW).findall(piece)
        self.shared += piece.count(b't="s"') + (piece.count(b"t='s'") if b"'" in piece else 0)
        self._note_rows(rows)
        # Rows may come without a number, and a cell may name a row far below the one it stands in.
        self.rows = max(self.rows + piece.count(b"<row>"), max(map(int, rows), default=0))
        if oddly or self.rows < 100_000:
            pattern = _DEEP_ODDLY if oddly else _DEEP if self.rows < 10_000 else _DEEPER
            self.rows = max(self.rows, max(map(int, pattern.findall(piece)), default=0))
        self.hidden = self.hidden or (b"hidden=" in piece and _HIDDEN.search(piece) is not None)
        if b't="e"' in piece or (b"'" in piece and b"t='e'" in piece):
            for attributes, code in _ERROR.findall(piece):
                self._replace(attributes, ErrorCell(code.decode("utf-8", "replace")))
        if b"<f" in piece or (prefixed and b":f" in piece):
            for attributes, formula, value in _FORMULA.findall(piece):
                # A text formula may rightly have an empty result.
                if not (value and b't="str"' in attributes):
                    self._replace(attributes, UncomputedFormula(formula.decode("utf-8", "replace")[:200]))
        for left, top, right, bottom in _MERGE.findall(piece) if b"mergeCell" in piece else ():
            box = (int(top) - 1, column_index(left.decode()), int(bottom) - 1, column_index(right.decode()))
            self.merged.append(box)

    def _note_rows(self, numbers: list[bytes]) -> None:
        """Two rows of one number: the fast reader keeps the second alone."""
        before = len(self._numbers)
        self._numbers.update(numbers)
        if len(self._numbers) < before + len(numbers) and not self.twice:
            self.twice = int(max(numbers, key=numbers.count))

    def _replace(self, attributes: bytes, value: ErrorCell | UncomputedFormula) -> None:
        if len(self.replaced) > _MOST_REPLACED:
            return
        address = _ADDRESS.search(attributes)
        if address:
            self.replaced[int(address[2]) - 1, column_index(address[1].decode())] = value
        else:
            self.unplaced = True


def _extent_of(budget: _Budget, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Extent:
    extent = _Extent()
    rest = b""
    for chunk in budget.chunks(archive, info):
        piece = rest + chunk
        # Cut before the last cell or row, so that none is split between two pieces.
        cut = max(piece.rfind(b"<c "), piece.rfind(b"<row"), piece.rfind(b":c "), piece.rfind(b"<mergeCell "), 0)
        extent.add(piece[:cut])
        rest = piece[cut:]
    extent.add(rest)
    return extent


def _refuse_crowded(extents: list[_Extent], file_name: str) -> None:
    """Errors: NotUsable for what the fast reader would lose or could not hold."""
    last = extents[-1]
    merged_rows = sum(min(bottom, one.rows) - top for one in extents for top, _, bottom, _ in one.merged)
    for count, most, message, shown in (
        (sum(one.cells for one in extents), _MOST_CELLS, MANY_CELLS, _MOST_CELLS // 1_000_000),
        (sum(len(one.replaced) for one in extents), _MOST_REPLACED, MANY_REPLACED, _MOST_REPLACED),
        (merged_rows, _MOST_MERGED_ROWS, MANY_MERGED, _MOST_MERGED_ROWS),
    ):
        if count > most:
            raise NotUsable(UNSAFE, file=file_name, reason=Message(message, {"most": shown}))
    if last.unplaced:
        raise NotUsable(DAMAGED, file=file_name, reason=NO_ADDRESS)
    if last.twice:
        raise NotUsable(DAMAGED, file=file_name, reason=Message(ROW_TWICE, {"row": last.twice}))


_SHARED_INDEX = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)""")
_SHARED_PART = "xl/sharedStrings.xml"


def _refuse_copied_text(archive: zipfile.ZipFile, sheets: set[str], cells: int, file_name: str) -> None:
    """A text that is there once and that a million cells point to is a million texts to the fast reader.

    Errors: NotUsable when they would fill the memory.
    """
    if not cells or _SHARED_PART not in archive.namelist():
        return
    text = archive.read(_SHARED_PART)
    lengths = [len(piece) for piece in re.split(rb"<(?:\w+:)?si[ >/]", text)[1:]]
    # Nearly always the longest of them times all cells is little enough.
    if cells * max(lengths, default=0) <= _MOST_SHARED_BYTES:
        return
    total = 0
    for path in sorted(sheets):
        rest = b""
        with archive.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                piece = rest + chunk
                cut = max(piece.rfind(b"<c "), piece.rfind(b":c "), 0)
                total += sum(lengths[at] for at in map(int, _SHARED_INDEX.findall(piece[:cut])) if at < len(lengths))
                rest = piece[cut:]
                if total > _MOST_SHARED_BYTES:
                    reason = Message(COPIED_TEXT, {"most": _MOST_SHARED_BYTES // 1_000_000})
                    raise NotUsable(UNSAFE, file=file_name, reason=reason)


def _sheet_part(name: str, hidden: bool, extent: _Extent) -> SheetPart:
    columns = max(extent.columns, 26 if extent.cells else 0)
    return SheetPart(
        name=name,
        hidden=hidden,
        cells=extent.cells,
        rows=max(extent.rows, 0),
        columns=columns,
        hidden_parts=extent.hidden,
        merged=tuple(extent.merged),
        replaced=extent.replaced,
    )
