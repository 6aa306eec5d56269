"""What every store promises, as tests: subclass `StoreContract`, say how a store is made, and run pytest.

Example::

    class TestMyStore(StoreContract):
        def new_store(self, folder):
            return MyStore(folder / "store")
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import msgspec
import pytest

from eventops.domain.keeping.history import FINAL, GENERATIONS_KEPT, Stamp, entry_hash, verify
from eventops.errors import NotUsable, StoreUnavailable
from eventops.extension.ports import Document, Store

_START = datetime(2023, 6, 1, 9, tzinfo=UTC)


def stamp(command: str = "participant set", minute: int = 0) -> Stamp:
    """A stamp of one coordinator, so many minutes after nine o'clock."""
    return Stamp(actor="amina", at=_START + timedelta(minutes=minute), command=command)


def put(store: Store, kind: str, documents: dict[str, Document], command: str = "participant set") -> None:
    """Puts documents by id, in one change."""
    with store.change(stamp(command)) as change:
        for id, document in documents.items():
            change.put(kind, id, document)


class StoreContract:
    """The promises. `new_store` makes an empty store; `another_handle` opens the same one as another command would."""

    def new_store(self, folder: Path) -> Store:
        raise NotImplementedError

    def another_handle(self, store: Store) -> Store:
        return store

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return self.new_store(tmp_path)

    def test_a_new_store_is_empty(self, store: Store) -> None:
        assert (store.generation, store.all("person"), store.get("person", "p1"), store.history()) == (0, (), None, ())

    def test_documents_come_back_as_they_were_put(self, store: Store) -> None:
        document = {
            "name": "ⵎⵓⵃⴰ موحا Mouha",
            "age": 41,
            "share": 0.5,
            "here": True,
            "phone": "+212600000000",
            "note": None,
            "wishes": ["رعاية", {"rank": 1, "lines": "one\ntwo\u2028three"}],
            "emoji": "🧕🏽",
            "empty": {},
        }
        put(store, "person", {"p1": document})
        assert self.another_handle(store).get("person", "p1") == document

    def test_all_come_in_the_order_they_were_first_put(self, store: Store) -> None:
        put(store, "person", {"z": {"n": 1}, "a": {"n": 2}, "10": {"n": 3}, "9": {"n": 4}})
        put(store, "person", {"m": {"n": 5}, "a": {"n": 6}})
        expected = ({"n": 1}, {"n": 6}, {"n": 3}, {"n": 4}, {"n": 5})
        assert (store.all("person"), self.another_handle(store).all("person")) == (expected, expected)

    def test_kinds_are_apart(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}})
        put(store, "room", {"1": {"n": 2}})
        assert (store.get("person", "1"), store.get("room", "1")) == ({"n": 1}, {"n": 2})

    def test_find_compares_one_field(self, store: Store) -> None:
        put(store, "person", {"1": {"town": "سلا"}, "2": {"town": "Salé"}, "3": {"name": "سلا"}, "4": {"town": "سلا"}})
        assert store.find("person", "town", "سلا") == ({"town": "سلا"}, {"town": "سلا"})

    def test_find_takes_lists_and_missing_values(self, store: Store) -> None:
        put(store, "person", {"1": {"wishes": ["a", "b"]}, "2": {"wishes": None}, "3": {}})
        found = store.find("person", "wishes", ["a", "b"]), store.find("person", "wishes", None)
        assert found == (({"wishes": ["a", "b"]},), ({"wishes": None},))

    def test_altering_what_was_read_or_put_alters_nothing_stored(self, store: Store) -> None:
        mine: dict[str, Any] = {"wishes": ["a"]}
        with store.change(stamp()) as change:
            change.put("person", "p1", mine)
            mine["wishes"].append("b")
            read_inside = change.get("person", "p1")
            assert read_inside == {"wishes": ["a"]}
            read_inside["wishes"].append("c")
            next(change.all("person"))["wishes"].append("d")
        for read in (store.get("person", "p1"), *store.all("person"), *store.find("person", "wishes", ["a"])):
            assert read == {"wishes": ["a"]}
            read["wishes"].append("e")
        assert store.get("person", "p1") == {"wishes": ["a"]}

    def test_a_change_sees_what_it_staged_and_others_do_not(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}, "2": {"n": 2}})
        with store.change(stamp()) as change:
            change.put("person", "3", {"n": 3})
            change.put("person", "1", {"n": 10})
            change.remove("person", "2")
            inside = change.get("person", "1"), change.get("person", "2"), tuple(change.all("person"))
            outside = self.another_handle(store).all("person")
        assert inside == ({"n": 10}, None, ({"n": 10}, {"n": 3}))
        assert outside == ({"n": 1}, {"n": 2})
        assert store.all("person") == ({"n": 10}, {"n": 3})

    def test_going_through_documents_while_changing_them_is_safe(self, store: Store) -> None:
        put(store, "person", {str(n): {"id": str(n)} for n in range(5)})
        with store.change(stamp()) as change:
            for document in change.all("person"):
                change.remove("person", document["id"])
                change.put("person", document["id"] + "b", {"id": document["id"] + "b"})
        assert [document["id"] for document in store.all("person")] == ["0b", "1b", "2b", "3b", "4b"]

    def test_a_failed_block_changes_nothing(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}})
        before = store.generation, store.all("person"), store.history()

        def fail() -> None:
            with store.change(stamp()) as change:
                change.put("person", "1", {"n": 2})
                change.put("person", "2", {"n": 1 // 0})

        with pytest.raises(ZeroDivisionError):
            fail()
        after = self.another_handle(store)
        assert (after.generation, after.all("person"), after.history()) == before

    def test_a_block_that_changed_nothing_leaves_no_trace(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1, "wishes": ["a"]}})
        before = store.generation, store.history()
        with store.change(stamp()) as change:
            change.put("person", "1", {"wishes": ("a",), "n": 1})
            change.put("person", "2", {"n": 2})
            change.remove("person", "2")
            change.put("person", "1", {"n": 3})
            change.put("person", "1", {"n": 1, "wishes": ["a"]})
        assert (store.generation, store.history()) == before

    def test_a_number_and_a_truth_value_are_different(self, store: Store) -> None:
        put(store, "person", {"1": {"answer": 1}})
        put(store, "person", {"1": {"answer": True}})
        answer = (self.another_handle(store).get("person", "1") or {})["answer"]
        assert (answer, type(answer), store.generation) == (True, bool, 2)

    def test_removing_what_is_not_there_is_an_error(self, store: Store) -> None:
        with pytest.raises(KeyError), store.change(stamp()) as change:
            change.remove("person", "nobody")

    @pytest.mark.parametrize("value", [{1, 2}, _START, float("nan"), float("inf"), 2**64, b"bytes", {1: "one"}])
    def test_values_that_would_not_come_back_are_refused(self, store: Store, value: object) -> None:
        with pytest.raises((TypeError, ValueError)), store.change(stamp()) as change:
            change.put("person", "1", {"field": [value]})
        assert store.generation == 0

    def test_text_that_is_not_unicode_is_refused_with_a_sentence(self, store: Store) -> None:
        with pytest.raises(NotUsable, match="person p1 is not valid Unicode"), store.change(stamp()) as change:
            change.put("person", "p1", {"name": "caf\udce9"})

    @pytest.mark.parametrize(("kind", "id"), [("", "1"), ("_history", "1"), ("person", "")])
    def test_names_of_the_store_itself_are_refused(self, store: Store, kind: str, id: str) -> None:
        with pytest.raises(ValueError, match=r"kind|id"), store.change(stamp()) as change:
            change.put(kind, id, {})

    def test_a_change_cannot_be_used_after_its_end(self, store: Store) -> None:
        with store.change(stamp()) as change:
            pass
        with pytest.raises(RuntimeError):
            change.put("person", "1", {})

    def test_another_handle_sees_each_change(self, store: Store) -> None:
        other = self.another_handle(store)
        put(store, "person", {"1": {"town": "Salé"}})
        first = other.generation, other.find("person", "town", "Salé")
        put(other, "person", {"1": {"town": "Rabat"}})
        assert first == (1, ({"town": "Salé"},))
        assert (store.generation, store.find("person", "town", "Salé")) == (2, ())
        assert store.find("person", "town", "Rabat") == ({"town": "Rabat"},)

    def test_a_snapshot_stays_at_its_generation(self, store: Store) -> None:
        put(store, "person", {"1": {"town": "Salé"}})
        snapshot = self.another_handle(store).snapshot()
        put(store, "person", {"1": {"town": "Rabat"}, "2": {"town": "Salé"}})
        assert (snapshot.generation, snapshot.get("person", "1"), snapshot.all("person")) == (
            1,
            {"town": "Salé"},
            ({"town": "Salé"},),
        )
        assert (snapshot.find("person", "town", "Rabat"), len(snapshot.history())) == ((), 1)

    def test_a_second_writer_waits_and_is_told(self, store: Store) -> None:
        other = self.another_handle(store)
        with store.change(stamp()) as change:
            change.put("person", "1", {"n": 1})
            with pytest.raises(StoreUnavailable), other.change(stamp(), wait_seconds=0.05):
                raise AssertionError("two writers at once")
        put(other, "person", {"2": {"n": 2}})
        assert store.all("person") == ({"n": 1}, {"n": 2})

    def test_a_second_writer_goes_on_when_the_first_has_ended(self, store: Store) -> None:
        other = self.another_handle(store)
        inside, done = Event(), Event()

        def first() -> None:
            with store.change(stamp()) as change:
                change.put("counter", "c", {"n": 1})
                inside.set()
                done.wait(10)

        thread = Thread(target=first)
        thread.start()
        inside.wait(10)
        Timer(0.1, done.set).start()
        with other.change(stamp()) as change:
            change.put("counter", "c", {"n": (change.get("counter", "c") or {"n": 0})["n"] + 1})
        thread.join()
        assert (store.get("counter", "c"), store.generation) == ({"n": 2}, 2)

    def test_history_tells_who_when_how_and_what(self, store: Store) -> None:
        put(store, "person", {"1": {"name": "Amina"}, "2": {"name": "Driss"}}, "participant import")
        with store.change(stamp("participant set", 5)) as change:
            change.put("person", "2", {"name": "Idriss"})
            change.remove("person", "1")
            change.put("room", "A", {"seats": 60})
        entries = self.another_handle(store).history()
        assert [(e.number, e.at, e.actor, e.command, e.takes_back) for e in entries] == [
            (1, _START, "amina", "participant import", None),
            (2, _START + timedelta(minutes=5), "amina", "participant set", None),
        ]
        assert [e.changed for e in entries] == [
            (("person", "1", "added"), ("person", "2", "added")),
            (("person", "2", "changed"), ("person", "1", "removed"), ("room", "A", "added")),
        ]

    def test_history_is_chained(self, store: Store) -> None:
        for n in range(3):
            put(store, "person", {"1": {"n": n}})
        store.take_back(stamp("undo"))
        entries = store.history()
        assert [e.previous for e in entries] == ["", *(e.hash for e in entries[:-1])]
        assert [e.hash for e in entries] == [entry_hash(e) for e in entries]
        assert verify(entries) is None

    def test_a_time_without_zone_is_refused(self, store: Store) -> None:
        naive = Stamp(actor="amina", at=_START.replace(tzinfo=None), command="participant set")
        with pytest.raises(ValueError, match="time zone"), store.change(naive) as change:
            change.put("person", "1", {})
        assert store.generation == 0

    def test_undo_brings_back_what_a_change_altered(self, store: Store) -> None:
        put(store, "person", {"a": {"n": 1}, "b": {"n": 2}, "c": {"n": 3}})
        before = store.all("person")
        with store.change(stamp()) as change:
            change.remove("person", "a")
            change.put("person", "b", {"n": 20})
            change.put("person", "d", {"n": 4})
        entry = store.take_back(stamp("undo", 1))
        other = self.another_handle(store)
        assert (other.all("person"), other.generation) == (before, 3)
        assert (entry.number, entry.takes_back, entry.command) == (3, 2, "undo")
        assert set(entry.changed) == {("person", "a", "added"), ("person", "b", "changed"), ("person", "d", "removed")}
        assert other.history()[-1] == entry

    def test_undo_goes_back_change_by_change_and_redo_forward(self, store: Store) -> None:
        states: list[tuple[Document, ...]] = [()]
        for n in range(3):
            put(store, "person", {str(n): {"n": n}})
            states.append(store.all("person"))
        back = [(store.take_back(stamp("undo")).takes_back, store.all("person")) for _ in range(3)]
        assert back == [(3, states[2]), (2, states[1]), (1, states[0])]
        with pytest.raises(NotUsable):
            store.take_back(stamp("undo"))
        forward = [(store.redo(stamp("redo")).takes_back, store.all("person")) for _ in range(3)]
        assert forward == [(6, states[1]), (5, states[2]), (4, states[3])]
        with pytest.raises(NotUsable):
            store.redo(stamp("redo"))
        assert (store.take_back(stamp("undo")).takes_back, store.all("person")) == (9, states[2])

    def test_a_new_change_ends_the_chance_to_redo(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}})
        store.take_back(stamp("undo"))
        put(store, "person", {"2": {"n": 2}})
        with pytest.raises(NotUsable, match="Nothing is left to redo"):
            store.redo(stamp("redo"))
        store.take_back(stamp("undo"))
        with pytest.raises(NotUsable, match="Nothing is left to undo"):
            store.take_back(stamp("undo"))
        assert (store.all("person"), store.generation) == ((), 4)

    def test_the_last_ten_changes_can_be_undone(self, store: Store) -> None:
        for n in range(GENERATIONS_KEPT + 3):
            put(store, "person", {"1": {"n": n}})
        for _ in range(GENERATIONS_KEPT):
            store.take_back(stamp("undo"))
        assert store.get("person", "1") == {"n": 2}
        generation = store.generation
        with pytest.raises(NotUsable, match="no longer kept"):
            store.take_back(stamp("undo"))
        assert (store.get("person", "1"), store.generation) == ({"n": 2}, generation)
        for _ in range(GENERATIONS_KEPT):
            store.redo(stamp("redo"))
        assert store.get("person", "1") == {"n": GENERATIONS_KEPT + 2}

    def test_kinds_and_items_tell_all_there_is(self, store: Store) -> None:
        put(store, "room", {"A": {"seats": 60}})
        put(store, "person", {"z": {"n": 1}, "a": {"n": 2}})
        snapshot = self.another_handle(store).snapshot()
        put(store, "room", {"B": {"seats": 8}})
        assert (store.kinds(), list(store.items("room"))) == (
            ("person", "room"),
            [("A", {"seats": 60}), ("B", {"seats": 8})],
        )
        assert (snapshot.kinds(), list(snapshot.items("person")), list(snapshot.items("room"))) == (
            ("person", "room"),
            [("z", {"n": 1}), ("a", {"n": 2})],
            [("A", {"seats": 60})],
        )
        with store.change(stamp()) as change:
            change.remove("room", "A")
            change.remove("room", "B")
        assert (store.kinds(), list(store.items("room"))) == (("person",), [])

    def test_a_final_change_is_never_taken_back(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}})
        put(store, "person", {"1": {"n": 2}})
        with store.change(msgspec.structs.replace(stamp("export"), final=True)) as change:
            change.put("export", "e1", {"file": "hotel.xlsx"})
        assert store.take_back(stamp("undo")).takes_back == 2
        with store.change(msgspec.structs.replace(stamp("export"), final=True)) as change:
            change.put("export", "e2", {"file": "hotel.csv"})
        assert store.redo(stamp("redo")).takes_back == 4
        assert (store.get("person", "1"), len(store.all("export"))) == ({"n": 2}, 2)
        assert [entry.takes_back for entry in store.history()] == [None, None, FINAL, 2, FINAL, 4]

    def test_what_is_erased_never_comes_back(self, store: Store) -> None:
        put(store, "person", {"1": {"name": "Salma"}, "2": {"name": "Driss", "friends": ["1"]}})
        put(store, "person", {"1": {"name": "Salma B."}, "3": {"name": "Amina"}})
        put(store, "note", {"1:travel": {"text": "by car"}, "2:travel": {"text": "by train"}})
        asked: set[tuple[str, str]] = set()

        def erased(kind: str, id: str, document: Document) -> Document | None:
            asked.add((kind, id))
            if kind == "person" and id == "2":
                return document | {"friends": []}
            return None

        entry = self.another_handle(store).erase(stamp("participant forget"), "1", erased)
        assert asked == {("person", "1"), ("person", "2"), ("note", "1:travel")}
        assert (entry.number, entry.takes_back, entry.command) == (4, FINAL, "participant forget")
        assert set(entry.changed) == {
            ("person", "1", "removed"), ("person", "2", "changed"), ("note", "1:travel", "removed"),
        }  # fmt: skip
        assert (store.history()[-1], verify(store.history())) == (entry, None)
        left = ({"name": "Driss", "friends": []}, {"name": "Amina"})
        assert (store.all("person"), store.all("note")) == (left, ({"text": "by train"},))
        for _ in range(3):
            store.take_back(stamp("undo"))
        assert (store.all("person"), store.all("note")) == ((), ())
        for _ in range(3):
            store.redo(stamp("redo"))
        assert (store.all("person"), store.all("note")) == (left, ({"text": "by train"},))

    def test_erasing_what_is_nowhere_is_told_all_the_same(self, store: Store) -> None:
        put(store, "person", {"1": {"n": 1}})
        entry = store.erase(stamp("participant forget"), "P9", lambda kind, id, document: None)
        assert (entry.changed, store.all("person"), store.generation) == ((), ({"n": 1},), 2)

    def test_a_store_is_filled_with_documents_and_history_of_another(self, store: Store, tmp_path: Path) -> None:
        put(store, "person", {"z": {"name": "سلمى", "share": 1.0}, "a": {"n": 2}})
        put(store, "room", {"A": {"seats": 60}})
        store.take_back(stamp("undo"))
        put(store, "pin", {"سلا": {"code": "MA-04"}})
        other = self.new_store(tmp_path / "other")
        documents = [(kind, id, document) for kind in store.kinds() for id, document in store.items(kind)]
        other.fill(documents, store.history())
        same = self.another_handle(other)
        assert [(kind, id, document) for kind in same.kinds() for id, document in same.items(kind)] == documents
        assert (same.history(), same.generation) == (store.history(), 4)
        with pytest.raises(NotUsable, match="not empty"):
            other.fill(documents, store.history())
        with pytest.raises(NotUsable, match="no longer kept"):
            other.take_back(stamp("undo"))
        put(other, "person", {"a": {"n": 3}})
        assert (other.take_back(stamp("undo")).takes_back, other.get("person", "a")) == (5, {"n": 2})
        assert verify(other.history()) is None

    def test_a_store_that_is_not_filled_to_the_end_stays_empty(self, store: Store) -> None:
        def documents() -> Iterator[tuple[str, str, Document]]:
            yield "person", "1", {"n": 1}
            raise OSError("the source has gone away")

        with pytest.raises(OSError, match="gone away"):
            store.fill(documents(), ())
        assert (store.kinds(), store.generation) == ((), 0)
