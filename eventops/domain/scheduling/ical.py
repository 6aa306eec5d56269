"""Programmes in iCalendar (RFC 5545): reading what calendars write."""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.findings import Finding
from eventops.domain.scheduling.ical_repeats import WEEKDAYS, repeats_of, rule_parts
from eventops.domain.scheduling.programme import (
    NO_START,
    Entry,
    Programme,
    RoomSeen,
    ZoneOf,
    left_out,
    moment,
    uuid_of,
)
from eventops.domain.texts import Text

SHORTEST = timedelta(minutes=5)
_NO_END = Text("“{title}” has no end and no duration that can be read; {minutes} minutes are assumed")
_ALL_DAY = Text("“{title}” lasts the whole day {seen}; a session needs hours, so it is left out")
_CALLED_OFF = Text("“{title}” is called off in the file; it is left out")
_REPEATS = Text("“{title}” repeats in a way eventops does not read ({seen}); only its first time is taken in")
_TOO_OFTEN = Text("“{title}” repeats more often ({seen}); only its first {count} times are taken in")
_NO_ZONE = Text("“{title}” names the time zone {seen}, which is not known; its hours are taken as those of the event")

_NAME = re.compile(r"[A-Za-z0-9-]+")
_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")


class Line(Struct, frozen=True):
    """One property: its name in capitals, its parameters, its value as written."""

    name: str
    parameters: dict[str, str]
    value: str


def lines_in(text: str) -> Iterator[Line]:
    """The properties of a calendar, folded lines put together; what is no property is passed over."""
    unfolded: list[str] = []
    for raw in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in (" ", "\t") and unfolded:
            unfolded[-1] += raw[1:]
        elif raw.strip():
            unfolded.append(raw)
    for whole in unfolded:
        line = _line(whole)
        if line is not None:
            yield line


def _line(whole: str) -> Line | None:
    """A property out of its line; colons and semicolons inside quotation marks belong to a parameter."""
    quoted, colon, cuts = False, -1, []
    for at, letter in enumerate(whole):
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter == ";":
            cuts.append(at)
        elif not quoted and letter == ":":
            colon = at
            break
    if colon < 0:
        return None
    cuts = [cut for cut in cuts if cut < colon]
    edges = [*cuts, colon]
    name = whole[: edges[0]].strip().upper()
    if not _NAME.fullmatch(name):
        return None
    parameters = {}
    for start, end in pairwise(edges):
        key, _, value = whole[start + 1 : end].partition("=")
        parameters[key.strip().upper()] = value.strip().strip('"')
    return Line(name, parameters, whole[colon + 1 :].strip())


def is_calendar(text: str) -> bool:
    first = next(lines_in(text), None)
    return first is not None and first.name == "BEGIN" and first.value.upper() == "VCALENDAR"


class _Part(Struct):
    """A component: its own properties and the components inside."""

    name: str
    lines: list[Line]
    parts: "list[_Part]"

    def said(self, name: str) -> str:
        return next((_plain(one.value) for one in self.lines if one.name == name), "")

    def line(self, name: str) -> Line | None:
        return next((one for one in self.lines if one.name == name), None)


def _parts(lines: Iterable[Line]) -> _Part:
    root = _Part("", [], [])
    open_ones = [root]
    for line in lines:
        if line.name == "BEGIN":
            part = _Part(line.value.upper(), [], [])
            open_ones[-1].parts.append(part)
            open_ones.append(part)
        elif line.name == "END":
            if len(open_ones) > 1:
                open_ones.pop()
        else:
            open_ones[-1].lines.append(line)
    return root


def programme_of_ical(text: str, zone_of: ZoneOf, usual: tzinfo) -> Programme:
    """The programme in the calendars of a text. Floating hours are those of the calendar's zone, else of `usual`."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    title = name = ""
    for calendar in _parts(lines_in(text)).parts:
        own = calendar.said("X-WR-TIMEZONE")
        title, name = title or calendar.said("X-WR-CALNAME"), name or own
        reading = _Reading(zone_of, (zone_of(own) if own else None) or usual, calendar)
        for part in calendar.parts:
            if part.name == "VEVENT":
                entries += reading.entries(part)
        findings += reading.findings
    rooms = dict.fromkeys(room for entry in entries for room in entry.rooms)
    return Programme(
        title=title,
        zone=name,
        entries=tuple(entries),
        rooms=tuple(RoomSeen(name=room) for room in rooms),
        findings=tuple(findings),
    )


def _declared(calendar: _Part) -> dict[str, _Part]:
    return {part.said("TZID"): part for part in calendar.parts if part.name == "VTIMEZONE"}


class _Reading:
    """The reading of one calendar: how it names zones, and what was left out."""

    def __init__(self, zone_of: ZoneOf, usual: tzinfo, calendar: _Part) -> None:
        self.zone_of = zone_of
        self.usual = usual
        self.declared = _declared(calendar)
        self.told_apart: dict[str, set[datetime | None]] = {}
        for part in calendar.parts:
            changed = part.said("RECURRENCE-ID")
            if changed:
                self.told_apart.setdefault(part.said("UID"), set()).add(_wall(changed))
        self.findings: list[Finding] = []

    def entries(self, part: _Part) -> Iterator[Entry]:
        """The entries of one event, several when it repeats."""
        title = part.said("SUMMARY")
        start = part.line("DTSTART")
        if part.said("STATUS").upper() == "CANCELLED":
            self.findings.append(left_out(_CALLED_OFF, title=title))
            return
        wall = _wall(start.value) if start is not None else None
        if start is None or wall is None:
            self.findings.append(left_out(NO_START, title=title, seen=start.value if start else "-"))
            return
        if start.parameters.get("VALUE", "").upper() == "DATE" or "T" not in start.value.upper():
            self.findings.append(left_out(_ALL_DAY, title=title, seen=wall.date()))
            return
        starts_at = self._moment(wall, start, title)
        ends_at = self._ends_at(part, starts_at, title)
        if ends_at is None or ends_at <= starts_at:
            self.findings.append(left_out(_NO_END, title=title, minutes=SHORTEST.seconds // 60))
            ends_at = starts_at + SHORTEST
        first = self._entry(part, title, starts_at, ends_at)
        changed = part.said("RECURRENCE-ID")
        if changed:
            # One time of an event that repeats, which is otherwise than the others.
            yield replace(first, guid=f"{first.guid}#{changed}")
            return
        without = self._without(part)
        if wall not in without:
            yield first
        yield from self._repeats(part, first, wall, start, without)

    def _entry(self, part: _Part, title: str, starts_at: datetime, ends_at: datetime) -> Entry:
        uid = part.said("UID")
        room = " ".join(part.said("LOCATION").split())
        return Entry(
            title=" ".join(title.split()) or room or uid,
            starts_at=starts_at,
            ends_at=ends_at,
            guid=uid or uuid_of("", title, starts_at.isoformat(), room),
            rooms=(room,) if room else (),
            kind=part.said("CATEGORIES").split(",")[0],
            summary=part.said("DESCRIPTION").strip(),
        )

    def _ends_at(self, part: _Part, starts_at: datetime, title: str) -> datetime | None:
        end, length = part.line("DTEND"), _length(part.said("DURATION"))
        wall = _wall(end.value) if end is not None else None
        if end is not None and wall is not None:
            return self._moment(wall, end, title)
        return starts_at + length if length is not None else None

    def _moment(self, wall: datetime, line: Line, title: str) -> datetime:
        """The moment of a wall time: in UTC, in the zone it names, in one the calendar declares, or floating."""
        if wall.tzinfo is not None:
            return wall
        name = line.parameters.get("TZID", "")
        if not name:
            return moment(wall, self.usual)
        zone = self.zone_of(name.strip("/")) or self.zone_of(_last_parts(name))
        if zone is not None:
            return moment(wall, zone)
        offset = _declared_offset(self.declared.get(name), wall)
        if offset is not None:
            return wall.replace(tzinfo=timezone(offset))
        self.findings.append(left_out(_NO_ZONE, title=title, seen=name))
        return moment(wall, self.usual)

    def _without(self, part: _Part) -> set[datetime | None]:
        """The times of an event that fall out, or are told apart."""
        out = {_wall(one) for line in part.lines if line.name == "EXDATE" for one in line.value.split(",")}
        return out | self.told_apart.get(part.said("UID"), set())

    def _repeats(
        self, part: _Part, first: Entry, wall: datetime, start: Line, without: Container[datetime | None]
    ) -> Iterator[Entry]:
        """The further times of an event that repeats up to an end."""
        rule = part.said("RRULE")
        dates = part.said("RDATE")
        if dates:
            self.findings.append(left_out(_REPEATS, title=first.title, seen=f"RDATE {dates}"))
        if not rule:
            return
        repeats = repeats_of(rule, wall, self._until(rule, start))
        if repeats is None:
            self.findings.append(left_out(_REPEATS, title=first.title, seen=rule))
            return
        if repeats.cut:
            self.findings.append(left_out(_TOO_OFTEN, title=first.title, seen=rule, count=len(repeats.walls)))
        length = first.ends_at - first.starts_at
        for number, one in enumerate(repeats.walls):
            if one == wall or one in without:
                continue
            starts_at = self._moment(one, start, first.title)
            yield replace(first, starts_at=starts_at, ends_at=starts_at + length, guid=f"{first.guid}#{number}")

    def _until(self, rule: str, start: Line) -> datetime | None:
        """The last wall time of a rule, in the zone its events are in."""
        raw = rule_parts(rule).get("UNTIL", "")
        wall = _wall(raw)
        if wall is None:
            return None
        if wall.tzinfo is not None and not start.value.upper().endswith("Z"):
            zone = self.zone_of(start.parameters.get("TZID", "")) or self.usual
            return wall.astimezone(zone).replace(tzinfo=None)
        return wall if "T" in raw.upper() else wall + timedelta(days=1, seconds=-1)


def _last_parts(name: str) -> str:
    """The zone at the end of a longer name, as in /citadel.org/20190914_1/Europe/Berlin."""
    return "/".join(name.strip("/").split("/")[-2:])


def _declared_offset(part: _Part | None, wall: datetime) -> timedelta | None:
    """The offset a VTIMEZONE declares for a wall time: that of the observance that began last."""
    if part is None:
        return None
    begun: list[tuple[datetime, timedelta]] = []
    for one in part.parts:
        offset, onset = _offset(one.said("TZOFFSETTO")), _wall(one.said("DTSTART"))
        if offset is None or onset is None:
            continue
        begun.append((_last_onset(onset.replace(tzinfo=None), rule_parts(one.said("RRULE")), wall), offset))
    before = [one for one in begun if one[0] <= wall]
    return max(before or begun)[1] if begun else None


def _last_onset(onset: datetime, rule: dict[str, str], wall: datetime) -> datetime:
    """The last time before a wall time at which a yearly observance begins."""
    match = re.fullmatch(r"(-?\d)([A-Z]{2})", rule.get("BYDAY", ""))
    month = rule.get("BYMONTH", "")
    if rule.get("FREQ") != "YEARLY" or match is None or match[2] not in WEEKDAYS or not month.isdecimal():
        return onset
    for year in (wall.year, wall.year - 1):
        nth, weekday = int(match[1]), WEEKDAYS.index(match[2])
        if nth > 0:
            first = onset.replace(year=year, month=int(month), day=1)
            day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
        else:
            after = onset.replace(year=year + int(month) // 12, month=int(month) % 12 + 1, day=1)
            last = after - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (nth + 1))
        if onset <= day <= wall:
            return day
    return onset


def _offset(text: str) -> timedelta | None:
    match = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return length if match[1] == "+" else -length


def _wall(text: str) -> datetime | None:
    """A date, a date with hour, or the same in UTC."""
    match = re.fullmatch(r"(\d{8})(?:T(\d{6}))?(Z?)", text.strip().upper())
    if match is None:
        return None
    try:
        wall = datetime.fromisoformat(f"{match[1]}T{match[2] or '000000'}")
    except ValueError:
        return None
    return wall.replace(tzinfo=timezone(timedelta(0))) if match[3] else wall


def _length(text: str) -> timedelta | None:
    match = _LENGTH.fullmatch(text.strip().upper())
    if match is None or match[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds) or None


def _plain(value: str) -> str:
    r"""The text of a value: \n is a line, \, a comma, \; a semicolon, \\ a backslash."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
