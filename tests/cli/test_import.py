from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]

SHEET = Path(__file__).parents[2] / "samples" / "casablanca-2023" / "registrations.xlsx"
COUNTS = ("rows", "added", "updated", "unchanged", "refused")
TWO_PEOPLE = (
    "Nom complet,Âge,Ville,Courriel\nAli Test,abc,Rabat,ali@example.org\nZineb Test,33,Xyzzyville,z@example.org\n"
)


def counts(ran: Any) -> tuple[int, ...]:
    return tuple(ran.json[name] for name in COUNTS)


def people(eventops: Run) -> list[str]:
    return [one["id"] for one in eventops("--json", "participant", "list").json]


@pytest.fixture
def two_people(tmp_path: Path) -> Path:
    file = tmp_path / "deux.csv"
    file.write_text(TWO_PEOPLE, encoding="utf-8")
    return file


def test_an_import_says_in_json_what_it_did_and_nothing_else(program: Run, tmp_path: Path) -> None:
    program("demo", "--empty", tmp_path / "empty")
    ran = program("-w", tmp_path / "empty", "--json", "participant", "import", SHEET)
    assert (ran.code, ran.err, counts(ran)) == (0, "", (60, 60, 0, 0, 0))
    assert {"rows", "added", "updated", "unchanged", "refused", "findings"} <= set(ran.json)
    assert ran.json["review_file"] is None
    assert {one["code"] for one in ran.json["findings"]} >= {"town-unresolved", "town-uncertain", "unknown-columns"}


def test_an_import_shows_which_column_was_taken_for_what(eventops: Run) -> None:
    ran = eventops("participant", "import", SHEET)
    assert (ran.code, ran.out) == (0, "60 rows: 0 added, 0 updated, 60 unchanged, 0 refused\n")
    assert "    B  الاسم الكامل / Nom complet  →  Full name\n" in ran.err
    assert "Comment avez-vous appris" in ran.err


def test_importing_the_same_file_again_adds_nobody(eventops: Run) -> None:
    ran = eventops("--json", "participant", "import", SHEET)
    assert (ran.code, counts(ran)) == (0, (60, 0, 0, 60, 0))
    assert len(people(eventops)) == 60


def test_an_import_that_changes_nothing_leaves_nothing_to_undo_before_the_last_change(eventops: Run) -> None:
    eventops("participant", "import", SHEET)
    assert eventops("--json", "undo").json["command"] == "participant import"
    assert people(eventops) == []


def test_undo_takes_an_import_back_and_redo_makes_it_again(eventops: Run) -> None:
    assert (eventops("undo").code, people(eventops)) == (0, [])
    assert (eventops("redo").code, len(people(eventops))) == (0, 60)
    again = eventops("redo")
    assert (again.code, again.out) == (3, "")


def test_good_rows_are_enrolled_and_refused_ones_go_to_a_review_file(
    eventops: Run, two_people: Path, workspace: Path
) -> None:
    ran = eventops("--json", "participant", "import", two_people)
    assert (ran.code, ran.err, counts(ran)) == (4, "", (2, 1, 0, 0, 1))
    assert ran.json["review_file"] == str(workspace / "review" / "deux-review.xlsx")
    assert Path(ran.json["review_file"]).is_file()
    bad = next(one for one in ran.json["findings"] if one["severity"] == "error")
    assert (bad["source"]["row"], bad["source"]["column"], bad["source"]["heading"]) == (2, "B", "Âge")
    assert "“abc”" in bad["message"]


def test_a_bad_cell_is_named_to_a_person_with_row_column_value_and_expectation(eventops: Run, two_people: Path) -> None:
    ran = eventops("participant", "import", two_people)
    assert ran.code == 4
    assert "row 2, column B (Âge): B2 is “abc”, which is not an age; write whole years, for example 39" in ran.err
    assert "deux-review.xlsx and import it." in ran.out


def test_a_corrected_review_file_is_imported_again(eventops: Run, two_people: Path) -> None:
    review = eventops("--json", "participant", "import", two_people).json["review_file"]
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "abc")
    cell.value = 41
    book.save(review)
    ran = eventops("--json", "participant", "import", review)
    assert (ran.code, ran.json["added"], ran.json["refused"]) == (0, 1, 0)
    assert len(people(eventops)) == 62


def test_an_unknown_town_enrols_the_person_with_a_finding(eventops: Run, two_people: Path) -> None:
    found = eventops("--json", "participant", "import", two_people).json["findings"]
    assert [one["code"] for one in found if one["severity"] == "warning"] == ["town-unresolved"]
    assert eventops("--json", "why", "Zineb Test").json["placement"]["status"] == "unresolved"


def test_a_dry_run_of_an_import_changes_nothing(eventops: Run, two_people: Path, workspace: Path) -> None:
    ran = eventops("--json", "participant", "import", two_people, "--dry-run")
    assert (ran.code, counts(ran), ran.json["saved"]) == (4, (2, 1, 0, 0, 1), False)
    assert (len(people(eventops)), (workspace / "review").exists()) == (60, False)


def test_a_column_can_be_named_by_hand(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Nom complet,Courriel,Sobriquet\nAli Test,ali@example.org,Société X\n", encoding="utf-8")
    ran = eventops("--json", "participant", "import", file, "--map", "Sobriquet=organisation")
    assert (ran.code, ran.json["added"]) == (0, 1)
    assert eventops("--json", "participant", "show", "Ali Test").json["organisation"] == "Société X"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.xlsx", b"", "is empty"),
        ("nothing.csv", b"", "is empty"),
        ("fake.xlsx", b"hello world", "is text, not an Excel workbook"),
        ("wrong.csv", b"foo,bar\n1,2\n", "has no table of registrations"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture.xlsx"),
        ("letter.docx", b"PK\x03\x04" + bytes(40), "letter.docx"),
    ],
    ids=["empty workbook", "empty text", "text as workbook", "no heading", "picture", "letter"],
)
def test_a_wrong_file_is_refused_in_one_sentence(
    eventops: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = eventops("participant", "import", tmp_path / name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert said in ran.err
    assert len(people(eventops)) == 60


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.xlsx",), "There is no file nowhere.xlsx"),
        ((".",), ". is a folder; give a .xlsx or .csv file"),
        ((SHEET, "--sheet", "Feuille 9"), "no sheet named “Feuille 9”"),
        ((SHEET, "--map", "foo"), "“foo” is not COLUMN=FIELD"),
    ],
)
def test_a_wrong_question_to_import_is_refused_in_one_sentence(
    eventops: Run, words: tuple[Any, ...], said: str
) -> None:
    ran = eventops("participant", "import", *words)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_a_town_many_people_wrote_is_said_once(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "douars.csv"
    rows = [f"Personne {letter},Douar Xyzzy,p{letter}@example.org" for letter in "abcdefgh"]
    file.write_text("\n".join(("Nom complet,Ville,Courriel", *rows)), encoding="utf-8")
    ran = eventops("participant", "import", file)
    assert ran.err.count("Douar Xyzzy") == 1
    assert "P0061, P0062, P0063 and 5 more: the town “Douar Xyzzy” is not known" in ran.err


def test_what_a_town_may_be_is_named_in_the_reader_s_language(eventops: Run) -> None:
    assert "أولاد عيسى (الجديدة) / أولاد عيسى (تارودانت)" in eventops("--lang", "ar", "plan").out
