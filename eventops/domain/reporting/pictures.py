"""Pictures of a page header: what they are by their first bytes, how large, and how large they are printed."""

import struct
import zlib

from eventops.errors import NotUsable

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
SMALLEST, LARGEST = 44, 2_000_000  # bytes; less holds no picture
METRES_AN_INCH = 0.0254
POINTS_AN_INCH = 72
# Frames of a JPEG that hold its size: all SOF markers but DHT, JPG and DAC, which share their numbers.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


def media_type_of(data: bytes) -> str:
    """image/png or image/jpeg, else ''."""
    if data.startswith(PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(JPEG) else ""


def checked_picture(data: bytes, name: str) -> bytes:
    """The picture itself. Errors: NotUsable when it is no PNG or JPEG, damaged, or too large for a page header."""
    if len(data) > LARGEST:
        raise NotUsable(
            "The logo {file} has {size} bytes and at most {limit} are allowed; save it smaller",
            file=name,
            size=len(data),
            limit=LARGEST,
        )
    if len(data) < SMALLEST or not media_type_of(data) or size_of(data) is None:
        raise NotUsable("The logo {file} is no picture that can be used; save it as PNG or JPEG", file=name)
    return data


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, None when the picture is damaged."""
    if data.startswith(PNG):
        if len(data) < 33 or data[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", data[16:24])
        return (width, height) if width and height else None
    return _size_of_jpeg(data) if data.startswith(JPEG) else None


def _size_of_jpeg(data: bytes) -> tuple[int, int] | None:
    """The size its frame says, when the picture itself begins somewhere behind it."""
    at, size = 2, None
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _SCAN:
            return size
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            size = (width, height) if width and height else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def printed_at(data: bytes, width: float, height: float) -> bytes:
    """The picture with the resolution at which it fits into that box, in points; its pixels stay as they are.

    Programs print a picture of a page header at the size its resolution says, and offer nothing to set it otherwise.
    """
    size = size_of(data)
    if size is None:
        return data
    dots_an_inch = max(size[0] / width, size[1] / height) * POINTS_AN_INCH
    if data.startswith(PNG):
        return _png_at(data, dots_an_inch)
    return _jpeg_at(data, dots_an_inch)


def _png_at(data: bytes, dots_an_inch: float) -> bytes:
    dots_a_metre = round(dots_an_inch / METRES_AN_INCH)
    body = b"pHYs" + struct.pack(">IIB", dots_a_metre, dots_a_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    parts, at = [data[:33], chunk], 33
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] != b"pHYs":
            parts.append(data[at:end])
        at = end
    return b"".join(parts)


def _jpeg_at(data: bytes, dots_an_inch: float) -> bytes:
    resolution = min(round(dots_an_inch), 0xFFFF)
    segment = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, resolution, resolution, 0, 0)
    rest = data[2:]
    if rest[:2] == b"\xff\xe0" and rest[4:9] == b"JFIF\0":
        rest = rest[2 + int.from_bytes(rest[2:4], "big") :]
    return data[:2] + segment + rest
