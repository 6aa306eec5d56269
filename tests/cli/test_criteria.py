from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.testing.workspaces import make_small_workspace

Eventops = Callable[..., Any]
PACKS = Path(__file__).parents[2] / "samples" / "criteria"
FILE = """[pack]
name = "north"
title = "The north"
source = "Minutes of 3 March 2023"
valid_from = 2023-01-01

[[criteria]]
name = "far"
benefit = "travel"
when.distance_km.at_least = 80
when.category = ["association"]
share = 80
payer = "oecd"
reason.en = "{distance_km} km, from {limit_km} km"
reason.fr = "{distance_km} km, à partir de {limit_km} km"
reason.ar = "{distance_km} كلم، ابتداء من {limit_km} كلم"
"""


@pytest.fixture
def small(program: Eventops, tmp_path: Path) -> Eventops:
    """Runs eventops in a small workspace; north.toml holds a criterion."""
    make_small_workspace(tmp_path / "small")
    Path("north.toml").write_text(FILE, encoding="utf-8")
    return lambda *words: program("-w", tmp_path / "small", *words)


def test_criteria_of_a_file_are_taken_told_and_removed(small: Eventops) -> None:
    added = small("criteria", "add", "north.toml", "--json")
    listed = small("criteria", "list", "--json").json
    travel = next(one for one in small("why", "p01", "--json").json["decisions"] if one["benefit"] == "travel")
    removed = small("criteria", "remove", "north", "--json")
    assert (added.json["added"], [(one["name"], one["pack"], one["source"]) for one in listed]) == (
        ["far"],
        [("far", "north", "Minutes of 3 March 2023")],
    )
    assert [one["reason"]["en"] for one in travel["verdicts"] if one["rule"] == "far"] == ["293.7 km, from 80 km"]
    assert (removed.json["removed"], small("criteria", "list", "--json").json) == (["far"], [])


def test_criteria_are_explained_in_three_languages_with_all_that_they_say(small: Eventops) -> None:
    (one,) = small("criteria", "explain", "--file", "north.toml", "--json").json
    arabic = one["sentences"].pop("ar")
    assert ("80 كلم على الأقل" in arabic["sentence"], arabic["reason"]) == (True, "« … كلم، ابتداء من 80 كلم »")
    assert one["sentences"] == {
        "fr": {
            "sentence": "Déplacement : prise en charge accordée lorsque la distance à vol d’oiseau est d’au moins "
            "80 km "
            "et la qualité est Acteur·rice associatif·ve",
            "terms": ["80 % du coût", "à la charge de OCDE", "en vigueur depuis le 1 janvier 2023"],
            "reason": "« … km, à partir de 80 km »",
        },
        "en": {
            "sentence": "Travel is granted when the straight line to the venue is at least 80 km "
            "and the category is Association",
            "terms": ["80 per cent of the cost", "paid by OECD", "in force since 1 January 2023"],
            "reason": "“… km, from 80 km”",
        },
    }


def test_an_exclusion_for_one_payer_says_that_another_may_pay(small: Eventops) -> None:
    Path("no.toml").write_text(FILE.replace("share = 80", 'effect = "excludes"'), encoding="utf-8")
    (one,) = small("criteria", "explain", "--file", "no.toml", "--json").json
    assert one["sentences"]["en"]["terms"][0] == "this holds for OECD alone, another payer may pay"


def test_an_event_file_names_files_of_criteria_beside_it(small: Eventops) -> None:
    text = small("event", "dump").out.replace("[event]\n", '[event]\ncriteria_files = ["north.toml"]\n')
    Path("event.toml").write_text(text, encoding="utf-8")
    applied = small("event", "apply", "event.toml")
    assert applied.code == 0, applied.err
    assert [one["name"] for one in small("criteria", "list", "--json").json] == ["far"]
    assert "criteria_files" not in small("event", "dump").out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("share = 80", "share = 180"), "north.toml, line 12: criteria 1 (far), share is 180"),
        (("at_least = 80", 'at_least = "far"'), "north.toml, line 10: criteria 1 (far), when.distance_km.at_least is"),
        (("when.category", "when.categorie"), "north.toml, line 11: criteria 1 (far), when.categorie is not a key"),
        (('payer = "oecd"', 'payer = "moon"'), "north.toml, line 13: criteria 1 (far), payer is moon"),
        (("{distance_km} km, from", "{distanse} km, from"), "north.toml, line 14: criteria 1 (far), reason.en names"),
        (('name = "north"\n', ""), "north.toml, line 1: pack.name is missing"),
        (("[[criteria]]", "[[criterias]]"), "north.toml, line 7: criterias is not a key"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(wrong: tuple[str, str], said: str, small: Eventops) -> None:
    Path("north.toml").write_text(FILE.replace(*wrong), encoding="utf-8")
    text = small("event", "dump").out.replace("[event]\n", '[event]\ncriteria_files = ["north.toml"]\n')
    Path("event.toml").write_text(text, encoding="utf-8")
    applied = small("event", "apply", "event.toml")
    assert (applied.code, said in applied.err) == (3, True), applied.err


def test_criteria_that_do_not_fit_the_event_are_not_taken(small: Eventops) -> None:
    unknown = small("criteria", "add", PACKS / "eu-experts.toml")
    checked = small("criteria", "check", PACKS / "eu-experts.toml")
    Path("north.toml").write_text(FILE.replace('"oecd"', '"moon"'), encoding="utf-8")
    payer = small("criteria", "add", "north.toml")
    assert (unknown.code, "per-diem, which does not exist" in unknown.err) == (3, True), unknown.err
    assert (checked.code, "per-diem, which does not exist" in checked.err) == (4, True), checked.err
    assert (payer.code, "nothing was changed" in payer.err) == (3, True), payer.err
    assert small("criteria", "list", "--json").json == []


def test_a_criterion_outside_its_days_does_not_apply(small: Eventops) -> None:
    Path("north.toml").write_text(FILE.replace("2023-01-01", "2024-01-01"), encoding="utf-8")
    small("criteria", "add", "north.toml")
    travel = next(one for one in small("why", "p01", "--json").json["decisions"] if one["benefit"] == "travel")
    (verdict,) = [one for one in travel["verdicts"] if one["rule"] == "far"]
    assert (verdict["effect"], verdict["reason"]["en"]) == (
        "does_not_apply",
        "the criterion holds from 1 January 2024 to …, the event begins on 14 October 2023",
    )


def test_files_are_checked_and_explained_where_there_is_no_workspace(program: Eventops) -> None:
    checked = program("criteria", "check", PACKS / "kilometre-threshold.toml", "--json")
    told = program("criteria", "explain", "--file", PACKS / "kilometre-threshold.toml", "--in", "fr", "bed-from-150-km")
    assert (checked.code, checked.json) == (0, {"criteria": 2, "problems": 0})
    assert (told.code, "l’hébergement est pris en charge à partir de 150 km" in told.out) == (0, True)
