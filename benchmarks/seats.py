"""How long seats take for 100,000 people, beside one pass of plain sorting: python benchmarks/seats.py"""

from datetime import date, timedelta
from time import process_time

from eventops.domain.deciding.seat_records import SeatAnswer, SeatState
from eventops.domain.deciding.seats import seats_of
from eventops.domain.event import Conditions, Priority, Quota, RegistrationWindow, Seating
from eventops.domain.people import Gender
from eventops.domain.records import NO_RECORDS, Records
from eventops.domain.texts import Text
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_candidate, a_participant, an_event

PEOPLE, SEATS = 100_000, 60_000
FIRST = date(2023, 9, 22)


def main() -> None:
    """Prints the seconds of each way to give seats, and its ratio to sorting."""
    everybody = [
        a_candidate(
            a_participant(
                f"P{number:06d}",
                gender=Gender.FEMALE if number % 3 else Gender.MALE,
                organisation=f"Institution {number % 900}",
                registered_on=FIRST + timedelta(number % 20),
            ),
            place=OUEZZANE if number % 5 else CASABLANCA,
        )
        for number in range(PEOPLE)
    ]
    answers = tuple(
        SeatAnswer(participant_id=f"P{n:06d}", state=SeatState.CONFIRMED, on=FIRST, by="c") for n in range(0, PEOPLE, 3)
    )
    women = Conditions(gender=("female",))
    window = RegistrationWindow(opens_on=FIRST, closes_on=FIRST + timedelta(14))
    quotas = (
        Quota(id="women", when=women, at_least=30_000),
        Quota(id="each", by="organisation", at_most=90),
        Quota(id="region", by="region", at_most=50_000),
    )
    priorities = (Priority(id="far", reason=Text("far"), when=Conditions(not_region=("MA-06",))),)
    ways = {
        "first come": (an_event(seats=SEATS), NO_RECORDS),
        "with answers": (an_event(seats=SEATS), Records(seat_answers=answers)),
        "priorities, late ones wait": (
            an_event(
                seats=SEATS,
                registration=window,
                priorities=priorities,
                seating=Seating(order="priority", late="waiting"),
            ),
            NO_RECORDS,
        ),
        "three quotas and answers": (an_event(seats=SEATS, quotas=quotas), Records(seat_answers=answers)),
    }
    begun = process_time()
    sorted(everybody, key=lambda one: (one.participant.registered_on, one.participant.id))
    sorting = process_time() - begun
    for name, (event, records) in ways.items():
        begun = process_time()
        seats_of(event, everybody, records, FIRST)
        took = process_time() - begun
        print(f"{name}: {took:.2f} s, {took / sorting:.1f} times sorting")


if __name__ == "__main__":
    main()
