"""How long the money of many people takes: lines, a ranking under a ceiling, an approval, and a comparison.

Run: python benchmarks/money.py [PEOPLE]. Prints seconds for each step in one process, for 100,000 people when not told,
two benefits each, and the same as a multiple of the first step.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from eventops import BudgetLine, Grant, Money, Text
from eventops.domain.deciding.rankings import ranked_selections
from eventops.domain.event import Conditions, Ranking, RankingQuota
from eventops.domain.keeping.approvals import approved_plan
from eventops.domain.keeping.comparing import plan_difference
from eventops.domain.paying.allocation import allocated
from eventops.domain.paying.budget import budget_use
from eventops.domain.people import Gender
from eventops.testing import a_candidate, a_decision, a_participant, an_event

SEED = 20231014


def timed(what: str, step: Callable[[], Any], first: float | None) -> tuple[Any, float]:
    """What a step gives, and how long it took the processor, which is printed."""
    started = time.process_time()
    result = step()
    seconds = time.process_time() - started
    print(f"{what:<44} {seconds:6.2f} s   {seconds / (first or seconds):6.2f}")
    return result, first or seconds


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    gc.set_threshold(1_000_000, 50, 100)  # as the program does
    chance = random.Random(SEED)
    people = [
        a_candidate(
            a_participant(f"P{number}", gender=chance.choice([Gender.FEMALE, Gender.MALE])),
            distance_km=chance.uniform(1, 900),
        )
        for number in range(count)
    ]
    decisions = [
        a_decision(
            one.participant.id,
            benefit,
            amount=Money(Decimal(chance.randrange(1000, 90000)) / 100, "MAD"),
            grant=Grant(payer=payer),
        )
        for one in people
        for benefit, payer in (("travel", "ef"), ("lodging", "oecd"))
    ]
    half = Money(Decimal(count * 220), "MAD")
    event = an_event(
        budget=(
            BudgetLine(id="travel", title=Text("Travel"), sponsor="ef", benefit="travel", ceiling=half),
            BudgetLine(id="beds", title=Text("Beds"), sponsor="oecd", benefit="lodging", ceiling=half),
        ),
        rankings=tuple(
            Ranking(
                benefit=benefit,
                by=("distance",),
                quotas=(RankingQuota(when=Conditions(gender=("female",)), at_least=50),),
            )
            for benefit in ("travel", "lodging")
        ),
    )
    money, first = timed(
        f"lines and ranking of {count} people",
        lambda: allocated(event, ranked_selections(event), people, decisions),
        None,
    )
    uses, _ = timed("sums of the lines", lambda: budget_use(event, money.decisions, money.charges), first)
    before, _ = timed("approval", lambda: approved_plan(people, money.decisions, uses, money.funding), first)
    timed("hash of the approval", before.hash, first)
    after = replace(before, people=before.people[: count // 2])
    timed("comparison", lambda: plan_difference(before, after, ["travel", "lodging"], "MAD"), first)


if __name__ == "__main__":
    main()
