"""A store for large events on one machine: SQLite, of which a small command reads and writes only what it needs."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import finalize

import msgspec

from eventops.adapters.file_lock import lock_held
from eventops.adapters.generations import refusal_with
from eventops.adapters.sqlite_copies import (
    LogMark,
    append_line,
    check_whole,
    erase_copies,
    log_may_grow,
    logged_line,
    newest_copy,
    read_mark,
    write_copy,
)
from eventops.adapters.sqlite_files import (
    APPLICATION,
    VERSION,
    companions,
    create_file,
    is_damage,
    open_for_change,
    open_for_reading,
    remove_sums,
    sentence,
    set_write_ahead,
    size_of,
)
from eventops.adapters.sqlite_pages import check_pages, renew_sums, write_sums
from eventops.adapters.sqlite_rows import (
    SCHEMA,
    Changed,
    Row,
    StoredTables,
    entries_of,
    entry_numbered,
    erase_before,
    fill_tables,
    last_entry,
    numbers_taken_back,
    rows_before,
    write_changes,
    write_entry,
)
from eventops.adapters.staging import StagedChange, not_empty
from eventops.adapters.store_file import Unreadable, cannot_change, collection_paused, remove_leftovers
from eventops.domain.keeping.history import (
    HistoryEntry,
    Stamp,
    entry_after,
    generation_gone,
    number_to_redo,
    number_to_undo,
)
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Document, Erased


@contextmanager
def told(path: Path, *, changing: bool) -> Iterator[None]:
    """Faults of the file inside the block become sentences for people."""
    try:
        with _database_told(path, changing=changing):
            yield
    except OSError as error:
        raise sentence(path, error, changing=changing) from error


@contextmanager
def _database_told(path: Path, *, changing: bool) -> Iterator[None]:
    """The same for a block in which other people's code runs, whose OSErrors are none of ours."""
    try:
        yield
    except Unreadable as error:
        raise _refusal(path, error) from error
    except sqlite3.Error as error:
        if is_damage(error):
            raise _refusal(path, Unreadable("damaged")) from error
        raise sentence(path, error, changing=changing) from error


def _refusal(path: Path, problem: Unreadable) -> StoreUnavailable:
    return refusal_with(path, problem, None if problem.reason == "newer" else newest_copy(path))


class SQLiteGeneration:
    """The store as of one moment: a read transaction that lasts as long as the object."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            newest_log = read_mark(path)
            self._connection = open_for_reading(path)
            # Some Pythons complain of a connection that nobody closed.
            finalize(self, self._connection.close)
            last = self._connection.execute("SELECT coalesce(max(number), 0) FROM history").fetchone()
            self.generation: int = last[0]
            if newest_log > _mark_in(self._connection):
                raise Unreadable("behind")
            self._tables = StoredTables(self._connection)

    def _told(self) -> AbstractContextManager[None]:
        return told(self._path, changing=False)

    def get(self, kind: str, id: str) -> Document | None:
        with self._told():
            return self._tables[kind].get(id)

    def all(self, kind: str) -> tuple[Document, ...]:
        with collection_paused():
            return tuple(document for _, document in self.items(kind))

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        return tuple(one for _, one in self.items(kind) if field in one and one[field] == value)

    def kinds(self) -> tuple[str, ...]:
        with self._told():
            return tuple(self._tables)

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        with self._told():
            yield from self._tables[kind].items()

    def history(self) -> tuple[HistoryEntry, ...]:
        with self._told():
            return entries_of(self._connection)

    def check(self) -> None:
        """Reads everything. Errors: StoreUnavailable when anything is not as it was written."""
        with self._told():
            check_whole(self._connection)
            check_pages(self._path)


class SQLiteStore:
    """A store in one SQLite file; made by `open_store` and `create_store`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.snapshot()

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

    def snapshot(self) -> SQLiteGeneration:
        return SQLiteGeneration(self._path)

    @contextmanager
    def change(self, stamp: Stamp, *, wait_seconds: float = 30) -> Iterator[StagedChange]:
        with self._writing(stamp.actor, wait_seconds) as connection:
            staged = StagedChange(StoredTables(connection))
            try:
                yield staged
            finally:
                staged.close()
            changed = staged.changed()
            if changed:
                self._save(connection, entry_after(last_entry(connection), stamp, changed), _rows_of(staged))

    def take_back(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._writing(stamp.actor, wait_seconds) as connection:
            return self._restore(connection, stamp, number_to_undo(numbers_taken_back(connection)))

    def redo(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._writing(stamp.actor, wait_seconds) as connection:
            return self._restore(connection, stamp, number_to_redo(numbers_taken_back(connection)))

    def erase(self, stamp: Stamp, mentioning: str, erased: Erased, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._writing(stamp.actor, wait_seconds) as connection:
            staged = StagedChange(StoredTables(connection))
            staged.erase(mentioning, erased)
            final = msgspec.structs.replace(stamp, final=True)
            entry = entry_after(last_entry(connection), final, staged.changed())
            # Copies first: as long as the store still knows the person, a command cut short can be given again.
            with told(self._path, changing=True):
                erase_copies(self._path)
                remove_sums(self._path)
            write_changes(connection, entry.number, _rows_of(staged))
            erase_before(connection, mentioning, erased)
            write_entry(connection, entry)
            connection.execute("UPDATE state SET copy = ?, log_bytes = 0", (entry.number,))
            connection.execute("COMMIT")
            # What was erased is still in the log of SQLite, and in pages nobody uses.
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._write_copy(connection, entry.number)
            _write_sums(connection, self._path, entry.number)
            return entry

    def fill(
        self,
        documents: Iterable[tuple[str, str, Document]],
        history: Sequence[HistoryEntry],
        *,
        wait_seconds: float = 30,
    ) -> None:
        with self._writing("eventops", wait_seconds) as connection:
            tables = StoredTables(connection)
            if last_entry(connection) is not None or len(tables):
                raise not_empty(str(self._path))
            remove_sums(self._path)
            fill_tables(connection, documents, history)
            connection.execute("UPDATE state SET copy = ?, log_bytes = 0", (len(history),))
            connection.execute("COMMIT")
            self._write_copy(connection, len(history))
            _write_sums(connection, self._path, len(history))

    @contextmanager
    def _writing(self, holder: str, wait_seconds: float) -> Iterator[sqlite3.Connection]:
        with lock_held(self._path, holder, wait_seconds):
            with told(self._path, changing=True):
                remove_leftovers(self._path)
                newest_log = read_mark(self._path)
                connection = open_for_change(self._path)
            with closing(connection), _database_told(self._path, changing=True):
                if newest_log > _mark_in(connection):
                    raise Unreadable("behind")
                yield connection

    def _restore(self, connection: sqlite3.Connection, stamp: Stamp, number: int) -> HistoryEntry:
        entry = entry_numbered(connection, number)
        if connection.execute("SELECT 1 FROM kept WHERE number = ?", (entry.number,)).fetchone() is None:
            raise generation_gone(entry)
        tables = StoredTables(connection)
        rows: list[Changed] = []
        changed: list[tuple[str, str, str]] = []
        for kind, id, before in rows_before(connection, entry.number):
            now = tables[kind].row(id)
            if (now.body if now else None) != before.body:
                rows.append((kind, id, before))
                how = "removed" if before.body is None else "changed" if now else "added"
                changed.append((kind, id, how))
        taken = entry_after(last_entry(connection), stamp, changed, takes_back=entry.number)
        self._save(connection, taken, rows)
        return taken

    def _save(self, connection: sqlite3.Connection, entry: HistoryEntry, rows: Sequence[Changed]) -> None:
        """Commits a change, then tells it to the copies: what they lack is noticed and made good at the next change."""
        write_changes(connection, entry.number, rows)
        write_entry(connection, entry)
        line = logged_line(entry, rows)
        mark = _mark_in(connection)
        grows = read_mark(self._path) == mark and log_may_grow(mark, line, size_of(self._path))
        new = LogMark(mark.copy, mark.log_bytes + len(line)) if grows else LogMark(entry.number)
        connection.execute("UPDATE state SET copy = ?, log_bytes = ?", (new.copy, new.log_bytes))
        connection.execute("COMMIT")
        if grows:
            with suppress(OSError):
                append_line(self._path, mark.copy, line)
        else:
            self._write_copy(connection, entry.number)
        with suppress(OSError, sqlite3.Error):
            renew_sums(connection, self._path, entry.number)

    def _write_copy(self, connection: sqlite3.Connection, number: int) -> None:
        # The change is saved; a disk too full for a copy must not say that it is not.
        with suppress(OSError, sqlite3.Error):
            write_copy(connection, self._path, number)


def _write_sums(connection: sqlite3.Connection, path: Path, generation: int) -> None:
    # As with a copy: what is saved stays saved.
    with suppress(OSError, sqlite3.Error):
        write_sums(connection, path, generation)


def _mark_in(connection: sqlite3.Connection) -> LogMark:
    found = connection.execute("SELECT copy, log_bytes FROM state").fetchone()
    if found is None:
        raise Unreadable("damaged")
    return LogMark(*found)


def _rows_of(staged: StagedChange) -> list[Changed]:
    """What is staged, as rows."""
    return [
        (kind, id, Row(None, None if document is None else msgspec.json.encode(document).decode()))
        for kind, documents in staged.staged.items()
        for id, document in documents.items()
    ]


def open_store(path: Path | str) -> SQLiteStore:
    """The store in an existing file. Errors: NotUsable when there is none; StoreUnavailable when it is unreadable,
    damaged, foreign or newer."""
    real = Path(path).resolve()
    if not real.exists():
        _check_not_lost(real)
        raise NotUsable(
            "There is no store {path}. Name the folder of the workspace with -w, or make a new one with `eventops "
            "init`.",
            path=str(path),
        )
    return SQLiteStore(real)


def create_store(path: Path | str, *, wait_seconds: float = 30) -> SQLiteStore:
    """A new, empty store; its folder is made when missing. Errors: NotUsable when the name is taken or copies of a
    lost store are kept there; StoreUnavailable when it cannot be written."""
    real = Path(path).resolve()
    try:
        real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_change(real, error) from error
    with lock_held(real, "eventops", wait_seconds), told(real, changing=True):
        if real.exists():
            raise NotUsable(
                "There is already a store {path}. Nothing was changed; choose another folder or use this one.",
                path=str(path),
            )
        _check_not_lost(real)
        _write_empty(real)
    return SQLiteStore(real)


def _write_empty(path: Path) -> None:
    """Errors: OSError, sqlite3.Error; nothing is left then."""
    for companion in companions(path):
        companion.unlink(missing_ok=True)
    unfinished = path.with_name(f".{path.name}.new.tmp")
    unfinished.unlink(missing_ok=True)
    create_file(unfinished)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(f"BEGIN; PRAGMA application_id = {APPLICATION}; {SCHEMA}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
            # Last, so that nothing of the file can be left in a log that would not come along.
            set_write_ahead(connection, path)
        unfinished.replace(path)
    finally:
        for leftover in (unfinished, *companions(unfinished)):
            leftover.unlink(missing_ok=True)


def _check_not_lost(path: Path) -> None:
    good = newest_copy(path)
    if good is not None:
        raise NotUsable(
            "The store {path} is gone, but generation {number} of it is kept ({file}): `eventops history restore` "
            "brings it back. To begin anew, move the folder {folder} away first.",
            path=str(path),
            number=good.number,
            file=str(good.file),
            folder=str(good.file.parent),
        )
