"""The rides of one hour as patterns, for a solver: which vehicle goes by which towns, and how many get in at each."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eventops.domain.hosting.pickups import ride_cost
from eventops.domain.hosting.pickups_fleet import Fleet
from eventops.domain.hosting.pickups_kept import towns_of
from eventops.domain.hosting.pickups_routes import Group, Wave, between_km, route_of
from eventops.domain.hosting.pickups_values import KeptRide, KeptStop, Vehicle

# Stops of one ride, and towns that are tried as the next after each.
MOST_STOPS = 4
NEXT_TOWNS = 3


class Kind(Struct, frozen=True, kw_only=True):
    """Vehicles of one kind that were on the road at the same times before."""

    vehicle: Vehicle
    units: tuple[int, ...]


class RidePattern(Struct, frozen=True, kw_only=True):
    """A kind of vehicle and the towns it goes by, by their numbers, from the farthest to the nearest. Units: `cost` in
    the currency."""

    kind: int
    towns: tuple[int, ...]
    cost: float


class WavePatterns(Struct, frozen=True, kw_only=True):
    """The model of one wave."""

    wave: Wave
    towns: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    patterns: tuple[RidePattern, ...]


def wave_patterns(fleet: Fleet, wave: Wave, plain: Sequence[KeptRide]) -> WavePatterns:
    """The rides that can be made in a wave: each vehicle alone to a town or by a few towns on one way. The `plain`
    rides are among them, so that no answer need be worse."""
    towns = tuple(towns_of(wave.groups).values())
    kinds = _kinds(fleet)
    number = {one.place.code: at for at, one in enumerate(towns)}
    ways = dict.fromkeys(_ways(towns, max(one.longest_ride_minutes for one in fleet.vehicles)))
    for ride in plain:
        if (ride.direction, ride.at) == (wave.direction, wave.at):
            ways[tuple(dict.fromkeys(number[stop.place] for stop in ride.stops))] = None
    patterns: list[RidePattern] = []
    for way in ways:
        for at, kind in enumerate(kinds):
            route = route_of(tuple(towns[town] for town in way), kind.vehicle.boarding_minutes)
            on_time = route.minutes <= kind.vehicle.longest_ride_minutes
            if on_time and fleet.can(kind.vehicle, kind.units[0], wave, route):
                patterns.append(RidePattern(kind=at, towns=way, cost=float(ride_cost(kind.vehicle, route))))
    return WavePatterns(wave=wave, towns=towns, kinds=kinds, patterns=tuple(patterns))


def rides_from(model: WavePatterns, counts: Sequence[int], seats: Sequence[Sequence[int]]) -> list[KeptRide]:
    """The rides of an answer: how often each pattern is used, and how many get in at each of its towns. Those of
    several vehicles on one way are shared out evenly."""
    free = [list(kind.units) for kind in model.kinds]
    rides: list[KeptRide] = []
    for pattern, count, own in zip(model.patterns, counts, seats, strict=True):
        waiting = list(own)
        for left in range(count, 0, -1):
            room = -(-sum(waiting) // left)
            stops: list[KeptStop] = []
            for at, town in enumerate(pattern.towns):
                taken = min(room, waiting[at])
                waiting[at] -= taken
                room -= taken
                if taken:
                    stops.append(KeptStop(place=model.towns[town].place.code, seats=taken))
            if stops:
                rides.append(
                    KeptRide(
                        vehicle=model.kinds[pattern.kind].vehicle.id,
                        unit=free[pattern.kind].pop(0),
                        direction=model.wave.direction,
                        at=model.wave.at,
                        stops=tuple(stops),
                    )
                )
    return rides


def _kinds(fleet: Fleet) -> tuple[Kind, ...]:
    """Vehicles with the same trips behind them, together."""
    kinds: list[Kind] = []
    for vehicle in fleet.vehicles:
        alike: dict[object, list[int]] = {}
        for unit in range(1, vehicle.count + 1):
            alike.setdefault(fleet.trips[vehicle.id, unit], []).append(unit)
        kinds += [Kind(vehicle=vehicle, units=tuple(units)) for units in alike.values()]
    return tuple(kinds)


def _next_towns(start: Group, towns: Sequence[Group]) -> list[int]:
    """The numbers of the towns nearer to the venue that are least out of the way from another."""
    detours = (
        (between_km(start.place.point, to.place.point) + to.venue_km, number)
        for number, to in enumerate(towns)
        if to.venue_km < start.venue_km
    )
    return [number for _, number in sorted(detours)[:NEXT_TOWNS]]


def _ways(towns: Sequence[Group], longest: int) -> Iterator[tuple[int, ...]]:
    """Ways by one town or several, each next one nearer to the venue and little out of the way."""
    nearer = [_next_towns(one, towns) for one in towns]
    ways: list[tuple[int, ...]] = [(at,) for at in range(len(towns))]
    for _ in range(MOST_STOPS):
        ways = [way for way in ways if route_of(tuple(towns[at] for at in way), 0).minutes <= longest]
        yield from ways
        ways = [(*way, following) for way in ways for following in nearer[way[-1]]]
