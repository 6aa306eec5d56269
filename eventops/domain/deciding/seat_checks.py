"""What is wrong with the seats of an event by themselves: words nobody knows, quotas that cannot all hold."""

from collections.abc import Iterator

from eventops.domain.deciding.seat_quotas import BY
from eventops.domain.event import Event
from eventops.domain.texts import Text

ORDERS = ("first_come", "priority", "lottery")
LATE = ("accepted", "waiting", "refused")

SeatProblem = tuple[str, tuple[str | int, ...], Text, dict[str, object]]
"""The code, the place in the event, and what to say."""

_CHOICE = Text("{where} is {seen}, but should be one of {known}")


def seat_problems(event: Event) -> Iterator[SeatProblem]:
    """Every problem; all must be put right before seats can be given."""
    seating = event.seating
    yield from _words(("seating", "order"), seating.order, ORDERS)
    yield from _words(("seating", "late"), seating.late, LATE)
    if seating.offer_days < 1:
        message = Text("{where} is {seen}, but should be {least} or more")
        yield "event-count", ("seating", "offer_days"), message, {"seen": seating.offer_days, "least": 1}
    if seating.order == "priority" and not event.priorities:
        message = Text("{where} is {seen}, but the event has no [[priorities]]; add one, or choose another order")
        yield "event-seats", ("seating", "order"), message, {"seen": seating.order}
    if seating.order == "lottery" and event.seats is None:
        message = Text("{where} is {seen}, but the event has no limit of seats; write event.seats")
        yield "event-seats", ("seating", "order"), message, {"seen": seating.order}
    if seating.late != "accepted" and event.registration is None:
        message = Text("{where} is {seen}, but the event has no days of registration; write event.registration")
        yield "event-seats", ("seating", "late"), message, {"seen": seating.late}
    for at, priority in enumerate(event.priorities):
        if priority.when.seat:
            yield "event-seats", ("priorities", at, "when", "seat"), _NO_SEAT_YET, {"seen": priority.when.seat}
    yield from _quotas(event)


_NO_SEAT_YET = Text("{where} is {seen}, but who has a seat is what this decides; leave it out")


def _quotas(event: Event) -> Iterator[SeatProblem]:
    for at, quota in enumerate(event.quotas):
        if quota.when.seat:
            yield "event-seats", ("quotas", at, "when", "seat"), _NO_SEAT_YET, {"seen": quota.when.seat}
        if quota.by:
            yield from _words(("quotas", at, "by"), quota.by, BY)
        if quota.by and quota.at_least:
            message = Text("{where} is {seen}; a quota with “by” only limits, so write one for each value to keep any")
            yield "event-seats", ("quotas", at, "at_least"), message, {"seen": quota.at_least}
        if quota.at_most is None and not quota.at_least:
            message = Text("{where} keeps no seats and limits none; write at_least or at_most")
            yield "event-seats", ("quotas", at), message, {}
        if quota.at_most is not None and quota.at_most < quota.at_least:
            message = Text("{where} is {seen}, but should be {least} or more")
            yield "event-count", ("quotas", at, "at_most"), message, {"seen": quota.at_most, "least": quota.at_least}
        if quota.at_least < 0:
            message = Text("{where} is {seen}, but should be {least} or more")
            yield "event-count", ("quotas", at, "at_least"), message, {"seen": quota.at_least, "least": 0}
        if event.seats is not None and quota.at_least > event.seats:
            message = Text("{where} is {seen}, more than the {seats} seats of the event")
            yield "event-seats", ("quotas", at, "at_least"), message, {"seen": quota.at_least, "seats": event.seats}


def _words(path: tuple[str | int, ...], seen: str, known: tuple[str, ...]) -> Iterator[SeatProblem]:
    if seen not in known:
        yield "event-choice", path, _CHOICE, {"seen": seen or '""', "known": ", ".join(known)}
