"""Lotteries: drawing lots for seats by an algorithm, keeping the draw, and drawing it again to check it."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from eventops import __version__
from eventops.application.facts import document_of
from eventops.domain.deciding.seat_lottery import (
    ALGORITHMS,
    SIMPLE,
    Lots,
    Pool,
    Relaxed,
    draw_of,
    numbered,
    of_people,
    pool_drawn,
    pool_hash,
    simple_lots,
)
from eventops.domain.deciding.seat_records import Draw, is_left_behind, numbers_of
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable
from eventops.extension.ports import Change

Algorithm = Callable[[Pool, int], Lots | None]

_NEAREST = Text("{quota}: at least {at_least} → {nearest_at_least}, at most {at_most} → {nearest_at_most}")
_INFEASIBLE = (
    "No {places} people of the {people} in the draw keep all quotas; the nearest that can hold: {nearest}; "
    "change them in the event file and draw again"
)
_UNMET = (
    "No {places} people of the {people} in the draw were found who keep all quotas ({quotas}); "
    "--algorithm leximin says which can hold"
)


class Checked(Struct, frozen=True, kw_only=True):
    """What drawing again came to. `whole` says that the pool on record still has the hash it had; `left_behind` are the
    numbers of those who were forgotten since, without whom the hash cannot be made again; `unexplained` is how many of
    them the history knows nothing of."""

    draw: Draw
    again: Draw
    whole: bool
    left_behind: tuple[int, ...] = ()
    unexplained: int = 0

    @property
    def same(self) -> bool:
        """Whether everybody was drawn again as on record, with the same chance: every number of the list, where people
        were forgotten."""
        known = self.whole or (bool(self.left_behind) and not self.unexplained)
        return known and (self.again.selected, self.again.reserves, self.again.probabilities) == (
            self.draw.selected,
            self.draw.reserves,
            self.draw.probabilities,
        )


def algorithm_called(name: str) -> Algorithm:
    """How an algorithm draws. Errors: NotUsable for one nobody knows."""
    if name == SIMPLE:
        return lambda pool, seed: simple_lots(pool, seed, f"eventops {__version__}")
    raise NotUsable("There is no algorithm {name}; there are {names}", name=name, names=", ".join(ALGORITHMS))


def drawn(
    pool: Pool,
    draw: Algorithm,
    nearest: Callable[[Pool], tuple[Relaxed, ...]] | None,
    *,
    number: int,
    seed: int,
    algorithm: str,
    on: date,
    by: str,
    again: str = "",
) -> Draw:
    """Lots as they would be kept. Errors: NotUsable for an empty pool, and for quotas that cannot hold, with the
    nearest that can."""
    if not pool.wanted:
        raise NotUsable(
            "There is nothing to draw: {people} people wait for {places} free seats",
            people=len(pool.members),
            places=pool.places,
        )
    lots = draw(numbered(pool), seed)
    if lots is None:
        raise _infeasible(pool, nearest(pool) if nearest is not None else ())
    made = of_people(pool, lots)
    return draw_of(pool, made, number=number, seed=seed, algorithm=algorithm, on=on, by=by, again=again)


def _infeasible(pool: Pool, relaxed: tuple[Relaxed, ...]) -> NotUsable:
    if not relaxed:
        binding = (one for one in pool.quotas if one.at_least or one.at_most < len(pool.members))
        quotas = tuple({one.id.partition("=")[0]: one.title for one in binding}.values())
        return NotUsable(_UNMET, places=pool.wanted, people=len(pool.members), quotas=quotas)
    said = tuple(
        Message(
            _NEAREST,
            {
                "quota": one.title if one.id == one.title or "=" not in one.id else one.id,
                "at_least": one.at_least,
                "nearest_at_least": one.nearest_at_least,
                "at_most": one.at_most,
                "nearest_at_most": one.nearest_at_most,
            },
        )
        for one in relaxed
    )
    return NotUsable(_INFEASIBLE, places=pool.wanted, people=len(pool.members), nearest=said)


def checked(draw: Draw, algorithm: Algorithm, forgotten: int = 0) -> Checked:
    """Draws the lots on record again, from the pool on record. `forgotten` is how many people the history says were
    forgotten. Errors: NotUsable when that cannot be done."""
    pool = pool_drawn(draw)
    again = drawn(
        pool,
        algorithm,
        None,
        number=draw.number,
        seed=draw.seed,
        algorithm=draw.algorithm,
        on=draw.on,
        by=draw.by,
    )
    left = tuple(number for id, number in numbers_of(draw.pool).items() if is_left_behind(id))
    return Checked(
        draw=draw,
        again=again,
        whole=pool_hash(pool) == draw.pool_hash,
        left_behind=left,
        unexplained=max(0, len(left) - forgotten),
    )


def put_draw(change: Change, draw: Draw) -> None:
    change.put("draw", str(draw.number), document_of(draw))
