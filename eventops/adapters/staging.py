"""Documents in memory and the changes staged over them: what every local store does before it saves."""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

import msgspec

from eventops.domain.keeping.history import HistoryEntry
from eventops.errors import NotUsable
from eventops.extension.ports import Document, Erased

Tables = dict[str, dict[str, Document]]
"""Documents by kind and id, in the order they were first put."""

HISTORY = "_history"
"""The table that holds the history; kinds that start with an underscore are the store's own."""

# What every store format can hold (msgspec, SQLite and PostgreSQL agree on these).
_INTEGERS = range(-(2**63), 2**63)


def copied(value: Any) -> Any:
    """A copy that shares nothing that can be altered; JSON values only, ten times the speed of copy.deepcopy."""
    if isinstance(value, dict):
        return {key: copied(item) if type(item) in (dict, list) else item for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) if type(item) in (dict, list) else item for item in value]
    return value


def plain(value: Any) -> Any:
    """The value as JSON reads it back: mappings as dict, tuples as list.

    Errors: TypeError or ValueError for what JSON would alter or lose (dates, sets, NaN, keys that are no text).
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        if value not in _INTEGERS:
            raise ValueError("a document holds whole numbers of 64 bits at most")
        return value
    if kind is float:
        if not isfinite(value):
            raise ValueError("a document cannot hold a number that is infinite or not a number")
        return value
    if kind is dict or isinstance(value, Mapping):
        result = {}
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError("the keys of a document are texts")
            # Most values are texts: a call for each would be half of the time an import takes.
            result[key] = item if type(item) is str else plain(item)
        return result
    if isinstance(value, list | tuple):
        return [item if type(item) is str else plain(item) for item in value]
    raise TypeError(f"a document cannot hold a {kind.__name__}; turn it into text or a number first")


def storable(kind: str, id: str, document: Mapping[str, Any]) -> Document:
    """The document as it will be read back.

    Errors: TypeError, ValueError (see `plain`); NotUsable for text that is not valid Unicode, such as an argument
    typed on a terminal in another encoding.
    """
    if not isinstance(document, Mapping):
        raise TypeError("a document is a mapping")
    result: Document = plain(document)
    try:
        msgspec.json.encode(result)
    except UnicodeEncodeError:
        raise NotUsable(
            "A text of {kind} {id} is not valid Unicode, so it was not stored. Type it again on a terminal set to "
            "UTF-8, or import it from a file.",
            kind=kind,
            id=id,
        ) from None
    return result


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same; 1, 1.0 and true are different, the order of keys is not."""
    return one == other and msgspec.json.encode(one, order="sorted") == msgspec.json.encode(other, order="sorted")


def documents_after(
    before: Mapping[str, Document], staged: Mapping[str, Document | None], order: Iterable[str] = ()
) -> dict[str, Document]:
    """The documents of one kind with the staged ones in place (None removes); those named by `order` come first."""
    after = {id: document for id, old in before.items() if (document := staged.get(id, old)) is not None}
    after.update((id, document) for id, document in staged.items() if document is not None)
    return {id: after[id] for id in order if id in after} | after


def holds(id: str, body: bytes, text: str) -> bool:
    """Whether a document, as JSON of msgspec, holds the text in its id or anywhere inside."""
    return text in id or msgspec.json.encode(text)[1:-1] in body


def erased_from(tables: Tables, mentioning: str, erased: Erased) -> Tables:
    """The tables without what `erased` takes away; the history stays as it is."""
    return {
        kind: documents if kind == HISTORY else dict(_left(kind, documents, mentioning, erased))
        for kind, documents in tables.items()
    }


def _left(
    kind: str, documents: Mapping[str, Document], mentioning: str, erased: Erased
) -> Iterator[tuple[str, Document]]:
    for id, document in documents.items():
        left: Document | None = document
        if holds(id, msgspec.json.encode(document), mentioning):
            left = erased(kind, id, copied(document))
        if left is not None:
            yield id, storable(kind, id, left)


def filled(documents: Iterable[tuple[str, str, Document]], entries: Iterable[HistoryEntry]) -> Tables:
    """The tables of a store that holds these documents (kind, id, document) and this history.

    Errors: ValueError for a kind or an id no store holds.
    """
    tables: Tables = {}
    for kind, id, document in documents:
        check_kind(kind)
        if not id:
            raise ValueError("a document needs an id")
        tables.setdefault(kind, {})[id] = storable(kind, id, document)
    told = {str(entry.number): msgspec.to_builtins(entry) for entry in entries}
    return tables | ({HISTORY: told} if told else {})


def kinds_in(tables: Mapping[str, Mapping[str, Document]]) -> tuple[str, ...]:
    """The kinds that have documents, sorted."""
    return tuple(sorted(kind for kind, documents in tables.items() if documents and not kind.startswith("_")))


def check_kind(kind: str) -> None:
    """Errors: ValueError for a name the store keeps for itself."""
    if not kind or kind.startswith("_"):
        raise ValueError(f"{kind!r} cannot be a kind: it is empty or starts with an underscore")


def not_empty(name: str) -> NotUsable:
    """The error for a store that should have been empty."""
    return NotUsable(
        "The store {store} is not empty, and copying into it would mix two workspaces. Name a new one.", store=name
    )


class StagedChange:
    """An open transaction over tables that it never alters: `staged` holds what differs, None for removed."""

    def __init__(self, tables: Mapping[str, Mapping[str, Document]]) -> None:
        self._tables = tables
        self._open = True
        self.staged: dict[str, dict[str, Document | None]] = {}
        self.order: dict[str, tuple[str, ...]] = {}

    def get(self, kind: str, id: str) -> Document | None:
        found: Document | None = copied(self._current(kind, id))
        return found

    def all(self, kind: str) -> Iterator[Document]:
        """The documents as they are now; putting and removing while going through them is safe."""
        self._check(kind)
        return map(copied, documents_after(self._tables.get(kind, {}), self.staged.get(kind, {})).values())

    def put(self, kind: str, id: str, document: Mapping[str, Any]) -> None:
        self._check(kind)
        if not id:
            raise ValueError("a document needs an id")
        new = storable(kind, id, document)
        before = self._tables.get(kind, {}).get(id)
        staged = self.staged.setdefault(kind, {})
        if before is not None and same(before, new):
            staged.pop(id, None)
        else:
            staged[id] = new

    def remove(self, kind: str, id: str) -> None:
        if self._current(kind, id) is None:
            raise KeyError(f"{kind} {id}")
        staged = self.staged.setdefault(kind, {})
        if id in self._tables.get(kind, {}):
            staged[id] = None
        else:
            del staged[id]

    def restore(self, entry: HistoryEntry, before: Mapping[str, Mapping[str, Document]]) -> None:
        """Stages what undoes an entry: its documents, and their order, as they stood `before` it."""
        for kind, id, _ in entry.changed:
            document = before.get(kind, {}).get(id)
            if document is not None:
                self.put(kind, id, document)
            elif self._current(kind, id) is not None:
                self.remove(kind, id)
            self.order[kind] = tuple(before.get(kind, ()))

    def erase(self, mentioning: str, erased: Erased) -> None:
        """Stages an erasure of everything that holds the text."""
        for kind, documents in self._tables.items():
            if kind.startswith("_"):
                continue
            for id, document in tuple(documents.items()):
                if not holds(id, msgspec.json.encode(document), mentioning):
                    continue
                left = erased(kind, id, copied(document))
                if left is None:
                    self.remove(kind, id)
                else:
                    self.put(kind, id, left)

    def changed(self) -> tuple[tuple[str, str, str], ...]:
        """Kind, id, and added, changed or removed, in the order they were touched."""
        return tuple(
            (kind, id, "removed" if document is None else "changed" if id in self._tables.get(kind, {}) else "added")
            for kind, documents in self.staged.items()
            for id, document in documents.items()
        )

    def close(self) -> None:
        """Ends the transaction: used later, it would alter nothing and nobody would notice."""
        self._open = False

    def _current(self, kind: str, id: str) -> Document | None:
        self._check(kind)
        stored = self._tables.get(kind, {}).get(id)
        return self.staged.get(kind, {}).get(id, stored)

    def _check(self, kind: str) -> None:
        if not self._open:
            raise RuntimeError("this change has ended; open another one")
        check_kind(kind)
