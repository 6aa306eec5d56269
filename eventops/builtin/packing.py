"""The last step of a workbook: streamed rows go to their places, and texts XlsxWriter would not write are mended.

What is long goes through in pieces, so that a sheet of a million rows is never in memory at once. Nothing is left in a
temporary file: these are people's data.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from eventops.builtin.shared_texts import SHARED_TEXTS_PART, mended_part

# No text of anybody can hold it: a comment, where every < of a text is escaped.
ROWS_MARK = "<!-- rows -->"
_PIECE = 1 << 18  # characters packed at once
_LARGE = 1 << 31  # bytes from which a part needs the larger form of a zip


class PackedText:
    """Text that only grows, kept compressed in memory."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(1)
        self._packed: list[bytes] = []
        self._loose: list[str] = []
        self._loose_length = 0
        self.size = 0

    def add(self, text: str) -> None:
        """Puts a text behind what is there."""
        self._loose.append(text)
        self._loose_length += len(text)
        if self._loose_length >= _PIECE:
            self._pack()

    def pieces(self) -> Iterator[bytes]:
        """Everything added, in UTF-8, piece by piece; once, at the end."""
        self._pack()
        self._packed.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        for packed in self._packed:
            left = packed
            while left:
                yield unpacker.decompress(left, _PIECE)
                left = unpacker.unconsumed_tail
        yield unpacker.flush()

    def _pack(self) -> None:
        piece = "".join(self._loose).encode("utf-8")
        self.size += len(piece)
        packed = self._packer.compress(piece)
        if packed:
            self._packed.append(packed)
        self._loose.clear()
        self._loose_length = 0


def finished(content: bytes, streamed: Mapping[str, PackedText], *, mended: bool) -> bytes:
    """The workbook with streamed rows, by the name of their part, in place of their mark, and its texts mended."""
    if not streamed and not mended:
        return content
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            rows = streamed.get(part.filename)
            if rows is not None:
                _write_part(new, part, data, rows)
            elif mended and part.filename == SHARED_TEXTS_PART:
                new.writestr(part, mended_part(data))
            else:
                new.writestr(part, data)
    return stream.getvalue()


def _write_part(book: zipfile.ZipFile, part: zipfile.ZipInfo, data: bytes, rows: PackedText) -> None:
    head, _, tail = data.partition(ROWS_MARK.encode())
    named = zipfile.ZipInfo(part.filename, part.date_time)
    named.compress_type, named.external_attr = part.compress_type, part.external_attr
    with book.open(named, "w", force_zip64=rows.size + len(data) >= _LARGE) as written:
        written.write(head)
        for piece in rows.pieces():
            written.write(piece)
        written.write(tail)
