import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from eventops.adapters.file_lock import lock_held
from eventops.adapters.generations import generation_path
from eventops.adapters.sqlite_copies import log_path
from eventops.adapters.sqlite_restore import restore_store, stored_problems
from eventops.adapters.sqlite_store import (
    SQLiteGeneration,
    SQLiteStore,
    create_store,
    open_store,
)
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Store
from eventops.testing.stores import StoreContract, put, stamp

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes, and links only for administrators")


class TestSQLiteStore(StoreContract):
    def new_store(self, folder: Path) -> Store:
        return create_store(folder / "store.db")

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, SQLiteStore)
        return open_store(store.path)


class TestSQLiteStoreOnANetworkFolder(StoreContract):
    """Without the log beside the file, which needs memory that computers do not share."""

    @pytest.fixture(autouse=True)
    def _network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("eventops.adapters.sqlite_files.shared_by_network", lambda path: "nfs4")

    def new_store(self, folder: Path) -> Store:
        return create_store(folder / "store.db")

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, SQLiteStore)
        return open_store(store.path)

    def test_no_log_lies_beside_the_file(self, store: Store) -> None:
        assert isinstance(store, SQLiteStore)
        put(store, "person", {"1": {"n": 1}})
        snapshot = store.snapshot()
        assert (snapshot.get("person", "1"), sqlite(store.path, "PRAGMA journal_mode")) == ({"n": 1}, [("delete",)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "مساحة العمل" / "store.db"


@pytest.fixture
def store(path: Path) -> SQLiteStore:
    return create_store(path)


def sqlite(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What somebody does to the file past eventops."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


def names(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path.parent)) for file in path.parent.rglob("*") if file.is_file())


# Files


def test_a_missing_store_is_not_made_by_opening_it(path: Path) -> None:
    with pytest.raises(NotUsable, match="There is no store"):
        open_store(path)
    assert not path.parent.exists()


def test_creating_does_not_touch_what_is_there(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    before = path.read_bytes()
    with pytest.raises(NotUsable, match="already a store"):
        create_store(path)
    assert path.read_bytes() == before


def test_a_change_leaves_the_store_its_lock_a_copy_and_its_log(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"1": {"n": 2}})
    assert names(path) == [
        "generations/store-00000001.db",
        "generations/store-00000001.log",
        "generations/store-pages.sums",
        "store.db",
        "store.db.lock",
    ]


@POSIX
def test_files_are_for_their_owner_only_also_while_it_is_changed(path: Path) -> None:
    old = os.umask(0)
    try:
        store = create_store(path)
        put(store, "person", {"1": {"n": 1}})
        with store.change(stamp()) as change:
            change.put("person", "1", {"n": 2})
            reader = store.snapshot()
            during = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.rglob("*") if file.is_file()}
        assert reader.get("person", "1") == {"n": 1}
    finally:
        os.umask(old)
    folders = {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent / "generations")}
    assert ({"store.db-wal", "store.db-shm"} <= during.keys(), set(during.values()), folders) == (
        True,
        {0o600},
        {0o700},
    )


@POSIX
def test_a_symbolic_link_stays_a_link(path: Path, store: SQLiteStore, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    put(open_store(link), "person", {"1": {"n": 1}})
    assert (link.is_symlink(), store.get("person", "1")) == (True, {"n": 1})


def test_a_large_change_makes_a_new_copy_instead_of_a_long_log(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {str(n): {"note": "x" * 900} for n in range(1500)})
    put(store, "person", {"1": {"n": 3}})
    put(store, "person", {"2": {"note": "y" * 2_000_000}})
    kept = [name for name in names(path) if name.startswith("generations/store-0")]
    assert kept == [f"generations/store-0000000{n}.{ending}" for n in (2, 4) for ending in ("db", "log")]


# Refusals

FOREIGN = {
    "empty": (b"", "is empty"),
    "tinydb": (b'{"_default": {"1": {"name": "Amina"}}}', "not a store of eventops"),
    "sheet": (b"PK\x03\x04\x14\x00" * 100, "not a store of eventops"),
    "zeros": (bytes(4096), "not a store of eventops"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_is_no_store_is_refused_untouched(path: Path, store: SQLiteStore, name: str) -> None:
    for n in range(3):
        put(store, "person", {"1": {"n": n}})
    content, words = FOREIGN[name]
    path.write_bytes(content)
    for action in (lambda: open_store(path), lambda: store.all("person"), lambda: put(store, "person", {"2": {}})):
        with pytest.raises(StoreUnavailable, match=words) as caught:
            action()
        assert caught.value.values["number"] == 3
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    sqlite(path, "CREATE TABLE theirs (n)")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="not a store of eventops"):
        open_store(path)
    assert (path.read_bytes(), names(path)) == (before, ["store.db"])


def test_a_newer_store_is_refused_untouched(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    sqlite(path, "PRAGMA user_version = 2")
    before = path.read_bytes()
    for action in (lambda: open_store(path), lambda: put(store, "person", {"2": {}})):
        with pytest.raises(StoreUnavailable, match="newer eventops"):
            action()
    with pytest.raises(StoreUnavailable, match="newer eventops"):
        restore_store(path, holder="amina")
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", [1, 4096, 5000])
def test_a_file_cut_short_is_refused_untouched(path: Path, store: SQLiteStore, cut: int) -> None:
    put(store, "person", {str(n): {"note": "x" * 500} for n in range(100)})
    short = path.read_bytes()[:-cut]
    path.write_bytes(short)
    with pytest.raises(StoreUnavailable, match="is damaged"):
        open_store(path)
    assert path.read_bytes() == short


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET body = '{\"n\":9}' WHERE id = '1'",
        "UPDATE document SET kind = 'human' WHERE id = '1'",
        "UPDATE document SET position = 99 WHERE id = '1'",
        "DELETE FROM document WHERE id = '1'",
        "DELETE FROM total",
        "INSERT INTO document SELECT 9, 'person', '9', body, checksum FROM document WHERE id = '1'",
    ],
)
def test_a_row_changed_past_eventops_is_noticed_when_it_is_read(path: Path, store: SQLiteStore, statement: str) -> None:
    put(store, "person", {"1": {"n": 1}, "2": {"n": 2}})
    sqlite(path, statement)
    with pytest.raises(StoreUnavailable, match="is damaged"):
        SQLiteGeneration(path).check()
    with pytest.raises(StoreUnavailable, match="is damaged"):
        store.all("human" if "human" in statement else "person")


def test_a_change_after_one_that_was_not_noted_in_the_log_makes_a_new_copy(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"1": {"n": 2}})
    log_path(path, 1).write_bytes(b"")
    put(store, "person", {"1": {"n": 3}})
    assert (store.get("person", "1"), log_path(path, 3).exists()) == ({"n": 3}, True)
    path.unlink()
    assert (restore_store(path, holder="amina").number, open_store(path).get("person", "1")) == (3, {"n": 3})


def test_an_older_file_put_back_is_noticed(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"1": {"n": 2}})
    old = path.read_bytes()
    put(store, "person", {"1": {"n": 3}})
    path.write_bytes(old)
    for action in (lambda: open_store(path), lambda: put(store, "person", {"1": {"n": 4}})):
        with pytest.raises(StoreUnavailable, match="lacks changes"):
            action()
    restore_store(path, holder="amina")
    assert open_store(path).get("person", "1") == {"n": 3}


# Restoring


def test_restoring_brings_every_change_back(path: Path, store: SQLiteStore) -> None:
    for n in range(5):
        put(store, "person", {"1": {"n": n}, str(n + 2): {"n": n}})
    store.take_back(stamp("undo"))
    before = store.all("person"), store.history()
    path.write_bytes(path.read_bytes()[:9000])
    good = restore_store(path, holder="amina")
    assert (good.number, good.at, store.all("person"), store.history()) == (6, stamp().at, *before)
    assert path.with_name("store.db.damaged").stat().st_size == 9000
    assert (store.redo(stamp("redo")).takes_back, store.get("person", "1")) == (6, {"n": 4})
    put(store, "person", {"1": {"n": 9}})
    path.unlink()
    assert restore_store(path, holder="amina").number == 8
    assert open_store(path).get("person", "1") == {"n": 9}


def test_a_log_is_followed_up_to_its_first_bad_line(path: Path, store: SQLiteStore) -> None:
    for n in range(4):
        put(store, "person", {"1": {"n": n}})
    log = log_path(path, 1)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + lines[1].replace(b"person", b"parson") + lines[2])
    path.write_bytes(b"rubbish")
    assert (restore_store(path, holder="amina").number, open_store(path).get("person", "1")) == (2, {"n": 1})
    put(store, "person", {"1": {"n": 9}})
    assert store.generation == 3


def test_a_damaged_copy_gives_way_to_the_one_before(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"2": {"note": "y" * 2_000_000}})
    put(store, "person", {"1": {"n": 3}})
    copy = generation_path(path, 2)
    copy.write_bytes(copy.read_bytes()[:-1])
    assert [finding.code for finding in stored_problems(path)] == ["kept-damaged"]
    path.unlink()
    with pytest.raises(NotUsable, match="generation 1 "):
        open_store(path)
    assert (restore_store(path, holder="amina").number, open_store(path).get("person", "1")) == (1, {"n": 1})


def test_a_store_in_order_or_without_copies_is_not_restored(path: Path, store: SQLiteStore) -> None:
    with pytest.raises(NotUsable, match="in order"):
        restore_store(path, holder="amina")
    path.write_bytes(b"rubbish")
    with pytest.raises(NotUsable, match="No good earlier copy"):
        restore_store(path, holder="amina")
    assert path.read_bytes() == b"rubbish"


# Odds and ends


def test_a_busy_store_names_who_holds_it(path: Path, store: SQLiteStore) -> None:
    def change_at_once() -> None:
        with store.change(stamp(), wait_seconds=0) as change:
            change.put("person", "1", {})

    with lock_held(path, "driss", 0), pytest.raises(StoreUnavailable) as caught:
        change_at_once()
    assert (caught.value.values["holder"], caught.value.exit_code) == ("driss", 6)


def test_an_error_of_the_command_itself_is_not_taken_for_one_of_the_store(store: SQLiteStore) -> None:
    def fail() -> None:
        with store.change(stamp()) as change:
            change.put("person", "1", {"n": 1})
            raise FileNotFoundError("exports/hotel.xlsx")

    with pytest.raises(FileNotFoundError):
        fail()
    assert store.all("person") == ()


def test_a_reader_keeps_its_moment_while_others_open_and_change_the_store(path: Path, store: SQLiteStore) -> None:
    put(store, "person", {"1": {"n": 0}})
    snapshot = store.snapshot()
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from eventops.adapters.sqlite_store import open_store\n"
        "from eventops.testing.stores import put\n"
        "put(open_store(Path(sys.argv[1])), 'person', {'1': {'n': int(sys.argv[2])}})\n"
    )
    for n in range(1, 4):
        open_store(path)
        subprocess.run(
            [sys.executable, "-c", program, str(path), str(n)],
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert (store.get("person", "1"), snapshot.get("person", "1")) == ({"n": n}, {"n": 0})
