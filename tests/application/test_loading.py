"""What is loaded from the store outside a plan."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from eventops.adapters.memory_store import MemoryStore
from eventops.application.mappings import saved_answers
from eventops.application.material import load_stocks
from eventops.application.refused import load_refused
from eventops.application.roads import load_pairs
from eventops.errors import StoreUnavailable
from eventops.extension.ports import Documents, Stamp


@pytest.mark.parametrize(
    ("kind", "load"),
    [
        ("loan", load_stocks),
        ("mapping", lambda documents: saved_answers(documents, ())),
        ("refused", load_refused),
        ("road", load_pairs),
    ],
)
def test_a_document_of_a_newer_eventops_is_said_with_its_kind(kind: str, load: Callable[[Documents], object]) -> None:
    store = MemoryStore()
    with store.change(Stamp(actor="a", at=datetime(2023, 10, 1, tzinfo=UTC), command="c"), wait_seconds=1) as change:
        change.put(kind, "1", {"shape": "new"})
    with pytest.raises(StoreUnavailable, match=f"The store holds a {kind} this eventops does not understand"):
        load(store.snapshot())
