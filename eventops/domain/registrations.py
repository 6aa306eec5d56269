"""Sheets as received: their cells at true Excel addresses, the table in them and the columns eventops recognises."""

from msgspec import Struct

from eventops.domain.findings import Finding
from eventops.domain.headings import BENEFIT_TITLES, FIELD_TITLES, OVERRIDE_REASON_TITLE, OVERRIDE_TITLE

__all__ = ["BENEFIT_TITLES", "FIELD_TITLES", "OVERRIDE_REASON_TITLE", "OVERRIDE_TITLE", "Sheet"]


class Sheet(Struct, frozen=True, kw_only=True):
    """One sheet: row i of `rows` is Excel's row `first_row` + i, cell j its column with letter j; rows end at their last
    filled cell. `merged` holds (first row, first column, last row, last column), counted from 0 in `rows`. `remarks` are
    what was noticed while reading the file."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    first_row: int = 1
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    remarks: tuple[Finding, ...] = ()
