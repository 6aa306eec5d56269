from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from eventops.domain.hosting.meals import eats_at, served_meals, service_counts
from eventops.domain.rules import Decision, Grant, Outcome
from eventops.testing.builders import DAY, a_candidate, a_decision, a_participant, an_event

EVE = DAY - timedelta(days=1)
MEALS = {meal.id: meal for meal in an_event().meals}


def decisions(*nights: date, meals: Outcome = Outcome.GRANTED) -> dict[tuple[str, str], Decision]:
    """The decisions of one person with these nights."""
    bed = a_decision(benefit="lodging", grant=Grant(payer="ef", nights=nights)) if nights else None
    made = [a_decision(benefit="meals", outcome=meals), *([bed] if bed else [])]
    return {(one.participant_id, one.benefit): one for one in made}


@pytest.mark.parametrize(
    ("nights", "services"),
    [
        ((), ["tea", "lunch"]),
        ((EVE,), ["breakfast", "tea", "lunch"]),
        ((DAY,), ["tea", "lunch"]),
        ((EVE, DAY), ["breakfast", "tea", "lunch"]),
    ],
)
def test_breakfast_is_for_those_who_slept_there_the_night_before(nights: tuple[date, ...], services: list[str]) -> None:
    in_order = ("breakfast", "tea", "lunch")
    assert [meal for meal in in_order if eats_at(MEALS[meal], decisions(*nights), "p1")] == services


def test_dinner_is_for_those_who_sleep_there_that_night() -> None:
    from msgspec.structs import replace

    at = MEALS["breakfast"].starts_at.replace(hour=20)
    dinner = replace(MEALS["breakfast"], id="dinner", starts_at=at, ends_at=at + timedelta(hours=2))
    assert [eats_at(dinner, decisions(*nights), "p1") for nights in ((), (EVE,), (DAY,))] == [False, False, True]


@pytest.mark.parametrize("outcome", [Outcome.EXCLUDED, Outcome.REFERRED, Outcome.NOT_COVERED])
def test_who_is_not_granted_meals_eats_nothing(outcome: Outcome) -> None:
    assert served_meals(an_event(), [a_candidate()], decisions(EVE, meals=outcome)) == ()


def test_meals_are_served_in_the_order_of_the_day() -> None:
    served = served_meals(an_event(), [a_candidate()], decisions(EVE))
    assert [one.meal_id for one in served] == ["breakfast", "tea", "lunch"]


@given(diets=st.lists(st.sampled_from(["", "standard", "vegetarian", "vegan", "gluten_free"]), max_size=20))
def test_the_diets_of_a_service_sum_to_its_count(diets: list[str]) -> None:
    people = [a_candidate(a_participant(f"p{number}", diet=diet)) for number, diet in enumerate(diets)]
    granted = {(one.participant.id, "meals"): a_decision(one.participant.id, "meals") for one in people}
    event = an_event()
    counts = service_counts(event, people, served_meals(event, people, granted), {}, {})
    assert [one.meal_id for one in counts] == ["breakfast", "tea", "lunch"]
    assert [one.count for one in counts] == [0, len(diets), len(diets)]
    assert all(sum(one.diets.values()) == one.count for one in counts)
