"""What the plan costs, and on which sponsor's budget line it falls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity
from eventops.domain.money import Money, converted, divided, rounded, total
from eventops.domain.rules import Decision
from eventops.domain.texts import Text


class BudgetUse(Struct, frozen=True, kw_only=True):
    """One budget line: its ceiling and what the plan costs on it. `line_id` is '' for costs no line covers.

    `limit` is the ceiling in the currency of the event, None when no rate joins the two. `waiting` are people who are
    eligible and whom it does not reach; they would cost `beyond`.
    """

    line_id: str
    sponsor: str
    benefit: str
    ceiling: Money | None
    people: int
    planned: Money
    limit: Money | None = None
    waiting: int = 0
    beyond: Money | None = None


class Charge(Struct, frozen=True, kw_only=True):
    """What one line pays of one benefit of one person, in the currency of the event; `line_id` is '' where no line
    does."""

    participant_id: str
    benefit: str
    line_id: str
    payer: str
    amount: Money


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
    if len(parts) == 1:
        return ((parts[0].payer, decision.amount),)
    amounts = divided(decision.amount, [part.share for part in parts])
    return tuple((part.payer, money) for part, money in zip(parts, amounts, strict=True))


def plain_charges(event: Event, decisions: Iterable[Decision]) -> tuple[Charge, ...]:
    """Every cost on the first line of its payer for its benefit, whatever the line holds."""
    starts: dict[tuple[str, str], str] = {}
    for line in event.budget:
        starts.setdefault((line.sponsor, line.benefit), line.id)
    return tuple(
        Charge(
            participant_id=one.participant_id,
            benefit=one.benefit,
            line_id=starts.get((payer, one.benefit), ""),
            payer=payer,
            amount=money,
        )
        for one in decisions
        for payer, money in shares_of(one)
    )


def budget_use(
    event: Event,
    decisions: Iterable[Decision],
    charges: Iterable[Charge] | None = None,
    waiting: Mapping[str, Sequence[Money]] | None = None,
) -> tuple[BudgetUse, ...]:
    """Every budget line of the event with what falls on it, then what falls on none. `waiting` holds the costs of those
    whom each line does not reach."""
    spent: defaultdict[tuple[str, str, str], list[Money]] = defaultdict(list)
    people: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in plain_charges(event, decisions) if charges is None else charges:
        key = ("", one.payer, one.benefit) if not one.line_id else (one.line_id, "", "")
        spent[key].append(one.amount)
        people[key].add(one.participant_id)
    limits = limits_of(event)
    uses: list[BudgetUse] = []
    for line in event.budget:
        beyond = tuple((waiting or {}).get(line.id, ()))
        key = (line.id, "", "")
        uses.append(
            BudgetUse(
                line_id=line.id,
                sponsor=line.sponsor,
                benefit=line.benefit,
                ceiling=line.ceiling,
                people=len(people.get(key, ())),
                planned=total(spent.get(key, ()), event.currency),
                limit=limits.get(line.id),
                waiting=len(beyond),
                beyond=total(beyond, event.currency) if beyond else None,
            )
        )
    uses.extend(
        BudgetUse(
            line_id="",
            sponsor=key[1],
            benefit=key[2],
            ceiling=None,
            people=len(people[key]),
            planned=total(amounts, event.currency),
        )
        for key, amounts in sorted(spent.items())
        if not key[0]
    )
    return tuple(uses)


def limits_of(event: Event) -> dict[str, Money]:
    """What each line holds in the currency of the event, at the newest rate; a line without a rate is missing."""
    limits: dict[str, Money] = {}
    for line in event.budget:
        exchanged = converted(line.ceiling, event.currency, event.rates)
        if exchanged is not None:
            limits[line.id] = exchanged[0]
    return limits


def budget_findings(uses: Sequence[BudgetUse]) -> tuple[Finding, ...]:
    """Lines planned beyond their ceiling, and costs that no line covers."""
    findings: list[Finding] = []
    for use in uses:
        limit = use.limit or use.ceiling
        if limit is not None and limit.currency == use.planned.currency and use.planned.amount > limit.amount:
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
