"""What is wrong with an event by itself: ids, references, hours, amounts. Types are checked when it is read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from string import Formatter

from msgspec import Struct

from eventops.domain.budget_checks import budget_problems
from eventops.domain.deciding.seat_checks import seat_problems
from eventops.domain.event import Bounds, Criterion, Event, Meal, Session, first_day
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.held_checks import held_problems
from eventops.domain.money import Money
from eventops.domain.people import Gender
from eventops.domain.scheduling.programme_checks import programme_problems
from eventops.domain.texts import Text

Path = tuple[str | int, ...]

SESSION_KINDS = ("reception", "plenary", "workshop", "break", "meal")
SERVED_TO = ("everyone", "overnight")
LISTS_WITH_ID = (
    ("agenda", "id"),
    ("workshops", "id"),
    ("preparations", "id"),
    ("speakers", "id"),
    ("meals", "id"),
    ("hotels", "id"),
    ("vehicles", "id"),
    ("categories", "id"),
    ("associations", "id"),
    ("sponsors", "id"),
    ("budget", "id"),
    ("criteria", "name"),
    ("quotas", "id"),
    ("priorities", "id"),
    ("plugins", "name"),
)
# What a criterion's reason may name between braces: facts always, limits when the criterion has them.
FACTS_IN_REASONS = (
    "category", "role", "town", "region", "province", "distance_km", "age", "departure", "homecoming",
)  # fmt: skip
LIMITS_IN_REASONS = {
    "limit_km": "distance_km",
    "limit_road_km": "road_km",
    "limit_departure": "departure",
    "limit_homecoming": "homecoming",
    "waiting_position": "seat",
}

_ID = re.compile(r"\w[\w.-]*")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class EventProblem(Struct, frozen=True, kw_only=True):
    """A finding and the place in the event it speaks of: ("agenda", 3, "room"), entries counted from 0."""

    path: Path
    finding: Finding


def problems(event: Event) -> tuple[Finding, ...]:
    """What a person should look at in the event; an error must be put right before it can be planned."""
    return tuple(one.finding for one in event_problems(event))


def event_problems(event: Event) -> tuple[EventProblem, ...]:
    """The problems with their places, in the order of the event's parts."""
    return tuple(
        problem
        for check in (
            *(_codes, _ids, _amounts, _held, _times, _references, _categories, _criteria, _rates, _fits),
            *(_seats, _programme),
        )
        for problem in check(event)
    )


def _problem(event: Event, code: str, path: Path, message: Text, **values: object) -> EventProblem:
    return _found(Severity.ERROR, event, code, path, message, values)


def _warning(event: Event, code: str, path: Path, message: Text, **values: object) -> EventProblem:
    return _found(Severity.WARNING, event, code, path, message, values)


def _found(
    severity: Severity, event: Event, code: str, path: Path, message: Text, values: dict[str, object]
) -> EventProblem:
    finding = Finding(
        severity=severity,
        code=code,
        message=message,
        values={"where": place_in(event, path), **values},
        source=Source(place=place_in(event, path)),
    )
    return EventProblem(path=path, finding=finding)


def place_in(event: Event, path: Path) -> str:
    """A place in the event in words: `agenda 4 (tea), starts_at`; entries are counted from 1."""
    said = ""
    inside: object = event
    after_entry = False
    for token in path:
        if isinstance(token, int):
            inside = inside[token] if isinstance(inside, tuple) else None
            label = getattr(inside, "id", None) or getattr(inside, "name", None)
            said += f" {token + 1}" + (f" ({label})" if isinstance(label, str) else "")
        else:
            said += ("" if not said else ", " if after_entry else ".") + token
            inside = getattr(inside, token, None)
        after_entry = isinstance(token, int)
    return said


def _codes(event: Event) -> Iterator[EventProblem]:
    """Codes of countries, regions, currencies and languages that cannot be any."""
    wanted: list[tuple[Path, str, re.Pattern[str], str]] = [
        (("country",), event.country, _COUNTRY, "MA"),
        (("currency",), event.currency, _CURRENCY, "MAD"),
        (("language",), event.language, _LANGUAGE, "fr"),
    ]
    wanted += [(("regions", at), region, _REGION, "MA-06") for at, region in enumerate(event.regions)]
    if event.venue.region:
        wanted.append((("venue", "region"), event.venue.region, _REGION, "MA-06"))
    for at, one in enumerate(event.associations):
        wanted += [(("associations", at, "regions", n), code, _REGION, "MA-06") for n, code in enumerate(one.regions)]
    for at, sponsor in enumerate(event.sponsors):
        wanted += [
            (("sponsors", at, "country"), sponsor.country, _COUNTRY, "FR"),
            (("sponsors", at, "currency"), sponsor.currency, _CURRENCY, "EUR"),
            (("sponsors", at, "language"), sponsor.language, _LANGUAGE, "fr"),
        ]
    for at, plugin in enumerate(event.plugins):
        wanted += [(("plugins", at, "regions", n), code, _REGION, "MA-06") for n, code in enumerate(plugin.regions)]
    for at, criterion in enumerate(event.criteria):
        for key, values in (("region", criterion.when.region), ("not_region", criterion.when.not_region)):
            wanted += [(("criteria", at, "when", key, n), one, _REGION, "MA-06") for n, one in enumerate(values)]
        countries = enumerate(criterion.when.country)
        wanted += [(("criteria", at, "when", "country", n), one, _COUNTRY, "MA") for n, one in countries]
    for path, seen, shape, example in wanted:
        if not shape.fullmatch(seen):
            message = Text("{where} is {seen}, which is not a code such as {example}")
            yield _problem(event, "event-code", path, message, seen=seen or '""', example=example)


def _ids(event: Event) -> Iterator[EventProblem]:
    """Ids that cannot be typed on a command line, and ids used twice."""
    if not _ID.fullmatch(event.id):
        yield _bad_id(event, ("id",), event.id)
    lists: list[tuple[Path, str, Sequence[Struct]]] = [(("venue", "rooms"), "id", event.venue.rooms)]
    lists += [((name,), key, getattr(event, name)) for name, key in LISTS_WITH_ID]
    for path, key, entries in lists:
        first: dict[str, int] = {}
        for at, entry in enumerate(entries):
            id = getattr(entry, key)
            if not _ID.fullmatch(id):
                yield _bad_id(event, (*path, at, key), id)
            elif id in first:
                message = Text("{where} is {seen}, which entry {first} is called already; give each its own")
                yield _problem(event, "event-id-twice", (*path, at, key), message, seen=id, first=first[id] + 1)
            first.setdefault(id, at)


def _bad_id(event: Event, path: Path, seen: str) -> EventProblem:
    message = Text(
        "{where} is {seen}, but should be one word of letters, digits, points and hyphens, such as {example}"
    )
    return _problem(event, "event-id", path, message, seen=repr(seen), example="workshop-1")


def _amounts(event: Event) -> Iterator[EventProblem]:
    """Numbers of people and things below what makes sense, and money below zero."""
    counts: list[tuple[Path, int | None, int]] = [
        (("seats",), event.seats, 1),
        (("approvals_needed",), event.approvals_needed, 1),
        (("override_approvals_needed",), event.override_approvals_needed, 1),
    ]
    for at, room in enumerate(event.venue.rooms):
        counts.append((("venue", "rooms", at, "capacity"), room.capacity, 1))
        counts += [
            (("venue", "rooms", at, "equipment", n, "count"), one.count, 1) for n, one in enumerate(room.equipment)
        ]
    counts += [(("workshops", at, "capacity"), one.capacity, 1) for at, one in enumerate(event.workshops)]
    counts += [(("criteria", at, "nights"), one.nights, 0) for at, one in enumerate(event.criteria)]
    if event.hotel is not None:
        counts.append((("hotel", "allotment"), event.hotel.allotment, 0))
        counts.append((("hotel", "accessible_rooms"), event.hotel.accessible_rooms, 0))
    for path, seen, least in counts:
        if seen is not None and seen < least:
            message = Text("{where} is {seen}, but should be {least} or more")
            yield _problem(event, "event-count", path, message, seen=seen, least=least)
    amounts: list[tuple[Path, Money | None]] = []
    amounts += [(("meals", at, "price"), one.price) for at, one in enumerate(event.meals)]
    amounts += [(("budget", at, "ceiling"), one.ceiling) for at, one in enumerate(event.budget)]
    amounts += [(("criteria", at, "ceiling"), one.ceiling) for at, one in enumerate(event.criteria)]
    if event.hotel is not None:
        amounts.append((("hotel", "night"), event.hotel.night))
    for path, money in amounts:
        yield from _below_zero(event, path, money)


def _held(event: Event) -> Iterator[EventProblem]:
    """Rooms and vehicles that hold nobody, or are paid in another currency."""
    simple = event.hotel is not None
    for code, path, message, values in held_problems(event.hotels, event.vehicles, event.currency, simple=simple):
        yield _problem(event, code, path, message, **values)


def _below_zero(event: Event, path: Path, money: Money | None) -> Iterator[EventProblem]:
    if money is not None and money.amount < 0:
        message = Text("{where} is {seen}, but money set aside or paid is never below zero")
        yield _problem(event, "event-money", path, message, seen=money)


def _times(event: Event) -> Iterator[EventProblem]:
    """Ends that do not come after their starts, and kinds nobody knows."""
    timed: tuple[tuple[str, Sequence[Session | Meal]], ...] = (("agenda", event.agenda), ("meals", event.meals))
    for name, entries in timed:
        for at, entry in enumerate(entries):
            if entry.ends_at <= entry.starts_at:
                message = Text("{where} is {seen}, but should come after the start at {start}")
                path: Path = (name, at, "ends_at")
                yield _problem(event, "event-times", path, message, seen=entry.ends_at, start=entry.starts_at)
    for at, session in enumerate(event.agenda):
        yield from _choice(event, ("agenda", at, "kind"), session.kind, SESSION_KINDS)
    for at, meal in enumerate(event.meals):
        yield from _choice(event, ("meals", at, "served_to"), meal.served_to, SERVED_TO)
    window = event.registration
    if window is None:
        return
    if window.closes_on < window.opens_on:
        message = Text("{where} is {seen}, but registration opens on {start}")
        path = ("registration", "closes_on")
        yield _problem(event, "event-times", path, message, seen=window.closes_on, start=window.opens_on)
    if event.agenda and window.closes_on >= first_day(event):
        message = Text("{where} is {seen}, not before the first day of the event, {start}")
        path = ("registration", "closes_on")
        yield _warning(event, "event-registration-late", path, message, seen=window.closes_on, start=first_day(event))


def _choice(event: Event, path: Path, seen: str, known: Iterable[str]) -> Iterator[EventProblem]:
    known = tuple(known)
    if seen not in known:
        message = Text("{where} is {seen}, but should be one of {known}")
        yield _problem(event, "event-choice", path, message, seen=seen or '""', known=", ".join(known))


def _references(event: Event) -> Iterator[EventProblem]:
    """Names of rooms, sessions, sponsors and associations that the event does not have."""
    rooms = [room.id for room in event.venue.rooms]
    payers = [sponsor.id for sponsor in event.sponsors] + [one.id for one in event.associations]
    named: list[tuple[Path, str, list[str]]] = []
    named += [(("agenda", at, "room"), one.room, rooms) for at, one in enumerate(event.agenda)]
    for at, workshop in enumerate(event.workshops):
        named.append((("workshops", at, "session"), workshop.session, [session.id for session in event.agenda]))
        named.append((("workshops", at, "room"), workshop.room, rooms))
    named += [(("meals", at, "room"), one.room, rooms) for at, one in enumerate(event.meals)]
    named += [(("criteria", at, "payer"), one.payer, payers) for at, one in enumerate(event.criteria)]
    for path, seen, known in named:
        if seen and seen not in known:
            yield _unknown(event, path, seen, known)
    for at, line in enumerate(event.budget):
        if line.sponsor not in payers:
            yield _unknown(event, ("budget", at, "sponsor"), line.sponsor, payers)
    yield from budget_problems(event, _problem, _unknown)


def _unknown(event: Event, path: Path, seen: str, known: Sequence[str]) -> EventProblem:
    if not known:
        message = Text("{where} is {seen}, but the event has none; add it or leave this out")
        return _problem(event, "event-reference", path, message, seen=seen or '""')
    message = Text("{where} is {seen}, which the event does not have; it has {known}")
    return _problem(event, "event-reference", path, message, seen=seen or '""', known=", ".join(known))


def _categories(event: Event) -> Iterator[EventProblem]:
    """Criteria that speak of categories, genders or associations nobody can have."""
    categories = tuple(choice.id for choice in event.categories)
    associations = tuple(one.id for one in event.associations)
    genders = tuple(gender.value for gender in Gender)
    for at, criterion in enumerate(event.criteria):
        when = criterion.when
        for key, values, known in (
            ("category", when.category, categories),
            ("not_category", when.not_category, categories),
            ("association", when.association, associations),
            ("gender", when.gender, genders),
            ("seat", (when.seat,) if when.seat else (), ("confirmed", "offered", "waiting", "declined", "refused")),
        ):
            for number, value in enumerate(values):
                if known:
                    yield from _choice(event, ("criteria", at, "when", key, number), value, known)


def _criteria(event: Event) -> Iterator[EventProblem]:
    """Conditions nobody can meet, and reasons that name what is not there."""
    for at, criterion in enumerate(event.criteria):
        when = criterion.when
        for key, bounds in (("distance_km", when.distance_km), ("road_km", when.road_km), ("age", when.age)):
            if bounds is not None and _nobody(bounds):
                message = Text("{where} leaves no number between its limits, so the criterion never holds")
                yield _warning(event, "event-criterion-never", ("criteria", at, "when", key), message)
        both = sorted(set(when.region) & set(when.not_region)) + sorted(set(when.category) & set(when.not_category))
        if both:
            message = Text("{where} both asks for and leaves out {seen}")
            yield _warning(event, "event-criterion-never", ("criteria", at, "when"), message, seen=", ".join(both))
        begins, ends = criterion.valid_from, criterion.valid_to
        if begins is not None and ends is not None and begins > ends:
            message = Text("{where} is {seen}, a day before the criterion begins to hold")
            yield _problem(event, "event-dates", ("criteria", at, "valid_to"), message, seen=ends)
        yield from _reason(event, at, criterion)


def _nobody(bounds: Bounds) -> bool:
    below = max((one for one in (bounds.at_least, bounds.over) if one is not None), default=float("-inf"))
    above = min((one for one in (bounds.under, bounds.at_most) if one is not None), default=float("inf"))
    return below > above or (below == above and (bounds.over == below or bounds.under == above))


def _reason(event: Event, at: int, criterion: Criterion) -> Iterator[EventProblem]:
    """Braces in a reason that name neither a fact nor a limit of the criterion."""
    limits = [name for name, key in LIMITS_IN_REASONS.items() if getattr(criterion.when, key)]
    known = (*FACTS_IN_REASONS, *limits)
    for language in ("en", "fr", "ar"):
        path: Path = ("criteria", at, "reason", language)
        try:
            fields = tuple(Formatter().parse(criterion.reason.written_in(language)))
        except ValueError:
            message = Text("{where} has a brace without its partner; write {example} around the name of a fact")
            yield _problem(event, "event-reason", path, message, example="{ }")
            continue
        for _, name, _, _ in fields:
            if name is not None and name not in known:
                message = Text("{where} names {seen} between braces, but may name {known}")
                yield _problem(event, "event-reason", path, message, seen=name or "{}", known=", ".join(known))


def _rates(event: Event) -> Iterator[EventProblem]:
    """Exchange rates that exchange nothing."""
    for at, rate in enumerate(event.rates):
        for key in ("base", "quote"):
            if not _CURRENCY.fullmatch(getattr(rate, key)):
                message = Text("{where} is {seen}, which is not a code such as {example}")
                seen = getattr(rate, key) or '""'
                yield _problem(event, "event-code", ("rates", at, key), message, seen=seen, example="EUR")
        if rate.base == rate.quote:
            message = Text("{where} is {seen}, the currency it is an exchange rate from")
            yield _problem(event, "event-rate", ("rates", at, "quote"), message, seen=rate.quote)
        if not rate.rate > 0:
            message = Text("{where} is {seen}, but an exchange rate is above zero")
            yield _problem(event, "event-rate", ("rates", at, "rate"), message, seen=rate.rate)


def _fits(event: Event) -> Iterator[EventProblem]:
    """People who do not fit their rooms, and rooms used twice at one time."""
    capacity = {room.id: room.capacity for room in event.venue.rooms}
    largest = max(capacity.values(), default=None)
    if event.seats is not None and largest is not None and event.seats > largest:
        message = Text("{where} is {seen}, more than the largest room holds, {capacity}")
        yield _warning(event, "event-room-small", ("seats",), message, seen=event.seats, capacity=largest)
    for at, workshop in enumerate(event.workshops):
        room = capacity.get(workshop.room)
        if workshop.capacity is not None and room is not None and workshop.capacity > room:
            message = Text("{where} is {seen}, more than its room holds, {capacity}")
            path: Path = ("workshops", at, "capacity")
            yield _warning(event, "event-room-small", path, message, seen=workshop.capacity, capacity=room)
    used = sorted(
        (session.room, session.starts_at, session.ends_at, at)
        for at, session in enumerate(event.agenda)
        if session.room
    )
    for earlier, later in combinations(used, 2):
        if earlier[0] == later[0] and _overlap(earlier[1:3], later[1:3]):
            message = Text("{where} is {seen}, which agenda entry {other} uses at the same time")
            path = ("agenda", later[3], "room")
            yield _warning(event, "event-room-twice", path, message, seen=later[0], other=earlier[3] + 1)


def _programme(event: Event) -> Iterator[EventProblem]:
    """Speakers, preparatory meetings, menus and days of fasting."""
    for one in programme_problems(event):
        yield _problem(event, one.code, one.path, one.message, **one.values)


def _seats(event: Event) -> Iterator[EventProblem]:
    """Seats that cannot be given as the event says."""
    for code, path, message, values in seat_problems(event):
        yield _problem(event, code, path, message, **values)


def _overlap(one: tuple[datetime, ...], other: tuple[datetime, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
