"""Attendance back from a list: who a row means, what its mark says, and what is doubtful."""

from datetime import date, time
from typing import Any

import pytest

from eventops.application.attendance import ReadAttendance, attendance_read, attendance_table
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.hosting.attendance import Attendance, present_ids
from eventops.domain.hosting.attendance_words import presence_in
from eventops.domain.people import Participant
from eventops.errors import NotUsable
from eventops.testing.builders import a_participant, an_event

PEOPLE = (
    a_participant("P0001", "Salma Benali", organisation="Oujda"),
    a_participant("P0002", "Salma Benali", organisation="Fès"),
    a_participant("P0003", "نجاة أوعلي"),
    a_participant("P0004", "Omar El Mansouri", merged=("P0009",)),
)


def read(*rows: tuple[Any, ...], people: tuple[Participant, ...] = PEOPLE, **options: Any) -> ReadAttendance:
    sheet = Sheet(name="List", rows=(("Meeting",), *rows))
    table = attendance_table([sheet], an_event(), "list.xlsx", options.pop("at", ""))
    return attendance_read(table, people, file_name="list.xlsx", on=date(2023, 10, 14), by="c", **options)


def marks(found: ReadAttendance) -> list[tuple[str, str, bool]]:
    return [(one.participant_id, one.at, one.present) for one in found.marks]


@pytest.mark.parametrize(
    "cell", ["✓", "x", "X", "oui", "Yes", "نعم", "حاضرة", "Présente", 1, True, "8h45", time(9, 5), 0.36]
)
def test_these_say_present(cell: object) -> None:
    assert presence_in(cell) is True


@pytest.mark.parametrize("cell", ["non", "Absent", "لا", "غائب", 0, False, "absente (excusée)"])
def test_these_say_absent(cell: object) -> None:
    assert presence_in(cell) is False


@pytest.mark.parametrize("cell", [None, "", " - ", "…".replace("…", "_")])
def test_these_say_nothing(cell: object) -> None:
    assert presence_in(cell) is None


@pytest.mark.parametrize("cell", ["peut-être", "?", 5, "✗"])
def test_these_are_for_a_person_to_read(cell: object) -> None:
    assert isinstance(presence_in(cell), str)


def test_people_are_found_by_id_by_name_in_any_order_and_by_their_organisation() -> None:
    found = read(
        ("Id", "Nom complet", "Organisme", "Présence"),
        ("P0009", "", "", "x"),
        ("", "أوعلي نجاة", "", "نعم"),
        ("", "BENALI Salma", "Fès", "oui"),
        ("", "Salma Benali", "oujda", "non"),
    )
    assert marks(found) == [
        ("P0004", "", True),
        ("P0003", "", True),
        ("P0002", "", True),
        ("P0001", "", False),
    ]
    assert found.doubtful == ()


def test_doubtful_rows_give_no_mark_and_say_why() -> None:
    found = read(
        ("Id", "Name", "Attended"),
        ("", "Salma Benali", "x"),
        ("", "Omar El Mansoury", "x"),
        ("", "Nobody Known", "x"),
        ("P0099", "", "x"),
        ("P0003", "Omar El Mansouri", "x"),
        ("P0003", "", "perhaps"),
        ("P0004", "", "x"),
        ("P0004", "", "no"),
    )
    assert marks(found) == [("P0004", "", True)]
    said = [str(one.findings[0].message.en.format(**one.findings[0].values)) for one in found.doubtful]
    assert said == [
        "Salma Benali may be P0001 (Salma Benali), P0002 (Salma Benali); write the id before the name",
        "Omar El Mansoury is not registered; P0004 (Omar El Mansouri) is near: write that id or name here if it is "
        "the same person",
        "Nobody Known is not registered; add them with participant add, or correct the name here",
        "nobody has the id P0099; correct it, or leave it out",
        "P0003 is نجاة أوعلي, but the row says Omar El Mansouri; correct the id or the name",
        "“perhaps” says neither present nor absent; write x or leave it blank",
        "Omar El Mansouri stands in row 9 already, with another mark; keep one of the two",
    ]


def test_columns_of_days_and_sessions_mark_each_apart_and_a_signature_is_presence() -> None:
    day = min(one.starts_at for one in an_event().agenda).date()
    session = an_event().agenda[0]
    found = read(
        ("Id", f"{day:%d/%m/%Y}", session.title.en, "Signature"),
        ("P0003", "x", "non", "N. Ouali"),
        ("P0004", None, "x", None),
    )
    assert marks(found) == [
        ("P0003", day.isoformat(), True),
        ("P0003", session.id, False),
        ("P0003", "", True),
        ("P0004", session.id, True),
    ]


def test_blank_says_nothing_unless_asked() -> None:
    rows = (("Id", "Attended"), ("P0003", None), ("P0004", "x"))
    assert marks(read(*rows)) == [("P0004", "", True)]
    assert marks(read(*rows, blank_is_absent=True)) == [("P0003", "", False), ("P0004", "", True)]


def test_a_file_without_marks_is_refused_with_what_is_expected() -> None:
    with pytest.raises(NotUsable, match="a heading such as Name"):
        read(("Name", "Town"), ("Salma", "Fès"))


def test_a_mark_counts_before_the_registration_and_for_a_merged_one() -> None:
    people = [
        a_participant("a", attended=True),
        a_participant("b", attended=True),
        a_participant("c", merged=("old",)),
        a_participant("d"),
    ]
    told = [
        Attendance(participant_id="b", present=False, on=date(2023, 10, 14), by="c"),
        Attendance(participant_id="old", present=True, on=date(2023, 10, 14), by="c", at="2023-10-14"),
    ]
    assert present_ids(people, told) == {"a", "c"}
    assert present_ids([a_participant("d")], ()) is None
