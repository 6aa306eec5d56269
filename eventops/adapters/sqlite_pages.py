"""The checksums of the pages of a SQLite store, kept beside it: a byte that was altered shows also where no row lies.

SQLite leaves room in its pages, which it never reads. Which pages a change wrote stands in the log beside the file, so
the others need not be read again. The checksums carry one of their own and the generation they belong to: a program
that was killed leaves none or earlier ones, with which nothing is compared, and the next change makes them anew.
"""

import os
import sqlite3
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from struct import Struct

from eventops.adapters.sqlite_files import open_as_it_lies, remove_sums, sums_path
from eventops.adapters.store_file import Unreadable

# Not every Python can give the pages of a file that is open.
_GIVES_PAGES = hasattr(sqlite3.Connection, "serialize")
_SUM_BYTES = 8
_START = "eventops-pages 1"
# Of the log: its magic number and version, the bytes of a page, how often it was begun, its salt and checksum.
_LOG_HEADER = Struct(">IIII8s8x")
# Of each page in it: its number, after a whole change how many the store has (else 0), the salt and checksum.
_PAGE_HEADER = Struct(">II8s8x")


def renew_sums(connection: sqlite3.Connection, store: Path, generation: int) -> None:
    """Brings the checksums to a generation that was just saved through the connection; only for who holds the lock.

    Errors: OSError, sqlite3.Error.
    """
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        # Nobody knows which pages were written, and a network folder is too slow to read all.
        return
    known = _read_sums(store)
    if known is None or known[0] != generation - 1:
        write_sums(connection, store, generation)
    else:
        _write(store, generation, _with_log(known[1], store))


def write_sums(connection: sqlite3.Connection, store: Path, generation: int) -> None:
    """Takes the checksums of all pages. Errors: OSError, sqlite3.Error."""
    if _GIVES_PAGES:
        _write(store, generation, _sums_of(connection))


def check_pages(store: Path) -> None:
    """Errors: Unreadable when a page is not as it was written; OSError, sqlite3.Error."""
    known = _read_sums(store)
    if known is None or not _GIVES_PAGES:
        return
    with closing(open_as_it_lies(store)) as connection:
        (generation,) = connection.execute("SELECT coalesce(max(number), 0) FROM history").fetchone()
        if generation == known[0] and _sums_of(connection) != known[1]:
            raise Unreadable("damaged")


def _sum(page: bytes | memoryview) -> bytes:
    return sha256(page).digest()[:_SUM_BYTES]


def _sums_of(connection: sqlite3.Connection) -> bytes:
    """The checksums of all pages. Errors: sqlite3.Error."""
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    # Opening and closing the file past SQLite would drop the locks this process has on it.
    content = memoryview(connection.serialize())
    return b"".join(_sum(content[at : at + page_bytes]) for at in range(0, len(content), page_bytes))


def _with_log(sums: bytes, store: Path) -> bytes:
    """The checksums after the changes in the log beside the store. Errors: OSError."""
    begun: dict[int, bytes] = {}
    whole: dict[int, bytes] = {}
    count = len(sums) // _SUM_BYTES
    with store.with_name(store.name + "-wal").open("rb") as log:
        start = log.read(_LOG_HEADER.size)
        if len(start) < _LOG_HEADER.size:
            raise OSError(0, "somebody else emptied the log")
        _, _, page_bytes, _, salt = _LOG_HEADER.unpack(start)
        while len(header := log.read(_PAGE_HEADER.size)) == _PAGE_HEADER.size:
            page, pages_after, own_salt = _PAGE_HEADER.unpack(header)
            if own_salt != salt:
                # From here on it is what an earlier log left.
                break
            begun[page - 1] = _sum(log.read(page_bytes))
            if pages_after:
                whole.update(begun)
                begun, count = {}, pages_after
    changed = bytearray(sums[: count * _SUM_BYTES])
    # A page that is written nowhere is that of SQLite's locks, at one gigabyte.
    changed += _sum(bytes(page_bytes)) * (count - len(changed) // _SUM_BYTES)
    for page, sum in whole.items():
        if page < count:
            changed[page * _SUM_BYTES : (page + 1) * _SUM_BYTES] = sum
    return bytes(changed)


def _read_sums(store: Path) -> tuple[int, bytes] | None:
    """The generation and the checksums; None when there are none that hold together."""
    try:
        data = sums_path(store).read_bytes()
        first, _, sums = data.partition(b"\n")
        generation = int(first.split()[2])
    except (OSError, ValueError, IndexError):
        return None
    return (generation, sums) if _written(generation, sums) == data else None


def _written(generation: int, sums: bytes) -> bytes:
    digest = sha256(f"{generation} ".encode() + sums).hexdigest()
    return f"{_START} {generation} {digest}\n".encode() + sums


def _write(store: Path, generation: int, sums: bytes) -> None:
    """Written in place: what is there but in part is as good as nothing. Errors: OSError."""
    path = sums_path(store)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with open(path, "wb", opener=lambda name, _: os.open(name, flags, 0o600)) as file:
            file.write(_written(generation, sums))
    except OSError:
        # On a full disk there is better use for the room.
        with suppress(OSError):
            remove_sums(store)
        raise
