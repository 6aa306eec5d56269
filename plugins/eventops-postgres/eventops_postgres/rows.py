"""Documents as rows: JSONB for the server, and the exact JSON beside it where JSONB would alter the document."""

import re
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from msgspec import Struct

from eventops import Document, HistoryEntry
from eventops_postgres.connections import Connection

# From here on COPY is quicker than statements.
MANY = 200
_AT_ONCE = 5_000
_SUSPICIOUS = re.compile(r"\\u0000|\de[+-]?\d|-0\.0")
_BODY = "coalesce(exact, data::text)"


class Row(Struct, frozen=True):
    """A document as stored: its place in the order, and its JSON."""

    position: int
    body: str


def decoded(body: str) -> Document:
    document: Document = msgspec.json.decode(body, type=dict[str, Any])
    return document


def json_of(document: Mapping[str, Any]) -> str:
    return msgspec.json.encode(document).decode()


def alters(value: object) -> bool:
    """Whether JSONB would give another value back: it has no NUL, and writes numbers without an exponent or sign of
    zero, so that a float may come back as a whole number."""
    kind = type(value)
    if kind is str:
        return "\0" in value  # type: ignore[operator]  # mypy does not follow type(value)
    if kind is float:
        text = repr(value)
        return "e" in text or text == "-0.0"
    if kind is dict:
        return any("\0" in key or alters(item) for key, item in value.items())  # type: ignore[attr-defined]
    if kind is list:
        return any(alters(item) for item in value)  # type: ignore[attr-defined]
    return False


def columns_of(document: Mapping[str, Any]) -> tuple[str, str | None]:
    """The columns data and exact of a document."""
    body = json_of(document)
    # Looking at the JSON is much quicker than going through the document, and few have any of these.
    if _SUSPICIOUS.search(body) is None or not alters(dict(document)):
        return body, None
    return json_of(_without_nul(document)), body


def _without_nul(value: Any) -> Any:
    """What the server may search in: NUL, which it cannot hold, becomes the sign for a character that was replaced."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {_without_nul(key): _without_nul(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    return value


class KindRows(Mapping[str, Document]):
    """The documents of one kind by id, read when asked for, inside a transaction."""

    def __init__(self, connection: Connection, event: str, kind: str) -> None:
        self._connection = connection
        self._event = event
        self.kind = kind
        self._empty: bool | None = None
        # Asked for several times in one change; nobody else can alter them meanwhile.
        self._seen: dict[str, Row | None] = {}

    def row(self, id: str) -> Row | None:
        if "\0" in id or self._empty:
            return None
        if id in self._seen:
            return self._seen[id]
        found = self._connection.execute(
            f"SELECT position, {_BODY} FROM eventops_document WHERE event = %s AND kind = %s AND id = %s",
            (self._event, self.kind, id),
        ).fetchone()
        row = None if found is None else Row(*found)
        if row is None:
            self.is_empty()  # an import into an empty kind asks this of everybody
        if len(self._seen) < MANY:
            self._seen[id] = row
        return row

    def is_empty(self) -> bool:
        if self._empty is None:
            found = self._connection.execute(
                "SELECT 1 FROM eventops_document WHERE event = %s AND kind = %s LIMIT 1", (self._event, self.kind)
            ).fetchone()
            self._empty = found is None
        return self._empty

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row in order, some thousand at a time: the server holds the rest back."""
        query = f"""
            SELECT id, position, {_BODY} FROM eventops_document WHERE event = %s AND kind = %s ORDER BY position
        """
        with self._connection.cursor(name=f"eventops_{uuid4().hex}") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(query, (self._event, self.kind))
            for id, position, body in cursor:
                yield id, Row(position, body)

    def __getitem__(self, id: str) -> Document:
        row = self.row(id)
        if row is None:
            raise KeyError(id)
        return decoded(row.body)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.row(id) is not None

    def __len__(self) -> int:
        found = self._connection.execute(
            "SELECT count(*) FROM eventops_document WHERE event = %s AND kind = %s", (self._event, self.kind)
        ).fetchone()
        return int(found[0]) if found else 0

    def __iter__(self) -> Iterator[str]:
        return (id for id, _ in self.rows())

    def items(self) -> ItemsView[str, Document]:
        return _Items(self)


class _Items(ItemsView[str, Document]):
    """All documents in one pass, instead of one query each."""

    _mapping: KindRows

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        return ((id, decoded(row.body)) for id, row in self._mapping.rows())


class StoredTables(Mapping[str, KindRows]):
    """The documents of an event by kind."""

    def __init__(self, connection: Connection, event: str) -> None:
        self._connection = connection
        self._event = event
        self._rows: dict[str, KindRows] = {}

    def __getitem__(self, kind: str) -> KindRows:
        if kind not in self._rows:
            self._rows[kind] = KindRows(self._connection, self._event, kind)
        return self._rows[kind]

    def __iter__(self) -> Iterator[str]:
        found = self._connection.execute(
            "SELECT DISTINCT kind FROM eventops_document WHERE event = %s", (self._event,)
        ).fetchall()
        return iter(sorted(kind for (kind,) in found))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write_rows(connection: Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Adds many rows by COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    # Until the server has looked at the rows it may go through all of them to find one.
    connection.execute(f"ANALYZE {table}")


class Statements:
    """Statements that are sent to the server at once: each way to it and back may take a millisecond."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = psycopg.ClientCursor(connection)
        self._waiting: list[str] = []

    def add(self, statement: str, values: Sequence[object]) -> None:
        self._waiting.append(self._cursor.mogrify(statement, values))

    def add_rows(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Adds rows, by statements or by COPY, whichever is quicker."""
        if len(rows) >= MANY:
            self.send()
            write_rows(self._connection, table, columns, rows)
            return
        for row in rows:
            self.add(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(row))})", row)

    def send(self) -> list[tuple[Any, ...]]:
        """Sends what waits; the rows of the last statement, where it gives any."""
        if not self._waiting:
            return []
        text, self._waiting = "; ".join(self._waiting), []
        self._cursor.execute(text)
        while self._cursor.nextset():
            pass
        return self._cursor.fetchall() if self._cursor.description else []


class State(Struct, frozen=True):
    """What a change must know beside the documents: the newest entry, the next place in the order, what each entry
    takes back, oldest first, and the entries whose earlier documents are kept."""

    last: HistoryEntry | None
    next_position: int
    takes_back: list[int | None]
    kept: list[int]


def state_of(connection: Connection, event: str) -> State:
    """In one question."""
    query = """
        SELECT next_position,
            (SELECT entry FROM eventops_history WHERE event = %(event)s ORDER BY number DESC LIMIT 1),
            (SELECT array_agg(coalesce(takes_back, -1) ORDER BY number) FROM eventops_history WHERE event = %(event)s),
            (SELECT array_agg(number) FROM eventops_kept WHERE event = %(event)s)
        FROM eventops_event WHERE event = %(event)s
    """
    found = connection.execute(query, {"event": event}).fetchone()
    position, entry, taken, kept = found if found is not None else (1, None, None, None)
    return State(
        last=None if entry is None else msgspec.json.decode(entry, type=HistoryEntry),
        next_position=position,
        takes_back=[None if number < 0 else number for number in taken or ()],
        kept=list(kept or ()),
    )


def entries_of(connection: Connection, event: str) -> tuple[HistoryEntry, ...]:
    """The history, oldest first."""
    found = connection.execute(
        "SELECT entry FROM eventops_history WHERE event = %s ORDER BY number", (event,)
    ).fetchall()
    return tuple(msgspec.json.decode(entry, type=HistoryEntry) for (entry,) in found)


def last_entry(connection: Connection, event: str) -> HistoryEntry | None:
    found = connection.execute(
        "SELECT entry FROM eventops_history WHERE event = %s ORDER BY number DESC LIMIT 1", (event,)
    ).fetchone()
    return None if found is None else msgspec.json.decode(found[0], type=HistoryEntry)


def entry_numbered(connection: Connection, event: str, number: int) -> HistoryEntry | None:
    found = connection.execute(
        "SELECT entry FROM eventops_history WHERE event = %s AND number = %s", (event, number)
    ).fetchone()
    return None if found is None else msgspec.json.decode(found[0], type=HistoryEntry)


def numbers_taken_back(connection: Connection, event: str) -> list[int | None]:
    """What each entry takes back, oldest first."""
    found = connection.execute(
        "SELECT takes_back FROM eventops_history WHERE event = %s ORDER BY number", (event,)
    ).fetchall()
    return [number for (number,) in found]
