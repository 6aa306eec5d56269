from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PLACE = {"code", "name", "region", "province", "country", "lat", "lon"}


@pytest.mark.parametrize("words", ["Salé", "sale", "سلا", "SALÉ "])
def test_a_town_is_found_outside_any_workspace(program: Run, words: str) -> None:
    ran = program("--json", "place", "find", words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["status"] == "matched"
    assert set(ran.json["place"]) == PLACE
    assert (ran.json["place"]["name"], ran.json["place"]["region"], ran.json["place"]["country"]) == (
        "Salé",
        "MA-04",
        "MA",
    )


def test_a_town_is_found_the_same_inside_a_workspace(program: Run, eventops: Run) -> None:
    outside = program("--json", "place", "find", "الجديدة").json
    assert eventops("--json", "place", "find", "الجديدة").json == outside
    assert outside["place"]["region"] == "MA-06"


def test_a_town_is_found_in_a_workspace_that_has_no_event_yet(program: Run) -> None:
    assert program("init", "empty").code == 0
    assert program("-w", "empty", "--json", "place", "find", "Kénitra").json["place"]["region"] == "MA-04"


def test_a_name_of_several_places_is_left_to_a_person(program: Run) -> None:
    answer = program("--json", "place", "find", "Oulad Aissa").json
    assert (answer["status"], answer["place"]) == ("review", None)
    assert len(answer["candidates"]) > 1
    assert all(PLACE | {"score", "level"} == set(one) for one in answer["candidates"])


def test_the_province_beside_a_name_decides(program: Run) -> None:
    answer = program("--json", "place", "find", "Oulad Aissa", "--province", "El Jadida").json
    assert (answer["status"], answer["place"]["region"]) == ("matched", "MA-06")


def test_a_city_of_the_world_is_found(program: Run) -> None:
    answer = program("--json", "place", "find", "Paris", "--country", "France").json
    assert (answer["status"], answer["place"]["country"]) == ("matched", "FR")


@pytest.mark.parametrize("words", ["Xyzzyville", "", "   ", "123"])
def test_what_is_no_town_is_not_found(program: Run, words: str) -> None:
    ran = program("--json", "place", "find", words)
    assert (ran.code, ran.json["status"], ran.json["place"]) == (0, "unresolved", None)
    assert ran.json["reason"]


def test_a_person_reads_where_a_text_leads(program: Run) -> None:
    ran = program("place", "find", "Oulad Aissa")
    assert ran.code == 0
    assert ran.lines[0].startswith("Oulad Aissa: to be reviewed")
    assert any("El Jadida" in line for line in ran.lines)


def test_a_place_is_shown_by_its_code(program: Run) -> None:
    salé = program("--json", "place", "show", "MA:04.441.01.0").json
    assert (salé["names"]["ar"], salé["urban"], salé["population"] > 500_000) == ("سلا", True, True)
    nowhere = program("place", "show", "MA:nowhere")
    assert (nowhere.code, nowhere.err) == (
        3,
        "error: There is no place MA:nowhere; eventops place find TEXT shows codes\n",
    )


def test_doubtful_towns_are_reviewed_once_with_everybody_who_wrote_them(eventops: Run) -> None:
    listed = eventops("--json", "place", "review").json
    assert {one["text"]: (one["status"], one["participants"]) for one in listed} == {
        "أولاد احسين": ("review", ["P0051"]),
        "Oulad Aissa": ("review", ["P0058"]),
        "دوار الحاج المعطي قرب السوق": ("unresolved", ["P0060"]),
    }
    assert "Settle it with: eventops place pin “Oulad Aissa” CODE" in eventops("place", "review").lines


def test_a_pin_settles_a_town_for_everyone_and_an_unpin_opens_it_again(eventops: Run) -> None:
    before = eventops("--json", "plan").out
    pin = ("place", "pin", "Oulad Aissa", "MA:06.181.05.03")
    dry = eventops("--json", *pin, "--dry-run")
    assert (dry.code, dry.json["dry_run"], eventops("--json", "plan").out) == (0, True, before)
    assert eventops(*pin).code == 0
    placement = eventops("--json", "why", "P0058").json["placement"]
    assert (placement["status"], placement["place"]["code"], placement["level"]) == (
        "matched",
        "MA:06.181.05.03",
        "pinned",
    )
    assert [one["code"] for one in eventops("--json", "place", "list").json] == ["MA:06.181.05.03"]
    assert eventops("place", "unpin", "OULAD AISSA").code == 0
    assert (eventops("--json", "plan").out, eventops("--json", "place", "list").json) == (before, [])


def test_a_pin_may_hold_for_one_province_only(eventops: Run) -> None:
    pin = ("place", "pin", "Oulad Aissa", "MA:09.541.04.33", "--province", "Taroudannt")
    assert eventops(*pin).code == 0
    assert eventops("--json", "why", "P0058").json["placement"]["status"] == "review"
    assert eventops("place", "unpin", "Oulad Aissa").code == 3
    assert eventops("place", "unpin", "Oulad Aissa", "--province", "taroudannt").code == 0


def test_many_pins_come_from_a_table(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "pins.csv"
    file.write_text("text;code\nOulad Aissa;MA:06.181.05.03\n\nأولاد احسين;MA:06.181.05.07\n", encoding="utf-8")
    ran = eventops("--json", "place", "pin", "--from", file)
    assert (ran.code, len(ran.json["pinned"])) == (0, 2)
    assert [one["text"] for one in eventops("--json", "place", "review").json] == ["دوار الحاج المعطي قرب السوق"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\nx,y\n", "has the columns a, b; the columns text and code are expected"),
        ("text,code\nRabat,\n", "row 2: a text and a code are expected"),
        ("text,code\nRabat,MA:nowhere\n", "There is no place MA:nowhere"),
    ],
)
def test_a_table_of_pins_that_cannot_be_used_pins_nothing(eventops: Run, tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "pins.csv").write_text(table, encoding="utf-8")
    ran = eventops("place", "pin", "--from", tmp_path / "pins.csv")
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
    assert eventops("--json", "place", "list").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Oulad Aissa",), "Give a text and the code of a place, or --from FILE"),
        (("Oulad Aissa", "MA:nowhere"), "There is no place MA:nowhere"),
        (("--from", "nowhere.csv"), "There is no file nowhere.csv"),
        (("--from", "."), ". is a folder"),
    ],
)
def test_a_pin_that_makes_no_sense_is_refused(eventops: Run, words: tuple[str, ...], said: str) -> None:
    ran = eventops("place", "pin", *words)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_open_towns_go_out_as_a_table_and_come_back_filled_in(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    assert eventops("place", "review", "-o", file).code == 0
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    filled = [line.replace(",1,,", ",1,MA:06.181.05.03,") if line.startswith("Oulad") else line for line in lines]
    file.write_text("\n".join(filled), encoding="utf-8")
    assert (lines[0], len(lines)) == ("text,province,region,country,people,code,candidates", 4)
    assert len(eventops("--json", "place", "pin", "--from", file).json["pinned"]) == 1
    assert len(eventops("--json", "place", "review").json) == 2


@pytest.mark.parametrize("region", ["France", "Auvergne-Rhône-Alpes", "فرنسا"])
def test_the_region_may_name_a_country_or_a_foreign_region(program: Run, region: str) -> None:
    answer = program("--json", "place", "find", "Lyon", "--region", region).json
    assert (answer["status"], answer["place"]["country"], answer["hint"]) == ("matched", "FR", "region")


def test_all_an_audit_needs_is_said_of_a_placement(program: Run, eventops: Run) -> None:
    found = program("--json", "place", "find", "Sidi Slimane", "--province", "Berkane").json
    asked = {"text": "Sidi Slimane", "province": "Berkane", "region": "", "country": ""}
    assert (found["input"], found["place"]["code"], found["hint"]) == (asked, "MA:02.113.01.29", "province")
    assert (found["score"] > 0.9, found["level"], found["data"].split()[0]) == (True, "part", "morocco")
    placement = eventops("--json", "why", "P0001").json["placement"]
    assert {"input", "place", "level", "score", "hint", "data", "candidates", "reason"} <= set(placement)


def test_a_place_is_shown_with_its_names_in_every_script(program: Run) -> None:
    names = program("--json", "place", "show", "MA:09.581.01.07").json["names"]
    assert (names["ar"], names["tifinagh"], "Tiznite" in names["other"]) == ("تيزنيت", ["ⵜⵉⵣⵏⵉⵜ"], True)


def test_the_sources_of_the_data_are_named(program: Run) -> None:
    said = program("--about").out
    assert ("Haut-Commissariat au Plan" in said, "GeoNames" in said, "CC BY 4.0" in said, "Unicode" in said) == (
        True,
        True,
        True,
        True,
    )
