"""Presence on record: the times a person is there, in the days of the event."""

from collections.abc import Sequence
from datetime import date, tzinfo

from eventops.application.facts import document_of
from eventops.domain.event import Event, Period
from eventops.domain.hosting.presence import Presence
from eventops.domain.hosting.presence_words import period_called
from eventops.domain.scheduling.programme import moment
from eventops.errors import NotUsable
from eventops.extension.ports import Change


def presence_days(event: Event) -> tuple[date, ...]:
    """The days on which somebody may be there: those of sessions and of meals, in order."""
    sessions = {one.starts_at.date() for one in event.agenda}
    return tuple(sorted(sessions | {one.starts_at.date() for one in event.meals}))


def periods_called(event: Event, times: Sequence[str], zone: tzinfo) -> tuple[Period, ...]:
    """The times people write, in order. Errors: NotUsable for what is no time, and a day the event does not have."""
    periods = sorted(
        (period_called(words, lambda wall: moment(wall, zone)) for words in times),
        key=lambda one: (one.starts_at, one.ends_at),
    )
    days = presence_days(event)
    for one in periods:
        # Before there is an agenda nobody knows the days.
        if days and one.starts_at.date() not in days:
            raise NotUsable("The event is not on {day}; it is on {known}", day=one.starts_at.date(), known=days)
    return tuple(periods)


def put_presence(change: Change, presence: Presence) -> None:
    change.put("presence", presence.participant_id, document_of(presence))


def remove_presence(change: Change, participant_id: str) -> None:
    """They are there all the time again."""
    if change.get("presence", participant_id) is not None:
        change.remove("presence", participant_id)
