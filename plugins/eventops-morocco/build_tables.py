"""Makes the packaged index (eventops_morocco/data/morocco.places) from the tables in tables/.

Run it after a table or the keys of eventops changed: `python build_tables.py`.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from eventops import (
    Area,
    AreaName,
    NameKind,
    PlaceIndex,
    PlaceRow,
    Point,
    Text,
    folded_key,
    great_circle_km,
    index_of,
    packed_index,
)

HERE = Path(__file__).parent
VERSION = "2024.3"
COUNTRY = "MA"
# Alternates that name no town, or no town of their own.
NO_NAMES = frozenset(("Plage", "Minaret de Skhirat", "White House", "Medina", "Santa Cruz", "Djedid"))
# Alternates of small towns that are the own names of larger ones abroad (Algeria, Eritrea, Panama, Libya, Mexico).
NAMES_ABROAD = frozenset(("Saida", "Asmara", "David", "El Jadid", "Miramar"))
# Districts that several cities have, or whose name is a person's: alone they say nothing.
EVERYWHERE = frozenset(("Médina", "المدينة", "Hassan", "حسان"))
# The seat of each region, by its number.
SEATS = {
    **{"01": "01.511.01.0", "02": "02.411.01.23", "03": "03.231.01.0", "04": "04.421.01.0", "05": "05.091.01.01"},
    **{"06": "06.141.01.0", "07": "07.351.01.0", "08": "08.201.01.05", "09": "09.001.01.01", "10": "10.261.01.03"},
    **{"11": "11.321.01.03", "12": "12.391.01.01"},
}
Record = dict[str, str]
Name = tuple[str, str, NameKind]


def read_table(name: str) -> list[Record]:
    with (HERE / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code_of(hcp: str) -> str:
    return f"{COUNTRY}:{hcp}"


def region_of(hcp: str) -> str:
    """The region of an HCP code, whatever its level: its first two digits."""
    return f"{COUNTRY}-{hcp[:2]}"


def province_of(hcp: str) -> str:
    return hcp[:6]


def place_rows(communes: list[Record]) -> Iterator[PlaceRow]:
    for record in communes:
        yield PlaceRow(
            code=code_of(record["code"]),
            en=record["name_fr"],
            fr=record["name_fr"],
            ar=record["name_ar"],
            kind="commune",
            country=COUNTRY,
            region=region_of(record["code"]),
            province=province_of(record["code"]),
            lat=float(record["lat"]),
            lon=float(record["lon"]),
            radius_km=float(record["radius_km"] or 0),
            population=int(record["population_2024"] or 0),
            urban=record["type"] == "urban",
        )


# The tables with one name a row, and what sort of name it is.
NAME_TABLES = (
    ("own_quarters", NameKind.QUARTER),
    ("own_districts", NameKind.DISTRICT),
    ("ma_aliases", NameKind.ALIAS),
    ("own_aliases", NameKind.ALIAS),
)


def other_names() -> Iterator[Name]:
    """Every name beside the communes' own, the surest first."""
    for table, kind in (("ma_arrondissements", NameKind.DISTRICT), ("ma_urban_centres", NameKind.CENTRE)):
        for record in read_table(table):
            for text in (record["name_fr"], record["name_ar"]):
                if text not in EVERYWHERE:
                    yield text, code_of(record["commune_code"]), kind
    for table, kind in NAME_TABLES:
        for record in read_table(table):
            if kind is NameKind.QUARTER or record["name"] not in NO_NAMES | NAMES_ABROAD:
                yield record["name"], code_of(record["commune_code"]), kind
    yield from geonames_names()


def geonames_names() -> Iterator[Name]:
    corrected = {record["geonames_id"]: record["commune_code"] for record in read_table("own_corrections")}
    for record in read_table("ma_places_geonames"):
        commune = corrected.get(record["geonames_id"], record["commune_code"])
        if commune:
            for text in (record["name"], *filter(None, record["alternates"].split("|"))):
                if text not in NO_NAMES | NAMES_ABROAD:
                    yield text, code_of(commune), NameKind.LOCALITY


def own_names_only(
    rows: list[PlaceRow], names: Iterable[tuple[str, str, NameKind]]
) -> Iterator[tuple[str, str, NameKind]]:
    """The names that are not another commune's official one: everywhere, for an alias in the same province. Quarters
    may bear any name, since they answer only beside a column that supports them."""
    holders: defaultdict[str, set[PlaceRow]] = defaultdict(set)
    by_code = {row.code: row for row in rows}
    for row in rows:
        for text in (row.fr, row.ar):
            holders[folded_key(text)].add(row)
    for text, code, kind in names:
        others = {row for row in holders[folded_key(text)] if row.code != code}
        if kind is NameKind.QUARTER:
            others = set()
        if kind is NameKind.ALIAS:
            others = {row for row in others if row.province == by_code[code].province}
        if not others or by_code[code] in holders[folded_key(text)]:
            yield text, code, kind


def area_of(code: str, kind: str, name: Text, parent: str, seat: str, point: Point, rows: list[PlaceRow]) -> Area:
    reach = max(great_circle_km(point, Point(row.lat, row.lon)) + row.radius_km for row in rows)
    people = sum(row.population for row in rows)
    return Area(
        code=code,
        kind=kind,
        name=name,
        parent=parent,
        seat=seat,
        point=point,
        radius_km=round(reach, 1),
        population=people,
    )


def areas(rows: list[PlaceRow]) -> Iterator[Area]:
    yield Area(code=COUNTRY, kind="country", name=Text("Morocco", "Maroc", "المغرب"))
    provinces = [record for record in read_table("ma_provinces") if len(record["code"]) == 6]
    for record in read_table("ma_regions"):
        code = region_of(record["code"])
        inside = [row for row in rows if row.region == code]
        yield area_of(
            code,
            "region",
            Text(record["name_en"], record["name_fr"], record["name_ar"]),
            COUNTRY,
            code_of(SEATS[record["code"]]),
            Point(float(record["lat"]), float(record["lon"])),
            inside,
        )
    for record in provinces:
        inside = [row for row in rows if row.province == record["code"]]
        yield area_of(
            record["code"],
            "province",
            Text(record["name_fr"], record["name_fr"], record["name_ar"]),
            region_of(record["code"]),
            code_of(record["seat_commune_code"]),
            Point(float(record["lat"]), float(record["lon"])),
            inside,
        )


def smaller_areas(rows: list[PlaceRow]) -> Iterator[Area]:
    """Cercles, the prefectures inside Casablanca, city districts and urban centres: what a code may name."""
    by_name = {(row.province, folded_key(row.fr)): row.code for row in rows}
    communes = {record["code"]: record["cercle_code"] for record in read_table("ma_communes")}
    for record in read_table("ma_cercles"):
        code, name = record["code"], Text(record["name_fr"], record["name_fr"], record["name_ar"])
        inside = [row for row in rows if communes[row.code.partition(":")[2]] == code]
        seat = by_name.get((record["province_code"], folded_key(record["name_fr"])), "")
        yield area_of(code, "cercle", name, province_of(code), seat, middle_of(inside), inside)
    districts = read_table("ma_arrondissements")
    for record in read_table("ma_provinces"):
        if len(record["code"]) > 6:
            within = [one for one in districts if one["code"].startswith(record["code"][:-1])]
            yield spot(record, "prefecture", record["seat_commune_code"], mean_of(within))
    for record in districts:
        yield spot(record, "district", record["commune_code"], mean_of([record]))
    numbers: Counter[str] = Counter()
    for record in read_table("ma_urban_centres"):
        commune = record["commune_code"]
        numbers[commune] += 1  # HCP's centres have no code of their own
        yield spot({**record, "code": f"{commune}.c{numbers[commune]}"}, "centre", commune, mean_of([record]))


def spot(record: Record, kind: str, commune: str, point: Point) -> Area:
    return Area(
        code=record["code"],
        kind=kind,
        name=Text(record["name_fr"], record["name_fr"], record["name_ar"]),
        parent=province_of(commune),
        seat=code_of(commune),
        point=point,
        population=int(record.get("population_2024") or 0),
    )


def middle_of(rows: list[PlaceRow]) -> Point:
    """The mean of the points of some places."""
    lats, lons = sum(row.lat for row in rows), sum(row.lon for row in rows)
    return Point(round(lats / len(rows), 5), round(lons / len(rows), 5))


def mean_of(records: list[Record]) -> Point:
    lats = [float(record["lat"]) for record in records]
    lons = [float(record["lon"]) for record in records]
    return Point(round(sum(lats) / len(lats), 5), round(sum(lons) / len(lons), 5))


def area_names() -> Iterator[AreaName]:
    for text in ("Maroc", "Morocco", "Marruecos", "Marokko", "Marocco", "MAR", "المغرب"):
        yield AreaName(text, (COUNTRY,))
    # Forms written elsewhere name a country of their own; for HCP these are regions 10 to 12.
    for text in ("Sahara occidental", "Western Sahara", "Sahara", "الصحراء الغربية", "EH", "ESH"):
        yield AreaName(text, ("MA-10", "MA-11", "MA-12"))
    for record in read_table("ma_regions"):
        yield AreaName(record["code"], (region_of(record["code"]),))
    for record in read_table("ma_provinces"):
        province = province_of(record["code"])
        for text in (record["iso3166_2"], record["name_fr"], record["name_ar"]):
            if text:
                yield AreaName(text, (province,))
    for record in read_table("own_area_names"):
        yield AreaName(record["name"], tuple(record["codes"].split("|")))


def built_index() -> PlaceIndex:
    rows = list(place_rows(read_table("ma_communes")))
    names = own_names_only(rows, other_names())
    return index_of("morocco", VERSION, COUNTRY, rows, names, (*areas(rows), *smaller_areas(rows)), area_names())


def main() -> None:
    index = built_index()
    target = HERE / "eventops_morocco" / "data" / "morocco.places"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(packed_index(index))
    print(f"{target.name}: {len(index.rows)} communes, {len(index.targets)} names, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
