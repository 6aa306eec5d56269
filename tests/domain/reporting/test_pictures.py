import io
import struct
import zlib

import pytest
from xlsxwriter.image import Image

from eventops.domain.reporting.pictures import LARGEST, PNG, checked_picture, media_type_of, printed_at, size_of
from eventops.errors import NotUsable


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_png(width: int, height: int, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"".join((PNG, header, *more, chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b"")))


def a_jpeg(width: int, height: int) -> bytes:
    jfif = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, 72, 72, 0, 0)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    remark = b"\xff\xfe" + struct.pack(">H", 22) + b" " * 20
    scan = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 63, 0) + b"\0" * 8
    return b"\xff\xd8" + jfif + remark + frame + scan + b"\xff\xd9"


def printed_size(data: bytes) -> tuple[int, int]:
    """Width and height in points as XlsxWriter understands the picture."""
    image = Image(io.BytesIO(data))
    return round(image._width * 72 / image._x_dpi), round(image._height * 72 / image._y_dpi)


def test_a_picture_is_known_by_its_first_bytes() -> None:
    assert [media_type_of(one) for one in (a_png(3, 2), a_jpeg(3, 2), b"GIF89a", b"")] == [
        "image/png",
        "image/jpeg",
        "",
        "",
    ]
    assert [size_of(one) for one in (a_png(3, 2), a_jpeg(3, 2), PNG, b"\xff\xd8\xff")] == [(3, 2), (3, 2), None, None]


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [(900, 300, (102, 34)), (3000, 100, (150, 5)), (100, 1000, (3, 34)), (30, 10, (102, 34))],
)
def test_a_picture_is_printed_in_its_box(width: int, height: int, box: tuple[int, int]) -> None:
    old = chunk(b"pHYs", struct.pack(">IIB", 1, 1, 1))
    for picture in (a_png(width, height), a_png(width, height, old), a_jpeg(width, height)):
        printed = printed_at(picture, 150, 34)
        assert printed_size(printed) == pytest.approx(box, abs=1)
        assert size_of(printed) == (width, height)


@pytest.mark.parametrize("data", [b"", b"<svg/>", a_jpeg(9, 9)[:60], PNG, b"\xff\xd8\xff\xe0", a_png(0, 3)])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotUsable, match=r"logo\.png is no picture that can be used; save it as PNG or JPEG"):
        checked_picture(data, "logo.png")


def test_a_picture_that_is_too_large_is_refused() -> None:
    with pytest.raises(NotUsable, match="at most 2000000 are allowed"):
        checked_picture(a_png(3, 3) + b"\0" * LARGEST, "logo.png")
