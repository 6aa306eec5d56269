"""Seats: first come, first seated, up to the event's capacity; those who make the event sit first."""

from collections.abc import Sequence
from datetime import date

from eventops.domain.people import Participant
from eventops.domain.rules import Seat


def seats_of(participants: Sequence[Participant], capacity: int | None) -> dict[str, tuple[Seat, int | None]]:
    """Each person's seat, and the place on the waiting list for those who wait.

    Speakers, experts and organisers come before participants; then the day of registration, then the order enrolled.
    """
    order = sorted(
        range(len(participants)),
        key=lambda index: (
            participants[index].role == "participant",
            participants[index].registered_on or date.max,
            index,
        ),
    )
    seated = len(order) if capacity is None else capacity
    return {
        participants[index].id: (Seat.CONFIRMED, None) if rank < seated else (Seat.WAITING, rank - seated + 1)
        for rank, index in enumerate(order)
    }
