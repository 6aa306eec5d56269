"""todo: what to look at next."""

import click

from eventops.cli.nouns import Command
from eventops.cli.shell import Shell, pass_shell


@click.command(cls=Command)
@pass_shell
def todo(shell: Shell) -> None:
    """What to look at next, and the command that settles each."""
    from eventops.application.todo import open_tasks
    from eventops.cli.render import table_lines

    tasks = open_tasks(shell.plan)
    headings = [shell.say(one) for one in ("What", "Settle it with")]
    said = [shell.say(task.message, **_titled(shell, task.values)) for task in tasks]
    rows = [(message, task.command) for message, task in zip(said, tasks, strict=True)]
    view = [
        {"code": task.code, "message": message, "command": task.command}
        for message, task in zip(said, tasks, strict=True)
    ]
    shell.show(view, table_lines(headings, rows) if rows else [shell.say("Nothing is open.")])


def _titled(shell: Shell, values: dict[str, object]) -> dict[str, object]:
    """The values of a message, a benefit by its title."""
    titles = {one.name: one.title for one in shell.plan.benefits}
    return {name: titles.get(str(value), value) if name == "benefit" else value for name, value in values.items()}
