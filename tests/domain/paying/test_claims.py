"""Money people ask back: never more than approved, never more than claimed, never twice."""

import os
from collections import defaultdict
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from eventops import Money
from eventops.application.claims import Books, authorised, checked_claim, paid
from eventops.builtin.rules import LODGING, MEALS, TRAVEL
from eventops.domain.keeping.approvals import ApprovedDecision
from eventops.domain.money import ExchangeRate
from eventops.domain.paying.claims import (
    Claim,
    Receipt,
    authorisable,
    borne_by,
    claim_findings,
    money_states,
    units_of,
)
from eventops.domain.rules import Benefit, Outcome
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.testing import an_event

CASES = int(os.environ.get("EVENTOPS_RANDOM_EVENTS", settings.default.max_examples))
"""Random cases of a property: as many as the seats take, 10,000 and more in the full run."""
DAY = date(2023, 10, 15)
NIGHT = date(2023, 10, 13)
HOSTEL = Benefit(name="hostel", title=Text("Hostel"), unit="night")
BENEFITS = {one.name: one for one in (TRAVEL, LODGING, MEALS, HOSTEL)}
RATE = ExchangeRate(base="EUR", quote="MAD", rate=Decimal(11), on=date(2023, 10, 6), source="bank")


def mad(amount: object) -> Money:
    return Money(Decimal(str(amount)), "MAD")


def a_claim(
    person: str = "p1", benefit: str = "travel", amount: object = 100, part: str = "", *receipts: Receipt
) -> Claim:
    money = amount if isinstance(amount, Money) else mad(amount)
    return Claim(participant_id=person, benefit=benefit, part=part, claimed=money, on=DAY, by="a", receipts=receipts)


def books(*claims: Claim, approved: object = 120, present: frozenset[str] | None = None, **event: object) -> Books:
    decisions = {
        (person, benefit): ApprovedDecision(benefit, Outcome.GRANTED, Decimal(str(approved)), nights=(NIGHT,))
        for person in ("p1", "p2")
        for benefit in BENEFITS
    }
    return Books(
        event=an_event(rates=(RATE,), **event),
        benefits=BENEFITS,
        approval=1,
        approved={key: Decimal(str(approved)) for key in decisions},
        decisions=decisions,
        granted=frozenset(decisions),
        claims=claims,
        present=present,
    )


def test_the_lesser_of_approved_and_claimed_is_authorised_and_paid_once() -> None:
    done = authorised(a_claim(amount=130), books(), by="b", on=DAY)
    assert (done.approved, done.authorised, done.state) == (mad(120), mad(120), "authorised")
    once = paid(done, by="c", on=DAY, reference="t1")
    assert (once.paid, once.state) == (mad(120), "paid")
    with pytest.raises(NotUsable, match="nobody is paid twice"):
        paid(once, by="c", on=DAY, reference="t2")


def test_euros_are_turned_at_the_rate_of_the_receipt_and_without_one_somebody_is_told() -> None:
    euros = a_claim("p1", "travel", Money(Decimal(5), "EUR"), "", Receipt(number="1", on=DAY))
    assert authorised(euros, books(), by="b", on=DAY).authorised == mad(55)
    early = a_claim("p1", "travel", Money(Decimal(5), "EUR"), "", Receipt(number="1", on=date(2023, 1, 1)))
    with pytest.raises(NotUsable, match="no rate from"):
        authorised(early, books(), by="b", on=DAY)


@pytest.mark.parametrize(
    ("known", "new"),
    [
        (a_claim(), a_claim(part="there")),
        (a_claim(part="back"), a_claim()),
        (a_claim(benefit="lodging"), a_claim(benefit="hostel", part="2023-10-13")),
        (
            a_claim("p1", "travel", 1, "", Receipt(number="7", on=DAY)),
            a_claim("p2", "travel", 1, "", Receipt(number="7", on=DAY)),
        ),
        (a_claim("p1", "travel", 1, "", Receipt(sha256="ff")), a_claim("p2", "lodging", 1, "", Receipt(sha256="ff"))),
        (a_claim(), a_claim(amount=90)),
    ],
)
def test_a_night_leg_or_receipt_is_claimed_once(known: Claim, new: Claim) -> None:
    with pytest.raises(NotUsable):
        checked_claim(new, books(known))
    assert checked_claim(new, books()) == new


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (a_claim(benefit="sauna"), "no benefit sauna"),
        (a_claim(part="sideways"), "there or back"),
        (a_claim(benefit="lodging", part="friday"), "a day such as"),
        (a_claim(benefit="meals", part="brunch"), "id of a meal"),
        (a_claim(amount=0), "more than nothing"),
        (a_claim("p9"), "travel is not granted to p9"),
        (a_claim("p1", "travel", 1, "", Receipt(number="7", on=date(2023, 10, 16))), "is still to come"),
    ],
)
def test_what_cannot_be_claimed_is_refused_with_what_is_expected(claim: Claim, told: str) -> None:
    with pytest.raises(NotUsable) as refused:
        checked_claim(claim, books())
    assert told in refused.value.message.format(**refused.value.values)


def test_what_is_supplied_in_kind_is_not_claimed_and_who_was_not_there_gets_nothing() -> None:
    with pytest.raises(NotUsable, match="supplied in kind"):
        checked_claim(a_claim(benefit="lodging"), books(provided=("lodging",)))
    needing = {"claims_need_attendance": True}
    with pytest.raises(NotUsable, match="on record as present"):
        authorised(a_claim(), books(present=frozenset({"p2"}), **needing), by="b", on=DAY)
    assert authorised(a_claim(), books(present=frozenset({"p1"}), **needing), by="b", on=DAY).authorised == mad(100)


steps = st.lists(
    st.tuples(
        st.sampled_from(["p1", "p2"]),
        st.sampled_from(list(BENEFITS)),
        st.sampled_from(["", "there", "back", "2023-10-13", "lunch"]),
        st.decimals(Decimal("0.01"), Decimal(300), places=2),
        st.sampled_from(["MAD", "EUR"]),
        st.sampled_from(["claim", "authorise", "pay", "pay"]),
    ),
    max_size=25,
)


@settings(max_examples=CASES, deadline=None)
@given(steps, st.decimals(Decimal(0), Decimal(300), places=2))
def test_in_any_order_nobody_is_paid_twice_and_nothing_beyond_approved_and_claimed(
    taken: list[tuple[str, str, str, Decimal, str, str]], approved: Decimal
) -> None:
    claims: dict[str, Claim] = {}
    event = an_event(rates=(RATE,))
    for person, benefit, part, amount, currency, step in taken:
        new = a_claim(person, benefit, Money(amount, currency), part)
        held = books(*claims.values(), approved=approved)
        with suppress(NotUsable):
            if step == "claim" and new.key not in claims:
                claims[new.key] = checked_claim(new, held)
            elif step == "authorise" and new.key in claims:
                claims[new.key] = authorised(claims[new.key], held, by="b", on=DAY)
            elif step == "pay" and new.key in claims:
                claims[new.key] = paid(claims[new.key], by="c", on=DAY, reference="")
    granted: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    units: set[tuple[str, tuple[str, str]]] = set()
    for one in claims.values():
        if one.authorised is not None:
            granted[one.participant_id, one.benefit] += one.authorised.amount
            asked = one.claimed.amount * (11 if one.claimed.currency == "EUR" else 1)
            assert one.authorised.amount <= asked
            assert one.paid in (None, one.authorised)
        mine = {(one.participant_id, unit) for unit in units_of(one, BENEFITS[one.benefit], None)}
        assert not mine & units
        units |= mine
    assert all(amount <= approved for amount in granted.values())
    assert not list(claim_findings(event, tuple(BENEFITS.values()), list(claims.values())))
    states = money_states(event, {}, {}, list(claims.values()))
    assert sum((one.paid.amount for one in states if one.paid), Decimal(0)) == sum(
        (one.paid.amount for one in claims.values() if one.paid), Decimal(0)
    )


@settings(max_examples=CASES, deadline=None)
@given(
    st.decimals(Decimal(0), Decimal(10_000), places=2),
    st.lists(st.decimals(Decimal(0), Decimal(500), places=2), max_size=4),
)
def test_what_payers_bear_of_an_amount_sums_to_it_to_the_last_centime(amount: Decimal, parts: list[Decimal]) -> None:
    borne = borne_by(mad(amount), [(f"s{at}", part) for at, part in enumerate(parts)])
    assert sum((money.amount for _, money in borne), Decimal(0)) == amount


def test_a_part_gets_what_other_parts_leave_of_the_approved_amount() -> None:
    there = authorised(a_claim(amount=100, part="there"), books(), by="b", on=DAY)
    back = a_claim(amount=100, part="back")
    assert authorisable(back, Decimal(120), [there, back], an_event()) == mad(20)


def test_contradicting_claims_on_record_are_found() -> None:
    beyond = Claim(
        **{
            **{name: getattr(a_claim(), name) for name in Claim.__struct_fields__},
            "authorised": mad(101),
            "approved": mad(120),
        }
    )
    gone = a_claim("p3", "sauna")
    found = claim_findings(an_event(), tuple(BENEFITS.values()), [a_claim(part="there"), beyond, gone])
    assert sorted(one.code for one in found) == ["claim-beyond", "claim-unknown", "paid-twice"]


def test_a_claim_in_a_currency_without_a_rate_is_refused_and_found_where_the_rate_went_away() -> None:
    claim = a_claim("p1", "travel", Money(Decimal(16), "XYZ"))
    with pytest.raises(NotUsable, match="no rate from XYZ to MAD"):
        checked_claim(claim, books())
    assert [one.code for one in claim_findings(an_event(rates=(RATE,)), tuple(BENEFITS.values()), (claim,))] == [
        "claim-rate"
    ]
