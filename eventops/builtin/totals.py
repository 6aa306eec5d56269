"""The sums below a table, added up while its rows go by."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from eventops.domain.money import Money
from eventops.domain.reporting.reports import Cell, Column, Table


class ColumnTotals:
    """The sums of the columns that want one."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._money: dict[int, dict[str, Decimal]] = {}
        self._numbers: dict[int, int | Decimal] = {}
        for index, column in enumerate(columns):
            if column.total:
                self._money[index] = {}
                self._numbers[index] = 0

    def add(self, row: Sequence[Cell]) -> None:
        """Counts one row in."""
        for index, sums in self._money.items():
            cell = row[index]
            if isinstance(cell, Money):
                sums[cell.currency] = sums.get(cell.currency, Decimal(0)) + cell.amount
            elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
                # A float is counted as it is written, without the dust of the binary number.
                self._numbers[index] += cell if isinstance(cell, int | Decimal) else Decimal(str(cell))

    def of(self, index: int) -> Cell:
        """The sum of a column; several currencies are summed apart and written one after the other."""
        sums = self._money[index]
        if len(sums) == 1:
            ((currency, amount),) = sums.items()
            return Money(amount, currency)
        if sums:
            return " + ".join(f"{amount:,.2f} {currency}" for currency, amount in sorted(sums.items()))
        return self._numbers[index]


def total_of(table: Table, index: int) -> Cell:
    """The sum of one column of a table that has it."""
    totals = ColumnTotals(table.columns)
    for row in table.rows:
        totals.add(row)
    return totals.of(index)
