"""What is wrong with the budget of an event: lines that take over from each other, shares, and who comes first."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from eventops.domain.event import Event
from eventops.domain.texts import Text

if TYPE_CHECKING:
    from eventops.domain.event_checks import EventProblem

RANKED_BY = ("distance", "inclusion", "rural", "age", "cost", "registered")
"""What a ranking may go by, beside the questions of plugins, which have a point in their name."""


def budget_problems(
    event: Event, problem: "Callable[..., EventProblem]", unknown: "Callable[..., EventProblem]"
) -> "Iterator[EventProblem]":
    """The problems; `problem` and `unknown` make one of a place in the event."""
    yield from _chains(event, problem, unknown)
    yield from _shares(event, problem)
    yield from _rankings(event, problem)


def _chains(
    event: Event, problem: "Callable[..., EventProblem]", unknown: "Callable[..., EventProblem]"
) -> "Iterator[EventProblem]":
    after = {line.id: line.after for line in event.budget}
    claimed: dict[str, str] = {}
    for at, line in enumerate(event.budget):
        if not line.after:
            continue
        path = ("budget", at, "after")
        same = [one.id for one in event.budget if one.benefit == line.benefit and one.id != line.id]
        if line.after not in same:
            yield unknown(event, path, line.after, same)
            continue
        if line.share is not None:
            message = Text(
                "{where} is {seen}; a line that takes over has the share of the line before it, so leave it out"
            )
            yield problem(event, "event-budget", ("budget", at, "share"), message, seen=line.share)
        if line.after in claimed:
            message = Text("{where} is {seen}, which {other} takes over from already; one line follows another")
            yield problem(event, "event-budget", path, message, seen=line.after, other=claimed[line.after])
        claimed.setdefault(line.after, line.id)
        seen = [line.id]
        while (before := after.get(seen[-1], "")) and before not in seen:
            seen.append(before)
        if before:
            message = Text("{where} is {seen}, which takes over from this line in turn; one of them must come first")
            yield problem(event, "event-budget", path, message, seen=line.after)


def _shares(event: Event, problem: "Callable[..., EventProblem]") -> "Iterator[EventProblem]":
    for at, line in enumerate(event.budget):
        if line.share is not None and not 0 < line.share <= 100:
            message = Text("{where} is {seen}, but a share is from 1 to 100 per cent")
            yield problem(event, "event-budget", ("budget", at, "share"), message, seen=line.share)
    for benefit in sorted({line.benefit for line in event.budget}):
        shares = [(at, one.share) for at, one in enumerate(event.budget) if one.benefit == benefit and one.share]
        if shares and sum(share for _, share in shares) != 100:
            message = Text("{where}: the shares of {benefit} sum to {seen} per cent, but should to 100")
            seen = sum(share for _, share in shares)
            path = ("budget", shares[-1][0], "share")
            yield problem(event, "event-budget", path, message, seen=seen, benefit=benefit)


def _rankings(event: Event, problem: "Callable[..., EventProblem]") -> "Iterator[EventProblem]":
    ranked: set[str] = set()
    for at, one in enumerate(event.rankings):
        if one.benefit in ranked or one.benefit in event.selections:
            message = Text("{where} is {seen}, for which the event says already who comes first; keep one of the two")
            yield problem(event, "event-ranking", ("rankings", at, "benefit"), message, seen=one.benefit)
        ranked.add(one.benefit)
        for key, names in (("by", one.by), ("ties", one.ties)):
            for number, name in enumerate(names):
                plain = name.removeprefix("-")
                if plain not in RANKED_BY and "." not in plain:
                    message = Text(
                        "{where} is {seen}, but should be one of {known}, or a question of a plugin by its whole name"
                    )
                    known = ", ".join(RANKED_BY)
                    yield problem(
                        event, "event-choice", ("rankings", at, key, number), message, seen=name or '""', known=known
                    )
        if not one.by:
            message = Text("{where} is empty, but should name what decides who comes first, such as {example}")
            yield problem(event, "event-ranking", ("rankings", at, "by"), message, example="distance")
        for number, quota in enumerate(one.quotas):
            if not 0 < quota.at_least <= 100:
                message = Text("{where} is {seen}, but a share is from 1 to 100 per cent")
                path = ("rankings", at, "quotas", number, "at_least")
                yield problem(event, "event-ranking", path, message, seen=quota.at_least)
