"""Why a night has no bed and why a wish is not met, in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.rooms import Bedless, Guest, RoomUnit, Unmet, may_share
from eventops.domain.hosting.rooms_assign import Assigned, Lodgers
from eventops.domain.people import Gender
from eventops.domain.texts import Message, Text

NONE_HELD = Text("no room is held that night")
NONE_ACCESSIBLE = Text("no accessible room is free that night")
ALL_TAKEN = Text("all {rooms} rooms held that night are taken")
BEDS_AMONG_OTHERS = Text("the beds left that night ({beds}) are in rooms of people they may not share with")
NOT_TOGETHER = Text("no room is left that night that holds the whole family")
WITH = Text("to share with {mate}")
NO_BED_FOR_MATE = Text("{mate} has no bed")
OTHER_NIGHTS = Text("they have no night in common")
KEPT_APART = Text("the two are kept apart")
ALONE = Text("{mate} sleeps alone, as they asked")
MINOR = Text("a minor shares with their family only")
GENDERS = Text("women and men share a room within a family only")
GENDER_UNKNOWN = Text("the gender of one of them is not on record")
SETTLED = Text("one of them is placed by hand or keeps the room of the last list; release them to place them anew")
NO_ROOM_FOR_BOTH = Text("no room was left that holds both")


def bedless_of(lodgers: Lodgers, answer: Assigned) -> tuple[Bedless, ...]:
    """Every granted night without a bed, with the reason."""
    inside: dict[tuple[str, date], list[Guest]] = {}
    for guest in lodgers.guests:
        for night in guest.nights:
            if (guest.id, night) in answer.rooms:
                inside.setdefault((answer.rooms[guest.id, night], night), []).append(guest)
    return tuple(
        Bedless(participant_id=guest.id, night=night, reason=_why_bedless(lodgers.units, inside, guest, night))
        for guest in lodgers.guests
        for night in guest.nights
        if (guest.id, night) not in answer.rooms
    )


def _why_bedless(
    units: Sequence[RoomUnit], inside: Mapping[tuple[str, date], Sequence[Guest]], guest: Guest, night: date
) -> Message:
    held = [unit for unit in units if night in unit.prices]
    if not held:
        return Message(NONE_HELD)
    usable = [unit for unit in held if unit.accessible or not guest.accessible]
    free = [unit for unit in usable if len(inside.get((unit.id, night), ())) < unit.beds]
    if guest.accessible and not free:
        return Message(NONE_ACCESSIBLE)
    if not free:
        return Message(ALL_TAKEN, {"rooms": len(held)})
    open_to = [unit for unit in free if all(may_share(guest, one) for one in inside.get((unit.id, night), ()))]
    if open_to and guest.family:
        return Message(NOT_TOGETHER)
    beds = sum(unit.beds - len(inside.get((unit.id, night), ())) for unit in free)
    return Message(BEDS_AMONG_OTHERS, {"beds": beds})


def unmet_of(lodgers: Lodgers, answer: Assigned) -> tuple[Unmet, ...]:
    """Every wish for a room-mate that the rooms do not meet, with the reason."""
    guests = {one.id: one for one in lodgers.guests}
    settled = {person for person, _ in (*answer.by_hand, *answer.kept)}
    unmet: list[Unmet] = []
    for guest in lodgers.guests:
        for mate in guest.mates:
            other = guests.get(mate)
            common = set(guest.nights) & set(other.nights) if other is not None else set()
            rooms = answer.rooms
            if any((guest.id, n) in rooms and rooms.get((guest.id, n)) == rooms.get((mate, n)) for n in common):
                continue
            reason = _why_unmet(guest, other, mate, bool(common), settled)
            unmet.append(Unmet(participant_id=guest.id, wish=Message(WITH, {"mate": mate}), reason=reason))
    return tuple(unmet)


def _why_unmet(guest: Guest, other: Guest | None, mate: str, common: bool, settled: set[str]) -> Message:
    if other is None:
        return Message(NO_BED_FOR_MATE, {"mate": mate})
    if not common:
        return Message(OTHER_NIGHTS)
    if guest.id in other.apart or mate in guest.apart:
        return Message(KEPT_APART)
    if not may_share(guest, other):
        if other.single or guest.single:
            return Message(ALONE, {"mate": mate if other.single else guest.id})
        if guest.minor or other.minor:
            return Message(MINOR)
        known = {guest.gender, other.gender} <= {Gender.FEMALE, Gender.MALE}
        return Message(GENDERS if known else GENDER_UNKNOWN)
    return Message(SETTLED if {guest.id, mate} & settled else NO_ROOM_FOR_BOTH)


def rooming_findings(
    lodgers: Lodgers, answer: Assigned, bedless: Sequence[Bedless], unmet: Sequence[Unmet]
) -> tuple[Finding, ...]:
    """What a person should look at about the rooms."""
    findings = [
        _of(one.participant_id, Severity.ERROR, "bed-missing", Text("{person} has no bed on {night}: {reason}"),
            night=one.night, reason=one.reason)
        for one in bedless
    ]  # fmt: skip
    findings += [
        _of(one.participant_id, Severity.INFORMATION, "room-wish-unmet", Text("{person} wishes {wish}: {reason}"),
            wish=one.wish, reason=one.reason)
        for one in unmet
    ]  # fmt: skip
    findings += [
        _of(one.participant_id, Severity.WARNING, "room-placement-refused",
            Text("{person} was placed in {room} by hand, which no rule lets stand any more; place them anew"),
            room=one.room)
        for one in answer.refused
    ]  # fmt: skip
    for name in answer.split:
        message = Text("The family {family} sleeps in several rooms: no room holds it, or some of it are kept apart")
        members = [one.id for one in lodgers.guests if one.family == name]
        findings.append(_of(members[0], Severity.INFORMATION, "family-split", message, family=name))
    return (*findings, *_changes(lodgers, answer), *_minors(lodgers, answer))


def _changes(lodgers: Lodgers, answer: Assigned) -> list[Finding]:
    """Those who sleep in several rooms during their stay."""
    found: list[Finding] = []
    for guest in lodgers.guests:
        rooms = [answer.rooms[guest.id, night] for night in guest.nights if (guest.id, night) in answer.rooms]
        if len(set(rooms)) > 1:
            message = Text("{person} changes rooms during the stay: {rooms}")
            listed = ", ".join(dict.fromkeys(rooms))
            found.append(_of(guest.id, Severity.WARNING, "room-change", message, rooms=listed))
    return found


def _minors(lodgers: Lodgers, answer: Assigned) -> list[Finding]:
    """Minors who sleep in a room without an adult."""
    found: list[Finding] = []
    adults = {(answer.rooms.get((one.id, n)), n) for one in lodgers.guests if not one.minor for n in one.nights}
    for guest in lodgers.guests:
        alone = [
            n for n in guest.nights if (guest.id, n) in answer.rooms and (answer.rooms[guest.id, n], n) not in adults
        ]
        if guest.minor and alone:
            message = Text("{person} is a minor and would sleep without an adult; name the family with lodging wish")
            found.append(_of(guest.id, Severity.WARNING, "minor-alone", message))
    return found


def _of(person: str, severity: Severity, code: str, message: Text, /, **values: object) -> Finding:
    return Finding(
        severity=severity, code=code, message=message, values={"person": person, **values},
        source=Source(participant=person),
    )  # fmt: skip
