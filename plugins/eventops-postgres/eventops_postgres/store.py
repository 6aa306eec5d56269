"""The store: one event of a database. Whoever changes it holds the row of the event, and nobody waits to read."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from weakref import finalize

import msgspec
import psycopg
from msgspec.structs import replace
from psycopg import errors

from eventops import (
    Document,
    Erased,
    HistoryEntry,
    NotUsable,
    StagedChange,
    Stamp,
    check_kind,
    entry_after,
    generation_gone,
    not_empty,
    number_to_redo,
    number_to_undo,
    storable,
)
from eventops_postgres.addresses import Address, address_of
from eventops_postgres.connections import (
    Connection,
    busy,
    connect,
    connected,
    holder_name,
    read_holder,
    sentence,
    told,
)
from eventops_postgres.rows import (
    KindRows,
    State,
    Statements,
    StoredTables,
    columns_of,
    decoded,
    entries_of,
    entry_numbered,
    last_entry,
    numbers_taken_back,
    state_of,
    write_rows,
)
from eventops_postgres.schema import SHAPE, create_tables, shape_of
from eventops_postgres.sentences import OLDER
from eventops_postgres.writing import Changed, erase_before, rows_before, write_change


class PostgresGeneration:
    """The store as of one moment: a read-only transaction that lasts as long as the object."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connection = connect(address)
        # Some Pythons complain of a connection that nobody closed.
        finalize(self, self._connection.close)
        with told(address):
            self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = self._connection.execute(
                "SELECT generation FROM eventops_event WHERE event = %s", (address.event,)
            ).fetchone()
        self.generation: int = found[0] if found else 0
        self._tables = StoredTables(self._connection, address.event)

    def get(self, kind: str, id: str) -> Document | None:
        with told(self._address):
            return self._tables[kind].get(id)

    def all(self, kind: str) -> tuple[Document, ...]:
        return tuple(document for _, document in self.items(kind))

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        return tuple(one for _, one in self.items(kind) if field in one and one[field] == value)

    def kinds(self) -> tuple[str, ...]:
        with told(self._address):
            return tuple(self._tables)

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        with told(self._address):
            yield from self._tables[kind].items()

    def history(self) -> tuple[HistoryEntry, ...]:
        with told(self._address):
            return entries_of(self._connection, self._address.event)

    def close(self) -> None:
        self._connection.close()


class PostgresStore:
    """An event in a database; made by `open_store` and `create_store`. Its connection stays open for the next call."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._idle: list[Connection] = []
        finalize(self, _close_all, self._idle)
        with self._connection() as connection:
            shape = shape_of(connection, address.event, address.shown)
        if shape < SHAPE:
            raise NotUsable(
                OLDER,
                store=address.shown,
                shape=shape,
            )

    @property
    def address(self) -> Address:
        return self._address

    @property
    def generation(self) -> int:
        with self._connection() as connection:
            found = connection.execute(
                "SELECT generation FROM eventops_event WHERE event = %s", (self._address.event,)
            ).fetchone()
        return int(found[0]) if found else 0

    def get(self, kind: str, id: str) -> Document | None:
        with self._connection() as connection:
            return KindRows(connection, self._address.event, kind).get(id)

    def all(self, kind: str) -> tuple[Document, ...]:
        return self.snapshot().all(kind)

    def find(self, kind: str, field: str, value: Any) -> tuple[Document, ...]:
        return self.snapshot().find(kind, field, value)

    def kinds(self) -> tuple[str, ...]:
        return self.snapshot().kinds()

    def items(self, kind: str) -> Iterator[tuple[str, Document]]:
        return self.snapshot().items(kind)

    def history(self) -> tuple[HistoryEntry, ...]:
        with self._connection() as connection:
            return entries_of(connection, self._address.event)

    def snapshot(self) -> PostgresGeneration:
        return PostgresGeneration(self._address)

    @contextmanager
    def change(self, stamp: Stamp, *, wait_seconds: float = 30) -> Iterator[StagedChange]:
        with self._writing(stamp.actor, wait_seconds) as connection:
            tables = StoredTables(connection, self._address.event)
            staged = StagedChange(tables)
            try:
                yield staged
            finally:
                staged.close()
            changed = staged.changed()
            if changed:
                state = state_of(connection, self._address.event)
                self._save(connection, state, entry_after(state.last, stamp, changed), _changes_of(staged), tables)

    def take_back(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._writing(stamp.actor, wait_seconds) as connection:
            return self._restore(connection, stamp, number_to_undo(numbers_taken_back(connection, self._address.event)))

    def redo(self, stamp: Stamp, *, wait_seconds: float = 30) -> HistoryEntry:
        with self._writing(stamp.actor, wait_seconds) as connection:
            return self._restore(connection, stamp, number_to_redo(numbers_taken_back(connection, self._address.event)))

    def erase(self, stamp: Stamp, mentioning: str, erased: Erased, *, wait_seconds: float = 30) -> HistoryEntry:
        event = self._address.event
        with self._writing(stamp.actor, wait_seconds) as connection:
            tables = StoredTables(connection, event)
            staged = StagedChange(tables)
            for kind, id, document in _mentioning(connection, event, mentioning):
                left = erased(kind, id, document)
                if left is None:
                    staged.remove(kind, id)
                else:
                    staged.put(kind, id, left)
            final = replace(stamp, final=True)
            state = state_of(connection, event)
            entry = entry_after(state.last, final, staged.changed())
            write_change(connection, event, state, entry, _changes_of(staged), tables)
            erase_before(connection, event, mentioning, erased)
            self._commit(connection, entry)
            # The server keeps what was erased until it is tidied up; only the owner of the tables may ask for it.
            with suppress(psycopg.Error):
                for table in ("eventops_document", "eventops_before"):
                    connection.execute(f"VACUUM {table}")
            return entry

    def fill(
        self,
        documents: Iterable[tuple[str, str, Document]],
        history: Sequence[HistoryEntry],
        *,
        wait_seconds: float = 30,
    ) -> None:
        event = self._address.event
        with self._writing("eventops", wait_seconds) as connection:
            if last_entry(connection, event) is not None or len(StoredTables(connection, event)):
                raise not_empty(self._address.shown)
            told_rows = ((event, one.number, one.takes_back, one.hash, _json(one)) for one in history)
            write_rows(connection, "eventops_history", "event, number, takes_back, hash, entry", told_rows)
            positions = _Counted()
            rows = (
                (event, kind, id, positions.next(), len(history), *columns_of(storable(_checked(kind), id, document)))
                for kind, id, document in documents
            )
            write_rows(connection, "eventops_document", "event, kind, id, position, version, data, exact", rows)
            connection.execute(
                "UPDATE eventops_event SET generation = %s, next_position = %s WHERE event = %s",
                (len(history), positions.given + 1, event),
            )
            self._commit(connection, history[-1] if history else None)

    @contextmanager
    def _writing(self, actor: str, wait_seconds: float) -> Iterator[Connection]:
        """A transaction that holds the row of the event; rolled back unless it was committed inside."""
        address = self._address
        with self._connection() as connection:
            milliseconds = max(1, round(wait_seconds * 1000))
            held = Statements(connection)
            held.add("SELECT set_config('application_name', %s, false)", (holder_name(address.event, actor),))
            held.add("BEGIN", ())
            held.add("SELECT set_config('lock_timeout', %s, true)", (f"{milliseconds}ms",))
            try:
                held.send()
                connection.execute("SELECT 1 FROM eventops_event WHERE event = %s FOR UPDATE", (address.event,))
            except errors.LockNotAvailable as error:
                connection.execute("ROLLBACK")
                raise busy(address, read_holder(address, connection), wait_seconds) from error
            yield connection

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """An idle connection or a new one; given back in order, closed otherwise."""
        connection = self._idle.pop() if self._idle else connect(self._address)
        if connection.broken:
            connection = connect(self._address)
        try:
            with told(self._address):
                yield connection
        finally:
            self._give_back(connection)

    def _give_back(self, connection: Connection) -> None:
        try:
            if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
            self._idle.append(connection)
        except psycopg.Error:
            connection.close()

    def _restore(self, connection: Connection, stamp: Stamp, number: int) -> HistoryEntry:
        event = self._address.event
        entry = entry_numbered(connection, event, number)
        assert entry is not None
        kept = connection.execute(
            "SELECT 1 FROM eventops_kept WHERE event = %s AND number = %s", (event, entry.number)
        ).fetchone()
        if kept is None:
            raise generation_gone(entry)
        tables = StoredTables(connection, event)
        changes, changed = rows_before(connection, tables, event, entry)
        state = state_of(connection, event)
        taken = entry_after(state.last, stamp, changed, takes_back=entry.number)
        self._save(connection, state, taken, changes, tables)
        return taken

    def _save(
        self,
        connection: Connection,
        state: State,
        entry: HistoryEntry,
        changes: Sequence[Changed],
        tables: StoredTables,
    ) -> None:
        write_change(connection, self._address.event, state, entry, changes, tables)
        self._commit(connection, entry)

    def _commit(self, connection: Connection, entry: HistoryEntry | None) -> None:
        """Ends the transaction. When the answer of the server is lost, the history is asked whether it was saved."""
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            if entry is None or not self._was_saved(entry):
                raise sentence(self._address, error) from error

    def _was_saved(self, entry: HistoryEntry) -> bool:
        with connected(self._address) as connection:
            found = entry_numbered(connection, self._address.event, entry.number)
        return found is not None and found.hash == entry.hash


class _Counted:
    """Numbers from 1, and how many were given."""

    def __init__(self) -> None:
        self.given = 0

    def next(self) -> int:
        self.given += 1
        return self.given


def _close_all(connections: list[Connection]) -> None:
    for connection in connections:
        connection.close()


def _checked(kind: str) -> str:
    check_kind(kind)
    return kind


def _json(entry: HistoryEntry) -> str:
    return msgspec.json.encode(entry).decode()


def _changes_of(staged: StagedChange) -> list[Changed]:
    return [
        (kind, id, document, None) for kind, documents in staged.staged.items() for id, document in documents.items()
    ]


def _mentioning(connection: Connection, event: str, text: str) -> list[tuple[str, str, Document]]:
    """The documents that hold a text in their id or anywhere inside."""
    query = """
        SELECT kind, id, coalesce(exact, data::text) FROM eventops_document WHERE event = %s
        AND (strpos(id, %s) > 0 OR strpos(coalesce(exact, data::text), %s) > 0) ORDER BY kind, position
    """
    found = connection.execute(query, (event, text, _json_text(text))).fetchall()
    return [(kind, id, decoded(body)) for kind, id, body in found]


def _json_text(text: str) -> str:
    return msgspec.json.encode(text).decode()[1:-1]


def open_store(url: str) -> PostgresStore:
    """The store of an event. Errors: NotUsable when the database does not have it; StoreUnavailable when the server
    does not answer, or the store is newer."""
    return PostgresStore(address_of(url))


def create_store(url: str) -> PostgresStore:
    """The store of an event: its tables are made where they are missing, and an event that is there is joined.

    Errors: StoreUnavailable when the server does not answer or refuses.
    """
    address = address_of(url)
    with connected(address) as connection:
        create_tables(connection)
        connection.execute(
            "INSERT INTO eventops_event (event, shape) VALUES (%s, %s) ON CONFLICT (event) DO NOTHING",
            (address.event, SHAPE),
        )
    return PostgresStore(address)
