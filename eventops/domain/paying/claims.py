"""Claims: what people ask back, with their receipts, and how far each has come: estimated, approved, claimed,
authorised, paid. What is authorised is never more than approved, nor more than claimed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.keeping.approvals import ApprovedDecision
from eventops.domain.money import ExchangeRate, Money, converted, divided
from eventops.domain.rules import Benefit
from eventops.domain.texts import Text
from eventops.errors import NotUsable

LEGS = ("there", "back")
STATES = ("estimated", "approved", "claimed", "authorised", "paid")


class Receipt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A receipt: its number, its day, and the hash of its picture or file; the file itself stays with the person."""

    number: str = ""
    on: date | None = None
    sha256: str = ""


class Claim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one person asks back for one benefit. `part` is one leg (there, back), one night or day (its date) or one
    meal (its id); empty for all of it. `shared` allows a receipt that others show too."""

    participant_id: str
    benefit: str
    part: str = ""
    claimed: Money
    on: date
    by: str
    receipts: tuple[Receipt, ...] = ()
    shared: bool = False
    note: str = ""
    approval: int | None = None
    approved: Money | None = None
    authorised: Money | None = None
    authorised_by: str = ""
    authorised_on: date | None = None
    paid: Money | None = None
    paid_by: str = ""
    paid_on: date | None = None
    reference: str = ""

    @property
    def key(self) -> str:
        """What it is stored under."""
        return ":".join(one for one in (self.participant_id, self.benefit, self.part) if one)

    @property
    def state(self) -> str:
        """How far it has come."""
        return "paid" if self.paid is not None else "authorised" if self.authorised is not None else "claimed"


class MoneyState(Struct, frozen=True, kw_only=True):
    """One benefit of one person from estimate to payment, in the currency of the event. None where it has not come so
    far, or has no price."""

    participant_id: str
    benefit: str
    estimated: Money | None = None
    approved: Money | None = None
    claimed: Money | None = None
    authorised: Money | None = None
    paid: Money | None = None
    receipts: int = 0

    @property
    def state(self) -> str:
        """The farthest step that was made; '' for none."""
        return next((name for name in reversed(STATES) if getattr(self, name) is not None), "")


Unit = tuple[str, str]
"""What is paid once: a kind (night, service, leg, day of a benefit) and which."""


def units_of(claim: Claim, benefit: Benefit, approved: ApprovedDecision | None) -> frozenset[Unit]:
    """What a claim asks for. Nights of two benefits are the same nights; days are counted by benefit."""
    kind = benefit.unit if benefit.unit != "day" else f"day:{benefit.name}"
    if claim.part:
        return frozenset({(kind, claim.part)})
    if benefit.unit == "leg":
        return frozenset((kind, leg) for leg in LEGS)
    if benefit.unit == "night" and approved is not None and approved.nights:
        return frozenset((kind, night.isoformat()) for night in approved.nights)
    return frozenset({(kind, "")})


def overlapping(
    claims: Iterable[Claim], claim: Claim, benefits: Mapping[str, Benefit], approved: Mapping[str, ApprovedDecision]
) -> Claim | None:
    """Another claim of the person for one of the same nights, meals or legs; None without one."""
    mine = units_of(claim, benefits[claim.benefit], approved.get(claim.benefit))
    for one in claims:
        if one.participant_id != claim.participant_id or one.key == claim.key or one.benefit not in benefits:
            continue
        theirs = units_of(one, benefits[one.benefit], approved.get(one.benefit))
        whole = one.benefit == claim.benefit and "" in (one.part, claim.part)
        if whole or mine & theirs:
            return one
    return None


def same_receipt(claims: Iterable[Claim], claim: Claim) -> Claim | None:
    """Another claim with a receipt of this one, where one of the two does not allow it; None without one."""
    mine = {one.sha256 for one in claim.receipts if one.sha256}
    numbered = {(one.number, one.on) for one in claim.receipts if one.number}
    for one in claims:
        if one.key == claim.key or (one.shared and claim.shared):
            continue
        if any(receipt.sha256 in mine or (receipt.number, receipt.on) in numbered for receipt in one.receipts):
            return one
    return None


def part_problem(part: str, benefit: Benefit, event: Event) -> Text | None:
    """What a part of this benefit should look like instead; None when it is one."""
    if not part:
        return None
    if benefit.unit == "leg":
        return None if part in LEGS else Text("there or back")
    if benefit.unit == "service":
        return None if part in {meal.id for meal in event.meals} else Text("the id of a meal")
    try:
        date.fromisoformat(part)
    except ValueError:
        return Text("a day such as 2023-10-13")
    return None


def in_event_currency(money: Money, event: Event, on: date) -> tuple[Money, ExchangeRate | None]:
    """The money in the currency of the event at the newest rate of that day or before it.

    Errors: NotUsable without such a rate.
    """
    exchanged = converted(money, event.currency, event.rates, on)
    if exchanged is None:
        raise NotUsable(
            "There is no rate from {currency} to {expected} of {day} or before; add one under [[rates]] of the event",
            currency=money.currency,
            expected=event.currency,
            day=on,
        )
    return exchanged


def spent_on(claim: Claim) -> date:
    """The day whose rate counts: that of the newest receipt, else of the claim."""
    return max((one.on for one in claim.receipts if one.on is not None), default=claim.on)


def authorisable(claim: Claim, approved: Decimal | None, claims: Iterable[Claim], event: Event) -> Money:
    """The most that can be authorised: what is claimed, and what is approved less what other parts of the same benefit
    got. Nothing where nothing is approved."""
    asked, _ = in_event_currency(claim.claimed, event, spent_on(claim))
    taken = sum(
        (
            one.authorised.amount
            for one in claims
            if (one.participant_id, one.benefit) == (claim.participant_id, claim.benefit)
            and one.key != claim.key
            and one.authorised is not None
        ),
        Decimal(0),
    )
    left = max(Decimal(0), (approved or Decimal(0)) - taken)
    return Money(min(asked.amount, left), event.currency)


def money_states(
    event: Event,
    estimated: Mapping[tuple[str, str], Money],
    approved: Mapping[tuple[str, str], Decimal],
    claims: Sequence[Claim],
) -> tuple[MoneyState, ...]:
    """Every benefit of every person that costs something, or that somebody claimed; by person, then benefit."""
    by_key: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in claims:
        by_key[one.participant_id, one.benefit].append(one)
    return tuple(
        MoneyState(
            participant_id=key[0],
            benefit=key[1],
            estimated=estimated.get(key),
            approved=Money(approved[key], event.currency) if key in approved else None,
            claimed=_summed((_claimed(one, event) for one in by_key[key]), event.currency),
            authorised=_summed((one.authorised for one in by_key[key]), event.currency),
            paid=_summed((one.paid for one in by_key[key]), event.currency),
            receipts=sum(len(one.receipts) for one in by_key[key]),
        )
        for key in sorted({*estimated, *approved, *by_key})
    )


def _claimed(claim: Claim, event: Event) -> Money | None:
    """In the currency of the event; None where no rate joins the two."""
    exchanged = converted(claim.claimed, event.currency, event.rates, spent_on(claim))
    return exchanged[0] if exchanged is not None else None


def _summed(amounts: Iterable[Money | None], currency: str) -> Money | None:
    given = [one.amount for one in amounts if one is not None]
    return Money(sum(given, Decimal(0)), currency) if given else None


def borne_by(amount: Money, parts: Sequence[tuple[str, Decimal]]) -> tuple[tuple[str, Money], ...]:
    """Who bears how much of an amount, as they bear what was approved; the parts sum to it to the last centime."""
    if not parts:
        return (("", amount),)
    amounts = divided(amount, [part for _, part in parts])
    return tuple((payer, money) for (payer, _), money in zip(parts, amounts, strict=True))


def claim_findings(event: Event, benefits: Sequence[Benefit], claims: Sequence[Claim]) -> Iterator[Finding]:
    """Claims that contradict each other or the event: paid twice, beyond what was approved, supplied in kind."""
    known = {one.name: one for one in benefits}
    for number, one in enumerate(claims):
        about: dict[str, object] = {"claim": one.key}
        if one.benefit not in known:
            message = Text("The claim {claim} is for a benefit that does not exist any more")
            yield _found(one, "claim-unknown", message, about, Severity.WARNING)
            continue
        other = overlapping(claims[:number], one, known, {})
        if other is not None:
            message = Text("The claims {claim} and {other} ask for the same night, meal or leg")
            yield _found(one, "paid-twice", message, {**about, "other": other.key})
        shown = same_receipt(claims[:number], one)
        if shown is not None:
            message = Text("The claims {claim} and {other} show the same receipt")
            yield _found(one, "receipt-twice", message, {**about, "other": shown.key})
        if _claimed(one, event) is None:
            message = Text("The claim {claim} is in {currency}, which no rate of the event turns into its currency")
            yield _found(one, "claim-rate", message, {**about, "currency": one.claimed.currency})
        if one.benefit in event.provided:
            message = Text("The claim {claim} is for what is supplied in kind")
            yield _found(one, "claim-in-kind", message, about)
        too_much = one.authorised is not None and (
            (one.approved is None or one.authorised.amount > one.approved.amount)
            or (one.claimed.currency == one.authorised.currency and one.authorised.amount > one.claimed.amount)
            or (one.paid is not None and one.paid.amount > one.authorised.amount)
        )
        if too_much or (one.paid is not None and one.authorised is None):
            message = Text("The claim {claim} goes beyond what was approved, claimed or authorised")
            yield _found(one, "claim-beyond", message, about)


def _found(
    claim: Claim, code: str, message: Text, values: dict[str, object], severity: Severity = Severity.ERROR
) -> Finding:
    source = Source(participant=claim.participant_id)
    return Finding(severity=severity, code=code, message=message, values=values, source=source)
