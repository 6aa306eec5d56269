from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "roads.csv"
    file.write_text("from;to;km;minutes\nTiflet;Casablanca;147,5;110\nالدار البيضاء;Settat;72;\n", encoding="utf-8")
    return file


def test_known_roads_win_over_the_estimate_and_why_says_so(eventops: Run, table: Path) -> None:
    before = eventops("--json", "why", "P0012").json["placement"]
    assert (before["road_source"], before["place"]["name"]) == ("estimate", "Tiflet")
    assert eventops("place", "roads", table).lines == ["2 roads are known now."]
    after = eventops("--json", "why", "P0012").json["placement"]
    assert (after["road_km_estimate"], after["travel_minutes_estimate"], after["road_source"]) == (
        147.5,
        110,
        "known roads.csv",
    )
    assert "148 km by road (known, from roads.csv)" in eventops("why", "P0012").out


def test_the_list_of_people_measures_as_the_plan_does(eventops: Run, table: Path, tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    dumped = eventops("event", "dump").out
    assert "[settings]\n" in dumped
    file.write_text(dumped.replace("[settings]\n", '[settings]\nmetric = "road_estimate"\n'), encoding="utf-8")
    assert eventops("event", "apply", file).code == 0
    eventops("place", "roads", table)
    listed = {one["id"]: one["distance_km"] for one in eventops("--json", "participant", "list").json}
    planned = eventops("--json", "why", "P0012").json["placement"]["distance_km"]
    assert (listed["P0012"], planned) == (147.5, 147.5)


def test_known_roads_are_listed_and_forgotten(eventops: Run, table: Path) -> None:
    before = eventops("--json", "plan").out
    eventops("place", "roads", table)
    listed = eventops("--json", "place", "roads").json
    assert [(one["from"], one["to"], one["km"], one["minutes"]) for one in listed] == [
        ("MA:04.291.01.05", "MA:06.141.01.0", 147.5, 110),
        ("MA:06.141.01.0", "MA:06.461.01.15", 72.0, None),
    ]
    assert eventops("place", "roads", "--clear").lines == ["Forgot 2 roads."]
    assert (eventops("--json", "place", "roads").json, eventops("--json", "plan").out) == ([], before)


def test_a_dry_run_keeps_nothing_and_undo_takes_a_table_back(eventops: Run, table: Path) -> None:
    assert eventops("place", "roads", table, "--dry-run").code == 0
    assert eventops("--json", "place", "roads").json == []
    eventops("place", "roads", table)
    assert eventops("undo").code == 0
    assert eventops("--json", "place", "roads").json == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "has the columns a, b; the columns from, to, km are expected"),
        ("from,to,km\nRabat,Oulad Aissa,5\n", "row 2: “Oulad Aissa” is not one settled place (MA:06.181.05.03"),
        ("from,to,km\nRabat,Settat,far\n", "row 2, column km: “far” is not a number of 0 or more"),
        ("from,to,km\nRabat,Settat,nan\n", "row 2, column km: “nan” is not a number of 0 or more"),
    ],
)
def test_a_table_of_roads_that_cannot_be_used_keeps_nothing(
    eventops: Run, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "roads.csv"
    file.write_text(text, encoding="utf-8")
    ran = eventops("place", "roads", file)
    assert (ran.code, said in ran.err, eventops("--json", "place", "roads").json) == (3, True, [])
