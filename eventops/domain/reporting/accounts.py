"""The account of a payer: what is planned, approved, claimed, authorised and paid, line by line. What was paid stays in
it, also of people who withdrew, are covered no more, or were forgotten.
"""

from collections.abc import Iterable
from decimal import Decimal

from eventops.domain.deciding.selections import unreached
from eventops.domain.keeping.approvals import ApprovedDecision
from eventops.domain.keeping.settled import AccountLine, Parts
from eventops.domain.money import Money, converted, rounded, total
from eventops.domain.paying.claims import Claim, borne_by, spent_on
from eventops.domain.paying.funding import of_people, paid_by
from eventops.domain.plan import Plan
from eventops.domain.rules import Decision, Outcome

Key = tuple[str, str]
WITHDRAWN, FORGOTTEN, NOT_FUNDED, ANOTHER_PAYER = "withdrawn", "forgotten", "not_funded", "another_payer"


def account_of(plan: Plan, payer: str) -> tuple[AccountLine, ...]:
    """The lines of people in the order of the plan, those who withdrew after them; then what was approved of benefits
    that are served to everybody; then sums of people who were forgotten."""
    books = _Books(plan, payer)
    names = {one.participant.id: one.participant.name for one in plan.candidates}
    names |= {one.id: one.name for one in sorted(plan.settled.withdrawn, key=lambda one: one.id)}
    people = {id: place for place, id in enumerate(names)}
    benefits = {one.name: place for place, one in enumerate(plan.benefits)}
    keys = sorted(
        books.keys(), key=lambda key: (people.get(key[0], len(people)), key[0], benefits.get(key[1], 99), key[1])
    )
    lines = (books.line(key, names.get(key[0], "")) for key in keys)
    return (*(one for one in lines if one is not None), *books.served(), *_forgotten(plan, payer))


class _Books:
    """What one payer bears of everything on record, by person and benefit."""

    def __init__(self, plan: Plan, payer: str) -> None:
        self._plan, self._payer, self._currency = plan, payer, plan.event.currency
        self._planned = {
            (one.decision.participant_id, one.decision.benefit): one.amount
            for one in of_people(plan, paid_by(plan, payer))
        }
        self._served = {one.name for one in plan.benefits if one.unit == "service"}
        self._approved = {
            (person.participant_id, one.benefit): one
            for person in plan.settled.approved
            for one in person.decisions
            if one.covered and one.amount is not None
        }
        self._former = {
            (number, person.participant_id, one.benefit): one
            for number, person in plan.settled.former
            for one in person.decisions
        }
        self._claims: dict[Key, list[Claim]] = {}
        for one in plan.claims:
            self._claims.setdefault((one.participant_id, one.benefit), []).append(one)
        self._decisions = {(one.participant_id, one.benefit): one for one in plan.decisions if self._is_of_account(one)}
        self._beyond = unreached(plan.funding)
        self._here = {one.participant.id for one in plan.candidates}

    def _is_of_account(self, decision: Decision) -> bool:
        """Whether something may be told of a decision; most are of nobody's account, and there are many."""
        key = (decision.participant_id, decision.benefit)
        return key in self._claims or key in self._approved or key in self._planned

    def keys(self) -> set[Key]:
        """Everything that has a line of its own."""
        approved = {
            key for key, one in self._approved.items() if key[1] not in self._served and self._part_of(one.parts)
        }
        return {*self._planned, *approved, *self._claims}

    def line(self, key: Key, name: str) -> AccountLine | None:
        """The line of one benefit of one person; None where nothing of it is this payer's."""
        claims = [one for one in self._claims.get(key, ()) if self._bears(self._bearers(one, key))]
        approved = None if key[1] in self._served else self._approved_of(key)
        if key not in self._planned and approved is None and not claims:
            return None
        return AccountLine(
            person=key[0],
            name=name,
            benefit=key[1],
            standing=self._standing(key),
            planned=self._planned.get(key),
            approved=approved,
            claimed=self._sum((self._asked(one), self._bearers(one, key)) for one in claims),
            authorised=self._sum((one.authorised, self._bearers(one, key)) for one in claims),
            paid=self._sum((one.paid, self._bearers(one, key)) for one in claims),
            receipts=tuple(receipt.number or receipt.sha256[:12] for one in claims for receipt in one.receipts),
        )

    def served(self) -> Iterable[AccountLine]:
        """One line for each benefit that is served to everybody, with what was approved of it."""
        for benefit in sorted(self._served):
            parts = [self._part_of(one.parts) for key, one in self._approved.items() if key[1] == benefit]
            approved = total((one for one in parts if one is not None), self._currency)
            if approved.amount:
                yield AccountLine(person="", name="", benefit=benefit, approved=approved)

    def _part_of(self, parts: Parts) -> Money | None:
        """What this payer bears of an approved amount; None when it bears nothing."""
        amounts = [amount for payer, amount in parts if payer == self._payer]
        return rounded(sum(amounts[1:], amounts[0]), self._currency) if amounts else None

    def _approved_of(self, key: Key) -> Money | None:
        """As the approval that stands says, else the one under which something was authorised; while the plan is as
        approved, what is planned."""
        known = self._approved.get(key)
        if known is not None:
            return self._part_of(known.parts)
        claims = self._claims.get(key, ())
        under = next((one for one in claims if one.approved is not None), None)
        if under is not None:
            return self._sum([(under.approved, self._bearers(under, key))])
        standing = self._plan.approval
        same = standing is not None and standing.stands and standing.same and not claims
        return self._planned.get(key) if same else None

    def _asked(self, claim: Claim) -> Money | None:
        """What is claimed, in the currency of the event; None without a rate."""
        event = self._plan.event
        exchanged = converted(claim.claimed, event.currency, event.rates, spent_on(claim))
        return exchanged[0] if exchanged is not None else None

    def _bearers(self, claim: Claim, key: Key) -> Parts:
        """Who bears a claim: as in the approval it was authorised under, else as approved now, else as planned."""
        former = self._former.get((claim.approval or 0, *key))
        approved: ApprovedDecision | None = former or self._approved.get(key)
        if approved is not None and approved.parts:
            return approved.parts
        decision = self._decisions.get(key)
        grants = (decision.parts or ((decision.grant,) if decision.grant else ())) if decision is not None else ()
        return tuple((one.payer, Decimal(one.share)) for one in grants)

    def _bears(self, bearers: Parts) -> bool:
        return self._payer in {payer for payer, _ in bearers}

    def _sum(self, amounts: Iterable[tuple[Money | None, Parts]]) -> Money | None:
        """This payer's part of some amounts; None when there is none."""
        parts = [
            money
            for amount, bearers in amounts
            if amount is not None
            for payer, money in borne_by(amount, bearers)
            if payer == self._payer
        ]
        return total(parts, self._currency) if parts else None

    def _standing(self, key: Key) -> str:
        decision = self._decisions.get(key)
        if key[0] not in self._here:
            return WITHDRAWN
        if key in self._planned or decision is None:
            return ""
        if decision.outcome is not Outcome.GRANTED:
            return str(decision.outcome.value)
        if key in self._beyond:
            return NOT_FUNDED
        return "" if key[1] in self._served else ANOTHER_PAYER


def _forgotten(plan: Plan, payer: str) -> Iterable[AccountLine]:
    for one in sorted(plan.settled.forgotten, key=lambda one: one.benefit):
        if one.payer == payer:
            yield AccountLine(
                person="",
                name="",
                benefit=one.benefit,
                standing=FORGOTTEN,
                approved=one.approved,
                claimed=one.claimed,
                authorised=one.authorised,
                paid=one.paid,
            )
