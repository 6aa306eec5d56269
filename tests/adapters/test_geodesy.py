import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from eventops.adapters.geodesy import GREAT_CIRCLE, STRAIGHT_LINE, geodesic_km
from eventops.domain.places import Point

FES, OUEZZANE = (34.03313, -5.00028), (34.79584, -5.57849)

points = st.builds(Point, st.floats(-89, 89), st.floats(-179, 179))


def test_fes_and_ouezzane_are_less_than_100_km_apart_on_the_ellipsoid_and_more_on_a_sphere() -> None:
    assert (round(STRAIGHT_LINE.distance_km(FES, OUEZZANE), 3), round(GREAT_CIRCLE.distance_km(FES, OUEZZANE), 3)) == (
        99.920,
        100.029,
    )


def test_a_metric_says_which_formula_it_is() -> None:
    assert [(metric.name, "ellipsoid" in metric.title.en) for metric in (STRAIGHT_LINE, GREAT_CIRCLE)] == [
        ("straight_line", True),
        ("great_circle", True),
    ]


@given(points, points)
def test_the_way_back_is_as_long(a: Point, b: Point) -> None:
    assert geodesic_km(a, b) == pytest.approx(geodesic_km(b, a), abs=1e-6)


@given(points, points)
def test_sphere_and_ellipsoid_differ_by_less_than_six_thousandths(a: Point, b: Point) -> None:
    on_sphere = GREAT_CIRCLE.distance_km((a.lat, a.lon), (b.lat, b.lon))
    assert geodesic_km(a, b) == pytest.approx(on_sphere, rel=0.006, abs=0.001)


def test_measuring_is_imported_only_when_something_is_measured() -> None:
    code = "import sys, eventops.adapters.geodesy; print('geopy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
