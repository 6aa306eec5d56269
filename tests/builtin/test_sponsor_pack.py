import os
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from eventops.adapters.wording import open_wordings
from eventops.builtin.exports.sponsor_pack import SPONSOR_PACK
from eventops.builtin.writers import WRITERS
from eventops.domain.deciding.selections import Funding
from eventops.domain.event import Conditions, Ranking, RankingQuota
from eventops.domain.keeping.approvals import ApprovalStanding
from eventops.domain.money import Money
from eventops.domain.paying.claims import Claim, Receipt
from eventops.domain.people import Consents, Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Options, Report, localised, rows_of
from eventops.domain.reporting.statistics import Participation
from eventops.domain.rules import Effect, Grant, Outcome, PricedLine
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.testing.builders import OUEZZANE, a_candidate, a_decision, a_participant, a_plan, a_ruling, an_event

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
WORDINGS = open_wordings(("ar", "fr", "en"))
SPONSOR = an_event().sponsors[0].id
LINE = next(line for line in an_event().budget if line.sponsor == SPONSOR)
JSON = next(one for one in WRITERS if one.name == "json")


def pack(plan: Plan, language: str = "en") -> Report:
    seen = plan_for(plan, SPONSOR_PACK.audience, SPONSOR, secret=b"key")
    report = SPONSOR_PACK.compose(seen, Options(language=language, for_id=SPONSOR))
    return localised(report, WORDINGS[language], WORDINGS)


def table(report: Report, name: str) -> list[dict[str, Any]]:
    return [row for one in report.tables if one.name == name for row in rows_of(one)]


def granted(id: str) -> Any:
    return a_decision(id, LINE.benefit, grant=Grant(payer=SPONSOR), amount=Money(Decimal("650.00"), "MAD"))


def test_the_covered_are_there_with_their_reasons_and_amounts_and_the_others_with_what_is_missing() -> None:
    people = [a_participant(f"p{n}", f"Person {n}", consents=Consents(share=(SPONSOR,))) for n in (1, 2)]
    refused = a_decision("p2", LINE.benefit, outcome=Outcome.EXCLUDED, rulings=(a_ruling(Effect.EXCLUDES),))
    report = pack(a_plan([a_candidate(one, place=OUEZZANE) for one in people], [granted("p1"), refused]))
    covered, others = table(report, "covered"), table(report, "not_funded")
    assert [(one["name"], one["share"], one["amount"]) for one in covered] == [
        ("Person 1", 1.0, Money(Decimal("650.00"), "MAD"))
    ]
    assert [(one["name"], one["outcome"]) for one in others] == [("Person 2", "excluded")]
    assert all(one["reason"] for one in (*covered, *others))


def test_who_is_beyond_the_budget_is_told_with_the_place_in_line() -> None:
    people = [a_participant("p1", "Person 1", consents=Consents(share=(SPONSOR,)))]
    mark = Funding(
        participant_id="p1",
        benefit=LINE.benefit,
        line=LINE.id,
        selection="s",
        position=3,
        in_line=2,
        reached=False,
        reason=Text("far"),
    )
    plan = msgspec.structs.replace(a_plan([a_candidate(one) for one in people], [granted("p1")]), funding=(mark,))
    assert [one["outcome"] for one in table(pack(plan), "not_funded")] == ["eligible, not funded: place 2 in line"]


def test_attendance_is_kept_apart_for_those_from_abroad() -> None:
    abroad = msgspec.structs.replace(OUEZZANE, code="FR:1", country="FR", region="FR-ARA")
    report = pack(
        a_plan([a_candidate(a_participant("p1"), place=OUEZZANE), a_candidate(a_participant("p2"), place=abroad)])
    )
    counts = {one.name: len(one.rows) for one in report.tables if one.name.startswith("attendance")}
    assert counts == {"attendance_local_1": 1, "attendance_international_1": 1}


def test_every_topic_of_the_indicators_counts_everybody_once() -> None:
    report = pack(a_plan([a_candidate(a_participant(f"p{n}")) for n in range(7)]))
    sums: dict[str, int] = {}
    for row in table(report, "indicators"):
        sums[row["topic"]] = sums.get(row["topic"], 0) + row["registered"]
    assert sums == {"Gender": 7, "Age": 7, "Capacity": 7, "Region": 7}


NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzسلمىب", min_size=5, max_size=12)
PEOPLE = st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=6, unique_by=lambda one: one[0])


@given(PEOPLE, st.sampled_from(["ar", "fr", "en"]))
@settings(max_examples=CASES, deadline=None)
def test_nobody_without_consent_is_named_in_any_cell(people: list[tuple[str, bool]], language: str) -> None:
    participants: list[Participant] = [
        a_participant(
            f"p{number}",
            f"zzz{name}qqq",
            email=f"{number}@private.example",
            phone="+212612345678",
            consents=Consents(share=(SPONSOR,) if agreed else ()),
        )
        for number, (name, agreed) in enumerate(people)
    ]
    plan = a_plan([a_candidate(one) for one in participants], [granted(one.id) for one in participants])
    text = JSON.render(pack(plan, language)).decode()
    named = {one.name for one in participants if one.name in text}
    assert named <= {one.name for one in participants if SPONSOR in one.consents.share}
    assert ("private.example" in text, "612345678" in text) == (False, False)


def test_the_cost_annex_sets_what_was_claimed_and_paid_beside_what_was_planned() -> None:
    mad = Money(Decimal("600.00"), "MAD")
    claim = Claim(
        participant_id="p1",
        benefit=LINE.benefit,
        claimed=mad,
        on=date(2023, 10, 20),
        by="Colleague Private",
        note="private note",
        receipts=(Receipt(number="F-12", on=date(2023, 10, 14)),),
        approved=Money(Decimal("650.00"), "MAD"),
        authorised=mad,
    )
    plan = msgspec.structs.replace(a_plan([a_candidate(a_participant("p1"))], [granted("p1")]), claims=(claim,))
    report = pack(plan)
    names = ("planned", "approved", "claimed", "authorised", "paid", "receipts")
    full = Money(Decimal("650.00"), "MAD")
    assert [tuple(row[name] for name in names) for row in table(report, "costs")] == [
        (full, full, mad, mad, None, "F-12")
    ]
    assert "rivate" not in JSON.render(report).decode()


def test_a_sponsor_that_bears_a_part_is_told_of_that_part_of_what_was_claimed_and_paid() -> None:
    claim = Claim(
        participant_id="p1",
        benefit=LINE.benefit,
        claimed=Money(Decimal("500.00"), "MAD"),
        on=date(2023, 10, 20),
        by="a",
        approved=Money(Decimal("650.00"), "MAD"),
        authorised=Money(Decimal("500.00"), "MAD"),
        paid=Money(Decimal("500.00"), "MAD"),
    )
    parts = (Grant(payer=SPONSOR, share=60), Grant(payer="another", share=40))
    shared = a_decision("p1", LINE.benefit, grant=parts[0], parts=parts, amount=Money(Decimal("650.00"), "MAD"))
    plan = msgspec.structs.replace(a_plan([a_candidate(a_participant("p1"))], [shared]), claims=(claim,))
    names = ("planned", "approved", "claimed", "authorised", "paid")
    assert [tuple(str(row[name].amount) for name in names) for row in table(pack(plan), "costs")] == [
        ("390.00", "390.00", "300.00", "300.00", "300.00")
    ]


def test_while_the_plan_is_as_approved_what_is_planned_is_told_as_approved() -> None:
    plan = a_plan([a_candidate(a_participant("p1"))], [granted("p1")])
    approved = []
    for same in (True, False):
        standing = ApprovalStanding(number=1, on=date(2023, 10, 9), same=same, stands=True)
        report = pack(msgspec.structs.replace(plan, approval=standing))
        approved += [row["approved"] for row in table(report, "costs")]
    assert approved == [Money(Decimal("650.00"), "MAD"), None]


def test_an_amount_is_worked_out_line_by_line_with_the_share() -> None:
    night = PricedLine(
        label=Text("Night of {date}"),
        values={"date": date(2023, 10, 13)},
        quantity=Decimal(2),
        unit="night",
        unit_price=Money(Decimal("650.00"), "MAD"),
        amount=Money(Decimal("1300.00"), "MAD"),
    )
    parts = (Grant(payer=SPONSOR, share=60), Grant(payer="another", share=40))
    amount = Money(Decimal("1300.00"), "MAD")
    bed = a_decision("p1", LINE.benefit, grant=parts[0], parts=parts, amount=amount, lines=(night,))
    row = table(pack(a_plan([a_candidate(a_participant("p1"))], [bed])), "covered")[0]
    assert str(row["calculation"]).replace("\u00a0", " ").splitlines() == [
        "Night of 13 October 2023: 2 × MAD 650.00 = MAD 1,300.00",
        "60 % of MAD 1,300.00",
    ]
    assert row["amount"] == Money(Decimal("780.00"), "MAD")


def test_presence_is_that_of_the_attendance_on_record() -> None:
    people = [a_participant(f"p{n}", consents=Consents(share=(SPONSOR,))) for n in (1, 2)]
    plan = a_plan([a_candidate(one) for one in people])
    there = Participation(confirmed=plan.statistics, present=plan.statistics, present_ids=("p2",))
    report = pack(msgspec.structs.replace(plan, participation=there))
    assert sorted(bool(row["present"]) for row in table(report, "attendance_local_1")) == [False, True]
    assert sum(row["present"] for row in table(report, "indicators") if row["topic"] == "Gender") == 1


def test_a_pack_for_nobody_the_event_knows_is_refused() -> None:
    with pytest.raises(NotUsable) as refused:
        SPONSOR_PACK.compose(a_plan(), Options(for_id="lunch"))
    assert refused.value.values["id"] == "lunch"


def test_who_comes_first_under_a_ceiling_is_said_in_sentences() -> None:
    ranking = Ranking(
        benefit="lodging",
        by=("inclusion", "distance"),
        ties=("-age",),
        quotas=(RankingQuota(when=Conditions(gender=("female",)), at_least=50),),
    )
    plan = a_plan()
    plan = msgspec.structs.replace(plan, event=msgspec.structs.replace(plan.event, rankings=(ranking,)))
    said = [one["value"] for one in table(pack(plan), "basis") if one["kind"] == "Who comes first"]
    assert said[-1] == (
        "Who comes first, the weightiest first: those noted for inclusion, the farthest. "
        "Between those alike: the youngest, those who registered first. "
        "Of those whom the money reaches, at least 50 per cent are people of whom this holds, as long as there are "
        "any: the gender is female."
    )
