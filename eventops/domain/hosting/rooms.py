"""Rooms held at hotels, who sleeps in which, and what people ask for: the values of rooming."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from eventops.domain.findings import Finding
from eventops.domain.money import Money, least_amounts
from eventops.domain.people import Gender
from eventops.domain.texts import Message, Text


class RoomBlock(Struct, frozen=True, kw_only=True):
    """What is held of a room type for one night: how many rooms, and the price when it is another that night."""

    night: date
    rooms: int
    price: Money | None = None


class RoomType(Struct, frozen=True, kw_only=True):
    """Rooms of one kind. Units: `price` of one room for one night, whoever sleeps in it. `count` rooms every night,
    None as many as are needed; `blocks` say it night by night instead, and a night without a block has none."""

    id: str
    title: Text
    beds: int = 1
    price: Money
    accessible: bool = False
    count: int | None = None
    blocks: tuple[RoomBlock, ...] = ()


class HeldHotel(Struct, frozen=True, kw_only=True):
    """A hotel that holds rooms for the event; what is not named to it by `release_on` goes back to the hotel."""

    id: str
    name: Text
    address: Text = Text("")
    phone: str = ""
    release_on: date | None = None
    room_types: tuple[RoomType, ...] = ()


class LodgingWish(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody asks for, or needs, beside a bed. `mates` and `apart` are ids; `family` is one word for all who
    belong together; `single` is a room alone, at their own cost; `accessible` None when nobody said."""

    participant_id: str
    mates: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    family: str = ""
    single: bool = False
    accessible: bool | None = None


class RoomPlacement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person put into a room by hand: for one night, or for every night they have. Without a room they are free: the
    last list does not hold them."""

    participant_id: str
    room: str
    night: date | None = None

    @property
    def key(self) -> str:
        """Under which it stands in the store."""
        return f"{self.participant_id}:{self.night or 'all'}"


class ListedBed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person's nights in one room as a list said them, with the name it was said of."""

    participant_id: str
    room: str
    nights: tuple[date, ...]
    name: str = ""
    name_latin: str = ""


class RoomingList(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list that was sent to the hotel, or an assignment that was accepted (`how`: sent, solved). The newest is what
    the next plan changes least; the newest sent is what revision marks compare with."""

    id: str
    how: str
    at: datetime
    beds: tuple[ListedBed, ...] = ()
    seed: int | None = None
    limit: int | None = None
    gap: float | None = None


class RoomUnit(Struct, frozen=True, kw_only=True):
    """One room. Units: `prices` by night it is held, in the least amount of the currency."""

    id: str
    hotel: str
    type: str
    beds: int
    accessible: bool
    prices: Mapping[date, int]


class Guest(Struct, frozen=True, kw_only=True):
    """What decides with whom a person may share a room."""

    id: str
    nights: tuple[date, ...]
    gender: Gender = Gender.UNKNOWN
    minor: bool = False
    family: str = ""
    single: bool = False
    accessible: bool = False
    mates: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()


class Bed(Struct, frozen=True, kw_only=True):
    """One night of one person in one room. Units: `price` is their part of the room's price for that night, `own_cost`
    what they bear themselves for a room alone. `origin`: hand, kept, new."""

    participant_id: str
    night: date
    hotel: str
    type: str
    room: str
    price: Money
    own_cost: Money | None = None
    origin: str = "new"


class Bedless(Struct, frozen=True, kw_only=True):
    """A granted night without a bed, and why."""

    participant_id: str
    night: date
    reason: Message


class Unmet(Struct, frozen=True, kw_only=True):
    """A wish the rooms do not meet, and why."""

    participant_id: str
    wish: Message
    reason: Message


class RoomBalance(Struct, frozen=True, kw_only=True):
    """Rooms of one type on one night: held, used, and the beds in the used ones that stay empty."""

    hotel: str
    type: str
    night: date
    held: int
    used: int
    people: int
    free_beds: int
    cost: Money


class Gone(Struct, frozen=True, kw_only=True):
    """A bed of the list sent last that nobody needs any more."""

    name: str
    name_latin: str
    room: str
    nights: tuple[date, ...]


class Rooming(Struct, frozen=True, kw_only=True):
    """Who sleeps where. `beds` in the order of rooms and nights; `marks` what changed of a person since the list sent
    last (new, changed), `gone` what was cancelled, `since` that list's id and time, `to_ask` what
    the hotel has not said."""

    beds: tuple[Bed, ...] = ()
    bedless: tuple[Bedless, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    balance: tuple[RoomBalance, ...] = ()
    marks: Mapping[str, str] = {}
    gone: tuple[Gone, ...] = ()
    since: tuple[str, datetime] | None = None
    findings: tuple[Finding, ...] = ()
    to_ask: tuple[Finding, ...] = ()

    def of(self, participant_id: str) -> tuple[Bed, ...]:
        """The beds of one person, night by night."""
        return tuple(
            sorted((one for one in self.beds if one.participant_id == participant_id), key=lambda one: one.night)
        )


NO_ROOMING = Rooming()


def units_of(hotels: Iterable[HeldHotel], needed: Mapping[date, int]) -> tuple[RoomUnit, ...]:
    """Every room held, in the order of the event file. `needed` are the people of every night: what is held without a
    count is as many rooms as that.

    Shape: the first rooms of a type are held every night any of them is.
    """
    units: list[RoomUnit] = []
    for hotel in hotels:
        for kind in hotel.room_types:
            held = held_rooms(kind, needed)
            prices = {one.night: one.price for one in kind.blocks if one.price is not None}
            most = max(held.values(), default=0)
            width = len(str(most))
            units.extend(
                RoomUnit(
                    id=f"{hotel.id}-{kind.id}-{number:0{max(2, width)}}",
                    hotel=hotel.id,
                    type=kind.id,
                    beds=kind.beds,
                    accessible=kind.accessible,
                    prices={
                        night: least_amounts(prices.get(night, kind.price))
                        for night, count in held.items()
                        if count >= number
                    },
                )
                for number in range(1, most + 1)
            )
    return tuple(units)


def held_rooms(kind: RoomType, needed: Mapping[date, int]) -> dict[date, int]:
    """How many rooms of a type are held, by night anybody needs one."""
    if kind.blocks:
        by_night = {one.night: one.rooms for one in kind.blocks}
        return {night: by_night.get(night, 0) for night in sorted(needed)}
    return {night: needed[night] if kind.count is None else kind.count for night in sorted(needed)}


def may_share(one: Guest, other: Guest) -> bool:
    """Whether two people may sleep in one room: no one is kept apart; families may; strangers must be adults of one
    known gender, and nobody who sleeps alone."""
    if one.id in other.apart or other.id in one.apart:
        return False
    if one.family and one.family == other.family:
        return True
    if one.single or other.single or one.minor or other.minor:
        return False
    return one.gender is other.gender and one.gender in (Gender.FEMALE, Gender.MALE)
