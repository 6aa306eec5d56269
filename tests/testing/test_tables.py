from datetime import time

import pytest

from eventops import Gender, Seat
from eventops.testing import candidates_of, table_of


def test_cells_stand_two_spaces_or_a_bar_apart_or_below_their_headings() -> None:
    expected = ({"name": "Salma Benali", "km": "70", "needs": ""}, {"name": "Omar", "km": "260", "needs": "lift"})
    spaced = """
        name          km   needs
        Salma Benali  70   -
        Omar          260  lift
    """
    barred = """
        | name         | km  | needs |
        |--------------|-----|-------|
        | Salma Benali | 70  |       |
        | Omar         | 260 | lift  |
    """
    below = """
        name         km  needs
        Salma Benali 70
        Omar         260 lift
    """
    assert [table_of(text) for text in (spaced, barred, below)] == [expected] * 3


def test_a_row_of_another_length_is_named() -> None:
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        table_of("a  b\n1  2  3")


def test_a_table_of_people_is_a_tuple_of_candidates() -> None:
    salma, omar, nobody = candidates_of("""
        name   town     region  urban  km   age  gender  leaves  waiting  field.north.seats
        Salma  Settat   MA-06   no     70   34   female  07:10   -        3
        Omar   Tangier  MA-01   yes    260  28   male    05:30   2        yes
        Zineb  -        -       -      -    -    female  -       -        much
    """)
    assert salma.place is not None
    assert salma.leaves_home_at is not None
    assert (
        (salma.participant.name, salma.age, salma.participant.gender, salma.distance_km, salma.place.urban),
        (salma.leaves_home_at.time(), salma.participant.fields),
        (omar.seat, omar.waiting_position, omar.participant.fields),
        (nobody.place, nobody.distance_km, nobody.participant.fields),
    ) == (
        ("Salma", 34, Gender.FEMALE, 70.0, False),
        (time(7, 10), {"north.seats": 3}),
        (Seat.WAITING, 2, {"north.seats": True}),
        (None, None, {"north.seats": "much"}),
    )


def test_a_column_nobody_knows_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="there is no column distance; columns are age"):
        candidates_of("name  distance\nSalma  70")
