"""What is paid at which rate on which day, and that the tariffs hold their contract."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import eventops_rates as plugin
import msgspec
import pytest
from eventops_rates.allowances import day_price as allowance, meal_of
from eventops_rates.erasmus import ERASMUS, sum_for
from eventops_rates.experts import car_price, day_price
from eventops_rates.french_missions import meal_price, night_price

from eventops import Day, Facts, Journey, Meal, Money, Night, ServedMeal, Text
from eventops.testing import TariffContract, a_candidate, an_event, two_journeys

SOMEBODY = a_candidate(distance_km=120.0)
EVENT_DAY = date(2023, 10, 14)


class TestContract(TariffContract):
    plugin = plugin
    currency = "EUR"

    def settings(self) -> Mapping[str, Any]:
        """External aid is priced in a country whose rate is known."""
        return {**super().settings(), "eu_aid_country": "DZ"}


def facts(**settings: Any) -> Facts:
    defaults: Mapping[str, Any] = {one.name: one.default for one in plugin.eventops_settings()}
    return Facts(event=an_event(), settings={**defaults, **settings})


def lunch(meal_id: str) -> ServedMeal:
    return ServedMeal(participant_id="p1", meal_id=meal_id, price=None)


def supplied(about: Facts, *units: Night | ServedMeal) -> Facts:
    """What is known, with the beds and meals one person gets."""
    nights = tuple(one for one in units if isinstance(one, Night))
    meals = tuple(one for one in units if isinstance(one, ServedMeal))
    return msgspec.structs.replace(about, supplied={"lodging": nights, "meals": meals})


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def a_day(day: date = EVENT_DAY) -> Day:
    return Day(participant_id="p1", benefit="per-diem", date=day)


@pytest.mark.parametrize(
    ("km", "day", "standard", "green"),
    [
        (9.99, date(2023, 10, 14), None, None),
        (10.0, date(2023, 10, 14), 23, 23),
        (99.99, date(2023, 10, 14), 23, 23),
        (100.0, date(2023, 10, 14), 180, 210),
        (499.9, date(2023, 12, 31), 180, 210),
        (100.0, date(2024, 1, 1), 211, 285),
        (500.0, date(2024, 5, 1), 309, 417),
        (2000.0, date(2024, 5, 1), 395, 535),
        (3500.0, date(2024, 5, 1), 580, 785),
        (5000.0, date(2024, 5, 1), 1188, 1188),
        (9000.0, date(2023, 5, 1), 1500, 1500),
        (100.0, date(2020, 12, 31), None, None),
    ],
)
def test_erasmus_pays_by_bands_and_by_the_call_of_the_day(
    km: float, day: date, standard: int | None, green: int | None
) -> None:
    sums = [sum_for(km, day, green=one) for one in (False, True)]
    assert [one[1] if one else None for one in sums] == [standard, green]


def test_the_sum_of_erasmus_covers_there_and_back() -> None:
    there, back = two_journeys(SOMEBODY)
    paid = [[one.amount for one in ERASMUS[0].price(journey, SOMEBODY, facts())] for journey in (there, back)]
    assert paid == [[euros("180")], []]


def test_experts_are_paid_by_the_day_and_by_the_kilometre_of_road() -> None:
    journey: Journey = msgspec.structs.replace(two_journeys(SOMEBODY)[0], road_km=150.4)
    (day,), (car,) = day_price(a_day(), SOMEBODY, facts()), car_price(journey, SOMEBODY, facts())
    assert (day.amount, car.quantity, car.amount) == (euros("92.00"), 150, euros("33.00"))


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        # Somebody with a bed of that night and the lunch of that day: 12 per cent, beside 50 for the bed.
        ({"dsa_rate": 200.0}, "76.00"),
        ({"dsa_rate": 200.0, "dsa_bed_provided": False}, "176.00"),
        ({"dsa_rate": 33.33, "dsa_bed_provided": False, "dsa_lunch_share": 40.0}, "20.00"),
        ({"dsa_rate": 200.0, "dsa_bed_share": 95.0}, "0.00"),
    ],
)
def test_what_is_provided_is_taken_off_the_allowance(settings: dict[str, Any], left: str) -> None:
    night = Night(participant_id="p1", date=EVENT_DAY, hotel=None)
    (line,) = allowance(a_day(), SOMEBODY, supplied(facts(**settings), night, lunch("lunch")))
    assert line.amount == euros(left)


def test_who_is_provided_with_nothing_that_day_has_the_whole_allowance() -> None:
    night = Night(participant_id="p1", date=EVENT_DAY - timedelta(days=1), hotel=None)
    kept = [allowance(a_day(), SOMEBODY, one)[0].amount for one in (facts(), supplied(facts(), night))]
    assert kept == [euros("200.00")] * 2


@pytest.mark.parametrize(("currency", "left"), [("XOF", "12674"), ("TND", "12673.505"), ("EUR", "12673.51")])
def test_what_is_left_is_rounded_as_the_currency_of_the_allowance_is(currency: str, left: str) -> None:
    about = facts(dsa_rate=33351.33, dsa_currency=currency, dsa_lunch_share=12.0)
    night, meal = Night(participant_id="p1", date=EVENT_DAY, hotel=None), lunch("lunch")
    (line,) = allowance(a_day(), SOMEBODY, supplied(about, night, meal))
    assert line.amount == Money(Decimal(left), currency)


def test_on_a_day_of_full_board_a_fifth_is_left() -> None:
    """As in a note of UN Women: 3,000 a day, 20 per cent of it on days with bed and all meals."""
    at = an_event().meals[0].starts_at

    def meal(hour: int) -> Meal:
        starts = at.replace(hour=hour, minute=0)
        return Meal(id=f"m{hour}", title=Text("m"), starts_at=starts, ends_at=starts + timedelta(hours=1))

    board = msgspec.structs.replace(facts(dsa_rate=3000.0), event=an_event(meals=tuple(map(meal, (8, 13, 20)))))
    night = Night(participant_id="p1", date=EVENT_DAY, hotel=None)
    (line,) = allowance(a_day(), SOMEBODY, supplied(board, night, *map(lunch, ("m8", "m13", "m20"))))
    assert line.amount == euros("600.00")


@pytest.mark.parametrize(
    ("hour", "minute", "name"),
    [(7, 0, "breakfast"), (10, 0, ""), (11, 20, ""), (11, 30, "lunch"), (16, 0, ""), (20, 0, "dinner"), (23, 30, "")],
)
def test_a_meal_is_told_by_the_hour_it_starts(hour: int, minute: int, name: str) -> None:
    starts: datetime = an_event().meals[0].starts_at.replace(hour=hour, minute=minute)
    meal = Meal(id="m", title=Text("m"), starts_at=starts, ends_at=starts + timedelta(minutes=30))
    assert meal_of(meal) == name


@pytest.mark.parametrize(
    ("town", "day", "paid"),
    [
        ("base", date(2023, 9, 21), ["70"]),
        ("base", date(2023, 9, 22), ["90"]),
        ("large", date(2023, 9, 21), ["90"]),
        ("large", date(2023, 9, 22), ["120"]),
        ("paris", date(2023, 9, 21), ["110"]),
        ("paris", date(2023, 9, 22), ["140"]),
        ("paris", date(2019, 12, 31), []),
        ("lyon", date(2023, 9, 22), []),
    ],
)
def test_a_french_night_is_paid_at_the_rate_of_its_date(town: str, day: date, paid: list[str]) -> None:
    night = Night(participant_id="p1", date=day, hotel=None)
    assert [one.amount for one in night_price(night, SOMEBODY, facts(french_town=town))] == [euros(one) for one in paid]


def test_french_meals_are_lunch_and_dinner_breakfast_is_in_the_night() -> None:
    meals = [ServedMeal(participant_id="p1", meal_id=one.id, price=None) for one in an_event().meals]
    paid = {one.meal_id: [line.amount for line in meal_price(one, SOMEBODY, facts())] for one in meals}
    assert paid == {"tea": [], "lunch": [euros("20.00")], "breakfast": []}
