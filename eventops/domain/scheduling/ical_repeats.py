"""When an event of a calendar repeats, by a rule of RFC 5545 that ends."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

# Times of one event, and days, weeks or months that are gone through for them.
MOST_REPEATS = 400
MOST_STEPS = 4_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_ALWAYS = {"FREQ", "COUNT", "INTERVAL", "UNTIL", "WKST", "BYDAY", "BYMONTH"}
_PARTS: Mapping[str, set[str]] = {
    "DAILY": _ALWAYS,
    "WEEKLY": _ALWAYS,
    "MONTHLY": {*_ALWAYS, "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {*_ALWAYS, "BYMONTHDAY", "BYSETPOS"},
}


class Repeats(Struct, frozen=True, kw_only=True):
    """The wall times of an event, in order; `cut` when there would be more than eventops takes in."""

    walls: tuple[datetime, ...]
    cut: bool = False


class _Rule(Struct, frozen=True, kw_only=True):
    """A rule as read. `days` are weekdays with their number in the month, 0 for every one; `positions` choose among
    the days of a month."""

    every: str
    interval: int
    week_starts: int
    count: int | None
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


def rule_parts(rule: str) -> dict[str, str]:
    """The parts of a rule as written, by name."""
    pairs = (one.partition("=") for one in rule.upper().split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


def repeats_of(rule: str, first: datetime, until: datetime | None) -> Repeats | None:
    """The times of a rule that ends, by the day, the week, the month or the year; None for any other."""
    read = _read(rule_parts(rule))
    if read is None or (until is None and read.count is None):
        return None
    if until is not None and (until.tzinfo is None) != (first.tzinfo is None):
        return None
    walls: list[datetime] = []
    for one in _walls(read, first):
        if (until is not None and one > until) or len(walls) == read.count:
            return Repeats(walls=tuple(walls))
        if len(walls) == MOST_REPEATS:
            break
        walls.append(one)
    return Repeats(walls=tuple(walls), cut=len(walls) != read.count)


def _read(told: Mapping[str, str]) -> _Rule | None:
    """A rule as far as every part of it is understood; a rule read by half would give wrong times."""
    every = told.get("FREQ", "")
    if every not in _PARTS or set(told) - _PARTS[every]:
        return None
    days = [re.fullmatch(r"([+-]?\d{1,2})?([A-Z]{2})", one) for one in told.get("BYDAY", "").split(",") if one]
    counts = _numbers(told.get("COUNT", ""), 1, 99_999)
    interval = _numbers(told.get("INTERVAL", "1"), 1, 999)
    months, month_days = _numbers(told.get("BYMONTH", ""), 1, 12), _numbers(told.get("BYMONTHDAY", ""), -31, 31)
    positions = _numbers(told.get("BYSETPOS", ""), -31, 31)
    week = told.get("WKST", "MO")
    if counts is None or interval is None or months is None or month_days is None or positions is None:
        return None
    if any(one is None or one[2] not in WEEKDAYS for one in days) or week not in WEEKDAYS or len(interval) != 1:
        return None
    if len(counts) > 1 or ("COUNT" in told and not counts) or 0 in (*month_days, *positions):
        return None
    weekdays = tuple((int(one[1] or 0), WEEKDAYS.index(one[2])) for one in days if one is not None)
    if every in ("DAILY", "WEEKLY") and any(number for number, _ in weekdays):
        return None
    # Within a year without months, weekdays and days would be counted in other ways.
    if every == "YEARLY" and not months and (weekdays or month_days):
        return None
    if positions and (every == "YEARLY" and len(months) > 1):
        return None
    return _Rule(
        every=every,
        interval=interval[0],
        week_starts=WEEKDAYS.index(week),
        count=counts[0] if counts else None,
        days=weekdays,
        months=months,
        month_days=month_days,
        positions=positions,
    )


def _numbers(text: str, least: int, most: int) -> tuple[int, ...] | None:
    """The numbers of a list; None when one is none or out of bounds."""
    parts = [one.strip() for one in text.split(",") if one.strip()]
    if any(re.fullmatch(r"[+-]?[0-9]{1,5}", one) is None for one in parts):
        return None
    numbers = tuple(int(one) for one in parts)
    return numbers if all(least <= one <= most for one in numbers) else None


def _walls(rule: _Rule, first: datetime) -> Iterator[datetime]:
    """The times from the first on, in order, as far as the steps reach."""
    weekdays = {weekday for _, weekday in rule.days}
    try:
        for step in range(MOST_STEPS):
            for one in _period(rule, first, step * rule.interval):
                if one < first or (rule.months and one.month not in rule.months):
                    continue
                if rule.every in ("DAILY", "WEEKLY") and weekdays and one.weekday() not in weekdays:
                    continue
                yield one
    except (OverflowError, ValueError):
        return  # beyond the year 9999


def _period(rule: _Rule, first: datetime, step: int) -> Iterator[datetime]:
    """The times that may be meant in one day, week, month or year."""
    if rule.every == "DAILY":
        yield first + timedelta(days=step)
    elif rule.every == "WEEKLY":
        start = first - timedelta(days=(first.weekday() - rule.week_starts) % 7)
        days = (start + timedelta(days=7 * step + day) for day in range(7))
        yield from days if rule.days else (one for one in days if one.weekday() == first.weekday())
    elif rule.every == "MONTHLY":
        yield from _in_month(
            rule, first, first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1
        )
    else:
        for month in sorted(set(rule.months)) or [first.month]:
            yield from _in_month(rule, first, first.year + step, month)


def _in_month(rule: _Rule, first: datetime, year: int, month: int) -> Iterator[datetime]:
    opens, last = monthrange(year, month)
    days = range(1, last + 1)
    if rule.month_days:
        chosen = [day for day in days if day in rule.month_days or day - last - 1 in rule.month_days]
    else:
        chosen = list(days) if rule.days else [day for day in days if day == first.day]
    if rule.days:
        chosen = [day for day in chosen if _is_named(rule, day, (opens + day - 1) % 7, last)]
    if rule.positions:
        chosen = [
            day for at, day in enumerate(chosen) if at + 1 in rule.positions or at - len(chosen) in rule.positions
        ]
    for day in chosen:
        yield first.replace(year=year, month=month, day=day)


def _is_named(rule: _Rule, day: int, weekday: int, last: int) -> bool:
    """Whether a day is one of the weekdays, or the numbered one of them counted from either end of the month."""
    from_start, from_end = (day - 1) // 7 + 1, -((last - day) // 7) - 1
    return any(named == weekday and number in (0, from_start, from_end) for number, named in rule.days)
