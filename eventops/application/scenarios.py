"""Several what-ifs beside each other: who comes in, who goes out, by region and gender, and what each sponsor pays."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from eventops.domain.differences import BenefitDifference, differences
from eventops.domain.money import Money, total
from eventops.domain.plan import Plan
from eventops.domain.rules import Seat, region_of
from eventops.errors import NotUsable

# A comma parts assignments only before the next NAME=, since values may hold commas too.
_BETWEEN = re.compile(r"\s*[,;]\s*(?=[\w.\-]+\s*=)")


class Scenario(Struct, frozen=True, kw_only=True):
    """A name, and what is given another value."""

    name: str
    assignments: tuple[str, ...]


class SponsorCost(Struct, frozen=True, kw_only=True):
    """What a sponsor pays; '' is what falls on nobody."""

    sponsor: str
    before: Money
    after: Money


class SeatCount(Struct, frozen=True, kw_only=True):
    """How many have a seat and how many wait for one; an offer that is open holds a seat."""

    confirmed: int
    waiting: int


class Compared(Struct, frozen=True, kw_only=True):
    """One scenario against the plan as it is. A person who comes into one benefit and out of another counts in both.
    `seats` are those under the scenario; `seats_in` got one by it, `seats_out` lost theirs."""

    scenario: Scenario
    benefits: tuple[BenefitDifference, ...]
    people_in: tuple[str, ...]
    people_out: tuple[str, ...]
    gender_in: dict[str, int]
    gender_out: dict[str, int]
    region_in: dict[str, int]
    region_out: dict[str, int]
    seats: SeatCount
    seats_in: tuple[str, ...]
    seats_out: tuple[str, ...]
    not_funded: int
    costs: tuple[SponsorCost, ...]


def scenario_of(text: str) -> Scenario:
    """A scenario as written: `NAME: a=b, c=d`. Errors: NotUsable."""
    name, colon, assigned = text.partition(":")
    if not colon or not name.strip() or not assigned.strip() or "=" in name:
        raise NotUsable("“{text}” is not NAME: a=b, c=d, for example “closer: travel_from_km=40, seats=50”", text=text)
    return Scenario(
        name=name.strip(), assignments=tuple(one for one in _BETWEEN.split(assigned.strip().rstrip(",;")) if one)
    )


def scenarios_of(texts: Sequence[str]) -> tuple[Scenario, ...]:
    """Errors: NotUsable for a name given twice."""
    scenarios = tuple(scenario_of(one) for one in texts)
    names = Counter(one.name for one in scenarios)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise NotUsable("Two scenarios are called {name}; give each its own name", name=twice[0])
    return scenarios


def compared(scenario: Scenario, before: Plan, after: Plan) -> Compared:
    """The difference a scenario makes. Meals count apart: everybody eats, so they move nobody in or out."""
    found = differences(before, after)
    served = {one.name for one in after.benefits if one.unit == "service"}
    counted = [one for one in found if one.benefit not in served] or list(found)
    coming = sorted({person.participant_id for one in counted for person in one.enters})
    going = sorted({person.participant_id for one in counted for person in one.leaves})
    people = {one.participant.id: one for one in (*before.candidates, *after.candidates)}
    return Compared(
        scenario=scenario,
        benefits=found,
        people_in=tuple(coming),
        people_out=tuple(going),
        gender_in=_counts(people[one].participant.gender.value for one in coming),
        gender_out=_counts(people[one].participant.gender.value for one in going),
        region_in=_counts(region_of(people[one]) for one in coming),
        region_out=_counts(region_of(people[one]) for one in going),
        seats=seat_count(after),
        seats_in=tuple(sorted(_seated(after) - _seated(before))),
        seats_out=tuple(sorted(_seated(before) - _seated(after))),
        not_funded=len({(one.participant_id, one.benefit) for one in after.funding if not one.reached}),
        costs=_costs(before, after),
    )


def seat_count(plan: Plan) -> SeatCount:
    """The seats of a plan."""
    return SeatCount(confirmed=len(_seated(plan)), waiting=sum(one.seat is Seat.WAITING for one in plan.candidates))


def _seated(plan: Plan) -> set[str]:
    return {one.participant.id for one in plan.candidates if one.seat in (Seat.CONFIRMED, Seat.OFFERED)}


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _costs(before: Plan, after: Plan) -> tuple[SponsorCost, ...]:
    sponsors = dict.fromkeys(use.sponsor for plan in (before, after) for use in plan.budget)
    return tuple(SponsorCost(sponsor=one, before=_cost(before, one), after=_cost(after, one)) for one in sponsors)


def _cost(plan: Plan, sponsor: str) -> Money:
    return total((use.planned for use in plan.budget if use.sponsor == sponsor), plan.event.currency)
