import json
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from eventops.adapters.schedule_files import read_programme
from eventops.adapters.zones import load_zone, moment_in
from eventops.builtin.exports.programme import PROGRAMME, programme_of
from eventops.domain.event import Event
from eventops.domain.reporting.reports import Options, localised
from eventops.domain.scheduling.ical_repeats import repeats_of
from eventops.domain.scheduling.importing import Imported, with_programme
from eventops.domain.scheduling.programme import Programme
from eventops.errors import NotUsable
from eventops.testing.builders import a_plan, an_event

ZONE = "Africa/Casablanca"
ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real" / "schedules"
SCHEMAS = REAL.parent / "schemas"
needs_real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the schedules of others are not here")

PENTABARF = """<?xml version="1.0"?>
<schedule>
 <conference><title>Rencontre</title><day_change>08:30:00</day_change></conference>
 <day date="2023-10-14" index="1"><room name="Grande salle">
  <event id="7"><start>09:30</start><duration>00:45</duration><room>Grande salle</room><title>Ouverture</title>
   <persons><person id="3">Salma</person></persons></event>
  <event id="8"><start>00:30</start><duration>00:30</duration><title>Nuit</title><persons/></event>
  <event id="9"><start>soon</start><duration>00:30</duration><title>Perdu</title></event>
 </room></day>
</schedule>"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Somewhere
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a@x
DTSTART;TZID=Somewhere:20230714T100000
DURATION:PT45M
SUMMARY:Talk\\, with a very
  long title
LOCATION:Hall; A
END:VEVENT
BEGIN:VEVENT
UID:b@x
DTSTART;TZID=Europe/Berlin:20231027T090000
DTEND;TZID=Europe/Berlin:20231027T093000
RRULE:FREQ=DAILY;COUNT=4
EXDATE;TZID=Europe/Berlin:20231028T090000
SUMMARY:Daily
END:VEVENT
BEGIN:VEVENT
UID:c@x
STATUS:CANCELLED
DTSTART:20231014T090000Z
SUMMARY:Off
END:VEVENT
END:VCALENDAR
"""


def read(text: str, name: str = "file") -> Programme:
    return read_programme(text.encode(), name, ZONE)


def taken(event: Event, programme: Programme, **options: object) -> Imported:
    zone = load_zone(ZONE)
    return with_programme(event, programme, lambda moment: moment_in(moment, zone), **options)  # type: ignore[arg-type]


def times(programme: Programme) -> list[tuple[str, str]]:
    return [(one.title, one.starts_at.astimezone(UTC).isoformat()) for one in programme.entries]


def written(event: Event, format_name: str) -> bytes:
    """The programme of an event in one of its own formats."""
    from eventops.adapters.wording import open_wording

    report = localised(programme_of(a_plan(event=event), Options()), open_wording("en"))
    return next(one.render(report) for one in PROGRAMME.writers if one.name == format_name)


def test_pentabarf_without_dates_counts_small_hours_to_the_evening_before() -> None:
    programme = read(PENTABARF)
    assert times(programme) == [("Ouverture", "2023-10-14T08:30:00+00:00"), ("Nuit", "2023-10-14T23:30:00+00:00")]
    assert [one.values["title"] for one in programme.findings] == ["Perdu"]


def test_calendars_are_read_with_their_own_zones_folds_and_repetitions() -> None:
    programme = read(CALENDAR)
    assert times(programme) == [
        ("Talk, with a very long title", "2023-07-14T08:00:00+00:00"),
        ("Daily", "2023-10-27T07:00:00+00:00"),
        ("Daily", "2023-10-29T08:00:00+00:00"),
        ("Daily", "2023-10-30T08:00:00+00:00"),
    ]
    assert programme.entries[0].rooms == ("Hall; A",)
    assert len({one.guid for one in programme.entries}) == 4


def an_event_that(*lines: str, start: str = "20231014T090000") -> str:
    own = "\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x\nSUMMARY:Talk\nDURATION:PT1H\nDTSTART:{start}\n{own}\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )


def days_of(programme: Programme) -> list[str]:
    return [f"{one.starts_at:%Y-%m-%d}" for one in programme.entries]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;COUNT=3", ["2023-10-14", "2023-11-14", "2023-12-14"]),
        ("FREQ=MONTHLY;BYDAY=2SA;UNTIL=20231210T000000", ["2023-10-14", "2023-11-11", "2023-12-09"]),
        ("FREQ=YEARLY;COUNT=2", ["2023-10-14", "2024-10-14"]),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=2", ["2023-10-14", "2023-10-29", "2024-10-27"]),
    ],
)
def test_monthly_and_yearly_repeats_are_expanded_to_their_end(rule: str, days: list[str]) -> None:
    programme = read(an_event_that(f"RRULE:{rule}"))
    assert (days_of(programme), programme.findings) == (days, ())


UNREAD = ["RRULE:FREQ=MONTHLY", "RRULE:FREQ=HOURLY;COUNT=3", "RRULE:FREQ=YEARLY;BYWEEKNO=2;COUNT=2", "RDATE:20231015"]


@pytest.mark.parametrize("line", UNREAD)
def test_repeats_that_are_left_out_are_told(line: str) -> None:
    programme = read(an_event_that(line))
    assert days_of(programme) == ["2023-10-14"]
    assert [one.values["title"] for one in programme.findings] == ["Talk"]


def test_a_repeat_without_measure_is_cut_and_told() -> None:
    programme = read(an_event_that("RRULE:FREQ=DAILY;COUNT=99999"))
    assert (len(programme.entries), [one.values["count"] for one in programme.findings]) == (400, [400])


def test_one_time_of_a_repeat_that_is_otherwise_stands_in_its_place() -> None:
    moved = "END:VEVENT\nBEGIN:VEVENT\nUID:a@x\nSUMMARY:Moved\nDURATION:PT1H\nDTSTART:20231015T150000"
    programme = read(an_event_that("RRULE:FREQ=DAILY;COUNT=3", f"{moved}\nRECURRENCE-ID:20231015T090000"))
    assert [(one.title, f"{one.starts_at:%d %H}") for one in programme.entries] == [
        ("Talk", "14 09"),
        ("Talk", "16 09"),
        ("Moved", "15 15"),
    ]
    assert len({one.guid for one in programme.entries}) == 3


@st.composite
def rules(draw: st.DrawFn) -> str:
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={every}", f"COUNT={draw(st.integers(1, 12))}", f"INTERVAL={draw(st.integers(1, 4))}"]
    numbered = every in ("MONTHLY", "YEARLY")
    # The other library takes days with and without numbers in one rule to be meant both at once.
    day = st.sampled_from(["1MO", "-1FR", "3SA"] if numbered and draw(st.booleans()) else ["MO", "TU", "FR", "SU"])
    months = draw(st.lists(st.integers(1, 12), min_size=every == "YEARLY", max_size=3, unique=True))
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(day, min_size=1, max_size=3, unique=True))))
    if numbered and draw(st.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(st.lists(st.sampled_from([1, 13, -1, -2]), min_size=1)))))
    if every == "MONTHLY" and len(parts) > 3 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(parts)


@settings(max_examples=settings.default.max_examples if settings.default.max_examples <= 100 else 10_000, deadline=None)
@given(rules(), st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31)))
def test_repeats_are_those_of_another_library(rule: str, first: datetime) -> None:
    rrule = pytest.importorskip("dateutil.rrule")
    found = repeats_of(rule, first, None)
    assert found is not None
    expected = list(islice(rrule.rrulestr(rule, dtstart=first), len(found.walls) + (not found.cut)))
    assert list(found.walls) == [one.replace(microsecond=first.microsecond) for one in expected]


HOSTILE = {
    "entity": '<!DOCTYPE x [<!ENTITY a "aaaa">]><schedule><day>&a;</day></schedule>',
    "external": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><schedule/>',
    "other xml": "<html></html>",
    "broken xml": "<schedule><day>",
    "other json": '{"a": 1}',
    "broken json": '{"schedule": ',
    "deep json": '{"schedule":' * 100_000,
    "nothing": "",
    "a sheet": "PK\x03\x04",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_programme_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(NotUsable):
        read(text)


def test_a_programme_taken_in_twice_changes_nothing_and_what_the_event_knows_more_stays() -> None:
    once = taken(an_event(agenda=(), workshops=()), read(PENTABARF), room_capacity=80)
    assert (once.added, once.rooms, once.speakers) == (("s7", "s8"), (), ("p3",))
    again = taken(once.event, read(PENTABARF))
    assert (again.event, again.added, again.changed) == (once.event, (), ())


def test_replacing_removes_what_the_file_lacks() -> None:
    imported = taken(an_event(workshops=()), read(PENTABARF), replace=True)
    assert imported.removed == ("reception", "workshops")


def test_replacing_keeps_the_session_workshops_are_held_in() -> None:
    event = an_event()
    workshops = tuple(replace(one, session="workshops") for one in event.workshops)
    assert taken(replace(event, workshops=workshops), read(PENTABARF), replace=True).removed == ("reception",)


@pytest.mark.parametrize("format_name", ["xml", "json", "ics"])
def test_a_programme_written_comes_back_the_same(format_name: str) -> None:
    event = taken(an_event(), read(PENTABARF)).event
    back = read_programme(written(event, format_name), "back", ZONE)
    known = {(one.title.en, one.starts_at, one.ends_at) for one in event.agenda}
    assert {(one.title, one.starts_at, one.ends_at) for one in back.entries} >= known


@pytest.mark.parametrize("format_name", ["xml", "json", "ics"])
def test_a_programme_keeps_its_ids_from_one_writing_to_the_next(format_name: str) -> None:
    event = an_event()
    later = taken(event, read_programme(written(event, format_name), "back", ZONE)).event
    first = read_programme(written(event, format_name), "x", ZONE)
    assert {one.guid for one in read_programme(written(later, format_name), "y", ZONE).entries} >= {
        one.guid for one in first.entries
    }


def test_calendars_hold_for_the_calendar_library_and_short_lines() -> None:
    icalendar = pytest.importorskip("icalendar")
    data = written(an_event(), "ics")
    calendar = icalendar.Calendar.from_ical(data)
    starts = {str(one["SUMMARY"]): one["DTSTART"].dt for one in calendar.walk("VEVENT")}
    assert {title: starts[title].timestamp() for title in ("Reception and registration", "Workshops")} == {
        one.title.en: one.starts_at.timestamp() for one in an_event().agenda
    }
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_xml_holds_for_its_schema() -> None:
    etree = pytest.importorskip("lxml.etree")
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of others are not here")
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "schedule.xml.xsd")))
    for event in (an_event(), taken(an_event(), read(PENTABARF)).event):
        schema.assertValid(etree.fromstring(written(event, "xml")))


def test_json_holds_for_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of others are not here")
    schema = json.loads((SCHEMAS / "schedule.schema.json").read_text())
    jsonschema.validate(json.loads(written(an_event(), "json")), schema)


@needs_real_files
@pytest.mark.parametrize(
    ("name", "entries", "minutes"),
    [
        ("31c3-schedule.xml", 138, 7_750),
        ("europython2014-schedule.xml", 188, 11_640),
        ("pretalx-demo-2023.schedule.xml", 36, 1_620),
        ("pretalx-demo-2023.schedule.json", 36, 1_620),
        ("pretalx-demo-2023.schedule.ics", 36, 1_620),
        ("pretalx-demo-2023.schedule.xcal", 36, 1_620),
        ("voc-example-hub-schedule2.json", 2, 70),
        ("pycon-us-2025-break.ics", 12, 670),
        ("pycon-us-2025-plenary.ics", 13, 640),
    ],
)
def test_schedules_of_others_are_read_whole(name: str, entries: int, minutes: int) -> None:
    programme = read_programme((REAL / name).read_bytes(), name, ZONE)
    seconds = sum((one.ends_at - one.starts_at).total_seconds() for one in programme.entries)
    assert (len(programme.entries), seconds / 60, programme.findings) == (entries, minutes, ())


@needs_real_files
def test_a_schedule_of_another_has_its_rooms_days_and_people() -> None:
    programme = read_programme((REAL / "31c3-schedule.xml").read_bytes(), "x", ZONE)
    days = {one.starts_at.date() for one in programme.entries}
    people = {person.name for one in programme.entries for person in one.persons}
    assert (len(programme.rooms), len(people)) == (4, 197)
    assert datetime(2014, 12, 27).date() in days


@needs_real_files
def test_meals_and_breaks_of_another_programme_are_told_by_their_titles() -> None:
    programme = read_programme((REAL / "europython2014-schedule.xml").read_bytes(), "x", ZONE)
    event = taken(an_event(agenda=(), workshops=(), meals=()), programme).event
    titles = Counter(one.title.en for one in event.agenda if one.kind in ("meal", "break"))
    assert titles["Breakfast"] == 7


@needs_real_files
@pytest.mark.parametrize("name", ["31c3-schedule.xml", "pretalx-demo-2023.schedule.json"])
def test_schedules_of_others_hold_for_the_schema_when_written_again(name: str) -> None:
    etree = pytest.importorskip("lxml.etree")
    programme = read_programme((REAL / name).read_bytes(), name, ZONE)
    event = taken(an_event(agenda=(), workshops=(), timezone="Europe/Berlin"), programme).event
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "schedule.xml.xsd")))
    schema.assertValid(etree.fromstring(written(event, "xml")))
