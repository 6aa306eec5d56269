"""The board on which people are put into rooms: it lets nobody in against a hard rule, and knows every price."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from eventops.domain.hosting.rooms import Guest, RoomUnit, may_share
from eventops.domain.hosting.rooms_parties import Party

Assignment = dict[tuple[str, date], str]
Kind = tuple[object, ...]


class Board:
    """Rooms and who is in them, night by night. The one mutable value of rooming; it never leaves it."""

    def __init__(self, units: Sequence[RoomUnit], guests: Iterable[Guest]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.order = {unit.id: at for at, unit in enumerate(units)}
        self.guests = {one.id: one for one in guests}
        self.inside: dict[str, dict[date, list[Guest]]] = {unit.id: {} for unit in units}
        self.room_of: Assignment = {}
        self.fixed: set[tuple[str, date]] = set()
        self._apart = {id for one in self.guests.values() if one.apart for id in (one.id, *one.apart)}
        self._alike: dict[tuple[object, ...], list[str]] = {}
        for unit in units:
            kind = (unit.hotel, unit.type, tuple(unit.prices))
            self._alike.setdefault(kind, []).append(unit.id)

    def fits(self, unit: RoomUnit, by_night: Mapping[date, Sequence[Guest]]) -> bool:
        """Whether these people may come into a room on these nights, all of them."""
        here = self.inside[unit.id]
        for night, people in by_night.items():
            present = here.get(night, ())
            if night not in unit.prices or len(present) + len(people) > unit.beds:
                return False
            for one in people:
                if one.accessible and not unit.accessible:
                    return False
                if any(not may_share(one, other) for other in present):
                    return False
        return True

    def put(self, unit_id: str, by_night: Mapping[date, Sequence[Guest]]) -> None:
        """Puts people into a room."""
        here = self.inside[unit_id]
        for night, people in by_night.items():
            here.setdefault(night, []).extend(people)
            for one in people:
                self.room_of[one.id, night] = unit_id

    def take(self, people: Iterable[tuple[str, date]]) -> None:
        """Takes nights of people out of their rooms."""
        for person, night in people:
            unit_id = self.room_of.pop((person, night))
            here = self.inside[unit_id]
            here[night] = [one for one in here[night] if one.id != person]
            if not here[night]:
                del here[night]

    def choices(self, by_night: Mapping[date, Sequence[Guest]]) -> Iterator[RoomUnit]:
        """The rooms these people fit into, of empty rooms that are alike the first only."""
        for alike in self._alike.values():
            empty_seen = False
            for unit_id in alike:
                empty = not self.inside[unit_id]
                if empty and empty_seen:
                    continue
                unit = self.units[unit_id]
                if self.fits(unit, by_night):
                    yield unit
                    empty_seen = empty_seen or empty
                elif empty:
                    empty_seen = True

    def kind_of(self, party: Party) -> Kind | None:
        """What decides where somebody alone and without any bed yet fits, the same for all of that kind; None for
        anybody of whom more matters."""
        one = party.members[0]
        if len(party.members) > 1 or party.bound or one.family or one.id in self._apart:
            return None
        if any((one.id, night) in self.room_of for night in self.guests[one.id].nights):
            return None
        return one.nights, one.gender, one.minor, one.single, one.accessible

    def arrangement(self) -> list[tuple[str, list[tuple[date, list[str]]]]]:
        """Who is in every room, in the order in which they are looked at."""
        return [
            (unit, [(night, [one.id for one in people]) for night, people in here.items()])
            for unit, here in self.inside.items()
        ]

    def added_price(self, unit: RoomUnit, by_night: Mapping[date, Sequence[Guest]], open_mates: int) -> int:
        """What these people add to the cost; where a room is opened that others may still fill, their part of it."""
        here = self.inside[unit.id]
        added = 0
        for night, people in by_night.items():
            if not here.get(night):
                sharers = min(unit.beds, len(people) + open_mates)
                added += unit.prices[night] * len(people) // sharers
        return added

    def waste(self, unit: RoomUnit, by_night: Mapping[date, Sequence[Guest]]) -> int:
        """The beds that would stay empty in the room on the nights it is used."""
        here = self.inside[unit.id]
        nights = {*here, *by_night}
        return sum(unit.beds - len(here.get(night, ())) - len(by_night.get(night, ())) for night in nights)

    def price(self) -> int:
        """What all rooms used cost, each once a night however many sleep in it."""
        return sum(self.units[id].prices[night] for id, here in self.inside.items() for night in here)

    def met(self, unit: RoomUnit, party: Party) -> int:
        """How many wishes coming in here meets, of theirs and of those who are there."""
        here = {one.id: one for people in self.inside[unit.id].values() for one in people}
        if not here:
            return 0
        theirs = sum(mate in here for one in party.members for mate in one.mates)
        return theirs + sum(one.id in other.mates for one in party.members for other in here.values())
