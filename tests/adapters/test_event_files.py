from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, strategies as st

from eventops.adapters.event_files import event_text, read_event
from eventops.domain.event import (
    Bounds,
    BudgetLine,
    Conditions,
    Criterion,
    Event,
    HourBounds,
    Room,
    Session,
    Sponsor,
    Venue,
)
from eventops.domain.money import Money
from eventops.domain.places import Point
from eventops.domain.texts import Text
from eventops.errors import NotUsable

SMALL = """\
[event]
id = "demo"
title = "A small meeting"
timezone = "Africa/Casablanca"
country = "MA"
currency = "MAD"

[venue]
name = "Hotel"
town = "Rabat"
point = { lat = 34.0, lon = -6.8 }

[[venue.rooms]]
id = "hall"
name = { en = "Hall", ar = "القاعة" }
capacity = 50

[[agenda]]
id = "opening"
title.fr = "Ouverture"
title.ar = "الافتتاح"
starts_at = 2023-10-14T09:00:00
ends_at = 2023-10-14T09:30:00
room = "hall"

[[sponsors]]
id = "oecd"
name = "OECD"
country = "FR"

[[budget]]
id = "beds"
title = "Beds"
sponsor = "oecd"
benefit = "lodging"
ceiling = "12 000.00 MAD"

[[criteria]]
name = "far"
benefit = "lodging"
when = { distance_km = { over = 150 }, departure = { before = "06:30" } }
reason = "Lives {distance_km} km away, over {limit_km} km"
payer = "oecd"

[settings]
arrive_minutes_before = 30

[settings.rabat-sale-kenitra]
travel_limit_km = 40
"""


def small_event() -> Event:
    hour = datetime(2023, 10, 14, 8, 0, tzinfo=UTC)
    return Event(
        id="demo",
        title=Text("A small meeting"),
        timezone="Africa/Casablanca",
        country="MA",
        currency="MAD",
        venue=Venue(
            name=Text("Hotel"),
            town="Rabat",
            point=Point(34.0, -6.8),
            rooms=(Room(id="hall", name=Text("Hall", ar="القاعة"), capacity=50),),
        ),
        agenda=(
            Session(
                id="opening",
                title=Text("Ouverture", fr="Ouverture", ar="الافتتاح"),
                starts_at=hour,
                ends_at=hour + timedelta(minutes=30),
                room="hall",
            ),
        ),
        sponsors=(Sponsor(id="oecd", name=Text("OECD"), country="FR"),),
        budget=(
            BudgetLine(
                id="beds",
                title=Text("Beds"),
                sponsor="oecd",
                benefit="lodging",
                ceiling=Money(Decimal(12000), "MAD"),
            ),
        ),
        criteria=(
            Criterion(
                name="far",
                benefit="lodging",
                when=Conditions(distance_km=Bounds(over=150), departure=HourBounds(before=time(6, 30))),
                reason=Text("Lives {distance_km} km away, over {limit_km} km"),
                payer="oecd",
            ),
        ),
        settings={"arrive_minutes_before": 30, "rabat-sale-kenitra.travel_limit_km": 40},
    )


def test_a_small_file_is_read_whole() -> None:
    assert read_event(SMALL, "small.toml") == small_event()


def test_hours_are_kept_with_the_offset_of_their_day() -> None:
    assert read_event(SMALL, "small.toml").agenda[0].starts_at.isoformat() == "2023-10-14T09:00:00+01:00"


def test_windows_files_are_read_too() -> None:
    assert read_event("\ufeff" + SMALL.replace("\n", "\r\n"), "small.toml") == small_event()


def test_what_is_written_can_be_read_by_a_person() -> None:
    assert event_text(small_event()) == (
        """\
# Hours are those of Africa/Casablanca. Money is an amount and its currency.

[event]
id = "demo"
title = "A small meeting"
country = "MA"
timezone = "Africa/Casablanca"
currency = "MAD"

[venue]
name = "Hotel"
town = "Rabat"
point = { lat = 34, lon = -6.8 }

[[venue.rooms]]
id = "hall"
name.en = "Hall"
name.ar = "القاعة"
capacity = 50

[[agenda]]
id = "opening"
title.en = "Ouverture"
title.fr = "Ouverture"
title.ar = "الافتتاح"
starts_at = 2023-10-14T09:00:00
ends_at = 2023-10-14T09:30:00
room = "hall"

[[sponsors]]
id = "oecd"
name = "OECD"
country = "FR"

[[budget]]
id = "beds"
title = "Beds"
sponsor = "oecd"
benefit = "lodging"
ceiling = "12000.00 MAD"

[[criteria]]
name = "far"
benefit = "lodging"
when = { distance_km = { over = 150 }, departure = { before = 06:30:00 } }
reason = "Lives {distance_km} km away, over {limit_km} km"
payer = "oecd"

[settings]
arrive_minutes_before = 30

[settings.rabat-sale-kenitra]
travel_limit_km = 40
"""
    )


def refusal(text: str) -> str:
    with pytest.raises(NotUsable) as caught:
        read_event(text, "small.toml")
    return str(caught.value)


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            changed('id = "hall"', 'id = "hall'),
            "small.toml, line 14, column 11: this is not valid TOML, a text without its closing quotation mark; "
            "correct it there and run the command again",
        ),
        (
            changed("capacity = 50", "capacity = fifty"),
            "small.toml, line 16, column 12: this is not valid TOML, a value that is not a text in quotation marks, "
            "a number, a date, true, false or a list; correct it there and run the command again",
        ),
        (
            changed("capacity = 50", "capacity = 50\ncapacity = 51"),
            "small.toml, line 17, column 14: this is not valid TOML, a key is written twice in one table; "
            "correct it there and run the command again",
        ),
        (
            SMALL + 'x = ["a"',
            "small.toml, at its end: this is not valid TOML, a list or table without its closing bracket; "
            "correct it there and run the command again",
        ),
        (
            "",
            "small.toml: event is missing and should be a table of keys and values; add it and run the command again",
        ),
        (
            changed('country = "MA"\n', ""),
            "small.toml, line 1: event.country is missing and should be a text in quotes; "
            "add it and run the command again",
        ),
        (
            changed("capacity = 50\n", ""),
            "small.toml, line 13: venue.rooms 1 (hall), capacity is missing and should be a whole number such as 70; "
            "add it and run the command again",
        ),
        (
            changed("capacity = 50", 'capacity = "fifty"'),
            'small.toml, line 16: venue.rooms 1 (hall), capacity is "fifty" but should be a whole number such as 70; '
            "correct it and run the command again",
        ),
        (
            changed("capacity = 50", "capacity = true"),
            "small.toml, line 16: venue.rooms 1 (hall), capacity is true but should be a whole number such as 70; "
            "correct it and run the command again",
        ),
        (
            changed("capacity = 50", "capasity = 50"),
            "small.toml, line 16: venue.rooms 1 (hall), capasity is not a key eventops knows; write capacity if that "
            "is meant, else remove it, and run the command again",
        ),
        (
            changed("[settings]", "seats = 70\n[settings]"),
            "small.toml, line 45: criteria 1 (far), seats is not a key eventops knows; the keys here are name, "
            "benefit, effect, when, reason, payer, share, ceiling, nights, legs, blocking, sensitive, source, pack, "
            "valid_from, valid_to; rename or remove it and run the command "
            "again",
        ),
        (
            "seats = 70\n" + SMALL,
            "small.toml, line 1: seats is not a key eventops knows; write event.seats if that is meant, else remove "
            "it, and run the command again",
        ),
        (
            SMALL + "\n[[agendas]]\nid = 1\n",
            "small.toml, line 51: agendas is not a key eventops knows; write agenda if that is meant, else remove "
            "it, and run the command again",
        ),
        (
            changed('payer = "oecd"', 'effect = "allows"'),
            'small.toml, line 43: criteria 1 (far), effect is "allows" but should be grants, excludes or refers; '
            "correct it and run the command again",
        ),
        (
            changed('payer = "oecd"', "share = 0"),
            "small.toml, line 43: criteria 1 (far), share is 0 but should be a percentage from 1 to 100; "
            "correct it and run the command again",
        ),
        (
            changed("{ over = 150 }", "{}"),
            "small.toml, line 41: criteria 1 (far), when.distance_km holds nothing but should hold at_least, over, "
            "under or at_most; add it or remove the line, and run the command again",
        ),
        (
            changed("{ over = 150 }", "{ over = nan }"),
            "small.toml, line 41: criteria 1 (far), when.distance_km.over is NaN but should be a number such as "
            "33.5945; correct it and run the command again",
        ),
        (
            changed("lat = 34.0", "lat = 340"),
            "small.toml, line 11: venue.point.lat is 340 but should be a latitude in degrees, from -90 to 90; "
            "correct it and run the command again",
        ),
        (
            changed('"12 000.00 MAD"', '"12,000 dirhams"'),
            'small.toml, line 36: budget 1 (beds), ceiling is "12,000 dirhams" but should be money such as '
            '"1200.00 MAD", a number with a point and the three letters of the currency; correct it and run the '
            "command again",
        ),
        (
            changed('"12 000.00 MAD"', "12000.5"),
            "small.toml, line 36: budget 1 (beds), ceiling is 12000.5 but should be money such as "
            '"1200.00 MAD", a number with a point and the three letters of the currency; correct it and run the '
            "command again",
        ),
        (
            changed("2023-10-14T09:00:00", '"9 h"'),
            'small.toml, line 22: agenda 1 (opening), starts_at is "9 h" but should be a date and hour such as '
            "2023-10-14T09:00:00; correct it and run the command again",
        ),
        (
            changed("2023-10-14T09:00:00", "2023-10-14"),
            "small.toml, line 22: agenda 1 (opening), starts_at is 2023-10-14 but should be a date and hour such as "
            "2023-10-14T09:00:00; correct it and run the command again",
        ),
        (
            changed("2023-10-14T09:00:00", "2023-02-30T09:00:00"),
            "small.toml, line 22, column 13: this is not valid TOML, a date or hour that does not exist; "
            "correct it there and run the command again",
        ),
        (
            changed('before = "06:30"', 'before = "6.30"'),
            'small.toml, line 41: criteria 1 (far), when.departure.before is "6.30" but should be an hour such as '
            "06:30:00; correct it and run the command again",
        ),
        (
            changed('title.fr = "Ouverture"', 'title.es = "Apertura"'),
            "small.toml, line 20: agenda 1 (opening), title.es is not a key eventops knows; the keys here are en, "
            "fr, ar; rename or remove it and run the command again",
        ),
        (
            changed("Africa/Casablanca", "Africa/Casabanca"),
            'small.toml, line 4: event.timezone is "Africa/Casabanca", which is no time zone; write its IANA name, '
            "such as Africa/Casablanca, and run the command again",
        ),
        (
            changed("travel_limit_km = 40", "travel_limit_km = [40]"),
            "small.toml, line 49: settings.rabat-sale-kenitra.travel_limit_km is [40] but should be a text in quotes, "
            "a number, or true or false; correct it and run the command again",
        ),
        (
            changed("[settings]\n", '[settings]\n"rabat-sale-kenitra.travel_limit_km" = 30\n'),
            "small.toml, line 49: settings.rabat-sale-kenitra is set a second time; keep one of the two and run the "
            "command again",
        ),
        (
            changed('room = "hall"', 'room = "attic"'),
            "small.toml, line 24: agenda 1 (opening), room is attic, which the event does not have; it has hall; "
            "correct it and run the command again",
        ),
        (
            changed('sponsor = "oecd"', 'sponsor = "adfm"'),
            "small.toml, line 34: budget 1 (beds), sponsor is adfm, which the event does not have; it has oecd; "
            "correct it and run the command again",
        ),
        (
            changed("[[budget]]", '[[sponsors]]\nid = "oecd"\nname = "Again"\ncountry = "FR"\n\n[[budget]]'),
            "small.toml, line 32: sponsors 2 (oecd), id is oecd, which entry 1 is called already; give each its own; "
            "correct it and run the command again",
        ),
        (
            changed("over {limit_km} km", "over {limit} km"),
            "small.toml, line 42: criteria 1 (far), reason.en names limit between braces, but may name category, "
            "role, town, region, province, distance_km, age, departure, homecoming, limit_km, limit_departure; "
            "correct it and run the command again",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_was_expected(text: str, message: str) -> None:
    assert refusal(text) == message


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(NotUsable) as caught:
        read_event(changed("ends_at = 2023-10-14T09:30:00", "ends_at = 2023-10-14T08:30:00"), "small.toml")
    assert str(caught.value).startswith(
        "small.toml, line 23: agenda 1 (opening), ends_at is 2023-10-14 08:30:00+01:00,"
    )


def test_an_hour_that_comes_twice_is_asked_about() -> None:
    text = SMALL.replace("Africa/Casablanca", "Europe/Paris").replace("2023-10-14T09:00:00", "2023-10-29T02:30:00")
    assert refusal(text) == (
        "small.toml, line 22: agenda 1 (opening), starts_at is 2023-10-29T02:30:00, an hour that comes twice in "
        "Europe/Paris when the clock is put back; write 2023-10-29T02:30:00+02:00 or 2023-10-29T02:30:00+01:00, "
        "whichever is meant, and run the command again"
    )


def test_an_hour_that_does_not_exist_is_refused() -> None:
    text = SMALL.replace("Africa/Casablanca", "Europe/Paris").replace("2023-10-14T09:00:00", "2023-03-26T02:30:00")
    assert refusal(text) == (
        "small.toml, line 22: agenda 1 (opening), starts_at is 2023-03-26T02:30:00, an hour that does not exist in "
        "Europe/Paris because the clock is put forward over it; write another and run the command again"
    )


def test_an_hour_that_comes_twice_is_written_with_its_offset_and_read_back() -> None:
    moment = datetime(2023, 10, 29, 0, 30, tzinfo=UTC)
    session = msgspec.structs.replace(
        small_event().agenda[0], starts_at=moment, ends_at=moment + timedelta(hours=1), room=""
    )
    event = msgspec.structs.replace(small_event(), timezone="Europe/Paris", agenda=(session,))
    written = event_text(event)
    assert "starts_at = 2023-10-29T02:30:00+02:00\nends_at = 2023-10-29T02:30:00+01:00\n" in written
    assert read_event(written, "paris.toml") == event


def test_an_offset_in_the_file_is_turned_into_the_local_hour() -> None:
    text = changed("2023-10-14T09:00:00", "2023-10-14T08:00:00Z")
    assert read_event(text, "small.toml").agenda[0].starts_at.isoformat() == "2023-10-14T09:00:00+01:00"


@pytest.mark.parametrize("text", ["x = " + "[" * 3000, "x = 1e99999999999", "9" * 5000, "x = " + "9" * 5000, "\x00"])
def test_hostile_text_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(NotUsable):
        read_event(text, "hostile.toml")
    with pytest.raises(NotUsable):
        read_event(SMALL.replace("capacity = 50", f"capacity = 50\n{text}"), "hostile.toml")


@given(st.integers(0, len(SMALL)), st.integers(0, 12), st.sampled_from(["", '"', "[", "]", "{", "\n", "é", "= 1", "#"]))
def test_a_damaged_file_is_read_or_refused_but_never_fails(at: int, length: int, put: str) -> None:
    outcome = read_or_refusal(SMALL[:at] + put + SMALL[at + length :])
    if isinstance(outcome, Event):
        assert read_event(event_text(outcome), "again.toml") == outcome
    else:
        assert outcome.startswith("damaged.toml")


def read_or_refusal(text: str) -> Event | str:
    try:
        return read_event(text, "damaged.toml")
    except NotUsable as error:
        return str(error)
