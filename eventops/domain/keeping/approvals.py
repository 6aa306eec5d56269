"""Approvals: the plan as people approved it, frozen with number, time, names and hashes; ids and no names of people.

An approval has two documents: its head, which every plan reads, and what was decided about each person, which only
comparing reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

import msgspec
from msgspec import Struct

from eventops.domain.deciding.selections import Funding, unreached
from eventops.domain.folding import folded
from eventops.domain.money import Money
from eventops.domain.paying.budget import BudgetUse, shares_of
from eventops.domain.rules import Candidate, Decision, Effect, Outcome

DECIDING = {Outcome.GRANTED: Effect.GRANTS, Outcome.EXCLUDED: Effect.EXCLUDES, Outcome.REFERRED: Effect.REFERS}


class Signature(Struct, frozen=True, kw_only=True):
    """Who approved, when, and the user of the computer it was given on."""

    by: str
    at: datetime
    actor: str


class ApprovedLine(Struct, frozen=True, kw_only=True):
    """A budget line as approved; `line_id` is '' for costs no line covers."""

    line_id: str
    sponsor: str
    benefit: str
    people: int
    planned: Money
    ceiling: Money | None = None


class ApprovedDecision(Struct, frozen=True, array_like=True):
    """One benefit of one person as approved. `parts` say who pays how much, in the currency of the event; `rules` are
    those that made the outcome; `funded` is False for who is eligible and beyond a ceiling."""

    benefit: str
    outcome: Outcome
    amount: Decimal | None = None
    funded: bool = True
    parts: tuple[tuple[str, Decimal], ...] = ()
    nights: tuple[date, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether something is paid."""
        return self.outcome is Outcome.GRANTED and self.funded


class ApprovedPerson(Struct, frozen=True, kw_only=True):
    """The seat and the decisions of one person as approved."""

    participant_id: str
    seat: str
    decisions: tuple[ApprovedDecision, ...]

    def decision(self, benefit: str) -> ApprovedDecision | None:
        return next((one for one in self.decisions if one.benefit == benefit), None)


class Approval(Struct, frozen=True, kw_only=True):
    """The head of an approval.

    `needed` signatures make it stand. `plan_hash` is that of everything approved, `facts_hash` that of what it was
    planned from, `history_hash` that of the newest entry of the history then. `adoption` is the number of the
    committee's record the criteria stand in, `accepted` the codes of findings it was approved in spite of.
    """

    number: int
    signatures: tuple[Signature, ...]
    needed: int = 1
    note: str = ""
    event_id: str
    currency: str
    people: int
    seated: int
    plan_hash: str
    facts_hash: str
    history_hash: str
    generation: int
    versions: tuple[tuple[str, str], ...]
    adoption: int | None = None
    accepted: tuple[str, ...] = ()
    lines: tuple[ApprovedLine, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was approved first."""
        return self.signatures[0].at

    @property
    def stands(self) -> bool:
        """Whether everybody signed whom the event asked for."""
        return len(self.signatures) >= self.needed


class ApprovalStanding(Struct, frozen=True, kw_only=True):
    """How a plan stands to the newest approval: the same, or changed since."""

    number: int
    on: date
    same: bool
    stands: bool
    plan_hash: str = ""
    facts_hash: str = ""


class ApprovedPlan(Struct, frozen=True, kw_only=True):
    """What an approval freezes."""

    people: tuple[ApprovedPerson, ...]
    lines: tuple[ApprovedLine, ...]

    def hash(self) -> str:
        """SHA-256 in hexadecimal over all of it, people in the order of their ids."""
        ordered = sorted(self.people, key=lambda one: one.participant_id)
        return sha256(msgspec.json.encode((ordered, self.lines))).hexdigest()


def approved_plan(
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
    budget: Iterable[BudgetUse],
    funding: Iterable[Funding],
) -> ApprovedPlan:
    """A plan as an approval keeps it."""
    beyond = unreached(funding)
    known: dict[tuple[object, ...], ApprovedDecision] = {}

    def approved(decision: Decision, funded: bool) -> ApprovedDecision:
        """The same for all who share rulings, grant and price: of many people that is nearly everybody."""
        key = decision.benefit, decision.outcome, funded, *map(id, _shared_parts(decision))
        found = known.get(key)
        if found is None:
            found = known[key] = _approved(decision, funded)
        return found

    decided: dict[str, list[ApprovedDecision]] = {one.participant.id: [] for one in candidates}
    for one in decisions:
        decided[one.participant_id].append(approved(one, (one.participant_id, one.benefit) not in beyond))
    return ApprovedPlan(
        people=tuple(
            ApprovedPerson(
                participant_id=one.participant.id,
                seat=one.seat.value,
                decisions=tuple(decided[one.participant.id]),
            )
            for one in candidates
        ),
        lines=tuple(
            ApprovedLine(
                line_id=use.line_id,
                sponsor=use.sponsor,
                benefit=use.benefit,
                people=use.people,
                planned=use.planned,
                ceiling=use.ceiling,
            )
            for use in budget
        ),
    )


def _shared_parts(decision: Decision) -> tuple[object, ...]:
    return decision.rulings, decision.grant, decision.parts, decision.amount


def _approved(decision: Decision, funded: bool) -> ApprovedDecision:
    effect = DECIDING.get(decision.outcome)
    by_hand = [one.rule for one in decision.rulings if one.plugin == "person"]
    rules = by_hand or [one.rule for one in decision.rulings if one.verdict.effect is effect]
    return ApprovedDecision(
        benefit=decision.benefit,
        outcome=decision.outcome,
        amount=decision.amount.amount if decision.amount is not None else None,
        funded=funded,
        parts=tuple((payer, money.amount) for payer, money in shares_of(decision)),
        nights=decision.grant.nights if decision.grant is not None else (),
        rules=tuple(dict.fromkeys(rules)),
    )


def standing_of(approvals: Sequence[Approval], plan: ApprovedPlan) -> ApprovalStanding | None:
    """How a plan stands to the newest approval; None where nothing was approved."""
    if not approvals:
        return None
    newest = approvals[-1]
    return ApprovalStanding(
        number=newest.number,
        on=newest.at.date(),
        same=newest.plan_hash == plan.hash(),
        stands=newest.stands,
        plan_hash=newest.plan_hash,
        facts_hash=newest.facts_hash,
    )


def signed_by(signatures: Iterable[Signature], name: str) -> bool:
    """Whether that person signed already, however the name is written."""
    return folded(name) in {folded(one.by) for one in signatures}


def approved_amounts(people: Iterable[ApprovedPerson]) -> Mapping[tuple[str, str], Decimal]:
    """What may be paid at most, by person and benefit: approved, priced, and within its ceiling."""
    return {
        (person.participant_id, one.benefit): one.amount
        for person in people
        for one in person.decisions
        if one.covered and one.amount is not None
    }
