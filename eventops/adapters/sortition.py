"""Draws by the algorithms of the Sortition Foundation (sortition-algorithms, GPL-3: an extra, never needed).

People are handed over as numbers: the order of a set of numbers hangs on nothing but the numbers, so the same seed
draws the same people in every process.
"""

import logging
from typing import Any

from eventops.adapters.seat_solver import TINY, highs, program_said
from eventops.domain.deciding.seat_lottery import Lots, Pool, fraction
from eventops.errors import NotUsable

PACKAGE = "sortition-algorithms"
MISSING = (
    "Drawing by {algorithm} needs the package sortition-algorithms of the extra “lottery”; "
    "run pip install 'eventops[lottery]', or draw with --algorithm leximin or simple"
)


def sortition_lots(pool: Pool, seed: int, algorithm: str) -> Lots | None:
    """Lots by maximin or nash; None when no panel keeps the quotas. Errors: NotUsable without the package."""
    highs(algorithm)
    try:
        from sortition_algorithms import committee_generation, utils  # seconds of imports, and only draws need it
        from sortition_algorithms.errors import InfeasibleQuotasError, SortitionBaseError
    except ImportError as error:
        raise NotUsable(MISSING, algorithm=algorithm) from error
    for name in ("sortition_algorithms", "sortition_algorithms_user"):
        logging.getLogger(name).setLevel(logging.ERROR)
    find = {
        "maximin": committee_generation.find_distribution_maximin,
        "nash": committee_generation.find_distribution_nash,
    }[algorithm]
    ids = tuple(pool.members)
    utils.set_random_provider(seed or 1)
    try:
        panels, often, _ = find(*_question(pool), pool.wanted, [])
    except InfeasibleQuotasError:
        return None
    except SortitionBaseError as error:
        raise NotUsable("{package} cannot draw: {error}", package=PACKAGE, error=str(error)) from error
    finally:
        utils.set_random_provider(None)
    mixed = sorted((tuple(sorted(panel)), float(one)) for panel, one in zip(panels, often, strict=True) if one > TINY)
    total = sum(one for _, one in mixed)
    at, drawn = fraction(f"{seed}/panel") * total, mixed[-1][0]
    for panel, one in mixed:
        if at < one:
            drawn = panel
            break
        at -= one
    chances = [0.0] * len(ids)
    for panel, one in mixed:
        for number in panel:
            chances[number] += one / total
    return Lots(
        selected=tuple(ids[number] for number in drawn),
        probabilities=dict(zip(ids, chances, strict=True)),
        program=program_said(PACKAGE),
    )


def _question(pool: Pool) -> tuple[Any, Any]:
    """The quotas and the people in the package's own shapes: one feature a quota, in it or not."""
    from sortition_algorithms.features import FeatureValueMinMax
    from sortition_algorithms.people import People

    count = len(pool.members)
    quotas = [(quota.id, quota.at_least, quota.at_most) for quota in pool.quotas] or [("everybody", 0, count)]
    features = {
        id: {
            "in": FeatureValueMinMax(min=least, max=most, min_flex=0, max_flex=count),
            "out": FeatureValueMinMax(min=0, max=count, min_flex=0, max_flex=count),
        }
        for id, least, most in quotas
    }
    people: Any = People(columns_to_keep=[])
    for number, names in enumerate(pool.members.values()):
        people.add(number, {id: "in" if id in names else "out" for id in features}, features, number)
    return features, people
