"""whatif: who enters and who leaves when a limit changes, and the cost."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.cli.why import outcome_word
from eventops.domain.texts import Text
from eventops.errors import WrongUsage

if TYPE_CHECKING:
    from eventops.application.scenarios import Compared, SponsorCost


@click.command(cls=Command)
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting, seats, a value of a criterion (CRITERION.distance_km=80), budget.LINE, a tariff, a hotel's price; "
    "may be repeated.",
)
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="NAME: A=B, C=D",
    help="Values that change together, under a name; with several, a table of them.",
)
@pass_shell
def whatif(shell: Shell, assignments: tuple[str, ...], scenarios: tuple[str, ...]) -> None:
    """Who would enter, who would leave and what it would cost; nothing is changed."""
    if bool(assignments) == bool(scenarios):
        raise WrongUsage("Give values with --set, or scenarios with --scenario")
    if scenarios:
        _show_scenarios(shell, scenarios)
    else:
        _show_change(shell, assignments)


def _show_change(shell: Shell, assignments: tuple[str, ...]) -> None:
    from eventops.application.planning import load_plan
    from eventops.application.seats import moves
    from eventops.application.views import difference_view, finding_view
    from eventops.application.whatif import changed_event, new_findings
    from eventops.cli.plan import funding_lines
    from eventops.cli.seat import seat_said
    from eventops.domain.differences import differences
    from eventops.domain.reporting.labels import label_of

    event = changed_event(shell.event_with_files, shell.registry, assignments)
    after = load_plan(shell.documents, shell.registry, shell.cache, event)
    found = differences(shell.plan, after)
    findings = new_findings(shell.plan, after)
    lines: list[str] = []
    for one in found:
        title = next(benefit.title for benefit in shell.plan.benefits if benefit.name == one.benefit)
        lines.append(
            shell.say(
                "{benefit}: {enters} enter, {leaves} leave, cost {before} → {after} ({difference})",
                benefit=title,
                enters=len(one.enters),
                leaves=len(one.leaves),
                before=one.cost_before,
                after=one.cost_after,
                difference=("+" if one.cost_difference.amount > 0 else "") + shell.wording.value(one.cost_difference),
            )
        )
        for mark, people in (("+", one.enters), ("-", one.leaves), ("~", one.changes)):
            lines.extend(
                f"  {mark} "
                + shell.titled(
                    f"{person.participant_id} {person.name}",
                    f"{outcome_word(shell, person.before)} → {outcome_word(shell, person.after)}",
                )
                for person in people
            )
    moved = moves(shell.plan, after, ())
    if moved:
        lines.append(shell.say("Seats: {count} people", count=len(moved)))
        lines.extend(
            "  ~ "
            + shell.titled(
                f"{one.participant_id} {one.name}",
                f"{shell.say(label_of(one.before)) if one.before else '-'} → {seat_said(shell, one.after)}",
            )
            for one in moved
        )
    if after.funding:
        lines += ["", *funding_lines(shell, after)]
    view = {
        "set": list(assignments),
        "seats": [
            {
                "participant": one.participant_id,
                "before": one.before.value if one.before else None,
                "after": one.after.seat.value,
            }
            for one in moved
        ],
        "benefits": {one.benefit: difference_view(one) for one in found},
        "findings": [finding_view(one, shell.wording) for one in findings],
    }
    shell.show(view, lines)
    if not shell.json:
        shell.note_findings(findings)


def _show_scenarios(shell: Shell, texts: tuple[str, ...]) -> None:
    from eventops.application.planning import load_plan
    from eventops.application.scenarios import compared, scenarios_of
    from eventops.application.settled_views import compared_view
    from eventops.application.whatif import changed_event

    found = []
    for one in scenarios_of(texts):
        event = changed_event(shell.event_with_files, shell.registry, one.assignments)
        found.append(compared(one, shell.plan, load_plan(shell.documents, shell.registry, shell.cache, event)))
    shell.show([compared_view(one) for one in found], _table(shell, found))


def _table(shell: Shell, found: "Sequence[Compared]") -> Iterator[str]:
    """A line for each scenario: people in and out, seats, what each sponsor pays; then by gender and region; then whose
    seat moves."""
    from eventops.application.scenarios import seat_count
    from eventops.domain.reporting.labels import GENDER_LABELS, labelled
    from eventops.domain.reporting.titles import region_titles

    sponsors = [one.sponsor for one in found[0].costs]
    names = {one.id: shell.say(one.name) for one in shell.event.sponsors}
    names |= {one.id: shell.say(one.name) for one in shell.event.associations}
    regions = region_titles(shell.plan)
    headings = [shell.say(one) for one in ("Scenario", "In", "Out", "Seats", "Waiting", "Eligible, not funded")]
    headings += [names.get(one, one or shell.say("nobody")) for one in sponsors]
    seats = seat_count(shell.plan)
    now = [shell.say("as it is"), "", "", seats.confirmed, seats.waiting, _not_funded(shell)]
    rows = [[*now, *(shell.wording.value(one.before) for one in found[0].costs)]]
    for one in found:
        costs = {cost.sponsor: cost for cost in one.costs}
        rows.append(
            [
                one.scenario.name,
                f"+{len(one.people_in)}",
                f"-{len(one.people_out)}",
                _moved(one.seats.confirmed, len(one.seats_in), len(one.seats_out)),
                one.seats.waiting,
                one.not_funded,
                *(_cost(shell, costs[sponsor]) if sponsor in costs else "-" for sponsor in sponsors),
            ]
        )
    yield from table_lines(headings, rows)
    yield ""
    by_group = [
        (
            one.scenario.name,
            shell.say(title),
            f"+{coming.get(key, 0)}",
            f"-{going.get(key, 0)}",
        )
        for one in found
        for coming, going, titles in (
            (one.gender_in, one.gender_out, GENDER_LABELS),
            (one.region_in, one.region_out, regions),
        )
        for key in sorted({**coming, **going})
        for title in (labelled(titles, key),)
    ]
    yield from table_lines([shell.say(one) for one in ("Scenario", "Who", "In", "Out")], by_group)
    for one in found:
        for sentence, people in (
            (Text("{scenario}: get a seat: {people}"), one.seats_in),
            (Text("{scenario}: lose their seat: {people}"), one.seats_out),
        ):
            if people:
                yield shell.say(sentence, scenario=one.scenario.name, people=", ".join(people))


def _moved(seats: int, coming: int, going: int) -> str:
    """How many have a seat, and how many of them are others."""
    return f"{seats} (+{coming} -{going})" if coming or going else str(seats)


def _not_funded(shell: Shell) -> int:
    return sum(not one.reached for one in shell.plan.funding)


def _cost(shell: Shell, cost: "SponsorCost") -> str:
    from eventops.domain.money import Money

    if cost.before == cost.after:
        return shell.wording.value(cost.after)
    difference = Money(cost.after.amount - cost.before.amount, cost.after.currency)
    plus = "+" if difference.amount > 0 else ""
    return f"{shell.wording.value(cost.after)} ({plus}{shell.wording.value(difference)})"
