"""Rooming: from the nights granted to a bed for each, its part of the room's price, and what could not be had."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from eventops.domain.event import Event, Hotel
from eventops.domain.findings import Finding, Severity
from eventops.domain.hosting.lodging import Stay
from eventops.domain.hosting.rooming_findings import bedless_of, rooming_findings, unmet_of
from eventops.domain.hosting.rooming_marks import gone_since, marks_since
from eventops.domain.hosting.rooms import (
    Bed,
    Guest,
    HeldHotel,
    LodgingWish,
    RoomBalance,
    Rooming,
    RoomingList,
    RoomPlacement,
    RoomType,
    RoomUnit,
    held_rooms,
    units_of,
)
from eventops.domain.hosting.rooms_assign import Lodgers, assigned
from eventops.domain.money import least_amounts, of_least
from eventops.domain.people import Participant
from eventops.domain.rules import Candidate, Night
from eventops.domain.texts import Text

SINGLE_ROOM = Text("single room", fr="chambre individuelle", ar="غرفة فردية")
ACCESSIBLE_ROOM = Text("accessible single room", fr="chambre individuelle accessible", ar="غرفة فردية ولوجة")
ASK_HOTEL = Text(
    "Ask {hotel} how many of its rooms a wheelchair can enter: {count} people need one ({people}); then write "
    "accessible_rooms under [hotel] in the event file"
)
# Words of a need that say a room must be accessible; anything else is for a person to judge (lodging wish).
ACCESS_WORDS = (
    "wheelchair",
    "wheel chair",
    "fauteuil roulant",
    "كرسي متحرك",
    "الكرسي المتحرك",
    "كرسيا متحركا",
    "silla de ruedas",
)


def hotels_of(event: Event) -> tuple[HeldHotel, ...]:
    """The hotels that hold rooms; the simple form of one hotel is single rooms at its price."""
    if event.hotels or event.hotel is None:
        return event.hotels
    hotel = event.hotel
    accessible, held = hotel.accessible_rooms, hotel.allotment
    # Where nobody said how many of its rooms are accessible, the list tells the hotel who needs one.
    kinds = [RoomType(id="single", title=SINGLE_ROOM, price=hotel.night, count=held, accessible=accessible is None)]
    if accessible is not None:
        accessible = accessible if held is None else min(accessible, held)
        kinds[0] = replace(kinds[0], count=None if held is None else held - accessible)
        own = RoomType(id="accessible", title=ACCESSIBLE_ROOM, price=hotel.night, count=accessible, accessible=True)
        kinds.append(own)
    return (HeldHotel(id="hotel", name=hotel.name, room_types=tuple(kinds)),)


def lodgers_of(
    event: Event,
    candidates: Sequence[Candidate],
    stays: Sequence[Stay],
    wishes: Iterable[LodgingWish] = (),
    placements: Iterable[RoomPlacement] = (),
    lists: Sequence[RoomingList] = (),
) -> Lodgers:
    """The question of who sleeps where. The newest of `lists` is what changes least."""
    people = {one.participant.id: one for one in candidates}
    asked = {one.participant_id: one for one in wishes}
    fields = _Fields(event, candidates)
    guests = tuple(
        _guest(people[stay.participant_id], stay.nights, asked.get(stay.participant_id), fields)
        for stay in stays
        if stay.nights and stay.participant_id in people
    )
    newest = max(lists, key=lambda one: one.id, default=None)
    by_hand = tuple(placements)
    freed = {one.participant_id for one in by_hand if not one.room}
    return Lodgers(
        guests=guests,
        units=units_of(hotels_of(event), _needed(guests)),
        placements=tuple(one for one in by_hand if one.room),
        listed=tuple(one for one in newest.beds if one.participant_id not in freed) if newest is not None else (),
    )


def rooming_of(
    event: Event,
    candidates: Sequence[Candidate],
    stays: Sequence[Stay],
    wishes: Sequence[LodgingWish] = (),
    placements: Sequence[RoomPlacement] = (),
    lists: Sequence[RoomingList] = (),
) -> Rooming:
    """A bed for every granted night, or the reason why there is none. Nothing when no hotel holds rooms."""
    hotels = hotels_of(event)
    if not hotels:
        return Rooming()
    lodgers = lodgers_of(event, candidates, stays, wishes, placements, lists)
    answer = assigned(lodgers)
    beds = beds_in(event, lodgers, answer.rooms, answer.by_hand, answer.kept)
    bedless = bedless_of(lodgers, answer)
    unmet = unmet_of(lodgers, answer)
    sent = max((one for one in lists if one.how == "sent"), key=lambda one: one.id, default=None)
    return Rooming(
        beds=beds,
        bedless=bedless,
        unmet=unmet,
        balance=_balance(event, hotels, lodgers, beds),
        marks=marks_since(sent, beds) if sent is not None else {},
        gone=gone_since(sent, beds) if sent is not None else (),
        since=(sent.id, sent.at) if sent is not None else None,
        findings=rooming_findings(lodgers, answer, bedless, unmet),
        to_ask=_to_ask(event, lodgers),
    )


def _to_ask(event: Event, lodgers: Lodgers) -> tuple[Finding, ...]:
    """The question to the hotel, when somebody needs an accessible room and nobody knows whether it has one."""
    people = [one.id for one in lodgers.guests if one.accessible]
    if event.hotel is None or event.hotels or event.hotel.accessible_rooms is not None or not people:
        return ()
    values: dict[str, object] = {"hotel": event.hotel.name, "count": len(people), "people": ", ".join(people)}
    return (Finding(severity=Severity.WARNING, code="hotel-access-unknown", message=ASK_HOTEL, values=values),)


def nights_in_rooms(event: Event, nights: Sequence[Night], rooming: Rooming) -> tuple[Night, ...]:
    """The nights at the price of the bed each has: a room is paid once a night, however many sleep in it. Without a
    bed there is nothing to pay; the simple form of one hotel keeps its price."""
    if not event.hotels:
        return tuple(nights)
    names = {one.id: one.name for one in event.hotels}
    beds = {(one.participant_id, one.night): one for one in rooming.beds}
    placed: list[Night] = []
    for night in nights:
        bed = beds.get((night.participant_id, night.date))
        hotel = Hotel(name=names[bed.hotel], night=bed.price) if bed is not None else None
        placed.append(replace(night, hotel=hotel))
    return tuple(placed)


class _Fields:
    """Answers on the form that tell of room-mates, a room alone or a family, by the settings that name the questions.

    Names are read as written: only one that is exactly one person's counts."""

    def __init__(self, event: Event, candidates: Sequence[Candidate]) -> None:
        self.mates, self.single, self.family = (
            str(event.settings.get(name, "")) for name in ("room_mates_field", "room_single_field", "family_field")
        )
        self._called: dict[str, set[str]] = {}
        if self.mates:
            for one in candidates:
                person = one.participant
                for text in (person.id, person.name, person.name_latin, person.email, person.phone):
                    if text.strip():
                        self._called.setdefault(_plain(text), set()).add(person.id)

    def mates_of(self, person: Participant) -> tuple[str, ...]:
        written = str(person.fields.get(self.mates, "")) if self.mates else ""
        for sign in ";،\n":
            written = written.replace(sign, ",")
        found = [self._called.get(_plain(part), set()) for part in written.split(",") if part.strip()]
        return tuple(id for ids in found if len(ids) == 1 for id in ids if id != person.id)

    def is_single(self, person: Participant) -> bool:
        return bool(self.single) and person.fields.get(self.single) is True

    def family_of(self, person: Participant) -> str:
        return _plain(str(person.fields.get(self.family, ""))) if self.family else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _guest(candidate: Candidate, nights: Sequence[date], wish: LodgingWish | None, fields: _Fields) -> Guest:
    person = candidate.participant
    said = wish or LodgingWish(participant_id=person.id)
    needs = person.needs.casefold()
    accessible = any(word in needs for word in ACCESS_WORDS) if said.accessible is None else said.accessible
    return Guest(
        id=person.id,
        nights=tuple(sorted(set(nights))),
        gender=person.gender,
        minor=candidate.age is not None and candidate.age < 18,
        family=said.family or fields.family_of(person),
        single=said.single or fields.is_single(person),
        accessible=accessible,
        mates=said.mates or fields.mates_of(person),
        apart=frozenset(said.apart),
    )


def _needed(guests: Iterable[Guest]) -> dict[date, int]:
    needed: dict[date, int] = {}
    for one in guests:
        for night in one.nights:
            needed[night] = needed.get(night, 0) + 1
    return needed


def beds_in(
    event: Event,
    lodgers: Lodgers,
    rooms: Mapping[tuple[str, date], str],
    by_hand: Collection[tuple[str, date]] = (),
    kept: Collection[tuple[str, date]] = (),
) -> tuple[Bed, ...]:
    """The beds with their parts of the prices: a room's price is shared out to the last centime among those in it."""
    units = {unit.id: (at, unit) for at, unit in enumerate(lodgers.units)}
    together: dict[tuple[str, date], list[Guest]] = {}
    for guest in lodgers.guests:
        for night in guest.nights:
            if (guest.id, night) in rooms:
                together.setdefault((rooms[guest.id, night], night), []).append(guest)
    beds: list[Bed] = []
    for (room, night), people in sorted(together.items(), key=lambda one: (units[one[0][0]][0], one[0][1])):
        unit = units[room][1]
        share, rest = divmod(unit.prices[night], len(people))
        for number, guest in enumerate(people):
            part = share + (number < rest)
            own = max(0, part - _shared_price(lodgers.units, night, part)) if guest.single else 0
            key = (guest.id, night)
            beds.append(
                Bed(
                    participant_id=guest.id,
                    night=night,
                    hotel=unit.hotel,
                    type=unit.type,
                    room=room,
                    price=of_least(part - own, event.currency),
                    own_cost=of_least(own, event.currency) if own else None,
                    origin="hand" if key in by_hand else "kept" if key in kept else "new",
                )
            )
    return tuple(beds)


def _shared_price(units: Sequence[RoomUnit], night: date, otherwise: int) -> int:
    """What a bed in a shared room costs that night at the least, rounded up; `otherwise` when no room is shared."""
    prices = [-(-unit.prices[night] // unit.beds) for unit in units if unit.beds > 1 and night in unit.prices]
    return min(prices, default=otherwise)


def _balance(
    event: Event, hotels: Sequence[HeldHotel], lodgers: Lodgers, beds: Sequence[Bed]
) -> tuple[RoomBalance, ...]:
    """Every room type of every night somebody needs one."""
    needed = _needed(lodgers.guests)
    used: dict[tuple[str, str, date], set[str]] = {}
    people: dict[tuple[str, str, date], int] = {}
    for bed in beds:
        key = (bed.hotel, bed.type, bed.night)
        used.setdefault(key, set()).add(bed.room)
        people[key] = people.get(key, 0) + 1
    lines: list[RoomBalance] = []
    for hotel in hotels:
        for kind in hotel.room_types:
            prices = {one.night: one.price for one in kind.blocks if one.price is not None}
            for night, held in held_rooms(kind, needed).items():
                key = (hotel.id, kind.id, night)
                rooms = len(used.get(key, ()))
                price = least_amounts(prices.get(night, kind.price))
                lines.append(
                    RoomBalance(
                        hotel=hotel.id,
                        type=kind.id,
                        night=night,
                        held=held,
                        used=rooms,
                        people=people.get(key, 0),
                        free_beds=rooms * kind.beds - people.get(key, 0),
                        cost=of_least(rooms * price, event.currency),
                    )
                )
    return tuple(sorted(lines, key=lambda one: one.night))


def mates_of(rooming: Rooming, participant_id: str) -> Mapping[date, tuple[str, ...]]:
    """Who shares a person's room, night by night."""
    mine = {one.night: one.room for one in rooming.of(participant_id)}
    return {
        night: tuple(
            one.participant_id
            for one in rooming.beds
            if one.night == night and one.room == room and one.participant_id != participant_id
        )
        for night, room in mine.items()
    }
