"""One writer at a time: a lock of the operating system over a file beside the store.

The lock belongs to the open file, so it vanishes with the process however that ends; the words in the file only
tell the others who holds it. The file itself stays: removing it would let two writers lock two different files.
"""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import EACCES, EAGAIN, EDEADLK, EWOULDBLOCK
from pathlib import Path
from time import monotonic, sleep

import msgspec
from msgspec import Struct

from eventops.errors import StoreUnavailable

_HELD = (EACCES, EAGAIN, EDEADLK, EWOULDBLOCK)

if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked: lock a byte far behind the words.
    _FAR = 1 << 30

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    # flock and not lockf: the latter is lost as soon as the process closes any other handle on the file.
    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class LockHolder(Struct, frozen=True, kw_only=True):
    """Who holds a lock, as written in the lock file."""

    holder: str
    host: str
    process: int
    since: datetime


@contextmanager
def lock_held(store: Path, holder: str, wait_seconds: float) -> Iterator[None]:
    """Holds the store's lock for the block.

    Errors: StoreUnavailable when another holds it for longer than `wait_seconds`, or it cannot be taken at all.
    """
    path = lock_path(store)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        raise _cannot_lock(store, error) from error
    try:
        _wait(descriptor, store, wait_seconds)
        try:
            _write_holder(descriptor, holder)
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            _unlock(descriptor)
    finally:
        os.close(descriptor)


def lock_path(store: Path) -> Path:
    """The lock file of a store."""
    return store.with_name(store.name + ".lock")


def read_lock_holder(store: Path) -> LockHolder | None:
    """Who says to hold the lock; None when nobody does or the words cannot be read."""
    try:
        return msgspec.json.decode(lock_path(store).read_bytes(), type=LockHolder)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _wait(descriptor: int, store: Path, wait_seconds: float) -> None:
    deadline = monotonic() + wait_seconds
    pause = 0.002
    while True:
        try:
            return _lock(descriptor)
        except OSError as error:
            if error.errno not in _HELD:
                raise _cannot_lock(store, error) from error
        left = deadline - monotonic()
        if left <= 0:
            raise _busy(store, wait_seconds)
        sleep(min(pause, left))
        pause = min(pause * 1.5, 0.05)


def _write_holder(descriptor: int, holder: str) -> None:
    words = LockHolder(holder=holder, host=socket.gethostname(), process=os.getpid(), since=datetime.now(UTC))
    # On a full disk the lock holds all the same; only its holder stays unnamed.
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, msgspec.json.encode(words))


def _busy(store: Path, wait_seconds: float) -> StoreUnavailable:
    held = read_lock_holder(store)
    if held is None:
        return StoreUnavailable(
            "The store {path} is being changed by another command; after waiting {seconds} s nothing was changed. "
            "Try again when it has ended, or wait longer with --wait.",
            path=str(store),
            seconds=wait_seconds,
        )
    return StoreUnavailable(
        "The store {path} is being changed by {holder} (process {process} on {host}, since {since}); after waiting "
        "{seconds} s nothing was changed. Try again when that command has ended, or wait longer with --wait.",
        path=str(store),
        holder=held.holder,
        process=held.process,
        host=held.host,
        since=held.since.replace(microsecond=0),
        seconds=wait_seconds,
    )


def _cannot_lock(store: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        "The store {path} cannot be changed, because its lock file {lock} cannot be taken ({reason}). Nothing was "
        "changed. Check that you may write in that folder and that it is on a disk of this computer.",
        path=str(store),
        lock=str(lock_path(store)),
        reason=error.strerror or str(error),
    )
