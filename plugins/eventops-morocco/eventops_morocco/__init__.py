"""Morocco for eventops: every commune, in French, Arabic and Tifinagh."""

from functools import cache

from eventops import Gazetteer, PlaceIndex, Setting, Tariff, hookimpl
from eventops_morocco.tariffs import SETTINGS, TARIFFS
from eventops_morocco.terrain import ROAD_FACTORS

PLACES_VERSION = "2024.3"


@cache  # the tables never change while a program runs
def load_places() -> PlaceIndex:
    """The index over the 1,503 communes, with districts, urban centres, provinces and regions."""
    from importlib.resources import files

    from eventops import unpacked_index

    return unpacked_index((files(__name__) / "data" / "morocco.places").read_bytes())


MOROCCO = Gazetteer(
    name="morocco",
    country="MA",
    source="Haut-Commissariat au Plan (Maroc), RGPH 2014 and 2024; GeoNames (geonames.org). Modified.",
    licence="CC BY 4.0",
    version=PLACES_VERSION,
    load=load_places,
    road_factors=ROAD_FACTORS,
)


@hookimpl
def eventops_gazetteers() -> tuple[Gazetteer, ...]:
    return (MOROCCO,)


@hookimpl
def eventops_tariffs() -> tuple[Tariff, ...]:
    return TARIFFS


@hookimpl
def eventops_settings() -> tuple[Setting, ...]:
    return SETTINGS
