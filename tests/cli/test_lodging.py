"""Rooms through the command line: what a coordinator does between the first list and the last call from the hotel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

Run = Callable[..., Any]

HOTELS = """
[[hotels]]
id = "anfa"
name.en = "Hotel Idou Anfa"
release_on = 2023-10-01

[[hotels.room_types]]
id = "twin"
title.en = "twin room"
beds = 2
price = "801.01 MAD"
count = 6

[[hotels.room_types]]
id = "single"
title.en = "single room"
price = "650.00 MAD"
accessible = true
blocks = [{ night = 2023-10-13, rooms = 3 }]
"""


def with_hotels(workspace: Path) -> Path:
    """The event file of the demo with rooms held by type and night."""
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index("[hotel]")
    end = text.index("\n\n", start)
    file.write_text(text[:start] + HOTELS.strip() + text[end:], encoding="utf-8")
    return file


@pytest.fixture
def hosted(eventops: Run, workspace: Path) -> Run:
    """The demo with rooms held by type and night."""
    ran = eventops("event", "apply", with_hotels(workspace))
    assert ran.code == 0, ran.err
    return eventops


def beds(run: Run) -> dict[str, str]:
    """Everybody's room on the eve."""
    return {one["id"]: bed["room"] for one in run("--json", "lodging", "list").json for bed in one["beds"]}


def test_rooms_are_balanced_by_night_and_type_and_a_room_is_paid_once(hosted: Run) -> None:
    twin, single = hosted("--json", "lodging", "rooms").json
    assert twin == {
        "night": "2023-10-13",
        "hotel": "anfa",
        "type": "twin",
        "held": 6,
        "used": 6,
        "people": 12,
        "free_beds": 0,
        "cost": {"amount": 4806.06, "currency": "MAD"},
        "release_on": None,
    }
    assert (single["used"] < 3, single["used"], single["release_on"]) == (True, single["people"], "2023-10-01")
    paid = sum(one["amount"]["amount"] for one in hosted("--json", "lodging", "list").json)
    assert round(paid, 2) == round(4806.06 + 650 * single["used"], 2)


def test_a_person_is_placed_by_hand_and_the_plan_keeps_it(hosted: Run) -> None:
    ran = hosted("--json", "lodging", "place", "P0005", "anfa-single-03")
    assert (ran.code, ran.json["room"]) == (0, "anfa-single-03")
    assert beds(hosted)["P0005"] == "anfa-single-03"
    assert "placed by hand" in hosted("why", "P0005").out
    assert hosted("lodging", "release", "P0005").code == 0
    assert beds(hosted)["P0005"] != "anfa-single-03"


def test_a_trial_changes_nothing(hosted: Run) -> None:
    before = beds(hosted)
    for words in (("place", "P0005", "anfa-single-03"), ("sent",), ("wish", "P0005", "--single")):
        assert hosted("lodging", *words, "--dry-run").code == 0
    assert beds(hosted) == before
    assert hosted("--json", "lodging", "lists").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("place", "P0005", "anfa-suite-01"), "No hotel holds the room anfa-suite-01"),
        (("place", "P0001", "anfa-single-03"), "P0001 has no night at the hotel"),
        (("release", "P0005"), "P0005 was not placed by hand"),
        (("wish", "P0005", "--with", "P0005"), "with themselves"),
        (("wish", "P0005", "--with", "P0003", "--not-with", "P0003"), "choose one"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(hosted: Run, words: tuple[str, ...], said: str) -> None:
    ran = hosted("lodging", *words)
    assert (ran.code, said in ran.err) == (3, True)


def test_nobody_placed_by_hand_is_put_out_by_another(hosted: Run) -> None:
    hosted("lodging", "place", "P0005", "anfa-single-03")
    ran = hosted("lodging", "place", "P0003", "anfa-single-03")
    assert (ran.code, "P0005 was placed in anfa-single-03 by hand before" in ran.err) == (3, True)


def test_a_wish_is_kept_and_one_that_cannot_be_met_is_explained(hosted: Run) -> None:
    assert hosted("--json", "lodging", "wish", "P0003", "--with", "P0009").json["mates"] == ["P0009"]
    assert "women and men share a room within a family only" in hosted("why", "P0003").out
    assert hosted("lodging", "wish", "P0003", "--clear").code == 0
    assert "Wishes" not in hosted("why", "P0003").out


def test_after_a_list_was_sent_a_cancellation_moves_nobody_and_the_next_list_marks_it(
    hosted: Run, workspace: Path
) -> None:
    before = beds(hosted)
    assert hosted("--json", "lodging", "sent").json["people"] == len(before)
    hosted("participant", "withdraw", "P0009")
    hosted("lodging", "place", "P0005", "anfa-single-03")
    after = beds(hosted)
    gone = before.pop("P0009")
    assert after == {**before, "P0005": "anfa-single-03"}
    assert hosted("export", "rooming-list", "--lang", "en").code == 0
    book = openpyxl.load_workbook(workspace / "exports" / "rooming-list.en.xlsx")
    rooms, cancelled, _ = book.worksheets[:3]
    marks = {row[3]: row[1] for row in rooms.iter_rows(min_row=2, values_only=True) if row[0]}
    assert [mark for mark in marks.values() if mark] == ["changed"]
    row = next(cancelled.iter_rows(min_row=2, values_only=True))
    assert (row[0], row[1], row[3]) == ("cancelled", gone, "Imane El Gharbaoui")


def test_whoever_is_forgotten_is_in_no_wish_placement_or_list(hosted: Run, workspace: Path) -> None:
    hosted("lodging", "wish", "P0003", "--not-with", "P0005")
    hosted("lodging", "place", "P0005", "anfa-single-03")
    hosted("lodging", "sent")
    assert hosted("participant", "forget", "P0005", "--yes").code in (0, 4)
    kept = msgspec.json.decode((workspace / "eventops.json").read_bytes().split(b"\n", 1)[1])
    told = [str(kept[kind]) for kind in ("lodging_wish", "room_placement", "rooming_list") if kind in kept]
    assert ["P0005" in one for one in told] == [False] * len(told)
    assert "rooming_list" in kept


def test_the_solver_keeps_what_was_sent_and_says_how_good_it_is(hosted: Run) -> None:
    pytest.importorskip("highspy")
    ran = hosted("--json", "lodging", "solve", "--anew", "--seed", "7")
    assert (ran.code, ran.json["seed"], ran.json["bedless"]) == (0, 7, 0)
    assert ran.json["bound"] <= ran.json["price"] <= ran.json["plain"]
    solved = beds(hosted)
    again = hosted("--json", "lodging", "solve", "--seed", "7").json
    assert (again["moved"], beds(hosted)) == (0, solved)


@pytest.mark.parametrize(
    ("held", "types", "told"),
    [
        ("", {"single": 25}, ["hotel-access-unknown"]),
        ("accessible_rooms = 3\n", {"single": 22, "accessible": 3}, []),
        ("accessible_rooms = 0\n", {"single": 25, "accessible": 0}, ["bed-missing"]),
    ],
)
def test_the_simple_hotel_says_how_many_rooms_are_accessible_or_is_asked(
    eventops: Run, workspace: Path, held: str, types: dict[str, int], told: list[str]
) -> None:
    file = workspace / "event.toml"
    lines = [one for one in file.read_text(encoding="utf-8").split("\n") if not one.startswith("accessible_rooms")]
    file.write_text("\n".join(lines).replace("allotment =", f"{held}allotment =", 1), encoding="utf-8")
    assert eventops("event", "apply", file).code == 0
    sleeper = eventops("--json", "lodging", "list").json[0]
    assert eventops("lodging", "wish", sleeper["id"], "--accessible").code == 0
    balance = eventops("--json", "lodging", "rooms").json
    night = sleeper["nights"][0]
    assert {one["type"]: one["held"] for one in balance if one["night"] == night} == types
    codes = [one["code"] for one in eventops("--json", "doctor").json["findings"]]
    assert sorted({one for one in codes if one in ("hotel-access-unknown", "bed-missing")}) == told


def test_a_bed_that_is_not_there_is_named_with_its_reason(hosted: Run, workspace: Path) -> None:
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8").replace("count = 6", "count = 2").replace("rooms = 3", "rooms = 0")
    file.write_text(text, encoding="utf-8")
    hosted("event", "apply", file)
    granted = {one["id"] for one in hosted("--json", "lodging", "list").json}
    missing = [one for one in hosted("--json", "plan").json["findings"] if one["code"] == "bed-missing"]
    assert {one["source"]["participant"] for one in missing} == granted - set(beds(hosted))
    assert len(beds(hosted)) == 4
