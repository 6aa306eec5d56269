import msgspec
import pytest
from hypothesis import given, strategies as st

from eventops.domain.places import Place
from eventops.domain.placing.distance import road_km, travel_minutes
from eventops.domain.placing.roads import Road, RoadBook, by_air, road_from, road_source_said
from eventops.testing.builders import CASABLANCA, OUEZZANE

lengths = st.floats(min_value=0, max_value=3000)


def winding(factor: float = 1.4) -> RoadBook:
    return RoadBook(factors={OUEZZANE.province: factor})


@pytest.mark.parametrize(
    ("place", "km", "road"),
    [(CASABLANCA, 100.0, 122.0), (OUEZZANE, 100.0, 140.0), (OUEZZANE, 10.0, 14.0), (OUEZZANE, 300.0, 387.0)],
)
def test_roads_wind_more_in_the_mountains_near_home(place: Place, km: float, road: float) -> None:
    assert road_from(place, km, winding()) == Road(km=pytest.approx(road), minutes=travel_minutes(road))


def test_roads_wind_near_a_venue_in_the_mountains_too_and_as_much_in_either_direction() -> None:
    to_the_plain = RoadBook(factors=winding().factors, venue=CASABLANCA)
    to_the_mountains = RoadBook(factors=winding().factors, venue=OUEZZANE)
    one_end = [road_from(OUEZZANE, 200.0, to_the_plain).km, road_from(CASABLANCA, 200.0, to_the_mountains).km]
    assert (one_end, road_from(OUEZZANE, 200.0, to_the_mountains).km) == (
        [pytest.approx(267.0), pytest.approx(267.0)],
        pytest.approx(280.0),
    )


def test_the_factor_of_a_region_holds_where_its_province_has_none() -> None:
    book = RoadBook(factors={OUEZZANE.region: 1.5})
    assert road_from(OUEZZANE, 100.0, book).km == pytest.approx(150.0)


def test_a_known_road_wins_and_says_where_it_comes_from() -> None:
    book = RoadBook(known={OUEZZANE.code: Road(km=212.0, source="known roads.csv")}, factors={OUEZZANE.province: 1.4})
    assert road_from(OUEZZANE, 180.0, book) == Road(km=212.0, minutes=travel_minutes(212.0), source="known roads.csv")


def test_a_known_time_is_kept() -> None:
    book = RoadBook(known={OUEZZANE.code: Road(km=212.0, minutes=170, source="osrm.table")})
    assert road_from(OUEZZANE, 180.0, book).minutes == 170


def test_a_known_road_grows_with_the_radius_of_its_place_as_the_estimate_does() -> None:
    book = RoadBook(known={OUEZZANE.code: Road(km=200.0, minutes=160, source="osrm.table")})
    near, far = (road_from(OUEZZANE, km, book, of_km=180.0) for km in (170.0, 190.0))
    assert (near.km, far.km, far.minutes) == (pytest.approx(188.0), pytest.approx(212.0), 170)


@given(lengths, lengths, st.floats(min_value=0, max_value=2))
def test_a_longer_line_is_never_a_shorter_road_on_any_terrain(one: float, other: float, factor: float) -> None:
    near, far = sorted((one, other))
    assert road_km(near, factor) <= road_km(far, factor) + 1e-9


def test_the_source_of_a_road_is_said_in_words() -> None:
    assert [str(road_source_said(one)) for one in ("estimate", "known roads.csv", "known", "osrm.table")] == [
        "an estimate",
        "known, from roads.csv",
        "known, from -",
        "routed by osrm.table",
    ]


def test_from_far_abroad_the_time_is_by_air_unless_somebody_knows_the_road() -> None:
    paris = msgspec.structs.replace(OUEZZANE, code="FR:1", country="FR", region="FR-IDF")
    known = RoadBook(known={"FR:1": Road(km=2200.0, minutes=1500, source="known roads.csv")})
    assert [by_air(paris, km, country) for km, country in ((1900.0, "MA"), (300.0, "MA"), (1900.0, "FR"))] == [
        True,
        False,
        False,
    ]
    assert [road_from(paris, 1900.0, book, country="MA").minutes for book in (RoadBook(), known)] == [463, 1500]
