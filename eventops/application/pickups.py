"""How people travel, as settled by hand, and the rides that were accepted: what `eventops travel` keeps."""

from collections.abc import Sequence
from datetime import timedelta

from eventops.application.facts import document_of, values_of
from eventops.domain.hosting.pickups_routes import VEHICLE
from eventops.domain.hosting.pickups_values import KeptRide, RidePlan, TravelChoice
from eventops.domain.plan import Plan
from eventops.domain.rules import Journey
from eventops.extension.ports import Change, Stamp

KIND, RIDES = "travel_choice", "ride_plan"


def put_choice(change: Change, choice: TravelChoice) -> None:
    """Keeps how a person travels. Said for both ways it replaces what was said for one."""
    if not choice.direction:
        remove_choices(change, choice.participant_id)
    change.put(KIND, choice.key, document_of(choice))


def remove_choices(change: Change, participant_id: str) -> int:
    """Takes away what was settled by hand for a person; how many there were."""
    known = values_of(change.all(KIND), TravelChoice, KIND)
    keys = [one.key for one in known if one.participant_id == participant_id]
    for key in keys:
        change.remove(KIND, key)
    return len(keys)


def asked_journeys(plan: Plan) -> tuple[Journey, ...]:
    """The journeys a plan looks for seats for, as they were before vehicles changed their hours."""
    people = {one.participant.id: (at, one) for at, one in enumerate(plan.candidates)}
    fetched: dict[tuple[str, str], Journey] = {}
    for ride in plan.pickups.rides:
        for id in ride.passengers:
            candidate = people[id][1]
            assert candidate.distance_km is not None
            assert candidate.road_km is not None
            minutes = candidate.travel_minutes or 0
            there = ride.direction == "there"
            leaves_at = ride.arrives_at - timedelta(minutes=minutes) if there else ride.leaves_at
            fetched[id, ride.direction] = Journey(
                participant_id=id,
                direction=ride.direction,
                mode=VEHICLE,
                origin=candidate.place,
                distance_km=candidate.distance_km,
                road_km=candidate.road_km,
                travel_minutes=minutes,
                leaves_at=leaves_at,
                arrives_at=leaves_at + timedelta(minutes=minutes),
            )
    others = (one for one in plan.journeys if (one.participant_id, one.direction) not in fetched)
    return tuple(
        sorted((*fetched.values(), *others), key=lambda one: (people[one.participant_id][0], one.direction != "there"))
    )


def put_ride_plan(
    change: Change, stamp: Stamp, rides: Sequence[KeptRide], *, seed: int, limit: int, gap: float
) -> RidePlan:
    """Keeps the rides as accepted, under the next free number, and gives them."""
    number = 1 + max((int(str(one["id"])[1:]) for one in change.all(RIDES)), default=0)
    made = RidePlan(id=f"T{number:04d}", at=stamp.at, rides=tuple(rides), seed=seed, limit=limit, gap=gap)
    change.put(RIDES, made.id, document_of(made))
    return made


def remove_ride_plans(change: Change) -> int:
    """Takes away every plan of rides that was accepted; how many there were."""
    ids = [str(one["id"]) for one in change.all(RIDES)]
    for id in ids:
        change.remove(RIDES, id)
    return len(ids)
