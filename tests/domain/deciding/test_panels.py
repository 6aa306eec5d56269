"""What is asked once a place gives the same as asking everybody everything."""

from typing import Any

from hypothesis import given, strategies as st
from msgspec.structs import replace

from eventops.domain.deciding.criteria import rule_of
from eventops.domain.deciding.panels import Panel
from eventops.domain.event import Bounds, Conditions, Criterion
from eventops.domain.rules import ActiveRule, Benefit, Candidate, Facts, Rule, Scope, Verdict, does_not_apply, grants
from eventops.domain.texts import Text
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_candidate, a_participant, an_event

TRAVEL = Benefit(name="travel", title=Text("Travel"), unit="leg")
FACTS = Facts(event=an_event(), settings={})
BY_PLUGIN = {"eventops": FACTS, "event": FACTS, "rabat": FACTS}


def active(check: Any, **rule: Any) -> ActiveRule:
    made = Rule(name="one", benefit="travel", title=Text("One"), check=check, **rule)
    return ActiveRule(name="rabat.one", rule=made, plugin="rabat", version="1")


def far(candidate: Candidate, facts: Facts) -> Verdict:
    km = candidate.distance_km or 0
    return grants(Text("far"), km=km) if km > 50 else does_not_apply(Text("near"), km=km)


def old(candidate: Candidate, facts: Facts) -> Verdict:
    age = candidate.age or 0
    return grants(Text("old"), age=age) if age > 60 else does_not_apply(Text("young"), age=age)


CRITERION = Criterion(
    name="over-80",
    benefit="travel",
    when=Conditions(distance_km=Bounds(over=80), region=("MA-01",)),
    reason=Text("{age} years, {distance_km} km, over {limit_km} km"),
)
RULES = (
    active(far, by_person=False),
    active(old),
    active(old, scope=Scope(regions=("MA-01",))),
    active(old, scope=Scope(associations=("apj",))),
    active(old, by_distance=False, scope=Scope(regions=("MA-06",), associations=("apj",))),
    rule_of(CRITERION),
    rule_of(replace(CRITERION, name="old-ones", when=Conditions(age=Bounds(at_least=60), distance_km=Bounds(over=10)))),
)

people = st.builds(
    lambda place, km, age, association: a_candidate(
        a_participant(age=age, association=association), place=place, distance_km=km if place else None
    ),
    st.sampled_from([None, CASABLANCA, OUEZZANE]),
    st.sampled_from([4.2, 49.0, 51.0, 79.0, 81.0]),
    st.none() | st.integers(18, 90),
    st.sampled_from(["", "apj", "adfm"]),
)


@given(everybody=st.lists(people, min_size=1, max_size=12))
def test_many_candidates_asked_by_one_panel_hear_what_each_would_hear_alone(everybody: list[Candidate]) -> None:
    panel = Panel(TRAVEL, RULES, an_event())
    together = [panel.asked(one, BY_PLUGIN) for one in everybody]
    assert together == [Panel(TRAVEL, RULES, an_event()).asked(one, BY_PLUGIN) for one in everybody]


@given(everybody=st.lists(people.filter(lambda one: one.place is not None), max_size=8), nearer=st.floats(0, 40))
def test_asking_again_nearer_tells_whether_anything_comes_to_something_else(
    everybody: list[Candidate], nearer: float
) -> None:
    panel = Panel(TRAVEL, RULES, an_event())
    for one in everybody:
        rulings = panel.asked(one, BY_PLUGIN)
        other = replace(one, distance_km=max(0.0, (one.distance_km or 0) - nearer))
        alone = Panel(TRAVEL, RULES, an_event()).asked(other, BY_PLUGIN)
        answers = panel.asked_elsewhere(one, other, rulings, BY_PLUGIN)
        assert [ruling.verdict.effect for ruling in answers or rulings] == [ruling.verdict.effect for ruling in alone]
