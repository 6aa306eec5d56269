"""Quotas of seats: whom each counts, and how many seats are left under all of them at once."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from eventops.domain.deciding.criteria import condition_missed
from eventops.domain.event import Conditions, Criterion, Event, Quota
from eventops.domain.places import PlacementStatus
from eventops.domain.placing.measuring import unsettled
from eventops.domain.reporting.labels import CATEGORY_LABELS, label_of, labelled
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Message, Text

FULL = Text("all {seats} seats are taken")
HELD = Text("the seats that are left are kept for those they are reserved for")
QUOTA_FULL = Text("“{quota}” has {limit} seats, and all are taken")
VALUE_FULL = Text("“{quota}” leaves {limit} seats to {value}, and all are taken")

Key = tuple[int, str]
"""The number of a quota in the event, and the value it counts apart; '' for a quota that counts one group."""

BY = ("region", "province", "gender", "category", "association", "organisation")


class Tally:
    """The seats given so far, under the capacity and every quota. It never gives more than there are."""

    def __init__(self, event: Event, candidates: Sequence[Candidate]) -> None:
        self._event, self._candidates = event, surely(candidates)
        self._keys: dict[int, tuple[Key, ...]] = {}
        self._count: dict[Key, int] = {}
        self._conditions = [condition_of(quota.id, quota.when) for quota in event.quotas]
        self._full = Message(FULL, {"seats": event.seats})
        self.taken = 0

    def keys(self, index: int) -> tuple[Key, ...]:
        """The quotas in which a candidate counts, with the value they count under."""
        if not self._event.quotas:
            return ()
        if index not in self._keys:
            candidate = self._candidates[index]
            self._keys[index] = tuple(
                (number, value)
                for number, quota in enumerate(self._event.quotas)
                if (value := counted_as(quota, self._conditions[number], candidate, self._event)) is not None
            )
        return self._keys[index]

    def short_of(self, number: int) -> int:
        """How many of the seats kept for a quota nobody has."""
        return max(0, self._event.quotas[number].at_least - self._count.get((number, ""), 0))

    def given(self, key: Key) -> int:
        """How many seats went to people who count under a key."""
        return self._count.get(key, 0)

    def refusal(self, index: int, held: int = 0) -> Message | None:
        """Why a candidate can get no seat now, with `held` seats kept for others; None when one is free for them."""
        for number, value in self.keys(index):  # first, for a seat that comes free would not help them
            quota = self._event.quotas[number]
            if quota.at_most is not None and self._count.get((number, value), 0) >= quota.at_most:
                values: dict[str, object] = {"quota": title_of(quota), "limit": quota.at_most}
                if not quota.by:
                    return Message(QUOTA_FULL, values)
                return Message(VALUE_FULL, values | {"value": _written(self._candidates[index], quota.by)})
        capacity = self._event.seats
        if capacity is not None and self.taken >= capacity:
            return self._full
        if capacity is not None and self.taken + held >= capacity:
            return Message(HELD)
        return None

    def give(self, index: int, held: int = 0) -> bool:
        """Gives one more seat if one is free for them, and says whether."""
        if self.refusal(index, held) is not None:
            return False
        self.taken += 1
        for key in self.keys(index):
            self._count[key] = self._count.get(key, 0) + 1
        return True


def surely(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates as quotas and priorities see them: a place under review counts as none, for nobody is put before
    another on a guess."""
    return [
        unsettled(one) if one.place is not None and one.placement.status is PlacementStatus.REVIEW else one
        for one in candidates
    ]


def counted_as(quota: Quota, condition: Criterion, candidate: Candidate, event: Event) -> str | None:
    """The value under which a quota counts a candidate, '' for a quota without `by`; None when it does not."""
    if condition_missed(candidate, condition, event) is not None:
        return None
    return _value(candidate, quota.by) or None if quota.by else ""


def _value(candidate: Candidate, by: str) -> str:
    person, place = candidate.participant, candidate.place
    match by:
        case "region":
            return (place.region or place.country) if place is not None else ""
        case "province":
            return place.province if place is not None else ""
        case "gender":
            return person.gender.value
        case "category":
            return person.category
        case "association":
            return person.association
    return " ".join(person.organisation.split()).casefold()


def _written(candidate: Candidate, by: str) -> Text | str:
    """The value under which a quota counts a candidate, as people write it."""
    person, place = candidate.participant, candidate.place
    match by:
        case "region":
            return place.region_name if place is not None and place.region_name.en else _value(candidate, by)
        case "province":
            return place.province_name if place is not None and place.province_name.en else _value(candidate, by)
        case "gender":
            return label_of(person.gender)
        case "category":
            return labelled(CATEGORY_LABELS, person.category)
        case "organisation":
            return " ".join(person.organisation.split())
    return _value(candidate, by)


def condition_of(name: str, when: Conditions) -> Criterion:
    """Conditions in the shape in which they are asked of a candidate."""
    return Criterion(name=name, benefit="", when=when, reason=Text(""))


def title_of(quota: Quota) -> Text | str:
    return quota.title if quota.title.en else quota.id


class QuotaUse(Struct, frozen=True, kw_only=True):
    """How a quota is filled: people who count in it, those with a seat, by value where it counts values apart."""

    quota: Quota
    title: Text | str
    people: int
    seated: int
    by_value: dict[str, int] = {}


def quota_uses(event: Event, candidates: Sequence[Candidate]) -> tuple[QuotaUse, ...]:
    """Every quota, in the order of the event, as the seats stand."""
    found, sure = [], surely(candidates)
    for quota in event.quotas:
        condition = condition_of(quota.id, quota.when)
        people, values = 0, Counter[str]()
        for candidate in sure:
            value = counted_as(quota, condition, candidate, event)
            if value is None:
                continue
            people += 1
            if candidate.seat in (Seat.CONFIRMED, Seat.OFFERED):
                values[value] += 1
        found.append(
            QuotaUse(
                quota=quota,
                title=title_of(quota),
                people=people,
                seated=values.total(),
                by_value=dict(sorted(values.items())) if quota.by else {},
            )
        )
    return tuple(found)
