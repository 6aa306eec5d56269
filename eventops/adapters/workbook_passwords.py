"""Workbooks that open with a password only (ECMA-376 agile encryption, as Excel does it)."""

import io
from typing import Any

from eventops.errors import NotUsable


def require_encryption() -> Any:
    """The library that encrypts. Errors: NotUsable saying how to install it."""
    try:
        from msoffcrypto.format.ooxml import OOXMLFile  # an extra: it brings a whole library of cryptography
    except ImportError as error:
        raise NotUsable(
            "--encrypt needs one more package: pip install 'eventops[encrypt]'; nothing was written"
        ) from error
    return OOXMLFile


def encrypted(workbook: bytes, password: str) -> bytes:
    """The workbook encrypted with the password. Errors: NotUsable when the extra is not installed."""
    file = require_encryption()(io.BytesIO(workbook))
    stream = io.BytesIO()
    file.encrypt(password, stream)
    return stream.getvalue()
