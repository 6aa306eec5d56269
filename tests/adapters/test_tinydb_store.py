import os
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from eventops.adapters.file_lock import lock_held, lock_path
from eventops.adapters.generations import generation_path, newest_good, restore_store
from eventops.adapters.store_file import GenerationStorage, Unreadable, decoded, patiently
from eventops.adapters.tinydb_store import TinyDBStore, create_store, open_store
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Store
from eventops.testing.stores import StoreContract, put, stamp

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes, and links only for administrators")


class TestTinyDBStore(StoreContract):
    def new_store(self, folder: Path) -> Store:
        return create_store(folder / "store.json")

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, TinyDBStore)
        return open_store(store.path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "مساحة العمل" / "store.json"


@pytest.fixture
def store(path: Path) -> TinyDBStore:
    return create_store(path)


def names(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path.parent)) for file in path.parent.rglob("*") if file.is_file())


def kept(path: Path) -> list[int]:
    return [int(file.stem.split("-")[1]) for file in sorted((path.parent / "generations").iterdir())]


# Files


def test_a_missing_store_is_not_made_by_opening_it(path: Path) -> None:
    with pytest.raises(NotUsable, match="There is no store"):
        open_store(path)
    assert not path.parent.exists()


def test_creating_does_not_touch_what_is_there(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    before = path.read_bytes()
    with pytest.raises(NotUsable, match="already a store"):
        create_store(path)
    assert path.read_bytes() == before


def test_a_change_leaves_the_store_its_lock_and_the_generation_before(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    assert names(path) == ["generations/store-00000000.json", "store.json", "store.json.lock"]


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_for_their_owner_only(path: Path, mask: int) -> None:
    path.parent.parent.chmod(0o700)
    old = os.umask(mask)
    try:
        put(create_store(path), "person", {"1": {"n": 1}})
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.rglob("*") if file.is_file()}
    folders = {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent / "generations")}
    assert (modes, folders) == ({0o600}, {0o700})


@POSIX
def test_a_mode_a_person_chose_stays(path: Path, store: TinyDBStore) -> None:
    path.chmod(0o640)
    put(store, "person", {"1": {"n": 1}})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@POSIX
def test_a_symbolic_link_stays_a_link(path: Path, store: TinyDBStore, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    put(open_store(link), "person", {"1": {"n": 1}})
    assert (link.is_symlink(), store.get("person", "1"), names(path)[0]) == (
        True,
        {"n": 1},
        "generations/store-00000000.json",
    )


@pytest.mark.parametrize("name", ["store", "s[to]re*.json", "متجر.json", "-store.json"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name.replace("*", "" if os.name == "nt" else "*")
    store = create_store(path)
    put(store, "person", {"1": {"n": 1}})
    (tmp_path / f".{path.name}.123.tmp").write_bytes(b"unfinished")
    store.take_back(stamp("undo"))
    assert (open_store(path).all("person"), sorted(file.name for file in tmp_path.iterdir() if file.is_file())) == (
        (),
        sorted([path.name, path.name + ".lock"]),
    )


def test_what_a_killed_command_left_is_removed_at_the_next_change(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    (path.parent / ".store.json.4711.tmp").write_bytes(b'{"format":"eventops-store"')
    (path.parent / "generations" / ".store-00000000.json.tmp").write_bytes(b"half")
    for n in range(12):
        put(store, "person", {"1": {"n": n}})
    assert [name for name in names(path) if ".tmp" in name] == []


def test_what_a_killed_creation_left_does_not_hinder_the_next(path: Path) -> None:
    path.parent.mkdir()
    (path.parent / f".store.json.{os.getpid()}.tmp").write_bytes(b"half")
    create_store(path)
    assert names(path) == ["store.json", "store.json.lock"]


def test_the_last_ten_generations_are_kept(path: Path, store: TinyDBStore) -> None:
    for n in range(14):
        put(store, "person", {"1": {"n": n}})
    assert kept(path) == list(range(4, 14))


def test_undoing_keeps_what_the_next_undo_needs(path: Path, store: TinyDBStore) -> None:
    for n in range(14):
        put(store, "person", {"1": {"n": n}})
    for _ in range(10):
        store.take_back(stamp("undo"))
    assert (kept(path), store.get("person", "1")) == (list(range(14, 24)), {"n": 3})


def test_a_stranger_in_the_folder_of_generations_is_left_alone(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    strangers = [path.parent / "generations" / name for name in ("notes.txt", "other-00000001.json", "store-1.json")]
    for stranger in strangers:
        stranger.write_text("mine")
    for n in range(12):
        put(store, "person", {"1": {"n": n}})
    assert [stranger.read_text() for stranger in strangers] == ["mine"] * 3


def test_where_files_cannot_have_two_names_generations_are_copies(
    path: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"1": {"n": 2}})
    store.take_back(stamp("undo"))
    assert (store.get("person", "1"), kept(path)) == ({"n": 1}, [0, 1, 2])


# Refusals


def test_every_altered_byte_and_every_cut_is_noticed() -> None:
    data = GenerationStorage(3, {"person": {"1": {"name": "فاطمة", "age": 41}}}).encoded()
    broken = [data[:n] for n in range(len(data))]
    broken += [data[:n] + bytes([data[n] ^ (1 << bit)]) + data[n + 1 :] for n in range(len(data)) for bit in range(8)]
    broken += [data + b"\n", data + data, b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n", 1)]
    noticed = 0
    for each in broken:
        with pytest.raises(Unreadable):
            decoded(each)
        noticed += 1
    assert noticed == len(broken)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_no_other_bytes_are_taken_for_a_store(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decoded(data)


DAMAGE = {
    "empty": (b"", "is empty"),
    "tinydb": (b'{"_default": {"1": {"name": "Amina"}}}', "not a store of eventops"),
    "sheet": (b"PK\x03\x04\x14\x00", "not a store of eventops"),
    "zeros": (bytes(4096), "not a store of eventops"),
    "cut header": (b'{"format":"eventops-store","ver', "is damaged"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_refused_untouched_and_the_newest_good_generation_named(
    path: Path, store: TinyDBStore, name: str
) -> None:
    for n in range(3):
        put(store, "person", {"1": {"n": n}})
    content, words = DAMAGE[name]
    path.write_bytes(content)
    generation_path(path, 2).write_bytes(b"damaged too")
    for action in (lambda: open_store(path), lambda: store.all("person"), lambda: put(store, "person", {"2": {}})):
        with pytest.raises(StoreUnavailable, match=words) as caught:
            action()
        assert caught.value.values["number"] == 1
        assert "`eventops history restore`" in str(caught.value)
    assert path.read_bytes() == content


def test_without_any_good_copy_the_message_says_so(path: Path, store: TinyDBStore) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreUnavailable, match="no good earlier copy") as caught:
        open_store(path)
    assert caught.value.exit_code == 6


def test_a_newer_store_is_refused_untouched(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    newer = b'{"format":"eventops-store","version":2,"pages":4}\nwhatever'
    path.write_bytes(newer)
    with pytest.raises(StoreUnavailable, match="newer eventops"):
        open_store(path)
    with pytest.raises(StoreUnavailable, match="newer eventops"):
        restore_store(path, holder="amina")
    assert path.read_bytes() == newer


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        open_store(tmp_path)


def test_a_store_that_goes_away_is_missed(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    path.unlink()
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        store.all("person")
    for action in (open_store, create_store):
        with pytest.raises(NotUsable, match=r"generation 0 .*history restore"):
            action(path)
    assert (path.exists(), kept(path)) == (False, [0])


# Restoring


def test_restoring_brings_the_newest_good_generation_back(path: Path, store: TinyDBStore) -> None:
    for n in range(3):
        put(store, "person", {"1": {"n": n}})
    path.write_bytes(b"rubbish")
    good = restore_store(path, holder="amina")
    put(store, "person", {"2": {"n": 9}})
    assert (good.number, good.at) == (2, stamp().at)
    assert (store.all("person"), store.generation) == (({"n": 1}, {"n": 9}), 3)
    assert path.with_name("store.json.damaged").read_bytes() == b"rubbish"
    store.take_back(stamp("undo"))
    store.take_back(stamp("undo"))
    assert store.all("person") == ({"n": 0},)


def test_restoring_brings_a_lost_store_back(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    put(store, "person", {"1": {"n": 2}})
    path.unlink()
    restore_store(path, holder="amina")
    assert open_store(path).get("person", "1") == {"n": 1}


def test_a_store_in_order_is_not_restored(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    with pytest.raises(NotUsable, match="in order"):
        restore_store(path, holder="amina")
    path.write_bytes(b"")
    generation_path(path, 0).unlink()
    with pytest.raises(NotUsable, match="No good earlier copy"):
        restore_store(path, holder="amina")
    assert (path.read_bytes(), newest_good(path)) == (b"", None)


def test_a_generation_of_a_history_that_was_given_up_is_not_used(path: Path, store: TinyDBStore) -> None:
    for n in range(3):
        put(store, "person", {"1": {"n": n}})
    foreign = create_store(path.with_name("other.json"))
    for n in range(2):
        put(foreign, "person", {"1": {"n": 100 + n}}, "another command")
    generation_path(path, 2).unlink()
    generation_path(path, 2).write_bytes(path.with_name("other.json").read_bytes())
    with pytest.raises(NotUsable, match="no longer kept"):
        store.take_back(stamp("undo"))
    generation_path(path, 2).write_bytes(b"damaged")
    with pytest.raises(StoreUnavailable, match="kept generation"):
        store.take_back(stamp("undo"))
    assert store.get("person", "1") == {"n": 2}


# The lock


def test_a_busy_store_names_who_holds_it(path: Path, store: TinyDBStore) -> None:
    with lock_held(path, "driss", 0), pytest.raises(StoreUnavailable) as caught:
        put_without_waiting(store)
    values = caught.value.values
    assert (values["holder"], values["process"], values["seconds"]) == ("driss", os.getpid(), 0)
    assert {"host", "since"} <= set(values)
    assert caught.value.exit_code == 6


def put_without_waiting(store: Store) -> None:
    with store.change(stamp(), wait_seconds=0) as change:
        change.put("person", "1", {"n": 1})


def test_reading_needs_no_lock(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    with lock_held(path, "driss", 0):
        assert open_store(path).all("person") == ({"n": 1},)
    lock_path(path).unlink()
    assert (open_store(path).all("person"), lock_path(path).exists()) == (({"n": 1},), False)


def test_words_left_in_a_lock_file_lock_nothing(path: Path, store: TinyDBStore) -> None:
    lock_path(path).write_text('{"holder":"ghost","host":"h","process":1,"since":"2023-06-01T09:00:00Z"}')
    put_without_waiting(store)
    assert (store.generation, lock_path(path).read_bytes()) == (1, b"")


def test_unreadable_words_in_the_lock_file_do_no_harm(path: Path, store: TinyDBStore) -> None:
    with lock_held(path, "driss", 0):
        lock_path(path).write_bytes(b"\xff{half")
        with pytest.raises(StoreUnavailable, match="by another command"):
            put_without_waiting(store)


# Odds and ends


def test_a_file_held_for_a_moment_is_tried_again() -> None:
    refusals = [PermissionError(13, "in use"), PermissionError(13, "in use")]

    def action() -> str:
        if refusals:
            raise refusals.pop()
        return "done"

    assert patiently(action, tries=3, pause_seconds=0) == "done"
    refusals.append(PermissionError(13, "in use"))
    with pytest.raises(PermissionError):
        patiently(action, tries=1)


def test_the_file_is_json_that_other_programs_can_read(path: Path, store: TinyDBStore) -> None:
    put(store, "person", {"1": {"name": "سلا"}})
    header, body = path.read_text(encoding="utf-8").split("\n")
    assert (msgspec.json.decode(header)["generation"], msgspec.json.decode(body)["person"]) == (
        1,
        {"1": {"name": "سلا"}},
    )


# Half a surrogate pair is no text.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_every_json_document_comes_back_the_same(document: dict[str, object]) -> None:
    storage = decoded(GenerationStorage(1, {"kind": {"id": document}}).encoded())
    assert storage.tables == {"kind": {"id": document}}
