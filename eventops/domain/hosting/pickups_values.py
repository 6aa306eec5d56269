"""Vehicles that fetch people, and the rides they make: the values of the pick-up plan."""

from datetime import datetime

from msgspec import Struct

from eventops.domain.findings import Finding
from eventops.domain.money import Money
from eventops.domain.places import Point
from eventops.domain.texts import Message, Text


class Vehicle(Struct, frozen=True, kw_only=True):
    """A vehicle that can be sent, `count` of them. Units: `capacity` passengers, no ride for fewer
    than `least_passengers`, `km_price` for a kilometre driven,
    `day_price` once for each ride. `point` is where it waits; without one it starts at its first stop."""

    id: str
    kind: str = "bus"
    title: Text
    capacity: int
    count: int = 1
    least_passengers: int = 1
    town: str = ""
    point: Point | None = None
    km_price: Money
    day_price: Money | None = None
    longest_ride_minutes: int = 180
    boarding_minutes: int = 5
    driver: str = ""
    phone: str = ""


class TravelChoice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How somebody travels, when it was settled by hand: vehicle (a shared one of the event), public_transport, train,
    coach, shared_taxi, car, flight; `carrier` is a flight or train number, `at` its hour, for one direction or both."""

    participant_id: str
    mode: str
    direction: str = ""
    carrier: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Under which it stands in the store."""
        return f"{self.participant_id}:{self.direction or 'both'}"


class Stop(Struct, frozen=True, kw_only=True):
    """One place of a ride: who gets in (or out, on the way back), and when."""

    place: str
    name: Text
    at: datetime
    passengers: tuple[str, ...]


class KeptStop(Struct, frozen=True, kw_only=True):
    """A place of an accepted ride, and the seats meant for it."""

    place: str
    seats: int


class KeptRide(Struct, frozen=True, kw_only=True):
    """A ride that was accepted: the vehicle, which of its kind, the way, the hour at the venue, and the places from the
    farthest to the nearest. It names nobody: whoever travels from there at that hour has the seats."""

    vehicle: str
    unit: int
    direction: str
    at: datetime
    stops: tuple[KeptStop, ...]


class RidePlan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rides that were accepted, with how they came about. The newest holds as far as its people and vehicles do."""

    id: str
    at: datetime
    rides: tuple[KeptRide, ...] = ()
    seed: int | None = None
    limit: int | None = None
    gap: float | None = None


class Ride(Struct, frozen=True, kw_only=True):
    """One vehicle, one way; `unit` tells which of its kind, from 1. Units: `km` driven, from where it waits;
    `longest_minutes` the longest anybody sits in it.
    On the way there the stops are in driving order and the ride ends at the venue; back it begins there."""

    id: str
    vehicle: str
    unit: int = 1
    direction: str
    leaves_at: datetime
    arrives_at: datetime
    stops: tuple[Stop, ...]
    km: float
    longest_minutes: int
    cost: Money

    @property
    def passengers(self) -> tuple[str, ...]:
        """Everybody in it, stop by stop."""
        return tuple(one for stop in self.stops for one in stop.passengers)


class Unserved(Struct, frozen=True, kw_only=True):
    """Somebody no vehicle fetches, one way, and why."""

    participant_id: str
    direction: str
    reason: Message


class Pickups(Struct, frozen=True, kw_only=True):
    """Every ride, and who has none."""

    rides: tuple[Ride, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_PICKUPS = Pickups()


def for_driver(pickups: Pickups) -> Pickups:
    """What drivers may see: the rides, and nobody else."""
    return Pickups(rides=pickups.rides)
