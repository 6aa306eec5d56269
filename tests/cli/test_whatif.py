from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

Run = Callable[..., Any]


def whatif(eventops: Run, *assignments: str) -> dict[str, Any]:
    words = [word for one in assignments for word in ("--set", one)]
    before = eventops("--json", "plan").out
    ran = eventops("--json", "whatif", *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["set"] == list(assignments)
    assert eventops("--json", "plan").out == before
    answer: dict[str, Any] = ran.json
    return answer


def moved(answer: dict[str, Any], benefit: str) -> tuple[int, int]:
    return len(answer["benefits"][benefit]["enters"]), len(answer["benefits"][benefit]["leaves"])


def test_a_setting_of_a_plugin_lets_people_enter_and_tells_what_it_costs(eventops: Run) -> None:
    travel = whatif(eventops, "casablanca-settat.travel_limit_km=20")["benefits"]["travel"]
    assert (len(travel["enters"]) > 0, travel["leaves"]) == (True, [])
    assert all(set(one) == {"id", "name", "before", "after"} for one in travel["enters"])
    assert {one["after"] for one in travel["enters"]} == {"granted"}
    costs = [travel[name]["amount"] for name in ("cost_before", "cost_after", "cost_difference")]
    assert costs[0] + costs[2] == pytest.approx(costs[1])
    assert costs[2] > 0


def test_a_setting_of_the_core_moves_people_too(eventops: Run) -> None:
    enters, leaves = moved(whatif(eventops, "arrive_minutes_before=50"), "lodging")
    assert (enters > 0, leaves) == (True, 0)


def test_fewer_seats_exclude_the_last_to_register(eventops: Run) -> None:
    answer = whatif(eventops, "seats=50")
    assert moved(answer, "meals") == (0, 10)
    assert {one["after"] for one in answer["benefits"]["meals"]["leaves"]} == {"excluded"}


@pytest.mark.parametrize(
    "assignment",
    [
        "bed-for-an-early-start.departure=05:30",
        "bed-for-an-early-start.departure.before=05:30",
        "bed-for-an-early-start.when.departure.before=05:30:00",
    ],
)
def test_a_value_of_a_criterion_is_reached_by_its_short_and_its_long_name(eventops: Run, assignment: str) -> None:
    enters, leaves = moved(whatif(eventops, assignment), "lodging")
    assert (enters, leaves > 0) == (0, True)


def test_several_changes_count_together(eventops: Run) -> None:
    both = ("bed-over-150-km.ceiling=300", "bed-for-an-early-start.ceiling=300 MAD")
    lodging = whatif(eventops, *both)["benefits"]["lodging"]
    assert (lodging["enters"], lodging["leaves"]) == ([], [])
    assert lodging["cost_difference"]["amount"] < 0


def test_the_regions_of_a_criterion_are_a_list(eventops: Run) -> None:
    one = whatif(eventops, "travel-over-50-km.region=MA-04")
    two = whatif(eventops, "travel-over-50-km.region=MA-04,MA-06")
    assert moved(two, "travel") == (0, 0)
    assert one["benefits"]["travel"]["changes"] != two["benefits"]["travel"]["changes"]


def test_a_smaller_budget_says_what_no_longer_holds(eventops: Run) -> None:
    answer = whatif(eventops, "budget.ef-travel=100")
    assert [(one["code"], moved(answer, "travel")) for one in answer["findings"]] == [("budget-exceeded", (0, 0))]


def test_a_person_reads_who_enters_who_leaves_and_the_difference(eventops: Run) -> None:
    ran = eventops("whatif", "--set", "seats=58")
    assert ran.code == 0
    assert [line.partition(",")[0] for line in ran.lines if not line.startswith(" ")] == [
        "Travel: 0 enter",
        "Lodging: 0 enter",
        "Meals: 0 enter",
        "Seats: 2 people",
    ]
    assert any(line.startswith("  - P0059 ") and line.endswith(": granted → excluded") for line in ran.lines)


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("nosuch=1", "There is no setting, criterion or budget line nosuch; there are "),
        ("nosuch", "“nosuch” is not NAME=VALUE"),
        ("=60", "“=60” is not NAME=VALUE"),
        ("travel_from_km=far", "travel_from_km is “far”; a number is expected"),
        ("travel_from_km=nan", "travel_from_km is “nan”; a number is expected"),
        ("arrive_minutes_before=1.5", "arrive_minutes_before is “1.5”; a whole number is expected"),
        ("departure_not_before=5h30", "a value like '06:00' is expected"),
        ("metric=by_foot", "There is no metric by_foot; there are"),
        ("seats=many", "seats is “many”; a number is expected"),
        ("seats=-3", "seats is -3, but should be 1 or more"),
        ("travel-over-50-km.nosuch=1", "The criterion travel-over-50-km has no value nosuch"),
        ("travel-over-50-km.distance_km=far", "does not fit the criterion travel-over-50-km"),
        ("travel-over-50-km.benefit=childcare", "the benefit childcare, which does not exist"),
        ("travel-over-50-km.region=Casablanca", "is Casablanca, which is not a code such as MA-06"),
        ("budget.ef-travel=little", "budget.ef-travel is “little”; an amount like 300 MAD is expected"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_in_one_sentence(eventops: Run, assignment: str, said: str) -> None:
    ran = eventops("whatif", "--set", assignment)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert said in ran.err


def test_what_if_needs_something_to_change(eventops: Run) -> None:
    assert eventops("whatif").code == 2


def scenarios(eventops: Run, *texts: str) -> list[dict[str, Any]]:
    ran = eventops("--json", "whatif", *(word for one in texts for word in ("--scenario", one)))
    assert (ran.code, ran.err) == (0, "")
    answer: list[dict[str, Any]] = ran.json
    return answer


def test_scenarios_stand_beside_each_other_with_people_regions_and_costs(eventops: Run) -> None:
    third, dear = scenarios(
        eventops,
        "a third less: budget.oecd-lodging=8000, rankings.lodging.by=inclusion,distance",
        "dear: hotel.night=900",
    )
    assert (third["in"], len(third["out"]), third["not_funded"]) == ([], 2, 2)
    assert sum(third["gender"]["out"].values()) == sum(third["region"]["out"].values()) == 2
    oecd = {one["sponsor"]: one for one in third["costs"]}["oecd"]
    assert (oecd["before"]["amount"], oecd["after"]["amount"]) == (9100, 7800)
    assert {one["sponsor"]: one for one in dear["costs"]}["oecd"]["after"]["amount"] > 9100
    assert third["benefits"]["lodging"]["leaves"][0]["after"] == "not_funded"


def test_a_scenario_tells_whose_seat_it_moves(eventops: Run) -> None:
    few, same = scenarios(eventops, "few: seats=58", "same: hotel.night=900")
    assert few["seats"] == {"confirmed": 58, "waiting": 2, "in": [], "out": ["P0059", "P0060"]}
    assert same["seats"] == {"confirmed": 60, "waiting": 0, "in": [], "out": []}
    told = eventops("whatif", "--scenario", "few: seats=58").out
    assert ("58 (+0 -2)" in told, "few: lose their seat: P0059, P0060" in told) == (True, True)


def test_a_criterion_is_switched_off_a_meal_costs_more_and_a_budget_changes_by_per_cent(eventops: Run) -> None:
    off, meal, budget = scenarios(
        eventops,
        "off: bed-over-150-km=off;bed-for-an-early-start=off",
        "meal: meals.lunch.price=200",
        "less: budget.ef-travel=-50%",
    )
    assert len(off["out"]) > 0
    assert (meal["out"], meal["costs"][0]["after"]["amount"] - meal["costs"][0]["before"]["amount"]) == ([], 1200)
    assert budget["not_funded"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--scenario", "no name"), "is not NAME: a=b"),
        (("--scenario", "a: seats=1", "--scenario", "a: seats=2"), "Two scenarios are called a"),
        (("--scenario", "a: meals.brunch.price=1"), "The event has no value meals.brunch.price"),
        (("--scenario", "a: hotel.night=cheap"), "hotel.night=cheap does not fit"),
        (("--scenario", "a: budget.oecd-lodging=-200%"), "not more than 100 %"),
        ((), "Give values with --set, or scenarios with --scenario"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_with_the_next_step(
    eventops: Run, words: tuple[str, ...], told: str
) -> None:
    ran = eventops("whatif", *words)
    assert (ran.code in (2, 3), told in ran.err) == (True, True), ran.err


def test_under_a_ceiling_on_meals_the_caterer_counts_everybody_and_the_sponsor_pays_its_budget(
    eventops: Run, workspace: Path
) -> None:
    event = workspace / "event.toml"
    text = event.read_text(encoding="utf-8").replace("18000.00 MAD", "10000.00 MAD")
    ranking = '[[rankings]]\nbenefit = "meals"\nby = ["distance"]\n\n[tariffs]\n'
    event.write_text(text.replace("[tariffs]\n", ranking, 1), encoding="utf-8")
    assert eventops("event", "apply", event).code == 0
    counts = {one["service"]: one["count"] for one in eventops("--json", "meal", "list").json}
    assert (counts["lunch"], counts["tea"]) == (60, 60)
    said = "27 people eat whose meals no budget line reaches; the caterer counts them all the same, and MAD 6,345.00"
    assert said in eventops("plan").out.replace("\u00a0", " ")
    file = workspace.parent / "pack.json"
    assert eventops("export", "sponsor-pack", "--for", "expertise-france", "--lang", "en", "-o", file).code == 0
    costs = next(one for one in msgspec.json.decode(file.read_bytes())["tables"] if one["name"] == "costs")
    planned = sum(Decimal(one["planned"]["amount"]) for one in costs["rows"] if one["planned"])
    borne = [one for one in eventops("--json", "plan").json["budget"] if one["sponsor"] == "expertise-france"]
    assert planned == sum(Decimal(str(one["planned"]["amount"])) for one in borne)
