"""seat list, offer, confirm, decline, cancel, clear: who has a seat, who waits, and what they answered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from eventops.cli.days import DAY
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.seat_institutions import balance, delegates, invite, uninvite
from eventops.cli.seat_lottery import lottery
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.deciding.seat_records import SeatState
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage

if TYPE_CHECKING:
    from eventops.domain.people import Participant
    from eventops.domain.plan import Plan
    from eventops.extension.ports import Change

DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")


@click.group(cls=Nouns)
def seat() -> None:
    """Who has a seat, who waits, and what they answered."""


for command in (invite, uninvite, delegates, balance, lottery):
    seat.add_command(command)


@seat.command("list")
@click.option("--seat", "wanted", type=click.Choice([one.value for one in Seat]), help="Only people with this seat.")
@click.option("--on", type=DAY, help="Look at offers and held places as on this day; today when not given.")
@pass_shell
def list_seats(shell: Shell, wanted: str | None, on: datetime | None) -> None:
    """Everybody, with their seat, their place on the waiting list, and why."""
    plan = shell.plan if on is None else plan_now(shell, on.date())
    headings = [shell.say(one) for one in ("Id", "Name", "Registered", "Seat", "Why")]
    rows, view = [], []
    for candidate in plan.candidates:
        if wanted not in (None, candidate.seat.value):
            continue
        person = candidate.participant
        why = reason_said(shell, candidate)
        rows.append((person.id, person.name, person.registered_on or "-", seat_said(shell, candidate), why or "-"))
        view.append(seat_view(candidate, why))
    shell.show(view, table_lines(headings, rows))


def plan_now(shell: Shell, today: date | None = None) -> "Plan":
    """The plan by what the open change holds, as on a day."""
    from eventops.application.planning import load_plan

    return load_plan(shell.documents, shell.registry, shell.cache, shell.event_with_files, today=today)


def seat_said(shell: Shell, candidate: Candidate) -> str:
    """A seat in words."""
    from eventops.domain.reporting.labels import label_of

    if candidate.waiting_position:
        return shell.say("waiting, number {position}", position=candidate.waiting_position)
    return shell.say("confirmed") if candidate.seat is Seat.CONFIRMED else shell.say(label_of(candidate.seat))


def reason_said(shell: Shell, candidate: Candidate) -> str:
    """Why somebody has or has not got a seat; empty where seats have no limit."""
    return "" if candidate.seat_reason is None else shell.say(candidate.seat_reason)


def seat_view(candidate: Candidate, why: str) -> dict[str, Any]:
    return {
        "id": candidate.participant.id,
        "name": candidate.participant.name,
        "seat": candidate.seat.value,
        "waiting_position": candidate.waiting_position,
        "can_be_offered": candidate.seat_free,
        "reason": why,
    }


@seat.command("offer")
@click.argument("people", nargs=-1, metavar="[PERSON]…")
@click.option("--next", "count", type=click.IntRange(1), help="Offer to so many people, the first in line.")
@click.option("--until", type=DAY, help="The last day to take it up; as many days on as the event says if not given.")
@DRY_RUN
@pass_shell
def offer_seat(shell: Shell, people: tuple[str, ...], count: int | None, until: datetime | None, dry_run: bool) -> None:
    """Hold a seat for PERSON until a day; it lapses when it is not confirmed by then."""
    from eventops.application.seats import answer_of, offered_next, put_answer

    if bool(people) == bool(count):
        raise WrongUsage("Say whom to offer a seat: people, or --next and how many")

    def put(change: "Change", meant: "Sequence[Participant]", on: date, by: str) -> None:
        last = until.date() if until else on + timedelta(shell.event.seating.offer_days)
        if last < on:
            raise NotUsable("The offer would lapse on {until}, before today, {today}", until=last, today=on)
        for person in meant:
            put_answer(change, answer_of(person, SeatState.OFFERED, on, by, until=last))

    answered(
        shell,
        "seat offer",
        people,
        put,
        dry_run=dry_run,
        meant=(lambda plan: offered_next(plan, count)) if count else None,
        must_sit=True,
    )


@seat.command("confirm")
@click.argument("people", nargs=-1, metavar="[PERSON]…")
@click.option("--all", "everyone", is_flag=True, help="Everybody who has a seat now keeps it.")
@DRY_RUN
@pass_shell
def confirm_seat(shell: Shell, people: tuple[str, ...], everyone: bool, dry_run: bool) -> None:
    """PERSON takes the seat; from now on nobody in the line takes it away."""
    from eventops.application.seats import answer_of, put_answer

    if bool(people) == everyone:
        raise WrongUsage("Say who confirms: people, or --all")

    def put(change: "Change", meant: "Sequence[Participant]", on: date, by: str) -> None:
        known = {one["participant_id"] for one in change.all("seat") if one["state"] == SeatState.CONFIRMED.value}
        for person in meant:
            if person.id not in known:  # who confirmed before keeps that day, and the rank it gives
                put_answer(change, answer_of(person, SeatState.CONFIRMED, on, by))

    def sitting(plan: "Plan") -> "list[Participant]":
        return [one.participant for one in plan.candidates if one.seat is Seat.CONFIRMED]

    answered(shell, "seat confirm", people, put, dry_run=dry_run, meant=sitting if everyone else None, must_sit=True)


@seat.command("decline")
@click.argument("people", nargs=-1, required=True, metavar="PERSON…")
@click.option("--reason", default="", help="Why, if they said.")
@DRY_RUN
@pass_shell
def decline_seat(shell: Shell, people: tuple[str, ...], reason: str, dry_run: bool) -> None:
    """PERSON does not take the seat; the next in line gets it. They stay registered."""
    _give_up(shell, "seat decline", people, SeatState.DECLINED, reason, dry_run)


@seat.command("cancel")
@click.argument("people", nargs=-1, required=True, metavar="PERSON…")
@click.option("--reason", default="", help="Why, if they said.")
@DRY_RUN
@pass_shell
def cancel_seat(shell: Shell, people: tuple[str, ...], reason: str, dry_run: bool) -> None:
    """PERSON had a seat and gives it back; the next in line gets it. They stay registered."""
    _give_up(shell, "seat cancel", people, SeatState.CANCELLED, reason, dry_run)


def _give_up(shell: Shell, command: str, people: tuple[str, ...], state: SeatState, reason: str, dry_run: bool) -> None:
    from eventops.application.seats import answer_of, put_answer

    def put(change: "Change", meant: "Sequence[Participant]", on: date, by: str) -> None:
        for person in meant:
            put_answer(change, answer_of(person, state, on, by, reason=reason.strip()))

    answered(shell, command, people, put, dry_run=dry_run)


@seat.command("clear")
@click.argument("people", nargs=-1, required=True, metavar="PERSON…")
@DRY_RUN
@pass_shell
def clear_seat(shell: Shell, people: tuple[str, ...], dry_run: bool) -> None:
    """Take what PERSON answered away; the line decides about their seat again."""
    from eventops.application.seats import remove_answer

    def put(change: "Change", meant: "Sequence[Participant]", on: date, by: str) -> None:
        for person in meant:
            remove_answer(change, person)

    answered(shell, "seat clear", people, put, dry_run=dry_run)


def answered(
    shell: Shell,
    command: str,
    people: Iterable[str],
    put: "Callable[[Change, Sequence[Participant], date, str], None]",
    *,
    dry_run: bool,
    meant: "Callable[[Plan], Sequence[Participant]] | None" = None,
    must_sit: bool = False,
) -> None:
    """Puts answers on record and shows whose seat moved; changes nothing when one who must get a seat cannot."""
    from eventops.application.seats import moves, require_seats
    from eventops.cli.why import candidate_called

    with shell.changing(command, dry_run=dry_run) as change:
        before = plan_now(shell)
        chosen = meant(before) if meant else [candidate_called(shell, one).participant for one in people]
        stamp = shell.stamp(command)
        put(change, chosen, stamp.at.date(), stamp.actor)
        made = moves(before, plan_now(shell), [one.id for one in chosen])
        if must_sit:
            require_seats(made)
    view = [
        {
            "participant": one.participant_id,
            "before": one.before.value if one.before else None,
            "after": one.after.seat.value,
            "waiting_position": one.after.waiting_position,
            "asked": one.asked,
            "reason": reason_said(shell, one.after),
        }
        for one in made
    ]
    lines = [_move_said(shell, one, dry_run) for one in made]
    shell.show({"changed": view, "dry_run": dry_run}, lines or [shell.say("Nobody’s seat changes.")])


def _move_said(shell: Shell, move: Any, dry_run: bool) -> str:
    from eventops.domain.reporting.labels import label_of

    before = shell.say(label_of(move.before)) if move.before is not None else "-"
    sentence = Text("{person}: {before} → {after} ({reason})")
    if dry_run:
        sentence = Text("{person}: would be {before} → {after} ({reason}); nothing was changed")
    return shell.say(
        sentence,
        person=f"{move.participant_id} {move.name}",
        before=before,
        after=seat_said(shell, move.after),
        reason=reason_said(shell, move.after) or "-",
    )
