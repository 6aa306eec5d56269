"""Gazetteers in files: the prebuilt index a package carries, and the plain table a person can write."""

import csv
import io
import lzma
import zlib
from collections.abc import Iterator

import msgspec

from eventops.domain.places import Point
from eventops.domain.placing.names import KEYS_VERSION
from eventops.domain.placing.place_index import Area, NameKind, PlaceIndex, PlaceRow, index_of, rekeyed
from eventops.domain.texts import Text
from eventops.errors import NotUsable

_MAGIC = b"eventops places 1\n"
_XZ = b"\xfd7zXZ"
_NEEDED = ("code", "name", "lat", "lon")


def packed_index(index: PlaceIndex, *, smallest: bool = False) -> bytes:
    """The index as bytes to ship in a package; `smallest` saves a quarter of a large one and takes longer to load."""
    content = msgspec.msgpack.encode(index)
    return _MAGIC + (lzma.compress(content) if smallest else zlib.compress(content, 9))


def unpacked_index(data: bytes) -> PlaceIndex:
    """The index a package ships. One built with the keys of an older eventops is given today's.

    Errors: NotUsable when the bytes are no index or are damaged.
    """
    if not data.startswith(_MAGIC):
        raise NotUsable(
            "This is not a table of places made for this eventops. Install the plugin that carries it again."
        )
    packed = data[len(_MAGIC) :]
    try:
        content = lzma.decompress(packed) if packed.startswith(_XZ) else zlib.decompress(packed)
        index = msgspec.msgpack.decode(content, type=PlaceIndex)
    except (zlib.error, lzma.LZMAError, msgspec.DecodeError) as error:
        raise NotUsable("The table of places is damaged. Install the plugin that carries it again.") from error
    return index if index.keys_version == KEYS_VERSION or not index.texts else rekeyed(index)


def index_from_table(data: bytes, *, name: str, version: str, country: str) -> PlaceIndex:
    """The index over one CSV file (UTF-8, comma or semicolon): a country in one file.

    Columns: code, name, lat, lon; and as known name_fr, name_ar, kind, region, region_name, province, province_name,
    radius_km, population, urban (1 or 0), other_names (separated by |). Region codes are as in ISO 3166-2.
    Errors: NotUsable with row and column.
    """
    rows: list[PlaceRow] = []
    names: list[tuple[str, str, NameKind]] = []
    areas: dict[str, Area] = {country: Area(code=country, kind="country", name=Text(country))}
    for number, record in _records(data, name):
        row = _row_of(record, number, country, name)
        rows.append(row)
        names += [(other, row.code, NameKind.ALIAS) for other in record.get("other_names", "").split("|") if other]
        _add_area(areas, "region", row.region, record.get("region_name", ""), country)
        _add_area(areas, "province", row.province, record.get("province_name", ""), row.region or country)
    return index_of(name, version, country, rows, names, areas.values())


def _records(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUsable("{file} is not written in UTF-8. Save it as CSV UTF-8.", file=name) from error
    heading = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    missing = [column for column in _NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise NotUsable(
            "{file} has no column {column}. A table of places needs the columns {needed}.",
            file=name,
            column=", ".join(missing),
            needed=", ".join(_NEEDED),
        )
    for number, record in enumerate(reader, 2):
        yield number, {key: (value or "").strip() for key, value in record.items() if isinstance(key, str)}


def _row_of(record: dict[str, str], number: int, country: str, name: str) -> PlaceRow:
    for column in _NEEDED:
        if not record[column]:
            raise NotUsable(
                "{file}, row {row}, column {column}: empty, expected a value.", file=name, row=number, column=column
            )
    point = Point(_number(record, "lat", number, name, 90), _number(record, "lon", number, name, 180))
    return PlaceRow(
        code=f"{country}:{record['code']}",
        en=record["name"],
        fr=record.get("name_fr", ""),
        ar=record.get("name_ar", ""),
        kind=record.get("kind", "") or "place",
        country=country,
        region=record.get("region", ""),
        province=record.get("province", ""),
        lat=point.lat,
        lon=point.lon,
        radius_km=_number(record, "radius_km", number, name, 1000),
        population=int(_number(record, "population", number, name, 10**9)),
        urban=record.get("urban", "") in ("1", "yes", "true"),
    )


def _number(record: dict[str, str], column: str, row: int, file: str, most: float) -> float:
    """The number in a column, 0 when the column is absent or empty, within ± `most`."""
    seen = record.get(column, "")
    try:
        value = float(seen.replace(",", ".") or 0)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise NotUsable(
            "{file}, row {row}, column {column}: '{seen}' is not a number between {least} and {most}.",
            file=file,
            row=row,
            column=column,
            seen=seen,
            least=-most,
            most=most,
        )
    return value


def _add_area(areas: dict[str, Area], kind: str, code: str, title: str, parent: str) -> None:
    if code and code not in areas:
        areas[code] = Area(code=code, kind=kind, name=Text(title or code), parent=parent)
