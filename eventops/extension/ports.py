"""Ports: what the application asks of the outside world."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from eventops.domain.keeping.history import HistoryEntry as HistoryEntry, Stamp as Stamp

Document = dict[str, Any]

Erased = Callable[[str, str, Document], Document | None]
"""From kind, id and document: what is left of the document after an erasure, None when nothing is."""


class Documents(Protocol):
    """What can be read in a store and inside a change alike."""

    def get(self, kind: str, id: str) -> Document | None: ...

    def all(self, kind: str) -> Iterable[Document]: ...


class Change(Documents, Protocol):
    """An open write transaction. Nothing is on disk before it ends well."""

    def all(self, kind: str) -> Iterator[Document]: ...

    def put(self, kind: str, id: str, document: Mapping[str, Any]) -> None:
        """Adds or replaces one document; a document equal to the stored one is no change."""
        ...

    def remove(self, kind: str, id: str) -> None:
        """Errors: KeyError when there is none."""
        ...


class Reading(Protocol):
    """Documents as of one generation, or, from a store itself, as of the newest at each call."""

    @property
    def generation(self) -> int:
        """Grows by one with every change."""
        ...

    def get(self, kind: str, id: str) -> Document | None: ...

    def all(self, kind: str) -> tuple[Document, ...]:
        """All documents of a kind in the order they were first put."""
        ...

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        """The documents of a kind whose top-level field equals the value."""
        ...

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have documents, sorted."""
        ...

    def items(self, kind: str) -> Iterable[tuple[str, Document]]:
        """The documents of a kind with their ids, in the order they were first put; read as they are asked for."""
        ...

    def history(self) -> tuple[HistoryEntry, ...]:
        """Every change, oldest first."""
        ...


class Store(Reading, Protocol):
    """A small document store: read freely, write in one transaction that applies all or nothing.

    Errors: StoreUnavailable when locked, unreadable, damaged or newer. Reading never waits for a writer.
    """

    def snapshot(self) -> Reading:
        """The newest generation, to read several kinds that belong together while others may change them."""
        ...

    def change(self, stamp: Stamp, *, wait_seconds: float = 30) -> AbstractContextManager[Change]:
        """A write transaction under an exclusive lock; it is saved when the block ends without an error,
        discarded otherwise. A block that changed nothing writes nothing."""
        ...

    def take_back(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        """Undoes the newest change that is not itself taken back; itself undoable.

        Errors: NotUsable when nothing is left to take back.
        """
        ...

    def redo(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        """Takes back the newest undo, as long as no other change followed it; itself undoable.

        Errors: NotUsable when there is no such undo.
        """
        ...

    def erase(self, stamp: Stamp, mentioning: str, erased: Erased, *, wait_seconds: float = 30) -> HistoryEntry:
        """Alters documents for good, in the store and in all it keeps of earlier states: no undo brings them back.

        `erased` is asked about every document that holds the text `mentioning` in its id or anywhere inside. What
        is kept but cannot be read is removed. The entry is final, and there is one even when nothing was left.
        """
        ...

    def fill(
        self,
        documents: Iterable[tuple[str, str, Document]],
        history: Sequence[HistoryEntry],
        *,
        wait_seconds: float = 30,
    ) -> None:
        """Fills an empty store with what another one holds (kind, id, document), its history included, all or nothing.

        Earlier states do not come along, so nothing of that history can be taken back.
        Errors: NotUsable when the store is not empty.
        """
        ...


class Cache(Protocol):
    """Derived bytes that may be deleted at any time without loss."""

    def load(self, name: str) -> bytes | None: ...

    def save(self, name: str, data: bytes) -> None:
        """Keeps the bytes if it can; a cache that cannot be written is no error."""
        ...
