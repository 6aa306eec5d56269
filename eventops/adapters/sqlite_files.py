"""The file of a SQLite store: opened for reading and for changing, checked first, never readable by others."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from msgspec import Struct

from eventops.adapters.folders import shared_by_network
from eventops.adapters.store_file import Unreadable, cannot_change, cannot_read, sync_folder
from eventops.errors import EventopsError, StoreUnavailable

APPLICATION = int.from_bytes(b"evop", "big")
VERSION = 1
_MAGIC = b"SQLite format 3\0"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PATIENCE_MS = 30_000


class Header(Struct, frozen=True):
    """What the first bytes of the file say."""

    version: int
    write_ahead: bool
    expected_bytes: int


def read_header(path: Path) -> Header:
    """Errors: OSError; Unreadable when the file is no store of ours, newer, or shorter than it says."""
    if path.is_dir():
        raise IsADirectoryError(21, "it is not a file")
    with path.open("rb") as file:
        first = file.read(100)
        size = os.fstat(file.fileno()).st_size
    if not first:
        raise Unreadable("empty")
    if len(first) < 100 or not first.startswith(_MAGIC):
        raise Unreadable("damaged" if first.startswith(_MAGIC) else "foreign")
    if _number(first[68:72]) != APPLICATION:
        raise Unreadable("foreign")
    version = _number(first[60:64])
    if version > VERSION:
        raise Unreadable("newer", version)
    page = _number(first[16:18])
    pages = _number(first[28:32]) if first[24:28] == first[92:96] else 0
    header = Header(version, first[18] == 2, (65536 if page == 1 else page) * pages)
    if size < header.expected_bytes and not unmerged(path):
        raise Unreadable("damaged")
    return header


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def unmerged(path: Path) -> bool:
    """Whether changes of a killed command, or of one that runs, stand in the log of SQLite beside the file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def companions(path: Path) -> tuple[Path, ...]:
    """The files SQLite keeps beside a store while it is open."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def create_file(path: Path) -> None:
    """An empty file for its owner only. Errors: OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600))


def open_for_change(path: Path) -> sqlite3.Connection:
    """A connection inside a write transaction. Errors: sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_MS / 1000, check_same_thread=False)
    try:
        if shared_by_network(path):
            # The log beside the file needs memory that computers do not share.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = NORMAL")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
        for pragma in ("synchronous = FULL", "secure_delete = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        if sys.platform == "darwin":
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
        connection.execute("BEGIN IMMEDIATE")
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that sees the store as it is now and goes on seeing it so once a transaction was begun.

    Errors: OSError, Unreadable, sqlite3.Error.
    """
    header = read_header(path)
    if not header.write_ahead:
        return _in_memory(_opened(path))
    if shared_by_network(path) or not os.access(path.parent, os.W_OK):
        return _from_bytes(path)
    connection = _opened(path)
    try:
        connection.execute("SELECT 1 FROM state").fetchone()
    except sqlite3.OperationalError:
        # On a full disk SQLite cannot make the files it wants beside the store.
        connection.close()
        if unmerged(path):
            raise
        return _from_bytes(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_MS / 1000, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """A copy, so that a reader does not stop a writer where both work on the one file."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        source.backup(copy)
    except BaseException:
        copy.close()
        raise
    finally:
        source.close()
    return copy


def _from_bytes(path: Path) -> sqlite3.Connection:
    """A copy of a file beside which nothing may be written. Errors: OSError, Unreadable, sqlite3.Error."""
    if unmerged(path):
        raise PermissionError(13, "an unfinished change must be merged, and the folder cannot be written")
    data = bytearray(path.read_bytes())
    data[18:20] = b"\x01\x01"  # it has no log beside it that would have to be read first
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        copy.deserialize(bytes(data))
    except BaseException:
        copy.close()
        raise
    return copy


@contextmanager
def copied_file(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Writes the whole store to a new file, which takes its name when the block has ended well.

    Errors: OSError, sqlite3.Error; nothing is left then.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        create_file(unfinished)
        target = sqlite3.connect(unfinished, isolation_level=None)
        try:
            target.execute("PRAGMA synchronous = FULL")
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        yield
        os.replace(unfinished, path)
        sync_folder(path.parent)
    finally:
        for leftover in (unfinished, *companions(unfinished)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def sentence(path: Path, error: sqlite3.Error | OSError, *, changing: bool) -> EventopsError:
    """The error for people; damage is not among them (see `is_damage`)."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError):
        return cannot_change(path, error, size_of(path)) if changing else cannot_read(path, error)
    if code is not None and code & 0xFF == sqlite3.SQLITE_FULL:
        return cannot_change(path, OSError(ENOSPC, "full"), size_of(path))
    if code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreUnavailable(
            "The store {path} is held by another program for longer than {seconds} s; nothing was changed. Close it "
            "there and try again.",
            path=str(path),
            seconds=_PATIENCE_MS // 1000,
        )
    reason = OSError(0, str(error))
    return cannot_change(path, reason, size_of(path)) if changing else cannot_read(path, reason)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file does not hold together."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
    # A table that is missing is damage too: the file says it is ours.
    return code & 0xFF in _DAMAGED or (code & 0xFF == sqlite3.SQLITE_ERROR)


def size_of(path: Path) -> int:
    """In bytes; 0 when it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
