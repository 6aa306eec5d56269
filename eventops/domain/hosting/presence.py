"""Who is there when: people who take part in some days or half-days only, and what was really served."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from eventops.domain.event import Period


class Presence(Struct, frozen=True, kw_only=True):
    """The times a person is there. Somebody without such a record is there all the time."""

    participant_id: str
    periods: tuple[Period, ...]
    by: str = ""
    on: date | None = None


class MealServed(Struct, frozen=True, kw_only=True):
    """How many meals a service really gave out, and how many of those expected did not come."""

    meal_id: str
    served: int
    no_show: int = 0
    by: str = ""
    on: date | None = None


def presence_by_person(records: Iterable[Presence]) -> Mapping[str, tuple[Period, ...]]:
    return {one.participant_id: one.periods for one in records}


def is_there(periods: Sequence[Period] | None, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody is there for some of the time; always without periods of their own."""
    return periods is None or any(one.starts_at < ends_at and starts_at < one.ends_at for one in periods)
