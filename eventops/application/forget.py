"""What a workspace knows of a person, and taking it out for good."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from eventops.application.refused import KIND as REFUSED, marks_of
from eventops.application.sent_files import load_sent_files
from eventops.application.settling import keep_paid, paid_claims_of
from eventops.domain.keeping.forgetting import Document, PersonSigns, left_of, signs_of, texts_in
from eventops.domain.people import Participant
from eventops.domain.reporting.reports import Audience
from eventops.domain.reporting.sent_files import SentFile
from eventops.extension.ports import Reading, Stamp, Store
from eventops.extension.registry import Contribution, Registry


class Mention(Struct, frozen=True, kw_only=True):
    """A document of somebody or something else that names the person; only people can reword it."""

    kind: str
    id: str
    field: str


class Known(Struct, frozen=True, kw_only=True):
    """What the store holds of a person: their documents, those that list them, mentions elsewhere, files that left
    while they were enrolled, the erasures of plugins, and how many paid claims become a sum without them."""

    removed: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    mentions: tuple[Mention, ...]
    sent: tuple[SentFile, ...]
    erasures: tuple[Contribution, ...]
    paid_claims: int = 0


# Whose text in such a field is about themselves, though it may be the same as somebody else's.
_OWN_FIELDS = frozenset({"id", "name", "name_latin", "email", "phone"})


def known_of(reading: Reading, registry: Registry, person: Participant) -> Known:
    """What the store holds of a person."""
    removed: list[tuple[str, str]] = []
    changed: list[tuple[str, str]] = []
    mentions: list[Mention] = []
    signs = signs_of(person)
    marks = frozenset(marks_of(person))
    for kind in reading.kinds():
        for id, document in reading.items(kind):
            left = left_of_all(kind, id, document, person, marks)
            if left is None:
                removed.append((kind, id))
                continue
            if left != document:
                changed.append((kind, id))
            mentions += mentions_in(kind, id, left, signs)
    return Known(
        removed=tuple(removed),
        changed=tuple(changed),
        mentions=tuple(mentions),
        sent=_sent_since(reading, person),
        erasures=registry.of("eventops_erasures"),
        paid_claims=len(paid_claims_of(reading, person)),
    )


def left_of_all(kind: str, id: str, document: Document, person: Participant, marks: frozenset[str]) -> Document | None:
    """What is left of a document without the person, under whichever id; None when it was theirs."""
    if kind == REFUSED and marks.intersection(document.get("marks", ())):
        return None
    left: Document | None = document
    for one in (person.id, *person.merged):
        left = left_of(kind, id, left, one) if left is not None else None
    return left


def mentions_in(kind: str, id: str, document: Document, signs: PersonSigns) -> list[Mention]:
    """The fields of a document that name the person."""
    fields = {field for field, text in texts_in(document) if field not in _OWN_FIELDS and signs.found_in(text)}
    return [Mention(kind=kind, id=id, field=field) for field in sorted(fields)]


def _sent_since(reading: Reading, person: Participant) -> tuple[SentFile, ...]:
    """The files that tell of the person; of those of which that was not noted, all for people who see people that were
    written since the person was enrolled."""
    enrolled = next(
        (entry.number for entry in reading.history() if ("participant", person.id, "added") in entry.changed), 0
    )

    def tells(file: SentFile) -> bool:
        noted = file.may_tell_of((person.id, *person.merged))
        if noted is not None:
            return noted
        return file.generation >= enrolled and file.audience != Audience.PUBLIC.value

    return tuple(filter(tells, load_sent_files(reading)))


def erase_with_plugins(erasures: Sequence[Contribution], person: Participant) -> dict[str, int]:
    """Asks every plugin to forget the person; how many things each erased. Errors: those of the guard, naming it."""
    counts: dict[str, int] = {}
    for one in erasures:
        erase: Callable[[Participant], int] = one.value.erase
        counts[one.name] = counts.get(one.name, 0) + int(erase(person))
    return counts


def erase_person(store: Store, stamp: Stamp, person: Participant, *, wait_seconds: float = 30) -> None:
    """Takes the person out of a store and of all it keeps, earlier ids and refused rows too; what they were paid stays
    as a sum without them. Errors: StoreUnavailable.

    Their own id comes last: as long as the store knows the person, a command that was cut short can be given again.
    """
    keep_paid(store, stamp, person, wait_seconds=wait_seconds)
    marks = frozenset(marks_of(person))
    refused = any(kind == REFUSED for entry in store.history() for kind, _, _ in entry.changed)
    for text in (*(marks if refused else ()), *person.merged, person.id):
        store.erase(
            stamp,
            text,
            lambda kind, id, document: left_of_all(kind, id, document, person, marks),
            wait_seconds=wait_seconds,
        )
