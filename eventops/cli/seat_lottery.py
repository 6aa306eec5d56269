"""seat lottery draw, list, show, verify: lots for seats, everybody's chance, and drawing again to check."""

from typing import TYPE_CHECKING, Any

import click

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NeedsPerson, NotUsable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventops.application.lottery import Algorithm, Checked
    from eventops.domain.deciding.seat_records import Draw


LARGEST_SEED = 2**63 - 1  # the largest whole number that every store keeps


@click.group(cls=Nouns)
def lottery() -> None:
    """Draw lots for seats, under the quotas of the event; see who had which chance; check a draw."""


@lottery.command("draw")
@click.option(
    "--seed", type=click.IntRange(1, LARGEST_SEED), required=True, help="A number agreed on in public before the draw."
)
@click.option(
    "--algorithm",
    type=click.Choice(("leximin", "maximin", "nash", "simple")),
    help="How chances are made as equal as the quotas allow; leximin where the solver is installed, else simple.",
)
@click.option("--again", default="", metavar="REASON", help="Why lots are drawn though a draw is kept already.")
@click.option("--dry-run", is_flag=True, help="Show what would be drawn; keep nothing.")
@pass_shell
def draw_lots(shell: Shell, seed: int, algorithm: str | None, again: str, dry_run: bool) -> None:
    """Draw lots for all free seats among those who wait, and keep the draw.

    A second draw needs a reason: the first stays on record, and the last one counts.
    """
    from eventops.adapters.seat_solver import nearest_quotas
    from eventops.application.lottery import drawn, put_draw
    from eventops.application.records import load_records
    from eventops.domain.deciding.seat_lottery import pool_of

    name = algorithm or ("leximin" if _solver_installed() else "simple")
    with shell.changing("seat lottery draw", dry_run=dry_run) as change:
        if shell.event.seating.order != "lottery":
            raise NotUsable(
                'This event gives seats by {order}; write order = "lottery" under [seating] to draw lots',
                order=shell.event.seating.order,
            )
        records = load_records(shell.documents)
        _require_reason(records.draws, again)
        stamp = shell.stamp("seat lottery draw")
        pool = pool_of(shell.event, shell.plan.candidates, records, stamp.at.date())
        made = drawn(
            pool,
            _algorithm(name),
            nearest_quotas if _solver_installed() else None,
            number=max((one.number for one in records.draws), default=0) + 1,
            seed=seed,
            algorithm=name,
            on=stamp.at.date(),
            by=stamp.actor,
            again=again.strip() if records.draws else "",
        )
        put_draw(change, made)
    if dry_run:
        shell.note("This is a trial: nothing was kept.")
    shell.show({**draw_view(made), "dry_run": dry_run}, _draw_lines(shell, made))


def _require_reason(draws: "Sequence[Draw]", again: str) -> None:
    """Errors: NotUsable for a second draw without a reason: whoever may draw until it pleases chooses the people."""
    if draws and not again.strip():
        raise NotUsable(
            "Lots were drawn already: draw {number} on {on} with seed {seed}; a new draw would count instead of it, so "
            "it needs a reason: --again REASON",
            number=draws[-1].number,
            on=draws[-1].on,
            seed=str(draws[-1].seed),
        )


def _solver_installed() -> bool:
    from importlib.util import find_spec

    return find_spec("highspy") is not None


def _algorithm(name: str) -> "Algorithm":
    from eventops.adapters.seat_solver import leximin_lots
    from eventops.adapters.sortition import sortition_lots
    from eventops.application.lottery import algorithm_called

    if name == "leximin":
        return leximin_lots
    if name in ("maximin", "nash"):
        return lambda pool, seed: sortition_lots(pool, seed, name)
    return algorithm_called(name)


def draw_view(draw: "Draw") -> dict[str, Any]:
    """A draw, every key present."""
    return {
        "number": draw.number,
        "seed": draw.seed,
        "algorithm": draw.algorithm,
        "program": draw.program,
        "places": draw.places,
        "pool": len(draw.pool),
        "pool_hash": draw.pool_hash,
        "quotas": [
            {"id": one.id, "at_least": one.at_least, "at_most": one.at_most, "pool": one.pool, "selected": one.selected}
            for one in draw.quotas
        ],
        "selected": list(draw.selected),
        "reserves": list(draw.reserves),
        "probabilities": draw.probabilities,
        "estimated_by": draw.estimated_by or None,
        "again": draw.again,
        "on": draw.on,
        "by": draw.by,
    }


def _draw_lines(shell: Shell, draw: "Draw") -> list[str]:
    chances = sorted(draw.probabilities.values())
    lines = [
        shell.say(
            Text("Draw {number}: {selected} of {pool} people drawn by {algorithm}, seed {seed} ({program})"),
            number=draw.number,
            selected=len(draw.selected),
            pool=len(draw.pool),
            algorithm=draw.algorithm,
            seed=str(draw.seed),
            program=draw.program,
        )
    ]
    if chances:
        sentence = Text("The chance of each was between {least} and {most} per cent, computed exactly")
        if draw.estimated_by:
            sentence = Text(
                "The chance of each was between about {least} and {most} per cent, estimated by {draws} draws "
                "(give or take {error})"
            )
        lines.append(
            shell.say(
                sentence,
                least=round(chances[0] * 100, 1),
                most=round(chances[-1] * 100, 1),
                draws=draw.estimated_by,
                error=round(100 / draw.estimated_by**0.5, 1) if draw.estimated_by else 0,
            )
        )
    if draw.again:
        lines.append(shell.titled(shell.say("Drawn again, because"), draw.again))
    lines.append(shell.titled(shell.say("Drawn"), ", ".join(draw.selected)))
    if draw.quotas:
        words = ("Quota", "At least", "At most", "In the pool", "Drawn")
        rows = [(one.id, one.at_least, one.at_most, one.pool, one.selected) for one in draw.quotas]
        lines += ["", *table_lines([shell.say(one) for one in words], rows)]
    return lines


@lottery.command("list")
@pass_shell
def list_draws(shell: Shell) -> None:
    """Every draw that is kept; the last one counts."""
    from eventops.application.records import load_records

    draws = sorted(load_records(shell.documents).draws, key=lambda one: one.number)
    words = ("Draw", "On", "By", "Algorithm", "Seed", "Drawn", "Pool", "Drawn again, because")
    rows = [
        (one.number, one.on, one.by, one.algorithm, one.seed, len(one.selected), len(one.pool), one.again or "-")
        for one in draws
    ]
    shell.show([draw_view(one) for one in draws], table_lines([shell.say(one) for one in words], rows))


def _kept(shell: Shell, number: int | None) -> "Draw":
    """The draw of a number, the last one without. Errors: NotUsable."""
    from eventops.application.records import load_records

    draws = {one.number: one for one in load_records(shell.documents).draws}
    if not draws:
        raise NotUsable("No lots were drawn yet; see eventops seat lottery draw --help")
    wanted = number or max(draws)
    if wanted not in draws:
        names = ", ".join(map(str, sorted(draws)))
        raise NotUsable("There is no draw {number}; there are {names}", number=wanted, names=names)
    return draws[wanted]


@lottery.command("show")
@click.argument("number", type=int, required=False)
@pass_shell
def show_draw(shell: Shell, number: int | None) -> None:
    """Everybody in a draw (the last one when not given) with their chance and what came of it."""
    from eventops.domain.deciding.seat_records import numbers_of

    draw = _kept(shell, number)
    places = {id: shell.say("drawn") for id in draw.selected}
    places |= {id: shell.say("reserve {number}", number=n) for n, id in enumerate(draw.reserves, start=1)}
    numbers = numbers_of(draw.pool)
    rows = [
        (
            numbers[id],
            _named(shell, id),
            f"{draw.probabilities[id] * 100:.1f} %",
            ", ".join(draw.pool[id]) or "-",
            places.get(id, "-"),
        )
        for id in (*draw.selected, *draw.reserves)
        if id in draw.pool
    ]
    words = ("No.", "Id", "Chance", "Quotas", "Result")
    lines = [*_draw_lines(shell, draw), "", *table_lines([shell.say(one) for one in words], rows)]
    shell.show(draw_view(draw), lines)


def _doubt_lines(shell: Shell, found: "Checked") -> list[str]:
    """What drawing again cannot confirm."""
    if not found.left_behind:
        return [] if found.whole else [shell.say("The pool on record is not the one that was drawn: it was altered")]
    numbers = ", ".join(map(str, found.left_behind))
    lines = [
        shell.say(
            "{count} people of the draw were forgotten since; their numbers {numbers} stay on the list, with quotas, "
            "and were drawn again",
            count=len(found.left_behind),
            numbers=numbers,
        ),
        shell.say(
            "Not to be confirmed any more: whose these numbers were, and the hash of the list of ids; only a copy of "
            "seat lottery show --json made before can do that"
        ),
    ]
    if found.unexplained:
        lines.append(
            shell.say("The history knows only of fewer people who were forgotten, by {count}", count=found.unexplained)
        )
    return lines


def _named(shell: Shell, id: str) -> str:
    from eventops.domain.deciding.seat_records import is_left_behind

    return shell.say("(forgotten)") if is_left_behind(id) else id


@lottery.command("verify")
@click.argument("number", type=int, required=False)
@pass_shell
def verify_draw(shell: Shell, number: int | None) -> None:
    """Draw the lots of a draw again from what is on record, and say whether the same people come out.

    Numbers of people who were forgotten since are drawn again without knowing whose they were.
    """
    from eventops.application.facts import forgotten_ids
    from eventops.application.lottery import checked
    from eventops.application.records import load_records
    from eventops.domain.deciding.seat_lottery import changed_since, pool_of
    from eventops.domain.records import Records

    draw = _kept(shell, number)
    found = checked(draw, _algorithm(draw.algorithm), len(forgotten_ids(shell.reading)))
    records = load_records(shell.documents)
    before = Records(
        seat_answers=tuple(one for one in records.seat_answers if one.on < draw.on),
        invitations=records.invitations,
        delegates=records.delegates,
    )
    pool = pool_of(shell.event, shell.plan.candidates, before, draw.on)
    new, gone, changed = changed_since(draw, pool)
    view = {
        "draw": draw.number,
        "same": found.same,
        "pool_whole": None if found.left_behind else found.whole,
        "forgotten": list(found.left_behind),
        "program": draw.program,
        "program_now": found.again.program,
        "new_since": list(new),
        "gone_since": list(gone),
        "changed_since": list(changed),
    }
    sentence = Text("Draw {number} comes out the same again: {people} people, seed {seed}")
    if not found.same:
        sentence = Text("Draw {number} does not come out the same again: {people} people, seed {seed}")
    lines = [shell.say(sentence, number=draw.number, people=len(draw.selected), seed=str(draw.seed))]
    if draw.program != found.again.program:
        lines.append(
            shell.say("It was drawn by {before}; now there is {now}", before=draw.program, now=found.again.program)
        )
    lines += _doubt_lines(shell, found)
    for text, people in (
        (Text("Not in the draw, would be in one now: {people}"), new),
        (Text("In the draw, would not be in one now: {people}"), gone),
        (Text("Would count in other quotas now: {people}"), changed),
    ):
        if people:
            lines.append(shell.say(text, people=", ".join(people)))
    shell.show(view, lines)
    if not found.same:
        raise NeedsPerson("Draw {number} cannot be confirmed", number=draw.number)
