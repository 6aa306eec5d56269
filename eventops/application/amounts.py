"""Amounts of money as people write them, on a command line and in a cell: one reading for both."""

import re
from decimal import Decimal

from eventops.domain.enrolling.cell_values import number_written, text_in
from eventops.domain.money import Money
from eventops.errors import NotUsable

_AMOUNT = re.compile(r"(.*?)\s*([A-Za-z]{3})?")


def money_in(name: str, words: str, currency: str) -> Money:
    """An amount like 300, 300.50 MAD, 1 200,50 or ١٢٠٫٥٠; `currency` when none is written. Errors: NotUsable."""
    found = _AMOUNT.fullmatch(text_in(words))
    number = number_written(found[1]) if found else ""
    try:
        if found is None or not number:
            raise ValueError(words)
        return Money(Decimal(number), (found[2] or currency).upper())
    except ValueError as error:
        raise NotUsable("{name} is “{value}”; an amount like 300 MAD is expected", name=name, value=words) from error
