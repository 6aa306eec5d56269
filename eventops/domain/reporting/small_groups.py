"""Counts in which nobody can be recognised."""

from collections.abc import Collection, Mapping

SMALLEST_GROUP = 5
GROUPED = "grouped"


def without_small_groups(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts with groups under 5 put together under `grouped`, and the next smallest with them until the sum
    hides each of them: the total stays. Nothing at all when everybody together is fewer than 5.

    An empty group is put there too where there are small ones: beside named zeros, a sum of 6 over the six others
    would say that each of them is one person.

    Example: {'a': 30, 'b': 9, 'c': 2, 'd': 0} becomes {'a': 30, 'grouped': 11}
    """
    if not any(0 < count < SMALLEST_GROUP for count in counts.values()):
        return dict(counts)
    small = {name for name, count in counts.items() if count < SMALLEST_GROUP}
    others = sorted({count for count in counts.values() if count >= SMALLEST_GROUP})
    while others and _tells(counts, small):
        # All of one size together: which of them was taken would tell too.
        next_size = others.pop(0)
        small.update(name for name, count in counts.items() if count == next_size)
    together = sum(counts[name] for name in small)
    if together < SMALLEST_GROUP:
        return {}
    return {**{name: count for name, count in counts.items() if name not in small}, GROUPED: together}


def _tells(counts: Mapping[str, int], hidden: Collection[str]) -> bool:
    """Whether the sum of the hidden groups is too few people, is that of one group, or is the most that so many small
    groups can be: then each of them would be known."""
    together = sum(counts[name] for name in hidden)
    several = sum(counts[name] > 0 for name in hidden) > 1
    return not several or together < SMALLEST_GROUP or together == len(hidden) * (SMALLEST_GROUP - 1)
