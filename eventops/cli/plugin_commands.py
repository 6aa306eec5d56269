"""Commands of plugins beside the core's: listed from a record, so that --help looks for no plugin.

`plugin enable` writes the record into the workspace. It only names what belongs to whom: a command runs code of a
plugin that is installed, or of a file that is trusted, never of the record.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Nouns
from eventops.cli.shell import Shell
from eventops.errors import PluginBroken

if TYPE_CHECKING:
    from eventops.extension.registry import Contribution, Registry

RECORD_FILE = "plugin-commands.json"
HOOK = "eventops_commands"


def recorded_commands(folder: Path) -> dict[str, tuple[str, str]]:
    """The plugin and the line of help of each command recorded in a workspace; none where nothing is recorded."""
    import json

    try:
        record = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        return {str(name): (str(one["plugin"]), str(one["help"])) for name, one in record.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # none, or damaged: `plugin enable` writes it anew


def save_commands(folder: Path, commands: Mapping[str, tuple[str, str]]) -> None:
    """Records the commands of a workspace, in place of what was recorded."""
    import msgspec

    from eventops.cli.files import save_file

    file = folder / RECORD_FILE
    if not commands:
        file.unlink(missing_ok=True)
        return
    record = {name: {"plugin": plugin, "help": help_} for name, (plugin, help_) in sorted(commands.items())}
    save_file(file, msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def commands_of(registry: "Registry", plugin: str, taken: Mapping[str, object]) -> "dict[str, click.Command]":
    """The commands a plugin gives, by name.

    Errors: PluginBroken when the hook fails, gives something else, or a name is one of the core's.
    """
    given: list[Contribution] = [one for one in registry.of(HOOK) if one.plugin == plugin]
    trouble = registry.trouble_of(plugin)
    if trouble is not None:
        raise PluginBroken(trouble.message.en, **trouble.values)
    commands: dict[str, click.Command] = {}
    for one in given:
        name = one.value.name or ""
        if name in taken:
            raise PluginBroken(
                "The plugin {plugin} gives a command {command}, which is one of eventops' own; rename it",
                plugin=plugin,
                command=name,
            )
        commands[name] = one.value
    return commands


class Program(Nouns):
    """The nouns of the core, and beside them the commands of plugins."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        recorded = recorded_commands(_shell(ctx).folder)
        return [*super().list_commands(ctx), *(name for name in sorted(recorded) if name not in self.table)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._of_plugin(_shell(ctx), cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        # click looks for the command before it calls the group, and a plugin's command needs the group's options.
        shell = _shell(ctx)
        shell.folder = ctx.params.get("workspace") or shell.folder
        shell.plugin_files = ctx.params.get("plugin_files") or ()
        shell.use_plugins = not ctx.params.get("no_plugins")
        shell.without = ctx.params.get("without") or ()
        return super().resolve_command(ctx, args)

    def help_of(self, ctx: click.Context, name: str) -> str:
        if name not in self.table and name not in self.commands:
            plugin, help_ = recorded_commands(_shell(ctx).folder)[name]
            return f"{help_} [{plugin}]"
        return super().help_of(ctx, name)

    def _of_plugin(self, shell: Shell, name: str) -> click.Command | None:
        """The command of that name of a plugin file of this run, or of the plugin recorded for it."""
        plugin, _ = recorded_commands(shell.folder).get(name, ("", ""))
        if not plugin and not shell.plugin_files:
            return None
        used = [one for one in shell.event.plugins if one.name == plugin] if plugin else []
        registry = shell.registry_for(used)
        files = [one.name for one in registry.plugins if one.origin in {str(file) for file in shell.plugin_files}]
        for owner in [*files, *([plugin] if plugin else [])]:
            found = commands_of(registry, owner, self.table).get(name)
            if found is not None:
                return _with_json(found)
        return None


def _with_json(command: click.Command) -> click.Command:
    """The command with --json behind its own name too, like every other."""
    from eventops.cli.nouns import json_option

    if not any(option.name == "json" for option in command.params):
        command.params.append(json_option())
    return command


def _shell(ctx: click.Context) -> Shell:
    return ctx.find_object(Shell) or Shell(())
