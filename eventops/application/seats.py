"""Seats: what people and institutions answered, put on record; and whom a change of seats moves."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from eventops.application.facts import document_of
from eventops.domain.deciding.seat_findings import in_line
from eventops.domain.deciding.seat_records import Delegate, Invitation, SeatAnswer, SeatState
from eventops.domain.people import Participant
from eventops.domain.plan import Plan
from eventops.domain.rules import Candidate, Seat
from eventops.errors import NotUsable
from eventops.extension.ports import Change

NO_SEAT_FREE = "There is no seat for {person}: {reason}; see eventops seat list"


class SeatMove(Struct, frozen=True, kw_only=True):
    """One person whose seat is another after a change; `asked` marks those the change was about."""

    participant_id: str
    name: str
    before: Seat | None
    after: Candidate
    asked: bool


def put_answer(change: Change, answer: SeatAnswer) -> None:
    change.put("seat", answer.participant_id, document_of(answer))


def remove_answer(change: Change, person: Participant) -> None:
    """Takes the answer about a seat away. Errors: NotUsable when there is none."""
    try:
        change.remove("seat", person.id)
    except KeyError as error:
        raise NotUsable(
            "Nothing is on record about the seat of {person}; see eventops seat list", person=person.id
        ) from error


def put_invitation(change: Change, invitation: Invitation) -> None:
    change.put("invitation", invitation.id, document_of(invitation))


def invitation_called(invitations: Iterable[Invitation], id: str) -> Invitation:
    """The invitation of that id. Errors: NotUsable naming those there are."""
    known = {one.id: one for one in invitations}
    if id not in known:
        raise NotUsable("There is no invitation {id}; there are {names}", id=id, names=", ".join(sorted(known)) or "-")
    return known[id]


def remove_invitation(change: Change, invitation: Invitation, delegates: Iterable[Delegate]) -> int:
    """Takes an invitation away with its delegates, who stay participants; how many they were."""
    change.remove("invitation", invitation.id)
    named = [one for one in delegates if one.invitation == invitation.id]
    for one in named:
        change.remove("delegate", f"{one.participant_id}:{one.invitation}")
    return len(named)


def put_delegate(change: Change, delegate: Delegate, delegates: Iterable[Delegate]) -> None:
    """Names a delegate. Errors: NotUsable for one who was named already."""
    for one in delegates:
        if one.participant_id == delegate.participant_id:
            raise NotUsable(
                "{person} was named by {invitation} already; remove them there first with "
                "eventops seat delegates {invitation} --remove {person}",
                person=one.participant_id,
                invitation=one.invitation,
            )
    change.put("delegate", f"{delegate.participant_id}:{delegate.invitation}", document_of(delegate))


def remove_delegate(change: Change, invitation: str, person: Participant) -> None:
    """Errors: NotUsable for one whom the institution did not name."""
    for id in (person.id, *person.merged):
        key = f"{id}:{invitation}"
        if change.get("delegate", key) is not None:
            change.remove("delegate", key)
            return
    raise NotUsable(
        "{invitation} did not name {person}; see eventops seat delegates {invitation}",
        invitation=invitation,
        person=person.id,
    )


def offered_next(plan: Plan, count: int) -> list[Participant]:
    """The first in line to whom a seat can be offered. Errors: NotUsable when fewer seats are free."""
    found = [one.participant for one in in_line(plan.candidates) if one.seat_free]
    if not found:
        raise NotUsable(
            "No free seat waits for an offer; the event gives seats by offer when its [seating] says by_offer = true"
        )
    if count > len(found):
        raise NotUsable("Only {free} seats can be offered, not {count}", free=len(found), count=count)
    return found[:count]


def moves(before: Plan, after: Plan, asked: Sequence[str]) -> tuple[SeatMove, ...]:
    """Those the change was about, then everybody else whose seat it moved, in the order of enrolment."""
    old = {one.participant.id: one.seat for one in before.candidates}
    found = [
        SeatMove(
            participant_id=one.participant.id,
            name=one.participant.name,
            before=old.get(one.participant.id),
            after=one,
            asked=one.participant.id in asked,
        )
        for one in after.candidates
        if one.participant.id in asked or old.get(one.participant.id) is not one.seat
    ]
    return tuple(sorted(found, key=lambda one: not one.asked))


TAKEN_FROM = "No seat is free for {person}: {other} would lose theirs; see eventops seat list --seat waiting"
HAS_A_SEAT = (Seat.CONFIRMED, Seat.OFFERED)


def losers(made: Iterable[SeatMove]) -> tuple[SeatMove, ...]:
    """Those who had a seat and lose it to somebody else."""
    return tuple(one for one in made if not one.asked and one.before in HAS_A_SEAT and one.after.seat not in HAS_A_SEAT)


def require_seats(made: Sequence[SeatMove]) -> None:
    """Errors: NotUsable for one who was to get a seat and did not, with the reason, and for one who would take the
    seat of somebody else."""
    asked = [one for one in made if one.asked]
    for one in asked:
        if one.after.seat not in HAS_A_SEAT:
            raise NotUsable(NO_SEAT_FREE, person=one.participant_id, reason=one.after.seat_reason or "-")
    for other in losers(made):
        person = ", ".join(one.participant_id for one in asked if one.before not in HAS_A_SEAT)
        raise NotUsable(TAKEN_FROM, person=person or "-", other=other.participant_id)


def answer_of(
    person: Participant, state: SeatState, on: date, by: str, *, until: date | None = None, reason: str = ""
) -> SeatAnswer:
    """One person's answer of today."""
    return SeatAnswer(participant_id=person.id, state=state, on=on, by=by, until=until, reason=reason)
