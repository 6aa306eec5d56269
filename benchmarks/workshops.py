"""How good and how quick workshop groups are: the plain way, the solver, a bound, and one late cancellation.

Run: python benchmarks/workshops.py [PEOPLE] [WORKSHOPS] [ROUNDS]. Made with seeds: some workshops are loved and
some are not, places are scarce or ample. Prints for every case the points of the plain way and of the solver (fewer are
better, see domain/hosting/workshops_cost), the least any arrangement can cost, the gaps to it, the seconds of one
processor, and how many people move after one has cancelled when the others are kept, against an arrangement made anew.
"""

import random
import sys
import time
from operator import ne

from msgspec.structs import replace

from eventops.adapters.workshop_solver import LIMIT_ROUNDS, has_solver, solved
from eventops.domain.hosting.workshops_flow import filled
from eventops.domain.hosting.workshops_values import Answer, Question, Seeker

SEED = 20231014
CATEGORIES = ("elected", "association", "public_sector", "academic", "citizen")


def a_question(people: int, workshops: int, seed: int, room: float) -> Question:
    """People with up to three wishes, drawn to the loved workshops; `room` places for each of them."""
    chance = random.Random(seed)
    love = [0.05 + chance.random() ** 2 for _ in range(workshops)]
    seekers = []
    for number in range(people):
        wishes: list[int] = []
        for _ in range(chance.choice((0, 1, 2, 3, 3, 3))):
            wish = chance.choices(range(workshops), love)[0]
            if wish not in wishes:
                wishes.append(wish)
        traits = (
            chance.choice(("female", "male")),
            f"region-{chance.randrange(12)}",
            chance.choice(CATEGORIES),
            chance.choice(("ar", "ar", "fr")),
        )
        seekers.append(Seeker(id=f"P{number:04}", wishes=tuple(wishes), traits=traits))
    places = -(-int(people * room) // workshops)
    return Question(
        session="s",
        workshops=tuple(f"w{number}" for number in range(workshops)),
        capacities=(places,) * workshops,
        languages=((),) * workshops,
        seekers=tuple(seekers),
    )


def moved_after_one_left(question: Question, answer: Answer) -> tuple[int, int]:
    """How many move when the first person cancels: the others kept, and everything anew."""
    left = [replace(one, current=place) for one, place in zip(question.seekers[1:], answer.places[1:], strict=True)]
    kept = filled(replace(question, seekers=tuple(left)), SEED + 1).places
    anew = filled(replace(question, seekers=question.seekers[1:]), SEED + 1).places
    before = [one.current for one in left]
    kept_moves, anew_moves = (sum(map(ne, places, before)) for places in (kept, anew))
    return kept_moves, anew_moves


def main(people: int, workshops: int, rounds: int) -> None:
    cases = [(60, 3, 1.1), (200, 5, 1.02), (200, 5, 1.5), (people, workshops, 1.05), (people, workshops, 1.3)]
    print(f"seed {SEED}; HiGHS with {rounds} rounds on one thread" if has_solver() else "no solver here")
    print("people groups room    plain   solver    bound  gap plain  gap solver   s plain  s solver  moved kept / anew")
    for number, (count, groups, room) in enumerate(cases):
        question = a_question(count, groups, SEED + number, room)
        start = time.process_time()
        plain = filled(question, SEED)
        plain_seconds = time.process_time() - start
        start = time.process_time()
        best = solved(question, SEED, rounds) if has_solver() else plain
        seconds = time.process_time() - start
        assert best.cost <= plain.cost, "the solver is worse than the plain way"
        bound = max(best.bound, 1.0)
        kept, anew = moved_after_one_left(question, best)
        print(
            f"{count:6} {groups:6} {room:4.2f} {plain.cost:8.0f} {best.cost:8.0f} {best.bound:8.0f}"
            f" {plain.cost / bound - 1:10.1%} {best.cost / bound - 1:11.1%}"
            f" {plain_seconds:9.2f} {seconds:9.2f} {kept:12} / {anew}"
        )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [2_000, 12, LIMIT_ROUNDS][len(given) :]))
