"""Taking a programme into an event: sessions, rooms and speakers, each found again by its stable id."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct, structs

from eventops.domain.event import Event, Room, Session, Speaker
from eventops.domain.findings import Finding, Severity
from eventops.domain.folding import folded
from eventops.domain.scheduling.programme import (
    Entry,
    Person,
    Programme,
    RoomSeen,
    room_guid,
    session_guid,
    speaker_guid,
    uuid_of,
    workshop_session_id,
)
from eventops.domain.texts import Text

Item = TypeVar("Item", Room, Session, Speaker)

_KIND_WORDS = (
    ("meal", "meal lunch breakfast dinner dejeuner diner repas gala غداء عشاء فطور وجبه"),
    ("break", "break coffee tea pause cafe recess استراحه"),
    ("workshop", "workshop atelier tutorial training ورشه"),
    ("reception", "registration reception accueil inscription checkin استقبال تسجيل"),
)
_KINDS = {word: kind for kind, words in _KIND_WORDS for word in words.split()}
NOWHERE = "-"  # the room under which formats that ask for one put a session without
_SHORT_TITLE = 4  # words; a longer title with “lunch” in it is a talk
_ASSUMED = Text("The file does not say how many people these rooms hold: {rooms}; {count} is assumed for each")


class Imported(Struct, frozen=True, kw_only=True):
    """The event with a programme, the ids of what changed, and what a person should look at."""

    event: Event
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    rooms: tuple[str, ...]
    speakers: tuple[str, ...]
    findings: tuple[Finding, ...]


def with_programme(
    event: Event,
    programme: Programme,
    local: Callable[[datetime], datetime],
    *,
    room_capacity: int | None = None,
    replace: bool = False,
) -> Imported:
    """The event with the programme's sessions: those of the same guid changed, others added; with `replace` those the
    programme lacks are removed, but for the ones workshops are held in. `local` gives a moment in the event's zone."""
    rooms, room_ids, assumed = _rooms(event, programme, room_capacity)
    speakers, speaker_ids = _speakers(event, programme)
    by_guid = _by_guid(event)
    told = {session_guid(event, workshop_session_id(one)) for one in event.workshops}
    taken = {one.id for one in event.agenda}
    held = {one.session for one in event.workshops}
    sessions = {one.id: one for one in event.agenda if not replace or one.id in held}
    added, changed = [], []
    seen: set[str] = set()
    for entry in programme.entries:
        guid = entry.guid or uuid_of("", entry.title, entry.starts_at.isoformat(), *entry.rooms)
        own, at, _host = guid.rpartition("@")  # a calendar written here adds the host to an id of ours
        ours = bool(at) and (own in by_guid or own in told)
        guid = own if ours else guid
        if guid in told:
            continue  # a workshop, which the event holds beside its sessions
        if guid in seen:  # one talk given twice
            guid = f"{guid}#{entry.starts_at:%Y%m%dT%H%M}"
        seen.add(guid)
        before = by_guid.get(guid)
        id = before.id if before is not None else _free(_session_id(entry, guid), taken)
        taken.add(id)
        made = _session(entry, id, guid, before, room_ids, speaker_ids, local)
        if ours and before is not None:  # a calendar has no field for the rest
            made = structs.replace(
                before,
                title=made.title,
                starts_at=made.starts_at,
                ends_at=made.ends_at,
                room=made.room,
                more_rooms=made.more_rooms,
            )
        sessions[id] = made
        if before is None:
            added.append(id)
        elif before != made:
            changed.append(id)
    agenda = tuple(sorted(sessions.values(), key=lambda one: (one.starts_at, one.room, one.id)))
    removed = tuple(one.id for one in event.agenda if one.id not in sessions)
    findings = [*programme.findings]
    if assumed:
        count = next(room.capacity for room in rooms if room.id == assumed[0])
        findings.append(_finding("room-capacity-assumed", _ASSUMED, rooms=", ".join(assumed), count=count))
    venue = structs.replace(event.venue, rooms=rooms)
    return Imported(
        event=structs.replace(event, agenda=agenda, venue=venue, speakers=speakers),
        added=tuple(added),
        changed=tuple(changed),
        removed=removed,
        rooms=_new(event.venue.rooms, rooms),
        speakers=_new(event.speakers, speakers),
        findings=tuple(findings),
    )


def _by_guid(event: Event) -> dict[str, Session]:
    """The sessions by the id they came with, by the UUID a programme writes for it, and the event's own by theirs."""
    found = {uuid_of(session_guid(event, one.id, one.guid)): one for one in event.agenda}
    return found | {one.guid: one for one in event.agenda if one.guid}


def _finding(code: str, message: Text, **values: object) -> Finding:
    return Finding(severity=Severity.WARNING, code=code, message=message, values=values)


def _new(before: Sequence[Item], after: Sequence[Item]) -> tuple[str, ...]:
    known = {one.id for one in before}
    return tuple(one.id for one in after if one.id not in known)


def _rooms(
    event: Event, programme: Programme, room_capacity: int | None
) -> tuple[tuple[Room, ...], dict[str, tuple[str, ...]], list[str]]:
    """The rooms with those of the programme, the ids of those a name names, and those whose size is assumed."""
    rooms = {one.id: one for one in event.venue.rooms}
    by_guid = {guid: one.id for one in event.venue.rooms for guid in (room_guid(event, one), one.guid) if guid}
    by_name = {_key(name): one.id for one in event.venue.rooms for name in _names(one)}
    ids: dict[str, tuple[str, ...]] = {}
    assumed = []
    largest = max((room.capacity for room in event.venue.rooms), default=100)
    for seen in programme.rooms:
        if seen.name == NOWHERE:
            ids[seen.name] = ()
            continue
        id = by_guid.get(seen.guid) if seen.guid else None
        id = id or by_name.get(_key(seen.name))
        several = tuple(by_name.get(_key(part), "") for part in seen.name.split(", "))
        if id is None and all(several):
            ids[seen.name] = several
            continue
        if id is None:
            id = _free(_slug(seen.name) or f"room-{uuid_of('', 'room', seen.name)[:8]}", set(rooms))
            capacity = seen.capacity or room_capacity or event.seats or largest
            if not (seen.capacity or room_capacity):
                assumed.append(id)
            rooms[id] = Room(id=id, name=Text(seen.name), capacity=capacity, guid=seen.guid)
            by_name[_key(seen.name)] = id
        else:
            rooms[id] = _seen_again(rooms[id], seen)
        ids[seen.name] = (id,)
    return tuple(rooms.values()), ids, assumed


def _seen_again(room: Room, seen: RoomSeen) -> Room:
    return structs.replace(room, guid=seen.guid or room.guid, capacity=seen.capacity or room.capacity)


def _names(room: Room) -> Iterable[str]:
    return filter(None, (room.id, *_languages(room.name)))


def _languages(text: Text) -> Iterable[str]:
    return filter(None, (text.en, text.fr, text.ar))


def _speakers(event: Event, programme: Programme) -> tuple[tuple[Speaker, ...], dict[Person, str]]:
    """The speakers with those of the programme, and their ids."""
    speakers = {one.id: one for one in event.speakers}
    by_guid = {guid: one.id for one in event.speakers for guid in (speaker_guid(event, one), one.guid) if guid}
    by_name = {_key(name): one.id for one in event.speakers for name in _languages(one.name)}
    ids: dict[Person, str] = {}
    freely = {_key(name) for one in event.agenda if one.speaker.en for name in _languages(one.speaker)}
    for person in dict.fromkeys(person for entry in programme.entries for person in entry.persons):
        if _key(person.name) in freely and _key(person.name) not in by_name:
            continue  # the session says who speaks in words of its own
        stable = person.guid or (f"{programme.acronym}/{person.number}" if person.number else "")
        id = by_guid.get(stable) if stable else by_name.get(_key(person.name))
        if id is None:
            own = _slug(person.number) or uuid_of("", "person", stable or person.name)[:8]
            id = _free(f"p{own}" if own[0].isdecimal() else f"p-{own}", set(speakers))
            speakers[id] = Speaker(id=id, name=Text(person.name), guid=stable)
        elif speakers[id].name.en != person.name and by_name.get(_key(person.name)) != id:
            speakers[id] = structs.replace(speakers[id], name=Text(person.name))
        by_name.setdefault(_key(person.name), id)
        if stable:
            by_guid[stable] = id
        ids[person] = id
    return tuple(speakers.values()), ids


def _session(
    entry: Entry,
    id: str,
    guid: str,
    before: Session | None,
    rooms: dict[str, tuple[str, ...]],
    speakers: dict[Person, str],
    local: Callable[[datetime], datetime],
) -> Session:
    """The session of an entry; what the event knows beyond the programme is kept."""
    used = tuple(dict.fromkeys(id for name in entry.rooms for id in rooms[name]))
    kept = before or Session(
        id=id, title=Text(entry.title), starts_at=entry.starts_at, ends_at=entry.ends_at, kind=kind_of(entry)
    )
    return structs.replace(
        kept,
        title=_kept_text(kept.title, entry.title),
        starts_at=local(entry.starts_at),
        ends_at=local(entry.ends_at),
        room=used[0] if used else "",
        more_rooms=used[1:],
        speakers=tuple(dict.fromkeys(speakers[person] for person in entry.persons if person in speakers)),
        track=entry.track,
        language=entry.language,
        summary=_kept_text(kept.summary, entry.summary),
        guid=guid if before is None else before.guid,
        number=entry.number if before is None or before.guid else before.number,
    )


def _kept_text(kept: Text, seen: str) -> Text:
    """The text in its languages where the programme says one of them, else what the programme says."""
    return kept if seen == kept.en or seen in _languages(kept) else Text(seen)


def kind_of(entry: Entry) -> str:
    """The kind of session: by the type the programme gives, else by a short title nobody speaks under."""
    words = folded(entry.kind).split()
    if not entry.persons and len(entry.title.split()) <= _SHORT_TITLE:
        words += folded(entry.title).split()
    return next((_KINDS[word] for word in words if word in _KINDS), "plenary")


def _session_id(entry: Entry, guid: str) -> str:
    return f"s{entry.number}" if entry.number is not None else f"s-{uuid_of(guid)[:8]}"


def _free(id: str, taken: set[str]) -> str:
    if id not in taken:
        return id
    number = 2
    while f"{id}-{number}" in taken:
        number += 1
    return f"{id}-{number}"


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _slug(name: str) -> str:
    """A short id out of a name in Latin letters, '' for others."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()) if name.isascii() else ""
    return plain.strip("-")[:40].strip("-")
