"""Accepted rides, filled with the people who travel now: seats go to whoever comes from a town at that hour."""

from collections.abc import Sequence

from msgspec.structs import replace

from eventops.domain.hosting.pickups_fleet import Fleet, Taken
from eventops.domain.hosting.pickups_routes import Group, Wave, route_of
from eventops.domain.hosting.pickups_values import KeptRide, Vehicle


def kept_rides(fleet: Fleet, wave: Wave, kept: Sequence[KeptRide]) -> tuple[list[Taken], Wave]:
    """The accepted rides of a wave that can still be made, and the wave of those who have no seat in them."""
    known = {one.id: one for one in fleet.vehicles}
    rides = [one for one in kept if (one.direction, one.at) == (wave.direction, wave.at) and one.vehicle in known]
    if not rides:
        return [], wave
    towns = towns_of(wave.groups)
    seats = _seats_given(rides, known, {code: len(town.people) for code, town in towns.items()})
    left = {code: town.people for code, town in towns.items()}
    taken: list[Taken] = []
    for ride, given in zip(rides, seats, strict=True):
        vehicle = known[ride.vehicle]
        groups = tuple(replace(towns[code], people=left[code][:count]) for code, count in given.items() if count)
        route = route_of(groups, vehicle.boarding_minutes) if groups else None
        if (
            route is None
            or not vehicle.least_passengers <= route.people <= vehicle.capacity
            or route.minutes > vehicle.longest_ride_minutes
            or any((one.vehicle.id, one.unit) == (vehicle.id, ride.unit) for one in taken)
            or not fleet.can(vehicle, ride.unit, wave, route)
        ):
            continue
        taken.append(Taken(vehicle=vehicle, unit=ride.unit, route=route))
        left |= {code: left[code][count:] for code, count in given.items() if count}
    largest = max(one.capacity for one in fleet.vehicles)
    rest = tuple(
        replace(towns[code], people=people[start : start + largest])
        for code, people in left.items()
        for start in range(0, len(people), largest)
    )
    return taken, replace(wave, groups=rest)


def towns_of(groups: Sequence[Group]) -> dict[str, Group]:
    """Everybody of a town as one group."""
    towns: dict[str, Group] = {}
    for one in groups:
        before = towns.get(one.place.code)
        towns[one.place.code] = one if before is None else replace(one, people=(*before.people, *one.people))
    return towns


def _seats_given(rides: Sequence[KeptRide], known: dict[str, Vehicle], waiting: dict[str, int]) -> list[dict[str, int]]:
    """How many each ride takes at each of its stops: as was meant, then whoever else waits there and finds a seat."""
    given: list[dict[str, int]] = []
    for ride in rides:
        own: dict[str, int] = {}
        for stop in ride.stops:
            seats = min(stop.seats, waiting.get(stop.place, 0))
            own[stop.place] = own.get(stop.place, 0) + seats
            waiting[stop.place] = waiting.get(stop.place, 0) - seats
        given.append(own)
    for ride, own in zip(rides, given, strict=True):
        spare = known[ride.vehicle].capacity - sum(own.values())
        for place in own:
            more = max(0, min(spare, waiting[place]))
            own[place] += more
            waiting[place] -= more
            spare -= more
    return given
