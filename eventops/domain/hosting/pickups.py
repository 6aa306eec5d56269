"""Who is fetched by which vehicle: towns along one way to the venue, by savings. Deterministic; obeys capacity, the
longest ride and the hour of arrival; says who has no seat and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.pickups_values import Pickups, Ride, Stop, TravelChoice, Unserved, Vehicle
from eventops.domain.money import Money, least_amounts, of_least, rounded
from eventops.domain.places import Place, Point
from eventops.domain.placing.distance import great_circle_km, road_km, travel_minutes
from eventops.domain.rules import Journey
from eventops.domain.texts import Message, Text

VEHICLE = "vehicle"
# Ways of travelling that a shared vehicle may take the place of.
REPLACEABLE = ("public_transport", VEHICLE)

TOO_LONG = Text("the ride of about {minutes} minutes is longer than the {longest} any vehicle may take")
NONE_LEFT = Text("every vehicle is full or under way")
TOO_FEW = Text("too few people travel that way at that time for a vehicle ({people})")
NO_PLACE = Text("the town is not settled")
UNFETCHED = Text("{person} is not fetched ({direction}): {reason}")
DIRECTIONS: Mapping[str, Text] = {"there": Text("on the way there"), "back": Text("on the way back")}


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


def chosen_ways(event: Event, journeys: Sequence[Journey], choices: Iterable[TravelChoice]) -> tuple[Journey, ...]:
    """The journeys with the mode, the number and the hour that were settled by hand."""
    settled = {(one.participant_id, one.direction): one for one in choices}
    result: list[Journey] = []
    for journey in journeys:
        person = journey.participant_id
        one = settled.get((person, journey.direction)) or settled.get((person, ""))
        if one is None:
            result.append(journey)
            continue
        made = replace(journey, mode=one.mode, carrier=one.carrier)
        if one.at is not None:
            ride = timedelta(minutes=journey.travel_minutes)
            there = journey.direction == "there"
            leaves_at = one.at - ride if there else one.at
            made = replace(made, leaves_at=leaves_at, arrives_at=leaves_at + ride)
        result.append(made)
    return tuple(result)


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


def pickups_of(event: Event, journeys: Sequence[Journey]) -> Pickups:
    """Every ride, wave by wave; each vehicle makes one ride a wave. Nothing without vehicles."""
    vehicles = [one for one in event.vehicles if one.count]
    if not vehicles:
        return Pickups()
    rides: list[Ride] = []
    unserved: list[Unserved] = []
    for wave in waves_of(journeys, max(one.capacity for one in vehicles)):
        some, left = _wave(vehicles, wave, len(rides), event.currency)
        rides += some
        unserved += left
    fetched = {(one, ride.direction) for ride in rides for one in ride.passengers}
    unserved += [
        Unserved(participant_id=one.participant_id, direction=one.direction, reason=Message(NO_PLACE))
        for one in journeys
        if one.mode == VEHICLE and one.origin is None and (one.participant_id, one.direction) not in fetched
    ]
    asked = {(one.participant_id, one.direction) for one in journeys if one.mode == VEHICLE}
    findings = tuple(_finding(one, (one.participant_id, one.direction) in asked) for one in unserved)
    return Pickups(rides=tuple(rides), unserved=tuple(unserved), findings=findings)


def ridden(event: Event, journeys: Sequence[Journey], pickups: Pickups) -> tuple[Journey, ...]:
    """The journeys of those who are fetched with the hours of their stop and their part of what the ride costs, to the
    last centime; whoever asked for a vehicle and has none goes by public transport."""
    stops = {
        (id, ride.direction): (ride, stop) for ride in pickups.rides for stop in ride.stops for id in stop.passengers
    }
    shares = {ride.id: _shares(ride, event.currency) for ride in pickups.rides}
    result: list[Journey] = []
    for journey in journeys:
        found = stops.get((journey.participant_id, journey.direction))
        if found is None:
            result.append(replace(journey, mode="public_transport") if journey.mode == VEHICLE else journey)
            continue
        ride, stop = found
        there = journey.direction == "there"
        leaves_at, arrives_at = (stop.at, ride.arrives_at) if there else (ride.leaves_at, stop.at)
        result.append(
            replace(
                journey,
                mode=VEHICLE,
                vehicle=ride.id,
                price=shares[ride.id][journey.participant_id],
                leaves_at=leaves_at,
                arrives_at=arrives_at,
                travel_minutes=round((arrives_at - leaves_at).total_seconds() / 60),
            )
        )
    return tuple(result)


def routes_by_savings(groups: Sequence[Group], longest: int, largest: int, boarding: int) -> list[Route]:
    """The groups joined into routes, the greatest saving of kilometres first, as far as a vehicle holds them and the
    first to get in rides no longer than `longest`. Groups too far for any ride are left out."""
    routes = {at: _route((one,), boarding) for at, one in enumerate(groups)}
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
        joined = _route((*routes[first].groups, *routes[second].groups), boarding)
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


def _route(groups: tuple[Group, ...], boarding: int) -> Route:
    km, minutes = groups[-1].venue_km, groups[-1].venue_minutes + boarding
    for one, following in pairwise(groups):
        leg = between_km(one.place.point, following.place.point)
        km += leg
        minutes += travel_minutes(leg) + boarding
    return Route(groups=groups, km=km, minutes=minutes)


def _wave(vehicles: Sequence[Vehicle], wave: Wave, before: int, currency: str) -> tuple[list[Ride], list[Unserved]]:
    """The rides of one wave. Routes without a vehicle are taken apart, and their towns look for a seat one by one."""
    longest = max(one.longest_ride_minutes for one in vehicles)
    largest = max(one.capacity for one in vehicles)
    boarding = min(one.boarding_minutes for one in vehicles)
    near = [one for one in wave.groups if one.venue_minutes + boarding <= longest]
    unserved = [
        Unserved(
            participant_id=person,
            direction=wave.direction,
            reason=Message(TOO_LONG, {"minutes": one.venue_minutes + boarding, "longest": longest}),
        )
        for one in wave.groups
        if one not in near
        for person in one.people
    ]
    free = {one.id: one.count for one in vehicles}
    taken: list[tuple[Vehicle, Route]] = []
    waiting = sorted(
        routes_by_savings(near, longest, largest, boarding), key=lambda one: (-one.people, one.groups[0].place.code)
    )
    loose: list[Group] = []
    for route in waiting:
        vehicle = _cheapest(vehicles, free, route)
        if vehicle is None:
            loose += route.groups
            continue
        free[vehicle.id] -= 1
        taken.append((vehicle, route))
    for group in sorted(loose, key=lambda one: (-len(one.people), one.place.code)):
        left = _fitted(vehicles, free, taken, group)
        reason = Message(TOO_FEW, {"people": len(left)}) if any(free.values()) else Message(NONE_LEFT)
        unserved += [Unserved(participant_id=person, direction=wave.direction, reason=reason) for person in left]
    numbered = enumerate(taken, start=before + 1)
    return [_ride(vehicle, route, wave, number, currency) for number, (vehicle, route) in numbered], unserved


def _cheapest(vehicles: Sequence[Vehicle], free: Mapping[str, int], route: Route) -> Vehicle | None:
    """The free vehicle that holds the route, rides no longer than it may, and costs least."""
    fitting = [
        one
        for one in vehicles
        if free[one.id]
        and one.least_passengers <= route.people <= one.capacity
        and _route(route.groups, one.boarding_minutes).minutes <= one.longest_ride_minutes
    ]
    return min(fitting, key=lambda one: (_cost(one, route), one.capacity, one.id), default=None)


def _fitted(
    vehicles: Sequence[Vehicle], free: dict[str, int], taken: list[tuple[Vehicle, Route]], group: Group
) -> tuple[str, ...]:
    """Puts a group into a vehicle that is free, or into seats left in one that is under way; who found none. A group
    may be parted here."""
    alone = _route((group,), 0)
    vehicle = _cheapest(vehicles, free, alone)
    if vehicle is not None:
        free[vehicle.id] -= 1
        taken.append((vehicle, alone))
        return ()
    people = group.people
    for at, (used, route) in enumerate(taken):
        seats = used.capacity - route.people
        if not people or seats <= 0:
            continue
        part = replace(group, people=people[:seats])
        choices = [
            _route((*route.groups[:place], part, *route.groups[place:]), used.boarding_minutes)
            for place in range(len(route.groups) + 1)
        ]
        fitting = [one for one in choices if one.minutes <= used.longest_ride_minutes]
        if fitting:
            best = min(fitting, key=lambda one: (one.km, one.minutes))
            taken[at] = (used, best)
            people = people[seats:]
    while people:
        part = replace(group, people=people[: max((one.capacity for one in vehicles if free[one.id]), default=0)])
        other = _cheapest(vehicles, free, _route((part,), 0)) if part.people else None
        if other is None:
            break
        free[other.id] -= 1
        taken.append((other, _route((part,), 0)))
        people = people[len(part.people) :]
    return people


def _cost(vehicle: Vehicle, route: Route) -> Decimal:
    empty = between_km(vehicle.point, route.groups[0].place.point) if vehicle.point is not None else 0.0
    fixed = vehicle.day_price.amount if vehicle.day_price is not None else Decimal(0)
    return fixed + vehicle.km_price.amount * Decimal(round(route.km + empty))


def _ride(vehicle: Vehicle, route: Route, wave: Wave, number: int, currency: str) -> Ride:
    """The ride with its hours: on the way there counted back from the arrival, back counted on from the venue."""
    board = timedelta(minutes=vehicle.boarding_minutes)
    legs = [
        travel_minutes(between_km(one.place.point, following.place.point)) for one, following in pairwise(route.groups)
    ]
    legs.append(route.groups[-1].venue_minutes)
    stops: list[Stop] = []
    at = wave.at
    for group, leg in zip(reversed(route.groups), reversed(legs), strict=True):
        way = timedelta(minutes=leg) + board
        at = at - way if wave.direction == "there" else at + way
        stops.append(Stop(place=group.place.code, name=group.place.name, at=at, passengers=group.people))
    there = wave.direction == "there"
    empty = between_km(vehicle.point, route.groups[0].place.point) if vehicle.point is not None else 0.0
    return Ride(
        id=f"{vehicle.id}-{number:02}",
        vehicle=vehicle.id,
        direction=wave.direction,
        leaves_at=at if there else wave.at,
        arrives_at=wave.at if there else at,
        stops=tuple(reversed(stops)) if there else tuple(stops),
        km=round(route.km + empty, 1),
        longest_minutes=round(abs((at - wave.at).total_seconds()) / 60),
        cost=rounded(_cost(vehicle, route), currency),
    )


def _shares(ride: Ride, currency: str) -> dict[str, Money]:
    people = ride.passengers
    share, rest = divmod(least_amounts(ride.cost), len(people))
    return {id: of_least(share + (number < rest), currency) for number, id in enumerate(people)}


def _finding(one: Unserved, asked: bool) -> Finding:
    values = {"person": one.participant_id, "direction": DIRECTIONS[one.direction], "reason": one.reason}
    severity = Severity.WARNING if asked else Severity.INFORMATION
    source = Source(participant=one.participant_id)
    return Finding(severity=severity, code="ride-missing", message=UNFETCHED, values=values, source=source)
