"""The earlier generations of a store, in the folder `generations` beside it: what undo and restore read.

A generation is kept as a second name of the old file (a hard link): it costs no time and no writing.
"""

import os
import re
import shutil
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from eventops.adapters.file_lock import lock_held
from eventops.adapters.staging import HISTORY, erased_from
from eventops.adapters.store_file import (
    VERSION,
    GenerationStorage,
    Unreadable,
    cannot_change,
    cannot_read,
    decoded,
    read_file,
    remove_leftovers,
    replace_file,
    sync_folder,
)
from eventops.domain.findings import Finding, Severity
from eventops.domain.keeping.history import HistoryEntry, verify
from eventops.domain.texts import Text
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Erased


class KeptGeneration(Struct, frozen=True, kw_only=True):
    """A good earlier generation: its file, and the time of its last change (None before the first)."""

    number: int
    file: Path
    at: datetime | None


def generation_path(store: Path, number: int) -> Path:
    """The file in which a generation of a store is kept."""
    return store.parent / "generations" / f"{store.stem}-{number:08d}{store.suffix}"


def history_in(storage: GenerationStorage) -> tuple[HistoryEntry, ...]:
    """The history up to that generation, oldest first."""
    return msgspec.convert(tuple(storage.tables.get(HISTORY, {}).values()), tuple[HistoryEntry, ...])


def write_kept(store: Path, number: int) -> None:
    """Keeps the store's present file as that generation. Errors: OSError."""
    kept = generation_path(store, number)
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    if kept.exists():
        if kept.samefile(store):
            return
        # Of a history that was given up when an earlier generation was restored.
        kept.unlink()
    try:
        os.link(store, kept)
    except OSError:
        # Memory sticks (FAT, exFAT) know no second names; whatever else is wrong fails again here.
        _write_copy(store, kept)
    sync_folder(kept.parent)


def _write_copy(store: Path, kept: Path) -> None:
    unfinished = kept.with_name(f".{kept.name}.tmp")
    try:
        shutil.copy(store, unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, kept)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def remove_unkept(store: Path, keep: Container[int]) -> None:
    """Removes the kept generations that are on nobody's way back any more, and copies a killed command left."""
    for number, file in _kept_files(store, unfinished=True):
        if number not in keep:
            # What cannot be removed now is tried again after the next change, which must not fail for it.
            with suppress(OSError):
                file.unlink()


def erase_kept(store: Path, mentioning: str, erased: Erased) -> None:
    """Erases from every kept generation; what cannot be read is removed, copies set aside too.

    Errors: StoreUnavailable when the disk fails.
    """
    damaged_path(store).unlink(missing_ok=True)
    for _, file in _kept_files(store, unfinished=True):
        try:
            storage = decoded(read_file(file)[0])
        except (OSError, Unreadable):
            file.unlink(missing_ok=True)
            continue
        write_erased(file, storage, mentioning, erased)


def write_erased(file: Path, storage: GenerationStorage, mentioning: str, erased: Erased) -> None:
    """Writes a generation without what is erased. Errors: StoreUnavailable."""
    tables = erased_from(storage.tables, mentioning, erased)
    if tables != storage.tables or not file.exists():
        replace_file(file, GenerationStorage(storage.generation, tables).encoded())


def kept_problems(store: Path) -> Iterator[Finding]:
    """What is wrong with the kept generations, each read whole."""
    for number, file in sorted(_kept_files(store)):
        try:
            storage = decoded(read_file(file)[0])
            good = storage.generation == number and verify(history_in(storage)) is None
        except (OSError, Unreadable, msgspec.ValidationError):
            good = False
        if not good:
            yield kept_copy_damaged(file)


def kept_copy_damaged(file: Path) -> Finding:
    """The finding about a copy that cannot be used."""
    return Finding(
        severity=Severity.WARNING,
        code="kept-damaged",
        message=Text(
            "The kept copy {file} is damaged: the changes it would take back stay. Check the disk; the store itself is "
            "in order."
        ),
        values={"file": str(file)},
    )


def damaged_path(store: Path) -> Path:
    """Where a damaged store is set aside when a good generation takes its place."""
    return store.with_name(store.name + ".damaged")


def kept_numbers(store: Path) -> tuple[int, ...]:
    """The numbers of the kept generations, read or not."""
    return tuple(sorted(number for number, _ in _kept_files(store)))


def load_kept(store: Path, number: int) -> GenerationStorage | None:
    """A kept generation; None when it is not kept. Errors: StoreUnavailable when it cannot be read or is damaged."""
    file = generation_path(store, number)
    try:
        storage = decoded(read_file(file)[0])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_read(file, error) from error
    except Unreadable as error:
        raise StoreUnavailable(
            "The kept generation {file} is damaged, so that change cannot be taken back. The store itself is in "
            "order and was not changed.",
            file=str(file),
        ) from error
    return storage if storage.generation == number else None


def newest_good(store: Path) -> KeptGeneration | None:
    """The newest kept generation that is in order."""
    for number, file in sorted(_kept_files(store), reverse=True):
        try:
            storage = decoded(read_file(file)[0])
        except (OSError, Unreadable):
            continue
        return kept_at(number, file, history_in(storage))
    return None


def kept_at(number: int, file: Path, entries: Sequence[HistoryEntry]) -> KeptGeneration:
    """A kept generation with this history."""
    return KeptGeneration(number=number, file=file, at=entries[-1].at if entries else None)


def restore_store(store: Path, *, holder: str, wait_seconds: float = 30) -> KeptGeneration:
    """Puts the newest good generation in the place of a damaged or lost store and gives it; what was there is kept
    beside it as NAME.damaged.

    Errors: NotUsable when the store is in order or no good generation is kept; StoreUnavailable when it is newer
    than this eventops, locked, or the disk fails.
    """
    store = store.resolve()
    with lock_held(store, holder, wait_seconds):
        remove_leftovers(store)
        try:
            decoded(read_file(store)[0])
        except FileNotFoundError:
            pass
        except Unreadable as error:
            if error.reason == "newer":
                raise refusal(store, error) from error
        except OSError as error:
            raise cannot_read(store, error) from error
        else:
            raise NotUsable("The store {path} is in order. Use `eventops undo` to go back.", path=str(store))
        good = newest_good(store)
        if good is None:
            raise NotUsable(
                "No good earlier copy of the store {path} is kept beside it. Bring the workspace back from your own "
                "backup.",
                path=str(store),
            )
        _write_restored(store, good)
    return good


def _write_restored(store: Path, good: KeptGeneration) -> None:
    aside = damaged_path(store)
    try:
        data, _ = read_file(good.file)
        if store.exists():
            shutil.copy(store, aside)
    except OSError as error:
        raise cannot_change(store, error) from error
    replace_file(store, data)


def refusal(store: Path, problem: Unreadable) -> StoreUnavailable:
    """The error for a file that is no usable store, with the way out of it."""
    return refusal_with(store, problem, None if problem.reason == "newer" else newest_good(store))


def refusal_with(store: Path, problem: Unreadable, good: KeptGeneration | None) -> StoreUnavailable:
    """The same when the newest good copy is known."""
    if problem.reason == "newer":
        return StoreUnavailable(
            "The store {path} was written by a newer eventops (its format is {version}, this one knows up to {known}); "
            "it was not touched. Install the newer eventops and try again.",
            path=str(store),
            version=problem.version,
            known=VERSION,
        )
    if good is None:
        return StoreUnavailable(_WITHOUT_COPY[problem.reason], path=str(store))
    return StoreUnavailable(_WITH_COPY[problem.reason], path=str(store), number=good.number, file=str(good.file))


_WITH_COPY = {
    "empty": (
        "The store {path} is empty: its content was lost. It was not touched. The newest good copy is generation "
        "{number} ({file}); `eventops history restore` brings it back."
    ),
    "foreign": (
        "The file {path} is not a store of eventops: something else was put in its place. It was not touched. The "
        "newest good copy is generation {number} ({file}); `eventops history restore` brings it back."
    ),
    "behind": (
        "The store {path} lacks changes that were saved: an older file was put in its place, or a part beside it was "
        "lost. It was not touched. The newest good copy is generation {number} ({file}); `eventops history restore` "
        "brings it back. To keep the older file, move that folder away."
    ),
    "damaged": (
        "The store {path} is damaged: it was cut short or altered after it was written. It was not touched. The "
        "newest good copy is generation {number} ({file}); `eventops history restore` brings it back."
    ),
}

_WITHOUT_COPY = {
    "empty": (
        "The store {path} is empty: its content was lost. It was not touched, and no good earlier copy is kept beside "
        "it. Bring the workspace back from your own backup."
    ),
    "foreign": (
        "The file {path} is not a store of eventops. It was not touched. Name another folder with -w, or bring the "
        "workspace back from your own backup."
    ),
    "behind": (
        "The store {path} lacks changes that were saved: an older file was put in its place, or a part beside it was "
        "lost. It was not touched, and no good copy is kept beside it. Move the folder generations away to keep this "
        "file, or bring the workspace back from your own backup."
    ),
    "damaged": (
        "The store {path} is damaged: it was cut short or altered after it was written. It was not touched, and no "
        "good earlier copy is kept beside it. Bring the workspace back from your own backup."
    ),
}


def _kept_files(store: Path, unfinished: bool = False) -> tuple[tuple[int, Path], ...]:
    pattern = re.escape(store.stem) + r"-(\d{8,})" + re.escape(store.suffix)
    name = re.compile(rf"\.?{pattern}(?:\.tmp)?" if unfinished else pattern)
    folder = store.parent / "generations"
    try:
        found = [(match, folder / entry) for entry in os.listdir(folder) if (match := name.fullmatch(entry))]
    except OSError:
        return ()
    return tuple((int(match[1]), file) for match, file in found)
