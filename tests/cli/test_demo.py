from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

EXPORTS = {
    "attendance-sheet.ar.xlsx",
    "casablanca-settat.carpool-proposal.ar.xlsx",
    "contacts.ar.xlsx",
    "expertise-france.workbook.fr.xlsx",
    "lodging-list.ar.xlsx",
    "meal-sheet.ar.xlsx",
    "oecd.workbook.en.xlsx",
    "participants.ar.xlsx",
    "public-statistics.ar.xlsx",
    "rabat-sale-kenitra.mobilisation-list.ar.xlsx",
    "statistics.ar.xlsx",
    "summary.ar.xlsx",
    "travel-list.ar.xlsx",
    "working-list.ar.xlsx",
}


def test_the_demo_does_the_whole_job_and_says_what_it_did(demo_run: tuple[Path, Any]) -> None:
    folder, demo = demo_run
    assert demo.code == 0
    sections = ("Who is covered", "By which rule", "Costs by sponsor", "Meals", "What needs attention", "Files written")
    assert [one for one in sections if one not in demo.lines] == []
    assert demo.lines[0] == "60 registrations imported."
    assert "60 participants, 60 of 70 seats taken, 0 waiting" in demo.out
    assert f"Next: eventops -w {folder} why P0001" in demo.out


def test_the_demo_writes_every_export_in_the_language_of_its_reader(demo_run: tuple[Path, Any]) -> None:
    folder, demo = demo_run
    assert {file.name for file in (folder / "exports").iterdir()} >= EXPORTS
    assert all(f"{folder / 'exports' / name}" in demo.out for name in EXPORTS)


def test_the_demo_goes_to_a_folder_of_its_name_when_none_is_given(program: Run) -> None:
    assert program("demo", "--empty").code == 0
    assert program("-w", "casablanca-2023", "--json", "participant", "list").json == []
    assert Path("casablanca-2023/registrations.xlsx").is_file()


def test_the_demo_never_writes_into_a_folder_that_holds_something(program: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    demo = program("demo", tmp_path / "full")
    assert (demo.code, demo.out) == (3, "")
    assert demo.err == f"error: {tmp_path / 'full'} exists and is not empty; give another folder\n"
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_the_demo_uses_an_empty_folder_that_is_there(program: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert program("demo", "--empty", tmp_path / "there").code == 0
    assert program("demo", "--empty", tmp_path / "there").code == 3


def test_a_file_is_no_folder_for_the_demo(program: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert program("demo", tmp_path / "file").code == 3
    assert program("demo", tmp_path / "file" / "below").code == 3


@pytest.mark.parametrize("there", [True, False])
def test_a_demo_that_fails_leaves_nothing_behind(program: Run, tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "demo"
    if there:
        folder.mkdir()
    assert program("--plugin", tmp_path / "nowhere.py", "demo", folder).code == 5
    assert (folder.exists(), list(tmp_path.glob("demo/*"))) == (there, [])


def test_the_demo_in_json_is_the_plan_and_the_files_it_wrote(program: Run, tmp_path: Path) -> None:
    demo = program("--json", "demo", tmp_path / "demo")
    assert demo.code == 0
    assert demo.json["participants"] == 60
    assert demo.json["workspace"] == str(tmp_path / "demo")
    assert {Path(file).name for file in demo.json["files"]} >= EXPORTS
    assert all(Path(file).is_file() for file in demo.json["files"])


def test_the_plan_is_the_same_to_the_byte_in_every_process_and_every_folder(
    demo_run: tuple[Path, Any], process: Run, program: Run, tmp_path: Path
) -> None:
    here = program("-w", demo_run[0], "--json", "plan")
    assert program("demo", tmp_path / "elsewhere2").code == 0
    again = [
        process("-w", demo_run[0], "--json", "plan", PYTHONHASHSEED="1", EVENTOPS_LANG="en"),
        process(
            "-w", tmp_path / "elsewhere2", "plan", "--json", PYTHONHASHSEED="2", EVENTOPS_LANG="en", TZ="Asia/Tokyo"
        ),
    ]
    assert [(one.returncode, one.stderr) for one in again] == [(0, ""), (0, "")]
    assert [one.stdout for one in again] == [here.out, here.out]
