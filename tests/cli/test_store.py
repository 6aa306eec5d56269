import stat
from pathlib import Path

import pytest

from eventops.adapters.store_urls import relative, without_password


def test_a_workspace_moves_to_sqlite_and_back_and_nothing_is_lost(eventops, workspace: Path) -> None:
    plan, history = eventops("--json", "plan").json, eventops("--json", "history").json
    people = eventops("--json", "participant", "list").json
    there = eventops("--json", "store", "copy", "tinydb", "sqlite", "--use").json
    assert (workspace / "store.url").read_text() == "sqlite:eventops.db\n"
    assert (eventops("--json", "plan").json, eventops("--json", "history").json) == (plan, history)
    back = eventops("--json", "store", "copy", "sqlite", "tinydb:back.json", "--use").json
    assert (back["hash"], back["head"], back["documents"]) == (there["hash"], there["head"], there["documents"])
    assert eventops("--json", "participant", "list").json == people


def test_what_a_copy_cannot_take_back_it_says(eventops) -> None:
    eventops("participant", "withdraw", "P0001")
    eventops("store", "copy", "tinydb", "sqlite", "--use")
    undone = eventops("undo")
    assert (undone.code, "no longer kept" in undone.err) == (3, True)
    eventops("participant", "withdraw", "P0002")
    assert eventops("undo").code == 0


def test_a_copy_never_goes_into_a_store_that_holds_something(eventops) -> None:
    eventops("store", "copy", "tinydb", "sqlite")
    again, same = eventops("store", "copy", "tinydb", "sqlite"), eventops("store", "copy", "sqlite", "sqlite")
    assert (again.code, "is not empty" in again.err) == (3, True)
    assert (same.code, "the same store" in same.err) == (3, True)


def test_the_store_shows_its_kind_and_contents(eventops, workspace: Path) -> None:
    view = eventops("--json", "store", "show").json
    assert (view["kind"], view["url"], view["documents"]["participant"]) == (
        "tinydb",
        f"tinydb:{workspace / 'eventops.json'}",
        60,
    )
    assert len(view["head"]) == len(view["hash"]) == 64


def test_a_workspace_is_made_with_a_store_of_another_kind(program, tmp_path: Path) -> None:
    assert program("init", tmp_path / "w", "--store", "sqlite").code == 0
    assert ((tmp_path / "w" / "store.url").read_text(), (tmp_path / "w" / "eventops.db").exists()) == (
        "sqlite:eventops.db\n",
        True,
    )
    assert program("init", tmp_path / "w").code == program("init", tmp_path / "w", "--store", "sqlite").code == 3
    moved = (tmp_path / "w").rename(tmp_path / "elsewhere else")
    assert program("-w", moved, "store", "show").code == 0


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("foo:bar", 3, "There is no kind of store foo; there are sqlite, tinydb"),
        ("eventops.db", 3, "names no store"),
        ("sqlite:none.db", 3, "is not an eventops workspace (it has no none.db)"),
    ],
)
def test_a_store_that_is_not_there_is_named(eventops, url: str, code: int, words: str) -> None:
    ran = eventops("--no-plugins", "--store", url, "store", "show")
    assert (ran.code, words in ran.err) == (code, True)


def test_the_file_that_names_the_store_holds_one_line(eventops, workspace: Path) -> None:
    (workspace / "store.url").write_text("sqlite:a.db\nsqlite:b.db\n")
    ran = eventops("store", "show")
    assert (ran.code, "should hold one line" in ran.err) == (3, True)


def test_the_store_of_a_run_is_chosen_by_the_environment(
    eventops, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eventops("store", "copy", "tinydb", "sqlite:other.db")
    eventops("--store", "sqlite:other.db", "participant", "withdraw", "P0001")
    monkeypatch.setenv("EVENTOPS_STORE", "sqlite:other.db")
    assert len(eventops("--json", "participant", "list").json) == 59
    monkeypatch.delenv("EVENTOPS_STORE")
    assert len(eventops("--json", "participant", "list").json) == 60


def test_the_demo_never_writes_into_the_store_of_the_environment(
    program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTOPS_STORE", f"sqlite:{tmp_path / 'team.db'}")
    program("init", tmp_path / "team")
    before = program("--json", "store", "show").json
    assert program("demo", tmp_path / "demo", "--empty").code == 0
    assert program("--json", "store", "show").json == before


def test_a_damaged_sqlite_store_is_brought_back_by_the_command(eventops, workspace: Path) -> None:
    eventops("store", "copy", "tinydb", "sqlite", "--use")
    eventops("participant", "withdraw", "P0001")
    (workspace / "eventops.db").write_bytes((workspace / "eventops.db").read_bytes()[:5000])
    damaged = eventops("plan")
    assert (damaged.code, "`eventops history restore`" in damaged.err) == (6, True)
    assert eventops("history", "restore").code == 0
    assert len(eventops("--json", "participant", "list").json) == 59
    assert eventops("undo").code == 0


def test_init_says_when_the_folder_is_synchronised(program, tmp_path: Path) -> None:
    made = program("init", tmp_path / "OneDrive - Ministry" / "event")
    assert (made.code, "OneDrive synchronises" in made.err) == (0, True)


def test_a_url_with_a_password_is_shown_without_it_and_kept_for_the_owner_only(program, tmp_path: Path) -> None:
    shown = [
        without_password(url)
        for url in (
            "postgresql://amina:s3cret@db.example.org/events?event=casa",
            "postgresql://db.example.org/events?password=s3cret&event=casa",
            "sqlite:eventops.db",
        )
    ]
    assert shown == [
        "postgresql://amina:…@db.example.org/events?event=casa",
        "postgresql://db.example.org/events?password=…&event=casa",
        "sqlite:eventops.db",
    ]
    program("init", tmp_path / "w", "--store", "sqlite")
    assert stat.S_IMODE((tmp_path / "w" / "store.url").stat().st_mode) == 0o600
    assert relative(f"sqlite:{tmp_path / 'a' / 'b.db'}", tmp_path / "w") == f"sqlite:{tmp_path / 'a' / 'b.db'}"
