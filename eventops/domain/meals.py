"""Meals: who eats at which service, and the counts a caterer needs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from eventops.domain.event import Event, Meal
from eventops.domain.money import Money
from eventops.domain.rules import Candidate, Decision, Outcome, ServedMeal

STANDARD_DIET = "standard"


class ServiceCount(Struct, frozen=True, kw_only=True):
    """How many eat at one meal service, by diet."""

    meal_id: str
    starts_at: datetime
    count: int
    diets: dict[str, int]
    cost: Money | None = None
    payer: str = ""


def eats_at(meal: Meal, decisions: Mapping[tuple[str, str], Decision], participant_id: str) -> bool:
    """Whether a person is served: their meals are granted, and for an overnight service they sleep there the
    night that ends on its day, or begins on it."""
    meals = decisions.get((participant_id, "meals"))
    if meals is None or meals.outcome is not Outcome.GRANTED:
        return False
    if meal.served_to == "everyone":
        return True
    lodging = decisions.get((participant_id, "lodging"))
    nights = lodging.grant.nights if lodging is not None and lodging.grant is not None else ()
    evening = meal.starts_at.hour >= 15
    night = meal.starts_at.date() if evening else meal.starts_at.date() - timedelta(days=1)
    return night in nights


def served_meals(
    event: Event, candidates: Sequence[Candidate], decisions: Mapping[tuple[str, str], Decision]
) -> tuple[ServedMeal, ...]:
    """Every meal eaten, service by service in the order of their start."""
    return tuple(
        ServedMeal(participant_id=candidate.participant.id, meal_id=meal.id, price=meal.price)
        for meal in sorted(event.meals, key=lambda one: (one.starts_at, one.id))
        for candidate in candidates
        if eats_at(meal, decisions, candidate.participant.id)
    )


def service_counts(
    event: Event,
    candidates: Sequence[Candidate],
    served: Sequence[ServedMeal],
    costs: Mapping[str, Money],
    payers: Mapping[str, str],
) -> tuple[ServiceCount, ...]:
    """The count of every service by diet; the diets sum to the count. Costs and payers by meal."""
    diet_of = {one.participant.id: one.participant.diet or STANDARD_DIET for one in candidates}
    counts: dict[str, Counter[str]] = {meal.id: Counter() for meal in event.meals}
    for one in served:
        counts[one.meal_id][diet_of[one.participant_id]] += 1
    return tuple(
        ServiceCount(
            meal_id=meal.id,
            starts_at=meal.starts_at,
            count=counts[meal.id].total(),
            diets=dict(sorted(counts[meal.id].items())),
            cost=costs.get(meal.id),
            payer=payers.get(meal.id, ""),
        )
        for meal in sorted(event.meals, key=lambda one: (one.starts_at, one.id))
    )
