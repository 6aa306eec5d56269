"""The budget lines of one benefit: where each payer's costs begin, which lines share, and what comes after what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.money import Money, divided
from eventops.domain.paying.budget import shares_of
from eventops.domain.rules import Decision, Effect, Ruling


class Demand(Struct, frozen=True):
    """A part of a cost and the first line of the chain that bears it."""

    start: str
    payer: str
    money: Money


class LineBook:
    """The lines of one benefit: where a payer's costs begin, which lines share, what comes after what."""

    def __init__(self, event: Event, benefit: str, limits: Mapping[str, Decimal]) -> None:
        self.lines = {line.id: line for line in event.budget if line.benefit == benefit}
        self.benefit = benefit
        self.limits = limits
        begins = [line for line in self.lines.values() if line.after not in self.lines]
        self.shared = [line for line in begins if line.share is not None]
        self.starts: dict[str, str] = {}
        for line in (*begins, *self.lines.values()):
            if line.share is None:
                self.starts.setdefault(line.sponsor, line.id)
        next_of = {line.after: line.id for line in reversed(self.lines.values()) if line.after in self.lines}
        self.chains = {line: _chain(line, next_of) for line in self.lines}
        # Many people share the very same rulings; they are kept, so that their number stays theirs.
        self._barred: dict[int, tuple[tuple[Ruling, ...], frozenset[str]]] = {}

    def is_plain(self, start: str) -> bool:
        """Whether all that begins at a line stays on it, with its sponsor, however full it is."""
        return len(self.chains[start]) == 1 and self.lines[start].share is None

    def barred(self, decision: Decision) -> frozenset[str]:
        """Those who do not pay for this person by a rule."""
        known = self._barred.get(id(decision.rulings))
        if known is None:
            known = self._barred[id(decision.rulings)] = decision.rulings, barred_payers(decision)
        return known[1]

    def demands(self, decision: Decision) -> tuple[Demand, ...]:
        """The parts of a decision's cost that a line bears, each with the line it begins at."""
        shares = shares_of(decision)
        if len(shares) == 1 and not self.shared:  # so it is for nearly everybody
            payer, money = shares[0]
            return (Demand(self.starts[payer], payer, money),) if payer in self.starts else ()
        barred = self.barred(decision)
        sharing = [line for line in self.shared if line.sponsor not in barred]
        payers = {payer for payer, _ in shares}
        if sharing and (payers & {line.sponsor for line in self.shared} or payers == {""}):
            amount = decision.amount
            assert amount is not None
            amounts = divided(amount, [line.share or 0 for line in sharing])
            return tuple(Demand(line.id, line.sponsor, money) for line, money in zip(sharing, amounts, strict=True))
        sums: dict[str, Money] = {}
        for payer, money in shares:
            if payer in self.starts:
                sums[payer] = sums[payer] + money if payer in sums else money
        return tuple(Demand(self.starts[payer], payer, money) for payer, money in sums.items())

    def pools(
        self, demanding: Sequence[tuple[Decision, tuple[Demand, ...]]]
    ) -> list[list[tuple[Decision, tuple[Demand, ...]]]]:
        """The decisions apart by the lines they compete for: those that share one line are in one pool."""
        root = {line: line for line in self.lines}

        def find(line: str) -> str:
            while root[line] != line:
                line = root[line]
            return line

        for chain in self.chains.values():
            for line in chain[1:]:
                root[find(line)] = find(chain[0])
        for _, demands in demanding:
            if len(demands) > 1:
                for other in demands[1:]:
                    root[find(other.start)] = find(demands[0].start)
        of_line = {line: find(line) for line in self.lines}
        pools: defaultdict[str, list[tuple[Decision, tuple[Demand, ...]]]] = defaultdict(list)
        for decision, demands in demanding:
            pools[of_line[demands[0].start]].append((decision, demands))
        return list(pools.values())


def _chain(start: str, next_of: Mapping[str, str]) -> tuple[str, ...]:
    chain = [start]
    while (following := next_of.get(chain[-1], "")) and following not in chain:
        chain.append(following)
    return tuple(chain)


def barred_payers(decision: Decision) -> frozenset[str]:
    """Those who do not pay for this person by a rule; nobody where a person decided by hand."""
    if any(ruling.plugin == "person" for ruling in decision.rulings):
        return frozenset()
    return frozenset(
        ruling.verdict.payer
        for ruling in decision.rulings
        if ruling.verdict.effect is Effect.EXCLUDES and ruling.verdict.payer
    )
