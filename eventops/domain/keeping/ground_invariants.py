"""What must hold of rooms, workshops and meals on record: the event still has them."""

from collections.abc import Callable, Iterator

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity
from eventops.domain.hosting.rooming import hotels_of
from eventops.domain.hosting.workshops import sessions_of
from eventops.domain.keeping.invariants import Invariant, WorkspaceFacts, found
from eventops.domain.texts import Text

_ROOM = Text("{kind} {key} names the room {id}, which no hotel of the event holds; place them again or send a new list")
_WORKSHOP = Text("{kind} {key} names the workshop {id}, which the event does not have any more; assign anew")
_SESSION = Text("{kind} {key} is of workshops in {id}, where the event has none any more; assign anew")
_MEAL = Text("{kind} {key} counts the meal {id}, which the event does not have any more; undo, or put the meal back")
_VEHICLE = Text("{kind} {key} sends the vehicle {id}, which the event does not have any more; run travel solve again")


def held_rooms_hold(event: Event, room: str) -> bool:
    """Whether a hotel of the event holds a room of this name."""
    for hotel in hotels_of(event):
        for kind in hotel.room_types:
            start, _, number = room.rpartition("-")
            if start != f"{hotel.id}-{kind.id}" or not (number.isascii() and number.isdigit()):
                continue
            held = max((one.rooms for one in kind.blocks), default=0) if kind.blocks else kind.count
            if held is None or 1 <= int(number) <= held:
                return True
    return False


def _gone(
    facts: WorkspaceFacts, sort: str, code: str, message: Text, is_there: Callable[[str], bool]
) -> Iterator[Finding]:
    for kind, key, named, id in facts.things:
        if named == sort and not is_there(id):
            yield found(Severity.WARNING, code, message, kind=kind, key=key, id=id)


def _rooms_there(facts: WorkspaceFacts) -> Iterator[Finding]:
    event = facts.event
    if event is not None:
        yield from _gone(facts, "room", "room-gone", _ROOM, lambda id: held_rooms_hold(event, id))


def _workshops_there(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.event is None:
        return
    workshops = {one.id for one in facts.event.workshops}
    sessions = set(sessions_of(facts.event))
    yield from _gone(facts, "workshop", "workshop-gone", _WORKSHOP, workshops.__contains__)
    yield from _gone(facts, "session", "workshop-gone", _SESSION, sessions.__contains__)


def _meals_there(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.event is not None:
        meals = {one.id for one in facts.event.meals}
        yield from _gone(facts, "meal", "meal-gone", _MEAL, meals.__contains__)


def _vehicles_there(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.event is not None:
        vehicles = {one.id for one in facts.event.vehicles}
        yield from _gone(facts, "vehicle", "vehicle-gone", _VEHICLE, vehicles.__contains__)


GROUND_INVARIANTS = tuple(
    Invariant(code=code, title=title, look=look)
    for code, title, look in (
        ("room-gone", Text("Rooms given by hand or named on the newest list are held by a hotel"), _rooms_there),
        ("workshop-gone", Text("Workshop places and assignments are of workshops of the event"), _workshops_there),
        ("meal-gone", Text("Meals that were counted are meals of the event"), _meals_there),
        ("vehicle-gone", Text("Accepted rides are of vehicles of the event"), _vehicles_there),
    )
)
