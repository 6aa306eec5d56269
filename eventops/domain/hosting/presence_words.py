"""Times of presence as people write them: a day, its morning or afternoon, or hours of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from eventops.domain.event import Period
from eventops.errors import NotUsable

NOON = time(12)
_WORDS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s+(am|pm|(\d\d?:\d\d)\s*[-–]\s*(\d\d?:\d\d)))?")


_PARTS = re.compile(r"[,;،؛\n]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
# What forms offer for the halves of a day, the longer words first.
_HALVES = (
    ("بعد الظهر", "pm"),
    ("après-midi", "pm"),
    ("apres-midi", "pm"),
    ("après midi", "pm"),
    ("afternoon", "pm"),
    ("المساء", "pm"),
    ("مساءً", "pm"),
    ("مساء", "pm"),
    ("morning", "am"),
    ("matinée", "am"),
    ("matin", "am"),
    ("الصباح", "am"),
    ("صباحًا", "am"),
    ("صباحا", "am"),
    ("صباح", "am"),
)


def periods_written(text: str, moment: Callable[[datetime], datetime]) -> tuple[Period, ...]:
    """The times somebody wrote on a form, in order: days, in either order of day and year, and halves of them in
    Arabic, French or English. Errors: NotUsable."""
    periods = [period_called(_plain(part), moment) for part in _PARTS.split(text) if part.strip()]
    return tuple(sorted(periods, key=lambda one: (one.starts_at, one.ends_at)))


def _plain(part: str) -> str:
    words = " ".join(part.casefold().translate(_DIGITS).replace("(", " ").replace(")", " ").split())
    for word, half in _HALVES:
        words = words.replace(word, half)
    return _DAY_FIRST.sub(lambda day: f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}", words)


def period_called(words: str, moment: Callable[[datetime], datetime]) -> Period:
    """The time that `2023-10-14`, `2023-10-14 am`, `… pm` or `… 09:00-14:30` means; `moment` gives a wall time its
    zone. Errors: NotUsable."""
    match = _WORDS.fullmatch(" ".join(words.strip().lower().split()))
    try:
        if match is None:
            raise ValueError(words)
        day = date.fromisoformat(match[1])
        after = datetime.combine(day + timedelta(days=1), time())
        noon = datetime.combine(day, NOON)
        match match[2]:
            case None:
                first, last = datetime.combine(day, time()), after
            case "am":
                first, last = datetime.combine(day, time()), noon
            case "pm":
                first, last = noon, after
            case _:
                first, last = (datetime.combine(day, time.fromisoformat(match[n].zfill(5))) for n in (3, 4))
        if last <= first:
            raise ValueError(words)
    except ValueError as error:
        raise NotUsable(
            "“{text}” is no time of presence; 2023-10-14, 2023-10-14 am, 2023-10-14 pm or 2023-10-14 09:00-14:30 is "
            "expected",
            text=words,
        ) from error
    return Period(starts_at=moment(first), ends_at=moment(last))
