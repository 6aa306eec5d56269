"""Where people come from and how far that is: the distances and roads the plan decides with, for whoever shows them."""

from collections.abc import Mapping, Sequence

import msgspec

from eventops.application.facts import load_pins
from eventops.application.placing import load_placed, metric_of, places_of
from eventops.application.roads import Roads, load_roads
from eventops.domain.event import Event
from eventops.domain.people import Participant
from eventops.domain.places import Place, Placement
from eventops.extension.ports import Cache, Documents
from eventops.extension.registry import Registry


class MeasuredPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """Placements by participant id; every place they may mean, and its distance to the venue, by code; the roads."""

    placements: Mapping[str, Placement]
    places: Mapping[str, Place]
    distances_km: Mapping[str, float]
    roads: Roads


def load_measured_places(
    people: Sequence[Participant], documents: Documents, registry: Registry, cache: Cache, event: Event
) -> MeasuredPlaces:
    """Everybody's places, measured as the event says: where it measures by road, a road that is known wins.

    Errors: NotUsable for a metric that does not exist, or routes nothing where the setting roads names it.
    """
    placed = load_placed(people, load_pins(documents), registry, cache, event)
    metric = metric_of(event, registry)
    places = {place.code: place for one in placed.placements.values() for place in places_of(one)}
    distances_km = {code: placed.distances_km[code] for code in places}
    roads = load_roads(places, distances_km, event, registry, documents, cache, venue=placed.venue)
    if metric.is_road or metric.route is not None:
        known = roads.book.known
        distances_km = {code: known[code].km if code in known else km for code, km in distances_km.items()}
    return MeasuredPlaces(placements=placed.placements, places=places, distances_km=distances_km, roads=roads)
