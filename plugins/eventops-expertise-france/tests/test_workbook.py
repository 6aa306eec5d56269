"""The workbook: one row per person, expenses, vouchers, signatures, indicators, method; and the contract of exports."""

from datetime import date
from decimal import Decimal
from typing import Any

import eventops_expertise_france as plugin
import msgspec
from eventops_expertise_france.expenses import ELSEWHERE, NOBODY, UNPRICED
from eventops_expertise_france.method import NO_RATE, PLANNED, RATE
from eventops_expertise_france.participation import ENTERED
from eventops_expertise_france.workbook import SPONSOR, compose

from eventops import (
    Benefit,
    BudgetUse,
    Criterion,
    ExchangeRate,
    Gender,
    Grant,
    Message,
    Money,
    Options,
    Plan,
    PricedLine,
    Report,
    ServiceCount,
    Table,
    Text,
    criterion_said,
)
from eventops.testing.builders import a_candidate, a_decision, a_participant, a_plan, an_event
from eventops.testing.contracts import ExportContract

BANK = ExchangeRate(base="EUR", quote="MAD", rate=Decimal(10), on=date(2023, 10, 6), source="a bank")
EVE = date(2023, 10, 13)


class TestContract(ExportContract):
    plugin = plugin


def mad(amount: str) -> Money:
    return Money(Decimal(amount), "MAD")


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def line(unit: str, price: str) -> PricedLine:
    return PricedLine(label=Text("Line"), quantity=Decimal(1), unit=unit, unit_price=mad(price), amount=mad(price))


def small_plan(**fields: Any) -> Plan:
    """Salma's travel, bed, childcare and meals and Karim's travel are on the agency; Omar has nothing."""
    people = [
        a_candidate(a_participant("p1", "Salma", gender=Gender.FEMALE, attended=True)),
        a_candidate(a_participant("p2", "Karim", gender=Gender.MALE, attended=False)),
        a_candidate(a_participant("p3", "Omar", gender=Gender.MALE)),
    ]
    ours, bed = Grant(payer=SPONSOR), Grant(payer=SPONSOR, nights=(EVE,))
    decisions = (
        a_decision("p1", "travel", amount=mad("70"), lines=(line("ticket", "40"), line("ride", "30")), grant=ours),
        a_decision("p1", "lodging", amount=mad("650"), lines=(line("night", "650"),), grant=bed),
        a_decision("p1", "childcare", amount=mad("235"), grant=ours),
        a_decision("p1", "meals", amount=mad("60"), grant=ours),
        a_decision("p2", "travel", amount=mad("90"), lines=(line("ticket", "90"),), grant=ours),
    )
    plan = a_plan(people, event=an_event(rates=(BANK,)))
    meals = Benefit(name="meals", title=Text("Meals"), unit="service")
    return msgspec.structs.replace(
        plan, **{"decisions": decisions, "benefits": (*plan.benefits, meals), "meals": (), **fields}
    )


def table(report: Report, name: str) -> Table:
    return next(one for one in report.tables if one.name == name)


def cells(one: Table) -> list[dict[str, Any]]:
    names = [column.name for column in one.columns]
    return [dict(zip(names, row, strict=True)) for row in one.rows]


def test_every_person_has_one_row_with_all_that_is_covered() -> None:
    rows = cells(table(compose(small_plan(), Options()), "people_covered"))
    kept = ("reference", "travel", "nights", "lodging", "other", "total_local", "total")
    assert [tuple(row[name] for name in kept) for row in rows] == [
        ("p1", mad("70"), 1, mad("650"), mad("235"), mad("955"), eur("95.50")),
        ("p2", mad("90"), None, None, None, mad("90"), eur("9.00")),
    ]


def test_a_row_says_why_for_each_benefit() -> None:
    (salma, _) = cells(table(compose(small_plan(), Options()), "people_covered"))
    parts = salma["reasons"].values.values()
    assert [str(part.values["benefit"]) for part in parts] == ["Travel", "Lodging", "childcare"]


def test_expenses_are_told_per_budget_line_in_euros_first() -> None:
    use = BudgetUse(
        line_id="ef-travel", sponsor=SPONSOR, benefit="travel", ceiling=mad("6000"), people=2, planned=mad("160")
    )
    other = msgspec.structs.replace(use, sponsor="oecd")
    expenses = table(compose(small_plan(budget=(use, other)), Options()), "expenses")
    assert [column.name for column in expenses.columns][4:] == [
        "ceiling",
        "planned",
        "left",
        "ceiling_local",
        "planned_local",
        "left_local",
    ]
    assert [row[3:] for row in expenses.rows] == [
        (2, eur("600.00"), eur("16.00"), eur("584.00"), mad("6000"), mad("160"), mad("5840"))
    ]


def test_the_rate_is_told_with_date_and_source_or_asked_for() -> None:
    told = table(compose(small_plan(), Options()), "expenses").notes
    asked = table(compose(small_plan(event=an_event(rates=())), Options()), "expenses").notes
    values = {"base": "EUR", "quote": "MAD", "rate": Decimal(10), "on": date(2023, 10, 6), "source": "a bank"}
    assert (told, asked) == (
        (PLANNED, Message(RATE, values)),
        (PLANNED, Message(NO_RATE, {"base": "MAD", "quote": "EUR"})),
    )


def test_vouchers_are_numbered_with_room_for_what_was_paid() -> None:
    vouchers = table(compose(small_plan(), Options()), "vouchers")
    assert [(row[0], row[1], row[7], *row[8:]) for row in vouchers.rows] == [
        (1, "p1", mad("40"), None, None),
        (2, "p1", mad("30"), None, None),
        (3, "p1", mad("650"), None, None),
        (4, "p2", mad("90"), None, None),
        (5, None, mad("60"), None, None),
    ]


def test_meals_are_one_voucher_for_each_service() -> None:
    tea, lunch, _ = an_event().meals
    served = ServiceCount(meal_id="tea", starts_at=tea.starts_at, count=3, diets={}, cost=mad("165.00"), payer=SPONSOR)
    theirs = msgspec.structs.replace(served, meal_id="lunch", starts_at=lunch.starts_at, payer="oecd")
    vouchers = table(compose(small_plan(meals=(served, theirs)), Options()), "vouchers")
    assert [(row[1], str(row[2]), row[3], row[4], row[7]) for row in vouchers.rows[4:]] == [
        (None, "Meals", tea.title, Decimal(3), mad("165.00")),
        (None, "Meals", ELSEWHERE, None, mad("-105.00")),
    ]


def test_the_list_to_sign_holds_everybody_and_room_for_more() -> None:
    signatures = table(compose(small_plan(), Options()), "attendance")
    assert ([row[0] for row in signatures.rows], signatures.blank_rows, signatures.notes) == (
        ["p1", "p2", "p3"],
        5,
        (Message(ENTERED, {"present": 1, "count": 3}),),
    )


def test_indicators_tell_women_men_and_those_covered_apart() -> None:
    rows = cells(table(compose(small_plan(), Options()), "indicators"))
    region = next(row for row in rows if str(row["topic"]) == "Region" and row["people"])
    assert (str(region["group"]), region["women"], region["men"], region["people"], region["covered"]) == (
        "Casablanca-Settat",
        1,
        2,
        3,
        2,
    )


def test_the_method_reads_criteria_rules_limits_and_assumptions_in_this_order() -> None:
    criterion = Criterion(name="far", benefit="travel", reason=Text("far"))
    event = an_event(rates=(BANK,), criteria=(criterion,), assumptions=(Text("Fares are estimates"),))
    plan = small_plan(event=event, settings={"travel_from_km": 50.0})
    rows = cells(table(compose(plan, Options()), "method"))
    assert [str(row["kind"]) for row in rows] == ["Criterion", *["Rule"] * 4, "Limit", "Assumption"]
    assert rows[0]["sentence"] == criterion_said(criterion, plan)


def test_covers_without_a_price_and_an_empty_budget_are_said() -> None:
    unpriced = small_plan(decisions=(a_decision("p1", "travel", grant=Grant(payer=SPONSOR)),))
    assert Message(UNPRICED, {"count": 1}) in table(compose(unpriced, Options()), "people_covered").notes
    assert table(compose(small_plan(decisions=()), Options()), "people_covered").notes == (NOBODY,)
