"""What happens to the store of a workspace: history, undo, other commands at work, damage."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.adapters.file_lock import lock_held
from eventops.cli.workspace import KINDS as WORDS
from eventops.domain.keeping.invariants import KINDS

Run = Callable[..., Any]


def people(eventops: Run) -> int:
    return len(eventops("--json", "participant", "list").json)


def test_history_tells_who_did_what_and_holds_no_name(eventops: Run) -> None:
    eventops("participant", "set", "P0003", "--town", "Settat")
    ran = eventops("--json", "history")
    assert [one["number"] for one in ran.json] == list(range(1, len(ran.json) + 1))
    assert {one["actor"] for one in ran.json} == {"coordinator"}
    commands = [one["command"] for one in ran.json]
    assert (commands[0], commands[-1]) == ("demo", "participant set")
    assert commands.count("participant import") == 1
    assert ["GHARBAOUI" in ran.out, "Settat" in ran.out] == [False, False]
    assert "participant set" in eventops("history").out


def test_the_chain_of_history_is_verified(eventops: Run) -> None:
    ran = eventops("--json", "history", "verify")
    entries = len(eventops("--json", "history").json)
    assert (ran.code, ran.json["entries"], len(ran.json["head"])) == (0, entries, 64)


def test_every_change_is_taken_back_one_by_one_and_made_again(eventops: Run) -> None:
    plan = eventops("--json", "plan").out
    eventops("participant", "withdraw", "P0003")
    eventops("override", "add", "P0002", "travel", "granted", "--reason", "Speaks")
    assert [eventops("--json", "undo").json["command"] for _ in range(2)] == ["override add", "participant withdraw"]
    assert eventops("--json", "plan").out == plan
    assert [eventops("redo").code for _ in range(3)] == [0, 0, 3]
    assert (people(eventops), len(eventops("--json", "override", "list").json)) == (59, 1)


def test_there_is_nothing_to_take_back_in_a_new_workspace(program: Run) -> None:
    program("init", "new")
    for command in ("undo", "redo"):
        ran = program("-w", "new", command)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


def test_a_store_that_another_command_holds_is_waited_for_and_then_refused(eventops: Run, workspace: Path) -> None:
    with lock_held(workspace / "eventops.json", "another command", 0):
        ran = eventops("--wait", "0.2", "participant", "withdraw", "P0003")
        assert (ran.code, ran.out) == (6, "")
        assert "another command" in ran.err
        assert eventops("--json", "participant", "list").code == 0
    assert people(eventops) == 60
    assert eventops("--wait", "0.2", "participant", "withdraw", "P0003").code == 0


@pytest.mark.parametrize("damage", ["cut", "emptied", "altered", "replaced"])
def test_a_damaged_store_is_refused_and_restored(eventops: Run, workspace: Path, damage: str) -> None:
    before = eventops("--json", "history").json[-1]["number"]
    eventops("participant", "withdraw", "P0003")
    store = workspace / "eventops.json"
    whole = store.read_bytes()
    damaged = {
        "cut": whole[: len(whole) // 2],
        "emptied": b"",
        "altered": whole.replace(b"Salma", b"Selma"),
        "replaced": b"{}",
    }[damage]
    store.write_bytes(damaged)
    for words in (("plan",), ("participant", "list"), ("participant", "withdraw", "P0001"), ("undo",), ("doctor",)):
        ran = eventops(*words)
        assert (ran.code, ran.out) == (6, "")
        assert "`eventops history restore` brings it back" in ran.err
        assert store.read_bytes() == damaged
    ran = eventops("--json", "history", "restore")
    assert (ran.code, ran.json["generation"]) == (0, before)
    assert people(eventops) == 60


def test_a_folder_that_is_no_workspace_is_refused_by_every_command(program: Run) -> None:
    for words in (
        ("plan",),
        ("participant", "list"),
        ("participant", "import", "x.csv"),
        ("participant", "set", "P0001", "--notes", "x"),
        ("event", "show"),
        ("venue", "list"),
        ("agenda", "list"),
        ("meal", "list"),
        ("place", "review"),
        ("seat", "list"),
        ("travel", "list"),
        ("lodging", "list"),
        ("why", "P0001"),
        ("whatif", "--set", "seats=1"),
        ("override", "list"),
        ("export", "list"),
        ("export", "travel-list"),
        ("todo",),
        ("history",),
        ("undo",),
        ("redo",),
        ("doctor",),
    ):
        ran = program(*words)
        assert (words, ran.code, ran.out) == (words, 3, "")
        if words[-1] != "x.csv":
            assert "is not an eventops workspace" in ran.err
    assert list(Path().iterdir()) == []


def test_a_workspace_without_an_event_asks_for_one(program: Run) -> None:
    assert program("init", "new").code == 0
    for words in (("plan",), ("participant", "list"), ("event", "show"), ("todo",), ("export", "list")):
        ran = program("-w", "new", *words)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err == "error: This workspace has no event yet; run eventops event apply FILE.toml\n"


def test_a_workspace_is_made_once(program: Run) -> None:
    ran = program("--json", "init", "new")
    assert (ran.code, ran.json["workspace"]) == (0, str(Path("new").absolute()))
    again = program("init", "new")
    assert (again.code, again.out) == (3, "")
    assert "is already a workspace" in again.err


def test_a_workspace_is_filled_step_by_step(program: Run, workspace: Path) -> None:
    program("init", "new")
    assert program("-w", "new", "event", "apply", workspace / "event.toml").code == 0
    assert program("-w", "new", "participant", "import", workspace / "registrations.xlsx").code == 0
    assert program("-w", "new", "--json", "plan").out == program("-w", workspace, "--json", "plan").out


def test_the_workspace_may_come_from_the_environment(
    program: Run, process: Run, workspace: Path, tmp_path: Path
) -> None:
    ran = process("--json", "participant", "list", EVENTOPS_WORKSPACE=str(workspace))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"P0060"' in ran.stdout


def test_history_has_words_for_every_kind_of_document() -> None:
    assert set(KINDS) - set(WORDS) == set()
