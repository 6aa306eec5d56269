"""Money in Decimal with ISO 4217 codes, and dated exchange rates."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

# ISO 4217 minor units that are not two, for the currencies a meeting is likely to meet.
MINOR_UNITS = {
    "JPY": 0,
    "KRW": 0,
    "XOF": 0,
    "XAF": 0,
    "TND": 3,
    "JOD": 3,
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "LYD": 3,
    "IQD": 3,
}


CENTIME = Decimal("0.01")
STEPS = {currency: Decimal(1).scaleb(-digits) for currency, digits in MINOR_UNITS.items()}


def step_of(currency: str) -> Decimal:
    """The least amount a currency knows."""
    return STEPS.get(currency, CENTIME)


class Money(Struct, frozen=True, order=False):
    """An amount in one currency, rounded half up to the currency's minor unit."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"currency {self.currency!r} is not an ISO 4217 code")
        if not self.amount.is_finite():
            raise ValueError("an amount of money is a finite number")
        if self.amount != self.amount.quantize(step_of(self.currency), ROUND_HALF_UP):
            raise ValueError(f"{self.amount} has more decimals than {self.currency} has")

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.amount + other.amount, self.currency)

    def times(self, factor: Decimal | int) -> "Money":
        """The product, rounded to the minor unit."""
        return rounded(self.amount * factor, self.currency)


class ExchangeRate(Struct, frozen=True, kw_only=True):
    """One unit of `base` buys `rate` units of `quote` on that day, as the source says."""

    base: str
    quote: str
    rate: Decimal
    on: date
    source: str


def rounded(amount: Decimal, currency: str) -> Money:
    """The amount as money, rounded half up to the currency's minor unit."""
    return Money(amount.quantize(step_of(currency), ROUND_HALF_UP), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum in that currency; 0 for nothing.

    Errors: ValueError when an amount is in another currency.
    """
    result = Decimal(0)
    for money in amounts:
        if money.currency != currency:
            raise ValueError(f"{currency} and {money.currency} do not add up")
        result += money.amount
    return Money(result, currency)


def divided(amount: Money, weights: Sequence[Decimal | int]) -> tuple[Money, ...]:
    """An amount in parts by weights; the last has what rounding leaves, so that they sum to it to the last centime."""
    whole = sum(weights, Decimal(0))
    left, parts = amount.amount, list[Money]()
    for weight in weights[:-1]:
        part = rounded(amount.amount * weight / whole if whole else Decimal(0), amount.currency)
        parts.append(part)
        left -= part.amount
    return (*parts, Money(left, amount.currency)) if weights else ()


def least_amounts(money: Money) -> int:
    """An amount as a whole number of the least amounts of its currency."""
    return int(money.amount / step_of(money.currency))


def of_least(count: int, currency: str) -> Money:
    """So many of the least amounts of a currency."""
    return Money(count * step_of(currency), currency)


def rate_between(one: str, other: str, rates: Iterable[ExchangeRate], until: date | None = None) -> ExchangeRate | None:
    """The latest rate that joins two currencies, of that day or before it; None without one."""
    usable = (rate for rate in rates if {rate.base, rate.quote} == {one, other} and (until is None or rate.on <= until))
    return max(usable, key=lambda rate: rate.on, default=None)


def converted(
    money: Money, currency: str, rates: Iterable[ExchangeRate], until: date | None = None
) -> tuple[Money, ExchangeRate | None] | None:
    """The money in a currency with the latest rate that joins the two, of that day or before it; None without one.
    Money that is in it already needs no rate."""
    if money.currency == currency:
        return money, None
    rate = rate_between(money.currency, currency, rates, until)
    if rate is None:
        return None
    factor = rate.rate if rate.base == money.currency else 1 / rate.rate
    return rounded(money.amount * factor, currency), rate
