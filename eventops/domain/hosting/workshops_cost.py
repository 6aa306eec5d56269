"""What an arrangement of workshop groups costs, in points: the fewer, the better.

Being left out weighs most, then being moved away from a place on record, then the rank of a wish, then balance.
"""

from collections.abc import Sequence
from functools import cache

from eventops.domain.hosting.workshops_values import Question, Seeker

LEFT_OUT = 1_000_000
MOVED = 10_000
UNWISHED = 1_500
OTHER_LANGUAGE = 400
# One person too many or too few of a gender, region, category or language in one group.
UNBALANCED = 20.0


@cache
def wish_cost(rank: int) -> int:
    """The cost of the wish of that rank, counted from 0: each step down weighs a little more than the one before."""
    return min(100 * rank + 10 * rank * (rank - 1), UNWISHED - 1)


def place_cost(question: Question, seeker: Seeker, place: int | None) -> int:
    """The cost of one person in one workshop, None for none."""
    if place is None:
        return LEFT_OUT if seeker.current is None else LEFT_OUT + MOVED
    cost = 0
    if seeker.wishes:
        cost += wish_cost(seeker.wishes.index(place)) if place in seeker.wishes else UNWISHED
    if seeker.current is not None and place != seeker.current:
        cost += MOVED
    spoken = question.languages[place]
    if spoken and seeker.traits and seeker.traits[-1] and seeker.traits[-1] not in spoken:
        cost += OTHER_LANGUAGE
    return cost


def costs_of(question: Question) -> list[list[int]]:
    """The cost of every seeker in every workshop, the last column being none."""
    places = [*range(len(question.workshops)), None]
    return [[place_cost(question, seeker, place) for place in places] for seeker in question.seekers]


class Balance:
    """How evenly traits are spread over the groups: each group should have the share of everybody placed."""

    def __init__(self, question: Question, places: Sequence[int | None]) -> None:
        self.sizes = [0] * len(question.workshops)
        self.totals: dict[tuple[int, str], int] = {}
        self.counts: list[dict[tuple[int, str], int]] = [{} for _ in question.workshops]
        self.people = 0
        for seeker, place in zip(question.seekers, places, strict=True):
            if place is None:
                continue
            self.people += 1
            self.sizes[place] += 1
            for trait in enumerate(seeker.traits):
                self.totals[trait] = self.totals.get(trait, 0) + 1
                self.counts[place][trait] = self.counts[place].get(trait, 0) + 1

    def deviation(self) -> float:
        """How many people too many or too few there are, over all groups and traits."""
        people = max(self.people, 1)
        return sum(
            abs(self.counts[place].get(trait, 0) - size * total / people)
            for place, size in enumerate(self.sizes)
            for trait, total in sorted(self.totals.items())
        )

    def swap_change(self, one: Seeker, place: int, other: Seeker, beside: int) -> float:
        """How the deviation changes when two people of two groups change places."""
        people, change = self.people, 0.0
        for dimension, (mine, theirs) in enumerate(zip(one.traits, other.traits, strict=False)):
            if mine == theirs:
                continue
            for trait, here, there in (((dimension, mine), place, beside), ((dimension, theirs), beside, place)):
                share = self.totals[trait] / people
                left = self.counts[here].get(trait, 0) - self.sizes[here] * share
                grown = self.counts[there].get(trait, 0) - self.sizes[there] * share
                change += abs(left - 1) - abs(left) + abs(grown + 1) - abs(grown)
        return change

    def swap(self, one: Seeker, place: int, other: Seeker, beside: int) -> None:
        for seeker, here, there in ((one, place, beside), (other, beside, place)):
            for trait in enumerate(seeker.traits):
                self.counts[here][trait] -= 1
                self.counts[there][trait] = self.counts[there].get(trait, 0) + 1


def total_cost(question: Question, places: Sequence[int | None]) -> float:
    """The cost of an arrangement."""
    own = sum(place_cost(question, one, place) for one, place in zip(question.seekers, places, strict=True))
    return own + UNBALANCED * Balance(question, places).deviation()
