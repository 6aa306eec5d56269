"""What is wrong with the programme around the agenda: speakers, preparatory meetings, menus, days of fasting."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from eventops.domain.event import Event, Session
from eventops.domain.hosting.allergens import ALLERGEN_IDS
from eventops.domain.texts import Text

SPEAKER_ROLES = ("speaker", "moderator", "facilitator", "expert", "interpreter")

_UNKNOWN = Text("{where} is {seen}, which the event does not have; it has {known}")
_NOT_ONE = Text("{where} is {seen}, but should be one of {known}")
_BEFORE = Text("{where} is {seen}, but should come after the start at {start}")
_FEW = Text("{where} is {seen}, but should be {least} or more")

Path = tuple[str | int, ...]


class ProgrammeProblem(Struct, frozen=True, kw_only=True):
    """Something wrong, with its place in the event."""

    code: str
    path: Path
    message: Text
    values: dict[str, object]


def programme_problems(event: Event) -> Iterator[ProgrammeProblem]:
    """The problems in the order of the event's parts."""
    rooms = [room.id for room in event.venue.rooms]
    speakers = [one.id for one in event.speakers]
    for at, session in enumerate(event.agenda):
        yield from _session(("agenda", at), session, rooms, speakers)
    for at, workshop in enumerate(event.workshops):
        yield from _known(("workshops", at, "facilitators"), workshop.facilitators, speakers)
        if workshop.group_size is not None:
            yield from _at_least(("workshops", at, "group_size"), workshop.group_size, 2)
    for at, meeting in enumerate(event.preparations):
        yield from _after(("preparations", at, "ends_at"), meeting.starts_at, meeting.ends_at)
        if meeting.room:
            yield from _known(("preparations", at, "room"), (meeting.room,), rooms, single=True)
        yield from _session(("preparations", at), meeting, rooms, speakers)
    yield from _around(event)


def _around(event: Event) -> Iterator[ProgrammeProblem]:
    """Speakers, menus and days of fasting."""
    for at, speaker in enumerate(event.speakers):
        yield from _one_of(("speakers", at, "role"), speaker.role, SPEAKER_ROLES)
        for number, period in enumerate(speaker.available):
            yield from _after(("speakers", at, "available", number, "ends_at"), period.starts_at, period.ends_at)
    for at, meal in enumerate(event.meals):
        for number, allergen in enumerate(meal.contains):
            yield from _one_of(("meals", at, "contains", number), allergen, ALLERGEN_IDS)
    for at, days in enumerate(event.fasting):
        if days.last < days.first:
            yield _problem("event-dates", ("fasting", at, "last"), _BEFORE, seen=days.last, start=days.first)
        if days.dawn is not None and days.sunset is not None and days.sunset <= days.dawn:
            yield _problem("event-times", ("fasting", at, "sunset"), _BEFORE, seen=days.sunset, start=days.dawn)


def _session(path: Path, session: Session, rooms: Sequence[str], speakers: Sequence[str]) -> Iterator[ProgrammeProblem]:
    yield from _known((*path, "speakers"), session.speakers, speakers)
    yield from _known((*path, "more_rooms"), session.more_rooms, rooms)
    if session.expected is not None:
        yield from _at_least((*path, "expected"), session.expected, 0)
    for number, thing in enumerate(session.needs):
        yield from _at_least((*path, "needs", number, "count"), thing.count, 1)


def _problem(code: str, path: Path, message: Text, **values: object) -> ProgrammeProblem:
    return ProgrammeProblem(code=code, path=path, message=message, values=values)


def _known(
    path: Path, seen: Sequence[str], known: Sequence[str], *, single: bool = False
) -> Iterator[ProgrammeProblem]:
    names = frozenset(known)
    for number, one in enumerate(seen):
        if one not in names:
            place = path if single else (*path, number)
            yield _problem("event-reference", place, _UNKNOWN, seen=one or '""', known=", ".join(known) or "-")


def _one_of(path: Path, seen: str, known: Sequence[str]) -> Iterator[ProgrammeProblem]:
    if seen not in known:
        yield _problem("event-choice", path, _NOT_ONE, seen=seen or '""', known=", ".join(known))


def _after(path: Path, starts_at: datetime, ends_at: datetime) -> Iterator[ProgrammeProblem]:
    if ends_at <= starts_at:
        yield _problem("event-times", path, _BEFORE, seen=ends_at, start=starts_at)


def _at_least(path: Path, seen: int, least: int) -> Iterator[ProgrammeProblem]:
    if seen < least:
        yield _problem("event-count", path, _FEW, seen=seen, least=least)
