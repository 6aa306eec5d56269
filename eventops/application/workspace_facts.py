"""Everything stored in a workspace, read one document at a time so that a bad one does not hide the others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from eventops.application.facts import EVENT_ID, Pin
from eventops.application.records import KINDS
from eventops.application.settling import FORGOTTEN_MONEY
from eventops.domain.event import Event
from eventops.domain.hosting.pickups_values import RidePlan
from eventops.domain.hosting.presence import MealServed
from eventops.domain.hosting.rooms import RoomingList, RoomPlacement
from eventops.domain.hosting.workshops_values import WorkshopRun, WorkshopSeat
from eventops.domain.keeping.invariants import Unread, WorkspaceFacts
from eventops.domain.keeping.settled import ForgottenMoney
from eventops.domain.people import Participant
from eventops.domain.reporting.sent_files import SentFile
from eventops.domain.rules import Override
from eventops.extension.ports import Reading
from eventops.extension.registry import Registry

Value = TypeVar("Value")


def load_facts(reading: Reading, registry: Registry) -> WorkspaceFacts:
    """The facts of a workspace, with what could not be read as a value."""
    unread: list[Unread] = []
    events = _values(reading, "event", Event, unread)
    event = next((value for key, value in events if key == EVENT_ID), None)
    pins = _values(reading, "pin", Pin, unread)
    people = _values(reading, "participant", Participant, unread)
    overrides = _values(reading, "override", Override, unread)
    sent = _values(reading, "export", SentFile, unread)
    _values(reading, FORGOTTEN_MONEY, ForgottenMoney, unread)
    records = [
        (kind, key, value) for kind, (_, of) in KINDS.items() for key, value in _values(reading, kind, of, unread)
    ]
    about = [(kind, key, value.participant_id) for kind, key, value in records if hasattr(value, "participant_id")]
    return WorkspaceFacts(
        generation=reading.generation,
        history=reading.history(),
        documents=frozenset((kind, id) for kind in reading.kinds() for id, _ in reading.items(kind)),
        unread=tuple(unread),
        event=event,
        people=people,
        overrides=overrides,
        sent=tuple(value for _, value in sent),
        benefits=frozenset(one.name for one in registry.of("eventops_benefits")),
        field_types={one.name: one.value.type for one in registry.of("eventops_fields")},
        about_people=tuple(about),
        things=tuple(_things(records)),
        unknown_pins=_unknown_pins([pin for _, pin in pins], event, registry),
    )


def _values(reading: Reading, kind: str, type_: type[Value], unread: list[Unread]) -> tuple[tuple[str, Value], ...]:
    """The values of a kind with their keys; what is none is added to `unread`."""
    values: list[tuple[str, Value]] = []
    for key, document in reading.items(kind):
        try:
            values.append((key, msgspec.convert(document, type_)))
        except (msgspec.ValidationError, ValueError) as error:
            unread.append(Unread(kind=kind, id=key, error=str(error)))
    return tuple(values)


def _things(records: Sequence[tuple[str, str, Struct]]) -> Iterator[tuple[str, str, str, str]]:
    """What records name of the event. Of lists that follow each other only the newest counts."""
    newest = {kind: key for kind, key, _ in sorted(records, key=lambda one: one[1])}
    for kind, key, value in records:
        named: Iterable[tuple[str, str]] = ()
        match value:
            case RoomPlacement(room=room):
                named = [("room", room)]
            case RoomingList(beds=beds) if key == newest[kind]:
                named = [("room", one.room) for one in beds]
            case WorkshopSeat(workshop=workshop, session=session):
                named = [("workshop", workshop), ("session", session)]
            case WorkshopRun(session=session):
                named = [("session", session)]
            case MealServed(meal_id=meal):
                named = [("meal", meal)]
            case RidePlan(rides=rides) if key == newest[kind]:
                named = [("vehicle", one.vehicle) for one in rides]
        yield from ((kind, key, sort, id) for sort, id in dict.fromkeys(named) if id)


def _unknown_pins(pins: list[Pin], event: Event | None, registry: Registry) -> tuple[tuple[str, str], ...]:
    if not pins or event is None:
        return ()
    from eventops.application.placing import gazetteers_of
    from eventops.domain.placing.matching import (
        place_by_code,  # 30 ms, and it loads gazetteers: only when there are pins
    )

    gazetteers = gazetteers_of(event, registry)
    return tuple((pin.text, pin.code) for pin in pins if place_by_code(pin.code, gazetteers) is None)
