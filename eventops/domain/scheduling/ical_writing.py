"""Programmes in iCalendar (RFC 5545): writing what calendars read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from eventops.domain.scheduling.programme import Entry, Programme


def ical_of(programme: Programme, zone: tzinfo, host: str) -> str:
    """The programme as a calendar in the full name of its zone, which it declares too. Entries keep their UIDs."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//eventops//programme//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(programme.title)}",
        f"X-WR-TIMEZONE:{programme.zone}",
    ]
    ordered = sorted(programme.entries, key=lambda one: (one.starts_at, one.rooms, one.guid))
    if ordered:
        lines += _zone_lines(programme.zone, zone, ordered[0].starts_at, max(one.ends_at for one in ordered))
    for entry in ordered:
        lines += _entry_lines(entry, programme.zone, zone, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in folded_line(line))


def _entry_lines(entry: Entry, name: str, zone: tzinfo, host: str) -> Iterator[str]:
    uid = entry.guid if "@" in entry.guid else f"{entry.guid}@{host}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(uid)}"
    # No clock enters an export: the stamp is the session's own, so that the same programme is the same file.
    yield f"DTSTAMP:{entry.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={name}:{entry.starts_at.astimezone(zone):%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={name}:{entry.ends_at.astimezone(zone):%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    if entry.rooms:
        yield f"LOCATION:{_escaped(', '.join(entry.rooms))}"
    said = "\n".join(filter(None, (entry.subtitle, ", ".join(one.name for one in entry.persons), entry.summary)))
    if said:
        yield f"DESCRIPTION:{_escaped(said)}"
    if entry.kind:
        yield f"CATEGORIES:{_escaped(entry.kind)}"
    yield "END:VEVENT"


def _zone_lines(name: str, zone: tzinfo, starts_at: datetime, ends_at: datetime) -> Iterator[str]:
    """The VTIMEZONE: the offset in force when the programme starts, and each change until it ends."""
    at = starts_at.astimezone(UTC) - timedelta(days=1)
    end = ends_at.astimezone(UTC) + timedelta(days=1)
    before = _offset_at(at, zone)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    yield from _observance("19700101T000000", before, before)
    while at < end:
        step = min(at + timedelta(hours=6), end)
        after = _offset_at(step, zone)
        if after != before:
            low, high = at, step
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset_at(middle, zone) == before else (low, middle)
            onset = (high.replace(microsecond=0) + before).replace(tzinfo=None)
            yield from _observance(f"{onset:%Y%m%dT%H%M%S}", before, after)
            before = after
        at = step
    yield "END:VTIMEZONE"


def _offset_at(at: datetime, zone: tzinfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _observance(onset: str, before: timedelta, after: timedelta) -> Iterator[str]:
    kind = "DAYLIGHT" if after > before else "STANDARD"
    yield from (
        f"BEGIN:{kind}",
        f"DTSTART:{onset}",
        f"TZOFFSETFROM:{_offset_text(before)}",
        f"TZOFFSETTO:{_offset_text(after)}",
        f"END:{kind}",
    )


def _offset_text(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _escaped(text: str) -> str:
    plain = "".join(letter for letter in text if letter in "\t\n" or letter >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded_line(line: str) -> Iterator[str]:
    """A line cut into pieces of at most 75 bytes, none inside a letter."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > 75:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
