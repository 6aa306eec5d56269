"""How the cells of a workbook look: formats made once, and which of them a cell of a column gets."""

from typing import Any

from eventops.builtin.workbook_cells import number_format_of, runs_left_to_right
from eventops.domain.reporting.reports import Column, Report
from eventops.domain.reporting.safe_text import is_formula_like

BODY = {"border": 1, "border_color": "#C9D3D7", "valign": "top"}
EDITABLE = {"bg_color": "#FFF6D6"}


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

    def text(self, latin: bool = False) -> dict[str, Any]:
        """How text stands: at the side where the sheet's language begins; as text, so that a zero typed first stays.
        A Latin name in an Arabic sheet keeps its own order of signs."""
        side = {"align": "right", "reading_order": 1 if latin else 2} if self._right_to_left else {"align": "left"}
        return {"num_format": "@", "text_wrap": True, "indent": 1, **side}


class ColumnLooks:
    """The formats of one column's cells."""

    def __init__(self, styles: Styles, column: Column, report: Report, signed: bool) -> None:
        self._styles = styles
        self._base = (
            BODY | (EDITABLE if column.editable and not signed else {}) | ({"valign": "vcenter"} if signed else {})
        )
        self._right_to_left = report.right_to_left
        self._typed: dict[str, Any] = {}
        self._plain = styles.of(self._base, styles.text())
        self._latin = styles.of(self._base, styles.text(latin=True))
        self._quoted = [styles.of(self._base, styles.text(latin), {"quote_prefix": True}) for latin in (False, True)]
        blank = number_format_of(column.kind, report.language)
        self.blank = self.typed(blank) if blank else self._plain

    def of(self, text: str) -> Any:
        """The format of a text; marked as text where a program might read a formula."""
        if is_formula_like(text):
            return self._quoted[self._right_to_left and runs_left_to_right(text)]
        return self.of_harmless(text)

    def of_harmless(self, text: str) -> Any:
        """The format of a text that no program reads as a formula."""
        return self._latin if self._right_to_left and runs_left_to_right(text) else self._plain

    def typed(self, number_format: str) -> Any:
        made = self._typed.get(number_format)
        if made is None:
            moment = "yy" in number_format or "hh" in number_format
            side = {"align": "center"} if moment else {"align": "right", "indent": 1}
            made = self._typed[number_format] = self._styles.of(self._base, side, {"num_format": number_format})
        return made
