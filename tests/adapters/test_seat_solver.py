"""Chances under quotas: leximin by our own program, maximin by the Sortition Foundation's, and plain lots."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from eventops.adapters.seat_solver import leximin_lots, nearest_quotas
from eventops.adapters.sortition import sortition_lots
from eventops.domain.deciding.seat_lottery import Lots, Pool, PoolQuota, Relaxed, draw_of, pool_hash, simple_lots

highspy = pytest.importorskip("highspy", reason="the solver is an extra")


def a_pool(places: int, people: dict[str, int], quotas: dict[str, tuple[int, int]]) -> Pool:
    """`people` counts those of each kind, named by the first letters of their quotas: {"wy": 3}."""
    members = {
        f"{kind or 'other'}{number}": tuple(name for name in quotas if name[0] in kind)
        for kind, count in sorted(people.items())
        for number in range(count)
    }
    return Pool(
        places=places,
        members=members,
        quotas=tuple(
            PoolQuota(id=name, title=name, at_least=least, at_most=most, size=sum(name in q for q in members.values()))
            for name, (least, most) in quotas.items()
        ),
    )


def chances(lots: Lots | None) -> dict[str, float]:
    assert lots is not None
    return {id: round(chance, 6) for id, chance in lots.probabilities.items() if id == f"{id.rstrip('0123456789')}0"}


def test_without_a_binding_quota_everybody_has_the_same_chance() -> None:
    pool = a_pool(4, {"w": 4, "": 6}, {"women": (0, 10)})
    assert chances(leximin_lots(pool, 1)) == {"w0": 0.4, "other0": 0.4}


def test_a_quota_raises_the_chance_of_those_it_keeps_seats_for_and_no_more_than_it_must() -> None:
    pool = a_pool(4, {"w": 4, "": 12}, {"women": (2, 10)})
    assert chances(leximin_lots(pool, 1)) == {"w0": 0.5, "other0": round(2 / 12, 6)}


def test_after_the_least_chance_the_next_least_is_made_as_great_as_it_can_be() -> None:
    # Both young women must come; the seat left among women goes to one of four, the last to one of eight.
    pool = a_pool(4, {"wy": 2, "w": 4, "": 8}, {"women": (3, 3), "young": (2, 2)})
    assert chances(leximin_lots(pool, 1)) == {"wy0": 1.0, "w0": 0.25, "other0": 0.125}


def test_the_same_seed_draws_the_same_people_and_another_seed_others() -> None:
    pool = a_pool(6, {"w": 8, "": 20}, {"women": (3, 6)})
    first, second = leximin_lots(pool, 7), leximin_lots(pool, 7)
    assert first == second
    assert first is not None
    assert len({leximin_lots(pool, seed).selected for seed in range(1, 6)}) > 1  # type: ignore[union-attr]
    assert sum(id.startswith("w") for id in first.selected) >= 3


def test_quotas_that_cannot_hold_are_named_with_the_nearest_that_can() -> None:
    pool = a_pool(6, {"w": 2, "y": 3, "": 10}, {"women": (4, 6), "young": (1, 1)})
    assert leximin_lots(pool, 1) is None
    assert simple_lots(pool, 1, "eventops") is None
    assert nearest_quotas(pool) == (
        Relaxed(id="women", title="women", at_least=4, at_most=6, nearest_at_least=2, nearest_at_most=6),
    )


def test_plain_lots_estimate_chances_by_drawing_again_and_say_so() -> None:
    pool = a_pool(4, {"w": 4, "": 12}, {"women": (2, 10)})
    lots = simple_lots(pool, 1, "eventops")
    assert lots is not None
    assert (lots.estimated_by, round(sum(lots.probabilities.values()), 6)) == (1000, 4.0)
    assert sum(id.startswith("w") for id in lots.selected) >= 2
    plain = simple_lots(a_pool(4, {"": 16}, {}), 1, "eventops")
    assert plain is not None
    assert (plain.estimated_by, set(plain.probabilities.values())) == (0, {0.25})


def test_a_kept_draw_holds_the_seed_the_pool_and_everybodys_chance() -> None:
    pool = a_pool(1, {"w": 1, "": 1}, {"women": (1, 1)})
    lots = leximin_lots(pool, 3)
    assert lots is not None
    draw = draw_of(pool, lots, number=1, seed=3, algorithm="leximin", on=date(2023, 10, 7), by="c")
    assert (draw.seed, draw.pool_hash, draw.selected, draw.reserves, draw.probabilities) == (
        3,
        pool_hash(pool),
        ("w0",),
        ("other0",),
        {"other0": 0.0, "w0": 1.0},
    )


kinds = st.dictionaries(st.sampled_from(["w", "y", "wy", "r", "wr", ""]), st.integers(1, 6), min_size=1)
bounds = st.tuples(st.integers(0, 3), st.integers(0, 6))


@given(
    st.integers(1, 10),
    kinds,
    st.fixed_dictionaries({"women": bounds, "young": bounds, "rural": bounds}),
    st.integers(1, 99),
)
@settings(max_examples=40, deadline=None)
def test_whoever_is_drawn_every_quota_holds(places: int, people: Any, quotas: Any, seed: int) -> None:
    pool = a_pool(places, people, quotas)
    lots = leximin_lots(pool, seed)
    if lots is None:
        assert nearest_quotas(pool) != ()
        return
    assert len(set(lots.selected)) == pool.wanted
    assert round(sum(lots.probabilities.values()), 4) == pool.wanted
    for quota in pool.quotas:
        assert quota.at_least <= sum(quota.id in pool.members[id] for id in lots.selected) <= quota.at_most


def test_the_least_chance_is_that_of_the_sortition_foundations_maximin() -> None:
    pytest.importorskip("sortition_algorithms", reason="an extra")
    pool = a_pool(8, {"wy": 2, "w": 6, "y": 4, "": 14}, {"women": (4, 5), "young": (2, 3)})
    ours, theirs = leximin_lots(pool, 1), sortition_lots(pool, 1, "maximin")
    assert ours is not None
    assert theirs is not None
    assert abs(min(ours.probabilities.values()) - min(theirs.probabilities.values())) < 0.001
    assert sortition_lots(pool, 1, "maximin") == theirs
    assert sortition_lots(a_pool(6, {"w": 2, "": 10}, {"women": (4, 6)}), 1, "maximin") is None
