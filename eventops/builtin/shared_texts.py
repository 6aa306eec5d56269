"""Texts of a finished workbook that XlsxWriter would not write as they are, mended in its table of texts."""

import re

SHARED_TEXTS_PART = "xl/sharedStrings.xml"
# XlsxWriter takes a text between these for markup of its own: what somebody typed would damage the file. A private
# character before it prevents that, and is taken out again below; a text that begins with it gets a second one.
RICH = "<r>"
SHIELD = "\uf8f0"

_SHIELDED = re.compile(f'(<t(?: xml:space="preserve")?>){SHIELD}'.encode())
_ESCAPED_RETURN = re.compile(rb"(?<!_x005F)_x000D_")
_TEXT_WITH_RETURN = re.compile(rb"<t>([^<]*&#13;[^<]*)</t>")


def kept_as_text(text: str) -> str:
    """The text as it may be given to XlsxWriter."""
    return SHIELD + text if text.startswith((RICH, SHIELD)) else text


def mended_part(data: bytes) -> bytes:
    """The table of texts with shields taken out, and carriage returns as XML character references: not every reader
    knows Excel's own escape."""
    data = _SHIELDED.sub(rb"\1", data)
    data = _ESCAPED_RETURN.sub(b"&#13;", data)
    return _TEXT_WITH_RETURN.sub(rb'<t xml:space="preserve">\1</t>', data)
