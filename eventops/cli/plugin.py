"""plugin list, show, new, check, enable, disable, trust, untrust."""

import click

from eventops.cli.plugin_new import check_plugin, new_plugin
from eventops.cli.plugin_use import disable_plugin, enable_plugin, trust_plugin, untrust_plugin
from eventops.cli.render import table_lines
from eventops.cli.shell import Nouns, Shell, pass_shell
from eventops.domain.event import Event
from eventops.errors import PluginBroken


@click.group(cls=Nouns)
def plugin() -> None:
    """The plugins installed, and what they offer."""


for one in (new_plugin, check_plugin, enable_plugin, disable_plugin, trust_plugin, untrust_plugin):
    plugin.add_command(one)


def _event(shell: Shell) -> Event | None:
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
            "contributions": sum(given.plugin == one.name for given in registry.contributions),
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
            one["broken"] or one["contributions"],
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
    registry = shell.every_plugin
    if name in registry.broken:
        finding = registry.broken[name]
        raise PluginBroken(finding.message.en, **finding.values)
    if name not in {one.name for one in registry.plugins}:
        raise PluginBroken(
            "There is no plugin {plugin}; there are {names}",
            plugin=name,
            names=", ".join(one.name for one in registry.plugins),
        )
    given = [one for one in registry.contributions if one.plugin == name]
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
