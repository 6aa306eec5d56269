"""For the hotel: who sleeps in which room, what changed since the list it got last, and the rooms of every night."""

from datetime import timedelta

from eventops.builtin.exports.cells import (
    NUMBER,
    cell_or_none,
    field_column,
    further_facts,
    heading,
    language_title,
    person_cell,
    several,
)
from eventops.builtin.exports.hotel import ARRIVAL, BY_RULE, DEPARTURE, NIGHT, PER_ROOM, SPELLED, latin_cells
from eventops.domain.hosting.rooming import hotels_of
from eventops.domain.hosting.rooming_words import room_type_titles
from eventops.domain.hosting.rooms import Bed
from eventops.domain.people import Gender, Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import label_of
from eventops.domain.reporting.latin_names import is_latin
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Rooming list", fr="Liste des chambres", ar="لائحة توزيع الغرف")
GONE_TITLE = Text(
    "Cancelled since the last list", fr="Annulations depuis la dernière liste", ar="ما أُلغي منذ آخر لائحة"
)
BALANCE_TITLE = Text("Rooms per night and type", fr="Chambres par nuit et par type", ar="الغرف حسب الليالي والأنواع")
SINCE = Text(
    "Marks say what changed since list {list} of {day}.",
    fr="Les mentions signalent ce qui a changé depuis la liste {list} du {day}.",
    ar="تشير العلامات إلى ما تغير منذ اللائحة {list} بتاريخ {day}.",
)
FIRST = Text(
    "This is the first list: no other was sent before.",
    fr="Ceci est la première liste : aucune autre n’a été envoyée auparavant.",
    ar="هذه أول لائحة، ولم تُرسل قبلها أي لائحة أخرى.",
)
MARKS = {
    "new": Text("new", fr="nouveau", ar="جديد"),
    "changed": Text("changed", fr="modifié", ar="معدّل"),
    "gone": Text("cancelled", fr="annulé", ar="ملغى"),
}
MARK = Column(name="mark", title=Text("Change", fr="Changement", ar="التغيير"), width=12)
ROOM = Column(name="room", title=Text("Room", fr="Chambre", ar="الغرفة"), width=16)
TYPE = Column(name="room_type", title=Text("Room type", fr="Type de chambre", ar="نوع الغرفة"), width=20)
HOTEL = Column(name="hotel", title=Text("Hotel", fr="Hôtel", ar="الفندق"), width=20)
NIGHTS = Column(name="nights", title=Text("Nights", fr="Nuits", ar="الليالي"), kind=Kind.INTEGER, width=9)
SHARES = Column(name="shares_with", title=Text("Shares with", fr="Partage avec", ar="يتقاسم مع"), width=26)
HELD = Column(name="held", title=Text("Held", fr="Retenues", ar="المحجوزة"), kind=Kind.INTEGER, width=11)
USED = Column(name="used", title=Text("Used", fr="Occupées", ar="المستعملة"), kind=Kind.INTEGER, width=11)
GUESTS = Column(name="people", title=Text("Guests", fr="Personnes", ar="النزلاء"), kind=Kind.INTEGER, width=11)


def rooming_list(plan: Plan, options: Options) -> Report:
    """Every person in every room, in the order of rooms, then of arrival. `for_id` may name one hotel."""
    people = {one.participant.id: one.participant for one in plan.candidates}
    wanted = {one.id for one in hotels_of(plan.event)}
    if options.for_id in wanted:
        wanted = {options.for_id}
    stays = _stays([one for one in plan.rooming.beds if one.hotel in wanted and one.participant_id in people])
    guests = [people[person] for person, _ in stays]
    latin = any(one.name_latin or not is_latin(one.name) for one in guests)
    spelled = any(not one.name_latin and not is_latin(one.name) for one in guests)
    marked = plan.rooming.since is not None
    own = (
        NUMBER,
        *((MARK,) if marked else ()),
        *((HOTEL,) if len(wanted) > 1 else ()),
        ROOM,
        TYPE,
        field_column("name"),
        *((field_column("name_latin"),) if latin else ()),
        *((SPELLED,) if spelled else ()),
        field_column("gender", width=10),
        ARRIVAL,
        DEPARTURE,
        NIGHTS,
        SHARES,
        field_column("language", width=12),
        field_column("needs", width=28),
    )
    asked, more = further_facts(guests, own, options)
    in_room: dict[str, list[Bed]] = {}
    for bed in plan.rooming.beds:
        in_room.setdefault(bed.room, []).append(bed)
    rows = []
    for number, ((person, room), beds) in enumerate(stays.items(), start=1):
        row = _row(plan, people, people[person], beds, in_room[room], several_hotels=len(wanted) > 1)
        names = latin_cells(people[person], latin, spelled)
        facts = (person_cell(plan.event, people[person], name) for name in asked)
        mark = (MARKS.get(plan.rooming.marks.get(person, "")),) if marked else ()
        rows.append((number, *mark, *row[0], *names, *row[1], *facts))
    table = Table(
        name="rooms",
        title=TITLE,
        columns=(*own, *more),
        rows=tuple(rows),
        notes=(_since(plan), PER_ROOM, *((BY_RULE,) if spelled else ())),
        landscape=True,
    )
    gone = _gone(plan, wanted)
    return Report(
        name="rooming-list",
        title=TITLE,
        audience=Audience.HOTEL,
        tables=(table, *((gone,) if gone.rows else ()), _balance(plan, wanted)),
        heading=heading(plan.event),
    )


def _since(plan: Plan) -> Message | Text:
    if plan.rooming.since is None:
        return FIRST
    id, at = plan.rooming.since
    return Message(SINCE, {"list": id, "day": at.date()})


def _stays(beds: list[Bed]) -> dict[tuple[str, str], list[Bed]]:
    """The beds of each person in each room, in the order of rooms."""
    stays: dict[tuple[str, str], list[Bed]] = {}
    for bed in beds:
        stays.setdefault((bed.participant_id, bed.room), []).append(bed)
    return stays


def _row(
    plan: Plan,
    people: dict[str, Participant],
    person: Participant,
    beds: list[Bed],
    in_room: list[Bed],
    *,
    several_hotels: bool,
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The cells before the name and those behind it; `in_room` are everybody's beds in the room of these."""
    kind, hotel = room_type_titles(plan.event)[beds[0].hotel, beds[0].type]
    nights = {bed.night for bed in beds}
    mates = dict.fromkeys(
        people[one.participant_id].name
        for one in in_room
        if one.night in nights and one.participant_id in people and one.participant_id != person.id
    )
    before = (*((hotel,) if several_hotels else ()), beds[0].room, kind, person.name)
    behind = (
        label_of(person.gender) if person.gender is not Gender.UNKNOWN else None,
        min(nights),
        max(nights) + timedelta(days=1),
        len(nights),
        several(mates) or None,
        cell_or_none(language_title(person.language)),
        cell_or_none(person.needs),
    )
    return before, behind


def _gone(plan: Plan, wanted: set[str]) -> Table:
    rows = tuple(
        (
            MARKS["gone"],
            one.room,
            one.name,
            one.name_latin or None,
            min(one.nights),
            max(one.nights) + timedelta(days=1),
        )
        for one in plan.rooming.gone
        if one.nights and any(one.room.startswith(f"{hotel}-") for hotel in wanted)
    )
    columns = (MARK, ROOM, field_column("name"), field_column("name_latin"), ARRIVAL, DEPARTURE)
    return Table(name="cancelled", title=GONE_TITLE, columns=columns, rows=rows)


def _balance(plan: Plan, wanted: set[str]) -> Table:
    titles = room_type_titles(plan.event)
    rows = tuple(
        (one.night, titles[one.hotel, one.type][1], titles[one.hotel, one.type][0], one.held, one.used, one.people)
        for one in plan.rooming.balance
        if one.hotel in wanted
    )
    return Table(
        name="balance",
        title=BALANCE_TITLE,
        columns=(NIGHT, HOTEL, TYPE, HELD, USED, GUESTS),
        rows=rows,
        notes=(PER_ROOM,),
    )


ROOMING_LIST = Export(name="rooming-list", title=TITLE, audience=Audience.HOTEL, compose=rooming_list)
