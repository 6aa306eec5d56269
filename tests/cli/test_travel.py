"""Journeys through the command line: who is fetched, by what, and what the driver gets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]

VEHICLES = """
[[vehicles]]
id = "bus"
title.en = "Bus"
capacity = 48
count = 3
km_price = "12.00 MAD"
driver = "Hamid"
phone = "+212611000000"
"""


@pytest.fixture
def fetched(eventops: Run, workspace: Path) -> Run:
    """The demo with three buses."""
    file = workspace / "event.toml"
    file.write_text(file.read_text(encoding="utf-8") + VEHICLES, encoding="utf-8")
    ran = eventops("event", "apply", file)
    assert ran.code == 0, ran.err
    return eventops


def test_each_ride_names_its_stops_and_whoever_has_none_is_told_why(fetched: Run) -> None:
    view = fetched("--json", "travel", "rides").json
    assert all(len([id for stop in ride["stops"] for id in stop["passengers"]]) <= 48 for ride in view["rides"])
    assert {one["direction"] for one in view["rides"]} == {"there", "back"}
    assert all(one["reason"] for one in view["unserved"])
    out = fetched("travel", "rides").out
    assert "bus-01" in out


def test_the_rides_say_how_near_they_are_to_the_best(fetched: Run) -> None:
    view = fetched("--json", "travel", "rides").json
    bound = view["bound"]
    assert bound["cost"]["amount"] == sum(ride["cost"]["amount"] for ride in view["rides"])
    assert bound["least_cost"]["amount"] <= bound["cost"]["amount"]
    assert bound["rides"] <= len(view["rides"])
    assert bound["unserved"] <= len(view["unserved"])


def test_the_rides_of_the_solver_are_kept_and_forgotten(fetched: Run) -> None:
    pytest.importorskip("highspy")
    before = fetched("--json", "travel", "rides").json
    tried = fetched("--json", "travel", "solve", "--dry-run").json
    assert fetched("--json", "travel", "rides").json == before
    solved = fetched("--json", "travel", "solve").json
    assert {**tried, "dry_run": False} == solved
    assert (solved["unserved"], solved["cost"]) <= (solved["plain_unserved"], solved["plain"])
    assert fetched("--json", "travel", "rides").json["bound"]["cost"]["amount"] == solved["cost"]
    assert fetched("doctor").code in (0, 4)
    assert fetched("travel", "solve", "--clear").code == 0
    assert fetched("--json", "travel", "rides").json == before
    assert fetched("travel", "solve", "--clear").code == 3


def test_a_seed_beyond_what_a_store_holds_is_a_wrong_command_line(fetched: Run) -> None:
    assert fetched("travel", "solve", "--seed", str(10**20)).code == 2
    assert fetched("lodging", "solve", "--seed", "-1").code == 2


def test_without_vehicles_there_is_nothing_to_solve(eventops: Run, workspace: Path) -> None:
    assert eventops("travel", "solve").code == 3


def test_how_somebody_travels_is_settled_by_hand(fetched: Run) -> None:
    ran = fetched("--json", "travel", "mode", "P0003", "train", "--carrier", "TNR 12")
    assert ran.json == {"participant": "P0003", "modes": {"there": "train", "back": "train"}, "dry_run": False}
    mode = next(one["mode"] for one in fetched("--json", "travel", "list").json if one["id"] == "P0003")
    assert mode == "train"
    assert fetched("travel", "mode", "P0003", "--clear").code == 0
    assert fetched("travel", "mode", "P0003", "--clear").code == 3


@pytest.mark.parametrize(
    "words", [("P0003",), ("P0003", "train", "--clear"), ("P0003", "flight", "--at", "2023-10-14 07:00")]
)
def test_half_an_order_is_a_wrong_command_line(fetched: Run, words: tuple[str, ...]) -> None:
    assert fetched("travel", "mode", *words).code == 2


def test_the_driver_gets_names_phones_and_hours_and_nothing_else(fetched: Run, workspace: Path) -> None:
    assert fetched("export", "driver-sheet", "--lang", "en", "--for", "bus").code == 0
    book = openpyxl.load_workbook(workspace / "exports" / "driver-sheet.bus.en.xlsx")
    heads = [[cell.value for cell in sheet[1] if cell.value] for sheet in book.worksheets[1:]]
    assert heads
    assert {row[1].value for row in book.worksheets[0].iter_rows(min_row=2) if row[3].value} <= {
        "Bus 1",
        "Bus 2",
        "Bus 3",
    }
    assert all(set(one) <= {"At", "Stop", "Full name", "Name in Latin letters", "Phone", "On board"} for one in heads)


def test_arrivals_and_departures_and_own_pages_are_written(fetched: Run, workspace: Path) -> None:
    for name in ("arrivals-departures", "own-sheets", "place-cards"):
        assert fetched("export", name, "--lang", "ar").code == 0
    page = (workspace / "exports" / "own-sheets.ar.html").read_text(encoding="utf-8")
    assert '<article lang="fr" dir="ltr">' in page
    assert '<article lang="ar" dir="rtl">' in page
