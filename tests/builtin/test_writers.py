import csv
import io
import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from eventops.builtin.writers import WRITERS, json_document, separated, tables_left_out
from eventops.domain.money import Money
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Report, Table
from eventops.domain.reporting.safe_text import unguarded

NAME = Column(name="name", title="Nom")
AMOUNT = Column(name="amount", title="Montant", kind=Kind.MONEY)


def a_report(*tables: Table, language: str = "fr") -> Report:
    return Report(name="r", title="Rapport", audience=Audience.DOOR, tables=tables, language=language)


def a_table(columns: tuple[Column, ...], *rows: tuple[Cell, ...], title: str = "T", **fields: Any) -> Table:
    return Table(name=title.lower(), title=title, columns=columns, rows=rows, **fields)


def rows_in(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_formats_are_workbook_separated_json_and_page() -> None:
    assert [(one.name, one.suffix) for one in WRITERS] == [
        ("xlsx", ".xlsx"),
        ("csv", ".csv"),
        ("json", ".json"),
        ("html", ".html"),
    ]


def test_a_separated_file_is_rfc_4180_with_a_byte_order_mark() -> None:
    table = a_table((NAME, AMOUNT), ('Élu, "le" 1er', Money(Decimal("10.50"), "MAD")), ("=1+1", None))
    expected = '\ufeffNom,Montant (MAD)\r\n"Élu, ""le"" 1er",10.50\r\n\'=1+1,\r\n'
    assert separated(a_report(table)) == expected.encode()


def test_a_separated_file_keeps_types_readable() -> None:
    columns = tuple(Column(name=f"c{number}", title=f"C{number}") for number in range(7))
    morning = datetime(2023, 10, 14, 9, 30, tzinfo=ZoneInfo("Africa/Casablanca"))
    row = (date(2023, 10, 14), time(9, 30), morning, True, 6.25, Decimal("1E+3"), Money(Decimal(5), "EUR"))
    assert rows_in(separated(a_report(a_table(columns, row))))[1] == [
        "2023-10-14",
        "09:30",
        "2023-10-14 09:30",
        "oui",
        "6.25",
        "1000",
        "5 EUR",
    ]


def test_money_of_several_currencies_names_each() -> None:
    table = a_table((AMOUNT,), (Money(Decimal(1), "MAD"),), (Money(Decimal(2), "EUR"),))
    assert rows_in(separated(a_report(table))) == [["Montant"], ["1 MAD"], ["2 EUR"]]


def test_tables_with_the_same_columns_stand_below_one_another() -> None:
    report = a_report(a_table((NAME,), ("a",), title="Un"), a_table((NAME,), ("b",), title="Deux"))
    assert rows_in(separated(report)) == [["Rapport", "Nom"], ["Un", "a"], ["Deux", "b"]]
    assert tables_left_out(report) == ()


def test_of_tables_with_other_columns_the_first_is_written_and_the_rest_can_be_named() -> None:
    report = a_report(a_table((NAME,), ("a",), title="Un"), a_table((AMOUNT,), title="Deux"))
    assert rows_in(separated(report)) == [["Nom"], ["a"]]
    assert tables_left_out(report) == ("Deux",)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))))
def test_every_text_of_a_separated_file_reads_back(texts: list[str]) -> None:
    table = a_table((NAME, NAME), *[("x", text) for text in texts])
    assert [unguarded(row[1]) for row in rows_in(separated(a_report(table)))[1:]] == texts


def test_json_is_typed_with_rows_by_column_name() -> None:
    columns = (
        NAME,
        Column(name="n", title="N", kind=Kind.INTEGER),
        AMOUNT,
        Column(name="day", title="Jour", kind=Kind.DATE),
        Column(name="at", title="Heure", kind=Kind.TIME),
        Column(name="here", title="Présent", kind=Kind.YES_NO),
        Column(name="km", title="km", kind=Kind.DECIMAL),
    )
    row = ("سلمى", 3, Money(Decimal("165.50"), "MAD"), date(2023, 10, 14), time(9, 30), True, 6.25)
    document = json.loads(json_document(a_report(a_table(columns, row, notes=("Note",)))))
    assert document["tables"][0]["rows"] == [
        {
            "name": "سلمى",
            "n": 3,
            "amount": {"amount": "165.50", "currency": "MAD"},
            "day": "2023-10-14",
            "at": "09:30:00",
            "here": True,
            "km": 6.25,
        }
    ]
    assert (document["language"], document["audience"], document["tables"][0]["notes"]) == ("fr", "door", ["Note"])


@given(st.text())
def test_every_text_of_a_json_file_reads_back(text: str) -> None:
    table = a_table((NAME,), (text,))
    assert json.loads(json_document(a_report(table)))["tables"][0]["rows"] == [{"name": text}]


def test_half_a_character_does_not_stop_a_file() -> None:
    report = a_report(a_table((NAME,), ("a\ud800",)))
    assert (json.loads(json_document(report))["tables"][0]["rows"], rows_in(separated(report))[1]) == (
        [{"name": "a?"}],
        ["a�"],
    )
