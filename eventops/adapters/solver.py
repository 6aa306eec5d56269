"""HiGHS as the solver of small integer problems: one thread, a limit in nodes, the same answer for the same question.

The clock only aborts, and the answer says when it did.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from eventops.errors import NotUsable

UNLIMITED = 1e30


class Row(Struct, frozen=True, kw_only=True):
    """One condition: the sum of coefficient × column lies between `least` and `most`."""

    least: float
    most: float
    entries: tuple[tuple[int, float], ...]


class Problem(Struct, frozen=True, kw_only=True):
    """Whole numbers from 0 to `most` for every column, at the least sum of costs."""

    costs: tuple[float, ...]
    most: tuple[int, ...]
    rows: tuple[Row, ...]


class Solution(Struct, frozen=True, kw_only=True):
    """The best answer found. `bound`: no answer costs less. `nodes` looked at."""

    values: tuple[int, ...]
    cost: float
    bound: float
    nodes: int
    complete: bool
    stopped_by_clock: bool


def require_solver() -> Any:
    """The library. Errors: NotUsable when it is not installed."""
    try:
        import highspy  # 0.1 s with numpy: only for who asks for a solver
    except ImportError as error:
        raise NotUsable(
            'The solver is not installed; run pip install "eventops[solver]", or do without: the plan has rooms and '
            "rides anyway"
        ) from error
    return highspy


def minimised(problem: Problem, *, seed: int, limit: int, seconds: float) -> Solution | None:
    """The cheapest answer within the limit, or None where there is none. Errors: NotUsable without the library."""
    highspy = require_solver()
    with quiet():
        return _run(highspy, problem, seed=seed, limit=limit, seconds=seconds)


def _run(highspy: Any, problem: Problem, *, seed: int, limit: int, seconds: float) -> Solution | None:
    import numpy

    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
        ("mip_max_nodes", limit),
        ("mip_rel_gap", 0.0),
        ("time_limit", float(seconds)),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, numpy, problem))
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    values = tuple(round(value) for value in solver.getSolution().col_value)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return Solution(
        values=values,
        cost=info.objective_function_value,
        bound=info.mip_dual_bound,
        nodes=int(info.mip_node_count),
        complete=status == highspy.HighsModelStatus.kOptimal,
        stopped_by_clock=status == highspy.HighsModelStatus.kTimeLimit,
    )


@contextmanager
def quiet() -> Iterator[None]:
    """HiGHS greets on the standard output of the process, where only results may stand."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        # What C has written and not yet handed on would come after the curtain.
        ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _model(highspy: Any, numpy: Any, problem: Problem) -> Any:
    model = highspy.HighsLp()
    columns = len(problem.costs)
    model.num_col_, model.num_row_ = columns, len(problem.rows)
    model.col_cost_ = numpy.array(problem.costs, dtype=float)
    model.col_lower_ = numpy.zeros(columns)
    model.col_upper_ = numpy.array(problem.most, dtype=float)
    model.row_lower_ = numpy.array([row.least for row in problem.rows], dtype=float)
    model.row_upper_ = numpy.array([row.most for row in problem.rows], dtype=float)
    starts = [0]
    for row in problem.rows:
        starts.append(starts[-1] + len(row.entries))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    model.a_matrix_.index_ = numpy.array([at for row in problem.rows for at, _ in row.entries], dtype=numpy.int32)
    model.a_matrix_.value_ = numpy.array([one for row in problem.rows for _, one in row.entries], dtype=float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return model
