"""Programmes in XML: frab and pentabarf, as pretalx and FOSDEM write it, and EuroPython's own.

The tree comes in already parsed and safe; what is made of it here is values.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from eventops.domain.findings import Finding
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

# Before this hour a session still belongs to the evening before.
DAY_CHANGE = time(4)


def programme_of_xml(root: Element, zone_of: ZoneOf, usual: tzinfo) -> Programme:
    """The programme in a <schedule>. Hours without an offset are those of the zone it names, else of `usual`."""
    conference = root.find("conference")
    head = conference if conference is not None else root
    name = _said(head, "time_zone_name")
    zone = (zone_of(name) if name else None) or usual
    findings: list[Finding] = []
    entries: list[Entry] = []
    rooms: dict[str, RoomSeen] = {}
    change = clock_in(_said(head, "day_change"))
    for day in root.iter("day"):
        for room in day.findall("room"):
            title = (room.get("name") or "").strip()
            if title:
                rooms.setdefault(title, RoomSeen(name=title, guid=room.get("guid") or ""))
        for room_name, event in _events(day):
            entry = _entry(event, room_name, day, change, zone)
            if isinstance(entry, Entry):
                entries.append(entry)
                for one in entry.rooms:
                    rooms.setdefault(one, RoomSeen(name=one))
            else:
                findings.append(entry)
    return Programme(
        title=_said(head, "title"),
        acronym=_said(head, "acronym"),
        zone=name,
        entries=tuple(entries),
        rooms=tuple(rooms.values()),
        findings=tuple(findings),
    )


def _events(day: Element) -> Iterator[tuple[str, Element]]:
    """The events of a day with the room they stand under, '' where they stand in none."""
    for child in day:
        if child.tag == "room":
            yield from (((child.get("name") or "").strip(), event) for event in child.findall("event"))
        elif child.tag in ("event", "entry"):
            yield "", child


def _entry(event: Element, room: str, day: Element, change: time | None, zone: tzinfo) -> Entry | Finding:
    title = _said(event, "title")
    starts_at = _starts_at(event, day, change, zone)
    if starts_at is None:
        seen = " ".join(filter(None, (day.get("date"), _said(event, "date"), _said(event, "start")))) or "-"
        return left_out(NO_START, title=title, seen=seen)
    length = minutes_in(_said(event, "duration"))
    if length is None:
        return left_out(NO_LENGTH, title=title, seen=_said(event, "duration") or "-")
    inside = _said(event, "room")
    parts = [part.strip() for part in inside.split(",")]
    more = parts if not room or room in parts else [room]
    return Entry(
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + length,
        guid=event.get("guid") or "",
        number=whole_number(event.get("id")),
        subtitle=_said(event, "subtitle"),
        rooms=tuple(dict.fromkeys(part for part in more if part)),
        track=_said(event, "track") or ("" if event.tag == "event" else _said(event, "category")),
        kind=_said(event, "type") or _said(event, "category"),
        language=_said(event, "language"),
        summary=_said(event, "abstract") or _said(event, "description"),
        persons=_persons(event),
    )


def _persons(event: Element) -> tuple[Person, ...]:
    found: list[Person] = []
    for holder, one in (("persons", "person"), ("speakers", "speaker")):
        for person in event.findall(f"{holder}/{one}"):
            name = _said(person, "name") or " ".join("".join(person.itertext()).split())
            if name:
                found.append(Person(name=name, guid=person.get("guid") or "", number=person.get("id") or ""))
    return tuple(dict.fromkeys(found))


def _starts_at(event: Element, day: Element, change: time | None, zone: tzinfo) -> datetime | None:
    """When it starts: the moment it gives itself, else its hour on its day, or on the next before the day changes."""
    own, clock = _said(event, "date"), clock_in(_said(event, "start"))
    try:
        if "T" in own:
            return moment(datetime.fromisoformat(own), zone)
        if own and clock is not None:
            return moment(datetime.combine(date.fromisoformat(own), clock), zone)
        if clock is None:
            return None
        on = date.fromisoformat(day.get("date") or "")
    except ValueError:
        return None
    begins = day.get("start") or ""
    try:
        first = datetime.fromisoformat(begins).time() if "T" in begins else change
    except ValueError:
        first = change
    wall = datetime.combine(on, clock)
    return moment(wall + timedelta(days=1) if first is not None and clock < first else wall, zone)


def clock_in(text: str) -> time | None:
    """An hour written 09:30, 09:30:00 or 0930."""
    digits = text.replace(":", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) in (3, 4, 6)):
        return None
    padded = digits.zfill(4) if len(digits) == 3 else digits
    hour, minute = int(padded[:2]), int(padded[2:4])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _said(element: Element, tag: str) -> str:
    child = element.find(tag)
    return " ".join((child.text or "").split()) if child is not None else ""


# Writing


def acronym_of(id: str) -> str:
    """The acronym programmes of this event carry: at least four of a-z, 0-9 and _."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in id.lower())
    return plain.ljust(4, "_")


def day_of(entry: Entry, zone: tzinfo) -> date:
    """The day an entry is printed under: sessions of the small hours under the evening before."""
    local = entry.starts_at.astimezone(zone)
    return (local - timedelta(hours=DAY_CHANGE.hour)).date()


def days_of(entries: Sequence[Entry], zone: tzinfo) -> list[tuple[date, datetime, datetime, list[Entry]]]:
    """The days in order, each with its first and last moment and its entries."""
    days: dict[date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.starts_at, one.rooms, one.guid)):
        days.setdefault(day_of(entry, zone), []).append(entry)
    told = []
    for day, held in sorted(days.items()):
        starts = moment(datetime.combine(day, DAY_CHANGE), zone)
        ends = moment(datetime.combine(day + timedelta(days=1), DAY_CHANGE), zone)
        told.append((day, starts, max(ends, *(one.ends_at for one in held)), held))
    return told


def numbered(programme: Programme) -> dict[str, int]:
    """A number for every entry's guid: its own where it has one nobody else has, else one made from the guid."""
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    ordered = sorted(programme.entries, key=lambda one: (one.number is None, one.number or 0, one.guid))
    for entry in ordered:
        guid = uuid_of(entry.guid)
        own = entry.number if entry.number is not None and entry.number not in taken else None
        numbers[guid] = own if own is not None else number_of(guid, taken)
        taken.add(numbers[guid])
    return numbers


def clock_length(entry: Entry) -> str:
    """The duration as HH:MM."""
    minutes = int((entry.ends_at - entry.starts_at).total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def xml_of(programme: Programme, zone: tzinfo, version: str) -> bytes:
    """The programme as frab's schedule.xml, one room of an entry after the other."""
    root = Element("schedule")
    SubElement(root, "generator", name="eventops", version=version)
    _put(root, "version", version)
    days = days_of(programme.entries, zone)
    conference = SubElement(root, "conference")
    _put(conference, "title", programme.title)
    _put(conference, "acronym", programme.acronym)
    if days:
        _put(conference, "start", days[0][0].isoformat())
        _put(conference, "end", days[-1][0].isoformat())
    _put(conference, "days", str(len(days)))
    _put(conference, "timeslot_duration", "00:05")
    _put(conference, "time_zone_name", programme.zone)
    numbers = numbered(programme)
    guids = {room.name: room.guid for room in programme.rooms}
    for index, (day, starts, ends, entries) in enumerate(days, start=1):
        element = SubElement(
            root, "day", index=str(index), date=day.isoformat(), start=starts.isoformat(), end=ends.isoformat()
        )
        rooms: dict[str, list[Entry]] = {}
        for entry in entries:
            rooms.setdefault(entry.rooms[0] if entry.rooms else "", []).append(entry)
        for name, held in sorted(rooms.items()):
            room = SubElement(element, "room", name=name or "-", guid=uuid_of(guids.get(name, ""), "room", name))
            for entry in held:
                _put_event(room, entry, numbers, zone)
    indent(root, "  ")
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _put_event(room: Element, entry: Entry, numbers: dict[str, int], zone: tzinfo) -> None:
    guid = uuid_of(entry.guid)
    local = moment(entry.starts_at.astimezone(zone), zone)
    event = SubElement(room, "event", guid=guid, id=str(numbers[guid]))
    for tag, text in (
        ("room", ", ".join(entry.rooms) or "-"),
        ("title", entry.title),
        ("subtitle", entry.subtitle),
        ("type", entry.kind),
        ("date", local.isoformat()),
        ("start", f"{local:%H:%M}"),
        ("duration", clock_length(entry)),
        ("abstract", entry.summary),
        ("track", entry.track),
        ("language", entry.language),
        ("description", ""),
    ):
        _put(event, tag, text)
    persons = SubElement(event, "persons")
    for person in entry.persons:
        own = uuid_of(person.guid, "person", person.number or person.name)
        number = whole_number(person.number) or number_of(own, set())
        SubElement(persons, "person", id=str(number), guid=own).text = _writable(person.name)


def _put(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _writable(text)


def _writable(text: str) -> str:
    """The text without the control characters XML cannot hold."""
    return "".join(
        letter for letter in text if letter in "\t\n" or ((letter >= " " and letter not in "\ufffe\uffff")
        and not "\ud800" <= letter <= "\udfff")
    )  # fmt: skip
