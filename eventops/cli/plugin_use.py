"""plugin enable, disable, trust, untrust: which plugins an event uses, and which files of a workspace may run."""

import os
from pathlib import Path

import click
import msgspec

from eventops.cli.nouns import Command
from eventops.cli.plugin_commands import commands_of, recorded_commands, save_commands
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.event import Event, UsedPlugin
from eventops.errors import NotUsable, PluginBroken


@click.command("enable", cls=Command)
@click.argument("name")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule of it; may be repeated.")
@click.option("--region", "regions", multiple=True, metavar="CODE", help="Only for people of this region (MA-04).")
@click.option(
    "--isolate/--no-isolate", default=None, help="Run it in a process of its own (so by default: workspace files)."
)
@click.option("--dry-run", is_flag=True, help="Check it; change nothing.")
@click.pass_context
@pass_shell
def enable_plugin(
    shell: Shell,
    ctx: click.Context,
    name: str,
    rules: tuple[str, ...],
    regions: tuple[str, ...],
    isolate: bool | None,
    dry_run: bool,
) -> None:
    """Let the event use the plugin NAME: its rules, exports, checks and commands."""
    from eventops.cli.event import save_event
    from eventops.extension.rulebook import rulebook_of

    before = shell.event
    kept = tuple(one for one in before.plugins if one.name != name)
    used = UsedPlugin(name=name, rules=rules, regions=regions, isolate=isolate)
    changed = msgspec.structs.replace(before, plugins=(*kept, used))
    registry = shell.registry_for(changed.plugins)
    rulebook_of(changed, registry)
    commands = commands_of(registry, name, _core_commands(ctx))
    save_event(shell, changed, "plugin enable", before=before, dry_run=dry_run)
    if not dry_run:
        others = {one: given for one, given in recorded_commands(shell.folder).items() if given[0] != name}
        mine = {one: (name, " ".join((command.help or "").split())) for one, command in commands.items()}
        _refuse_taken(others, mine)
        save_commands(shell.folder, {**others, **mine})
    told = [shell.say("The event uses {plugin}.", plugin=name)]
    if commands:
        told.append(shell.say("Its commands: {commands}", commands=", ".join(sorted(commands))))
    shell.show({"plugin": name, "enabled": True, "commands": sorted(commands), "dry_run": dry_run}, told)


def _core_commands(ctx: click.Context) -> dict[str, object]:
    """The names no plugin may take."""
    return dict(getattr(ctx.find_root().command, "table", {}))


def _refuse_taken(others: dict[str, tuple[str, str]], mine: dict[str, tuple[str, str]]) -> None:
    """Errors: PluginBroken when a command's name is another plugin's already."""
    for name in mine:
        if name in others:
            raise PluginBroken(
                "The command {command} is given by {first} and by {second}; disable one of the two",
                command=name,
                first=others[name][0],
                second=mine[name][0],
            )


@click.command("disable", cls=Command)
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Show what would go; change nothing.")
@pass_shell
def disable_plugin(shell: Shell, name: str, dry_run: bool) -> None:
    """Take the plugin NAME out of the event, with the tariffs and settings that name it."""
    from eventops.application.plugins import event_without
    from eventops.cli.event import save_event

    before = shell.event
    if name not in {one.name for one in before.plugins}:
        raise NotUsable(
            "The event does not use {plugin}; it uses {names}",
            plugin=name,
            names=", ".join(one.name for one in before.plugins) or "-",
        )
    after = event_without(before, {name})
    gone = _gone(before, after)
    save_event(shell, after, "plugin disable", before=before, dry_run=dry_run)
    if not dry_run:
        recorded = recorded_commands(shell.folder)
        save_commands(shell.folder, {one: given for one, given in recorded.items() if given[0] != name})
    told = [shell.say("The event does not use {plugin} any more.", plugin=name)]
    if gone:
        told.append(shell.say("Gone with it: {names}", names=", ".join(gone)))
    shell.show({"plugin": name, "enabled": False, "gone": gone, "dry_run": dry_run}, told)


def _gone(before: Event, after: Event) -> list[str]:
    """The tariffs and settings that went."""
    tariffs = [f"tariffs.{benefit}" for benefit in before.tariffs if benefit not in after.tariffs]
    return tariffs + [f"settings.{name}" for name in before.settings if name not in after.settings]


@click.command("trust", cls=Command)
@click.argument("plugin")
@pass_shell
def trust_plugin(shell: Shell, plugin: str) -> None:
    """Let the file PLUGIN of this workspace run (a name, or the path of a .py file), as it is now."""
    from eventops.adapters.trusted_files import TrustedFile, config_folder, load_trusted, save_trusted, sha256_of

    file = _workspace_file(shell, plugin)
    folder, sha256 = config_folder(os.environ), sha256_of(file)
    here = str(file.resolve())
    today = shell.stamp("").at.date().isoformat()
    others = [one for one in load_trusted(folder) if one.sha256 != sha256 and one.file != here]
    save_trusted(folder, [*others, TrustedFile(sha256=sha256, file=here, on=today)])
    shell.show(
        {"file": str(file), "sha256": sha256, "trusted": True},
        [
            shell.say("{file} may run as it is now (SHA-256 {hash}…).", file=str(file), hash=sha256[:16]),
            shell.say("When its content changes it is refused until you trust it again."),
        ],
    )


@click.command("untrust", cls=Command)
@click.argument("plugin")
@pass_shell
def untrust_plugin(shell: Shell, plugin: str) -> None:
    """Do not let the file PLUGIN of this workspace run any more."""
    from eventops.adapters.trusted_files import config_folder, load_trusted, save_trusted, sha256_of

    file = _workspace_file(shell, plugin)
    folder, sha256 = config_folder(os.environ), sha256_of(file)
    here = str(file.resolve())
    trusted = load_trusted(folder)
    kept = [one for one in trusted if one.sha256 != sha256 and one.file != here]
    if len(kept) == len(trusted):
        raise NotUsable("{file} is not trusted; nothing was changed", file=str(file))
    save_trusted(folder, kept)
    shell.show({"file": str(file), "trusted": False}, [shell.say("{file} does not run any more.", file=str(file))])


def _workspace_file(shell: Shell, plugin: str) -> Path:
    """The file of a plugin of the workspace. Errors: NotUsable."""
    from eventops.application.plugins import FOLDER, plugin_files

    files = plugin_files(shell.folder)
    if plugin in files:
        return files[plugin]
    path = Path(plugin)
    if path.is_file() and path.resolve() in {one.resolve() for one in files.values()}:
        return path
    raise NotUsable(
        "{folder} holds no plugin file {plugin}; it holds {names}",
        folder=str(shell.folder / FOLDER),
        plugin=plugin,
        names=", ".join(files) or "-",
    )
