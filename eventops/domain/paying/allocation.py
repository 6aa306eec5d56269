"""Which budget line pays what, line after line, and whom the money reaches when a ceiling binds.

A cost is charged to the line of its payer for that benefit. Lines with shares bear each cost together. When a line
cannot hold the next cost it is used up, and the line that comes after it takes over. Where the event says who comes
first, people are charged in that order, and after the first whom the money does not reach nobody is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.deciding.selections import ActiveSelection, Contender, Funding, Ranked, order_of, unreached
from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity
from eventops.domain.money import Money, total
from eventops.domain.paying.budget import Charge, limits_of, shares_of
from eventops.domain.paying.lines import Demand, LineBook
from eventops.domain.rules import Candidate, Decision, Grant, Outcome
from eventops.domain.texts import Text

BEYOND = Text(
    "{line} holds {ceiling} and {planned} is granted: by {selection} it reaches {reached} of {count} people; "
    "beyond it are {people}"
)
NO_RATE = Text(
    "The budget line {line} is in {currency}; add a rate to {expected} under [[rates]] of the event, so that its "
    "ceiling can be kept"
)


class Allotted(Struct, frozen=True, kw_only=True):
    """What the lines of one benefit bear."""

    changed: dict[tuple[str, str], Decision]
    charges: tuple[Charge, ...]
    funding: tuple[Funding, ...]
    findings: tuple[Finding, ...]


class Allocation(Struct, frozen=True, kw_only=True):
    """The decisions with the payers whose lines bear them, every charge, the marks under ceilings that bind, and what
    a person should look at; `of_benefit` has the parts."""

    decisions: tuple[Decision, ...]
    charges: tuple[Charge, ...]
    funding: tuple[Funding, ...]
    findings: tuple[Finding, ...]
    of_benefit: dict[str, Allotted] = {}

    @property
    def beyond(self) -> frozenset[tuple[str, str]]:
        """Person and benefit of those who are eligible and whom the money does not reach."""
        return unreached(self.funding)


def allocated(
    event: Event,
    selections: Mapping[str, ActiveSelection],
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
    before: tuple[Sequence[Decision], Allocation] | None = None,
) -> Allocation:
    """Every granted and priced decision charged to the lines of the event. `before` has other decisions of the same
    people and how they were charged: a benefit whose decisions are the very same is charged the same."""
    people = {one.participant.id: one for one in candidates}
    limits = {line: money.amount for line, money in limits_of(event).items()}
    findings: list[Finding] = [
        Finding(
            severity=Severity.ERROR,
            code="budget-currency",
            message=NO_RATE,
            values={"line": line.id, "currency": line.ceiling.currency, "expected": event.currency},
        )
        for line in event.budget
        if line.id not in limits
    ]
    known: dict[str, Allotted] = {}
    if before is not None:
        others = {new.benefit for old, new in zip(before[0], decisions, strict=True) if old is not new}
        known = {benefit: part for benefit, part in before[1].of_benefit.items() if benefit not in others}
    costing: dict[str, list[Decision]] = {line.benefit: [] for line in event.budget}
    for one in decisions:
        if one.amount is not None and one.outcome is Outcome.GRANTED and one.benefit in costing:
            costing[one.benefit].append(one)
    of_benefit: dict[str, Allotted] = {}
    plain: set[tuple[str, str]] = set()
    for benefit, some in costing.items():
        book = LineBook(event, benefit, limits)
        plain |= {(benefit, payer) for payer in book.starts if not book.shared}
        if benefit in known:
            of_benefit[benefit] = known[benefit]
        else:
            of_benefit[benefit] = _allotted(event, book, some, people, selections.get(benefit))
    parts = of_benefit.values()
    changed = {key: one for part in parts for key, one in part.changed.items()}
    charges = [one for part in parts for one in part.charges]
    marks = tuple(one for part in parts for one in part.funding)
    repaid = tuple(decisions)
    if changed:
        repaid = tuple(changed.get((one.participant_id, one.benefit), one) for one in decisions)
    return Allocation(
        decisions=repaid,
        charges=(*charges, *_unlined(repaid, unreached(marks), charges, plain)),
        funding=marks,
        findings=(*findings, *(one for part in parts for one in part.findings)),
        of_benefit=of_benefit,
    )


def _allotted(
    event: Event,
    book: LineBook,
    decisions: Iterable[Decision],
    people: Mapping[str, Candidate],
    selection: ActiveSelection | None,
) -> Allotted:
    demanding = [(one, demands) for one in decisions if (demands := book.demands(one))]
    pools = [_Pool(event, book, pool, people, selection) for pool in book.pools(demanding)]
    return Allotted(
        changed={key: one for pool in pools for key, one in pool.changed.items()},
        charges=tuple(one for pool in pools for one in pool.charges),
        funding=tuple(one for pool in pools for one in pool.marks),
        findings=tuple(one for pool in pools for one in pool.findings),
    )


def _unlined(
    decisions: Iterable[Decision],
    beyond: Set[tuple[str, str]],
    charges: Iterable[Charge],
    plain: Set[tuple[str, str]],
) -> Iterator[Charge]:
    """What falls on payers that have no line for it. `plain` are benefits and payers whose costs all are on a line."""
    costing = [
        one
        for one in decisions
        if one.amount is not None
        and one.grant is not None
        and (
            len(one.parts) > 1
            or one.outcome is not Outcome.GRANTED
            or (one.benefit, (*one.parts, one.grant)[0].payer) not in plain
        )
        and (one.participant_id, one.benefit) not in beyond
    ]
    if not costing:
        return
    lined = {(charge.participant_id, charge.benefit, charge.payer) for charge in charges}
    for one in costing:
        for payer, money in shares_of(one):
            if (one.participant_id, one.benefit, payer) not in lined:
                yield Charge(
                    participant_id=one.participant_id, benefit=one.benefit, line_id="", payer=payer, amount=money
                )


class _Pool:
    """One competition: everybody who draws on the same lines, in order, until the money ends."""

    def __init__(
        self,
        event: Event,
        book: LineBook,
        members: Sequence[tuple[Decision, tuple[Demand, ...]]],
        people: Mapping[str, Candidate],
        selection: ActiveSelection | None,
    ) -> None:
        self.event, self.book = event, book
        self.changed: dict[tuple[str, str], Decision] = {}
        self.charges: list[Charge] = []
        self.marks: list[Funding] = []
        self.findings: list[Finding] = []
        self._demands = {decision.participant_id: demands for decision, demands in members}
        self._decisions = {decision.participant_id: decision for decision, _ in members}
        self._starts = list(dict.fromkeys(one.start for _, demands in members for one in demands))
        self._at = dict.fromkeys(self._starts, 0)
        self._left = {line: book.limits.get(line) for start in self._starts for line in book.chains[start]}
        self._short: dict[str, Decimal] = {}
        ranked = self._order(people, selection) if selection is not None and self._binds() else None
        if ranked is None and all(book.is_plain(start) for start in self._starts):
            self.charges = [
                self._charge(id, one, one.start) for id, demands in self._demands.items() for one in demands
            ]
        elif ranked is None:
            for one in self._decisions:
                self._pay(one, overflow=True)
        elif selection is not None:
            self._mark(ranked, selection)

    def _binds(self) -> bool:
        asked: defaultdict[str, Decimal] = defaultdict(Decimal)
        for demands in self._demands.values():
            for one in demands:
                asked[one.start] += one.money.amount
        return any(
            all(self._left[line] is not None for line in self.book.chains[start])
            and amount > sum((self._left[line] or Decimal(0) for line in self.book.chains[start]), Decimal(0))
            for start, amount in asked.items()
        ) or any(len(self.book.chains[start]) > 1 for start in self._starts)

    def _order(self, people: Mapping[str, Candidate], selection: ActiveSelection) -> Sequence[Ranked] | None:
        contenders = tuple(
            Contender(
                candidate=people[id],
                decision=one,
                amount=total((demand.money for demand in self._demands[id]), self.event.currency),
            )
            for id, one in self._decisions.items()
        )
        order, finding = order_of(selection, contenders, self._ceiling(), self.event, self._lines_said())
        if finding is not None:
            self.findings.append(finding)
        return order

    def _ceiling(self) -> Money:
        lines = [line for start in self._starts for line in self.book.chains[start]]
        return Money(sum((self.book.limits.get(line, Decimal(0)) for line in lines), Decimal(0)), self.event.currency)

    def _lines_said(self) -> str:
        return " + ".join(line for start in self._starts for line in self.book.chains[start])

    def _pay(self, id: str, *, overflow: bool) -> str | None:
        """Charges one person's cost; the line that lacks money when it does not reach them. With `overflow` the last
        line of a chain bears what no line holds."""
        found: list[tuple[Demand, str]] = []
        for one in self._demands[id]:
            line = self._line_for(one, id)
            if line is None:
                lacking = self.book.chains[one.start][-1]
                if not overflow:
                    return lacking
                barred = self.book.barred(self._decisions[id])
                line = lacking if self.book.lines[lacking].sponsor not in barred else one.start
            found.append((one, line))
        for one, line in found:
            left = self._left[line]
            if left is not None:
                self._left[line] = left - one.money.amount
            self.charges.append(self._charge(id, one, line))
        self._repaid(id, found)
        return None

    def _charge(self, id: str, demand: Demand, line: str) -> Charge:
        return Charge(
            participant_id=id,
            benefit=self.book.benefit,
            line_id=line,
            payer=self.book.lines[line].sponsor,
            amount=demand.money,
        )

    def _line_for(self, demand: Demand, id: str) -> str | None:
        """The line that holds a cost of a person. A line that does not is used up for everybody who follows; one whose
        sponsor does not pay for this person is passed over for them alone."""
        chain = self.book.chains[demand.start]
        for at in range(self._at[demand.start], len(chain)):
            if at > 0 and self.book.lines[chain[at]].sponsor in self.book.barred(self._decisions[id]):
                continue
            if self._holds(chain[at], demand):
                return chain[at]
            if at == self._at[demand.start] and at + 1 < len(chain):
                self._at[demand.start] = at + 1
        return None

    def _holds(self, line: str, demand: Demand) -> bool:
        left = self._left[line]
        return left is None or demand.money.amount <= left

    def _passed_over(self, id: str) -> bool:
        """Whether money is left for this person on a line that does not pay for them, and for others would."""
        barred = self.book.barred(self._decisions[id])
        return any(
            self.book.lines[line].sponsor in barred and self._holds(line, one)
            for one in self._demands[id]
            for line in self.book.chains[one.start][self._at[one.start] :]
        )

    def _repaid(self, id: str, found: Sequence[tuple[Demand, str]]) -> None:
        """The decision with the sponsors of the lines that pay it."""
        lines = self.book.lines
        if all(one.payer == lines[line].sponsor and lines[one.start].share is None for one, line in found):
            return
        decision = self._decisions[id]
        grant = decision.grant
        assert grant is not None
        paying = {one.payer: lines[line].sponsor for one, line in found}
        if any(lines[one.start].share is not None for one, _ in found):
            parts = tuple(
                replace(grant, payer=lines[line].sponsor, share=lines[one.start].share or 100) for one, line in found
            )
        else:
            parts = tuple(_moved(part, paying) for part in decision.parts or (grant,))
        first = parts[0].payer
        self.changed[id, decision.benefit] = replace(decision, grant=replace(grant, payer=first), parts=parts)

    def _mark(self, order: Sequence[Ranked], selection: ActiveSelection) -> None:
        """A mark for everybody in the order, as long as somebody is beyond it."""
        lacking, waiting = "", 0
        asked: defaultdict[str, Decimal] = defaultdict(Decimal)
        for position, one in enumerate(order, 1):
            line = None if lacking else self._pay(one.participant_id, overflow=False)
            if line is not None and not self._passed_over(one.participant_id):
                lacking = line
            reached = not lacking and line is None
            if not reached:
                waiting += 1
                for demand in self._demands[one.participant_id]:
                    asked[demand.start] += demand.money.amount
            last = line or lacking or self._charged_line(one.participant_id)
            self.marks.append(
                Funding(
                    participant_id=one.participant_id,
                    benefit=self._decisions[one.participant_id].benefit,
                    line=last,
                    selection=selection.name,
                    position=position,
                    reached=reached,
                    reason=one.reason,
                    values=one.values,
                    amount=self._decisions[one.participant_id].amount,
                    in_line=0 if reached else waiting,
                    needed=None if reached else Money(self._needed(asked), self.event.currency),
                )
            )
        if not waiting:
            self.marks = []
            return
        self.findings.append(self._beyond(selection))

    def _charged_line(self, id: str) -> str:
        return next((one.line_id for one in reversed(self.charges) if one.participant_id == id), self._starts[0])

    def _needed(self, asked: Mapping[str, Decimal]) -> Decimal:
        """What the lines lack for all who wait so far."""
        lacking = Decimal(0)
        for start, amount in asked.items():
            left = self._left[self.book.chains[start][-1]]
            lacking += max(Decimal(0), amount - (left or Decimal(0))) if left is not None else Decimal(0)
        return lacking

    def _beyond(self, selection: ActiveSelection) -> Finding:
        beyond = [one.participant_id for one in self.marks if not one.reached]
        lines = [line for start in self._starts for line in self.book.chains[start]]
        title: Text | str = self.book.lines[lines[0]].title if len(lines) == 1 else ", ".join(lines)
        values: dict[str, object] = {
            "line": title,
            "ceiling": self._ceiling(),
            "planned": total((one.money for demands in self._demands.values() for one in demands), self.event.currency),
            "selection": selection.selection.title,
            "reached": len(self.marks) - len(beyond),
            "count": len(self.marks),
            "people": ", ".join(beyond),
        }
        return Finding(severity=Severity.WARNING, code="budget-beyond", message=BEYOND, values=values)


def _moved(part: Grant, paying: Mapping[str, str]) -> Grant:
    return replace(part, payer=paying.get(part.payer, part.payer))
