"""Measuring on the earth: the geodesic of the WGS84 ellipsoid (by geopy) and the great circle of a sphere."""

from eventops.domain.places import Point
from eventops.domain.placing.distance import great_circle_km, road_km
from eventops.domain.texts import Text
from eventops.extension.spec import Metric


def geodesic_km(a: Point, b: Point) -> float:
    """The shortest way over the WGS84 ellipsoid; about 0.1 ms a call: measure once per place."""
    # geopy takes a tenth of a second to import; most commands measure nothing.
    from geopy.distance import geodesic

    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).km)


def _geodesic(a: tuple[float, float], b: tuple[float, float]) -> float:
    return geodesic_km(Point(*a), Point(*b))


def _great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    return great_circle_km(Point(*a), Point(*b))


def _road(a: tuple[float, float], b: tuple[float, float]) -> float:
    return road_km(_geodesic(a, b))


STRAIGHT_LINE = Metric(
    name="straight_line",
    title=Text("Straight line (geodesic, WGS84 ellipsoid)"),
    distance_km=_geodesic,
)
GREAT_CIRCLE = Metric(
    name="great_circle",
    title=Text("Great circle (sphere; up to 0.6 % off the ellipsoid)"),
    distance_km=_great_circle,
)
ROAD_ESTIMATE = Metric(
    name="road_estimate",
    title=Text("By road (an estimate from the geodesic, by distance class)"),
    distance_km=_road,
    is_road=True,
)
