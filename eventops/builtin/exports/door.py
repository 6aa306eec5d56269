"""For the door: a sheet to sign, with empty rows for those who come without a registration."""

from eventops.builtin.exports.cells import (
    NUMBER,
    by_name,
    category_title,
    cell_or_none,
    field_column,
    further_facts,
    heading,
    person_cell,
)
from eventops.domain.event import Session
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Column, Kind, Options, Report, Table
from eventops.domain.rules import Seat
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export

TITLE = Text("Attendance sheet", fr="Feuille de présence", ar="لائحة الحضور")
SESSION_TITLE = Text("{event} – {session}, {starts_at}")
WALK_INS = 10
COLUMNS = (
    NUMBER,
    field_column("name", width=30),
    field_column("organisation", width=30),
    field_column("category", width=22),
    Column(
        name="arrival",
        title=Text("Arrival time", fr="Heure d’arrivée", ar="ساعة الوصول"),
        kind=Kind.TIME,
        width=11,
        editable=True,
    ),
    Column(name="signature", title=Text("Signature", fr="Signature", ar="التوقيع"), width=26, editable=True),
)


def attendance_sheet(plan: Plan, options: Options) -> Report:
    """Everybody with a seat, by name. `for_id` may name a session, whose title then heads the sheet.

    Errors: NotUsable when the event has no such session.
    """
    session = _session(plan, options.for_id) if options.for_id else None
    seated = [one.participant for one in by_name(plan.candidates) if one.seat is Seat.CONFIRMED]
    more, columns = further_facts(seated, COLUMNS, options)
    rows = tuple(
        (
            number,
            person.name,
            cell_or_none(person.organisation),
            cell_or_none(category_title(plan.event, person.category)),
            *(person_cell(plan.event, person, name) for name in more),
            None,
            None,
        )
        for number, person in enumerate(seated, start=1)
    )
    table = Table(
        name="attendance",
        title=TITLE,
        columns=(*COLUMNS[:-2], *columns, *COLUMNS[-2:]),
        rows=rows,
        landscape=True,
        blank_rows=WALK_INS,
    )
    line = heading(plan.event)
    if session is not None:
        values: dict[str, object] = {
            "event": plan.event.title,
            "session": session.title,
            "starts_at": session.starts_at,
        }
        line = Message(SESSION_TITLE, values)
    return Report(name="attendance-sheet", title=TITLE, audience=Audience.DOOR, tables=(table,), heading=line)


def _session(plan: Plan, id: str) -> Session:
    for session in plan.event.agenda:
        if session.id == id:
            return session
    known = ", ".join(session.id for session in plan.event.agenda)
    raise NotUsable("The event has no session “{id}”; expected one of {known}", id=id, known=known)


ATTENDANCE_SHEET = Export(name="attendance-sheet", title=TITLE, audience=Audience.DOOR, compose=attendance_sheet)
