"""How a person travels, in words."""

from eventops.domain.event import Event
from eventops.domain.hosting.pickups import DIRECTIONS
from eventops.domain.hosting.pickups_values import Pickups
from eventops.domain.texts import Message, Text

GETS_IN = Text("Fetched by {vehicle} ({ride}) in {stop} at {at}, at the venue at {arrives_at}; {people} people in it")
GETS_OUT = Text("Brought home by {vehicle} ({ride}) from {leaves_at}, in {stop} at {at}; {people} people in it")
NOT_FETCHED = Text("No shared vehicle ({direction}): {reason}")


def rides_said(event: Event, pickups: Pickups, participant_id: str) -> tuple[Message, ...]:
    """A sentence for every ride of a person, and for every one they do not have."""
    titles = {one.id: one.title for one in event.vehicles}
    said: list[Message] = []
    for ride in pickups.rides:
        for stop in ride.stops:
            if participant_id in stop.passengers:
                values: dict[str, object] = {
                    "vehicle": titles[ride.vehicle],
                    "ride": ride.id,
                    "stop": stop.name,
                    "at": stop.at,
                    "arrives_at": ride.arrives_at,
                    "leaves_at": ride.leaves_at,
                    "people": len(ride.passengers),
                }
                said.append(Message(GETS_IN if ride.direction == "there" else GETS_OUT, values))
    said += [
        Message(NOT_FETCHED, {"direction": DIRECTIONS[one.direction], "reason": one.reason})
        for one in pickups.unserved
        if one.participant_id == participant_id
    ]
    return tuple(said)
