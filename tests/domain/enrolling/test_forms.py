import pytest

from eventops import ColumnMap, Sheet, Text
from eventops.domain.enrolling.forms import form_finding, in_plain_words, known_form

OURS = ColumnMap(
    name="ours", title=Text("Our form"), signs=("Response ID", "Q7"), columns={"Q1": "name", "Q7": "town", "Q9": ""}
)
LONGER = ColumnMap(name="longer", title=Text("Longer"), signs=("Response ID", "Q7", "Q1"), columns={"Q1": "name"})


def sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet(name="s", rows=rows)


def test_a_form_is_known_by_all_its_signs_in_one_row_whatever_their_case() -> None:
    known = known_form([sheet(("Export",), ("response id", "Q1", "q7"), (1, "Aya", "Rabat"))], [OURS])
    assert known is not None
    assert (known.form.name, known.columns) == ("ours", {"Q1": "name", "Q7": "town"})


@pytest.mark.parametrize(
    "rows", [(("Response ID",), ("Q7",)), (("Name", "Town"),), (), ((),) * 80 + (("Response ID", "Q7"),)]
)
def test_signs_that_are_missing_apart_or_far_below_make_no_form(rows: tuple[tuple[object, ...], ...]) -> None:
    assert known_form([sheet(*rows)], [OURS]) is None


def test_the_form_with_more_signs_is_meant() -> None:
    known = known_form([sheet(("Response ID", "Q1", "Q7"))], [OURS, LONGER])
    assert known is not None
    assert known.form.name == "longer"


def test_what_is_said_names_form_and_plugin() -> None:
    known = known_form([sheet(("Response ID", "Q7"))], [OURS])
    assert known is not None
    assert form_finding(known, "people.csv", "north").values == {
        "file": "people.csv",
        "form": Text("Our form"),
        "count": 1,
        "owner": "north",
    }


def test_a_form_without_signs_is_not_made() -> None:
    with pytest.raises(ValueError, match="every form"):
        ColumnMap(name="x", title=Text("x"), signs=(), columns={})


SHOP = ColumnMap(
    name="shop",
    title=Text("Shop"),
    signs=(("Order", "Commande"), ("State", "État")),
    first=("Order", "Commande"),
    columns={"Order": "", "Commande": "", "Date": "registered_on", "E-mail": "email:fills"},
    answers={"nope": "no", "anonymous": ""},
)


def test_a_sign_may_have_several_spellings_and_a_place() -> None:
    known = known_form([sheet(("Commande", "State", "Date"))], [SHOP])
    assert known is not None
    assert (known.sheet, known.columns) == ("s", {"Commande": "", "Date": "registered_on"})
    assert known_form([sheet(("State", "Order"))], [SHOP]) is None


def test_of_two_columns_with_one_heading_the_first_is_meant() -> None:
    known = known_form([sheet(("Order", "State", "Date", "E-mail", "Date"))], [SHOP])
    assert known is not None
    assert known.columns == {"Order": "", "C": "registered_on", "E": "", "E-mail": "email:fills"}


def test_words_only_that_system_writes_are_put_into_plain_ones() -> None:
    rows = (("Order", "State"), ("Nope", 3), ("anonymous", "nope, thanks"))
    known = known_form([sheet(*rows)], [SHOP])
    assert known is not None
    assert in_plain_words([sheet(*rows)], known)[0].rows == (("Order", "State"), ("no", 3), (None, "nope, thanks"))
