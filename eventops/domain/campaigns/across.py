"""One person across the meetings of a campaign: who is counted once, and who may be one person but is not said to be.

Two registrations are one person's when an e-mail address or a telephone number and a name agree. The same name and year
of birth alone is a hint that a person should look at: it never changes a count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from eventops.domain.folding import folded, folded_name
from eventops.domain.people import Participant


class Registration(Struct, frozen=True):
    """Somebody's registration for one meeting."""

    meeting: str
    participant: str


class Across(Struct, frozen=True, kw_only=True):
    """Everybody registered in a campaign, once: `people` hold each person's registrations in the order of meetings,
    `possible` pairs of people who may be one."""

    people: tuple[tuple[Registration, ...], ...]
    possible: tuple[tuple[Registration, Registration], ...] = ()

    @property
    def registrations(self) -> int:
        return sum(len(one) for one in self.people)

    @property
    def in_several(self) -> tuple[tuple[Registration, ...], ...]:
        """Those who registered for more than one meeting."""
        return tuple(one for one in self.people if len({registration.meeting for registration in one}) > 1)


def people_across(meetings: Mapping[str, Sequence[Participant]]) -> Across:
    """Everybody of all meetings, each person once."""
    every = [(meeting, person) for meeting, people in meetings.items() for person in people]
    joined = _Joined(len(every))
    for key_of in (_by_email, _by_phone):
        for same in _alike(every, key_of):
            for index in same[1:]:
                joined.join(same[0], index)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(every)):
        groups[joined.root(index)].append(index)
    told = [Registration(meeting, person.id) for meeting, person in every]
    possible = {
        (told[joined.root(same[0])], told[joined.root(index)])
        for same in _alike(every, _by_birth)
        for index in same[1:]
        if joined.root(index) != joined.root(same[0])
    }
    return Across(
        people=tuple(tuple(told[index] for index in group) for group in groups.values()),
        possible=tuple(sorted(possible, key=lambda pair: (*_place(pair[0]), *_place(pair[1])))),
    )


def _place(registration: Registration) -> tuple[str, str]:
    return registration.meeting, registration.participant


class _Joined:
    """Sets of indexes that belong together; the least of each stands for it."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = self._parents[self._parents[index]]
            index = self._parents[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first


Keys = Iterator[tuple[object, ...]]


def _alike(every: Sequence[tuple[str, Participant]], keys_of: Callable[[Participant], Keys]) -> Iterator[list[int]]:
    """The indexes of registrations that share a key."""
    by_key: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, (_, person) in enumerate(every):
        for key in keys_of(person):
            by_key[key].append(index)
    yield from (same for same in by_key.values() if len(same) > 1)


def _names(person: Participant) -> Iterator[str]:
    yield from sorted({folded_name(name) or name for name in (person.name, person.name_latin) if name})


def _by_email(person: Participant) -> Keys:
    if person.email:
        yield from ((folded(person.email) or person.email, name) for name in _names(person))


def _by_phone(person: Participant) -> Keys:
    if person.phone:
        yield from ((person.phone, name) for name in _names(person))


def _by_birth(person: Participant) -> Keys:
    year = person.birth_date.year if person.birth_date else person.birth_year
    if year is not None:
        yield from ((year, name) for name in _names(person))
