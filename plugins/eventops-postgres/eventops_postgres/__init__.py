"""A store for teams: the facts of many events in one PostgreSQL database, many coordinators at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eventops import Finding, StoreScheme, Text, hookimpl

if TYPE_CHECKING:
    from eventops_postgres.store import PostgresStore

TITLE = Text(
    "a PostgreSQL database, for teams",
    fr="une base de données PostgreSQL, pour les équipes",
    ar="قاعدة بيانات PostgreSQL، لعمل الفرق",
)

# psycopg takes 80 ms to import: only a command that opens such a store pays for it.


def _open(url: str) -> "PostgresStore":
    from eventops_postgres.store import open_store

    return open_store(url)


def _create(url: str) -> "PostgresStore":
    from eventops_postgres.store import create_store

    return create_store(url)


def _migrate(url: str) -> tuple[int, int]:
    from eventops_postgres.schema import migrate

    return migrate(url)


def _check(url: str) -> Iterable[Finding]:
    from eventops_postgres.checking import stored_problems

    return stored_problems(url)


@hookimpl
def eventops_stores() -> tuple[StoreScheme, ...]:
    return tuple(
        StoreScheme(name=name, title=TITLE, open=_open, create=_create, migrate=_migrate, check=_check)
        for name in ("postgresql", "postgres")
    )
