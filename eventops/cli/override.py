"""override add, list, remove: decisions by hand."""

from datetime import datetime

import click

from eventops.cli.days import DAY
from eventops.cli.nouns import Nouns
from eventops.cli.shell import Shell, pass_shell
from eventops.cli.why import candidate_called, outcome_word
from eventops.domain.plan import Plan
from eventops.domain.rules import Candidate, Decision, Outcome
from eventops.domain.texts import Text
from eventops.errors import NotUsable


@click.group(cls=Nouns)
def override() -> None:
    """Decide one benefit of one person by hand, with a reason."""


@override.command("add")
@click.argument("person")
@click.argument("benefit")
@click.argument("outcome", type=click.Choice(["granted", "excluded", "referred"]))
@click.option("--reason", required=True, help="Why; it is shown beside the rules it contradicts.")
@click.option("--by", help="Who decided; the user of this computer when not given.")
@click.option("--until", type=DAY, help="The last day it holds.")
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
    from eventops.application.facts import put_override
    from eventops.application.planning import load_plan
    from eventops.domain.event import first_day
    from eventops.domain.rules import Override

    if not reason.strip():
        raise NotUsable("An override needs a reason; write it behind --reason")
    with shell.changing("override add", dry_run=dry_run) as change:
        candidate = candidate_called(shell, person)
        before = decision_called(shell.plan, candidate, benefit)
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
        put_override(change, made)
        after = load_plan(shell.documents, shell.registry, shell.cache, shell.event_with_files)
    day = first_day(shell.event)
    if made.until is not None and made.until < day:
        shell.note(
            "This decision lapses on {until}, before the event on {day}: the rules decide", until=made.until, day=day
        )
    if made.signatures < shell.event.override_approvals_needed:
        shell.note(
            "The event asks for two people: eventops override confirm {person} {benefit} --by NAME",
            person=candidate.participant.id,
            benefit=benefit,
        )
    decision = after.decision(candidate.participant.id, benefit)
    sentence = Text("{person}, {benefit}: {before} → {after}")
    if dry_run:
        sentence = Text("{person}, {benefit}: would be {before} → {after}; nothing was changed")
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
                benefit=next(one.title for one in shell.plan.benefits if one.name == benefit),
                before=outcome_word(shell, before.outcome.value),
                after=outcome_word(shell, decision.outcome.value),
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


@override.command("confirm")
@click.argument("person")
@click.argument("benefit")
@click.option("--by", required=True, help="Who confirms: another person than who decided.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def confirm_override(shell: Shell, person: str, benefit: str, by: str, dry_run: bool) -> None:
    """Sign the decision on BENEFIT of PERSON as another person, where the event asks for two."""
    from msgspec.structs import replace

    from eventops.application.facts import load_overrides, load_participants, put_override
    from eventops.application.views import override_view
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.folding import folded

    if not by.strip():
        raise NotUsable("Name the person who confirms behind --by")
    with shell.changing("override confirm", dry_run=dry_run) as change:
        found = person_called(person, load_participants(shell.documents))
        made = [
            one for one in load_overrides(shell.documents) if (one.participant_id, one.benefit) == (found.id, benefit)
        ]
        if not made:
            raise NotUsable(
                "No override decides {benefit} of {person}; see eventops override list",
                benefit=benefit,
                person=found.id,
            )
        signed = made[0]
        if folded(by) in {folded(one) for one in (signed.by, *signed.confirmed_by)}:
            raise NotUsable(
                "{by} decided {benefit} of {person}; another person confirms it, named with --by",
                by=by.strip(),
                benefit=benefit,
                person=found.id,
            )
        signed = replace(signed, confirmed_by=(*signed.confirmed_by, by.strip()))
        put_override(change, signed)
    sentence = Text("{person}, {benefit}: signed by {names}.")
    if dry_run:
        sentence = Text("{person}, {benefit}: would be signed by {names}; nothing was changed.")
    names = ", ".join((signed.by, *signed.confirmed_by))
    shell.show(
        {**override_view(signed), "dry_run": dry_run},
        [shell.say(sentence, person=found.id, benefit=benefit, names=names)],
    )


@override.command("list")
@pass_shell
def list_overrides(shell: Shell) -> None:
    """Every decision made by hand, beside what the rules say."""
    from eventops.application.facts import load_overrides
    from eventops.application.planning import load_plan
    from eventops.application.views import override_view
    from eventops.cli.render import table_lines
    from eventops.domain.deciding.decisions import override_in_force
    from eventops.domain.event import first_day

    overrides = load_overrides(shell.documents)
    needed = shell.event.override_approvals_needed
    in_force = override_in_force(overrides, first_day(shell.event), needed).values()
    by_rules = load_plan(shell.documents, shell.registry, shell.cache, shell.event_with_files, overrides=())
    outcomes = {(one.participant_id, one.benefit): one.outcome.value for one in by_rules.decisions}
    titles = {benefit.name: shell.say(benefit.title) for benefit in shell.plan.benefits}
    view, rows = [], []
    for one in overrides:
        rules_say = outcomes.get((one.participant_id, one.benefit), "")
        view.append({**override_view(one), "in_force": one in in_force, "rules_say": rules_say or None})
        rows.append(
            (
                one.participant_id,
                titles.get(one.benefit, one.benefit),
                outcome_word(shell, one.outcome.value),
                outcome_word(shell, rules_say),
                one.reason,
                ", ".join((one.by, *one.confirmed_by)),
                one.on,
                one.until or "",
                shell.say("yes") if one in in_force else shell.say("no"),
            )
        )
    words = ("Person", "Benefit", "Decision", "Rules say", "Reason", "By", "On", "Until", "In force")
    shell.show(view, table_lines([shell.say(one) for one in words], rows))


@override.command("remove")
@click.argument("person")
@click.argument("benefit")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def remove_override(shell: Shell, person: str, benefit: str, dry_run: bool) -> None:
    """Take a decision made by hand away, so that the rules decide again."""
    from eventops.application.facts import load_participants, remove_override as removed
    from eventops.domain.enrolling.lookup import person_called

    with shell.changing("override remove", dry_run=dry_run) as change:
        found = person_called(person, load_participants(shell.documents))
        try:
            removed(change, found.id, benefit)
        except KeyError as error:
            raise NotUsable(
                "No override decides {benefit} of {person}; see eventops override list",
                benefit=benefit,
                person=found.id,
            ) from error
    sentence = Text("The rules decide {benefit} of {person} again.")
    if dry_run:
        sentence = Text("The rules would decide {benefit} of {person} again; nothing was changed.")
    shell.show(
        {"removed": f"{found.id}:{benefit}", "dry_run": dry_run},
        [shell.say(sentence, benefit=benefit, person=found.id)],
    )
