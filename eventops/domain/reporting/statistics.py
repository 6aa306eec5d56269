"""Statistics: who takes part, by gender, age, capacity and region."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.hosting.attendance import Attendance, present_ids
from eventops.domain.people import AGE_BANDS, age_band
from eventops.domain.rules import UNKNOWN, Candidate, Seat, region_of
from eventops.domain.texts import Text

CATEGORIES = ("elected", "association", "public_sector", "academic", "citizen")


class Statistics(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Counts of participants; every table sums to the participants. `region_names` says what a code is called where
    no candidate is left to tell."""

    gender: dict[str, int]
    age: dict[str, int]
    category: dict[str, int]
    region: dict[str, int]
    region_names: dict[str, Text] = {}


def statistics_of(event: Event, candidates: Sequence[Candidate]) -> Statistics:
    """The four tables. Rows every report has are there even at 0; others (under_18, unknown …) only when met.

    Units: region is the code (MA-04), the country's code abroad, `unknown` without a place.
    """
    people = [candidate.participant for candidate in candidates]
    bands = [band for band in AGE_BANDS if band != "under_18"]
    categories = [choice.id for choice in event.categories] or list(CATEGORIES)
    return Statistics(
        gender=_counted((person.gender.value for person in people), ("female", "male")),
        age=_counted((age_band(candidate.age) for candidate in candidates), bands),
        category=_counted((person.category or UNKNOWN for person in people), categories),
        region=_counted((region_of(candidate) for candidate in candidates), sorted(event.regions)),
    )


class Participation(Struct, frozen=True, kw_only=True):
    """The same tables of those with a confirmed seat and of those who were there; `present` and `present_ids` are None
    where no attendance is recorded."""

    confirmed: Statistics
    present: Statistics | None = None
    present_ids: tuple[str, ...] | None = None


def participation_of(event: Event, candidates: Sequence[Candidate], attendance: Sequence[Attendance]) -> Participation:
    """Who has a seat and who was there, among the candidates."""
    there = present_ids([one.participant for one in candidates], attendance)
    present = None if there is None else [one for one in candidates if one.participant.id in there]
    return Participation(
        confirmed=statistics_of(event, [one for one in candidates if one.seat is Seat.CONFIRMED]),
        present=None if present is None else statistics_of(event, present),
        present_ids=None if present is None else tuple(one.participant.id for one in present),
    )


def _counted(values: Iterable[str], always: Sequence[str]) -> dict[str, int]:
    counts = Counter(values)
    others = sorted(key for key in counts if key not in always)
    return {key: counts[key] for key in (*always, *others)}
