"""Counts in which nobody can be recognised."""

from collections.abc import Mapping

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
    others = sorted((count, name) for name, count in counts.items() if count >= SMALLEST_GROUP)
    while others and (
        len([name for name in small if counts[name]]) < 2 or sum(counts[name] for name in small) < SMALLEST_GROUP
    ):
        small.add(others.pop(0)[1])
    together = sum(counts[name] for name in small)
    if together < SMALLEST_GROUP:
        return {}
    return {**{name: count for name, count in counts.items() if name not in small}, GROUPED: together}
