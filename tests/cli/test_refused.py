from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]
BAD = (
    "Nom complet,Âge,Ville,Courriel\n"
    "Ali Test,abc,Rabat,ali@example.org\n"
    "Zineb Test,33,Rabat,z@example.org\n"
    "Omar Test,40,Rabat,omar\n"
)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "deux.csv"
    file.write_text(BAD, encoding="utf-8")
    return file


def refused(eventops: Run) -> list[tuple[str, int, str]]:
    return [(one["file"], one["row"], one["name"]) for one in eventops("--json", "participant", "refused").json]


def corrected(review: str, *cells: tuple[str, str | int]) -> None:
    """Types values over the cells of a review file that hold others."""
    book = openpyxl.load_workbook(review)
    for seen, value in cells:
        next(cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == seen).value = value
    book.save(review)


def test_refused_rows_stay_listed_with_their_reasons(eventops: Run, bad: Path) -> None:
    eventops("participant", "import", bad)
    ran = eventops("--json", "participant", "refused")
    assert ran.code == 0
    (first, second) = ran.json
    assert (first["sheet"], first["row"], first["name"], first["review_file"]) == (
        "deux",
        2,
        "Ali Test",
        "deux-review.xlsx",
    )
    assert first["reasons"] == [
        {
            "code": "age-unreadable",
            "column": "B",
            "heading": "Âge",
            "message": "row 2, column B (Âge): B2 is “abc”, which is not an age; write whole years, for example 39, "
            "or two ages, for example 30-40",
        }
    ]
    assert second["row"] == 4


def test_a_corrected_review_file_settles_its_rows(eventops: Run, bad: Path) -> None:
    review = eventops("--json", "participant", "import", bad).json["review_file"]
    corrected(review, ("abc", 41), ("omar", "omar@example.org"))
    assert eventops("participant", "import", review).code == 0
    assert refused(eventops) == []


def test_a_row_that_is_still_wrong_stays(eventops: Run, bad: Path) -> None:
    review = eventops("--json", "participant", "import", bad).json["review_file"]
    corrected(review, ("abc", 41))
    assert eventops("participant", "import", review).code == 4
    assert refused(eventops) == [("deux-review.xlsx", 3, "Omar Test")]


def test_a_row_taken_out_of_the_review_file_is_not_lost(eventops: Run, bad: Path) -> None:
    review = eventops("--json", "participant", "import", bad).json["review_file"]
    corrected(review, ("abc", 41))
    book = openpyxl.load_workbook(review)
    book.worksheets[0].delete_rows(3)
    book.save(review)
    assert eventops("participant", "import", review).code == 0
    assert refused(eventops) == [("deux.csv", 4, "Omar Test")]


def test_the_file_itself_corrected_settles_its_rows(eventops: Run, bad: Path) -> None:
    eventops("participant", "import", bad)
    bad.write_text(BAD.replace("abc", "41"), encoding="utf-8")
    eventops("participant", "import", bad)
    assert refused(eventops) == [("deux.csv", 4, "Omar Test")]


def test_undo_takes_the_refused_rows_of_an_import_back_with_it(eventops: Run, bad: Path) -> None:
    eventops("participant", "import", bad)
    eventops("undo")
    assert refused(eventops) == []


def test_a_dry_run_lists_nothing(eventops: Run, bad: Path) -> None:
    eventops("participant", "import", bad, "--dry-run")
    assert eventops("participant", "refused").out == "No row is refused.\n"


def test_a_row_that_needs_no_correction_is_dismissed(eventops: Run, bad: Path) -> None:
    eventops("participant", "import", bad)
    id = eventops("--json", "participant", "refused").json[0]["id"]
    assert eventops("--json", "participant", "refused", "--dismiss", id).json == {"dismissed": [id]}
    assert refused(eventops) == [("deux.csv", 4, "Omar Test")]
    assert eventops("participant", "refused", "--dismiss", id).code == 3
