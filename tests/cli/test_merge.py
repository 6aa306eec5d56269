from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TWICE = (
    "Nom complet,Courriel,Téléphone,Ville\n"
    "Ali Test,ali@example.org,,Rabat\n"
    "علي تست,a.test@example.org,+212612345671,Rabat\n"
)


@pytest.fixture
def pair(eventops: Run, tmp_path: Path) -> tuple[str, str]:
    """One person who registered twice; the ids."""
    file = tmp_path / "twice.csv"
    file.write_text(TWICE, encoding="utf-8")
    assert eventops("participant", "import", file).code == 0
    return "P0061", "P0062"


def test_two_registrations_become_one_person_and_undo_makes_them_two(eventops: Run, pair: tuple[str, str]) -> None:
    first, second = pair
    ran = eventops("--json", "participant", "merge", first, second)
    assert (ran.code, ran.json["id"], ran.json["merged"]) == (0, first, second)
    shown = eventops("--json", "participant", "show", second).json
    assert (shown["id"], shown["email"], shown["phone"]) == (first, "ali@example.org", "+212612345671")
    assert shown["merged"] == [second]
    assert eventops("undo").code == 0
    assert eventops("--json", "participant", "show", second).json["email"] == "a.test@example.org"


def test_a_dry_run_shows_the_merge_and_changes_nothing(eventops: Run, pair: tuple[str, str]) -> None:
    ran = eventops("participant", "merge", *pair, "--dry-run")
    assert ran.lines[0] == "P0062 (علي تست) would become P0061 (Ali Test); nothing was changed:"
    assert "  Phone: +212612345671, from P0062" in ran.lines
    assert "  E-mail: ali@example.org stands; P0062 said a.test@example.org" in ran.lines
    assert eventops("--json", "participant", "show", "P0062").json["id"] == "P0062"


def test_decisions_by_hand_move_with_the_person(eventops: Run, pair: tuple[str, str]) -> None:
    first, second = pair
    set_ = eventops("override", "add", second, "lodging", "granted", "--reason", "comes from far")
    assert set_.code == 0, set_.err
    ran = eventops("--json", "participant", "merge", first, second)
    assert ran.json["overrides"] == ["lodging"]
    decided = [(one["participant"], one["benefit"]) for one in eventops("--json", "override", "list").json]
    assert (first, "lodging") in decided
    assert (second, "lodging") not in decided


def test_the_id_of_a_merged_registration_is_given_to_nobody_else(
    eventops: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    eventops("participant", "merge", *pair)
    (tmp_path / "more.csv").write_text("Nom complet,Courriel,Ville\nZineb Autre,z@example.org,Rabat\n")
    eventops("participant", "import", tmp_path / "more.csv")
    assert eventops("--json", "participant", "show", "Zineb Autre").json["id"] == "P0063"


def test_nobody_is_merged_with_themselves(eventops: Run, pair: tuple[str, str]) -> None:
    ran = eventops("participant", "merge", "P0061", "ali@example.org")
    assert (ran.code, ran.out) == (3, "")
    assert "are one person already, P0061" in ran.err


def test_forgetting_a_merged_person_leaves_neither_registration(
    eventops: Run, pair: tuple[str, str], workspace: Path, tmp_path: Path
) -> None:
    eventops("participant", "merge", *pair)
    (tmp_path / "twice.csv").unlink()
    ran = eventops("participant", "forget", "P0061", "--yes")
    assert ran.err == ""
    files = {file.name: file.read_bytes() for file in workspace.rglob("*") if file.is_file()}
    assert [name for name, text in files.items() if b"a.test@example.org" in text or b'"ali@example.org' in text] == []


def test_one_phone_under_names_in_two_scripts_is_proposed_for_a_merge(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "phones.csv"
    file.write_text(
        "Nom complet,Courriel,Téléphone,Ville\n"
        "Ali Test,ali@example.org,+212612345671,Rabat\n"
        "علي تست,a.test@example.org,+212612345671,Rabat\n",
        encoding="utf-8",
    )
    ran = eventops("participant", "import", file)
    assert ran.code == 0
    assert "row 3: علي تست has the phone number of Ali Test (P0061); both are enrolled" in ran.err
    assert "eventops participant merge P0061 P0062" in ran.err
