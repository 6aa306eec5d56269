"""For the hotel: who sleeps when, and how many rooms every night."""

from collections import Counter
from datetime import timedelta

from eventops.builtin.exports.cells import (
    NUMBER,
    by_name,
    cell_or_none,
    field_column,
    heading,
    language_title,
    party_name,
)
from eventops.domain.labels import label_of
from eventops.domain.lodging import Stay
from eventops.domain.people import Gender
from eventops.domain.plan import Plan
from eventops.domain.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.rules import Candidate
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
ONE_EACH = Text(
    "One single room per person. A night is counted on the day on whose evening it begins.",
    fr="Une chambre individuelle par personne. Une nuit est comptée au jour du soir où elle commence.",
    ar="غرفة فردية لكل شخص. تُحتسب الليلة في اليوم الذي تبدأ مساءه.",
)


def lodging_list(plan: Plan, options: Options) -> Report:
    """Everybody with a bed, by day of arrival, then by name; a column of Latin names when anybody gave one."""
    stays = {one.participant_id: one for one in plan.stays}
    guests = [one for one in by_name(plan.candidates) if one.participant.id in stays]
    guests.sort(key=lambda one: stays[one.participant.id].arrives_on)
    latin = any(one.participant.name_latin for one in guests)
    columns = (
        NUMBER,
        field_column("name"),
        *((field_column("name_latin"),) if latin else ()),
        field_column("gender", width=10),
        ARRIVAL,
        DEPARTURE,
        NIGHTS,
        PAYER,
        field_column("language", width=12),
        field_column("needs", width=28),
    )
    rows = tuple(
        _guest(plan, number, guest, stays[guest.participant.id], latin) for number, guest in enumerate(guests, start=1)
    )
    people = Table(name="guests", title=TITLE, columns=columns, rows=rows, notes=(ONE_EACH,), landscape=True)
    return Report(
        name="lodging-list",
        title=TITLE,
        audience=Audience.HOTEL,
        tables=(people, _rooms(plan)),
        heading=heading(plan.event),
    )


def _guest(plan: Plan, number: int, guest: Candidate, stay: Stay, latin: bool) -> tuple[Cell, ...]:
    person = guest.participant
    return (
        number,
        person.name,
        *((cell_or_none(person.name_latin),) if latin else ()),
        label_of(person.gender) if person.gender is not Gender.UNKNOWN else None,
        stay.arrives_on,
        max(stay.nights) + timedelta(days=1),
        len(stay.nights),
        cell_or_none(party_name(plan.event, stay.payer)),
        cell_or_none(language_title(person.language)),
        cell_or_none(person.needs),
    )


def _rooms(plan: Plan) -> Table:
    counts = Counter(night for stay in plan.stays for night in stay.nights)
    return Table(
        name="rooms", title=ROOMS_TITLE, columns=(NIGHT, ROOMS), rows=tuple(sorted(counts.items())), notes=(ONE_EACH,)
    )


LODGING_LIST = Export(name="lodging-list", title=TITLE, audience=Audience.HOTEL, compose=lodging_list)
