from datetime import date

from hypothesis import given, strategies as st

from eventops.domain.campaigns.across import Registration, people_across
from eventops.domain.people import Participant


def person(id: str, name: str, **facts: object) -> Participant:
    return Participant(id=id, name=name, **facts)  # type: ignore[arg-type]


def test_one_address_and_one_name_are_one_person_in_two_meetings() -> None:
    across = people_across(
        {
            "casablanca": [person("P1", "Salma Idrissi", email="Salma@example.org")],
            "oujda": [person("P7", "IDRISSI Salma", email="salma@example.org")],
        }
    )
    assert across.people == ((Registration("casablanca", "P1"), Registration("oujda", "P7")),)
    assert across.in_several == across.people


def test_one_telephone_and_the_name_in_either_script_are_one_person() -> None:
    across = people_across(
        {
            "casablanca": [person("P1", "سلمى الإدريسي", name_latin="Salma Idrissi", phone="+212612345678")],
            "fes": [person("P2", "Salma Idrissi", phone="+212612345678")],
        }
    )
    assert len(across.people) == 1


def test_two_people_of_one_address_are_two() -> None:
    across = people_across(
        {
            "casablanca": [person("P1", "Salma Idrissi", email="office@example.org")],
            "oujda": [person("P1", "Omar Tazi", email="office@example.org")],
        }
    )
    assert (len(across.people), across.in_several, across.possible) == (2, (), ())


def test_one_name_and_one_year_of_birth_are_told_and_not_joined() -> None:
    across = people_across(
        {
            "casablanca": [person("P1", "Salma Idrissi", birth_year=1990)],
            "oujda": [person("P1", "Salma Idrissi", birth_date=date(1990, 5, 1))],
            "fes": [person("P1", "Salma Idrissi")],
        }
    )
    assert len(across.people) == 3
    assert across.possible == ((Registration("casablanca", "P1"), Registration("oujda", "P1")),)


NAMES = st.sampled_from(["Salma Idrissi", "Idrissi Salma", "Omar Tazi", "عمر التازي", "Nour"])
PEOPLE = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from(["", "a@example.org", "b@example.org"]),
        st.sampled_from(["", "+212600000001", "+212600000002"]),
        st.sampled_from([None, 1980, 1990]),
    ),
    max_size=8,
)


@given(st.lists(PEOPLE, max_size=4))
def test_every_registration_is_counted_once_and_people_are_never_more(sheets: list[list[tuple[str, ...]]]) -> None:
    meetings = {
        f"m{number}": [
            person(f"P{index}", name, email=email, phone=phone, birth_year=year)
            for index, (name, email, phone, year) in enumerate(sheet)
        ]
        for number, sheet in enumerate(sheets)
    }
    across = people_across(meetings)
    told = [one for group in across.people for one in group]
    every = [Registration(meeting, one.id) for meeting, people in meetings.items() for one in people]
    assert sorted(told, key=lambda one: (one.meeting, one.participant)) == every
    group_of = {one: number for number, group in enumerate(across.people) for one in group}
    assert all(group_of[one] != group_of[other] for one, other in across.possible)
