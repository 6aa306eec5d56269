"""Text that stays text: no cell that somebody typed may become a formula, vanish, or end a file early."""

import re

from eventops.errors import NotUsable

# Excel, LibreOffice and Google Sheets start a formula at these, also after blanks; full-width forms are taken alike.
_FORMULA_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_INVISIBLE = "\\s\u00a0\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_FORMULA_START = re.compile(f"[\t\r\n]|[{_INVISIBLE}]*[{_FORMULA_SIGNS}].", re.DOTALL)
# In a separated file a reader with another separator cuts inside a field: a sign after one is guarded too.
_SEPARATED_SIGN = re.compile(f"(^|[;\t\r\n|])(?=[{_INVISIBLE}']*[{_FORMULA_SIGNS}].)", re.DOTALL)
_GUARDED_SIGN = re.compile(f"(^|[;\t\r\n|])'(?=[{_INVISIBLE}']*[{_FORMULA_SIGNS}].)", re.DOTALL)
# What XML 1.0 cannot hold: most control characters, halves of surrogate pairs, two noncharacters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# < and U+F8F0: what a writer may take for its own markup (see builtin/shared_texts).
_NEEDS_CARE = re.compile(f"[<\uf8f0{_FORMULA_SIGNS}\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_PICTURES = 0x2400

CELL_LIMIT = 32_767


def is_harmless(text: str) -> bool:
    """Whether nothing in the text needs care: quicker to ask than everything else of each of a million cells."""
    return len(text) <= CELL_LIMIT // 2 and _NEEDS_CARE.search(text) is None


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program might read the text as a formula when it is typed or opened."""
    return _FORMULA_START.match(text) is not None


def guarded(text: str) -> str:
    """The text for a separated file: an apostrophe before every sign that would start a formula."""
    return _SEPARATED_SIGN.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text that `guarded` got."""
    return _GUARDED_SIGN.sub(r"\1", text)


def representable(text: str) -> str:
    """The text with characters that no file can hold shown by a sign: ␀ to ␟ for control characters, � for halves of
    characters. Every other text comes back as it is."""
    return _NOT_IN_XML.sub(_shown, text) if _NOT_IN_XML.search(text) else text


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else "\ufffd"


def checked_length(text: str, sheet: str, row: int, heading: str) -> str:
    """The text itself. Errors: NotUsable when a workbook's cell cannot hold it, counted as Excel counts."""
    length = len(text)
    if length > CELL_LIMIT // 2:
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if length > CELL_LIMIT:
            raise NotUsable(
                "Sheet “{sheet}”, row {row}, column “{heading}”: the text has {length} characters and a cell holds "
                "{limit}; shorten it, or export as csv or json",
                sheet=sheet,
                row=row,
                heading=heading,
                length=length,
                limit=CELL_LIMIT,
            )
    return text
