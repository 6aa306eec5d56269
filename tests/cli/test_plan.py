"""The shapes other programs rely on."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SAMPLE = Path(__file__).parents[2] / "samples" / "casablanca-2023"

OUTCOMES = ("granted", "excluded", "referred", "not_covered")


def test_the_plan_in_json_has_the_promised_shape(eventops: Run) -> None:
    ran = eventops("--json", "plan")
    plan = ran.json
    assert (ran.code, ran.err) == (0, "")
    assert list(plan) == [
        "event",
        "participants",
        "seats",
        "placements",
        "benefits",
        "meals",
        "budget",
        "funding",
        "statistics",
        "approval",
        "findings",
    ]
    assert (plan["event"], plan["participants"]) == ("casablanca-2023", 60)
    seats = {"capacity": 70, "confirmed": 60, "offered": 0, "waiting": 0, "declined": 0, "refused": 0}
    assert plan["seats"] == seats
    assert set(plan["placements"]) == {"matched", "review", "unresolved"}
    assert sum(plan["placements"].values()) == 60


def test_the_four_outcomes_of_every_benefit_sum_to_the_participants(eventops: Run) -> None:
    benefits = eventops("--json", "plan").json["benefits"]
    assert list(benefits) == ["travel", "lodging", "meals"]
    assert {name: sum(one[outcome] for outcome in OUTCOMES) for name, one in benefits.items()} == {
        "travel": 60,
        "lodging": 60,
        "meals": 60,
    }
    assert all(set(one) == {*OUTCOMES, "cost"} for one in benefits.values())
    assert all(one["cost"]["currency"] == "MAD" and one["cost"]["amount"] > 0 for one in benefits.values())


def test_the_statistics_of_the_plan_are_those_of_the_report(eventops: Run) -> None:
    statistics = eventops("--json", "plan").json["statistics"]
    assert {name: sum(table.values()) for name, table in statistics.items() if name != "region_names"} == {
        "gender": 60,
        "age": 60,
        "category": 60,
        "region": 60,
    }
    report = json.loads((SAMPLE / "expected-statistics.json").read_text(encoding="utf-8"))
    assert {name: statistics[name] for name in ("gender", "age", "category")} == report
    assert {"MA-04", "MA-06"} < set(statistics["region"])


def test_the_meals_of_the_plan_are_counted_by_diet(eventops: Run) -> None:
    plan = eventops("--json", "plan").json
    meals = {meal["service"]: meal for meal in plan["meals"]}
    assert list(meals) == ["dinner", "breakfast", "tea", "lunch"]
    assert all(sum(meal["diets"].values()) == meal["count"] for meal in meals.values())
    assert meals["lunch"]["count"] == 60
    assert meals["dinner"]["count"] == meals["breakfast"]["count"] == plan["benefits"]["lodging"]["granted"]
    assert meals["lunch"]["starts_at"] == "2023-10-14T14:30:00+01:00"


def test_every_finding_of_the_plan_says_where_it_comes_from(eventops: Run) -> None:
    findings = eventops("--json", "plan").json["findings"]
    assert findings
    assert all(set(one) == {"severity", "code", "message", "source"} for one in findings)
    # What is about a bed, a claim or a seat comes from no row.
    rows = ("town", "minor", "consent")
    about_people = [one for one in findings if one["source"].get("participant") and one["code"].startswith(rows)]
    assert about_people
    assert all({"file", "sheet", "row"} <= set(one["source"]) for one in about_people)


def test_the_plan_asks_for_a_person_only_when_it_is_strict(eventops: Run) -> None:
    assert [eventops("plan").code, eventops("plan", "--strict").code] == [0, 4]


def test_why_gives_every_verdict_of_every_benefit_in_three_languages(eventops: Run) -> None:
    people = [one["id"] for one in eventops("--json", "participant", "list").json]
    for person in (people[0], people[2], people[57], people[59]):
        ran = eventops("why", person, "--json")
        assert (ran.code, ran.err) == (0, "")
        why = ran.json
        assert why["participant"]["id"] == person
        assert why["placement"]["status"] in ("matched", "review", "unresolved")
        assert [one["benefit"] for one in why["decisions"]] == ["travel", "lodging", "meals"]
        for decision in why["decisions"]:
            assert decision["outcome"] in OUTCOMES
            assert decision["verdicts"]
            for verdict in decision["verdicts"]:
                assert {"rule", "plugin", "version", "effect", "reason", "values"} <= set(verdict)
                assert set(verdict["reason"]) == {"en", "fr", "ar"}
                assert all(verdict["reason"].values())


def test_a_criterion_of_the_event_and_a_rule_of_a_plugin_are_told_apart(eventops: Run) -> None:
    travel = eventops("why", "P0003", "--json").json["decisions"][0]
    verdicts = {one["rule"]: one for one in travel["verdicts"]}
    assert travel["outcome"] == "granted"
    assert (verdicts["travel-over-50-km"]["plugin"], verdicts["travel-over-50-km"]["effect"]) == ("event", "grants")
    assert verdicts["rabat-sale-kenitra.travel-second-class"]["plugin"] == "rabat-sale-kenitra"
    assert verdicts["rabat-sale-kenitra.travel-second-class"]["version"]
    assert {one["effect"] for one in travel["verdicts"]} <= {"grants", "excludes", "refers", "does_not_apply"}


def test_why_explains_itself_to_a_person_with_names_and_amounts(eventops: Run) -> None:
    ran = eventops("why", "P0003")
    assert ran.code == 0
    assert ran.lines[0] == "EL GHARBAOUI Yassine  (P0003)"
    assert "km in a straight line" in ran.lines[1]
    assert any(line.startswith("Travel: granted, MAD") for line in ran.lines)
    assert any("travel-over-50-km [event]" in line for line in ran.lines)


def test_the_participants_are_listed_with_town_region_and_distance(eventops: Run) -> None:
    people = eventops("--json", "participant", "list").json
    assert len(people) == 60
    assert all({"id", "name", "town", "region", "distance_km"} <= set(one) for one in people)
    by_id = {one["id"]: one for one in people}
    assert (by_id["P0003"]["town"], by_id["P0003"]["region"]) == ("Kénitra", "MA-04")
    assert 120 < by_id["P0003"]["distance_km"] < 125
    assert (by_id["P0060"]["region"], by_id["P0060"]["distance_km"]) == (None, None)


def test_the_participants_of_one_region_or_category(eventops: Run) -> None:
    region = eventops("--json", "participant", "list", "--region", "MA-04").json
    assert {one["region"] for one in region} == {"MA-04"}
    elected = eventops("--json", "participant", "list", "--category", "elected").json
    assert {one["category"] for one in elected} == {"elected"}


def test_travel_and_lodging_are_listed_by_outcome(eventops: Run) -> None:
    plan = eventops("--json", "plan").json["benefits"]
    for benefit in ("travel", "lodging"):
        for outcome in OUTCOMES:
            listed = eventops("--json", benefit, "list", "--outcome", outcome)
            assert (listed.code, len(listed.json)) == (0, plan[benefit][outcome])
            assert all(one["outcome"] == outcome and one["reason"] for one in listed.json)
        assert len(eventops("--json", benefit, "list", "--outcome", "all").json) == 60
    assert eventops("travel", "list", "--outcome", "maybe").code == 2


def test_those_with_a_bed_have_their_nights_and_those_who_travel_their_hours(eventops: Run) -> None:
    assert {tuple(one["nights"]) for one in eventops("--json", "lodging", "list").json} == {("2023-10-13",)}
    travel = eventops("--json", "travel", "list").json
    settled = [one for one in travel if one["place"]]
    assert len(settled) > 30
    assert all(one["leaves_at"] < "2023-10-14T09" and one["back_at"] > "2023-10-14T15" for one in settled)
    assert all(one["amount"]["amount"] > 0 and one["payer"] == "expertise-france" for one in settled)
    assert all(one["leaves_at"] is one["amount"] is None for one in travel if not one["place"])


def test_seats_are_listed_and_those_beyond_the_last_one_wait(eventops: Run, tmp_path: Path) -> None:
    assert {one["seat"] for one in eventops("--json", "seat", "list").json} == {"confirmed"}
    assert eventops("event", "dump", "-o", tmp_path / "event.toml").code == 0
    text = (tmp_path / "event.toml").read_text(encoding="utf-8").replace("seats = 70", "seats = 58")
    (tmp_path / "event.toml").write_text(text, encoding="utf-8")
    assert eventops("event", "apply", tmp_path / "event.toml").code == 0
    waiting = [one["waiting_position"] for one in eventops("--json", "seat", "list").json if one["waiting_position"]]
    assert sorted(waiting) == [1, 2]
    assert "waiting, number 1" in eventops("seat", "list").out


def test_what_to_do_next_comes_with_the_command_that_settles_it(eventops: Run) -> None:
    tasks = eventops("--json", "todo").json
    assert {"town-uncertain", "town-unresolved", "consent-missing", "decision-referred"} <= {
        one["code"] for one in tasks
    }
    assert all(one["message"] and one["command"].startswith("eventops ") for one in tasks)
    assert all("{" not in one["command"] for one in tasks)


def test_one_unknown_town_of_several_people_is_settled_by_one_pin_and_a_missing_one_is_asked_for(eventops: Run) -> None:
    for person in ("P0003", "P0012"):
        eventops("participant", "set", person, "--town", "Xyzzy Qwfp", "--province", "", "--region", "")
    eventops("participant", "set", "P0060", "--town", "")
    tasks = [one for one in eventops("--json", "todo").json if one["code"] == "town-unresolved"]
    assert [(one["message"], one["command"]) for one in tasks] == [
        *(
            (f"{person}: the town “Xyzzy Qwfp” is not known; correct it, or pin it to a place", "eventops place review")
            for person in ("P0003", "P0012")
        ),
        (
            "P0060: no town is written; ask for it and write it with participant set",
            "eventops participant set P0060 --town TEXT",
        ),
    ]


def test_the_venues_town_is_said_in_the_readers_script(eventops: Run) -> None:
    heads = [
        eventops("--lang", language, *words).lines[1]
        for words in (("plan",), ("event", "show"))
        for language in ("fr", "ar")
    ]
    assert [("Casablanca" in one, "الدار البيضاء" in one) for one in heads] == [(True, False), (False, True)] * 2


def test_the_doctor_needs_a_person_as_long_as_something_is_open(eventops: Run) -> None:
    ran = eventops("--json", "doctor")
    assert (ran.code, ran.err, ran.json["well"]) == (4, "", False)
    said = eventops("doctor")
    assert (said.code, "Findings that need a person: " in said.out, "warning: " in said.err) == (4, True, True)


def test_the_doctor_is_content_once_everything_is_settled(eventops: Run) -> None:
    eventops("place", "pin", "أولاد احسين", "MA:06.181.05.07")
    eventops("participant", "set", "P0058", "--town", "El Jadida")
    eventops("participant", "set", "P0060", "--town", "Settat")
    eventops("participant", "set", "P0059", "--consent-attend", "yes")
    ran = eventops("--json", "doctor")
    assert (ran.code, ran.json["well"]) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="the doctor looks at permissions on POSIX alone")
def test_the_doctor_says_nothing_of_its_own_files(eventops: Run, workspace: Path) -> None:
    workspace.chmod(0o755)
    Path("more.csv").write_text("Name,Email,Where\nSalma Idrissi,salma@example.org,Fès\n", encoding="utf-8")
    eventops("participant", "import", "more.csv", "--map", "Where=town")
    said = [one["message"] for one in eventops("--json", "doctor").json["findings"]]
    assert [one for one in said if "running-" in one or "mapping" in one] == []


def test_a_plugin_left_out_must_be_one_the_event_uses(eventops: Run) -> None:
    ran = eventops("--without", "casablanca-setat", "plan")
    assert (ran.code, ran.out) == (3, "")
    assert "The event does not use casablanca-setat; it uses " in ran.err
