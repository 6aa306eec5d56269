"""What a rule reads of a person. Its answer holds for everybody of whom it would read the same.

A rule is a pure function, and so what it reads next follows from what it has read. It is given a candidate that looks
like the true one and notes which facts are read; its answer is kept by the values of these facts. Whoever shares them
is given the same answer without asking again.
"""

import gc
from collections.abc import Callable, Set
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, Generic, TypeVar

from eventops.domain.people import Participant
from eventops.domain.places import Placement, PlacementStatus
from eventops.domain.rules import Candidate, Verdict
from eventops.domain.texts import Text

Answer = TypeVar("Answer")
Key = Callable[[Candidate], object]

# The same for everybody at one place and distance, by which answers are kept apart anyway.
_OF_PLACE = frozenset(("place", "distance_km"))
# What nearly everybody has of their own: of a rule that reads it, no answer is ever met again.
OWN = frozenset(f"participant.{name}" for name in ("id", "name", "name_latin", "email", "phone", "notes", "source"))
# What cannot be looked up, or where 1, 1.0 and True would be taken for the same: looked up as it is written.
_WRITTEN = frozenset(("participant.fields", "seat_reason"))
# Values of verdicts that hold nothing else.
_PLAIN = frozenset((str, int, float, bool, type(None), date, datetime, time, Text))
# So many answers are tried. Where fewer were met again than were given, people differ in what is read: to note it and
# to look it up would cost more than asking.
_TRIED = 32


class NotNoted(Exception):
    """A rule looked at a whole person at once, which cannot be noted; it is asked again about the true one."""


def _whole(*_: object) -> Any:
    raise NotNoted


class SeenParticipant(Participant, frozen=True, kw_only=True, dict=True):
    """A participant that notes what is read of it. Its own fields are unset: each look at one comes here, and what
    reads them all at once, past Python, fails."""

    __eq__ = __hash__ = __repr__ = _whole

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.__dict__["true"], name)
        self.__dict__["names"].add(f"participant.{name}")
        return value


class SeenPlacement(Placement, frozen=True, kw_only=True, dict=True):
    """The same of a placement."""

    __eq__ = __hash__ = __repr__ = _whole

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.__dict__["true"], name)
        self.__dict__["names"].add(f"placement.{name}")
        return value


class SeenCandidate(Candidate, frozen=True, kw_only=True, dict=True):
    """The same of a candidate."""

    __eq__ = __hash__ = __repr__ = _whole

    def __getattr__(self, name: str) -> Any:
        mine = self.__dict__
        if name in ("participant", "placement"):
            return mine[name]
        value = getattr(mine["true"], name)
        if name not in _OF_PLACE:
            mine["names"].add(name)
        return value


def _emptied(seen: Any, names: set[str]) -> Any:
    for field in type(seen).__struct_fields__:
        getattr(type(seen), field).__delete__(seen)
    seen.__dict__["names"] = names
    return seen


class Reader:
    """Shows candidates to rules, one after the other, and tells what the last one asked read."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        person = SeenParticipant(id="", name="")
        placement = SeenPlacement(text="", status=PlacementStatus.UNRESOLVED)
        self._candidate = _emptied(SeenCandidate(participant=person, placement=placement), self.names)
        self._participant = _emptied(person, self.names)
        self._placement = _emptied(placement, self.names)
        self._candidate.__dict__.update(participant=self._participant, placement=self._placement, reader=self)
        self._empty = self._filled()

    def shown(self, candidate: Candidate) -> Candidate:
        """The candidate as a rule sees it, until the next one is shown."""
        self.names.clear()
        self._candidate.__dict__["true"] = candidate
        self._participant.__dict__["true"] = candidate.participant
        self._placement.__dict__["true"] = candidate.placement
        seen: Candidate = self._candidate
        return seen

    def _filled(self) -> int:
        # The quickest question after fields that somebody set by force: the collector follows those that are set.
        return len(gc.get_referents(self._candidate, self._participant, self._placement))

    def forced(self) -> bool:
        """Whether somebody wrote into what was shown; it is as it was again."""
        if self._filled() == self._empty:
            return False
        for seen in (self._candidate, self._participant, self._placement):
            for field in type(seen).__struct_fields__:
                try:
                    getattr(type(seen), field).__delete__(seen)
                except AttributeError:
                    continue  # it is unset, as it should be
        return True


def true_of(candidate: Any) -> Any:
    """The candidate itself, also of one that is shown."""
    return candidate.__dict__["true"] if type(candidate) is SeenCandidate else candidate


def whole_of(value: Any) -> Any:
    """The same of any value a function is given, for who reads all of it: what is everybody's own is read too."""
    if type(value) is not SeenCandidate:
        return value
    value.__dict__["names"].update(OWN)
    return value.__dict__["true"]


def forced(candidate: Candidate) -> bool:
    """Whether somebody wrote into a candidate that is shown; it is as it was again."""
    return type(candidate) is SeenCandidate and candidate.__dict__["reader"].forced()


def is_kept_in(verdict: Verdict) -> bool:
    """Whether a verdict holds on to what its rule was shown."""
    return any(type(one) not in _PLAIN and _is_shown(one) for one in verdict.values.values())


def _is_shown(value: object) -> bool:
    if isinstance(value, tuple | list | set | frozenset):
        return any(map(_is_shown, value))
    if isinstance(value, dict):
        return any(map(_is_shown, (*value, *value.values())))
    return isinstance(value, SeenParticipant | SeenPlacement | SeenCandidate)


class Recall(Generic[Answer]):
    """Answers about candidates of one place, found again by the facts that were read to give them. `varied`: hardly any
    was met again, and no more are kept."""

    __slots__ = ("_answers", "_given", "_key", "_met", "names", "varied")

    def __init__(self) -> None:
        self.names: frozenset[str] = frozenset()
        self.varied = False
        self._key: Key = _nothing
        self._answers: dict[object, Answer] | None = None
        self._given = self._met = 0

    def known(self, candidate: Candidate) -> Answer | None:
        """The answer about whoever is like this candidate in every fact that was read, or None."""
        if self._answers is None:
            return None
        answer = self._answers.get(self._key(candidate))
        if answer is not None:
            self._met += 1
        return answer

    def keep(self, candidate: Candidate, names: Set[str], answer: Answer) -> None:
        """Keeps an answer. Where more was read than before, the former answers are given up: they are found by less."""
        self._given += 1
        if self._given % _TRIED == 0 and self._met < self._given:
            self.varied, self._answers = True, None
            return
        if not names <= self.names:
            self.names = self.names | names
            self._key, self._answers = _key_of(self.names), None
        if self._answers is None:
            self._answers = {}
        self._answers[self._key(candidate)] = answer


def _nothing(candidate: Candidate) -> object:
    return None


def _key_of(names: Set[str]) -> Key:
    """What a candidate is looked up by, where these facts were read."""
    written, plain = sorted(names & _WRITTEN), sorted(names - _WRITTEN)
    facts = attrgetter(*plain) if plain else _nothing
    if not written:
        return facts
    texts = attrgetter(*written)
    return lambda candidate: (facts(candidate), repr(texts(candidate)))
