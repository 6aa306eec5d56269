"""Installed distributions that are broken, clash, are made for another eventops, or have nothing to do with it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.testing.workspaces import make_small_workspace

Eventops = Callable[..., Any]
RULE = """
from eventops import Rule, Text, grants, hookimpl

{head}

@hookimpl
def eventops_rules():
    return (Rule(name="tea", benefit="travel", title=Text("Tea"), check=lambda candidate, facts: grants(Text("tea"))),)
"""


def installed(folder: Path, distribution: str, entry: str, module: str, code: str | None) -> None:
    """A distribution as pip leaves it: its metadata, its entry point and its module."""
    info = folder / f"{distribution}-2.1.dist-info"
    info.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 2.1\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[eventops]\n{entry} = {module}\n", encoding="utf-8")
    if code is not None:
        (folder / f"{module}.py").write_text(code, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed distributions."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    known = set(sys.modules)
    yield folder  # type: ignore[misc]
    for name in set(sys.modules) - known:
        if name.startswith("fake_"):
            del sys.modules[name]


@pytest.fixture
def small(program: Eventops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eventops:
    monkeypatch.setenv("EVENTOPS_CONFIG", str(tmp_path / "config"))
    make_small_workspace(tmp_path / "small")
    return lambda *words: program("-w", tmp_path / "small", *words)


def listed(small: Eventops) -> dict[str, str]:
    """What is wrong with each plugin, '' for nothing."""
    done = small("plugin", "list", "--json")
    return {one["name"]: one["broken"] for one in done.json}


FAULTS = {
    "is not there": (None, "cannot be loaded (ModuleNotFoundError"),
    "misses a module": (RULE.format(head="import no_such_module_at_all"), "cannot be loaded (ModuleNotFoundError"),
    "does not parse": ("def broken(:\n", "cannot be loaded (SyntaxError"),
    "ends the program": ("import sys\nsys.exit(0)\n", "cannot be loaded (SystemExit(0))"),
    "has a newer interface": (
        RULE.format(head='eventops_api = ">=2"'),
        "it needs the plugin interface >=2, this eventops has 1.0",
    ),
    "has an interface that is none": (RULE.format(head="eventops_api = 2"), "eventops_api is 2; a range such as"),
    "misspells a hook": (RULE.format(head="").replace("def eventops_rules", "def eventops_rulez"), "does not exist"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_faulty_distribution_is_named_and_everything_else_works(case: str, site: Path, small: Eventops) -> None:
    code, said = FAULTS[case]
    installed(site, "eventops-good", "good", "fake_good", RULE.format(head='eventops_api = ">=1,<2"'))
    installed(site, "eventops-bad", "bad", "fake_bad", code)
    plan = small("plan", "--json")
    wrong = listed(small)
    used = small("plugin", "enable", "good")
    why = small("why", "p01", "--json")
    refused = small("plugin", "enable", "bad")
    assert (plan.code, wrong["good"], said in wrong["bad"]) == (0, "", True), wrong["bad"]
    assert (used.code, why.code, "good.tea" in why.out) == (0, 0, True), used.err + why.err
    assert (refused.code, "bad" in refused.err) == (5, True)


def test_two_distributions_of_one_name_are_both_named_and_none_is_used(site: Path, small: Eventops) -> None:
    installed(site, "eventops-tea", "tea", "fake_tea", RULE.format(head=""))
    installed(site, "other-tea", "tea", "fake_other", RULE.format(head=""))
    installed(site, "eventops-good", "good", "fake_good", RULE.format(head=""))
    wrong = listed(small)
    assert ("eventops-tea and other-tea" in wrong["tea"], wrong["good"]) == (True, "")
    assert (small("plugin", "enable", "good").code, small("plugin", "enable", "tea").code) == (0, 5)


def test_nobody_can_take_the_name_of_the_core(site: Path, small: Eventops) -> None:
    installed(site, "false-core", "eventops", "fake_core", RULE.format(head=""))
    plan = small("plan", "--json")
    assert (plan.code, "is eventops’ own" in listed(small)["false-core"]) == (0, True)


def test_a_plugin_that_is_not_used_is_not_even_imported(site: Path, small: Eventops, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    installed(site, "eventops-loud", "loud", "fake_loud", f"open({str(witness)!r}, 'w').close()\n")
    codes = [small(*words).code for words in (("plan",), ("why", "p01"), ("--help",), ("todo",))]
    assert (codes, witness.exists()) == ([0, 0, 0, 0], False)


def test_a_hundred_unrelated_distributions_change_nothing(site: Path, small: Eventops) -> None:
    before = listed(small)
    for number in range(100):
        info = site / f"unrelated_{number}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: unrelated-{number}\nVersion: 1\n", encoding="utf-8")
        points = "[console_scripts]\neventops = unrelated:main\n" if number % 2 else "damaged [["
        (info / "entry_points.txt").write_text(points, encoding="utf-8")
    assert listed(small) == before
