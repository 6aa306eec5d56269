"""A power cut at every moment of a save, in every state the disk may then be in.

The calls of a real save are recorded. What was not forced to the disk may be there, half there, there as zeros, or not
at all, in any combination: names and contents are two things, and the system may write the later one first. Each such
state is put into a folder of its own and opened.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from eventops.adapters.tinydb_store import create_store, open_store
from eventops.domain.keeping.history import Stamp
from eventops.errors import EventopsError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files are told apart by inodes here")

STAMP = Stamp(actor="power", at=datetime(2023, 10, 14, tzinfo=UTC), command="participant set")
NOTE = "ملاحظة " * 50

Names = dict[str, int]
"""Names of files, relative to the folder, and the number of the file each points to."""

Event = tuple[str, Any, Any]


class Disk:
    """What is surely on the disk, and what the system may still hold back."""

    def __init__(self, names: Names, contents: dict[int, bytes]) -> None:
        self.names = dict(names)
        self.sure: dict[int, bytes] = dict(contents)
        self.loose: dict[int, bytes] = {}
        self.waiting: list[tuple[str, Names, tuple[str, ...]]] = []

    def apply(self, event: Event) -> None:
        match event:
            case ("write", file, data):
                self.loose[file] = data
            case ("sync-file", file, _):
                if file in self.loose:
                    self.sure[file] = self.loose.pop(file)
            case ("names", folder, (added, removed)):
                self.waiting.append((folder, added, removed))
            case ("sync-folder", folder, _):
                for _, added, removed in (one for one in self.waiting if one[0] == folder):
                    self.names = _renamed(self.names, added, removed)
                self.waiting = [one for one in self.waiting if one[0] != folder]

    def states(self) -> Iterator[dict[str, bytes]]:
        """Every state that may be found after a power cut now."""
        for came in product((False, True), repeat=len(self.waiting)):
            names = self.names
            for there, (_, added, removed) in zip(came, self.waiting, strict=True):
                names = _renamed(names, added, removed) if there else names
            files = sorted(set(names.values()))
            for contents in product(*(self._contents(file) for file in files)):
                found = dict(zip(files, contents, strict=True))
                yield {name: found[file] for name, file in names.items()}

    def _contents(self, file: int) -> Sequence[bytes]:
        if file not in self.loose:
            return [self.sure.get(file, b"")]
        data = self.loose[file]
        return list(dict.fromkeys((self.sure.get(file, b""), data[: len(data) // 2], bytes(len(data)), data)))


def _renamed(names: Names, added: Names, removed: Sequence[str]) -> Names:
    return {name: file for name, file in names.items() if name not in removed} | added


def present(folder: Path) -> tuple[Names, dict[int, bytes]]:
    """The names and contents of a folder now; the lock tells nothing that outlives its holder."""
    names: Names = {}
    contents: dict[int, bytes] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".lock":
            number = file.stat().st_ino
            names[str(file.relative_to(folder))] = number
            contents[number] = file.read_bytes()
    return names, contents


class Recorder:
    """Writes down what a save does to a folder, call by call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names, self.contents = present(folder)
        self.start = Disk(self.names, self.contents)
        self.events: list[Event] = []

    def look(self) -> None:
        """What changed since the last look, as the system sees it."""
        names, contents = present(self.folder)
        for file, data in contents.items():
            if self.contents.get(file) != data:
                self.events.append(("write", file, data))
        added = {name: file for name, file in names.items() if self.names.get(name) != file}
        removed = tuple(name for name in self.names if name not in names)
        if added or removed:
            folder = str(Path(next(iter((*added, *removed)))).parent)
            self.events.append(("names", folder, (added, removed)))
        self.names, self.contents = names, contents

    def watched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """From here on every call that orders or forces something is seen."""
        real_sync = os.fsync

        def fsync(descriptor: int) -> None:
            self.look()
            real_sync(descriptor)
            place = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
            if place.is_dir():
                self.events.append(("sync-folder", str(place.relative_to(self.folder)), None))
            else:
                self.events.append(("sync-file", os.fstat(descriptor).st_ino, None))

        def seen(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **options: Any) -> Any:
                self.look()
                done = real(*args, **options)
                self.look()
                return done

            return call

        monkeypatch.setattr(os, "fsync", fsync)
        for name in ("open", "link", "replace", "rename", "unlink", "mkdir"):
            monkeypatch.setattr(os, name, seen(getattr(os, name)))


def save(path: Path, number: int) -> None:
    with open_store(path).change(STAMP) as change:
        for person in range(10):
            change.put("person", f"p{person}", {"round": number, "note": NOTE})


def round_in(path: Path) -> int | str:
    """The number of the change found in a store; why it cannot be read otherwise."""
    try:
        return int((open_store(path).get("person", "p0") or {"round": -1})["round"])
    except EventopsError as error:
        return error.message


def states_of_a_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changed: Callable[[Event], bool] = lambda event: True
) -> Iterator[tuple[bool, dict[str, bytes]]]:
    """Every state a power cut may leave, and whether the save had said that it is done. `changed` drops calls."""
    path = folder / "store.json"
    create_store(path)
    for number in range(1, 13):
        save(path, number)
    recorder = Recorder(folder)
    with monkeypatch.context() as patched:
        recorder.watched(patched)
        save(path, 13)
        recorder.look()
    disk = recorder.start
    events = [event for event in recorder.events if changed(event)]
    assert {event[0] for event in recorder.events} == {"write", "names", "sync-file", "sync-folder"}
    for event in events:
        for state in deepcopy(disk).states():
            yield False, state
        disk.apply(event)
    # What follows the last forcing only tidies up: the save is not done before its last call.
    for state in disk.states():
        yield True, state


def found_after(states: Iterator[tuple[bool, dict[str, bytes]]], folder: Path) -> dict[bool, set[int | str]]:
    """What is found in the store by then, before and after the save was done."""
    found: dict[bool, set[int | str]] = {False: set(), True: set()}
    for number, (done, state) in enumerate(states):
        place = folder / str(number)
        for name, data in state.items():
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        found[done].add(round_in(place / "store.json"))
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the name of an open file is asked of /proc")
def test_a_power_cut_leaves_the_old_state_or_the_new_one_and_what_was_told_saved_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = list(states_of_a_save(tmp_path / "recorded", monkeypatch))
    assert len(states) > 20
    assert found_after(iter(states), tmp_path / "after") == {False: {12, 13}, True: {13}}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the name of an open file is asked of /proc")
@pytest.mark.parametrize(("forgotten", "lost"), [("sync-file", "damaged"), ("sync-folder", "12")])
def test_without_one_of_the_forcing_calls_the_model_finds_the_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str, lost: str
) -> None:
    states = states_of_a_save(tmp_path / "recorded", monkeypatch, lambda event: event[0] != forgotten)
    found = found_after(states, tmp_path / "after")
    assert any(lost in str(one) for one in found[True])
