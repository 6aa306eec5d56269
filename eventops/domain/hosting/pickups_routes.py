"""Who may be fetched together: groups of one town and hour, and the routes that join them by savings."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from eventops.domain.places import Place, Point
from eventops.domain.placing.distance import great_circle_km, road_km, travel_minutes
from eventops.domain.rules import Journey

VEHICLE = "vehicle"
# Ways of travelling that a shared vehicle may take the place of.
REPLACEABLE = ("public_transport", VEHICLE)


class Group(Struct, frozen=True, kw_only=True):
    """People of one town who travel at one time, no more than one vehicle holds. Units: the way from there to the
    venue, by road."""

    place: Place
    people: tuple[str, ...]
    venue_km: float
    venue_minutes: int


class Wave(Struct, frozen=True, kw_only=True):
    """All who must be there, or leave, at one time."""

    direction: str
    at: datetime
    groups: tuple[Group, ...]


class Route(Struct, frozen=True, kw_only=True):
    """Groups in the order they are fetched. Units: `km` from the first stop, `minutes` the ride of the first group."""

    groups: tuple[Group, ...]
    km: float
    minutes: int

    @property
    def people(self) -> int:
        """Everybody in it."""
        return sum(len(one.people) for one in self.groups)


def waves_of(journeys: Sequence[Journey], largest: int) -> tuple[Wave, ...]:
    """Everybody who may be fetched, by direction and hour, then by town, in groups one vehicle holds."""
    towns: dict[tuple[str, datetime], dict[str, list[Journey]]] = {}
    for one in journeys:
        if one.mode in REPLACEABLE and one.origin is not None:
            at = one.arrives_at if one.direction == "there" else one.leaves_at
            towns.setdefault((one.direction, at), {}).setdefault(one.origin.code, []).append(one)
    waves: list[Wave] = []
    for (direction, at), by_town in sorted(towns.items(), key=lambda one: (one[0][1], one[0][0])):
        groups: list[Group] = []
        for _, some in sorted(by_town.items()):
            first = some[0]
            assert first.origin is not None
            people = [one.participant_id for one in some]
            groups += [
                Group(
                    place=first.origin,
                    people=tuple(people[start : start + largest]),
                    venue_km=first.road_km,
                    venue_minutes=first.travel_minutes,
                )
                for start in range(0, len(people), largest)
            ]
        waves.append(Wave(direction=direction, at=at, groups=tuple(groups)))
    return tuple(waves)


def routes_by_savings(groups: Sequence[Group], longest: int, largest: int, boarding: int) -> list[Route]:
    """The groups joined into routes, the greatest saving of kilometres first, as far as a vehicle holds them and the
    first to get in rides no longer than `longest`. Groups too far for any ride are left out."""
    routes = {at: route_of((one,), boarding) for at, one in enumerate(groups)}
    where = {at: at for at in routes}
    near: list[tuple[float, int, int]] = []
    for at, one in enumerate(groups):
        for other, to in enumerate(groups):
            if at != other:
                saving = one.venue_km - between_km(one.place.point, to.place.point)
                if saving > 0:
                    near.append((-round(saving, 6), at, other))
    for _, at, other in sorted(near):
        first, second = where[at], where[other]
        if (
            first == second
            or routes[first].groups[-1] is not groups[at]
            or routes[second].groups[0] is not groups[other]
        ):
            continue
        if routes[first].people + routes[second].people > largest:
            continue
        joined = route_of((*routes[first].groups, *routes[second].groups), boarding)
        if joined.minutes > longest:
            continue
        routes[first] = joined
        del routes[second]
        for member, route in where.items():
            if route == second:
                where[member] = first
    return [routes[at] for at in sorted(routes)]


def between_km(one: Point, other: Point) -> float:
    """The road between two towns, an estimate."""
    return road_km(great_circle_km(one, other))


def route_of(groups: tuple[Group, ...], boarding: int) -> Route:
    km, minutes = groups[-1].venue_km, groups[-1].venue_minutes + boarding
    for one, following in pairwise(groups):
        leg = between_km(one.place.point, following.place.point)
        km += leg
        minutes += travel_minutes(leg) + boarding
    return Route(groups=groups, km=km, minutes=minutes)
