"""Rooms given by hand, wishes, and the lists that were sent or accepted: what `eventops lodging` keeps."""

from collections.abc import Sequence

import msgspec

from eventops.application.facts import document_of, value_of, values_of
from eventops.domain.hosting.rooming_marks import listed_beds
from eventops.domain.hosting.rooms import Bed, LodgingWish, RoomingList, RoomPlacement
from eventops.domain.people import Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.latin_names import is_latin, latin_name
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Stamp

WISH, PLACEMENT, LIST = "lodging_wish", "room_placement", "rooming_list"


def wish_of(change: Change, participant_id: str) -> LodgingWish:
    """What a person asked for so far; nothing when they did not."""
    document = change.get(WISH, participant_id)
    if document is None:
        return LodgingWish(participant_id=participant_id)
    return value_of(document, LodgingWish, WISH)


def put_wish(change: Change, wish: LodgingWish) -> None:
    """Keeps a wish; one that asks for nothing is taken away."""
    if wish == LodgingWish(participant_id=wish.participant_id):
        if change.get(WISH, wish.participant_id) is not None:
            change.remove(WISH, wish.participant_id)
        return
    change.put(WISH, wish.participant_id, document_of(wish))


def put_placement(change: Change, placement: RoomPlacement) -> None:
    """Keeps a room given by hand. Given for every night it replaces what was given for single ones."""
    if placement.night is None:
        remove_placements(change, placement.participant_id)
    change.put(PLACEMENT, placement.key, document_of(placement))


def remove_placements(change: Change, participant_id: str) -> int:
    """Takes every room given by hand to a person away; how many there were."""
    placed = values_of(change.all(PLACEMENT), RoomPlacement, PLACEMENT)
    keys = [one.key for one in placed if one.participant_id == participant_id]
    for key in keys:
        change.remove(PLACEMENT, key)
    return len(keys)


def require_placed(before: Plan, plan: Plan, placement: RoomPlacement) -> None:
    """Errors: NotUsable when the plan could not put the person where they were placed, or only by putting out somebody
    else who was placed by hand."""
    for person in sorted(_refused(plan) - _refused(before) - {placement.participant_id}):
        raise NotUsable(
            "{other} was placed in {room} by hand before; release them first", other=person, room=placement.room
        )
    mine = plan.rooming.of(placement.participant_id)
    nights = [bed for bed in mine if placement.night in (None, bed.night)]
    if nights and all(bed.room == placement.room for bed in nights):
        return
    if not mine and not any(one.participant_id == placement.participant_id for one in plan.stays):
        raise NotUsable("{person} has no night at the hotel, so no room either", person=placement.participant_id)
    raise NotUsable(
        "{person} cannot sleep in {room}: it is not held on those nights, is full, or whoever is in it may not share "
        "with them (gender, minors, families, those kept apart); eventops lodging rooms shows what is free",
        person=placement.participant_id,
        room=placement.room,
    )


def _refused(plan: Plan) -> set[str]:
    return {one.source.participant for one in plan.rooming.findings if one.code == "room-placement-refused"}


def put_list(
    change: Change,
    how: str,
    stamp: Stamp,
    beds: Sequence[Bed],
    people: Sequence[Participant],
    **about: float | int | None,
) -> RoomingList:
    """Keeps the beds as a list that was sent or accepted, under the next free number, and gives it."""
    from anyascii import anyascii  # reads its tables from disk, for names in rare scripts only

    names = {
        one.id: (one.name, one.name_latin or (one.name if is_latin(one.name) else latin_name(one.name, anyascii)))
        for one in people
    }
    number = 1 + max((int(str(one["id"])[1:]) for one in change.all(LIST)), default=0)
    made = msgspec.convert(
        {
            "id": f"R{number:04d}",
            "how": how,
            "at": stamp.at,
            "beds": listed_beds(beds, names),
            **{name: value for name, value in about.items() if value is not None},
        },
        RoomingList,
    )
    change.put(LIST, made.id, document_of(made))
    return made
