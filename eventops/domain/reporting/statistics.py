"""Statistics: who takes part, by gender, age, capacity and region."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.people import AGE_BANDS, age_band
from eventops.domain.rules import Candidate
from eventops.domain.texts import Text

UNKNOWN = "unknown"
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


def region_of(candidate: Candidate) -> str:
    """The region's code, the country's abroad, `unknown` without a place."""
    if candidate.place is None:
        return UNKNOWN
    return candidate.place.region or candidate.place.country


def _counted(values: Iterable[str], always: Sequence[str]) -> dict[str, int]:
    counts = Counter(values)
    others = sorted(key for key in counts if key not in always)
    return {key: counts[key] for key in (*always, *others)}
