"""Seats through the store: whatever is confirmed, cancelled, imported and undone in whatever order, never too many."""

import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from eventops.adapters.memory_store import MemoryStore
from eventops.application.facts import load_event, load_participants, put_event, put_participant
from eventops.application.records import load_records
from eventops.application.seats import (
    answer_of,
    put_answer,
    put_delegate,
    put_invitation,
    remove_answer,
    remove_invitation,
)
from eventops.domain.deciding.seat_records import Delegate, Invitation, SeatState
from eventops.domain.deciding.seats import seats_of
from eventops.domain.event import Conditions, Quota, Seating
from eventops.domain.people import Gender, Status
from eventops.domain.rules import Seat
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Stamp
from eventops.testing.builders import a_candidate, a_participant, an_event

STEPS = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", "300"))
TODAY = date(2023, 9, 25)
numbers = st.integers(0, 40)


class SeatsInAStore(RuleBasedStateMachine):
    """Commands in any order, each one change of the store; some are taken back, some taken back again."""

    def __init__(self) -> None:
        super().__init__()
        self.store, self.today, self.registered = MemoryStore(), TODAY, 0
        self.change(lambda change: put_event(change, an_event(seats=5)))

    def change(self, what: Any) -> None:
        stamp = Stamp(actor="c", at=datetime(2023, 9, 25, tzinfo=UTC), command="seat")
        with self.store.change(stamp) as change:
            what(change)

    def somebody(self, change: Change, number: int) -> Any:
        people = load_participants(change)
        return people[number % len(people)] if people else None

    @rule(women=st.lists(st.booleans(), min_size=1, max_size=6), institution=st.sampled_from(["", "Fès", "Oujda"]))
    def people_are_imported(self, women: list[bool], institution: str) -> None:
        def put(change: Change) -> None:
            for woman in women:
                gender = Gender.FEMALE if woman else Gender.MALE
                person = a_participant(f"P{self.registered:04d}", gender=gender, organisation=institution)
                put_participant(change, person)
                self.registered += 1

        self.change(put)

    @rule(number=numbers, state=st.sampled_from(SeatState), days=st.integers(0, 3))
    def somebody_answers(self, number: int, state: SeatState, days: int) -> None:
        def put(change: Change) -> None:
            person = self.somebody(change, number)
            if person is not None:
                until = self.today + timedelta(days) if state is SeatState.OFFERED else None
                put_answer(change, answer_of(person, state, self.today, "c", until=until))

        self.change(put)

    @rule(number=numbers)
    def an_answer_is_cleared(self, number: int) -> None:
        def take(change: Change) -> None:
            person = self.somebody(change, number)
            if person is not None:
                with suppress(NotUsable):  # they had not answered
                    remove_answer(change, person)

        self.change(take)

    @rule(number=numbers)
    def somebody_withdraws_or_comes_back(self, number: int) -> None:
        def put(change: Change) -> None:
            person = self.somebody(change, number)
            if person is not None:
                left = Status.REGISTERED if person.status is Status.WITHDRAWN else Status.WITHDRAWN
                put_participant(change, a_participant(person.id, gender=person.gender, status=left))

        self.change(put)

    @rule(places=st.integers(1, 4), days=st.integers(0, 3))
    def an_institution_is_invited(self, places: int, days: int) -> None:
        made = Invitation(
            id="fes", institution="Fès", places=places, on=self.today, released_on=self.today + timedelta(days)
        )
        self.change(lambda change: put_invitation(change, made))

    @rule()
    def the_institution_is_not_invited_any_more(self) -> None:
        def take(change: Change) -> None:
            records = load_records(change)
            for one in records.invitations:
                remove_invitation(change, one, records.delegates)

        self.change(take)

    @rule(number=numbers)
    def a_delegate_is_named(self, number: int) -> None:
        def put(change: Change) -> None:
            person, records = self.somebody(change, number), load_records(change)
            if person is None or not records.invitations:
                return
            made = Delegate(participant_id=person.id, invitation="fes", on=self.today, by="c")
            with suppress(NotUsable):  # they were named already
                put_delegate(change, made, records.delegates)

        self.change(put)

    @rule(seats=st.integers(1, 8), most=st.integers(1, 4), by_offer=st.booleans())
    def the_event_is_applied_again(self, seats: int, most: int, by_offer: bool) -> None:
        made = an_event(
            seats=seats,
            seating=Seating(by_offer=by_offer),
            quotas=(
                Quota(id="women", when=Conditions(gender=("female",)), at_least=1),
                Quota(id="each", by="organisation", at_most=most),
            ),
        )
        self.change(lambda change: put_event(change, made))

    @rule()
    def the_last_change_is_undone(self) -> None:
        self._turn(self.store.take_back)

    @rule()
    def the_last_undo_is_undone(self) -> None:
        self._turn(self.store.redo)

    def _turn(self, how: Any) -> None:
        with suppress(NotUsable):  # nothing is left to take back
            how(Stamp(actor="c", at=datetime(2023, 9, 25, tzinfo=UTC), command="undo"))

    @rule()
    def a_day_passes(self) -> None:
        self.today += timedelta(1)

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        if self.store.get("event", "event") is None:
            return  # even the first change was undone
        event = load_event(self.store)
        people = [a_candidate(one) for one in load_participants(self.store) if one.status is not Status.WITHDRAWN]
        found = seats_of(event, people, load_records(self.store), self.today)
        taken = [one for one in people if found[one.participant.id].seat in (Seat.CONFIRMED, Seat.OFFERED)]
        assert event.seats is not None
        assert len(taken) + sum(one.free for one in found.values()) <= event.seats
        for quota in event.quotas:
            for institution in ("Fès", "Oujda"):
                here = sum(one.participant.organisation == institution for one in taken)
                assert not quota.by or quota.at_most is None or here <= quota.at_most


TestSeatsInAStore = SeatsInAStore.TestCase
TestSeatsInAStore.settings = settings(
    max_examples=max(8, STEPS // 40), stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
