"""What stands in one cell of a sheet, as text and as number, and why it could not be read."""

import re
from datetime import date, datetime, time

from msgspec import Struct

from eventops.domain.texts import Text

# Controls, marks that turn the direction of text, and characters no file may hold; joiners that shape a script stay.
_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_EDGES = " \t\r\n\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\u061c\u00ad"
_EDGE = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+$")
_SPACES = re.compile(r"\s+")
_ERROR_TEXT = re.compile(r"#(?:N/A|NA|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")

# Longer answers are a pasted document or a lost quotation mark, not an answer.
LONGEST_ANSWER = 500
LONGEST_REMARK = 5_000


class ErrorCell(Struct, frozen=True):
    """A cell that shows an error of the spreadsheet program (#N/A, #REF!)."""

    code: str


class UncomputedFormula(Struct, frozen=True):
    """A formula that was saved without its result."""

    formula: str = ""


class Unreadable(Struct, frozen=True, kw_only=True):
    """Why a cell could not be read. The message has room for row, column, heading, cell and value."""

    code: str
    message: Text
    values: dict[str, object] = {}


Cell = None | str | int | float | bool | date | time | ErrorCell | UncomputedFormula


def text_in(value: object) -> str:
    """The cell as one line of text: invisible marks at its edges and controls taken away, spaces joined."""
    if not isinstance(value, str):
        return plain(value)
    # Nearly every cell: nothing invisible in it.
    if value.isprintable() and "  " not in value:
        return value.strip(" ")
    return _EDGE.sub("", _SPACES.sub(" ", _UNWANTED.sub("", value)))


def lines_in(value: object) -> str:
    """As `text_in`, keeping the line breaks of a long remark."""
    if not isinstance(value, str):
        return plain(value)
    lines = (text_in(line) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def plain(value: object) -> str:
    """A number, date or truth value as a person would write it; '' for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, ErrorCell):
        return value.code
    if isinstance(value, UncomputedFormula):
        return f"={value.formula}"
    return str(value)


def number_in(value: object) -> float | None:
    """The number in a cell, also when written with Arabic digits, a decimal comma or spaces; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        return None
    text = number_written(value)
    return float(text) if text else None


def number_written(value: str) -> str:
    """The number of a text in plain digits with a decimal point; '' for anything else."""
    text = western_digits(text_in(value)).replace(" ", "").replace("\u202f", "")
    return text.replace(",", ".") if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text) else ""


def western_digits(text: str) -> str:
    """The text with Arabic-Indic digits as 0-9."""
    return text if text.isascii() else text.translate(_DIGITS)


def is_blank(value: object) -> bool:
    """Nothing to see in the cell."""
    if value is None or value == "":
        return True
    return isinstance(value, str) and not value[0].isalnum() and not text_in(value)


NOT_COMPUTED = Text(
    "row {row}, column {column} ({heading}): {cell} holds a formula without its result; "
    "open the file in a spreadsheet program, let it calculate, and save it, or write the value itself"
)
ERROR_VALUE = Text(
    "row {row}, column {column} ({heading}): {cell} shows the spreadsheet error “{value}”; write the value itself"
)
TOO_LONG = Text(
    "row {row}, column {column} ({heading}): {cell} holds {length} characters, at most {longest} are expected; "
    "it begins “{value}”; shorten it"
)


def damage_in(value: object, longest: int = LONGEST_ANSWER) -> Unreadable | None:
    """What makes a cell unfit for any reading: an error value, a formula without result, far too long a text."""
    if isinstance(value, str):
        if len(value) > longest:
            return Unreadable(
                code="cell-too-long",
                message=TOO_LONG,
                values={"length": len(value), "longest": longest, "value": value[:40] + "…"},
            )
        if value.startswith("#") and _ERROR_TEXT.fullmatch(value.strip()):
            return Unreadable(code="cell-error", message=ERROR_VALUE)
        return None
    if isinstance(value, ErrorCell):
        return Unreadable(code="cell-error", message=ERROR_VALUE)
    if isinstance(value, UncomputedFormula):
        return Unreadable(code="formula-uncomputed", message=NOT_COMPUTED)
    return None
