"""Workshop groups on record: accepting what was worked out, placing somebody by hand."""

from collections.abc import Mapping
from datetime import date

from eventops.application.facts import document_of, values_of
from eventops.domain.event import Event
from eventops.domain.hosting.workshops import capacity_of
from eventops.domain.hosting.workshops_values import Answer, Placed, WorkshopGroups, WorkshopRun, WorkshopSeat
from eventops.domain.texts import Wording
from eventops.errors import NotUsable
from eventops.extension.ports import Change


def put_groups(change: Change, groups: WorkshopGroups, *, by: str, on: date) -> None:
    """Puts who is in which workshop on record, and how it came about. Decisions by hand stay as they are; people who
    are no longer there are taken off."""
    known = {_key(one): one for one in values_of(change.all("workshop_seat"), WorkshopSeat, "workshop_seat")}
    placed = {(one.participant_id, one.session): one for one in groups.placed}
    for key, seat in known.items():
        if (seat.participant_id, seat.session) not in placed and not seat.by_hand:
            change.remove("workshop_seat", key)
    for one in groups.placed:
        key = f"{one.participant_id}:{one.session}"
        before = known.get(key)
        if before is not None and (before.by_hand or before.workshop == one.workshop):
            continue
        seat = WorkshopSeat(participant_id=one.participant_id, session=one.session, workshop=one.workshop, by=by, on=on)
        change.put("workshop_seat", key, document_of(seat))
    for session, answer in groups.answers:
        people = sum(one.session == session for one in groups.placed)
        run = run_of(session, answer, people, by=by, on=on)
        change.put("workshop_run", session or "-", document_of(run))


def run_of(session: str, answer: Answer, people: int, *, by: str, on: date) -> WorkshopRun:
    """How an answer came about, for the record and for people to read."""
    return WorkshopRun(
        session=session,
        method=answer.method,
        seed=answer.seed,
        limit=answer.limit,
        people=people,
        cost=answer.cost,
        bound=answer.bound,
        by=by,
        on=on,
    )


def put_by_hand(change: Change, event: Event, groups: WorkshopGroups, seat: WorkshopSeat) -> None:
    """Puts a decision by hand on record. Errors: NotUsable when those placed by hand would overfill the workshop."""
    workshop = next(one for one in event.workshops if one.id == seat.workshop)
    limit = capacity_of(event, workshop)
    seats = values_of(change.all("workshop_seat"), WorkshopSeat, "workshop_seat")
    there = {one.participant_id for one in groups.placed}
    fixed = {
        one.participant_id
        for one in seats
        if one.by_hand and (one.session, one.workshop) == (seat.session, seat.workshop) and one.participant_id in there
    }
    if limit is not None and len(fixed | {seat.participant_id}) > limit:
        raise NotUsable(
            "{workshop} holds {limit} people, and all of them were placed there by hand; "
            "free one with workshop release first",
            workshop=workshop.id,
            limit=limit,
        )
    change.put("workshop_seat", _key(seat), document_of(seat))


def remove_by_hand(change: Change, participant_id: str, session: str) -> None:
    """Takes a person's place off the record, so that the next assignment decides. Errors: NotUsable without one."""
    key = f"{participant_id}:{session}"
    if change.get("workshop_seat", key) is None:
        raise NotUsable("No workshop of {person} is on record; see eventops workshop list", person=participant_id)
    change.remove("workshop_seat", key)


def _key(seat: WorkshopSeat) -> str:
    return f"{seat.participant_id}:{seat.session}"


def placed_view(event: Event, one: Placed, names: Mapping[str, str], wording: Wording) -> dict[str, object]:
    """One person's workshop for `--json`, every key present."""
    return {
        "participant": one.participant_id,
        "name": names.get(one.participant_id, ""),
        "session": one.session,
        "workshop": one.workshop or None,
        "rank": one.rank,
        "group": one.group,
        "role": one.role or None,
        "previous": one.previous or None,
        "moved": one.moved,
        "why": wording.say(one.why, one.values),
    }


def run_view(run: WorkshopRun) -> dict[str, object]:
    return {
        "session": run.session,
        "method": run.method,
        "seed": run.seed,
        "limit": run.limit,
        "people": run.people,
        "cost": run.cost,
        "bound": run.bound,
        "gap": round(run.gap, 4),
    }
