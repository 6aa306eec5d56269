"""Which plugin was running when a run ended without a word: one byte in a mapped file, which outlives a crash.

Shape: byte 0 is the number of the call under way, 0 for none; from byte 16 on the calls, one JSON line each.
"""

import mmap
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

_SIZE = 65_536
_NAMES_AT = 16
_PATTERN = "running-*.mark"


class Entry(Struct, frozen=True, array_like=True):
    """A call into a plugin."""

    plugin: str
    hook: str
    name: str


class EnteredFile:
    """The mark of this run. Nothing but an ordinary end removes the file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / f"running-{os.getpid()}.mark"
        with open(self._path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.truncate(_SIZE)
        self._file = self._path.open("r+b")
        self.mark = mmap.mmap(self._file.fileno(), _SIZE)
        self._end = _NAMES_AT

    def announce(self, plugin: str, hook: str, name: str) -> None:
        """Writes down the next call's names. When the file is full the names of further calls are not known."""
        line = msgspec.json.encode(Entry(plugin, hook, name)) + b"\n"
        if self._end + len(line) < _SIZE:
            self.mark[self._end : self._end + len(line)] = line
            self._end += len(line)

    def close(self) -> None:
        """Ends the run: the mark is gone."""
        with suppress(BufferError, ValueError):
            self.mark.close()
        self._file.close()
        self._path.unlink(missing_ok=True)


def interrupted_calls(folder: Path) -> tuple[Entry, ...]:
    """The calls that earlier runs never came back from; each is told once."""
    return tuple(_told(folder))


def marks_running(file: Path) -> bool:
    """Whether the file is the mark of a run that still goes on, as this one does."""
    return file.match(_PATTERN) and _is_running(file)


def _told(folder: Path) -> Iterator[Entry]:
    for file in sorted(folder.glob(_PATTERN)):
        if _is_running(file):
            continue
        with suppress(OSError, msgspec.DecodeError, IndexError):
            content = file.read_bytes()
            names = content[_NAMES_AT:].rstrip(b"\x00").splitlines()
            if content[0]:
                yield msgspec.json.decode(names[content[0] - 1], type=Entry)
        with suppress(OSError):  # on Windows a file in use stays: that run goes on
            file.unlink()


def _is_running(file: Path) -> bool:
    """Whether the run that made the mark still goes on."""
    number = file.stem.removeprefix("running-")
    if not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    if os.name == "nt":
        return False  # there a signal would end the process; the file itself refuses to be removed
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
