"""lodging list, rooms, wish, place, release, sent, lists, solve: who sleeps where."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from eventops.cli.cover import OUTCOMES, decided, money_and_reason, row_of
from eventops.cli.days import DAY
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.cli.solver_options import solver_options
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.hosting.rooms import RoomingList
    from eventops.domain.plan import Plan

DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")


@click.group(cls=Nouns)
def lodging() -> None:
    """Who gets a bed and in which room, and why."""


@lodging.command("list")
@click.option("--outcome", type=OUTCOMES, default="granted", help="Which decisions to list.")
@pass_shell
def list_lodging(shell: Shell, outcome: str) -> None:
    """Who sleeps at the hotel, which nights, in which room, at whose cost, and by which criterion."""
    words = ("Id", "Name", "From", "km", "Nights", "Room", "Amount", "Payer", "Decision", "Why")
    headings = [shell.say(one) for one in words]
    rows, view = [], []
    for candidate, decision in decided(shell, "lodging", outcome):
        person = candidate.participant
        nights = decision.grant.nights if decision.grant is not None else ()
        beds = shell.plan.rooming.of(person.id)
        told = [{"night": str(one.night), "room": one.room, "origin": one.origin} for one in beds]
        view.append({**row_of(shell, candidate, decision), "nights": [str(night) for night in nights], "beds": told})
        rows.append(
            (
                person.id,
                person.name,
                shell.say(candidate.place.name) if candidate.place else person.town,
                "-" if candidate.distance_km is None else round(candidate.distance_km),
                ", ".join(f"{night:%d/%m}" for night in nights) or "-",
                ", ".join(dict.fromkeys(one.room for one in beds)) or "-",
                *money_and_reason(shell, decision),
            )
        )
    shell.show(view, table_lines(headings, rows))


@lodging.command("rooms")
@click.option("--free", is_flag=True, help="Only rooms with a free bed, one a line.")
@pass_shell
def list_rooms(shell: Shell, free: bool) -> None:
    """The rooms held and used, night by night and type by type, with what they cost."""
    if free:
        return _free_rooms(shell)
    from eventops.application.views import money_view
    from eventops.domain.hosting.rooming_words import room_type_titles

    titles = room_type_titles(shell.event)
    released = {one.id: one.release_on for one in shell.event.hotels}
    words = ("Night", "Hotel", "Room type", "Held", "Used", "Left over", "People", "Free beds", "Cost", "Goes back on")
    rows, view = [], []
    for one in shell.plan.rooming.balance:
        kind, hotel = titles[one.hotel, one.type]
        back = released.get(one.hotel) if one.held > one.used else None
        rows.append(
            (
                f"{one.night:%d/%m/%Y}",
                shell.say(hotel),
                shell.say(kind),
                one.held,
                one.used,
                one.held - one.used,
                one.people,
                one.free_beds,
                shell.wording.value(one.cost),
                f"{back:%d/%m/%Y}" if back else "-",
            )
        )
        view.append(
            {
                "night": str(one.night),
                "hotel": one.hotel,
                "type": one.type,
                "held": one.held,
                "used": one.used,
                "people": one.people,
                "free_beds": one.free_beds,
                "cost": money_view(one.cost),
                "release_on": str(back) if back else None,
            }
        )
    shell.show(view, table_lines([shell.say(word) for word in words], rows))
    return None


def _free_rooms(shell: Shell) -> None:
    """Rooms one could place somebody in."""
    from eventops.domain.hosting.rooming import lodgers_of
    from eventops.domain.hosting.rooms import Bed

    inside: dict[tuple[str, date], list[Bed]] = {}
    for bed in shell.plan.rooming.beds:
        inside.setdefault((bed.room, bed.night), []).append(bed)
    lodgers = lodgers_of(shell.event, shell.plan.candidates, shell.plan.stays)
    rows, view = [], []
    for unit in lodgers.units:
        for night in unit.prices:
            people = [bed.participant_id for bed in inside.get((unit.id, night), ())]
            if len(people) < unit.beds:
                rows.append(
                    (unit.id, f"{night:%d/%m/%Y}", unit.beds, unit.beds - len(people), ", ".join(people) or "-")
                )
                view.append({"room": unit.id, "night": str(night), "beds": unit.beds, "people": people})
    words = ("Room", "Night", "Beds", "Free beds", "In it")
    shell.show(view, table_lines([shell.say(word) for word in words], rows))


@lodging.command("wish")
@click.argument("person")
@click.option("--with", "mates", multiple=True, metavar="PERSON", help="Whom they wish to share a room with.")
@click.option("--not-with", "apart", multiple=True, metavar="PERSON", help="With whom they must not share one.")
@click.option("--family", metavar="WORD", help="One word for all of a family: they sleep in one room.")
@click.option("--single/--shared", default=None, help="Alone in a room, at their own cost; or not.")
@click.option("--accessible/--any-room", default=None, help="Needs an accessible room; or does not.")
@click.option("--clear", is_flag=True, help="Forget every wish of theirs first.")
@DRY_RUN
@pass_shell
def wish(
    shell: Shell,
    person: str,
    mates: tuple[str, ...],
    apart: tuple[str, ...],
    family: str | None,
    single: bool | None,
    accessible: bool | None,
    clear: bool,
    dry_run: bool,
) -> None:
    """Keep what PERSON asks for or needs: room-mates, nobody's company, a family, a room alone, an accessible one."""
    import msgspec

    from eventops.application.facts import load_participants
    from eventops.application.rooming import put_wish, wish_of
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.hosting.rooms import LodgingWish

    with shell.changing("lodging wish", dry_run=dry_run) as change:
        people = load_participants(shell.documents)
        found = person_called(person, people)
        named = [person_called(one, people).id for one in mates]
        kept_apart = [person_called(one, people).id for one in apart]
        if found.id in (*named, *kept_apart):
            raise NotUsable("{person} cannot share or not share a room with themselves", person=found.id)
        if set(named) & set(kept_apart):
            raise NotUsable("{person} is named with --with and with --not-with; choose one", person=named[0])
        before = LodgingWish(participant_id=found.id) if clear else wish_of(change, found.id)
        made = msgspec.structs.replace(
            before,
            mates=tuple(dict.fromkeys(one for one in (*before.mates, *named) if one not in kept_apart)),
            apart=tuple(dict.fromkeys(one for one in (*before.apart, *kept_apart) if one not in named)),
            family=before.family if family is None else " ".join(family.split()),
            single=before.single if single is None else single,
            accessible=before.accessible if accessible is None else accessible,
        )
        put_wish(change, made)
        after = _plan_now(shell)
    lines = [_changed(shell, dry_run, Text("{person}: the wish is kept."), person=found.id)]
    shell.show({**msgspec.to_builtins(made), "dry_run": dry_run}, [*lines, *_said(shell, after, found.id)])


@lodging.command("place")
@click.argument("person")
@click.argument("room")
@click.option("--night", type=DAY, help="For this night only.")
@DRY_RUN
@pass_shell
def place(shell: Shell, person: str, room: str, night: datetime | None, dry_run: bool) -> None:
    """Put PERSON into ROOM (as `lodging rooms --free` names them) by hand; the plan keeps it."""
    from eventops.application.facts import load_participants
    from eventops.application.rooming import put_placement, require_placed
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.hosting.rooms import RoomPlacement

    with shell.changing("lodging place", dry_run=dry_run) as change:
        found = person_called(person, load_participants(shell.documents))
        _require_room(shell, room)
        made = RoomPlacement(participant_id=found.id, room=room, night=night.date() if night else None)
        before = shell.plan
        put_placement(change, made)
        after = _plan_now(shell)
        require_placed(before, after, made)
    lines = [_changed(shell, dry_run, Text("{person} sleeps in {room}."), person=found.id, room=room)]
    view = {"participant": found.id, "room": room, "night": str(made.night) if made.night else None, "dry_run": dry_run}
    shell.show(view, [*lines, *_said(shell, after, found.id)])


@lodging.command("release")
@click.argument("person")
@click.option("--anew", is_flag=True, help="Also let go of the room the last list gave them.")
@DRY_RUN
@pass_shell
def release(shell: Shell, person: str, anew: bool, dry_run: bool) -> None:
    """Take the room given to PERSON by hand away, so that the plan chooses again."""
    from eventops.application.facts import load_participants
    from eventops.application.rooming import put_placement, remove_placements
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.hosting.rooms import RoomPlacement

    with shell.changing("lodging release", dry_run=dry_run) as change:
        found = person_called(person, load_participants(shell.documents))
        count = remove_placements(change, found.id)
        if not count and not anew:
            raise NotUsable(
                "{person} was not placed by hand; --anew lets go of the room of the last list", person=found.id
            )
        if anew:
            put_placement(change, RoomPlacement(participant_id=found.id, room=""))
        after = _plan_now(shell)
    lines = [_changed(shell, dry_run, Text("The plan chooses the room of {person} again."), person=found.id)]
    shell.show(
        {"participant": found.id, "released": count, "dry_run": dry_run}, [*lines, *_said(shell, after, found.id)]
    )


@lodging.command("sent")
@DRY_RUN
@pass_shell
def sent(shell: Shell, dry_run: bool) -> None:
    """Keep the rooms as they are now as the list the hotel has: later ones mark what changed since."""
    from eventops.application.rooming import put_list

    with shell.changing("lodging sent", dry_run=dry_run) as change:
        plan = shell.plan
        if not plan.rooming.beds:
            raise NotUsable("Nobody has a bed, so there is no list to send")
        people = [one.participant for one in plan.candidates]
        made = put_list(change, "sent", shell.stamp("lodging sent"), plan.rooming.beds, people)
    said = Text("List {id} is kept as sent: {people} people in {rooms} rooms.")
    counts = _counts(made)
    shell.show(
        {"id": made.id, "how": made.how, **counts, "dry_run": dry_run},
        [_changed(shell, dry_run, said, id=made.id, **counts)],
    )


@lodging.command("lists")
@pass_shell
def lists(shell: Shell) -> None:
    """The lists that were sent to the hotel or accepted from the solver, oldest first."""
    from eventops.application.records import load_records

    hows = {"sent": Text("sent"), "solved": Text("solved")}
    rows, view = [], []
    for one in load_records(shell.documents).rooming_lists:
        counts = _counts(one)
        rows.append((one.id, f"{one.at:%Y-%m-%d %H:%M}", shell.say(hows[one.how]), counts["people"], counts["rooms"]))
        view.append({"id": one.id, "how": one.how, "at": one.at, **counts, "seed": one.seed, "gap": one.gap})
    words = ("List", "When", "How", "People", "Rooms")
    shell.show(view, table_lines([shell.say(word) for word in words], rows))


@lodging.command("solve")
@solver_options(limit=200, seconds=60.0)
@click.option("--anew", is_flag=True, help="Do not keep the rooms of the last list (what was placed by hand stays).")
@DRY_RUN
@pass_shell
def solve(shell: Shell, seed: int, limit: int, seconds: float, anew: bool, dry_run: bool) -> None:
    """Look for the cheapest rooms with a solver (pip install "eventops[solver]") and keep its answer."""
    from eventops.adapters.solver_rooms import solved
    from eventops.application.records import load_records
    from eventops.application.rooming import put_list
    from eventops.domain.hosting.rooming import beds_in, lodgers_of

    with shell.changing("lodging solve", dry_run=dry_run) as change:
        plan, records = shell.plan, load_records(shell.documents)
        lists = () if anew else records.rooming_lists
        lodgers = lodgers_of(
            plan.event, plan.candidates, plan.stays, records.lodging_wishes, records.room_placements, lists
        )
        if not lodgers.units:
            raise NotUsable("No hotel holds rooms yet; describe them under [[hotels]] in the event file")
        answer = solved(lodgers, seed=seed, limit=limit, seconds=seconds)
        people = [one.participant for one in plan.candidates]
        beds = beds_in(plan.event, lodgers, answer.rooms)
        stamp = shell.stamp("lodging solve")
        made = put_list(change, "solved", stamp, beds, people, seed=seed, limit=limit, gap=answer.gap)
    if answer.stopped_by_clock:
        shell.note("The clock stopped the solver before its limit: another computer may find another answer")
    price, plain, bound = (_money(shell, one) for one in (answer.score.price, answer.plain.price, answer.bound))
    said = Text(
        "List {id}: {price} for the rooms; the plain assignment costs {plain}, nothing can cost less than {bound} "
        "(gap {gap} %, seed {seed}, limit {limit} nodes); without a bed: {bedless}, moved: {moved}, "
        "wishes not met: {wishes}"
    )
    view = {
        "id": made.id,
        "price": answer.score.price,
        "plain": answer.plain.price,
        "bound": answer.bound,
        "gap": answer.gap,
        "seed": seed,
        "limit": limit,
        "bedless": answer.score.bedless,
        "moved": answer.score.moved,
        "wishes_unmet": answer.score.wishes,
        "stopped_by_clock": answer.stopped_by_clock,
        "dry_run": dry_run,
    }
    values = {**view, "gap": round(100 * answer.gap, 2), "wishes": answer.score.wishes}
    values |= {"price": price, "plain": plain, "bound": bound}
    shell.show(view, [_changed(shell, dry_run, said, **values)])


def _money(shell: Shell, least: int) -> str:
    from eventops.domain.money import Money, step_of

    return shell.wording.value(Money(least * step_of(shell.event.currency), shell.event.currency))


def _plan_now(shell: Shell) -> "Plan":
    """The plan with the change that is open."""
    from eventops.application.planning import load_plan

    return load_plan(shell.documents, shell.registry, shell.cache, shell.event_with_files)


def _require_room(shell: Shell, room: str) -> None:
    """Errors: NotUsable for a room no hotel of the event holds."""
    from difflib import get_close_matches

    from eventops.domain.hosting.rooming import lodgers_of

    units = [one.id for one in lodgers_of(shell.event, shell.plan.candidates, shell.plan.stays).units]
    if room not in units:
        near = ", ".join(get_close_matches(room, units, n=3)) or ", ".join(units[:3]) or "-"
        raise NotUsable("No hotel holds the room {room}; near it are {names}", room=room, names=near)


def _said(shell: Shell, plan: "Plan", person: str) -> list[str]:
    from eventops.domain.hosting.rooming_words import beds_said

    return ["  " + shell.say(one) for one in beds_said(plan.event, plan.rooming, person)]


def _changed(shell: Shell, dry_run: bool, sentence: Text, /, **values: object) -> str:
    said = shell.say(sentence, **values)
    return shell.say("{sentence} (Only tried: nothing was changed.)", sentence=said) if dry_run else said


def _counts(made: "RoomingList") -> dict[str, int]:
    return {"people": len({one.participant_id for one in made.beds}), "rooms": len({one.room for one in made.beds})}
