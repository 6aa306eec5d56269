"""A table of what people write in the cell for their town, and what was meant: hard_places.csv beside this file.

Written from how people write, not from what the resolver does; `expected` is the code of the place, or empty where
nothing may be matched without a person. The score may only grow.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from eventops.builtin.world import world
from eventops.domain.places import PlaceQuery
from eventops.domain.placing.matching import placements

morocco = pytest.importorskip("eventops_morocco", reason="the table holds Moroccan places: install eventops-morocco")

KINDS = {
    "typing-fr": "slips of the finger and of the ear in French spelling, with and without accents",
    "typing-ar": "Arabic with hamza, article, dots or long vowels left out, other letters of the same sound, ornaments",
    "two-scripts": "the same place in both scripts in one cell",
    "chat-digits": "figures for Arabic letters",
    "homonym-hint": "a name several places bear, beside a province or region that decides",
    "homonym": "a name several places bear, with nothing beside it",
    "district": "a quarter or district, with or without its city",
    "old-name": "colonial, former, Spanish, everyday and English names",
    "rural": "rural communes of the two invited regions, spelled as their people spell them",
    "phrase": "a town in a sentence, an address, or the words of a form",
    "abroad": "towns of other countries, in French, English and Arabic",
    "trap": "names of one country in another, contradictions, areas, streets, people, no answers",
}


def rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("hard_places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged() -> dict[str, Counter[str]]:
    """For each kind how many texts were right, wrong (another place, or one where none may be), or left to a person."""
    table = rows()
    queries = [PlaceQuery(row["text"], row["province"], row["region"], row["country"]) for row in table]
    found = placements(queries, (morocco.MOROCCO, world), home_country="MA")
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for row, query in zip(table, queries, strict=True):
        place = found[query].place
        answer = "asked" if place is None else "right" if place.code == row["expected"] else "wrong"
        counts[row["kind"]][answer if row["expected"] or place is not None else "right"] += 1
    return counts


def test_every_kind_of_hard_case_is_in_the_table() -> None:
    assert {row["kind"] for row in rows()} == set(KINDS)


def test_at_least_95_in_100_hard_cases_are_settled_rightly_and_at_most_1_in_284_wrongly() -> None:
    counts = judged()
    total = sum((Counter(one) for one in counts.values()), Counter())
    assert (total["right"] / total.total() >= 0.95, total["wrong"] <= total.total() / 284) == (True, True), counts


def test_no_kind_falls_far_behind() -> None:
    assert {kind: one for kind, one in judged().items() if one["right"] < 0.9 * one.total()} == {}
