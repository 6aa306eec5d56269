"""Rates with the day from which each holds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from eventops import PricedLine, Text, rounded

EUR = "EUR"
T = TypeVar("T")


def in_force(table: Sequence[tuple[date, T]], day: date) -> T | None:
    """The entry that holds on a day: the newest that has begun; None before the first. The table is sorted by day."""
    found = None
    for begins, entry in table:
        if begins <= day:
            found = entry
    return found


def line(label: Text, quantity: Decimal, unit: str, price: Decimal, currency: str, **values: object) -> PricedLine:
    """A line whose amount is quantity by price, rounded as its currency is. What rates say is certain; how many
    kilometres is an estimate."""
    unit_price = rounded(price, currency)
    return PricedLine(
        label=label,
        values=values,
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        amount=unit_price.times(quantity),
        estimate=unit == "km",
    )
