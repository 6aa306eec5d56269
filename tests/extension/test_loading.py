from pathlib import Path
from types import SimpleNamespace

import pytest

from eventops.errors import PluginBroken
from eventops.extension.loading import InstalledPlugin, installed_plugins, load_plugin_file, load_registry
from eventops.extension.registry import PluginModule

CORE = PluginModule(name="eventops", version="1", origin="eventops", module=SimpleNamespace())


def distribution(folder: Path, name: str, entries: str) -> None:
    """An installed distribution, as pip leaves it."""
    info = folder / f"{name}-2.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(entries, encoding="utf-8")


def test_installed_plugins_are_found_by_their_entry_points_without_importing_them(tmp_path: Path) -> None:
    distribution(tmp_path, "eventops-atlas", "[eventops]\natlas = eventops_atlas_that_is_not_there\n")
    distribution(tmp_path, "unrelated", "[console_scripts]\neventops = unrelated:main\n")
    assert installed_plugins([str(tmp_path)]) == (
        InstalledPlugin(
            name="atlas", target="eventops_atlas_that_is_not_there", distribution="eventops-atlas", version="2.1"
        ),
    )


@pytest.mark.parametrize("entries", ["[eventops\n", "[eventops]\n= = =\n", "[eventops]\n\x00"])
def test_a_damaged_distribution_stops_nobody(tmp_path: Path, entries: str) -> None:
    distribution(tmp_path, "damaged", entries)
    distribution(tmp_path, "eventops-atlas", "[eventops]\natlas = atlas\n")
    assert [one.name for one in installed_plugins([str(tmp_path)]) if one.distribution != "damaged"] == ["atlas"]


def test_a_plugin_that_cannot_be_imported_is_named_and_the_rest_is_loaded() -> None:
    lost = InstalledPlugin(name="lost", target="no_such_module_at_all", distribution="eventops-lost", version="1")
    registry = load_registry(CORE, [lost])
    assert ([one.name for one in registry.plugins], list(registry.broken)) == (["eventops"], ["lost"])


PLUGIN_FILE = """
from eventops import Rule, Text, grants, hookimpl


@hookimpl
def eventops_rules():
    yield Rule(name="tea", benefit="meals", title=Text("Tea"), check=lambda candidate, facts: grants(Text("tea")))
"""


def test_one_python_file_is_a_plugin_called_like_the_file(tmp_path: Path) -> None:
    file = tmp_path / "eventops_high_tea.py"
    file.write_text(PLUGIN_FILE, encoding="utf-8")
    assert [one.name for one in load_registry(CORE, [], [file]).contributions] == ["high-tea.tea"]


@pytest.mark.parametrize("text", [None, "import no_such_module_at_all", "raise SystemError"])
def test_a_plugin_file_that_cannot_be_loaded_is_an_error_that_names_it(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "broken.py"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(PluginBroken, match=r"broken\.py"):
        load_plugin_file(file)
