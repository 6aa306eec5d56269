"""todo: what to look at next."""

import click

from eventops.cli.shell import Command, Shell, pass_shell


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
