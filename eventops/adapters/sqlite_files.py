"""The file of a SQLite store: opened for reading and for changing, checked first, never readable by others."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from eventops.adapters.folders import shared_by_network
from eventops.adapters.store_file import Unreadable, cannot_change, cannot_read, sync_folder
from eventops.errors import EventopsError, StoreUnavailable

APPLICATION = int.from_bytes(b"evop", "big")
VERSION = 1
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PATIENCE_MS = 30_000
_BESIDE_BYTES = 64_000


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Errors: Unreadable when the file is no store of ours, newer, or shorter than it says; sqlite3.Error.

    SQLite reads the header: opening and closing the file past it, in a process that has a connection, would drop the
    locks of that connection (so POSIX wants it), and another process would take away what it is reading from.
    """
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise Unreadable("foreign") from error
        raise
    if application != APPLICATION:
        raise Unreadable("foreign")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise Unreadable("newer", version)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    # In this order: once everything is merged, the file has its whole length.
    if not unmerged(path) and size_of(path) < pages * page_bytes:
        raise Unreadable("damaged")


def check_file(path: Path) -> None:
    """Errors: OSError when there is no file; Unreadable when it is empty."""
    if path.is_dir():
        raise IsADirectoryError(21, "it is not a file")
    if path.stat().st_size == 0 and not unmerged(path):
        raise Unreadable("empty")


def unmerged(path: Path) -> bool:
    """Whether changes of a killed command, or of one that runs, stand in the log of SQLite beside the file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def companions(path: Path) -> tuple[Path, ...]:
    """The files SQLite keeps beside a store while it is open."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def sums_path(store: Path) -> Path:
    """The file that holds the checksums of the pages of a store."""
    return store.parent / "generations" / f"{store.stem}-pages.sums"


def remove_sums(store: Path) -> None:
    """Before pages are written past the log beside the file. Errors: OSError."""
    sums_path(store).unlink(missing_ok=True)


def create_file(path: Path) -> None:
    """An empty file for its owner only. Errors: OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600))


def open_for_change(path: Path) -> sqlite3.Connection:
    """A connection inside a write transaction. Errors: OSError, Unreadable, sqlite3.Error."""
    check_file(path)
    connection = _connected(path)
    try:
        check_ours(connection, path)
        if shared_by_network(path):
            remove_sums(path)
            # The log beside the file needs memory that computers do not share.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = NORMAL")
        elif connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            remove_sums(path)
            set_write_ahead(connection, path)
        for pragma in ("synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        if sys.platform == "darwin":
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
        connection.execute("BEGIN IMMEDIATE")
    except BaseException:
        connection.close()
        raise
    return connection


def set_write_ahead(connection: sqlite3.Connection, path: Path) -> None:
    """From now on changes are written to a log beside the file, so that readers and a writer do not wait.

    Where that cannot be, the file stays as it is, which works too: on a network folder, a full disk, while it is read.
    """
    if not shared_by_network(path):
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection inside a transaction that sees the store as it is now, and goes on seeing it so.

    Errors: OSError, Unreadable, sqlite3.Error.
    """
    check_file(path)
    if shared_by_network(path) or not os.access(path.parent, os.W_OK):
        return _in_memory(path, immutable=True)
    connection = _connected(path)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        check_ours(connection, path)
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            return connection
    except sqlite3.OperationalError:
        connection.close()
        if unmerged(path):
            raise
        # On a full disk SQLite cannot make the files it wants beside the store.
        return _in_memory(path, immutable=True)
    except BaseException:
        connection.close()
        raise
    connection.close()
    # Where both work on the one file, a reader would stop a writer.
    return _in_memory(path, immutable=False)


def open_as_it_lies(path: Path) -> sqlite3.Connection:
    """A connection to the file itself, never to a copy, inside a transaction.

    Errors: OSError, Unreadable, sqlite3.Error.
    """
    check_file(path)
    immutable = not os.access(path.parent, os.W_OK) and not unmerged(path)
    connection = _connected(path, "?immutable=1" if immutable else "")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        check_ours(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path, options: str = "") -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}{options}",
        uri=True,
        isolation_level=None,
        timeout=_PATIENCE_MS / 1000,
        check_same_thread=False,
    )
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _in_memory(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """A copy; `immutable` reads a file beside which nothing can be written. Errors: OSError, sqlite3.Error."""
    if immutable and unmerged(path):
        raise PermissionError(13, "an unfinished change must be merged, and the folder cannot be written")
    # Errors of opening are those of the system here, not of SQLite, which would only say that it cannot.
    if not os.access(path, os.R_OK):
        raise PermissionError(13, os.strerror(13))
    source = _connected(path, "?immutable=1" if immutable else "?mode=ro")
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        check_ours(source, path)
        source.backup(copy)
        copy.execute("BEGIN")
    except BaseException:
        copy.close()
        raise
    finally:
        source.close()
    return copy


@contextmanager
def copied_file(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Writes the whole store to a new file, which takes its name when the block has ended well. The copy is in the
    mode of the store, and whole without any file beside it.

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
    if code is not None and (code & 0xFF == sqlite3.SQLITE_FULL or _is_full(path)):
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


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for what SQLite keeps beside the file, which it tells as an error of input."""
    try:
        return shutil.disk_usage(path.parent).free < _BESIDE_BYTES
    except OSError:
        return False


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file does not hold together."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own complaint: text that is no UTF-8 any more.
        return "decode" in str(error) or not isinstance(error, sqlite3.OperationalError)
    # A table that is missing is damage too: the file says it is ours.
    return code & 0xFF in _DAMAGED or (code & 0xFF == sqlite3.SQLITE_ERROR)


def size_of(path: Path) -> int:
    """In bytes; 0 when it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
