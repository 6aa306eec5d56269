"""Numbers of the list lots are drawn from: everybody keeps theirs, whoever is forgotten."""

from typing import Any

from hypothesis import given, strategies as st

from eventops.domain.deciding.seat_records import left_behind, numbers_of

IDS = st.lists(st.integers(1, 999).map(lambda one: f"P{one:04}"), min_size=1, max_size=12, unique=True)


@given(IDS, st.data())
def test_whoever_is_forgotten_in_whatever_order_the_others_keep_their_number(
    ids: list[str], data: st.DataObject
) -> None:
    draw: dict[str, Any] = {
        "pool": {id: [] for id in ids},
        "probabilities": dict.fromkeys(ids, 0.5),
        "selected": ids,
        "reserves": [],
    }
    before = numbers_of(draw["pool"])
    for person in data.draw(st.lists(st.sampled_from(ids), unique=True)):
        draw = left_behind(draw, person)
        assert person not in str(draw)
    after = numbers_of(draw["pool"])
    assert sorted(after.values()) == sorted(before.values())
    assert {id: number for id, number in after.items() if id in before} == {
        id: before[id] for id in before if id in after
    }
    assert [after[id] for id in draw["selected"]] == [before[id] for id in ids]


def test_somebody_who_is_not_in_a_draw_leaves_it_as_it_was() -> None:
    draw = {"pool": {"P1": ["women"]}, "probabilities": {"P1": 1.0}, "selected": ["P1"], "reserves": []}
    assert left_behind(draw, "P2") == draw
