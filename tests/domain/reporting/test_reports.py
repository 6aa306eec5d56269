from collections.abc import Mapping

import pytest

from eventops.domain.reporting.reports import (
    LONG,
    Audience,
    Chart,
    Column,
    Report,
    Rows,
    Spoken,
    Table,
    localised,
    rows_from,
    rows_of,
)
from eventops.domain.texts import Message, Text, Values


class Echo:
    """Says every text in its language, values in brackets."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, text: Text | Message | str, values: Values | None = None) -> str:
        if isinstance(text, Message):
            return f"{self.say(text.text)}{dict(text.values)}"
        return text if isinstance(text, str) else text.written_in(self.language) or text.en

    def value(self, value: object) -> str:
        return str(value)


HELLO = Text("hello", fr="bonjour", ar="مرحبا")


def a_report(*cells: object, **fields: object) -> Report:
    columns = tuple(Column(name=f"c{number}", title=HELLO, choices=(HELLO,)) for number in range(len(cells)))
    table = Table(name="t", title=HELLO, columns=columns, rows=(cells,), notes=(HELLO, Message(HELLO, {"n": 1})))  # type: ignore[arg-type]
    return Report(name="r", title=HELLO, audience=Audience.DOOR, tables=(table,), heading=Message(HELLO, {"n": 1}))


def test_every_text_of_a_report_is_worded_in_one_language() -> None:
    report = localised(a_report(HELLO, Message(HELLO, {"n": 1}), "as typed", 3), Echo("fr"))
    expected = Table(
        name="t",
        title="bonjour",
        columns=tuple(Column(name=f"c{number}", title="bonjour", choices=("bonjour",)) for number in range(4)),
        rows=(("bonjour", "bonjour{'n': 1}", "as typed", 3),),
        notes=("bonjour", "bonjour{'n': 1}"),
    )
    assert report == Report(
        name="r",
        title="bonjour",
        audience=Audience.DOOR,
        tables=(expected,),
        heading="bonjour{'n': 1}",
        language="fr",
    )


def test_a_spoken_cell_keeps_its_own_language() -> None:
    others: Mapping[str, Echo] = {"ar": Echo("ar"), "fr": Echo("fr")}
    report = localised(a_report(Spoken(HELLO, "ar"), Spoken(HELLO, "zgh"), HELLO), Echo("fr"), others)
    assert report.tables[0].rows == (("مرحبا", "bonjour", "bonjour"),)


def test_a_chart_is_worded_too() -> None:
    table = Table(
        name="t", title="T", columns=(), rows=(), chart=Chart(kind="bar", title=HELLO, categories="a", values="b")
    )
    report = localised(Report(name="r", title="R", audience=Audience.PUBLIC, tables=(table,)), Echo("ar"))
    assert (report.tables[0].chart, report.right_to_left) == (
        Chart(kind="bar", title="مرحبا", categories="a", values="b"),
        True,
    )


def test_rows_are_read_by_column_name() -> None:
    table = Table(name="t", title="T", columns=(Column(name="a", title="A"),), rows=(("x",), (None,)))
    assert list(rows_of(table)) == [{"a": "x"}, {"a": None}]


def _doubled(number: int) -> tuple[int, int]:
    return number, 2 * number


@pytest.mark.parametrize("count", [0, 3, LONG - 1, LONG, LONG + 1])
def test_rows_made_while_they_are_written_are_the_tuple_of_them(count: int) -> None:
    rows = rows_from(range(count), _doubled)
    whole = tuple((number, 2 * number) for number in range(count))
    assert (rows, whole, len(rows), hash(rows), rows[1:3]) == (whole, rows, count, hash(whole), whole[1:3])
    assert (tuple(rows), tuple(rows)) == (whole, whole)
    assert isinstance(rows, Rows) is (count >= LONG)


def test_rows_differ_where_one_of_them_does() -> None:
    rows = Rows(range(3), _doubled)
    assert (rows == ((0, 0), (1, 2)), rows == ((0, 0), (1, 2), (2, 5)), rows == Rows(range(3), _doubled)) == (
        False,
        False,
        True,
    )
    assert rows != [(0, 0), (1, 2), (2, 4)]


def test_a_long_report_is_worded_row_by_row() -> None:
    column = Column(name="n", title=Text("Number", fr="Nombre"))
    rows = Rows(range(LONG), lambda number: (Text("one", fr="un"), number))
    table = Table(name="t", title="T", columns=(column, column), rows=rows)
    report = Report(name="r", title="R", audience=Audience.DOOR, tables=(table,))
    worded = localised(report, Echo("fr")).tables[0].rows
    assert (type(worded), worded[7], len(worded)) == (Rows, ("un", 7), LONG)
