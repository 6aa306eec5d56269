"""todo: what to look at next."""

import click

from eventops.cli.nouns import Command
from eventops.cli.shell import Shell, pass_shell


@click.command(cls=Command)
@pass_shell
def todo(shell: Shell) -> None:
    """What to look at next, and the command that settles each."""
    from eventops.application.todo import open_tasks
    from eventops.cli.render import shown

    tasks = open_tasks(shell.plan)
    said = [shell.say(task.message, **_titled(shell, task.values)) for task in tasks]
    view = [
        {"code": task.code, "message": message, "command": task.command}
        for message, task in zip(said, tasks, strict=True)
    ]
    # A command on a line of its own can be copied, however narrow the terminal.
    lines = [line for one in view for line in (f"- {shown(one['message'])}", f"  {shown(one['command'])}")]
    shell.show(view, lines or [shell.say("Nothing is open.")])


def _titled(shell: Shell, values: dict[str, object]) -> dict[str, object]:
    """The values of a message, a benefit by its title."""
    titles = {one.name: one.title for one in shell.plan.benefits}
    return {name: titles.get(str(value), value) if name == "benefit" else value for name, value in values.items()}
