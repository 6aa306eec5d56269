"""What is wrong with the rooms and vehicles of an event by themselves: ids, counts, money."""

from collections.abc import Iterator, Sequence

from eventops.domain.hosting.pickups_values import Vehicle
from eventops.domain.hosting.rooms import HeldHotel
from eventops.domain.money import Money
from eventops.domain.texts import Text

Path = tuple[str | int, ...]
Wrong = tuple[str, Path, Text, dict[str, object]]

VEHICLE_KINDS = ("bus", "minibus", "car")
_LEAST = Text("{where} is {seen}, but should be {least} or more")
_TWICE = Text("{where} is {seen}, which another of this list is called already; give each its own")
_CURRENCY = Text("{where} is {seen}, but rooms and vehicles are paid in {currency}, the currency of the event")
_BELOW = Text("{where} is {seen}, but money set aside or paid is never below zero")
_ONE_OF = Text("{where} is {seen}, but should be one of {known}")


def held_problems(
    hotels: Sequence[HeldHotel], vehicles: Sequence[Vehicle], currency: str, *, simple: bool
) -> Iterator[Wrong]:
    """Each as code, place in the event, sentence and values. `simple`: there is a [hotel] as well."""
    if simple and hotels:
        message = Text("{where} and a [hotel] are both there; keep [[hotels]] and take [hotel] out")
        yield "event-hotels", ("hotels",), message, {}
    for at, hotel in enumerate(hotels):
        yield from _hotel(("hotels", at), hotel, currency)
    for at, vehicle in enumerate(vehicles):
        yield from _vehicle(("vehicles", at), vehicle, currency)


def _hotel(path: Path, hotel: HeldHotel, currency: str) -> Iterator[Wrong]:
    seen: set[str] = set()
    for at, kind in enumerate(hotel.room_types):
        here: Path = (*path, "room_types", at)
        if kind.id in seen:
            yield "event-id-twice", (*here, "id"), _TWICE, {"seen": kind.id}
        seen.add(kind.id)
        yield from _least((*here, "beds"), kind.beds, 1)
        yield from _least((*here, "count"), kind.count, 0)
        yield from _money((*here, "price"), kind.price, currency)
        nights = set()
        for n, block in enumerate(kind.blocks):
            inside: Path = (*here, "blocks", n)
            yield from _least((*inside, "rooms"), block.rooms, 0)
            yield from _money((*inside, "price"), block.price, currency)
            if block.night in nights:
                yield "event-id-twice", (*inside, "night"), _TWICE, {"seen": block.night}
            nights.add(block.night)


def _vehicle(path: Path, vehicle: Vehicle, currency: str) -> Iterator[Wrong]:
    if vehicle.kind not in VEHICLE_KINDS:
        yield "event-choice", (*path, "kind"), _ONE_OF, {"seen": vehicle.kind, "known": ", ".join(VEHICLE_KINDS)}
    yield from _least((*path, "capacity"), vehicle.capacity, 1)
    yield from _least((*path, "count"), vehicle.count, 0)
    yield from _least((*path, "least_passengers"), vehicle.least_passengers, 1)
    yield from _least((*path, "longest_ride_minutes"), vehicle.longest_ride_minutes, 1)
    yield from _least((*path, "boarding_minutes"), vehicle.boarding_minutes, 0)
    yield from _money((*path, "km_price"), vehicle.km_price, currency)
    yield from _money((*path, "day_price"), vehicle.day_price, currency)


def _least(path: Path, seen: int | None, least: int) -> Iterator[Wrong]:
    if seen is not None and seen < least:
        yield "event-count", path, _LEAST, {"seen": seen, "least": least}


def _money(path: Path, money: Money | None, currency: str) -> Iterator[Wrong]:
    if money is None:
        return
    if money.amount < 0:
        yield "event-money", path, _BELOW, {"seen": money}
    if money.currency != currency:
        yield "event-currency", path, _CURRENCY, {"seen": money, "currency": currency}
