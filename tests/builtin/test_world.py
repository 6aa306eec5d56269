from importlib.resources import files

import pytest

from eventops.builtin.world import load_world, world
from eventops.domain.placing.matching import PlaceQuery, country_of_text, placements, region_of_text
from eventops.domain.placing.names import KEYS_VERSION, folded_key

JUNK = ("", "n/a", "NaN", "test", "???", "azerty", "oui", "homme", "Mohamed Alaoui", "لا شيء", "محمد", "06 12 34 56 78")


@pytest.mark.parametrize(
    ("text", "country", "code", "region"),
    [
        ("Paris", "France", "FR:2988507", "FR-IDF"),
        ("Paris, France", "", "FR:2988507", "FR-IDF"),
        ("باريس", "", "FR:2988507", "FR-IDF"),
        ("Dakar", "", "SN:2253354", "SN-DK"),
        ("داكار", "السنغال", "SN:2253354", "SN-DK"),
        ("Londres", "", "GB:2643743", "GB-ENG"),
        ("Bruxelles", "Belgique", "BE:2800866", "BE-BRU"),
        ("القاهرة", "", "EG:360630", "EG-C"),
        ("東京", "", "JP:1850147", "JP-13"),
        ("Tripoli", "Liban", "LB:266826", "LB-AS"),
        ("Tripoli", "Libye", "LY:2210247", "LY-TB"),
        ("Marseile", "France", "FR:2995469", "FR-PAC"),
    ],
)
def test_a_city_abroad_is_found(text: str, country: str, code: str, region: str) -> None:
    query = PlaceQuery(text, country=country)
    place = placements([query], (world,), home_country="MA")[query].place
    assert place is not None
    assert (place.code, place.region) == (code, region)


def test_cities_of_one_name_go_to_a_person_whatever_their_size_and_their_country_settles_them() -> None:
    alone = [PlaceQuery("Tripoli"), PlaceQuery("Saint-Denis"), PlaceQuery("Manchester"), PlaceQuery("Moscow")]
    beside = [PlaceQuery("Manchester", country="Royaume-Uni"), PlaceQuery("Datong", country="Chine")]
    found = placements((*alone, *beside), (world,), home_country="MA")
    assert [found[one].status.value for one in (*alone, *beside)] == [*["review"] * 4, "matched", "review"]


@pytest.mark.parametrize("text", JUNK)
def test_junk_is_placed_nowhere(text: str) -> None:
    assert placements([PlaceQuery(text)], (world,), home_country="MA")[PlaceQuery(text)].place is None


def test_a_country_written_as_a_town_is_offered_with_its_whole_extent() -> None:
    found = placements([PlaceQuery("France")], (world,))[PlaceQuery("France")]
    assert [(one.place.code, one.place.kind, one.place.radius_km > 400) for one in found.candidates] == [
        ("FR:2988507", "city", False),
        ("FR", "country", True),
    ]


def test_countries_and_foreign_regions_are_named_in_three_languages() -> None:
    countries = [country_of_text(text, (world,)) for text in ("France", "فرنسا", "Allemagne", "USA", "SEN", "Holande")]
    regions = [region_of_text(text, (world,)) for text in ("Île-de-France", "FR-IDF", "Bavaria", "nowhere")]
    assert (countries, regions) == (["FR", "FR", "DE", "US", "SN", "NL"], ["FR-IDF", "FR-IDF", "DE-BY", ""])


def test_the_packaged_index_has_the_keys_of_today_and_no_empty_one() -> None:
    index = load_world()
    assert (index.keys_version, "" in index.folded, "" in index.area_keys) == (KEYS_VERSION, False, False)
    assert [key for key in list(index.folded)[::997] if folded_key(key) == ""] == []


def test_the_packaged_index_stays_small() -> None:
    assert len((files("eventops.builtin") / "data" / "world.places").read_bytes()) < 2_000_000


def test_the_gazetteer_says_where_its_places_come_from() -> None:
    assert (world.name, world.country, world.licence, world.version == load_world().version) == (
        "world",
        "",
        "CC BY 4.0",
        True,
    )
