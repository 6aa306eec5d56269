"""Who sleeps in which room: the plain assignment. It obeys every hard rule, keeps what was placed by hand, changes the
last list as little as it can, and is the same for the same facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.hosting.rooms import Guest, ListedBed, RoomPlacement, RoomUnit
from eventops.domain.hosting.rooms_board import Board, Kind
from eventops.domain.hosting.rooms_parties import Party, circles_of, families_of, placing_order

_PASSES = 3


class Lodgers(Struct, frozen=True, kw_only=True):
    """The whole question: who needs beds (in enrolment order), which rooms are held, what is settled already."""

    guests: tuple[Guest, ...]
    units: tuple[RoomUnit, ...]
    placements: tuple[RoomPlacement, ...] = ()
    listed: tuple[ListedBed, ...] = ()


class Assigned(Struct, frozen=True, kw_only=True):
    """Rooms by person and night. `by_hand` and `kept` tell which come from placements and from the last list, `refused`
    the placements no rule lets stand, `split` the families too large for a room."""

    rooms: Mapping[tuple[str, date], str]
    by_hand: frozenset[tuple[str, date]] = frozenset()
    kept: frozenset[tuple[str, date]] = frozenset()
    refused: tuple[RoomPlacement, ...] = ()
    split: tuple[str, ...] = ()


class Score(Struct, frozen=True, kw_only=True, order=True):
    """How good an assignment is; the smaller the better, the first field weighs more than all after it. Units: `price`
    in the least amount of the currency, the others in person-nights (`wishes` in people)."""

    bedless: int
    moved: int
    changes: int
    wishes: int
    price: int


def assigned(lodgers: Lodgers) -> Assigned:
    """The plain assignment."""
    board, hand, refused, kept, parties, split = _started(lodgers)
    enrolled = {one.id: at for at, one in enumerate(lodgers.guests)}
    waiting = placing_order(parties, enrolled)
    demand = _demand(waiting)
    left: list[Party] = []
    full: set[Kind] = set()
    for party in waiting:
        _account(demand, party, -1)
        if not _seat_unless_full(board, party, demand, full):
            left.append(party)
    left = _singly(board, left, demand)
    left = _after_making_room(board, left, kept)
    full = set()
    for party in left:
        _night_by_night(board, party, demand, full)
    _improve(board, parties)
    still_kept = frozenset(key for key in kept if board.room_of.get(key) == kept[key])
    return Assigned(
        rooms=dict(board.room_of), by_hand=hand, kept=still_kept, refused=tuple(refused), split=tuple(split)
    )


def started(lodgers: Lodgers) -> tuple[Board, list[Party], frozenset[tuple[str, date]]]:
    """The board with what is settled on it, the parties still without a room, and the nights placed by hand."""
    board, hand, _, _, parties, _ = _started(lodgers)
    return board, parties, hand


def score(lodgers: Lodgers, rooms: Mapping[tuple[str, date], str]) -> Score:
    """How good an assignment is."""
    prices = {unit.id: unit.prices for unit in lodgers.units}
    listed = {(bed.participant_id, night): bed.room for bed in lodgers.listed for night in bed.nights}
    used = {(room, night) for (_, night), room in rooms.items()}
    changes = wishes = 0
    for guest in lodgers.guests:
        mine = [rooms.get((guest.id, night)) for night in guest.nights]
        changes += sum(a != b for a, b in pairwise(mine) if a and b)
        wishes += sum(
            not any(
                night in guest.nights and rooms.get((mate, night)) == rooms[guest.id, night]
                for night in guest.nights
                if (guest.id, night) in rooms
            )
            for mate in guest.mates
        )
    return Score(
        bedless=sum((one.id, night) not in rooms for one in lodgers.guests for night in one.nights),
        moved=sum(rooms[key] != listed[key] for key in rooms if key in listed),
        changes=changes,
        wishes=wishes,
        price=sum(prices[room][night] for room, night in used),
    )


def _started(
    lodgers: Lodgers,
) -> tuple[
    Board, frozenset[tuple[str, date]], list[RoomPlacement], dict[tuple[str, date], str], list[Party], list[str]
]:
    board = Board(lodgers.units, lodgers.guests)
    families, split, of_family = families_of(lodgers.guests, lodgers.units)
    largest = max((unit.beds for unit in lodgers.units), default=1)
    circles = circles_of([one for one in lodgers.guests if one.id not in of_family], largest)
    parties = [*families, *circles]
    hand, refused = _by_hand(board, lodgers, parties)
    board.fixed |= hand
    kept = _kept(board, lodgers, parties)
    return board, frozenset(hand), refused, kept, _remaining(board, parties), split


def _by_hand(
    board: Board, lodgers: Lodgers, parties: Sequence[Party]
) -> tuple[set[tuple[str, date]], list[RoomPlacement]]:
    """Placements by hand first: one night's before every night's; what a hard rule forbids is refused."""
    done: set[tuple[str, date]] = set()
    refused: list[RoomPlacement] = []
    bound = {id: party.bound for party in parties for id in party.bound}
    for placement in sorted(lodgers.placements, key=lambda one: (one.night is None, one.key)):
        guest = board.guests.get(placement.participant_id)
        if guest is None:
            continue
        wanted = guest.nights if placement.night is None else (placement.night,)
        nights = [night for night in wanted if night in guest.nights and (guest.id, night) not in done]
        unit = board.units.get(placement.room)
        by_night = dict.fromkeys(nights, (guest,))
        parted = _rooms_of(board, bound.get(guest.id, frozenset()), by_night) - {placement.room}
        if unit is None or not nights or parted or not board.fits(unit, by_night):
            refused.append(placement)
            continue
        board.put(unit.id, by_night)
        done |= {(guest.id, night) for night in nights}
    return done, refused


def _kept(board: Board, lodgers: Lodgers, parties: Sequence[Party]) -> dict[tuple[str, date], str]:
    """What the last list said, as far as the rules still allow it: those bound together whole, the others night by
    night."""
    listed = {(bed.participant_id, night): bed.room for bed in lodgers.listed for night in bed.nights}
    kept: dict[tuple[str, date], str] = {}
    for party in sorted(parties, key=lambda one: not one.bound):
        for group in _groups(board, party, listed):
            rooms = {room for room, _, _ in group}
            if party.bound and len(rooms) > 1:
                continue
            by_night: dict[date, list[Guest]] = {}
            for _, night, guest in group:
                by_night.setdefault(night, []).append(guest)
            unit = board.units.get(next(iter(rooms)))
            if unit is not None and board.fits(unit, by_night):
                board.put(unit.id, by_night)
                kept |= {(one.id, night): unit.id for night, who in by_night.items() for one in who}
    return kept


def _groups(board: Board, party: Party, listed: Mapping[tuple[str, date], str]) -> list[list[tuple[str, date, Guest]]]:
    """What is kept or not as one: a night of a bound party, with those the list does not name; else of one person."""
    named: list[tuple[str, date, Guest]] = []
    rooms: dict[date, set[str]] = {}
    for one in party.members:
        for night in one.nights:
            room = board.room_of.get((one.id, night)) or listed.get((one.id, night))
            if room is not None:
                rooms.setdefault(night, set()).add(room)
    for one in party.members:
        for night in one.nights:
            if (one.id, night) in board.room_of:
                continue
            own = {listed[one.id, night]} if (one.id, night) in listed else set()
            named += [(room, night, one) for room in sorted(rooms.get(night, set()) if party.bound else own)]
    if not party.bound:
        return [[one] for one in named]
    by_night: dict[date, list[tuple[str, date, Guest]]] = {}
    for bed in named:
        by_night.setdefault(bed[1], []).append(bed)
    return list(by_night.values())


def _remaining(board: Board, parties: Sequence[Party]) -> list[Party]:
    """The parties as far as they have no room yet: a circle that is parted already looks for rooms one by one."""
    left: list[Party] = []
    for party in parties:
        open_members = []
        for one in party.members:
            nights = tuple(night for night in one.nights if (one.id, night) not in board.room_of)
            if nights:
                open_members.append(_with_nights(one, nights))
        if not open_members:
            continue
        untouched = len(open_members) == len(party.members) and all(
            one.nights == board.guests[one.id].nights for one in open_members
        )
        if untouched or party.bound:
            left.append(Party(members=tuple(open_members), bound=party.bound))
        else:
            left += [Party(members=(one,)) for one in open_members]
    return left


def _with_nights(guest: Guest, nights: tuple[date, ...]) -> Guest:
    return guest if nights == guest.nights else replace(guest, nights=nights)


Demand = dict[tuple[str, date], int]


def _demand(parties: Sequence[Party]) -> Demand:
    demand: Demand = {}
    for party in parties:
        _account(demand, party, 1)
    return demand


def _account(demand: Demand, party: Party, sign: int) -> None:
    """Counts those who could share with strangers and have no room yet, by gender and night."""
    if party.bound or party.exclusive:
        return
    for one in party.members:
        for night in one.nights:
            key = (one.gender.value, night)
            demand[key] = demand.get(key, 0) + sign


def _seat(board: Board, party: Party, demand: Demand) -> bool:
    """Puts a party into the room that suits it best, if any does."""
    by_night = party.by_night()
    unit = _best(board, party, by_night, demand)
    if unit is None:
        return False
    board.put(unit.id, by_night)
    return True


def _seat_unless_full(board: Board, party: Party, demand: Demand, full: set[Kind]) -> bool:
    """The same while people only come in: where somebody of a kind fits nowhere, nobody of that kind does any more."""
    kind = board.kind_of(party)
    if kind in full:
        return False
    seated = _seat(board, party, demand)
    if not seated and kind is not None:
        full.add(kind)
    return seated


def _best(board: Board, party: Party, by_night: Mapping[date, Sequence[Guest]], demand: Demand) -> RoomUnit | None:
    """Wishes first, then price, then the fewest beds wasted, the least useful room, the order of the file."""
    needs_access = any(one.accessible for one in party.members)
    alone = party.bound or party.exclusive
    gender = party.members[0].gender.value
    mates = 0 if alone else min((demand.get((gender, night), 0) for night in by_night), default=0)
    stays_in = {
        board.room_of[one.id, night]
        for one in party.members
        for night in board.guests[one.id].nights
        if (one.id, night) in board.room_of
    }
    bound_to = _rooms_of(board, party.bound, by_night)
    best: tuple[tuple[object, ...], RoomUnit] | None = None
    for unit in board.choices(by_night):
        if bound_to - {unit.id}:
            continue
        key = (
            unit.id not in stays_in,
            -board.met(unit, party),
            board.added_price(unit, by_night, mates),
            board.waste(unit, by_night) if not mates or board.inside[unit.id] else 0,
            unit.accessible and not needs_access,
            len(unit.prices),
            board.order[unit.id],
        )
        if best is None or key < best[0]:
            best = (key, unit)
    return None if best is None else best[1]


def _rooms_of(board: Board, people: frozenset[str], nights: Mapping[date, object]) -> set[str]:
    """The rooms where these people sleep already on these nights: those bound to them must go there too."""
    return {board.room_of[one, night] for one in people for night in nights if (one, night) in board.room_of}


def _singly(board: Board, left: Sequence[Party], demand: Demand) -> list[Party]:
    """Circles that find no room together try one by one; what is left comes back."""
    still: list[Party] = []
    for party in left:
        if party.bound or len(party.members) == 1:
            still.append(party)
            continue
        still += [one for one in (Party(members=(m,)) for m in party.members) if not _seat(board, one, demand)]
    return still


def _after_making_room(board: Board, left: Sequence[Party], kept: Mapping[tuple[str, date], str]) -> list[Party]:
    """The parties for whom no room can be made. Of people of one kind the next is not tried where the last one found
    nothing and everybody still is where they were."""
    still: list[Party] = []
    tried: set[Kind] = set()
    for party in left:
        kind = board.kind_of(party)
        if kind in tried:
            still.append(party)
            continue
        before = board.arrangement()
        if not _by_making_room(board, party, kept):
            still.append(party)
        if before != board.arrangement():
            tried.clear()
        elif kind is not None:
            tried.add(kind)
    return still


def _by_making_room(board: Board, party: Party, kept: Mapping[tuple[str, date], str]) -> bool:
    """Whether the party fits somewhere once one other person, or all in a room who are not bound, sleep elsewhere: a
    person the last list does not name before one it does, never one placed by hand."""
    by_night = party.by_night()
    for respects_list in (True, False):
        for unit in board.units.values():
            if any(night not in unit.prices for night in by_night) or len(party.members) > unit.beds:
                continue
            for person in _movable(board, unit, kept if respects_list else {}):
                if _swapped(board, unit, person, by_night, party):
                    return True
    return False


def _movable(board: Board, unit: RoomUnit, kept: Mapping[tuple[str, date], str]) -> list[Guest]:
    """Those in a room who may be asked to sleep elsewhere."""
    people = {one.id: board.guests[one.id] for who in board.inside[unit.id].values() for one in who}
    return [
        one
        for one in people.values()
        if not one.family and not any((one.id, night) in board.fixed or (one.id, night) in kept for night in one.nights)
    ]


def _swapped(
    board: Board, unit: RoomUnit, person: Guest, by_night: Mapping[date, Sequence[Guest]], party: Party
) -> bool:
    """Moves the person elsewhere and the party in, or leaves everything as it was."""
    keys = [(person.id, night) for night in person.nights if (person.id, night) in board.room_of]
    before = [(key, board.room_of[key]) for key in keys]
    if _rooms_of(board, party.bound, by_night) - {unit.id}:
        return False
    board.take(keys)
    if board.fits(unit, by_night):
        board.put(unit.id, by_night)
        moved = Party(members=(_with_nights(person, tuple(night for _, night in keys)),))
        if _seat(board, moved, {}):
            return True
        board.take([(one.id, night) for night, who in by_night.items() for one in who])
    for (_, night), room in before:
        board.put(room, {night: (person,)})
    return False


def _night_by_night(board: Board, party: Party, demand: Demand, full: set[Kind]) -> None:
    """Beds for as many nights as there are, in the room of the night before where possible."""
    for night, who in party.by_night().items():
        part = Party(members=tuple(_with_nights(one, (night,)) for one in who), bound=party.bound)
        _seat_unless_full(board, part, demand, full)


def _improve(board: Board, parties: Sequence[Party]) -> None:
    """Brings those who came to their rooms freely together where that empties a room or costs less."""
    free = [
        party
        for party in parties
        if all((one.id, night) in board.room_of for one in party.members for night in one.nights)
    ]
    for _ in range(_PASSES):
        better = False
        for party in free:
            keys = [(one.id, night) for one in party.members for night in one.nights]
            homes = {board.room_of[key] for key in keys}
            if len(homes) != 1:
                continue
            home = board.units[next(iter(homes))]
            spare = any(len(who) < home.beds for who in board.inside[home.id].values())
            if not spare and home.beds > 1:
                continue
            better = _relocated(board, party, keys, home) or better
        if not better:
            return


def _relocated(board: Board, party: Party, keys: Sequence[tuple[str, date]], home: RoomUnit) -> bool:
    """Whether the party moved to a room that makes the whole cheaper and parts no wish."""
    by_night = party.by_night()
    board.take(keys)
    stay = (-board.met(home, party), _opened(board, home, by_night))
    best, target = stay, home
    family = _rooms_of(board, party.bound, by_night)
    for unit in board.choices(by_night):
        if family - {unit.id}:
            continue
        key = (-board.met(unit, party), _opened(board, unit, by_night))
        if key < best:
            best, target = key, unit
    board.put(target.id, by_night)
    return target is not home


def _opened(board: Board, unit: RoomUnit, by_night: Mapping[date, object]) -> int:
    """What the room costs more on these nights."""
    here = board.inside[unit.id]
    return sum(unit.prices[night] for night in by_night if night not in here)
