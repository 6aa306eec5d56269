import pytest

from eventops.domain.enrolling.lookup import person_called
from eventops.errors import NotUsable
from eventops.testing.builders import a_participant

PEOPLE = (
    a_participant("P0001", "فاطمة الزهراء العلوي", name_latin="Fatima Zahra Alaoui", phone="+212612345678"),
    a_participant("P0002", "Youssef El Idrissi", email="Youssef@Example.org", phone="+212699999678"),
    a_participant("P0003", "Chloé Alaoui"),
    a_participant("P0010", "Youssef"),
    a_participant("P0011", "Salma Benali"),
    a_participant("P0012", "Salma Benali"),
)


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("P0001", "P0001"),
        (" p0001 ", "P0001"),
        ("youssef@example.ORG", "P0002"),
        ("0612345678", "P0001"),
        ("+212 612-34-56-78", "P0001"),
        ("00212612345678", "P0001"),
        ("فاطمه العلوي", "P0001"),
        ("alaoui fatima", "P0001"),
        ("chloe", "P0003"),
        ("Idrissi", "P0002"),
    ],
)
def test_a_person_answers_to_id_address_phone_and_parts_of_the_name(words: str, id: str) -> None:
    assert person_called(words, PEOPLE).id == id


def test_a_whole_name_wins_over_a_part_of_another() -> None:
    assert person_called("youssef", PEOPLE).id == "P0010"


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        ("Alaoui", "P0001 (فاطمة الزهراء العلوي), P0003 (Chloé Alaoui)"),
        ("salma benali", "P0011 (Salma Benali), P0012 (Salma Benali)"),
    ],
)
def test_several_candidates_are_named_and_none_is_taken(words: str, candidates: str) -> None:
    with pytest.raises(NotUsable) as refused:
        person_called(words, PEOPLE)
    assert str(refused.value) == f"“{words}” may be {candidates}; give the id"


@pytest.mark.parametrize("words", ["", "   ", "nobody", "P9999", "x@example.org", "0600000000", "12345", "@"])
def test_nobody_answers_to_words_that_are_nobodys(words: str) -> None:
    with pytest.raises(NotUsable) as refused:
        person_called(words, PEOPLE)
    assert "among 6 participants" in str(refused.value)
