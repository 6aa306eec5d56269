"""plan: decide and plan everything."""

import click

from eventops.cli.shell import Command, Shell, pass_shell


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
