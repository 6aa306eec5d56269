import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from python_calamine import CalamineWorkbook

from eventops.builtin import cell_sinks
from eventops.builtin.workbook_cells import lines_of, sheet_names
from eventops.builtin.workbooks import workbook_of
from eventops.domain.money import Money
from eventops.domain.reporting.reports import Audience, Cell, Chart, Column, Kind, Report, Rows, Table
from eventops.errors import NotUsable

# Excel knows no zones: openpyxl gives the clock on the wall.
MIDNIGHT = datetime(2023, 10, 14, tzinfo=UTC).replace(tzinfo=None)
TEXTS = Column(name="text", title="Text")


def a_table(columns: Iterable[Column], *rows: tuple[Cell, ...], **fields: Any) -> Table:
    return Table(**{"name": "t", "title": "People", "columns": tuple(columns), "rows": rows, **fields})


def a_report(*tables: Table, language: str = "en", heading: str = "Meeting") -> Report:
    return Report(name="r", title="Report", audience=Audience.DOOR, tables=tables, heading=heading, language=language)


def sheet_of(content: bytes, name: str | None = None) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book[name] if name else book.worksheets[0]


def values_of(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet_of(content).iter_rows()]


def written_texts(texts: list[str]) -> bytes:
    return workbook_of(a_report(a_table([TEXTS], *[(text,) for text in texts])))


def test_cells_keep_their_types() -> None:
    kinds = [Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.DATETIME]
    columns = [Column(name=kind.value, title=kind.value, kind=kind) for kind in kinds]
    moment = datetime(2023, 10, 14, 9, 30, tzinfo=UTC)
    row = ("0612", 60, 6.25, 0.25, Money(Decimal("165.50"), "MAD"), moment.date(), time(9, 30), moment)
    cells = sheet_of(workbook_of(a_report(a_table(columns, row))))[2]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        ("0612", "@"),
        (60, "0"),
        (6.25, "#,##0.0#"),
        (0.25, "0.0%"),
        (165.5, '#,##0.00\\ "MAD"'),
        (MIDNIGHT, "[$-809]d mmm yyyy"),
        (time(9, 30), "hh:mm"),
        (MIDNIGHT + timedelta(hours=9, minutes=30), "[$-809]d mmm yyyy hh:mm"),
    ]


def test_the_two_readers_agree() -> None:
    columns = [TEXTS, Column(name="n", title="N", kind=Kind.INTEGER), Column(name="d", title="D", kind=Kind.DATE)]
    content = workbook_of(a_report(a_table(columns, ("سلمى", 3, date(2023, 10, 14)), ("+212", 4, None))))
    by_calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert by_calamine == [["Text", "N", "D"], ["سلمى", 3.0, date(2023, 10, 14)], ["+212", 4.0, ""]]
    assert values_of(content) == [["Text", "N", "D"], ["سلمى", 3, MIDNIGHT], ["+212", 4, None]]


def test_text_is_never_a_formula_a_link_or_a_number() -> None:
    texts = [
        "=1+1",
        "{=1}",
        "http://a.example",
        "mailto:a@b.example",
        "0612",
        "+2126",
        "-1",
        "@x",
        "＝1",
        "\t=1",
        "#N/A",
    ]
    cells = [row[0] for row in sheet_of(written_texts(texts)).iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None) for text in texts]
    quoted = [cell.value for cell in cells if cell.quotePrefix]
    assert quoted == ["=1+1", "+2126", "-1", "@x", "＝1", "\t=1"]


def test_no_sheet_holds_a_formula_even_for_totals() -> None:
    columns = [TEXTS, Column(name="n", title="N", kind=Kind.INTEGER, total=True)]
    content = workbook_of(a_report(a_table(columns, ("=A", 1), ("b", 2))))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert values_of(content)[-1] == ["Total", 3]


def test_money_of_several_currencies_is_totalled_apart() -> None:
    columns = [TEXTS, Column(name="m", title="M", kind=Kind.MONEY, total=True)]
    rows = (("a", Money(Decimal(10), "MAD")), ("b", Money(Decimal(5), "EUR")), ("c", Money(Decimal("0.5"), "EUR")))
    assert values_of(workbook_of(a_report(a_table(columns, *rows))))[-1] == ["Total", "5.50 EUR + 10.00 MAD"]


ODD_TEXTS = [
    "<r>a & b</r>",
    "<r><t>x</t></r>",
    "\uf8f0",
    "\uf8f0<r>",
    "a\rb",
    "\r\n",
    "\r=1",
    "\t",
    "_x0041_",
    "_x000D_",
    "ⵜⵉⴼⵉⵏⴰⵖ",
    "می‌خواهم",
    "👩‍👩‍👧",
    " a ",
    "\n",
    "\u2028",
]
NOT_IN_SHEETS = "\ufffe\uffff" + "".join(map(chr, range(32)))
sheet_texts = st.sampled_from(ODD_TEXTS) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=NOT_IN_SHEETS), min_size=1, max_size=40
)


# openpyxl reads the escape of an escape wrongly; Excel and calamine read it right. In the full run 10,000 texts.
@settings(max_examples=settings.default.max_examples * 2 // 5, deadline=None)
@given(st.lists(sheet_texts.filter(lambda text: "_x005F_" not in text), min_size=25, max_size=40))
def test_every_text_reads_back_exactly_in_both_readers(texts: list[str]) -> None:
    content = written_texts(texts)
    assert [row[0] for row in values_of(content)[1:]] == texts
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == texts


def test_a_text_too_long_for_a_cell_is_refused_with_its_address() -> None:
    with pytest.raises(NotUsable, match="Sheet “People”, row 3, column “Text”: the text has 32768 characters"):
        written_texts(["a", "x" * 32768])


def test_an_arabic_sheet_runs_from_right_to_left() -> None:
    table = a_table([Column(name="a", title="الاسم")], ("سلمى",), ("Salma",), title="لائحة")
    sheet = sheet_of(workbook_of(a_report(table, language="ar")), "لائحة")
    looks = [(cell.alignment.horizontal, cell.alignment.readingOrder) for (cell,) in sheet.iter_rows()]
    assert (sheet.sheet_view.rightToLeft, looks) == (True, [("right", 2), ("right", 2), ("right", 1)])


def test_a_sheet_is_ready_to_print() -> None:
    table = a_table([TEXTS, Column(name="b", title="B")], ("a", "b"), landscape=True, notes=("A note",))
    sheet = sheet_of(workbook_of(a_report(table, heading="Q&A")))
    assert (
        sheet.page_setup.paperSize,
        sheet.page_setup.orientation,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
        sheet.page_setup.fitToHeight,
        sheet.print_title_rows,
        sheet.freeze_panes,
        sheet.auto_filter.ref,
        sheet.oddHeader.left.text,
        sheet.oddFooter.left.text,
        sheet.oddFooter.center.text,
        sheet["A4"].value,
        [str(merged) for merged in sheet.merged_cells.ranges],
    ) == (9, "landscape", True, 0, "$1:$1", "A2", "A1:B2", "Q&&A", "People", "Page &P of &N", "A note", ["A4:B4"])


def test_columns_with_choices_get_a_list_that_may_hold_commas() -> None:
    choices = ("Élu, élue", "x" * 200, "y" * 200)
    column = Column(name="c", title="C", choices=choices, editable=True)
    content = workbook_of(a_report(a_table([column], ("Élu, élue",), blank_rows=2)))
    book = openpyxl.load_workbook(io.BytesIO(content))
    (validation,) = book.worksheets[0].data_validations.dataValidation
    lists = book["choices"]
    assert (str(validation.sqref), validation.formula1, lists.sheet_state) == (
        "A2:A4",
        "'choices'!$A$1:$A$3",
        "veryHidden",
    )
    assert tuple(row[0].value for row in lists.iter_rows()) == choices


def test_a_yes_or_no_is_written_and_offered_in_the_language_of_the_sheet() -> None:
    column = Column(name="c", title="C", kind=Kind.YES_NO, editable=True)
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_of(a_report(a_table([column], (True,), (False,), (None,)), language="ar")))
    )
    assert [row[0].value for row in book.worksheets[0].iter_rows()] == ["C", "نعم", "لا", None]
    assert [row[0].value for row in book["choices"].iter_rows()] == ["نعم", "لا"]


def test_a_chart_is_drawn_from_the_rows_without_the_total() -> None:
    columns = [TEXTS, Column(name="n", title="N", kind=Kind.INTEGER, total=True)]
    chart = Chart(kind="bar", title="Who", categories="text", values="n")
    sheet = sheet_of(workbook_of(a_report(a_table(columns, ("a", 1), ("b", 2), chart=chart, title="L'âge"))))
    (drawn,) = sheet._charts
    assert drawn.series[0].val.numRef.f == "'L''âge'!$B$2:$B$3"


def test_sheet_names_are_what_excel_accepts_and_each_is_there_once() -> None:
    titles = ["A/B: c?", "", "History", "'x'", "ا" * 40, "ا" * 40, "a b  c", "😀" * 20]
    assert sheet_names(titles) == (
        "A B  c",
        "Sheet2",
        "History (2)",
        "x",
        "ا" * 31,
        "ا" * 27 + " (2)",
        "a b  c (2)",
        "😀" * 15,
    )


def test_numbers_a_double_cannot_hold_are_written_as_text() -> None:
    column = Column(name="n", title="N", kind=Kind.INTEGER)
    rows: list[tuple[Cell, ...]] = [(123456789012345,), (1234567890123456,), (Decimal("0.1234567890123456789"),)]
    seen = [row[0] for row in values_of(workbook_of(a_report(a_table([column], *rows))))[1:]]
    assert seen == [123456789012345, "1234567890123456", "0.1234567890123456789"]


def test_days_before_excel_counts_are_written_as_text() -> None:
    column = Column(name="d", title="D", kind=Kind.DATE)
    seen = values_of(workbook_of(a_report(a_table([column], (date(1899, 5, 1),)))))
    assert seen[1] == ["1899-05-01"]


def test_equal_reports_give_equal_bytes() -> None:
    report = a_report(a_table([TEXTS], ("a\rb",)))
    assert workbook_of(report) == workbook_of(report)


def test_control_characters_do_not_damage_the_file() -> None:
    assert values_of(written_texts(["a\x00b\x0bc\ufffed\ud800"]))[1] == ["a␀b␋c�d�"]


def test_what_looks_like_markup_of_the_writer_is_text() -> None:
    choices = ("<r>a & b</r>", "b")
    column = Column(name="c", title="<r>c</r>", choices=choices, editable=True)
    content = workbook_of(a_report(a_table([column], (choices[0],), notes=("<r>note</r>",))))
    assert values_of(content) == [["<r>c</r>"], ["<r>a & b</r>"], [None], ["<r>note</r>"]]
    lists = openpyxl.load_workbook(io.BytesIO(content))["choices"]
    assert tuple(row[0].value for row in lists.iter_rows()) == choices


def test_a_long_table_is_streamed_to_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (Kind.TEXT, Kind.INTEGER, Kind.MONEY, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.YES_NO)
    columns = [Column(name=kind.value, title=kind.value, kind=kind, total=kind is Kind.INTEGER) for kind in kinds]
    moment = datetime(2023, 10, 14, 9, 30, tzinfo=UTC)
    texts = ("سلمى", "=1+1", "a long text that wraps over more than one line", "<r>x</r>", "a\rb", "", " x ")
    rows = tuple(
        (texts[n % 7], n, Money(Decimal(n) / 4, "MAD"), moment.date(), moment, time(9, n % 60), n % 2 == 0)
        if n % 11
        else (None,) * 7
        for n in range(cell_sinks.LONG)
    )
    report = a_report(a_table(columns, *rows, notes=("A note",), blank_rows=2), a_table(columns, *rows), language="ar")
    streamed = workbook_of(report)
    monkeypatch.setattr(cell_sinks, "LONG", 10**9)
    cell_by_cell = workbook_of(report)
    assert parts_of(streamed) == parts_of(cell_by_cell)
    assert looks_of(streamed) == looks_of(cell_by_cell)


@settings(max_examples=settings.default.max_examples // 10, deadline=None)
@given(st.lists(sheet_texts.filter(lambda text: "_x005F_" not in text), min_size=20, max_size=60, unique=True))
def test_texts_beyond_the_shared_ones_read_back_exactly_too(texts: list[str]) -> None:
    kept = cell_sinks.LONG, cell_sinks.SHARED_TEXTS
    cell_sinks.LONG, cell_sinks.SHARED_TEXTS = 10, 3
    try:
        content = written_texts(texts)
    finally:
        cell_sinks.LONG, cell_sinks.SHARED_TEXTS = kept
    assert [row[0] for row in values_of(content)[1:]] == texts
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == texts


def test_rows_made_while_they_are_written_give_the_same_file() -> None:
    columns = [TEXTS, Column(name="n", title="N", kind=Kind.INTEGER, total=True)]
    rows = Rows(range(1_200), lambda number: (f"text {number} " * (number % 9), number))
    lazy, whole = (a_report(a_table(columns, rows=one)) for one in (rows, tuple(rows)))
    assert lazy == whole
    assert workbook_of(lazy) == workbook_of(whole)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook without the numbers of its styles, which follow the order they are met in."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {
            name: re.sub(rb' s="\d+"', b"", parts.read(name)) for name in parts.namelist() if name != "xl/styles.xml"
        }


def looks_of(content: bytes) -> list[Any]:
    rows = sheet_of(content).iter_rows(max_row=40)
    looks = ((one.number_format, one.alignment, one.border, one.fill, one.font) for row in rows for one in row)
    return [tuple(map(repr, look)) for look in looks]


@given(st.text(alphabet="ab \n", max_size=60), st.integers(1, 12))
def test_a_row_is_never_lower_than_its_text(text: str, width: int) -> None:
    import textwrap

    wrapped = [textwrap.wrap(line, width, drop_whitespace=True) or [""] for line in text.split("\n")]
    assert lines_of(text, width) >= sum(len(lines) for lines in wrapped)
