"""What people and institutions answered about seats, and lots that were drawn: facts that are kept."""

from datetime import date
from enum import Enum

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
    exactly, or estimated by `estimated_by` repeated draws. `reserves` is the drawn order of those not selected.
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
