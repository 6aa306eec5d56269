"""The store's file: one header line with format, version, generation and checksum; then every table as JSON, in UTF-8.

It is never written in place. A new file is written beside it, forced to the disk, and takes its name in one step, so
that a reader, a kill or a power cut meets the old file or the new one.
"""

import errno
import gc
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from tinydb import Storage

from eventops.adapters.staging import Tables
from eventops.errors import StoreUnavailable

FORMAT = "eventops-store"
VERSION = 1

FileMark = tuple[int, int, int, int]
"""Device, inode, time and size of a file: differs as soon as another file has taken its name."""

Result = TypeVar("Result")

# msgspec reports bytes that are no UTF-8 in either way.
_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP)


class Unreadable(Exception):
    """Why a file is not taken as a store: `reason` is empty, foreign, newer or damaged."""

    def __init__(self, reason: str, version: int = VERSION) -> None:
        super().__init__(reason)
        self.reason = reason
        self.version = version


class _Start(Struct):
    format: str
    version: int


class _Header(Struct):
    format: str
    version: int
    generation: int
    sha256: str


class GenerationStorage(Storage):
    """One generation of the store as TinyDB sees it: in memory, whatever TinyDB writes; `encoded` is its file."""

    def __init__(self, generation: int, tables: Tables) -> None:
        self.generation = generation
        self.tables = tables

    def read(self) -> Tables:
        return self.tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self.tables = data

    def encoded(self) -> bytes:
        """The bytes of the file."""
        body = msgspec.json.encode(self.tables)
        return _header(self.generation, body) + body


def decoded(data: bytes) -> GenerationStorage:
    """The generation in the bytes of a file. Errors: Unreadable."""
    first, newline, body = data.partition(b"\n")
    if not data:
        raise Unreadable("empty")
    try:
        start = msgspec.json.decode(first, type=_Start)
    except _NO_JSON:
        raise Unreadable("damaged" if FORMAT.encode() in first else "foreign") from None
    if start.format != FORMAT:
        raise Unreadable("foreign")
    if start.version > VERSION:
        raise Unreadable("newer", start.version)
    try:
        header = msgspec.json.decode(first, type=_Header)
        # Comparing the whole line notices every altered byte of it, in whatever field.
        if _header(header.generation, body) != first + newline:
            raise Unreadable("damaged")
        with collection_paused():
            return GenerationStorage(header.generation, msgspec.json.decode(body, type=Tables))
    except _NO_JSON:
        raise Unreadable("damaged") from None


def _header(generation: int, body: bytes) -> bytes:
    digest = sha256(f"{FORMAT} {VERSION} {generation}\n".encode())
    digest.update(body)
    header = _Header(format=FORMAT, version=VERSION, generation=generation, sha256=digest.hexdigest())
    return msgspec.json.encode(header) + b"\n"


@contextmanager
def collection_paused() -> Iterator[None]:
    """No garbage collection within the block: making many documents at once takes half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_file(path: Path) -> tuple[bytes, FileMark]:
    """The bytes of a file and its mark, both of the same file. Errors: OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a file")

    def read() -> tuple[bytes, FileMark]:
        with path.open("rb") as file:
            return file.read(), _mark(os.fstat(file.fileno()))

    return patiently(read)


def read_mark(path: Path) -> FileMark:
    """The mark of the file that has the name now. Errors: OSError."""
    return _mark(path.stat())


def _mark(status: os.stat_result) -> FileMark:
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def replace_file(path: Path, data: bytes, before_replacing: Callable[[], None] = lambda: None) -> None:
    """Puts a file with these bytes in the place of another, or where none was; the mode of the old one stays.

    Errors: StoreUnavailable. Nothing has changed then, unless the message says that the disk did not confirm.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            _write_new(temporary, data, _mode_of(path))
            before_replacing()
            patiently(lambda: os.replace(temporary, path))
        except OSError as error:
            raise cannot_change(path, error, len(data)) from error
    finally:
        # After a full disk this frees the room again; what a kill leaves is removed at the next change.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise StoreUnavailable(
            "The change is in the store {path}, but the disk did not confirm that it will survive a power cut "
            "({reason}). Look at `eventops history`, and copy the folder to another disk.",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def remove_leftovers(path: Path) -> None:
    """Removes the unfinished files a killed command left beside a file; only for the holder of the lock."""
    for leftover in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        with suppress(OSError):
            leftover.unlink()


def _write_new(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(path, "wb", buffering=0, opener=lambda name, _: os.open(name, flags, 0o600)) as file:
        if os.name != "nt":
            os.fchmod(file.fileno(), mode)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        _sync(file.fileno())


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0o600


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        # On macOS fsync alone leaves the bytes in the cache of the disk.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to the disk, where the system can. Errors: OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems know no such thing.
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def patiently(
    action: Callable[[], Result], tries: int = 12 if os.name == "nt" else 1, pause_seconds: float = 0.02
) -> Result:
    """What the action gives. On Windows a virus scanner or Excel may hold a file for a moment: it is tried again,
    for about two seconds. Errors: those of the last try."""
    for _ in range(tries - 1):
        try:
            return action()
        except PermissionError:
            sleep(pause_seconds)
            pause_seconds = min(pause_seconds * 1.6, 0.3)
    return action()


def cannot_read(path: Path, error: OSError) -> StoreUnavailable:
    """The error for a store the system does not let us read."""
    return StoreUnavailable(
        "The store {path} cannot be read ({reason}). Check that the disk is there and that you may read the file.",
        path=str(path),
        reason=error.strerror or str(error),
    )


def cannot_change(path: Path, error: OSError, size: int = 0) -> StoreUnavailable:
    """The error for a store the system does not let us change; `size` in bytes is what was to be written."""
    if error.errno in _FULL:
        return StoreUnavailable(
            "The disk is full: the store {path} was not changed and can still be read. A change needs about "
            "{megabytes} MB free in that folder; make room and try again.",
            path=str(path),
            megabytes=max(1, round(size * 1.1 / 1_000_000)),
        )
    return StoreUnavailable(
        "The store {path} was not changed, because its folder cannot be written ({reason}). Check the disk and that "
        "you may write in the folder, and try again.",
        path=str(path),
        reason=error.strerror or str(error),
    )
