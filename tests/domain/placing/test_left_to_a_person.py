"""What is asked about although a town could be read: near spellings with rivals, contradictions, words for things."""

import pytest

from eventops.builtin.world import world
from eventops.domain.places import PlaceQuery
from eventops.domain.placing.cells import residence_in
from eventops.domain.placing.matching import placements
from eventops.domain.placing.names import is_common_noun

morocco = pytest.importorskip("eventops_morocco", reason="the texts name Moroccan places: install eventops-morocco")


def towns(*texts: str) -> list[str]:
    """The French name of the place each text is matched to, '' where a person is asked."""
    queries = [PlaceQuery(text) for text in texts]
    found = placements(queries, (morocco.MOROCCO, world), home_country="MA")
    return [place.name.fr or place.name.en if (place := found[query].place) else "" for query in queries]


def test_a_name_that_sounds_like_a_town_and_is_spelled_as_nearly_like_another_is_asked_about() -> None:
    assert towns("Tafrat", "Azmour", "Azemmour") == ["", "Azemmour", "Azemmour"]


def test_a_village_one_arabic_letter_from_a_far_larger_town_is_asked_about_unless_a_column_decides() -> None:
    queries = [PlaceQuery("الدورة"), PlaceQuery("الدورة", region="العيون"), PlaceQuery("الدروة")]
    found = placements(queries, (morocco.MOROCCO, world), home_country="MA")
    assert [found[query].place is not None for query in queries] == [False, True, True]


def test_another_name_of_a_village_gives_way_to_a_town_spelled_nearly_so() -> None:
    assert towns("Sidi Kasem", "Sidi Kacem") == ["", "Sidi Kacem"]


def test_two_towns_that_do_not_lie_in_one_another_are_asked_about() -> None:
    assert towns("Paris, Casablanca", "Rabat Paris", "Fès, Sefrou", "Casa, Mohammedia, Settat") == ["", "", "", ""]


def test_a_town_beside_its_quarter_its_city_or_the_seat_of_its_province_is_matched() -> None:
    texts = ("Hay Riad, Rabat", "Bourgogne, Casablanca", "Témara, Rabat", "Oulad Teima, Taroudant")
    assert towns(*texts) == ["Rabat", "Casablanca", "Témara", "Oulad Teima"]


def test_a_smaller_town_is_not_the_province_of_a_city() -> None:
    queries = [PlaceQuery("Rabat", province="Khémisset"), PlaceQuery("Salé", province="Rabat")]
    found = placements(queries, (morocco.MOROCCO, world), home_country="MA")
    assert [found[query].place is not None for query in queries] == [False, True]


def test_words_for_things_and_people_are_no_towns_unless_a_column_says_so() -> None:
    assert towns("فندق", "hôtel", "المنزل", "Marrakchi", "المراكشي") == ["", "", "", "", ""]
    query = PlaceQuery("المنزل", province="صفرو")
    assert placements([query], (morocco.MOROCCO,), home_country="MA")[query].place is not None


def test_common_nouns_are_known_with_and_without_their_article() -> None:
    assert [is_common_noun(text) for text in ("الفندق", "la gare", "Gare", "Fnideq", "Gare de Rabat", "")] == [
        *[True] * 3,
        *[False] * 3,
    ]


def test_a_distance_from_a_town_a_denial_and_a_place_of_work_are_no_home() -> None:
    assert towns("20 km de Fès", "pas à Rabat", "travaille à Rabat") == ["", "", ""]


@pytest.mark.parametrize(
    ("cell", "home"),
    [
        ("originaire de Fès, habite Rabat", "Rabat"),
        ("Habite à Salé, travaille à Rabat", "Salé"),
        ("Settat (travail Casablanca)", "Settat"),
        ("أصلي من تازة وأقيم بالقنيطرة", "القنيطرة"),
        ("أسكن في مراكش", "مراكش"),
        ("Sidi Kacem", "Sidi Kacem"),
        ("travaille à Rabat", "travaille à Rabat"),
    ],
)
def test_of_what_a_cell_tells_the_place_where_somebody_lives_is_kept(cell: str, home: str) -> None:
    assert residence_in(cell) == home


def test_a_country_behind_a_town_without_a_comma_is_seen() -> None:
    assert towns("Temara France", "Rabat Maroc") == ["", "Rabat"]
