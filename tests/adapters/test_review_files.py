import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from eventops.adapters.review_files import review_workbook
from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.adapters.wording import open_wordings
from eventops.application.enrol import Enrolment, enrolled
from eventops.testing.builders import an_event

TODAY = date(2023, 10, 7)
ROWS: tuple[tuple[object, ...], ...] = (
    ("Liste des inscrits",),
    (),
    ("الاسم الكامل", "البريد الإلكتروني", "الهاتف", "سنة الازدياد", "المدينة"),
    ("سلمى بنعلي", "salma@example.org", 612345678, 1984, "سلا"),
    ("Karim Alaoui", "karim", "0612345679", "19x4", "=Rabat"),
    ("أمينة", "amina@example.org", "0612345670", 1990, "الرباط"),
    (None, "hind@example.org", "0612345671", 1991, "تمارة"),
)


def the_file(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "ردود"
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=column, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def imported(data: bytes, name: str, **options: Any) -> Enrolment:
    return enrolled(sheets_of_workbook(data, name), file_name=name, event=an_event(), today=TODAY, **options)


def opened(review: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(review)).active


def test_the_review_file_is_the_senders_table_with_the_refused_rows_only() -> None:
    data = the_file(*ROWS)
    review = review_workbook(data, "people.xlsx", imported(data, "people.xlsx"))
    (sheet,) = sheets_of_workbook(review, "review.xlsx")
    assert (sheet.name, sheet.rows) == ("ردود", (*ROWS[:3], ROWS[4], ROWS[6]))
    assert opened(review).sheet_view.rightToLeft


def test_wrong_cells_are_filled_and_commented_and_text_stays_text() -> None:
    data = the_file(*ROWS)
    sheet = opened(review_workbook(data, "people.xlsx", imported(data, "people.xlsx")))
    marked = {cell.coordinate for row in sheet.iter_rows(min_row=4) for cell in row if cell.fill.patternType == "solid"}
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert (marked, commented) == ({"B4", "D4", "A5"}, {"B4", "D4", "A5"})
    assert "D4 is “19x4”, which is not a year of birth" in sheet["D4"].comment.text
    assert (sheet["E4"].value, sheet["E4"].data_type, sheet["E4"].quotePrefix) == ("=Rabat", "s", True)


def test_comments_are_worded_in_the_language_asked_for() -> None:
    data = the_file(*ROWS)
    english = open_wordings(("en",))["en"]
    review = review_workbook(data, "people.xlsx", imported(data, "people.xlsx"), english)
    assert "write four digits" in opened(review)["D4"].comment.text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_corrected_file_enrols_the_refused_rows(kind: str) -> None:
    text = "\n".join(";".join(str(cell or "") for cell in row) for row in ROWS)
    data = the_file(*ROWS) if kind == "xlsx" else text.encode()
    first = imported(data, f"people.{kind}")
    review = openpyxl.load_workbook(io.BytesIO(review_workbook(data, f"people.{kind}", first)))
    sheet: Any = review.active
    sheet["B4"], sheet["D4"], sheet["A5"] = "karim@example.org", 1984, "Hind Tazi"
    stream = io.BytesIO()
    review.save(stream)
    second = imported(stream.getvalue(), "review.xlsx", existing=first.added)
    assert [(person.id, person.name, person.birth_year) for person in second.added] == [
        ("P0003", "Karim Alaoui", 1984),
        ("P0004", "Hind Tazi", 1991),
    ]
    assert (len(first.added), second.refused) == (2, ())
