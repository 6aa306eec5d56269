from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from eventops.domain.event import (
    Association,
    Bounds,
    BudgetLine,
    Conditions,
    Criterion,
    Equipment,
    Event,
    Hotel,
    HourBounds,
    Meal,
    RegistrationWindow,
    Room,
    Session,
    Sponsor,
    UsedPlugin,
    Venue,
    Workshop,
)
from eventops.domain.event_checks import problems
from eventops.domain.findings import Severity
from eventops.domain.money import ExchangeRate, Money
from eventops.domain.people import Choice
from eventops.domain.places import Point
from eventops.domain.texts import Message, Text

NINE = datetime(2023, 10, 14, 9, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
ROOM = Room(id="hall", name=Text("Hall"), capacity=50)
VENUE = Venue(name=Text("Hotel"), town="Casablanca", point=Point(33.6, -7.6), rooms=(ROOM,))
SESSION = Session(id="opening", title=Text("Opening"), starts_at=NINE, ends_at=TEN, room="hall")
MEAL = Meal(id="lunch", title=Text("Lunch"), starts_at=NINE, ends_at=TEN)
SPONSOR = Sponsor(id="oecd", name=Text("OECD"), country="FR")
LINE = BudgetLine(id="beds", title=Text("Beds"), sponsor="oecd", benefit="lodging", ceiling=Money(Decimal(1), "MAD"))
CRITERION = Criterion(name="far", benefit="lodging", reason=Text("far"))
RATE = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.87"), on=date(2023, 10, 6), source="assumed")
SOUND = Event(
    id="demo",
    title=Text("Demo"),
    timezone="Africa/Casablanca",
    country="MA",
    currency="MAD",
    regions=("MA-06",),
    seats=50,
    registration=RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=date(2023, 10, 6)),
    venue=VENUE,
    agenda=(SESSION,),
    workshops=(Workshop(id="w", title=Text("W"), session="opening", room="hall", capacity=50),),
    meals=(MEAL,),
    hotel=Hotel(name=Text("Hotel"), night=Money(Decimal(650), "MAD"), allotment=0),
    categories=(Choice(id="citizen", title=Text("Citizen")),),
    associations=(Association(id="adfm", name=Text("ADFM"), regions=("MA-04",)),),
    sponsors=(SPONSOR,),
    budget=(LINE, replace(LINE, id="buses", sponsor="adfm")),
    criteria=(CRITERION,),
    plugins=(UsedPlugin(name="morocco", regions=("MA-04",)),),
    rates=(RATE,),
)


def said(event: Event, severity: Severity = Severity.ERROR) -> list[str]:
    return [str(Message(one.message, one.values)) for one in problems(event) if one.severity is severity]


def with_when(**when: Any) -> dict[str, Any]:
    return {"criteria": (replace(CRITERION, when=Conditions(**when)),)}


def with_reason(**reason: str) -> dict[str, Any]:
    when = Conditions(distance_km=Bounds(over=50))
    return {"criteria": (replace(CRITERION, when=when, reason=Text(**reason)),)}


def test_a_sound_event_has_no_problems() -> None:
    assert problems(SOUND) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"country": "Morocco"}, "country is Morocco, which is not a code such as MA"),
        ({"regions": ("Casablanca-Settat",)}, "regions 1 is Casablanca-Settat, which is not a code such as MA-06"),
        (
            {"associations": (replace(SOUND.associations[0], regions=("4",)),)},
            "associations 1 (adfm), regions 1 is 4, which is not a code such as MA-06",
        ),
        (
            {"sponsors": (replace(SPONSOR, currency="€"),)},
            "sponsors 1 (oecd), currency is €, which is not a code such as EUR",
        ),
        (
            {"plugins": (UsedPlugin(name="x", regions=("x",)),)},
            "plugins 1 (x), regions 1 is x, which is not a code such as MA-06",
        ),
        (with_when(not_region=("6",)), "criteria 1 (far), when.not_region 1 is 6, which is not a code such as MA-06"),
        (with_when(country=("Maroc",)), "criteria 1 (far), when.country 1 is Maroc, which is not a code such as MA"),
        (
            {"id": "a b"},
            "id is 'a b', but should be one word of letters, digits, points and hyphens, such as workshop-1",
        ),
        (
            {"workshops": (replace(SOUND.workshops[0], id=""),)},
            "workshops 1, id is '', but should be one word of letters, digits, points and hyphens, such as workshop-1",
        ),
        (
            {"meals": (MEAL, MEAL)},
            "meals 2 (lunch), id is lunch, which entry 1 is called already; give each its own",
        ),
        (
            {"criteria": (CRITERION, CRITERION)},
            "criteria 2 (far), name is far, which entry 1 is called already; give each its own",
        ),
        ({"seats": 0}, "seats is 0, but should be 1 or more"),
        (
            {"venue": replace(VENUE, rooms=(replace(ROOM, equipment=(Equipment(name=Text("mike"), count=0),)),))},
            "venue.rooms 1 (hall), equipment 1, count is 0, but should be 1 or more",
        ),
        (
            {"agenda": (replace(SESSION, ends_at=NINE),)},
            "agenda 1 (opening), ends_at is 2023-10-14 09:00:00+00:00, but should come after the start at "
            "2023-10-14 09:00:00+00:00",
        ),
        (
            {"meals": (replace(MEAL, served_to="all"),)},
            "meals 1 (lunch), served_to is all, but should be one of everyone, overnight",
        ),
        (
            {"agenda": (replace(SESSION, kind="talk"),)},
            "agenda 1 (opening), kind is talk, but should be one of reception, plenary, workshop, break, meal",
        ),
        (
            {"registration": RegistrationWindow(opens_on=date(2023, 10, 6), closes_on=date(2023, 9, 22))},
            "registration.closes_on is 2023-09-22, but registration opens on 2023-10-06",
        ),
        (
            {"agenda": (replace(SESSION, room="attic"),)},
            "agenda 1 (opening), room is attic, which the event does not have; it has hall",
        ),
        (
            {"meals": (replace(MEAL, room="attic"),), "venue": replace(VENUE, rooms=())},
            "meals 1 (lunch), room is attic, but the event has none; add it or leave this out",
        ),
        (
            {"budget": (replace(LINE, sponsor="undp"),)},
            "budget 1 (beds), sponsor is undp, which the event does not have; it has oecd, adfm",
        ),
        (
            {"criteria": (replace(CRITERION, payer="undp"),)},
            "criteria 1 (far), payer is undp, which the event does not have; it has oecd, adfm",
        ),
        (
            with_when(category=("mayor",)),
            "criteria 1 (far), when.category 1 is mayor, but should be one of citizen",
        ),
        (
            with_when(gender=("woman",)),
            "criteria 1 (far), when.gender 1 is woman, but should be one of female, male, other, unknown",
        ),
        (
            with_reason(en="{distance} km"),
            "criteria 1 (far), reason.en names distance between braces, but may name category, role, town, region, "
            "province, distance_km, age, departure, homecoming, limit_km",
        ),
        (
            with_reason(en="ok", ar="بعد {limit_departure}"),
            "criteria 1 (far), reason.ar names limit_departure between braces, but may name category, role, town, "
            "region, province, distance_km, age, departure, homecoming, limit_km",
        ),
        (
            with_reason(en="ok", fr="{town"),
            "criteria 1 (far), reason.fr has a brace without its partner; write { } around the name of a fact",
        ),
        ({"rates": (replace(RATE, quote="EUR"),)}, "rates 1, quote is EUR, the currency it is an exchange rate from"),
        ({"rates": (replace(RATE, rate=Decimal(0)),)}, "rates 1, rate is 0, but an exchange rate is above zero"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: dict[str, Any], sentence: str) -> None:
    assert sentence in said(replace(SOUND, **change))


def test_money_below_zero_is_wrong() -> None:
    minus = Money(Decimal(-1), "MAD")
    event = replace(
        SOUND,
        meals=(replace(MEAL, price=minus),),
        budget=(replace(LINE, ceiling=minus),),
        hotel=replace(SOUND.hotel, night=minus),
    )
    assert [(one.code, one.values["where"], one.values["seen"]) for one in problems(event)] == [
        ("event-money", "meals 1 (lunch), price", minus),
        ("event-money", "budget 1 (beds), ceiling", minus),
        ("event-money", "hotel.night", minus),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seats": 51}, "seats is 51, more than the largest room holds, 50"),
        (
            {"workshops": (replace(SOUND.workshops[0], capacity=60),)},
            "workshops 1 (w), capacity is 60, more than its room holds, 50",
        ),
        (
            {"agenda": (SESSION, replace(SESSION, id="talk"))},
            "agenda 2 (talk), room is hall, which agenda entry 1 uses at the same time",
        ),
        (
            {"registration": RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=date(2023, 10, 14))},
            "registration.closes_on is 2023-10-14, not before the first day of the event, 2023-10-14",
        ),
        (
            with_when(distance_km=Bounds(over=100, under=100)),
            "criteria 1 (far), when.distance_km leaves no number between its limits, so the criterion never holds",
        ),
        (
            with_when(region=("MA-04", "MA-06"), not_region=("MA-04",)),
            "criteria 1 (far), when both asks for and leaves out MA-04",
        ),
    ],
)
def test_what_is_doubtful_is_a_warning_and_no_error(change: dict[str, Any], sentence: str) -> None:
    event = replace(SOUND, **change)
    assert (said(event), said(event, Severity.WARNING)) == ([], [sentence])


def test_sessions_that_follow_each_other_in_a_room_are_no_problem() -> None:
    after = replace(SESSION, id="talk", starts_at=TEN, ends_at=TEN + timedelta(hours=1))
    assert problems(replace(SOUND, agenda=(after, SESSION))) == ()


def test_limits_that_meet_in_one_number_are_no_problem() -> None:
    event = replace(SOUND, **with_when(age=Bounds(at_least=18, at_most=18), departure=HourBounds(before=NINE.time())))
    assert problems(event) == ()
