"""Every commune is found when its name is written in Tifinagh sound by sound, as somebody without a list would."""

import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from eventops.builtin.world import world
from eventops.domain.placing.matching import PlaceQuery, placements

morocco = pytest.importorskip("eventops_morocco", reason="the names are Moroccan: install eventops-morocco")


def benchmark() -> ModuleType:
    file = Path(__file__).parents[3] / "benchmarks" / "places.py"
    spec = spec_from_file_location("places_benchmark", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_sounds_are_written_as_the_amazigh_alphabet_has_them() -> None:
    in_tifinagh = benchmark().in_tifinagh
    assert [in_tifinagh(name) for name in ("Tiznit", "Chefchaouen", "Khénifra", "Aït Melloul")] == [
        "ⵜⵉⵣⵏⵉⵜ",
        "ⵛⴼⵛⴰⵓⵏ",
        "ⵅⵉⵏⵉⴼⵔⴰ",
        "ⴰⵢⵜ ⵎⵍⵍⵓⵍ",
    ]


def test_all_communes_are_found_in_tifinagh_or_put_to_a_person() -> None:
    in_tifinagh = benchmark().in_tifinagh
    rows = morocco.load_places().rows
    provinces = {area.code: area.name.fr for area in morocco.load_places().areas}
    counts = {}
    for way, column in (("alone", False), ("beside its province", True)):
        truth = {
            PlaceQuery(in_tifinagh(row.fr), province=provinces[row.province] if column else ""): row.code
            for row in rows
        }
        found = placements(truth, (morocco.MOROCCO, world), home_country="MA")
        places = {query: found[query].place for query in truth}
        counts[way] = Counter(
            "asked" if place is None else "right" if place.code == truth[query] else "wrong"
            for query, place in places.items()
        )
    alone, beside = counts["alone"], counts["beside its province"]
    assert (
        alone["right"] >= 0.80 * alone.total(),
        alone["wrong"] <= 2,
        beside["right"] >= 0.98 * beside.total(),
        beside["wrong"],
    ) == (True, True, True, 0), counts
