"""Parties: people who are put into a room together, because they belong together or wish it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from msgspec import Struct

from eventops.domain.hosting.rooms import Guest, RoomUnit, may_share


class Party(Struct, frozen=True, kw_only=True):
    """People for one room on some nights, in enrolment order. `bound` are the ids of all who are never parted on a
    night they share, also of those who have their room already."""

    members: tuple[Guest, ...]
    bound: frozenset[str] = frozenset()

    @property
    def nights(self) -> tuple[date, ...]:
        """Every night any of them sleeps there."""
        return tuple(sorted({night for one in self.members for night in one.nights}))

    @property
    def exclusive(self) -> bool:
        """Whether nobody else may come into the room."""
        return any(one.single or (one.minor and not one.family) for one in self.members)

    def by_night(self) -> dict[date, tuple[Guest, ...]]:
        """Who of them sleeps there, by night."""
        return {night: tuple(one for one in self.members if night in one.nights) for night in self.nights}


def most_together(members: Iterable[Guest]) -> int:
    """How many of them sleep on the night with most of them."""
    counts: dict[date, int] = {}
    for one in members:
        for night in one.nights:
            counts[night] = counts.get(night, 0) + 1
    return max(counts.values(), default=0)


def families_of(guests: Sequence[Guest], units: Sequence[RoomUnit]) -> tuple[list[Party], list[str], set[str]]:
    """The families as parties, the families that no room holds, and the ids of all members. A large family is dealt
    over several rooms, its minors beside an adult of theirs as far as there are any."""
    families: dict[str, list[Guest]] = {}
    for one in guests:
        if one.family:
            families.setdefault(one.family, []).append(one)
    parties: list[Party] = []
    split: list[str] = []
    for name, members in families.items():
        needs_access = any(one.accessible for one in members)
        largest = max((unit.beds for unit in units if unit.accessible or not needs_access), default=1)
        whole = most_together(members) <= largest and all(may_share(a, b) for a, b in combinations(members, 2))
        rooms = [members] if whole else _dealt(members, largest)
        if len(rooms) > 1:
            split.append(name)
        parties += [Party(members=tuple(room), bound=frozenset(one.id for one in room)) for room in rooms]
    return parties, split, {one.id for members in families.values() for one in members}


def _dealt(members: Sequence[Guest], largest: int) -> list[list[Guest]]:
    """The members in few rooms, adults dealt first, each minor where an adult is, those kept apart in two."""
    rooms: list[list[Guest]] = [[] for _ in range(-(-len(members) // largest))]
    for one in sorted(members, key=lambda member: member.minor):
        open_rooms = [room for room in rooms if len(room) < largest and all(may_share(one, other) for other in room)]
        with_adult = [room for room in open_rooms if any(not other.minor for other in room)] if one.minor else []
        if open_rooms:
            min(with_adult or open_rooms, key=len).append(one)
        else:
            rooms.append([one])
    return [room for room in rooms if room]


def circles_of(guests: Sequence[Guest], largest: int) -> list[Party]:
    """Those who wish to share, as parties of at most `largest`, and everybody else alone. Two come together when one
    wishes it and the other does not wish otherwise."""
    by_id = {one.id: one for one in guests}
    circle: dict[str, list[Guest]] = {one.id: [one] for one in guests}
    wishes = [(one, by_id[mate]) for one in guests for mate in one.mates if mate in by_id and mate != one.id]
    mutual = [pair for pair in wishes if pair[0].id in pair[1].mates]
    one_sided = [pair for pair in wishes if not pair[1].mates]
    for one, other in (*mutual, *one_sided):
        first, second = circle[one.id], circle[other.id]
        if first is second:
            continue
        joined = [*first, *second]
        if most_together(joined) > largest or not all(may_share(a, b) for a in first for b in second):
            continue
        if not set(one.nights) & set(other.nights):
            continue
        for member in joined:
            circle[member.id] = joined
    order = {one.id: at for at, one in enumerate(guests)}
    seen: set[str] = set()
    parties: list[Party] = []
    for one in guests:
        if one.id not in seen:
            members = sorted(circle[one.id], key=lambda member: order[member.id])
            seen.update(member.id for member in members)
            parties.append(Party(members=tuple(members)))
    return parties


def placing_order(parties: Sequence[Party], enrolled: Mapping[str, int]) -> list[Party]:
    """The parties in the order they look for a room: the hardest to place first, then those alike one after the
    other."""

    def key(party: Party) -> tuple[object, ...]:
        first = party.members[0]
        return (
            not any(one.accessible for one in party.members),
            not party.bound,
            not party.exclusive,
            -most_together(party.members),
            first.gender.value,
            -len(party.nights),
            party.nights,
            enrolled[first.id],
        )

    return sorted(parties, key=key)
