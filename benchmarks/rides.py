"""How good and how quick rides are: the plain way, the solver, and a bound no rides can better.

Run: python benchmarks/rides.py [PEOPLE]. Forty pick-up towns, made with seeds: seats are scarce or ample, vehicles of
one kind or several, everybody there at one hour or at several so near to each other that a vehicle cannot make them
all. Prints for every case the cost of the plain rides and of the solver's, each with its gap to the bound for the same
people, how many have no seat (and how many cannot have one), the rides, and the seconds of one processor.
"""

import random
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from eventops.adapters.solver_rides import solved
from eventops.domain.event import Event
from eventops.domain.hosting.pickups import pickups_of
from eventops.domain.hosting.pickups_bound import RideBound, ride_bound
from eventops.domain.hosting.pickups_values import Pickups, Vehicle
from eventops.domain.money import Money
from eventops.domain.places import Place, Point
from eventops.domain.placing.distance import great_circle_km, road_km, travel_minutes
from eventops.domain.rules import Journey
from eventops.domain.texts import Text
from eventops.testing.builders import an_event

SEED = 20231014
TOWNS = 40
MORNING = datetime(2023, 10, 14, 8, 30, tzinfo=ZoneInfo("Africa/Casablanca"))
LIMIT, SECONDS = 20, 900.0


def a_vehicle(id: str, capacity: int, count: int, km_price: int, day_price: int = 0, least: int = 1) -> Vehicle:
    return Vehicle(
        id=id,
        title=Text(id),
        capacity=capacity,
        count=count,
        least_passengers=least,
        km_price=Money(Decimal(km_price), "MAD"),
        day_price=Money(Decimal(day_price), "MAD"),
        longest_ride_minutes=180,
    )


def fleets(people: int) -> dict[str, tuple[tuple[Vehicle, ...], int]]:
    """The vehicles and the number of hours of every case."""
    buses = -(-people // 48)
    return {
        "ample": ((a_vehicle("bus", 48, 2 * buses, 12), a_vehicle("minibus", 16, 4 * buses, 6)), 1),
        "scarce": ((a_vehicle("bus", 48, buses // 3, 12), a_vehicle("minibus", 16, buses // 2, 6)), 1),
        "day price": ((a_vehicle("bus", 48, 2 * buses, 12, 800, 20), a_vehicle("car", 6, 8 * buses, 3, 100)), 1),
        "hours": ((a_vehicle("bus", 48, buses // 2, 12), a_vehicle("minibus", 16, buses, 6)), 4),
        "few": ((a_vehicle("minibus", 16, 12, 6), a_vehicle("car", 4, 12, 3)), 1),
    }


def a_question(name: str, people: int) -> tuple[Event, list[Journey]]:
    vehicles, hours = fleets(people)[name]
    event = an_event(vehicles=vehicles)
    chance = random.Random(SEED)
    venue = event.venue.point
    towns = [
        Place(
            code=f"T{number:02}",
            name=Text(f"Town {number}"),
            kind="commune",
            country="MA",
            point=Point(venue.lat + chance.uniform(-1.3, 1.3), venue.lon + chance.uniform(-0.4, 1.6)),
        )
        for number in range(TOWNS)
    ]
    sizes = [chance.random() ** 2 + 0.05 for _ in towns]
    return event, [
        _journey(f"P{number:04}", chance.choices(towns, sizes)[0], chance.randrange(hours), event)
        for number in range(people // 10 if name == "few" else people)
    ]


def _journey(person: str, town: Place, hour: int, event: Event) -> Journey:
    straight = great_circle_km(town.point, event.venue.point)
    minutes = travel_minutes(road_km(straight))
    at = MORNING + timedelta(hours=hour)
    return Journey(
        participant_id=person,
        direction="there",
        mode="public_transport",
        origin=town,
        distance_km=straight,
        road_km=road_km(straight),
        travel_minutes=minutes,
        leaves_at=at - timedelta(minutes=minutes),
        arrives_at=at,
    )


def _cost(pickups: Pickups) -> float:
    return float(sum(one.cost.amount for one in pickups.rides))


def _line(pickups: Pickups, bound: RideBound) -> str:
    without = f"{len(pickups.unserved)} (≥ {bound.unserved})"
    rides = f"{len(pickups.rides)} (≥ {bound.vehicles})"
    return f"{_cost(pickups):>9,.0f} {float(bound.cost.amount):>9,.0f} {bound.gap:>6.1%} {without:>13} {rides:>11}"


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1600
    print(f"seed {SEED}; HiGHS with {LIMIT} nodes on one thread")
    print(f"{'case':<10} {'way':<7} {'cost':>9} {'bound':>9} {'gap':>6} {'without':>13} {'rides':>11} {'s':>6}")
    for name in fleets(people):
        event, journeys = a_question(name, people)
        started = time.process_time()
        plain = pickups_of(event, journeys)
        taken = time.process_time() - started
        print(f"{name:<10} {'plain':<7} {_line(plain, ride_bound(event, journeys, plain))} {taken:>6.2f}")
        started = time.process_time()
        answer = solved(event, journeys, seed=1, limit=LIMIT, seconds=SECONDS)
        taken = time.process_time() - started
        best = answer.pickups
        assert (len(best.unserved), _cost(best)) <= (len(plain.unserved), _cost(plain)), "the solver is never worse"
        assert answer.stopped_by_clock or solved(event, journeys, seed=1, limit=LIMIT, seconds=SECONDS) == answer
        looked = f"{answer.patterns} patterns, {answer.nodes} nodes"
        print(f"{'':<10} {'solver':<7} {_line(best, ride_bound(event, journeys, best))} {taken:>6.2f}  {looked}")


if __name__ == "__main__":
    main()
