"""For each person: one page in their own language with their seat, journeys, room, workshop and meals; and a page of
place cards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from eventops.builtin.exports.cells import by_name, category_title, heading, room_name, workshop_titles
from eventops.builtin.own_pages import CARD_PAGES, OWN_PAGES
from eventops.domain.deciding.selections import unreached
from eventops.domain.event import Event
from eventops.domain.hosting.lodging import with_beds_funded
from eventops.domain.hosting.meals import eats_at
from eventops.domain.hosting.presence import is_there
from eventops.domain.hosting.rooming_words import room_type_titles
from eventops.domain.hosting.rooms import Bed
from eventops.domain.hosting.workshops_values import Placed
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import MODE_LABELS, label_of
from eventops.domain.reporting.latin_names import is_latin
from eventops.domain.reporting.reports import Audience, Cell, Column, Options, Report, Spoken, Table
from eventops.domain.rules import Candidate, Decision, Journey, Seat
from eventops.domain.texts import LANGUAGES, Message, Text
from eventops.extension.spec import Export

TITLE = Text("Own sheets", fr="Fiches personnelles", ar="الأوراق الشخصية")
CARDS_TITLE = Text("Place cards", fr="Chevalets de table", ar="بطاقات الأماكن")
WHAT = Column(name="what", title=Text("About", fr="Objet", ar="الموضوع"), width=22)
DETAIL = Column(name="detail", title=Text("Details", fr="Détails", ar="التفاصيل"), width=70)
YOU = Text("Your name", fr="Votre nom", ar="اسمك")
SEAT = Text("Your seat", fr="Votre place", ar="مقعدك")
THERE = Text("Your way there", fr="Votre trajet aller", ar="ذهابك")
BACK = Text("Your way back", fr="Votre trajet retour", ar="عودتك")
ROOM = Text("Your room", fr="Votre chambre", ar="غرفتك")
WORKSHOP = Text("Your workshop", fr="Votre atelier", ar="ورشتك")
WISHED = Text("Workshops you asked for", fr="Ateliers demandés", ar="الورشات التي طلبتها")
MEALS = Text("Your meals", fr="Vos repas", ar="وجباتك")
VENUE = Text("Where", fr="Lieu", ar="المكان")
BEGINS = Text("It begins", fr="Début", ar="البداية")
SESSION = Text("{starts_at}, {title}", ar="{starts_at}، {title}")
PLACE = Text("{venue}, {address}", ar="{venue}، {address}")
JOURNEY = Text(
    "{mode}: leaves {origin} at {leaves_at}, arrives at {arrives_at} (estimate)",
    fr="{mode} : départ de {origin} le {leaves_at}, arrivée le {arrives_at} (estimation)",
    ar="{mode}: الانطلاق من {origin} في {leaves_at}، والوصول في {arrives_at} (تقدير)",
)
JOURNEY_BACK = Text(
    "{mode}: leaves the venue at {leaves_at}, in {origin} at {arrives_at} (estimate)",
    fr="{mode} : départ du lieu le {leaves_at}, à {origin} le {arrives_at} (estimation)",
    ar="{mode}: الانطلاق من مكان اللقاء في {leaves_at}، والوصول إلى {origin} في {arrives_at} (تقدير)",
)
NUMBERED = Text("{way} – {number}", ar="{way} – {number}")
SLEEPS = Text(
    "{hotel}, {type} {room}, night of {nights}",
    fr="{hotel}, {type} {room}, nuit du {nights}",
    ar="{hotel}، {type} {room}، ليلة {nights}",
)
SLEEPS_WITH = Text(
    "{hotel}, {type} {room}, night of {nights}, with {mates}",
    fr="{hotel}, {type} {room}, nuit du {nights}, avec {mates}",
    ar="{hotel}، {type} {room}، ليلة {nights}، مع {mates}",
)
SERVED = Text("{title}, {starts_at}", ar="{title}، {starts_at}")
SERVED_IN = Text("{title}, {starts_at}, {room}", ar="{title}، {starts_at}، {room}")
NAME = Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=34)
LATIN = Column(name="name_latin", title=Text("Latin name", fr="Nom en latin", ar="الاسم اللاتيني"), width=34)
ROLE = Column(name="organisation", title=Text("Organisation", fr="Organisation", ar="المنظمة"), width=40)
T = TypeVar("T")


class PlanByPerson(Struct, frozen=True, kw_only=True):
    """What a plan holds for everybody, looked up by person; the beds by room as well."""

    decisions: Mapping[tuple[str, str], Decision]
    names: Mapping[str, str]
    journeys: Mapping[str, Sequence[Journey]]
    workshops: Mapping[str, Sequence[Placed]]
    beds: Mapping[str, Sequence[Bed]]
    rooms: Mapping[str, Sequence[Bed]]


def own_sheets(plan: Plan, options: Options) -> Report:
    """A page for everybody with a seat, in the order of names. Shape: a table's name is `language-id`; its first
    two rows say which event and whose; every cell is said in the person's language."""
    seated = [one for one in by_name(plan.candidates) if one.seat is Seat.CONFIRMED]
    held = _by_person(plan)
    tables = tuple(_page(plan, one, held) for one in seated)
    return Report(
        name="own-sheets",
        title=TITLE,
        audience=Audience.ASSOCIATION,
        tables=tables or (Table(name="none", title=TITLE, columns=(WHAT, DETAIL), rows=()),),
        heading=heading(plan.event),
    )


def language_of(candidate: Candidate, event: Event) -> str:
    """The language a person reads: their own where eventops speaks it, else that of the event."""
    return candidate.participant.language if candidate.participant.language in LANGUAGES else event.language


def _by_person(plan: Plan) -> PlanByPerson:
    return PlanByPerson(
        decisions=with_beds_funded(
            {(one.participant_id, one.benefit): one for one in plan.decisions}, unreached(plan.funding)
        ),
        names={one.participant.id: one.participant.name for one in plan.candidates},
        journeys=_grouped(plan.journeys, lambda one: one.participant_id),
        workshops=_grouped(plan.ground.workshops.placed, lambda one: one.participant_id),
        beds=_grouped(plan.rooming.beds, lambda one: one.participant_id),
        rooms=_grouped(plan.rooming.beds, lambda one: one.room),
    )


def _grouped(values: Iterable[T], key_of: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for one in values:
        groups.setdefault(key_of(one), []).append(one)
    return groups


def _page(plan: Plan, candidate: Candidate, held: PlanByPerson) -> Table:
    person = candidate.participant
    lines: list[tuple[Text, Message | Text]] = [
        (VENUE, Message(PLACE, {"venue": plan.event.venue.name, "address": plan.event.venue.address})
         if plan.event.venue.address.en else plan.event.venue.name),
    ]  # fmt: skip
    if plan.event.agenda:
        first = min(plan.event.agenda, key=lambda one: one.starts_at)
        lines.append((BEGINS, Message(SESSION, {"starts_at": first.starts_at, "title": first.title})))
    lines.append((SEAT, label_of(candidate.seat)))
    lines += [
        (THERE if one.direction == "there" else BACK, _journey(candidate, one))
        for one in held.journeys.get(person.id, ())
    ]
    lines += [(ROOM, one) for one in _beds(plan, person.id, held)]
    there = plan.ground.presence.get(person.id)
    given = [one.workshop for one in held.workshops.get(person.id, ()) if one.workshop]
    lines += [(WORKSHOP, one.title) for one in plan.event.workshops if one.id in given]
    if not given:
        lines += [(WISHED, one) for one in _wished(plan, candidate)]
    lines += [
        (MEALS, Message(SERVED_IN if meal.room else SERVED, {
            "title": meal.title, "starts_at": meal.starts_at, "room": room_name(plan.event, meal.room)}))
        for meal in sorted(plan.event.meals, key=lambda one: (one.starts_at, one.id))
        if eats_at(meal, held.decisions, person.id)
        and (meal.served_to == "overnight" or is_there(there, meal.starts_at, meal.ends_at))
    ]  # fmt: skip
    language = language_of(candidate, plan.event)
    about = heading(plan.event)
    return Table(
        name=f"{language}-{person.id}",
        title=_titled(person.name),
        columns=(WHAT, DETAIL),
        rows=((None, Spoken(about, language)), (Spoken(YOU, language), person.name), *_said(lines, language)),
    )


def _titled(name: str) -> Text:
    """The title of somebody's sheet; a brace in a name is no placeholder."""
    safe = name.replace("{", "{{").replace("}", "}}")
    return Text(f"Sheet of {safe}", fr=f"Fiche de {safe}", ar=f"ورقة {safe}")


def _said(lines: Iterable[tuple[Text, Message | Text]], language: str) -> Iterable[tuple[Cell, ...]]:
    """The lines in one language; what repeats is named once."""
    before: Text | None = None
    for what, detail in lines:
        yield (None if what is before else Spoken(what, language), Spoken(detail, language))
        before = what


def _journey(candidate: Candidate, journey: Journey) -> Message:
    mode: Message | Text | str = MODE_LABELS.get(journey.mode, journey.mode)
    number = journey.vehicle or journey.carrier
    if number:
        mode = Message(NUMBERED, {"way": mode, "number": number})
    values: dict[str, object] = {
        "mode": mode,
        "origin": journey.origin.name if journey.origin is not None else candidate.participant.town,
        "leaves_at": journey.leaves_at,
        "arrives_at": journey.arrives_at,
    }
    return Message(JOURNEY if journey.direction == "there" else JOURNEY_BACK, values)


def _beds(plan: Plan, person: str, held: PlanByPerson) -> list[Message]:
    titles = room_type_titles(plan.event)
    mine = sorted(held.beds.get(person, ()), key=lambda one: one.night)
    said: list[Message] = []
    for room, beds in _grouped(mine, lambda one: one.room).items():
        kind, hotel = titles[beds[0].hotel, beds[0].type]
        nights = tuple(bed.night for bed in beds)
        mates = [
            bed.participant_id
            for night in nights
            for bed in held.rooms[room]
            if bed.night == night and bed.participant_id != person
        ]
        with_them = tuple(dict.fromkeys(held.names.get(one, one) for one in mates))
        values: dict[str, object] = {"hotel": hotel, "type": kind, "room": room, "nights": nights, "mates": with_them}
        said.append(Message(SLEEPS_WITH if with_them else SLEEPS, values))
    return said


def _wished(plan: Plan, candidate: Candidate) -> list[Message | Text]:
    """The workshops somebody wishes, while nobody was given one yet."""
    wished = workshop_titles(plan.event, candidate.participant.workshops)
    return [] if wished is None else [wished if isinstance(wished, Message | Text) else Text(str(wished))]


def place_cards(plan: Plan, options: Options) -> Report:
    """A card for everybody with a seat: the name as it is written, in Latin letters too where given, and for whom."""
    rows = tuple(
        (
            one.participant.name,
            one.participant.name_latin if not is_latin(one.participant.name) else None,
            one.participant.organisation or category_title(plan.event, one.participant.category) or None,
        )
        for one in by_name(plan.candidates)
        if one.seat is Seat.CONFIRMED
    )
    table = Table(name="cards", title=CARDS_TITLE, columns=(NAME, LATIN, ROLE), rows=rows, landscape=True)
    return Report(
        name="place-cards",
        title=CARDS_TITLE,
        audience=Audience.ASSOCIATION,
        tables=(table,),
        heading=heading(plan.event),
    )


OWN_SHEETS = Export(
    name="own-sheets",
    title=TITLE,
    audience=Audience.ASSOCIATION,
    compose=own_sheets,
    formats=("html", "xlsx"),
    writers=(OWN_PAGES,),
)
PLACE_CARDS = Export(
    name="place-cards",
    title=CARDS_TITLE,
    audience=Audience.ASSOCIATION,
    compose=place_cards,
    formats=("html", "xlsx"),
    writers=(CARD_PAGES,),
)
