"""The facts of a workspace: reading them from the store as values, and putting values back as documents."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from eventops.domain.event import Event
from eventops.domain.keeping.history import FINAL
from eventops.domain.people import Participant
from eventops.domain.rules import Override
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Change, Document, Documents, Reading

Value = TypeVar("Value")

EVENT_ID = "event"

# What nearly everybody writes differently: looking for others who wrote the same would only cost memory.
_OWN_TEXTS = frozenset({"id", "name", "name_latin", "email", "phone", "notes", "birth_date"})


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """A person's choice for a text: which place it means. Texts only, no people."""

    text: str
    code: str


def load_event(documents: Documents) -> Event:
    """The event. Errors: NotUsable when the workspace has none yet."""
    document = documents.get("event", EVENT_ID)
    if document is None:
        raise NotUsable("This workspace has no event yet; run eventops event apply FILE.toml")
    return value_of(document, Event, "event")


def load_participants(documents: Documents) -> tuple[Participant, ...]:
    """Everybody enrolled, withdrawn people too, in the order of enrolment."""
    return values_of(_with_shared_texts(_streamed(documents, "participant")), Participant, "participant")


def _streamed(documents: Documents, kind: str) -> Iterable[Document]:
    """The documents of a kind as they are read, so that a large store need not hold them all at once."""
    items = getattr(documents, "items", None)
    return documents.all(kind) if items is None else (document for _, document in items(kind))


def _with_shared_texts(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents with each text that many people have (towns, regions, answers) in memory once: of 100,000 people
    that is a hundred megabytes."""
    known: dict[str, str] = {}
    share = known.setdefault
    for document in documents:
        for field, value in document.items():
            if type(value) is str and field not in _OWN_TEXTS:
                document[field] = share(value, value)
            elif type(value) is list:
                document[field] = [share(one, one) if type(one) is str else one for one in value]
        source = document.get("source")
        if type(source) is dict:
            document["source"] = {
                name: share(value, value) if type(value) is str else value for name, value in source.items()
            }
        yield document


def load_overrides(documents: Documents) -> tuple[Override, ...]:
    """The overrides in the order they were made."""
    return values_of(documents.all("override"), Override, "override")


def forgotten_ids(reading: Reading) -> tuple[str, ...]:
    """The ids of people who were erased for good: what still tells of them must never be read as of somebody else."""
    return tuple(
        id
        for entry in reading.history()
        if entry.takes_back == FINAL
        for kind, id, how in entry.changed
        if (kind, how) == ("participant", "removed")
    )


def load_pins(documents: Documents) -> dict[str, str]:
    """Texts a person pinned to a place, with its code."""
    return {pin.text: pin.code for pin in values_of(documents.all("pin"), Pin, "pin")}


def put_event(change: Change, event: Event) -> None:
    change.put("event", EVENT_ID, document_of(event))


def put_participant(change: Change, participant: Participant) -> None:
    change.put("participant", participant.id, document_of(participant))


def put_override(change: Change, override: Override) -> None:
    change.put("override", f"{override.participant_id}:{override.benefit}", document_of(override))


def remove_override(change: Change, participant_id: str, benefit: str) -> None:
    """Takes a decision by hand away. Errors: KeyError when there is none."""
    change.remove("override", f"{participant_id}:{benefit}")


def document_of(value: object) -> Document:
    """A value as plain data for the store."""
    document: Any = msgspec.to_builtins(value)
    return dict(document)


def value_of(document: Document, type_: type[Value], what: str) -> Value:
    """One document as a value. Errors: StoreUnavailable naming the kind."""
    try:
        return msgspec.convert(document, type_)
    except (msgspec.ValidationError, ValueError) as error:
        raise StoreUnavailable(
            "The store holds a {what} this eventops does not understand ({error}); "
            "it may come from a newer eventops: update it, or restore an older generation",
            what=what,
            error=str(error),
        ) from error


def values_of(documents: Iterable[Document], type_: type[Value], what: str) -> tuple[Value, ...]:
    """Documents of one kind as values. Errors: StoreUnavailable naming the kind."""
    return tuple(value_of(document, type_, what) for document in documents)
