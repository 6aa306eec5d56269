from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]

TRAVEL_OF_P0003 = ("override", "add", "P0003", "travel")


def travel(eventops: Run) -> dict[str, Any]:
    decision: dict[str, Any] = eventops("--json", "why", "P0003").json["decisions"][0]
    return decision


def test_an_override_decides_and_stands_beside_the_rules_it_contradicts(eventops: Run) -> None:
    ran = eventops("--json", *TRAVEL_OF_P0003, "excluded", "--reason", "Paid by the employer", "--by", "A. B.")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {
        "participant": "P0003",
        "benefit": "travel",
        "before": "granted",
        "after": "excluded",
        "dry_run": False,
    }
    decision = travel(eventops)
    own, *rules = decision["verdicts"]
    assert (decision["outcome"], decision["amount"]) == ("excluded", None)
    assert (own["rule"], own["plugin"], own["effect"]) == ("override", "person", "excludes")
    assert own["values"]["reason"] == "Paid by the employer"
    assert all("Paid by the employer" in own["reason"][language] for language in ("en", "fr", "ar"))
    assert "grants" in {one["effect"] for one in rules}


def test_an_override_may_name_who_pays(eventops: Run) -> None:
    assert eventops("override", "add", "P0002", "lodging", "granted", "--reason", "Speaks", "--payer", "oecd").code == 0
    lodging = eventops("--json", "why", "P0002").json["decisions"][1]
    assert (lodging["outcome"], lodging["payer"], lodging["nights"]) == ("granted", "oecd", ["2023-10-13"])


def test_overrides_are_listed_beside_what_the_rules_say(eventops: Run) -> None:
    eventops(*TRAVEL_OF_P0003, "excluded", "--reason", "Paid by the employer")
    one = eventops("--json", "override", "list").json[0]
    assert (one.pop("on") > "2023", one) == (
        True,
        {
            "participant": "P0003",
            "benefit": "travel",
            "outcome": "excluded",
            "reason": "Paid by the employer",
            "by": "coordinator",
            "until": None,
            "payer": "",
            "confirmed_by": [],
            "in_force": True,
            "rules_say": "granted",
        },
    )
    assert "Paid by the employer" in eventops("override", "list").out


def test_a_dry_run_of_an_override_changes_nothing(eventops: Run) -> None:
    before = eventops("--json", "plan").out
    ran = eventops(*TRAVEL_OF_P0003, "excluded", "--reason", "Paid by the employer", "--dry-run")
    assert ran.out == "P0003, Travel: would be granted → excluded; nothing was changed\n"
    assert (eventops("--json", "plan").out, eventops("--json", "override", "list").json) == (before, [])


def test_the_rules_decide_again_once_an_override_is_removed(eventops: Run) -> None:
    before = eventops("--json", "plan").out
    eventops(*TRAVEL_OF_P0003, "excluded", "--reason", "Paid by the employer")
    assert eventops("override", "remove", "P0003", "travel", "--dry-run").code == 0
    assert travel(eventops)["outcome"] == "excluded"
    assert eventops("override", "remove", "P0003", "travel").code == 0
    assert eventops("--json", "plan").out == before


def test_an_override_that_has_lapsed_before_the_event_decides_nothing(eventops: Run) -> None:
    ran = eventops(*TRAVEL_OF_P0003, "excluded", "--reason", "Until the summer", "--until", "2023-08-31")
    assert ran.code == 0
    assert "lapses on 31 August 2023, before the event on 14 October 2023" in ran.err
    assert travel(eventops)["outcome"] == "granted"
    assert [one["in_force"] for one in eventops("--json", "override", "list").json] == [False]


def test_an_override_that_holds_on_the_day_of_the_event_decides(eventops: Run) -> None:
    eventops(*TRAVEL_OF_P0003, "excluded", "--reason", "Until the day", "--until", "2023-10-14")
    assert travel(eventops)["outcome"] == "excluded"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("P0003", "travel", "granted"), 2, "Missing option '--reason'"),
        (("P0003", "travel", "granted", "--reason", "  "), 3, "An override needs a reason"),
        (("P0003", "childcare", "granted", "--reason", "x"), 3, "There is no benefit childcare; there are travel,"),
        (("P0003", "travel", "maybe", "--reason", "x"), 2, "'maybe' is not one of"),
        (("P0003", "travel", "granted", "--reason", "x", "--payer", "nobody"), 3, "There is no payer nobody"),
        (("P0003", "travel", "granted", "--reason", "x", "--until", "soon"), 2, "'soon' does not match the format"),
        (("nobody", "travel", "granted", "--reason", "x"), 3, "There is nobody “nobody”"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(
    eventops: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = eventops("override", "add", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert eventops("--json", "override", "list").json == []


def test_an_override_that_is_not_there_cannot_be_removed(eventops: Run) -> None:
    ran = eventops("override", "remove", "P0003", "travel")
    assert (ran.code, ran.err) == (
        3,
        "error: No override decides travel of P0003; see eventops override list\n",
    )
