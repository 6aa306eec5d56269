import csv
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from eventops_morocco import MOROCCO, load_places

from eventops import NameKind, OfflineGeocoder, Placement, PlaceQuery, Point, Text, folded_key, placements

PROJECT = Path(__file__).parent.parent


def rows_of(name: str) -> list[dict[str, str]]:
    with (PROJECT / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build_script() -> ModuleType:
    spec = spec_from_file_location("build_tables", PROJECT / "build_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["build_tables"] = module
    spec.loader.exec_module(module)
    return module


def placed(text: str, province: str = "", region: str = "", country: str = "") -> Placement:
    query = PlaceQuery(text, province, region, country)
    return placements([query], (MOROCCO,), home_country="MA")[query]


def code_of(placement: Placement) -> str:
    return placement.place.code if placement.place is not None else placement.status.value


def test_the_packaged_places_are_those_of_the_tables() -> None:
    assert load_places() == build_script().built_index()


def test_every_commune_province_and_region_is_there() -> None:
    index = load_places()
    kinds = Counter(area.kind for area in index.areas)
    smaller = {"cercle": 213, "prefecture": 8, "district": 41, "centre": 149}
    assert (len(index.rows), dict(kinds)) == (1503, {"country": 1, "region": 12, "province": 75, **smaller})


@pytest.mark.parametrize(
    ("code", "kind", "name", "province", "region"),
    [
        ("MA:06.461.15", "cercle", "Settat Chamalia", "06.461", "MA-06"),
        ("MA:06.141.01.20", "prefecture", "Aïn-Sebaâ-Hay Mohammadi", "06.141", "MA-06"),
        ("MA:04.421.01.06", "district", "Souissi", "04.421", "MA-04"),
        ("MA:01.051.09.13.c1", "centre", "Issaguen", "01.051", "MA-01"),
        ("MA:06.461", "province", "Settat", "06.461", "MA-06"),
    ],
)
def test_everything_with_a_code_is_found_by_it(code: str, kind: str, name: str, province: str, region: str) -> None:
    place = load_places().place_by_code(code)
    assert place is not None
    assert (place.code, place.kind, place.name.fr, place.province, place.region) == (code, kind, name, province, region)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Jebala", ["MA:01.571.03"]),
        ("cercle d’Oulmès", ["MA:04.291.05.11", "MA:04.291.05"]),
        ("province de Settat", ["MA:06.461.01.15", "MA:06.461"]),
        ("ⵔⴱⴰⵟ-ⵙⵍⴰ-ⵇⵏⵉⵟⵔⴰ", ["MA:04.421.01.0", "MA:04"]),
    ],
)
def test_an_area_is_offered_with_its_seat_and_never_taken_for_a_town(text: str, codes: list[str]) -> None:
    found = placed(text)
    assert (found.status.value, [one.place.code for one in found.candidates]) == ("review", codes)


def test_most_towns_are_found_in_tifinagh() -> None:
    written = {
        row["name"]: f"MA:{row['commune_code']}" for row in rows_of("ma_aliases") if "ⴰ" <= row["name"][0] <= "ⵥ"
    }
    right = sum(code_of(placed(text)) == code for text, code in written.items())
    assert (len(written) > 60, right / len(written) > 0.9) == (True, True)


def test_every_district_and_urban_centre_leads_to_its_commune() -> None:
    index = load_places()
    wanted = {
        (text, f"MA:{record['commune_code']}")
        for table in ("ma_arrondissements", "ma_urban_centres")
        for record in rows_of(table)
        for text in (record["name_fr"], record["name_ar"])
        if folded_key(text)
    }
    found = {(text, index.rows[row].code) for text, row in zip(index.texts, index.targets, strict=True)}
    official = {folded_key(text) for row in index.rows for text in (row.fr, row.ar)}
    assert {pair for pair in wanted - found if folded_key(pair[0]) not in official} == set()


def test_region_and_province_are_those_of_the_census_code() -> None:
    assert {
        row.code for row in load_places().rows if (row.region, row.province) != (f"MA-{row.code[3:5]}", row.code[3:9])
    } == set()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_commune_is_found_by_its_census_name_and_province(language: str) -> None:
    provinces = {record["code"]: record[f"name_{language}"] for record in rows_of("ma_provinces")}
    truth = {
        PlaceQuery(record[f"name_{language}"], provinces[record["province_code"]]): f"MA:{record['code']}"
        for record in rows_of("ma_communes")
    }
    found = placements(truth, (MOROCCO,), home_country="MA")
    wrong = {query.text: code_of(found[query]) for query, code in truth.items() if code_of(found[query]) != code}
    assert (len(truth), wrong) == (1503, {})


@pytest.mark.parametrize(("language", "names"), [("fr", 12), ("ar", 17)])
def test_every_name_two_communes_bear_goes_to_a_person(language: str, names: int) -> None:
    texts = [record[f"name_{language}"] for record in rows_of("ma_communes")]
    shared = {key for key, count in Counter(folded_key(text) for text in texts).items() if count > 1}
    found = {placed(text).status.value for text in texts if folded_key(text) in shared}
    assert (len(shared), found) == (names, {"review"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Casa", "MA:06.141.01.0"),
        ("casablanca", "MA:06.141.01.0"),
        ("Dar el Beida", "MA:06.141.01.0"),
        ("الدار البيضاء", "MA:06.141.01.0"),
        ("البيضاء", "MA:06.141.01.0"),
        ("كازا", "MA:06.141.01.0"),
        ("Temara", "MA:04.501.01.07"),
        ("Témara", "MA:04.501.01.07"),
        ("تمارة", "MA:04.501.01.07"),
        ("Sale", "MA:04.441.01.0"),
        ("Sidi Bennour", "MA:06.467.01.07"),
        ("سيدي بنور", "MA:06.467.01.07"),
        ("El Jadida", "MA:06.181.01.03"),
        ("Mazagan", "MA:06.181.01.03"),
        ("Khémisset", "MA:04.291.01.01"),
        ("Khemisset Chaouia", "MA:06.461.15.09"),
        ("لخميسات", "MA:04.291.01.01"),
        ("Bouznika", "MA:06.111.01.03"),
        ("Skhirat", "MA:04.501.01.05"),
        ("Port-Lyautey", "MA:04.281.01.01"),
        ("9nitra", "MA:04.281.01.01"),
        ("Kénirta", "MA:04.281.01.01"),
        ("Setat", "MA:06.461.01.15"),
        ("Mohamedia", "MA:06.371.01.01"),
        ("ⵜⵉⵣⵏⵉⵜ", "MA:09.581.01.07"),
        ("Hay Riad, Rabat", "MA:04.421.01.0"),
        ("حي الرياض الرباط", "MA:04.421.01.0"),
        ("Aïn Sebaâ", "MA:06.141.01.0"),
        ("Salé Tabriquet", "MA:04.441.01.0"),
        ("Bouskoura, Casablanca", "MA:06.385.01.01"),
        ("Témara, Rabat", "MA:04.501.01.07"),
        ("Oulad Said (province de Settat)", "MA:06.461.15.19"),
        ("Sidi Slimane", "MA:04.491.01.07"),
        ("Sidi Slimane, Berkane", "MA:02.113.01.29"),
        ("Rabat الرباط", "MA:04.421.01.0"),
    ],
)
def test_a_town_as_people_write_it_is_found(text: str, code: str) -> None:
    assert code_of(placed(text)) == code


@pytest.mark.parametrize(
    ("text", "columns", "code"),
    [
        ("Sidi Slimane", {"province": "Berkane"}, "MA:02.113.01.29"),
        ("Oulad Aissa", {"province": "El Jadida"}, "MA:06.181.05.03"),
        ("Oulad Aissa", {"province": "Taroudant"}, "MA:09.541.04.33"),
        ("Oulad Aissa", {"region": "Casablanca-Settat"}, "MA:06.181.05.03"),
        ("Sidi Bennour", {"province": "El Jadida"}, "MA:06.467.01.07"),
        ("Oulad Azzouz", {"region": "Chaouia-Ouardigha"}, "MA:05.311.05.15"),
        ("Laâyoune", {"country": "Sahara occidental"}, "MA:11.321.01.03"),
        ("Bouskoura", {"province": "Casablanca"}, "MA:06.385.01.01"),
    ],
)
def test_the_columns_beside_the_town_decide(text: str, columns: dict[str, str], code: str) -> None:
    assert code_of(placed(text, **columns)) == code


@pytest.mark.parametrize(
    "text",
    ["Agdal", "Rabat, Casablanca", "Rabat-Salé", "Skhirat-Temara", "Casablanca-Settat", "Bab Marrakech", "Oulad Aissa"],
)
def test_a_doubtful_town_goes_to_a_person(text: str) -> None:
    found = placed(text)
    assert (found.status.value, found.place, found.candidates != ()) == ("review", None, True)


def test_a_town_that_contradicts_its_region_is_offered_beside_that_region() -> None:
    found = placed("Casablanca", region="Rabat-Salé-Kénitra")
    codes = [one.place.code for one in found.candidates]
    assert (found.status.value, codes[0], codes[-2:]) == ("review", "MA:06.141.01.0", ["MA:04.421.01.0", "MA:04"])


@pytest.mark.parametrize("text", ["", "n/a", "Maroc", "azerty", "merci", "نعم", "جمعية", "janvier", "東京", "étudiant"])
def test_what_is_no_town_is_placed_nowhere(text: str) -> None:
    assert placed(text).place is None


def test_a_place_carries_names_areas_and_measures() -> None:
    place = placed("Bouznika").place
    assert place is not None
    assert (place.name, place.region_name, place.province_name, place.point, place.urban, place.radius_km) == (
        Text("Bouznika", "Bouznika", "بوزنيقة"),
        Text("Casablanca-Settat", "Casablanca-Settat", "الدار البيضاء-سطات"),
        Text("Benslimane", "Benslimane", "بنسليمان"),
        Point(33.78942, -7.15968),
        True,
        5.9,
    )


def test_no_name_of_a_quarter_is_the_official_name_of_another_commune() -> None:
    index = load_places()
    official = {folded_key(text): row.code for row in index.rows for text in (row.fr, row.ar)}
    quarters = {
        (text, index.rows[row].code)
        for text, row, kind in zip(index.texts, index.targets, index.kinds, strict=True)
        if kind == NameKind.DISTRICT
    }
    assert {pair for pair in quarters if official.get(folded_key(pair[0]), pair[1]) != pair[1]} == set()


def test_the_version_of_the_gazetteer_is_that_of_its_tables() -> None:
    assert (MOROCCO.version, MOROCCO.country) == (load_places().version, load_places().country)


def test_the_geocoder_knows_morocco_without_being_told() -> None:
    found = OfflineGeocoder().geocode("حد السوالم")
    assert found is not None
    assert not isinstance(found, list)
    assert (found.raw["code"], found.raw["region"], found.raw["status"]) == ("MA:06.117.01.09", "MA-06", "matched")


def test_most_towns_are_named_again_by_their_position() -> None:
    geocoder = OfflineGeocoder(gazetteers=(MOROCCO,))
    towns = [row for row in rows_of("ma_places_geonames") if row["commune_code"]]
    right = 0
    for row in towns:
        found = geocoder.reverse((float(row["lat"]), float(row["lon"])))
        assert not isinstance(found, list)
        right += found is not None and found.raw["code"] == f"MA:{row['commune_code']}"
    assert right / len(towns) > 0.9
