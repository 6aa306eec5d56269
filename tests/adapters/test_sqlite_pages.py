import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from eventops.adapters.sqlite_files import sums_path
from eventops.adapters.sqlite_pages import check_pages
from eventops.adapters.sqlite_restore import restore_store, stored_problems
from eventops.adapters.sqlite_store import SQLiteGeneration, SQLiteStore, create_store
from eventops.errors import NotUsable, StoreUnavailable
from eventops.testing.stores import put, stamp


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    """Some pages, and rooms between rows where others have been."""
    store = create_store(tmp_path / "store.db")
    put(store, "person", {str(n): {"note": "ملاحظة " * (n % 40)} for n in range(300)})
    with store.change(stamp()) as change:
        for n in range(0, 300, 3):
            change.remove("person", str(n))
    return store


def noted(store: SQLiteStore) -> int:
    """The generation the checksums belong to, after a look whether they are those of the file."""
    check_pages(store.path)
    return int(sums_path(store.path).read_bytes().split()[2])


def unused_bytes(path: Path) -> Iterator[int]:
    """One byte in the room between the pointers and the rows of every page that has such room."""
    data = path.read_bytes()
    for start in range(0, len(data), 4096):
        head = start + (100 if start == 0 else 0)
        if data[head] in (5, 13, 2, 10):
            cells = int.from_bytes(data[head + 3 : head + 5], "big")
            first = head + (12 if data[head] in (2, 5) else 8) + 2 * cells
            last = start + int.from_bytes(data[head + 5 : head + 7], "big")
            if last - first > 8:
                yield (first + last) // 2


def test_an_altered_byte_shows_also_where_no_row_lies(store: SQLiteStore) -> None:
    good = store.path.read_bytes()
    everything = tuple(store.items("person"))
    places = tuple(unused_bytes(store.path))
    assert len(places) > 5
    for place in places:
        store.path.write_bytes(good[:place] + bytes([good[place] ^ 16]) + good[place + 1 :])
        assert tuple(store.items("person")) == everything
        with pytest.raises(StoreUnavailable, match="damaged"):
            SQLiteGeneration(store.path).check()
    restored = restore_store(store.path, holder="amina", wait_seconds=0)
    assert (restored.number, noted(store), list(stored_problems(store.path))) == (2, 2, [])
    assert tuple(store.items("person")) == everything
    with pytest.raises(NotUsable, match="in order"):
        restore_store(store.path, holder="amina", wait_seconds=0)


@settings(max_examples=settings.default.max_examples // 10, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["put", "long", "remove", "undo", "redo", "erase", "stop"]), st.integers(0, 9)))
)
def test_what_eventops_does_itself_is_no_damage(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    store = create_store(tmp_path_factory.mktemp("folder") / "store.db")
    put(store, "person", {str(n): {"note": "x" * (n * 50)} for n in range(10)})
    for how, number in steps:
        try:
            if how == "undo":
                store.take_back(stamp())
            elif how == "redo":
                store.redo(stamp())
            elif how == "erase":
                store.erase(stamp(), f"name {number}", lambda kind, id, document: None)
            else:
                with store.change(stamp()) as change:
                    if how == "remove":
                        change.remove("person", str(number))
                    else:
                        size = 30_000 if how == "long" else 20
                        change.put("person", str(number), {"name": f"name {number}", "note": how * size})
                    if how == "stop":
                        raise KeyError(how)
        except (NotUsable, KeyError):
            pass
        assert noted(store) == store.generation


def test_a_change_larger_than_the_memory_of_sqlite_and_one_given_up(tmp_path: Path) -> None:
    store = create_store(tmp_path / "store.db")
    for given_up in (False, True, False):
        reader = store.snapshot()
        try:
            with store.change(stamp()) as change:
                for n in range(1_500):
                    change.put("person", f"{given_up} {n}", {"note": f"{store.generation} " * 400})
                if given_up:
                    raise KeyError
        except KeyError:
            pass
        put(store, "person", {"1": {"n": store.generation}})
        assert (noted(store), reader.generation) == (store.generation, reader.generation)


def test_checksums_of_an_earlier_generation_or_none_are_compared_with_nothing(store: SQLiteStore) -> None:
    sums = sums_path(store.path)
    earlier = sums.read_bytes()
    put(store, "person", {"1": {"n": 1}})
    for left in (earlier, earlier[:200], b"", b"eventops-pages 1 x y\n"):
        sums.write_bytes(left)
        assert list(stored_problems(store.path)) == []
        put(store, "person", {"1": {"n": store.generation}})
        assert noted(store) == store.generation


def test_a_store_in_another_mode_is_not_taken_for_damaged(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for network in ("nfs4", "", "nfs4"):
        monkeypatch.setattr("eventops.adapters.sqlite_files.shared_by_network", lambda path, here=network: here)
        put(store, "person", {"1": {"n": store.generation}})
        assert (list(stored_problems(store.path)), sums_path(store.path).exists()) == ([], not network)


def test_somebody_who_writes_past_eventops_shows(store: SQLiteStore) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("VACUUM")
    with pytest.raises(StoreUnavailable, match="damaged"):
        list(stored_problems(store.path))


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="neither Windows nor root heeds the permissions of a folder"
)
def test_a_folder_that_cannot_be_written_is_checked_too(store: SQLiteStore) -> None:
    store.path.parent.chmod(0o500)
    try:
        assert list(stored_problems(store.path)) == []
    finally:
        store.path.parent.chmod(0o700)


def test_copies_of_the_store_keep_their_own_checksums_out(store: SQLiteStore) -> None:
    numbers = [store.generation]
    for _ in range(3):
        put(store, "person", {"2": {"note": "y" * 2_000_000, "n": store.generation}})
        numbers.append(noted(store))
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
