"""Who is fetched by which vehicle: towns along one way to the venue, by savings. Deterministic; obeys capacity, the
longest ride and the hour of arrival; says who has no seat and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.pickups_fleet import Fleet, Taken
from eventops.domain.hosting.pickups_kept import kept_rides
from eventops.domain.hosting.pickups_routes import (
    VEHICLE,
    Group,
    Route,
    Wave,
    between_km,
    route_of,
    routes_by_savings,
    waves_of,
)
from eventops.domain.hosting.pickups_values import (
    KeptRide,
    KeptStop,
    Pickups,
    Ride,
    RidePlan,
    Stop,
    TravelChoice,
    Unserved,
    Vehicle,
)
from eventops.domain.money import Money, least_amounts, of_least, rounded
from eventops.domain.placing.distance import travel_minutes
from eventops.domain.rules import Journey
from eventops.domain.texts import Message, Text

TOO_LONG = Text("the ride of about {minutes} minutes is longer than the {longest} any vehicle may take")
NONE_LEFT = Text("every vehicle is full or under way")
TOO_FEW = Text("too few people travel that way at that time for a vehicle ({people})")
NO_PLACE = Text("the town is not settled")
UNFETCHED = Text("{person} is not fetched ({direction}): {reason}")
LAPSED = Text("{count} of the {rides} accepted rides ({plan}) can no longer be made as they were; the plan chose again")
DIRECTIONS: Mapping[str, Text] = {"there": Text("on the way there"), "back": Text("on the way back")}


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


def pickups_of(event: Event, journeys: Sequence[Journey], plans: Sequence[RidePlan] = ()) -> Pickups:
    """Every ride, wave by wave; each vehicle makes one ride a wave. The newest of `plans` holds as far as it can.
    Nothing without vehicles."""
    vehicles = [one for one in event.vehicles if one.count]
    if not vehicles:
        return Pickups()
    newest = max(plans, key=lambda one: one.id, default=None)
    kept = newest.rides if newest is not None else ()
    fleet = Fleet(vehicles, event.venue.point)
    rides: list[Ride] = []
    unserved: list[Unserved] = []
    held = 0
    for wave in waves_of(journeys, max(one.capacity for one in vehicles)):
        taken, left = kept_rides(fleet, wave, kept)
        held += len(taken)
        unserved += _wave(fleet, left, taken)
        fleet.keep(wave, taken)
        rides += [_ride(one, wave, number, event.currency) for number, one in enumerate(taken, start=len(rides) + 1)]
    fetched = {(one, ride.direction) for ride in rides for one in ride.passengers}
    unserved += [
        Unserved(participant_id=one.participant_id, direction=one.direction, reason=Message(NO_PLACE))
        for one in journeys
        if one.mode == VEHICLE and one.origin is None and (one.participant_id, one.direction) not in fetched
    ]
    asked = {(one.participant_id, one.direction) for one in journeys if one.mode == VEHICLE}
    findings = [_finding(one, (one.participant_id, one.direction) in asked) for one in unserved]
    if newest is not None and held < len(kept):
        values: dict[str, object] = {"count": len(kept) - held, "rides": len(kept), "plan": newest.id}
        findings.append(Finding(severity=Severity.INFORMATION, code="ride-plan-lapsed", message=LAPSED, values=values))
    return Pickups(rides=tuple(rides), unserved=tuple(unserved), findings=tuple(findings))


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


def accepted(pickups: Pickups) -> tuple[KeptRide, ...]:
    """The rides as they are kept when somebody accepts them."""
    return tuple(
        KeptRide(
            vehicle=ride.vehicle,
            unit=ride.unit,
            direction=ride.direction,
            at=ride.arrives_at if ride.direction == "there" else ride.leaves_at,
            stops=tuple(
                KeptStop(place=one.place, seats=len(one.passengers))
                for one in (ride.stops if ride.direction == "there" else reversed(ride.stops))
            ),
        )
        for ride in pickups.rides
    )


def _wave(fleet: Fleet, wave: Wave, taken: list[Taken]) -> list[Unserved]:
    """Adds the rides of one wave to `taken`; who has none. Routes without a vehicle are taken apart, and their towns
    look for a seat one by one."""
    vehicles = fleet.vehicles
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
    waiting = sorted(
        routes_by_savings(near, longest, largest, boarding), key=lambda one: (-one.people, one.groups[0].place.code)
    )
    loose: list[Group] = []
    for route in waiting:
        found = _cheapest(fleet, wave, route, taken)
        if found is None:
            loose += route.groups
        else:
            taken.append(found)
    for group in sorted(loose, key=lambda one: (-len(one.people), one.place.code)):
        left = _fitted(fleet, wave, taken, group)
        alone = route_of((group,), 0)
        free = left and any(fleet.unit(one, wave, alone, taken) is not None for one in vehicles)
        reason = Message(TOO_FEW, {"people": len(left)}) if free else Message(NONE_LEFT)
        unserved += [Unserved(participant_id=person, direction=wave.direction, reason=reason) for person in left]
    return unserved


def _cheapest(fleet: Fleet, wave: Wave, route: Route, taken: Sequence[Taken]) -> Taken | None:
    """The free vehicle that holds the route, rides no longer than it may, and costs least."""
    fitting = (
        one
        for one in fleet.vehicles
        if one.least_passengers <= route.people <= one.capacity
        and route_of(route.groups, one.boarding_minutes).minutes <= one.longest_ride_minutes
    )
    for vehicle in sorted(fitting, key=lambda one: (ride_cost(one, route), one.capacity, one.id)):
        unit = fleet.unit(vehicle, wave, route, taken)
        if unit is not None:
            return Taken(vehicle=vehicle, unit=unit, route=route)
    return None


def _fitted(fleet: Fleet, wave: Wave, taken: list[Taken], group: Group) -> tuple[str, ...]:
    """Puts a group into a vehicle that is free, or into seats left in one that is under way; who found none. A group
    may be parted here."""
    alone = _cheapest(fleet, wave, route_of((group,), 0), taken)
    if alone is not None:
        taken.append(alone)
        return ()
    people = group.people
    for at, one in enumerate(taken):
        used, route = one.vehicle, one.route
        seats = used.capacity - route.people
        if not people or seats <= 0:
            continue
        part = replace(group, people=people[:seats])
        choices = [
            route_of((*route.groups[:place], part, *route.groups[place:]), used.boarding_minutes)
            for place in range(len(route.groups) + 1)
        ]
        fitting = [
            way for way in choices if way.minutes <= used.longest_ride_minutes and fleet.can(used, one.unit, wave, way)
        ]
        if fitting:
            best = min(fitting, key=lambda way: (way.km, way.minutes))
            taken[at] = replace(one, route=best)
            people = people[seats:]
    while people:
        whole = route_of((replace(group, people=people),), 0)
        largest = max((v.capacity for v in fleet.vehicles if fleet.unit(v, wave, whole, taken) is not None), default=0)
        part = replace(group, people=people[:largest])
        other = _cheapest(fleet, wave, route_of((part,), 0), taken) if part.people else None
        if other is None:
            break
        taken.append(other)
        people = people[len(part.people) :]
    return people


def ride_cost(vehicle: Vehicle, route: Route) -> Decimal:
    """What a ride costs: the kilometres from where the vehicle waits, and once what it costs to send it."""
    empty = between_km(vehicle.point, route.groups[0].place.point) if vehicle.point is not None else 0.0
    fixed = vehicle.day_price.amount if vehicle.day_price is not None else Decimal(0)
    return fixed + vehicle.km_price.amount * Decimal(round(route.km + empty))


def _ride(taken: Taken, wave: Wave, number: int, currency: str) -> Ride:
    """The ride with its hours: on the way there counted back from the arrival, back counted on from the venue."""
    vehicle, route = taken.vehicle, taken.route
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
        unit=taken.unit,
        direction=wave.direction,
        leaves_at=at if there else wave.at,
        arrives_at=wave.at if there else at,
        stops=tuple(reversed(stops)) if there else tuple(stops),
        km=round(route.km + empty, 1),
        longest_minutes=round(abs((at - wave.at).total_seconds()) / 60),
        cost=rounded(ride_cost(vehicle, route), currency),
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
