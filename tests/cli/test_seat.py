"""Seats from the command line: offers and answers, institutions, lots."""

from pathlib import Path
from typing import Any

import pytest

Run = Any

LOTTERY = """
[seating]
order = "lottery"

[[quotas]]
id = "women"
title.en = "women"
when = { gender = ["female"] }
at_least = 14

[[quotas]]
id = "region"
by = "region"
at_most = 15
"""


def apply(eventops: Run, folder: Path, seats: int, tables: str = "") -> None:
    """Gives the event other seats, and more tables."""
    file = folder / "event.toml"
    text = eventops("event", "dump").out.replace("seats = 70", f"seats = {seats}")
    file.write_text(text.replace("\n[venue]\n", f"{tables}\n[venue]\n", 1), encoding="utf-8")
    ran = eventops("event", "apply", file)
    assert ran.code == 0, ran.err


def seat_of(eventops: Run, id: str, *words: str) -> tuple[str, int | None]:
    listed = eventops("--json", "seat", "list", *words).json
    return next((one["seat"], one["waiting_position"]) for one in listed if one["id"] == id)


def test_an_offer_is_taken_up_or_lapses_and_the_next_in_line_is_named(eventops: Run, tmp_path: Path) -> None:
    apply(eventops, tmp_path, 59)
    waiting = eventops("--json", "seat", "list", "--seat", "waiting").json
    assert [(one["waiting_position"], one["reason"]) for one in waiting] == [(1, "all 59 seats are taken")]
    last = waiting[0]["id"]
    ran = eventops("seat", "offer", last, "--until", "2030-01-01")
    assert (ran.code, f"No seat is free for {last}: P" in ran.err) == (3, True)
    ran = eventops("--json", "seat", "offer", "P0003", "--until", "2030-01-01")
    assert [(one["participant"], one["before"], one["after"]) for one in ran.json["changed"]] == [
        ("P0003", "confirmed", "offered")
    ]
    assert seat_of(eventops, last, "--on", "2030-01-01") == ("waiting", 1)
    assert seat_of(eventops, "P0003", "--on", "2030-01-02") == ("declined", None)
    assert seat_of(eventops, last, "--on", "2030-01-02") == ("confirmed", None)
    assert "the offer is open until 1 January 2030" in eventops("why", "P0003").out
    assert eventops("seat", "confirm", "P0003").code == 0
    assert seat_of(eventops, "P0003", "--on", "2030-01-02") == ("confirmed", None)


def test_a_seat_given_back_goes_to_the_next_in_line_and_undo_takes_it_from_them(eventops: Run, tmp_path: Path) -> None:
    apply(eventops, tmp_path, 59)
    last = eventops("--json", "seat", "list", "--seat", "waiting").json[0]["id"]
    tried = eventops("--json", "seat", "cancel", "P0003", "--dry-run").json
    done = eventops("--json", "seat", "cancel", "P0003").json
    assert [(one["participant"], one["after"], one["asked"]) for one in done["changed"]] == [
        ("P0003", "declined", True),
        (last, "confirmed", False),
    ]
    assert tried == {**done, "dry_run": True}
    assert eventops("undo").code == 0
    assert seat_of(eventops, last) == ("waiting", 1)


def test_where_seats_are_given_by_offer_todo_names_who_is_next(eventops: Run, tmp_path: Path) -> None:
    apply(eventops, tmp_path, 70, "\n[seating]\nby_offer = true\n")
    tasks = [one for one in eventops("--json", "todo").json if one["code"] == "seats-to-offer"]
    assert [one["command"] for one in tasks] == ["eventops seat offer --next 60"]
    ran = eventops("--json", "seat", "offer", "--next", "2", "--until", "2030-01-01")
    assert [one["after"] for one in ran.json["changed"]] == ["offered", "offered"]


def test_an_institution_names_replaces_and_balances_its_delegates(eventops: Run) -> None:
    words = ("--institution", "Conseil communal de Fès", "--places", "2", "--women", "1", "--region", "MA-03")
    assert eventops("seat", "invite", "fes", *words).code == 0
    assert eventops("seat", "delegates", "fes", "--add", "P0003", "--add", "P0004").code == 0
    full = eventops("seat", "delegates", "fes", "--add", "P0005")
    assert (full.code, "has 2 places and named as many" in full.err) == (3, True)
    assert eventops("seat", "delegates", "fes", "--replace", "P0003", "P0006").code == 0
    (institution,) = eventops("--json", "seat", "balance").json["institutions"]
    assert {key: institution[key] for key in ("places", "seated", "free", "women_missing", "regions_missing")} == {
        "places": 2,
        "seated": ["P0004", "P0006"],
        "free": 0,
        "women_missing": 0,
        "regions_missing": ["MA-03"],
    }
    listed = eventops("--json", "seat", "delegates", "fes").json
    assert [(one["participant"], one["replaces"]) for one in listed] == [("P0004", False), ("P0006", True)]
    assert eventops("seat", "uninvite", "fes").code == 0
    assert eventops("--json", "seat", "balance").json["institutions"] == []


def test_lots_are_drawn_kept_and_drawn_again_the_same(
    eventops: Run, process: Any, workspace: Path, tmp_path: Path
) -> None:
    pytest.importorskip("highspy", reason="the solver is an extra")
    apply(eventops, tmp_path, 30, LOTTERY)
    assert eventops("seat", "lottery", "verify").code == 3
    tried = eventops("--json", "seat", "lottery", "draw", "--seed", "2023", "--dry-run").json
    made = eventops("--json", "seat", "lottery", "draw", "--seed", "2023").json
    assert {**tried, "dry_run": False} == made
    assert (len(made["selected"]), len(made["reserves"]), made["estimated_by"]) == (30, 30, None)
    confirmed = {one["id"] for one in eventops("--json", "seat", "list", "--seat", "confirmed").json}
    assert set(made["selected"]) <= confirmed
    for hash_seed in ("1", "2"):
        ran = process("-w", workspace, "seat", "lottery", "verify", PYTHONHASHSEED=hash_seed, EVENTOPS_LANG="en")
        assert (ran.returncode, "comes out the same again" in ran.stdout) == (0, True), ran.stderr
    second = ("seat", "lottery", "draw", "--seed", "5", "--algorithm", "simple")
    refused = eventops(*second)
    assert (refused.code, "Lots were drawn already: draw 1" in refused.err) == (3, True)
    plain = eventops("--json", *second, "--again", "The list was wrong").json
    assert (plain["number"], plain["estimated_by"], plain["again"]) == (2, 1000, "The list was wrong")
    assert [one["number"] for one in eventops("--json", "seat", "lottery", "list").json] == [1, 2]


@pytest.mark.parametrize("algorithm", ["simple", "leximin", "maximin"])
def test_a_draw_is_confirmed_by_its_numbers_after_people_in_it_were_forgotten(
    eventops: Run, tmp_path: Path, algorithm: str
) -> None:
    pytest.importorskip("highspy", reason="the solver is an extra")
    if algorithm == "maximin":
        pytest.importorskip("sortition_algorithms", reason="an extra")
    apply(eventops, tmp_path, 30, LOTTERY)
    made = eventops("--json", "seat", "lottery", "draw", "--seed", "2023", "--algorithm", algorithm).json
    for person in (made["selected"][3], made["reserves"][5], made["selected"][0]):
        eventops("participant", "forget", person, "--yes")
        assert person not in eventops("--json", "seat", "lottery", "show").out
    ran = eventops("--json", "seat", "lottery", "verify")
    assert (ran.code, ran.json["same"], ran.json["pool_whole"], len(ran.json["forgotten"])) == (0, True, None, 3)
    said = eventops("seat", "lottery", "verify").out
    assert ("comes out the same again" in said, "Not to be confirmed any more" in said) == (True, True)
    shown = eventops("seat", "lottery", "show").out
    assert shown.count("(forgotten)") == 3


def test_quotas_that_cannot_hold_are_named_with_the_nearest_that_can(eventops: Run, tmp_path: Path) -> None:
    pytest.importorskip("highspy", reason="the solver is an extra")
    apply(eventops, tmp_path, 30, LOTTERY.replace("at_most = 15", "at_most = 6"))
    ran = eventops("seat", "lottery", "draw", "--seed", "2023")
    assert (ran.code, "the nearest that can hold: region=MA-0" in ran.err, "at most 6 → " in ran.err) == (3, True, True)


def test_forgetting_a_person_leaves_nothing_of_them_in_seats_lots_and_attendance(
    eventops: Run, workspace: Path, tmp_path: Path
) -> None:
    apply(eventops, tmp_path, 30, LOTTERY)
    assert eventops("seat", "lottery", "draw", "--seed", "3", "--algorithm", "simple").code in (0, 3)
    assert eventops("seat", "invite", "fes", "--institution", "Fès", "--places", "2").code == 0
    assert eventops("seat", "delegates", "fes", "--add", "P0004").code == 0
    assert eventops("seat", "decline", "P0004").code == 0
    assert eventops("attendance", "mark", "P0004").code == 0
    assert eventops("participant", "forget", "P0004", "--yes").code == 4
    assert eventops("--json", "attendance", "list").json == []
    assert eventops("--json", "seat", "delegates", "fes").json == []
    assert all("P0004" not in str(one) for one in eventops("--json", "seat", "lottery", "list").json)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("offer",), 2, "Say whom to offer a seat"),
        (("offer", "P0001", "--until", "2020-01-01"), 3, "would lapse on 1 January 2020"),
        (("offer", "--next", "2"), 3, "by_offer = true"),
        (("confirm",), 2, "Say who confirms"),
        (("clear", "P0001"), 3, "Nothing is on record about the seat of P0001"),
        (("invite", "x"), 2, "--institution and --places"),
        (("delegates", "nosuch"), 3, "There is no invitation nosuch"),
        (("lottery", "draw", "--seed", "1"), 3, "gives seats by first_come"),
        (("lottery", "draw", "--seed", "9" * 20), 2, "is not in the range"),
        (("lottery", "show"), 3, "No lots were drawn yet"),
        (("invite", "x", "--institution", "X", "--places", "9" * 20), 2, "is not in the range"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(
    eventops: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = eventops("seat", *words)
    assert (ran.code, said in ran.err) == (code, True), ran.err
