"""What changed since the list the hotel got last, person by person."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from eventops.domain.hosting.rooms import Bed, Gone, ListedBed, Rooming, RoomingList

NEW, CHANGED = "new", "changed"


def marks_since(sent: RoomingList, beds: Sequence[Bed]) -> dict[str, str]:
    """Everybody whose beds are not those of the list: new on it, or changed."""
    before = _by_person((bed.participant_id, bed.room, night) for bed in sent.beds for night in bed.nights)
    now = _by_person((bed.participant_id, bed.room, bed.night) for bed in beds)
    return {
        person: NEW if person not in before else CHANGED
        for person, where in sorted(now.items())
        if before.get(person) != where
    }


def gone_since(sent: RoomingList, beds: Sequence[Bed]) -> tuple[Gone, ...]:
    """Those of the list who need no bed any more, in the list's order."""
    staying = {bed.participant_id for bed in beds}
    return tuple(
        Gone(name=bed.name, name_latin=bed.name_latin, room=bed.room, nights=bed.nights)
        for bed in sent.beds
        if bed.participant_id not in staying
    )


def listed_beds(beds: Sequence[Bed], names: dict[str, tuple[str, str]]) -> tuple[ListedBed, ...]:
    """The beds as a list keeps them: a person's nights in one room together. `names` by id, as written and in Latin."""
    nights: dict[tuple[str, str], list[date]] = {}
    for bed in beds:
        nights.setdefault((bed.participant_id, bed.room), []).append(bed.night)
    return tuple(
        ListedBed(
            participant_id=person,
            room=room,
            nights=tuple(sorted(some)),
            name=names.get(person, ("", ""))[0],
            name_latin=names.get(person, ("", ""))[1],
        )
        for (person, room), some in nights.items()
    )


def for_hotel(rooming: Rooming) -> Rooming:
    """What a hotel may see: beds, changes and balance; no wish, no reason and no money anybody bears themselves."""
    beds = tuple(replace(one, own_cost=None) for one in rooming.beds)
    return replace(rooming, beds=beds, bedless=(), unmet=(), findings=())


def _by_person(triples: Iterable[tuple[str, str, date]]) -> dict[str, set[tuple[str, date]]]:
    found: dict[str, set[tuple[str, date]]] = {}
    for person, room, night in triples:
        found.setdefault(person, set()).add((room, night))
    return found
