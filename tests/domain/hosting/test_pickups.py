"""Whoever travels when and from where: no vehicle is overfull, no ride too long, each has a ride or a reason."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from eventops.domain.event import Event
from eventops.domain.hosting.pickups import accepted, chosen_ways, pickups_of, ridden
from eventops.domain.hosting.pickups_bound import RideBound, ride_bound
from eventops.domain.hosting.pickups_values import Pickups, Ride, RidePlan, TravelChoice, Vehicle
from eventops.domain.money import Money, total
from eventops.domain.places import Place, Point
from eventops.domain.placing.distance import great_circle_km, road_km, travel_minutes
from eventops.domain.rules import Journey
from eventops.domain.texts import Text
from eventops.testing.builders import an_event

EXAMPLES = 10_000 if settings().max_examples >= 1_000 else settings().max_examples
MORNING = datetime(2023, 10, 14, 8, 30, tzinfo=ZoneInfo("Africa/Casablanca"))
VENUE = an_event().venue.point


def a_town(code: str, lat: float, lon: float) -> Place:
    return Place(code=code, name=Text(code), kind="commune", country="MA", point=Point(lat, lon))


def a_journey(
    person: str, town: Place, direction: str = "there", at: datetime = MORNING, winding: float = 1.0, **fields: Any
) -> Journey:
    km = winding * road_km(great_circle_km(town.point, VENUE))
    ride = timedelta(minutes=travel_minutes(km))
    values: dict[str, Any] = {
        "participant_id": person,
        "direction": direction,
        "mode": "public_transport",
        "origin": town,
        "distance_km": km / 1.2,
        "road_km": km,
        "travel_minutes": travel_minutes(km),
        "leaves_at": at - ride if direction == "there" else at,
        "arrives_at": at if direction == "there" else at + ride,
    }
    return Journey(**{**values, **fields})


def a_vehicle(id: str = "bus", capacity: int = 30, **fields: Any) -> Vehicle:
    values: dict[str, Any] = {"title": Text(id), "km_price": Money(Decimal("7.33"), "MAD")}
    return Vehicle(id=id, capacity=capacity, **{**values, **fields})


def an_event_with(*vehicles: Vehicle) -> Event:
    return an_event(vehicles=vehicles)


KENITRA = a_town("Kenitra", 34.261, -6.5802)
RABAT = a_town("Rabat", 34.0209, -6.8416)
JADIDA = a_town("Jadida", 33.2316, -8.5007)


def test_towns_on_one_way_share_a_vehicle_the_farthest_first() -> None:
    people = [a_journey("P1", RABAT), a_journey("P2", KENITRA), a_journey("P3", JADIDA)]
    found = pickups_of(an_event_with(a_vehicle(count=2)), people)
    assert [(one.id, [stop.place for stop in one.stops]) for one in found.rides] == [
        ("bus-01", ["Kenitra", "Rabat"]),
        ("bus-02", ["Jadida"]),
    ]
    assert [one.arrives_at for one in found.rides] == [MORNING, MORNING]


def test_on_the_way_back_the_nearest_get_out_first() -> None:
    people = [a_journey("P1", KENITRA, "back"), a_journey("P2", RABAT, "back")]
    (ride,) = pickups_of(an_event_with(a_vehicle()), people).rides
    assert ([stop.place for stop in ride.stops], ride.leaves_at) == (["Rabat", "Kenitra"], MORNING)
    assert ride.stops[0].at < ride.stops[1].at == ride.arrives_at


def test_who_rides_too_long_is_told_so_and_keeps_public_transport() -> None:
    event = an_event_with(a_vehicle(longest_ride_minutes=60))
    people = [a_journey("P1", KENITRA)]
    found = pickups_of(event, people)
    assert [(one.participant_id, str(one.reason)) for one in found.unserved] == [
        ("P1", "the ride of about 142 minutes is longer than the 60 any vehicle may take")
    ]
    assert ridden(event, people, found)[0].mode == "public_transport"


def test_a_vehicle_does_not_go_for_too_few() -> None:
    found = pickups_of(an_event_with(a_vehicle(least_passengers=3)), [a_journey("P1", RABAT)])
    assert (found.rides, [one.participant_id for one in found.unserved]) == ((), ["P1"])


def test_more_people_than_one_vehicle_holds_take_several() -> None:
    people = [a_journey(f"P{number}", RABAT) for number in range(5)]
    found = pickups_of(an_event_with(a_vehicle("car", capacity=2, count=2)), people)
    assert (sorted(len(one.passengers) for one in found.rides), len(found.unserved)) == ([2, 2], 1)


def test_a_vehicle_is_not_sent_again_before_it_can_be_back() -> None:
    late = a_journey("P2", RABAT, at=MORNING + timedelta(minutes=60))
    later = a_journey("P3", RABAT, at=MORNING + timedelta(minutes=240))
    found = pickups_of(an_event_with(a_vehicle()), [a_journey("P1", RABAT), late, later])
    assert [(one.passengers, one.unit) for one in found.rides] == [(("P1",), 1), (("P3",), 1)]
    assert [(one.participant_id, str(one.reason)) for one in found.unserved] == [
        ("P2", "every vehicle is full or under way")
    ]


def test_accepted_rides_hold_when_somebody_cancels_and_take_in_who_comes_later() -> None:
    people = [a_journey("P1", RABAT), a_journey("P2", KENITRA), a_journey("P3", JADIDA)]
    event = an_event_with(a_vehicle(count=2))
    plan = RidePlan(id="T0001", at=MORNING, rides=accepted(pickups_of(event, people)))
    after = pickups_of(event, [*people[1:], a_journey("P4", JADIDA)], [plan])
    assert ([one.passengers for one in after.rides], after.findings) == ([("P2",), ("P3", "P4")], ())


def test_accepted_rides_of_a_vehicle_that_is_gone_are_chosen_again_and_said() -> None:
    people = [a_journey("P1", RABAT), a_journey("P3", JADIDA)]
    plan = RidePlan(id="T0001", at=MORNING, rides=accepted(pickups_of(an_event_with(a_vehicle(count=2)), people)))
    after = pickups_of(an_event_with(a_vehicle("coach", count=2)), people, [plan])
    assert [one.id for one in after.rides] == ["coach-01", "coach-02"]
    assert [(one.code, one.values) for one in after.findings] == [
        ("ride-plan-lapsed", {"count": 2, "rides": 2, "plan": "T0001"})
    ]


def test_the_hour_and_number_of_a_flight_settled_by_hand_stand_in_the_journey() -> None:
    choice = TravelChoice(participant_id="P1", mode="flight", direction="there", carrier="AT 407", at=MORNING)
    (journey,) = chosen_ways(an_event(), [a_journey("P1", RABAT, at=MORNING + timedelta(hours=1))], [choice])
    assert (journey.mode, journey.carrier, journey.arrives_at) == ("flight", "AT 407", MORNING)


def test_the_bound_fills_the_vehicles_with_those_who_live_farthest() -> None:
    people = [a_journey("P1", KENITRA), a_journey("P2", RABAT), a_journey("P3", RABAT), a_journey("P4", JADIDA)]
    event = an_event_with(a_vehicle("car", capacity=3, count=3))
    found = pickups_of(event, people)
    kenitra, rabat = (round(road_km(great_circle_km(one.point, VENUE))) for one in (KENITRA, RABAT))
    # The three farthest in one car, wherever they live, and whoever lives nearest in the other.
    cost = Money(Decimal("7.33") * (kenitra + rabat), "MAD")
    paid = total((one.cost for one in found.rides), "MAD")
    assert ride_bound(event, people, found) == RideBound(
        vehicles=2, unserved=0, cost=cost, gap=float((paid.amount - cost.amount) / paid.amount)
    )


towns = st.builds(
    a_town, st.sampled_from([f"T{number}" for number in range(6)]), st.floats(31.5, 35.5), st.floats(-8.5, -5.0)
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Event, list[Journey]]:
    known = {town.code: town for town in draw(st.lists(towns, min_size=1, max_size=5))}
    # Some so near to each other that a vehicle cannot be back from one for the next.
    hours = st.sampled_from([MORNING + timedelta(minutes=minutes) for minutes in (0, -840, 60, 150, 300)])
    people = [
        a_journey(
            f"P{number}",
            known[draw(st.sampled_from(sorted(known)))],
            draw(st.sampled_from(["there", "back"])),
            draw(hours),
            mode=draw(st.sampled_from(["public_transport", "vehicle", "car"])),
            winding=draw(st.sampled_from([1.0, 1.0, 2.5])),
        )
        for number in range(draw(st.integers(0, 10)))
    ]
    vehicles = [
        a_vehicle(
            f"v{number}",
            capacity=draw(st.integers(1, 6)),
            count=draw(st.integers(0, 2)),
            longest_ride_minutes=draw(st.sampled_from([60, 150, 400])),
            boarding_minutes=draw(st.sampled_from([0, 10])),
            least_passengers=draw(st.sampled_from([1, 1, 2])),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return an_event_with(*vehicles), people


@given(questions())
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_vehicle_is_overfull_no_ride_too_long_and_each_has_one_ride_or_a_reason(
    question: tuple[Event, list[Journey]],
) -> None:
    event, people = question
    found = pickups_of(event, people)
    vehicles = {one.id: one for one in event.vehicles}
    for ride in found.rides:
        vehicle = vehicles[ride.vehicle]
        assert vehicle.least_passengers <= len(ride.passengers) <= vehicle.capacity
        assert ride.longest_minutes <= vehicle.longest_ride_minutes
        assert ride.leaves_at <= min(stop.at for stop in ride.stops)
        assert max(stop.at for stop in ride.stops) <= ride.arrives_at
    assert_each_vehicle_is_in_one_place_at_a_time(vehicles, found.rides)
    said = [(one, ride.direction) for ride in found.rides for one in ride.passengers]
    said += [(one.participant_id, one.direction) for one in found.unserved]
    fetched = [(one.participant_id, one.direction) for one in people if one.mode != "car"]
    assert sorted(said) == (sorted(fetched) if any(one.count for one in event.vehicles) else [])
    paid = ridden(event, people, found)
    assert total((one.price for one in paid if one.price), "MAD") == total((one.cost for one in found.rides), "MAD")
    assert pickups_of(event, people) == found
    assert_no_better_than_the_bound(event, paid, found)
    assert_accepting_them_changes_nothing(event, people, found)


def assert_each_vehicle_is_in_one_place_at_a_time(vehicles: dict[str, Vehicle], rides: tuple[Ride, ...]) -> None:
    assert all(1 <= ride.unit <= vehicles[ride.vehicle].count for ride in rides)
    by_unit: dict[tuple[str, int], list[Ride]] = {}
    for ride in rides:
        by_unit.setdefault((ride.vehicle, ride.unit), []).append(ride)
    for some in by_unit.values():
        some.sort(key=lambda one: (one.leaves_at, one.arrives_at))
        for before, after in pairwise(some):
            assert before.arrives_at <= after.leaves_at
            if before.direction == after.direction:
                assert before.arrives_at < after.arrives_at  # never twice in one wave
                # It drives back empty from the venue to the first stop, or from the last home to the venue.
                assert before.arrives_at < after.leaves_at


def assert_no_better_than_the_bound(event: Event, journeys: tuple[Journey, ...], found: Pickups) -> None:
    bound = ride_bound(event, journeys, found)
    assert bound.cost.amount <= sum(one.cost.amount for one in found.rides)
    assert bound.vehicles <= len(found.rides)
    assert bound.unserved <= len(found.unserved)


def assert_accepting_them_changes_nothing(event: Event, people: list[Journey], found: Pickups) -> None:
    plan = RidePlan(id="T0001", at=MORNING, rides=accepted(found))
    again = pickups_of(event, people, [plan])
    assert [len(one.passengers) for one in again.rides] == [len(one.passengers) for one in found.rides]
    assert sum(one.cost.amount for one in again.rides) <= sum(one.cost.amount for one in found.rides)
    assert not [one for one in again.findings if one.code == "ride-plan-lapsed"]
