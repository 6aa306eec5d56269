from datetime import date

from eventops.domain.enrolling.merging import MergedFact, merged
from eventops.domain.people import Consents, Participant, Status
from eventops.domain.rules import Outcome, Override


def decided(person: str, benefit: str) -> Override:
    return Override(
        participant_id=person,
        benefit=benefit,
        outcome=Outcome.GRANTED,
        reason="asked",
        by="coordinator",
        on=date(2023, 9, 1),
    )


def test_the_first_persons_facts_stand_and_the_second_fills_the_gaps() -> None:
    first = Participant(
        id="P0001", name="سلمى بنعلي", email="s@example.org", birth_year=1984, fields={"creche.children": 2}
    )
    second = Participant(
        id="P0002",
        name="Salma Benali",
        email="salma@example.org",
        phone="+212612345678",
        birth_date=date(1984, 3, 25),
        town="Fès",
        province="Fès",
        fields={"creche.children": 3, "creche.age": 4},
        edited=("phone", "email", "creche.age"),
    )
    done = merged(first, second, ())
    assert done.person == Participant(
        id="P0001",
        name="سلمى بنعلي",
        name_latin="Salma Benali",
        email="s@example.org",
        phone="+212612345678",
        birth_date=date(1984, 3, 25),
        birth_year=1984,
        town="Fès",
        province="Fès",
        fields={"creche.children": 2, "creche.age": 4},
        edited=("phone", "creche.age"),
        merged=("P0002",),
    )
    assert MergedFact(field="email", first="s@example.org", second="salma@example.org", taken=False) in done.facts
    assert MergedFact(field="creche.children", first=2, second=3, taken=False) in done.facts


def test_a_consent_and_a_withdrawal_count_as_the_first_registration_says() -> None:
    first = Participant(id="P0001", name="A", status=Status.WITHDRAWN)
    second = Participant(id="P0002", name="A", consents=Consents(attend=True, share=("oecd",)))
    done = merged(first, second, ())
    assert (done.person.consents, done.person.status) == (Consents(), Status.WITHDRAWN)
    assert [(one.field, one.taken) for one in done.facts] == [("consents", False), ("status", False)]


def test_the_province_of_another_town_never_moves_a_person() -> None:
    first = Participant(id="P0001", name="A", town="Salé")
    second = Participant(id="P0002", name="A", town="Fès", province="Fès")
    assert merged(first, second, ()).person == Participant(id="P0001", name="A", town="Salé", merged=("P0002",))


def test_decisions_by_hand_move_unless_the_first_has_one() -> None:
    first, second = Participant(id="P0001", name="A"), Participant(id="P0002", name="A")
    overrides = (decided("P0001", "travel"), decided("P0002", "travel"), decided("P0002", "lodging"))
    done = merged(first, second, overrides)
    assert (done.overrides, done.dropped) == ((decided("P0001", "lodging"),), (decided("P0002", "travel"),))


def test_ids_of_earlier_merges_are_remembered_too() -> None:
    first = Participant(id="P0001", name="A", merged=("P0007",))
    second = Participant(id="P0002", name="A", merged=("P0009",))
    assert merged(first, second, ()).person.merged == ("P0007", "P0002", "P0009")
