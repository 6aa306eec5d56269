"""whatif: who enters and who leaves when a limit changes, and the cost."""

import click

from eventops.cli.shell import Command, Shell, pass_shell
from eventops.cli.why import outcome_word


@click.command(cls=Command)
@click.option(
    "--set",
    "assignments",
    multiple=True,
    required=True,
    metavar="NAME=VALUE",
    help="A setting, seats, a value of a criterion (CRITERION.distance_km=80), or budget.LINE; may be repeated.",
)
@pass_shell
def whatif(shell: Shell, assignments: tuple[str, ...]) -> None:
    """Who would enter, who would leave and what it would cost; nothing is changed."""
    from eventops.application.planning import load_plan
    from eventops.application.views import difference_view, finding_view
    from eventops.application.whatif import changed_event, new_findings
    from eventops.domain.differences import differences

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
    view = {
        "set": list(assignments),
        "benefits": {one.benefit: difference_view(one) for one in found},
        "findings": [finding_view(one, shell.wording) for one in findings],
    }
    shell.show(view, lines)
    if not shell.json:
        shell.note_findings(findings)
