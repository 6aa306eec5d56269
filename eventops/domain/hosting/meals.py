"""Meals: who eats at which service, by who is there then, and the counts a caterer needs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil

from msgspec import Struct

from eventops.domain.enrolling.choices import DIETS, STANDARD_DIET as STANDARD_DIET
from eventops.domain.event import Event, Meal, Period, services_of
from eventops.domain.hosting.allergens import ALLERGEN_IDS, allergens_of
from eventops.domain.hosting.presence import MealServed, is_there
from eventops.domain.money import Money
from eventops.domain.rules import Candidate, Decision, Outcome, ServedMeal

_DIETS = frozenset(choice.id for choice in DIETS)


class ServiceCount(Struct, frozen=True, kw_only=True):
    """How many eat at one meal service, by diet. `to_prepare` is the count with its margin; `allergens` how many must
    not eat each, `at_risk` those among them that the menu holds; `served` and `no_show` what really happened."""

    meal_id: str
    starts_at: datetime
    count: int
    diets: dict[str, int]
    cost: Money | None = None
    payer: str = ""
    to_prepare: int = 0
    allergens: dict[str, int] = {}
    at_risk: dict[str, int] = {}
    served: int | None = None
    no_show: int | None = None


def eats_at(meal: Meal, decisions: Mapping[tuple[str, str], Decision], participant_id: str) -> bool:
    """Whether a person is served: their meals are granted, and for an overnight service they sleep there the
    night that ends on its day, or begins on it."""
    return _is_fed(decisions, participant_id) and _is_for(meal, _nights(decisions, participant_id))


def _is_fed(decisions: Mapping[tuple[str, str], Decision], participant_id: str) -> bool:
    meals = decisions.get((participant_id, "meals"))
    return meals is not None and meals.outcome is Outcome.GRANTED


def _nights(decisions: Mapping[tuple[str, str], Decision], participant_id: str) -> tuple[date, ...]:
    lodging = decisions.get((participant_id, "lodging"))
    return lodging.grant.nights if lodging is not None and lodging.grant is not None else ()


def _is_for(meal: Meal, nights: tuple[date, ...]) -> bool:
    """Whether somebody with these nights is served a meal."""
    if meal.served_to == "everyone":
        return True
    evening = meal.starts_at.hour >= 15
    night = meal.starts_at.date() if evening else meal.starts_at.date() - timedelta(days=1)
    return night in nights


def served_meals(
    event: Event,
    candidates: Sequence[Candidate],
    decisions: Mapping[tuple[str, str], Decision],
    presence: Mapping[str, tuple[Period, ...]] = {},
) -> tuple[ServedMeal, ...]:
    """Every meal eaten, service by service in the order of their start. `presence` has the times of those who are
    there for a part only; a meal of those who sleep there goes by the night."""
    ids = (candidate.participant.id for candidate in candidates)
    fed = [(id, _nights(decisions, id)) for id in ids if _is_fed(decisions, id)]
    return tuple(
        ServedMeal(participant_id=id, meal_id=meal.id, price=meal.price)
        for meal in services_of(event)
        for id, nights in fed
        if _is_for(meal, nights)
        and (meal.served_to == "overnight" or is_there(presence.get(id), meal.starts_at, meal.ends_at))
    )


def counted_diet(diet: str) -> str:
    """The diet a meal is counted under: each person once, several diets together as one, in whatever order written."""
    parts = dict.fromkeys(diet.split(", ")) if diet else {}
    if not all(part in _DIETS for part in parts):
        return diet
    return ", ".join(sorted(part for part in parts if part != STANDARD_DIET)) or STANDARD_DIET


def service_counts(
    event: Event,
    candidates: Sequence[Candidate],
    served: Sequence[ServedMeal],
    costs: Mapping[str, Money],
    payers: Mapping[str, str],
    margin_percent: float = 0,
    records: Iterable[MealServed] = (),
) -> tuple[ServiceCount, ...]:
    """The count of every service by diet; the diets sum to the count. Costs and payers by meal; `margin_percent` more
    are prepared than eat; `records` of what was served."""
    answers = {(one.participant.allergens, one.participant.diet): one.participant for one in candidates}
    known = {answer: (counted_diet(answer[1]), allergens_of(person)) for answer, person in answers.items()}
    wishes = {one.participant.id: known[one.participant.allergens, one.participant.diet] for one in candidates}
    avoided: dict[str, Counter[str]] = {meal.id: Counter() for meal in event.meals}
    really = {one.meal_id: one for one in records}
    counts: dict[str, Counter[str]] = {meal.id: Counter() for meal in event.meals}
    for (meal_id, (diet, allergens)), people in Counter(
        (one.meal_id, wishes[one.participant_id]) for one in served
    ).items():  # few people out of many ask for something nobody else does
        counts[meal_id][diet] += people
        avoided[meal_id].update(dict.fromkeys(allergens, people))
    return tuple(
        ServiceCount(
            meal_id=meal.id,
            starts_at=meal.starts_at,
            count=counts[meal.id].total(),
            diets=dict(sorted(counts[meal.id].items())),
            cost=costs.get(meal.id),
            payer=payers.get(meal.id, ""),
            to_prepare=with_margin(counts[meal.id].total(), margin_percent),
            allergens={one: avoided[meal.id][one] for one in _in_order(avoided[meal.id])},
            at_risk={one: avoided[meal.id][one] for one in _in_order(avoided[meal.id]) if one in meal.contains},
            served=really[meal.id].served if meal.id in really else None,
            no_show=really[meal.id].no_show if meal.id in really else None,
        )
        for meal in services_of(event)
    )


def with_margin(count: int, percent: float) -> int:
    """So many meals and the margin, rounded up; none for nobody."""
    return count + ceil(round(count * max(percent, 0) / 100, 9))


def _in_order(counts: Mapping[str, int]) -> list[str]:
    """The allergens met, the fourteen in the order of the law, then what people wrote otherwise."""
    known = [one for one in ALLERGEN_IDS if one in counts]
    return [*known, *sorted(set(counts) - set(known))]
