"""plan, why, whatif, override, todo."""

from collections.abc import Iterable
from datetime import date, datetime

import click

from eventops.cli.shell import Command, Nouns, Shell, pass_shell
from eventops.domain.plan import Plan
from eventops.domain.rules import Candidate, Decision, Outcome, Ruling
from eventops.domain.texts import LANGUAGES
from eventops.errors import NotUsable


@click.command(cls=Command)
@click.option("--strict", is_flag=True, help="Exit with 4 when something needs a person.")
@pass_shell
def plan(shell: Shell, strict: bool) -> None:
    """Decide and plan everything from the facts and the rules; nothing is stored."""
    from eventops.application.views import plan_view
    from eventops.cli.summary import summary_lines
    from eventops.domain.findings import Severity

    made = shell.plan
    if shell.json:
        shell.show(plan_view(made, shell.wording), ())
    else:
        shell.show(None, summary_lines(made, shell.wording))
    if strict and any(one.severity is not Severity.INFORMATION for one in made.findings):
        raise click.exceptions.Exit(4)


def candidate_called(shell: Shell, person: str) -> Candidate:
    """The candidate a person's words mean. Errors: NotUsable."""
    from eventops.domain.lookup import person_called

    found = person_called(person, [one.participant for one in shell.plan.candidates])
    return next(one for one in shell.plan.candidates if one.participant.id == found.id)


@click.command(cls=Command)
@click.argument("person")
@pass_shell
def why(shell: Shell, person: str) -> None:
    """Explain every decision about PERSON (an id, an e-mail, a phone, or part of a name)."""
    from eventops.application.views import why_view

    candidate = candidate_called(shell, person)
    if shell.json:
        wordings = {language: shell.wording_in(language) for language in LANGUAGES}
        shell.show(why_view(shell.plan, candidate, wordings, shell.wording), ())
        return
    shell.show(None, why_lines(shell, candidate))


def why_lines(shell: Shell, candidate: Candidate) -> Iterable[str]:
    """The explanation, line by line."""
    wording, person = shell.wording, candidate.participant
    yield click.style(f"{person.name}  ({person.id})", bold=True)
    if candidate.place is None:
        yield shell.say("From “{town}”: not settled", town=person.town)
    else:
        yield shell.say(
            "From “{town}”: {place}, {region}; {distance_km} km in a straight line, about {road_km} km by road "
            "and {minutes} minutes (estimates)",
            town=person.town,
            place=candidate.place.name,
            region=candidate.place.region or candidate.place.country,
            distance_km=round(candidate.distance_km or 0, 1),
            road_km=round(candidate.road_km or 0),
            minutes=candidate.travel_minutes,
        )
    for decision in shell.plan.decisions:
        if decision.participant_id != person.id:
            continue
        yield ""
        yield _decision_line(shell, decision)
        for ruling in decision.rulings:
            yield _ruling_line(shell, ruling)
        for line in decision.lines:
            yield "    " + shell.say(
                "{label}: {quantity} × {unit_price} = {amount}",
                label=wording.say(line.label, line.values),
                quantity=line.quantity,
                unit_price=line.unit_price,
                amount=line.amount,
            )


def _decision_line(shell: Shell, decision: Decision) -> str:
    from eventops.domain.labels import label_of

    title = next(one.title for one in shell.plan.benefits if one.name == decision.benefit)
    colour = {Outcome.GRANTED: "green", Outcome.EXCLUDED: "red", Outcome.REFERRED: "yellow"}.get(decision.outcome)
    outcome = click.style(shell.say(label_of(decision.outcome)), fg=colour, bold=True)
    line = f"{shell.say(title)}: {outcome}"
    if decision.amount is not None:
        line += f", {shell.wording.value(decision.amount)}"
    if decision.grant is not None and decision.grant.payer:
        line += f" ({decision.grant.payer})"
    return line


def _ruling_line(shell: Shell, ruling: Ruling) -> str:
    marks = {"grants": "+", "excludes": "−", "refers": "?", "does_not_apply": "·"}
    origin = f"{ruling.plugin} {ruling.version}".strip()
    reason = shell.say(ruling.verdict.reason, **ruling.verdict.values)
    return f"  {marks[ruling.verdict.effect.value]} {ruling.rule} [{origin}]: {reason}"


@click.command(cls=Command)
@click.option(
    "--set",
    "assignments",
    multiple=True,
    required=True,
    metavar="NAME=VALUE",
    help="A setting, seats, or a value of a criterion (CRITERION.distance_km=80); may be repeated.",
)
@pass_shell
def whatif(shell: Shell, assignments: tuple[str, ...]) -> None:
    """Who would enter, who would leave and what it would cost; nothing is changed."""
    from eventops.application.planning import load_plan
    from eventops.application.views import difference_view
    from eventops.application.whatif import changed_event
    from eventops.domain.differences import differences

    event = changed_event(shell.event_with_files, shell.registry, assignments)
    found = differences(shell.plan, load_plan(shell.store, shell.registry, shell.cache, event))
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
                f"  {mark} {person.participant_id} {person.name}: "
                f"{_outcome_word(shell, person.before)} → {_outcome_word(shell, person.after)}"
                for person in people
            )
    view = {"set": list(assignments), "benefits": {one.benefit: difference_view(one) for one in found}}
    shell.show(view, lines)


def _outcome_word(shell: Shell, value: str) -> str:
    from eventops.domain.labels import label_of

    return shell.say(label_of(Outcome(value))) if value else "-"


@click.group(cls=Nouns)
def override() -> None:
    """Decide one benefit of one person by hand, with a reason."""


@override.command("add")
@click.argument("person")
@click.argument("benefit")
@click.argument("outcome", type=click.Choice(["granted", "excluded", "referred"]))
@click.option("--reason", required=True, help="Why; it is shown beside the rules it contradicts.")
@click.option("--by", help="Who decided; the user of this computer when not given.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day it holds.")
@click.option("--payer", default="", help="The sponsor or association that pays.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def add_override(
    shell: Shell,
    person: str,
    benefit: str,
    outcome: str,
    reason: str,
    by: str | None,
    until: datetime | None,
    payer: str,
    dry_run: bool,
) -> None:
    """Decide BENEFIT of PERSON: granted, excluded or referred."""
    from eventops.application.facts import load_overrides, put_override
    from eventops.application.planning import load_plan
    from eventops.domain.rules import Override

    candidate = candidate_called(shell, person)
    before = decision_called(shell.plan, candidate, benefit)
    if not reason.strip():
        raise NotUsable("An override needs a reason; write it behind --reason")
    _known_payer(shell, payer)
    stamp = shell.stamp("override add")
    made = Override(
        participant_id=candidate.participant.id,
        benefit=benefit,
        outcome=Outcome(outcome),
        reason=reason.strip(),
        by=by or stamp.actor,
        on=stamp.at.date(),
        until=until.date() if until else None,
        payer=payer,
    )
    overrides = [*load_overrides(shell.store), made]
    after = load_plan(shell.store, shell.registry, shell.cache, shell.event_with_files, overrides)
    if not dry_run:
        with shell.store.change(stamp, wait_seconds=shell.wait_seconds) as change:
            put_override(change, made)
    decision = after.decision(candidate.participant.id, benefit)
    sentence = "{person}, {benefit}: {before} → {after}"
    if dry_run:
        sentence = "{person}, {benefit}: would be {before} → {after}; nothing was changed"
    shell.show(
        {
            "participant": candidate.participant.id,
            "benefit": benefit,
            "before": before.outcome.value,
            "after": decision.outcome.value,
            "dry_run": dry_run,
        },
        [
            shell.say(
                sentence,
                person=candidate.participant.id,
                benefit=benefit,
                before=_outcome_word(shell, before.outcome.value),
                after=_outcome_word(shell, decision.outcome.value),
            )
        ],
    )


def _known_payer(shell: Shell, payer: str) -> None:
    """Errors: NotUsable for a payer the event does not know."""
    known = [*(one.id for one in shell.event.sponsors), *(one.id for one in shell.event.associations)]
    if payer and payer not in known:
        raise NotUsable("There is no payer {payer}; there are {names}", payer=payer, names=", ".join(known) or "-")


def decision_called(plan: Plan, candidate: Candidate, benefit: str) -> Decision:
    """The decision of a benefit by its name. Errors: NotUsable."""
    try:
        return plan.decision(candidate.participant.id, benefit)
    except KeyError as error:
        names = ", ".join(one.name for one in plan.benefits)
        raise NotUsable("There is no benefit {benefit}; there are {names}", benefit=benefit, names=names) from error


@override.command("list")
@pass_shell
def list_overrides(shell: Shell) -> None:
    """Every decision made by hand, beside what the rules say."""
    import msgspec

    from eventops.application.facts import load_overrides
    from eventops.cli.render import table_lines

    overrides = load_overrides(shell.store)
    headings = [shell.say(one) for one in ("Person", "Benefit", "Decision", "Reason", "By", "On", "Until")]
    rows = [
        (
            one.participant_id,
            one.benefit,
            _outcome_word(shell, one.outcome.value),
            one.reason,
            one.by,
            one.on,
            one.until or "",
        )
        for one in overrides
    ]
    shell.show([msgspec.to_builtins(one) for one in overrides], table_lines(headings, rows))


@override.command("remove")
@click.argument("person")
@click.argument("benefit")
@pass_shell
def remove_override(shell: Shell, person: str, benefit: str) -> None:
    """Take a decision made by hand away, so that the rules decide again."""
    candidate = candidate_called(shell, person)
    key = f"{candidate.participant.id}:{benefit}"
    with shell.store.change(shell.stamp("override remove"), wait_seconds=shell.wait_seconds) as change:
        try:
            change.remove("override", key)
        except KeyError as error:
            raise NotUsable(
                "No override decides {benefit} of {person}; see eventops override list",
                benefit=benefit,
                person=candidate.participant.id,
            ) from error
    shell.show(
        {"removed": key},
        [shell.say("The rules decide {benefit} of {person} again.", benefit=benefit, person=candidate.participant.id)],
    )


@click.command(cls=Command)
@pass_shell
def todo(shell: Shell) -> None:
    """What to look at next, and the command that settles each."""
    from eventops.application.todo import open_tasks
    from eventops.cli.render import table_lines

    tasks = open_tasks(shell.plan)
    headings = [shell.say(one) for one in ("What", "Settle it with")]
    rows = [(shell.say(task.message, **task.values), task.command) for task in tasks]
    view = [
        {"code": task.code, "message": shell.say(task.message, **task.values), "command": task.command}
        for task in tasks
    ]
    shell.show(view, table_lines(headings, rows) if rows else [shell.say("Nothing is open.")])


def today() -> date:
    """The day on this computer."""
    return datetime.now().astimezone().date()
