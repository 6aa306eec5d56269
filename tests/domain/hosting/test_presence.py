from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from eventops.domain.event import Meal, Period
from eventops.domain.hosting.allergens import allergens_of
from eventops.domain.hosting.meals import served_meals, service_counts, with_margin
from eventops.domain.hosting.presence import MealServed, is_there
from eventops.domain.hosting.presence_words import period_called, periods_written
from eventops.domain.scheduling.programme import moment
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.testing.builders import ZONE, a_candidate, a_decision, a_participant, an_event

CASES = settings.default.max_examples if settings.default.max_examples <= 100 else 10_000
START = datetime(2023, 10, 14, 7, tzinfo=ZONE)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    starts = draw(st.integers(0, 2_000))
    return Period(starts_at=at(starts), ends_at=at(starts + draw(st.integers(1, 900))))


@settings(max_examples=CASES, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.one_of(st.none(), st.lists(periods(), max_size=3))), max_size=8),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(10, 120)), max_size=4),
)
def test_a_service_counts_those_who_are_there_and_nobody_else(
    people: list[tuple[bool, list[Period] | None]], hours: list[tuple[int, int]]
) -> None:
    meals = tuple(
        Meal(id=f"m{n}", title=Text("m"), starts_at=at(starts), ends_at=at(starts + length))
        for n, (starts, length) in enumerate(hours)
    )
    event = an_event(meals=meals)
    candidates = [a_candidate(a_participant(f"P{n}", allergens=("milk",))) for n in range(len(people))]
    fed = {(f"P{n}", "meals"): a_decision(f"P{n}", "meals") for n, (eats, _) in enumerate(people) if eats}
    presence = {f"P{n}": tuple(there) for n, (_, there) in enumerate(people) if there is not None}
    counts = service_counts(event, candidates, served_meals(event, candidates, fed, presence), {}, {}, 10)
    for one in counts:
        meal = next(meal for meal in meals if meal.id == one.meal_id)
        present = sum(eats and is_there(there, meal.starts_at, meal.ends_at) for eats, there in people)
        assert (one.count, sum(one.diets.values()), one.allergens.get("milk", 0)) == (present,) * 3
        assert one.to_prepare >= one.count


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2023-10-14", [(0, 24)]),
        ("14/10/2023 matin", [(0, 12)]),
        ("١٤/١٠/٢٠٢٣ (صباحا)، 14.10.2023 بعد الظهر", [(0, 12), (12, 24)]),
        ("14-10-2023 09:00-14:30; 2023-10-14 Après-midi", [(9, 14.5), (12, 24)]),
    ],
)
def test_what_people_write_on_a_form_is_understood(text: str, hours: list[tuple[float, float]]) -> None:
    day = datetime(2023, 10, 14, tzinfo=ZONE)
    expected = tuple(
        Period(starts_at=day + timedelta(hours=first), ends_at=day + timedelta(hours=last)) for first, last in hours
    )
    assert periods_written(text, lambda wall: wall.replace(tzinfo=ZONE)) == expected


def test_the_margin_is_rounded_up_and_prepares_nothing_for_nobody() -> None:
    assert [with_margin(count, 5) for count in (0, 1, 20, 100, 101)] == [0, 2, 21, 105, 107]


def test_what_the_menu_holds_and_somebody_must_not_eat_is_at_risk_and_actuals_are_kept() -> None:
    meal = Meal(id="lunch", title=Text("lunch"), starts_at=at(0), ends_at=at(60), contains=("milk",))
    event = an_event(meals=(meal,))
    candidates = [a_candidate(a_participant("P0", allergens=("milk", "nuts")))]
    fed = {("P0", "meals"): a_decision("P0", "meals")}
    served = served_meals(event, candidates, fed)
    record = MealServed(meal_id="lunch", served=3, no_show=1)
    (one,) = service_counts(event, candidates, served, {}, {}, 0, (record,))
    assert (one.allergens, one.at_risk, one.served, one.no_show) == ({"milk": 1, "nuts": 1}, {"milk": 1}, 3, 1)


def test_allergens_are_recognised_in_four_languages_wherever_they_were_written() -> None:
    person = a_participant("P0", diet="gluten_free, arachides, السمسم, huevos, kiwi", allergens=("fish",))
    assert allergens_of(person) == ("gluten", "eggs", "fish", "peanuts", "sesame")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2023-10-14", "2023-10-14T00:00", "2023-10-15T00:00"),
        ("2023-10-14 am", "2023-10-14T00:00", "2023-10-14T12:00"),
        ("2023-10-14  PM", "2023-10-14T12:00", "2023-10-15T00:00"),
        ("2023-10-14 9:00-14:30", "2023-10-14T09:00", "2023-10-14T14:30"),
    ],
)
def test_times_of_presence_are_read_as_written(words: str, first: str, last: str) -> None:
    period = period_called(words, lambda wall: moment(wall, ZONE))
    assert (f"{period.starts_at:%Y-%m-%dT%H:%M}", f"{period.ends_at:%Y-%m-%dT%H:%M}") == (first, last)


@pytest.mark.parametrize("words", ["", "tomorrow", "2023-13-01", "2023-10-14 14:00-09:00", "2023-10-14 25:00-26:00"])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(NotUsable):
        period_called(words, lambda wall: moment(wall, ZONE))
