"""The registry: what the plugins gave, checked, attributed, sorted and frozen.

Each plugin is asked alone, inside a guard that names it: one that fails never spoils the answers of the others.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import pluggy
from msgspec import Struct, structs

from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.texts import Message, Text
from eventops.errors import EventopsError, NotUsable, PluginFailed
from eventops.extension import spec
from eventops.extension.api import ATTRIBUTE, range_holds, version_text
from eventops.extension.guarding import Guard, guarded_value

CORE = "eventops"
NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
HOOKS = tuple(sorted([*spec.HOOK_VALUES, "eventops_commands"]))


class PluginModule(Struct, frozen=True, kw_only=True):
    """A plugin as loaded: its name, version, where it comes from, and the object that carries its hooks."""

    name: str
    version: str
    origin: str
    module: Any


class Contribution(Struct, frozen=True, kw_only=True):
    """One value of one plugin, under its qualified name (plugin.thing; a core thing keeps its own)."""

    name: str
    hook: str
    plugin: str
    version: str
    value: Any


class LoadedPlugin(Struct, frozen=True, kw_only=True):
    """A plugin that answered, and the hooks it uses."""

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...]


class Registry:
    """What the plugins gave, sorted by qualified name within each hook. A hook is asked when first needed, and once."""

    def __init__(
        self, modules: Sequence[PluginModule], unloaded: Mapping[str, Finding], guard: Guard | None = None
    ) -> None:
        self.guard = guard or Guard()
        self._troubles: dict[str, Finding] = dict(unloaded)
        self._asked: dict[str, tuple[Contribution, ...]] = {}
        self._given: dict[tuple[str, str], tuple[Contribution, ...]] = {}
        self._hooks: dict[str, tuple[PluginModule, tuple[str, ...]]] = {}
        for module in sorted(modules, key=lambda one: one.name):
            marked, trouble = _hooks_of(module)
            if trouble is None:
                self._hooks[module.name] = (module, marked)
            else:
                self._troubles[module.name] = trouble

    @property
    def plugins(self) -> tuple[LoadedPlugin, ...]:
        """The plugins that are loaded, by name."""
        return tuple(
            LoadedPlugin(name=one.name, version=one.version, origin=one.origin, hooks=marked)
            for one, marked in self._hooks.values()
        )

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Everything, hook by hook."""
        return tuple(one for hook in HOOKS for one in self.of(hook))

    @property
    def broken(self) -> dict[str, Finding]:
        """Each plugin something is wrong with, when asked for everything, and what. The core's own faults are bugs."""
        for name in self._hooks:
            if name != CORE:
                self.given_by(name)
        return dict(sorted(self._troubles.items()))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with any plugin."""
        return tuple(self.broken.values())

    @property
    def known_troubles(self) -> tuple[Finding, ...]:
        """What is wrong with plugins as far as their hooks were asked."""
        return tuple(self._troubles[name] for name in sorted(self._troubles))

    def trouble_of(self, plugin: str) -> Finding | None:
        """What is wrong with a plugin as far as its hooks were asked, or None."""
        return self._troubles.get(plugin)

    def of(self, hook: str) -> tuple[Contribution, ...]:
        """The contributions to one hook."""
        if hook not in self._asked:
            given = [one for name in self._hooks for one in self._of_plugin(name, hook)]
            self._asked[hook] = tuple(sorted(given, key=lambda one: one.name))
        return self._asked[hook]

    def given_by(self, plugin: str) -> tuple[Contribution, ...]:
        """Everything one plugin gives, hook by hook; nothing for one that is not loaded."""
        _, marked = self._hooks.get(plugin, (None, ()))
        return tuple(one for hook in marked for one in self._of_plugin(plugin, hook))

    def _of_plugin(self, plugin: str, hook: str) -> tuple[Contribution, ...]:
        """What one plugin gives to one hook; asked once."""
        module, marked = self._hooks[plugin]
        if hook not in marked:
            return ()
        if (plugin, hook) not in self._given:
            given, trouble = _contributions(module, hook, self.guard)
            self._given[plugin, hook] = tuple(given)
            if trouble is not None:
                self._troubles.setdefault(plugin, trouble)
        return self._given[plugin, hook]

    def named(self, hook: str, name: str, what: Text) -> Contribution:
        """The contribution of that qualified name, or of that short name when only one plugin has it.

        Errors: NotUsable naming what exists, or both owners.
        """
        every = self.of(hook)
        exact = [one for one in every if one.name == name or name == f"{CORE}.{one.name}"]
        short = exact or [one for one in every if one.name.rpartition(".")[2] == name]
        if len(short) == 1:
            return short[0]
        if short:
            raise NotUsable(
                "The {what} {name} is offered by {owners}; write one of {names}",
                what=what,
                name=name,
                owners=", ".join(one.plugin for one in short),
                names=", ".join(one.name for one in short),
            )
        raise NotUsable(
            "There is no {what} {name}; there are {names}",
            what=what,
            name=name,
            names=", ".join(one.name for one in every) or "-",
        )


def registry_of(
    modules: Sequence[PluginModule], unloaded: Mapping[str, Finding] | None = None, guard: Guard | None = None
) -> Registry:
    """The registry of some plugins. `unloaded` are those that could not even be imported.

    Of two plugins of one name none is used, and the finding names both.
    """
    troubles = dict(unloaded or {}) | _twins(modules)
    return Registry([one for one in modules if one.name not in troubles], troubles, guard)


def _twins(modules: Iterable[PluginModule]) -> dict[str, Finding]:
    """The finding about each name that several plugins carry; nobody else is taken for the core."""
    origins: dict[str, list[str]] = {}
    for module in modules:
        origins.setdefault(module.name, []).append(module.origin)
    why = Text("two plugins are called {name}: {owners}; uninstall or rename one of them")
    return {
        name: broken_plugin(name, "", why, name=name, owners=" and ".join(owners))
        for name, owners in origins.items()
        if len(owners) > 1
    }


def _hooks_of(plugin: PluginModule) -> tuple[tuple[str, ...], Finding | None]:
    """The hooks a plugin marks, or the finding that says why nothing of it is used."""
    manager = pluggy.PluginManager(spec.PROJECT)
    manager.add_hookspecs(spec)
    unfit = _unfit_api(plugin)
    if unfit is not None:
        return (), unfit
    marked = tuple(name for name in dir(plugin.module) if manager.parse_hookimpl_opts(plugin.module, name) is not None)
    for name in marked:
        if name not in HOOKS:
            message = Text("the hook {hook} does not exist; hooks are {hooks}")
            return (), _trouble(plugin, name, message, hooks=HOOKS)
    try:
        manager.register(plugin.module, plugin.name)
    except pluggy.PluginValidationError as error:
        return (), _trouble(plugin, "", Text("{error}"), error=str(error))
    return marked, None


def _unfit_api(plugin: PluginModule) -> Finding | None:
    """Why a plugin was made for another eventops, or None."""
    declared = getattr(plugin.module, ATTRIBUTE, None)
    if declared is None:
        return None
    try:
        fits = range_holds(declared)
    except (TypeError, ValueError):
        message = Text("{attribute} is {seen}; a range such as >=1,<2 is expected")
        return _trouble(plugin, "", message, attribute=ATTRIBUTE, seen=repr(declared))
    if fits:
        return None
    message = Text("it needs the plugin interface {needed}, this eventops has {present}; update one of the two")
    return _trouble(plugin, "", message, needed=declared, present=version_text())


def _contributions(plugin: PluginModule, hook: str, guard: Guard) -> tuple[list[Contribution], Finding | None]:
    """What one plugin gives to one hook, or the finding that says why nothing of it is used."""
    ask = getattr(plugin.module, hook)
    if plugin.name == CORE:
        values = tuple(ask() or ())  # the core's own fault is a bug and shows where
    else:
        try:
            # Asked whole inside the guard: a hook may be a generator, and fail half way.
            values = guard.guarded(lambda: tuple(ask() or ()), plugin.name, hook, "")()
        except PluginFailed as error:
            return [], _trouble(plugin, hook, Text("the hook {hook} failed ({error})"), error=error.values["error"])
        except EventopsError as error:
            return [], _trouble(plugin, hook, Text("the hook {hook} failed ({error})"), error=str(error))
    contributions: list[Contribution] = []
    for value in values:
        trouble = _checked(plugin, hook, value, contributions)
        if trouble is not None:
            return [], trouble
        name = "" if hook == "eventops_catalogues" else value.name
        qualified = name if plugin.name == CORE else f"{plugin.name}.{name}"
        if plugin.name != CORE:
            value = guarded_value(guard, plugin.name, hook, value)
        if hook == "eventops_fields":
            value = structs.replace(value, name=qualified)  # answers of all plugins stand side by side
        contributions.append(
            Contribution(name=qualified, hook=hook, plugin=plugin.name, version=plugin.version, value=value)
        )
    return contributions, None


def _checked(plugin: PluginModule, hook: str, value: object, so_far: Sequence[Contribution]) -> Finding | None:
    """Why a value is not acceptable, or None."""
    expected = _expected(hook)
    if not isinstance(value, expected):
        message = Text("the hook {hook} gave {seen}, {expected} is expected")
        kinds = expected if isinstance(expected, tuple) else (expected,)
        names = tuple(one.__name__ for one in kinds)
        return _trouble(plugin, hook, message, seen=type(value).__name__, expected=names)
    name = getattr(value, "name", None)
    if name is None:
        return None
    if not NAME.fullmatch(name):
        return _trouble(plugin, hook, Text("“{name}” is not a name; use letters a-z, digits, - and _"), name=name)
    if any(one.value.name == name for one in so_far):
        return _trouble(plugin, hook, Text("the hook {hook} gives {name} twice"), name=name)
    return None


def _expected(hook: str) -> type[Any] | tuple[type[Any], ...]:
    """What a hook must give."""
    if hook == "eventops_commands":
        # Looked up by name: only the command line knows click, and a plugin that gives commands has imported it.
        command: type[Any] = import_module("click").Command
        return command
    return spec.HOOK_VALUES[hook]


def _trouble(plugin: PluginModule, hook: str, why: Text, /, **values: object) -> Finding:
    values = {key: ", ".join(value) if isinstance(value, tuple) else value for key, value in values.items()}
    return broken_plugin(plugin.name, hook, why, **values)


def broken_plugin(name: str, hook: str, why: Text, /, **values: object) -> Finding:
    """The finding about a plugin that cannot be used."""
    return Finding(
        severity=Severity.ERROR,
        code="plugin-broken",
        message=Text("The plugin {plugin} is not used: {why}"),
        values={"plugin": name, "why": Message(why, {"hook": hook, **values})},
        source=Source(plugin=name, hook=hook),
    )
