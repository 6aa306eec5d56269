"""The workbook a sponsor can check: every figure on it, and that it holds the contract of exports."""

from datetime import date
from decimal import Decimal
from typing import Any

import eventops_oecd as plugin
import msgspec
from eventops_oecd.costs import NOT_PRICED, NOTHING_BORNE
from eventops_oecd.workbook import NO_RATE, RATE_USED, compose

from eventops import (
    BudgetUse,
    Consents,
    ExchangeRate,
    Grant,
    Message,
    Money,
    Options,
    Outcome,
    Plan,
    PricedLine,
    Report,
    Sponsor,
    Table,
    Text,
)
from eventops.testing.builders import a_candidate, a_decision, a_participant, a_plan, a_ruling, an_event
from eventops.testing.contracts import ExportContract

RATE = ExchangeRate(base="EUR", quote="MAD", rate=Decimal(10), on=date(2023, 10, 6), source="a bank")


class TestContract(ExportContract):
    plugin = plugin


def mad(amount: str) -> Money:
    return Money(Decimal(amount), "MAD")


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def ticket(price: str) -> PricedLine:
    return PricedLine(
        label=Text("Ticket"), quantity=Decimal(1), unit="ticket", unit_price=mad(price), amount=mad(price)
    )


def small_plan(**fields: Any) -> Plan:
    """Salma's travel is on the OECD, her bed is shared with another sponsor; Karim's travel is on the other one."""
    people = [
        a_candidate(a_participant("p1", "Salma", category="citizen", consents=Consents(share=("oecd",)), age=25)),
        a_candidate(a_participant("p2", "Karim", category="association")),
    ]
    parts = (Grant(payer="oecd", share=60, nights=(date(2023, 10, 13),)), Grant(payer="ef", share=40))
    decisions = [
        a_decision("p1", "travel", amount=mad("80"), lines=(ticket("80"),), grant=Grant(payer="oecd")),
        a_decision("p1", "lodging", amount=mad("650"), grant=parts[0], parts=parts),
        a_decision("p2", "travel", amount=mad("90"), lines=(ticket("90"),), grant=Grant(payer="ef")),
    ]
    event = an_event(rates=(RATE,), assumptions=(Text("Fares are estimates"),))
    return msgspec.structs.replace(a_plan(people, decisions, event=event), **fields)


def table(report: Report, name: str) -> Table:
    return next(one for one in report.tables if one.name == name)


def cells(one: Table) -> list[dict[str, Any]]:
    names = [column.name for column in one.columns]
    return [dict(zip(names, row, strict=True)) for row in one.rows]


def test_only_what_falls_on_the_sponsor_is_listed_with_share_and_both_currencies() -> None:
    rows = cells(table(compose(small_plan(), Options()), "covered_people"))
    assert [
        (row["reference"], str(row["benefit"]), row["nights"], row["share"], row["amount_local"], row["amount"])
        for row in rows
    ] == [
        ("p1", "Travel", None, Decimal(1), mad("80"), eur("8.00")),
        ("p1", "Lodging", 1, Decimal("0.6"), mad("390.00"), eur("39.00")),
    ]


def test_every_covered_benefit_names_its_reason_and_rule() -> None:
    row = cells(table(compose(small_plan(), Options()), "covered_people"))[0]
    verdict = a_ruling().verdict
    assert (row["reasons"], row["rules"]) == (Message(verdict.reason, verdict.values), "event.far-away")


def test_amounts_say_the_rate_its_date_and_its_source() -> None:
    notes = table(compose(small_plan(), Options()), "budget").notes
    assert notes[-1] == Message(
        RATE_USED, {"base": "EUR", "quote": "MAD", "rate": Decimal(10), "on": date(2023, 10, 6), "source": "a bank"}
    )


def test_without_a_rate_amounts_stay_in_the_events_currency_and_the_note_says_what_to_add() -> None:
    report = compose(small_plan(event=an_event(rates=())), Options())
    assert [row["amount"] for row in cells(table(report, "covered_people"))] == [None, None]
    assert table(report, "covered_people").notes[-1] == Message(NO_RATE, {"base": "MAD", "quote": "EUR"})


def test_a_sponsor_may_count_in_its_own_currency() -> None:
    event = an_event(sponsors=(Sponsor(id="oecd", name=Text("OECD"), country="FR", currency="MAD"),))
    rows = cells(table(compose(small_plan(event=event), Options()), "covered_people"))
    assert [row["amount"] for row in rows] == [mad("80"), mad("390.00")]


def test_cost_lines_multiply_to_their_amounts() -> None:
    (row,) = cells(table(compose(small_plan(), Options()), "cost_lines"))
    assert (row["quantity"], row["unit_price"], row["amount_local"], row["amount"], row["estimate"]) == (
        Decimal(1),
        mad("80"),
        mad("80"),
        eur("8.00"),
        True,
    )


def test_a_budget_line_shows_ceiling_planned_and_left() -> None:
    use = BudgetUse(
        line_id="oecd-travel", sponsor="oecd", benefit="travel", ceiling=mad("20000"), people=1, planned=mad("21000")
    )
    (row,) = cells(table(compose(small_plan(budget=(use,)), Options()), "budget"))
    assert {key: row[key] for key in ("line", "people", "ceiling", "planned", "left", "left_local")} == {
        "line": "oecd-travel",
        "people": 1,
        "ceiling": eur("2000.00"),
        "planned": eur("2100.00"),
        "left": eur("-100.00"),
        "left_local": mad("-1000"),
    }


def test_statistics_count_everybody_once_in_every_topic() -> None:
    rows = cells(table(compose(small_plan(), Options()), "statistics"))
    totals: dict[str, int] = {}
    for row in rows:
        totals[str(row["topic"])] = totals.get(str(row["topic"]), 0) + row["people"]
    assert totals == {"Gender": 2, "Age": 2, "Category": 2, "Region": 2}


def test_statistics_leave_out_what_the_people_shown_no_longer_tell() -> None:
    plan = small_plan()
    blind = [msgspec.structs.replace(one, age=None) for one in plan.candidates]
    rows = cells(table(compose(msgspec.structs.replace(plan, candidates=tuple(blind)), Options()), "statistics"))
    ages = {(row["women"], row["supported"]) for row in rows if str(row["topic"]) == "Age"}
    assert ages == {(None, None)}


def test_the_rules_are_listed_with_plugin_version_and_how_often_they_spoke() -> None:
    rows = cells(table(compose(small_plan(), Options()), "decisions"))
    assert [(str(row["benefit"]), row["name"], row["granted"], row["silent"]) for row in rows] == [
        ("Lodging", "event.far-away", 1, 1),
        ("Travel", "event.far-away", 2, 0),
    ]


def test_who_is_covered_without_a_price_is_said() -> None:
    plan = small_plan(decisions=(a_decision("p1", "travel", grant=Grant(payer="oecd")),))
    assert Message(NOT_PRICED, {"count": 1}) in table(compose(plan, Options()), "covered_people").notes


def test_a_sponsor_that_bears_nothing_is_told_so() -> None:
    plan = small_plan(decisions=(a_decision("p1", "travel", Outcome.NOT_COVERED),))
    assert table(compose(plan, Options()), "covered_people").notes == (NOTHING_BORNE,)
