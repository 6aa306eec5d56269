"""Chances for a draw under quotas, by a solver: leximin, and the nearest quotas that can hold (HiGHS).

People who count in the same quotas are alike to every fair draw, so they are put together as one kind: a panel is how
many of each kind are drawn, and everybody of a kind has the same chance. That keeps the programs as small as the
number of kinds, whatever the size of the pool.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from msgspec import Struct

from eventops import __version__
from eventops.domain.deciding.seat_lottery import Lots, Pool, PoolQuota, Relaxed, by_lot, fraction
from eventops.errors import NotUsable

TINY = 1e-7
NO_SOLVER = (
    "Drawing by {algorithm} needs the solver of the extra “lottery”; run pip install 'eventops[lottery]', "
    "or draw with --algorithm simple"
)

Panel = tuple[int, ...]


class Kind(Struct, frozen=True, kw_only=True):
    """Those of the pool who count in the same quotas."""

    quotas: tuple[str, ...]
    people: tuple[str, ...]


def highs(algorithm: str) -> Any:
    """The solver's module. Errors: NotUsable when it is not installed."""
    try:
        import highspy  # 0.2 s, and only draws need it
    except ImportError as error:
        raise NotUsable(NO_SOLVER, algorithm=algorithm) from error
    solver: Any = highspy  # its types are partial
    with _unheard():
        solver.Highs()
    return solver


@contextmanager
def _unheard() -> Iterator[None]:
    """Keeps the solver's first words, which it writes past Python, out of the answer on standard output."""
    kept = os.dup(1)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def kinds_of(pool: Pool) -> tuple[Kind, ...]:
    found: dict[tuple[str, ...], list[str]] = {}
    for id, quotas in pool.members.items():
        found.setdefault(quotas, []).append(id)
    return tuple(Kind(quotas=quotas, people=tuple(people)) for quotas, people in sorted(found.items()))


class _Program:
    """A linear program of the solver, quiet, on one thread, and the same each time."""

    def __init__(self, solver: Any) -> None:
        self.solver, self.model = solver, solver.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0)):
            self.model.setOptionValue(name, value)

    def variable(self, least: float, most: float, *, whole: bool = False) -> Any:
        types = self.solver.HighsVarType
        return self.model.addVariable(lb=least, ub=most, type=types.kInteger if whole else types.kContinuous)

    def require(self, condition: Any) -> None:
        self.model.addConstr(condition)

    def sum(self, terms: Sequence[Any]) -> Any:
        return self.model.qsum(terms)

    def best(self, objective: Any, *, most: bool) -> bool:
        """Whether there is an optimum."""
        (self.model.maximize if most else self.model.minimize)(objective)
        status = self.model.getModelStatus()
        return bool(status == self.solver.HighsModelStatus.kOptimal)

    def value(self, variable: Any) -> float:
        return float(self.model.val(variable))


class _Panels:
    """Which panels keep every quota, and the best of them by weights."""

    def __init__(self, solver: Any, pool: Pool, kinds: Sequence[Kind]) -> None:
        self.kinds, self.program = kinds, _Program(solver)
        self.counts = [self.program.variable(0, len(kind.people), whole=True) for kind in kinds]
        self.program.require(self.program.sum(self.counts) == pool.wanted)
        for quota in pool.quotas:
            inside = [one for one, kind in zip(self.counts, kinds, strict=True) if quota.id in kind.quotas]
            if inside:
                self.program.require(self.program.sum(inside) >= quota.at_least)
                self.program.require(self.program.sum(inside) <= quota.at_most)
        self.impossible = any(quota.at_least > quota.size for quota in pool.quotas)

    def best(self, weights: Sequence[float]) -> Panel | None:
        """The panel with the greatest weight, each kind's divided by its size; None when there is no panel at all."""
        terms = [
            weight / len(kind.people) * one for weight, kind, one in zip(weights, self.kinds, self.counts, strict=True)
        ]
        if self.impossible or not self.program.best(self.program.sum(terms), most=True):
            return None
        return tuple(round(self.program.value(one)) for one in self.counts)


def leximin_lots(pool: Pool, seed: int) -> Lots | None:
    """Lots by which the least chance is as great as the quotas allow, then the next least, and so on. None when no
    panel keeps the quotas. Errors: NotUsable without the solver."""
    solver = highs("leximin")
    kinds = kinds_of(pool)
    panels = _Panels(solver, pool, kinds)
    first = panels.best([1.0] * len(kinds)) if kinds else None
    if first is None:
        return None if pool.members else Lots(selected=(), probabilities={}, program=program_said())
    known = [first]
    fixed: dict[int, float] = {}
    while len(fixed) < len(kinds):
        least, duals, convexity = _stage(solver, kinds, known, fixed)
        better = panels.best(duals)
        if better is not None and better not in known and _weight(better, kinds, duals) > convexity + TINY:
            known.append(better)
            continue
        open_kinds = [n for n in range(len(kinds)) if n not in fixed]
        binding = [n for n in open_kinds if duals[n] > TINY] or [max(open_kinds, key=lambda n: duals[n])]
        fixed |= dict.fromkeys(binding, max(0.0, least))
    chances = _mixture(solver, kinds, known, fixed)
    return lots_from(kinds, known, chances, seed)


def _weight(panel: Panel, kinds: Sequence[Kind], weights: Sequence[float]) -> float:
    return sum(weight * count / len(kind.people) for weight, count, kind in zip(weights, panel, kinds, strict=True))


def _stage(
    solver: Any, kinds: Sequence[Kind], known: Sequence[Panel], fixed: Mapping[int, float]
) -> tuple[float, list[float], float]:
    """The greatest least chance of the kinds that are not fixed over the known panels, the weight of each kind in it,
    and the weight that no known panel exceeds. It is solved in its dual form, one row a panel."""
    program = _Program(solver)
    weights = [program.variable(0, solver.kHighsInf) for _ in kinds]
    most = program.variable(0, solver.kHighsInf)
    program.require(program.sum([one for n, one in enumerate(weights) if n not in fixed]) == 1)
    for panel in known:
        shares = [
            count / len(kind.people) * one for count, kind, one in zip(panel, kinds, weights, strict=True) if count
        ]
        program.require(program.sum(shares) - most <= 0)
    objective = most - program.sum([value * weights[n] for n, value in sorted(fixed.items())]) if fixed else 1 * most
    if not program.best(objective, most=False):
        raise NotUsable("The solver found no chances under these quotas; draw with --algorithm simple")
    least = float(program.model.getInfo().objective_function_value)
    return least, [program.value(one) for one in weights], program.value(most)


def _mixture(solver: Any, kinds: Sequence[Kind], known: Sequence[Panel], fixed: Mapping[int, float]) -> list[float]:
    """How often each panel is drawn, so that every kind has the chance that was fixed for it."""
    program = _Program(solver)
    often = [program.variable(0, 1) for _ in known]
    short = program.variable(0, 1)
    program.require(program.sum(often) == 1)
    for number, kind in enumerate(kinds):
        shares = [panel[number] / len(kind.people) * one for panel, one in zip(known, often, strict=True)]
        program.require(program.sum(shares) + short >= fixed[number])
    program.best(1 * short, most=False)
    return [max(0.0, program.value(one)) for one in often]


def lots_from(kinds: Sequence[Kind], known: Sequence[Panel], often: Sequence[float], seed: int) -> Lots:
    """One panel drawn by how often each comes, and in each kind as many people as it says, by lot."""
    mixed = sorted((panel, one) for panel, one in zip(known, often, strict=True) if one > TINY)
    total = sum(one for _, one in mixed)
    at, panel = fraction(f"{seed}/panel") * total, mixed[-1][0]
    for drawn, one in mixed:
        if at < one:
            panel = drawn
            break
        at -= one
    selected: list[str] = []
    probabilities: dict[str, float] = {}
    for number, kind in enumerate(kinds):
        selected += by_lot(kind.people, f"{seed}/kind")[: panel[number]]
        chance = sum(one * drawn[number] for drawn, one in mixed) / total / len(kind.people)
        probabilities |= dict.fromkeys(kind.people, chance)
    return Lots(selected=tuple(selected), probabilities=probabilities, program=program_said())


def program_said(*others: str) -> str:
    """The programs that drew, with their versions."""
    return ", ".join([f"eventops {__version__}", *(f"{one} {version(one)}" for one in (*others, "highspy"))])


def nearest_quotas(pool: Pool) -> tuple[Relaxed, ...]:
    """The quotas to change, as little as can be, so that a panel is possible. Errors: NotUsable without the solver."""
    solver = highs("leximin")
    kinds, program = kinds_of(pool), _Program(solver)
    counts = [program.variable(0, len(kind.people), whole=True) for kind in kinds]
    program.require(program.sum(counts) == pool.wanted)
    down, up = {}, {}
    for quota in pool.quotas:
        down[quota.id] = program.variable(0, max(0, quota.at_least), whole=True)
        up[quota.id] = program.variable(0, len(pool.members), whole=True)
        inside = [one for one, kind in zip(counts, kinds, strict=True) if quota.id in kind.quotas]
        program.require(program.sum([*inside, down[quota.id]]) >= quota.at_least)
        program.require(program.sum([*inside, -1 * up[quota.id]]) <= quota.at_most)
    # A quota that keeps few seats is the last to lose one.
    weighted = [(1 + 1 / (1 + quota.at_least)) * down[quota.id] for quota in pool.quotas]
    if not program.best(program.sum([*weighted, *(up[quota.id] for quota in pool.quotas)]), most=False):
        return ()
    changes = {one.id: (round(program.value(down[one.id])), round(program.value(up[one.id]))) for one in pool.quotas}
    return tuple(_relaxed(one, *changes[one.id]) for one in pool.quotas if any(changes[one.id]))


def _relaxed(quota: PoolQuota, down: int, up: int) -> Relaxed:
    return Relaxed(
        id=quota.id,
        title=quota.title,
        at_least=quota.at_least,
        at_most=quota.at_most,
        nearest_at_least=quota.at_least - down,
        nearest_at_most=quota.at_most + up,
    )
