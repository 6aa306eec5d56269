"""Sub-groups of a workshop: of a given size at most, as equal as can be, mixed like the whole."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from eventops.domain.event import Event
from eventops.domain.hosting.workshops_values import Placed
from eventops.domain.rules import Candidate, region_of


def dealt(people: Sequence[tuple[str, tuple[str, ...]]], size: int) -> dict[str, int]:
    """The group of everybody, counted from 1: people who are alike are dealt out one after the other, so that each
    group gets its share of them. No group has more than `size`; sizes differ by one at most."""
    if not people:
        return {}
    count = -(-len(people) // max(size, 1))
    ordered = sorted(people, key=lambda one: (one[1], one[0]))
    return {id: at % count + 1 for at, (id, _) in enumerate(ordered)}


def sub_groups(
    event: Event, placed: tuple[Placed, ...], candidates: Sequence[Candidate], sizes: Mapping[str, int] = {}
) -> tuple[Placed, ...]:
    """The placed people with their sub-groups, in workshops that have any. `sizes` by workshop go before the event's;
    facilitators and experts are dealt out first."""
    wanted = {one.id: one.group_size for one in event.workshops if one.group_size is not None} | dict(sizes)
    if not wanted:
        return placed
    traits = {
        one.participant.id: (
            one.participant.gender.value,
            region_of(one),
            one.participant.category,
            one.participant.language,
        )
        for one in candidates
    }
    number: dict[tuple[str, str], int] = {}
    for workshop, size in sorted(wanted.items()):
        there = [one for one in placed if one.workshop == workshop]
        people = [(one.participant_id, ("0" if one.role else "1", *traits[one.participant_id])) for one in there]
        number |= {(id, workshop): group for id, group in dealt(people, size).items()}
    return tuple(
        structs.replace(one, group=number[one.participant_id, one.workshop])
        if (one.participant_id, one.workshop) in number
        else one
        for one in placed
    )
