"""One bad plugin beside two good ones: it is named with its hook, and the good ones' answers are what they were.

In this process what can be contained there; everything in a process of its own.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eventops import Decision, Effect, Rule, Text, does_not_apply, grants, hookimpl
from eventops.application.plugins import Wanted, WorkspaceFile, load_plugins
from eventops.builtin import plugin as core_plugin
from eventops.domain.deciding.decisions import decided
from eventops.domain.deciding.variants import Variants
from eventops.domain.event import UsedPlugin
from eventops.domain.findings import Finding
from eventops.extension.guarding import Guard
from eventops.extension.isolation import Limits
from eventops.extension.registry import PluginModule
from eventops.extension.rulebook import rulebook_of
from eventops.testing import an_event, twelve_candidates

CORE = PluginModule(name="eventops", version="1", origin="eventops", module=core_plugin)
LIMITS = Limits(seconds=1.5, megabytes=700)
HEAD = """
import ctypes, json, os, sys, time
from eventops import Effect, Rule, Text, Verdict, does_not_apply, grants, hookimpl

SAID = Text("said")


def check(candidate, facts):
    {body}
    return grants(SAID)


@hookimpl
def eventops_rules():
    yield Rule(name="rule", benefit="travel", title=Text("Rule"), check=check, may=(Effect.GRANTS, Effect.EXCLUDES))
    {after}
"""
# What the bad rule does, and whether it can be contained without a process of its own.
BODIES = {
    "raises": ("raise ValueError('private: ' + candidate.participant.name)", True),
    "recurses": ("return check(candidate, facts)", True),
    "ends the program": ("sys.exit(0)", True),
    "answers something else": ("return 'granted'", True),
    "answers with a share nobody has": ("return Verdict(effect=Effect.GRANTS, reason=SAID, share=1000)", True),
    "changes a person": ("candidate.participant.fields['paid'] = True", True),
    "changes the settings": ("facts.settings['travel_from_km'] = 0", True),
    "forces a change of a person": ("object.__setattr__(candidate.participant, 'name', 'X')", True),
    "forces a change of a candidate": (
        "import msgspec; msgspec.structs.force_setattr(candidate, 'distance_km', 900.0)",
        True,
    ),
    "forces a change of a consent": (
        "import msgspec; msgspec.structs.force_setattr(candidate.participant.consents, 'photo', True)",
        True,
    ),
    "forces a change of the facts": ("import msgspec; msgspec.structs.force_setattr(facts, 'settings', {})", True),
    "forces a change of the event": (
        "import msgspec; msgspec.structs.force_setattr(facts.event.venue, 'name', SAID)",
        True,
    ),
    "prints": ("print('hello', candidate.participant.name)", True),
    "closes the output": ("sys.stdout.close()", True),
    "closes the output of the system": ("os.close(1)", True),
    "loops for ever": ("while True: pass", False),
    "sleeps": ("time.sleep(3600)", False),
    "takes all memory": ("b = bytes(100_000_000)\n    while True: b = b + b", False),
    "crashes in C": ("ctypes.string_at(0)", False),
    "ends the process": ("os._exit(0)", False),
    "replaces what is not its own": (
        "import eventops.domain.deciding.decisions as d; d.decided = None; json.dumps = None; "
        "import eventops.domain.rules as r; r.grants = None; return grants(SAID)",
        False,
    ),
}
# These may go on and be heard, the others refer.
HEARD = ("prints", "closes the output", "closes the output of the system", "replaces what is not its own")


def good(name: str) -> Any:
    """A plugin that grants who lives far away."""

    def check(candidate: Any, facts: Any) -> Any:
        far = (candidate.distance_km or 0) > float(facts.settings["travel_from_km"])
        return grants(Text("far")) if far else does_not_apply(Text("near"))

    def eventops_rules() -> Iterator[Rule]:
        yield Rule(name="far", benefit="travel", title=Text(name), check=check, may=(Effect.GRANTS,))

    return SimpleNamespace(eventops_rules=hookimpl(eventops_rules))


def outcome_beside(file: Path | None, *, isolate: bool) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """What is decided by the good plugins and the bad one, and everything found wrong."""
    guard = Guard()
    wanted = Wanted()
    used = [UsedPlugin(name="eventops", rules=("meals-for-all",))]
    if file is not None:
        used.append(UsedPlugin(name="bad"))
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        workspace = (WorkspaceFile(name="bad", file=file, sha256=sha256),)
        wanted = Wanted(workspace=workspace) if isolate else Wanted(files=(file,))
    registry = load_plugins(CORE, wanted, guard, LIMITS)
    for name in ("alpha", "zeta"):
        module = PluginModule(name=name, version="1", origin=name, module=good(name))
        registry._hooks[name] = (module, ("eventops_rules",))
        used.append(UsedPlugin(name=name))
    event = an_event(plugins=tuple(used))
    people = [Variants(main=one) for one in twelve_candidates()]
    decisions, findings = decided(people, event, rulebook_of(event, registry), {})
    return decisions, (*findings, *registry.guard.findings)


def rulings(decisions: tuple[Decision, ...], *, bad: bool) -> list[Any]:
    return [
        (one.participant_id, one.benefit, ruling)
        for one in decisions
        for ruling in one.rulings
        if (ruling.plugin == "bad") is bad
    ]


def bad_file(folder: Path, body: str, after: str = "") -> Path:
    file = folder / "bad.py"
    file.write_text(HEAD.replace("{body}", body).replace("{after}", after), encoding="utf-8")
    return file


def check_contained(case: str, file: Path, *, isolate: bool) -> None:
    alone, _ = outcome_beside(None, isolate=False)
    decisions, findings = outcome_beside(file, isolate=isolate)
    mine = [ruling for _, _, ruling in rulings(decisions, bad=True)]
    named = {(one.source.plugin, one.source.hook) for one in findings}
    effects = {ruling.verdict.effect for ruling in mine}
    expected = Effect.GRANTS if case in HEARD else Effect.REFERS
    assert rulings(decisions, bad=False) == rulings(alone, bad=False)
    assert effects == {expected}, findings
    if case != "replaces what is not its own":
        assert named == {("bad", "eventops_rules")}
    # What a plugin raises may hold somebody's name, and reasons are read by others.
    assert "private" not in str([ruling.verdict.values for ruling in mine])


@pytest.mark.parametrize("case", [case for case, (_, here) in BODIES.items() if here])
def test_contained_in_this_process(case: str, tmp_path: Path) -> None:
    check_contained(case, bad_file(tmp_path, BODIES[case][0]), isolate=False)


@pytest.mark.parametrize("case", BODIES)
def test_contained_in_a_process_of_its_own(case: str, tmp_path: Path) -> None:
    check_contained(case, bad_file(tmp_path, BODIES[case][0]), isolate=True)


@pytest.mark.parametrize("isolate", [False, True])
def test_a_hook_that_fails_half_way_gives_nothing_and_is_named(isolate: bool, tmp_path: Path) -> None:
    guard = Guard()
    file = bad_file(tmp_path, "pass", "raise OSError('no disk')")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    workspace = (WorkspaceFile(name="bad", file=file, sha256=sha256),)
    registry = load_plugins(CORE, Wanted(workspace=workspace, isolate={"bad": isolate}), guard, LIMITS)
    given = registry.of("eventops_rules")
    finding = registry.trouble_of("bad")
    assert finding is not None
    assert ({one.plugin for one in given}, finding.source.hook) == ({"eventops"}, "eventops_rules")


def test_what_failed_is_not_asked_again_and_the_rest_of_the_plugin_goes_on(tmp_path: Path) -> None:
    second = 'yield Rule(name="sound", benefit="travel", title=Text("S"), check=lambda c, f: does_not_apply(SAID))'
    decisions, findings = outcome_beside(bad_file(tmp_path, "os._exit(7)", second), isolate=True)
    said = {
        ruling.rule: (ruling.verdict.effect, ruling.verdict.values.get("error"))
        for _, _, ruling in rulings(decisions, bad=True)
    }
    assert said == {
        "bad.rule": (Effect.REFERS, "the process ended with code 7"),
        "bad.sound": (Effect.NOT_APPLICABLE, None),
    }
    assert [one.values["count"] for one in findings] == [12]


def test_in_a_process_of_its_own_the_answers_are_the_same_to_the_last_byte(tmp_path: Path) -> None:
    file = bad_file(
        tmp_path,
        "return does_not_apply(SAID, at=candidate.leaves_home_at, place=candidate.place, km=candidate.distance_km, "
        "name=Text('a', ar='b'), needs=(candidate.participant.needs, None), gender=candidate.participant.gender)",
    )
    here, apart = (outcome_beside(file, isolate=isolate)[0] for isolate in (False, True))
    assert here == apart


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of memory is the system's, and it has none")
def test_memory_is_limited(tmp_path: Path) -> None:
    decisions, _ = outcome_beside(bad_file(tmp_path, "bytearray(2_000_000_000)"), isolate=True)
    said = {ruling.verdict.values["error"] for _, _, ruling in rulings(decisions, bad=True)}
    assert said == {"MemoryError"}


# The command line


PROGRAM = "from eventops.cli.main import main; main()"


def run(workspace: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    folders = os.pathsep.join(one for one in sys.path if one)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "-w", str(workspace), *(str(word) for word in words)],
        capture_output=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": folders,
            "EVENTOPS_LANG": "en",
            "EVENTOPS_CONFIG": str(workspace.parent / "config"),
            "EVENTOPS_PLUGIN_SECONDS": "1",
            "PYTHONUTF8": "1",
        },
        check=False,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    from eventops.testing.workspaces import make_small_workspace

    make_small_workspace(tmp_path / "workspace")
    return tmp_path / "workspace"


@pytest.mark.parametrize("case", ["raises", "prints", "ends the program", "closes the output of the system"])
def test_a_fault_is_said_and_strict_plugins_makes_it_exit_5(case: str, workspace: Path, tmp_path: Path) -> None:
    file = bad_file(tmp_path, BODIES[case][0])
    mild = run(workspace, "--plugin", file, "--json", "plan")
    strict = run(workspace, "--plugin", file, "--strict-plugins", "--json", "plan")
    assert (mild.returncode, strict.returncode, mild.stdout == strict.stdout) == (0, 5, True), strict.stderr
    assert mild.stdout.startswith("{")
    assert "bad" in strict.stderr


def test_without_a_process_of_its_own_the_store_stays_whole_and_the_next_start_names_the_plugin(
    workspace: Path, tmp_path: Path
) -> None:
    file = bad_file(tmp_path, "os._exit(9)")
    stored = (workspace / "eventops.json").read_bytes()
    ended = run(workspace, "--plugin", file, "plan")
    after = run(workspace, "--plugin", bad_file(tmp_path, "pass"), "plan")
    again = run(workspace, "--plugin", file.with_name("bad.py"), "plan")
    named = "An earlier run ended without a word inside the plugin bad, in eventops_rules (rule)"
    assert (ended.returncode, after.returncode, named in after.stderr, named in again.stderr) == (9, 0, True, False)
    assert (workspace / "eventops.json").read_bytes() == stored


def trusted(workspace: Path, body: str) -> None:
    """A plugin file of the workspace, trusted and used by the event."""
    (workspace / "plugins").mkdir()
    bad_file(workspace / "plugins", body)
    for words in (("plugin", "trust", "bad"), ("plugin", "enable", "bad")):
        done = run(workspace, *words)
        assert done.returncode == 0, done.stderr


def test_a_file_of_the_workspace_runs_in_a_process_of_its_own(workspace: Path) -> None:
    trusted(workspace, "os._exit(0)")
    done = run(workspace, "--strict-plugins", "plan", "--json")
    left_out = run(workspace, "--strict-plugins", "--without", "bad", "plan", "--json")
    assert (done.returncode, left_out.returncode, "failed for 12 people" in done.stdout) == (5, 0, True), done.stderr


def test_a_file_of_the_workspace_that_changed_is_refused_until_it_is_trusted_again(workspace: Path) -> None:
    trusted(workspace, "pass")
    file = workspace / "plugins" / "bad.py"
    file.write_text(file.read_text(encoding="utf-8") + "\nprint('more')\n", encoding="utf-8")
    refused = run(workspace, "plan")
    assert (refused.returncode, "changed after it was trusted" in refused.stderr) == (5, True), refused.stderr
    assert run(workspace, "plugin", "trust", "bad").returncode == 0
    assert run(workspace, "plan").returncode == 0


def test_a_folder_somebody_sent_runs_nothing(workspace: Path, tmp_path: Path) -> None:
    (workspace / "plugins").mkdir()
    witness = tmp_path / "witness"
    (workspace / "plugins" / "bad.py").write_text(f"open({str(witness)!r}, 'w').close()\n", encoding="utf-8")
    codes = [run(workspace, *words).returncode for words in (("plugin", "list"), ("plan",), ("doctor",), ("--help",))]
    assert (codes[1], codes[3], witness.exists()) == (0, 0, False)


EXPORT = """
import os, sys
from eventops import (
    Audience, Column, DoctorCheck, Export, Finding, Report, Severity, Table, Tariff, Text, hookimpl
)

TITLE = Text("List")


def compose(plan, options):
    {body}
    rows = tuple((one.participant.name, one.distance_km) for one in plan.candidates)
    columns = (Column(name="name", title=TITLE), Column(name="km", title=TITLE))
    table = Table(name="t", title=TITLE, columns=columns, rows=rows)
    return Report(name="list", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,))


def run(plan):
    {body}
    yield Finding(severity=Severity.INFORMATION, code="seen", message=Text("seen"))


@hookimpl
def eventops_exports():
    return (Export(name="list", title=TITLE, audience=Audience.ASSOCIATION, compose=compose),)


@hookimpl
def eventops_checks():
    return (DoctorCheck(name="seen", title=TITLE, run=run),)
"""


@pytest.mark.parametrize("isolate", ["--isolate", "--no-isolate"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("pass", 0),
        ("plan.settings['travel_from_km'] = 0; plan.candidates[0].participant.fields['x'] = 1", 5),
        ("raise KeyError('x')", 5),
        ("sys.exit(0)", 5),
        ("os._exit(0)", 5),
    ],
)
def test_an_export_and_a_check_are_contained_like_a_rule(body: str, code: int, isolate: str, workspace: Path) -> None:
    if "os._exit" in body and isolate == "--no-isolate":
        return
    (workspace / "plugins").mkdir()
    (workspace / "plugins" / "bad.py").write_text(EXPORT.replace("{body}", body), encoding="utf-8")
    for words in (("plugin", "trust", "bad"), ("plugin", "enable", "bad", isolate)):
        done = run(workspace, *words)
        assert done.returncode == 0, done.stderr
    file = workspace / "list.csv"
    exported = run(workspace, "export", "bad.list", "--format", "csv", "-o", file)
    doctor = run(workspace, "--strict-plugins", "doctor", "--json")
    assert (exported.returncode, file.exists()) == (code, code == 0), exported.stderr
    assert ("bad" in exported.stderr) is (code != 0)
    assert (doctor.returncode == 5, '"seen"' in doctor.stdout) == (code == 5, code == 0), doctor.stdout
