"""Who has a seat, who waits, and why; and that there are never more seats than there are."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from eventops.domain.deciding.seat_records import Delegate, Draw, Invitation, SeatAnswer, SeatState
from eventops.domain.deciding.seats import seats_of
from eventops.domain.event import Conditions, Event, Priority, Quota, RegistrationWindow, Seating
from eventops.domain.people import Gender
from eventops.domain.records import NO_RECORDS, Records
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Text
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_candidate, a_participant, an_event

ON, LATER, LAST = date(2023, 9, 25), date(2023, 9, 26), date(2023, 9, 30)
STEPS = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", "300"))
"""Random events of the stateful tests: 10,000 and more in the full run."""


def candidates(*ids: str, **fields: Any) -> list[Candidate]:
    return [a_candidate(a_participant(id, **fields)) for id in ids]


def seats(event: Event, people: Sequence[Candidate], records: Records = NO_RECORDS, **when: Any) -> dict[str, str]:
    """Each person's seat in a word: the seat, its place in line, and the reason."""
    found = seats_of(event, people, records, **when)
    return {
        id: " ".join(str(one) for one in (seat.seat.value, seat.position, seat.reason and f"({seat.reason})") if one)
        for id, seat in found.items()
    }


def answer(id: str, state: str, on: date = ON, **fields: Any) -> SeatAnswer:
    return SeatAnswer(participant_id=id, state=SeatState(state), on=on, by="coordinator", **fields)


def test_the_first_to_register_sits_and_those_who_make_the_event_sit_before_all() -> None:
    people = [
        a_candidate(a_participant("late", registered_on=date(2023, 10, 3))),
        a_candidate(a_participant("undated")),
        a_candidate(a_participant("early", registered_on=date(2023, 9, 23))),
        a_candidate(a_participant("speaker", role="speaker")),
    ]
    assert seats(an_event(seats=2), people) == {
        "speaker": "confirmed (those who make the event sit before participants)",
        "early": "confirmed (the registration came early enough for one of the 2 seats)",
        "late": "waiting 1 (all 2 seats are taken)",
        "undated": "waiting 2 (all 2 seats are taken)",
    }


def test_without_a_limit_everybody_sits() -> None:
    assert seats(an_event(seats=None), candidates("a", "b")) == {"a": "confirmed", "b": "confirmed"}


def test_an_answer_counts_before_the_line_and_whoever_declines_makes_room() -> None:
    records = Records(
        seat_answers=(answer("c", "confirmed"), answer("a", "declined"), answer("b", "offered", until=LAST))
    )
    assert seats(an_event(seats=2), candidates("a", "b", "c", "d"), records, today=LAST) == {
        "a": "declined (declined the seat on 2023-09-25)",
        "b": "offered (a seat was offered on 2023-09-25; the offer is open until 2023-09-30)",
        "c": "confirmed (confirmed on 2023-09-25)",
        "d": "waiting 1 (all 2 seats are taken)",
    }


def test_an_offer_lapses_the_day_after_its_last_and_the_next_in_line_gets_the_seat() -> None:
    records = Records(seat_answers=(answer("a", "offered", until=LAST),))
    people = candidates("a", "b")
    assert seats(an_event(seats=1), people, records, today=LAST + timedelta(1)) == {
        "a": "declined (the offer of 2023-09-25 was open until 2023-09-30 and was not taken up)",
        "b": "confirmed (the registration came early enough for one of the 1 seats)",
    }


def test_where_seats_are_given_by_offer_a_free_seat_is_nobodys() -> None:
    event = an_event(seats=2, seating=Seating(by_offer=True))
    records = Records(seat_answers=(answer("b", "confirmed"),))
    assert seats(event, candidates("a", "b", "c"), records) == {
        "a": "waiting 1 (a seat is free for them, and can be offered)",
        "b": "confirmed (confirmed on 2023-09-25)",
        "c": "waiting 2 (all 2 seats are taken)",
    }


def test_the_last_to_confirm_waits_when_there_are_fewer_seats_than_promised() -> None:
    records = Records(seat_answers=(answer("a", "confirmed", LATER), answer("b", "confirmed", ON)))
    assert seats(an_event(seats=1), candidates("a", "b"), records) == {
        "a": "waiting 1 (all 1 seats are taken)",
        "b": "confirmed (confirmed on 2023-09-25)",
    }


def test_a_late_registration_waits_behind_all_or_is_refused() -> None:
    window = RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=LAST)
    people = [
        a_candidate(a_participant("late", registered_on=date(2023, 10, 1))),
        a_candidate(a_participant("early", registered_on=date(2023, 9, 1))),
        a_candidate(a_participant("last", registered_on=LAST)),
    ]
    waits = an_event(seats=2, registration=window, seating=Seating(late="waiting"))
    assert seats(waits, people) == {
        "late": "waiting 1 (registered on 2023-10-01, after the registration closed on 2023-09-30; "
        "those in time come first)",
        "early": "confirmed (the registration came early enough for one of the 2 seats)",
        "last": "confirmed (the registration came early enough for one of the 2 seats)",
    }
    refuses = replace(waits, seating=Seating(late="refused"))
    assert seats(refuses, people) == {
        "late": "refused (registered on 2023-10-01, after the registration closed on 2023-09-30)",
        "early": "refused (registered on 2023-09-01, before the registration opened on 2023-09-22)",
        "last": "confirmed (the registration came early enough for one of the 2 seats)",
    }


def test_priorities_come_in_the_order_of_the_event() -> None:
    event = an_event(
        seats=2,
        seating=Seating(order="priority"),
        priorities=(
            Priority(id="women", reason=Text("women"), when=Conditions(gender=("female",))),
            Priority(id="far", reason=Text("from another region"), when=Conditions(not_region=("MA-06",))),
        ),
    )
    people = [
        a_candidate(a_participant("near", gender=Gender.MALE), place=CASABLANCA),
        a_candidate(a_participant("far", gender=Gender.MALE), place=OUEZZANE),
        a_candidate(a_participant("woman", gender=Gender.FEMALE), place=CASABLANCA),
    ]
    assert seats(event, people) == {
        "near": "waiting 1 (all 2 seats are taken)",
        "far": "confirmed (comes first by priority: from another region)",
        "woman": "confirmed (comes first by priority: women)",
    }


def test_a_quota_keeps_seats_and_another_limits_them() -> None:
    event = an_event(
        seats=3,
        quotas=(
            Quota(id="women", when=Conditions(gender=("female",)), at_least=1),
            Quota(id="each", by="organisation", at_most=1),
        ),
    )
    men = {"gender": Gender.MALE}
    people = [
        *candidates("a", "b", organisation="Commune d’Oujda", **men),
        *candidates("c", "d", **men),
        *candidates("woman", gender=Gender.FEMALE),
    ]
    assert seats(event, people) == {
        "a": "confirmed (the registration came early enough for one of the 3 seats)",
        "b": "waiting 1 (“each” leaves 1 seats to Commune d’Oujda, and all are taken)",
        "c": "confirmed (the registration came early enough for one of the 3 seats)",
        "d": "waiting 2 (all 3 seats are taken)",
        "woman": "confirmed (one of the seats kept for “women”)",
    }
    assert seats(event, people[:2]) == {
        "a": "confirmed (the registration came early enough for one of the 3 seats)",
        "b": "waiting 1 (“each” leaves 1 seats to Commune d’Oujda, and all are taken)",
    }


def test_seats_kept_for_a_quota_are_everybodys_after_the_day_of_release() -> None:
    quota = Quota(id="women", when=Conditions(gender=("female",)), at_least=1, released_on=LAST)
    event, people = an_event(seats=2, quotas=(quota,)), candidates("a", "b", gender=Gender.MALE)
    held = seats(event, people, today=LAST)
    assert held["b"] == "waiting 1 (the seats that are left are kept for those they are reserved for)"
    assert seats(event, people, today=LAST + timedelta(1))["b"].startswith("confirmed")


def test_an_institution_holds_its_places_for_its_delegates_until_the_day_of_release() -> None:
    council = Invitation(id="fes", institution="Conseil communal de Fès", places=2, on=ON, released_on=LAST)
    records = Records(
        invitations=(council,), delegates=(Delegate(participant_id="d", invitation="fes", on=ON, by="coordinator"),)
    )
    people = candidates("a", "b", "c", "d")
    assert seats(an_event(seats=3), people, records, today=LAST) == {
        "a": "confirmed (the registration came early enough for one of the 3 seats)",
        "b": "waiting 1 (the seats that are left are kept for those they are reserved for)",
        "c": "waiting 2 (the seats that are left are kept for those they are reserved for)",
        "d": "confirmed (delegate of Conseil communal de Fès)",
    }
    assert seats(an_event(seats=3), people, records, today=LAST + timedelta(1))["b"].startswith("confirmed")


def test_the_drawn_sit_and_the_reserves_move_up_as_drawn() -> None:
    draw = Draw(
        number=1, seed=7, algorithm="simple", program="eventops 1", places=2, quotas=(), pool={}, pool_hash="",
        selected=("c", "a"), reserves=("d", "b"), probabilities={}, on=ON, by="coordinator",
    )  # fmt: skip
    event = an_event(seats=2, seating=Seating(order="lottery"))
    records = Records(draws=(draw,), seat_answers=(answer("a", "declined"),))
    assert seats(event, candidates("a", "b", "c", "d", "new"), records) == {
        "a": "declined (declined the seat on 2023-09-25)",
        "b": "waiting 1 (all 2 seats are taken)",
        "c": "confirmed (drawn by lot in draw 1)",
        "d": "confirmed (moved up from the reserves of draw 1)",
        "new": "waiting 2 (all 2 seats are taken)",
    }
    assert seats(event, candidates("a"))["a"] == "waiting 1 (seats are given by lot, and lots have not been drawn yet)"


people = st.lists(
    st.builds(
        lambda role, gender, organisation, day: {
            "role": role,
            "gender": gender,
            "organisation": organisation,
            "registered_on": day,
        },
        st.sampled_from(["participant", "participant", "speaker"]),
        st.sampled_from([Gender.FEMALE, Gender.MALE]),
        st.sampled_from(["", "Oujda", "Fès"]),
        st.none() | st.dates(date(2023, 9, 20), date(2023, 10, 5)),
    ),
    max_size=25,
)
events = st.builds(
    lambda capacity, order, late, by_offer, women, each: an_event(
        seats=capacity,
        registration=RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=LAST),
        seating=Seating(order=order, late=late, by_offer=by_offer),
        priorities=(Priority(id="women", reason=Text("women"), when=Conditions(gender=("female",))),),
        quotas=(
            Quota(id="women", when=Conditions(gender=("female",)), at_least=women, released_on=LATER),
            Quota(id="each", by="organisation", at_most=each),
        ),
    ),
    st.none() | st.integers(1, 12),
    st.sampled_from(["first_come", "priority", "lottery"]),
    st.sampled_from(["accepted", "waiting", "refused"]),
    st.booleans(),
    st.integers(0, 5),
    st.none() | st.integers(1, 6),
)


def held_to(event: Event, everyone: Sequence[Candidate], records: Records, today: date) -> None:
    """What must hold of any seats whatever was recorded."""
    found = seats_of(event, everyone, records, today)
    sitting = [one for one in everyone if found[one.participant.id].seat in (Seat.CONFIRMED, Seat.OFFERED)]
    free = [one for one in everyone if found[one.participant.id].free]
    taken = [*sitting, *free]
    assert len(found) == len(everyone)
    assert event.seats is None or len(taken) <= event.seats
    each = event.quotas[1].at_most
    for organisation in ("Oujda", "Fès"):
        assert each is None or sum(one.participant.organisation == organisation for one in taken) <= each
    waiting = sorted(one.position or 0 for one in found.values() if one.seat is Seat.WAITING)
    assert waiting == list(range(1, len(waiting) + 1))
    assert found == seats_of(event, everyone, records, today)


@given(events, people)
@settings(max_examples=max(100, STEPS // 20), deadline=None)
def test_capacity_and_quotas_are_never_exceeded_and_nobody_is_lost(event: Event, fields: list[dict[str, Any]]) -> None:
    held_to(event, [a_candidate(a_participant(str(n), **one)) for n, one in enumerate(fields)], NO_RECORDS, LAST)


class SeatsInAnyOrder(RuleBasedStateMachine):
    """People register, withdraw, confirm, decline, cancel, get offers in any order; limits move; facts are undone."""

    @initialize(event=events)
    def begin(self, event: Event) -> None:
        self.event, self.today = event, ON
        self.people: list[Candidate] = []
        self.registered = 0
        self.records = NO_RECORDS
        self.before: list[tuple[Any, ...]] = []

    def remember(self) -> None:
        self.before.append((self.event, list(self.people), self.records))

    def somebody(self, number: int) -> str:
        return f"p{number % (self.registered + 1)}"

    @rule(fields=people)
    def registrations_are_imported(self, fields: list[dict[str, Any]]) -> None:
        self.remember()
        for one in fields[:6]:
            self.people.append(a_candidate(a_participant(f"p{self.registered}", **one)))
            self.registered += 1

    @rule(number=st.integers(0, 60), state=st.sampled_from(SeatState), days=st.none() | st.integers(-2, 4))
    def somebody_answers(self, number: int, state: SeatState, days: int | None) -> None:
        self.remember()
        id = self.somebody(number)
        until = None if days is None or state is not SeatState.OFFERED else self.today + timedelta(days)
        others = tuple(one for one in self.records.seat_answers if one.participant_id != id)
        made = SeatAnswer(participant_id=id, state=state, on=self.today, by="c", until=until)
        self.records = replace(self.records, seat_answers=(*others, made))

    @rule(places=st.integers(1, 5), name=st.sampled_from(["fes", "oujda"]), days=st.none() | st.integers(-1, 5))
    def an_institution_is_invited(self, places: int, name: str, days: int | None) -> None:
        self.remember()
        released = None if days is None else self.today + timedelta(days)
        others = tuple(one for one in self.records.invitations if one.id != name)
        made = Invitation(id=name, institution=name, places=places, on=self.today, released_on=released)
        self.records = replace(self.records, invitations=(*others, made))

    @rule(number=st.integers(0, 60), name=st.sampled_from(["fes", "oujda"]))
    def a_delegate_is_named(self, number: int, name: str) -> None:
        self.remember()
        id = self.somebody(number)
        others = tuple(one for one in self.records.delegates if one.participant_id != id)
        made = Delegate(participant_id=id, invitation=name, on=self.today, by="c")
        self.records = replace(self.records, delegates=(*others, made))

    @rule(number=st.integers(0, 60))
    def somebody_withdraws(self, number: int) -> None:
        self.remember()
        self.people = [one for one in self.people if one.participant.id != self.somebody(number)]

    @rule(capacity=st.none() | st.integers(1, 12))
    def the_hall_changes(self, capacity: int | None) -> None:
        self.remember()
        self.event = replace(self.event, seats=capacity)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days)

    @rule()
    def the_last_change_is_undone(self) -> None:
        if self.before:
            self.event, self.people, self.records = self.before.pop()

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        if hasattr(self, "event"):
            held_to(self.event, self.people, self.records, self.today)


TestSeatsInAnyOrder = SeatsInAnyOrder.TestCase
TestSeatsInAnyOrder.settings = settings(
    max_examples=max(10, STEPS // 40), stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
