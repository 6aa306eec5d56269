"""What changes between two plans: who enters, who leaves, and the cost."""

from msgspec import Struct

from eventops.domain.keeping.comparing import NOT_FUNDED
from eventops.domain.money import Money, total
from eventops.domain.plan import Plan
from eventops.domain.rules import Outcome


class ChangedOutcome(Struct, frozen=True, kw_only=True):
    """One person whose outcome is another."""

    participant_id: str
    name: str
    before: str
    after: str


class BenefitDifference(Struct, frozen=True, kw_only=True):
    """One benefit in two plans. `enters` are newly granted, `leaves` no longer; `changes` are all other changes."""

    benefit: str
    enters: tuple[ChangedOutcome, ...]
    leaves: tuple[ChangedOutcome, ...]
    changes: tuple[ChangedOutcome, ...]
    cost_before: Money
    cost_after: Money

    @property
    def cost_difference(self) -> Money:
        return Money(self.cost_after.amount - self.cost_before.amount, self.cost_after.currency)


def differences(before: Plan, after: Plan) -> tuple[BenefitDifference, ...]:
    """One difference a benefit, also where nothing changes."""
    names = {one.participant.id: one.participant.name for one in (*before.candidates, *after.candidates)}
    return tuple(_difference(before, after, benefit.name, names) for benefit in after.benefits)


def cost_of(plan: Plan, benefit: str) -> Money:
    """The sum of what is granted of one benefit and within its ceiling, in the event's currency."""
    beyond = not_funded(plan, benefit)
    amounts = (
        one.amount
        for one in plan.decisions
        if one.benefit == benefit and one.amount is not None and one.participant_id not in beyond
    )
    return total(amounts, plan.event.currency)


def not_funded(plan: Plan, benefit: str) -> frozenset[str]:
    """Who is eligible for a benefit and beyond its ceiling."""
    return frozenset(one.participant_id for one in plan.funding if one.benefit == benefit and not one.reached)


def _difference(before: Plan, after: Plan, benefit: str, names: dict[str, str]) -> BenefitDifference:
    old, new = _words(before, benefit), _words(after, benefit)
    changed = [
        ChangedOutcome(
            participant_id=person,
            name=names[person],
            before=old.get(person, ""),
            after=new.get(person, ""),
        )
        for person in {**old, **new}
        if old.get(person) != new.get(person)
    ]
    granted = Outcome.GRANTED.value
    return BenefitDifference(
        benefit=benefit,
        enters=tuple(one for one in changed if one.after == granted),
        leaves=tuple(one for one in changed if one.before == granted),
        changes=tuple(one for one in changed if granted not in (one.before, one.after)),
        cost_before=cost_of(before, benefit),
        cost_after=cost_of(after, benefit),
    )


def _words(plan: Plan, benefit: str) -> dict[str, str]:
    """The word of each person's outcome; not_funded for who is eligible and beyond a ceiling."""
    beyond = not_funded(plan, benefit)
    return {
        one.participant_id: NOT_FUNDED if one.participant_id in beyond else one.outcome.value
        for one in plan.decisions
        if one.benefit == benefit
    }
