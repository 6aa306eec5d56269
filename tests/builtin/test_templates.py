import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from eventops.builtin.template_rows import moved
from eventops.builtin.templates import template_writer
from eventops.domain.money import Money
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Report, Table
from eventops.errors import NotUsable

COLUMNS = (
    Column(name="name", title="Name"),
    Column(name="amount", title="Amount", kind=Kind.MONEY, total=True),
    Column(name="night", title="Night", kind=Kind.DATE),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("سلمى", Money(Decimal(100), "EUR"), date(2023, 10, 13)),
    ("=1+1", Money(Decimal(50), "EUR"), None),
    ("0612", None, date(2023, 10, 14)),
)


def a_report(rows: tuple[tuple[Cell, ...], ...] = ROWS) -> Report:
    table = Table(name="people", title="People", columns=COLUMNS, rows=rows)
    other = Table(name="other", title="Other", columns=COLUMNS[:1], rows=(("x",),))
    return Report(
        name="r", title="Report", audience=Audience.SPONSOR, tables=(table, other), heading="Meeting", language="en"
    )


def a_template(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Claim"
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(fill: Callable[[Any], None], report: Report | None = None) -> Any:
    writer = template_writer(a_template(fill), "claim.xlsx")
    return openpyxl.load_workbook(io.BytesIO(writer.render(report or a_report())))


def values_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def a_claim(book: Any) -> None:
    sheet = book.active
    for row in (
        ("Claim of {{heading}}", None, None),
        ("Name", "Amount", "Night"),
        ("{{rows}}{{name}}", "{{amount}}", "{{night}}", "=B3*2", "fixed"),
        ("Sum", "=SUM(B3:B3)", "=B4"),
        ("{{count_other}}", "{{total_amount}}"),
    ):
        sheet.append(row)


def test_a_marked_row_is_written_for_every_row_and_formulas_follow() -> None:
    assert values_of(filled(a_claim)["Claim"]) == [
        ["Claim of Meeting", None, None, None, None],
        ["Name", "Amount", "Night", None, None],
        ["سلمى", 100, date_time(13), "=B3*2", "fixed"],
        ["=1+1", 50, None, "=B4*2", "fixed"],
        ["0612", None, date_time(14), "=B5*2", "fixed"],
        ["Sum", "=SUM(B3:B5)", "=B6", None, None],
        [1, 150, None, None, None],
    ]


def date_time(day: int) -> Any:
    from datetime import UTC, datetime

    return datetime(2023, 10, day, tzinfo=UTC).replace(tzinfo=None)


def test_text_stays_text_even_beside_formulas_of_the_template() -> None:
    cells = filled(a_claim)["Claim"]["A"]
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in cells[2:5]] == [
        ("سلمى", "s", False),
        ("=1+1", "s", True),
        ("0612", "s", False),
    ]


def test_formats_of_the_template_stay_and_are_repeated() -> None:
    def claim(book: Any) -> None:
        a_claim(book)
        sheet = book.active
        for cell in sheet[3]:
            cell.font = Font(bold=True, color="FF0000")
            cell.fill = PatternFill("solid", fgColor="FFFF00")
        sheet["B3"].number_format = "0.000"
        sheet.row_dimensions[3].height = 33
        sheet.row_dimensions[4].height = 50
        sheet.column_dimensions["A"].width = 42
        sheet.merge_cells("E3:F3")
        sheet.merge_cells("A5:A6")

    sheet = filled(claim)["Claim"]
    looks = [(cell.font.b, cell.fill.fgColor.rgb, cell.number_format) for cell in sheet["B"][2:5]]
    assert looks == [(True, "00FFFF00", "0.000")] * 3
    heights = [sheet.row_dimensions[row].height for row in range(3, 7)]
    assert (heights, sheet.column_dimensions["A"].width) == ([33, 33, 33, 50], 42)
    assert sorted(str(one) for one in sheet.merged_cells.ranges) == ["A7:A8", "E3:F3", "E4:F4", "E5:F5"]


def test_a_format_that_says_nothing_gives_way_to_that_of_the_value() -> None:
    sheet = filled(a_claim)["Claim"]
    assert [sheet[at].number_format for at in ("B3", "C3", "B7")] == [
        '#,##0.00\\ "EUR"',
        "[$-809]d mmm yyyy",
        '#,##0.00\\ "EUR"',
    ]


def test_rules_areas_names_and_charts_follow_the_rows() -> None:
    def claim(book: Any) -> None:
        a_claim(book)
        sheet = book.active
        validation = DataValidation(type="list", formula1='"yes,no"')
        validation.add("E3")
        sheet.add_data_validation(validation)
        sheet.conditional_formatting.add("B3", FormulaRule(formula=["B3>$B$4"], font=Font(bold=True)))
        sheet.print_area = "A1:E5"
        sheet.auto_filter.ref = "A2:C3"
        book.defined_names["sums"] = DefinedName("sums", attr_text="Claim!$B$3:$B$4")
        other = book.create_sheet("Elsewhere")
        other["A1"] = "=SUM(Claim!B3:B3)+Claim!B4"
        other["A2"] = '="Claim!B4"&B4'
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=3))
        other.add_chart(chart, "C3")

    book = filled(claim)
    sheet, other = book["Claim"], book["Elsewhere"]
    (validation,) = sheet.data_validations.dataValidation
    (rule,) = sheet.conditional_formatting
    assert (
        str(validation.sqref),
        str(rule.sqref),
        rule.rules[0].formula,
        sheet.print_area,
        sheet.auto_filter.ref,
        book.defined_names["sums"].attr_text,
        other["A1"].value,
        other["A2"].value,
        other._charts[0].series[0].val.numRef.f,
    ) == (
        "E3:E5",
        "B3:B5",
        ["B3>$B$6"],
        "'Claim'!$A$1:$E$7",
        "A2:C5",
        "Claim!$B$3:$B$6",
        "=SUM(Claim!B3:B5)+Claim!B6",
        '="Claim!B4"&B4',
        "'Claim'!$B$3:$B$5",
    )


def test_named_cells_are_filled() -> None:
    def claim(book: Any) -> None:
        book.active["C2"] = "old"
        book.defined_names["eventops_title"] = DefinedName("eventops_title", attr_text="Claim!$C$2")
        book.defined_names["Heading"] = DefinedName("Heading", attr_text="Claim!$C$3")
        book.defined_names["their_own"] = DefinedName("their_own", attr_text="Claim!$C$4")

    assert values_of(filled(claim)["Claim"])[1:3] == [[None, None, "Report"], [None, None, "Meeting"]]


def test_a_table_without_rows_leaves_the_marked_row_empty() -> None:
    assert values_of(filled(a_claim, a_report(()))["Claim"])[2:4] == [
        [None, None, None, "=B3*2", "fixed"],
        ["Sum", "=SUM(B3:B3)", "=B4", None, None],
    ]


def test_another_table_can_be_named_and_several_marked() -> None:
    def claim(book: Any) -> None:
        for row in (("{{rows people}}", "{{name}}"), ("between",), ("{{rows other}}", "{{name}}"), ("below",)):
            book.active.append(row)

    assert values_of(filled(claim)["Claim"]) == [
        [None, "سلمى"],
        [None, "=1+1"],
        [None, "0612"],
        ["between", None],
        [None, "x"],
        ["below", None],
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"B2": "{{nonsense}}"},
            r"claim.xlsx, Claim!B2: \{\{nonsense\}\} is nothing this report holds; it holds title",
        ),
        ({"A1": "{{rows}}", "D1": "{{phone}}"}, r"Claim!D1: \{\{phone\}\} is nothing .* it holds name, amount, night"),
        ({"A1": "{{rows}}", "B1": "{{rows}}"}, "Claim!B1: a row is marked once"),
        ({"A1": "{{rows nobody}}"}, "Claim!A1: this report has no table nobody; it has people, other"),
        ({"A1": "nothing"}, "marks nothing: write {{rows}}"),
    ],
)
def test_errors_name_the_cell(cells: dict[str, str], said: str) -> None:
    def claim(book: Any) -> None:
        for at, text in cells.items():
            book.active[at] = text

    with pytest.raises(NotUsable, match=said):
        filled(claim)


def test_a_name_for_several_cells_is_refused() -> None:
    def claim(book: Any) -> None:
        book.defined_names["title"] = DefinedName("title", attr_text="Claim!$A$1:$B$2")

    with pytest.raises(NotUsable, match=r"the name title stands for Claim!\$A\$1:\$B\$2"):
        filled(claim)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xl/vbaProject.bin", b"x", "holds macros"),
        ("xl/pivotTables/pivotTable1.xml", b"<x/>", "pivot tables, which filling it would lose"),
        ("xl/drawings/drawing9.xml", b"<xdr:sp ></xdr:sp>", "shapes and text boxes"),
    ],
)
def test_what_would_be_lost_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(NotUsable, match=said):
        template_writer(with_part(a_template(a_claim), name, content), "claim.xlsx")


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(NotUsable):
        template_writer(b"Name;Amount", "claim.csv")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=B4", "=B7"),
        ("=B2+B3", "=B2+B3"),
        ("=SUM(B1:B3)", "=SUM(B1:B6)"),
        ("=SUM($B$3:$C$9)", "=SUM($B$3:$C$12)"),
        ("='It''s'!B4", "='It''s'!B4"),
        ('=Claim!B4&"B4"', '=Claim!B7&"B4"'),
        ("=LOG10(B9)", "=LOG10(B12)"),
    ],
)
def test_references_follow(formula: str, expected: str) -> None:
    assert moved(formula, "Claim", "Claim", 3, 3) == expected
