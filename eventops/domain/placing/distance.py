"""Distances that need no ellipsoid: the sphere, and estimates of the road and of the time it takes."""

import math

from eventops.domain.places import Point

EARTH_RADIUS_KM = 6371.0088

# (up to this straight line in km, road kilometres per straight kilometre). Short ways wind more. Measured on
# 56 Moroccan pairs: mean error 9 % on the plain; mountain roads reach 1.8.
ROAD_FACTORS = ((20.0, 1.35), (60.0, 1.28), (150.0, 1.22), (math.inf, 1.2))

# (up to this road distance in km, mean speed in km/h, door to door, by train, coach or shared taxi).
ROAD_SPEEDS = ((20.0, 30.0), (60.0, 50.0), (150.0, 65.0), (400.0, 75.0), (math.inf, 80.0))

# Door to door by air: the ways to and from the airports and the waiting there, and the mean speed of a flight in km/h
# from gate to gate.
AIRPORT_MINUTES = 300
FLIGHT_SPEED = 700.0


def great_circle_km(a: Point, b: Point) -> float:
    """The way over a sphere of mean radius; off by up to 0.6 % against the ellipsoid."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


# Where roads wind (mountains) they do so near home and near the venue: a long way runs on the plain beyond this many
# straight kilometres from each.
WINDING_KM = 150.0


def road_km(distance_km: float, factor: float = 0.0, ends: int = 1) -> float:
    """An estimate of the road from the straight line, by distance class; it never shrinks when the line grows.

    `factor`, road kilometres per straight kilometre, is that of the terrain where roads wind more than elsewhere, at
    one end of the way or at both.
    """
    plain = _by_class(distance_km, ROAD_FACTORS)
    near = min(distance_km, ends * WINDING_KM)
    return plain + max(0.0, near * factor - _by_class(near, ROAD_FACTORS))


def travel_minutes(road_km: float) -> int:
    """An estimate of the travel time from the road distance, door to door, by distance class, in whole minutes."""
    return round(60 * _by_class(road_km, tuple((upto, 1 / speed) for upto, speed in ROAD_SPEEDS)))


def flight_minutes(straight_km: float) -> int:
    """An estimate of the time by air from the straight line, door to door, in whole minutes."""
    return round(AIRPORT_MINUTES + 60 * straight_km / FLIGHT_SPEED)


def _by_class(length: float, classes: tuple[tuple[float, float], ...]) -> float:
    """The length times its class's factor, at least what the end of the class before gives."""
    least = 0.0
    for upto, factor in classes:
        if length <= upto:
            return max(least, length * factor)
        least = max(least, upto * factor)
    return least
