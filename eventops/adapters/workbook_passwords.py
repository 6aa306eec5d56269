"""Workbooks that open with a password only (ECMA-376 agile encryption, as Excel does it)."""

import io
from typing import Any

from eventops.errors import NotUsable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def require_encryption() -> Any:
    """The library that encrypts. Errors: NotUsable saying how to install it."""
    try:
        from msoffcrypto.format.ooxml import OOXMLFile  # an extra: it brings a whole library of cryptography
    except ImportError as error:
        raise NotUsable(
            "--encrypt needs one more package: pip install 'eventops[encrypt]'; nothing was written"
        ) from error
    return OOXMLFile


def is_encrypted(data: bytes) -> bool:
    """Whether these bytes are an Office file that opens with a password only."""
    if not data.startswith(_OLE):
        return False
    return any(name.encode("utf-16-le") in data for name in ("EncryptedPackage", "EncryptionInfo"))


def decrypted(data: bytes, password: str, file_name: str) -> bytes:
    """The workbook without its password. Errors: NotUsable for a wrong password, damage, or a missing extra."""
    try:
        import msoffcrypto  # an extra: it brings a whole library of cryptography
    except ImportError as error:
        raise NotUsable(
            "{file} is protected by a password; opening it needs one more package: pip install 'eventops[encrypt]'; "
            "or open it in Excel, remove the password and save as .xlsx",
            file=file_name,
        ) from error
    stream = io.BytesIO()
    try:
        office: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password, verify_password=True)
        office.decrypt(stream)
    except msoffcrypto.exceptions.InvalidKeyError as error:
        raise NotUsable(
            "{file} does not open with this password; ask its sender for the password and try again", file=file_name
        ) from error
    # The library gives whatever damage or an unknown scheme leads to: struct.error, KeyError, OSError …
    except Exception as error:
        raise NotUsable(
            "{file} is protected by a password in a way that cannot be read, or is damaged; open it in Excel, remove "
            "the password and save as .xlsx",
            file=file_name,
        ) from error
    return stream.getvalue()


def encrypted(workbook: bytes, password: str) -> bytes:
    """The workbook encrypted with the password. Errors: NotUsable when the extra is not installed."""
    file = require_encryption()(io.BytesIO(workbook))
    stream = io.BytesIO()
    file.encrypt(password, stream)
    return stream.getvalue()
