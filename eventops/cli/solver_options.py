"""What every command asks of a solver: its seed, and two limits."""

from collections.abc import Callable
from typing import Any

import click


def solver_options(limit: int, seconds: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--seed, --limit and --seconds with their usual values; the clock only stops a solver, the limit bounds it."""

    def added(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--seconds",
                type=click.FloatRange(1),
                default=seconds,
                show_default=True,
                help="Clock after which it is stopped.",
            ),
            click.option(
                "--limit",
                type=click.IntRange(1),
                default=limit,
                show_default=True,
                help="Nodes the solver may look at.",
            ),
            click.option(
                "--seed",
                type=click.IntRange(0, 2**31 - 1),
                default=1,
                show_default=True,
                help="Of the solver; the same seed, the same answer.",
            ),
        ):
            command = option(command)
        return command

    return added
