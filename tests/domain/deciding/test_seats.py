from datetime import date

from hypothesis import given, strategies as st

from eventops.domain.deciding.seats import seats_of
from eventops.domain.rules import Seat
from eventops.testing.builders import a_participant


def test_the_first_to_register_sits_and_those_who_make_the_event_sit_before_all() -> None:
    people = [
        a_participant("late", registered_on=date(2023, 10, 3)),
        a_participant("undated"),
        a_participant("early", registered_on=date(2023, 9, 23)),
        a_participant("speaker", role="speaker"),
    ]
    assert seats_of(people, 2) == {
        "speaker": (Seat.CONFIRMED, None),
        "early": (Seat.CONFIRMED, None),
        "late": (Seat.WAITING, 1),
        "undated": (Seat.WAITING, 2),
    }


@given(st.integers(0, 40), st.none() | st.integers(0, 30))
def test_capacity_is_never_exceeded_and_nobody_is_lost(people: int, capacity: int | None) -> None:
    seats = seats_of([a_participant(str(number)) for number in range(people)], capacity)
    confirmed = sum(seat is Seat.CONFIRMED for seat, _ in seats.values())
    assert (len(seats), confirmed) == (people, people if capacity is None else min(people, capacity))
