"""The programme, workshops, meals and material through the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Eventops = Callable[..., Any]

SCHEDULE = """<schedule><conference><title>Rencontre</title><acronym>rencontre</acronym></conference>
<day date="2023-10-14" index="1"><room name="Agora">
<event id="7" guid="29aecfd7-2e44-4f49-ab86-29b5e0877325"><date>2023-10-14T16:00:00+01:00</date><start>16:00</start>
<duration>01:00</duration><room>Agora</room><title>Débat</title>
<persons><person id="3">Salma Benali</person></persons></event>
<event id="8" guid="29aecfd7-2e44-4f49-ab86-29b5e0877326"><date>2023-10-14T15:30:00+00:00</date><start>15:30</start>
<duration>00:30</duration><room>Agora</room><title>Clôture</title>
<persons><person id="3">Salma Benali</person></persons></event>
</room></day></schedule>"""


def test_a_programme_is_imported_its_conflicts_told_by_true_time_and_undone(eventops: Eventops, tmp_path: Path) -> None:
    file = tmp_path / "schedule.xml"
    file.write_text(SCHEDULE, encoding="utf-8")
    assert eventops("agenda", "conflicts").code == 0
    dry = eventops("agenda", "import", file, "--dry-run", "--json").json
    assert (dry["added"], dry["rooms"], dry["speakers"]) == (["s7", "s8"], ["agora"], ["p3"])
    assert eventops("agenda", "import", file, "--room-capacity", "80", "--json").json == {**dry, "dry_run": False}
    ran = eventops("agenda", "conflicts", "--json")
    # 16:00+01:00 to 17:00+01:00 and 15:30+00:00 to 16:00+00:00 are half an hour of the same time.
    told = [(one["kind"], one["subject"], one["first"], one["second"]) for one in ran.json]
    assert (ran.code, told) == (4, [("room", "agora", "s7", "s8"), ("speaker", "p3", "s7", "s8")])
    assert "programme-room" in {one["code"] for one in eventops("doctor", "--json").json["findings"]}
    assert eventops("undo").code == 0
    assert eventops("agenda", "conflicts").code == 0


def test_a_hostile_programme_changes_nothing(eventops: Eventops, tmp_path: Path) -> None:
    file = tmp_path / "bomb.xml"
    file.write_text('<!DOCTYPE x [<!ENTITY a "aa">]><schedule>&a;</schedule>', encoding="utf-8")
    ran = eventops("agenda", "import", file)
    assert (ran.code, "document type" in ran.err) == (3, True)


def test_workshops_are_assigned_kept_and_changed_by_hand(eventops: Eventops) -> None:
    made = eventops("workshop", "assign", "--solver", "plain", "--seed", "7", "--json").json
    assert (made["without"], made["moved"], made["runs"][0]["seed"]) == (0, 0, 7)
    again = eventops("workshop", "assign", "--solver", "plain", "--json").json
    assert (again["new"], again["moved"], again["runs"][0]["seed"]) == (0, 0, 7)
    there = eventops("workshop", "list", "equality", "--json").json
    person = there[0]["participant"]
    eventops("workshop", "place", person, "public-services", "--reason", "speaks there", "--by", "Salma")
    told = [one["workshop"] for one in eventops("why", person, "--json").json["workshops"]]
    assert told == ["public-services"]
    assert "by hand by Salma: speaks there" in eventops("why", person).out
    moved = eventops("workshop", "assign", "--solver", "plain", "--json").json["moved"]
    assert moved == 0
    assert eventops("workshop", "release", person).code == 0


def test_the_solver_is_at_least_as_good_and_says_how_near_the_bound(eventops: Eventops) -> None:
    plain = eventops("workshop", "assign", "--solver", "plain", "--dry-run", "--json").json["runs"][0]
    solved = eventops("workshop", "assign", "--solver", "highs", "--dry-run", "--json").json["runs"][0]
    assert solved["cost"] <= plain["cost"]
    assert solved["bound"] <= solved["cost"]
    assert (solved["method"], solved["limit"]) == ("highs", 40)


def test_sub_groups_have_the_size_asked(eventops: Eventops) -> None:
    people = eventops("workshop", "groups", "--size", "8", "--json").json
    sizes: dict[tuple[str, int], int] = {}
    for one in people:
        sizes[one["workshop"], one["group"]] = sizes.get((one["workshop"], one["group"]), 0) + 1
    assert max(sizes.values()) <= 8
    assert eventops("workshop", "groups").code == 3


def test_meals_follow_presence_and_what_was_served_is_kept(eventops: Eventops) -> None:
    before = {one["service"]: one["count"] for one in eventops("meal", "list", "--json").json}
    view = eventops("meal", "present", "P0001", "2023-10-14 am", "--json").json
    assert view["meals"] == {**before, "lunch": before["lunch"] - 1}
    assert eventops("meal", "present", "P0001", "--always").code == 0
    assert {one["service"]: one["count"] for one in eventops("meal", "list", "--json").json} == before
    assert (
        eventops("meal", "served", "lunch", "50", "--no-show", "2", "--json").json["difference"] == 50 - before["lunch"]
    )
    lunch = next(one for one in eventops("meal", "list", "--json").json if one["service"] == "lunch")
    assert (lunch["served"], lunch["no_show"]) == (50, 2)
    assert eventops("meal", "served", "lunch", "1", "--no-show", "999").code == 3
    assert eventops("meal", "present", "P0001").code == 3
    elsewhere = eventops("meal", "present", "P0001", "2029-10-14")
    assert (elsewhere.code, "The event is not on " in elsewhere.err) == (3, True)
    assert eventops("meal", "present", "--json").json == []


def test_material_is_given_and_returned_and_never_more_than_there_is(eventops: Eventops) -> None:
    eventops("material", "add", "headsets", "--count", "5")
    eventops("material", "give", "headsets", "P0001", "--count", "2")
    eventops("material", "give", "headsets", "plenary", "--count", "3")
    assert eventops("material", "give", "headsets", "P0002").code == 3
    eventops("material", "return", "headsets", "P0001", "--count", "1")
    assert eventops("material", "return", "headsets", "P0001", "--count", "2").code == 3
    fewer = eventops("material", "add", "headsets", "--count", "3")
    assert (fewer.code, "4 × headsets are out, so there cannot be 3" in fewer.err) == (3, True)
    (stock,) = eventops("material", "list", "--json").json
    assert (stock["given"], stock["returned"], stock["out"], stock["left"]) == (5, 1, 4, 1)
    assert [one["holder"] for one in eventops("material", "list", "--out", "--json").json] == ["P0001", "plenary"]


def test_a_forgotten_person_leaves_no_place_presence_or_loan(eventops: Eventops) -> None:
    eventops("material", "add", "headsets", "--count", "5")
    eventops("material", "give", "headsets", "P0001")
    eventops("meal", "present", "P0001", "2023-10-14 am")
    eventops("workshop", "assign", "--solver", "plain")
    assert eventops("participant", "forget", "P0001", "--yes").code == 4  # files that left hold them still
    assert eventops("material", "list", "--out", "--json").json == []
    assert eventops("meal", "present", "--json").json == []
    assert eventops("doctor").code in (0, 4)


@pytest.mark.parametrize("ending", ["xml", "json", "ics"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_programme_that_was_exported_changes_nothing_when_it_is_read_again(
    ending: str, language: str, eventops: Eventops, tmp_path: Path
) -> None:
    file = tmp_path / f"programme.{ending}"
    eventops("export", "programme", "--lang", language, "-o", file)
    read = eventops("--json", "agenda", "import", file, "--dry-run").json
    assert [len(read[name]) for name in ("added", "changed", "removed", "rooms", "speakers")] == [0] * 5
