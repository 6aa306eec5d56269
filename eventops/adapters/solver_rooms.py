"""Who sleeps in which room, by a solver: never worse than the plain assignment, with a bound that shows how good."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from eventops.adapters.solver import UNLIMITED, Problem, Row, minimised, require_solver
from eventops.domain.hosting.rooms import ListedBed
from eventops.domain.hosting.rooms_assign import Assigned, Lodgers, Score, assigned, score
from eventops.domain.hosting.rooms_patterns import NightDemand, Patterns, night_demands, patterns_of, rooms_from


class SolvedRooms(Struct, frozen=True, kw_only=True):
    """The answer. Units: `bound` in the least amount of the currency, what rooms for these people cost at the least;
    `gap` the part of the price above it."""

    rooms: Mapping[tuple[str, date], str]
    score: Score
    plain: Score
    bound: int
    gap: float
    nodes: int
    patterns: int
    stopped_by_clock: bool


def solved(lodgers: Lodgers, *, seed: int, limit: int, seconds: float) -> SolvedRooms:
    """The rooms a solver finds; what is placed by hand or kept stays. Errors: NotUsable without the library."""
    require_solver()
    plain = assigned(lodgers)
    plain_score = score(lodgers, plain.rooms)
    model = patterns_of(lodgers, plain)
    answer = minimised(_problem(model), seed=seed, limit=limit, seconds=seconds)
    best, rooms = plain_score, dict(plain.rooms)
    if answer is not None:
        found = _completed(lodgers, plain, rooms_from(model, answer.values[: len(model.patterns)]))
        found_score = score(lodgers, found.rooms)
        if found_score < plain_score:
            best, rooms = found_score, dict(found.rooms)
    bound = _bound(lodgers, rooms, seed=seed, seconds=seconds)
    return SolvedRooms(
        rooms=rooms,
        score=best,
        plain=plain_score,
        bound=bound,
        gap=(best.price - bound) / best.price if best.price else 0.0,
        nodes=answer.nodes if answer is not None else 0,
        patterns=len(model.patterns),
        stopped_by_clock=answer is None or answer.stopped_by_clock,
    )


def _problem(model: Patterns) -> Problem:
    """A column for every pattern, then one for every kind of party that stays without a bed."""
    dearest = max((one.cost for one in model.patterns), default=0) + 1
    first_left = len(model.patterns)
    costs = [float(one.cost) for one in model.patterns]
    costs += [float(10 * dearest * sum(kind.load.values())) for kind in model.kinds]
    most = [len(model.bases[one.base].rooms) for one in model.patterns] + [len(kind.parties) for kind in model.kinds]
    of_kind: list[list[tuple[int, float]]] = [[(first_left + at, 1.0)] for at in range(len(model.kinds))]
    of_base: list[list[tuple[int, float]]] = [[] for _ in model.bases]
    for at, pattern in enumerate(model.patterns):
        of_base[pattern.base].append((at, 1.0))
        for kind, count in pattern.kinds:
            of_kind[kind].append((at, float(count)))
    rows = [
        Row(least=len(kind.parties), most=len(kind.parties), entries=tuple(entries))
        for kind, entries in zip(model.kinds, of_kind, strict=True)
    ]
    rows += [
        Row(least=0, most=len(base.rooms), entries=tuple(entries))
        for base, entries in zip(model.bases, of_base, strict=True)
        if entries
    ]
    return Problem(costs=tuple(costs), most=tuple(most), rows=tuple(rows))


def _completed(lodgers: Lodgers, plain: Assigned, rooms: Mapping[tuple[str, date], str]) -> Assigned:
    """The solver's rooms with whoever it left out put where there is still a bed, by the plain assignment."""
    listed = tuple(ListedBed(participant_id=id, room=room, nights=(night,)) for (id, night), room in rooms.items())
    return assigned(replace(lodgers, listed=listed))


def _bound(lodgers: Lodgers, rooms: Mapping[tuple[str, date], str], *, seed: int, seconds: float) -> int:
    """The least that rooms for these people can cost, each night by itself."""
    return sum(_night_bound(one, seed=seed, seconds=seconds) for one in night_demands(lodgers, rooms))


def _night_bound(demand: NightDemand, *, seed: int, seconds: float) -> int:
    groups = [*demand.sharing, "alone"]
    columns = [(group, kind) for group in groups for kind in demand.types]
    rows = [
        Row(
            least=demand.sharing.get(group, demand.alone),
            most=UNLIMITED,
            entries=tuple(
                (at, 1.0 if group == "alone" else float(kind[0]))
                for at, (who, kind) in enumerate(columns)
                if who == group
            ),
        )
        for group in groups
    ]
    rows += [
        Row(least=0, most=kind[2], entries=tuple((at, 1.0) for at, (_, one) in enumerate(columns) if one == kind))
        for kind in demand.types
    ]
    costs = tuple(float(kind[1]) for _, kind in columns)
    most = tuple(kind[2] for _, kind in columns)
    answer = minimised(Problem(costs=costs, most=most, rows=tuple(rows)), seed=seed, limit=10_000, seconds=seconds)
    return 0 if answer is None else max(0, int(-(-answer.bound // 1)) if answer.bound == answer.bound else 0)
