"""Workbooks people print, filter and sign: typed cells, no formula anywhere, right to left where the language is.

Shape: one sheet a table; the headings stand in row 1, so that a program reads it as easily as a person.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from eventops.builtin.charts import insert_chart
from eventops.builtin.safe_text import checked_length, is_formula_like, representable
from eventops.builtin.writers import yes_or_no
from eventops.domain.money import MINOR_UNITS, Money
from eventops.domain.reports import Cell, Column, Kind, Report, Table
from eventops.errors import NotUsable

LAST_ROW = 1_048_576
A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.6}
SIGNING_HEIGHT = 27
WIDEST = 60
# A workbook carries a day of creation; a fixed one keeps equal plans equal to the byte.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (Excel knows no zones)
# Excel's calendar counts a 29 February 1900 that never was; earlier days are kept as text.
FIRST_DAY = date(1900, 3, 1)
EXACT_DIGITS = 15

HEADER = {"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "border": 1, "border_color": "#9FB4BC"}
BODY = {"border": 1, "border_color": "#C9D3D7", "valign": "top"}
EDITABLE = {"bg_color": "#FFF6D6"}
TOTAL = {"bold": True, "bg_color": "#E4ECEF", "top": 2}
NOTE = {"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"}

TOTAL_WORDS = {"en": "Total", "fr": "Total", "ar": "المجموع"}
PAGE_WORDS = {"en": "Page &P of &N", "fr": "Page &P sur &N", "ar": "صفحة &P من &N"}
DATE_FORMATS = {"en": "[$-809]d mmm yyyy"}
DATE_FORMAT = "dd/mm/yyyy"

_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
_ESCAPED_RETURN = re.compile(rb"(?<!_x005F)_x000D_")


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
    names = sheet_names([str(table.title) or table.name for table in report.tables])
    styles = Styles(book, report.right_to_left)
    lists = ChoiceLists(book, names)
    sheets = [book.add_worksheet(name) for name in names]
    returns = False
    for sheet, table in zip(sheets, report.tables, strict=True):
        returns |= SheetWriter(book, sheet, table, report, styles, lists).write()
    book.close()
    return _with_plain_returns(stream.getvalue()) if returns else stream.getvalue()


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Titles as Excel accepts them: at most 31 UTF-16 units, no []:*?/\\, no apostrophe at an end, each once."""
    names: list[str] = []
    taken: set[str] = {"history"}
    for number, title in enumerate(titles, start=1):
        plain = _BARRED_IN_SHEET_NAMES.sub(" ", title).strip().strip("'").strip() or f"Sheet{number}"
        name = _cut(plain, 31)
        attempt = 2
        while name.casefold() in taken:
            ending = f" ({attempt})"
            name = _cut(plain, 31 - len(ending)) + ending
            attempt += 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(text: str, units: int) -> str:
    """The longest start of a text that fits, never half a character."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").strip().strip("'")


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any, right_to_left: bool) -> None:
        self._book = book
        self._right_to_left = right_to_left
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, *parts: dict[str, Any]) -> Any:
        """The format with these properties, later parts above earlier ones."""
        wanted: dict[str, Any] = {}
        for part in parts:
            wanted |= part
        key = tuple(sorted(wanted.items()))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._book.add_format(wanted)
        return made

    def text(self) -> dict[str, Any]:
        """How text stands: at the side where its language begins; as text, so that a zero typed first stays."""
        side = {"align": "right", "reading_order": 2} if self._right_to_left else {"align": "left"}
        return {"num_format": "@", "text_wrap": True, **side}


class ChoiceLists:
    """Drop-down lists kept in a hidden sheet, because a list written into the rule itself may hold neither commas nor
    more than 255 characters."""

    def __init__(self, book: Any, taken: Sequence[str]) -> None:
        self._book = book
        self._name = next(name for name in ("choices", "_choices", "__choices") if name not in taken)
        self._sheet: Any = None
        self._columns: dict[tuple[str, ...], int] = {}

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
                self._sheet.write_string(row, column, representable(choice))
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
        self.returns = False
        self.signed = table.blank_rows > 0

    def write(self) -> bool:
        """Fills the sheet; whether any text holds a carriage return."""
        table = self.table
        last_row = len(table.rows) + table.blank_rows
        if last_row + len(table.notes) + 3 > LAST_ROW:
            raise NotUsable(
                "The table “{table}” has {rows} rows and a sheet holds {limit}; export it as csv or json",
                table=str(table.title),
                rows=len(table.rows),
                limit=LAST_ROW,
            )
        self._set_up_page()
        self._write_header()
        for index, column in enumerate(table.columns):
            self._write_column(index, column)
            if column.editable:
                self._add_choices(index, column, last_row)
        row = last_row + 1
        if table.columns:
            self.sheet.autofilter(0, 0, max(last_row, 1), len(table.columns) - 1)
        if any(column.total for column in table.columns):
            self._write_totals(row)
            row += 1
        self._write_notes(row + 1)
        if table.chart is not None and table.rows:
            insert_chart(self.book, self.sheet, table, self.report.right_to_left)
        return self.returns

    def _set_up_page(self) -> None:
        sheet, table = self.sheet, self.table
        if self.report.right_to_left:
            sheet.right_to_left()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        if table.landscape:
            sheet.set_landscape()
        heading, title = _in_header(str(self.report.heading)), _in_header(str(table.title))
        start, end = ("&R", "&L") if self.report.right_to_left else ("&L", "&R")
        sheet.set_header(f'{start}&"-,Bold"{heading}{end}{title}')
        sheet.set_footer("&C" + PAGE_WORDS.get(self.report.language, "&P / &N"))
        sheet.freeze_panes(1, self._frozen_columns())

    def _frozen_columns(self) -> int:
        """Columns that stay in sight: up to the name in a wide table, none in a narrow one."""
        names = [column.name for column in self.table.columns]
        if len(names) > 8 and "name" in names[:3]:
            return names.index("name") + 1
        return 0

    def _write_header(self) -> None:
        side = {"align": "right", "reading_order": 2} if self.report.right_to_left else {"align": "left"}
        style = self.styles.of(HEADER, side, {"text_wrap": True, "valign": "vcenter"})
        lines = 1
        for index, column in enumerate(self.table.columns):
            title = self._text(str(column.title), 0, column)
            self.sheet.write_string(0, index, title, style)
            width = _width(column, title)
            lines = max(lines, -(-(len(title) + 3) // width))
        self.sheet.set_row(0, 15 * min(lines, 4) + 6)

    def _write_column(self, index: int, column: Column) -> None:
        """All cells of a column, filled and blank: one column's formats are looked up once."""
        self.sheet.set_column(index, index, _width(column, str(column.title)))
        looks = ColumnLooks(self.styles, column, self.report.language, self.signed)
        sheet = self.sheet
        for row, cells in enumerate(self.table.rows, start=1):
            cell = cells[index]
            if type(cell) is str:
                text = self._text(cell, row, column)
                sheet.write_string(row, index, text, looks.quoted if is_formula_like(text) else looks.plain)
            else:
                self._write_value(row, index, cell, column, looks)
            if self.signed and index == 0:
                sheet.set_row(row, SIGNING_HEIGHT)
        for row in range(len(self.table.rows) + 1, len(self.table.rows) + self.table.blank_rows + 1):
            sheet.write_blank(row, index, None, looks.blank)
            if index == 0:
                sheet.set_row(row, SIGNING_HEIGHT)

    def _write_value(self, row: int, index: int, cell: Cell, column: Column, looks: "ColumnLooks") -> None:
        """A cell by its type; what Excel cannot hold exactly is written as text."""
        value, number_format = excel_value(cell, column.kind, self.report.language)
        if value is None:
            self.sheet.write_blank(row, index, None, looks.blank)
        elif isinstance(value, str):
            text = self._text(value, row, column)
            self.sheet.write_string(row, index, text, looks.quoted if is_formula_like(text) else looks.plain)
        elif isinstance(value, date | time):
            self.sheet.write_datetime(row, index, value, looks.typed(number_format))
        else:
            self.sheet.write_number(row, index, value, looks.typed(number_format))

    def _text(self, text: str, row: int, column: Column) -> str:
        shown = representable(text)
        self.returns |= "\r" in shown
        return checked_length(shown, self.sheet.get_name(), row + 1, str(column.title))

    def _add_choices(self, index: int, column: Column, last_row: int) -> None:
        choices = tuple(str(choice) for choice in column.choices)
        if not choices and column.kind is Kind.YES_NO:
            choices = (yes_or_no(True, self.report.language), yes_or_no(False, self.report.language))
        if not choices or last_row < 1:
            return
        self.sheet.data_validation(
            1, index, last_row, index, {"validate": "list", "source": self.lists.source(choices), "ignore_blank": True}
        )

    def _write_totals(self, row: int) -> None:
        """Sums as values: a file without formulas holds no formula of anybody."""
        word = TOTAL_WORDS.get(self.report.language, TOTAL_WORDS["en"])
        for index, column in enumerate(self.table.columns):
            look = [BODY, TOTAL]
            if not column.total:
                style = self.styles.of(*look, self.styles.text())
                self.sheet.write_string(row, index, word if index == 0 else "", style)
                continue
            value, number_format = excel_value(total_of(self.table, index), column.kind, self.report.language)
            if isinstance(value, str) or value is None:
                self.sheet.write_string(row, index, value or "", self.styles.of(*look, self.styles.text()))
            else:
                style = self.styles.of(*look, {"num_format": number_format, "align": "right"})
                self.sheet.write_number(row, index, value, style)

    def _write_notes(self, row: int) -> None:
        columns = self.table.columns
        side = {"align": "right", "reading_order": 2} if self.report.right_to_left else {"align": "left"}
        style = self.styles.of(NOTE, side)
        width = sum(_width(column, str(column.title)) for column in columns)
        for number, note in enumerate(self.table.notes):
            text = self._text(str(note), row + number, Column(name="note", title=""))
            if len(columns) > 1:
                self.sheet.merge_range(row + number, 0, row + number, len(columns) - 1, "", style)
            self.sheet.write_string(row + number, 0, text, style)
            self.sheet.set_row(row + number, 15 * max(1, -(-len(text) // max(width, 1))) + 2)


class ColumnLooks:
    """The formats of one column's cells."""

    def __init__(self, styles: Styles, column: Column, language: str, signed: bool) -> None:
        self._styles = styles
        self._base = BODY | (EDITABLE if column.editable else {}) | ({"valign": "vcenter"} if signed else {})
        self.plain = styles.of(self._base, styles.text())
        self.quoted = styles.of(self._base, styles.text(), {"quote_prefix": True})
        blank = number_format_of(column.kind, language)
        self.blank = self.typed(blank) if blank else self.plain

    def typed(self, number_format: str) -> Any:
        side = {"align": "center"} if "yy" in number_format or "hh" in number_format else {"align": "right"}
        return self._styles.of(self._base, side, {"num_format": number_format})


def excel_value(cell: Cell, kind: Kind, language: str) -> tuple[str | float | date | time | None, str]:
    """The value as Excel keeps it, and its number format. A time loses its zone: it is the clock on the wall there."""
    match cell:
        case None | str():
            return cell or None, ""
        case bool():
            return yes_or_no(cell, language), ""
        case Money():
            return _exact(cell.amount), money_format(cell.currency)
        case int() | float() | Decimal():
            return _exact(cell), number_format_of(kind, language) or ("0" if isinstance(cell, int) else "0.0##")
        case datetime():
            return (
                (cell.replace(tzinfo=None), f"{DATE_FORMATS.get(language, DATE_FORMAT)} hh:mm")
                if cell.date() >= FIRST_DAY
                else (cell.isoformat(" "), "")
            )
        case date():
            return (cell, DATE_FORMATS.get(language, DATE_FORMAT)) if cell >= FIRST_DAY else (cell.isoformat(), "")
        case time():
            return cell.replace(tzinfo=None), "hh:mm"
        case _:
            raise TypeError(f"a cell of a localised report is never {type(cell).__name__}")


def _exact(number: int | float | Decimal) -> str | float:
    """The number, or its digits as text when a double cannot hold them."""
    decimal = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not decimal.is_finite():
        return str(number)
    exact = isinstance(number, float) or len(decimal.normalize().as_tuple().digits) <= EXACT_DIGITS
    return float(number) if exact else f"{decimal:f}"


def number_format_of(kind: Kind, language: str) -> str:
    """How an empty or plain cell of that kind shows what is typed into it; '' for text."""
    day = DATE_FORMATS.get(language, DATE_FORMAT)
    return {
        Kind.INTEGER: "0",
        Kind.DECIMAL: "#,##0.0#",
        Kind.PERCENT: "0.0%",
        Kind.MONEY: "#,##0.00",
        Kind.DATE: day,
        Kind.TIME: "hh:mm",
        Kind.DATETIME: f"{day} hh:mm",
    }.get(kind, "")


def money_format(currency: str) -> str:
    """Thousands grouped, the currency's own decimals, its ISO code behind the number."""
    digits = MINOR_UNITS.get(currency, 2)
    return f'#,##0{"." + "0" * digits if digits else ""}\\ "{currency}"'


def total_of(table: Table, index: int) -> Cell:
    """The sum of a column; several currencies are summed apart and written one after the other."""
    cells = [row[index] for row in table.rows]
    sums: dict[str, Decimal] = {}
    for cell in cells:
        if isinstance(cell, Money):
            sums[cell.currency] = sums.get(cell.currency, Decimal(0)) + cell.amount
    if len(sums) == 1:
        ((currency, amount),) = sums.items()
        return Money(amount, currency)
    if sums:
        return " + ".join(f"{amount:,.2f} {currency}" for currency, amount in sorted(sums.items()))
    numbers = [cell for cell in cells if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)]
    total = sum((Decimal(str(number)) for number in numbers), Decimal(0))
    return int(total) if all(isinstance(number, int) for number in numbers) else total


def _width(column: Column, title: str) -> int:
    """Characters wide: as designed, yet never narrower than the longest word of the heading."""
    longest = max((len(word) for word in title.split()), default=0)
    return min(max(column.width, longest + 3), WIDEST)


def _in_header(text: str) -> str:
    """A text for the margin of a printed page: & doubled, cut so that Excel's 255 characters hold both ends."""
    return representable(text).replace("\n", " ")[:90].replace("&", "&&")


def _with_plain_returns(content: bytes) -> bytes:
    """The workbook with carriage returns as XML character references: not every reader knows Excel's own escape."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/sharedStrings.xml":
                data = _ESCAPED_RETURN.sub(b"&#13;", data)
            new.writestr(part, data)
    return stream.getvalue()
