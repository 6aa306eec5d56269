"""What was settled of the money beside the plan: what an approval says of each person, who withdrew, and sums of people
who were forgotten."""

from decimal import Decimal

from msgspec import Struct

from eventops.domain.keeping.approvals import ApprovedPerson
from eventops.domain.money import Money
from eventops.domain.people import Participant


class ForgottenMoney(Struct, frozen=True, kw_only=True):
    """What was paid to people who were forgotten since, of one benefit and borne by one payer; in the currency of the
    event then. It holds nobody's id, and no count of people."""

    benefit: str
    payer: str
    approved: Money
    claimed: Money
    authorised: Money
    paid: Money
    receipts: int = 0

    def __add__(self, other: "ForgottenMoney") -> "ForgottenMoney":
        return ForgottenMoney(
            benefit=self.benefit,
            payer=self.payer,
            approved=self.approved + other.approved,
            claimed=self.claimed + other.claimed,
            authorised=self.authorised + other.authorised,
            paid=self.paid + other.paid,
            receipts=self.receipts + other.receipts,
        )


class Settled(Struct, frozen=True, kw_only=True):
    """What the account of a payer reads beside the plan. `approval` is the number of the approval that stands, None
    without one; `former` what earlier approvals say of people whose claims were authorised under them."""

    approval: int | None = None
    approved: tuple[ApprovedPerson, ...] = ()
    former: tuple[tuple[int, ApprovedPerson], ...] = ()
    withdrawn: tuple[Participant, ...] = ()
    forgotten: tuple[ForgottenMoney, ...] = ()


NOTHING_SETTLED = Settled()

Parts = tuple[tuple[str, Decimal], ...]
"""Payers with what weighs their part: amounts as approved, or shares in per cent."""


class AccountLine(Struct, frozen=True, kw_only=True):
    """One line of the account of one payer, its part of every amount. `person` is '' for sums of several people, whose
    `name` says of whom. `standing` is '' where the plan still covers the person, else what became of it: withdrawn,
    forgotten, not_funded, another_payer, or the word of an outcome."""

    person: str
    name: str
    benefit: str
    standing: str = ""
    planned: Money | None = None
    approved: Money | None = None
    claimed: Money | None = None
    authorised: Money | None = None
    paid: Money | None = None
    receipts: tuple[str, ...] = ()
