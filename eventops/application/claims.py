"""Claims: making, authorising and paying them, each step against what was approved and what was claimed before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from eventops.application.approving import load_approved_people, standing_approval
from eventops.application.facts import document_of, load_participants, values_of
from eventops.domain.event import Event
from eventops.domain.hosting.attendance import Attendance, present_ids
from eventops.domain.keeping.approvals import ApprovedDecision, approved_amounts
from eventops.domain.money import Money
from eventops.domain.paying.claims import (
    Claim,
    authorisable,
    in_event_currency,
    overlapping,
    part_problem,
    same_receipt,
    spent_on,
)
from eventops.domain.plan import Plan
from eventops.domain.rules import Benefit, Outcome
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Documents

CLAIM = "claim"


class Books(Struct, frozen=True, kw_only=True):
    """What a claim is held against: the event, its benefits, what stands approved, and the other claims. `granted` are
    the people and benefits that the plan grants, or that were approved."""

    event: Event
    benefits: Mapping[str, Benefit]
    approval: int | None
    approved: Mapping[tuple[str, str], Decimal]
    decisions: Mapping[tuple[str, str], ApprovedDecision]
    granted: frozenset[tuple[str, str]]
    claims: tuple[Claim, ...]
    present: frozenset[str] | None

    @property
    def approved_or_claimed(self) -> dict[tuple[str, str], Decimal]:
        """What may be paid at most; where the approval that stands gives nothing any more, what was approved when
        something was authorised."""
        under = {(one.participant_id, one.benefit): one.approved.amount for one in self.claims[::-1] if one.approved}
        return {**under, **self.approved}

    def of(self, participant_id: str) -> dict[str, ApprovedDecision]:
        """What was approved for one person, by benefit."""
        return {benefit: one for (person, benefit), one in self.decisions.items() if person == participant_id}


def load_claims(documents: Documents) -> tuple[Claim, ...]:
    """Every claim, by person, benefit and part. Errors: StoreUnavailable."""
    return tuple(sorted(values_of(documents.all(CLAIM), Claim, CLAIM), key=lambda one: one.key))


def load_books(documents: Documents, event: Event, plan: Plan) -> Books:
    """What claims are held against. Errors: StoreUnavailable."""
    approval = standing_approval(documents)
    people = load_approved_people(documents, approval.number) if approval is not None else ()
    decisions = {(person.participant_id, one.benefit): one for person in people for one in person.decisions}
    planned = {(one.participant_id, one.benefit) for one in plan.decisions if one.outcome is Outcome.GRANTED}
    marks = values_of(documents.all("attendance"), Attendance, "attendance")
    return Books(
        event=event,
        benefits={one.name: one for one in plan.benefits},
        approval=approval.number if approval is not None else None,
        approved=approved_amounts(people),
        decisions=decisions,
        granted=frozenset(planned | {key for key, one in decisions.items() if one.outcome is Outcome.GRANTED}),
        claims=load_claims(documents),
        present=present_ids(load_participants(documents), marks),
    )


def put_claim(change: Change, claim: Claim) -> None:
    change.put(CLAIM, claim.key, document_of(claim))


def remove_claim(change: Change, claim: Claim) -> None:
    change.remove(CLAIM, claim.key)


def checked_claim(claim: Claim, books: Books, *, replacing: bool = False) -> Claim:
    """The claim, when it can be taken.

    Errors: NotUsable for a benefit or part that does not exist, what is supplied in kind or was not granted, a receipt
    of a day to come, a night, meal, leg or receipt claimed already, a currency without a rate, and a claim that was
    authorised.
    """
    benefit = books.benefits.get(claim.benefit)
    if benefit is None:
        raise NotUsable(
            "There is no benefit {benefit}; there are {names}", benefit=claim.benefit, names=", ".join(books.benefits)
        )
    if claim.claimed.amount <= 0:
        raise NotUsable("The amount is {amount}; more than nothing is expected", amount=claim.claimed)
    wanted = part_problem(claim.part, benefit, books.event)
    if wanted is not None:
        raise NotUsable(
            "“{part}” is no part of {benefit}; {expected} is expected",
            part=claim.part,
            benefit=claim.benefit,
            expected=wanted,
        )
    if claim.benefit in books.event.provided:
        raise NotUsable(
            "{benefit} is supplied in kind, so nobody is paid for it; see “provided” in the event",
            benefit=claim.benefit,
        )
    if (claim.participant_id, claim.benefit) not in books.granted:
        raise NotUsable(
            "{benefit} is not granted to {person}, so nothing can be claimed for it; see eventops why {person}",
            benefit=claim.benefit,
            person=claim.participant_id,
        )
    later = next((one.on for one in claim.receipts if one.on is not None and one.on > claim.on), None)
    if later is not None:
        raise NotUsable("The receipt is of {day}, which is still to come; the day on it is expected", day=later)
    known = next((one for one in books.claims if one.key == claim.key), None)
    if known is not None and known.authorised is not None:
        raise NotUsable("{claim} is authorised already; nothing was changed", claim=claim.key)
    if known is not None and not replacing:
        raise NotUsable(
            "{claim} is claimed already, {amount}; give --replace to correct it", claim=claim.key, amount=known.claimed
        )
    other = overlapping(books.claims, claim, books.benefits, books.of(claim.participant_id))
    if other is not None:
        raise NotUsable(
            "{claim} asks for a night, meal or leg that {other} asks for already; nobody is paid twice",
            claim=claim.key,
            other=other.key,
        )
    in_event_currency(claim.claimed, books.event, spent_on(claim))  # without a rate it would stand in no sum
    shown = same_receipt(books.claims, claim)
    if shown is not None:
        raise NotUsable(
            "The receipt of {claim} was shown for {other} already; give --shared on both when several people share it",
            claim=claim.key,
            other=shown.key,
        )
    return claim


def claim_called(books: Books, participant_id: str, benefit: str, part: str) -> Claim:
    """Errors: NotUsable naming what the person claimed."""
    key = ":".join(one for one in (participant_id, benefit, part) if one)
    mine = [one for one in books.claims if one.participant_id == participant_id]
    for one in mine:
        if one.key == key:
            return one
    raise NotUsable(
        "There is no claim {claim}; there are {names}", claim=key, names=", ".join(one.key for one in mine) or "-"
    )


def authorised(claim: Claim, books: Books, *, by: str, on: date, amount: Money | None = None) -> Claim:
    """The claim with what is authorised of it: all that may be, or `amount`.

    Errors: NotUsable without an approval that stands, for somebody who was not there where the event asks for it, and
    for more than was approved or claimed.
    """
    if claim.authorised is not None:
        raise NotUsable("{claim} is authorised already; nothing was changed", claim=claim.key)
    if books.approval is None:
        raise NotUsable("No approval stands yet, so nothing can be authorised; see eventops approve --help")
    approved = books.approved.get((claim.participant_id, claim.benefit))
    if approved is None:
        raise NotUsable(
            "Approval {number} covers no {benefit} of {person}; see eventops plan diff",
            number=books.approval,
            benefit=claim.benefit,
            person=claim.participant_id,
        )
    if books.event.claims_need_attendance and claim.participant_id not in (books.present or frozenset()):
        raise NotUsable(
            "{person} is not on record as present, which a claim needs; see eventops attendance --help",
            person=claim.participant_id,
        )
    most = authorisable(claim, approved, books.claims, books.event)
    if not most.amount:
        raise NotUsable(
            "Nothing is left for {claim}: {approved} was approved, and other parts have it",
            claim=claim.key,
            approved=Money(approved, books.event.currency),
        )
    if amount is not None and (amount.currency != most.currency or not 0 <= amount.amount <= most.amount):
        raise NotUsable(
            "{amount} is not from nothing to {most}, the lesser of approved and claimed", amount=amount, most=most
        )
    return replace(
        claim,
        approval=books.approval,
        approved=Money(approved, books.event.currency),
        authorised=most if amount is None else amount,
        authorised_by=by,
        authorised_on=on,
    )


def paid(claim: Claim, *, by: str, on: date, reference: str) -> Claim:
    """The claim, paid as authorised. Errors: NotUsable before it is authorised, and when it was paid."""
    if claim.paid is not None:
        raise NotUsable("{claim} was paid on {day}; nobody is paid twice", claim=claim.key, day=claim.paid_on)
    if claim.authorised is None:
        raise NotUsable("{claim} is not authorised yet; see eventops claim authorise --help", claim=claim.key)
    return replace(claim, paid=claim.authorised, paid_by=by, paid_on=on, reference=reference)
