from hypothesis import given, strategies as st
from msgspec.structs import replace

from eventops.domain.people import Gender
from eventops.domain.reporting.statistics import Statistics, statistics_of
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_candidate, a_participant, an_event

PARIS = replace(OUEZZANE, code="FR:1", country="FR", region="")


def test_every_row_of_the_report_is_there_even_at_nought() -> None:
    assert statistics_of(an_event(), []) == Statistics(
        gender={"female": 0, "male": 0},
        age={"18-30": 0, "30-40": 0, "40-50": 0, "50-60": 0, "60+": 0, "unknown": 0},
        category={"elected": 0, "association": 0, "public_sector": 0, "academic": 0, "citizen": 0},
        region={"MA-04": 0, "MA-06": 0},
    )


def test_people_are_counted_once_in_every_table() -> None:
    people = [
        a_candidate(a_participant("1", gender=Gender.FEMALE, age=17, category="citizen")),
        a_candidate(a_participant("2", gender=Gender.FEMALE, age=30, category="elected"), place=OUEZZANE),
        a_candidate(a_participant("3", gender=Gender.MALE, age=59, category="guest"), place=PARIS),
        a_candidate(a_participant("4", age=60), place=None),
    ]
    assert statistics_of(an_event(), people) == Statistics(
        gender={"female": 2, "male": 1, "unknown": 1},
        age={"18-30": 0, "30-40": 1, "40-50": 0, "50-60": 1, "60+": 1, "unknown": 0, "under_18": 1},
        category={
            **{"elected": 1, "association": 0, "public_sector": 0, "academic": 0, "citizen": 1},
            **{"guest": 1, "unknown": 1},
        },
        region={"MA-04": 0, "MA-06": 1, "FR": 1, "MA-01": 1, "unknown": 1},
    )


@given(
    people=st.lists(
        st.builds(
            lambda number, gender, age, category, place: a_candidate(
                a_participant(str(number), gender=gender, age=age, category=category), place=place
            ),
            st.integers(),
            st.sampled_from(Gender),
            st.none() | st.integers(0, 99),
            st.sampled_from(["", "elected", "guest"]),
            st.sampled_from([None, CASABLANCA, OUEZZANE, PARIS]),
        )
    )
)
def test_every_table_sums_to_the_people(people: list[object]) -> None:
    tables = statistics_of(an_event(), people)  # type: ignore[arg-type]
    sums = {sum(table.values()) for table in (tables.gender, tables.age, tables.category, tables.region)}
    assert sums == {len(people)}
