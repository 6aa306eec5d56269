"""Roads: what is known of them, from a person's table and from a routing server, gathered before planning begins."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from eventops.application.facts import values_of
from eventops.application.placing import gazetteers_of
from eventops.domain.event import Event, SettingValue
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.places import Place
from eventops.domain.placing.roads import ESTIMATE, KNOWN, Road, RoadBook
from eventops.domain.texts import Text
from eventops.errors import EventopsError, NotUsable, PluginFailed
from eventops.extension.ports import Cache, Documents
from eventops.extension.registry import Contribution, Registry
from eventops.extension.rulebook import settings_of
from eventops.extension.spec import RoadAnswer, RoadQuery

KIND = "road"
CACHE_NAME = "roads.json"

METRIC = Text("metric")
UNANSWERED = Text(
    "Road distances of {count} places are estimates: {metric} did not answer ({error}); try again when it can be "
    "reached, or set roads to estimate"
)
UNPLACED_VENUE = Text(
    "The table of roads is not used: the venue's town “{town}” is not one settled place; correct [venue] town"
)


class RoadPair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A known road between two places, by their codes, in either direction. `source` names the table."""

    start: str
    end: str
    km: float
    minutes: int | None = None
    source: str = ""


class RoadCache(msgspec.Struct, frozen=True, kw_only=True):
    """Roads a routing server gave, by the code of the place, valid for one key (metric, settings, venue)."""

    key: str
    roads: dict[str, Road]


class Roads(msgspec.Struct, frozen=True, kw_only=True):
    """The roads of a plan, those a server gave, and what went wrong when asking."""

    book: RoadBook
    routed: Mapping[str, Road] = {}
    findings: tuple[Finding, ...] = ()


def load_pairs(documents: Documents) -> tuple[RoadPair, ...]:
    """The known roads a person gave."""
    return values_of(documents.all(KIND), RoadPair, KIND)


def pair_id(start: str, end: str) -> str:
    """The id of a road under which both directions are kept."""
    return " | ".join(sorted((start, end)))


def load_roads(
    places: Mapping[str, Place],
    distances_km: Mapping[str, float],
    event: Event,
    registry: Registry,
    documents: Documents,
    cache: Cache,
    *,
    venue: Place | None,
) -> Roads:
    """What is known of the roads from these places (by code) to the venue, whose town as a place is `venue`. A person's
    table wins over a server, a server over the estimate.

    Errors: NotUsable when the setting roads names a metric that routes nothing.
    """
    gazetteers = gazetteers_of(event, registry)
    factors = {code: factor for one in gazetteers for code, factor in one.road_factors.items()}
    settings = settings_of(event, registry)
    metric = registry.named("eventops_metrics", str(settings["metric"]), METRIC)
    name = str(settings["roads"])
    known: dict[str, Road] = {}
    if metric.value.is_road:
        known = {code: Road(km=km) for code, km in distances_km.items()}
    routing = _routing(metric, name, registry)
    routed: Mapping[str, Road] = {}
    findings: list[Finding] = []
    if routing is not None and places:
        routed, findings = _load_routed(routing, places, event, settings, registry, cache)
    pairs, unplaced = _pairs_to_venue(event, venue, load_pairs(documents), places)
    return Roads(
        book=RoadBook(known={**known, **routed, **pairs}, factors=factors, venue=venue),
        routed=routed,
        findings=(*findings, *unplaced),
    )


def _routing(metric: Contribution, name: str, registry: Registry) -> Contribution | None:
    """The metric that routes: the one the setting names, or the one distances are measured with."""
    if name == ESTIMATE:
        return metric if metric.value.route is not None else None
    named = registry.named("eventops_metrics", name, METRIC)
    if named.value.route is None:
        raise NotUsable(
            "The setting roads is {name}, which measures but knows no roads; write estimate, or a metric that routes",
            name=name,
        )
    return named


def _load_routed(
    routing: Contribution,
    places: Mapping[str, Place],
    event: Event,
    settings: Mapping[str, SettingValue],
    registry: Registry,
    cache: Cache,
) -> tuple[dict[str, Road], list[Finding]]:
    """The roads a server knows, from the cache as far as they stand there; and what it says, or why it is silent."""
    prefix = f"{routing.plugin}."
    own = {name.removeprefix(prefix): value for name, value in settings.items() if name.startswith(prefix)}
    venue = (event.venue.point.lat, event.venue.point.lon)
    facts = (routing.name, routing.version, sorted((name, str(value)) for name, value in own.items()), venue)
    key = sha256(msgspec.json.encode(facts)).hexdigest()
    roads = _load_cached(cache, key)
    missing = [place for code, place in places.items() if code not in roads]
    if not missing:
        return {code: roads[code] for code in places}, []
    query = RoadQuery(
        origins=tuple((place.point.lat, place.point.lon) for place in missing), destination=venue, settings=own
    )
    route = registry.guard.guarded(routing.value.route, routing.plugin, "eventops_metrics", routing.value.name)
    try:
        answer: RoadAnswer = msgspec.convert(route(query), RoadAnswer, from_attributes=True)
        if len(answer.roads) != len(missing):
            raise PluginFailed.of(routing.plugin, "eventops_metrics", routing.value.name, "it lost some of the places")
    except (EventopsError, msgspec.ValidationError) as error:
        return {code: road for code, road in roads.items() if code in places}, [_silent(routing, len(missing), error)]
    found = {
        place.code: Road(km=road.km, minutes=road.minutes, source=routing.name)
        for place, road in zip(missing, answer.roads, strict=True)
        if road is not None
    }
    roads |= found
    if found:
        cache.save(CACHE_NAME, msgspec.json.encode(RoadCache(key=key, roads=roads)))
    return {code: road for code, road in roads.items() if code in places}, list(answer.findings)


def _load_cached(cache: Cache, key: str) -> dict[str, Road]:
    data = cache.load(CACHE_NAME)
    try:
        cached = None if data is None else msgspec.json.decode(data, type=RoadCache)
    except (msgspec.DecodeError, ValueError):
        return {}  # damaged or of another version: it is asked again
    return dict(cached.roads) if cached is not None and cached.key == key else {}


def _silent(routing: Contribution, count: int, error: Exception) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="roads-estimated",
        message=UNANSWERED,
        values={"count": count, "metric": routing.name, "error": str(error)},
        source=Source(plugin=routing.plugin, hook="eventops_metrics"),
    )


def _pairs_to_venue(
    event: Event, venue: Place | None, pairs: Iterable[RoadPair], places: Mapping[str, Place]
) -> tuple[dict[str, Road], list[Finding]]:
    """The known roads that lead to the venue's town, by the place they lead from."""
    wanted = [pair for pair in pairs if pair.start in places or pair.end in places]
    if not wanted:
        return {}, []
    if venue is None:
        values: dict[str, object] = {"town": event.venue.town}
        return {}, [Finding(severity=Severity.WARNING, code="roads-unused", message=UNPLACED_VENUE, values=values)]
    found: dict[str, Road] = {}
    for pair in wanted:
        for here, there in ((pair.start, pair.end), (pair.end, pair.start)):
            if there == venue.code:
                found[here] = Road(km=pair.km, minutes=pair.minutes, source=f"{KNOWN} {pair.source}".strip())
    return found, []
