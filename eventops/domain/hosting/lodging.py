"""Nights: which evenings a person needs a bed, from the agenda and the travel-time estimate."""

from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.event import Event, closing, first_day, last_day, opening
from eventops.domain.rules import Candidate, Decision, Facts, Night, Outcome


def nights_before(event: Event, count: int) -> tuple[date, ...]:
    """The evenings of the `count` nights that end on the first day of the event."""
    return tuple(first_day(event) - timedelta(days=back) for back in range(count, 0, -1))


def nights_between(event: Event) -> tuple[date, ...]:
    """The evenings of the event's own days but the last."""
    return tuple(first_day(event) + timedelta(days=day) for day in range((last_day(event) - first_day(event)).days))


def must_leave_at(event: Event, travel_minutes: int, minutes_before: int) -> datetime:
    """When a person must leave home to be there in time."""
    return opening(event) - timedelta(minutes=travel_minutes + minutes_before)


def home_again_at(event: Event, travel_minutes: int) -> datetime:
    """When a person is home after the last session."""
    return closing(event) + timedelta(minutes=travel_minutes)


def with_beds_funded(
    decisions: Mapping[tuple[str, str], Decision], beyond: Set[tuple[str, str]]
) -> dict[tuple[str, str], Decision]:
    """The decisions that meals and journeys go by: who has no bed after all, because the money does not reach that far,
    neither eats there nor arrives the evening before. `beyond` are persons and benefits the money does not reach."""
    return {
        key: replace(one, outcome=Outcome.NOT_COVERED, grant=None, parts=())
        if key in beyond and one.benefit == "lodging"
        else one
        for key, one in decisions.items()
    }


def nights_needed(candidate: Candidate, facts: Facts) -> tuple[date, ...]:
    """The evenings a person granted a bed needs it: the night before when they would leave home before
    `departure_not_before`, the night after when they would be home past `home_not_after`, those between
    the event's days; the night before when none of these asks for one."""
    event = facts.event
    nights = list(nights_between(event))
    leaves, home = candidate.leaves_home_at, candidate.back_home_at
    if leaves is not None and (
        leaves.date() < first_day(event) or f"{leaves:%H:%M}" < str(facts.settings["departure_not_before"]).zfill(5)
    ):
        nights.insert(0, first_day(event) - timedelta(days=1))
    if home is not None and (
        home.date() > last_day(event) or f"{home:%H:%M}" > str(facts.settings["home_not_after"]).zfill(5)
    ):
        nights.append(last_day(event))
    return tuple(nights) or nights_before(event, 1)


def nights_of(event: Event, decisions: Iterable[Decision]) -> tuple[Night, ...]:
    """Every night granted, person by person."""
    return tuple(
        Night(participant_id=decision.participant_id, date=night, hotel=event.hotel)
        for decision in decisions
        if decision.benefit == "lodging" and decision.outcome is Outcome.GRANTED and decision.grant is not None
        for night in decision.grant.nights
    )


class Stay(Struct, frozen=True, kw_only=True):
    """The nights of one person in a bed, and who pays."""

    participant_id: str
    nights: tuple[date, ...]
    payer: str

    @property
    def arrives_on(self) -> date:
        """The evening of the first night."""
        return min(self.nights)


def stays_of(decisions: Iterable[Decision]) -> tuple[Stay, ...]:
    """A stay for everyone whose lodging was granted."""
    return tuple(
        Stay(participant_id=one.participant_id, nights=one.grant.nights, payer=one.grant.payer)
        for one in decisions
        if one.benefit == "lodging" and one.outcome is Outcome.GRANTED and one.grant is not None
    )
