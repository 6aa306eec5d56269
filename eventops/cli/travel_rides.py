"""travel rides and solve: which vehicle fetches whom, how near that is to the best, and a solver for it."""

from typing import TYPE_CHECKING

import click

from eventops.cli.event_edits import dry_run_option
from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.cli.solver_options import solver_options
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.hosting.pickups_values import Pickups
    from eventops.domain.money import Money

BOUND = Text(
    "{rides} rides for {cost}. For the same people no rides can cost less than {least} (gap {gap} %) or be fewer than "
    "{vehicles}; at the least {unserved} would have no seat."
)
CLEARED = Text("The accepted rides are forgotten; the plan chooses them by itself.")
SOLVED = Text(
    "Rides {id}: {cost}, {unserved} without a seat; the plain rides cost {plain}, {plain_unserved} without a seat. For "
    "the same people nothing can cost less than {least} (gap {gap} %, seed {seed}, limit {limit} nodes)"
)


@click.command("rides", cls=Command)
@pass_shell
def list_rides(shell: Shell) -> None:
    """Which vehicle fetches whom, stop by stop, who has no seat and why, and the least any rides could cost."""
    from eventops.application.pickups import asked_journeys
    from eventops.application.views import money_view
    from eventops.domain.hosting.pickups import DIRECTIONS
    from eventops.domain.hosting.pickups_bound import ride_bound

    titles = {one.id: one for one in shell.event.vehicles}
    rows = []
    view: dict[str, list[dict[str, object]]] = {"rides": [], "unserved": []}
    for ride in shell.plan.pickups.rides:
        vehicle = titles[ride.vehicle]
        rows += [
            (
                ride.id,
                shell.say(vehicle.title) if vehicle.count == 1 else f"{shell.say(vehicle.title)} {ride.unit}",
                shell.say(DIRECTIONS[ride.direction]),
                f"{stop.at:%d/%m %H:%M}",
                shell.say(stop.name),
                ", ".join(stop.passengers),
                f"{len(ride.passengers)}/{vehicle.capacity}",
                round(ride.km),
                shell.wording.value(ride.cost),
            )
            for stop in ride.stops
        ]
        stops = [{"place": one.place, "at": one.at, "passengers": list(one.passengers)} for one in ride.stops]
        view["rides"].append(
            {
                "id": ride.id,
                "vehicle": ride.vehicle,
                "unit": ride.unit,
                "direction": ride.direction,
                "leaves_at": ride.leaves_at,
                "arrives_at": ride.arrives_at,
                "km": ride.km,
                "longest_minutes": ride.longest_minutes,
                "cost": money_view(ride.cost),
                "stops": stops,
            }
        )
    words = ("Ride", "Vehicle", "Direction", "At", "Stop", "People", "Seats taken", "km", "Cost")
    lines = table_lines([shell.say(word) for word in words], rows)
    for one in shell.plan.pickups.unserved:
        reason = shell.say(one.reason)
        said = shell.say("{person} is not fetched ({direction}): {reason}", person=one.participant_id,
                         direction=DIRECTIONS[one.direction], reason=one.reason)  # fmt: skip
        lines.append(said)
        view["unserved"].append({"participant": one.participant_id, "direction": one.direction, "reason": reason})
    if not view["rides"]:
        return shell.show({**view, "bound": None}, lines)
    bound = ride_bound(shell.event, asked_journeys(shell.plan), shell.plan.pickups)
    cost = _cost(shell, shell.plan.pickups)
    values = {
        "rides": len(view["rides"]),
        "cost": cost,
        "least": bound.cost,
        "gap": round(100 * bound.gap, 1),
        "vehicles": bound.vehicles,
        "unserved": bound.unserved,
    }
    lines.append(shell.say(BOUND, **values))
    told = {"cost": money_view(cost), "least_cost": money_view(bound.cost), "gap": bound.gap}
    shell.show({**view, "bound": {**told, "rides": bound.vehicles, "unserved": bound.unserved}}, lines)
    return None


@click.command("solve", cls=Command)
@solver_options(limit=20, seconds=120.0)
@click.option("--clear", is_flag=True, help="Forget the accepted rides: the plan chooses by itself.")
@dry_run_option
@pass_shell
def solve(shell: Shell, seed: int, limit: int, seconds: float, clear: bool, dry_run: bool) -> None:
    """Look for better rides with a solver (pip install "eventops[solver]") and keep its answer."""
    from eventops.application.pickups import asked_journeys, put_ride_plan, remove_ride_plans
    from eventops.domain.hosting.pickups_bound import ride_bound

    if clear:
        with shell.changing("travel solve clear", dry_run=dry_run) as change:
            if not remove_ride_plans(change):
                raise NotUsable("No rides were accepted, so there is nothing to forget")
        return shell.show({"cleared": True, "dry_run": dry_run}, [_tried(shell, dry_run, CLEARED)])
    from eventops.adapters.solver_rides import solved

    with shell.changing("travel solve", dry_run=dry_run) as change:
        plan = shell.plan
        if not plan.event.vehicles:
            raise NotUsable("The event has no vehicles; describe them under [[vehicles]] in the event file")
        journeys = asked_journeys(plan)
        answer = solved(plan.event, journeys, seed=seed, limit=limit, seconds=seconds)
        bound = ride_bound(plan.event, journeys, answer.pickups)
        made = put_ride_plan(change, shell.stamp("travel solve"), answer.rides, seed=seed, limit=limit, gap=bound.gap)
    if answer.stopped_by_clock:
        shell.note("The clock stopped the solver before its limit: another computer may find another answer")
    cost, plain = _cost(shell, answer.pickups), _cost(shell, answer.plain)
    view = {
        "id": made.id,
        "cost": cost.amount,
        "plain": plain.amount,
        "bound": bound.cost.amount,
        "gap": bound.gap,
        "unserved": len(answer.pickups.unserved),
        "plain_unserved": len(answer.plain.unserved),
        "seed": seed,
        "limit": limit,
        "stopped_by_clock": answer.stopped_by_clock,
        "dry_run": dry_run,
    }
    values = {**view, "cost": cost, "plain": plain, "least": bound.cost, "gap": round(100 * bound.gap, 1)}
    shell.show(view, [_tried(shell, dry_run, SOLVED, **values)])
    return None


def _cost(shell: Shell, pickups: "Pickups") -> "Money":
    from eventops.domain.money import total

    return total((one.cost for one in pickups.rides), shell.event.currency)


def _tried(shell: Shell, dry_run: bool, sentence: Text, /, **values: object) -> str:
    said = shell.say(sentence, **values)
    return shell.say("{sentence} (Only tried: nothing was changed.)", sentence=said) if dry_run else said
