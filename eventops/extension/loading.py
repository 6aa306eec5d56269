"""Loading: finding installed plugins without importing them, and importing one at a time."""

import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from configparser import ConfigParser, Error as ConfigError
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from eventops.domain.findings import Finding
from eventops.domain.texts import Text
from eventops.errors import EventopsError, NotUsable, PluginBroken
from eventops.extension.guarding import Guard
from eventops.extension.registry import PluginModule, Registry, broken_plugin, registry_of

GROUP = "eventops"


class InstalledPlugin(Struct, frozen=True, kw_only=True):
    """An entry point of the group `eventops`, not yet imported."""

    name: str
    target: str
    distribution: str
    version: str


def installed_plugins(paths: Sequence[str] | None = None) -> tuple[InstalledPlugin, ...]:
    """The plugins installed on these paths (sys.path), sorted by name; the first path wins, as in an import.

    Reads `*.dist-info/entry_points.txt` by itself: importlib.metadata takes twenty times as long.
    """
    found: dict[tuple[str, str], InstalledPlugin] = {}
    for path in sys.path if paths is None else paths:
        for pattern in ("*.dist-info", "*.egg-info"):
            for folder in sorted(Path(path or ".").glob(pattern)):
                for plugin in _entries(folder):
                    found.setdefault((plugin.name, plugin.distribution), plugin)
    return tuple(found[key] for key in sorted(found))


def _entries(folder: Path) -> tuple[InstalledPlugin, ...]:
    try:
        text = (folder / "entry_points.txt").read_text(encoding="utf-8")
    except OSError:
        return ()  # most distributions declare no entry points
    if f"[{GROUP}]" not in text:
        return ()
    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    try:
        parser.read_string(text)
    except ConfigError:
        return ()  # a distribution of somebody else's, damaged: pip reports it better than we can
    distribution, version = _identity(folder)
    return tuple(
        InstalledPlugin(name=name, target=target.strip(), distribution=distribution, version=version)
        for name, target in parser.items(GROUP)
    )


def _identity(folder: Path) -> tuple[str, str]:
    """Name and version of a distribution, from its metadata."""
    for name in ("METADATA", "PKG-INFO"):
        file = folder / name
        if file.exists():
            head = file.read_text(encoding="utf-8", errors="replace").partition("\n\n")[0]
            fields = dict(line.partition(": ")[::2] for line in head.splitlines())
            return fields.get("Name", folder.stem), fields.get("Version", "")
    return folder.stem.partition("-")[0], ""


def load_registry(
    core: PluginModule,
    installed: Iterable[InstalledPlugin],
    files: Iterable[Path] = (),
    *,
    guard: Guard | None = None,
    isolated: Iterable[PluginModule] = (),
    unloaded: Mapping[str, Finding] | None = None,
) -> Registry:
    """The registry of the core's own plugin, these installed ones and these files, and those in processes of their own.

    Errors: PluginBroken when a named file cannot be loaded or used.
    """
    watch = guard or Guard()
    modules = [core, *isolated]
    troubles: dict[str, Finding] = dict(unloaded or {})
    for plugin in installed:
        if plugin.name == core.name:
            why = Text("the name {name} is eventops’ own; rename the plugin")
            troubles[plugin.distribution] = broken_plugin(plugin.distribution, "", why, name=plugin.name)
            continue
        try:
            value = watch.guarded(imported_target, plugin.name, "import", plugin.distribution)(plugin.target)
        except EventopsError as error:
            said = error.values.get("error", str(error))
            troubles[plugin.name] = broken_plugin(plugin.name, "", Text("it cannot be loaded ({error})"), error=said)
            continue
        modules.append(PluginModule(name=plugin.name, version=plugin.version, origin=plugin.distribution, module=value))
    named = [load_plugin_file(file, watch) for file in files]
    origins = {one.name: one.origin for one in modules}
    for one in named:
        first = origins.setdefault(one.name, one.origin)
        if first != one.origin:
            raise PluginBroken(
                "Two plugins are called {name}: {first} and {second}; uninstall or rename one of them",
                name=one.name,
                first=first,
                second=one.origin,
            )
    registry = registry_of([*modules, *named], troubles, watch)
    for one in named:
        trouble = registry.trouble_of(one.name)
        if trouble is not None:
            raise PluginBroken(
                "The plugin file {file} cannot be used: {why}", file=one.origin, why=trouble.values["why"]
            )
    return registry


def imported_target(target: str) -> Any:
    """What an entry point names: a module, or something in it."""
    module, _, attribute = target.partition(":")
    value: Any = import_module(module)
    for part in filter(None, attribute.split(".")):
        value = getattr(value, part)
    return value


def plugin_stem(file: Path) -> str:
    """What a plugin file is called: its own name, or that of the folder it is the package of."""
    return file.resolve().parent.name if file.stem == "__init__" else file.stem


def file_plugin_name(file: Path) -> str:
    """The name of the plugin in a file: the file's, without `eventops_`, with - for _."""
    return plugin_stem(file).removeprefix("eventops_").removeprefix("eventops-").replace("_", "-").lower()


def module_of_file(file: Path, sha256: str = "") -> ModuleType:
    """The module in a file, which must be the one with that hash where one is given.

    Errors: NotUsable for a file that is none, or another one; whatever its import raises.
    """
    stem, search = plugin_stem(file), None
    if file.stem == "__init__":
        search = [str(file.parent)]  # so that the package finds its own modules and data
    spec = spec_from_file_location(f"eventops_plugin_file_{stem}", file, submodule_search_locations=search)
    if spec is None or spec.loader is None or file.suffix != ".py":
        raise NotUsable("{file} is not a Python file; a plugin file ends in .py", file=str(file))
    code = file.read_bytes()
    if sha256 and hashlib.sha256(code).hexdigest() != sha256:
        raise NotUsable("{file} is not the file that was trusted; look at it, and trust it again", file=str(file))
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # as an import does; files() and dataclasses look there
    try:
        # What was hashed is what runs: read once.
        exec(compile(code, str(file), "exec"), module.__dict__)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    return module


def load_plugin_file(file: Path, guard: Guard | None = None) -> PluginModule:
    """A plugin in one file; its name is the file's, without `eventops_`, with - for _.

    Errors: PluginBroken when there is no such file or it does not import.
    """
    if not file.is_file():
        raise PluginBroken("There is no plugin file {file}; give the path of a .py file", file=str(file))
    name = file_plugin_name(file)
    try:
        module = (guard or Guard()).guarded(module_of_file, name, "import", file.name)(file)
    except EventopsError as error:
        raise PluginBroken(
            "The plugin file {file} cannot be loaded ({error}); correct it, or leave --plugin out",
            file=str(file),
            error=error.values.get("error", str(error)),
        ) from error
    return PluginModule(name=name, version=str(getattr(module, "__version__", "file")), origin=str(file), module=module)
