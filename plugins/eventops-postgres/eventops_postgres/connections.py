"""Connections, and what the server says turned into sentences for people."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

import psycopg
from psycopg import errors

from eventops import StoreUnavailable
from eventops_postgres.addresses import Address
from eventops_postgres.sentences import DISK_FULL, HELD, HELD_BY_ANOTHER, NOT_ALLOWED, NOT_REACHED, SAME_MOMENT, STOPPED

# What becomes of a connection is said by our own sentences, not beside them.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

Connection = psycopg.Connection[tuple[Any, ...]]
# How a command that holds a row is found by those who wait for it; PostgreSQL cuts at 63 bytes.
_NAME_BYTES = 63


def connect(address: Address, *, name: str = "eventops") -> Connection:
    """A connection in which each statement stands for itself until a transaction is begun.

    Errors: StoreUnavailable when the server does not answer or refuses.
    """
    try:
        connection = psycopg.connect(address.conninfo, autocommit=True, application_name=name)
    except psycopg.Error as error:
        raise StoreUnavailable(
            NOT_REACHED,
            store=address.shown,
            reason=_first_line(error),
        ) from error
    # What a server adds to a command is no message for the person who gave it.
    connection.add_notice_handler(lambda notice: None)
    return connection


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """A connection for one block, its faults turned into sentences."""
    connection = connect(address)
    try:
        with told(address):
            yield connection
    finally:
        connection.close()


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Faults of the database inside the block become sentences. Errors: StoreUnavailable."""
    try:
        yield
    except psycopg.Error as error:
        raise sentence(address, error) from error


def sentence(address: Address, error: psycopg.Error) -> StoreUnavailable:
    """The error for people."""
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
        return StoreUnavailable(
            SAME_MOMENT,
            store=address.shown,
        )
    if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
        return StoreUnavailable(
            NOT_ALLOWED,
            store=address.shown,
            reason=_first_line(error),
        )
    if isinstance(error, errors.DiskFull):
        return StoreUnavailable(
            DISK_FULL,
            store=address.shown,
        )
    return StoreUnavailable(
        STOPPED,
        store=address.shown,
        reason=_first_line(error),
    )


def busy(address: Address, holder: str, wait_seconds: float) -> StoreUnavailable:
    """The error when somebody else holds the event for too long."""
    if holder:
        return StoreUnavailable(
            HELD,
            store=address.shown,
            holder=holder,
            seconds=wait_seconds,
        )
    return StoreUnavailable(
        HELD_BY_ANOTHER,
        store=address.shown,
        seconds=wait_seconds,
    )


def read_holder(address: Address, connection: Connection) -> str:
    """Who changes the event at this moment, as far as the server tells; '' otherwise."""
    query = """
        SELECT application_name, pid, client_addr, xact_start FROM pg_stat_activity
        WHERE starts_with(application_name, %s) AND pid <> pg_backend_pid() AND state LIKE '%%transaction%%'
        ORDER BY xact_start LIMIT 1
    """
    # Not every server that speaks this SQL has that view, and not everybody may see it.
    with suppress(psycopg.Error):
        found = connection.execute(query, (holder_name(address.event, ""),)).fetchone()
        if found is not None:
            name = unquote(str(found[0]).removeprefix(holder_name(address.event, "")))
            where = f" @ {found[2]}" if found[2] else ""
            since = f", {found[3]:%H:%M:%S}" if found[3] else ""
            return f"{name} ({found[1]}{where}{since})"
    return ""


def holder_name(event: str, actor: str) -> str:
    """How a connection that changes an event is called: in ASCII, and not too long for the server to keep."""
    return f"eventops-{sha256(event.encode()).hexdigest()[:12]} {quote(actor)}"[:_NAME_BYTES]


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
