from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from eventops.adapters.event_files import event_text, read_event
from eventops.adapters.zones import load_zone, moment_in
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
from eventops.domain.money import ExchangeRate, rounded
from eventops.domain.people import Choice
from eventops.domain.places import Point
from eventops.domain.texts import Text

words = st.text("abcdefghijkléح-._0", min_size=1, max_size=8).filter(lambda word: word[0].isalnum())
plain = st.text(max_size=12)
texts = st.builds(Text, plain, fr=plain, ar=plain)
reasons = st.builds(Text, st.sampled_from(["", "at {town}", "{{x}} {age} %"]), ar=st.sampled_from(["", "{region}"]))
regions = st.lists(st.sampled_from(["MA-04", "MA-06", "FR-IDF"]), max_size=3, unique=True).map(tuple)
currencies = st.sampled_from(["MAD", "EUR", "JPY", "TND"])
moneys = st.builds(rounded, st.decimals(0, 10**12, allow_nan=False, places=3), currencies)
floats = st.floats(allow_nan=False, allow_infinity=False)
ZONES = ("Africa/Casablanca", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC")


def lists(entry: st.SearchStrategy[Any], key: str = "id") -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(entry, max_size=3, unique_by=lambda one: getattr(one, key)).map(tuple)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def periods(draw: st.DrawFn, zone: str) -> tuple[datetime, datetime]:
    start = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 50 * 365 * 86400)))
    end = start + timedelta(microseconds=draw(st.integers(1, 10**12)))
    return moment_in(start, load_zone(zone)), moment_in(end, load_zone(zone))


def timed(made: Callable[..., Any], zone: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda period, rest: made(starts_at=period[0], ends_at=period[1], **rest),
        periods(zone),
        st.fixed_dictionaries({"id": words, "title": texts, **fields}),
    )


def with_one(kind: Callable[..., Any], value: st.SearchStrategy[Any], keys: list[str]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(keys), value, min_size=1).map(lambda given: kind(**given))


bounds = with_one(Bounds, floats, ["at_least", "over", "under", "at_most"])
hours = with_one(HourBounds, st.times(), ["before", "after"])
genders = st.lists(st.sampled_from(["female", "male"]), max_size=2).map(tuple)
conditions = st.builds(
    Conditions,
    distance_km=optional(bounds),
    road_km=optional(bounds),
    region=regions,
    not_region=regions,
    province=st.lists(plain, max_size=2).map(tuple),
    role=st.lists(plain, max_size=2).map(tuple),
    gender=genders,
    age=optional(bounds),
    urban=optional(st.booleans()),
    departure=optional(hours),
    homecoming=optional(hours),
)
settings_values = st.booleans() | st.integers(-(2**63), 2**63 - 1) | floats | plain


@st.composite
def events(draw: st.DrawFn) -> Event:
    zone = draw(st.sampled_from(ZONES))
    equipment = st.lists(st.builds(Equipment, name=texts, count=st.integers(1, 9)), max_size=2).map(tuple)
    rooms = draw(lists(st.builds(Room, id=words, name=texts, capacity=st.integers(1, 500), equipment=equipment)))
    room = st.sampled_from(["", *(one.id for one in rooms)])
    kinds = st.sampled_from(["reception", "plenary", "workshop", "break", "meal"])
    agenda = draw(lists(timed(Session, zone, kind=kinds, room=room, speaker=texts)))
    session = st.sampled_from(["", *(one.id for one in agenda)])
    sponsors = draw(
        lists(
            st.builds(
                Sponsor, id=words, name=texts, country=st.just("FR"), words=st.lists(plain, max_size=2).map(tuple)
            )
        )
    )
    associations = draw(lists(st.builds(Association, id=words, name=texts, regions=regions)))
    payers = [one.id for one in (*sponsors, *associations)]
    budget = lists(
        st.builds(
            BudgetLine, id=words, title=texts, sponsor=st.sampled_from(payers or ["-"]), benefit=plain, ceiling=moneys
        )
    )
    opens_on = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
    window = st.builds(RegistrationWindow, opens_on=st.just(opens_on), closes_on=st.dates(opens_on, date(2031, 1, 1)))
    served = st.sampled_from(["everyone", "overnight"])
    criteria = lists(
        st.builds(
            Criterion,
            name=words,
            benefit=plain,
            effect=st.sampled_from(["grants", "excludes", "refers"]),
            when=conditions,
            reason=reasons,
            payer=st.sampled_from(["", *payers]),
            share=st.integers(1, 100),
            ceiling=optional(moneys),
            nights=optional(st.integers(0, 5)),
        ),
        "name",
    )
    rates = st.builds(
        ExchangeRate,
        base=st.just("EUR"),
        quote=st.just("MAD"),
        rate=st.decimals("0.0001", 10**6, allow_nan=False),
        on=st.dates(),
        source=plain,
    )
    return Event(
        id=draw(words),
        title=draw(texts),
        timezone=zone,
        country="MA",
        language=draw(st.sampled_from(["en", "fr", "ar"])),
        currency=draw(currencies),
        campaign=draw(plain),
        regions=draw(regions),
        seats=draw(optional(st.integers(1, 500))),
        registration=draw(optional(window)),
        venue=Venue(
            name=draw(texts),
            address=draw(texts),
            town=draw(plain),
            point=Point(draw(st.floats(-90, 90)), draw(st.floats(-180, 180))),
            rooms=rooms,
        ),
        agenda=agenda,
        workshops=draw(lists(st.builds(Workshop, id=words, title=texts, session=session, room=room))),
        meals=draw(lists(timed(Meal, zone, served_to=served, room=room, price=optional(moneys)))),
        hotel=draw(
            optional(
                st.builds(
                    Hotel,
                    name=texts,
                    night=moneys,
                    allotment=optional(st.integers(0, 99)),
                    accessible_rooms=optional(st.integers(0, 9)),
                )
            )
        ),
        categories=draw(lists(st.builds(Choice, id=words, title=texts, words=st.lists(plain, max_size=2).map(tuple)))),
        associations=associations,
        sponsors=sponsors,
        budget=draw(budget) if payers else (),
        criteria=draw(criteria),
        plugins=draw(lists(st.builds(UsedPlugin, name=words, regions=regions), "name")),
        tariffs=draw(st.dictionaries(plain, plain, max_size=2)),
        settings=draw(st.dictionaries(st.text("ab.", max_size=5), settings_values, max_size=4)),
        rates=draw(st.lists(rates, max_size=2).map(tuple)),
        assumptions=draw(st.lists(texts, max_size=2).map(tuple)),
    )


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None, max_examples=60)
@given(events())
def test_every_event_survives_writing_and_reading(event: Event) -> None:
    written = event_text(event)
    again = read_event(written, "again.toml")
    assert again == event
    assert event_text(again) == written
