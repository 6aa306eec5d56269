"""Times of presence as people write them: a day, its morning or afternoon, or hours of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from eventops.domain.event import Period
from eventops.errors import NotUsable

NOON = time(12)
_WORDS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s+(am|pm|(\d\d?:\d\d)\s*[-–]\s*(\d\d?:\d\d)))?")


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
