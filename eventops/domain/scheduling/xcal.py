"""Programmes in pentabarf's xCal: iCalendar's events as XML elements. Hours are those of the event."""

from collections.abc import Iterator
from datetime import tzinfo
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from eventops.domain.scheduling.ical import programme_of_ical
from eventops.domain.scheduling.programme import Entry, Person, Programme, ZoneOf

_NAMES = ("uid", "summary", "dtstart", "dtend", "location", "description", "category", "status")


def programme_of_xcal(root: Element, zone_of: ZoneOf, usual: tzinfo) -> Programme:
    """The programme in an <iCalendar>, read as the iCalendar it stands for, with its attendees on stage."""
    events = [one for one in root.iter() if _tag(one) == "vevent"]
    text = "\n".join(("BEGIN:VCALENDAR", *(line for one in events for line in _lines(one)), "END:VCALENDAR"))
    read = programme_of_ical(text, zone_of, usual)
    on_stage: dict[str, tuple[Person, ...]] = {}
    languages: dict[str, str] = {}
    for event in events:
        uid = next(_said(event, "uid"), "")
        on_stage[uid] = tuple(Person(name=name) for name in dict.fromkeys(_said(event, "attendee")))
        languages[uid] = next(_said(event, "language"), "")
    return Programme(
        title=read.title,
        zone=read.zone,
        entries=tuple(_with(one, on_stage.get(one.guid, ()), languages.get(one.guid, "")) for one in read.entries),
        rooms=read.rooms,
        findings=read.findings,
    )


def _with(entry: Entry, persons: tuple[Person, ...], language: str) -> Entry:
    return replace(entry, persons=persons, language=language)


def _lines(event: Element) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    for name in _NAMES:
        for text in _said(event, name):
            escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            yield f"{'CATEGORIES' if name == 'category' else name.upper()}:{escaped}"
    yield "END:VEVENT"


def _said(event: Element, tag: str) -> Iterator[str]:
    return ((one.text or "").strip() for one in event if _tag(one) == tag and (one.text or "").strip())


def _tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()
