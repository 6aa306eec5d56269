"""Tables and JSON on the terminal."""

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from typing import Any

GAP = "  "


def width_of(text: str) -> int:
    """The columns a text takes on a terminal: marks take none, East Asian wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn")
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def shown(text: object) -> str:
    """A text as a terminal may show it: control and direction-forcing characters made visible."""
    return "".join(
        f"\\u{ord(letter):04x}"
        if (unicodedata.category(letter) == "Cc" and letter not in "\t")
        or letter in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
        else letter
        for letter in str(text)
    )


def table_lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """An aligned table; on a terminal the longest column gives way, in a pipe nothing is cut."""
    cells = [[shown(heading) for heading in headings], *([shown(cell) for cell in row] for row in rows)]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(headings))]
    if sys.stdout.isatty():
        _shrink(widths, get_terminal_size().columns)
    lines = [GAP.join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return [lines[0], GAP.join("-" * width for width in widths), *lines[1:]]


def _shrink(widths: list[int], columns: int) -> None:
    """Takes from the widest column what does not fit on the terminal."""
    over = sum(widths) + len(GAP) * (len(widths) - 1) - columns
    while over > 0 and max(widths) > 12:
        widest = widths.index(max(widths))
        cut = min(over, widths[widest] - 12)
        widths[widest] -= cut
        over -= cut


def _fitted(text: str, width: int) -> str:
    taken = width_of(text)
    if taken <= width:
        return text + " " * (width - taken)
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return text + "…" + " " * (width - 1 - width_of(text))


def json_text(value: Any) -> str:
    """The value as JSON, indented, in a stable order of keys as given."""
    import msgspec

    encoder = msgspec.json.Encoder(decimal_format="number")  # 120.50 stays 120.50, written digit by digit
    return msgspec.json.format(encoder.encode(value), indent=2).decode()
