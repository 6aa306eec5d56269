from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def apply_with(eventops: Run, workspace: Path, line: str) -> None:
    """The event of the demo with one more line under [event]."""
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8").replace("[event]\n", f"[event]\n{line}\n", 1)
    file.write_text(text, encoding="utf-8")
    assert eventops("event", "apply", file).code == 0


def test_an_approval_keeps_number_names_and_hashes_and_the_plan_says_it_is_that_one(eventops: Run) -> None:
    eventops("criteria", "adopt", "--by", "Committee", "--on", "2023-10-09")
    made = eventops("--json", "approve", "--by", "Amina", "--note", "meeting 3").json
    assert (made["number"], made["people"], made["stands"], made["adoption"]) == (1, 60, True, 1)
    assert [len(made[name]) for name in ("plan_hash", "facts_hash", "history_hash")] == [64, 64, 64]
    assert {"eventops", "morocco"} <= set(made["versions"])
    approval = eventops("--json", "plan").json["approval"]
    assert (approval["number"], approval["same"], approval["stands"]) == (1, True, True)
    again = eventops("approve")
    assert (again.code, "approval 1 already" in again.err) == (3, True)


def test_what_changed_since_is_told_in_people_and_money_and_files_say_so(eventops: Run, workspace: Path) -> None:
    eventops("approve", "--by", "Amina")
    eventops("participant", "withdraw", "P0003")
    found = eventops("--json", "plan", "diff").json
    assert (found["from"], found["to"], found["same"], found["seats"]) == (1, None, False, {"in": [], "out": ["P0003"]})
    assert [one["participant"] for one in found["benefits"]["lodging"]["leaves"]] == ["P0003"]
    assert {one["line"]: one["difference"]["amount"] for one in found["lines"]}["oecd-lodging"] == -650
    assert eventops("plan", "diff", "--strict").code == 4
    page = workspace.parent / "list.html"
    eventops("export", "lodging-list", "--lang", "en", "--format", "html", "-o", page)
    assert "differs from approval No. 1" in page.read_text(encoding="utf-8")
    eventops("approve", "--by", "Amina")
    between = eventops("--json", "plan", "diff", "1", "2").json
    assert (between["to"], between["benefits"]["lodging"]["leaves"][0]["after"]) == (2, "")
    assert eventops("--json", "plan", "diff").json["same"] is True


def test_two_people_approve_where_the_event_asks_for_it(eventops: Run, workspace: Path) -> None:
    apply_with(eventops, workspace, "approvals_needed = 2")
    assert eventops("--json", "approve", "--by", "Amina").json["stands"] is False
    same = eventops("approve", "confirm", "1", "--by", "  AMINA ")
    assert (same.code, "another person confirms it" in same.err) == (3, True)
    assert eventops("--json", "approve", "confirm", "1", "--by", "Karim").json["stands"] is True
    assert eventops("approve", "confirm", "1", "--by", "Sara").code == 3


def test_a_plan_that_changed_meanwhile_is_not_confirmed(eventops: Run, workspace: Path) -> None:
    apply_with(eventops, workspace, "approvals_needed = 2")
    eventops("approve", "--by", "Amina")
    eventops("participant", "withdraw", "P0003")
    ran = eventops("approve", "confirm", "1", "--by", "Karim")
    assert (ran.code, "has changed since approval 1" in ran.err) == (3, True)


def test_money_beyond_a_budget_is_approved_only_on_purpose(eventops: Run, workspace: Path) -> None:
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8").replace('ceiling = "7500.00 MAD"', 'ceiling = "100.00 MAD"')
    file.write_text(text, encoding="utf-8")
    eventops("event", "apply", file)
    refused = eventops("approve")
    assert (refused.code, "--accept budget-exceeded" in refused.err) == (3, True)
    assert eventops("--json", "approve", "--accept", "budget-exceeded").json["accepted"] == ["budget-exceeded"]


def test_a_decision_by_hand_waits_for_a_second_person_where_the_event_asks_for_it(
    eventops: Run, workspace: Path
) -> None:
    apply_with(eventops, workspace, "override_approvals_needed = 2")
    eventops("override", "add", "P0003", "travel", "excluded", "--reason", "Paid at work", "--by", "Amina")
    assert eventops("--json", "why", "P0003").json["decisions"][0]["outcome"] == "granted"
    assert "override-waits" in [one["code"] for one in eventops("--json", "plan").json["findings"]]
    assert eventops("override", "confirm", "P0003", "travel", "--by", "amina").code == 3
    assert eventops("override", "confirm", "P0003", "travel", "--by", "Karim").code == 0
    decision = eventops("--json", "why", "P0003").json["decisions"][0]
    assert (decision["outcome"], decision["rules_say"]) == ("excluded", "granted")
    listed = eventops("travel", "list", "--outcome", "excluded").out
    assert "excluded (by hand; the rules: granted)" in listed


@pytest.mark.parametrize("words", [("approve", "--dry-run"), ("criteria", "adopt", "--by", "C", "--dry-run")])
def test_a_dry_run_keeps_nothing(eventops: Run, words: tuple[str, ...]) -> None:
    assert eventops(*words).code == 0
    assert eventops("--json", "approve", "list").json == []
    assert eventops("--json", "criteria", "record").json == []


def test_the_record_keeps_the_wording_and_says_when_the_criteria_have_changed(eventops: Run, workspace: Path) -> None:
    eventops("criteria", "adopt", "--by", "Committee", "--on", "2023-10-09")
    kept = eventops("--json", "criteria", "record", "1").json
    assert (kept["in_force"], kept["on"], len(kept["hash"])) == (True, "2023-10-09", 64)
    assert {"en", "fr", "ar"} == set(kept["criteria"][0]["sentence"])
    eventops("criteria", "remove", kept["criteria"][0]["name"])
    assert eventops("--json", "criteria", "record", "1").json["in_force"] is False
    assert eventops("--json", "approve").json["adoption"] is None


def test_whoever_has_no_bed_after_all_travels_on_the_day_itself(eventops: Run, workspace: Path) -> None:
    def leaves() -> str:
        return next(one for one in eventops("--json", "travel", "list").json if one["id"] == "P0005")["leaves_at"]

    before = leaves()
    file = workspace / "event.toml"
    eventops("event", "dump", "-o", file)
    text = file.read_text(encoding="utf-8").replace('ceiling = "12000.00 MAD"', 'ceiling = "8000.00 MAD"')
    file.write_text(text, encoding="utf-8")
    eventops("event", "apply", file)
    assert (before[:10], leaves()[:10]) == ("2023-10-13", "2023-10-14")
    assert [
        (one["granted"], one["not_funded"])
        for name, one in eventops("--json", "plan").json["benefits"].items()
        if name == "lodging"
    ] == [(14, 2)]


def test_the_funding_under_a_ceiling_is_a_table(eventops: Run, workspace: Path) -> None:
    assert "The money reaches everybody." in eventops("plan", "funding").out
    file = workspace / "event.toml"
    text = file.read_text(encoding="utf-8").replace('ceiling = "12000.00 MAD"', 'ceiling = "8000.00 MAD"')
    file.write_text(text, encoding="utf-8")
    eventops("event", "apply", file)
    beyond = [one for one in eventops("--json", "plan", "funding").json if not one["reached"]]
    assert [(one["participant"], one["in_line"], one["needed"]["amount"]) for one in beyond] == [
        ("P0005", 1, 450),
        ("P0044", 2, 1100),
    ]
    lodged = eventops("--json", "lodging", "list").json
    assert sum(not one["funded"] for one in lodged) == 2
