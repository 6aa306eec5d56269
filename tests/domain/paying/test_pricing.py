from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from eventops.domain.event import Event
from eventops.domain.money import ExchangeRate, Money
from eventops.domain.paying.pricing import Priced, priced
from eventops.domain.rules import (
    ActiveTariff,
    Benefit,
    Candidate,
    Day,
    Decision,
    Facts,
    Grant,
    Night,
    Outcome,
    PricedLine,
    Rulebook,
    ServedMeal,
    Tariff,
)
from eventops.domain.texts import Text
from eventops.testing.builders import DAY, a_candidate, a_decision, a_participant, an_event

LODGING = Benefit(name="lodging", title=Text("Lodging"), unit="night")
MEALS = Benefit(name="meals", title=Text("Meals"), unit="service")
EVE = DAY - timedelta(days=1)


def mad(amount: str) -> Money:
    return Money(Decimal(amount), "MAD")


def line(price: Money, quantity: int = 1) -> PricedLine:
    return PricedLine(
        label=Text("A unit"), quantity=Decimal(quantity), unit="night", unit_price=price, amount=price.times(quantity)
    )


def book(price: Callable[..., Any] | None, benefit: Benefit = LODGING, **tariff: Any) -> Rulebook:
    if price is None:
        return Rulebook(benefits=(benefit,), rules=())
    made = Tariff(name="price", benefit=benefit.name, title=Text("Price"), price=price, **tariff)
    active = ActiveTariff(name="rabat.price", tariff=made, plugin="rabat", version="1")
    return Rulebook(benefits=(benefit,), rules=(), tariffs={benefit.name: active})


def priced_beds(
    price: Callable[..., Any] | None, *, grant: Grant | None = None, event: Event | None = None, **tariff: Any
) -> Priced:
    """Two people with two nights each."""
    event = event or an_event()
    people = [a_candidate(a_participant(id)) for id in ("p1", "p2")]
    nights = (EVE, DAY)
    grant = grant or Grant(payer="ef", nights=nights)
    decisions = [a_decision(one.participant.id, "lodging", grant=grant) for one in people]
    units = [Night(participant_id=one.participant.id, date=night, hotel=None) for one in people for night in nights]
    return priced(event, book(price, **tariff), people, decisions, {"lodging": units})


def amounts(result: Priced) -> list[Money | None]:
    return [one.amount for one in result.decisions]


def codes(result: Priced) -> list[str]:
    return [one.code for one in result.findings]


def test_every_unit_is_priced_and_summed() -> None:
    result = priced_beds(lambda unit, candidate, facts: (line(mad("650.00")),))
    assert (amounts(result), codes(result)) == ([mad("1300.00")] * 2, [])
    assert [len(one.lines) for one in result.decisions] == [2, 2]


@pytest.mark.parametrize(
    ("grant", "amount"),
    [
        (Grant(payer="ef", share=50), "650.00"),
        (Grant(payer="ef", share=33), "429.00"),
        (Grant(payer="ef", ceiling=mad("700.00")), "700.00"),
        (Grant(payer="ef", ceiling=mad("9000.00")), "1300.00"),
        (Grant(payer="ef", share=50, ceiling=mad("100.00")), "100.00"),
    ],
)
def test_a_grant_pays_its_share_and_no_more_than_its_ceiling(grant: Grant, amount: str) -> None:
    assert amounts(priced_beds(lambda *_: (line(mad("650.00")),), grant=grant)) == [mad(amount)] * 2


def test_a_price_in_another_currency_is_exchanged_at_the_rate_of_the_event() -> None:
    rate = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.87"), on=date(2023, 10, 6), source="a bank")
    euro = Money(Decimal("60.00"), "EUR")
    result = priced_beds(lambda *_: (line(euro),), event=an_event(rates=(rate,)))
    assert (amounts(result), codes(result)) == ([mad("1304.40")] * 2, [])


def test_without_a_rate_there_is_no_amount_and_one_finding() -> None:
    result = priced_beds(lambda *_: (line(Money(Decimal("60.00"), "EUR")),))
    assert (amounts(result), codes(result)) == ([None, None], ["rate-missing"])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda *_: 1 / 0, "tariff-failed"),
        (lambda *_: None, "tariff-failed"),
        (lambda *_: ("650 MAD",), "tariff-invalid"),
    ],
)
def test_a_tariff_that_fails_prices_nothing_and_is_named_once(answer: Callable[..., Any], code: str) -> None:
    result = priced_beds(answer)
    assert (amounts(result), codes(result)) == ([None, None], [code])
    assert result.findings[0].source.plugin == "rabat"


def test_a_benefit_granted_without_a_tariff_is_said() -> None:
    result = priced_beds(None)
    assert (amounts(result), codes(result)) == ([None, None], ["tariff-missing"])


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"valid_from": date(2024, 1, 1)}, ["tariff-dated"]),
        ({"valid_to": date(2023, 1, 1)}, ["tariff-dated"]),
        ({"valid_from": date(2023, 1, 1), "valid_to": date(2023, 12, 31)}, []),
    ],
)
def test_a_tariff_outside_its_dates_is_said(dates: dict[str, date], expected: list[str]) -> None:
    assert codes(priced_beds(lambda *_: (line(mad("650.00")),), **dates)) == expected


def test_a_tariff_that_looks_at_the_unit_only_is_asked_once_a_night() -> None:
    asked: list[tuple[str, date]] = []

    def price(unit: Night, candidate: Candidate, facts: object) -> tuple[PricedLine, ...]:
        asked.append((candidate.participant.id, unit.date))
        return (line(mad("650.00")),)

    assert amounts(priced_beds(price, by_person=False)) == amounts(priced_beds(price))
    assert asked[:2] == [("p1", EVE), ("p1", DAY)]
    assert len(asked) == 2 + 4


def test_meals_add_up_to_the_cost_of_each_service() -> None:
    people = [a_candidate(a_participant(id)) for id in ("p1", "p2")]
    decisions: list[Decision] = [a_decision("p1", "meals"), a_decision("p2", "meals", Outcome.EXCLUDED)]
    units = [ServedMeal(participant_id="p1", meal_id=meal, price=None) for meal in ("tea", "lunch")]
    tariff = book(lambda unit, *_: (line(mad("55.00" if unit.meal_id == "tea" else "180.00")),), MEALS)
    result = priced(an_event(), tariff, people, decisions, {"meals": units})
    assert result.meal_costs == {"tea": mad("55.00"), "lunch": mad("180.00")}
    assert amounts(result) == [mad("235.00"), None]


def left_of_the_day(day: Day, _: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """100 a day, less 50 for a bed of that night and 10 for each meal."""
    beds = sum(one.date == day.date for one in facts.supplied["lodging"]) if "lodging" in facts.supplied else 0
    return (line(mad(str(100 - 50 * beds - 10 * len(facts.supplied["meals"])))),)


@pytest.mark.parametrize(("unfunded", "paid"), [([], ["30.00", "100.00"]), ([("p1", "lodging")], ["80.00", "100.00"])])
def test_an_allowance_is_less_for_who_is_supplied_and_not_for_the_others(
    unfunded: list[tuple[str, str]], paid: list[str]
) -> None:
    people = [a_candidate(a_participant(id)) for id in ("p1", "p2")]
    per_diem = Benefit(name="per-diem", title=Text("Allowance"), unit="day")
    units: dict[str, list[Any]] = {
        "per-diem": [Day(participant_id=id, benefit="per-diem", date=DAY) for id in ("p1", "p2")],
        "lodging": [Night(participant_id="p1", date=night, hotel=None) for night in (EVE, DAY)],
        "meals": [ServedMeal(participant_id="p1", meal_id=meal, price=None) for meal in ("tea", "lunch")],
    }
    tariff = book(left_of_the_day, per_diem, needs=("lodging", "meals"))
    decisions = [a_decision(id, "per-diem") for id in ("p1", "p2")]
    result = priced(an_event(), tariff, people, decisions, units, frozenset(unfunded))
    assert amounts(result) == [mad(one) for one in paid]


@pytest.mark.parametrize(("rates", "paid"), [([], None), (["10.50"], "157.50"), (["10.50", "100"], "650.00")])
def test_a_ceiling_in_another_currency_holds_at_the_newest_rate_and_without_one_nothing_is_paid(
    rates: list[str], paid: str | None
) -> None:
    known = tuple(
        ExchangeRate(base="EUR", quote="MAD", rate=Decimal(rate), on=DAY + timedelta(days=at), source="bank")
        for at, rate in enumerate(rates)
    )
    grant = Grant(ceiling=Money(Decimal(15), "EUR"), nights=(EVE,))
    result = priced_beds(lambda *_: (line(mad("325.00")),), grant=grant, event=an_event(rates=known))
    assert amounts(result) == [mad(paid) if paid else None] * 2
    assert [one.code for one in result.findings] == ([] if paid else ["rate-missing"])


def test_people_whom_the_tariff_has_no_price_for_are_named() -> None:
    def price(unit: Night, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
        return () if candidate.participant.id == "p2" else (line(mad("650.00")),)

    result = priced_beds(price, by_person=True)
    assert amounts(result) == [mad("1300.00"), None]
    assert [(one.code, one.values["count"], one.values["people"]) for one in result.findings] == [
        ("price-missing", 1, "p2")
    ]
