"""The programme for everybody: a workbook, a calendar, and the files other programs read. No participant is in it."""

from collections.abc import Iterable
from datetime import datetime

from eventops.builtin.exports.cells import (
    BETWEEN_ANSWERS,
    ENDS_AT,
    STARTS_AT,
    cell_or_none,
    heading,
    room_name,
    several,
)
from eventops.domain.event import Event, Session
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table, Writer, rows_of
from eventops.domain.scheduling.frab import acronym_of
from eventops.domain.scheduling.programme import (
    Entry,
    Person,
    Programme,
    RoomSeen,
    room_guid,
    session_guid,
    speaker_guid,
    workshop_session_id,
)
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Programme", fr="Programme", ar="البرنامج")
ROOMS_TITLE = Text("Rooms", fr="Salles", ar="القاعات")
SPEAKERS_TITLE = Text("On stage", fr="Intervenants", ar="المتدخلون")
IDS_TITLE = Text("Ids and moments", fr="Identifiants et moments", ar="المعرّفات والأوقات")
ABOUT_TITLE = Text("About", fr="À propos", ar="عن اللقاء")
KIND_TITLES = {
    "reception": Text("Reception", fr="Accueil", ar="استقبال"),
    "plenary": Text("Plenary", fr="Plénière", ar="جلسة عامة"),
    "workshop": Text("Workshop", fr="Atelier", ar="ورشة"),
    "break": Text("Break", fr="Pause", ar="استراحة"),
    "meal": Text("Meal", fr="Repas", ar="وجبة"),
}
ROLE_TITLES = {
    "speaker": Text("Speaker", fr="Intervenant(e)", ar="متدخل(ة)"),
    "moderator": Text("Moderator", fr="Modérateur(trice)", ar="مسيّر(ة) الجلسة"),
    "facilitator": Text("Facilitator", fr="Animateur(trice)", ar="ميسر(ة)"),
    "expert": Text("Expert", fr="Expert(e)", ar="خبير(ة)"),
    "interpreter": Text("Interpreter", fr="Interprète", ar="ترجمان"),
}
COLUMNS = (
    Column(name="date", title=Text("Day", fr="Jour", ar="اليوم"), kind=Kind.DATE, width=13),
    STARTS_AT,
    ENDS_AT,
    Column(name="title", title=Text("Session", fr="Séance", ar="الجلسة"), width=44),
    Column(name="room", title=Text("Room", fr="Salle", ar="القاعة"), width=20),
    Column(name="speakers", title=Text("With", fr="Avec", ar="بمشاركة"), width=34),
    Column(name="kind", title=Text("Kind", fr="Type", ar="النوع"), width=12),
    Column(name="track", title=Text("Track", fr="Thème", ar="المحور"), width=16),
    Column(name="language", title=Text("Language", fr="Langue", ar="اللغة"), width=10),
    Column(name="summary", title=Text("Summary", fr="Résumé", ar="ملخص"), width=40),
)
ID_COLUMNS = (
    Column(name="title", title=Text("Session", fr="Séance", ar="الجلسة"), width=44),
    Column(name="uid", title=Text("Stable id", fr="Identifiant stable", ar="المعرّف الثابت"), width=38),
    Column(name="number", title=Text("Number", fr="Numéro", ar="الرقم التسلسلي"), kind=Kind.INTEGER, width=9),
    Column(name="starts", title=Text("Starts", fr="Début", ar="البداية"), width=26),
    Column(name="ends", title=Text("Ends", fr="Fin", ar="النهاية"), width=26),
)
ROOM_COLUMNS = (
    Column(name="name", title=Text("Room", fr="Salle", ar="القاعة"), width=28),
    Column(name="capacity", title=Text("Places", fr="Places", ar="عدد الأماكن"), kind=Kind.INTEGER, width=10),
    Column(name="uid", title=Text("Stable id", fr="Identifiant stable", ar="المعرّف الثابت"), width=38),
)
SPEAKER_COLUMNS = (
    Column(name="session", title=Text("Session", fr="Séance", ar="الجلسة"), width=38),
    Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=28),
    Column(name="role", title=Text("Role", fr="Rôle", ar="الدور"), width=18),
    Column(name="organisation", title=Text("Organisation", fr="Organisme", ar="الهيئة"), width=28),
    Column(name="uid", title=Text("Stable id", fr="Identifiant stable", ar="المعرّف الثابت"), width=38),
)
ABOUT_COLUMNS = (
    Column(name="title", title=Text("Event", fr="Événement", ar="اللقاء"), width=44),
    Column(name="acronym", title=Text("Short name", fr="Nom court", ar="الاسم المختصر"), width=20),
    Column(name="timezone", title=Text("Time zone", fr="Fuseau horaire", ar="المنطقة الزمنية"), width=22),
)


def programme_of(plan: Plan, options: Options) -> Report:
    """Every session and every workshop in its session, in the order of time; rooms and people on stage beside."""
    event = plan.event
    sessions = sorted(sessions_and_workshops(event), key=lambda one: (one.starts_at, one.room, one.id))
    names = {one.id: one for one in event.speakers}
    rows = tuple(_row(event, one, [names[id].name for id in one.speakers if id in names]) for one in sessions)
    ids: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.title,
            session_guid(event, one.id, one.guid),
            one.number,
            one.starts_at.isoformat(),
            one.ends_at.isoformat(),
        )
        for one in sessions
    )
    people: tuple[tuple[Cell, ...], ...] = tuple(
        (
            session_guid(event, one.id, one.guid),
            names[id].name,
            ROLE_TITLES.get(names[id].role, names[id].role),
            cell_or_none(names[id].organisation),
            speaker_guid(event, names[id]),
        )
        for one in sessions
        for id in one.speakers
        if id in names
    )
    rooms: tuple[tuple[Cell, ...], ...] = tuple(
        (room.name, room.capacity, room_guid(event, room)) for room in event.venue.rooms
    )
    about: tuple[tuple[Cell, ...], ...] = ((event.title, acronym_of(event.id), event.timezone),)
    tables = (
        Table(name="programme", title=TITLE, columns=COLUMNS, rows=rows, landscape=True),
        Table(name="ids", title=IDS_TITLE, columns=ID_COLUMNS, rows=ids, landscape=True),
        Table(name="speakers", title=SPEAKERS_TITLE, columns=SPEAKER_COLUMNS, rows=people, landscape=True),
        Table(name="rooms", title=ROOMS_TITLE, columns=ROOM_COLUMNS, rows=rooms),
        Table(name="about", title=ABOUT_TITLE, columns=ABOUT_COLUMNS, rows=about),
    )
    return Report(name="programme", title=TITLE, audience=Audience.PUBLIC, tables=tables, heading=heading(event))


def sessions_and_workshops(event: Event) -> Iterable[Session]:
    """The agenda, and each workshop as a session of its own at the hours of the one it is held in."""
    yield from event.agenda
    held = {one.id: one for one in event.agenda}
    for workshop in event.workshops:
        if workshop.session in held:
            session = held[workshop.session]
            yield Session(
                id=workshop_session_id(workshop),
                title=workshop.title,
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                kind="workshop",
                room=workshop.room,
                speakers=workshop.facilitators,
                language=", ".join(workshop.languages),
            )


def _row(event: Event, session: Session, names: list[Text]) -> tuple[Cell, ...]:
    rooms = [room_name(event, room) for room in (session.room, *session.more_rooms) if room]
    speakers: Cell = several(names) if names else session.speaker if session.speaker.en else None
    return (
        session.starts_at.date(),
        session.starts_at.time(),
        session.ends_at.time(),
        session.title,
        several(rooms),
        speakers,
        KIND_TITLES.get(session.kind, session.kind),
        cell_or_none(session.track),
        cell_or_none(session.language),
        session.summary if session.summary.en else None,
    )


def read_back(report: Report) -> Programme:
    """The programme in a worded report."""
    tables = {table.name: list(rows_of(table)) for table in report.tables}
    people: dict[str, list[Person]] = {}
    for row in tables["speakers"]:
        people.setdefault(str(row["session"]), []).append(Person(name=str(row["name"]), guid=str(row["uid"])))
    about = tables["about"][0]
    return Programme(
        title=_said(about["title"]),
        acronym=_said(about["acronym"]),
        zone=_said(about["timezone"]),
        entries=tuple(
            _entry({**row, **ids}, tuple(people.get(str(ids["uid"]), ())))
            for row, ids in zip(tables["programme"], tables["ids"], strict=True)
        ),
        rooms=tuple(
            RoomSeen(
                name=_said(row["name"]),
                guid=_said(row["uid"]),
                capacity=row["capacity"] if isinstance(row["capacity"], int) else None,
            )
            for row in tables["rooms"]
        ),
    )


def _entry(row: dict[str, Cell], persons: tuple[Person, ...]) -> Entry:
    named = persons or ((Person(name=_said(row["speakers"])),) if row["speakers"] else ())
    number = row["number"]
    return Entry(
        title=_said(row["title"]),
        starts_at=datetime.fromisoformat(str(row["starts"])),
        ends_at=datetime.fromisoformat(str(row["ends"])),
        guid=_said(row["uid"]),
        number=number if isinstance(number, int) else None,
        rooms=tuple(filter(None, _said(row["room"]).split(BETWEEN_ANSWERS))),
        track=_said(row["track"]),
        kind=_said(row["kind"]),
        language=_said(row["language"]),
        summary=_said(row["summary"]),
        persons=named,
    )


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _calendar(report: Report) -> bytes:
    from eventops.adapters.zones import load_zone
    from eventops.domain.scheduling.ical_writing import ical_of

    programme = read_back(report)
    return ical_of(programme, load_zone(programme.zone), f"{programme.acronym}.eventops").encode()


def _xml(report: Report) -> bytes:
    from eventops import __version__
    from eventops.adapters.zones import load_zone
    from eventops.domain.scheduling.frab import xml_of

    programme = read_back(report)
    return xml_of(programme, load_zone(programme.zone), __version__)


def _json(report: Report) -> bytes:
    import msgspec

    from eventops import __version__
    from eventops.adapters.zones import load_zone
    from eventops.domain.scheduling.schedule_json import json_of

    programme = read_back(report)
    document = json_of(programme, load_zone(programme.zone), __version__, f"https://{programme.acronym}.invalid/")
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


PROGRAMME = Export(
    name="programme",
    title=TITLE,
    audience=Audience.PUBLIC,
    compose=programme_of,
    formats=("xlsx", "ics", "xml", "json", "html", "csv"),
    writers=(
        Writer(name="ics", suffix=".ics", media_type="text/calendar; charset=utf-8", render=_calendar),
        Writer(name="xml", suffix=".xml", media_type="application/vnd.c3voc.schedule+xml", render=_xml),
        Writer(name="json", suffix=".json", media_type="application/vnd.c3voc.schedule+json", render=_json),
    ),
)
