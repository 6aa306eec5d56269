"""Measuring: from placements to candidates, with distance and travel time; and what they may also be."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from eventops.domain.deciding.decisions import Variants
from eventops.domain.event import Event, first_day
from eventops.domain.hosting.lodging import home_again_at, must_leave_at
from eventops.domain.people import Participant, age_on
from eventops.domain.places import Place, Placement, PlacementStatus, Point
from eventops.domain.placing.roads import ESTIMATE, RoadBook, road_from
from eventops.domain.rules import Candidate

Measure = Callable[[Point, Point], float]


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
    ways: dict[tuple[str, float], dict[str, Any]] = {}
    on = first_day(event)

    def km_to(place: Place) -> float:
        if place.code not in known:
            known[place.code] = distance_km(place.point, event.venue.point)
        return known[place.code]

    def way(place: Place, km: float) -> dict[str, Any]:
        """What follows from a place and a distance: many people live at the same one."""
        key = (place.code, km)
        if key not in ways:
            road = road_from(place, km, roads, of_km=km_to(place), country=event.country)
            minutes = road.minutes or 0
            ways[key] = {
                "distance_km": km,
                "road_km": road.km,
                "travel_minutes": minutes,
                "road_source": road.source,
                "leaves_home_at": must_leave_at(event, minutes, minutes_before),
                "back_home_at": home_again_at(event, minutes),
            }
        return ways[key]

    def candidate(person: Participant, placement: Placement, place: Place | None, km: float | None) -> Candidate:
        return Candidate(
            participant=person,
            placement=placement,
            place=place,
            age=age_on(person, on),
            **(way(place, km) if place is not None and km is not None else {}),
        )

    def within(person: Participant, placement: Placement, place: Place) -> tuple[Candidate, ...]:
        """The person at the place's point, and a radius nearer and farther where it has one."""
        km, radius = km_to(place), place.radius_km
        distances = (km, max(0.0, km - radius), km + radius) if radius else (km,)
        return tuple(candidate(person, placement, place, one) for one in distances)

    def variants(person: Participant) -> Variants:
        placement = placements[person.id]
        if placement.status is PlacementStatus.REVIEW and placement.candidates:
            every = [one for found in placement.candidates for one in within(person, placement, found.place)]
            if len(placement.candidates) == 1:  # one doubtful place is not a settled one
                every.append(unsettled(every[0]))
            return Variants(main=every[0], others=tuple(every[1:]), by_place=True)
        if placement.place is None:
            return Variants(main=candidate(person, placement, None, None))
        main, *others = within(person, placement, placement.place)
        return Variants(main=main, others=tuple(others))

    return tuple(variants(person) for person in participants)


def unsettled(candidate: Candidate) -> Candidate:
    """The candidate without a place, for one whose place a person must choose."""
    return msgspec.structs.replace(
        candidate,
        place=None,
        distance_km=None,
        road_km=None,
        travel_minutes=None,
        road_source=ESTIMATE,
        leaves_home_at=None,
        back_home_at=None,
    )
