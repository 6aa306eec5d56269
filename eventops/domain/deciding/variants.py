"""What a candidate may also be: the same person at another candidate place, or a radius nearer or farther."""

from datetime import datetime

from msgspec import Struct, structs

from eventops.domain.places import Place
from eventops.domain.rules import Candidate


class Way(Struct, frozen=True, kw_only=True, eq=False):
    """A place and how far from the venue it is; shared by all who come from there. All are None without a place."""

    place: Place | None = None
    distance_km: float | None = None
    road_km: float | None = None
    travel_minutes: int | None = None
    road_source: str = "estimate"
    leaves_home_at: datetime | None = None
    back_home_at: datetime | None = None

    def of(self, candidate: Candidate) -> Candidate:
        """The candidate, were this their way."""
        return structs.replace(
            candidate,
            place=self.place,
            distance_km=self.distance_km,
            road_km=self.road_km,
            travel_minutes=self.travel_minutes,
            road_source=self.road_source,
            leaves_home_at=self.leaves_home_at,
            back_home_at=self.back_home_at,
        )


def way_of(candidate: Candidate) -> Way:
    """The way of a candidate."""
    return Way(**{name: getattr(candidate, name) for name in Way.__struct_fields__})


class Variants(Struct, frozen=True, kw_only=True):
    """A candidate and the other ways they may have; a decision stands when it is the same on all. `by_place`: the
    ways lead from the places that may be meant, not from nearer and farther spots of one. People of the same place, or
    the same places, share `elsewhere`: how they are decided is remembered by it."""

    main: Candidate
    elsewhere: tuple[Way, ...] = ()
    by_place: bool = False

    @property
    def others(self) -> tuple[Candidate, ...]:
        """The candidate on each of the other ways."""
        return tuple(way.of(self.main) for way in self.elsewhere)
