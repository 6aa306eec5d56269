"""What the plan costs, and on which sponsor's budget line it falls."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity
from eventops.domain.money import Money, rounded, total
from eventops.domain.rules import Decision
from eventops.domain.texts import Text


class BudgetUse(Struct, frozen=True, kw_only=True):
    """One budget line: its ceiling and what the plan costs on it. `line_id` is '' for costs no line covers."""

    line_id: str
    sponsor: str
    benefit: str
    ceiling: Money | None
    people: int
    planned: Money


def amount_of(lines_total: Money, share: int, ceiling: Money | None) -> Money:
    """The part of a cost a grant pays: its share, no more than its ceiling of the same currency."""
    amount = lines_total
    if share != 100:
        amount = rounded(lines_total.amount * share / Decimal(100), lines_total.currency)
    if ceiling is not None and ceiling.currency == amount.currency and ceiling.amount < amount.amount:
        return ceiling
    return amount


def shares_of(decision: Decision) -> tuple[tuple[str, Money], ...]:
    """Who pays how much of one decision; the amounts sum to its amount to the last centime."""
    if decision.amount is None or decision.grant is None:
        return ()
    parts = decision.parts or (decision.grant,)
    whole = sum(part.share for part in parts)
    left = decision.amount
    shares: list[tuple[str, Money]] = []
    for part in parts[:-1]:
        money = rounded(decision.amount.amount * part.share / Decimal(whole), left.currency)
        shares.append((part.payer, money))
        left = Money(left.amount - money.amount, left.currency)
    return (*shares, (parts[-1].payer, left))


def budget_use(event: Event, decisions: Iterable[Decision]) -> tuple[BudgetUse, ...]:
    """Every budget line of the event with what falls on it, then what falls on none."""
    spent: defaultdict[tuple[str, str], list[Money]] = defaultdict(list)
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for decision in decisions:
        for payer, money in shares_of(decision):
            spent[payer, decision.benefit].append(money)
            people[payer, decision.benefit].add(decision.participant_id)
    uses: list[BudgetUse] = []
    covered: set[tuple[str, str]] = set()
    for line in event.budget:
        key = (line.sponsor, line.benefit)
        amounts = [] if key in covered else spent.get(key, [])
        covered.add(key)
        uses.append(
            BudgetUse(
                line_id=line.id,
                sponsor=line.sponsor,
                benefit=line.benefit,
                ceiling=line.ceiling,
                people=len(people.get(key, ())) if amounts else 0,
                planned=total(amounts, event.currency),
            )
        )
    uses.extend(
        BudgetUse(
            line_id="",
            sponsor=sponsor,
            benefit=benefit,
            ceiling=None,
            people=len(people[sponsor, benefit]),
            planned=total(amounts, event.currency),
        )
        for (sponsor, benefit), amounts in sorted(spent.items())
        if (sponsor, benefit) not in covered
    )
    return tuple(uses)


def budget_findings(uses: Sequence[BudgetUse]) -> tuple[Finding, ...]:
    """Lines planned beyond their ceiling, and costs that no line covers."""
    findings: list[Finding] = []
    for use in uses:
        if use.ceiling is not None and use.planned.amount > use.ceiling.amount:
            findings.append(
                Finding(
                    severity=Severity.WARNING,
                    code="budget-exceeded",
                    message=Text("The budget line {line} holds {ceiling}, the plan costs {planned} on it"),
                    values={"line": use.line_id, "ceiling": use.ceiling, "planned": use.planned},
                )
            )
        if not use.line_id and use.planned.amount:
            findings.append(
                Finding(
                    severity=Severity.WARNING,
                    code="budget-missing",
                    message=Text("{planned} of {benefit} fall on {payer}, which has no budget line for it"),
                    values={"planned": use.planned, "benefit": use.benefit, "payer": use.sponsor or Text("nobody")},
                )
            )
    return tuple(findings)
