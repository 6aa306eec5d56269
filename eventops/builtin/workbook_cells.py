"""What one cell, one column or one sheet name becomes in a workbook."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

from eventops.domain.money import MINOR_UNITS, Money
from eventops.domain.reporting.labels import yes_no_label
from eventops.domain.reporting.reports import Cell, Column, Kind

# Under this name a file tells which entry of the workspace's history it was made after: its number, then its hash.
HISTORY_PROPERTY = "eventops-history"

TOTAL_WORDS = {"en": "Total", "fr": "Total", "ar": "المجموع"}
WIDEST = 100
# Excel's calendar counts a 29 February 1900 that never was; earlier days are kept as text.
FIRST_DAY = date(1900, 3, 1)
EXACT_DIGITS = 15
DATE_FORMATS = {"en": "[$-809]d mmm yyyy"}
DATE_FORMAT = "dd/mm/yyyy"
NUMBER_FORMATS = {
    Kind.INTEGER: "0",
    Kind.DECIMAL: "#,##0.0#",
    Kind.PERCENT: "0.0%",
    Kind.MONEY: "#,##0.00",
    Kind.TIME: "hh:mm",
}

_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


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


def excel_value(cell: Cell, kind: Kind, language: str) -> tuple[str | float | date | time | None, str]:
    """The value as Excel keeps it, and its number format. A time loses its zone: it is the clock on the wall there."""
    match cell:
        case None | str():
            return cell or None, ""
        case bool():
            return yes_no_label(cell, language), ""
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
    if isinstance(number, float):
        return number if isfinite(number) else str(number)
    if isinstance(number, int):
        return number if abs(number) < 10**EXACT_DIGITS else str(number)
    if not number.is_finite():
        return str(number)
    return float(number) if len(number.normalize().as_tuple().digits) <= EXACT_DIGITS else f"{number:f}"


def number_format_of(kind: Kind, language: str) -> str:
    """How an empty or plain cell of that kind shows what is typed into it; '' for text."""
    if kind is Kind.DATE:
        return DATE_FORMATS.get(language, DATE_FORMAT)
    if kind is Kind.DATETIME:
        return f"{DATE_FORMATS.get(language, DATE_FORMAT)} hh:mm"
    return NUMBER_FORMATS.get(kind, "")


def money_format(currency: str) -> str:
    """Thousands grouped, the currency's own decimals, its ISO code behind the number."""
    digits = MINOR_UNITS.get(currency, 2)
    return f'#,##0{"." + "0" * digits if digits else ""}\\ "{currency}"'


def column_width(column: Column, title: str) -> int:
    """Characters wide: as designed, yet never narrower than the longest word of the heading."""
    longest = max((len(word) for word in title.split()), default=0)
    return min(max(column.width, longest + 3), WIDEST)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes when it is wrapped between words at that many characters."""
    return sum(_wrapped(line, max(width, 1)) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> int:
    if len(line) <= width:
        return 1
    lines, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        over, rest = divmod(len(word), width)
        lines += over if used == 0 and rest else max(over - 1, 0)
        used = used + 1 + rest if used else rest or width
    return lines


def runs_left_to_right(text: str) -> bool:
    """Whether a text has no letter of a right-to-left script: a Latin name, a phone number."""
    return text.isascii() or _RIGHT_TO_LEFT.search(text) is None
