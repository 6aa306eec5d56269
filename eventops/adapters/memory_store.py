"""A store in memory, for trials and tests: everything the file store promises but to outlive the process."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

import msgspec
from msgspec import Struct

from eventops.adapters.staging import (
    StagedChange,
    Tables,
    copied,
    documents_after,
    erased_from,
    filled,
    kinds_in,
    not_empty,
)
from eventops.domain.keeping.history import (
    HistoryEntry,
    Stamp,
    entry_after,
    entry_to_redo,
    entry_to_undo,
    generation_gone,
    kept_generations,
)
from eventops.errors import StoreUnavailable
from eventops.extension.ports import Document, Erased


class MemoryGeneration(Struct, frozen=True):
    """One generation: never altered, so that those who read it and later generations may share its documents."""

    tables: Tables = {}
    entries: tuple[HistoryEntry, ...] = ()

    @property
    def generation(self) -> int:
        return len(self.entries)

    def get(self, kind: str, id: str) -> Document | None:
        found: Document | None = copied(self.tables.get(kind, {}).get(id))
        return found

    def all(self, kind: str) -> tuple[Document, ...]:
        return tuple(map(copied, self.tables.get(kind, {}).values()))

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        documents = self.tables.get(kind, {}).values()
        return tuple(copied(document) for document in documents if field in document and document[field] == value)

    def kinds(self) -> tuple[str, ...]:
        return kinds_in(self.tables)

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        return ((id, copied(document)) for id, document in self.tables.get(kind, {}).items())

    def history(self) -> tuple[HistoryEntry, ...]:
        return self.entries


class MemoryStore:
    """A store that lives as long as the object. Documents are copied on their way in and out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest = MemoryGeneration()
        self._kept: dict[int, Tables] = {}

    @property
    def generation(self) -> int:
        return self._newest.generation

    def get(self, kind: str, id: str) -> Document | None:
        return self._newest.get(kind, id)

    def all(self, kind: str) -> tuple[Document, ...]:
        return self._newest.all(kind)

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        return self._newest.find(kind, field, value)

    def kinds(self) -> tuple[str, ...]:
        return self._newest.kinds()

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        return self._newest.items(kind)

    def history(self) -> tuple[HistoryEntry, ...]:
        return self._newest.entries

    def snapshot(self) -> MemoryGeneration:
        return self._newest

    @contextmanager
    def change(self, stamp: Stamp, *, wait_seconds: float = 30) -> Iterator[StagedChange]:
        with self._locked(wait_seconds):
            staged = StagedChange(self._newest.tables)
            try:
                yield staged
            finally:
                staged.close()
            changed = staged.changed()
            if changed:
                self._save(staged, entry_after(self._last_entry(), stamp, changed))

    def take_back(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(wait_seconds):
            return self._restore(stamp, entry_to_undo(self._newest.entries))

    def redo(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(wait_seconds):
            return self._restore(stamp, entry_to_redo(self._newest.entries))

    def erase(self, stamp: Stamp, mentioning: str, erased: Erased, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(wait_seconds):
            staged = StagedChange(self._newest.tables)
            staged.erase(mentioning, erased)
            final = msgspec.structs.replace(stamp, final=True)
            entry = entry_after(self._last_entry(), final, staged.changed())
            self._save(staged, entry)
            self._kept = {number: erased_from(tables, mentioning, erased) for number, tables in self._kept.items()}
            return entry

    def fill(
        self,
        documents: Iterable[tuple[str, str, Document]],
        history: Sequence[HistoryEntry],
        *,
        wait_seconds: float = 30,
    ) -> None:
        with self._locked(wait_seconds):
            if self._newest != MemoryGeneration():
                raise not_empty("in memory")
            self._newest = MemoryGeneration(filled(documents, ()), tuple(history))

    @contextmanager
    def _locked(self, wait_seconds: float) -> Iterator[None]:
        if not self._lock.acquire(timeout=max(wait_seconds, 0)):
            raise StoreUnavailable(
                "The store in memory is being changed elsewhere in this program; after waiting {seconds} s nothing "
                "was changed.",
                seconds=wait_seconds,
            )
        try:
            yield
        finally:
            self._lock.release()

    def _restore(self, stamp: Stamp, entry: HistoryEntry) -> HistoryEntry:
        before = self._kept.get(entry.number - 1)
        if before is None:
            raise generation_gone(entry)
        staged = StagedChange(self._newest.tables)
        staged.restore(entry, before)
        taken = entry_after(self._last_entry(), stamp, staged.changed(), takes_back=entry.number)
        self._save(staged, taken)
        return taken

    def _save(self, staged: StagedChange, entry: HistoryEntry) -> None:
        newest = self._newest
        entries = (*newest.entries, entry)
        keep = kept_generations([each.takes_back for each in entries])
        kept = {number: tables for number, tables in self._kept.items() if number in keep}
        self._kept = kept | {newest.generation: newest.tables}
        tables = newest.tables | {
            kind: documents_after(newest.tables.get(kind, {}), documents, staged.order.get(kind, ()))
            for kind, documents in staged.staged.items()
        }
        self._newest = MemoryGeneration(tables, entries)

    def _last_entry(self) -> HistoryEntry | None:
        return self._newest.entries[-1] if self._newest.entries else None
