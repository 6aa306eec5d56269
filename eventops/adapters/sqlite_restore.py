"""A SQLite store brought back from its copies, and what is wrong with it and with them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from eventops.adapters.file_lock import lock_held
from eventops.adapters.generations import KeptGeneration, damaged_path
from eventops.adapters.sqlite_copies import copy_problems, newest_copy, remove_copies_after, write_copy, write_restored
from eventops.adapters.sqlite_files import companions, open_as_it_lies, remove_sums
from eventops.adapters.sqlite_pages import write_sums
from eventops.adapters.sqlite_store import SQLiteGeneration, told
from eventops.adapters.store_file import Unreadable
from eventops.domain.findings import Finding
from eventops.errors import NotUsable, StoreUnavailable


def restore_store(store: Path, *, holder: str, wait_seconds: float = 30) -> KeptGeneration:
    """Puts the newest good copy, with the changes logged since, in the place of a damaged or lost store and gives it;
    what was there is kept beside it as NAME.damaged.

    Errors: NotUsable when the store is in order or no good copy is kept; StoreUnavailable when it is newer than this
    eventops, locked, or the disk fails.
    """
    store = store.resolve()
    with lock_held(store, holder, wait_seconds), told(store, changing=True):
        if store.exists() and _in_order(store):
            raise NotUsable("The store {path} is in order. Use `eventops undo` to go back.", path=str(store))
        good = newest_copy(store)
        if good is None:
            raise NotUsable(
                "No good earlier copy of the store {path} is kept beside it. Bring the workspace back from your own "
                "backup.",
                path=str(store),
            )
        restored = store.with_name(f".{store.name}.restored.tmp")
        write_restored(store, restored, good)
        if store.exists():
            store.replace(damaged_path(store))
        remove_sums(store)
        for companion in companions(store):
            companion.unlink(missing_ok=True)
        restored.replace(store)
        remove_copies_after(store, good.number)
        with suppress(OSError, sqlite3.Error), closing(open_as_it_lies(store)) as connection:
            write_copy(connection, store, good.number)
            write_sums(connection, store, good.number)
    return good


def _in_order(store: Path) -> bool:
    """Errors: StoreUnavailable when the store is newer than this eventops."""
    try:
        SQLiteGeneration(store).check()
    except StoreUnavailable as error:
        if isinstance(error.__cause__, Unreadable) and error.__cause__.reason == "newer":
            raise
        return False
    return True


def stored_problems(path: Path) -> Iterator[Finding]:
    """What is wrong with a store that opens and with its copies, all of it read.

    Errors: StoreUnavailable when the store itself is damaged.
    """
    SQLiteGeneration(path.resolve()).check()
    yield from copy_problems(path.resolve())
