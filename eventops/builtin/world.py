"""The world: cities of more than 15,000 people, regions and countries. It answers when no national gazetteer does."""

from functools import cache
from importlib.resources import files

from eventops.domain.placing.place_index import PlaceIndex
from eventops.extension.spec import Gazetteer

WORLD_VERSION = "2026.11.1"


@cache  # the table never changes while a program runs, and takes a quarter of a second to load
def load_world() -> PlaceIndex:
    """The index over the cities of the world."""
    from eventops.adapters.gazetteer_files import unpacked_index

    return unpacked_index((files("eventops.builtin") / "data" / "world.places").read_bytes())


world = Gazetteer(
    name="world",
    country="",
    source="GeoNames (geonames.org), cities of more than 15,000 people; country names Unicode CLDR. Modified.",
    licence="CC BY 4.0",
    version=WORLD_VERSION,
    load=load_world,
)
