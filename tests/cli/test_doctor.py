import os
from pathlib import Path

import pytest

from eventops.adapters.tinydb_store import open_store
from eventops.application.doctor import INVARIANTS
from eventops.testing.stores import stamp

ROOT = Path(__file__).parents[2]


def codes(ran) -> set[str]:
    return {one["code"] for one in ran.json["findings"]}


def test_a_document_nobody_can_read_does_not_hide_the_rest(eventops, workspace: Path) -> None:
    with open_store(workspace / "eventops.json").change(stamp()) as change:
        change.put("participant", "P0001", {"id": "P0001"})
        change.put("override", "P0777:lodging", {"participant_id": "P0777", "benefit": "lodging", "outcome": "granted",
                                                 "reason": "", "by": "amina", "on": "2023-09-01"})  # fmt: skip
    ran = eventops("--json", "doctor")
    assert (ran.code, {"document-unreadable", "override-orphan", "override-unsigned"} <= codes(ran)) == (4, True)
    assert eventops("plan").code == 6


def test_a_workspace_without_an_event_is_told_what_comes_next(program, tmp_path: Path) -> None:
    program("init", tmp_path / "w")
    ran = program("--json", "-w", tmp_path / "w", "doctor")
    assert (ran.code, codes(ran)) == (4, {"event-missing"})


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
def test_deep_reads_all_that_is_kept(eventops, workspace: Path, kind: str) -> None:
    if kind == "sqlite":
        eventops("store", "copy", "tinydb", "sqlite", "--use")
    eventops("participant", "withdraw", "P0001")
    eventops("participant", "withdraw", "P0002")
    whole = eventops("--json", "doctor", "--deep")
    ending = "json" if kind == "tinydb" else "db"
    kept = sorted((workspace / "generations").glob(f"*.{ending}"))[-1]
    kept.write_bytes(kept.read_bytes()[:-1])
    shallow, deep = eventops("--json", "doctor"), eventops("--json", "doctor", "--deep")
    assert ("kept-damaged" in codes(whole), "kept-damaged" in codes(shallow)) == (False, False)
    assert (deep.code, "kept-damaged" in codes(deep)) == (4, True)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be altered there")
def test_deep_notices_a_row_of_sqlite_that_was_altered(eventops, workspace: Path) -> None:
    eventops("store", "copy", "tinydb", "sqlite", "--use")
    data = (workspace / "eventops.db").read_bytes()
    (workspace / "eventops.db").write_bytes(data.replace(b'"gender":"female"', b'"gender":"male  "', 1))
    assert [eventops("doctor", "--deep").code, eventops("participant", "list").code] == [6, 6]


def test_every_check_is_on_the_page_of_the_doctor() -> None:
    from eventops.adapters.workspace_checks import FILE_CHECKS
    from eventops.builtin.checks import CHECKS
    from eventops.builtin.plan_checks import PLAN_CHECKS

    page = (ROOT / "docs" / "reference" / "doctor.md").read_text(encoding="utf-8")
    every = {one.code: one.title for one in (*INVARIANTS, *FILE_CHECKS)}
    every |= {one.name: one.title for one in (*CHECKS, *PLAN_CHECKS)}
    missing = [code for code, title in every.items() if f"| `{code}` | {title.en} |" not in page]
    assert (missing, len(every) >= 25) == ([], True)
