"""The tables, and bringing them to the shape this version works with.

The id of the event leads every key and index, so that a distributed PostgreSQL can place an event on one machine.
Nothing is used that Citus, YugabyteDB or CockroachDB lack: no advisory locks, no triggers, no LISTEN, no extensions.
"""

from collections.abc import Callable

import psycopg
from psycopg import errors

from eventops import NotUsable, StoreUnavailable
from eventops_postgres.addresses import address_of
from eventops_postgres.connections import Connection, connected
from eventops_postgres.sentences import NEWER, NO_STORE

SHAPE = 1
TABLES = ("eventops_event", "eventops_document", "eventops_history", "eventops_before", "eventops_kept")

# Documents do not refer to their event by a foreign key: looked up for each of a million rows it doubles an import. An
# event that has a history cannot be deleted all the same.
_FIRST_SHAPE = (
    """
    CREATE TABLE IF NOT EXISTS eventops_event (
        event text PRIMARY KEY CHECK (event <> ''),
        shape integer NOT NULL,
        generation bigint NOT NULL DEFAULT 0 CHECK (generation >= 0),
        next_position bigint NOT NULL DEFAULT 1 CHECK (next_position >= 1)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS eventops_document (
        event text NOT NULL,
        kind text NOT NULL CHECK (kind <> '' AND substr(kind, 1, 1) <> '_'),
        id text NOT NULL CHECK (id <> ''),
        position bigint NOT NULL,
        version bigint NOT NULL CHECK (version >= 0),
        data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
        exact text,
        PRIMARY KEY (event, kind, id),
        UNIQUE (event, kind, position)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS eventops_history (
        event text NOT NULL REFERENCES eventops_event (event),
        number bigint NOT NULL CHECK (number >= 1),
        takes_back bigint,
        hash text NOT NULL CHECK (length(hash) = 64),
        entry text NOT NULL,
        PRIMARY KEY (event, number),
        UNIQUE (event, hash)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS eventops_before (
        event text NOT NULL,
        number bigint NOT NULL,
        kind text NOT NULL,
        id text NOT NULL,
        position bigint NOT NULL,
        data jsonb NOT NULL,
        exact text,
        PRIMARY KEY (event, number, kind, id)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS eventops_kept (
        event text NOT NULL REFERENCES eventops_event (event),
        number bigint NOT NULL,
        PRIMARY KEY (event, number)
    )
    """,
)
# What brings the tables of a shape to the next one.
_STEPS: dict[int, tuple[str, ...]] = {}


def create_tables(connection: Connection) -> None:
    """Makes the tables that are missing. Errors: psycopg.Error."""
    for statement in _FIRST_SHAPE:
        _patiently(lambda statement=statement: connection.execute(statement))  # type: ignore[misc]


def _patiently(action: Callable[[], object]) -> None:
    """Two who make one table at the same moment: the second finds that it is there."""
    try:
        action()
    except (errors.UniqueViolation, errors.DuplicateTable, errors.DuplicateObject):
        action()


def migrate(url: str) -> tuple[int, int]:
    """Brings the tables and the event to the present shape; the shapes before and after.

    Errors: NotUsable when the event is not there; StoreUnavailable when it is newer, or the server does not answer.
    """
    address = address_of(url)
    with connected(address) as connection:
        create_tables(connection)
        with connection.transaction():
            before = shape_of(connection, address.event, address.shown, lock=True)
            for shape in range(before, SHAPE):
                for statement in _STEPS[shape]:
                    connection.execute(statement)
            connection.execute("UPDATE eventops_event SET shape = %s WHERE event = %s", (SHAPE, address.event))
    return before, SHAPE


def shape_of(connection: Connection, event: str, shown: str, *, lock: bool = False) -> int:
    """The shape of an event. Errors: NotUsable when it is not in the database; StoreUnavailable when newer."""
    query = "SELECT shape FROM eventops_event WHERE event = %s" + (" FOR UPDATE" if lock else "")
    try:
        found = connection.execute(query, (event,)).fetchone()
    except psycopg.errors.UndefinedTable:
        found = None
    if found is None:
        raise NotUsable(
            NO_STORE,
            store=shown,
        )
    shape: int = found[0]
    if shape > SHAPE:
        raise StoreUnavailable(
            NEWER,
            store=shown,
            shape=shape,
            known=SHAPE,
        )
    return shape
