"""Traces of a person in files of any kind: plain text in the usual encodings, and what is packed in workbooks."""

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from eventops.domain.keeping.forgetting import PersonSigns

# Packed text of a workbook may be a hundred times its size; more than this is no table of people.
_LARGEST_PART = 500_000_000
_ENCODINGS = ("utf-16-le", "utf-16-be", "cp1256", "cp1252")
_MARKS = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def tells_of(file: Path, signs: PersonSigns, id: str = "") -> bool:
    """Whether the file tells of the person, by a sign or, when it is given, by the id. Errors: OSError."""
    wanted = re.compile(rf"(?<!\w){re.escape(id)}(?!\w)") if id else None
    return any(
        signs.found_in(text) or (wanted is not None and wanted.search(text) is not None)
        for part in _parts(file)
        for text in _texts(part)
    )


def files_in(folder: Path) -> Iterator[Path]:
    """Every file of a folder and of those below it, sorted; no links to elsewhere."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(parent, name)
            if not file.is_symlink():
                yield file


def is_sealed(file: Path) -> bool:
    """Whether the file is an Office document under a password, into which nobody can look without it."""
    try:
        with file.open("rb") as stream:
            # A workbook under a password is packed in the container of older Office, with this name in it.
            return stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and "EncryptedPackage".encode(
                "utf-16-le"
            ) in stream.read(1 << 20)
    except OSError:
        return False


def _parts(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    yield data
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(file) as packed:
            for info in packed.infolist():
                if info.file_size <= _LARGEST_PART:
                    yield packed.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return  # no workbook after all, or one that no program opens: its bytes were searched as they are


def _texts(part: bytes) -> Iterator[str]:
    """The text of a part as every usual encoding reads it, and without the ways in which formats write letters."""
    plain = part.decode("utf-8", "ignore")
    yield plain
    if "&" in plain or "<" in plain:
        # A name of which one half is bold is cut in two by marks.
        yield unescape(_MARKS.sub("", plain))
    if "\\u" in plain:
        yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), plain)
    if part.isascii() and b"\0" not in part:
        return  # the other encodings read the same in it
    for encoding in _ENCODINGS:
        yield part.decode(encoding, "ignore")
