import pytest
from hypothesis import given, strategies as st

from eventops.domain.places import Point
from eventops.domain.placing.distance import great_circle_km, road_km, travel_minutes

lengths = st.floats(min_value=0, max_value=20_000)


def test_the_road_is_estimated_by_distance_class() -> None:
    assert [round(road_km(km), 1) for km in (0, 10, 20, 50, 100, 200)] == [0, 13.5, 27, 64, 122, 240]


def test_the_time_is_estimated_by_distance_class() -> None:
    assert [travel_minutes(km) for km in (0, 10, 50, 104, 240, 600)] == [0, 20, 60, 96, 192, 450]


@given(lengths, lengths)
def test_a_longer_line_is_never_a_shorter_road_nor_a_shorter_time(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert (road_km(near) <= road_km(far), travel_minutes(near) <= travel_minutes(far)) == (True, True)


@given(lengths)
def test_the_road_is_never_shorter_than_the_line(km: float) -> None:
    assert road_km(km) >= km


def test_the_sphere_is_measured_with_its_mean_radius() -> None:
    quarter = great_circle_km(Point(0, 0), Point(0, 90))
    assert quarter == pytest.approx(10_007.557, abs=0.001)


def test_antipodes_are_half_a_great_circle_apart() -> None:
    assert great_circle_km(Point(90, 0), Point(-90, 0)) == pytest.approx(20_015.115, abs=0.001)
