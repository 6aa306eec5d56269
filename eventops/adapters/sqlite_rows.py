"""What is in the tables of a SQLite store, read and checked: every row carries a checksum, every kind their sum."""

import sqlite3
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from eventops.adapters.staging import check_kind, holds, storable
from eventops.adapters.store_file import Unreadable
from eventops.domain.keeping.history import HistoryEntry, entry_hash, kept_generations
from eventops.extension.ports import Document, Erased

SCHEMA = """
CREATE TABLE document (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> '' AND kind NOT LIKE '\\_%' ESCAPE '\\'),
    id TEXT NOT NULL CHECK (id <> ''),
    body TEXT NOT NULL,
    checksum BLOB NOT NULL,
    UNIQUE (kind, id)
);
CREATE INDEX document_of_kind ON document (kind);
CREATE TABLE total (
    kind TEXT PRIMARY KEY,
    documents INTEGER NOT NULL CHECK (documents >= 0),
    checksum BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE history (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    takes_back INTEGER,
    entry TEXT NOT NULL
);
CREATE TABLE before (
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER,
    body TEXT,
    checksum BLOB NOT NULL,
    PRIMARY KEY (number, kind, id)
) WITHOUT ROWID;
CREATE TABLE kept (number INTEGER PRIMARY KEY);
CREATE TABLE state (next_position INTEGER NOT NULL, copy INTEGER NOT NULL, log_bytes INTEGER NOT NULL);
INSERT INTO state VALUES (1, -1, 0);
"""
"""`before` holds, for each entry in `kept`, the documents it changed as they stood before it (no body: there was none).
`state` holds the next place in the order, the generation of the newest whole copy, and how long its log should be."""

BITS = 128


class Row(Struct, frozen=True):
    """One document as stored: its place in the order, and its JSON."""

    position: int | None
    body: str | None


def checksum(*parts: object) -> int:
    """The checksum of a row's values."""
    digest = sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[: BITS // 8], "big")


def stored(number: int) -> bytes:
    """A checksum as it is written."""
    return number.to_bytes(BITS // 8, "big")


def decoded_body(body: str) -> Document:
    """Errors: Unreadable."""
    try:
        document: Document = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeError):
        raise Unreadable("damaged") from None
    return document


class Total(Struct, frozen=True):
    """How many documents a kind has, and the sum of their checksums."""

    documents: int = 0
    checksum: int = 0

    def with_row(self, checksum: int, sign: int) -> "Total":
        return Total(self.documents + sign, (self.checksum + sign * checksum) % (1 << BITS))


class KindRows(Mapping[str, Document]):
    """The documents of one kind by id, read when asked for."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self._connection = connection
        self.kind = kind
        self._total: Total | None = None

    @property
    def total(self) -> Total:
        if self._total is None:
            found = self._connection.execute(
                "SELECT documents, checksum FROM total WHERE kind = ?", (self.kind,)
            ).fetchone()
            self._total = Total() if found is None else Total(found[0], int.from_bytes(found[1], "big"))
        return self._total

    def row(self, id: str) -> Row | None:
        """Errors: Unreadable when the row is not as it was written."""
        if not self.total.documents:
            return None  # an import into an empty kind asks this of everybody
        found = self._connection.execute(
            "SELECT position, body, checksum FROM document WHERE kind = ? AND id = ?", (self.kind, id)
        ).fetchone()
        if found is None:
            return None
        if stored(checksum(self.kind, id, found[0], found[1])) != found[2]:
            raise Unreadable("damaged")
        return Row(found[0], found[1])

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row in order. Errors: Unreadable when one is missing or is not as it was written."""
        total = Total()
        query = "SELECT position, id, body, checksum FROM document WHERE kind = ? ORDER BY position"
        for position, id, body, written in self._connection.execute(query, (self.kind,)):
            seen = checksum(self.kind, id, position, body)
            if stored(seen) != written:
                raise Unreadable("damaged")
            total = total.with_row(seen, 1)
            yield id, Row(position, body)
        if total != self.total:
            raise Unreadable("damaged")

    def __getitem__(self, id: str) -> Document:
        row = self.row(id)
        if row is None or row.body is None:
            raise KeyError(id)
        return decoded_body(row.body)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.row(id) is not None

    def __len__(self) -> int:
        return self.total.documents

    def __iter__(self) -> Iterator[str]:
        return (id for id, _ in self.rows())

    def items(self) -> ItemsView[str, Document]:
        return _Items(self)


class _Items(ItemsView[str, Document]):
    """All documents in one pass, instead of one query each."""

    _mapping: KindRows

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        return ((id, decoded_body(row.body or "")) for id, row in self._mapping.rows())


class StoredTables(Mapping[str, KindRows]):
    """The documents of a connection by kind."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[str, KindRows] = {}

    def __getitem__(self, kind: str) -> KindRows:
        if kind not in self._rows:
            self._rows[kind] = KindRows(self._connection, kind)
        return self._rows[kind]

    def __iter__(self) -> Iterator[str]:
        found = self._connection.execute("SELECT kind FROM total WHERE documents > 0 ORDER BY kind").fetchall()
        return (kind for (kind,) in found)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def entries_of(connection: sqlite3.Connection) -> tuple[HistoryEntry, ...]:
    """The history, oldest first. Errors: Unreadable."""
    found = connection.execute("SELECT entry FROM history ORDER BY number").fetchall()
    return tuple(_entry(entry) for (entry,) in found)


def last_entry(connection: sqlite3.Connection) -> HistoryEntry | None:
    """The newest entry. Errors: Unreadable when it is not as it was written."""
    (number,) = connection.execute("SELECT max(number) FROM history").fetchone()
    return None if number is None else entry_numbered(connection, number)


def entry_numbered(connection: sqlite3.Connection, number: int) -> HistoryEntry:
    """One entry. Errors: Unreadable when it is missing or not as it was written."""
    found = connection.execute("SELECT entry FROM history WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise Unreadable("damaged")
    entry = _entry(found[0])
    if entry.hash != entry_hash(entry):
        raise Unreadable("damaged")
    return entry


def _entry(text: str) -> HistoryEntry:
    try:
        return msgspec.json.decode(text, type=HistoryEntry)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError):
        raise Unreadable("damaged") from None


def numbers_taken_back(connection: sqlite3.Connection) -> list[int | None]:
    """What each entry takes back, oldest first."""
    return [number for (number,) in connection.execute("SELECT takes_back FROM history ORDER BY number")]


def rows_before(connection: sqlite3.Connection, number: int) -> Iterator[tuple[str, str, Row]]:
    """What an entry changed, as it stood before: kind, id and row. Errors: Unreadable."""
    query = "SELECT kind, id, position, body, checksum FROM before WHERE number = ?"
    for kind, id, position, body, written in connection.execute(query, (number,)).fetchall():
        if stored(checksum(number, kind, id, position, body)) != written:
            raise Unreadable("damaged")
        yield kind, id, Row(position, body)


Changed = tuple[str, str, Row]
"""Kind, id, and the document as it shall be; its position only matters where it was not there before."""


def write_changes(connection: sqlite3.Connection, number: int, changes: Iterable[Changed]) -> None:
    """Writes documents, and keeps what was there before as the state before entry `number`."""
    tables = StoredTables(connection)
    (position,) = connection.execute("SELECT next_position FROM state").fetchone()
    totals: dict[str, Total] = {}
    before: list[tuple[object, ...]] = []
    added: list[tuple[object, ...]] = []
    for kind, id, row in changes:
        rows = tables[kind]
        total = totals.get(kind, rows.total)
        old = rows.row(id) or Row(None, None)
        written = stored(checksum(number, kind, id, old.position, old.body))
        before.append((number, kind, id, old.position, old.body, written))
        if old.body is not None:
            total = total.with_row(checksum(kind, id, old.position, old.body), -1)
            connection.execute("DELETE FROM document WHERE position = ?", (old.position,))
        if row.body is not None:
            place = old.position or row.position
            if place is None:
                place, position = position, position + 1
            seen = checksum(kind, id, place, row.body)
            total = total.with_row(seen, 1)
            added.append((place, kind, id, row.body, stored(seen)))
        totals[kind] = total
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?)", added)
    connection.executemany("INSERT INTO before VALUES (?, ?, ?, ?, ?, ?)", before)
    written_totals = [(kind, total.documents, stored(total.checksum)) for kind, total in totals.items()]
    connection.executemany("INSERT OR REPLACE INTO total VALUES (?, ?, ?)", written_totals)
    connection.execute("UPDATE state SET next_position = ?", (position,))
    connection.execute("INSERT INTO kept VALUES (?)", (number,))


def write_entry(connection: sqlite3.Connection, entry: HistoryEntry) -> None:
    """Appends to the history, and lets go of earlier states that are on nobody's way back any more."""
    text = msgspec.json.encode(entry).decode()
    connection.execute("INSERT INTO history VALUES (?, ?, ?)", (entry.number, entry.takes_back, text))
    worth = {number + 1 for number in kept_generations(numbers_taken_back(connection))}
    for (number,) in connection.execute("SELECT number FROM kept").fetchall():
        if number not in worth:
            connection.execute("DELETE FROM before WHERE number = ?", (number,))
            connection.execute("DELETE FROM kept WHERE number = ?", (number,))


def erase_before(connection: sqlite3.Connection, mentioning: str, erased: Erased) -> None:
    """Erases from the earlier states that are kept. Errors: Unreadable."""
    for (number,) in connection.execute("SELECT number FROM kept").fetchall():
        for kind, id, row in tuple(rows_before(connection, number)):
            if row.body is None or not holds(id, row.body.encode(), mentioning):
                continue
            left = erased(kind, id, decoded_body(row.body))
            if left is None:
                connection.execute("DELETE FROM before WHERE number = ? AND kind = ? AND id = ?", (number, kind, id))
                continue
            body = encoded_body(kind, id, left)
            written = stored(checksum(number, kind, id, row.position, body))
            connection.execute(
                "UPDATE before SET body = ?, checksum = ? WHERE number = ? AND kind = ? AND id = ?",
                (body, written, number, kind, id),
            )


def fill_tables(
    connection: sqlite3.Connection, documents: Iterable[tuple[str, str, Document]], history: Iterable[HistoryEntry]
) -> None:
    """Fills empty tables. Errors: ValueError and those of `storable`."""
    totals: dict[str, Total] = {}

    def rows() -> Iterator[tuple[object, ...]]:
        for position, (kind, id, document) in enumerate(documents, start=1):
            check_kind(kind)
            body = encoded_body(kind, id, document)
            seen = checksum(kind, id, position, body)
            totals[kind] = totals.get(kind, Total()).with_row(seen, 1)
            yield position, kind, id, body, stored(seen)

    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?)", rows())
    written_totals = [(kind, total.documents, stored(total.checksum)) for kind, total in totals.items()]
    connection.executemany("INSERT INTO total VALUES (?, ?, ?)", written_totals)
    told = ((one.number, one.takes_back, msgspec.json.encode(one).decode()) for one in history)
    connection.executemany("INSERT INTO history VALUES (?, ?, ?)", told)
    connection.execute("UPDATE state SET next_position = ?", (sum(one.documents for one in totals.values()) + 1,))


def encoded_body(kind: str, id: str, document: Mapping[str, Any]) -> str:
    """The JSON of a document. Errors: those of `storable`."""
    return msgspec.json.encode(storable(kind, id, document)).decode()
