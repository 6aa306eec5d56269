from hypothesis import given, strategies as st

from eventops.domain.people import Participant
from eventops.domain.reporting.people_named import in_ranges, people_named, ranges_of, signs_of_people
from eventops.domain.reporting.reports import Audience, Column, Report, Table

PEOPLE = (
    Participant(id="P0001", name="فاطمة الزهراء الدكالي", email="fatima@example.org"),
    Participant(id="P0002", name="Karim Bennani", phone="+212611223344"),
    Participant(id="P0003", name="Karim Bennani"),
    Participant(id="P0004", name="Salma Idrissi"),
)


def a_report(*cells: str, note: str = "") -> Report:
    columns = tuple(Column(name=f"c{number}", title="C") for number in range(len(cells)))
    table = Table(name="t", title="T", columns=columns, rows=(cells,), notes=(note,) if note else ())
    return Report(name="r", title="R", audience=Audience.DOOR, tables=(table,))


def named(report: Report) -> tuple[str, ...]:
    return people_named(report, signs_of_people(PEOPLE, {"P0004": ["P-7K3FQA", "Salma Al Idrissi"]}))


def test_a_file_tells_of_whom_it_names_by_whatever_sign() -> None:
    assert [
        named(a_report(*cells))
        for cells in (
            ("فاطمة الزهراء الدكالي", "Salé"),
            ("seat of FATIMA@example.org",),
            ("with karim bennani and others",),
            ("212611223344",),
            ("p-7k3fqa", "granted"),
            ("Salma", "Idrissi"),
            ("P0001, P0003",),
            (),
        )
    ] == [("P0001",), ("P0001",), ("P0002", "P0003"), ("P0002",), ("P0004",), (), ("P0001", "P0003"), ()]


def test_a_note_below_a_table_tells_too() -> None:
    assert named(a_report("12", note="Salma Al Idrissi brings the keys")) == ("P0004",)


def test_ids_are_kept_in_few_words() -> None:
    everybody = [f"P{number:04d}" for number in range(1, 61)]
    assert ranges_of(everybody) == ("P0001..P0060",)
    assert ranges_of(["P0009", "P0001", "P0010", "X", "P0002", "P00011"]) == (
        "P0001..P0002",
        "P0009..P0010",
        "P00011",
        "X",
    )
    assert (in_ranges("P0060", ranges_of(everybody)), in_ranges("P0061", ranges_of(everybody))) == (True, False)
    assert (in_ranges("P00011", ("P0001..P0060",)), in_ranges("X", ("X",)), in_ranges("X", ())) == (False, True, False)


@given(st.sets(st.integers(0, 12_000)), st.integers(0, 12_000))
def test_ranges_hold_exactly_the_ids_they_were_made_of(numbers: set[int], other: int) -> None:
    ranges = ranges_of(f"P{number:04d}" for number in numbers)
    asked = {*numbers, other}
    assert {number for number in asked if in_ranges(f"P{number:04d}", ranges)} == numbers
