"""Commands and groups of commands as this program has them: in the user's language, with --json, imported when used."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from eventops.cli.shell import Shell


class Command(click.Command):
    """A command that also takes the options of the program behind its own name, and speaks the user's language."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(json_option())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with _translated(self, ctx):
            super().format_help(ctx, formatter)


class Nouns(click.Group):
    """A group of commands that are imported only when used, also not by --help.

    `table` maps a name to where its command lives and its line of help.
    """

    command_class = Command

    def __init__(self, *args: Any, table: dict[str, tuple[str, str]] | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(json_option())
        self.table = table or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.table, *sorted(set(self.commands) - set(self.table))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.table:
            from importlib import import_module

            module, _, attribute = self.table[cmd_name][0].partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            shell: Shell = ctx.find_object(Shell) or Shell(())
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(ctx), n=1)
            hint = " " + shell.say("Did you mean {command}?", command=near[0]) if near else ""
            ctx.fail(shell.say("There is no command {command}.", command=name) + hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shell: Shell = ctx.find_object(Shell) or Shell(())
        rows = [(name, shell.say(self.help_of(ctx, name))) for name in self.list_commands(ctx)]
        with formatter.section(shell.say("Commands")):
            formatter.write_dl(rows)

    def help_of(self, ctx: click.Context, name: str) -> str:
        """The line of help of one command, in English."""
        return self.table[name][1] if name in self.table else _help_of(self.commands[name])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with _translated(self, ctx):
            super().format_help(ctx, formatter)


Nouns.group_class = Nouns


@contextmanager
def _translated(command: click.Command, ctx: click.Context) -> Iterator[None]:
    """Inside it the help of a command is worded in the language of this run."""
    shell: Shell = ctx.find_object(Shell) or Shell(())
    helped: list[click.Command | click.Option] = [command]
    helped += [one for one in command.params if isinstance(one, click.Option)]
    written = [one.help for one in helped]
    try:
        for one in helped:
            if one.help and shell.language != "en":
                one.help = shell.say(" ".join(one.help.split()))
        yield
    finally:
        for one, words in zip(helped, written, strict=True):
            one.help = words


def _help_of(command: click.Command) -> str:
    """The help of a command in English and in one line, as the catalogues know it."""
    return " ".join((command.help or "").split())


def json_option() -> click.Option:
    """--json, before or behind the command's name."""
    return click.Option(
        ["--json"], is_flag=True, expose_value=False, callback=_set_json, help="Print the result as JSON."
    )


def _set_json(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Shell).json = True
