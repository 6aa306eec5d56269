"""Namesakes in one line: told apart, in the reader's language."""

from eventops.domain.places import Place, Point, named_apart
from eventops.domain.texts import Text

SALE = Text("Salé", ar="سلا")


def place(code: str, province: Text) -> Place:
    return Place(code=code, name=SALE, kind="commune", country="MA", point=Point(34, -6.8), province_name=province)


def test_places_are_named_in_every_language_with_their_province() -> None:
    places = [place("a", Text("Rabat", ar="الرباط")), place("b", Text("Settat"))]
    assert named_apart(places) == Text(
        "Salé (Rabat) / Salé (Settat)", fr="Salé (Rabat) / Salé (Settat)", ar="سلا (الرباط) / سلا (Settat)"
    )


def test_places_that_read_the_same_are_told_apart_by_their_codes() -> None:
    province = Text("Rabat")
    assert named_apart([place("a", province), place("b", province)]).en == "Salé (Rabat) a / Salé (Rabat) b"
