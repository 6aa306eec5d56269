"""Which vehicle goes by which towns, by a solver: never worse than the plain rides, hour by hour."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from eventops.adapters.solver import UNLIMITED, Problem, Row, minimised, require_solver
from eventops.domain.event import Event
from eventops.domain.hosting.pickups import accepted, pickups_of
from eventops.domain.hosting.pickups_fleet import Fleet
from eventops.domain.hosting.pickups_kept import kept_rides
from eventops.domain.hosting.pickups_patterns import WavePatterns, rides_from, wave_patterns
from eventops.domain.hosting.pickups_routes import waves_of
from eventops.domain.hosting.pickups_values import KeptRide, Pickups, RidePlan
from eventops.domain.rules import Journey


class SolvedRides(Struct, frozen=True, kw_only=True):
    """The answer: the rides to keep, and the pick-ups they make beside the plain ones. `nodes` looked at, `patterns`
    in all."""

    rides: tuple[KeptRide, ...]
    pickups: Pickups
    plain: Pickups
    nodes: int
    patterns: int
    stopped_by_clock: bool


def solved(event: Event, journeys: Sequence[Journey], *, seed: int, limit: int, seconds: float) -> SolvedRides:
    """The rides a solver finds, everybody it can first, then the least cost. Errors: NotUsable without the library."""
    require_solver()
    plain = pickups_of(event, journeys)
    own = accepted(plain)
    vehicles = [one for one in event.vehicles if one.count]
    fleet = Fleet(vehicles, event.venue.point)
    found: list[KeptRide] = []
    nodes = patterns = 0
    stopped = False
    for wave in waves_of(journeys, max((one.capacity for one in vehicles), default=1)) if vehicles else ():
        model = wave_patterns(fleet, wave, own)
        problem = _problem(model)
        answer = minimised(problem, seed=seed, limit=limit, seconds=seconds) if model.patterns else None
        rides = _rides(model, answer.values) if answer is not None else []
        taken, _ = kept_rides(fleet, wave, rides)
        fleet.keep(wave, taken)
        found += rides
        patterns += len(model.patterns)
        if answer is not None:
            nodes += answer.nodes
            stopped = stopped or answer.stopped_by_clock
    better = pickups_of(event, journeys, [_plan(event, found)])
    if _score(better) >= _score(plain):
        better, found = plain, list(own)
    return SolvedRides(
        rides=tuple(found), pickups=better, plain=plain, nodes=nodes, patterns=patterns, stopped_by_clock=stopped
    )


def _score(pickups: Pickups) -> tuple[int, Decimal]:
    """The smaller the better: people without a seat, then money."""
    return len(pickups.unserved), sum((one.cost.amount for one in pickups.rides), Decimal(0))


def _plan(event: Event, rides: Sequence[KeptRide]) -> RidePlan:
    return RidePlan(id="", at=event.agenda[0].starts_at if event.agenda else rides[0].at, rides=tuple(rides))


def _problem(model: WavePatterns) -> Problem:
    """A column for every pattern, then one for every town of it (who gets in there), then one for every town (who is
    left). A seat is worth more than any ride."""
    dearest = 2 * max((one.cost for one in model.patterns), default=0.0) + 1
    costs, most = [], []
    for one in model.patterns:
        costs.append(one.cost)
        most.append(len(model.kinds[one.kind].units))
    of_town: list[list[tuple[int, float]]] = [[] for _ in model.towns]
    rows: list[Row] = []
    for at, one in enumerate(model.patterns):
        vehicle = model.kinds[one.kind].vehicle
        seats = [(len(costs) + place, 1.0) for place in range(len(one.towns))]
        for town, (column, _) in zip(one.towns, seats, strict=True):
            costs.append(0.0)
            most.append(len(model.towns[town].people))
            of_town[town].append((column, 1.0))
        rows.append(Row(least=-UNLIMITED, most=0.0, entries=(*seats, (at, -float(vehicle.capacity)))))
        rows.append(Row(least=0.0, most=UNLIMITED, entries=(*seats, (at, -float(vehicle.least_passengers)))))
    for town, group in enumerate(model.towns):
        people = float(len(group.people))
        rows.append(Row(least=people, most=people, entries=(*of_town[town], (len(costs), 1.0))))
        costs.append(dearest)
        most.append(len(group.people))
    for number, kind in enumerate(model.kinds):
        used = tuple((at, 1.0) for at, one in enumerate(model.patterns) if one.kind == number)
        rows.append(Row(least=0.0, most=float(len(kind.units)), entries=used))
    return Problem(costs=tuple(costs), most=tuple(most), rows=tuple(rows))


def _rides(model: WavePatterns, values: Sequence[int]) -> list[KeptRide]:
    at = len(model.patterns)
    seats: list[Sequence[int]] = []
    for one in model.patterns:
        seats.append(values[at : at + len(one.towns)])
        at += len(one.towns)
    return rides_from(model, values[: len(model.patterns)], seats)
