"""The stores of the core: one file by TinyDB, which is the default, and one by SQLite for large events."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eventops.domain.findings import Finding
from eventops.domain.texts import Text
from eventops.extension.spec import StoreScheme

if TYPE_CHECKING:
    from eventops.extension.ports import Store

# Each store is imported when it is opened: TinyDB takes 20 ms, sqlite3 another 10.


def _file(url: str) -> Path:
    return Path(url.partition(":")[2])


def _open_tinydb(url: str) -> "Store":
    from eventops.adapters.tinydb_store import open_store

    return open_store(_file(url))


def _create_tinydb(url: str) -> "Store":
    from eventops.adapters.tinydb_store import create_store

    return create_store(_file(url))


def _restore_tinydb(url: str, holder: str, wait_seconds: float) -> tuple[int, datetime | None]:
    from eventops.adapters.generations import restore_store

    kept = restore_store(_file(url), holder=holder, wait_seconds=wait_seconds)
    return kept.number, kept.at


def _check_tinydb(url: str) -> Iterable[Finding]:
    from eventops.adapters.generations import kept_problems

    return kept_problems(_file(url))


def _open_sqlite(url: str) -> "Store":
    from eventops.adapters.sqlite_store import open_store

    return open_store(_file(url))


def _create_sqlite(url: str) -> "Store":
    from eventops.adapters.sqlite_store import create_store

    return create_store(_file(url))


def _restore_sqlite(url: str, holder: str, wait_seconds: float) -> tuple[int, datetime | None]:
    from eventops.adapters.sqlite_restore import restore_store

    kept = restore_store(_file(url), holder=holder, wait_seconds=wait_seconds)
    return kept.number, kept.at


def _check_sqlite(url: str) -> Iterable[Finding]:
    from eventops.adapters.sqlite_restore import stored_problems

    return stored_problems(_file(url))


def _nothing_to_migrate(url: str) -> tuple[int, int]:
    """Both formats have one version so far; opening refuses any other."""
    return 1, 1


TINYDB = StoreScheme(
    name="tinydb",
    title=Text("one file, up to some ten thousand people"),
    open=_open_tinydb,
    create=_create_tinydb,
    migrate=_nothing_to_migrate,
    restore=_restore_tinydb,
    check=_check_tinydb,
    file="eventops.json",
)
SQLITE = StoreScheme(
    name="sqlite",
    title=Text("one file, for large events on one computer"),
    open=_open_sqlite,
    create=_create_sqlite,
    migrate=_nothing_to_migrate,
    restore=_restore_sqlite,
    check=_check_sqlite,
    file="eventops.db",
)
SCHEMES = (TINYDB, SQLITE)
