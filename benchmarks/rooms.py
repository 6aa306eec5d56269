"""How good and how quick rooms and rides are: the plain assignment, the solver, a bound, and a late cancellation.

Run: python benchmarks/rooms.py [PEOPLE]. 2,000 people of whom 400 have a bed, 12 workshops, 40 pick-up towns, all made
with a seed. Prints for every case the price of the plain rooms and the solver's, the least any rooms can cost, and how
many would have to move after one cancellation when rooms are kept and when they are chosen anew; then how long the
whole plan takes with rooms and rides, without and with the solver.
"""

import random
import sys
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from eventops.adapters.solver_rides import solved as rides_solved
from eventops.adapters.solver_rooms import solved
from eventops.adapters.workshop_solver import solved as workshops_solved
from eventops.application.pickups import asked_journeys
from eventops.builtin import plugin
from eventops.domain.event import Event, Session, Workshop
from eventops.domain.hosting.pickups_values import Vehicle
from eventops.domain.hosting.rooming import lodgers_of
from eventops.domain.hosting.rooms import HeldHotel, ListedBed, LodgingWish, RoomType
from eventops.domain.hosting.rooms_assign import Lodgers, assigned, score
from eventops.domain.hosting.workshops import groups_of
from eventops.domain.money import Money
from eventops.domain.people import Gender, Participant
from eventops.domain.places import Place, Placement, PlacementStatus, Point
from eventops.domain.placing.distance import great_circle_km
from eventops.domain.plan import plan_of
from eventops.domain.records import Records
from eventops.domain.rules import Outcome, Override
from eventops.domain.texts import Text
from eventops.extension.registry import CORE, PluginModule, registry_of
from eventops.extension.rulebook import rulebook_of
from eventops.testing.builders import an_event

SEED = 20231014
ZONE = ZoneInfo("Africa/Casablanca")
FIRST = date(2023, 10, 13)
LIMIT, SECONDS = 200, 60.0
BEDS = 400
# Rooms of one, two and three beds: what is held is ample, just enough, mostly shared, or too little.
HELD = {"ample": (80, 170, 40), "tight": (30, 160, 18), "shared": (10, 120, 60), "short": (20, 150, 20)}


def mad(amount: int) -> Money:
    return Money(Decimal(amount), "MAD")


def meeting(held: tuple[int, int, int]) -> Event:
    """Three days, one hotel, twelve workshops, buses."""
    single, twin, triple = held
    kinds = (("single", 1, 500, single), ("twin", 2, 800, twin), ("triple", 3, 1050, triple))
    types = [
        RoomType(id=id, title=Text(id), beds=beds, price=mad(price), count=count) for id, beds, price, count in kinds
    ]
    types.append(
        RoomType(id="access", title=Text("accessible twin"), beds=2, price=mad(800), count=12, accessible=True)
    )
    return an_event(
        seats=None,
        hotel=None,
        hotels=(HeldHotel(id="anfa", name=Text("Anfa"), room_types=tuple(types)),),
        vehicles=(
            Vehicle(id="bus", title=Text("Bus"), capacity=48, count=12, km_price=mad(12)),
            Vehicle(id="minibus", kind="minibus", title=Text("Minibus"), capacity=16, count=25, km_price=mad(6)),
        ),
        agenda=tuple(
            Session(
                id=f"day-{day}",
                title=Text(f"Day {day}"),
                starts_at=datetime(2023, 10, 14 + day, 9, tzinfo=ZONE),
                ends_at=datetime(2023, 10, 14 + day, 17, tzinfo=ZONE),
            )
            for day in range(3)
        ),
        workshops=tuple(Workshop(id=f"w{number}", title=Text(f"W{number}"), capacity=170) for number in range(12)),
        meals=(),
        criteria=(),
        tariffs={"lodging": "eventops.hotel-night", "travel": "eventops.kilometre-rate"},
        settings={"travel_from_km": 50.0},
    )


def towns(chance: random.Random, event: Event) -> list[Place]:
    """Forty towns within a morning's ride."""
    venue = event.venue.point
    return [
        Place(
            code=f"T{number:02}",
            name=Text(f"Town {number}"),
            kind="commune",
            country="MA",
            point=Point(venue.lat + chance.uniform(-1.3, 1.3), venue.lon + chance.uniform(-0.4, 1.6)),
            region="MA-06",
        )
        for number in range(40)
    ]


def people(count: int, chance: random.Random) -> list[Participant]:
    return [
        Participant(
            id=f"P{number:05}",
            name=f"Person {number}",
            gender=chance.choice([Gender.FEMALE, Gender.MALE]),
            age=chance.choice([16, *range(18, 70)]),
            needs="wheelchair" if chance.random() < 0.01 else "",
            workshops=tuple(f"w{chance.randrange(12)}" for _ in range(3)),
        )
        for number in range(count)
    ]


def granted(persons: list[Participant], event: Event, chance: random.Random) -> list[Override]:
    """A bed for four hundred of them, each for nights of their own."""
    stays = [
        tuple(FIRST + timedelta(days=day) for day in range(a, b)) for a, b in ((0, 3), (0, 3), (0, 2), (1, 3), (0, 1))
    ]
    sleepers = {one.id for one in persons[:: max(1, len(persons) // BEDS)][:BEDS]}
    return [
        Override(
            participant_id=one.id,
            benefit="lodging",
            outcome=Outcome.GRANTED if one.id in sleepers else Outcome.EXCLUDED,
            reason="benchmark",
            by="benchmark",
            on=FIRST,
            payer=event.sponsors[0].id,
            nights=chance.choice(stays) if one.id in sleepers else (),
        )
        for one in persons
    ]


def wishes(persons: list[Participant], overrides: list[Override], chance: random.Random) -> list[LodgingWish]:
    """Some ask for a mate, a few for a room alone, some are families, some are kept apart."""
    ids = [one.participant_id for one in overrides if one.nights]
    found = []
    for number, id in enumerate(ids):
        draw = chance.random()
        if draw < 0.15:
            found.append(LodgingWish(participant_id=id, mates=(ids[number - 1],)))
        elif draw < 0.20:
            found.append(LodgingWish(participant_id=id, single=True))
        elif draw < 0.24:
            found.append(LodgingWish(participant_id=id, family=f"f{number // 12}"))
        elif draw < 0.27:
            found.append(LodgingWish(participant_id=id, apart=(ids[number - 3],)))
    return found


def plan(
    event: Event, persons: list[Participant], overrides: list[Override], records: Records, places: list[Place]
) -> Any:
    chance = random.Random(SEED + 1)
    placements = {}
    for one in persons:
        place = chance.choice(places)
        placements[one.id] = Placement(
            text=place.name.en, status=PlacementStatus.MATCHED, place=place, level="exact", score=1.0
        )
    registry = registry_of([PluginModule(name=CORE, version="0", origin="eventops", module=plugin)])
    return plan_of(
        event, persons, placements, rulebook_of(event, registry), overrides, great_circle_km, records=records
    )


def listed(rooms: Any) -> tuple[ListedBed, ...]:
    return tuple(ListedBed(participant_id=id, room=room, nights=(night,)) for (id, night), room in rooms.items())


def cancelled(lodgers: Lodgers, rooms: Any) -> tuple[int, int]:
    """How many person-nights move when the tenth guest cancels: rooms kept, and rooms chosen anew."""
    gone = lodgers.guests[9].id
    after = replace(lodgers, guests=tuple(one for one in lodgers.guests if one.id != gone), listed=listed(rooms))
    anew = assigned(replace(after, listed=())).rooms
    return score(after, assigned(after).rooms).moved, score(after, anew).moved


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(f"{'rooms':<8} {'plain':>10} {'solver':>10} {'bound':>10} {'gap':>7}  no bed, wishes; moves kept/anew; s")
    for name, held in HELD.items():
        chance = random.Random(SEED)
        event = meeting(held)
        persons = people(count, chance)
        overrides = granted(persons, event, chance)
        records = Records(lodging_wishes=tuple(wishes(persons, overrides, chance)))
        places = towns(chance, event)
        started = time.process_time()
        made = plan(event, persons, overrides, records, places)
        whole = time.process_time() - started
        lodgers = lodgers_of(event, made.candidates, made.stays, records.lodging_wishes)
        started = time.process_time()
        answer = solved(lodgers, seed=1, limit=LIMIT, seconds=SECONDS)
        taken = time.process_time() - started
        again = solved(lodgers, seed=1, limit=LIMIT, seconds=SECONDS)
        assert answer.score <= answer.plain, "the solver is never worse"
        assert answer.rooms == again.rooms or answer.stopped_by_clock, "the same answer for the same question"
        kept, anew = cancelled(lodgers, answer.rooms)
        plain, best, bound = (one / 100 for one in (answer.plain.price, answer.score.price, answer.bound))
        print(
            f"{name:<8} {plain:>10,.0f} {best:>10,.0f} {bound:>10,.0f} {100 * answer.gap:>6.2f}%  "
            f"{answer.plain.bedless}→{answer.score.bedless}, {answer.plain.wishes}→{answer.score.wishes}; "
            f"{kept}/{anew}; plan {whole:.2f}, solver {taken:.2f}"
        )
        started = time.process_time()
        rides_solved(event, asked_journeys(made), seed=1, limit=20, seconds=900.0)
        rides_taken = time.process_time() - started
        started = time.process_time()
        groups_of(event, made.candidates, (), {}, solve=lambda question: workshops_solved(question, 1))
        workshops_taken = time.process_time() - started
        all_solved = whole + taken + rides_taken + workshops_taken
        print(f"         everything: without solver {whole:.2f}, all solved {all_solved:.2f} (rooms {taken:.2f}, rides "
              f"{rides_taken:.2f}, workshops {workshops_taken:.2f})", flush=True)  # fmt: skip
        rides = made.pickups
        print(f"         {len(rides.rides)} rides for {sum(len(one.passengers) for one in rides.rides)} journeys, "
              f"{len(rides.unserved)} without a ride, {sum(one.km for one in rides.rides):,.0f} km")  # fmt: skip


if __name__ == "__main__":
    main()
