"""What a SQLite store can be brought back from: whole copies in the folder `generations`, each with a log of the
changes made since.

SQLite itself has nothing to offer when its file was cut short or overwritten. A whole copy at every change would cost
a second in a large store; one line in a log costs nothing, and a new copy is made when the log has grown.
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from eventops.adapters.generations import (
    KeptGeneration,
    damaged_path,
    generation_path,
    kept_at,
    kept_copy_damaged,
)
from eventops.adapters.sqlite_files import companions, copied_file, open_for_reading, set_write_ahead
from eventops.adapters.sqlite_rows import (
    Changed,
    StoredTables,
    entries_of,
    last_entry,
    write_changes,
    write_entry,
)
from eventops.adapters.store_file import Unreadable
from eventops.domain.findings import Finding
from eventops.domain.keeping.history import HistoryEntry, verify

COPIES = 2
_SMALLEST_LOG = 1_000_000


class LoggedChange(Struct, frozen=True):
    """One line of a log."""

    entry: HistoryEntry
    documents: tuple[Changed, ...]


class LogMark(Struct, frozen=True, order=True):
    """Which copy is the newest, and how long its log is."""

    copy: int = -1
    log_bytes: int = 0


def log_path(store: Path, number: int) -> Path:
    """The log of the changes since the copy of that generation."""
    return generation_path(store, number).with_suffix(".log")


def logged_line(entry: HistoryEntry, documents: Sequence[Changed]) -> bytes:
    """A line of a log: its checksum, then the change as JSON."""
    data = msgspec.json.encode(LoggedChange(entry, tuple(documents)))
    return sha256(data).hexdigest().encode() + b" " + data + b"\n"


def changes_in(log: bytes) -> Iterator[LoggedChange]:
    """The changes of a log up to the first line that is not whole."""
    for line in log.splitlines(keepends=True):
        checksum, _, data = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n") or sha256(data).hexdigest().encode() != checksum:
            return
        try:
            yield msgspec.json.decode(data, type=LoggedChange)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError):
            return


def log_may_grow(mark: LogMark, line: bytes, store_bytes: int) -> bool:
    """Whether another line is better than a new copy."""
    return mark.copy >= 0 and mark.log_bytes + len(line) <= max(_SMALLEST_LOG, store_bytes // 2)


def read_mark(store: Path) -> LogMark:
    """The newest copy that has a log, and the length of that log on the disk."""
    numbers = [number for number, file in _files(store) if file.suffix == ".log"]
    for number in sorted(numbers, reverse=True):
        try:
            return LogMark(number, log_path(store, number).stat().st_size)
        except OSError:
            continue
    return LogMark()


def append_line(store: Path, number: int, line: bytes) -> None:
    """Adds a change to the log of a copy. Errors: OSError."""
    descriptor = os.open(log_path(store, number), os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        rest = memoryview(line)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def write_copy(connection: sqlite3.Connection, store: Path, number: int) -> None:
    """Copies the store as generation `number`, with an empty log, and removes what is older than the copy before.

    Errors: OSError, sqlite3.Error.
    """
    log = log_path(store, number)
    with copied_file(connection, generation_path(store, number)):
        log.unlink(missing_ok=True)
        os.close(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copies = sorted({found for found, file in _files(store) if file.suffix == store.suffix})
    remove_copies(store, keep=[number, *copies[-COPIES:]])


def remove_copies(store: Path, keep: Sequence[int] = ()) -> None:
    """Removes copies and logs of other generations, and unfinished ones."""
    for number, file in _files(store):
        if number not in keep:
            # What cannot be removed now is tried again at the next copy.
            with suppress(OSError):
                file.unlink()


def remove_copies_after(store: Path, number: int) -> None:
    """Removes the copies of later generations: of a history that was given up, for they could not be read."""
    for later, file in _files(store):
        if later > number:
            with suppress(OSError):
                file.unlink()


def erase_copies(store: Path) -> None:
    """Removes every copy, every log and what was set aside. Errors: OSError."""
    for _, file in _files(store):
        file.unlink()
    damaged_path(store).unlink(missing_ok=True)


def newest_copy(store: Path) -> KeptGeneration | None:
    """The newest good copy, with the changes its log adds."""
    numbers = {number for number, file in _files(store) if file.suffix == store.suffix}
    for number in sorted(numbers, reverse=True):
        file = generation_path(store, number)
        try:
            with closing(open_for_reading(file)) as connection:
                check_whole(connection)
                entries = entries_of(connection)
        except (OSError, sqlite3.Error, Unreadable):
            continue
        added = [one.entry for one in _following(store, number, len(entries))]
        return kept_at(number + len(added), file, [*entries, *added])
    return None


def copy_problems(store: Path) -> Iterator[Finding]:
    """What is wrong with the whole copies and their logs, each read whole."""
    for _, file in sorted(_files(store)):
        try:
            if file.suffix == store.suffix:
                with closing(open_for_reading(file)) as connection:
                    check_whole(connection)
            elif file.suffix == ".log":
                log = file.read_bytes()
                if sum(1 for _ in changes_in(log)) != len(log.splitlines()):
                    yield kept_copy_damaged(file)
        except (OSError, sqlite3.Error, Unreadable):
            yield kept_copy_damaged(file)


def check_whole(connection: sqlite3.Connection) -> None:
    """Errors: Unreadable, sqlite3.Error when anything in a store is not as it was written."""
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise Unreadable("damaged")
    tables = StoredTables(connection)
    counted = 0
    for rows in (tables[kind] for kind in tables):
        counted += sum(1 for _ in rows.rows())
    (documents,) = connection.execute("SELECT count(*) FROM document").fetchone()
    if counted != documents or verify(entries_of(connection)) is not None:
        raise Unreadable("damaged")


def write_restored(store: Path, target: Path, found: KeptGeneration) -> None:
    """Writes a store from a good copy and its log to a new file. Errors: OSError, sqlite3.Error, Unreadable."""
    target.unlink(missing_ok=True)
    with closing(open_for_reading(found.file)) as source, copied_file(source, target):
        pass
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        # Nothing may stay in a log beside the file, which will take another name.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        last = last_entry(connection)
        for logged in _following(store, _number(found.file), last.number if last else 0):
            write_changes(connection, logged.entry.number, logged.documents)
            write_entry(connection, logged.entry)
        # The copy that will be made of it.
        connection.execute("UPDATE state SET copy = ?, log_bytes = 0", (found.number,))
        connection.execute("COMMIT")
        set_write_ahead(connection, target)
    for companion in companions(target):
        companion.unlink(missing_ok=True)


def _following(store: Path, copy: int, generation: int) -> Iterator[LoggedChange]:
    """The changes of a copy's log that follow its generation without a gap."""
    try:
        log = log_path(store, copy).read_bytes()
    except OSError:
        return
    for logged in changes_in(log):
        generation += 1
        if logged.entry.number != generation:
            return
        yield logged


def _number(file: Path) -> int:
    return int(file.stem.rpartition("-")[2])


def _files(store: Path) -> tuple[tuple[int, Path], ...]:
    """Copies, logs and unfinished copies beside a store, with the generation they begin at."""
    name = re.compile(rf"\.?{re.escape(store.stem)}-(\d{{8,}})(?:{re.escape(store.suffix)}|\.log)(?:\.tmp(?:-\w+)?)?")
    folder = store.parent / "generations"
    try:
        found = [(match, folder / entry) for entry in os.listdir(folder) if (match := name.fullmatch(entry))]
    except OSError:
        return ()
    return tuple((int(match[1]), file) for match, file in found)
