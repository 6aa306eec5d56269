"""Workshop groups: what is on record, the question that is asked, and what comes out."""

from datetime import date

from msgspec import Struct

from eventops.domain.texts import Text


class WorkshopSeat(Struct, frozen=True, kw_only=True):
    """A person's workshop in one session, as accepted or, `by_hand`, as somebody decided with a reason. A person in no
    workshop has ''."""

    participant_id: str
    session: str
    workshop: str
    by_hand: bool = False
    reason: str = ""
    by: str = ""
    on: date


class WorkshopRun(Struct, frozen=True, kw_only=True):
    """How the groups on record came about: by which method, with which seed and limit, how good and how near the bound.

    Units: `cost` and `bound` in the points of `workshops_cost`; `limit` in steps of the method, not in seconds.
    """

    session: str
    method: str
    seed: int
    limit: int
    people: int
    cost: float
    bound: float
    by: str = ""
    on: date

    @property
    def gap(self) -> float:
        """How far above the bound the result may be, as a fraction; 0 is proven best."""
        return max(self.cost - self.bound, 0.0) / max(abs(self.bound), 1.0)


class Seeker(Struct, frozen=True, kw_only=True):
    """Somebody who needs a workshop. Workshops are told by their place in the question: `wishes` best first, `current`
    where they are on record, `fixed` where they must be. `traits` are gender, region, category, language."""

    id: str
    wishes: tuple[int, ...] = ()
    traits: tuple[str, ...] = ()
    current: int | None = None
    fixed: int | None = None


class Question(Struct, frozen=True, kw_only=True):
    """The workshops of one session with how many each holds (None: any number) and the languages spoken there, and
    those who seek."""

    session: str
    workshops: tuple[str, ...]
    capacities: tuple[int | None, ...]
    languages: tuple[tuple[str, ...], ...]
    seekers: tuple[Seeker, ...]


class Answer(Struct, frozen=True, kw_only=True):
    """A place for every seeker, in their order: the workshop's number, None for none. `bound`: no answer costs less."""

    places: tuple[int | None, ...]
    cost: float
    bound: float
    method: str
    seed: int
    limit: int


class Placed(Struct, frozen=True, kw_only=True):
    """One person in one workshop, or in none (''), and why. `rank` is which wish it is, `previous` where they were on
    record, `group` their sub-group counted from 1, `role` facilitator or expert for those who are there as that."""

    participant_id: str
    session: str
    workshop: str
    why: Text
    values: dict[str, object] = {}
    rank: int | None = None
    previous: str = ""
    group: int | None = None
    role: str = ""

    @property
    def moved(self) -> bool:
        return bool(self.previous) and self.previous != self.workshop


class WorkshopGroups(Struct, frozen=True, kw_only=True):
    """Who is in which workshop: by session, then in the order of enrolment. `answers` by session."""

    placed: tuple[Placed, ...] = ()
    answers: tuple[tuple[str, Answer], ...] = ()

    def of(self, workshop: str) -> tuple[Placed, ...]:
        """Those in a workshop, facilitators and experts first."""
        there = [one for one in self.placed if one.workshop == workshop]
        return tuple(sorted(there, key=lambda one: one.role == ""))

    def seat(self, participant_id: str) -> tuple[Placed, ...]:
        """The workshops of one person, by session."""
        return tuple(one for one in self.placed if one.participant_id == participant_id)


NO_GROUPS = WorkshopGroups()
