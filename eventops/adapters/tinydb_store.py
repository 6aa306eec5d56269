"""The default store: TinyDB over one file that is loaded once, changed in memory and saved once per command."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from tinydb import TinyDB, where
from tinydb.table import Document as TinyDBDocument, Table

from eventops.adapters.file_lock import lock_held
from eventops.adapters.generations import (
    erase_kept,
    generation_path,
    history_in,
    load_kept,
    newest_good,
    refusal,
    remove_unkept,
    write_erased,
    write_kept,
)
from eventops.adapters.staging import (
    HISTORY,
    StagedChange,
    copied,
    documents_after,
    filled,
    kinds_in,
    not_empty,
)
from eventops.adapters.store_file import (
    FileMark,
    GenerationStorage,
    Unreadable,
    cannot_change,
    cannot_read,
    collection_paused,
    decoded,
    read_file,
    read_mark,
    remove_leftovers,
    replace_file,
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
from eventops.errors import NotUsable
from eventops.extension.ports import Document, Erased


class Documents(Table):
    """A TinyDB table whose documents are known by our own ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's own extension point, typed too narrowly there

    def apply(self, change: StagedChange) -> None:
        """Takes over what is staged for this kind, in one update: TinyDB goes through the whole table for each."""

        def update(table: dict[Any, Any]) -> None:
            after = documents_after(table, change.staged[self.name], change.order.get(self.name, ()))
            table.clear()
            table.update(after)

        self._update_table(update)


class Database(TinyDB):
    """TinyDB with tables of our documents and no query cache, which never looks whether the file has changed."""

    table_class = Documents

    def documents(self, kind: str) -> Documents:
        table = self.table(kind, cache_size=0)
        assert isinstance(table, Documents)
        return table


class LoadedGeneration(Struct, frozen=True):
    """A generation in memory, and the mark of the file it came from."""

    mark: FileMark
    storage: GenerationStorage
    database: Database

    @property
    def generation(self) -> int:
        return self.storage.generation

    def get(self, kind: str, id: str) -> Document | None:
        found = self.database.documents(kind).get(doc_id=id)  # type: ignore[call-overload]  # ids are texts
        return None if found is None else copied(found)

    def all(self, kind: str) -> tuple[Document, ...]:
        with collection_paused():
            return tuple(copied(document) for document in self.database.documents(kind))

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        found = self.database.documents(kind).search(where(field) == value)
        return tuple(copied(document) for document in found)

    def kinds(self) -> tuple[str, ...]:
        return kinds_in(self.storage.tables)

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        return ((id, copied(document)) for id, document in self.storage.tables.get(kind, {}).items())

    def history(self) -> tuple[HistoryEntry, ...]:
        return history_in(self.storage)


class TinyDBStore:
    """A store in one file; made by `open_store` and `create_store`.

    Each read answers from the newest saved generation: the file is loaded again only when it has changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loaded = _load(path)

    @property
    def path(self) -> Path:
        """The file, behind any symbolic link."""
        return self._path

    @property
    def generation(self) -> int:
        return self.snapshot().generation

    def get(self, kind: str, id: str) -> Document | None:
        return self.snapshot().get(kind, id)

    def all(self, kind: str) -> tuple[Document, ...]:
        return self.snapshot().all(kind)

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        return self.snapshot().find(kind, field, value)

    def kinds(self) -> tuple[str, ...]:
        return self.snapshot().kinds()

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        return self.snapshot().items(kind)

    def history(self) -> tuple[HistoryEntry, ...]:
        return self.snapshot().history()

    def snapshot(self) -> LoadedGeneration:
        try:
            mark = read_mark(self._path)
        except OSError as error:
            raise cannot_read(self._path, error) from error
        loaded = self._loaded
        if mark != loaded.mark:
            loaded = self._loaded = _load(self._path)
        return loaded

    @contextmanager
    def change(self, stamp: Stamp, *, wait_seconds: float = 30) -> Iterator[StagedChange]:
        with self._locked(stamp, wait_seconds) as loaded:
            staged = StagedChange(loaded.storage.tables)
            try:
                yield staged
            finally:
                staged.close()
            changed = staged.changed()
            if changed:
                self._save(loaded, staged, entry_after(_last_entry(loaded.storage), stamp, changed))

    def take_back(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(stamp, wait_seconds) as loaded:
            return self._restore(loaded, stamp, entry_to_undo(loaded.history()))

    def redo(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(stamp, wait_seconds) as loaded:
            return self._restore(loaded, stamp, entry_to_redo(loaded.history()))

    def erase(self, stamp: Stamp, mentioning: str, erased: Erased, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._locked(stamp, wait_seconds) as loaded:
            staged = StagedChange(loaded.storage.tables)
            staged.erase(mentioning, erased)
            final = msgspec.structs.replace(stamp, final=True)
            entry = entry_after(_last_entry(loaded.storage), final, staged.changed())
            # Kept ones first: as long as the store still knows the person, a command that was cut short can be
            # given again.
            erase_kept(self._path, mentioning, erased)
            kept = generation_path(self._path, loaded.generation)
            self._save(loaded, staged, entry, lambda: write_erased(kept, loaded.storage, mentioning, erased))
            return entry

    def fill(
        self,
        documents: Iterable[tuple[str, str, Document]],
        history: Sequence[HistoryEntry],
        *,
        wait_seconds: float = 30,
    ) -> None:
        with lock_held(self._path, "eventops", wait_seconds):
            loaded = self.snapshot()
            if loaded.generation or any(loaded.storage.tables.values()):
                raise not_empty(str(self._path))
            tables = filled(documents, history)
            replace_file(self._path, GenerationStorage(len(history), tables).encoded())

    @contextmanager
    def _locked(self, stamp: Stamp, wait_seconds: float) -> Iterator[LoadedGeneration]:
        with lock_held(self._path, stamp.actor, wait_seconds):
            remove_leftovers(self._path)
            yield self.snapshot()

    def _restore(self, loaded: LoadedGeneration, stamp: Stamp, entry: HistoryEntry) -> HistoryEntry:
        before = load_kept(self._path, entry.number - 1)
        # A generation of another history (given up when an older one was restored) is as good as none.
        if before is None or _last_hash(before) != entry.previous:
            raise generation_gone(entry)
        staged = StagedChange(loaded.storage.tables)
        staged.restore(entry, before.tables)
        taken = entry_after(_last_entry(loaded.storage), stamp, staged.changed(), takes_back=entry.number)
        self._save(loaded, staged, taken)
        return taken

    def _save(
        self,
        loaded: LoadedGeneration,
        staged: StagedChange,
        entry: HistoryEntry,
        keep: Callable[[], None] | None = None,
    ) -> None:
        """Writes the next generation; the loaded one stays as it is until that has succeeded, and `keep` keeps it."""
        storage = GenerationStorage(entry.number, dict(loaded.storage.tables))
        database = Database(storage=lambda: storage)
        for kind in staged.staged:
            database.documents(kind).apply(staged)
        database.documents(HISTORY).insert(TinyDBDocument(msgspec.to_builtins(entry), str(entry.number)))  # type: ignore[arg-type]  # ids are texts
        before = keep or (lambda: write_kept(self._path, loaded.storage.generation))
        replace_file(self._path, storage.encoded(), before_replacing=before)
        with suppress(OSError):
            self._loaded = LoadedGeneration(read_mark(self._path), storage, database)
        takes_back = [document["takes_back"] for document in storage.tables[HISTORY].values()]
        remove_unkept(self._path, kept_generations(takes_back))


def open_store(path: Path | str) -> TinyDBStore:
    """The store in an existing file. Errors: NotUsable when there is none; StoreUnavailable when it is unreadable,
    damaged, foreign or newer."""
    # A change takes the file's name for a new file: through a symbolic link that would replace the link.
    real = Path(path).resolve()
    if not real.exists():
        _check_not_lost(real)
        raise NotUsable(
            "There is no store {path}. Name the folder of the workspace with -w, or make a new one with `eventops "
            "init`.",
            path=str(path),
        )
    return TinyDBStore(real)


def create_store(path: Path | str, *, wait_seconds: float = 30) -> TinyDBStore:
    """A new, empty store; its folder is made when missing. Errors: NotUsable when the name is taken or copies of a
    lost store are kept there; StoreUnavailable when it cannot be written."""
    real = Path(path).resolve()
    try:
        real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_change(real, error) from error
    with lock_held(real, "eventops", wait_seconds):
        if real.exists():
            raise NotUsable(
                "There is already a store {path}. Nothing was changed; choose another folder or use this one.",
                path=str(path),
            )
        # The first changes of a new store would push out the copies of the lost one.
        _check_not_lost(real)
        remove_leftovers(real)
        replace_file(real, GenerationStorage(0, {}).encoded())
    return TinyDBStore(real)


def _check_not_lost(path: Path) -> None:
    good = newest_good(path)
    if good is not None:
        raise NotUsable(
            "The store {path} is gone, but generation {number} of it is kept ({file}): `eventops history restore` "
            "brings it back. To begin anew, move the folder {folder} away first.",
            path=str(path),
            number=good.number,
            file=str(good.file),
            folder=str(good.file.parent),
        )


def _load(path: Path) -> LoadedGeneration:
    try:
        data, mark = read_file(path)
        storage = decoded(data)
    except OSError as error:
        raise cannot_read(path, error) from error
    except Unreadable as error:
        raise refusal(path, error) from error
    return LoadedGeneration(mark, storage, Database(storage=lambda: storage))


def _last_entry(storage: GenerationStorage) -> HistoryEntry | None:
    """The newest entry, without reading all of them."""
    documents = storage.tables.get(HISTORY, {})
    newest = documents.get(str(len(documents)))
    return None if newest is None else msgspec.convert(newest, HistoryEntry)


def _last_hash(storage: GenerationStorage) -> str:
    last = _last_entry(storage)
    return last.hash if last else ""
