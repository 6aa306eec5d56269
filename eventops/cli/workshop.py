"""workshop list, assign, place, release, groups."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import click

from eventops.cli.event_edits import dry_run_option
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.event import Workshop
    from eventops.domain.hosting.workshops import Solve
    from eventops.domain.hosting.workshops_values import Placed, WorkshopGroups

METHODS = {"plain": Text("without a solver"), "highs": Text("by HiGHS")}


@click.group(cls=Nouns)
def workshop() -> None:
    """Who is in which workshop: by their wishes, never too full, mixed."""


@workshop.command("list")
@click.argument("name", metavar="[WORKSHOP]", default="")
@pass_shell
def list_workshops(shell: Shell, name: str) -> None:
    """Every workshop with its places; with WORKSHOP, the people in it and why."""
    groups = shell.plan.ground.workshops
    if name:
        _show_people(shell, groups.of(_workshop_called(shell, name).id))
        return
    from eventops.domain.hosting.workshops import capacity_of

    event = shell.plan.event
    wished = Counter(id for one in shell.plan.candidates for id in one.participant.workshops[:1])
    view: list[dict[str, object]] = []
    rows: list[tuple[object, ...]] = []
    for one in event.workshops:
        there = groups.of(one.id)
        limit = capacity_of(event, one)
        first = sum(placed.rank == 1 for placed in there)
        view.append(
            {
                "workshop": one.id,
                "title": shell.say(one.title),
                "session": one.session,
                "room": one.room,
                "capacity": limit,
                "people": len(there),
                "first_wishes_met": first,
                "first_wishes": wished[one.id],
            }
        )
        rows.append((one.id, shell.say(one.title), one.room, "-" if limit is None else limit, len(there), first))
    headings = [shell.say(one) for one in ("Workshop", "Title", "Room", "Places", "People", "First wish")]
    without = [one for one in groups.placed if not one.workshop]
    lines = table_lines(headings, rows)
    if without:
        lines.append(shell.say("{count} people have no workshop.", count=len(without)))
    shell.show(view, lines)


def _show_people(shell: Shell, people: "Iterable[Placed]") -> None:
    from eventops.application.workshops import placed_view

    names = {one.participant.id: one.participant.name for one in shell.plan.candidates}
    people = tuple(people)
    rows = [
        (
            one.participant_id,
            names[one.participant_id],
            one.workshop or "-",
            one.group if one.group is not None else "",
            shell.say(one.why, **one.values),
        )
        for one in people
    ]
    headings = [shell.say(one) for one in ("Person", "Name", "Workshop", "Group", "Why")]
    view = [placed_view(shell.plan.event, one, names, shell.wording) for one in people]
    shell.show(view, table_lines(headings, rows))


@workshop.command("assign")
@click.option(
    "--solver",
    type=click.Choice(["auto", "plain", "highs"]),
    default="auto",
    help="auto takes HiGHS when it is installed.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Decides among those who wish the same.")
@click.option("--limit", type=click.IntRange(min=0), help="How long to improve, in steps of the method.")
@click.option("--afresh", is_flag=True, help="Forget what was accepted before; decisions by hand stay.")
@dry_run_option
@pass_shell
def assign(shell: Shell, solver: str, seed: int | None, limit: int | None, afresh: bool, dry_run: bool) -> None:
    """Work the groups out and put them on record. People on record stay where they are unless they must move."""
    from eventops.application.records import load_records
    from eventops.application.workshops import put_groups, run_of, run_view
    from eventops.domain.hosting.workshops import groups_of

    with shell.changing("workshop assign", dry_run=dry_run) as change:
        event, records = shell.plan.event, load_records(change)
        if not event.workshops:
            raise NotUsable("The event has no workshop; add them under [[workshops]] and apply it")
        usual = next((one.seed for one in records.workshop_runs), 0)
        groups = groups_of(
            event,
            shell.plan.candidates,
            records.workshop_seats,
            shell.plan.ground.presence,
            solve=_solver(solver, usual if seed is None else seed, limit),
            afresh=afresh,
        )
        stamp = shell.stamp("workshop assign")
        put_groups(change, groups, by=stamp.actor, on=stamp.at.date())
        before = {(one.participant_id, one.session): one.workshop for one in records.workshop_seats}
    moved = [one for one in groups.placed if one.moved]
    runs = [
        run_of(session, answer, sum(one.session == session for one in groups.placed), by="", on=stamp.at.date())
        for session, answer in groups.answers
    ]
    counts = _counts(groups, before)
    lines = [shell.say(_COUNTED, **counts)]
    lines += [
        shell.say(
            _HOW,
            session=run.session or "-",
            method=METHODS[run.method],
            seed=run.seed,
            limit=run.limit,
            cost=round(run.cost),
            bound=round(run.bound),
            gap=round(run.cost - run.bound),
        )
        for run in runs
    ]
    lines += [f"  {one.participant_id}: {shell.say(one.why, **one.values)}" for one in moved]
    if dry_run:
        lines.append(shell.say("This would be fine; nothing was changed."))
    shell.show({**counts, "runs": [run_view(run) for run in runs], "dry_run": dry_run}, lines)


_COUNTED = Text(
    "{people} people placed, {first} of {wishing} in their first wish; {new} new, {moved} moved, "
    "{without} without a place"
)
_HOW = Text("{session}: {method}, seed {seed}, limit {limit}; {cost} points, {bound} at least: {gap} from the bound")


def _counts(groups: "WorkshopGroups", before: dict[tuple[str, str], str]) -> dict[str, int]:
    placed = groups.placed
    return {
        "people": sum(bool(one.workshop) for one in placed),
        "first": sum(one.rank == 1 for one in placed),
        "wishing": sum(one.rank is not None or one.why.en.startswith("no place was left") for one in placed),
        "new": sum(bool(one.workshop) and (one.participant_id, one.session) not in before for one in placed),
        "moved": sum(one.moved for one in placed),
        "without": sum(not one.workshop for one in placed),
    }


def _solver(name: str, seed: int, limit: int | None) -> "Solve":
    """How the groups are worked out."""
    from eventops.adapters.workshop_solver import LIMIT_ROUNDS, has_solver, solved
    from eventops.domain.hosting.workshops_flow import filled

    if name == "highs" or (name == "auto" and has_solver()):
        return partial(solved, seed=seed, limit=LIMIT_ROUNDS if limit is None else limit)
    return partial(filled, seed=seed, limit=limit)


def _workshop_called(shell: Shell, name: str) -> "Workshop":
    for one in shell.plan.event.workshops:
        if one.id == name:
            return one
    known = ", ".join(one.id for one in shell.plan.event.workshops) or "-"
    raise NotUsable("There is no workshop {name}; there are {known}", name=name, known=known)


@workshop.command("place")
@click.argument("person")
@click.argument("name", metavar="WORKSHOP")
@click.option("--reason", required=True, help="Why; it is shown to those who ask.")
@click.option("--by", help="Who decided; the user of this computer when not given.")
@dry_run_option
@pass_shell
def place_by_hand(shell: Shell, person: str, name: str, reason: str, by: str | None, dry_run: bool) -> None:
    """Place PERSON in WORKSHOP by hand; others make room where they must."""
    from eventops.application.workshops import put_by_hand
    from eventops.cli.why import candidate_called
    from eventops.domain.hosting.workshops_values import WorkshopSeat

    if not reason.strip():
        raise NotUsable("A place by hand needs a reason; write it behind --reason")
    with shell.changing("workshop place", dry_run=dry_run) as change:
        candidate, held = candidate_called(shell, person), _workshop_called(shell, name)
        id = candidate.participant.id
        if not any(one.session == held.session for one in shell.plan.ground.workshops.seat(id)):
            raise NotUsable("{person} has no seat, or is not there during this workshop", person=id)
        stamp = shell.stamp("workshop place")
        seat = WorkshopSeat(
            participant_id=id,
            session=held.session,
            workshop=held.id,
            by_hand=True,
            reason=reason.strip(),
            by=by or stamp.actor,
            on=stamp.at.date(),
        )
        put_by_hand(change, shell.event, shell.plan.ground.workshops, seat)
    sentence = Text("{person} is in {workshop}.")
    if dry_run:
        sentence = Text("{person} would be in {workshop}; nothing was changed.")
    shell.show(
        {"participant": id, "workshop": held.id, "dry_run": dry_run},
        [shell.say(sentence, person=id, workshop=held.title)],
    )


@workshop.command("release")
@click.argument("person")
@click.option("--session", default=None, help="The session, where there are several with workshops.")
@dry_run_option
@pass_shell
def release(shell: Shell, person: str, session: str | None, dry_run: bool) -> None:
    """Take PERSON's workshop off the record, so that the next assignment decides."""
    from eventops.application.workshops import remove_by_hand
    from eventops.cli.why import candidate_called
    from eventops.domain.hosting.workshops import sessions_of

    with shell.changing("workshop release", dry_run=dry_run) as change:
        id = candidate_called(shell, person).participant.id
        sessions = sessions_of(shell.event)
        if session is None and len(sessions) > 1:
            raise NotUsable(
                "Several sessions have workshops; say which with --session: {known}", known=", ".join(sessions)
            )
        remove_by_hand(change, id, sessions[0] if session is None and sessions else session or "")
    sentence = Text("The workshop of {person} is free to change again.")
    if dry_run:
        sentence = Text("The workshop of {person} would be free to change; nothing was changed.")
    shell.show({"participant": id, "dry_run": dry_run}, [shell.say(sentence, person=id)])


@workshop.command("groups")
@click.argument("name", metavar="[WORKSHOP]", default="")
@click.option("--size", type=click.IntRange(min=1), help="The most people in a group; the event's own when not given.")
@pass_shell
def show_groups(shell: Shell, name: str, size: int | None) -> None:
    """Sub-groups of one workshop or of all: as equal as can be, mixed like the whole."""
    from eventops.domain.hosting.workshops_groups import sub_groups

    event, groups = shell.plan.event, shell.plan.ground.workshops
    wanted = [_workshop_called(shell, name)] if name else list(event.workshops)
    if size is None and not any(one.group_size for one in wanted):
        raise NotUsable("No group size is known; give it with --size, or as group_size of the workshop")
    sizes = {one.id: size for one in wanted} if size is not None else {}
    placed = sub_groups(event, groups.placed, shell.plan.candidates, sizes)
    ids = {one.id for one in wanted}
    people = [one for one in placed if one.workshop in ids and one.group is not None]
    _show_people(shell, sorted(people, key=lambda one: (one.workshop, one.group or 0)))
