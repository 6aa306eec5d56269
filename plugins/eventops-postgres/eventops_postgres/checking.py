"""Reading everything an event has in the database, for `eventops doctor --deep`."""

from collections.abc import Iterator

import msgspec

from eventops import Finding, Severity, Text
from eventops_postgres.addresses import address_of
from eventops_postgres.connections import Connection, connected
from eventops_postgres.rows import StoredTables, decoded

UNREADABLE = Text(
    "{kind} {id} in the database cannot be read; somebody changed it past eventops",
    fr="{kind} {id} ne peut pas être lu dans la base de données ; il a été modifié hors d’eventops",
    ar="تعذرت قراءة {kind} {id} في قاعدة البيانات؛ فقد عُدّل خارج eventops",
)
DIFFERS = Text(
    "The database is at generation {generation}, its history ends with {number}; somebody changed it past eventops",
    fr="La base de données en est à la génération {generation}, son historique s’arrête à {number} ; "
    "elle a été modifiée hors d’eventops",
    ar="قاعدة البيانات عند النسخة {generation} بينما ينتهي سجلها عند {number}؛ فقد عُدّلت خارج eventops",
)


def stored_problems(url: str) -> Iterator[Finding]:
    """What is wrong with the rows of an event. Errors: StoreUnavailable when the server does not answer."""
    address = address_of(url)
    with connected(address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield from _counted(connection, address.event)
        tables = StoredTables(connection, address.event)
        for kind in tables:
            for id, row in tables[kind].rows():
                if not _readable(row.body):
                    yield _unreadable(kind, id)
        before = connection.execute(
            "SELECT kind, id, coalesce(exact, data::text) FROM eventops_before WHERE event = %s", (address.event,)
        )
        for kind, id, body in before:
            if not _readable(body):
                yield _unreadable(kind, id)
        connection.execute("ROLLBACK")


def _counted(connection: Connection, event: str) -> Iterator[Finding]:
    found = connection.execute(
        """
        SELECT generation, (SELECT coalesce(max(number), 0) FROM eventops_history WHERE event = %s)
        FROM eventops_event WHERE event = %s
        """,
        (event, event),
    ).fetchone()
    if found is not None and found[0] != found[1]:
        values: dict[str, object] = {"generation": found[0], "number": found[1]}
        yield Finding(severity=Severity.ERROR, code="kept-damaged", message=DIFFERS, values=values)


def _readable(body: str) -> bool:
    try:
        decoded(body)
    except (msgspec.DecodeError, UnicodeError):
        return False
    return True


def _unreadable(kind: str, id: str) -> Finding:
    return Finding(severity=Severity.ERROR, code="kept-damaged", message=UNREADABLE, values={"kind": kind, "id": id})
