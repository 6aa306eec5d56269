from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, strategies as st
from msgspec import Struct

from eventops.domain.places import OLDER_COLUMNS, Placement, PlacementStatus, Point
from eventops.domain.placing.judgement import DISAGREES
from eventops.domain.placing.matching import (
    Area,
    AreaName,
    NameKind,
    PlaceIndex,
    PlaceQuery,
    PlaceRow,
    country_of_text,
    index_of,
    pin_key,
    place_by_code,
    placements,
    province_of_text,
    region_of_text,
)
from eventops.domain.placing.place_index import rekeyed
from eventops.domain.texts import Text


def row(code: str, fr: str, ar: str, lat: float, lon: float, population: int = 10_000, urban: bool = False) -> PlaceRow:
    """A place of Atlantis, whose codes are region.province.number."""
    region, province, _ = code.split(".")
    return PlaceRow(
        f"XA:{code}",
        fr,
        fr,
        ar,
        "commune",
        "XA",
        f"XA-{region}",
        f"{region}.{province}",
        lat,
        lon,
        5.0,
        population,
        urban,
    )


@cache
def atlantis() -> PlaceIndex:
    """Two regions; Marsa bears two communes' name; Port Royal has a district, Old Town, and an old name, Fort Louis."""
    rows = (
        row("1.1.1", "Port Royal", "الميناء الملكي", 30.0, -30.0, 500_000, urban=True),
        row("1.1.2", "Vallée Verte", "الوادي الأخضر", 30.1, -30.1, 8_000),
        row("1.2.1", "Marsa", "المرسى", 30.5, -30.5),
        row("1.2.2", "Sidi Slimane", "سيدي سليمان", 30.6, -30.6, 60_000, urban=True),
        row("2.1.1", "Marsa", "المرسى", 35.0, -35.0),
        row("2.1.2", "Sidi Slimane Cheraa", "سيدي سليمان شراعة", 35.1, -35.1),
        row("2.1.3", "Bellune", "بلون", 35.2, -35.2, 90_000, urban=True),
    )
    names = (
        ("Old Town", "XA:1.1.1", NameKind.DISTRICT),
        ("Fort Louis", "XA:1.1.1", NameKind.ALIAS),
    )
    areas = (
        Area(code="XA", kind="country", name=Text("Atlantis", "Atlantide", "أطلنتس")),
        Area(code="XA-1", kind="region", name=Text("North Coast", "Côte Nord"), parent="XA", seat="XA:1.1.1"),
        Area(code="XA-2", kind="region", name=Text("Inland", "Intérieur"), parent="XA", seat="XA:2.1.3"),
        Area(code="1.1", kind="province", name=Text("Royal"), parent="XA-1", seat="XA:1.1.1"),
        Area(code="1.2", kind="province", name=Text("Slimania"), parent="XA-1", seat="XA:1.2.2"),
        Area(
            code="2.1",
            kind="province",
            name=Text("Bellune"),
            parent="XA-2",
            seat="XA:2.1.3",
            point=Point(35.1, -35.1),
            radius_km=40.0,
        ),
    )
    area_names = (AreaName("Old Kingdom", ("1.1", "1.2")),)
    return index_of("atlantis", "1", "XA", rows, names, areas, area_names)


@cache
def world() -> PlaceIndex:
    def city(code: str, name: str, country: str, region: str, population: int, lat: float, lon: float) -> PlaceRow:
        return PlaceRow(f"{country}:{code}", name, "", "", "city", country, region, "", lat, lon, 0.0, population, True)

    rows = (
        city("1", "Lutetia", "XF", "XF-1", 2_000_000, 48.0, 2.0),
        city("2", "Lutetia", "XU", "XU-1", 20_000, 33.0, -95.0),
        city("3", "Smallham", "XU", "XU-1", 20_000, 34.0, -95.0),
        city("4", "Twinford", "XF", "XF-1", 300_000, 45.0, 3.0),
        city("5", "Twinford", "XU", "XU-1", 200_000, 35.0, -96.0),
        city("6", "Marsa", "XF", "XF-1", 400_000, 44.0, 3.0),
        city("7", "Port Royal", "XA", "", 500_000, 30.0, -30.0),
        city("8", "東京", "XJ", "", 9_000_000, 35.0, 139.0),
        city("9", "上海", "XJ", "", 9_000_000, 31.0, 121.0),
    )
    areas = tuple(
        Area(code=code, kind="country", name=Text(en, fr))
        for code, en, fr in (
            ("XF", "Gaul", "Gaule"),
            ("XU", "Utopia", "Utopie"),
            ("XA", "Atlantis", ""),
            ("XJ", "East", ""),
        )
    )
    regions = (
        Area(code="XF-1", kind="region", name=Text("Center Gaul"), parent="XF", seat="XF:1", point=Point(48, 2)),
    )
    return index_of(
        "world", "7", "", rows, (("Parisii", "XF:1", NameKind.ALIAS),), (*areas, *regions), texts_kept=False
    )


def placed(text: str, province: str = "", region: str = "", country: str = "") -> Placement:
    return placed_query(PlaceQuery(text, province, region, country))


def placed_query(query: PlaceQuery) -> Placement:
    return placements([query], (world(), atlantis()), home_country="XA")[query]


def outcome(placement: Placement) -> tuple[str, str, str]:
    code = placement.place.code if placement.place else " ".join(one.place.code for one in placement.candidates)
    return placement.status.value, code, placement.level


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("Port Royal", "XA:1.1.1", "exact"),
        ("  PORT-ROYAL ", "XA:1.1.1", "folded"),
        ("PortRoyal", "XA:1.1.1", "compact"),
        ("الوادى الاخضر", "XA:1.1.2", "folded"),
        ("Fort Louis", "XA:1.1.1", "alias"),
        ("Old Town", "XA:1.1.1", "district"),
        ("Belunne", "XA:2.1.3", "consonants"),
        ("Valllée Vetre", "XA:1.1.2", "edit"),
        ("Port Royal الميناء الملكي", "XA:1.1.1", "exact"),
        ("Old Town, Port Royal", "XA:1.1.1", "exact"),
        ("Hay Sud, Port Royal", "XA:1.1.1", "exact"),
        ("Vallée Verte, Port Royal", "XA:1.1.2", "exact"),
        ("Vallée Verte (province de Royal)", "XA:1.1.2", "exact"),
        ("Vallée Verte, Atlantide", "XA:1.1.2", "exact"),
        ("Port Royal quartier du phare", "XA:1.1.1", "words"),
        ("Marsa, Bellune", "XA:2.1.1", "exact"),
        ("Sidi Slimane", "XA:1.2.2", "exact"),
        ("Sidi Slimane, Bellune", "XA:2.1.2", "part"),
        ("Lutetia, Gaule", "XF:1", "folded"),
        ("Parisii", "XF:1", "alias"),
        ("Twinford, Utopie", "XU:5", "folded"),
        ("Marsa, Gaule", "XF:6", "folded"),
        ("東京", "XJ:8", "folded"),
    ],
)
def test_a_text_finds_its_place(text: str, code: str, level: str) -> None:
    assert outcome(placed(text)) == ("matched", code, level)


@pytest.mark.parametrize(
    ("columns", "code", "hint"),
    [
        ({"province": "Bellune"}, "XA:2.1.1", "province"),
        ({"province": "Belune"}, "XA:2.1.1", "province"),
        ({"province": "province de Slimania"}, "XA:1.2.1", "province"),
        ({"region": "Cote nord"}, "XA:1.2.1", "region"),
        ({"region": "XA-2"}, "XA:2.1.1", "region"),
        ({"region": "Bellune"}, "XA:2.1.1", "region"),
        ({"region": "Old Kingdom"}, "XA:1.2.1", "region"),
        ({"country": "Gaule"}, "XF:6", "country"),
        ({"country": "Atlantis", "region": "Inland"}, "XA:2.1.1", "country, region"),
    ],
)
def test_the_columns_beside_a_homonym_decide(columns: dict[str, str], code: str, hint: str) -> None:
    found = placed("Marsa", **columns)
    assert (found.place.code if found.place else "", found.hint) == (code, hint)


@pytest.mark.parametrize(
    ("text", "columns", "codes", "reason"),
    [
        ("Marsa", {}, "XA:1.2.1 XA:2.1.1", "More than one place fits this name."),
        (
            "Port Royal",
            {"region": "Inland"},
            "XA:1.1.1 XA:2.1.3",
            "The town and the province, region or country beside it do not agree.",
        ),
        (
            "Port Royal, Bellune",
            {},
            "XA:1.1.1 XA:2.1.3",
            "The town and the province, region or country beside it do not agree.",
        ),
        ("Route de Port Royal", {}, "XA:1.1.1", "Only a part of the text is the name of a known place."),
        ("Slimania", {}, "XA:1.2.2", "A province, region or country is named, not a town."),
        ("Smallham", {}, "XU:3", "A place abroad fits, but nothing says that this country is meant."),
        ("Twinford", {}, "XF:4 XU:5", "More than one place fits this name."),
        ("Lutetia", {}, "XF:1 XU:2", "More than one place fits this name."),
        ("Port Royal et Marsa", {}, "XA:1.1.1 XA:1.2.1 XA:2.1.1", "More than one place fits this name."),
        ("près de Port Royal", {}, "XA:1.1.1", "Only a part of the text is the name of a known place."),
        (
            "zzzz",
            {"province": "Bellune"},
            "XA:2.1.3 XA:2.1",
            "The town is not known; only the province, region or country beside it is.",
        ),
    ],
)
def test_what_is_not_certain_goes_to_a_person(text: str, columns: dict[str, str], codes: str, reason: str) -> None:
    found = placed(text, **columns)
    assert (*outcome(found)[:2], found.reason.en) == ("review", codes, reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "No town is written."),
        ("???", "No town is written."),
        ("n/a", "No known place has this name."),
        ("Atlantis", "A province, region or country is named, not a town."),
        ("xqzw", "No known place has this name."),
        ("大阪", "No known place has this name."),
        ("someone@example.org", "No known place has this name."),
        ("Rue", "No known place has this name."),
    ],
)
def test_nothing_is_guessed_for_a_text_that_names_no_place(text: str, reason: str) -> None:
    found = placed(text)
    assert (found.status, found.place, found.candidates, found.reason.en) == (
        PlacementStatus.UNRESOLVED,
        None,
        (),
        reason,
    )


def test_a_town_corrected_by_hand_is_believed_over_older_columns_and_says_so() -> None:
    stale = [placed_query(PlaceQuery("Port Royal", region="Inland", corrected=known)) for known in (False, True)]
    helped = placed_query(PlaceQuery("Marsa", province="Bellune", corrected=True))
    assert [(*outcome(one)[:2], one.reason.en) for one in (*stale, helped)] == [
        ("review", "XA:1.1.1 XA:2.1.3", DISAGREES.en),
        ("matched", "XA:1.1.1", OLDER_COLUMNS.en),
        ("matched", "XA:2.1.1", ""),
    ]


@pytest.mark.parametrize("text", ["Port Royal et Marsa", "Port Royal et Twinford", "Twinford & Port Royal"])
def test_two_towns_joined_by_and_are_never_one_answer(text: str) -> None:
    assert placed(text).status is PlacementStatus.REVIEW


def test_a_placement_records_everything_its_decision_needs() -> None:
    found = placed("marsa", province="Bellune")
    assert (
        found.text,
        found.level,
        found.score,
        found.hint,
        found.data,
        [one.place for one in found.candidates][:1],
    ) == (
        "marsa",
        "exact",
        1.0,
        "province",
        "atlantis 1",
        [found.place],
    )


def test_a_place_carries_the_names_of_its_areas() -> None:
    found = placed("Bellune").place
    assert found is not None
    assert (found.region, found.region_name, found.province, found.province_name, found.country, found.urban) == (
        "XA-2",
        Text("Inland", "Intérieur"),
        "2.1",
        Text("Bellune"),
        "XA",
        True,
    )


def test_a_choice_of_a_person_wins_for_every_column_unless_made_for_one() -> None:
    pins = {
        pin_key(PlaceQuery("Marsa")): "XA:2.1.1",
        pin_key(PlaceQuery("MARSA", region="Côte Nord")): "XA:1.2.1",
        pin_key(PlaceQuery("chez nous")): "XF:1",
    }
    queries = [PlaceQuery("marsa"), PlaceQuery("Marsa", country="Gaule"), PlaceQuery("Marsa", "", "cote nord")]
    found = placements([*queries, PlaceQuery("Chez nous")], (atlantis(), world()), pins=pins)
    assert [(one.place and one.place.code, one.level, one.hint) for one in found.values()] == [
        ("XA:2.1.1", "pinned", "pinned"),
        ("XA:2.1.1", "pinned", "pinned"),
        ("XA:1.2.1", "pinned", "pinned"),
        ("XF:1", "pinned", "pinned"),
    ]


def test_a_pin_to_a_place_that_is_gone_is_passed_over() -> None:
    query = PlaceQuery("Bellune")
    found = placements([query], (atlantis(), world()), pins={pin_key(query): "XA:9.9.9"})[query]
    assert outcome(found) == ("matched", "XA:2.1.3", "exact")


class Lazy(Struct, frozen=True):
    """A source that says when it is loaded."""

    name: str
    version: str
    country: str
    load: Callable[[], PlaceIndex]


def test_the_world_is_loaded_only_when_the_countries_do_not_answer() -> None:
    loaded: list[str] = []

    def source(index: PlaceIndex) -> Lazy:
        def load() -> PlaceIndex:
            loaded.append(index.name)
            return index

        return Lazy(index.name, index.version, index.country, load)

    sources = (source(world()), source(atlantis()))
    placements([PlaceQuery("Bellune", region="Inland"), PlaceQuery("Old Town, Port Royal")], sources)
    placements([PlaceQuery("Belunnne", country="Atlantis")], sources)
    before = list(loaded)
    placements([PlaceQuery("Lutetia"), PlaceQuery("Lutetia", country="Utopia")], sources)
    assert (before, loaded[2:]) == (["atlantis", "atlantis"], ["atlantis", "world"])


def test_the_worlds_own_view_of_a_country_with_an_index_is_left_out() -> None:
    only_world = placements([PlaceQuery("Port Royal")], (world(),))
    both = placements([PlaceQuery("Port Royall")], (world(), atlantis()))
    codes = [one.place.code for found in (*only_world.values(), *both.values()) for one in found.candidates]
    assert codes == ["XA:7", "XA:1.1.1"]


def test_a_distinct_query_is_answered_once() -> None:
    queries = [PlaceQuery("Bellune")] * 3
    assert [found.place and found.place.code for found in placements(queries, (atlantis(),)).values()] == ["XA:2.1.3"]


def test_places_and_areas_are_found_by_code() -> None:
    codes = ("XA:1.1.2", "XF:1", "XA:2.1", "XA:8", "ZZ:1")
    found = [place_by_code(code, (world(), atlantis())) for code in codes]
    assert [(one.name.en, one.kind, one.radius_km) if one else None for one in found] == [
        ("Vallée Verte", "commune", 5.0),
        ("Lutetia", "city", 0.0),
        ("Bellune", "province", 40.0),
        None,
        None,
    ]


def test_words_for_areas_lead_to_their_codes() -> None:
    indexes = (world(), atlantis())
    assert {
        "region": [
            region_of_text(text, indexes) for text in ("inland", "XA-1", "Slimania", "Old Kingdom", "Center Gaul", "?")
        ],
        "province": [
            province_of_text(text, indexes) for text in ("royal", "2.1", "Vallée Verte", "Marsa", "Old Kingdom")
        ],
        "country": [country_of_text(text, indexes) for text in ("Atlantide", "utopie", "XF", "nowhere")],
    } == {
        "region": ["XA-2", "XA-1", "XA-1", "XA-1", "XF-1", ""],
        "province": ["1.1", "2.1", "1.1", "", ""],
        "country": ["XA", "XU", "XF", ""],
    }


def test_an_index_with_older_keys_gets_those_of_today() -> None:
    index = atlantis()
    assert rekeyed(index) == index


@given(st.text(), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_words_have_an_outcome_that_holds_together(text: str, province: str, region: str, country: str) -> None:
    found = placed(text, province, region, country)
    matched = found.status is PlacementStatus.MATCHED
    assert (found.place is not None, found.text, len(found.candidates) <= 5) == (matched, text, True)
    assert matched or found.reason.en
    assert not (found.status is PlacementStatus.REVIEW and not found.candidates)


@given(st.text(alphabet=" -./?!،؛…*0123456789"))
def test_an_empty_key_matches_nothing(text: str) -> None:
    assert placed(text).status is PlacementStatus.UNRESOLVED


@given(st.sampled_from([one.fr for one in atlantis().rows]), st.integers(0, 3))
def test_case_and_blanks_do_not_matter(name: str, blanks: int) -> None:
    written = (" " * blanks + name.upper().replace(" ", " " * (blanks + 1))).ljust(30)
    assert placed(written).place == placed(name).place
