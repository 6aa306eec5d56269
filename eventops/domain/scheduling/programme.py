"""A programme as other programs hold it: entries in rooms at moments, with the people on stage."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct

from eventops.domain.event import Event, Room, Speaker, Workshop
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Text

ZoneOf = Callable[[str], tzinfo | None]
"""The zone of an IANA name, None when there is none."""

NO_START = Text("“{title}” has no day and hour that can be read ({seen}); it is left out")
NO_LENGTH = Text("“{title}” has no duration that can be read ({seen}); it is left out")


class Person(Struct, frozen=True, kw_only=True):
    """Somebody on stage; `guid` and `number` as the other program has them, '' where it has none."""

    name: str
    guid: str = ""
    number: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One line of a programme. Times are aware."""

    title: str
    starts_at: datetime
    ends_at: datetime
    guid: str = ""
    number: int | None = None
    subtitle: str = ""
    rooms: tuple[str, ...] = ()
    track: str = ""
    kind: str = ""
    language: str = ""
    summary: str = ""
    persons: tuple[Person, ...] = ()


class RoomSeen(Struct, frozen=True, kw_only=True):
    name: str
    guid: str = ""
    capacity: int | None = None


class Programme(Struct, frozen=True, kw_only=True):
    """A whole programme, and what in it could not be read."""

    title: str = ""
    acronym: str = ""
    zone: str = ""
    entries: tuple[Entry, ...] = ()
    rooms: tuple[RoomSeen, ...] = ()
    findings: tuple[Finding, ...] = ()


def left_out(message: Text, /, **values: object) -> Finding:
    """A finding about an entry that is not taken in."""
    return Finding(
        severity=Severity.WARNING,
        code="programme-entry-left-out",
        message=message,
        values=values,
        source=Source(place=str(values.get("title", ""))),
    )


def moment(wall: datetime, zone: tzinfo) -> datetime:
    """A wall time as the moment it names, with the fixed offset of that day; an aware one as it is."""
    local = wall if wall.tzinfo is not None else wall.replace(tzinfo=zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)


def uuid_of(guid: str, *parts: str) -> str:
    """The guid where it is a UUID, else a UUID that is always the same for it, or for these parts without one."""
    try:
        return str(UUID(guid))
    except ValueError:
        name = guid or "/".join(parts)
        return str(uuid5(NAMESPACE_URL, f"eventops:{name}"))


def session_guid(event: Event, id: str, guid: str = "") -> str:
    """The stable id of a session: the one it came with, else one made of the ids of event and session."""
    return guid or uuid_of("", event.id, "session", id)


def speaker_guid(event: Event, one: Speaker) -> str:
    """The stable id of a speaker, made as that of a session is."""
    return uuid_of(one.guid, event.id, "speaker", one.id)


def room_guid(event: Event, one: Room) -> str:
    """The stable id of a room, made as that of a session is."""
    return uuid_of(one.guid, event.id, "room", one.id)


def workshop_session_id(workshop: Workshop) -> str:
    """The id under which a programme tells of a workshop, beside the session it is held in."""
    return f"workshop-{workshop.id}"


def number_of(guid: str, taken: set[int]) -> int:
    """A positive number that is the same for the same guid, beside those taken."""
    number = UUID(guid).int % (2**31 - 1) + 1
    while number in taken:
        number = number % (2**31 - 1) + 1
    return number


def whole_number(raw: object) -> int | None:
    """A positive whole number that a program wrote as number or text, else None."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    text = str(raw).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 and int(text) > 0 else None


def minutes_in(text: str) -> timedelta | None:
    """A duration as schedules write it: 00:30, 1:00:00, 1:02:30:00 (days first) or minutes alone; None for anything
    else, also for nothing."""
    parts = text.strip().split(":")
    if not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts) or len(parts) > 4:
        return None
    numbers = [int(part) for part in parts]
    match numbers:
        case [minutes]:
            length = timedelta(minutes=minutes)
        case [hours, minutes]:
            length = timedelta(hours=hours, minutes=minutes)
        case [hours, minutes, seconds]:
            length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        case _:
            days, hours, minutes, seconds = numbers
            length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length or None
