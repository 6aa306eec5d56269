"""What people and institutions answered about seats, and lots that were drawn: facts that are kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from itertools import count
from typing import Any

from msgspec import Struct


class SeatState(Enum):
    """What stands on record about one person's seat."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class SeatAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The newest word about one person's seat. `until` is the last day on which an offer can be taken up."""

    participant_id: str
    state: SeatState
    on: date
    by: str
    until: date | None = None
    reason: str = ""


class Invitation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Places held for one institution, which names who comes. No person is in it.

    `kind` is what sort of institution it is: region_council, province_council, commune_council, advisory_body or
    another word. Places without a delegate go back to everybody after `released_on`. `women` and `regions` are the
    balance asked for: how many women at least, and which regions the delegates should come from.
    """

    id: str
    institution: str
    places: int
    on: date
    kind: str = "commune_council"
    released_on: date | None = None
    women: int = 0
    regions: tuple[str, ...] = ()


class Delegate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A participant an institution named for one of its places; `replaces` says they stand in for somebody."""

    participant_id: str
    invitation: str
    on: date
    by: str
    replaces: bool = False


class DrawnQuota(Struct, frozen=True, kw_only=True):
    """A quota as it stood when lots were drawn: its limits, who of the pool counted, who of the selected."""

    id: str
    at_least: int
    at_most: int
    pool: int
    selected: int


class Draw(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One lottery and everything needed to draw it again.

    `pool` maps each person in the draw to the quotas they counted in, `probabilities` to the chance they had: computed
    exactly, or estimated by `estimated_by` repeated draws. `reserves` is the drawn order of those not selected. Lots
    are drawn among the numbers of the list (see numbers_of); who is forgotten leaves a number behind, with its quotas.
    `again` is why lots were drawn though a draw was kept already.
    """

    number: int
    seed: int
    algorithm: str
    program: str
    places: int
    quotas: tuple[DrawnQuota, ...]
    pool: dict[str, tuple[str, ...]]
    pool_hash: str
    selected: tuple[str, ...]
    reserves: tuple[str, ...]
    probabilities: dict[str, float]
    on: date
    by: str
    estimated_by: int = 0
    again: str = ""


_LEFT_BEHIND = "?"


def numbers_of(pool: Iterable[str]) -> dict[str, int]:
    """The number of everybody on the list lots are drawn from: in the order of ids, from 1, and in that order. A number
    somebody left behind stays theirs.

    Example: P3, ?2 and P1 have the numbers P1: 1, ?2: 2, P3: 3
    """
    ids = set(pool)
    left = {id: int(id.removeprefix(_LEFT_BEHIND)) for id in ids if is_left_behind(id)}
    taken = set(left.values())
    free = (number for number in count(1) if number not in taken)
    numbers = left | dict(zip(sorted(ids - left.keys()), free, strict=False))
    return dict(sorted(numbers.items(), key=lambda one: one[1]))


def is_left_behind(id: str) -> bool:
    """Whether this stands for somebody who was forgotten."""
    return id.startswith(_LEFT_BEHIND)


def left_behind(draw: Mapping[str, Any], person_id: str) -> dict[str, Any]:
    """A kept draw without a person: only their number on the list stays, with its quotas, its chance and what came of
    it, so that the lots can be drawn again."""
    pool = draw.get("pool") or {}
    if person_id not in pool:
        return dict(draw)
    number = f"{_LEFT_BEHIND}{numbers_of(pool)[person_id]}"

    def renamed(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {number if key == person_id else key: one for key, one in value.items()}
        return [number if one == person_id else one for one in value]

    return {**draw, **{name: renamed(draw[name]) for name in ("pool", "probabilities", "selected", "reserves")}}
