"""A sheet as it was received: cells at their true addresses."""

from msgspec import Struct

from eventops.domain.findings import Finding


class Sheet(Struct, frozen=True, kw_only=True):
    """One sheet: row i of `rows` is row `first_row` + i of Excel, cell j its column; rows end at their last
    filled cell. `merged` holds (first row, first column, last row, last column), counted from 0. `remarks` are
    what was noticed while reading the file."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    first_row: int = 1
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    remarks: tuple[Finding, ...] = ()


def column_letter(index: int) -> str:
    """The letters Excel shows above the column with this index, counted from 0."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index, counted from 0, of the column with these letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
