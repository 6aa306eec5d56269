"""What must hold in every workspace: the facts as they are stored, and the questions asked of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.keeping.history import HistoryEntry, verify
from eventops.domain.people import Participant
from eventops.domain.reporting.sent_files import SentFile
from eventops.domain.rules import Override
from eventops.domain.texts import Text

KINDS = (
    "adoption",
    "approval",
    "approved",
    "attendance",
    "claim",
    "delegate",
    "draw",
    "event",
    "export",
    "forgotten_money",
    "invitation",
    "loan",
    "lodging_wish",
    "mapping",
    "material",
    "meal_served",
    "override",
    "participant",
    "pin",
    "presence",
    "refused",
    "ride_plan",
    "road",
    "room_placement",
    "rooming_list",
    "seat",
    "travel_choice",
    "workshop_run",
    "workshop_seat",
    "workspace",
)


class Unread(Struct, frozen=True, kw_only=True):
    """A document that is not what its kind should be."""

    kind: str
    id: str
    error: str


class WorkspaceFacts(Struct, frozen=True, kw_only=True):
    """Everything stored, beside the keys it is stored under, and what the plugins of the event declare.

    `about_people` are the kind, the key and the person of answers about seats, delegates and marks of attendance.
    `things` are the kind, the key and what rooms, workshops, sessions, meals and vehicles they name: sort and id.
    `field_types` are the questions of the plugins by qualified name; `unknown_pins` texts pinned to a place that no
    gazetteer has.
    """

    generation: int = 0
    history: tuple[HistoryEntry, ...] = ()
    documents: frozenset[tuple[str, str]] = frozenset()
    unread: tuple[Unread, ...] = ()
    event: Event | None = None
    people: tuple[tuple[str, Participant], ...] = ()
    overrides: tuple[tuple[str, Override], ...] = ()
    sent: tuple[SentFile, ...] = ()
    benefits: frozenset[str] = frozenset()
    field_types: Mapping[str, str] = {}
    unknown_pins: tuple[tuple[str, str], ...] = ()
    about_people: tuple[tuple[str, str, str], ...] = ()
    things: tuple[tuple[str, str, str, str], ...] = ()


class Invariant(Struct, frozen=True, kw_only=True):
    """Something that must hold. `look` gives the findings where it does not, each under the invariant's code."""

    code: str
    title: Text
    look: Callable[[WorkspaceFacts], Iterable[Finding]]


def broken(facts: WorkspaceFacts, invariants: Iterable[Invariant]) -> Iterator[Finding]:
    """The findings of all invariants."""
    for one in invariants:
        yield from one.look(facts)


def found(severity: Severity, code: str, message: Text, /, **values: object) -> Finding:
    """A finding about the workspace; about a person when `person` is among the values."""
    source = Source(participant=str(values["person"])) if "person" in values else Source()
    return Finding(severity=severity, code=code, message=message, values=values, source=source)


def _history_whole(facts: WorkspaceFacts) -> Iterator[Finding]:
    finding = verify(facts.history)
    if finding is not None:
        yield finding


def _generation_told(facts: WorkspaceFacts) -> Iterator[Finding]:
    if facts.generation != len(facts.history):
        message = Text("The store is at generation {generation}, its history has {entries} entries")
        yield found(
            Severity.ERROR,
            "generation-differs",
            message,
            generation=facts.generation,
            entries=len(facts.history),
        )


def _clock_forward(facts: WorkspaceFacts) -> Iterator[Finding]:
    for before, after in zip(facts.history, facts.history[1:], strict=False):
        if after.at < before.at:
            message = Text(
                "Entry {number} of the history is older than the one before it: the clock of a computer is wrong"
            )
            yield found(Severity.WARNING, "history-clock", message, number=after.number)


def _documents_told(facts: WorkspaceFacts) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for entry in facts.history:
        for kind, id, how in entry.changed:
            (told.discard if how == "removed" else told.add)((kind, id))
    for kind, id in sorted(facts.documents - told):
        message = Text("The history does not tell how {kind} {id} came into the store")
        yield found(Severity.ERROR, "document-untold", message, kind=kind, id=id)
    for kind, id in sorted(told - facts.documents):
        message = Text("{kind} {id} is gone from the store, and the history does not tell how")
        yield found(Severity.ERROR, "document-untold", message, kind=kind, id=id)


def _documents_readable(facts: WorkspaceFacts) -> Iterator[Finding]:
    for one in facts.unread:
        message = Text("{kind} {id} is not what this eventops understands ({error}); update it, or undo")
        yield found(Severity.ERROR, "document-unreadable", message, kind=one.kind, id=one.id, error=one.error)


def _documents_filed(facts: WorkspaceFacts) -> Iterator[Finding]:
    message = Text("{kind} {id} is stored under {key}")
    for key, person in facts.people:
        if person.id != key:
            yield found(Severity.ERROR, "document-misfiled", message, kind="participant", id=person.id, key=key)
    for key, one in facts.overrides:
        right = f"{one.participant_id}:{one.benefit}"
        if right != key:
            yield found(Severity.ERROR, "document-misfiled", message, kind="override", id=right, key=key)


def _people_of_records(facts: WorkspaceFacts) -> Iterator[Finding]:
    known = {id for _, person in facts.people for id in (person.id, *person.merged)}
    for kind, key, person in facts.about_people:
        if key.partition(":")[0] != person:
            message = Text("{kind} {id} is stored under {key}")
            yield found(Severity.ERROR, "document-misfiled", message, kind=kind, id=person, key=key)
        elif person not in known:
            message = Text("{kind} {key} is about {person}, whom nobody enrolled; undo, or forget them")
            yield found(Severity.WARNING, "record-stranger", message, kind=kind, key=key, person=person)


def _kinds_known(facts: WorkspaceFacts) -> Iterator[Finding]:
    for kind in sorted({kind for kind, _ in facts.documents} - set(KINDS)):
        message = Text("The store holds documents of a kind this eventops does not know: {kind}")
        yield found(Severity.INFORMATION, "kind-unknown", message, kind=kind)


def _event_there(facts: WorkspaceFacts) -> Iterator[Finding]:
    unread = any(one.kind == "event" for one in facts.unread)
    if facts.event is None and not unread:
        message = Text("The workspace has no event yet; run eventops event apply FILE.toml")
        yield found(Severity.WARNING, "event-missing", message)


def _sent_after(facts: WorkspaceFacts) -> Iterator[Finding]:
    for one in facts.sent:
        if one.generation > facts.generation:
            message = Text(
                "{file} left at generation {number}, which this store has not reached: it is an older copy, or another"
            )
            yield found(Severity.ERROR, "sent-later", message, file=one.file, number=one.generation)


def _sent_for_known(facts: WorkspaceFacts) -> Iterator[Finding]:
    event = facts.event
    if event is None:
        return
    known = {one.id for part in (event.sponsors, event.associations) for one in part}
    known |= {
        one.id for part in (event.meals, event.agenda, event.workshops, event.hotels, event.vehicles) for one in part
    }
    for one in facts.sent:
        if one.for_id and one.for_id not in known:
            message = Text("{file} left for {id}, which the event does not have any more")
            yield found(Severity.WARNING, "sent-unknown", message, file=one.file, id=one.for_id)


def _pins_known(facts: WorkspaceFacts) -> Iterator[Finding]:
    for text, code in facts.unknown_pins:
        message = Text("“{text}” is pinned to {code}, a place no gazetteer of this event has; pin it again")
        yield found(Severity.WARNING, "pin-unknown", message, text=text.split("|")[0], code=code)


STORE_INVARIANTS = tuple(
    Invariant(code=code, title=title, look=look)
    for code, title, look in (
        ("history-broken", Text("No entry of the history was altered, removed or put in"), _history_whole),
        ("generation-differs", Text("Every generation of the store has its entry of history"), _generation_told),
        ("history-clock", Text("The times of the history go forward"), _clock_forward),
        ("document-untold", Text("The history tells of every document, and no document is missing"), _documents_told),
        ("document-unreadable", Text("Every document is what its kind should be"), _documents_readable),
        ("document-misfiled", Text("Every document is stored under its own id"), _documents_filed),
        ("record-stranger", Text("Seats and attendance are told of people who are enrolled"), _people_of_records),
        ("kind-unknown", Text("Every kind of document is known"), _kinds_known),
        ("event-missing", Text("The workspace has an event"), _event_there),
        ("sent-later", Text("No file left later than the store has come"), _sent_after),
        ("sent-unknown", Text("Those whom files left for are in the event"), _sent_for_known),
        ("pin-unknown", Text("Every town is pinned to a place that exists"), _pins_known),
    )
)
