"""plan: decide and plan everything. plan diff: against what was approved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.keeping.approvals import ApprovedPlan
    from eventops.domain.keeping.comparing import ChangedPerson, PlanDifference
    from eventops.domain.plan import Plan


@click.group(cls=Nouns, invoke_without_command=True)
@click.option("--strict", is_flag=True, help="Exit with 4 when something needs a person.")
@click.pass_context
def plan(ctx: click.Context, strict: bool) -> None:
    """Decide and plan everything from the facts and the rules; nothing is stored."""
    if ctx.invoked_subcommand is None:
        _plan(ctx.ensure_object(Shell), strict)


def _plan(shell: Shell, strict: bool) -> None:
    from eventops.application.views import plan_view
    from eventops.cli.place import venue_town
    from eventops.cli.summary import summary_lines
    from eventops.domain.findings import Severity

    made = shell.plan
    if shell.json:
        shell.show(plan_view(made, shell.wording), ())
    else:
        shell.show(None, summary_lines(made, shell.wording, venue_town(shell)))
    if strict and any(one.severity is not Severity.INFORMATION for one in made.findings):
        raise click.exceptions.Exit(4)


@plan.command("funding")
@pass_shell
def funding(shell: Shell) -> None:
    """Under every ceiling that binds: who comes first, whom the money reaches, and what the others lack."""
    from eventops.application.views import funding_view

    lines = list(funding_lines(shell, shell.plan))
    empty = [shell.say("The money reaches everybody.")]
    shell.show([funding_view(one) for one in shell.plan.funding], lines or empty)


def funding_lines(shell: Shell, plan: "Plan") -> Iterator[str]:
    """A table of those who compete for money that does not reach everybody."""
    from eventops.domain.reporting.labels import OUTCOME_LABELS

    if not plan.funding:
        return
    names = {one.participant.id: one.participant.name for one in plan.candidates}
    titles = {one.name: shell.say(one.title) for one in plan.benefits}
    headings = [shell.say(one) for one in ("No.", "Person", "Benefit", "Decision", "Why there", "Lacking")]
    rows = [
        (
            one.position,
            f"{one.participant_id} {names[one.participant_id]}",
            titles.get(one.benefit, one.benefit),
            shell.say(OUTCOME_LABELS["granted" if one.reached else "not_funded"]),
            shell.say(one.reason, **one.values),
            "" if one.needed is None else shell.wording.value(one.needed),
        )
        for one in plan.funding
    ]
    yield from table_lines(headings, rows)


@plan.command("diff")
@click.argument("numbers", nargs=-1, type=int, metavar="[N [M]]")
@click.option("--strict", is_flag=True, help="Exit with 4 when something is not the same.")
@pass_shell
def diff(shell: Shell, numbers: tuple[int, ...], strict: bool) -> None:
    """Who comes in and who goes out, and what it costs, since approval N (the newest when not given); between
    approvals N and M with both."""
    from eventops.application.approving import load_approvals, plan_to_approve
    from eventops.application.settled_views import plan_difference_view
    from eventops.domain.keeping.comparing import plan_difference

    if len(numbers) > 2:
        raise NotUsable("Give one approval to compare the plan with, or two to compare them with each other")
    if not numbers:
        approvals = load_approvals(shell.documents)
        if not approvals:
            raise NotUsable(
                "Nothing was approved yet, so there is nothing to compare with; see eventops approve --help"
            )
        numbers = (approvals[-1].number,)
    first = _approved(shell, numbers[0])
    second = _approved(shell, numbers[1]) if len(numbers) > 1 else plan_to_approve(shell.plan)
    benefits = [one.name for one in shell.plan.benefits]
    found = plan_difference(first, second, benefits, shell.event.currency)
    view = {"from": numbers[0], "to": numbers[1] if len(numbers) > 1 else None, **plan_difference_view(found)}
    shell.show(view, _difference_lines(shell, found, numbers))
    if strict and not found.nothing:
        raise click.exceptions.Exit(4)


def _approved(shell: Shell, number: int) -> "ApprovedPlan":
    from eventops.application.approving import approval_numbered, load_approved_people
    from eventops.domain.keeping.approvals import ApprovedPlan

    approval = approval_numbered(shell.documents, number)
    return ApprovedPlan(people=load_approved_people(shell.documents, number), lines=approval.lines)


def _difference_lines(shell: Shell, found: "PlanDifference", numbers: Sequence[int]) -> Iterator[str]:
    """The difference as a person reads it: people by benefit, then money by line."""
    if len(numbers) > 1:
        yield shell.say("From approval {first} to approval {second}:", first=numbers[0], second=numbers[1])
    else:
        yield shell.say("Since approval {first}:", first=numbers[0])
    if found.nothing:
        yield shell.say("Nothing is different.")
        return
    titles = {one.name: shell.say(one.title) for one in shell.plan.benefits}
    names = _names(shell)
    for one in found.benefits:
        if not (one.enters or one.leaves or one.amounts or one.others):
            continue
        yield shell.say(
            "{benefit}: {enters} in, {leaves} out, {amounts} with another amount, {others} other changes",
            benefit=titles.get(one.benefit, one.benefit),
            enters=len(one.enters),
            leaves=len(one.leaves),
            amounts=len(one.amounts),
            others=len(one.others),
        )
        for mark, people in (("+", one.enters), ("-", one.leaves), ("±", one.amounts), ("~", one.others)):
            for person in people:
                yield f"  {mark} " + _person_line(shell, person, names, now=len(numbers) == 1)
    for text, ids in (
        (Text("In a seat now: {people}"), found.seats_in),
        (Text("Without a seat now: {people}"), found.seats_out),
    ):
        if ids:
            yield shell.say(text, people=", ".join(f"{id} {names.get(id, '')}".strip() for id in ids))
    yield ""
    yield from _money_table(shell, found, titles)


def _names(shell: Shell) -> dict[str, str]:
    """The names of everybody, withdrawn people too: an approval holds ids only."""
    from eventops.application.facts import load_participants

    return {one.id: one.name for one in load_participants(shell.documents)}


def _person_line(shell: Shell, person: "ChangedPerson", names: Mapping[str, str], *, now: bool) -> str:
    from eventops.cli.why import outcome_word

    who = f"{person.participant_id} {names.get(person.participant_id, '')}".strip()
    told = f"{outcome_word(shell, person.before)} → {outcome_word(shell, person.after)}"
    if person.before == person.after:
        told = " → ".join(
            shell.wording.value(one) if one is not None else "-" for one in (person.amount_before, person.amount_after)
        )
    reason = _reason(shell, person) if now else ", ".join(person.rules_after)
    return shell.titled(who, told) + (f" ({reason})" if reason else "")


def _reason(shell: Shell, person: "ChangedPerson") -> str:
    """Why it is decided so now, in words; nothing for who takes no part any more."""
    from eventops.cli.cover import deciding_reason

    for decision in shell.plan.decisions:
        if (decision.participant_id, decision.benefit) == (person.participant_id, person.benefit):
            return deciding_reason(shell, decision)
    return ""


def _money_table(shell: Shell, found: "PlanDifference", titles: Mapping[str, str]) -> Iterator[str]:
    headings = [
        shell.say(one) for one in ("Budget line", "Sponsor", "Benefit", "Before", "Now", "Difference", "Ceiling")
    ]
    rows = []
    for one in found.lines:
        plus = "+" if one.difference.amount > 0 else ""
        rows.append(
            (
                one.line_id or "-",
                one.sponsor or "-",
                titles.get(one.benefit, one.benefit),
                shell.wording.value(one.before) if one.before is not None else "-",
                shell.wording.value(one.after) if one.after is not None else "-",
                plus + shell.wording.value(one.difference),
                _ceilings(shell, one.ceiling_before, one.ceiling_after),
            )
        )
    yield from table_lines(headings, rows)


def _ceilings(shell: Shell, before: object, after: object) -> str:
    said = [shell.wording.value(one) if one is not None else "-" for one in (before, after)]
    return said[0] if before == after else " → ".join(said)
