import os
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from eventops.domain.money import ExchangeRate, Money, converted, divided, least_amounts, of_least, rounded, total
from eventops.domain.paying.budget import amount_of, shares_of
from eventops.domain.rules import Decision, Grant, Outcome

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
"""Random cases of a property: as many as the seats take, 10,000 and more in the full run."""
AMOUNTS = st.decimals(min_value=0, max_value=10_000_000, places=2).map(lambda amount: Money(amount, "MAD"))


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("0.005", "MAD", "0.01"), ("0.0045", "TND", "0.005"), ("10.5", "JPY", "11"), ("2.675", "EUR", "2.68")],
)
def test_amounts_are_rounded_half_up_to_the_minor_unit(amount: str, currency: str, expected: str) -> None:
    assert rounded(Decimal(amount), currency) == Money(Decimal(expected), currency)


@pytest.mark.parametrize(("amount", "currency"), [("1", "dirham"), ("1", "mad"), ("1.001", "MAD"), ("NaN", "MAD")])
def test_money_is_valid_or_not_made(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"currency|decimals|finite"):
        Money(Decimal(amount), currency)


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="MAD and EUR"):
        total([Money(Decimal(1), "MAD"), Money(Decimal(1), "EUR")], "MAD")


def test_the_latest_rate_converts_in_both_directions() -> None:
    old = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.5"), on=date(2023, 1, 1), source="old")
    new = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.8"), on=date(2023, 10, 1), source="new")
    assert (
        converted(Money(Decimal(108), "MAD"), "EUR", [new, old]),
        converted(Money(Decimal(10), "EUR"), "MAD", [old, new]),
        converted(Money(Decimal(10), "USD"), "MAD", [old, new]),
    ) == ((Money(Decimal(10), "EUR"), new), (Money(Decimal(108), "MAD"), new), None)


def test_a_rate_of_a_later_day_is_left_out_and_money_of_the_same_currency_needs_none() -> None:
    old = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.5"), on=date(2023, 1, 1), source="old")
    new = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.8"), on=date(2023, 10, 1), source="new")
    assert (
        converted(Money(Decimal(10), "EUR"), "MAD", [new, old], date(2023, 9, 30)),
        converted(Money(Decimal(10), "EUR"), "MAD", [new, old], date(2022, 12, 31)),
        converted(Money(Decimal(10), "MAD"), "MAD", [], date(2022, 12, 31)),
    ) == ((Money(Decimal(105), "MAD"), old), None, (Money(Decimal(10), "MAD"), None))


@pytest.mark.parametrize(
    ("amount", "currency", "least"), [("650.05", "MAD", 65005), ("1.234", "TND", 1234), ("700", "JPY", 700)]
)
def test_an_amount_is_so_many_of_the_least_its_currency_knows(amount: str, currency: str, least: int) -> None:
    money = Money(Decimal(amount), currency)
    assert (least_amounts(money), of_least(least, currency)) == (least, money)


def test_an_amount_is_divided_by_weights_and_the_last_part_has_what_rounding_leaves() -> None:
    ten = Money(Decimal("10.00"), "MAD")
    assert (
        [str(part.amount) for part in divided(ten, [1, 1, 1])],
        [str(part.amount) for part in divided(ten, [Decimal(0), Decimal(0)])],
        divided(ten, []),
    ) == (["3.33", "3.33", "3.34"], ["0.00", "10.00"], ())


@settings(max_examples=CASES, deadline=None)
@given(AMOUNTS, st.integers(1, 100), st.none() | AMOUNTS)
def test_a_grant_never_pays_more_than_the_cost_or_its_ceiling(cost: Money, share: int, ceiling: Money | None) -> None:
    paid = amount_of(cost, share, ceiling)
    assert paid.amount <= min(cost.amount, ceiling.amount if ceiling else cost.amount)


@settings(max_examples=CASES, deadline=None)
@given(AMOUNTS, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_what_the_payers_bear_sums_to_the_amount_to_the_last_centime(amount: Money, shares: list[int]) -> None:
    parts = tuple(Grant(share=share, payer=str(number)) for number, share in enumerate(shares))
    decision = Decision(
        participant_id="p",
        benefit="travel",
        outcome=Outcome.GRANTED,
        rulings=(),
        grant=parts[0],
        parts=parts,
        amount=amount,
    )
    assert total((money for _, money in shares_of(decision)), "MAD") == amount
