"""One value of an event given another from a command line: a hotel's night, a meal's price, a tariff, a rate."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import isfinite
from typing import Any, get_type_hints

import msgspec

from eventops.application.amounts import money_in
from eventops.domain.event import Event
from eventops.errors import NotUsable

# What may be tried: what decides, what is paid, and what it costs.
TRIED = (
    "hotel", "hotels", "meals", "vehicles", "tariffs", "selections", "rankings", "rates", "budget", "criteria",
    "quotas", "priorities", "seating", "registration", "workshops",
)  # fmt: skip
# By what an entry of a list is called in a path.
CALLED = ("id", "name", "benefit", "base")


def with_value(event: Event, name: str, value: str) -> Event | None:
    """The event with the value of a path like `hotel.night`, `meals.lunch.price`, `rankings.lodging.by`; None where the
    event has no such part.

    Errors: NotUsable for a path that ends nowhere, and a value that does not fit.
    """
    part, *path = name.split(".")
    if part not in TRIED or not path:
        return None
    document = msgspec.json.decode(msgspec.json.encode(getattr(event, part)))
    if part == "rankings" and all(one["benefit"] != path[0] for one in document):
        document.append({"benefit": path[0], "by": []})
    where, last = _place(name, document, path)
    for reading in readings(value, event.currency):
        where[last] = reading
        try:
            changed = msgspec.convert(document, get_type_hints(Event)[part])
        except (msgspec.ValidationError, ValueError):
            continue
        return msgspec.structs.replace(event, **{part: changed})
    raise NotUsable(
        "{name}={value} does not fit; eventops event dump shows how its values are written", name=name, value=value
    )


def _place(name: str, document: Any, path: Sequence[str]) -> tuple[Any, Any]:
    """The table or list that holds the value, and its key there. Errors: NotUsable."""
    where: Any = document
    for key in path[:-1]:
        where = _inside(name, where, key)
    if isinstance(where, list):
        return where, _number(name, where, path[-1])
    if not isinstance(where, dict):
        raise _nothing(name)
    return where, path[-1]


def _inside(name: str, where: Any, key: str) -> Any:
    if isinstance(where, dict):
        if key not in where:
            raise _nothing(name)
        return where[key]
    if isinstance(where, list):
        return where[_number(name, where, key)]
    raise _nothing(name)


def _number(name: str, entries: list[Any], key: str) -> int:
    """Which entry of a list is meant: by its id, name, benefit or currency, else by its number from 1."""
    for at, entry in enumerate(entries):
        if isinstance(entry, dict) and key in [entry.get(called) for called in CALLED]:
            return at
    if key.isdecimal() and 0 < int(key) <= len(entries):
        return int(key) - 1
    raise _nothing(name)


def _nothing(name: str) -> NotUsable:
    return NotUsable("The event has no value {name}; see eventops event dump", name=name)


def readings(value: str, currency: str) -> Iterator[Any]:
    """What the words of a command line may be, the likeliest first: a number, yes or no, money, a text, a list."""
    with suppress(ValueError):
        number = float(value)
        if isfinite(number):
            if number.is_integer():
                yield int(number)
            yield number
            yield value
    if value.lower() in ("true", "yes", "false", "no"):
        yield value.lower() in ("true", "yes")
    with suppress(NotUsable):
        yield msgspec.to_builtins(money_in("", value, currency))
    yield from (value, f"{value}:00", [part.strip() for part in value.split(",")])
