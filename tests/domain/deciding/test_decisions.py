from datetime import date

import msgspec
import pytest

from eventops.builtin import rules as core
from eventops.domain.deciding.decisions import decided, decision_of, override_in_force
from eventops.domain.deciding.variants import Variants, way_of
from eventops.domain.rules import (
    ActiveRule,
    Benefit,
    Candidate,
    Combine,
    Effect,
    Facts,
    Grant,
    Outcome,
    Override,
    Rule,
    Rulebook,
    Verdict,
    does_not_apply,
    excludes,
    grants,
    refers,
)
from eventops.domain.texts import Text
from eventops.testing.builders import OUEZZANE, a_candidate, a_participant, an_event

TRAVEL = Benefit(name="travel", title=Text("Travel"), unit="leg")
SETTINGS = {"departure_not_before": "06:00", "home_not_after": "22:30"}
YES = grants(Text("yes"), payer="oecd")
NO = excludes(Text("no"))
LOOK = refers(Text("look"))
ADVICE = refers(Text("by the way"), blocking=False)
SILENT = does_not_apply(Text("not about you"))


def rule(name: str, verdict: Verdict, *, plugin: str = "event", regions: tuple[str, ...] = ()) -> ActiveRule:
    made = Rule(name=name, benefit="travel", title=Text(name), check=lambda candidate, facts: verdict)
    return ActiveRule(name=name, rule=made, plugin=plugin, version="1", regions=regions)


def facts_for(*rules: ActiveRule) -> dict[str, Facts]:
    facts = Facts(event=an_event(), settings=SETTINGS)
    return {"eventops": facts, **{one.plugin: facts for one in rules}}


def outcome(*verdicts: Verdict, candidate: Candidate | None = None, override: Override | None = None) -> Outcome:
    rules = [rule(f"rule-{number}", verdict) for number, verdict in enumerate(verdicts)]
    return decision_of(candidate or a_candidate(), TRAVEL, rules, facts_for(*rules), override)[0].outcome


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), Outcome.NOT_COVERED),
        ((SILENT,), Outcome.NOT_COVERED),
        ((SILENT, YES), Outcome.GRANTED),
        ((YES, NO), Outcome.EXCLUDED),
        ((NO, LOOK), Outcome.EXCLUDED),
        ((YES, LOOK), Outcome.REFERRED),
        ((YES, ADVICE), Outcome.GRANTED),
        ((ADVICE,), Outcome.REFERRED),
        ((YES, excludes(Text("not this payer"), payer="oecd")), Outcome.EXCLUDED),
        ((grants(Text("no payer named")), excludes(Text("not the usual payer"), payer="oecd")), Outcome.EXCLUDED),
        ((YES, excludes(Text("another payer"), payer="ministry")), Outcome.GRANTED),
        ((YES, grants(Text("also"), payer="ministry"), excludes(Text("no"), payer="oecd")), Outcome.GRANTED),
    ],
)
def test_verdicts_combine_by_precedence(verdicts: tuple[Verdict, ...], expected: Outcome) -> None:
    assert outcome(*verdicts) is expected


def an_override(result: Outcome, **fields: object) -> Override:
    whole: dict[str, object] = {
        "participant_id": "p1",
        "benefit": "travel",
        "outcome": result,
        "reason": "the committee met",
        "by": "the chair",
        "on": date(2023, 10, 8),
    }
    return msgspec.convert(whole | fields, Override)


def test_an_override_stands_above_an_exclusion_and_is_shown_beside_it() -> None:
    one = rule("no", NO)
    decision, _ = decision_of(a_candidate(), TRAVEL, [one], facts_for(one), an_override(Outcome.GRANTED))
    assert [decision.outcome, *((each.plugin, each.verdict.effect) for each in decision.rulings)] == [
        Outcome.GRANTED,
        ("person", Effect.GRANTS),
        ("event", Effect.EXCLUDES),
    ]


def test_an_override_that_lapsed_before_the_event_no_longer_holds() -> None:
    lapsed = an_override(Outcome.GRANTED, until=date(2023, 10, 13))
    assert override_in_force([lapsed], date(2023, 10, 14)) == {}


def test_the_most_favourable_grant_wins() -> None:
    half = rule("half", grants(Text("half"), share=50, payer="oecd"))
    whole = rule("whole", grants(Text("whole"), share=100, payer="ministry"))
    decision, _ = decision_of(a_candidate(), TRAVEL, [half, whole], facts_for(half, whole))
    assert decision.grant == Grant(share=100, payer="ministry")


def test_grants_of_a_summed_benefit_add_up_to_the_whole_and_no_more() -> None:
    benefit = msgspec.structs.replace(TRAVEL, combine=Combine.SUMMED)
    rules = [
        rule("first", grants(Text("first"), share=60, payer="oecd")),
        rule("second", grants(Text("second"), share=60, payer="ministry")),
    ]
    decision, _ = decision_of(a_candidate(), benefit, rules, facts_for(*rules))
    assert [(part.payer, part.share) for part in decision.parts] == [("oecd", 60), ("ministry", 40)]


def test_a_rule_for_a_region_says_nothing_about_people_of_another() -> None:
    regional = rule("regional", YES, regions=("MA-04",))
    decision, _ = decision_of(a_candidate(), TRAVEL, [regional], facts_for(regional))
    assert (decision.outcome, decision.rulings[0].verdict.values) == (
        Outcome.NOT_COVERED,
        {"region": "MA-06", "expected": "MA-04"},
    )


def test_two_associations_that_contradict_each_other_are_left_to_a_person() -> None:
    rules = [
        rule("a.yes", YES, plugin="a", regions=("MA-06",)),
        rule("b.no", NO, plugin="b", regions=("MA-06",)),
    ]
    decision, _ = decision_of(a_candidate(), TRAVEL, rules, facts_for(*rules))
    assert (decision.outcome, decision.rulings[-1].verdict.values) == (
        Outcome.REFERRED,
        {"first": "a.yes", "second": "b.no"},
    )


def broken_rule(may: tuple[Effect, ...], result: object = None) -> ActiveRule:
    def check(candidate: Candidate, facts: Facts) -> Verdict:
        if result is None:
            raise ZeroDivisionError
        return result  # type: ignore[return-value]  # what a careless author may do

    made = Rule(name="broken", benefit="travel", title=Text("Broken"), check=check, may=may)
    return ActiveRule(name="bad.broken", rule=made, plugin="bad", version="1")


def decided_with(*rules: ActiveRule) -> tuple[Outcome, list[str]]:
    book = Rulebook(benefits=(TRAVEL,), rules=rules, settings=SETTINGS)
    decisions, findings = decided([Variants(main=a_candidate())], an_event(), book, {})
    return decisions[0].outcome, [finding.code for finding in findings]


def test_a_failing_rule_that_might_exclude_blocks_the_money_and_is_reported() -> None:
    assert decided_with(rule("yes", YES), broken_rule((Effect.EXCLUDES,))) == (Outcome.REFERRED, ["rule-failed"])


def test_a_failing_rule_that_only_grants_leaves_the_other_grants_standing() -> None:
    assert decided_with(rule("yes", YES), broken_rule((Effect.GRANTS,))) == (Outcome.GRANTED, ["rule-failed"])


@pytest.mark.parametrize("result", ["yes", True, excludes(Text("undeclared"))])
def test_an_answer_a_rule_did_not_declare_is_a_failure(result: object) -> None:
    assert decided_with(broken_rule((Effect.GRANTS,), result)) == (Outcome.REFERRED, ["rule-failed"])


def near_rule() -> ActiveRule:
    def check(candidate: Candidate, facts: Facts) -> Verdict:
        return YES if (candidate.distance_km or 0) >= 50 else SILENT

    made = Rule(name="far", benefit="travel", title=Text("Far"), check=check)
    return ActiveRule(name="far", rule=made, plugin="event", version="")


@pytest.mark.parametrize(
    ("distances_km", "expected"), [((52.0, 49.0, 55.0), Outcome.REFERRED), ((60.0, 57.0, 63.0), Outcome.GRANTED)]
)
def test_a_distance_that_straddles_a_limit_is_left_to_a_person(
    distances_km: tuple[float, float, float], expected: Outcome
) -> None:
    main, *others = (a_candidate(place=OUEZZANE, distance_km=km) for km in distances_km)
    book = Rulebook(benefits=(TRAVEL,), rules=(near_rule(),), settings=SETTINGS)
    decisions, _ = decided([Variants(main=main, elsewhere=tuple(map(way_of, others)))], an_event(), book, {})
    assert decisions[0].outcome is expected


def test_a_rule_reads_the_decision_of_a_benefit_it_needs() -> None:
    def no_bed_with_travel(candidate: Candidate, facts: Facts) -> Verdict:
        travelling = facts.decisions["travel"].outcome is Outcome.GRANTED
        return excludes(Text("travels the same day")) if travelling else SILENT

    bed = Rule(name="bed", benefit="lodging", title=Text("Bed"), check=no_bed_with_travel, needs=("travel",))
    book = Rulebook(
        benefits=(TRAVEL, core.LODGING),
        rules=(rule("yes", YES), ActiveRule(name="x.bed", rule=bed, plugin="x", version="1")),
        settings=SETTINGS,
    )
    decisions, _ = decided([Variants(main=a_candidate(a_participant()))], an_event(), book, {})
    assert [one.outcome for one in decisions] == [Outcome.GRANTED, Outcome.EXCLUDED]


def test_a_journey_is_not_planned_from_a_place_that_another_decision_hangs_on() -> None:
    bed = Rule(
        name="bed",
        benefit="lodging",
        title=Text("Bed"),
        check=lambda candidate, facts: YES if (candidate.distance_km or 0) >= 100 else SILENT,
    )
    book = Rulebook(
        benefits=(TRAVEL, core.LODGING),
        rules=(rule("yes", YES), ActiveRule(name="x.bed", rule=bed, plugin="x", version="1")),
        settings=SETTINGS,
    )
    near, far = a_candidate(distance_km=40.0), a_candidate(place=OUEZZANE, distance_km=160.0)
    decisions, _ = decided([Variants(main=near, elsewhere=(way_of(far),), by_place=True)], an_event(), book, {})
    assert [one.outcome for one in decisions] == [Outcome.REFERRED, Outcome.REFERRED]
