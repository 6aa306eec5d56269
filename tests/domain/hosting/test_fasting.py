from datetime import UTC, date, datetime, time, timedelta

import pytest

from eventops.domain.event import FastingDays, Meal
from eventops.domain.hosting.fasting import (
    RAMADAN,
    SUNSET_DEGREES,
    fasting_findings,
    moved_meals,
    sun_at,
    with_fasting,
)
from eventops.domain.places import Point
from eventops.domain.texts import Text
from eventops.testing.builders import ZONE, an_event

CASABLANCA = Point(33.59, -7.63)


def a_meal(id: str, hour: int, *, day: int = 20, minutes: int = 60, **fields: object) -> Meal:
    starts = datetime(2024, 3, day, hour, tzinfo=ZONE)
    ends = starts + timedelta(minutes=minutes)
    return Meal(id=id, title=Text(id), starts_at=starts, ends_at=ends, **fields)  # type: ignore[arg-type]


def test_the_days_are_those_of_the_umm_al_qura_calendar() -> None:
    hijridate = pytest.importorskip("hijridate")
    days = []
    for year in range(1444, 1458):
        first, feast = (hijridate.Hijri(year, month, 1).to_gregorian() for month in (9, 10))
        days.append((date(first.year, first.month, first.day), date(feast.year, feast.month, feast.day)))
    assert [(first, last + timedelta(days=1)) for first, last in RAMADAN] == days


def test_the_sun_sets_when_almanacs_say() -> None:
    # Casablanca, 20 March 2024: sunset 18:41 UTC; London, 21 June 2024: 20:21 UTC.
    for day, point, hour in (
        (date(2024, 3, 20), CASABLANCA, datetime(2024, 3, 20, 18, 42, tzinfo=UTC)),
        (date(2024, 6, 21), Point(51.5, -0.12), datetime(2024, 6, 21, 20, 21, tzinfo=UTC)),
    ):
        found = sun_at(day, point, SUNSET_DEGREES)
        assert found is not None
        assert abs(found[1] - hour) < timedelta(minutes=4)
    assert sun_at(date(2024, 6, 21), Point(70, 25), SUNSET_DEGREES) is None


def test_services_of_a_fasting_day_move_before_dawn_and_after_sunset_in_their_order() -> None:
    days = (FastingDays(first=date(2024, 3, 11), last=date(2024, 4, 9), dawn=time(5), sunset=time(18, 40)),)
    meals = (
        a_meal("breakfast", 8, minutes=30),
        a_meal("lunch", 13),
        a_meal("tea", 16, minutes=30),
        a_meal("dinner", 20),
        a_meal("exempt", 13, by_day=True),
        a_meal("before", 13, day=10),
    )
    moved = moved_meals(an_event(meals=meals, fasting=days))
    assert [(one.id, f"{one.starts_at:%d %H:%M}", f"{one.ends_at:%H:%M}") for one in moved] == [
        ("breakfast", "20 04:10", "04:40"),
        ("lunch", "20 18:41", "19:41"),
        ("tea", "20 19:41", "20:11"),
        ("dinner", "20 20:11", "21:11"),
        ("exempt", "20 13:00", "14:00"),
        ("before", "10 13:00", "14:00"),
    ]


def test_without_a_setting_a_service_by_day_is_told_and_stays() -> None:
    event = an_event(meals=(a_meal("lunch", 13), a_meal("dinner", 22)))
    assert with_fasting(event, {}) is event
    assert [(one.code, one.source.place) for one in fasting_findings(event, {})] == [("meal-while-fasting", "lunch")]
    assert fasting_findings(event, {"fasting": "ignore"}) == ()


def test_days_beyond_the_calendar_are_told_as_unknown() -> None:
    starts = datetime(2040, 1, 1, 12, tzinfo=ZONE)
    meal = Meal(id="lunch", title=Text("lunch"), starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert [one.code for one in fasting_findings(an_event(meals=(meal,)), {})] == ["fasting-unknown"]
