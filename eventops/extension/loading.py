"""Loading: finding installed plugins without importing them, and importing one at a time."""

import sys
from collections.abc import Iterable, Sequence
from configparser import ConfigParser, Error as ConfigError
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from msgspec import Struct

from eventops.domain.findings import Finding
from eventops.domain.texts import Text
from eventops.errors import PluginBroken
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


def load_registry(core: PluginModule, installed: Iterable[InstalledPlugin], files: Iterable[Path] = ()) -> Registry:
    """The registry of the core's own plugin, these installed ones and these files.

    Errors: PluginBroken when two carry one name, or a named file cannot be loaded.
    """
    modules = [core]
    unloaded: dict[str, Finding] = {}
    for plugin in installed:
        module, _, attribute = plugin.target.partition(":")
        try:
            value = import_module(module)
            for part in filter(None, attribute.split(".")):
                value = getattr(value, part)
        except Exception as error:  # a plugin's code: whatever its import raises is reported with its name
            unloaded[plugin.name] = broken_plugin(
                plugin.name, "", Text("it cannot be loaded ({error})"), error=repr(error)
            )
            continue
        modules.append(PluginModule(name=plugin.name, version=plugin.version, origin=plugin.distribution, module=value))
    modules.extend(load_plugin_file(file) for file in files)
    return registry_of(modules, unloaded)


def plugin_stem(file: Path) -> str:
    """What a plugin file is called: its own name, or that of the folder it is the package of."""
    return file.resolve().parent.name if file.stem == "__init__" else file.stem


def load_plugin_file(file: Path) -> PluginModule:
    """A plugin in one file; its name is the file's, without `eventops_`, with - for _.

    Errors: PluginBroken when there is no such file or it does not import.
    """
    if not file.is_file():
        raise PluginBroken("There is no plugin file {file}; give the path of a .py file", file=str(file))
    stem, search = plugin_stem(file), None
    if file.stem == "__init__":
        search = [str(file.parent)]  # so that the package finds its own modules and data
    name = stem.removeprefix("eventops_").removeprefix("eventops-").replace("_", "-").lower()
    spec = spec_from_file_location(f"eventops_plugin_file_{stem}", file, submodule_search_locations=search)
    if spec is None or spec.loader is None:
        raise PluginBroken("{file} is not a Python file; a plugin file ends in .py", file=str(file))
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # as an import does; files() and dataclasses look there
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # a plugin's code: whatever its import raises is reported with its name
        raise PluginBroken(
            "The plugin file {file} cannot be loaded ({error}); correct it, or leave --plugin out",
            file=str(file),
            error=repr(error),
        ) from error
    return PluginModule(name=name, version=str(getattr(module, "__version__", "file")), origin=str(file), module=module)
