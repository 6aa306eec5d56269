"""Conflicts of the programme by true time: two things at one moment, whatever the clocks on paper say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from msgspec import Struct, structs

from eventops.domain.event import Equipment, Event, Period, Session, Speaker
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Text

# What people may sit through while a meal is served.
WITH_MEALS = ("break", "meal", "reception")

MESSAGES = {
    "room": Text("{first} and {second} are both in {subject} at {starts_at}"),
    "speaker": Text("{subject} is wanted by {first} and {second} at {starts_at}"),
    "availability": Text("{subject} cannot be there for all of {first}, which starts at {starts_at}"),
    "stay": Text("{subject} takes part in {first} at {starts_at}, but is not there then: {second}"),
    "equipment": Text("{first} needs {wanted} × {subject}, and there are {there}"),
    "capacity": Text("{first} expects {wanted} people, its room {subject} holds {there}"),
    "meal": Text("{second} is served while {first} goes on, from {starts_at}"),
}


class Conflict(Struct, frozen=True, kw_only=True):
    """Two things that cannot both be. `first` and `second` are ids of sessions, workshops or meals; `subject` the room,
    speaker or thing they want; `starts_at` when it begins to hurt."""

    kind: str
    subject: str
    first: str
    second: str = ""
    starts_at: datetime
    ends_at: datetime
    wanted: int = 0
    there: int = 0


class Slot(Struct, frozen=True, kw_only=True):
    """Something that takes place: a session, a workshop in its session, or a preparatory meeting."""

    id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    rooms: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    needs: tuple[Equipment, ...] = ()
    expected: int | None = None


def conflicts_of(
    event: Event, *, people: int = 0, there: Mapping[str, Sequence[Period]] = {}, in_workshop: Mapping[str, int] = {}
) -> tuple[Conflict, ...]:
    """Every conflict, in the order of time. `people` come to what nothing runs beside; `there` says from when to when
    the enrolled speakers are present, by participant; `in_workshop` how many are placed in each workshop."""
    slots = slots_of(event, in_workshop)
    found = [
        *_rooms(slots),
        *_speakers(slots, event.speakers),
        *_presence(slots, event.speakers, there),
        *_equipment(event, slots),
        *_capacity(event, slots, people),
        *_meals(event, slots),
    ]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.kind, one.subject, one.first, one.second)))


def slots_of(event: Event, in_workshop: Mapping[str, int] = {}) -> tuple[Slot, ...]:
    """Everything that takes place, in the order of time."""
    sessions = {one.id: one for one in event.agenda}
    # A session held as parallel workshops in rooms of their own has its people and things there.
    held = {one.session for one in event.workshops if one.session and one.room}
    slots = [_slot(one, one.kind) for one in event.agenda if one.id not in held]
    slots += [_slot(structs.replace(one, room="", needs=()), one.kind) for one in event.agenda if one.id in held]
    slots += [_slot(one, "preparation") for one in event.preparations]
    for workshop in event.workshops:
        session = sessions.get(workshop.session)
        if session is not None:
            slots.append(
                Slot(
                    id=workshop.id,
                    kind="workshop",
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                    rooms=(workshop.room,) if workshop.room else (),
                    speakers=workshop.facilitators,
                    needs=workshop.needs,
                    expected=in_workshop.get(workshop.id, 0),
                )
            )
    return tuple(sorted(slots, key=lambda one: (one.starts_at, one.ends_at, one.id)))


def _slot(session: Session, kind: str) -> Slot:
    rooms = dict.fromkeys(room for room in (session.room, *session.more_rooms) if room)
    return Slot(
        id=session.id,
        kind=kind,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        rooms=tuple(rooms),
        speakers=tuple(dict.fromkeys(session.speakers)),
        needs=session.needs,
        expected=session.expected,
    )


def overlapping(slots: Iterable[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """The pairs of slots that share a moment. One that ends as the other starts does not."""
    under_way: list[tuple[datetime, int, Slot]] = []
    number = count()
    for slot in sorted(slots, key=lambda one: (one.starts_at, one.ends_at, one.id)):
        while under_way and under_way[0][0] <= slot.starts_at:
            heappop(under_way)
        for _, _, other in sorted(under_way):
            if slot.ends_at > slot.starts_at:
                yield other, slot
        heappush(under_way, (slot.ends_at, next(number), slot))


def _rooms(slots: Sequence[Slot]) -> Iterator[Conflict]:
    by_room: dict[str, list[Slot]] = {}
    for slot in slots:
        for room in slot.rooms:
            by_room.setdefault(room, []).append(slot)
    for room in sorted(by_room):
        yield from (_of_two("room", room, one, other) for one, other in overlapping(by_room[room]))


def _of_two(kind: str, subject: str, one: Slot, other: Slot) -> Conflict:
    return Conflict(
        kind=kind,
        subject=subject,
        first=one.id,
        second=other.id,
        starts_at=max(one.starts_at, other.starts_at),
        ends_at=min(one.ends_at, other.ends_at),
    )


def _speakers(slots: Sequence[Slot], speakers: Sequence[Speaker]) -> Iterator[Conflict]:
    by_speaker: dict[str, list[Slot]] = {}
    for slot in slots:
        for speaker in slot.speakers:
            by_speaker.setdefault(speaker, []).append(slot)
    for id in sorted(by_speaker):
        yield from (_of_two("speaker", id, one, other) for one, other in overlapping(by_speaker[id]))
    available = {one.id: one.available for one in speakers}
    for id in sorted(by_speaker):
        periods = available.get(id, ())
        for slot in by_speaker[id] if periods else ():
            if not covered(slot.starts_at, slot.ends_at, periods):
                yield Conflict(
                    kind="availability", subject=id, first=slot.id, starts_at=slot.starts_at, ends_at=slot.ends_at
                )


def covered(starts_at: datetime, ends_at: datetime, periods: Iterable[Period]) -> bool:
    """Whether the periods, some of which may touch, hold all of the time."""
    reached = starts_at
    for period in sorted(periods, key=lambda one: (one.starts_at, one.ends_at)):
        if period.starts_at <= reached < period.ends_at:
            reached = period.ends_at
    return reached >= ends_at


def _presence(
    slots: Sequence[Slot], speakers: Sequence[Speaker], there: Mapping[str, Sequence[Period]]
) -> Iterator[Conflict]:
    """Enrolled speakers who arrive after, leave before or are away during what they hold."""
    enrolled = {one.id: one.participant for one in speakers if one.participant in there}
    for slot in slots:
        for id in slot.speakers:
            periods = there.get(enrolled.get(id, ""))
            if periods is not None and not covered(slot.starts_at, slot.ends_at, periods):
                said = "; ".join(f"{one.starts_at:%Y-%m-%d %H:%M}–{one.ends_at:%Y-%m-%d %H:%M}" for one in periods)
                yield Conflict(
                    kind="stay",
                    subject=id,
                    first=slot.id,
                    second=said or "-",
                    starts_at=slot.starts_at,
                    ends_at=slot.ends_at,
                )


def _equipment(event: Event, slots: Sequence[Slot]) -> Iterator[Conflict]:
    """What a slot needs beyond its rooms' own things, and what is left to carry there at that time."""
    own = {room.id: _counts(room.equipment) for room in event.venue.rooms}
    mobile = _counts(event.venue.equipment)
    carried: dict[str, list[tuple[datetime, int]]] = {}
    for slot in slots:
        for thing, wanted in sorted(_counts(slot.needs).items()):
            standing = sum(own.get(room, {}).get(thing, 0) for room in slot.rooms)
            missing = wanted - standing
            if missing <= 0:
                continue
            out = [(ends, count) for ends, count in carried.get(thing, []) if ends > slot.starts_at]
            free = max(mobile.get(thing, 0) - sum(count for _, count in out), 0)
            taken = min(missing, free)
            carried[thing] = [*out, (slot.ends_at, taken)]
            if taken < missing:
                yield Conflict(
                    kind="equipment",
                    subject=thing,
                    first=slot.id,
                    starts_at=slot.starts_at,
                    ends_at=slot.ends_at,
                    wanted=wanted,
                    there=standing + taken,
                )


def _counts(things: Iterable[Equipment]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for thing in things:
        name = " ".join(thing.name.en.casefold().split())
        counts[name] = counts.get(name, 0) + thing.count
    return counts


def _capacity(event: Event, slots: Sequence[Slot], people: int) -> Iterator[Conflict]:
    capacity = {room.id: room.capacity for room in event.venue.rooms}
    agenda = {one.id for one in event.agenda}
    beside = {id for one, other in overlapping(one for one in slots if one.id in agenda) for id in (one.id, other.id)}
    for slot in slots:
        expected = slot.expected
        if expected is None:
            expected = people if slot.id in agenda and slot.id not in beside else 0
        room_for = sum(capacity.get(room, 0) for room in slot.rooms)
        if slot.rooms and expected > room_for:
            yield Conflict(
                kind="capacity",
                subject=slot.rooms[0],
                first=slot.id,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                wanted=expected,
                there=room_for,
            )


def _meals(event: Event, slots: Sequence[Slot]) -> Iterator[Conflict]:
    """Services that begin while people sit in a session that is no break; workshops are told as their session."""
    served = [
        Slot(id=one.id, kind="service", starts_at=one.starts_at, ends_at=one.ends_at)
        for one in event.meals
        if one.served_to == "everyone"
    ]
    agenda = {one.id for one in event.agenda}
    sitting = [one for one in slots if one.id in agenda and one.kind not in WITH_MEALS]
    for one, other in overlapping((*served, *sitting)):
        if (one.kind == "service") != (other.kind == "service"):
            session, meal = (other, one) if one.kind == "service" else (one, other)
            yield _of_two("meal", meal.id, session, meal)


def conflict_findings(event: Event, conflicts: Iterable[Conflict]) -> tuple[Finding, ...]:
    """The conflicts as findings of the plan, each under the code `programme-KIND`."""
    titles = {one.id: one.title for one in event.meals} | {one.id: one.title for one in event.workshops}
    titles |= {one.id: one.title for one in (*event.agenda, *event.preparations)}
    subjects = {one.id: one.name for one in event.speakers} | {one.id: one.name for one in event.venue.rooms}
    return tuple(
        Finding(
            severity=Severity.WARNING,
            code=f"programme-{one.kind}",
            message=MESSAGES[one.kind],
            values={
                "first": titles.get(one.first, one.first),
                "second": titles.get(one.second, one.second),
                "subject": subjects.get(one.subject, titles.get(one.subject, one.subject)),
                "starts_at": one.starts_at,
                "wanted": one.wanted,
                "there": one.there,
            },
            source=Source(place=one.first),
        )
        for one in conflicts
    )
