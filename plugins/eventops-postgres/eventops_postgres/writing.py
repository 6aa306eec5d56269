"""Writing a change: documents, what they were before, and the entry of the history."""

from collections.abc import Sequence

import msgspec

from eventops import Document, Erased, HistoryEntry, holds, kept_generations, storable
from eventops_postgres.connections import Connection
from eventops_postgres.rows import State, Statements, StoredTables, columns_of, decoded

Changed = tuple[str, str, Document | None, int | None]
"""Kind, id, the document as it shall be (None removes it), and its place in the order where it had one before."""

_DOCUMENT = "event, kind, id, position, version, data, exact"
_BEFORE = "event, number, kind, id, position, data, exact"


def write_change(
    connection: Connection,
    event: str,
    state: State,
    entry: HistoryEntry,
    changes: Sequence[Changed],
    tables: StoredTables,
) -> None:
    """Writes documents as of an entry, keeps what was there before it, and appends the entry to the history; `tables`
    are the documents as they are."""
    statements = Statements(connection)
    _add_changes(statements, event, state, entry.number, changes, tables)
    _add_entry(statements, event, state, entry)
    statements.send()


def _add_changes(
    statements: Statements,
    event: str,
    state: State,
    number: int,
    changes: Sequence[Changed],
    tables: StoredTables,
) -> None:
    position = state.next_position
    added: list[tuple[object, ...]] = []
    before: list[tuple[object, ...]] = []
    for kind, id, document, place in changes:
        old = tables[kind].row(id)
        if old is not None:
            before.append((event, number, kind, id, old.position, *columns_of(decoded(old.body))))
            place = old.position
        if document is None:
            continue
        if place is None:
            place, position = position, position + 1
        added.append((event, kind, id, place, number, *columns_of(document)))
    for row in before:
        statements.add("DELETE FROM eventops_document WHERE event = %s AND kind = %s AND id = %s", (event, *row[2:4]))
    statements.add_rows("eventops_before", _BEFORE, before)
    statements.add_rows("eventops_document", _DOCUMENT, added)
    statements.add("INSERT INTO eventops_kept (event, number) VALUES (%s, %s)", (event, number))
    statements.add(
        "UPDATE eventops_event SET generation = %s, next_position = %s WHERE event = %s", (number, position, event)
    )


def _add_entry(statements: Statements, event: str, state: State, entry: HistoryEntry) -> None:
    """Appends to the history, and lets go of earlier states that are on nobody's way back any more."""
    statements.add(
        "INSERT INTO eventops_history (event, number, takes_back, hash, entry) VALUES (%s, %s, %s, %s, %s)",
        (event, entry.number, entry.takes_back, entry.hash, msgspec.json.encode(entry).decode()),
    )
    worth = {number + 1 for number in kept_generations([*state.takes_back, entry.takes_back])}
    for number in (*state.kept, entry.number):
        if number not in worth:
            for table in ("eventops_before", "eventops_kept"):
                statements.add(f"DELETE FROM {table} WHERE event = %s AND number = %s", (event, number))


def rows_before(
    connection: Connection, tables: StoredTables, event: str, entry: HistoryEntry
) -> tuple[list[Changed], list[tuple[str, str, str]]]:
    """What undoes an entry, and how the history will tell of it. Documents that were erased since stay away."""
    found = connection.execute(
        """
        SELECT kind, id, position, coalesce(exact, data::text) FROM eventops_before WHERE event = %s AND number = %s
        """,
        (event, entry.number),
    ).fetchall()
    before = {(kind, id): (position, body) for kind, id, position, body in found}
    changes: list[Changed] = []
    changed: list[tuple[str, str, str]] = []
    for kind, id, how in entry.changed:
        now = tables[kind].row(id)
        kept = before.get((kind, id))
        if kept is None and how != "added":
            continue
        if kept is None:
            if now is not None:
                changes.append((kind, id, None, None))
                changed.append((kind, id, "removed"))
        elif now is None or now.body != kept[1]:
            changes.append((kind, id, decoded(kept[1]), kept[0]))
            changed.append((kind, id, "changed" if now is not None else "added"))
    return changes, changed


def erase_before(connection: Connection, event: str, mentioning: str, erased: Erased) -> None:
    """Erases from the earlier states that are kept."""
    found = connection.execute(
        "SELECT number, kind, id, coalesce(exact, data::text) FROM eventops_before WHERE event = %s", (event,)
    ).fetchall()
    for number, kind, id, body in found:
        if not holds(id, body.encode(), mentioning):
            continue
        left = erased(kind, id, decoded(body))
        key = (event, number, kind, id)
        where = "WHERE event = %s AND number = %s AND kind = %s AND id = %s"
        if left is None:
            connection.execute(f"DELETE FROM eventops_before {where}", key)
        else:
            columns = columns_of(storable(kind, id, left))
            connection.execute(f"UPDATE eventops_before SET data = %s, exact = %s {where}", (*columns, *key))
