"""The store under real faults: few shots of each here, the full count by EVENTOPS_FAULTS=full (see run.py)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import eventops

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these faults are made with fork and signals of POSIX")

FULL = os.environ.get("EVENTOPS_FAULTS") == "full"
RUN = Path(__file__).with_name("run.py")


STORES = pytest.mark.parametrize("store", ["tinydb", "sqlite"])


def report(scenario: str, store: str) -> dict[str, Any]:
    """What the scenario found, in a process of its own."""
    packages = str(Path(eventops.__file__).parents[1])
    paths = os.pathsep.join(path for path in (packages, os.environ.get("PYTHONPATH")) if path)
    done = subprocess.run(
        [sys.executable, str(RUN), scenario, "--store", store, *(["--full"] if FULL else [])],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    if "skipped" in found:
        pytest.skip(found["skipped"])
    return found


@STORES
def test_a_killed_change_is_whole_or_not_there(store: str) -> None:
    assert report("kills", store) == {"scenario": "kills", "shots": 1000 if FULL else 40, "bad": []}


@STORES
def test_an_interrupted_change_is_whole_or_not_there(store: str) -> None:
    assert report("interrupts", store) == {"scenario": "interrupts", "shots": 200 if FULL else 20, "bad": []}


@STORES
@pytest.mark.parametrize(("scenario", "few", "many"), [("killed-commands", 4, 1000), ("interrupted-commands", 4, 200)])
def test_a_command_cut_short_on_a_large_store_has_happened_or_not(
    store: str, scenario: str, few: int, many: int
) -> None:
    found = report(scenario, store)
    assert (found["shots"], found["old"] + found["new"], found["bad"]) == ((many if FULL else few),) * 2 + ([],)


def test_every_call_to_the_system_may_fail_or_be_the_last() -> None:
    found = report("every-call", "tinydb")
    # The new file is on the disk before the old one gets its second name, and that before the new one gets the name.
    forcing = [call for call in found["calls"] if call in ("fsync", "link", "replace")]
    assert (forcing, found["bad"]) == (["fsync", "link", "fsync", "replace", "fsync"], [])


def test_every_call_of_sqlite_may_fail_or_be_the_last() -> None:
    found = report("every-call", "sqlite")
    assert (found["calls"] >= 9, found["bad"]) == (True, [])


@STORES
def test_writing_that_stops_half_way_leaves_the_old_state(store: str) -> None:
    assert report("file-limit", store) == {"scenario": "file-limit", "limits": 200 if FULL else 20, "bad": []}


@STORES
def test_a_full_disk_keeps_what_was_saved(store: str) -> None:
    found = report("full-disk", store)
    assert (found["filled"], found["bad"]) == (found["disks"], [])


@STORES
def test_where_nothing_may_be_written_reading_works_and_changing_says_why(store: str) -> None:
    assert report("read-only", store)["bad"] == []


@STORES
def test_several_writers_and_a_reader_lose_nothing(store: str) -> None:
    assert report("race", store) == {"scenario": "race", "changes": 800 if FULL else 100, "bad": []}


@STORES
def test_every_damage_is_noticed(store: str) -> None:
    assert report("damage", store) == {"scenario": "damage", "damages": 500 if FULL else 100, "bad": []}
