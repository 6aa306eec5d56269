"""Where the cells of a table go: into XlsxWriter cell by cell, or, for a long table, straight into the sheet's XML.

XlsxWriter keeps every cell as an object until the file is closed. Of a long table only the packed text of its rows is
kept here; `packing` puts it into the finished file. A test holds both ways to the same file.
"""

import io
from datetime import date, datetime, time
from functools import cache
from html import escape
from typing import Any, Protocol

from eventops.builtin.packing import ROWS_MARK, PackedText
from eventops.builtin.shared_texts import SHIELD

# Rows from which a table is streamed. A chart draws from short tables, whose values XlsxWriter keeps for it.
LONG = 1_000
# Different texts kept in the table that a workbook's sheets share; further ones stand in their cells.
SHARED_TEXTS = 50_000


class CellSink(Protocol):
    """Takes the cells of a table from left to right, row by row."""

    def text(self, value: str, style: Any) -> None: ...

    def number(self, value: float, style: Any) -> None: ...

    def moment(self, value: date | time | datetime, style: Any) -> None: ...

    def blank(self, style: Any) -> None: ...

    def end_row(self, height: float = 0) -> None:
        """Ends the row; `height` is in points, 0 for the usual one."""


def cells_into(sheet: Any, first_row: int, rows: int, columns: int) -> CellSink:
    """The place for a table of that size whose first row is `first_row`, counted from 0."""
    if rows < LONG or columns == 0:
        return CellByCell(sheet, first_row)
    return RowsAsText(sheet, first_row, rows, columns)


class CellByCell:
    """Gives every cell to XlsxWriter."""

    def __init__(self, sheet: Any, first_row: int) -> None:
        self._sheet = sheet
        self._row = first_row
        self._column = 0

    def text(self, value: str, style: Any) -> None:
        self._sheet.write_string(self._row, self._column, value, style)
        self._column += 1

    def number(self, value: float, style: Any) -> None:
        self._sheet.write_number(self._row, self._column, value, style)
        self._column += 1

    def moment(self, value: date | time | datetime, style: Any) -> None:
        self._sheet.write_datetime(self._row, self._column, value, style)
        self._column += 1

    def blank(self, style: Any) -> None:
        self._sheet.write_blank(self._row, self._column, None, style)
        self._column += 1

    def end_row(self, height: float = 0) -> None:
        if height:
            self._sheet.set_row(self._row, height)
        self._row += 1
        self._column = 0


class RowsAsText:
    """Keeps every row as the packed XML of its cells, which the finished file gets in its place."""

    def __init__(self, sheet: Any, first_row: int, rows: int, columns: int) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self._sheet = sheet
        self._first_row = first_row
        self._row = str(first_row + 1)
        self._letters = tuple(f'<c r="{xl_col_to_name(column)}' for column in range(columns))
        self._column = 0
        self._parts: list[str] = []
        self._styles: dict[int, str] = {}
        self._moments: dict[date | time, str] = {}
        self._opened: dict[float, str] = {}
        self._spans = f"1:{columns}"
        self._shared = sheet.str_table
        self._packed = sheet.stream(first_row, first_row + rows - 1, columns)

    def text(self, value: str, style: Any) -> None:
        shared = self._shared
        known = shared.string_table.get(value)
        if known is not None:
            shared.count += 1
            self._put(style, f' t="s"><v>{known}</v></c>')
        elif shared.unique_count < SHARED_TEXTS or "_x" in value or "\r" in value or value.startswith(SHIELD):
            # What needs an escape is mended in the shared table, in the way every reader knows.
            self._put(style, f' t="s"><v>{shared._get_shared_string_index(value)}</v></c>')
        else:
            kept = ' xml:space="preserve"' if "\n" in value or value != value.strip() else ""
            self._put(style, f' t="inlineStr"><is><t{kept}>{escape(value, quote=False)}</t></is></c>')

    def number(self, value: float, style: Any) -> None:
        self._put(style, f"><v>{value:.16G}</v></c>")

    def moment(self, value: date | time | datetime, style: Any) -> None:
        known = self._moments.get(value)
        if known is None:
            known = self._moments[value] = f"><v>{self._sheet._convert_date_time(value):.16G}</v></c>"
        self._put(style, known)

    def blank(self, style: Any) -> None:
        self._put(style, "/>")

    def _put(self, style: Any, rest: str) -> None:
        look = self._styles.get(id(style))
        if look is None:
            look = self._styles[id(style)] = f'" s="{style._get_xf_index()}"'
        self._parts.append(f"{self._letters[self._column]}{self._row}{look}{rest}")
        self._column += 1

    def end_row(self, height: float = 0) -> None:
        opened = self._opened.get(height)
        if opened is None:
            opened = self._opened[height] = self._sheet.opened_row(self._first_row, self._spans, height)
        self._packed.add(f'<row r="{self._row}"{opened}{"".join(self._parts)}</row>')
        self._parts.clear()
        self._column = 0
        self._row = str(int(self._row) + 1)


@cache
def streaming_sheet() -> Any:
    """The class of sheets that can hold streamed rows. XlsxWriter takes 80 ms to import."""
    from xlsxwriter.worksheet import Worksheet

    class StreamingSheet(Worksheet):  # type: ignore[misc]
        """A sheet that leaves a mark among the rows it keeps itself, where the streamed ones belong."""

        packed: PackedText | None = None

        def stream(self, first_row: int, last_row: int, columns: int) -> PackedText:
            """Where the XML of the rows is kept that stand there, each filling so many columns."""
            self.packed = PackedText()
            self.stream_rows = (first_row, last_row)
            self._check_dimensions(first_row, 0)
            self._check_dimensions(last_row, columns - 1)
            return self.packed

        def opened_row(self, row: int, spans: str, height: float) -> str:
            """What stands in the tag of a row of that height, behind its number."""
            if height:
                self.set_row(row, height)
            written = io.StringIO()
            self.fh: Any = written
            self._write_row(row, spans, self.row_info.pop(row, None))
            self.fh = None
            return written.getvalue().partition(f'r="{row + 1}"')[2]

        def _write_rows(self) -> None:
            if self.packed is None:
                super()._write_rows()
                return
            first, last = self.stream_rows
            top: int = self.dim_rowmin  # type: ignore[has-type]
            end: int = self.dim_rowmax  # type: ignore[has-type]
            self.dim_rowmax = first - 1
            super()._write_rows()
            self.fh.write(ROWS_MARK)
            self.dim_rowmin, self.dim_rowmax = last + 1, end
            if end > last:
                super()._write_rows()
            self.dim_rowmin, self.dim_rowmax = top, end

    return StreamingSheet
