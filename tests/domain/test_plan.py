"""The plan is a pure function of the facts and the rules, and its sums come out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from eventops.builtin.rules import LODGING, MEALS, RULES, SETTINGS, TARIFFS, TRAVEL
from eventops.domain.event import BudgetLine, Ranking
from eventops.domain.hosting.ground_words import GETS_MEAL, meals_said
from eventops.domain.money import Money
from eventops.domain.people import Consents, Gender, Participant, Status
from eventops.domain.places import OLDER_COLUMNS, Placement, PlacementStatus
from eventops.domain.plan import Plan, plan_of, town_finding
from eventops.domain.rules import ActiveRule, ActiveTariff, Outcome, Override, Rulebook
from eventops.domain.texts import Text
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_participant, a_placement, an_event

DEFAULTS = {one.name: one.default for one in SETTINGS}
BOOK = Rulebook(
    benefits=(TRAVEL, LODGING, MEALS),
    rules=tuple(
        ActiveRule(name=f"eventops.{one.name}", rule=one, plugin="eventops", version="1", settings=DEFAULTS)
        for one in RULES
    ),
    tariffs={
        one.benefit: ActiveTariff(
            name=f"eventops.{one.name}", tariff=one, plugin="eventops", version="1", settings=DEFAULTS
        )
        for one in TARIFFS
    },
    settings=DEFAULTS,
)
KILOMETRES = {CASABLANCA.point: 3.0, OUEZZANE.point: 245.0}
AGREED = Consents(attend=True)


def planned(people: list[Participant], places: list[Any], overrides: Any = (), **event: Any) -> Plan:
    placements = {
        person.id: place if isinstance(place, Placement) else a_placement(place)
        for person, place in zip(people, places, strict=True)
    }
    return plan_of(an_event(**event), people, placements, BOOK, overrides, lambda a, b: KILOMETRES[a])


def mad(amount: int) -> Money:
    return Money(Decimal(amount), "MAD")


def person(id: str, **fields: Any) -> Participant:
    return a_participant(id, **{"consents": AGREED, **fields})


def outcomes(plan: Plan, id: str) -> list[str]:
    return [plan.decision(id, benefit).outcome.value for benefit in ("travel", "lodging", "meals")]


people = st.lists(
    st.builds(
        lambda status, role, age, diet, registered, place: (
            {"status": status, "role": role, "age": age, "diet": diet, "registered_on": registered},
            place,
        ),
        st.sampled_from(Status),
        st.sampled_from(["participant", "speaker"]),
        st.none() | st.integers(15, 80),
        st.sampled_from(["", "vegan"]),
        st.none() | st.dates(date(2023, 9, 1), date(2023, 10, 1)),
        st.sampled_from([CASABLANCA, OUEZZANE, None]),
    ),
    max_size=10,
)


@settings(max_examples=60)
@given(everybody=people, seats=st.none() | st.integers(1, 8))
def test_same_facts_same_plan_and_every_sum_comes_out(everybody: list[Any], seats: int | None) -> None:
    made = [person(f"p{number}", **fields) for number, (fields, _) in enumerate(everybody)]
    places = [place for _, place in everybody]
    plan = planned(made, places, seats=seats)
    assert plan == planned(made, places, seats=seats)
    taking_part = [one.id for one in made if one.status is not Status.WITHDRAWN]
    assert [one.participant.id for one in plan.candidates] == taking_part
    decided = [(one.participant_id, one.benefit) for one in plan.decisions]
    assert decided == [(id, benefit) for id in taking_part for benefit in ("travel", "lodging", "meals")]
    assert all(sum(count.diets.values()) == count.count for count in plan.meals)
    assert sum(plan.statistics.age.values()) == len(taking_part)
    assert all(one.rulings for one in plan.decisions)
    assert seats is None or sum(one.waiting_position is None for one in plan.candidates) <= seats


def test_who_lives_near_eats_and_who_lives_far_travels_and_sleeps_there() -> None:
    plan = planned([person("near"), person("far")], [CASABLANCA, OUEZZANE])
    assert outcomes(plan, "near") == ["not_covered", "not_covered", "granted"]
    assert outcomes(plan, "far") == ["granted", "granted", "granted"]
    assert [(one.participant_id, one.direction) for one in plan.journeys] == [("far", "there"), ("far", "back")]
    assert [(one.participant_id, one.nights) for one in plan.stays] == [("far", (date(2023, 10, 13),))]


def test_who_waits_for_a_seat_is_covered_in_nothing() -> None:
    plan = planned([person("first"), person("late")], [OUEZZANE, OUEZZANE], seats=1)
    assert outcomes(plan, "late") == ["excluded"] * 3
    assert [one.waiting_position for one in plan.candidates] == [None, 1]


def test_who_has_no_bed_after_all_has_none_of_its_meals_and_a_ceiling_on_meals_still_binds() -> None:
    meals = tuple(replace(one, price=mad(100)) for one in an_event().meals)
    plan = planned(
        [person(id) for id in ("a", "b", "c")],
        [OUEZZANE] * 3,
        meals=meals,
        budget=tuple(
            BudgetLine(id=name, title=Text(name), sponsor="oecd", benefit=name, ceiling=mad(ceiling))
            for name, ceiling in (("lodging", 700), ("meals", 400))
        ),
        rankings=tuple(Ranking(benefit=name, by=("registered",)) for name in ("lodging", "meals")),
    )
    reached = {(one.benefit, one.participant_id): one.reached for one in plan.funding}
    assert reached == {
        ("lodging", "a"): True,
        ("lodging", "b"): False,
        ("lodging", "c"): False,
        ("meals", "a"): True,
        ("meals", "b"): False,
        ("meals", "c"): False,
    }
    assert {one.meal_id: one.count for one in plan.meals} == {"breakfast": 1, "tea": 3, "lunch": 3}
    assert [plan.decision(id, "meals").amount for id in ("a", "b", "c")] == [mad(300), mad(200), mad(200)]
    assert [[one.text is GETS_MEAL for one in meals_said(plan, id)] for id in ("a", "b")] == [
        [True, True, True],
        [False, True, True],
    ]


def test_an_override_decides_and_the_plan_follows_it() -> None:
    override = Override(
        participant_id="near",
        benefit="lodging",
        outcome=Outcome.GRANTED,
        reason="Opens the doors",
        by="A. B.",
        on=date(2023, 10, 1),
    )
    plan = planned([person("near")], [CASABLANCA], [override])
    assert outcomes(plan, "near") == ["not_covered", "granted", "granted"]
    assert {count.meal_id: count.count for count in plan.meals} == {"breakfast": 1, "tea": 1, "lunch": 1}
    assert plan.decision("near", "lodging").rulings[0].plugin == "person"


def test_what_a_person_should_look_at_is_said_with_the_row_it_came_from() -> None:
    child = person("p1", age=15, consents=Consents(), gender=Gender.FEMALE)
    child = replace(child, source=replace(child.source, file="people.xlsx", sheet="Inscriptions", row=7))
    plan = planned([child], [None])
    assert [one.code for one in plan.findings] == ["town-unresolved", "minor", "consent-missing"]
    assert {(one.source.file, one.source.sheet, one.source.row) for one in plan.findings} == {
        ("people.xlsx", "Inscriptions", 7)
    }


@pytest.mark.parametrize(
    ("status", "equivalent", "code"),
    [
        (PlacementStatus.MATCHED, False, None),
        (PlacementStatus.REVIEW, False, "town-uncertain"),
        (PlacementStatus.REVIEW, True, "town-equivalent"),
        (PlacementStatus.UNRESOLVED, False, "town-unresolved"),
    ],
)
def test_an_open_town_is_a_finding(status: PlacementStatus, equivalent: bool, code: str | None) -> None:
    found = town_finding(person("p1"), Placement(text="Somewhere", status=status), equivalent=equivalent)
    assert (found.code if found is not None else None) == code


def test_a_missing_town_and_one_corrected_over_older_columns_are_said_in_their_own_words() -> None:
    missing = town_finding(person("p1"), Placement(text=" ", status=PlacementStatus.UNRESOLVED))
    beside = town_finding(person("p1"), Placement(text="", status=PlacementStatus.REVIEW))
    older = town_finding(person("p1"), Placement(text="Salé", status=PlacementStatus.MATCHED, reason=OLDER_COLUMNS))
    sentence = "{person}: no town is written; ask for it and write it with participant set"
    assert [(one.code, one.message.en) for one in (missing, beside) if one] == [("town-unresolved", sentence)] * 2
    assert older is not None
    assert (older.code, older.severity.value) == ("town-columns-older", "information")


def test_a_decision_nobody_made_is_no_decision() -> None:
    plan = planned([person("p1")], [CASABLANCA])
    with pytest.raises(KeyError):
        plan.decision("p1", "childcare")
    assert plan.granted("travel") == ()
