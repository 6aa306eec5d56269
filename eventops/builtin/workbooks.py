"""Workbooks people print, filter and sign: typed cells, no formula anywhere, right to left where the language is.

Shape: one sheet a table; the headings stand in row 1, so that a program reads it as easily as a person.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from eventops.builtin.cell_looks import BODY, ColumnLooks, Styles
from eventops.builtin.cell_sinks import CellSink, cells_into, streaming_sheet
from eventops.builtin.charts import insert_chart
from eventops.builtin.packing import finished
from eventops.builtin.shared_texts import SHIELD, kept_as_text
from eventops.builtin.totals import ColumnTotals
from eventops.builtin.workbook_cells import (
    HISTORY_PROPERTY,
    TOTAL_WORDS,
    column_width,
    excel_value,
    lines_of,
    sheet_names,
)
from eventops.domain.reporting.labels import yes_no_label
from eventops.domain.reporting.pictures import printed_at
from eventops.domain.reporting.reports import Cell, Column, Kind, Report, Table
from eventops.domain.reporting.safe_text import checked_length, is_harmless, representable
from eventops.errors import NotUsable

LAST_ROW = 1_048_576
A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.6}
SIGNING_HEIGHT = 27
LOGO_BOX = (150.0, 34.0)  # points: what fits above the table
MARGIN_WITH_LOGO = 0.95  # inches
MARGIN_PARTS = {"left": "&L", "center": "&C", "right": "&R"}
MARGIN_LINE = 170  # characters; Excel takes 255 for a margin with its codes
LINE = 16  # points
HIGHEST = 409  # points; Excel shows no higher row
READABLE = 270  # characters across an A4 page
# A workbook carries a day of creation; a fixed one keeps equal plans equal to the byte.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (Excel knows no zones)

HEADER = {"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "border": 1, "border_color": "#9FB4BC"}
TOTAL = {"bold": True, "bg_color": "#E4ECEF", "top": 2}
TAGS = {"font_color": "#5B6B72", "bg_color": "#E4ECEF", "font_size": 9, "border": 1, "border_color": "#C9D3D7"}
NOTE = {"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"}

PAGE_WORDS = {"en": "Page &P of &N", "fr": "Page &P sur &N"}


def workbook_of(report: Report) -> bytes:
    """The bytes of an .xlsx; equal reports give equal bytes.

    Errors: NotUsable when a text is too long for a cell or a table for a sheet.
    """
    import xlsxwriter  # 80 ms

    stream = io.BytesIO()
    # In memory: people's data is never left in a temporary file.
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": report.title, "subject": report.heading, "created": CREATED})
    if report.history is not None:
        book.set_custom_property(HISTORY_PROPERTY, report.history.whole, "text")
    names = sheet_names([str(table.title) or table.name for table in report.tables])
    styles = Styles(book, report.right_to_left)
    lists = ChoiceLists(book, names)
    sheets = [book.add_worksheet(name, worksheet_class=streaming_sheet()) for name in names]
    mended = False
    for sheet, table in zip(sheets, report.tables, strict=True):
        mended |= SheetWriter(book, sheet, table, report, styles, lists).write()
    book.close()
    streamed = {
        f"xl/worksheets/sheet{number}.xml": sheet.packed
        for number, sheet in enumerate(sheets, start=1)
        if sheet.packed is not None
    }
    return finished(stream.getvalue(), streamed, mended=mended or lists.mended)


class ChoiceLists:
    """Drop-down lists kept in a hidden sheet, because a list written into the rule itself may hold neither commas nor
    more than 255 characters."""

    def __init__(self, book: Any, taken: Sequence[str]) -> None:
        self._book = book
        self._name = next(name for name in ("choices", "_choices", "__choices") if name not in taken)
        self._sheet: Any = None
        self._columns: dict[tuple[str, ...], int] = {}
        self.mended = False

    def source(self, choices: tuple[str, ...]) -> str:
        """The range that holds the choices."""
        from xlsxwriter.utility import xl_col_to_name

        column = self._columns.get(choices)
        if column is None:
            if self._sheet is None:
                self._sheet = self._book.add_worksheet(self._name)
                self._sheet.very_hidden()
            column = self._columns[choices] = len(self._columns)
            for row, choice in enumerate(choices):
                text = kept_as_text(representable(choice))
                self.mended |= text[:1] == SHIELD
                self._sheet.write_string(row, column, text)
        letter = xl_col_to_name(column)
        return f"='{self._name}'!${letter}$1:${letter}${len(choices)}"


class SheetWriter:
    """Writes one table into one sheet."""

    def __init__(self, book: Any, sheet: Any, table: Table, report: Report, styles: Styles, lists: ChoiceLists) -> None:
        self.book = book
        self.sheet = sheet
        self.table = table
        self.report = report
        self.styles = styles
        self.lists = lists
        self.mended = False
        self.totals = ColumnTotals(table.columns)
        # The row of the first cells, below the headings and the HXL tags.
        self.top = 2 if any(column.hxl for column in table.columns) else 1
        # Rows left empty are filled in by hand: room to write, and no colour under it.
        self.signed = table.blank_rows > 0

    def write(self) -> bool:
        """Fills the sheet; whether any text must be mended in the finished file."""
        table = self.table
        last_row = self.top - 1 + len(table.rows) + table.blank_rows
        if last_row + len(table.notes) + 3 > LAST_ROW:
            raise NotUsable(
                "The table “{table}” has {rows} rows and a sheet holds {limit}; export it as csv or json",
                table=str(table.title),
                rows=len(table.rows),
                limit=LAST_ROW,
            )
        self._set_up_page()
        self._write_header()
        self._write_body()
        for index, column in enumerate(table.columns):
            if column.editable:
                self._add_choices(index, column, last_row)
        row = last_row + 1
        if table.columns:
            self.sheet.autofilter(self.top - 1, 0, max(last_row, self.top), len(table.columns) - 1)
        if any(column.total for column in table.columns):
            self._write_totals(row)
            row += 1
        self._write_notes(row + 1)
        if table.chart is not None and table.rows:
            insert_chart(self.book, self.sheet, table, self.report.right_to_left, self.top)
        return self.mended

    def _set_up_page(self) -> None:
        sheet, table = self.sheet, self.table
        if self.report.right_to_left:
            sheet.right_to_left()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(self._pages_wide(), 0)
        sheet.repeat_rows(0, self.top - 1)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        if table.landscape:
            sheet.set_landscape()
        begin, end = ("right", "left") if self.report.right_to_left else ("left", "right")
        header = {begin: f'&9&"-,Bold"{_in_margin(str(self.report.heading))}'}
        pictures = {}
        if self.report.logo:
            sheet.set_margins(**MARGINS | {"top": MARGIN_WITH_LOGO})
            header[end] = "&G"
            picture = io.BytesIO(printed_at(self.report.logo, *LOGO_BOX))
            pictures = {f"image_{end}": "logo", f"image_data_{end}": picture}
        sheet.set_header(_margin(header), pictures)
        page = PAGE_WORDS.get(self.report.language, "&P / &N")
        footer = {begin: f'&9&"-,Regular"{_in_margin(str(table.title))}', "center": f'&9&"-,Regular"{page}'}
        if self.report.history is not None:
            footer[end] = f'&8&"-,Regular"{_in_margin(self.report.history.short)}'
        sheet.set_footer(_margin(footer))
        frozen = self._frozen_columns()
        sheet.freeze_panes(self.top, frozen)
        if frozen and self._pages_wide() > 1:
            sheet.repeat_columns(0, frozen - 1)

    def _pages_wide(self) -> int:
        """One, unless the letters would be too small to read."""
        width = sum(column_width(column, str(column.title)) for column in self.table.columns)
        return 1 if width <= READABLE else -(-width // READABLE)

    def _frozen_columns(self) -> int:
        """Columns that stay in sight: up to the name in a wide table, none in a narrow one."""
        names = [column.name for column in self.table.columns]
        if len(names) > 8 and "name" in names[:3]:
            return names.index("name") + 1
        return 0

    def _write_header(self) -> None:
        side = {"align": "right", "reading_order": 2} if self.report.right_to_left else {"align": "left"}
        style = self.styles.of(HEADER, side, {"text_wrap": True, "valign": "vcenter", "indent": 1})
        lines = 1
        for index, column in enumerate(self.table.columns):
            title = self._text(str(column.title), 0, column)
            self.sheet.write_string(0, index, title, style)
            # Bold letters are wider, and the filter's button takes the room of two.
            lines = max(lines, lines_of(title, column_width(column, title) - 3))
        self.sheet.set_row(0, LINE * min(lines, 4) + 6)
        if self.top == 2:
            tags = self.styles.of(TAGS, {"num_format": "@", "align": side["align"], "indent": 1})
            for index, column in enumerate(self.table.columns):
                self.sheet.write_string(1, index, column.hxl, tags)

    def _write_body(self) -> None:
        """All cells of the table, filled and blank, row by row."""
        table, columns = self.table, self.table.columns
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column_width(column, str(column.title)))
        looks = [ColumnLooks(self.styles, column, self.report, self.signed) for column in columns]
        widths = [column_width(column, str(column.title)) - 1 for column in columns]
        cells = cells_into(self.sheet, self.top, len(table.rows) + table.blank_rows, len(columns))
        plain = tuple(zip(columns, looks, widths, strict=True))
        for row, values in enumerate(table.rows, start=self.top):
            lines = 1
            for cell, (column, look, width) in zip(values, plain, strict=True):
                if type(cell) is str:
                    if is_harmless(cell) and len(cell) <= width:
                        cells.text(cell, look.of_harmless(cell))
                        continue
                    text = self._text(cell, row, column)
                    if len(text) > width or "\n" in text:
                        lines = max(lines, lines_of(text, width))
                    cells.text(text, look.of(text))
                else:
                    self._write_value(cells, row, cell, column, look)
            self.totals.add(values)
            cells.end_row(self._height(lines))
        for _ in range(table.blank_rows):
            for look in looks:
                cells.blank(look.blank)
            cells.end_row(self._height(1))

    def _height(self, lines: int) -> float:
        """Rows that wrap, and rows to sign: not every program fits a row to its text when it opens a file."""
        if self.signed:
            return max(SIGNING_HEIGHT, LINE * lines)
        return min(LINE * lines + 2, HIGHEST) if lines > 1 else 0

    def _write_value(self, cells: CellSink, row: int, cell: Cell, column: Column, looks: ColumnLooks) -> None:
        """A cell by its type; what Excel cannot hold exactly is written as text."""
        value, number_format = excel_value(cell, column.kind, self.report.language)
        if value is None:
            cells.blank(looks.blank)
        elif isinstance(value, str):
            text = self._text(value, row, column)
            cells.text(text, looks.of(text))
        elif isinstance(value, date | time):
            cells.moment(value, looks.typed(number_format))
        else:
            cells.number(value, looks.typed(number_format))

    def _text(self, text: str, row: int, column: Column) -> str:
        shown = kept_as_text(representable(text))
        self.mended |= "\r" in shown or shown[:1] == SHIELD
        return checked_length(shown, self.sheet.get_name(), row + 1, str(column.title))

    def _add_choices(self, index: int, column: Column, last_row: int) -> None:
        choices = tuple(str(choice) for choice in column.choices)
        if not choices and column.kind is Kind.YES_NO:
            choices = (yes_no_label(True, self.report.language), yes_no_label(False, self.report.language))
        if not choices or last_row < self.top:
            return
        rule = {"validate": "list", "source": self.lists.source(choices), "ignore_blank": True}
        self.sheet.data_validation(self.top, index, last_row, index, rule)

    def _write_totals(self, row: int) -> None:
        """Sums as values: a file without formulas holds no formula of anybody."""
        word = TOTAL_WORDS.get(self.report.language, TOTAL_WORDS["en"])
        free = [index for index, column in enumerate(self.table.columns) if not column.total]
        place = next((index for index in free if column_width(self.table.columns[index], "") > len(word)), None)
        for index, column in enumerate(self.table.columns):
            look = [BODY, TOTAL]
            if not column.total:
                style = self.styles.of(*look, self.styles.text())
                if index == place:
                    self.sheet.write_string(row, index, word, style)
                else:
                    self.sheet.write_blank(row, index, None, style)
                continue
            value, number_format = excel_value(self.totals.of(index), column.kind, self.report.language)
            if isinstance(value, str) or value is None:
                self.sheet.write_string(row, index, value or "", self.styles.of(*look, self.styles.text()))
            else:
                style = self.styles.of(*look, {"num_format": number_format, "align": "right", "indent": 1})
                self.sheet.write_number(row, index, value, style)

    def _write_notes(self, row: int) -> None:
        columns = self.table.columns
        side = {"align": "right", "reading_order": 2} if self.report.right_to_left else {"align": "left"}
        style = self.styles.of(NOTE, side)
        width = sum(column_width(column, str(column.title)) for column in columns)
        for number, note in enumerate(self.table.notes):
            text = self._text(str(note), row + number, Column(name="note", title=""))
            if len(columns) > 1:
                self.sheet.merge_range(row + number, 0, row + number, len(columns) - 1, "", style)
            self.sheet.write_string(row + number, 0, text, style)
            self.sheet.set_row(row + number, LINE * lines_of(text, width) + 2)


def _margin(parts: Mapping[str, str]) -> str:
    """The parts of a printed margin in the order in which they must stand."""
    return "".join(f"{code}{parts[side]}" for side, code in MARGIN_PARTS.items() if side in parts)


def _in_margin(text: str) -> str:
    """A text for the margin of a printed page: & doubled, cut between words where it is longer than a line."""
    line = " ".join(representable(text).split())
    if len(line) > MARGIN_LINE:
        line = line[:MARGIN_LINE].rsplit(" ", 1)[0] + " …"
    return line.replace("&", "&&")
