"""Approving a plan and adopting criteria: what is kept, and what a plan is compared with."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from eventops import __version__
from eventops.application.facts import document_of, values_of
from eventops.domain.findings import Finding
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import (
    Approval,
    ApprovedPerson,
    ApprovedPlan,
    Signature,
    approved_plan,
    signed_by,
)
from eventops.domain.keeping.history import Stamp
from eventops.domain.plan import Plan
from eventops.domain.rules import Seat
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Documents, Reading
from eventops.extension.registry import Registry

APPROVAL = "approval"
APPROVED = "approved"
ADOPTION = "adoption"
# What a plan does not read: files that went out, what was approved and adopted, and what is paid after it.
NOT_FACTS = frozenset(
    {APPROVAL, APPROVED, ADOPTION, "claim", "export", "forgotten_money", "mapping", "refused", "workspace"}
)
# What must be accepted by its code before a plan is approved: money beyond what was set aside or not known, and what
# could not be decided.
GRAVE = frozenset(
    {
        "budget-currency",
        "budget-exceeded",
        "override-waits",
        "paid-twice",
        "rate-missing",
        "rule-failed",
        "selection-failed",
        "tariff-failed",
        "tariff-invalid",
    }
)


class ApprovedPeople(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about each person, as the store keeps it beside the head of an approval."""

    number: int
    people: tuple[ApprovedPerson, ...]


def load_approvals(documents: Documents) -> tuple[Approval, ...]:
    """The heads of all approvals, oldest first. Errors: StoreUnavailable."""
    return tuple(sorted(values_of(documents.all(APPROVAL), Approval, APPROVAL), key=lambda one: one.number))


def load_adoptions(documents: Documents) -> tuple[Adoption, ...]:
    """The committee's record, oldest first. Errors: StoreUnavailable."""
    return tuple(sorted(values_of(documents.all(ADOPTION), Adoption, ADOPTION), key=lambda one: one.number))


def load_approved_people(documents: Documents, number: int) -> tuple[ApprovedPerson, ...]:
    """What an approval says of each person. Errors: StoreUnavailable."""
    document = documents.get(APPROVED, str(number))
    if document is None:
        return ()
    return values_of([document], ApprovedPeople, APPROVED)[0].people


def approval_numbered(documents: Documents, number: int) -> Approval:
    """Errors: NotUsable naming those there are."""
    approvals = load_approvals(documents)
    for one in approvals:
        if one.number == number:
            return one
    raise NotUsable(
        "There is no approval {number}; there are {numbers}",
        number=number,
        numbers=", ".join(str(one.number) for one in approvals) or "-",
    )


def standing_approval(documents: Documents) -> Approval | None:
    """The newest approval that everybody signed whom the event asked for; None without one."""
    return next((one for one in reversed(load_approvals(documents)) if one.stands), None)


def plan_to_approve(plan: Plan) -> ApprovedPlan:
    """The plan as an approval keeps it."""
    return approved_plan(plan.candidates, plan.decisions, plan.budget, plan.funding)


def grave_findings(plan: Plan) -> tuple[Finding, ...]:
    """What nobody may approve without saying so."""
    return tuple(one for one in plan.findings if one.code in GRAVE)


def facts_hash(documents: Documents, kinds: Iterable[str]) -> str:
    """SHA-256 in hexadecimal over all facts a plan reads, by kind, in an order that does not hang on the store."""
    digest = sha256()
    for kind in sorted(set(kinds) - NOT_FACTS):
        every = sorted(msgspec.json.encode(one, order="deterministic") for one in documents.all(kind))
        digest.update(kind.encode())
        for one in every:
            digest.update(b"\n")
            digest.update(one)
    return digest.hexdigest()


def new_approval(
    plan: Plan,
    content: ApprovedPlan,
    documents: Documents,
    reading: Reading,
    registry: Registry,
    stamp: Stamp,
    *,
    by: str,
    note: str,
    adoption: int | None,
    accepted: Sequence[str],
) -> Approval:
    """The head of an approval of this plan, signed once."""
    known = load_approvals(documents)
    history = reading.history()
    return Approval(
        number=known[-1].number + 1 if known else 1,
        signatures=(Signature(by=by, at=stamp.at, actor=stamp.actor),),
        needed=plan.event.approvals_needed,
        note=note,
        event_id=plan.event.id,
        currency=plan.event.currency,
        people=len(plan.candidates),
        seated=sum(one.seat is Seat.CONFIRMED for one in plan.candidates),
        plan_hash=content.hash(),
        facts_hash=facts_hash(documents, reading.kinds()),
        history_hash=history[-1].hash if history else "",
        generation=reading.generation,
        versions=versions_of(registry),
        adoption=adoption,
        accepted=tuple(sorted(set(accepted))),
        lines=content.lines,
    )


def versions_of(registry: Registry) -> tuple[tuple[str, str], ...]:
    """eventops and the plugins a plan was made with, each with its version."""
    return tuple(sorted({"eventops": __version__, **{one.name: one.version for one in registry.plugins}}.items()))


def confirmed(approval: Approval, present: ApprovedPlan, stamp: Stamp, by: str) -> Approval:
    """The approval with one more signature.

    Errors: NotUsable when it needs none, when that person signed already, or when the plan is not that one any more.
    """
    if approval.stands:
        raise NotUsable("Approval {number} is signed by everybody it needs already", number=approval.number)
    if signed_by(approval.signatures, by):
        raise NotUsable(
            "{by} signed approval {number} already; another person confirms it, named with --by",
            by=by,
            number=approval.number,
        )
    if approval.plan_hash != present.hash():
        raise NotUsable(
            "The plan has changed since approval {number}; see eventops plan diff {number}, and approve it anew",
            number=approval.number,
        )
    signature = Signature(by=by, at=stamp.at, actor=stamp.actor)
    return msgspec.structs.replace(approval, signatures=(*approval.signatures, signature))


def put_approval(change: Change, approval: Approval, people: Sequence[ApprovedPerson] | None = None) -> None:
    """Keeps the head, and with `people` what it says of each."""
    change.put(APPROVAL, str(approval.number), document_of(approval))
    if people is not None:
        kept = ApprovedPeople(number=approval.number, people=tuple(people))
        change.put(APPROVED, str(approval.number), document_of(kept))


def put_adoption(change: Change, adoption: Adoption) -> None:
    change.put(ADOPTION, str(adoption.number), document_of(adoption))
