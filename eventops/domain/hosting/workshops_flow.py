"""Filling workshops at the least cost of wishes: exact, by augmenting along the cheapest chain of moves."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise
from random import Random

from eventops.domain.hosting.workshops_cost import UNBALANCED, Balance, costs_of, total_cost
from eventops.domain.hosting.workshops_values import Answer, Question

STEPS_EACH = 60
MOST_STEPS = 60_000


class Filling:
    """People put into workshops one by one. After each, the cost of wishes is the least there is for those put in.

    With few workshops and many people it is quick: a chain of moves goes from workshop to workshop, and for each pair
    only the person who would move most cheaply counts.
    """

    def __init__(self, costs: Sequence[Sequence[int]], capacities: Sequence[int | None]) -> None:
        self.costs = costs
        self.free = [None if one is None else one for one in capacities] + [None]  # the last place is none at all
        self.place: dict[int, int] = {}
        count = len(self.free)
        self.movers: list[list[list[tuple[int, int]]]] = [[[] for _ in range(count)] for _ in range(count)]

    def fix(self, person: int, place: int) -> None:
        """Puts somebody where they stay. The caller has seen to it that there is room."""
        self.place[person] = place
        self._take(place)

    def put(self, person: int) -> None:
        """Puts somebody in, moving others on where that is cheaper for all."""
        own = self.costs[person]
        cheapest = min(range(len(own)), key=own.__getitem__)
        if self.has_room(cheapest):
            self._settle(person, cheapest)
            self._take(cheapest)
            return
        chain = self._cheapest_chain(own)
        self._take(chain[-1])
        for here, there in reversed(list(pairwise(chain))):
            mover = self._cheapest_mover(here, there)
            assert mover is not None
            self._settle(mover[1], there)
        self._settle(person, chain[0])

    def has_room(self, place: int) -> bool:
        free = self.free[place]
        return free is None or free > 0

    def _take(self, place: int) -> None:
        free = self.free[place]
        if free is not None:
            self.free[place] = free - 1

    def _settle(self, person: int, place: int) -> None:
        self.place[person] = place
        own = self.costs[person]
        for other in range(len(self.free)):
            if other != place:
                heappush(self.movers[place][other], (own[other] - own[place], person))

    def _cheapest_mover(self, here: int, there: int) -> tuple[int, int] | None:
        movers = self.movers[here][there]
        while movers and self.place[movers[0][1]] != here:
            heappop(movers)
        return movers[0] if movers else None

    def _cheapest_chain(self, own: Sequence[int]) -> list[int]:
        """The places a newcomer and those who make room go to, the last having room (Bellman and Ford)."""
        count = len(self.free)
        steps = [
            (here, there, mover[0])
            for here in range(count)
            for there in range(count)
            if here != there and (mover := self._cheapest_mover(here, there)) is not None
        ]
        distance, before = list(own), [-1] * count
        for _ in range(count):
            changed = False
            for here, there, cost in steps:
                if distance[here] + cost < distance[there]:
                    distance[there], before[there], changed = distance[here] + cost, here, True
            if not changed:
                break
        place = min((one for one in range(count) if self.has_room(one)), key=lambda one: (distance[one], one))
        chain = [place]
        while before[chain[-1]] >= 0:
            chain.append(before[chain[-1]])
        return chain[::-1]


def cheapest_places(question: Question, seed: int) -> list[int | None]:
    """The places of least cost without regard to balance. Fixed people beyond a capacity are treated as the others.

    `seed` decides among those who wish the same.
    """
    costs = costs_of(question)
    filling = Filling(costs, question.capacities)
    waiting = []
    for number, seeker in enumerate(question.seekers):
        if seeker.fixed is not None and filling.has_room(seeker.fixed):
            filling.fix(number, seeker.fixed)
        else:
            waiting.append(number)
    Random(seed).shuffle(waiting)
    for number in waiting:
        filling.put(number)
    last = len(question.workshops)
    return [None if filling.place[number] == last else filling.place[number] for number in range(len(costs))]


def balanced(question: Question, places: Sequence[int | None], seed: int, limit: int) -> list[int | None]:
    """The places after swaps that lower the whole cost, balance included; `limit` swaps are looked at."""
    found = list(places)
    movable = [
        number
        for number, seeker in enumerate(question.seekers)
        if found[number] is not None and (seeker.fixed is None or found[number] != seeker.fixed)
    ]
    if len(movable) < 2 or not any(seeker.traits for seeker in question.seekers):
        return found
    costs, balance, chance = costs_of(question), Balance(question, found), Random(seed)
    for _ in range(limit):
        one, other = movable[chance.randrange(len(movable))], movable[chance.randrange(len(movable))]
        here, there = found[one], found[other]
        if here is None or there is None or here == there:
            continue
        change = costs[one][there] - costs[one][here] + costs[other][here] - costs[other][there]
        first, second = question.seekers[one], question.seekers[other]
        if change > 0 and change > 8 * UNBALANCED * len(first.traits):
            continue  # no gain in balance makes up for it
        if change + UNBALANCED * balance.swap_change(first, here, second, there) < -1e-9:
            balance.swap(first, here, second, there)
            found[one], found[other] = there, here
    return found


def filled(question: Question, seed: int = 0, limit: int | None = None) -> Answer:
    """The groups without any solver: exact in wishes, then improved in balance. The bound is that of the wishes."""
    steps = limit if limit is not None else min(STEPS_EACH * len(question.seekers), MOST_STEPS)
    cheapest = cheapest_places(question, seed)
    costs = costs_of(question)
    last = len(question.workshops)
    bound = sum(costs[number][last if place is None else place] for number, place in enumerate(cheapest))
    places = balanced(question, cheapest, seed, steps)
    return Answer(
        places=tuple(places),
        cost=round(total_cost(question, places), 6),
        bound=float(bound),
        method="plain",
        seed=seed,
        limit=steps,
    )
