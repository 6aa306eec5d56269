"""Roads to the venue: known ones (a table, a server) by place, estimates for the rest by distance and terrain."""

from collections.abc import Mapping

from msgspec import Struct

from eventops.domain.places import Place
from eventops.domain.placing.distance import flight_minutes, road_km, travel_minutes
from eventops.domain.texts import Message, Text

ESTIMATE, KNOWN = "estimate", "known"

ESTIMATED = Text("an estimate", fr="une estimation", ar="تقدير")
FROM_TABLE = Text("known, from {table}", fr="connue, d’après {table}", ar="معروف حسب {table}")
ROUTED = Text("routed by {metric}", fr="calculée par {metric}", ar="محسوب بواسطة {metric}")


class Road(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way by road. `source` is estimate, known (a person's table), or the metric that routed it; `minutes` as told by
    the source, None when only the length is known."""

    km: float
    minutes: int | None = None
    source: str = ESTIMATE


FLIGHT_FROM_KM = 700.0
"""From abroad people fly when the straight line is longer than this."""


class RoadBook(Struct, frozen=True, kw_only=True):
    """What is known of the roads to one venue: `known` by the code of the place they lead from, `factors` by the code
    of a province or region, road kilometres per straight kilometre where roads wind; `venue` the place it stands in."""

    known: Mapping[str, Road] = {}
    factors: Mapping[str, float] = {}
    venue: Place | None = None

    def factor_at(self, place: Place | None) -> float:
        """How the roads wind around a place; 0 where they run as elsewhere."""
        if place is None:
            return 0.0
        return self.factors.get(place.province) or self.factors.get(place.region, 0.0)


def road_source_said(source: str) -> Message:
    """Where the length of a road comes from, in words."""
    kind, _, table = source.partition(" ")
    if kind == KNOWN:
        return Message(FROM_TABLE, {"table": table or "-"})
    return Message(ESTIMATED) if source == ESTIMATE else Message(ROUTED, {"metric": source})


def road_from(
    place: Place, straight_km: float, book: RoadBook, *, of_km: float | None = None, country: str = ""
) -> Road:
    """The road from a place that lies `straight_km` from the venue in `country`, with the time by air where people fly
    and nobody told the time by road.

    `of_km` is the straight line of the known road, where the place is tried a radius nearer or farther: the road then
    grows or shrinks as its estimate does.
    """
    winding = [factor for factor in (book.factor_at(place), book.factor_at(book.venue)) if factor]
    factor = max(winding, default=0.0)
    estimate = road_km(straight_km, factor, ends=len(winding))
    known = book.known.get(place.code)
    if known is None:
        flies = by_air(place, straight_km, country)
        return Road(km=estimate, minutes=flight_minutes(straight_km) if flies else travel_minutes(estimate))
    if of_km is None or of_km == straight_km:
        km, minutes = known.km, known.minutes
    else:
        km = max(straight_km, known.km + estimate - road_km(of_km, factor, ends=len(winding)))
        minutes = None if known.minutes is None else round(known.minutes * km / known.km) if known.km else 0
    return Road(km=km, minutes=travel_minutes(km) if minutes is None else minutes, source=known.source)


def by_air(place: Place, straight_km: float, country: str) -> bool:
    """Whether one who lives there comes to an event in `country` by air."""
    return bool(country) and place.country != country and straight_km > FLIGHT_FROM_KM
