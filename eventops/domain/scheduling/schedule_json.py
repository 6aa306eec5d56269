"""Programmes in JSON: the schedule of frab and pretalx (days, rooms, events), and the newer list of events."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from eventops.domain.findings import Finding
from eventops.domain.scheduling.frab import clock_in, clock_length, days_of, numbered
from eventops.domain.scheduling.programme import (
    NO_LENGTH,
    NO_START,
    Entry,
    Person,
    Programme,
    RoomSeen,
    ZoneOf,
    left_out,
    minutes_in,
    moment,
    number_of,
    uuid_of,
    whole_number,
)

SCHEMA = "https://c3voc.de/schedule/schema.json"


def is_schedule(document: object) -> bool:
    """Whether a JSON document looks like a programme."""
    inner = document.get("schedule", document) if isinstance(document, Mapping) else None
    return isinstance(inner, Mapping) and (
        isinstance(inner.get("conference"), Mapping) or isinstance(inner.get("events"), list)
    )


def programme_of_json(document: Mapping[str, Any], zone_of: ZoneOf, usual: tzinfo) -> Programme:
    """The programme in a schedule document."""
    schedule = _table(document.get("schedule", document))
    conference = _table(schedule.get("conference"))
    name = _said(conference.get("time_zone_name"))
    zone = (zone_of(name) if name else None) or usual
    rooms: dict[str, RoomSeen] = {}
    for one in _list(conference.get("rooms")):
        seen = _table(one)
        title = _said(seen.get("name"))
        if title:
            rooms[title] = RoomSeen(
                name=title, guid=_said(seen.get("guid")), capacity=whole_number(seen.get("capacity"))
            )
    findings: list[Finding] = []
    entries: list[Entry] = []
    for room, day, event in _events(schedule, conference):
        entry = _entry(event, room, day, zone)
        if isinstance(entry, Entry):
            entries.append(entry)
            for used in entry.rooms:
                rooms.setdefault(used, RoomSeen(name=used))
        else:
            findings.append(entry)
    return Programme(
        title=_said(conference.get("title")),
        acronym=_said(conference.get("acronym")),
        zone=name,
        entries=tuple(entries),
        rooms=tuple(rooms.values()),
        findings=tuple(findings),
    )


def _events(schedule: Mapping[str, Any], conference: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every event with the room and the day it stands under."""
    for day in _list(conference.get("days")) or _list(schedule.get("days")):
        on = _said(_table(day).get("date"))
        for room, held in _table(_table(day).get("rooms")).items():
            yield from ((str(room), on, _table(one)) for one in _list(held))
    for one in _list(schedule.get("events")):
        yield "", "", _table(one)


def _entry(event: Mapping[str, Any], room: str, day: str, zone: tzinfo) -> Entry | Finding:
    title = _said(event.get("title"))
    starts_at = _starts_at(event, day, zone)
    if starts_at is None:
        return left_out(NO_START, title=title, seen=_said(event.get("date")) or _said(event.get("start")) or "-")
    ends_at = _moment(event.get("end"), zone)
    if ends_at is None:
        length = minutes_in(_said(event.get("duration")))
        ends_at = starts_at + length if length is not None else None
    if ends_at is None or ends_at <= starts_at:
        return left_out(NO_LENGTH, title=title, seen=_said(event.get("duration")) or "-")
    where = _said(event.get("room")) or room
    return Entry(
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        guid=_said(event.get("guid")),
        number=whole_number(event.get("id")),
        subtitle=_said(event.get("subtitle")),
        rooms=(where,) if where else (),
        track=_said(event.get("track")),
        kind=_said(event.get("type")),
        language=_said(event.get("language")),
        summary=_said(event.get("abstract")) or _said(event.get("description")),
        persons=_persons(_list(event.get("persons")) or _list(event.get("participants"))),
    )


def _persons(raw: list[Any]) -> tuple[Person, ...]:
    found = []
    for one in raw:
        person = _table(one)
        name = _said(person.get("public_name")) or _said(person.get("name"))
        if name:
            number = person.get("id") or person.get("code") or ""
            found.append(Person(name=name, guid=_said(person.get("guid")), number=str(number)))
    return tuple(dict.fromkeys(found))


def _starts_at(event: Mapping[str, Any], day: str, zone: tzinfo) -> datetime | None:
    own = _moment(event.get("date"), zone) or _moment(event.get("start"), zone)
    clock = clock_in(_said(event.get("start")))
    if own is not None or clock is None:
        return own
    try:
        return moment(datetime.combine(date.fromisoformat(_said(event.get("date")) or day), clock), zone)
    except ValueError:
        return None


def _moment(raw: object, zone: tzinfo) -> datetime | None:
    """A moment written with its day and hour."""
    if not isinstance(raw, str) or "T" not in raw:
        return None
    try:
        return moment(datetime.fromisoformat(raw), zone)
    except ValueError:
        return None


def _table(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _list(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _said(raw: object) -> str:
    """A text, or the one in the first language of several, or the name or slug of a thing."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, Mapping):
        return next(
            (one.strip() for key in ("name", "en", "slug") if isinstance(one := raw.get(key), str)), ""
        ) or next((one.strip() for one in raw.values() if isinstance(one, str)), "")
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else ""


# Writing


def json_of(programme: Programme, zone: tzinfo, version: str, url: str) -> dict[str, Any]:
    """The programme as schedule.json. `url` is where events are said to be, since every one must have an address."""
    numbers = numbered(programme)
    guids = {room.name: uuid_of(room.guid, "room", room.name) for room in programme.rooms}
    days = []
    for index, (day, starts, ends, entries) in enumerate(days_of(programme.entries, zone), start=1):
        rooms: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            name = entry.rooms[0] if entry.rooms else "-"
            rooms.setdefault(name, []).append(_event(entry, numbers, zone, url))
        days.append(
            {
                "index": index,
                "date": day.isoformat(),
                "day_start": starts.isoformat(),
                "day_end": ends.isoformat(),
                "rooms": dict(sorted(rooms.items())),
            }
        )
    return {
        "$schema": SCHEMA,
        "generator": {"name": "eventops", "version": version},
        "schedule": {
            "version": version,
            "conference": {
                "acronym": programme.acronym,
                "title": programme.title,
                "start": days[0]["date"] if days else "",
                "end": days[-1]["date"] if days else "",
                "daysCount": len(days),
                "timeslot_duration": "00:05",
                "time_zone_name": programme.zone,
                "rooms": [
                    {
                        "name": room.name,
                        "guid": guids[room.name],
                        "slug": f"room_{guids[room.name][:8]}",
                        "description": None,
                        "capacity": room.capacity,
                    }
                    for room in programme.rooms
                ],
                "days": days,
            },
        },
    }


def _event(entry: Entry, numbers: Mapping[str, int], zone: tzinfo, url: str) -> dict[str, Any]:
    guid = uuid_of(entry.guid)
    local = moment(entry.starts_at.astimezone(zone), zone)
    return {
        "guid": guid,
        "id": numbers[guid],
        "date": local.isoformat(),
        "start": f"{local:%H:%M}",
        "end": moment(entry.ends_at.astimezone(zone), zone).isoformat(),
        "duration": clock_length(entry),
        "room": ", ".join(entry.rooms) or "-",
        "slug": f"session_{guid[:8]}",
        "url": f"{url}{guid}",
        "title": entry.title,
        "subtitle": entry.subtitle,
        "track": entry.track or None,
        "type": entry.kind,
        "language": entry.language or None,
        "abstract": entry.summary,
        "description": "",
        "persons": [_person(one) for one in entry.persons],
        "links": [],
    }


def _person(person: Person) -> dict[str, Any]:
    own = uuid_of(person.guid, "person", person.number or person.name)
    number = whole_number(person.number) or number_of(own, set())
    # Without name beside it: the schema takes a person for one program's or the other's, never for both.
    return {"id": number, "guid": own, "public_name": person.name}
