from decimal import Decimal

from msgspec.structs import replace

from eventops.domain.differences import ChangedOutcome, cost_of, differences
from eventops.domain.money import Money
from eventops.domain.plan import Plan
from eventops.domain.rules import Outcome
from eventops.testing.builders import a_candidate, a_decision, a_participant, a_plan

NAMES = {"p1": "Salma", "p2": "Youssef", "p3": "Hind", "p4": "Rachid"}


def plan(**outcomes: Outcome) -> Plan:
    """A plan in which each person named has that travel decision; a grant costs 100.50 MAD."""
    people = [a_candidate(a_participant(id, NAMES[id])) for id in outcomes]
    price = Money(Decimal("100.50"), "MAD")
    made = [a_decision(id, "travel", outcome) for id, outcome in outcomes.items()]
    priced = [replace(one, amount=price) if one.outcome is Outcome.GRANTED else one for one in made]
    return a_plan(people, priced)


def changed(id: str, before: str, after: str) -> ChangedOutcome:
    return ChangedOutcome(participant_id=id, name=NAMES[id], before=before, after=after)


def test_who_enters_who_leaves_and_who_changes_otherwise() -> None:
    before = plan(p1=Outcome.GRANTED, p2=Outcome.NOT_COVERED, p3=Outcome.REFERRED, p4=Outcome.GRANTED)
    after = plan(p1=Outcome.EXCLUDED, p2=Outcome.GRANTED, p3=Outcome.EXCLUDED, p4=Outcome.GRANTED)
    travel, lodging = differences(before, after)
    assert (travel.enters, travel.leaves, travel.changes) == (
        (changed("p2", "not_covered", "granted"),),
        (changed("p1", "granted", "excluded"),),
        (changed("p3", "referred", "excluded"),),
    )
    assert (travel.cost_before, travel.cost_difference) == (Money(Decimal(201), "MAD"), Money(Decimal(0), "MAD"))
    assert (lodging.enters, lodging.leaves, lodging.changes) == ((), (), ())


def test_people_in_one_plan_only_enter_or_leave_it() -> None:
    travel = differences(plan(p1=Outcome.GRANTED), plan(p2=Outcome.GRANTED))[0]
    assert travel.enters == (changed("p2", "", "granted"),)
    assert travel.leaves == (changed("p1", "granted", ""),)


def test_the_same_plan_differs_in_nothing() -> None:
    one = plan(p1=Outcome.GRANTED, p2=Outcome.REFERRED)
    assert all(not (d.enters or d.leaves or d.changes or d.cost_difference.amount) for d in differences(one, one))


def test_the_cost_of_a_benefit_nobody_is_granted_is_nought() -> None:
    assert cost_of(plan(p1=Outcome.REFERRED), "travel") == Money(Decimal(0), "MAD")
