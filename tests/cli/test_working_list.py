"""The working list: exported, corrected in a spreadsheet, taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]


@pytest.fixture
def working_list(eventops: Run, tmp_path: Path) -> Path:
    file = tmp_path / "working-list.xlsx"
    opened = ("--include", "diet", "--reason", "Corrections by phone")
    assert eventops("export", "working-list", "--lang", "en", *opened, "-o", file).code == 0
    return file


def edit(file: Path, person: str, **cells: object) -> None:
    """Writes cells of one person's row, by the heading of their column with _ for blanks."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    header = next(row for row in rows if "ID" in [cell.value for cell in row])
    columns = {str(cell.value): cell.column for cell in header}
    row = next(row[0].row for row in rows if person in [cell.value for cell in row])
    for heading, value in cells.items():
        sheet.cell(row, columns[heading.replace("_", " ")]).value = value
    book.save(file)


def decide(file: Path, person: str, outcome: object, reason: object) -> None:
    edit(file, person, **{"Your decision: Travel": outcome, "Reason of your decision: Travel": reason})


def differences(ran: Any) -> list[tuple[str, ...]]:
    return [(one["participant_id"], one["field"], one["before"], one["after"]) for one in ran.json["differences"]]


def test_a_working_list_taken_back_as_it_left_changes_nothing(eventops: Run, working_list: Path) -> None:
    ran = eventops("--json", "participant", "import", "--update", working_list)
    assert (ran.code, ran.json["updated"], ran.json["unchanged"]) == (0, 0, 60)
    assert (ran.json["differences"], ran.json["overrides"]) == ([], [])


def test_a_decision_by_hand_survives_a_working_list_with_its_author_and_its_end(eventops: Run, tmp_path: Path) -> None:
    decided = ("override", "add", "P0002", "travel", "granted", "--reason", "Speaks first", "--by", "A. B.")
    assert eventops(*decided, "--until", "2023-12-31", "--payer", "oecd").code == 0
    before = eventops("--json", "override", "list").json
    file = tmp_path / "list.xlsx"
    assert eventops("export", "working-list", "--lang", "fr", "-o", file).code == 0
    ran = eventops("--json", "participant", "import", "--update", file)
    assert (ran.code, ran.json["overrides"]) == (0, [])
    assert eventops("--json", "override", "list").json == before


def test_what_tells_of_health_or_belief_is_left_out_unless_it_is_asked_for(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    assert eventops("export", "working-list", "--lang", "en", "-o", file).code == 0
    headings = {cell.value for cell in openpyxl.load_workbook(file).worksheets[0][1]}
    assert headings & {"Diet", "Access needs", "Inclusion", "Notes"} == set()
    before = eventops("--json", "participant", "list").json
    assert eventops("participant", "import", "--update", file).code == 0
    assert eventops("--json", "participant", "list").json == before


def test_what_was_edited_is_shown_as_a_difference_first(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", Town="Settat", Diet="vegetarian")
    decide(working_list, "P0003", "granted", "Carries the equipment")
    ran = eventops("--json", "participant", "import", "--update", "--dry-run", working_list)
    assert (ran.code, ran.json["saved"], ran.json["updated"]) == (0, False, 1)
    assert differences(ran) == [("P0003", "town", "Kénitra", "Settat"), ("P0003", "diet", "standard", "vegetarian")]
    assert [(one["participant"], one["before"], one["after"]["reason"]) for one in ran.json["overrides"]] == [
        ("P0003", None, "Carries the equipment")
    ]
    assert eventops("--json", "participant", "show", "P0003").json["town"] == "Kénitra"
    assert eventops("--json", "override", "list").json == []


def test_the_difference_is_a_line_a_person_can_read(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", Town="Settat")
    decide(working_list, "P0003", "excluded", "Comes by his own car")
    ran = eventops("participant", "import", "--update", "--dry-run", working_list)
    assert "P0003 EL GHARBAOUI Yassine: Town: Kénitra → Settat" in ran.lines
    assert "P0003: Travel, decided by hand: - → excluded (Comes by his own car)" in ran.lines
    assert ran.lines[-1] == "Nothing was changed."


def test_what_was_edited_is_applied_and_the_override_explains_itself(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", Town="Settat", Diet="vegetarian")
    decide(working_list, "P0003", "excluded", "Comes by his own car")
    ran = eventops("--json", "participant", "import", "--update", working_list)
    assert (ran.code, ran.json["saved"], ran.json["updated"]) == (0, True, 1)
    person = eventops("--json", "participant", "show", "P0003").json
    assert (person["town"], person["diet"], set(person["edited"])) == ("Settat", "vegetarian", {"town", "diet"})
    travel = eventops("--json", "why", "P0003").json["decisions"][0]
    assert travel["outcome"] == "excluded"
    assert (travel["verdicts"][0]["plugin"], travel["verdicts"][0]["effect"]) == ("person", "excludes")
    assert "Comes by his own car" in travel["verdicts"][0]["reason"]["fr"]


def test_one_undo_takes_a_whole_working_list_back(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", Town="Settat")
    decide(working_list, "P0003", "excluded", "Comes by his own car")
    eventops("participant", "import", "--update", working_list)
    assert eventops("undo").code == 0
    assert eventops("--json", "participant", "show", "P0003").json["town"] == "Kénitra"
    assert eventops("--json", "override", "list").json == []


def test_a_decision_emptied_in_the_list_is_taken_away(eventops: Run, tmp_path: Path) -> None:
    eventops("override", "add", "P0003", "travel", "excluded", "--reason", "Own car")
    file = tmp_path / "list.xlsx"
    eventops("export", "working-list", "--lang", "en", "-o", file)
    decide(file, "P0003", None, None)
    ran = eventops("--json", "participant", "import", "--update", file)
    assert [(one["participant"], one["after"]) for one in ran.json["overrides"]] == [("P0003", None)]
    assert eventops("--json", "override", "list").json == []


def test_a_decision_without_a_reason_is_left_out_and_asked_about(eventops: Run, working_list: Path) -> None:
    decide(working_list, "P0003", "granted", None)
    ran = eventops("--json", "participant", "import", "--update", working_list)
    assert (ran.code, ran.json["overrides"]) == (4, [])
    assert [one["code"] for one in ran.json["findings"] if one["severity"] != "information"] != []


def test_what_a_coordinator_wrote_is_not_overwritten_by_the_next_sheet(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", Town="Settat")
    eventops("participant", "import", "--update", working_list)
    sheet = Path(__file__).parents[2] / "samples" / "casablanca-2023" / "registrations.xlsx"
    ran = eventops("--json", "participant", "import", sheet)
    assert (ran.json["updated"], ran.json["unchanged"]) == (0, 60)
    assert [one["code"] for one in ran.json["findings"] if one["code"] == "edited-kept"] == ["edited-kept"]
    assert eventops("--json", "participant", "show", "P0003").json["town"] == "Settat"


def test_an_id_that_is_nobody_is_refused(eventops: Run, working_list: Path) -> None:
    edit(working_list, "P0003", ID="P9999")
    ran = eventops("--json", "participant", "import", "--update", working_list)
    assert (ran.code, ran.json["refused"], ran.json["unchanged"]) == (4, 1, 59)
