from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, strategies as st

from eventops.domain.keeping.history import (
    FINAL,
    GENERATIONS_KEPT,
    HistoryEntry,
    HistoryMark,
    Stamp,
    Standing,
    check_undo,
    entry_after,
    entry_hash,
    entry_to_redo,
    entry_to_undo,
    facts_head_of,
    head_of,
    kept_generations,
    standing,
    verify,
)
from eventops.errors import NotUsable

STAMP = Stamp(actor="amina", at=datetime(2023, 6, 1, 9, 30, tzinfo=UTC), command="participant set")


def history(*takes_back: int | None) -> tuple[HistoryEntry, ...]:
    entries: list[HistoryEntry] = []
    for taken in takes_back:
        last = entries[-1] if entries else None
        entries.append(entry_after(last, STAMP, [("person", f"p{len(entries)}", "changed")], taken))
    return tuple(entries)


def test_the_hash_of_an_entry_is_the_same_for_ever() -> None:
    assert history(None)[0] == HistoryEntry(
        number=1,
        at=STAMP.at,
        actor="amina",
        command="participant set",
        changed=(("person", "p0", "changed"),),
        hash="1bfa8437a748eff8a2792b68ee9da4ecfcedd3f99a91ada05311421a77d525ef",
    )


def test_times_are_kept_in_utc() -> None:
    casablanca = Stamp(actor="a", at=datetime(2023, 6, 1, 10, tzinfo=timezone(timedelta(hours=1))), command="c")
    at = entry_after(None, casablanca, []).at
    assert (at.isoformat(), at.tzinfo) == ("2023-06-01T09:00:00+00:00", UTC)


def test_a_time_without_zone_is_refused() -> None:
    naive = Stamp(actor="a", at=datetime(2023, 6, 1, 10), command="c")  # the very mistake
    with pytest.raises(ValueError, match="time zone"):
        entry_after(None, naive, [])


def test_an_entry_read_back_has_the_same_hash() -> None:
    entry = history(None, None)[1]
    read = msgspec.json.decode(msgspec.json.encode(entry), type=HistoryEntry)
    assert (read, entry_hash(read)) == (entry, entry.hash)


def test_a_whole_history_has_no_finding() -> None:
    assert (verify(()), verify(history(None, None, 2, 3))) == (None, None)


@pytest.mark.parametrize(
    "field", [{"actor": "x"}, {"command": "x"}, {"changed": ()}, {"at": STAMP.at + timedelta(1)}, {"takes_back": 1}]
)
def test_an_altered_entry_is_found(field: dict[str, object]) -> None:
    entries = list(history(None, None, None))
    entries[1] = msgspec.structs.replace(entries[1], **field)
    finding = verify(entries)
    assert finding is not None
    assert (finding.code, finding.values) == ("history-broken", {"number": 2})


def test_an_altered_entry_with_its_hash_made_to_fit_shows_in_the_next() -> None:
    entries = list(history(None, None, None))
    altered = msgspec.structs.replace(entries[1], actor="x")
    entries[1] = msgspec.structs.replace(altered, hash=entry_hash(altered))
    finding = verify(entries)
    assert finding is not None
    assert finding.values == {"number": 3}


def test_a_removed_and_a_swapped_entry_are_found() -> None:
    one, two, three = history(None, None, None)
    codes = [finding and finding.values for finding in map(verify, ([two, three], [one, three], [one, three, two]))]
    assert codes == [{"number": 1}, {"number": 2}, {"number": 2}]


def test_a_cut_tail_shows_against_a_noted_hash() -> None:
    entries = history(None, None, None)
    finding = verify(entries[:2], entries[2].hash)
    assert (verify(entries[:2]), verify(entries, entries[1].hash)) == (None, None)
    assert finding is not None
    assert finding.code == "history-cut"


@pytest.mark.parametrize(
    ("takes_back", "undoable", "redoable"),
    [
        ((), (), ()),
        ((None, None), (1, 2), ()),
        ((None, None, 2), (1,), (3,)),
        ((None, None, 2, 1), (), (3, 4)),
        ((None, None, 2, 1, 4), (5,), (3,)),
        ((None, None, 2, 1, 4, 3), (5, 6), ()),
        ((None, None, 2, 1, 4, 5), (), (3, 6)),
        ((None, None, 2, None), (1, 4), ()),
    ],
)
def test_undo_and_redo_are_those_of_an_editor(
    takes_back: tuple[int | None, ...], undoable: tuple[int, ...], redoable: tuple[int, ...]
) -> None:
    assert standing(takes_back) == Standing(undoable=undoable, redoable=redoable)


def test_the_entry_to_undo_or_redo_is_the_newest() -> None:
    entries = history(None, None, 2)
    assert (entry_to_undo(entries).number, entry_to_redo(entries).number) == (1, 3)


@pytest.mark.parametrize("choose", [entry_to_undo, entry_to_redo])
def test_with_nothing_to_take_back_a_sentence_says_so(choose: object) -> None:
    assert callable(choose)
    with pytest.raises(NotUsable, match="Nothing is left"):
        choose(())


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_every_undo_within_the_kept_depth_finds_its_generation(actions: list[str]) -> None:
    """A model: the document is a list of changes in effect; each generation is kept or dropped as the rule says."""
    entries: tuple[HistoryEntry, ...] = ()
    states: dict[int, tuple[int, ...]] = {0: ()}
    done: list[int] = []
    effect: list[int] = []
    taken_back: list[int] = []
    for action in actions:
        now = standing([entry.takes_back for entry in entries])
        pile = {"undo": now.undoable, "redo": now.redoable}.get(action)
        if pile == ():
            continue
        if pile is not None and pile[-1] - 1 not in states:
            assert action == "undo"
            assert len(now.redoable) >= GENERATIONS_KEPT or len(entries) > GENERATIONS_KEPT
            continue
        taken = pile[-1] if pile else None
        last = entries[-1] if entries else None
        entries = (*entries, entry_after(last, STAMP, [], taken))
        done = [*done, entries[-1].number] if taken is None else list(states[taken - 1])
        if action == "change":
            effect, taken_back = [*effect, entries[-1].number], []
        elif action == "undo":
            taken_back.append(effect.pop())
        else:
            effect.append(taken_back.pop())
        assert done == effect
        keep = kept_generations([entry.takes_back for entry in entries])
        states = {n: state for n, state in states.items() if n in keep} | {len(entries): tuple(done)}
        assert len(keep) <= 3 * GENERATIONS_KEPT
    assert verify(entries) is None


def of_kinds(*kinds: tuple[str, int | None]) -> tuple[HistoryEntry, ...]:
    entries: list[HistoryEntry] = []
    for kind, taken in kinds:
        last = entries[-1] if entries else None
        entries.append(entry_after(last, STAMP, [(kind, f"k{len(entries)}", "changed")], taken))
    return tuple(entries)


def test_a_file_tells_the_newest_entry_that_changed_what_it_is_made_from() -> None:
    entries = of_kinds(("workspace", FINAL), ("participant", None), ("export", FINAL), ("workspace", FINAL))
    assert (facts_head_of(entries), head_of(entries)) == (
        HistoryMark(2, entries[1].hash),
        HistoryMark(4, entries[3].hash),
    )
    assert (facts_head_of(entries[:1]), head_of(())) == (None, None)
    assert HistoryMark(12, "3f2a9c81d0e45b67" + "0" * 48).short == "12 · 3f2a9c81d0e45b67"


def test_the_printed_beginning_of_a_hash_shows_a_history_that_was_rewritten() -> None:
    entries = history(None, None, None)
    printed = entries[1].hash[:16]
    rewritten = (entries[0], *of_kinds(("other", None), ("other", None), ("other", None))[1:])
    assert (verify(entries, printed), verify(entries[:2], printed)) == (None, None)
    found = [verify(one, printed) for one in (entries[:1], rewritten[:1])]
    assert [one and one.code for one in found] == ["history-cut", "history-cut"]


def test_an_undo_after_a_final_change_must_name_what_it_takes_back() -> None:
    forgotten = of_kinds(("participant", None), ("participant", None), ("participant", FINAL), ("export", FINAL))
    with pytest.raises(NotUsable) as refused:
        check_undo(forgotten)
    assert refused.value.values == {"final": "participant set", "number": 2, "command": "participant set"}
    with pytest.raises(NotUsable, match="one by one"):
        check_undo(forgotten, 1)
    check_undo(forgotten, 2)
    # Once somebody knows, the next ones need no number.
    check_undo((*forgotten, entry_after(forgotten[-1], STAMP, [("participant", "k1", "changed")], 2)))
    check_undo(of_kinds(("participant", None), ("export", FINAL)))
