from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.adapters.workbook_passwords import encrypted

Run = Callable[..., Any]
SHEET = Path(__file__).parents[2] / "samples" / "casablanca-2023" / "registrations.xlsx"
ONE = "Nom complet,Courriel,Sobriquet\nAli Test,ali@example.org,Société X\n"
TWO = "Nom complet,Courriel,Sobriquet\nZineb Test,z@example.org,Société Y\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two files with the same headings."""
    paths = (tmp_path / "one.csv", tmp_path / "two.csv")
    for path, text in zip(paths, (ONE, TWO), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def organisation(eventops: Run, person: str) -> str | None:
    found: str | None = eventops("--json", "participant", "show", person).json.get("organisation")
    return found or None


def test_what_was_said_about_a_column_holds_for_the_next_file(eventops: Run, files: tuple[Path, Path]) -> None:
    eventops("participant", "import", files[0], "--map", "Sobriquet=organisation")
    ran = eventops("participant", "import", files[1])
    assert (ran.code, organisation(eventops, "Zineb Test")) == (0, "Société Y")
    assert (
        "two.csv has the headings of an earlier file, so the answers given then are used: Sobriquet=organisation"
        in (ran.err)
    )


def test_saved_answers_are_left_aside_when_asked(eventops: Run, files: tuple[Path, Path]) -> None:
    eventops("participant", "import", files[0], "--map", "Sobriquet=organisation")
    ran = eventops("participant", "import", files[1], "--no-saved-map")
    assert (ran.code, organisation(eventops, "Zineb Test")) == (0, None)
    assert "earlier file" not in ran.err


def test_a_new_answer_stands_above_the_saved_one(eventops: Run, files: tuple[Path, Path]) -> None:
    eventops("participant", "import", files[0], "--map", "Sobriquet=organisation")
    eventops("participant", "import", files[1], "--map", "Sobriquet=notes")
    assert organisation(eventops, "Zineb Test") is None
    assert eventops("--json", "participant", "show", "Zineb Test").json["notes"] == "Société Y"


def test_a_dry_run_keeps_no_answer(eventops: Run, files: tuple[Path, Path]) -> None:
    eventops("participant", "import", files[0], "--map", "Sobriquet=organisation", "--dry-run")
    eventops("participant", "import", files[1])
    assert organisation(eventops, "Zineb Test") is None


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    file = tmp_path / "locked.xlsx"
    file.write_bytes(encrypted(SHEET.read_bytes(), "كلمة السر 7"))
    return file


def test_a_workbook_with_a_password_is_read_with_it(
    eventops: Run, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTOPS_PASSWORD", "كلمة السر 7")
    ran = eventops("--json", "participant", "import", locked)
    assert (ran.code, ran.json["rows"], ran.json["unchanged"]) == (0, 60, 60)


@pytest.mark.parametrize(("password", "said"), [("x", "does not open with this password"), ("", "EVENTOPS_PASSWORD")])
def test_without_the_right_password_nothing_is_read(
    eventops: Run, locked: Path, monkeypatch: pytest.MonkeyPatch, password: str, said: str
) -> None:
    monkeypatch.setenv("EVENTOPS_PASSWORD", password)
    ran = eventops("participant", "import", locked)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert said in ran.err


def test_a_list_of_orders_without_names_says_what_to_export_instead(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "Order code;Email;Name;City\nAAAAA;a@example.org;;Rabat\nBBBBB;b@example.org;;Rabat\n", encoding="utf-8"
    )
    ran = eventops("participant", "import", file)
    assert (ran.code, ran.out) == (3, "")
    assert "none of its 2 rows has a name in column C (Name)" in ran.err
    assert "Order positions, or the check-in list" in ran.err
