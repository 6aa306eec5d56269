"""Candidates with their seats, from candidates that were measured."""

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from eventops.domain.deciding.seats import PLAIN, Seated, seats_of
from eventops.domain.deciding.variants import Variants
from eventops.domain.event import Event
from eventops.domain.records import Records


def seated(event: Event, everyone: Sequence[Variants], records: Records, today: date | None) -> tuple[Variants, ...]:
    """Everybody with their seat."""
    seats = seats_of(event, [one.main for one in everyone], records, today)
    return tuple(_with_seat(one, seats[one.main.participant.id]) for one in everyone)


def _with_seat(variants: Variants, seat: Seated) -> Variants:
    if seat is PLAIN:
        return variants
    main = structs.replace(
        variants.main,
        seat=seat.seat,
        waiting_position=seat.position,
        seat_reason=seat.reason,
        seat_free=seat.free,
    )
    return Variants(main=main, elsewhere=variants.elsewhere, by_place=variants.by_place)
