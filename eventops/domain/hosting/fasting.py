"""Days of fasting: when Ramadan is, when dawn and sunset are, and where meal services move."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import structs

from eventops.domain.event import Event, FastingDays, Meal, SettingValue, services_of
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.places import Point
from eventops.domain.texts import Text

MOVE, WARN, IGNORE = "move", "warn", "ignore"
FASTING_SETTINGS = (MOVE, WARN, IGNORE)

# Source: the Umm al-Qura calendar, first day of Ramadan and the day before the feast. Where the crescent is looked for,
# as in Morocco, both may fall a day later: the event declares them then.
RAMADAN = (
    (date(2023, 3, 23), date(2023, 4, 20)),
    (date(2024, 3, 11), date(2024, 4, 9)),
    (date(2025, 3, 1), date(2025, 3, 29)),
    (date(2026, 2, 18), date(2026, 3, 19)),
    (date(2027, 2, 8), date(2027, 3, 8)),
    (date(2028, 1, 28), date(2028, 2, 25)),
    (date(2029, 1, 16), date(2029, 2, 13)),
    (date(2030, 1, 5), date(2030, 2, 3)),
    (date(2030, 12, 26), date(2031, 1, 23)),
    (date(2031, 12, 15), date(2032, 1, 13)),
    (date(2032, 12, 4), date(2033, 1, 1)),
    (date(2033, 11, 23), date(2033, 12, 22)),
    (date(2034, 11, 12), date(2034, 12, 11)),
    (date(2035, 11, 1), date(2035, 11, 30)),
)
FIRST_KNOWN, LAST_KNOWN = date(2023, 1, 1), date(2035, 12, 31)

# The sun at dawn stands this far below the horizon by the Moroccan reckoning; at sunset its upper edge touches it.
DAWN_DEGREES, SUNSET_DEGREES = 19.0, 0.833
BEFORE_DAWN = timedelta(minutes=20)
# A service that starts before this hour is the meal before dawn; a later one becomes one after sunset.
MORNING_UNTIL = time(11)

_MOVED = Text("{meal} is on a day of fasting: it moves from {before} to {after}")
_BY_DAY = Text(
    "{meal} at {before} is by day in Ramadan; set the setting fasting to move or ignore, or declare the days under "
    "[[fasting]]"
)
_UNKNOWN = Text("Whether {day} is in Ramadan is not known after {last}; declare the days under [[fasting]]")


def fasting_day(event: Event, day: date) -> FastingDays | None:
    """The days of fasting a day is in, as the event declares them, else by the calendar; None for any other day."""
    if event.fasting:
        return next((one for one in event.fasting if one.first <= day <= one.last), None)
    return next((FastingDays(first=first, last=last) for first, last in RAMADAN if first <= day <= last), None)


def sun_at(day: date, point: Point, degrees: float) -> tuple[datetime, datetime] | None:
    """When the sun is that far below the horizon, before and after noon, in UTC; None where it never is on that day.

    Source: the NOAA solar equations; a minute or two from observed times.
    """
    year = 2 * math.pi / 365 * (day.timetuple().tm_yday - 1)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(year)
        - 0.032077 * math.sin(year)
        - 0.014615 * math.cos(2 * year)
        - 0.040849 * math.sin(2 * year)
    )
    declination = (
        0.006918
        - 0.399912 * math.cos(year)
        + 0.070257 * math.sin(year)
        - 0.006758 * math.cos(2 * year)
        + 0.000907 * math.sin(2 * year)
        - 0.002697 * math.cos(3 * year)
        + 0.00148 * math.sin(3 * year)
    )
    latitude = math.radians(point.lat)
    cosine = (math.cos(math.radians(90 + degrees)) - math.sin(latitude) * math.sin(declination)) / (
        math.cos(latitude) * math.cos(declination)
    )
    if not -1 <= cosine <= 1:
        return None
    angle = 4 * math.degrees(math.acos(cosine))
    midday = datetime.combine(day, time(), UTC) + timedelta(minutes=720 - 4 * point.lon - equation)
    return midday - timedelta(minutes=angle), midday + timedelta(minutes=angle)


def daylight(event: Event, days: FastingDays, at: datetime) -> tuple[datetime, datetime] | None:
    """Dawn and sunset of the local day of a moment, as declared, else by the sun over the venue, to the minute."""
    day, zone = at.date(), at.tzinfo
    dawn = datetime.combine(day, days.dawn, zone) if days.dawn is not None else None
    sunset = datetime.combine(day, days.sunset, zone) if days.sunset is not None else None
    if dawn is None:
        found = sun_at(day, event.venue.point, DAWN_DEGREES)
        dawn = found[0].astimezone(zone) if found is not None else None
    if sunset is None:
        found = sun_at(day, event.venue.point, SUNSET_DEGREES)
        sunset = found[1].astimezone(zone) if found is not None else None
    if dawn is None or sunset is None:
        return None
    # Earlier for dawn and later for sunset: nobody may eat by a rounding.
    return dawn.replace(second=0, microsecond=0), (sunset + timedelta(minutes=1)).replace(second=0, microsecond=0)


def with_fasting(event: Event, settings: Mapping[str, SettingValue]) -> Event:
    """The event with the services of fasting days moved out of daylight, where it is set so."""
    if settings.get("fasting", WARN) != MOVE or not event.meals:
        return event
    return structs.replace(event, meals=moved_meals(event))


def moved_meals(event: Event) -> tuple[Meal, ...]:
    """The services in their order: a morning one ends before dawn, the others of the day follow each other from sunset
    on. Services kept by day for those who do not fast stay."""
    moved: dict[str, Meal] = {}
    by_day: dict[date, list[Meal]] = {}
    for meal in services_of(event):
        by_day.setdefault(meal.starts_at.date(), []).append(meal)
    for meals in by_day.values():
        moved |= {one.id: one for one in _moved_day(event, meals)}
    return tuple(moved[one.id] for one in event.meals)


def _moved_day(event: Event, meals: Sequence[Meal]) -> list[Meal]:
    days = fasting_day(event, meals[0].starts_at.date())
    light = daylight(event, days, meals[0].starts_at) if days is not None else None
    if light is None:
        return list(meals)
    dawn, sunset = light
    placed, free_from = [], sunset
    for meal in meals:
        length = meal.ends_at - meal.starts_at
        if meal.by_day or meal.ends_at <= dawn or meal.starts_at >= sunset:
            starts_at = (
                max(meal.starts_at, free_from) if not meal.by_day and meal.starts_at >= sunset else meal.starts_at
            )
        elif meal.starts_at.time() < MORNING_UNTIL:
            starts_at = dawn - BEFORE_DAWN - length
        else:
            starts_at = free_from
        if starts_at >= sunset and not meal.by_day:
            free_from = starts_at + length
        placed.append(structs.replace(meal, starts_at=starts_at, ends_at=starts_at + length))
    return placed


def fasting_findings(event: Event, settings: Mapping[str, SettingValue]) -> tuple[Finding, ...]:
    """Services by day on days of fasting, where nothing is set about them; days the calendar does not reach."""
    if settings.get("fasting", WARN) != WARN:
        return ()
    found = []
    for meal in services_of(event):
        day = meal.starts_at.date()
        days = fasting_day(event, day)
        light = daylight(event, days, meal.starts_at) if days is not None else None
        if not event.fasting and day > LAST_KNOWN:
            values: dict[str, object] = {"day": day, "last": LAST_KNOWN}
            found.append(_finding(Severity.INFORMATION, "fasting-unknown", _UNKNOWN, meal, values))
        elif light is not None and not meal.by_day and meal.starts_at < light[1] and meal.ends_at > light[0]:
            values = {"meal": meal.title, "before": meal.starts_at}
            found.append(_finding(Severity.WARNING, "meal-while-fasting", _BY_DAY, meal, values))
    return tuple(found)


def moves_said(before: Event, after: Event) -> tuple[Finding, ...]:
    """What was moved, so that it is never silent."""
    hours = {one.id: one.starts_at for one in before.meals}
    return tuple(
        _finding(
            Severity.INFORMATION,
            "meal-moved",
            _MOVED,
            one,
            {"meal": one.title, "before": hours[one.id], "after": one.starts_at},
        )
        for one in after.meals
        if one.starts_at != hours[one.id]
    )


def _finding(severity: Severity, code: str, message: Text, meal: Meal, values: dict[str, object]) -> Finding:
    return Finding(severity=severity, code=code, message=message, values=values, source=Source(place=meal.id))
