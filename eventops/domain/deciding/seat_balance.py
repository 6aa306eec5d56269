"""Invited institutions: how many places each has, whom it named, and how balanced the delegates are."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from eventops.domain.deciding.seat_records import Invitation
from eventops.domain.deciding.seats import numbers_of
from eventops.domain.people import Gender
from eventops.domain.records import Records
from eventops.domain.rules import Candidate, Seat


class Balance(Struct, frozen=True, kw_only=True):
    """One institution and its delegates. `seated` have a seat, `others` were named and have none (declined, waiting,
    withdrawn); `regions` counts those seated by the code of their region, '' where it is not known."""

    invitation: Invitation
    seated: tuple[str, ...]
    others: tuple[str, ...]
    women: int
    men: int
    regions: dict[str, int]

    @property
    def free(self) -> int:
        """Places without a delegate who has a seat."""
        return max(0, self.invitation.places - len(self.seated))

    @property
    def women_missing(self) -> int:
        """How many women fewer than the institution was asked for."""
        return max(0, self.invitation.women - self.women)

    @property
    def regions_missing(self) -> tuple[str, ...]:
        """Regions the institution was asked for from which nobody comes."""
        return tuple(code for code in self.invitation.regions if not self.regions.get(code))


def balances(candidates: Sequence[Candidate], records: Records) -> tuple[Balance, ...]:
    """Every institution with its delegates, in the order of its id."""
    numbers = numbers_of(candidates)
    found = []
    for invitation in sorted(records.invitations, key=lambda one: one.id):
        named = sorted(
            (one for one in records.delegates if one.invitation == invitation.id),
            key=lambda one: (one.on, one.participant_id),
        )
        known = {one.participant_id: numbers.get(one.participant_id) for one in named}
        there = [candidates[number] for number in dict.fromkeys(known.values()) if number is not None]
        seated = [one for one in there if one.seat in (Seat.CONFIRMED, Seat.OFFERED)]
        ids = {one.participant.id for one in seated}
        found.append(
            Balance(
                invitation=invitation,
                seated=tuple(one.participant.id for one in seated),
                others=tuple(
                    id for id, number in known.items() if number is None or candidates[number].participant.id not in ids
                ),
                women=sum(one.participant.gender is Gender.FEMALE for one in seated),
                men=sum(one.participant.gender is Gender.MALE for one in seated),
                regions=dict(sorted(Counter(one.place.region if one.place else "" for one in seated).items())),
            )
        )
    return tuple(found)
