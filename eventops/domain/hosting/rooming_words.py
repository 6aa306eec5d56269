"""Where a person sleeps and why there, in words."""

from collections.abc import Mapping

from eventops.domain.event import Event
from eventops.domain.hosting.rooming import hotels_of, mates_of
from eventops.domain.hosting.rooms import Bed, Rooming
from eventops.domain.texts import Message, Text

ORIGINS: Mapping[str, Text] = {
    "hand": Text("placed by hand"),
    "kept": Text("kept from the last list"),
    "new": Text("chosen by the plan"),
}
NIGHT_ALONE = Text("Night of {night}: room {room} ({type}, {hotel}), nobody else in it; {origin}; {price}")
NIGHT_SHARED = Text("Night of {night}: room {room} ({type}, {hotel}) with {mates}; {origin}; {price}")
OWN = Text("{sentence}, and {own_cost} at their own cost")
NO_BED = Text("Night of {night}: no bed, {reason}")
UNMET = Text("Wishes {wish}: {reason}")


def room_type_titles(event: Event) -> dict[tuple[str, str], tuple[Text, Text]]:
    """What every room type is called, by hotel and type, with its hotel's name."""
    return {(hotel.id, kind.id): (kind.title, hotel.name) for hotel in hotels_of(event) for kind in hotel.room_types}


def beds_said(event: Event, rooming: Rooming, participant_id: str) -> tuple[Message, ...]:
    """A sentence for every night of a person, with or without a bed, and for every wish not met."""
    titles = room_type_titles(event)
    mates = mates_of(rooming, participant_id)
    said = [_bed_said(one, titles, mates[one.night]) for one in rooming.of(participant_id)]
    said += [
        Message(NO_BED, {"night": one.night, "reason": one.reason})
        for one in rooming.bedless
        if one.participant_id == participant_id
    ]
    said += [
        Message(UNMET, {"wish": one.wish, "reason": one.reason})
        for one in rooming.unmet
        if one.participant_id == participant_id
    ]
    return tuple(said)


def _bed_said(bed: Bed, titles: Mapping[tuple[str, str], tuple[Text, Text]], mates: tuple[str, ...]) -> Message:
    kind, hotel = titles[bed.hotel, bed.type]
    values: dict[str, object] = {
        "night": bed.night,
        "room": bed.room,
        "type": kind,
        "hotel": hotel,
        "mates": mates,
        "origin": ORIGINS[bed.origin],
        "price": bed.price,
    }
    sentence = Message(NIGHT_SHARED if mates else NIGHT_ALONE, values)
    return sentence if bed.own_cost is None else Message(OWN, {"sentence": sentence, "own_cost": bed.own_cost})
