"""Candidates with their seats, from candidates that were measured."""

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from eventops.domain.deciding.decisions import Variants
from eventops.domain.deciding.seats import PLAIN, Seated, seats_of
from eventops.domain.event import Event
from eventops.domain.records import Records
from eventops.domain.rules import Candidate, Seat


def seated(event: Event, everyone: Sequence[Variants], records: Records, today: date | None) -> tuple[Variants, ...]:
    """Everybody with their seat."""
    seats = seats_of(event, [one.main for one in everyone], records, today)
    return tuple(_with_seat(one, seats[one.main.participant.id]) for one in everyone)


def _with_seat(variants: Variants, seat: Seated) -> Variants:
    if seat is PLAIN:
        return variants
    main = _sitting(variants.main, seat)
    if seat.seat is Seat.CONFIRMED:  # what a candidate may also be has a seat already
        return structs.replace(variants, main=main)
    return structs.replace(variants, main=main, others=tuple(_sitting(one, seat) for one in variants.others))


def _sitting(candidate: Candidate, seat: Seated) -> Candidate:
    return structs.replace(
        candidate,
        seat=seat.seat,
        waiting_position=seat.position,
        seat_reason=seat.reason,
        seat_free=seat.free,
    )
