"""A project that `plugin new` writes is complete: its own tests pass, and the check finds nothing wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

Eventops = Callable[..., Any]
KINDS = ("rule", "tariff", "export", "reader", "gazetteer", "country", "command")
ROOT = Path(__file__).parents[2]


def run_tests_of(project: Path) -> "subprocess.CompletedProcess[str]":
    """The project's own tests, as its author runs them."""
    here = any(point.name == "eventops" for point in entry_points(group="pytest11"))
    loaded = [] if here else ["-p", "eventops.testing.fixtures"]
    folders = os.pathsep.join([str(project), *(one for one in sys.path if one and "tests" not in one)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", *loaded],
        cwd=project,
        env={**os.environ, "PYTHONPATH": folders, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_project_passes_its_own_tests_and_the_check(kind: str, program: Eventops) -> None:
    made = program("plugin", "new", f"north-{kind}", "--kind", kind, "--json")
    project = Path(made.json["folder"])
    tested = run_tests_of(project)
    checked = program("plugin", "check", project, "--json")
    wrong = [one["message"] for one in checked.json if one["status"] != "ok"]
    assert (made.code, tested.returncode, wrong) == (0, 0, []), tested.stdout


def test_the_module_of_a_rule_is_about_thirty_lines_and_that_of_an_export_under_sixty(program: Eventops) -> None:
    lines = {}
    for kind in ("rule", "export"):
        made = program("plugin", "new", kind, "--kind", kind, "--json").json
        lines[kind] = len((Path(made["folder"]) / made["module"]).read_text(encoding="utf-8").splitlines())
    assert (lines["rule"] < 45, lines["export"] < 60) == (True, True), lines


def test_a_project_has_everything_that_is_needed_to_share_it(program: Eventops) -> None:
    files = program("plugin", "new", "north-coast", "--json").json["files"]
    assert files == [
        ".github/workflows/tests.yml",
        "LICENSE",
        "README.md",
        "eventops_north_coast/__init__.py",
        "eventops_north_coast/py.typed",
        "pyproject.toml",
        "setup.cfg",
        "tests/test_north_coast.py",
    ]


@pytest.mark.parametrize("name", ["North Coast", "eventops", "ساحل", "-x", "a/b"])
def test_a_name_that_cannot_be_a_plugins_is_refused(name: str, program: Eventops) -> None:
    done = program("plugin", "new", "--", name)
    assert (done.code, "cannot be a plugin’s name" in done.err) == (3, True)


def test_a_folder_that_is_there_is_left_alone(program: Eventops) -> None:
    program("plugin", "new", "north")
    kept = Path("eventops-north/README.md")
    kept.write_text("mine", encoding="utf-8")
    again = program("plugin", "new", "north")
    assert (again.code, "There already is a folder" in again.err, kept.read_text(encoding="utf-8")) == (3, True, "mine")


BAD = {
    "a hook misspelt": (
        "from eventops import hookimpl\n@hookimpl\ndef eventops_rulez():\n    return ()\n",
        "there is no hook eventops_rulez; the nearest is eventops_rules",
    ),
    "a hook not marked": (
        "def eventops_rules():\n    return ()\n",
        "eventops_rules is not marked with @hookimpl, so nobody calls it",
    ),
    "a private import": (
        "from eventops.domain.rules import Rule\n",
        "line 1: eventops.domain.rules is private to eventops; import from eventops",
    ),
    "another interface": ('eventops_api = ">=9"\n', "eventops_api is >=9, this eventops has 1.0"),
    "prints": ('print("hello")\n', "it prints when imported: hello; leave that out, output may be JSON"),
    "ends the process": ("import os\nos._exit(0)\n", "it ended the check (code 0)"),
    "raises": ("raise SystemExit(0)\n", "it cannot be imported: SystemExit(0)"),
    "replaces": (
        "import json\njson.dumps = lambda value: '{}'\n",
        "it replaces json.dumps, which are not its own",
    ),
    "keeps people": (
        "from pathlib import Path\n\n\ndef keep(text):\n    Path('x').write_text(text)\n",
        "it may keep facts about people (.write_text()) and does not say how it forgets them",
    ),
    "wrong rule": (
        "from eventops import Rule, Text, hookimpl\n\n\n@hookimpl\ndef eventops_rules():\n"
        '    return (Rule(name="x", benefit="travel", title=Text("X"), check=lambda candidate, facts: 3),)\n',
        "RuleContract, test_every_answer_is_a_verdict_the_rule_declared",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_the_check_names_what_is_wrong(case: str, program: Eventops) -> None:
    text, said = BAD[case]
    file = Path("eventops_bad.py")
    hook = (
        "\n\nfrom eventops import DoctorCheck, hookimpl as marked\n\n\n@marked\ndef eventops_checks():\n    return ()\n"
    )
    file.write_text(text + (hook if "keeps" in case else ""), encoding="utf-8")
    done = program("plugin", "check", file, "--json")
    messages = [one["message"] for one in done.json if one["status"] == "error"]
    assert (done.code, any(said in message for message in messages)) == (5, True), messages


def test_a_plugin_that_is_not_there_is_named_with_those_that_are(program: Eventops) -> None:
    done = program("plugin", "check", "atlantis")
    assert (done.code, "There is no plugin atlantis" in done.err) == (3, True)
