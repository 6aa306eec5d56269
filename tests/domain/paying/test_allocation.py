"""Which line pays what: shares, lines that take over, ceilings in other currencies, and whom the money reaches."""

import os
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from eventops import BudgetLine, Decision, Grant, Money, Text
from eventops.domain.deciding.rankings import ranked_selections
from eventops.domain.event import Bounds, Conditions, Event, Ranking, RankingQuota
from eventops.domain.money import ExchangeRate, total
from eventops.domain.paying.allocation import Allocation, allocated
from eventops.domain.paying.budget import budget_use, shares_of
from eventops.domain.rules import Effect, Outcome, Ruling, Verdict
from eventops.testing import a_decision, an_event, candidates_of

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
"""Random cases of a property: as many as the seats take, 10,000 and more in the full run."""
PEOPLE = """
    id   town     km    gender
    p1   Settat   70    female
    p2   Tangier  260   male
    p3   Fes      240   male
    p4   Rabat    90    female
    p5   Safi     250   male
"""
CANDIDATES = candidates_of(PEOPLE)


def mad(amount: Any) -> Money:
    return Money(Decimal(amount), "MAD")


def line(id: str, ceiling: Any, sponsor: str = "oecd", **fields: Any) -> BudgetLine:
    money = ceiling if isinstance(ceiling, Money) else mad(ceiling)
    return BudgetLine(id=id, title=Text(id), sponsor=sponsor, benefit="lodging", ceiling=money, **fields)


def bed(id: str, amount: Any, payer: str = "oecd", **fields: Any) -> Decision:
    return a_decision(id, "lodging", amount=mad(amount), grant=Grant(payer=payer), **fields)


def paid(lines: list[BudgetLine], decisions: list[Decision], *rankings: Ranking, **fields: Any) -> Allocation:
    event = an_event(budget=tuple(lines), rankings=rankings, **fields)
    return allocated(event, ranked_selections(event), CANDIDATES, decisions)


def on_lines(money: Allocation) -> dict[str, dict[str, str]]:
    """What each line pays for whom."""
    found: dict[str, dict[str, str]] = {}
    for one in money.charges:
        found.setdefault(one.line_id, {})[one.participant_id] = str(one.amount.amount)
    return found


def reached(money: Allocation) -> list[tuple[str, bool]]:
    return [(one.participant_id, one.reached) for one in money.funding]


FARTHEST = Ranking(benefit="lodging", by=("distance",))


def test_the_second_line_takes_over_when_the_first_is_used_up_and_its_sponsor_is_the_payer_then() -> None:
    money = paid([line("a", 100), line("b", 100, "ef", after="a")], [bed("p1", 60), bed("p2", 60), bed("p3", 30)])
    assert on_lines(money) == {"a": {"p1": "60"}, "b": {"p2": "60", "p3": "30"}}
    assert [one.grant.payer for one in money.decisions if one.grant] == ["oecd", "ef", "ef"]


def test_two_lines_with_shares_bear_each_cost_to_the_last_centime() -> None:
    money = paid([line("a", 100, share=33), line("b", 100, "ef", share=67)], [bed("p1", "10.01")])
    assert on_lines(money) == {"a": {"p1": "3.30"}, "b": {"p1": "6.71"}}
    assert shares_of(money.decisions[0]) == (("oecd", mad("3.30")), ("ef", mad("6.71")))


def test_a_sponsor_that_does_not_pay_for_somebody_bears_no_share_and_takes_nothing_over() -> None:
    barring = Ruling(
        rule="no",
        plugin="event",
        version="",
        title=Text("no"),
        verdict=Verdict(effect=Effect.EXCLUDES, reason=Text("no"), payer="ef"),
    )
    barred = replace(bed("p1", 60), rulings=(barring,))
    shared = paid([line("a", 100, share=50), line("b", 100, "ef", share=50)], [barred, bed("p2", 60)])
    assert on_lines(shared) == {"a": {"p1": "60", "p2": "30.00"}, "b": {"p2": "30.00"}}
    after = paid([line("a", 50), line("b", 100, "ef", after="a")], [barred, bed("p2", 60)], FARTHEST)
    assert reached(after) == [("p2", True), ("p1", False)]


def test_the_farthest_are_reached_first_and_the_others_are_told_what_is_lacking() -> None:
    money = paid([line("a", 130)], [bed("p1", 60), bed("p2", 60), bed("p3", 60), bed("p5", 60)], FARTHEST)
    assert reached(money) == [("p2", True), ("p5", True), ("p3", False), ("p1", False)]
    assert [(one.in_line, one.needed) for one in money.funding if not one.reached] == [(1, mad(50)), (2, mad(110))]
    assert [one.code for one in money.findings] == ["budget-beyond"]


def test_a_quota_holds_wherever_the_money_ends() -> None:
    half = RankingQuota(when=Conditions(gender=("female",)), at_least=50)
    money = paid([line("a", 200)], [bed(f"p{n}", 60) for n in range(1, 6)], replace(FARTHEST, quotas=(half,)))
    assert [one.participant_id for one in money.funding] == ["p4", "p2", "p1", "p5", "p3"]


def test_in_a_partial_order_nobody_comes_before_another_unless_every_fact_allows_it() -> None:
    both = Ranking(benefit="lodging", by=("distance", "cost"), partial=True, ties=("cost",))
    # p2 is farthest and dear, p1 near and cheap: alike, the cheaper first. p3 is nearer and dearer than p5.
    costs = {"p1": 10, "p2": 60, "p3": 70, "p5": 60}
    money = paid([line("a", 130)], [bed(id, cost) for id, cost in costs.items()], both)
    assert [one.participant_id for one in money.funding] == ["p1", "p2", "p5", "p3"]


def test_a_ceiling_in_euros_holds_at_the_newest_rate_and_without_one_somebody_is_asked() -> None:
    euros = line("a", Money(Decimal(10), "EUR"))
    rate = ExchangeRate(base="EUR", quote="MAD", rate=Decimal(11), on=date(2023, 10, 6), source="bank")
    older = replace(rate, rate=Decimal(20), on=date(2023, 1, 6))
    money = paid([euros], [bed("p1", 60), bed("p2", 60)], FARTHEST, rates=(older, rate))
    assert reached(money) == [("p2", True), ("p1", False)]
    assert [one.code for one in paid([euros], [bed("p1", 60)], FARTHEST).findings] == ["budget-currency"]


def test_without_a_ranking_everybody_is_charged_and_the_last_line_goes_over() -> None:
    money = paid([line("a", 50), line("b", 50, after="a")], [bed("p1", 40), bed("p2", 40), bed("p3", 40)])
    assert on_lines(money) == {"a": {"p1": "40"}, "b": {"p2": "40", "p3": "40"}}
    assert money.funding == ()


amounts = st.decimals(Decimal(0), Decimal(500), places=2)
budgets = st.lists(st.tuples(amounts, st.sampled_from(["oecd", "ef"]), st.booleans()), min_size=1, max_size=4)


@st.composite
def competitions(draw: st.DrawFn) -> tuple[Event, list[Decision]]:
    """An event with lines that share or follow each other, and beds that fall on them."""
    lines: list[BudgetLine] = []
    if draw(st.booleans()):
        share = draw(st.integers(1, 99))
        lines += [line("s1", draw(amounts), share=share), line("s2", draw(amounts), "ef", share=100 - share)]
    for number, (ceiling, sponsor, follows) in enumerate(draw(budgets)):
        last = lines[-1].id if lines and follows else ""
        lines.append(line(f"l{number}", ceiling, sponsor, after=last))
    ranking = draw(
        st.none() | st.sampled_from([FARTHEST, Ranking(benefit="lodging", by=("inclusion",), ties=("-age",))])
    )
    payers = st.sampled_from(["oecd", "ef", "ministry", ""])
    beds = [bed(one.participant.id, draw(amounts), draw(payers)) for one in CANDIDATES]
    return an_event(budget=tuple(lines), rankings=(ranking,) if ranking else ()), beds


@settings(max_examples=CASES, deadline=None)
@given(competitions())
def test_lines_sum_to_the_decisions_nobody_is_charged_twice_and_no_ranked_ceiling_is_passed(
    made: tuple[Event, list[Decision]],
) -> None:
    event, beds = made
    money = allocated(event, ranked_selections(event), CANDIDATES, beds)
    uses = budget_use(event, money.decisions, money.charges)
    funded = [one for one in money.decisions if (one.participant_id, one.benefit) not in money.beyond]
    whole = total((one.amount for one in funded if one.amount is not None), "MAD")
    assert total((use.planned for use in uses), "MAD") == whole
    charged: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in money.charges:
        charged[one.participant_id] += one.amount.amount
    assert {one.participant_id: charged[one.participant_id] for one in funded} == {
        one.participant_id: one.amount.amount for one in funded if one.amount is not None
    }
    assert not {person for person, _ in money.beyond} & set(charged)
    by_payer = {one.participant_id: dict.fromkeys(payer for payer, _ in shares_of(one)) for one in funded}
    assert all(one.payer in by_payer[one.participant_id] for one in money.charges)
    if event.rankings:
        assert all(use.limit is None or use.planned.amount <= use.limit.amount for use in uses)
    assert allocated(event, ranked_selections(event), CANDIDATES, beds) == money


def test_who_is_not_granted_costs_no_line_anything() -> None:
    refused = a_decision("p1", "lodging", Outcome.NOT_COVERED)
    assert paid([line("a", 10)], [refused]).charges == ()


def test_a_quota_may_ask_for_any_condition_of_a_criterion() -> None:
    near = RankingQuota(when=Conditions(distance_km=Bounds(under=100)), at_least=100)
    money = paid([line("a", 130)], [bed("p2", 60), bed("p1", 60), bed("p3", 60)], replace(FARTHEST, quotas=(near,)))
    assert reached(money) == [("p1", True), ("p2", True), ("p3", False)]
