"""A plugin's source before it runs: where it is, what it declares, and what reading its text already tells."""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser, Error as ConfigError
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from eventops.errors import NotUsable
from eventops.extension.api import ATTRIBUTE, range_holds, version_text
from eventops.extension.loading import GROUP, installed_plugins, module_of_file, plugin_stem
from eventops.extension.registry import HOOKS, NAME

Problem = tuple[Literal["ok", "warning", "error"], str, dict[str, str | int | float]]

# What an author may import of eventops; everything else may change with any version.
PUBLIC = ("eventops", "eventops.testing")
_WRITING = frozenset(("write_text", "write_bytes", "executemany", "execute", "mkdir", "dump"))


class PluginSource(Struct, frozen=True, kw_only=True):
    """Where a plugin is: `place` as a person says it, `module` to import, its files, and its project when known."""

    name: str
    place: str
    module: str
    files: tuple[Path, ...]
    project: Path | None = None
    file: Path | None = None
    writing_calls: tuple[str, ...] = ()


def source_of(plugin: str) -> PluginSource:
    """The plugin in that file, project folder, package folder, or installed under that name. Errors: NotUsable."""
    path = Path(plugin)
    if path.is_file():
        return _with_calls(_of_file(path))
    if path.is_dir():
        return _with_calls(_of_folder(path))
    found = next((one for one in installed_plugins() if plugin in (one.name, one.distribution)), None)
    if found is None:
        names = ", ".join(one.name for one in installed_plugins()) or "-"
        raise NotUsable(
            "There is no plugin {plugin}; give a .py file, the folder of a project, or one of {names}",
            plugin=plugin,
            names=names,
        )
    module = found.target.partition(":")[0]
    spec = importlib.util.find_spec(module)
    files = _python_files(Path(spec.origin)) if spec is not None and spec.origin else ()
    return _with_calls(PluginSource(name=found.name, place=found.distribution, module=module, files=files))


def _of_file(file: Path) -> PluginSource:
    stem = plugin_stem(file)
    name = stem.removeprefix("eventops_").removeprefix("eventops-").replace("_", "-").lower()
    return PluginSource(name=name, place=str(file), module=stem, files=_python_files(file), file=file)


def _of_folder(folder: Path) -> PluginSource:
    """A project with a setup.cfg or pyproject.toml, or a package. Errors: NotUsable."""
    for name, module in _entry_points(folder):
        package = folder / module.replace(".", "/")
        src = folder / "src" / module.replace(".", "/")
        for root, where in ((folder, package), (folder / "src", src)):
            init = where / "__init__.py" if where.is_dir() else where.with_suffix(".py")
            if init.is_file():
                sys.path.insert(0, str(root.resolve()))
                return PluginSource(
                    name=name, place=str(folder), module=module, files=_python_files(init), project=folder
                )
    if (folder / "__init__.py").is_file():
        return _of_file(folder / "__init__.py")
    raise NotUsable(
        "{folder} declares no plugin: its setup.cfg or pyproject.toml has no entry point of the group {group}",
        folder=str(folder),
        group=GROUP,
    )


def _entry_points(folder: Path) -> list[tuple[str, str]]:
    """Name and module of each plugin a project declares."""
    pairs: list[tuple[str, str]] = []
    text = _declared(folder).get("options.entry_points", {}).get(GROUP, "")
    pairs += [(name.strip(), module.strip()) for name, _, module in (one.partition("=") for one in text.splitlines())]
    toml = folder / "pyproject.toml"
    if toml.is_file():
        import tomllib

        points = tomllib.loads(toml.read_text(encoding="utf-8")).get("project", {}).get("entry-points", {})
        pairs += list(points.get(GROUP, {}).items())
    return [(name, module.partition(":")[0]) for name, module in pairs if name and module]


def _declared(folder: Path) -> dict[str, dict[str, str]]:
    parser = ConfigParser(interpolation=None)
    try:
        parser.read(folder / "setup.cfg", encoding="utf-8")
    except ConfigError as error:
        raise NotUsable("{file} cannot be read ({error})", file=str(folder / "setup.cfg"), error=str(error)) from error
    return {section: dict(parser[section]) for section in parser.sections()}


def _python_files(file: Path) -> tuple[Path, ...]:
    if file.stem != "__init__":
        return (file,)
    return tuple(sorted(one for one in file.parent.rglob("*.py") if "tests" not in one.parts))


def import_source(source: PluginSource) -> Any:
    """The plugin's module. Errors: whatever its import raises."""
    if source.file is not None:
        return module_of_file(source.file)
    return importlib.import_module(source.module)


def _with_calls(source: PluginSource) -> PluginSource:
    calls = {name for file in source.files for name in _writing_calls(_tree(file))}
    return PluginSource(
        name=source.name,
        place=source.place,
        module=source.module,
        files=source.files,
        project=source.project,
        file=source.file,
        writing_calls=tuple(sorted(calls)),
    )


def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_text(encoding="utf-8-sig"), str(file))
    except (SyntaxError, ValueError, OSError):
        return ast.Module(body=[], type_ignores=[])  # the import says it better


def _writing_calls(tree: ast.Module) -> Iterator[str]:
    """Calls that write where facts about people could stay."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in _WRITING:
            yield f".{node.func.attr}()"
        elif isinstance(node.func, ast.Name) and node.func.id == "open" and _opens_to_write(node):
            yield "open()"


def _opens_to_write(call: ast.Call) -> bool:
    mode = call.args[1] if len(call.args) > 1 else next((one.value for one in call.keywords if one.arg == "mode"), None)
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and bool(set(mode.value) & set("wax+"))


def source_problems(source: PluginSource) -> Iterator[Problem]:
    """What the text of a plugin tells: its name, private imports, hooks not marked or misspelt, declared versions."""
    if not NAME.fullmatch(source.name) or source.name == "eventops":
        yield "error", "“{name}” cannot be a plugin’s name; use a-z, digits and -", {"name": source.name}
    declares_api = False
    for file in source.files:
        tree = _tree(file)
        yield from _private_imports(file, tree)
        if file.stem == "__init__" or len(source.files) == 1:
            yield from _hook_spelling(file, tree)
            for declared in _api_range(tree):
                declares_api = True
                yield from _api_problems(declared)
    if not declares_api:
        message = "it does not say for which plugin interface it is made; add {attribute} = “>={major},<{next}”"
        major = int(version_text().partition(".")[0])
        yield "warning", message, {"attribute": ATTRIBUTE, "major": major, "next": major + 1}
    if source.project is not None:
        yield from _project_problems(source.project, source.name)


def _private_imports(file: Path, tree: ast.Module) -> Iterator[Problem]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            if name.startswith("eventops.") and not name.startswith("eventops.testing"):
                message = "{file}, line {line}: {module} is private to eventops; import from {public}"
                values: dict[str, str | int | float] = {
                    "file": file.name,
                    "line": getattr(node, "lineno", 0),
                    "module": name,
                    "public": PUBLIC[0],
                }
                yield "error", message, values


def _hook_spelling(file: Path, tree: ast.Module) -> Iterator[Problem]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("eventops"):
            continue
        marked = any("hookimpl" in ast.unparse(one) for one in node.decorator_list)
        values: dict[str, str | int | float] = {"file": file.name, "line": node.lineno, "hook": node.name}
        if node.name not in HOOKS:
            near = get_close_matches(node.name, HOOKS, n=1)
            message = "{file}, line {line}: there is no hook {hook}; the nearest is {near}"
            yield "error", message, {**values, "near": near[0] if near else ", ".join(HOOKS)}
        elif not marked:
            yield "error", "{file}, line {line}: {hook} is not marked with @hookimpl, so nobody calls it", values


def _api_range(tree: ast.Module) -> Iterator[object]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id == ATTRIBUTE for one in node.targets
        ):
            yield node.value.value if isinstance(node.value, ast.Constant) else None


def _api_problems(declared: object) -> Iterator[Problem]:
    values: dict[str, str | int | float] = {"attribute": ATTRIBUTE, "seen": str(declared), "present": version_text()}
    try:
        fits = range_holds(str(declared))
    except ValueError:
        yield "error", "{attribute} is {seen}; a range such as >=1,<2 is expected", values
        return
    if not fits:
        yield "error", "{attribute} is {seen}, this eventops has {present}", values
    elif "<" not in str(declared) and "~=" not in str(declared) and "==" not in str(declared):
        yield "warning", "{attribute} is {seen}; add an upper bound, the next interface may differ", values


def _project_problems(project: Path, name: str) -> Iterator[Problem]:
    declared = _declared(project)
    metadata, options = declared.get("metadata", {}), declared.get("options", {})
    needs = re.search(r"^\s*eventops\b(?!-)(.*)$", options.get("install_requires", ""), re.MULTILINE)
    if metadata:
        if needs is None:
            yield "error", "setup.cfg: install_requires does not name eventops", {}
        elif not re.search(r"[><=~]", needs[1]):
            yield "warning", "setup.cfg: install_requires names no version of eventops; write eventops >= 0.1", {}
        if metadata.get("name") != f"eventops-{name}":
            message = "the distribution is called {name}; eventops-{plugin} lets pip install what messages advise"
            yield "warning", message, {"name": metadata.get("name", ""), "plugin": name}
        if "python_requires" not in options:
            yield "warning", "setup.cfg: python_requires is missing; write >=3.11", {}
    if not (project / "tests").is_dir():
        yield "warning", "the project has no tests; eventops plugin new writes some", {}
