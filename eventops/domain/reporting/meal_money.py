"""Meals and money: who is there eats and is counted for the caterer, whether or not somebody pays; what a payer bears
is the part of those whom its money reaches.
"""

from decimal import Decimal

from eventops.domain.deciding.selections import unreached
from eventops.domain.findings import Finding, Severity
from eventops.domain.money import Money, total
from eventops.domain.paying.funding import paid_by, services_paid_by
from eventops.domain.plan import Plan
from eventops.domain.rules import Outcome
from eventops.domain.texts import Text


def meals_elsewhere(plan: Plan, payer: str) -> Money | None:
    """What a payer bears of meals beside the whole cost of its services: below zero where others share them or its
    money does not reach everybody who eats, above where it shares the services of another. None for no difference."""
    served = {benefit.name for benefit in plan.benefits if benefit.unit == "service"}
    if not any(one.benefit in served and one.amount is not None for one in plan.decisions):
        return None
    amounts = (one.amount for one in paid_by(plan, payer) if one.decision.benefit in served)
    borne = total((one for one in amounts if one is not None), plan.event.currency)
    services = (count.cost for _, count in services_paid_by(plan, payer))
    whole = total((one for one in services if one is not None), plan.event.currency)
    return None if borne == whole else Money(borne.amount - whole.amount, plan.event.currency)


def meal_findings(plan: Plan) -> tuple[Finding, ...]:
    """That people eat whose meals nobody pays: the caterer counts them all the same."""
    beyond = unreached(plan.funding)
    served = {benefit.name for benefit in plan.benefits if benefit.unit == "service"}
    eating = [
        one
        for one in plan.decisions
        if one.benefit in served and one.outcome is Outcome.GRANTED and (one.participant_id, one.benefit) in beyond
    ]
    if not eating:
        return ()
    amount = sum((one.amount.amount for one in eating if one.amount is not None), Decimal(0))
    message = Text(
        "{count} people eat whose meals no budget line reaches; the caterer counts them all the same, and {amount} of "
        "it has no payer yet"
    )
    values: dict[str, object] = {"count": len(eating), "amount": Money(amount, plan.event.currency)}
    return (Finding(severity=Severity.WARNING, code="meals-not-funded", message=message, values=values),)
