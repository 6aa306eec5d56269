"""For the hotel: who sleeps when, and how many rooms every night."""

from collections import Counter
from datetime import timedelta

from eventops.builtin.exports.cells import (
    NUMBER,
    by_name,
    cell_or_none,
    field_column,
    further_facts,
    heading,
    language_title,
    party_name,
    person_cell,
)
from eventops.domain.hosting.lodging import Stay
from eventops.domain.people import Gender, Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import label_of
from eventops.domain.reporting.latin_names import is_latin, latin_name
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Lodging list", fr="Liste d’hébergement", ar="لائحة الإيواء")
ROOMS_TITLE = Text("Rooms per night", fr="Chambres par nuit", ar="الغرف حسب الليالي")
ARRIVAL = Column(name="arrival", title=Text("Arrival", fr="Arrivée", ar="الوصول"), kind=Kind.DATE, width=13)
DEPARTURE = Column(name="departure", title=Text("Departure", fr="Départ", ar="المغادرة"), kind=Kind.DATE, width=13)
NIGHTS = Column(name="nights", title=Text("Nights", fr="Nuits", ar="الليالي"), kind=Kind.INTEGER, width=9, total=True)
PAYER = Column(name="payer", title=Text("Paid by", fr="À la charge de", ar="على نفقة"), width=22)
NIGHT = Column(
    name="night",
    title=Text("Night beginning on", fr="Nuit commençant le", ar="الليلة التي تبدأ يوم"),
    kind=Kind.DATE,
    width=22,
)
ROOMS = Column(name="rooms", title=Text("Rooms", fr="Chambres", ar="الغرف"), kind=Kind.INTEGER, width=11, total=True)
SPELLED = Column(
    name="name_latin_source",
    title=Text("Latin spelling", fr="Graphie latine", ar="مصدر الكتابة اللاتينية"),
    width=15,
)
GIVEN = Text("as given", fr="donnée", ar="كما قُدّمت")
TRANSLITERATED = Text("transliterated", fr="translittérée", ar="منقولة آليا")
BY_RULE = Text(
    "Transliterated names follow the usual Moroccan spelling; Arabic leaves short vowels unwritten, so the identity "
    "document may spell them otherwise.",
    fr="Les noms translittérés suivent la graphie marocaine usuelle ; l’arabe n’écrit pas les voyelles brèves, la "
    "pièce d’identité peut donc différer.",
    ar="الأسماء المنقولة تتبع الكتابة المغربية المعتادة؛ لا تُكتب الحركات في العربية، فقد تختلف عن وثيقة الهوية.",
)
ONE_EACH = Text(
    "One single room per person. A night is counted on the day on whose evening it begins.",
    fr="Une chambre individuelle par personne. Une nuit est comptée au jour du soir où elle commence.",
    ar="غرفة فردية لكل شخص. تُحتسب الليلة في اليوم الذي تبدأ مساءه.",
)


PER_ROOM = Text(
    "A room is counted and paid once a night, however many sleep in it. A night is counted on the day on whose evening "
    "it begins.",
    fr="Une chambre est comptée et payée une fois par nuit, quel que soit le nombre d’occupants. Une nuit est comptée "
    "au jour du soir où elle commence.",
    ar="تُحتسب الغرفة وتُؤدى مرة واحدة في الليلة مهما كان عدد النزلاء فيها. تُحتسب الليلة في اليوم الذي تبدأ مساءه.",
)


def lodging_list(plan: Plan, options: Options) -> Report:
    """Everybody with a bed, by day of arrival, then by name; Latin names beside the others, as the person gave them
    or, marked so, as they are usually spelled."""
    stays = {one.participant_id: one for one in plan.stays}
    guests = [one for one in by_name(plan.candidates) if one.participant.id in stays]
    guests.sort(key=lambda one: stays[one.participant.id].arrives_on)
    people = [one.participant for one in guests]
    latin = any(person.name_latin or not is_latin(person.name) for person in people)
    spelled = any(not person.name_latin and not is_latin(person.name) for person in people)
    own = (
        NUMBER,
        field_column("name"),
        *((field_column("name_latin"),) if latin else ()),
        *((SPELLED,) if spelled else ()),
        field_column("gender", width=10),
        ARRIVAL,
        DEPARTURE,
        NIGHTS,
        PAYER,
        field_column("language", width=12),
        field_column("needs", width=28),
    )
    asked, more = further_facts(people, own, options)
    rows = tuple(
        (
            number,
            guest.participant.name,
            *latin_cells(guest.participant, latin, spelled),
            *_stay(plan, guest.participant, stays[guest.participant.id]),
            *(person_cell(plan.event, guest.participant, name) for name in asked),
        )
        for number, guest in enumerate(guests, start=1)
    )
    notes = (counted_as(plan), BY_RULE) if spelled else (counted_as(plan),)
    table = Table(name="guests", title=TITLE, columns=(*own, *more), rows=rows, notes=notes, landscape=True)
    return Report(
        name="lodging-list",
        title=TITLE,
        audience=Audience.HOTEL,
        tables=(table, _rooms(plan)),
        heading=heading(plan.event),
    )


def latin_cells(person: Participant, latin: bool, spelled: bool) -> tuple[Cell, ...]:
    """The name in Latin letters, and where the spelling comes from when some are eventops' own."""
    if not latin:
        return ()
    own = person.name_latin or (person.name if is_latin(person.name) else "")
    cells = (own or latin_name(person.name, _other_script), GIVEN if own else TRANSLITERATED)
    return cells if spelled else cells[:1]


def _other_script(word: str) -> str:
    from anyascii import anyascii  # reads its tables from disk, for names in rare scripts only

    return str(anyascii(word))


def _stay(plan: Plan, person: Participant, stay: Stay) -> tuple[Cell, ...]:
    return (
        label_of(person.gender) if person.gender is not Gender.UNKNOWN else None,
        stay.arrives_on,
        max(stay.nights) + timedelta(days=1),
        len(stay.nights),
        cell_or_none(party_name(plan.event, stay.payer)),
        cell_or_none(language_title(person.language)),
        cell_or_none(person.needs),
    )


def counted_as(plan: Plan) -> Text:
    """How rooms are counted: one each, or as the rooming list says."""
    return PER_ROOM if plan.event.hotels else ONE_EACH


def _rooms(plan: Plan) -> Table:
    counts = Counter(night for stay in plan.stays for night in stay.nights)
    if plan.event.hotels:
        counts = Counter(night for _, night in {(one.room, one.night) for one in plan.rooming.beds})
    return Table(
        name="rooms",
        title=ROOMS_TITLE,
        columns=(NIGHT, ROOMS),
        rows=tuple(sorted(counts.items())),
        notes=(counted_as(plan),),
    )


LODGING_LIST = Export(name="lodging-list", title=TITLE, audience=Audience.HOTEL, compose=lodging_list)
