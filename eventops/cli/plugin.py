"""plugin list, show, new, check, enable, disable, trust, untrust."""

from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.errors import PluginBroken

if TYPE_CHECKING:
    from eventops.domain.event import Event

VERBS = {
    "new": ("eventops.cli.plugin_new:new_plugin", "Write a complete plugin project into ./eventops-NAME."),
    "check": (
        "eventops.cli.plugin_new:check_plugin",
        "Check PLUGIN (a .py file, the folder of a project, or a name): names, hooks, bounds, imports, contracts.",
    ),
    "enable": (
        "eventops.cli.plugin_use:enable_plugin",
        "Let the event use the plugin NAME: its rules, exports, checks and commands.",
    ),
    "disable": (
        "eventops.cli.plugin_use:disable_plugin",
        "Take the plugin NAME out of the event, with the tariffs and settings that name it.",
    ),
    "trust": (
        "eventops.cli.plugin_use:trust_plugin",
        "Let the file PLUGIN of this workspace run (a name, or the path of a .py file), as it is now.",
    ),
    "untrust": (
        "eventops.cli.plugin_use:untrust_plugin",
        "Do not let the file PLUGIN of this workspace run any more.",
    ),
}


@click.group(cls=Nouns, table=VERBS)
def plugin() -> None:
    """The plugins installed, and what they offer."""


def _event(shell: Shell) -> "Event | None":
    """The workspace's event, or None outside a workspace or before it has one."""
    return shell.event if shell.has_event else None


@plugin.command("list")
@pass_shell
def list_plugins(shell: Shell) -> None:
    """Every plugin: version, where from, used by this event or not, and what it gives."""
    event = _event(shell)
    used = {one.name for one in event.plugins} if event else set()
    registry = shell.registry_for(event.plugins if event else (), every=True)
    shell.told(registry.broken.values())
    view = [
        {
            "name": one.name,
            "version": one.version,
            "origin": one.origin,
            "used": one.name in used or one.name == "eventops",
            "hooks": list(one.hooks),
            # What the core gives is asked only by `plugin show eventops`: it takes longer than all the rest.
            "contributions": None if one.name == "eventops" else len(registry.given_by(one.name)),
            "broken": "",
        }
        for one in registry.plugins
    ]
    view += [
        {
            "name": name,
            "version": "",
            "origin": "",
            "used": name in used,
            "hooks": [],
            "contributions": 0,
            "broken": shell.say(finding.message, **finding.values),
        }
        for name, finding in registry.broken.items()
    ]
    present = {one["name"] for one in view}
    missing = sorted(used - present)
    headings = [shell.say(one) for one in ("Plugin", "Version", "Origin", "Used", "Contributions")]
    rows = [
        (
            one["name"],
            one["version"],
            one["origin"],
            shell.say("yes") if one["used"] else shell.say("no"),
            one["broken"] or ("-" if one["contributions"] is None else one["contributions"]),
        )
        for one in view
    ]
    shell.show(view, table_lines(headings, rows))
    if missing:
        raise PluginBroken(
            "The event uses the plugin {plugin}, which is not installed; "
            "run pip install eventops-{plugin}, or take it out of [[plugins]]",
            plugin=missing[0],
        )
    if registry.broken:
        raise click.exceptions.Exit(5)


@plugin.command("show")
@click.argument("name")
@pass_shell
def show_plugin(shell: Shell, name: str) -> None:
    """What one plugin gives: rules, tariffs, settings, exports, gazetteers."""
    event = _event(shell)
    registry = shell.registry_for(event.plugins if event else (), every=True)
    if name in registry.broken:
        finding = registry.broken[name]
        raise PluginBroken(finding.message.en, **finding.values)
    if name not in {one.name for one in registry.plugins}:
        raise PluginBroken(
            "There is no plugin {plugin}; there are {names}",
            plugin=name,
            names=", ".join(one.name for one in registry.plugins),
        )
    given = registry.given_by(name)
    view = [
        {
            "hook": one.hook,
            "name": one.name,
            "title": shell.say(getattr(one.value, "title", "") or getattr(one.value, "help", "") or ""),
            "source": str(getattr(one.value, "source", "")),
        }
        for one in given
    ]
    headings = [shell.say(one) for one in ("Hook", "Name", "Title", "Source")]
    rows = [(one["hook"].removeprefix("eventops_"), one["name"], one["title"], one["source"]) for one in view]
    shell.show(view, table_lines(headings, rows))
