"""A rule asked once for all who are the same to it answers as if it were asked about everybody."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from eventops.domain.deciding.decisions import decided
from eventops.domain.deciding.panels import Panel
from eventops.domain.deciding.rulings import asking
from eventops.domain.deciding.variants import Variants, way_of
from eventops.domain.people import Gender
from eventops.domain.rules import (
    ActiveRule,
    Benefit,
    Candidate,
    Facts,
    Rule,
    Rulebook,
    Seat,
    Verdict,
    does_not_apply,
    excludes,
    grants,
)
from eventops.domain.texts import Message, Text
from eventops.testing.builders import CASABLANCA, OUEZZANE, a_candidate, a_participant, an_event

TRAVEL = Benefit(name="travel", title=Text("Travel"), unit="leg")
LODGING = Benefit(name="lodging", title=Text("Lodging"), unit="night")
SETTINGS = {"departure_not_before": "06:00", "home_not_after": "22:30"}
FACTS = Facts(event=an_event(), settings=SETTINGS)
BY_PLUGIN = {"eventops": FACTS, "event": FACTS, "x": FACTS}

# Each way in which a rule may look at a candidate: by one fact, by several, by itself as a whole.
LOOKS: tuple[Callable[[Candidate], object], ...] = (
    lambda one: one.participant.category,
    lambda one: one.age,
    lambda one: one.seat,
    lambda one: one.participant.gender,
    lambda one: one.participant.fields.get("x.bed"),
    lambda one: sorted(one.participant.fields),
    lambda one: one.participant.inclusion,
    lambda one: one.place is None or one.place.urban,
    lambda one: round(one.distance_km or 0),
    lambda one: one.placement.text,
    lambda one: one.seat_reason,
    lambda one: one.participant.name,
    lambda one: one.participant.id,
    lambda one: one.leaves_home_at,
    lambda one: msgspec.structs.astuple(one.participant)[:1],
    lambda one: repr(one),
    lambda one: one.participant == a_participant(),
    lambda one: 1 // (one.age or 0),  # fails for some
)


def rule_that(looks: tuple[int, ...], number: int) -> ActiveRule:
    """A rule that reads one fact after the other, as far as what it has read lets it."""

    def check(candidate: Candidate, facts: Facts) -> Verdict:
        seen: list[object] = []
        for look in looks:
            seen.append(LOOKS[look](candidate))
            if len(str(seen[-1])) % 3 == number % 3:
                break
        length = len(str(seen))
        values: Any = {f"seen{at}": value for at, value in enumerate(seen)}
        if length % 4 == 0:
            return excludes(Text("no"), payer="" if length % 8 else "ef", **values)
        return does_not_apply(Text("not"), **values) if length % 4 == 1 else grants(Text("yes"), payer="ef", **values)

    benefit = "travel" if number % 2 else "lodging"
    made = Rule(name=f"rule{number}", benefit=benefit, title=Text("A rule"), check=check)
    return ActiveRule(name=f"x.rule{number}", rule=made, plugin="x", version="1")


rules = st.lists(
    st.lists(st.integers(0, len(LOOKS) - 1), min_size=1, max_size=4).map(tuple), min_size=1, max_size=4
).map(lambda many: [rule_that(looks, number) for number, looks in enumerate(many)])
answers = st.sampled_from([{}, {"x.bed": 1}, {"x.bed": 1.0}, {"x.bed": True}, {"x.bed": "1"}, {"x.bed": 0.0}])


def person(place: Any, km: float, age: int | None, fields: Any, category: str, waits: bool) -> Candidate:
    participant = a_participant(gender=Gender.FEMALE, category=category, fields=dict(fields))
    seat = {"seat": Seat.WAITING, "waiting_position": 3, "seat_reason": Message(Text("late"), {"on": 3})}
    return a_candidate(participant, place=place, age=age, distance_km=km if place else None, **(seat if waits else {}))


people = st.lists(
    st.builds(
        person,
        st.sampled_from([None, CASABLANCA, OUEZZANE]),
        st.sampled_from([40.0, 60.0]),
        st.sampled_from([None, 0, 30, 61]),
        answers,
        st.sampled_from(["elected", "citizen"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=10,
).map(lambda many: [renamed(one, f"p{number}") for number, one in enumerate(many)])


def renamed(candidate: Candidate, id: str) -> Candidate:
    participant = msgspec.structs.replace(candidate.participant, id=id, name=f"Person {id}")
    return msgspec.structs.replace(candidate, participant=participant)


@given(rules=rules, everybody=people)
def test_a_panel_says_of_everybody_what_each_rule_says_when_asked_alone(
    rules: list[ActiveRule], everybody: list[Candidate]
) -> None:
    panel = Panel(TRAVEL, rules, an_event())
    together = [panel.asked(one, BY_PLUGIN) for one in everybody]
    assert repr(together) == repr([tuple(asking(rule)(one, FACTS) for rule in rules) for one in everybody])


@given(rules=rules, everybody=people)
def test_many_people_are_decided_as_each_would_be_alone(rules: list[ActiveRule], everybody: list[Candidate]) -> None:
    book = Rulebook(benefits=(TRAVEL, LODGING), rules=tuple(rules), settings=SETTINGS)
    far = way_of(a_candidate(place=OUEZZANE, distance_km=300.0))
    variants = [Variants(main=one, elsewhere=(far,) if one.distance_km == 60 else ()) for one in everybody]
    together, _ = decided(variants, an_event(), book, {})
    alone = [decision for one in variants for decision in decided([one], an_event(), book, {})[0]]
    assert repr(list(together)) == repr(alone)


def test_people_who_all_differ_are_decided_as_each_would_be_alone() -> None:
    mixed = [rule_that(looks, number) for number, looks in enumerate([(1,), (1, 0), (0, 1), (2,), (8,)])]
    book = Rulebook(benefits=(TRAVEL, LODGING), rules=tuple(mixed), settings=SETTINGS)
    far = way_of(a_candidate(place=OUEZZANE, distance_km=300.0))
    everybody = [
        renamed(
            person(OUEZZANE, 60.0, number % 97, {}, ("elected", "citizen")[number % 2], number % 3 == 0), f"p{number}"
        )
        for number in range(200)
    ]
    variants = [Variants(main=one, elsewhere=(far,)) for one in everybody]
    together, _ = decided(variants, an_event(), book, {})
    alone = [decision for one in variants for decision in decided([one], an_event(), book, {})[0]]
    assert repr(list(together)) == repr(alone)


def asked_of(count: int, look: Callable[[Candidate], object], **rule: Any) -> int:
    """How often a rule that looks so is asked about so many people of one place."""
    times: list[object] = []

    def check(candidate: Candidate, facts: Facts) -> Verdict:
        times.append(look(candidate))
        return does_not_apply(Text("no"))

    made = Rule(name="one", benefit="travel", title=Text("One"), check=check, **rule)
    panel = Panel(TRAVEL, [ActiveRule(name="x.one", rule=made, plugin="x", version="1")], an_event())
    for number in range(count):
        panel.asked(
            a_candidate(a_participant(f"p{number}", category="elected" if number % 2 else "citizen")), BY_PLUGIN
        )
    return len(times)


@pytest.mark.parametrize(
    ("look", "times"),
    [
        (lambda one: one.distance_km, 1),
        (lambda one: one.participant.category, 2),
        (lambda one: one.participant.id, 6),
        (lambda one: one.participant.name, 6),
    ],
)
def test_a_rule_is_asked_once_for_all_who_are_the_same_to_it(look: Callable[[Candidate], object], times: int) -> None:
    assert asked_of(6, look) == times


def test_a_rule_that_needs_another_benefit_is_asked_about_everybody() -> None:
    assert asked_of(6, lambda one: one.distance_km, needs=("lodging",)) == 6


def test_what_a_rule_was_shown_never_stays_in_its_verdict() -> None:
    made = Rule(
        name="one",
        benefit="travel",
        title=Text("One"),
        check=lambda candidate, facts: does_not_apply(Text("no"), who=(candidate.participant,)),
    )
    rule = ActiveRule(name="x.one", rule=made, plugin="x", version="1")
    one = a_candidate(a_participant("p1"))
    (ruling,) = Panel(TRAVEL, [rule], an_event()).asked(one, BY_PLUGIN)
    assert ruling.verdict.values == {"who": (one.participant,)}
