"""The door's list is written, signed, and taken back; statistics then tell who came."""

from pathlib import Path
from typing import Any

import pytest

Run = Any


def signed(file: Path, rows: int, *more: tuple[str, str]) -> None:
    """The first rows of the door's list signed, and more people written into its blank rows."""
    from openpyxl import load_workbook

    book = load_workbook(file)
    sheet = book.active
    assert sheet is not None
    values = list(sheet.iter_rows(values_only=True))
    header = next(n for n, row in enumerate(values, start=1) if sum(cell is not None for cell in row) >= 4)
    last = sheet.max_column
    people = [n for n, row in enumerate(values, start=1) if n > header and row[1]]
    for row in people[:rows]:
        sheet.cell(row=row, column=last, value="✓")
    for number, (name, mark) in enumerate(more, start=1):
        sheet.cell(row=people[-1] + number, column=2, value=name)
        sheet.cell(row=people[-1] + number, column=last, value=mark)
    book.save(file)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_doors_own_list_comes_back_as_it_is(eventops: Run, tmp_path: Path, language: str) -> None:
    file = tmp_path / "door.xlsx"
    assert eventops("export", "attendance-sheet", "--lang", language, "-o", file).code == 0
    signed(file, 42)
    tried = eventops("--json", "attendance", "import", file, "--dry-run").json
    done = eventops("--json", "attendance", "import", file)
    assert done.code == 0, done.err
    assert done.json == {**tried, "dry_run": False}
    assert (done.json["rows"], done.json["present"], done.json["doubtful"]) == (60, 42, [])
    table = eventops("export", "statistics", "--format", "json", "-o", tmp_path / "s.json")
    assert table.code == 0, table.err
    from msgspec import json

    gender = json.decode((tmp_path / "s.json").read_bytes())["tables"][0]["rows"]
    assert sum(one["registered"] for one in gender) == sum(one["confirmed"] for one in gender) == 60
    assert sum(one["present"] for one in gender) == 42


def test_doubtful_rows_come_back_in_a_review_file_that_can_be_taken_back(
    eventops: Run, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "door.xlsx"
    assert eventops("export", "attendance-sheet", "--lang", "fr", "-o", file).code == 0
    signed(file, 3, ("Salma Benaissaa", "x"))
    ran = eventops("attendance", "import", file)
    assert (ran.code, "P0002 (Salma Benaïssa) is near" in ran.err) == (4, True), ran.err
    (review,) = (workspace / "review").glob("door*.xlsx")
    from openpyxl import load_workbook

    book = load_workbook(review)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "Salma Benaissaa":
                cell.value = "Salma Benaïssa"
    book.save(review)
    again = eventops("--json", "attendance", "import", review)
    assert (again.code, again.json["present"]) == (0, 1), again.err


def test_people_are_marked_by_hand_for_the_event_a_day_or_a_session(eventops: Run) -> None:
    assert eventops("attendance", "mark", "P0001", "P0002").code == 0
    assert eventops("attendance", "mark", "P0001", "--absent", "--session", "tea").code == 0
    assert eventops("attendance", "mark", "P0003", "--day", "2023-10-14").code == 0
    listed = eventops("--json", "attendance", "list").json
    assert [(one["participant"], one["at"], one["present"]) for one in listed] == [
        ("P0001", None, True),
        ("P0002", None, True),
        ("P0001", "tea", False),
        ("P0003", "2023-10-14", True),
    ]
    wrong = eventops("attendance", "mark", "P0001", "--session", "nosuch")
    assert (wrong.code, "expected one of reception" in wrong.err) == (3, True)
