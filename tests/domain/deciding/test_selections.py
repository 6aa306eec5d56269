from decimal import Decimal
from typing import Any

import pytest

from eventops import BudgetLine, Decision, Facts, Money, Ranked, Selection, Text
from eventops.builtin.selections import SELECTIONS
from eventops.domain.deciding.selections import ActiveSelection, Funding
from eventops.domain.paying.allocation import allocated
from eventops.testing import a_decision, an_event, candidates_of

PEOPLE = """
    id   town     km
    p1   Settat   70
    p2   Tangier  260
    p3   Fes      240
    p4   -        -
"""
REASON = Text("by lot")


def mad(amount: int) -> Money:
    return Money(Decimal(amount), "MAD")


def decisions(**amounts: int) -> list[Decision]:
    return [a_decision(id, "travel", amount=mad(amount)) for id, amount in amounts.items()]


def marks(
    ceiling: int, choose: Any = None, name: str = "farthest-first", **amounts: int
) -> tuple[tuple[Funding, ...], list[str]]:
    """The marks under one line with that ceiling, and the codes of the findings."""
    selection = next(one for one in SELECTIONS if one.name == name)
    if choose is not None:
        selection = Selection(name="lot", benefit="travel", title=Text("by lot"), choose=choose)
    active = ActiveSelection(name="core.order", selection=selection, plugin="eventops", version="1")
    line = BudgetLine(id="l", title=Text("Travel"), sponsor="oecd", benefit="travel", ceiling=mad(ceiling))
    event = an_event(budget=(line,))
    money = allocated(event, {"travel": active}, candidates_of(PEOPLE), decisions(**amounts))
    found, findings = money.funding, money.findings
    return found, [one.code for one in findings]


def reached(ceiling: int, name: str = "farthest-first", **amounts: int) -> list[tuple[str, bool]]:
    return [(one.participant_id, one.reached) for one in marks(ceiling, name=name, **amounts)[0]]


def test_a_ceiling_that_does_not_bind_marks_nobody() -> None:
    assert marks(300, p1=100, p2=200) == ((), [])


def test_the_farthest_come_first_and_who_is_not_measured_last() -> None:
    assert reached(250, p1=100, p2=100, p3=100, p4=100) == [("p2", True), ("p3", True), ("p1", False), ("p4", False)]


def test_who_registered_first_comes_first() -> None:
    assert reached(150, "first-registered", p1=100, p2=100) == [("p1", True), ("p2", False)]


def test_after_the_first_who_is_not_reached_nobody_is_even_if_the_money_would_do() -> None:
    assert reached(250, p1=10, p2=200, p3=100) == [("p2", True), ("p3", False), ("p1", False)]


def fails(contenders: Any, ceiling: Money, facts: Facts) -> Any:
    raise OSError


@pytest.mark.parametrize(
    "choose",
    [
        fails,
        lambda contenders, ceiling, facts: (),
        lambda contenders, ceiling, facts: [Ranked(participant_id="p1", reason=REASON)] * 2,
        lambda contenders, ceiling, facts: ["p1", "p2"],
        lambda contenders, ceiling, facts: None,
    ],
)
def test_an_order_that_fails_or_leaves_somebody_out_marks_nobody_and_is_named(choose: Any) -> None:
    assert marks(150, choose, p1=100, p2=100) == ((), ["selection-failed"])
