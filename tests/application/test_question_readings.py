"""Questions of a form that are answered with yes: a need, a diet, an allergy is what the question asks about."""

from datetime import date

from eventops.application.enrol import Enrolment, enrolled
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.people import Participant
from eventops.testing.builders import an_event


def imported(*rows: tuple[object, ...]) -> Enrolment:
    """What importing these rows into the sample event does."""
    sheet = Sheet(name="Inscriptions", rows=rows)
    return enrolled([sheet], file_name="people.xlsx", event=an_event(), today=date(2023, 10, 7))


def codes(result: Enrolment) -> list[str]:
    return [finding.code for finding in result.findings]


def facts_below(heading: str, *cells: object) -> tuple[list[Participant], list[str]]:
    """The people of a sheet with one more column, and the codes of what was said."""
    rows = [(f"Amina Idrissi{'abcdefgh'[at]}", f"amina{at}@example.org", cell) for at, cell in enumerate(cells)]
    result = imported(("Nom complet", "E-mail", heading), *rows)
    return list(result.added), [code for code in codes(result) if code != "possible-double"]


def test_a_yes_to_a_question_about_a_need_is_the_need_it_asks_about() -> None:
    people, said = facts_below("Besoin d'un accès en fauteuil roulant ? (oui/non)", "oui", "non", "Oui, électrique")
    assert [one.needs for one in people] == ["Besoin d'un accès en fauteuil roulant", "", "Oui, électrique"]
    assert said == []
    people, said = facts_below("هل تحتاجون إلى كرسي متحرك؟", "نعم")
    assert ([one.needs for one in people], said) == (["هل تحتاجون إلى كرسي متحرك"], [])


def test_a_yes_that_names_no_need_asks_for_it_unless_the_next_column_tells_it() -> None:
    people, said = facts_below("Avez-vous des besoins spécifiques ?", "oui")
    assert ([one.needs for one in people], said) == (["Avez-vous des besoins spécifiques"], ["answer-unnamed"])
    header = ("Nom complet", "E-mail", "Avez-vous des besoins spécifiques ?", "Si oui, précisez")
    result = imported(header, ("Amina Idrissi", "amina@example.org", "oui", "Boucle magnétique"))
    assert ([one.needs for one in result.added], codes(result)) == (["Boucle magnétique"], [])


def test_a_yes_to_a_question_about_a_diet_is_that_diet_and_one_that_names_none_is_asked() -> None:
    people, said = facts_below("Êtes-vous allergique aux arachides ?", "oui", "non")
    assert ([one.allergens for one in people], said) == ([("peanuts",), ()], [])
    people, said = facts_below("Avez-vous des allergies alimentaires ?", "oui", "non")
    assert [one.diet for one in people] == ["Avez-vous des allergies alimentaires", "standard"]
    assert said == ["answer-unnamed"]
    header = ("Nom complet", "E-mail", "Avez-vous des allergies alimentaires ?", "Si oui, lesquelles ?")
    result = imported(header, ("Amina Idrissi", "amina@example.org", "oui", "Œufs et sésame"))
    assert [(one.diet, one.allergens) for one in result.added] == [("standard", ("eggs", "sesame"))]
    assert codes(result) == []


def test_an_allergy_written_among_the_diets_stands_with_the_allergens() -> None:
    people, said = facts_below("النظام الغذائي", "حساسية من البيض", "نباتي، حساسية من السمسم", "حساسية من المكسرات")
    assert [(one.diet, one.allergens) for one in people] == [
        ("standard", ("eggs",)),
        ("vegetarian", ("sesame",)),
        ("no_nuts", ()),
    ]
    assert said == []


def test_an_allergy_that_is_not_understood_is_a_warning_and_stays_as_written() -> None:
    texts = ("allergie au kiwi", "Je suis allergique aux œufs, au lait et au kiwi")
    people, said = facts_below("Régime alimentaire", *texts)
    assert people[0].diet == "allergie au kiwi"
    assert people[1].allergens == ("eggs", "milk")
    assert "kiwi" in people[1].diet
    assert said == ["allergy-unknown", "allergy-unknown"]
