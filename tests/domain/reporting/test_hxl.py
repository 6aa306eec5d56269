import re

from eventops.domain.reporting.hxl import TAGS, tagged
from eventops.domain.reporting.reports import Audience, Column, Kind, Report, Table

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def a_report(*columns: Column) -> Report:
    table = Table(name="t", title="T", columns=columns, rows=(), notes=("A note",), blank_rows=3)
    return Report(name="r", title="R", audience=Audience.DOOR, tables=(table,))


def test_a_column_is_tagged_by_its_name_else_by_what_it_holds() -> None:
    columns = (
        Column(name="name", title="Name"),
        Column(name="distance_km", title="km", kind=Kind.DECIMAL),
        Column(name="field_Été 2", title="?", kind=Kind.YES_NO),
        Column(name="2nd", title="?", hxl="#org"),
    )
    (table,) = tagged(a_report(*columns)).tables
    assert [column.hxl for column in table.columns] == [
        "#contact+name",
        "#indicator+num+distance_km",
        "#status+field__t_2",
        "#org",
    ]


def test_no_two_columns_carry_the_same_tag() -> None:
    columns = (Column(name="town", title="Town"), Column(name="place", title="Place"))
    (table,) = tagged(a_report(*columns)).tables
    assert [column.hxl for column in table.columns] == ["#loc+name", "#loc+name+place"]


def test_below_the_tags_every_row_is_data() -> None:
    (table,) = tagged(a_report(Column(name="amount", title="Amount", kind=Kind.MONEY, total=True))).tables
    assert (table.notes, table.blank_rows, table.columns[0].total) == ((), 0, False)


def test_every_known_tag_is_well_formed() -> None:
    assert [tag for tag in TAGS.values() if not TAG.fullmatch(tag)] == []
