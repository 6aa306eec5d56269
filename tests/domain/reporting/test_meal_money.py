"""Meals under a ceiling: who is there is counted for the caterer; a payer bears those whom its money reaches."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from eventops import Money
from eventops.domain.deciding.selections import Funding
from eventops.domain.plan import Plan
from eventops.domain.reporting.meal_money import meal_findings, meals_elsewhere
from eventops.domain.rules import Benefit, Grant
from eventops.domain.texts import Text
from eventops.testing import a_candidate, a_decision, a_participant
from eventops.testing.builders import a_plan

MEALS = Benefit(name="meals", title=Text("Meals"), unit="service")


def mad(amount: int) -> Money:
    return Money(Decimal(amount), "MAD")


def a_meal_plan(*grants: tuple[Grant, ...], beyond: tuple[str, ...] = ()) -> Plan:
    """Everybody eats for 100; the lunch is the first payer's."""
    people = [a_candidate(a_participant(f"p{number}")) for number in range(len(grants))]
    decisions = [
        a_decision(f"p{number}", "meals", grant=parts[0], parts=parts, amount=mad(100))
        for number, parts in enumerate(grants)
    ]
    plan = a_plan(people)
    lunch = msgspec.structs.replace(plan.meals[-1], count=len(people), cost=mad(100 * len(people)), payer="ef")
    marks = tuple(
        Funding(
            participant_id=id, benefit="meals", line="l", selection="s", position=1, reached=False, reason=Text("far")
        )
        for id in beyond
    )
    fields: dict[str, Any] = {"benefits": (MEALS,), "decisions": tuple(decisions), "meals": (lunch,), "funding": marks}
    return msgspec.structs.replace(plan, **fields)


EF, OECD = Grant(payer="ef"), Grant(payer="oecd")
SHARED = (Grant(payer="ef", share=60), Grant(payer="oecd", share=40))


@pytest.mark.parametrize(
    ("plan", "ef", "oecd"),
    [
        (a_meal_plan((EF,), (EF,)), None, None),
        (a_meal_plan((EF,), (EF,), beyond=("p1",)), -100, None),
        (a_meal_plan(SHARED, SHARED), -80, 80),
        (a_meal_plan((EF,), (OECD,)), -100, 100),
    ],
)
def test_a_payer_bears_of_the_meals_what_its_money_reaches(plan: Plan, ef: int | None, oecd: int | None) -> None:
    assert [one and int(one.amount) for one in (meals_elsewhere(plan, who) for who in ("ef", "oecd"))] == [ef, oecd]


def test_that_people_eat_without_a_payer_is_said_with_the_amount() -> None:
    found = meal_findings(a_meal_plan((EF,), (EF,), (EF,), beyond=("p1", "p2")))
    assert [(one.code, one.values) for one in found] == [("meals-not-funded", {"count": 2, "amount": mad(200)})]
    assert meal_findings(a_meal_plan((EF,))) == ()
