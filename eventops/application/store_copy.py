"""Moving a whole workspace from one store to another, and proving that nothing was lost on the way."""

from collections.abc import Iterator
from hashlib import sha256

import msgspec
from msgspec import Struct

from eventops.errors import StoreUnavailable
from eventops.extension.ports import Document, Reading, Store


class Contents(Struct, frozen=True, kw_only=True):
    """What a store holds in numbers: documents by kind, entries of the history and the hash of the last, and one
    SHA-256 over all documents with their order, the same in every kind of store."""

    documents: dict[str, int]
    entries: int
    head: str
    hash: str


def contents_of(reading: Reading) -> Contents:
    """What a store holds, read document by document."""
    digest = sha256()
    counts: dict[str, int] = {}
    for kind in reading.kinds():
        for id, document in reading.items(kind):
            digest.update(msgspec.json.encode((kind, id, document), order="sorted") + b"\n")
            counts[kind] = counts.get(kind, 0) + 1
    history = reading.history()
    digest.update(msgspec.json.encode(history))
    head = history[-1].hash if history else ""
    return Contents(documents=counts, entries=len(history), head=head, hash=digest.hexdigest())


def copy_store(source: Reading, target: Store, *, wait_seconds: float = 30) -> Contents:
    """Copies everything into an empty store, reads it back, and gives what both hold.

    Errors: NotUsable when the target is not empty; StoreUnavailable when what was read back differs.
    """
    expected = contents_of(source)
    target.fill(_everything(source), source.history(), wait_seconds=wait_seconds)
    copied = contents_of(target.snapshot())
    if copied != expected:
        raise StoreUnavailable(
            "The copy differs from the store it was made of ({copied} is not {expected}). The first store is as it "
            "was; do not use the copy.",
            copied=copied.hash[:16],
            expected=expected.hash[:16],
        )
    return copied


def _everything(source: Reading) -> Iterator[tuple[str, str, Document]]:
    for kind in source.kinds():
        for id, document in source.items(kind):
            yield kind, id, document
