"""The account of a payer: every amount stays in it, whatever became of the person, and its lines sum to the total."""

import os
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given, settings, strategies as st

from eventops import Money
from eventops.domain.keeping.approvals import ApprovedDecision, ApprovedPerson
from eventops.domain.keeping.settled import AccountLine, ForgottenMoney, Settled
from eventops.domain.money import ExchangeRate, divided
from eventops.domain.paying.claims import Claim, in_event_currency, spent_on
from eventops.domain.plan import Plan
from eventops.domain.reporting.accounts import account_of
from eventops.domain.rules import Grant, Outcome
from eventops.testing import a_candidate, a_decision, a_participant, an_event
from eventops.testing.builders import a_plan

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
DAY = date(2023, 10, 20)
RATE = ExchangeRate(base="EUR", quote="MAD", rate=Decimal("10.87"), on=date(2023, 10, 1), source="bank")
PAYERS = ("ef", "oecd", "ministry")
STEPS = ("planned", "approved", "claimed", "authorised", "paid")


def mad(amount: object) -> Money:
    return Money(Decimal(str(amount)), "MAD")


def a_claim(person: str, amount: object, **fields: Any) -> Claim:
    return Claim(participant_id=person, benefit="lodging", claimed=mad(amount), on=DAY, by="a", **fields)


def paid_claim(person: str, amount: object, approval: int) -> Claim:
    sums = {name: mad(amount) for name in ("authorised", "paid")}
    return a_claim(person, amount, approval=approval, approved=mad(650), **sums)


def approved(person: str, *parts: tuple[str, int]) -> ApprovedPerson:
    whole = Decimal(sum(amount for _, amount in parts))
    borne = tuple((payer, Decimal(amount)) for payer, amount in parts)
    decision = ApprovedDecision("lodging", Outcome.GRANTED, whole, parts=borne)
    return ApprovedPerson(participant_id=person, seat="confirmed", decisions=(decision,))


def told(lines: tuple[AccountLine, ...]) -> list[tuple[Any, ...]]:
    return [
        (one.person, one.standing, *(getattr(one, step) and str(int(getattr(one, step).amount)) for step in STEPS))
        for one in lines
    ]


def test_what_was_paid_stays_whatever_became_of_the_person() -> None:
    people = {id: a_participant(id) for id in ("gone", "out", "other", "here")}
    here, other = (a_decision(id, "lodging", grant=Grant(payer=who), amount=mad(700)) for id, who in
                   (("here", "ef"), ("other", "oecd")))  # fmt: skip
    out = a_decision("out", "lodging", Outcome.EXCLUDED)
    plan = msgspec.structs.replace(
        a_plan([a_candidate(people[id]) for id in ("out", "other", "here")], [out, other, here]),
        claims=(paid_claim("gone", 500, 2), paid_claim("out", 600, 1), paid_claim("other", 640, 2)),
        settled=Settled(
            approval=2,
            approved=(approved("gone", ("ef", 650)), approved("other", ("ef", 650)), approved("here", ("ef", 690))),
            former=((1, approved("out", ("ef", 650))),),
            withdrawn=(people["gone"],),
            forgotten=(
                ForgottenMoney(
                    benefit="lodging",
                    payer="ef",
                    approved=mad(650),
                    claimed=mad(610),
                    authorised=mad(605),
                    paid=mad(605),
                ),
            ),
        ),
    )
    assert told(account_of(plan, "ef")) == [
        ("out", "excluded", None, "650", "600", "600", "600"),
        ("other", "another_payer", None, "650", "640", "640", "640"),
        ("here", "", "700", "690", None, None, None),
        ("gone", "withdrawn", None, "650", "500", "500", "500"),
        ("", "forgotten", None, "650", "610", "605", "605"),
    ]
    assert told(account_of(plan, "oecd")) == [("other", "", "700", None, None, None, None)]


PARTS = st.lists(st.sampled_from(PAYERS), min_size=1, max_size=3, unique=True)
CENTIMES = st.integers(1, 99_999).map(lambda cents: Money(Decimal(cents) / 100, "MAD"))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan in which people are granted, refused or gone; with approvals whose payers are others; and with claims."""
    ids = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    gone = {id for id in ids if draw(st.booleans())}
    people, decisions, claims, approvals = [], [], [], []
    for id in ids:
        if id not in gone:
            people.append(a_candidate(a_participant(id)))
            shares = _shares(draw(PARTS))
            outcome = draw(st.sampled_from([Outcome.GRANTED, Outcome.EXCLUDED]))
            amount = draw(CENTIMES)
            granted: dict[str, Any] = {"grant": shares[0], "parts": shares, "amount": amount}
            decisions.append(a_decision(id, "lodging", outcome, **(granted if outcome is Outcome.GRANTED else {})))
        whole = draw(CENTIMES)
        payers = draw(PARTS)
        parts = zip(payers, divided(whole, [1] * len(payers)), strict=True)
        decision = ApprovedDecision(
            "lodging", Outcome.GRANTED, whole.amount, parts=tuple((who, one.amount) for who, one in parts)
        )
        approvals.append(ApprovedPerson(participant_id=id, seat="confirmed", decisions=(decision,)))
        for part in draw(st.lists(st.sampled_from(["", "2023-10-13", "2023-10-14"]), max_size=2, unique=True)):
            claimed = draw(st.one_of(CENTIMES, st.integers(1, 9999).map(lambda one: Money(Decimal(one) / 100, "EUR"))))
            claims.append(
                Claim(
                    participant_id=id,
                    benefit="lodging",
                    part=part,
                    claimed=claimed,
                    on=DAY,
                    by="a",
                    approval=1,
                    approved=whole,
                    authorised=draw(CENTIMES),
                    paid=draw(CENTIMES),
                )
            )
    return msgspec.structs.replace(
        a_plan(people, decisions, event=an_event(rates=(RATE,))),
        claims=tuple(claims),
        settled=Settled(
            approval=1, approved=tuple(approvals), withdrawn=tuple(a_participant(id) for id in sorted(gone))
        ),
    )


def _shares(payers: list[str]) -> tuple[Grant, ...]:
    shares = divided(mad(100), [1] * len(payers))
    return tuple(Grant(payer=who, share=int(one.amount)) for who, one in zip(payers, shares, strict=True))


@given(plans())
@settings(max_examples=CASES, deadline=None)
def test_the_accounts_of_all_payers_sum_to_what_is_on_record_to_the_last_centime(plan: Plan) -> None:
    lines = [one for payer in PAYERS for one in account_of(plan, payer)]
    sums = [sum((getattr(one, step).amount for one in lines if getattr(one, step)), Decimal(0)) for step in STEPS[1:]]
    approvals = [one.amount for person in plan.settled.approved for one in person.decisions]
    asked = [in_event_currency(one.claimed, plan.event, spent_on(one))[0].amount for one in plan.claims]
    assert sums == [
        sum((one for one in approvals if one is not None), Decimal(0)),
        sum(asked, Decimal(0)),
        sum((one.authorised.amount for one in plan.claims if one.authorised), Decimal(0)),
        sum((one.paid.amount for one in plan.claims if one.paid), Decimal(0)),
    ]
