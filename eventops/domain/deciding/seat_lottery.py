"""Lots for seats: who is in the draw under which quotas, a draw by chance alone, and what a draw comes to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from msgspec import Struct

from eventops.domain.deciding.seat_quotas import title_of
from eventops.domain.deciding.seat_records import Draw, DrawnQuota, is_left_behind, numbers_of
from eventops.domain.deciding.seats import open_round
from eventops.domain.event import Event
from eventops.domain.records import Records
from eventops.domain.rules import Candidate
from eventops.domain.texts import Text

SIMPLE = "simple"
ALGORITHMS = ("leximin", "maximin", "nash", SIMPLE)
ATTEMPTS = 200
ESTIMATES, ESTIMATED_PLACES = 1000, 2_000_000


class PoolQuota(Struct, frozen=True, kw_only=True):
    """A quota as it binds the draw: what is left of it after the seats that are given without lots. `size` counts
    those of the pool who are in it."""

    id: str
    title: Text | str
    at_least: int
    at_most: int
    size: int


class Pool(Struct, frozen=True, kw_only=True):
    """Who is in the draw, for how many places. `members` maps each person, in the order of ids, to their quotas."""

    places: int
    members: dict[str, tuple[str, ...]]
    quotas: tuple[PoolQuota, ...]

    @property
    def wanted(self) -> int:
        """How many are drawn: as many as there are places, unless the pool is smaller."""
        return min(self.places, len(self.members))


class Lots(Struct, frozen=True, kw_only=True):
    """What an algorithm found: the selected, and everybody's chance, computed or estimated by so many draws."""

    selected: tuple[str, ...]
    probabilities: dict[str, float]
    program: str
    estimated_by: int = 0


class Relaxed(Struct, frozen=True, kw_only=True):
    """A quota that cannot hold as it is, and the nearest limits under which all can."""

    id: str
    title: Text | str
    at_least: int
    at_most: int
    nearest_at_least: int
    nearest_at_most: int


def pool_of(event: Event, candidates: Sequence[Candidate], records: Records, today: date | None) -> Pool:
    """The draw that is open: the seats nobody holds, and everybody in line who registered in time."""
    round_ = open_round(event, candidates, records, today)
    capacity = event.seats if event.seats is not None else len(candidates)
    ids = {candidates[index].participant.id: index for index in round_.drawable()}
    keys = {id: round_.tally.keys(ids[id]) for id in sorted(ids)}
    names = {key: _name(event, key) for one in keys.values() for key in one}
    sizes: dict[tuple[int, str], int] = dict.fromkeys(sorted(names), 0)
    for one in keys.values():
        for key in one:
            sizes[key] += 1
    for number, quota in enumerate(event.quotas):
        if quota.at_least:
            sizes.setdefault((number, ""), 0)
            names.setdefault((number, ""), quota.id)
    quotas = []
    for key in sorted(sizes):
        quota, given = event.quotas[key[0]], round_.tally.given(key)
        most = len(keys) if quota.at_most is None else max(0, quota.at_most - given)
        least = max(0, quota.at_least - given)
        quotas.append(PoolQuota(id=names[key], title=title_of(quota), at_least=least, at_most=most, size=sizes[key]))
    return Pool(
        places=max(0, capacity - round_.tally.taken - round_.held),
        members={id: tuple(names[key] for key in one) for id, one in keys.items()},
        quotas=tuple(quotas),
    )


def _name(event: Event, key: tuple[int, str]) -> str:
    quota = event.quotas[key[0]]
    return f"{quota.id}={key[1]}" if quota.by else quota.id


def pool_hash(pool: Pool) -> str:
    """A fingerprint of a pool: places, quotas, ids and what each counts in."""
    lines = [f"places {pool.places}"]
    lines += [f"quota {one.id} {one.at_least} {one.at_most}" for one in pool.quotas]
    lines += [f"person {id} {' '.join(names)}" for id, names in sorted(pool.members.items())]
    return sha256("\n".join(lines).encode()).hexdigest()


def by_lot(ids: Iterable[str], seed: str) -> list[str]:
    """The ids in an order that hangs on the seed and on nothing else: not on the machine, nor on their order before."""
    return sorted(ids, key=lambda id: (sha256(f"{seed}:{id}".encode()).digest(), id))


def fraction(seed: str) -> float:
    """A number from 0 up to 1 that hangs on the seed alone."""
    return int.from_bytes(sha256(seed.encode()).digest()[:7]) / 2**56


def simple_lots(pool: Pool, seed: int, program: str) -> Lots | None:
    """Lots by chance alone: the first of a shuffled line who keep within the quotas, those with kept seats first. None
    when no shuffle met the quotas.

    Chances are exact without quotas; with them they are estimated by drawing again and again.
    """
    selected = _attempt(pool, f"{seed}")
    if selected is None:
        return None
    if not pool.quotas:
        chance = pool.wanted / len(pool.members) if pool.members else 0.0
        return Lots(selected=selected, probabilities=dict.fromkeys(pool.members, chance), program=program)
    draws = max(100, min(ESTIMATES, ESTIMATED_PLACES // max(1, len(pool.members))))
    counts = dict.fromkeys(pool.members, 0)
    for number in range(draws):
        for id in _attempt(pool, f"{seed}/estimate/{number}") or ():
            counts[id] += 1
    chances = {id: count / draws for id, count in counts.items()}
    return Lots(selected=selected, probabilities=chances, program=program, estimated_by=draws)


def _attempt(pool: Pool, seed: str) -> tuple[str, ...] | None:
    for attempt in range(ATTEMPTS):
        found = _first_who_fit(pool, by_lot(pool.members, f"{seed}/{attempt}" if attempt else seed))
        if found is not None:
            return found
    return None


def _first_who_fit(pool: Pool, line: Sequence[str]) -> tuple[str, ...] | None:
    counts = dict.fromkeys((one.id for one in pool.quotas), 0)
    most = {one.id: one.at_most for one in pool.quotas}
    chosen: dict[str, None] = {}

    def take(id: str) -> None:
        if len(chosen) < pool.wanted and id not in chosen and all(counts[q] < most[q] for q in pool.members[id]):
            chosen[id] = None
            for quota in pool.members[id]:
                counts[quota] += 1

    for quota in pool.quotas:
        for id in line:
            if counts[quota.id] >= quota.at_least:
                break
            if quota.id in pool.members[id]:
                take(id)
    for id in line:
        take(id)
    met = len(chosen) == pool.wanted and all(counts[one.id] >= one.at_least for one in pool.quotas)
    return tuple(id for id in line if id in chosen) if met else None


def numbered(pool: Pool) -> Pool:
    """The pool with the numbers of its list instead of people: what lots are drawn among."""
    members = {str(number): pool.members[id] for id, number in numbers_of(pool.members).items()}
    return Pool(places=pool.places, members=members, quotas=pool.quotas)


def of_people(pool: Pool, lots: Lots) -> Lots:
    """What was drawn among numbers, with the people who have them."""
    ids = {str(number): id for id, number in numbers_of(pool.members).items()}
    return Lots(
        selected=tuple(ids[one] for one in lots.selected),
        probabilities={ids[one]: chance for one, chance in lots.probabilities.items()},
        program=lots.program,
        estimated_by=lots.estimated_by,
    )


def draw_of(
    pool: Pool, lots: Lots, *, number: int, seed: int, algorithm: str, on: date, by: str, again: str = ""
) -> Draw:
    """A draw as it is kept: reserves are the others, in an order drawn with the same seed."""
    selected = frozenset(lots.selected)
    ids = {str(number): id for id, number in numbers_of(pool.members).items()}

    def in_order(of: str, *, drawn: bool) -> tuple[str, ...]:
        line = by_lot((number for number, id in ids.items() if (id in selected) is drawn), f"{seed}/{of}")
        return tuple(ids[one] for one in line)

    return Draw(
        number=number,
        seed=seed,
        algorithm=algorithm,
        program=lots.program,
        places=pool.places,
        quotas=tuple(
            DrawnQuota(
                id=one.id,
                at_least=one.at_least,
                at_most=one.at_most,
                pool=one.size,
                selected=sum(one.id in pool.members[id] for id in lots.selected),
            )
            for one in pool.quotas
        ),
        pool=pool.members,
        pool_hash=pool_hash(pool),
        selected=in_order("selected", drawn=True),
        reserves=in_order("reserves", drawn=False),
        probabilities={id: round(lots.probabilities[id], 6) for id in pool.members},
        on=on,
        by=by,
        estimated_by=lots.estimated_by,
        again=again,
    )


def pool_drawn(draw: Draw, titles: Mapping[str, Text | str] = {}) -> Pool:
    """The pool of a draw that is kept, to draw it again."""
    return Pool(
        places=draw.places,
        members={id: draw.pool[id] for id in numbers_of(draw.pool)},
        quotas=tuple(
            PoolQuota(
                id=one.id, title=titles.get(one.id, one.id), at_least=one.at_least, at_most=one.at_most, size=one.pool
            )
            for one in draw.quotas
        ),
    )


def changed_since(draw: Draw, pool: Pool) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who is new in the pool since a draw, who left it (forgotten people aside), and who counts in other quotas now."""
    new = tuple(sorted(pool.members.keys() - draw.pool.keys()))
    gone = tuple(sorted(id for id in draw.pool.keys() - pool.members.keys() if not is_left_behind(id)))
    both = sorted(pool.members.keys() & draw.pool.keys())
    return new, gone, tuple(id for id in both if pool.members[id] != draw.pool[id])
