"""The core's own orders for a ceiling that binds."""

from collections.abc import Sequence

from eventops.domain.deciding.selections import Contender, Ranked, Selection
from eventops.domain.money import Money
from eventops.domain.rules import Facts
from eventops.domain.texts import Text

REGISTERED = Text("registered as number {number}")
FAR = Text("lives {distance_km} km away")
UNMEASURED = Text("the distance is not known")


def _first_registered(contenders: tuple[Contender, ...], ceiling: Money, facts: Facts) -> Sequence[Ranked]:
    """In the order of registration, as the contenders come."""
    return tuple(
        Ranked(participant_id=one.candidate.participant.id, reason=REGISTERED, values={"number": number})
        for number, one in enumerate(contenders, 1)
    )


def _farthest_first(contenders: tuple[Contender, ...], ceiling: Money, facts: Facts) -> Sequence[Ranked]:
    """The farthest first, who is not measured last; of equals who registered first."""
    order = sorted(contenders, key=lambda one: -(one.candidate.distance_km or -1.0))
    return tuple(_far(one) for one in order)


def _far(one: Contender) -> Ranked:
    km = one.candidate.distance_km
    if km is None:
        return Ranked(participant_id=one.candidate.participant.id, reason=UNMEASURED)
    return Ranked(participant_id=one.candidate.participant.id, reason=FAR, values={"distance_km": round(km, 1)})


SELECTIONS = (
    Selection(
        name="first-registered",
        benefit="",
        title=Text("who registered first"),
        choose=_first_registered,
    ),
    Selection(name="farthest-first", benefit="", title=Text("who lives farthest"), choose=_farthest_first),
)
