"""The reference says what the program says: nothing is missing, nothing is out of date, every example holds."""

import importlib.util
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import msgspec
import pytest

from eventops import errors
from eventops.adapters.event_files import HEAD, PARTS, read_event
from eventops.builtin.rules import SETTINGS
from eventops.cli.main import cli
from eventops.domain import event as events
from eventops.domain.event_checks import problems
from eventops.extension import spec
from eventops.extension.loading import load_plugin_file
from eventops.extension.registry import HOOKS, registry_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"

_PRINTED = re.compile(r"^<!-- printed by: eventops (.*?) -->\n```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANY_KEY = "…"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py as a module."""
    found = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: str(page.relative_to(DOCS)))
def test_generated_parts_are_as_docs_generate_writes_them(page: Path, generate: ModuleType) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == generate.updated(text), "run python docs/generate.py"


def test_every_generated_part_stands_in_a_page(generate: ModuleType) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    assert [name for name in generate.PARTS if f"<!-- generated: {name} -->" not in pages] == []


# Nothing is missing


def _headings(page: str) -> set[str]:
    lines = (REFERENCE / page).read_text(encoding="utf-8").splitlines()
    return {line.lstrip("#").strip() for line in lines if line.startswith("#")}


def _command_paths(command: click.Command, path: str) -> Iterator[str]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inside = command.get_command(context, name)
            assert inside is not None
            yield from _command_paths(inside, f"{path} {name}")


def test_every_command_has_its_place() -> None:
    assert set(_command_paths(cli, "eventops")) - _headings("commands.md") == set()


def test_every_hook_has_its_place() -> None:
    declared = {name for name in vars(spec) if name.startswith("eventops_")}
    assert (declared, declared - _headings("hooks.md")) == (set(HOOKS), set())


def test_every_setting_of_the_core_has_its_place() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert [one.name for one in SETTINGS if f"| `{one.name}` |" not in text] == []


def test_every_exit_code_has_its_place() -> None:
    text = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.EventopsError)]
    codes = {0, 130, *(one.exit_code for one in classes)}
    assert [code for code in sorted(codes) if f"| `{code}` |" not in text] == []


def test_every_key_of_an_event_file_has_its_place() -> None:
    text = (REFERENCE / "event-file.md").read_text(encoding="utf-8")
    structs = [
        one for one in vars(events).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)
        and one.__module__ == events.__name__
    ]  # fmt: skip
    keys = {*HEAD, *PARTS, *(name for one in structs for name in one.__struct_fields__)}
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", text)) == []


def test_every_plugin_of_the_repository_is_named_where_they_are_listed() -> None:
    plugins = [folder.parent.name for folder in sorted((ROOT / "plugins").glob("*/setup.cfg"))]
    lists = {
        "plugins/README.md": (ROOT / "plugins" / "README.md").read_text(encoding="utf-8"),
        **{
            f"README.md, {line[:20]}": line
            for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("py -m venv")
        },
    }
    missing = [f"{name} in {where}" for where, text in lists.items() for name in plugins if name not in text]
    assert (missing, len(lists)) == ([], 3)


# Every example holds


def _hook_examples() -> list[tuple[str, str]]:
    text = (REFERENCE / "hooks.md").read_text(encoding="utf-8")
    return re.findall(r"^## (eventops_\w+)\n.*?^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("hook", "code"), _hook_examples(), ids=[name for name, _ in _hook_examples()])
def test_the_example_of_a_hook_is_a_plugin_that_works(hook: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    file.write_text(code, encoding="utf-8")
    registry = registry_of([load_plugin_file(file)])
    assert ([one.hook for one in registry.contributions], dict(registry.broken)) == ([hook], {})


def test_the_event_file_of_the_reference_is_a_good_event() -> None:
    text = (REFERENCE / "event-file.md").read_text(encoding="utf-8")
    parts = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert problems(read_event("\n".join(parts), "event-file.md")) == ()


@pytest.fixture
def demo(
    reader: Path, run: Callable[[list[str]], Any], played_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[str]], Any]:
    """Runs eventops in the workspace of the demo."""
    shutil.copytree(played_demo, reader / played_demo.name)
    monkeypatch.chdir(played_demo.name)
    return run


def test_json_is_printed_as_the_reference_shows_it(demo: Callable[[list[str]], Any]) -> None:
    text = (REFERENCE / "json.md").read_text(encoding="utf-8")
    examples = _PRINTED.findall(text)
    differences = []
    for command, shown in examples:
        printed = json.loads(demo(shlex.split(command)).result)
        differences += [f"{command}: {one}" for one in unlike(json.loads(shown), printed, "")]
    assert (differences, len(examples) > 15) == ([], True)


def unlike(shown: Any, printed: Any, where: str) -> Iterator[str]:
    """Where the shape of a value differs from the shape shown; null and an empty list may stand for any."""
    if shown is None or printed is None:
        return
    if isinstance(shown, dict) and isinstance(printed, dict):
        missing = [key for key in shown if key not in printed and key != ANY_KEY]
        unknown = [key for key in printed if key not in shown and ANY_KEY not in shown]
        yield from (f"{where}.{key} is not printed" for key in missing)
        yield from (f"{where}.{key} is not shown" for key in unknown)
        for key in shown.keys() & printed.keys():
            yield from unlike(shown[key], printed[key], f"{where}.{key}")
    elif isinstance(shown, list) and isinstance(printed, list):
        if shown and not printed:
            yield f"{where} is empty"
        elif shown:
            yield from unlike(shown[0], printed[0], f"{where}[0]")
    elif type(shown) is not type(printed) and {type(shown), type(printed)} != {int, float}:
        yield f"{where} is {printed!r}, shown is {shown!r}"
