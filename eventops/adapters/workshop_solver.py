"""Workshop groups by HiGHS, an exact solver of linear problems over whole numbers; comes with eventops[solver].

One thread, a seed and a limit in branches of the search, not in seconds: the same question has the same answer.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from random import Random
from typing import Any

from eventops.adapters.solver import quiet
from eventops.domain.hosting.workshops_cost import UNBALANCED, Balance, costs_of, total_cost
from eventops.domain.hosting.workshops_flow import filled
from eventops.domain.hosting.workshops_values import Answer, Question
from eventops.errors import NotUsable

METHOD = "highs"
LIMIT_ROUNDS = 40
# Rounds without any gain after which the rest would hardly bring one.
VAIN_ROUNDS = 10
LIMIT_BRANCHES = 3
LIMIT_SECONDS = 120.0
# People: so many are put in whole at once; of more, some in a round, few enough to be easy for the solver.
AT_ONCE = 80
IN_A_ROUND = 40
_GAP = 0.005
_CLOSE = 1e-6
Row = tuple[float, float, list[tuple[int, float]]]


def has_solver() -> bool:
    return find_spec("highspy") is not None


def solved(question: Question, seed: int = 0, limit: int = LIMIT_ROUNDS) -> Answer:
    """The best arrangement found, never worse than the plain one, with the bound that was proven.

    The whole question without whole numbers gives the bound; then, round after round, some people are taken out and
    put back in the best way, the others staying where they are. Small questions are solved whole at once.
    Errors: NotUsable when HiGHS is not installed, or when it ran into the clock: what it has then hangs on the machine.
    """
    if not has_solver():
        raise NotUsable("There is no solver here; run pip install eventops[solver], or leave --solver out")
    with quiet():
        return _improved(question, seed, limit)


def _improved(question: Question, seed: int, limit: int) -> Answer:
    """The plain answer, improved round by round."""
    plain = filled(question, seed)
    if not question.seekers or not question.workshops:
        return plain
    everybody = tuple(range(len(question.seekers)))
    places, cost = list(plain.places), plain.cost
    bound = max(_Model(question, places, everybody).bound(seed), plain.bound)
    chance, vain = Random(seed), 0
    for _ in range(limit):
        if cost <= bound + _CLOSE or vain == VAIN_ROUNDS:
            break
        moving = everybody if len(everybody) <= AT_ONCE else tuple(sorted(chance.sample(everybody, IN_A_ROUND)))
        tried = _Model(question, places, moving).best(seed)
        worth = round(total_cost(question, tried), 6)
        if worth < cost:
            places, cost, vain = tried, worth, 0
        elif moving == everybody:
            break
        else:
            vain += 1
    return Answer(places=tuple(places), cost=cost, bound=min(bound, cost), method=METHOD, seed=seed, limit=limit)


class _Model:
    """The question as a linear problem over those who may move; the others count where they are.

    Columns: everybody who moves in every place; the size of each workshop; then, for each trait in each workshop, how
    many there are too many and too few. By way of the sizes the rows stay sparse, without which it takes minutes.
    """

    def __init__(self, question: Question, places: Sequence[int | None], moving: Sequence[int]) -> None:
        self.question = question
        self.places = list(places)
        self.moving = list(moving)
        self.width = len(question.workshops) + 1
        self.costs = costs_of(question)
        there = [one for one in places if one is not None]
        self.staying = Balance(
            question, [None if number in set(moving) else place for number, place in enumerate(places)]
        )
        self.shares = Balance(question, places)
        self.traits = sorted({(d, t) for one in question.seekers for d, t in enumerate(one.traits)})
        self.placed = max(len(there), 1)

    def bound(self, seed: int) -> float:
        """What no arrangement can cost less than: the problem without whole numbers. The shares are those of everybody,
        so it is only given where everybody has a place."""
        if any(place is None for place in self.places):
            return 0.0
        solver = self._solver(seed, whole=False)
        return float(solver.getInfo().objective_function_value) - _CLOSE

    def best(self, seed: int) -> list[int | None]:
        """The places with those who move put in the best way."""
        solver = self._solver(seed, whole=True)
        values = solver.getSolution().col_value
        found = list(self.places)
        for at, number in enumerate(self.moving):
            own = values[at * self.width : (at + 1) * self.width]
            best = max(range(self.width), key=lambda place: own[place])
            found[number] = None if best == self.width - 1 else best
        return found

    def _solver(self, seed: int, *, whole: bool) -> Any:
        import highspy  # with numpy, 0.2 s: only here

        module: Any = highspy  # its types are partial
        solver = module.Highs()
        solver.setOptionValue("output_flag", False)
        for name, value in (
            ("threads", 1),
            ("random_seed", seed % 2**31),
            ("mip_max_nodes", LIMIT_BRANCHES),
            ("mip_rel_gap", _GAP),
            ("time_limit", LIMIT_SECONDS),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(self._lp(highspy, whole))
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise NotUsable(
                "The solver ran for {seconds} seconds without reaching its own limit, so its answer would hang on the "
                "machine; use --solver plain",
                seconds=LIMIT_SECONDS,
            )
        return solver

    def _lp(self, highspy: Any, whole: bool) -> Any:
        import numpy

        rows = [*self._one_place_each(), *self._capacities(), *self._sizes(), *self._deviations()]
        workshops = len(self.question.workshops)
        people, extra = len(self.moving) * self.width, (1 + 2 * len(self.traits)) * workshops
        own = [float(cost) for number in self.moving for cost in self.costs[number]]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = people + extra, len(rows)
        lp.col_cost_ = numpy.array(own + [0.0] * workshops + [UNBALANCED] * (extra - workshops))
        lower, upper = numpy.zeros(people + extra), numpy.ones(people + extra)
        upper[people:] = float(len(self.question.seekers))
        for at, number in enumerate(self.moving):
            fixed = self.question.seekers[number].fixed
            if fixed is not None and self.places[number] == fixed:
                lower[at * self.width + fixed] = 1.0
        lp.col_lower_, lp.col_upper_ = lower, upper
        lp.row_lower_ = numpy.array([low for low, _, _ in rows])
        lp.row_upper_ = numpy.array([high for _, high, _ in rows])
        starts = numpy.cumsum([0, *(len(cells) for _, _, cells in rows)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = numpy.array([column for _, _, cells in rows for column, _ in cells])
        lp.a_matrix_.value_ = numpy.array([factor for _, _, cells in rows for _, factor in cells])
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * people + [highspy.HighsVarType.kContinuous] * extra
        return lp

    def _one_place_each(self) -> Iterator[Row]:
        for at in range(len(self.moving)):
            yield 1.0, 1.0, [(at * self.width + place, 1.0) for place in range(self.width)]

    def _capacities(self) -> Iterator[Row]:
        for place, limit in enumerate(self.question.capacities):
            if limit is not None:
                left = float(limit - self.staying.sizes[place])
                yield 0.0, max(left, 0.0), [(at * self.width + place, 1.0) for at in range(len(self.moving))]

    def _sizes(self) -> Iterator[Row]:
        """Each workshop's size is those who stay and those who move in."""
        for place in range(len(self.question.workshops)):
            moving = ((at * self.width + place, -1.0) for at in range(len(self.moving)))
            stays = float(self.staying.sizes[place])
            yield stays, stays, [*moving, (len(self.moving) * self.width + place, 1.0)]

    def _deviations(self) -> Iterator[Row]:
        """count − share × size = too many − too few."""
        sizes = len(self.moving) * self.width
        first = sizes + len(self.question.workshops)
        for at, (dimension, trait) in enumerate(self.traits):
            share = self.shares.totals.get((dimension, trait), 0) / self.placed
            traits = [self.question.seekers[number].traits[dimension : dimension + 1] for number in self.moving]
            has = [n for n, own in enumerate(traits) if own == (trait,)]
            for place in range(len(self.question.workshops)):
                column = first + 2 * (at * len(self.question.workshops) + place)
                there = -float(self.staying.counts[place].get((dimension, trait), 0))
                cells = [(n * self.width + place, 1.0) for n in has]
                yield there, there, [*cells, (sizes + place, -share), (column, -1.0), (column + 1, 1.0)]
