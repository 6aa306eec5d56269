from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
from msgspec.structs import replace

from eventops.domain.deciding.variants import Variants
from eventops.domain.people import Participant
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus, Point
from eventops.domain.placing.measuring import measured, unsettled
from eventops.domain.placing.roads import RoadBook
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_participant, a_placement, an_event

ZONE = ZoneInfo("Africa/Casablanca")
WIDE = replace(OUEZZANE, radius_km=6.0)


def variants_of(*placements: Placement, km: float = 100.0) -> tuple[Variants, ...]:
    """The variants of people with these placements, everything that many kilometres away."""
    people = [a_participant(f"p{number}") for number in range(len(placements))]
    by_id = {one.id: placement for one, placement in zip(people, placements, strict=True)}
    return measured(an_event(), people, by_id, lambda a, b: km, 30, RoadBook())


def in_doubt(*places: Place) -> Placement:
    candidates = tuple(PlaceCandidate(place=one, score=1.0, level="exact") for one in places)
    return Placement(text="Somewhere", status=PlacementStatus.REVIEW, candidates=candidates)


def test_the_hours_follow_from_the_distance() -> None:
    main = variants_of(a_placement(OUEZZANE))[0].main
    assert (main.distance_km, main.place) == (100.0, OUEZZANE)
    assert main.road_km is not None
    assert 110 < main.road_km < 140
    assert main.leaves_home_at is not None
    assert main.leaves_home_at < datetime(2023, 10, 14, 8, 30, tzinfo=ZONE)
    assert main.back_home_at is not None
    assert main.back_home_at > datetime(2023, 10, 14, 14, 30, tzinfo=ZONE)


def test_a_place_is_tried_a_radius_nearer_and_farther() -> None:
    one = variants_of(a_placement(WIDE))[0]
    assert [other.distance_km for other in one.others] == [94.0, 106.0]
    assert one.by_place is False


def test_a_place_without_a_radius_is_where_it_is() -> None:
    assert variants_of(a_placement(replace(OUEZZANE, radius_km=0.0)))[0].others == ()


def test_nobody_lives_nearer_than_at_the_venue() -> None:
    assert [other.distance_km for other in variants_of(a_placement(WIDE), km=2.0)[0].others] == [0.0, 8.0]


def test_a_place_in_doubt_is_every_place_it_may_be() -> None:
    places = (replace(CASABLANCA, radius_km=0.0), replace(OUEZZANE, radius_km=0.0))
    one = variants_of(in_doubt(*places))[0]
    assert (one.by_place, [each.place for each in (one.main, *one.others)]) == (True, list(places))


def test_one_doubtful_place_may_be_none_at_all() -> None:
    one = variants_of(in_doubt(replace(OUEZZANE, radius_km=0.0)))[0]
    assert [each.place is None for each in (one.main, *one.others)] == [False, True]


def test_without_a_place_nothing_is_known_of_the_way() -> None:
    main = variants_of(a_placement(None))[0].main
    way = (main.distance_km, main.road_km, main.travel_minutes, main.leaves_home_at, main.back_home_at)
    assert (main.place, way) == (None, (None,) * 5)


def test_each_place_is_measured_once() -> None:
    measures: list[Point] = []

    def distance(a: Point, b: Point) -> float:
        measures.append(a)
        return 10.0

    people: list[Participant] = [a_participant(f"p{number}") for number in range(5)]
    placements = {one.id: a_placement(OUEZZANE if one.id < "p3" else CASABLANCA) for one in people}
    measured(an_event(), people, placements, distance, 30, RoadBook())
    assert measures == [OUEZZANE.point, CASABLANCA.point]


@given(km=st.floats(0, 2000), more=st.floats(0, 500))
def test_who_lives_farther_never_leaves_later_nor_is_home_earlier(km: float, more: float) -> None:
    near, far = (variants_of(a_placement(OUEZZANE), km=each)[0].main for each in (km, km + more))
    assert near.leaves_home_at is not None
    assert far.leaves_home_at is not None
    assert near.leaves_home_at >= far.leaves_home_at
    assert near.back_home_at is not None
    assert far.back_home_at is not None
    assert near.back_home_at <= far.back_home_at


def test_an_unsettled_candidate_keeps_the_person_and_loses_the_way() -> None:
    main = variants_of(a_placement(OUEZZANE))[0].main
    without = unsettled(main)
    assert (without.participant, without.placement) == (main.participant, main.placement)
    assert (without.place, without.distance_km, without.leaves_home_at) == (None, None, None)
