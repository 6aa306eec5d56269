"""Two plans as approvals keep them, side by side: who comes in, who goes out, whose amount is another, and the money of
every budget line."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from eventops.domain.keeping.approvals import ApprovedDecision, ApprovedLine, ApprovedPerson, ApprovedPlan
from eventops.domain.money import Money
from eventops.domain.rules import Outcome

NOT_FUNDED = "not_funded"
"""The word for who is eligible and beyond a ceiling, beside the words of the outcomes."""

ABSENT = ""


class ChangedPerson(Struct, frozen=True, kw_only=True):
    """One benefit of one person that is not as it was. `before` and `after` are the words of outcomes, not_funded, or
    '' where the person takes no part; the rules are those that made the outcome."""

    participant_id: str
    benefit: str
    before: str
    after: str
    amount_before: Money | None = None
    amount_after: Money | None = None
    rules_before: tuple[str, ...] = ()
    rules_after: tuple[str, ...] = ()


class ChangedBenefit(Struct, frozen=True, kw_only=True):
    """One benefit: who comes in, who goes out, who stays with another amount, payer or nights, and all other
    changes."""

    benefit: str
    enters: tuple[ChangedPerson, ...]
    leaves: tuple[ChangedPerson, ...]
    amounts: tuple[ChangedPerson, ...]
    others: tuple[ChangedPerson, ...]


class ChangedLine(Struct, frozen=True, kw_only=True):
    """A budget line in both plans; None where it does not exist. Lines that stay the same are told too."""

    line_id: str
    sponsor: str
    benefit: str
    before: Money | None
    after: Money | None
    ceiling_before: Money | None
    ceiling_after: Money | None
    people_before: int
    people_after: int

    @property
    def difference(self) -> Money:
        """What it costs more; less when below zero."""
        currency = (self.after or self.before or Money(Decimal(0), "XXX")).currency
        before = self.before.amount if self.before is not None else Decimal(0)
        after = self.after.amount if self.after is not None else Decimal(0)
        return Money(after - before, currency)


class PlanDifference(Struct, frozen=True, kw_only=True):
    """Everything that is not the same in two plans."""

    benefits: tuple[ChangedBenefit, ...]
    lines: tuple[ChangedLine, ...]
    seats_in: tuple[str, ...]
    seats_out: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two are the same."""
        moved = any(one.enters or one.leaves or one.amounts or one.others for one in self.benefits)
        paid = any(one.before != one.after or one.ceiling_before != one.ceiling_after for one in self.lines)
        return not (moved or paid or self.seats_in or self.seats_out)


def plan_difference(
    before: ApprovedPlan, after: ApprovedPlan, benefits: Sequence[str], currency: str
) -> PlanDifference:
    """The difference, benefits in the order given, then those only one of the plans knows; people by their ids."""
    old = {one.participant_id: one for one in before.people}
    new = {one.participant_id: one for one in after.people}
    everybody = sorted({**old, **new})
    named = [*benefits, *sorted(_benefits_of(before.people, after.people) - set(benefits))]
    changed: dict[str, list[ChangedPerson]] = {name: [] for name in named}
    for person in everybody:
        was, now = _by_benefit(old.get(person)), _by_benefit(new.get(person))
        for name in named:
            if was.get(name) != now.get(name):
                changed[name].append(_changed(person, name, was.get(name), now.get(name), currency))
    return PlanDifference(
        benefits=tuple(_sorted_out(name, some) for name, some in changed.items()),
        lines=_lines(before.lines, after.lines),
        seats_in=tuple(one for one in everybody if _seated(new.get(one)) and not _seated(old.get(one))),
        seats_out=tuple(one for one in everybody if _seated(old.get(one)) and not _seated(new.get(one))),
    )


def word_of(decision: ApprovedDecision | None) -> str:
    """The word of an outcome as it is shown: not_funded for who is eligible and beyond a ceiling."""
    if decision is None:
        return ABSENT
    if decision.outcome is Outcome.GRANTED and not decision.funded:
        return NOT_FUNDED
    return decision.outcome.value


def _benefits_of(*plans: Iterable[ApprovedPerson]) -> set[str]:
    return {one.benefit for people in plans for person in people for one in person.decisions}


def _by_benefit(person: ApprovedPerson | None) -> Mapping[str, ApprovedDecision]:
    return {} if person is None else {one.benefit: one for one in person.decisions}


def _seated(person: ApprovedPerson | None) -> bool:
    return person is not None and person.seat == "confirmed"


def _changed(
    person: str, benefit: str, was: ApprovedDecision | None, now: ApprovedDecision | None, currency: str
) -> ChangedPerson:
    return ChangedPerson(
        participant_id=person,
        benefit=benefit,
        before=word_of(was),
        after=word_of(now),
        amount_before=_paid(was, currency),
        amount_after=_paid(now, currency),
        rules_before=was.rules if was is not None else (),
        rules_after=now.rules if now is not None else (),
    )


def _paid(decision: ApprovedDecision | None, currency: str) -> Money | None:
    if decision is None or not decision.covered or decision.amount is None:
        return None
    return Money(decision.amount, currency)


def _sorted_out(benefit: str, changed: Sequence[ChangedPerson]) -> ChangedBenefit:
    granted = Outcome.GRANTED.value
    return ChangedBenefit(
        benefit=benefit,
        enters=tuple(one for one in changed if one.after == granted != one.before),
        leaves=tuple(one for one in changed if one.before == granted != one.after),
        amounts=tuple(one for one in changed if one.before == one.after == granted),
        others=tuple(one for one in changed if one.before != one.after and granted not in (one.before, one.after)),
    )


def _lines(before: Sequence[ApprovedLine], after: Sequence[ApprovedLine]) -> tuple[ChangedLine, ...]:
    old = {(one.line_id, one.sponsor, one.benefit): one for one in before}
    new = {(one.line_id, one.sponsor, one.benefit): one for one in after}
    lines = []
    for key in {**new, **old}:
        was, now = old.get(key), new.get(key)
        lines.append(
            ChangedLine(
                line_id=key[0],
                sponsor=key[1],
                benefit=key[2],
                before=was.planned if was is not None else None,
                after=now.planned if now is not None else None,
                ceiling_before=was.ceiling if was is not None else None,
                ceiling_after=now.ceiling if now is not None else None,
                people_before=was.people if was is not None else 0,
                people_after=now.people if now is not None else 0,
            )
        )
    return tuple(lines)
