"""The line for seats: who comes before whom, and by which order of the event."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from eventops.domain.deciding.criteria import condition_missed
from eventops.domain.deciding.seat_quotas import condition_of, surely
from eventops.domain.deciding.seat_records import Draw
from eventops.domain.event import Event
from eventops.domain.people import Participant
from eventops.domain.rules import Candidate
from eventops.domain.texts import Message, Text

FIRST_COME = Text("the registration came early enough for one of the {seats} seats")
MAKES_THE_EVENT = Text("those who make the event sit before participants")
PRIORITY = Text("comes first by priority: {priority}")
NO_PRIORITY = Text("no priority applies; of those, the registration came early enough")
DRAWN = Text("drawn by lot in draw {number}")
MOVED_UP = Text("moved up from the reserves of draw {number}")
NOT_IN_DRAW = Text("was not in draw {number}, and a seat was left")
LATE = Text("registered on {on}, after the registration closed on {closes_on}; those in time come first")
EARLY = Text("registered on {on}, before the registration opened on {opens_on}; those in time come first")
LATE_REFUSED = Text("registered on {on}, after the registration closed on {closes_on}")
EARLY_REFUSED = Text("registered on {on}, before the registration opened on {opens_on}")


class Line(Struct, frozen=True, kw_only=True):
    """Candidates by number, the first in line first, and for those behind the first rank, why they stand there.

    `late` holds those who registered outside the window; `refused` says that they get no seat.
    """

    order: tuple[int, ...]
    rank: tuple[int, ...]
    late: frozenset[int]
    refused: bool
    drawn: bool


def line_of(event: Event, candidates: Sequence[Candidate], draw: Draw | None) -> Line:
    """Those who make the event, then the order of the event; in it the day of registration and of enrolment decide.

    In the order `lottery` the selected come first, then the reserves as drawn, then those who were in no draw.
    """
    late = (
        frozenset(index for index, one in enumerate(candidates) if outside_window(event, one.participant))
        if event.seating.late != "accepted"
        else frozenset[int]()
    )
    rank = _ranks(event, candidates, draw)
    order = sorted(
        range(len(candidates)),
        key=lambda index: (
            candidates[index].participant.role == "participant",
            index in late,
            rank[index],
            candidates[index].participant.registered_on or date.max,
            index,
        ),
    )
    return Line(
        order=tuple(order),
        rank=rank,
        late=late,
        refused=event.seating.late == "refused",
        drawn=draw is not None,
    )


def _ranks(event: Event, candidates: Sequence[Candidate], draw: Draw | None) -> tuple[int, ...]:
    if event.seating.order == "priority":
        asked = [condition_of(one.id, one.when) for one in event.priorities]
        return tuple(
            next((n for n, one in enumerate(asked) if condition_missed(candidate, one, event) is None), len(asked))
            for candidate in surely(candidates)
        )
    if event.seating.order == "lottery" and draw is not None:
        places = {id: number for number, id in enumerate((*draw.selected, *draw.reserves))}
        last = len(places)
        return tuple(
            min((places[id] for id in (one.participant.id, *one.participant.merged) if id in places), default=last)
            for one in candidates
        )
    return (0,) * len(candidates)


def outside_window(event: Event, person: Participant) -> bool:
    """Whether a participant registered before or after the window; a day that is not known is in time."""
    window, on = event.registration, person.registered_on
    if window is None or on is None or person.role != "participant":
        return False
    return not window.opens_on <= on <= window.closes_on


def window_missed(event: Event, person: Participant, *, refused: bool) -> Message:
    """What to say of a registration outside the window."""
    window = event.registration
    assert window is not None
    assert person.registered_on is not None
    early = person.registered_on < window.opens_on
    text = (EARLY_REFUSED if early else LATE_REFUSED) if refused else (EARLY if early else LATE)
    values: dict[str, object] = {"on": person.registered_on}
    values |= {"opens_on": window.opens_on} if early else {"closes_on": window.closes_on}
    return Message(text, values)


def why_first(event: Event, line: Line, draw: Draw | None, index: int) -> Message | None:
    """Why somebody in the line got one of the seats; None where seats have no limit."""
    if event.seating.order == "lottery" and draw is not None:
        selected, pool = len(draw.selected), len(draw.selected) + len(draw.reserves)
        text = DRAWN if line.rank[index] < selected else MOVED_UP if line.rank[index] < pool else NOT_IN_DRAW
        return Message(text, {"number": draw.number})
    if event.seats is None:
        return None
    if event.seating.order == "priority":
        number = line.rank[index]
        if number == len(event.priorities):
            return Message(NO_PRIORITY)
        return Message(PRIORITY, {"priority": event.priorities[number].reason})
    return Message(FIRST_COME, {"seats": event.seats})
