"""Rooms as patterns, for a solver: which kinds of parties fill which rooms, and the least any rooms can cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.hosting.rooms import Guest, ListedBed, RoomUnit, may_share
from eventops.domain.hosting.rooms_assign import Assigned, Lodgers, started
from eventops.domain.hosting.rooms_board import Board
from eventops.domain.hosting.rooms_parties import Party

MOST_PATTERNS = 1500


class Base(Struct, frozen=True, kw_only=True):
    """Rooms that are alike: free beds by night, and the price of the nights nobody has opened yet. `inside` are those
    who are settled in it, one room of the kind standing for all."""

    rooms: tuple[str, ...]
    accessible: bool
    free: Mapping[date, int]
    prices: Mapping[date, int]
    inside: tuple[Guest, ...] = ()


class PartyKind(Struct, frozen=True, kw_only=True):
    """Parties that are alike for rooms, in enrolment order."""

    parties: tuple[Party, ...]
    load: Mapping[date, int]


class Pattern(Struct, frozen=True, kw_only=True):
    """How one room of a base may be filled: kinds and how many of each. Units: `cost` in the least amount."""

    base: int
    kinds: tuple[tuple[int, int], ...]
    cost: int


class Patterns(Struct, frozen=True, kw_only=True):
    """The whole model."""

    bases: tuple[Base, ...]
    kinds: tuple[PartyKind, ...]
    patterns: tuple[Pattern, ...]
    settled: Mapping[tuple[str, date], str]


def patterns_of(lodgers: Lodgers, plain: Assigned) -> Patterns:
    """The model: what was placed by hand or kept stays, everybody else is free. The plain assignment's own rooms are
    among the patterns, so no answer is worse."""
    settled = {key: room for key, room in plain.rooms.items() if key in plain.by_hand or key in plain.kept}
    board = Board(lodgers.units, lodgers.guests)
    for (person, night), room in settled.items():
        board.put(room, {night: (board.guests[person],)})
    parties = _free_parties(lodgers, plain, settled)
    kinds = _kinds(parties)
    bases = _bases(board)
    patterns: list[Pattern] = []
    for at, base in enumerate(bases):
        found = {one.kinds: one for one in _fillings(at, base, kinds)}
        patterns += found.values()
    own = _plain_patterns(plain, bases, kinds)
    known = {(one.base, one.kinds) for one in patterns}
    patterns += [one for one in own if (one.base, one.kinds) not in known]
    return Patterns(bases=bases, kinds=kinds, patterns=tuple(patterns), settled=settled)


def rooms_from(model: Patterns, counts: Sequence[int]) -> dict[tuple[str, date], str]:
    """The rooms of an answer: `counts` says how often each pattern is used."""
    rooms = dict(model.settled)
    queues = [list(kind.parties) for kind in model.kinds]
    left = [list(base.rooms) for base in model.bases]
    for pattern, count in zip(model.patterns, counts, strict=True):
        for _ in range(count):
            if not pattern.kinds:
                continue
            room = left[pattern.base].pop(0)
            for kind, number in pattern.kinds:
                for _ in range(number):
                    party = queues[kind].pop(0)
                    rooms |= {(one.id, night): room for one in party.members for night in one.nights}
    return rooms


def _free_parties(lodgers: Lodgers, plain: Assigned, settled: Mapping[tuple[str, date], str]) -> list[Party]:
    """Who is free, together as far as the plain assignment keeps them together. People with a settled night, and
    families with a settled member, are left as they are."""
    _, parties, _ = started(_settled_only(lodgers, settled))
    touched = {person for person, _ in settled}
    free: list[Party] = []
    for party in parties:
        ids = party.bound or {one.id for one in party.members}
        if ids & touched:
            continue
        rooms = {plain.rooms.get((one.id, night)) for one in party.members for night in one.nights}
        if party.bound or len(party.members) == 1 or (len(rooms) == 1 and None not in rooms):
            free.append(party)
        else:
            free += [Party(members=(one,)) for one in party.members]
    return free


def _settled_only(lodgers: Lodgers, settled: Mapping[tuple[str, date], str]) -> Lodgers:
    """The same question with nothing listed but what is settled."""
    listed = tuple(ListedBed(participant_id=id, room=room, nights=(night,)) for (id, night), room in settled.items())
    return replace(lodgers, listed=listed, placements=())


def _kinds(parties: Sequence[Party]) -> tuple[PartyKind, ...]:
    groups: dict[tuple[object, ...], list[Party]] = {}
    named = {id for party in parties for one in party.members for id in one.apart}
    for party in parties:
        alone = bool(party.bound) or any(one.apart or one.id in named for one in party.members)
        first = party.members[0]
        key = (
            tuple(sorted(one.nights for one in party.members)),
            first.gender.value,
            any(one.accessible for one in party.members),
            party.exclusive,
            tuple(one.id for one in party.members) if alone else (),
        )
        groups.setdefault(key, []).append(party)
    return tuple(
        PartyKind(parties=tuple(some), load={night: len(who) for night, who in some[0].by_night().items()})
        for some in groups.values()
    )


def _bases(board: Board) -> tuple[Base, ...]:
    """Empty rooms together when they are alike; a room somebody is settled in stands for itself."""
    alike: dict[tuple[object, ...], list[RoomUnit]] = {}
    for unit in board.units.values():
        here = board.inside[unit.id]
        key = (tuple(sorted(unit.prices.items())), unit.beds, unit.accessible, unit.id if here else "")
        alike.setdefault(key, []).append(unit)
    bases: list[Base] = []
    for units in alike.values():
        first = units[0]
        here = board.inside[first.id]
        inside = {one.id: one for who in here.values() for one in who}
        free = {night: first.beds - len(here.get(night, ())) for night in first.prices}
        if not any(free.values()):
            continue
        bases.append(
            Base(
                rooms=tuple(unit.id for unit in units),
                accessible=first.accessible,
                free=free,
                prices={night: price for night, price in first.prices.items() if night not in here},
                inside=tuple(inside.values()),
            )
        )
    return tuple(bases)


def _fillings(at: int, base: Base, kinds: Sequence[PartyKind]) -> Iterator[Pattern]:
    """Every way to fill a room of this base, as far as there are not too many."""
    usable = [
        number
        for number, kind in enumerate(kinds)
        if all(base.free.get(night, 0) >= count for night, count in kind.load.items())
        and _together(kind.parties[0], base.inside)
        and (base.accessible or not any(one.accessible for one in kind.parties[0].members))
    ]
    given = 0
    stack: list[tuple[int, tuple[int, ...], dict[date, int]]] = [(0, (), dict(base.free))]
    while stack and given < MOST_PATTERNS:
        start, chosen, free = stack.pop()
        if chosen:
            given += 1
            yield _pattern(at, base, kinds, chosen)
        for position in range(len(usable) - 1, start - 1, -1):
            number = usable[position]
            kind = kinds[number]
            if chosen.count(number) >= len(kind.parties):
                continue
            if any(free[night] < count for night, count in kind.load.items()):
                continue
            if not all(_together(kind.parties[0], kinds[other].parties[-1].members) for other in chosen):
                continue
            rest = {night: beds - kind.load.get(night, 0) for night, beds in free.items()}
            stack.append((position, (*chosen, number), rest))


def _together(party: Party, others: Iterable[Guest]) -> bool:
    """Whether the party may share with these, whichever nights: chosen so that one room suits a whole stay."""
    return all(may_share(one, other) or one.id == other.id for one in party.members for other in others)


def _pattern(at: int, base: Base, kinds: Sequence[PartyKind], chosen: Sequence[int]) -> Pattern:
    opened = {night for number in chosen for night in kinds[number].load}
    return Pattern(
        base=at,
        kinds=tuple(sorted(Counter(chosen).items())),
        cost=sum(base.prices.get(night, 0) for night in opened),
    )


def _plain_patterns(plain: Assigned, bases: Sequence[Base], kinds: Sequence[PartyKind]) -> list[Pattern]:
    """How the plain assignment fills rooms with parties that stay in one."""
    base_of = {room: at for at, base in enumerate(bases) for room in base.rooms}
    filled: dict[str, list[int]] = {}
    for number, kind in enumerate(kinds):
        for party in kind.parties:
            rooms = {plain.rooms.get((one.id, night)) for one in party.members for night in one.nights}
            room = next(iter(rooms))
            if len(rooms) == 1 and room is not None and room in base_of:
                filled.setdefault(room, []).append(number)
    return [_pattern(base_of[room], bases[base_of[room]], kinds, chosen) for room, chosen in filled.items()]


class NightDemand(Struct, frozen=True, kw_only=True):
    """What one night needs, for a bound: people who may share among their like, rooms that are for one alone."""

    night: date
    sharing: Mapping[str, int]
    alone: int
    types: tuple[tuple[int, int, int], ...]


def night_demands(lodgers: Lodgers, rooms: Mapping[tuple[str, date], str]) -> tuple[NightDemand, ...]:
    """The people with a bed by night, and the room types held: (beds, price, rooms). Families count as people who may
    share with each other, whatever family: so no real assignment can cost less."""
    nights = sorted({night for _, night in rooms})
    demands: list[NightDemand] = []
    for night in nights:
        sharing: Counter[str] = Counter()
        alone = 0
        for guest in lodgers.guests:
            if (guest.id, night) not in rooms:
                continue
            if guest.family:
                sharing["family"] += 1
            elif guest.single or guest.minor or guest.gender.value not in ("female", "male"):
                alone += 1
            else:
                sharing[guest.gender.value] += 1
        held = Counter((unit.beds, unit.prices[night]) for unit in lodgers.units if night in unit.prices)
        types = tuple((beds, price, count) for (beds, price), count in sorted(held.items()))
        demands.append(NightDemand(night=night, sharing=dict(sorted(sharing.items())), alone=alone, types=types))
    return tuple(demands)
