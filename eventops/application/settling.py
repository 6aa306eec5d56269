"""What was settled of the money, read beside the plan: the approval that stands, who withdrew, and sums of people who
were forgotten; and keeping such a sum when a person is forgotten.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from eventops.application.approving import load_approved_people, standing_approval
from eventops.application.facts import document_of, load_event, load_participants, values_of
from eventops.domain.event import Event
from eventops.domain.keeping.approvals import ApprovedDecision, ApprovedPerson
from eventops.domain.keeping.settled import ForgottenMoney, Settled
from eventops.domain.money import Money, converted, rounded
from eventops.domain.paying.claims import Claim, borne_by, spent_on
from eventops.domain.people import Participant, Status
from eventops.domain.plan import Plan
from eventops.extension.ports import Change, Documents, Stamp, Store

FORGOTTEN_MONEY = "forgotten_money"
CLAIM = "claim"


def with_settled(plan: Plan, documents: Documents) -> Plan:
    """The plan with what its accounts read. Errors: StoreUnavailable."""
    return msgspec.structs.replace(plan, settled=load_settled(documents, plan.claims))


def load_settled(documents: Documents, claims: Sequence[Claim]) -> Settled:
    """What accounts read beside a plan. Errors: StoreUnavailable."""
    standing = standing_approval(documents)
    number = standing.number if standing is not None else None
    return Settled(
        approval=number,
        approved=load_approved_people(documents, number) if number is not None else (),
        former=tuple(_former(documents, claims, number)),
        withdrawn=tuple(one for one in load_participants(documents) if one.status is Status.WITHDRAWN),
        forgotten=load_forgotten_money(documents),
    )


def load_forgotten_money(documents: Documents) -> tuple[ForgottenMoney, ...]:
    """Sums of people who were forgotten, by benefit and payer. Errors: StoreUnavailable."""
    values = values_of(documents.all(FORGOTTEN_MONEY), ForgottenMoney, FORGOTTEN_MONEY)
    return tuple(sorted(values, key=lambda one: (one.benefit, one.payer)))


def _former(
    documents: Documents, claims: Iterable[Claim], standing: int | None
) -> Iterable[tuple[int, ApprovedPerson]]:
    """What earlier approvals say of those whose claims were authorised under them."""
    under: dict[int, set[str]] = {}
    for one in claims:
        if one.approval is not None and one.approval != standing:
            under.setdefault(one.approval, set()).add(one.participant_id)
    for number, people in sorted(under.items()):
        for person in load_approved_people(documents, number):
            if person.participant_id in people:
                yield number, person


def keep_paid(store: Store, stamp: Stamp, person: Participant, *, wait_seconds: float = 30) -> None:
    """Turns what was paid to a person into sums without them, and takes these claims away, all or nothing: given again
    after a crash, it finds none. Errors: StoreUnavailable."""
    if not paid_claims_of(store, person):
        return
    # No undo may bring the claims back: it would find them erased, and the sum gone.
    final = msgspec.structs.replace(stamp, final=True)
    with store.change(final, wait_seconds=wait_seconds) as change:
        event = load_event(change)
        known = {(one.benefit, one.payer): one for one in load_forgotten_money(change)}
        counted: set[str] = set()
        for claim in paid_claims_of(change, person):
            for one in _sums_of(claim, change, event, first=claim.benefit not in counted):
                key = one.benefit, one.payer
                known[key] = known[key] + one if key in known else one
            counted.add(claim.benefit)
            change.remove(CLAIM, claim.key)
        for (benefit, payer), one in known.items():
            change.put(FORGOTTEN_MONEY, f"{benefit}:{payer}", document_of(one))


def paid_claims_of(documents: Documents, person: Participant) -> tuple[Claim, ...]:
    """The claims of a person that were paid, under earlier ids too. Errors: StoreUnavailable."""
    ids = {person.id, *person.merged}
    found = values_of((one for one in documents.all(CLAIM) if one.get("participant_id") in ids), Claim, CLAIM)
    return tuple(sorted((one for one in found if one.paid is not None), key=lambda one: one.key))


def _sums_of(claim: Claim, change: Change, event: Event, *, first: bool) -> Iterable[ForgottenMoney]:
    """A paid claim in the parts of its payers. What was approved counts with the `first` claim of a benefit alone."""
    nothing = Money(Decimal(0), event.currency)
    exchanged = converted(claim.claimed, event.currency, event.rates, spent_on(claim))
    # A rate that went away must not keep anybody from being forgotten: what was authorised was asked for at least.
    asked = exchanged[0] if exchanged is not None else claim.authorised or nothing
    decision = _approved(claim, change)
    parts = decision.parts if decision is not None else ()
    amounts = [
        dict(borne_by(one, parts))
        for one in (asked, claim.authorised or nothing, claim.paid or nothing, claim.approved or nothing)
    ]
    approved = dict(parts) if parts else {payer: one.amount for payer, one in amounts[3].items()}
    for number, payer in enumerate(amounts[2]):
        claimed, authorised, paid = (one[payer] for one in amounts[:3])
        yield ForgottenMoney(
            benefit=claim.benefit,
            payer=payer,
            approved=rounded(approved[payer], event.currency) if first else nothing,
            claimed=claimed,
            authorised=authorised,
            paid=paid,
            receipts=0 if number else len(claim.receipts),
        )


def _approved(claim: Claim, change: Change) -> ApprovedDecision | None:
    people = load_approved_people(change, claim.approval) if claim.approval is not None else ()
    mine = next((one for one in people if one.participant_id == claim.participant_id), None)
    return mine.decision(claim.benefit) if mine is not None else None
