"""What falls on a payer and why, and which rules were at work."""

import os
from datetime import date
from decimal import Decimal

import msgspec
from hypothesis import given, settings, strategies as st

from eventops.adapters.wording import open_wording
from eventops.domain.money import ExchangeRate, Money
from eventops.domain.paying.funding import (
    Paid,
    RuleUse,
    exchanged,
    granting_rulings,
    paid_by,
    rate_used,
    rules_used,
    shown_reasons,
    shown_rule,
)
from eventops.domain.rules import Effect, Grant, Outcome, Ruling, grants
from eventops.domain.texts import Text
from eventops.testing.builders import REASONS, a_candidate, a_decision, a_participant, a_plan, a_ruling, an_event

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
"""Random cases of a property: as many as the seats take, 10,000 and more in the full run."""


def mad(amount: str) -> Money:
    return Money(Decimal(amount), "MAD")


def rate(on: date, value: str) -> ExchangeRate:
    return ExchangeRate(base="EUR", quote="MAD", rate=Decimal(value), on=on, source="bank")


def test_a_payer_reads_what_falls_on_it_and_nothing_else() -> None:
    ours = a_decision("p1", "travel", amount=mad("155"), grant=Grant(payer="oecd"))
    theirs = a_decision("p1", "lodging", amount=mad("650"), grant=Grant(payer="ef"))
    refused = a_decision("p2", "travel", Outcome.EXCLUDED)
    people = [a_candidate(a_participant("p1")), a_candidate(a_participant("p2", "Karim"))]
    assert paid_by(a_plan(people, [ours, theirs, refused]), "oecd") == (
        Paid(candidate=people[0], decision=ours, share=100, amount=mad("155")),
    )


def test_two_payers_of_one_bed_each_bear_their_share() -> None:
    parts = (Grant(payer="oecd", share=70), Grant(payer="ef", share=30))
    bed = a_decision("p1", "lodging", amount=mad("650.01"), grant=Grant(payer="oecd"), parts=parts)
    plan = a_plan([a_candidate(a_participant("p1"))], [bed])
    assert [(one.share, one.amount) for payer in ("oecd", "ef") for one in paid_by(plan, payer)] == [
        (70, mad("455.01")),
        (30, mad("195.00")),
    ]


def test_a_benefit_without_a_price_is_borne_without_an_amount() -> None:
    plan = a_plan([a_candidate(a_participant("p1"))], [a_decision("p1", "travel", grant=Grant(payer="oecd"))])
    assert [(one.share, one.amount) for one in paid_by(plan, "oecd")] == [(100, None)]


@settings(max_examples=CASES, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from(["a", "b", "c"])), min_size=1, max_size=5), st.integers())
def test_what_all_payers_bear_is_what_the_benefit_costs(shares: list[tuple[int, str]], cents: int) -> None:
    cost = Money(Decimal(abs(cents) % 1_000_000).scaleb(-2), "MAD")
    parts = tuple(Grant(payer=payer, share=share) for share, payer in shares)
    decision = a_decision("p1", "lodging", amount=cost, grant=parts[0], parts=parts)
    plan = a_plan([a_candidate(a_participant("p1"))], [decision])
    borne = [one.amount.amount for payer in "abc" for one in paid_by(plan, payer) if one.amount is not None]
    assert sum(borne, Decimal(0)) == cost.amount


def override() -> Ruling:
    verdict = grants(Text("decided by {by}"), by="Amina", on=date(2023, 10, 10))
    return Ruling(rule="override", plugin="person", version="", title=Text("Decision of a person"), verdict=verdict)


def test_a_persons_decision_is_the_reason_above_the_rules() -> None:
    decision = a_decision(rulings=(override(), a_ruling(Effect.GRANTS), a_ruling(Effect.NOT_APPLICABLE)))
    assert granting_rulings(decision) == (override(),)


def test_two_rules_with_the_same_reason_say_it_once() -> None:
    twice = a_decision(rulings=(a_ruling(), a_ruling(), a_ruling(Effect.NOT_APPLICABLE)))
    assert shown_reasons(twice).text == REASONS[Effect.GRANTS]


def test_two_reasons_stand_side_by_side_in_the_readers_language() -> None:
    decision = a_decision(rulings=(a_ruling(), a_ruling(distance_km=7)))
    assert open_wording("fr").say(shown_reasons(decision)) == (
        "habite à 120,5 km, le voyage est pris en charge à partir de 100 km · "
        "habite à 7 km, le voyage est pris en charge à partir de 100 km"
    )


def test_the_name_of_a_sensitive_rule_is_not_told() -> None:
    ruling = msgspec.structs.replace(a_ruling(), rule="region.accessible-bed", plugin="region", version="1.2")
    private = msgspec.structs.replace(ruling, verdict=msgspec.structs.replace(ruling.verdict, sensitive=True))
    assert [shown_rule(one) for one in (ruling, private)] == ["region.accessible-bed 1.2", "region 1.2"]


def test_rules_are_counted_by_what_they_said() -> None:
    people = [a_candidate(a_participant(id)) for id in ("p1", "p2", "p3")]
    decisions = [
        a_decision("p1", "travel"),
        a_decision("p2", "travel", Outcome.REFERRED),
        a_decision("p3", "travel", Outcome.NOT_COVERED),
    ]
    (_, travel) = rules_used(a_plan(people, decisions))
    assert travel == RuleUse(
        rule="event.far-away",
        title=a_ruling().title,
        plugin="event",
        version="",
        benefit="travel",
        granted=1,
        excluded=0,
        referred=1,
        silent=1,
    )


def test_the_latest_rate_of_the_pair_converts() -> None:
    old, new = rate(date(2023, 9, 1), "11"), rate(date(2023, 10, 6), "10.87")
    event = an_event(rates=(new, old))
    assert (rate_used(event, "EUR"), exchanged(event, mad("1087"), "EUR")) == (new, Money(Decimal("100.00"), "EUR"))


def test_without_a_rate_there_is_no_converted_amount() -> None:
    event = an_event(rates=())
    assert (rate_used(event, "EUR"), exchanged(event, mad("10"), "EUR"), exchanged(event, mad("10"), "MAD")) == (
        None,
        None,
        mad("10"),
    )
