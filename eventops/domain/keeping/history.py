"""The history of a store: who changed which documents, when, by which command; without personal values.

Every entry carries the hash of the one before it, so that an altered, removed or inserted entry shows. A tail
that was cut off shows only against a hash kept elsewhere (on a printed list, in a file that was sent).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Text
from eventops.errors import NotUsable

GENERATIONS_KEPT = 10


MARK_DIGITS = 16
"""How much of a hash is printed: nobody finds another history that begins alike."""

# Notes of files that left, and the secret behind their pseudonyms: what files are made from stays the same.
_NOT_IN_FILES = frozenset({"export", "workspace"})

FINAL = 0
"""What an entry that nobody can take back says it takes back: no entry has this number."""


class Stamp(Struct, frozen=True, kw_only=True):
    """Who changes what, when, by which command (without personal values). A `final` change cannot be taken back: a
    person is forgotten, a file has gone out."""

    actor: str
    at: datetime
    command: str
    final: bool = False


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One change, readable without personal data: `changed` lists kind, id and added, changed or removed.

    `hash` chains to `previous`. `takes_back` is the entry this one undid, or the undo this one took back; FINAL marks a
    change that cannot be taken back.
    """

    number: int
    at: datetime
    actor: str
    command: str
    changed: tuple[tuple[str, str, str], ...]
    takes_back: int | None = None
    previous: str = ""
    hash: str = ""


class HistoryMark(Struct, frozen=True):
    """An entry of the history by number and hash, as printed on what leaves: whoever keeps the paper can show later
    whether the history up to there was rewritten."""

    number: int
    hash: str

    @property
    def short(self) -> str:
        """For a printed margin: 12 · 3f2a9c81d0e45b67."""
        return f"{self.number} · {self.hash[:MARK_DIGITS]}"

    @property
    def whole(self) -> str:
        """For a property of a file, which a program reads."""
        return f"{self.number} {self.hash}"


class Standing(Struct, frozen=True, kw_only=True):
    """Entry numbers, oldest first: changes in effect that can be undone, and undos that can be taken back."""

    undoable: tuple[int, ...]
    redoable: tuple[int, ...]


def entry_hash(entry: HistoryEntry) -> str:
    """SHA-256 in hexadecimal over everything in the entry but its own hash."""
    fields = (entry.number, entry.at, entry.actor, entry.command, entry.changed, entry.takes_back, entry.previous)
    return sha256(msgspec.json.encode(fields)).hexdigest()


def entry_after(
    last: HistoryEntry | None, stamp: Stamp, changed: Iterable[tuple[str, str, str]], takes_back: int | None = None
) -> HistoryEntry:
    """The entry that follows `last`, its time in UTC. Errors: ValueError when the stamp's time has no zone."""
    if stamp.at.tzinfo is None:
        raise ValueError("the time of a stamp needs a time zone")
    entry = HistoryEntry(
        number=last.number + 1 if last else 1,
        at=stamp.at.astimezone(UTC),
        actor=stamp.actor,
        command=stamp.command,
        changed=tuple(changed),
        takes_back=FINAL if stamp.final else takes_back,
        previous=last.hash if last else "",
    )
    return msgspec.structs.replace(entry, hash=entry_hash(entry))


def verify(entries: Sequence[HistoryEntry], known_hash: str = "") -> Finding | None:
    """What is wrong with a history, oldest entry first; None when it is whole.

    `known_hash` is the hash of an entry as noted elsewhere, or its printed beginning: it must still be in the chain.
    """
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.previous != previous or entry.hash != entry_hash(entry):
            return Finding(
                severity=Severity.ERROR,
                code="history-broken",
                message=Text(
                    "The history does not hold together at entry {number}: it was altered, removed or put in after it "
                    "was written. Compare it with an earlier copy of the store."
                ),
                values={"number": number},
            )
        previous = entry.hash
    if known_hash and not any(entry.hash.startswith(known_hash) for entry in entries):
        return Finding(
            severity=Severity.ERROR,
            code="history-cut",
            message=Text(
                "The noted entry {hash} is not in the history, whose last entry is {number}: later entries were cut "
                "off or rewritten, or the note belongs to another store."
            ),
            values={"hash": known_hash, "number": len(entries)},
        )
    return None


def head_of(entries: Sequence[HistoryEntry]) -> HistoryMark | None:
    """The newest entry; None while there is none."""
    return HistoryMark(entries[-1].number, entries[-1].hash) if entries else None


def facts_head_of(entries: Sequence[HistoryEntry]) -> HistoryMark | None:
    """The newest entry that changed what files are made from, so that a file made twice is the same to the byte: the
    note of the first is not in the second. None while there is none."""
    for entry in reversed(entries):
        if _changes_facts(entry):
            return HistoryMark(entry.number, entry.hash)
    return None


def standing(takes_back: Iterable[int | None]) -> Standing:
    """What undo and redo would act on, from what each entry takes back, oldest first.

    As text editors do it: a new change ends the chance to redo. Final changes stand beside all this.
    """
    undoable: list[int] = []
    redoable: list[int] = []
    for number, taken in enumerate(takes_back, 1):
        if taken is None:
            undoable.append(number)
            redoable.clear()
        elif taken in redoable:
            redoable.remove(taken)
            undoable.append(number)
        elif taken in undoable:
            undoable.remove(taken)
            redoable.append(number)
    return Standing(undoable=tuple(undoable), redoable=tuple(redoable))


def kept_generations(takes_back: Sequence[int | None]) -> frozenset[int]:
    """The earlier generations worth keeping beside the present one, from what each entry takes back, oldest first;
    entry n made generation n from n - 1.

    The newest ten, and whatever the ten newest undos and redos need, so that undoing does not eat its own depth.
    """
    newest = range(len(takes_back) - GENERATIONS_KEPT, len(takes_back))
    now = standing(takes_back)
    needed = (*now.undoable[-GENERATIONS_KEPT:], *now.redoable[-GENERATIONS_KEPT:])
    return frozenset(n for n in (*newest, *(number - 1 for number in needed)) if n >= 0)


def number_to_undo(takes_back: Iterable[int | None]) -> int:
    """The number of the newest change in effect, from what each entry takes back, oldest first.

    Errors: NotUsable when there is none.
    """
    undoable = standing(takes_back).undoable
    if not undoable:
        raise NotUsable("Nothing is left to undo: no change of this store is in effect.")
    return undoable[-1]


def number_to_redo(takes_back: Iterable[int | None]) -> int:
    """The number of the newest undo that no other change followed. Errors: NotUsable when there is none."""
    redoable = standing(takes_back).redoable
    if not redoable:
        raise NotUsable("Nothing is left to redo: only an undo that no other change followed can be taken back.")
    return redoable[-1]


def entry_to_undo(entries: Sequence[HistoryEntry]) -> HistoryEntry:
    """The newest change in effect. Errors: NotUsable when there is none."""
    return entries[number_to_undo(entry.takes_back for entry in entries) - 1]


def entry_to_redo(entries: Sequence[HistoryEntry]) -> HistoryEntry:
    """The newest undo that no other change followed. Errors: NotUsable when there is none."""
    return entries[number_to_redo(entry.takes_back for entry in entries) - 1]


def check_undo(entries: Sequence[HistoryEntry], named: int | None = None) -> None:
    """Errors: NotUsable when an undo would take back another change than the person has in mind: one that is not the
    `named` one, or one before the newest change where that is final (a person was forgotten). Notes of files that
    left are passed over, as they change no facts."""
    target = entry_to_undo(entries)
    if named is not None:
        if named != target.number:
            raise NotUsable(
                "Changes are taken back one by one, the newest first: that is number {number} now ({command}).",
                number=target.number,
                command=target.command,
            )
        return
    newest = next(one for one in reversed(entries) if one.takes_back != FINAL or _changes_facts(one))
    if newest.takes_back == FINAL:
        raise NotUsable(
            "The newest change ({final}) cannot be taken back. Before it stands number {number} ({command}); to take "
            "that back, give `eventops undo {number}`.",
            final=newest.command,
            number=target.number,
            command=target.command,
        )


def _changes_facts(entry: HistoryEntry) -> bool:
    return any(kind not in _NOT_IN_FILES for kind, _, _ in entry.changed)


def generation_gone(entry: HistoryEntry) -> NotUsable:
    """The error for a change that cannot be taken back any more."""
    return NotUsable(
        "Change {number} ({command}) cannot be taken back: the store as it was before is no longer kept (about the "
        "last {kept} changes are). `eventops history` shows what it changed; set that right with a new change.",
        number=entry.number,
        command=entry.command,
        kept=GENERATIONS_KEPT,
    )
