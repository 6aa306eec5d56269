"""The least that rides for the same people can take: vehicles, money, and people no seat is left for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from math import prod

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.hosting.pickups_routes import between_km
from eventops.domain.hosting.pickups_values import Pickups, Vehicle
from eventops.domain.money import Money, rounded
from eventops.domain.places import Point
from eventops.domain.rules import Journey

# Ways to take of each kind of vehicle so and so many; beyond that each kind counts as if there were any number.
MOST_FLEETS = 50_000

WaveKey = tuple[str, datetime]


class RideBound(Struct, frozen=True, kw_only=True):
    """What no rides for these people can do with less of. Units: `vehicles` rides, `unserved` people for whom there are
    no seats at their hour, `cost` of rides for those who are fetched; `gap` the part of the rides' cost above it."""

    vehicles: int
    unserved: int
    cost: Money
    gap: float


def ride_bound(event: Event, journeys: Sequence[Journey], pickups: Pickups) -> RideBound:
    """The bound, hour by hour: every ride is as long as the way of whoever lives farthest, and no way is longer for
    fetching the others too."""
    vehicles = [one for one in event.vehicles if one.count]
    homes = {(one.participant_id, one.direction): one for one in journeys if one.origin is not None}
    fetched: dict[WaveKey, list[Journey]] = {}
    for ride in pickups.rides:
        at = ride.arrives_at if ride.direction == "there" else ride.leaves_at
        fetched.setdefault((ride.direction, at), []).extend(homes[one, ride.direction] for one in ride.passengers)
    asked = {key: len(people) for key, people in fetched.items()}
    for one in pickups.unserved:
        journey = homes.get((one.participant_id, one.direction))
        if journey is not None:
            key = (one.direction, journey.arrives_at if one.direction == "there" else journey.leaves_at)
            asked[key] = asked.get(key, 0) + 1
    seats = sum(one.capacity * one.count for one in vehicles)
    cost = sum((_least_cost(vehicles, _least_km(people)) for people in fetched.values()), Decimal(0))
    paid = sum((one.cost.amount for one in pickups.rides), Decimal(0))
    least = rounded(cost, event.currency)
    return RideBound(
        vehicles=sum(_fewest(vehicles, len(people)) for people in fetched.values()),
        unserved=sum(max(0, people - seats) for people in asked.values()),
        cost=least,
        gap=float((paid - least.amount) / paid) if paid else 0.0,
    )


def _least_km(people: Sequence[Journey]) -> list[int]:
    """How far each lives at the least, by whichever other towns, the farthest first; in the whole kilometres that are
    paid."""
    points: dict[str, Point] = {}
    km: dict[str, float] = {}
    for one in people:
        assert one.origin is not None
        points[one.origin.code] = one.origin.point
        km[one.origin.code] = min(one.road_km, km.get(one.origin.code, one.road_km))
    settled: dict[str, float] = {}
    while km:
        near = min(km, key=lambda code: (km[code], code))
        settled[near] = km.pop(near)
        for code, known in km.items():
            km[code] = min(known, settled[near] + between_km(points[code], points[near]))
    return sorted((round(settled[one.origin.code]) for one in people if one.origin is not None), reverse=True)


def _fewest(vehicles: Sequence[Vehicle], people: int) -> int:
    """How many vehicles it takes, the largest first."""
    largest = sorted(chain.from_iterable([one.capacity] * one.count for one in vehicles), reverse=True)
    rides = 0
    while people > 0 and rides < len(largest):
        people -= largest[rides]
        rides += 1
    return rides


def _least_cost(vehicles: Sequence[Vehicle], km: Sequence[int]) -> Decimal:
    """The least cost of seats for people who live so far, the farthest first.

    Whoever is in a ride, swapping nearer ones for the farthest who is not in it yet makes no ride dearer: so some
    cheapest rides take people in this order, and it is enough to try every order of vehicles.
    """
    most = [min(one.count, -(-len(km) // one.capacity)) for one in vehicles]
    limits = most if prod(one + 1 for one in most) <= MOST_FLEETS else None
    least: dict[tuple[int, ...], Decimal] = {(0,) * (len(vehicles) if limits else 1): Decimal(0)}
    done: list[Decimal] = []
    while least:
        following: dict[tuple[int, ...], Decimal] = {}
        for used, cost in least.items():
            seated = _seated(vehicles, used) if limits else used[0]
            if seated >= len(km):
                done.append(cost)
                continue
            for at, one in enumerate(vehicles):
                if limits and used[at] >= limits[at]:
                    continue
                after = (*used[:at], used[at] + 1, *used[at + 1 :]) if limits else (seated + one.capacity,)
                dearer = cost + _ride_of(one, km[seated])
                if after not in following or dearer < following[after]:
                    following[after] = dearer
        least = following
    return min(done, default=Decimal(0))


def _seated(vehicles: Sequence[Vehicle], used: Sequence[int]) -> int:
    return sum(one.capacity * count for one, count in zip(vehicles, used, strict=True))


def _ride_of(vehicle: Vehicle, km: int) -> Decimal:
    fixed = vehicle.day_price.amount if vehicle.day_price is not None else Decimal(0)
    return fixed + vehicle.km_price.amount * km
