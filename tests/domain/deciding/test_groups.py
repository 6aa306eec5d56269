from typing import Any

import pytest

from eventops import Effect, Facts, Group, GroupRule, Outcome, Scope, Text, grants
from eventops.domain.deciding.decisions import decided
from eventops.domain.deciding.groups import ALONE, ActiveGroupRule, book_with_groups
from eventops.domain.deciding.variants import Variants
from eventops.domain.rules import Benefit, Rulebook
from eventops.testing import an_event, candidates_of

TOGETHER = Text("{count} people of {province} travel together")
TRAVEL = Benefit(name="travel", title=Text("Travel"), unit="leg")
PEOPLE = """
    id   town       province   region   km   association
    p1   Settat     06.461     MA-06    70   adfm
    p2   Settat     06.461     MA-06    70   apj
    p3   Tangier    01.511     MA-01    260  adfm
    p4   Berrechid  06.117     MA-06    40   adfm
    p5   -          -          -        -    adfm
"""


def minibus(group: Group, facts: Facts) -> Any:
    if len(group.members) < 2:
        return "too few"
    return grants(TOGETHER, count=len(group.members), province=group.key)


def answers(check: Any = minibus, **fields: Any) -> dict[str, Any]:
    """What the group rule says of everybody: the values of its verdict, or of the failure, and the outcome."""
    rule = GroupRule(
        name="minibus",
        benefit="travel",
        title=Text("Minibus"),
        group=lambda one, facts: one.place.province if one.place else "",
        check=check,
        **fields,
    )
    active = ActiveGroupRule(name="north.minibus", rule=rule, plugin="north", version="1")
    people = candidates_of(PEOPLE)
    event = an_event()
    book = book_with_groups(Rulebook(benefits=(TRAVEL,), rules=(), group_rules=(active,)), people, event)
    decisions, _ = decided([Variants(main=one) for one in people], event, book, {})
    return {one.participant_id: (one.outcome, one.rulings[0].verdict.reason.en[:20]) for one in decisions}


def test_everybody_in_a_group_is_decided_together() -> None:
    assert answers() == {
        "p1": (Outcome.GRANTED, TOGETHER.en[:20]),
        "p2": (Outcome.GRANTED, TOGETHER.en[:20]),
        "p3": (Outcome.REFERRED, "the rule {rule} of t"),
        "p4": (Outcome.REFERRED, "the rule {rule} of t"),
        "p5": (Outcome.NOT_COVERED, ALONE.en[:20]),
    }


def test_people_outside_the_scope_belong_to_no_group() -> None:
    said = answers(scope=Scope(associations=("adfm",)))
    assert {one: outcome for one, (outcome, _) in said.items()} == {
        "p1": Outcome.REFERRED,
        "p2": Outcome.NOT_COVERED,
        "p3": Outcome.REFERRED,
        "p4": Outcome.REFERRED,
        "p5": Outcome.NOT_COVERED,
    }


def test_a_group_rule_that_fails_refers_its_members_only() -> None:
    def fails(group: Group, facts: Facts) -> Any:
        if group.key == "06.461":
            raise OSError
        return grants(TOGETHER, count=1, province=group.key)

    said = answers(fails, may=(Effect.GRANTS,))
    assert [one for one, (outcome, _) in said.items() if outcome is Outcome.REFERRED] == ["p1", "p2"]


def test_a_book_without_group_rules_is_left_as_it_is() -> None:
    book = Rulebook(benefits=(TRAVEL,), rules=())
    assert book_with_groups(book, candidates_of(PEOPLE), an_event()) is book


@pytest.mark.parametrize("key", [lambda one, facts: 1 / 0, lambda one, facts: ""])
def test_a_key_that_fails_or_is_empty_concerns_one_person(key: Any) -> None:
    rule = GroupRule(name="g", benefit="travel", title=Text("G"), group=key, check=minibus)
    active = ActiveGroupRule(name="n.g", rule=rule, plugin="n", version="1")
    people = candidates_of(PEOPLE)
    book = book_with_groups(Rulebook(benefits=(TRAVEL,), rules=(), group_rules=(active,)), people, an_event())
    assert [one.name for one in book.rules] == ["n.g"]
