"""Which vehicle is on the road when: none makes two rides at one time, nor without the time to drive to the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from eventops.domain.hosting.pickups_routes import Route, Wave, between_km, route_of
from eventops.domain.hosting.pickups_values import Vehicle
from eventops.domain.places import Point
from eventops.domain.placing.distance import travel_minutes


class Taken(Struct, frozen=True, kw_only=True):
    """A vehicle, which of its kind, and the way it goes."""

    vehicle: Vehicle
    unit: int
    route: Route


class Trip(Struct, frozen=True, kw_only=True):
    """When and where a vehicle sets out with passengers, and when and where it has put down the last."""

    starts_at: datetime
    ends_at: datetime
    starts: Point
    ends: Point


def trip_of(vehicle: Vehicle, wave: Wave, route: Route, venue: Point) -> Trip:
    """The trip a vehicle makes for a route: it ends at the hour of the wave, or begins then on the way back."""
    ride = timedelta(minutes=route_of(route.groups, vehicle.boarding_minutes).minutes)
    farthest = route.groups[0].place.point
    if wave.direction == "there":
        return Trip(starts_at=wave.at - ride, ends_at=wave.at, starts=farthest, ends=venue)
    return Trip(starts_at=wave.at, ends_at=wave.at + ride, starts=venue, ends=farthest)


def follows(first: Trip, second: Trip) -> bool:
    """Whether one vehicle can make the second trip after the first: the empty way between them counts."""
    if first.ends_at > second.starts_at:
        return False
    return first.ends_at + timedelta(minutes=travel_minutes(between_km(first.ends, second.starts))) <= second.starts_at


class Fleet:
    """The vehicles with the trips of the waves before; in a wave each makes one at most."""

    def __init__(self, vehicles: Sequence[Vehicle], venue: Point) -> None:
        self.vehicles = tuple(vehicles)
        self.venue = venue
        self.trips: dict[tuple[str, int], tuple[Trip, ...]] = {
            (one.id, unit): () for one in vehicles for unit in range(1, one.count + 1)
        }

    def can(self, vehicle: Vehicle, unit: int, wave: Wave, route: Route) -> bool:
        """Whether this vehicle is back in time from everything before, and on time for it."""
        before = self.trips.get((vehicle.id, unit))
        if before is None:
            return False
        trip = trip_of(vehicle, wave, route, self.venue) if before else None
        return trip is None or all(follows(one, trip) or follows(trip, one) for one in before)

    def unit(self, vehicle: Vehicle, wave: Wave, route: Route, taken: Sequence[Taken]) -> int | None:
        """The first vehicle of a kind that is free for a route beside those taken in this wave."""
        used = {one.unit for one in taken if one.vehicle.id == vehicle.id}
        units = (unit for unit in range(1, vehicle.count + 1) if unit not in used)
        return next((unit for unit in units if self.can(vehicle, unit, wave, route)), None)

    def keep(self, wave: Wave, taken: Sequence[Taken]) -> None:
        """The wave is done: its trips count from now on."""
        for one in taken:
            trip = trip_of(one.vehicle, wave, one.route, self.venue)
            self.trips[one.vehicle.id, one.unit] += (trip,)
