"""Placing: where everybody comes from, each distinct town found once, each place measured once, kept in a cache."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec

from eventops.domain.event import Event
from eventops.domain.people import Participant
from eventops.domain.places import Place, Placement, PlaceQuery
from eventops.domain.placing.names import script_of
from eventops.domain.texts import Text
from eventops.extension.ports import Cache
from eventops.extension.registry import CORE, Registry
from eventops.extension.spec import Gazetteer, Metric

CACHE_NAME = "places.json"
# Raise when the resolver or the values it gives change, so that older caches are not believed.
CACHE_FORMAT = 4
WORLD = "world"


class PlaceCache(msgspec.Struct, frozen=True, kw_only=True):
    """Placements by query and distances by place, valid for one key (data versions, pins, venue, metric)."""

    key: str
    placements: tuple[tuple[PlaceQuery, Placement], ...]
    distances_km: dict[str, float]


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where everybody comes from, by participant id, and the distance of each distinct place to the venue; the venue's
    own town as a place, None where it is not settled."""

    placements: dict[str, Placement]
    distances_km: dict[str, float]
    venue: Place | None = None


def load_placed(
    people: Sequence[Participant], pins: Mapping[str, str], registry: Registry, cache: Cache, event: Event
) -> Placed:
    """Where everybody comes from, from the cache where it is known and still valid."""
    gazetteers = gazetteers_of(event, registry)
    metric = metric_of(event, registry)
    key = _cache_key(gazetteers, pins, event, metric)
    cached = _load_cache(cache, key)
    known = dict(cached.placements) if cached else {}
    distances = dict(cached.distances_km) if cached else {}
    queries = {person.id: query_of(person) for person in people}
    venue_query = PlaceQuery(text=event.venue.town, region=event.venue.region)
    missing = [query for query in dict.fromkeys((*queries.values(), venue_query)) if query not in known]
    if missing:
        from eventops.domain.placing.matching import placements  # 30 ms: only when a town is new

        known |= placements(missing, gazetteers, home_country=event.country, pins=pins)
    measured = len(distances)
    for query in queries.values():
        for place in places_of(known[query]):
            if place.code not in distances:
                venue = event.venue.point
                distances[place.code] = metric.distance_km((place.point.lat, place.point.lon), (venue.lat, venue.lon))
    if missing or len(distances) != measured:
        kept = PlaceCache(key=key, placements=tuple(known.items()), distances_km=distances)
        cache.save(CACHE_NAME, msgspec.json.encode(kept))
    return Placed(
        placements={person: known[query] for person, query in queries.items()},
        distances_km=distances,
        venue=known[venue_query].place,
    )


def load_venue_town(event: Event, pins: Mapping[str, str], registry: Registry, cache: Cache) -> Text:
    """The venue's town as the event writes it, in the other script as the gazetteer does where it is settled."""
    town = event.venue.town
    place = load_placed((), pins, registry, cache, event).venue
    if place is None:
        return Text(town)
    if script_of(town) == "arab":
        return Text(place.name.en, fr=place.name.fr, ar=town)
    return Text(town, fr=town, ar=place.name.ar)


def query_of(person: Participant) -> PlaceQuery:
    """What a person wrote about where they come from."""
    return PlaceQuery(
        text=person.town,
        province=person.province,
        region=person.region,
        country=person.country,
        corrected="town" in person.edited and not {"province", "region", "country"} & set(person.edited),
    )


def gazetteers_of(event: Event | None, registry: Registry) -> tuple[Gazetteer, ...]:
    """The gazetteers of the plugins an event uses (of every plugin without an event), the world's last."""
    used = None if event is None else {CORE, *(one.name for one in event.plugins)}
    mine = [one.value for one in registry.of("eventops_gazetteers") if used is None or one.plugin in used]
    return tuple(sorted(mine, key=lambda one: (one.name == WORLD, one.name)))


def metric_of(event: Event, registry: Registry) -> Metric:
    """The metric the event measures with. Errors: NotUsable for one that does not exist."""
    name = str(event.settings.get("metric", "straight_line"))
    metric: Metric = registry.named("eventops_metrics", name, Text("metric")).value
    return metric


def places_of(placement: Placement) -> tuple[Place, ...]:
    if placement.place is not None:
        return (placement.place,)
    return tuple(one.place for one in placement.candidates)


def _cache_key(gazetteers: Sequence[Gazetteer], pins: Mapping[str, str], event: Event, metric: Metric) -> str:
    facts = (
        CACHE_FORMAT,
        [(one.name, one.version) for one in gazetteers],
        sorted(pins.items()),
        event.country,
        (event.venue.point.lat, event.venue.point.lon),
        metric.name,
    )
    return sha256(msgspec.json.encode(facts)).hexdigest()


def _load_cache(cache: Cache, key: str) -> PlaceCache | None:
    data = cache.load(CACHE_NAME)
    if data is None:
        return None
    try:
        cached = msgspec.json.decode(data, type=PlaceCache)
    except (msgspec.DecodeError, ValueError):
        return None  # damaged or of another version: it is derived again
    return cached if cached.key == key else None
