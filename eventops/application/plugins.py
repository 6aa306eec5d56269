"""Which plugins a run loads, from where, and how: installed ones, files of the workspace, files of the command line."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from eventops.domain.event import Event, UsedPlugin
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Message, Text
from eventops.errors import EventopsError
from eventops.extension.guarding import Guard
from eventops.extension.isolation import IsolatedSource, Limits, isolated_plugin
from eventops.extension.loading import InstalledPlugin, file_plugin_name, load_registry
from eventops.extension.registry import CORE, PluginModule, Registry, broken_plugin

FOLDER = "plugins"

NOT_TRUSTED = Text("the file {file} of the workspace is not trusted; read it, then run eventops plugin trust {plugin}")
CHANGED = Text(
    "the file {file} of the workspace changed after it was trusted on {on}; read it, "
    "then run eventops plugin trust {plugin}"
)


class WorkspaceFile(Struct, frozen=True, kw_only=True):
    """A plugin file of the workspace: its hash, and why it must not run, or None."""

    name: str
    file: Path
    sha256: str
    refusal: Message | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """What a run loads. `isolate` holds what the event says of each plugin."""

    installed: Sequence[InstalledPlugin] = ()
    workspace: Sequence[WorkspaceFile] = ()
    files: Sequence[Path] = ()
    isolate: Mapping[str, bool | None] = {}


def plugin_files(folder: Path) -> dict[str, Path]:
    """The plugin files of a workspace by the name of their plugin."""
    return {file_plugin_name(file): file for file in sorted((folder / FOLDER).glob("*.py"))}


def load_plugins(core: PluginModule, wanted: Wanted, guard: Guard, limits: Limits) -> Registry:
    """The registry of the core and what is wanted: files of the workspace in a process of their own unless the event
    says otherwise, installed plugins there when it says so.

    Errors: PluginBroken when a file named on the command line cannot be used.
    """
    troubles: dict[str, Finding] = {}
    apart: list[PluginModule] = []
    here: list[InstalledPlugin] = []
    files = list(wanted.files)
    for plugin in wanted.installed:
        if wanted.isolate.get(plugin.name):
            source = IsolatedSource(
                name=plugin.name, version=plugin.version, origin=plugin.distribution, target=plugin.target
            )
            _add_isolated(source, guard, limits, apart, troubles)
        else:
            here.append(plugin)
    for one in wanted.workspace:
        if one.refusal is not None:
            why = one.refusal
            troubles[one.name] = broken_plugin(one.name, "", why.text, **why.values)
        elif wanted.isolate.get(one.name) is False:
            files.append(one.file)
        else:
            source = IsolatedSource(
                name=one.name, version="", origin=str(one.file), file=str(one.file.absolute()), sha256=one.sha256
            )
            _add_isolated(source, guard, limits, apart, troubles)
    return load_registry(core, here, files, guard=guard, isolated=apart, unloaded=troubles)


def _add_isolated(
    source: IsolatedSource,
    guard: Guard,
    limits: Limits,
    apart: list[PluginModule],
    troubles: dict[str, Finding],
) -> None:
    try:
        apart.append(isolated_plugin(source, guard, limits))
    except EventopsError as error:
        said = error.values.get("error", str(error))
        troubles[source.name] = broken_plugin(source.name, "", Text("it cannot be loaded ({error})"), error=said)


def event_without(event: Event, plugins: Collection[str]) -> Event:
    """The event as if these plugins took no part: neither rules nor tariffs nor settings of theirs."""
    if not plugins:
        return event

    def theirs(name: str) -> bool:
        owner, point, _ = name.partition(".")
        return bool(point) and owner in plugins

    return msgspec.structs.replace(
        event,
        plugins=tuple(one for one in event.plugins if one.name not in plugins),
        tariffs={benefit: name for benefit, name in event.tariffs.items() if not theirs(name)},
        selections={benefit: name for benefit, name in event.selections.items() if not theirs(name)},
        settings={name: value for name, value in event.settings.items() if not theirs(name)},
    )


def event_with(event: Event, plugins: Iterable[str]) -> Event:
    """The event using these plugins too, each whole."""
    named = {one.name for one in event.plugins}
    more = tuple(UsedPlugin(name=name) for name in plugins if name not in named)
    return msgspec.structs.replace(event, plugins=(*event.plugins, *more)) if more else event


LEFT_OUT = Text("The plugin {plugin} is left out of this run: its rules, tariffs and settings take no part")


def left_out_findings(plugins: Iterable[str]) -> tuple[Finding, ...]:
    """What to say of the plugins a run leaves out: what is decided without them is not what holds."""
    return tuple(
        Finding(
            severity=Severity.WARNING,
            code="plugin-left-out",
            message=LEFT_OUT,
            values={"plugin": name},
            source=Source(plugin=name),
        )
        for name in sorted(plugins)
    )


def left_out(event: Event, without: Collection[str], use_plugins: bool) -> set[str]:
    """The plugins of the event that this run leaves out."""
    return {one.name for one in event.plugins if one.name != CORE and (not use_plugins or one.name in without)}
