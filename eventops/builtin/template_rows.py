"""Room for more rows in somebody's workbook: everything below moves down, and whatever refers to it follows."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

_REFERENCE = re.compile(
    r"(?<![\w.$'!])(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    r"(?P<from>\$?[A-Z]{1,3}\$?\d+)(?::(?P<to>\$?[A-Z]{1,3}\$?\d+))?(?![\w(.!])"
)
_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)")
_SERIES_PARTS = ("val", "cat", "tx", "xVal", "yVal", "bubbleSize", "zVal")


def room_made(book: Any, sheet: Any, row: int, count: int) -> None:
    """Moves what stands below that row down, so that it can be repeated `count` times in all.

    References follow: what points below moves along, and a range that holds the row grows to hold its copies.
    """
    more = count - 1
    if more < 1:
        return
    last = sheet.max_row
    if last > row:
        area = f"A{row + 1}:{_letters(sheet.max_column)}{last}"
        sheet.move_range(area, rows=more)
    _move_heights(sheet, row, more, last)
    _move_merges(sheet, row, more)
    _move_rules(sheet, row, more)
    _move_pictures(sheet, row, more)
    for own in book.worksheets:
        _follow_formulas(own, sheet.title, row, more)
        _follow_charts(own, sheet.title, row, more)
    for names in (book.defined_names, *(own.defined_names for own in book.worksheets)):
        for name in names.values():
            if name.attr_text:
                name.attr_text = moved(name.attr_text, "", sheet.title, row, more)


def copied_row(sheet: Any, row: int, target: int, filled: set[int]) -> None:
    """Repeats a row in its formats; formulas follow, cells of the `filled` columns stay empty."""
    from openpyxl.formula.translate import Translator

    for cell in tuple(sheet[row]):
        twin = sheet.cell(target, cell.column)
        if cell.has_style:
            twin._style = copy(cell._style)
        if cell.column in filled or type(cell).__name__ == "MergedCell":
            continue
        if cell.data_type == "f" and isinstance(cell.value, str):
            twin.value = Translator(cell.value, origin=cell.coordinate).translate_formula(twin.coordinate)
        else:
            twin.value = cell.value


def moved(formula: str, own_sheet: str, sheet: str, row: int, more: int) -> str:
    """The formula or reference as it reads once `more` rows were put in below `row` of `sheet`."""

    def follow(match: re.Match[str]) -> str:
        named = match["sheet"]
        meant = named[:-1].strip("'").replace("''", "'") if named else own_sheet
        if meant != sheet:
            return match[0]
        return (named or "") + _moved_range(match["from"], match["to"], row, more)

    return "".join(part if quoted else _REFERENCE.sub(follow, part) for part, quoted in _parts(formula))


def _parts(formula: str) -> Iterator[tuple[str, bool]]:
    """The formula cut at its quoted texts, which hold no reference."""
    for number, part in enumerate(re.split(r'("(?:[^"]|"")*")', formula)):
        yield part, number % 2 == 1


def _moved_range(start: str, end: str | None, row: int, more: int) -> str:
    first = _row_of(start)
    if end is None:
        return _at_row(start, first + more) if first > row else start
    last = _row_of(end)
    if first > row:
        return f"{_at_row(start, first + more)}:{_at_row(end, last + more)}"
    return f"{start}:{_at_row(end, last + more) if last >= row else end}"


def _row_of(cell: str) -> int:
    found = _CELL.fullmatch(cell)
    return int(found[2]) if found else 0


def _at_row(cell: str, row: int) -> str:
    found = _CELL.fullmatch(cell)
    return f"{found[1]}{row}" if found else cell


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(max(column, 1)))


def _move_heights(sheet: Any, row: int, more: int, last: int) -> None:
    heights = {at: sheet.row_dimensions[at].height for at in range(row, last + 1) if at in sheet.row_dimensions}
    for at in range(row + 1, last + more + 1):
        wanted = heights.get(at - more) if at > row + more else heights.get(row)
        if wanted is not None or at in sheet.row_dimensions:
            sheet.row_dimensions[at].height = wanted


def _move_merges(sheet: Any, row: int, more: int) -> None:
    for merged in tuple(sheet.merged_cells.ranges):
        if merged.min_row > row:
            merged.shift(row_shift=more)
        elif merged.max_row > row:
            merged.expand(down=more)
        elif merged.min_row == row == merged.max_row:
            for at in range(row + 1, row + more + 1):
                sheet.merge_cells(start_row=at, end_row=at, start_column=merged.min_col, end_column=merged.max_col)


def _move_rules(sheet: Any, row: int, more: int) -> None:
    """Drop-downs, conditional formats, filters, tables, breaks and the area to print."""
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    def follow(reference: str) -> str:
        return " ".join(moved(one, sheet.title, sheet.title, row, more) for one in reference.split())

    def grown(reference: str) -> str:
        """A place that is the marked row itself stands for its copies too."""
        return follow(" ".join(one if ":" in one else f"{one}:{one}" for one in reference.split()))

    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(grown(str(rule.sqref)))
        rule.formula1 = rule.formula1 and follow_formula(rule.formula1, follow)
        rule.formula2 = rule.formula2 and follow_formula(rule.formula2, follow)
    formats = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [follow_formula(formula, follow) for formula in rule.formula]
            formats.add(grown(str(one.sqref)), rule)
    sheet.conditional_formatting = formats
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = follow(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = follow(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = follow(table.autoFilter.ref)
    for line in sheet.row_breaks.brk:
        line.id += more if line.id > row else 0
    if sheet.print_area:
        areas = sheet.print_area if isinstance(sheet.print_area, str) else ",".join(sheet.print_area)
        sheet.print_area = ",".join(follow(area.rpartition("!")[2]) for area in areas.split(","))


def follow_formula(formula: str, follow: Callable[[str], str]) -> str:
    """The formula of a rule, whose words must not be parted at blanks."""
    return " ".join(follow(part) if part else part for part in formula.split(" "))


def _move_pictures(sheet: Any, row: int, more: int) -> None:
    for drawn in (*sheet._images, *sheet._charts):
        for corner in ("_from", "to"):
            marker = getattr(drawn.anchor, corner, None)
            if marker is not None and marker.row >= row:
                marker.row += more


def _follow_formulas(own: Any, sheet: str, row: int, more: int) -> None:
    for cells in own.iter_rows():
        for cell in cells:
            value = cell.value
            if cell.data_type != "f":
                continue
            if isinstance(value, str):
                cell.value = moved(value, own.title, sheet, row, more)
            elif hasattr(value, "text") and value.text:  # a formula over several cells
                value.text = moved(value.text, own.title, sheet, row, more)
                value.ref = moved(value.ref, own.title, sheet, row, more)


def _as_range(reference: str) -> str:
    """The place of a series as a range, so that one cell of the marked row grows with it."""
    cell = reference.rpartition("!")[2]
    return f"{reference}:{cell}" if _CELL.fullmatch(cell) else reference


def _follow_charts(own: Any, sheet: str, row: int, more: int) -> None:
    for chart in own._charts:
        for series in chart.series:
            for part in _SERIES_PARTS:
                source = getattr(series, part, None)
                for kind in ("numRef", "strRef"):
                    reference = getattr(source, kind, None)
                    if reference is not None and reference.f:
                        place = reference.f if part == "tx" else _as_range(reference.f)
                        reference.f = moved(place, own.title, sheet, row, more)
