from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from eventops.adapters.tinydb_store import open_store
from eventops.application.facts import load_event, put_event
from eventops.domain.event import UsedPlugin
from eventops.extension.ports import Stamp

Run = Callable[..., Any]

RULE = """
from eventops import Rule, Text, Verdict, grants, hookimpl

def check(candidate, facts):
    {body}

@hookimpl
def {hook}():
    return [Rule(name="gift", benefit="{benefit}", title=Text("Gift"), check=check)]
"""
GIFT = 'return grants(Text("a gift", fr="un cadeau", ar="هدية"))'
PLUGINS = {
    "casablanca-settat",
    "eventops",
    "expertise-france",
    "morocco",
    "oecd",
    "rabat-sale-kenitra",
}


@pytest.fixture
def plugin_file(tmp_path: Path) -> Callable[..., Path]:
    def make(
        name: str = "gift.py", body: str = GIFT, hook: str = "eventops_rules", benefit: str = "lodging", text: str = ""
    ) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text or RULE.format(body=body, hook=hook, benefit=benefit), encoding="utf-8")
        return file

    return make


def lodging(eventops: Run, *words: Any) -> dict[str, int]:
    benefit: dict[str, int] = eventops(*words, "--json", "plan").json["benefits"]["lodging"]
    return benefit


def test_the_plugins_are_listed_with_what_they_give(eventops: Run) -> None:
    listed = {one["name"]: one for one in eventops("--json", "plugin", "list").json}
    assert set(listed) >= PLUGINS
    assert all(listed[name]["used"] and listed[name]["version"] for name in PLUGINS)
    assert {"eventops_gazetteers", "eventops_tariffs"} <= set(listed["morocco"]["hooks"])


def test_the_plugins_are_listed_outside_a_workspace_too(program: Run) -> None:
    listed = {one["name"]: one["used"] for one in program("--json", "plugin", "list").json}
    assert {name: used for name, used in listed.items() if name in PLUGINS} == {
        name: name == "eventops" for name in PLUGINS
    }


def test_a_plugin_is_shown_thing_by_thing(program: Run) -> None:
    ran = program("--json", "plugin", "show", "rabat-sale-kenitra")
    assert ran.code == 0
    rules = {one["name"] for one in ran.json if one["hook"] == "eventops_rules"}
    assert "rabat-sale-kenitra.travel-second-class" in rules
    unknown = program("plugin", "show", "nosuch")
    assert (unknown.code, unknown.out) == (5, "")
    assert "There is no plugin nosuch; there are " in unknown.err


def use(workspace: Path, plugin: str) -> None:
    """Makes the stored event use a plugin, as if the plugin had been uninstalled since."""
    with open_store(workspace / "eventops.json").change(
        Stamp(actor="test", at=datetime.now().astimezone(), command="test"), wait_seconds=1
    ) as change:
        event = load_event(change)
        put_event(change, replace(event, plugins=(*event.plugins, UsedPlugin(name=plugin))))


def test_an_event_that_uses_a_plugin_nobody_installed_cannot_be_planned(eventops: Run, workspace: Path) -> None:
    use(workspace, "world-bank")
    for words in (("plan",), ("participant", "list"), ("export", "list"), ("why", "P0001"), ("plugin", "list")):
        ran = eventops(*words)
        assert (words, ran.code) == (words, 5)
        assert "The event uses the plugin world-bank, which is not installed; run pip install eventops-" in ran.err


def test_without_plugins_the_event_is_planned_as_if_it_named_none_and_that_is_said(eventops: Run) -> None:
    for words in (("plan",), ("why", "P0001")):
        ran = eventops("--no-plugins", *words)
        assert (ran.code, "The plugin morocco is left out of this run" in ran.err) == (0, True), ran.err
    left_out = eventops("--without", "morocco", "--json", "plan").json["findings"]
    assert [one["message"] for one in left_out if one["code"] == "plugin-left-out"] == [
        "The plugin morocco is left out of this run: its rules, tariffs and settings take no part"
    ]


def test_without_plugins_the_event_can_still_be_read_and_changed(eventops: Run) -> None:
    assert eventops("--no-plugins", "event", "dump").code == 0
    assert eventops("--no-plugins", "history").code == 0
    assert eventops("--no-plugins", "undo").code == 0


def test_a_plugin_file_decides_for_this_run_only(eventops: Run, plugin_file: Callable[..., Path]) -> None:
    before = lodging(eventops)
    with_gift = lodging(eventops, "--plugin", plugin_file())
    assert (with_gift["granted"] > before["granted"], with_gift["not_covered"]) == (True, 0)
    verdicts = eventops("--plugin", plugin_file(), "--json", "why", "P0001").json["decisions"][1]["verdicts"]
    gift = next(one for one in verdicts if one["rule"] == "gift.gift")
    assert (gift["plugin"], gift["effect"], gift["reason"]) == (
        "gift",
        "grants",
        {"en": "a gift", "fr": "un cadeau", "ar": "هدية"},
    )
    assert lodging(eventops) == before


def test_a_rule_that_fails_refers_everybody_and_never_pays(eventops: Run, plugin_file: Callable[..., Path]) -> None:
    file = plugin_file(body='raise ValueError("Salma Benaïssa")')
    ran = eventops("--plugin", file, "--json", "plan")
    assert ran.code == 0
    assert ran.json["benefits"]["lodging"]["granted"] == 0
    assert [one["message"] for one in ran.json["findings"] if one["code"] == "rule-failed"] == [
        "The rule gift.gift of the plugin gift failed for 60 people; they are referred to a person"
    ]
    assert "Salma" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hook": "eventops_rulez"}, "the hook eventops_rulez does not exist; hooks are "),
        ({"text": "x = 1\n"}, "none of its functions is marked with @hookimpl"),
        ({"text": "def (\n"}, "cannot be loaded"),
        ({"text": "raise RuntimeError('no')\n"}, "cannot be loaded"),
        ({"text": "from eventops import hookimpl\n@hookimpl\ndef eventops_rules():\n    return ['x']\n"}, "Rule"),
        ({"text": "from eventops import hookimpl\n@hookimpl\ndef eventops_rules():\n    1 / 0\n"}, "ZeroDivisionError"),
        ({"name": "morocco.py"}, "wo plugins are called morocco: "),
    ],
    ids=["misspelt hook", "no hook", "no Python", "fails to load", "not a rule", "hook fails", "name taken"],
)
def test_a_plugin_file_that_is_none_is_refused_in_one_sentence(
    eventops: Run, plugin_file: Callable[..., Path], changes: dict[str, str], said: str
) -> None:
    ran = eventops("--plugin", plugin_file(**changes), "plan")
    assert (ran.code, ran.out) == (5, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_two_plugin_files_of_one_name_are_refused(eventops: Run, plugin_file: Callable[..., Path]) -> None:
    files = plugin_file(), plugin_file(name="other/gift.py")
    ran = eventops("--plugin", files[0], "--plugin", files[1], "plan")
    assert (ran.code, ran.out) == (5, "")
    assert f"wo plugins are called gift: {files[0]} and {files[1]}" in ran.err


def test_a_plugin_file_that_is_not_there_is_refused(eventops: Run, tmp_path: Path) -> None:
    for missing in (tmp_path / "nowhere.py", tmp_path):
        ran = eventops("--plugin", missing, "plan")
        assert (ran.code, ran.out) == (5, "")
        assert "There is no plugin file" in ran.err


def test_a_rule_for_a_benefit_nobody_has_is_refused(eventops: Run, plugin_file: Callable[..., Path]) -> None:
    ran = eventops("--plugin", plugin_file(benefit="spaceflight"), "plan")
    assert (ran.code, ran.out) == (3, "")
    assert "speaks of the benefit spaceflight, which does not exist" in ran.err


def test_a_plugin_may_bring_a_benefit_of_its_own(eventops: Run, plugin_file: Callable[..., Path]) -> None:
    childcare = (
        "from eventops import Benefit\n@hookimpl\ndef eventops_benefits():\n"
        '    return [Benefit(name="childcare", title=Text("Childcare"), unit="day")]\n'
    )
    file = plugin_file(text=RULE.format(body=GIFT, hook="eventops_rules", benefit="childcare") + childcare)
    ran = eventops("--plugin", file, "--json", "plan")
    assert list(ran.json["benefits"]) == ["travel", "lodging", "meals", "childcare"]
    assert ran.json["benefits"]["childcare"]["granted"] == 60
