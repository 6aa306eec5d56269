"""Files with several sheets, columns that are asked about, and review files in the language of their sender."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]
Rows = tuple[tuple[object, ...], ...]
HEAD = ("Nom complet", "Courriel", "Année de naissance")
AYA, ALI = ("Aya Test", "aya@example.org", 1990), ("Ali Test", "ali@example.org", 1985)


def workbook(path: Path, **sheets: Rows) -> Path:
    """A workbook with these sheets; one whose name begins with hidden is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
    book.save(path)
    return path


def test_a_complaint_names_the_sheet_where_the_file_has_several(eventops: Run, tmp_path: Path) -> None:
    bad = ("Zineb Test", "zineb(at)example.org", 1990)
    several = workbook(tmp_path / "a.xlsx", Liste=(HEAD, bad, AYA), Notes=(("Salle 3",),))
    ran = eventops("participant", "import", several)
    assert ran.code == 4
    assert "sheet Liste, row 2, column B (Courriel): B2 is “zineb(at)example.org”" in ran.err
    alone = eventops("participant", "import", workbook(tmp_path / "b.xlsx", Liste=(HEAD, bad)), "--dry-run")
    assert "sheet Liste" not in alone.err


def test_a_hidden_sheet_of_registrations_is_named_and_not_read(eventops: Run, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", Liste=(HEAD, AYA), hidden1=(HEAD, ALI))
    ran = eventops("participant", "import", file, "--dry-run")
    assert (ran.code, "1 rows: 1 added" in ran.out) == (0, True)
    assert "the hidden sheet hidden1 holds registrations too and was not read" in ran.err


def test_the_question_which_of_two_e_mail_columns_is_meant_is_answered_by_naming_one(
    eventops: Run, tmp_path: Path
) -> None:
    rows = (("Nom complet", "E-mail", "E-mail"), ("Aya Test", "aya@example.org", "other@example.org"))
    file = workbook(tmp_path / "a.xlsx", Liste=rows)
    assert "--map COLUMN=FIELD" in eventops("participant", "import", file).err
    for column, other in (("B", "C"), ("C", "B")):
        ran = eventops("--json", "participant", "import", file, "--map", f"{column}=email", "--dry-run")
        second = [one["source"]["column"] for one in ran.json["findings"] if one["code"] == "column-second"]
        assert (ran.code, ran.json["added"], second) == (0, 1, [other])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("Nom complet", "Courriel", "Ville"), "qui n’est pas une adresse"),
        (("Full name", "E-mail address", "Town"), "which is not an e-mail address"),
        (("الاسم الكامل", "البريد الإلكتروني", "المدينة"), "بريد"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_comments_of_a_review_file_are_in_the_language_of_its_headings(
    eventops: Run, tmp_path: Path, header: tuple[str, ...], said: str, language: str
) -> None:
    file = workbook(tmp_path / "a.xlsx", Liste=(header, ("Aya Test", "aya(at)example.org", "Rabat")))
    ran = eventops("--lang", language, "--json", "participant", "import", file)
    sheet = openpyxl.load_workbook(ran.json["review_file"]).worksheets[0]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [said in text for text in comments] == [True]


def test_a_year_in_which_nobody_is_born_is_told_from_what_is_no_year(eventops: Run, tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("Aya Test", "aya@example.org", 1899),
        ("Ali Test", "ali@example.org", 2090),
        ("Zineb Test", "z@example.org", 45000),
        ("Omar Test", "o@example.org", "19x4"),
    )
    ran = eventops("--json", "participant", "import", workbook(tmp_path / "a.xlsx", Liste=rows))
    assert (ran.code, ran.json["refused"]) == (4, 4)
    assert ["no participant can be born" in one["message"] for one in ran.json["findings"]] == [
        *(True, True),
        *(False, False),
    ]
