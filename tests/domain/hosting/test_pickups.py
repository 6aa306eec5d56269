"""Whoever travels when and from where: no vehicle is overfull, no ride too long, each has a ride or a reason."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from eventops.domain.event import Event
from eventops.domain.hosting.pickups import chosen_ways, pickups_of, ridden
from eventops.domain.hosting.pickups_values import TravelChoice, Vehicle
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


def a_journey(person: str, town: Place, direction: str = "there", at: datetime = MORNING, **fields: Any) -> Journey:
    km = road_km(great_circle_km(town.point, VENUE))
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


def test_the_hour_and_number_of_a_flight_settled_by_hand_stand_in_the_journey() -> None:
    choice = TravelChoice(participant_id="P1", mode="flight", direction="there", carrier="AT 407", at=MORNING)
    (journey,) = chosen_ways(an_event(), [a_journey("P1", RABAT, at=MORNING + timedelta(hours=1))], [choice])
    assert (journey.mode, journey.carrier, journey.arrives_at) == ("flight", "AT 407", MORNING)


towns = st.builds(
    a_town, st.sampled_from([f"T{number}" for number in range(6)]), st.floats(31.5, 35.5), st.floats(-8.5, -5.0)
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Event, list[Journey]]:
    known = {town.code: town for town in draw(st.lists(towns, min_size=1, max_size=5))}
    hours = st.sampled_from([MORNING, MORNING - timedelta(hours=14)])
    people = [
        a_journey(
            f"P{number}",
            known[draw(st.sampled_from(sorted(known)))],
            draw(st.sampled_from(["there", "back"])),
            draw(hours),
            mode=draw(st.sampled_from(["public_transport", "vehicle", "car"])),
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
    waves = Counter((ride.vehicle, ride.direction, _time_at_venue(ride)) for ride in found.rides)
    assert all(number <= vehicles[id].count for (id, _, _), number in waves.items())
    said = [(one, ride.direction) for ride in found.rides for one in ride.passengers]
    said += [(one.participant_id, one.direction) for one in found.unserved]
    fetched = [(one.participant_id, one.direction) for one in people if one.mode != "car"]
    assert sorted(said) == (sorted(fetched) if any(one.count for one in event.vehicles) else [])
    paid = ridden(event, people, found)
    assert total((one.price for one in paid if one.price), "MAD") == total((one.cost for one in found.rides), "MAD")
    assert pickups_of(event, people) == found


def _time_at_venue(ride: Any) -> datetime:
    at: datetime = ride.arrives_at if ride.direction == "there" else ride.leaves_at
    return at
