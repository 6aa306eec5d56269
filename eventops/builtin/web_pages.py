"""A report as one web page that needs nothing else: no script, no font, no picture from elsewhere.

Shape: a section a table, in the order of the report; right to left where the language is; ready to print on A4.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from html import escape

from eventops.adapters.wording import LocaleWording, open_wording
from eventops.builtin.totals import ColumnTotals
from eventops.builtin.workbook_cells import HISTORY_PROPERTY, TOTAL_WORDS, column_width, runs_left_to_right
from eventops.domain.money import Money
from eventops.domain.reporting.labels import yes_no_label
from eventops.domain.reporting.pictures import media_type_of
from eventops.domain.reporting.reports import Cell, Column, Kind, Report, Table
from eventops.domain.reporting.safe_text import is_formula_like, representable
from eventops.domain.texts import Text

# Nothing may be fetched and nothing run, whatever a text pretends to be.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# Excel and LibreOffice open web pages as sheets; each has a mark of its own for “this is text”.
TEXT_MARK = ' sdnum="1033;0;@"'
LARGEST, SMALLEST = 9.0, 5.0  # points
ACROSS = 190  # characters of the largest size across an A4 page on its side
UPRIGHT = 0.68
LONG_WORD = 18  # characters
BRIEF_ROWS = 12  # a table that stays on one page
PERCENT = Text("{value:.1f}%", fr="{value:.1f} %", ar="{value:.1f} %")
STYLE = """
:root { --ink: #16262c; --line: #c9d3d7; --head: #1f4e5f; --band: #f4f7f8; }
* { box-sizing: border-box; }
body { margin: 1.5rem; color: var(--ink); background: #fff; font: 15px/1.45 "Segoe UI", "Noto Sans",
  "Noto Naskh Arabic", Tahoma, Arial, sans-serif; }
header { display: flex; align-items: center; gap: 1rem; border-bottom: 2px solid var(--head); margin-bottom: 1rem; }
header img { max-height: 4rem; max-width: 14rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
header p { margin: .2rem 0 .6rem; color: #44565d; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; text-align: start;
  white-space: pre-wrap; overflow-wrap: break-word; mso-number-format: "\\@"; }
th { background: var(--head); color: #fff; position: sticky; top: 0; }
tr.tags th { background: #e4ecef; color: #44565d; font-weight: normal; font-size: .8rem; position: static; }
tbody tr:nth-child(even) { background: var(--band); }
td.n { text-align: end; white-space: nowrap; mso-number-format: General; font-variant-numeric: tabular-nums; }
td.d { white-space: nowrap; mso-number-format: General; }
td.l { overflow-wrap: anywhere; min-width: 12rem; }
td.e { background: #fff6d6; min-width: 6.5rem; height: 2.1em; }
tfoot td { font-weight: bold; background: #e4ecef; border-top: 2px solid var(--head); }
.bar { display: block; height: .35rem; background: #2e7d8c; margin-top: .2rem; border-radius: .2rem; }
html[dir="rtl"] .bar { margin-left: auto; }
.note { font-style: italic; color: #555; margin: .4rem 0; }
.history { margin-top: 1.5rem; font-size: .7rem; color: #777; text-align: start; }
.blank td { height: 2.2em; }
@page { size: A4; margin: 14mm 12mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); } }
@page wide { size: A4 landscape; }
@media print {
  body { margin: 0; font-size: 9pt; }
  .wide { page: wide; }
  section { font-size: var(--print); }
  h2 { font-size: 11pt; }
  td.l, td.e { min-width: 0; }
  .tight td, .tight th { padding: .15rem .2rem; }
  section + .brief { break-inside: avoid; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  th { position: static; } tr, .note { break-inside: avoid; } h2 { break-after: avoid; }
  th, td.e, tfoot td, .bar, tbody tr:nth-child(even) { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  td.e { background: none; }
}
"""


def web_page(report: Report, *, figure: str = "", style: str = "") -> bytes:
    """The page in UTF-8; every text stands in it exactly and stays text when a spreadsheet program opens it.

    `figure` is markup to stand above the tables, `style` what it needs.
    """
    page = io.BytesIO()
    for line in _lines(report, figure, style, open_wording(report.language)):
        page.write(f"{line}\n".encode())
    return page.getvalue()


def _lines(report: Report, figure: str, style: str, wording: LocaleWording) -> Iterator[str]:
    direction = "rtl" if report.right_to_left else "ltr"
    yield from (
        "<!DOCTYPE html>",
        f'<html lang="{_attribute(report.language)}" dir="{direction}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        *_history_name(report),
        f"<title>{_text(str(report.title))}</title>",
        f"<style>{STYLE}{style}</style>",
        "</head>",
        "<body>",
        f'<header class="{_page(report.tables[:1])}">',
        *_logo(report),
        f"<div>{_block('h1', str(report.title))}{_block('p', str(report.heading))}</div>",
        "</header>",
        "<main>",
        *filter(None, (figure,)),
    )
    for table in report.tables:
        yield from _section(table, report, wording)
    yield from ("</main>", *_history_line(report), "</body>", "</html>")


def _logo(report: Report) -> Iterator[str]:
    if report.logo:
        data = base64.b64encode(report.logo).decode("ascii")
        yield f'<img alt="" src="data:{media_type_of(report.logo)};base64,{data}">'


def _history_name(report: Report) -> Iterator[str]:
    if report.history is not None:
        yield f'<meta name="{HISTORY_PROPERTY}" content="{report.history.whole}">'


def _history_line(report: Report) -> Iterator[str]:
    """Small, below everything: whoever keeps the page can tell later whether the history before it was rewritten."""
    if report.history is not None:
        yield f'<footer class="history" dir="ltr">{_text(report.history.short)}</footer>'


def _section(table: Table, report: Report, wording: LocaleWording) -> Iterator[str]:
    brief = " brief" if len(table.rows) + table.blank_rows <= BRIEF_ROWS else ""
    size = _print_size(table)
    tight = " tight" if size == SMALLEST else ""
    yield f'<section class="{_page((table,))}{brief}{tight}" style="--print:{size:.1f}pt">'
    if table.title != report.title:
        yield _block("h2", str(table.title))
    yield '<div class="scroll"><table>'
    yield "<thead>"
    yield f"<tr>{''.join(_heading(str(column.title)) for column in table.columns)}</tr>"
    if any(column.hxl for column in table.columns):
        yield f'<tr class="tags">{"".join(_heading(column.hxl) for column in table.columns)}</tr>'
    yield "</thead>"
    yield "<tbody>"
    longest = _longest_value(table)
    totals = ColumnTotals(table.columns)
    for row in table.rows:
        totals.add(row)
        cells = (_cell(cell, column, wording, longest) for cell, column in zip(row, table.columns, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    if table.blank_rows:
        empty = "".join(_cell(None, column, wording, {}) for column in table.columns)
        yield from [f'<tr class="blank">{empty}</tr>'] * table.blank_rows
    yield "</tbody>"
    if any(column.total for column in table.columns):
        yield f"<tfoot>{_totals(table, totals, wording)}</tfoot>"
    yield "</table></div>"
    yield from (_block("p", str(note), "note") for note in table.notes)
    yield "</section>"


def _page(tables: Sequence[Table]) -> str:
    """How the paper lies under these tables."""
    return "wide" if any(table.landscape for table in tables) else "tall"


def _print_size(table: Table) -> float:
    """The size of printed letters at which the columns find room across the page, in points."""
    room = ACROSS if table.landscape else ACROSS * UPRIGHT
    width = sum(column_width(column, str(column.title)) for column in table.columns)
    return max(SMALLEST, min(LARGEST, LARGEST * room / max(width, 1)))


def _totals(table: Table, totals: ColumnTotals, wording: LocaleWording) -> str:
    word = TOTAL_WORDS.get(wording.language, TOTAL_WORDS["en"])
    free = [index for index, column in enumerate(table.columns) if not column.total]
    place = next((index for index in free if table.columns[index].width > len(word)), None)
    cells = [
        _cell(totals.of(index) if column.total else word if index == place else None, column, wording, {})
        for index, column in enumerate(table.columns)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _heading(title: str) -> str:
    return f'<th scope="col"{TEXT_MARK}>{_text(title)}</th>'


def _block(tag: str, text: str, name: str = "") -> str:
    """A heading or paragraph; in a cell of its own where a spreadsheet program would take it for a formula."""
    if not text:
        return ""
    named = f' class="{name}"' if name else ""
    written = f"<{tag}{named}>{_text(text)}</{tag}>"
    if is_formula_like(text):
        return f'<table role="presentation"><tr><td{TEXT_MARK}>{written}</td></tr></table>'
    return written


def _longest_value(table: Table) -> dict[str, float]:
    """The largest value of the charted column, by its name; bars stand in the cells themselves."""
    if table.chart is None:
        return {}
    at = [column.name for column in table.columns].index(table.chart.values)
    numbers = [_number(row[at]) for row in table.rows]
    return {table.chart.values: max((number for number in numbers if number is not None), default=0.0)}


def _number(cell: Cell) -> float | None:
    if isinstance(cell, Money):
        return float(cell.amount)
    return float(cell) if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) else None


def _cell(cell: Cell, column: Column, wording: LocaleWording, longest: dict[str, float]) -> str:
    """One cell: text as it is, numbers, dates and money in the locale's format with their value beside it."""
    editable = " e" if column.editable else ""
    match cell:
        case None:
            return f'<td class="{editable.strip()}"></td>' if editable else "<td></td>"
        case str():
            return _text_cell(cell, wording, editable)
        case bool():
            return _text_cell(yes_no_label(cell, wording.language), wording, editable)
        case Money() | int() | float() | Decimal():
            value = cell.amount if isinstance(cell, Money) else cell
            shown = wording.say(PERCENT, {"value": value * 100}) if column.kind is Kind.PERCENT else wording.value(cell)
            return (
                f'<td class="n{editable}" dir="ltr"><data value="{value}">{_text(shown)}</data>'
                f"{_bar(cell, longest.get(column.name, 0.0))}</td>"
            )
        case datetime() | date() | time():
            machine = cell.isoformat()
            return f'<td class="d{editable}"><time datetime="{machine}">{_text(wording.value(cell))}</time></td>'
        case _:
            raise TypeError(f"a cell of a localised report is never {type(cell).__name__}")


def _text_cell(text: str, wording: LocaleWording, editable: str) -> str:
    names = f"{editable}{' l' if _has_long_word(text) else ''}".strip()
    name = f' class="{names}"' if names else ""
    # A phone number or a Latin name keeps its own order of signs in a page that runs the other way.
    direction = ' dir="ltr"' if wording.language == "ar" and text and runs_left_to_right(text) else ""
    side = ' style="text-align:right"' if direction else ""
    return f"<td{name}{direction}{side}{TEXT_MARK}>{_text(text)}</td>"


def _has_long_word(text: str) -> bool:
    """Whether a word is so long that it must be parted for the table to fit on paper."""
    return len(text) > LONG_WORD and any(len(word) > LONG_WORD for word in text.split())


def _bar(cell: Cell, longest: float) -> str:
    number = _number(cell)
    if not longest or number is None or number <= 0:
        return ""
    return f'<span class="bar" style="width:{100 * number / longest:.1f}%"></span>'


def _text(text: str) -> str:
    """Any text as the content of an element; a carriage return, which a page would make a line feed, by its number."""
    return escape(representable(text), quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return escape(representable(text), quote=True)
