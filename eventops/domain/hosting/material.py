"""Material: what is in stock, what was lent or handed out to whom, and what came back."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Text


class Material(Struct, frozen=True, kw_only=True):
    """Something counted: equipment to lend, or a handout to give. `returns` says whether it should come back."""

    id: str
    title: Text
    count: int
    returns: bool = True


class Loan(Struct, frozen=True, kw_only=True):
    """So many of a material given to somebody or something on one day, and how many came back. `holder_kind` is
    participant, speaker, room or session."""

    number: int
    material: str
    holder: str
    holder_kind: str
    count: int
    given_on: date
    by: str
    returned: int = 0
    returned_on: date | None = None

    @property
    def out(self) -> int:
        return self.count - self.returned


class Stock(Struct, frozen=True, kw_only=True):
    """One material with its loans: how many are there, given, returned, still out, and left to give."""

    material: Material
    loans: tuple[Loan, ...]
    given: int
    returned: int
    out: int
    left: int


def stocks_of(materials: Sequence[Material], loans: Sequence[Loan]) -> tuple[Stock, ...]:
    """Every material with its loans, by id. What is given and not back is not left: a handout that is kept is gone."""
    stocks = []
    for material in sorted(materials, key=lambda one: one.id):
        own = tuple(sorted((one for one in loans if one.material == material.id), key=lambda one: one.number))
        out = sum(one.out for one in own)
        stocks.append(
            Stock(
                material=material,
                loans=own,
                given=sum(one.count for one in own),
                returned=sum(one.returned for one in own),
                out=out,
                left=material.count - out,
            )
        )
    return tuple(stocks)


def returned_over(loans: Sequence[Loan], count: int) -> tuple[tuple[Loan, int], ...]:
    """How a return of so many spreads over loans, the oldest first; fewer than `count` when less is out."""
    spread = []
    for loan in sorted(loans, key=lambda one: one.number):
        taken = min(loan.out, count)
        if taken > 0:
            spread.append((loan, taken))
            count -= taken
    return tuple(spread)


def material_findings(stocks: Sequence[Stock]) -> tuple[Finding, ...]:
    """More given than there is, which happens when a stock was corrected afterwards."""
    return tuple(
        Finding(
            severity=Severity.WARNING,
            code="material-short",
            message=Text("{out} × {material} are out, but there are {count}"),
            values={"out": one.out, "material": one.material.title, "count": one.material.count},
        )
        for one in stocks
        if one.left < 0
    )
