from datetime import date

from hypothesis import given, settings, strategies as st

from eventops.domain.hosting.material import Loan, Material, material_findings, returned_over, stocks_of
from eventops.domain.texts import Text

CASES = settings.default.max_examples
ON = date(2023, 10, 14)


def a_loan(number: int, count: int, returned: int = 0, material: str = "headset") -> Loan:
    return Loan(
        number=number,
        material=material,
        holder="P1",
        holder_kind="participant",
        count=count,
        given_on=ON,
        by="Salma",
        returned=returned,
    )


def test_what_is_out_is_not_left() -> None:
    material = Material(id="headset", title=Text("Headset"), count=10)
    (stock,) = stocks_of([material], [a_loan(2, 4, 1), a_loan(1, 3), a_loan(1, 9, material="badge")])
    assert (stock.given, stock.returned, stock.out, stock.left) == (7, 1, 6, 4)
    assert [one.number for one in stock.loans] == [1, 2]


def test_more_out_than_there_is_is_told() -> None:
    stocks = stocks_of([Material(id="headset", title=Text("Headset"), count=2)], [a_loan(1, 3)])
    assert [one.code for one in material_findings(stocks)] == ["material-short"]


@settings(max_examples=CASES, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), max_size=6), st.integers(0, 60))
def test_a_return_spreads_over_loans_and_never_gives_back_more_than_is_out(
    loans: list[tuple[int, int]], count: int
) -> None:
    out = [a_loan(number, size, min(size, back)) for number, (size, back) in enumerate(loans)]
    spread = returned_over(out, count)
    assert sum(taken for _, taken in spread) == min(count, sum(one.out for one in out))
    assert all(0 < taken <= loan.out for loan, taken in spread)
