"""Measuring: from placements to candidates, with distance and travel time; and what they may also be."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from eventops.domain.deciding.variants import Variants, Way
from eventops.domain.event import Event, first_day
from eventops.domain.hosting.lodging import home_again_at, must_leave_at
from eventops.domain.people import Participant, age_on
from eventops.domain.places import Place, Placement, PlacementStatus, Point
from eventops.domain.placing.roads import RoadBook, road_from
from eventops.domain.rules import Candidate

Measure = Callable[[Point, Point], float]


class _Ways(Struct, frozen=True):
    """The way of everybody of one place, or who may be of several, and the other ways they may have."""

    main: Way
    elsewhere: tuple[Way, ...] = ()
    by_place: bool = False


def measured(
    event: Event,
    participants: Sequence[Participant],
    placements: Mapping[str, Placement],
    distance_km: Measure,
    minutes_before: int,
    roads: RoadBook,
) -> tuple[Variants, ...]:
    """A candidate for every participant, in their order, and its variants.

    A place is also tried a radius nearer and a radius farther; a place under review is every candidate place, and
    no place at all when there is only one. Each distinct place is measured once.
    """
    known: dict[str, float] = {}
    ways: dict[tuple[str, float], Way] = {}
    around: dict[str, _Ways] = {}
    meant: dict[int, _Ways] = {}
    nowhere = _Ways(Way())
    on = first_day(event)

    def km_to(place: Place) -> float:
        if place.code not in known:
            known[place.code] = distance_km(place.point, event.venue.point)
        return known[place.code]

    def way(place: Place, km: float) -> Way:
        """What follows from a place and a distance: many people live at the same one."""
        key = (place.code, km)
        if key not in ways:
            road = road_from(place, km, roads, of_km=km_to(place), country=event.country)
            minutes = road.minutes or 0
            ways[key] = Way(
                place=place,
                distance_km=km,
                road_km=road.km,
                travel_minutes=minutes,
                road_source=road.source,
                leaves_home_at=must_leave_at(event, minutes, minutes_before),
                back_home_at=home_again_at(event, minutes),
            )
        return ways[key]

    def ways_around(place: Place) -> _Ways:
        """The way from the place's point, and from a radius nearer and farther where it has one."""
        if place.code not in around:
            km, radius = km_to(place), place.radius_km
            elsewhere = (max(0.0, km - radius), km + radius) if radius else ()
            around[place.code] = _Ways(way(place, km), tuple(way(place, one) for one in elsewhere))
        return around[place.code]

    def ways_meant(placement: Placement) -> _Ways:
        """The ways from every candidate place; of a single one also none at all: one doubtful place is not a settled
        one. People who wrote the same share the placement."""
        if id(placement) not in meant:
            found = [ways_around(one.place) for one in placement.candidates]
            main, *others = (one for each in found for one in (each.main, *each.elsewhere))
            if len(found) == 1:
                others.append(nowhere.main)
            meant[id(placement)] = _Ways(main, tuple(others), by_place=True)
        return meant[id(placement)]

    def variants(person: Participant) -> Variants:
        placement = placements[person.id]
        if placement.status is PlacementStatus.REVIEW and placement.candidates:
            mine = ways_meant(placement)
        else:
            mine = nowhere if placement.place is None else ways_around(placement.place)
        way = mine.main
        main = Candidate(
            participant=person,
            placement=placement,
            age=age_on(person, on),
            place=way.place,
            distance_km=way.distance_km,
            road_km=way.road_km,
            travel_minutes=way.travel_minutes,
            road_source=way.road_source,
            leaves_home_at=way.leaves_home_at,
            back_home_at=way.back_home_at,
        )
        return Variants(main=main, elsewhere=mine.elsewhere, by_place=mine.by_place)

    return tuple(variants(person) for person in participants)


def unsettled(candidate: Candidate) -> Candidate:
    """The candidate without a place, for one whose place a person must choose."""
    return Way().of(candidate)
