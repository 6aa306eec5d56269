"""Attendance back from a list: the paper list as signed, the door's file, or any table of names with marks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct, structs
from rapidfuzz.distance import OSA

from eventops.application.facts import document_of
from eventops.application.same_person import names_of
from eventops.domain.enrolling.cell_values import text_in
from eventops.domain.enrolling.enrolment import Enrolment, RefusedRow
from eventops.domain.enrolling.headings import GENERIC, SPECIFIC
from eventops.domain.enrolling.sheets import Sheet, column_letter
from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded, folded_name
from eventops.domain.hosting.attendance import Attendance
from eventops.domain.hosting.attendance_words import presence_in
from eventops.domain.people import Participant
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.ports import Change

HEADER_WITHIN = 30
ALIKE = 0.85
ID_HEADINGS = ("id", "identifier", "identifiant", "code", "المعرف", "الرقم التعريفي", "رقم المشارك")
ARRIVAL_HEADINGS = ("arrival", "arrival time", "time of arrival", "heure d'arrivée", "arrivée", "ساعة الوصول", "الوصول")
SIGNATURE_HEADINGS = ("signature", "signed", "signatures", "émargement", "emargement", "التوقيع", "توقيع", "الإمضاء")
MARK_HEADINGS = (
    "attended", "attendance", "present", "presence", "présence", "présent", "présence effective", "présent(e)",
    "checked in", "check-in", "الحضور", "حضور", "حاضر", "حضر", "الحضور الفعلي",
)  # fmt: skip

NOT_REGISTERED = Text("{name} is not registered; add them with participant add, or correct the name here")
MAYBE = Text("{name} is not registered; {candidates} is near: write that id or name here if it is the same person")
SEVERAL = Text("{name} may be {candidates}; write the id before the name")
UNKNOWN_ID = Text("nobody has the id {id}; correct it, or leave it out")
OTHER_NAME = Text("{id} is {expected}, but the row says {name}; correct the id or the name")
UNREAD_MARK = Text("“{mark}” says neither present nor absent; write x or leave it blank")
TWICE = Text("{name} stands in row {other} already, with another mark; keep one of the two")
NO_TABLE = (
    "{file} has no table of names with a column of marks; a heading such as Name (or Id) and one such as Attended, "
    "Arrival time, Signature or a day of the event are expected in one row"
)


class MarkColumn(Struct, frozen=True, kw_only=True):
    """A column of marks. `at` is the day or session it is about, `free` that any writing in it is a signature."""

    index: int
    heading: str
    at: str
    free: bool = False


class AttendanceTable(Struct, frozen=True, kw_only=True):
    """Where a sheet keeps ids, names and marks. `header_row` is the row of Excel."""

    sheet: Sheet
    header_row: int
    marks: tuple[MarkColumn, ...]
    name: int | None = None
    id: int | None = None
    organisation: int | None = None


class ReadAttendance(Struct, frozen=True, kw_only=True):
    """What a list says: marks, and the rows a person must look at. `rows` counts the rows with a name or an id."""

    marks: tuple[Attendance, ...]
    doubtful: tuple[RefusedRow, ...]
    rows: int
    sheet: str
    header_row: int

    @property
    def review(self) -> Enrolment:
        """The doubtful rows in the shape a review file is made of."""
        return Enrolment(rows=self.rows, refused=self.doubtful, sheet=self.sheet, header_row=self.header_row)


def put_attendance(change: Change, mark: Attendance) -> None:
    key = f"{mark.participant_id}:{mark.at}" if mark.at else f"{mark.participant_id}:"
    change.put("attendance", key, document_of(mark))


def checked_at(event: Event, session: str, day: date | None) -> str:
    """What a mark is about, in the words it is kept under. Errors: NotUsable for what the event does not have."""
    if session:
        known = [one.id for one in event.agenda]
        if session not in known:
            raise NotUsable("The event has no session “{id}”; expected one of {known}", id=session, known=known)
        return session
    if day is not None:
        days = days_of(event)
        if day not in days:
            raise NotUsable("The event is not on {day}; it is on {known}", day=day, known=tuple(days))
        return day.isoformat()
    return ""


def days_of(event: Event) -> list[date]:
    """The days of the event, in order."""
    return sorted({one.starts_at.date() for one in event.agenda})


def attendance_table(sheets: Iterable[Sheet], event: Event, file_name: str, at: str) -> AttendanceTable:
    """The table of names and marks in a file. Errors: NotUsable when there is none."""
    names = {folded(one) for key in ("name", "name_latin") for one in (*SPECIFIC[key], *GENERIC[key])}
    organisations = {folded(one) for one in (*SPECIFIC["organisation"], *GENERIC.get("organisation", ()))}
    for sheet in sheets:
        for offset, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
            headings = {index: text_in(cell).strip() for index, cell in enumerate(cells) if cell is not None}
            keys = {index: folded(one) for index, one in headings.items()}
            marks = [
                found
                for index, heading in headings.items()
                if (found := _mark_column(index, heading, cells[index], event, at)) is not None
            ]
            name = next((index for index, key in keys.items() if key in names), None)
            id = next((index for index, key in keys.items() if key in _ID_KEYS), None)
            if marks and (name is not None or id is not None):
                return AttendanceTable(
                    sheet=sheet,
                    header_row=sheet.first_row + offset,
                    marks=tuple(marks),
                    name=name,
                    id=id,
                    organisation=next((index for index, key in keys.items() if key in organisations), None),
                )
    raise NotUsable(NO_TABLE, file=file_name)


_ID_KEYS = frozenset(map(folded, ID_HEADINGS))
_FREE_KEYS = frozenset(map(folded, SIGNATURE_HEADINGS))
_CLOSED_KEYS = frozenset(map(folded, (*ARRIVAL_HEADINGS, *MARK_HEADINGS)))


def _mark_column(index: int, heading: str, cell: object, event: Event, at: str) -> MarkColumn | None:
    """A column of marks by its heading: a word for presence, a day of the event, or one of its sessions."""
    key = folded(heading)
    if key in _FREE_KEYS:
        return MarkColumn(index=index, heading=heading, at=at, free=True)
    if key in _CLOSED_KEYS:
        return MarkColumn(index=index, heading=heading, at=at)
    for day in days_of(event):
        written = {day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d/%m}", f"{day:%d-%m-%Y}"}
        same = cell.date() == day if isinstance(cell, datetime) else cell == day
        if same or heading in written:
            return MarkColumn(index=index, heading=heading, at=day.isoformat())
    for session in event.agenda:
        words = {session.id, session.title.en, session.title.fr, session.title.ar} - {""}
        if key in {folded(one) for one in words}:
            return MarkColumn(index=index, heading=heading, at=session.id)
    return None


class People:
    """Everybody by id and by name, to find whom a row means."""

    def __init__(self, participants: Sequence[Participant]) -> None:
        self.by_id = {old.casefold(): one for one in participants for old in (*one.merged, one.id)}
        self.by_name: dict[str, list[Participant]] = {}
        for one in participants:
            for name in names_of(one):
                self.by_name.setdefault(name, []).append(one)

    def meant(self, id: str, name: str, organisation: str) -> Participant | tuple[Text, dict[str, object]]:
        """The one person a row means, or why nobody can tell."""
        key = folded_name(name)
        if id:
            found = self.by_id.get(id.casefold())
            if found is None:
                return UNKNOWN_ID, {"id": id}
            if name and key not in names_of(found) and not self._slip(key, found):
                return OTHER_NAME, {"id": found.id, "expected": found.name, "name": name}
            return found
        same = self.by_name.get(key, [])
        if len(same) > 1 and organisation:
            beside = [one for one in same if folded(one.organisation) == folded(organisation)]
            same = beside if len(beside) == 1 else same
        if len(same) == 1:
            return same[0]
        if same:
            return SEVERAL, {"name": name, "candidates": _listed(same)}
        near = sorted({one.id: one for other, people in self.by_name.items() if _alike(key, other) for one in people})
        if near:
            people = [self.by_id[one.casefold()] for one in near[:3]]
            return MAYBE, {"name": name, "candidates": _listed(people)}
        return NOT_REGISTERED, {"name": name}

    def _slip(self, key: str, person: Participant) -> bool:
        return any(_alike(key, other) for other in names_of(person))


def _alike(one: str, other: str) -> bool:
    return OSA.normalized_similarity(one, other, score_cutoff=ALIKE) >= ALIKE


def _listed(people: Iterable[Participant]) -> str:
    return ", ".join(f"{one.id} ({one.name})" for one in people)


def attendance_read(
    table: AttendanceTable,
    participants: Sequence[Participant],
    *,
    file_name: str,
    on: date,
    by: str,
    blank_is_absent: bool = False,
) -> ReadAttendance:
    """What the rows of a table say. A row that is in doubt gives no mark, and is told with its cell."""
    people = People(participants)
    marks: dict[tuple[str, str], tuple[Attendance, int]] = {}
    doubtful: list[RefusedRow] = []
    rows = 0
    for offset, cells in enumerate(table.sheet.rows[table.header_row - table.sheet.first_row + 1 :], start=1):
        row = table.header_row + offset
        id, name = _text(cells, table.id), _text(cells, table.name)
        if not (id or name) or id.startswith("#"):
            continue
        rows += 1
        said = {column: presence_in(_cell(cells, column.index)) for column in table.marks}
        if all(one is None for one in said.values()) and not blank_is_absent:
            continue
        where = _Where(file_name, table, row, name)
        meant = people.meant(id, name, _text(cells, table.organisation))
        if isinstance(meant, tuple):
            column = table.name if table.name is not None and name else table.id
            doubtful.append(where.doubt(column or 0, *meant))
            continue
        made = _marks_of(said, meant, where, on, by, blank_is_absent)
        if isinstance(made, RefusedRow):
            doubtful.append(made)
            continue
        for mark in made:
            before = marks.get((meant.id, mark.at))
            if before is not None and before[0].present is not mark.present:
                values: dict[str, object] = {"name": meant.name, "other": before[1]}
                doubtful.append(where.doubt(table.marks[0].index, TWICE, values))
            else:
                marks[meant.id, mark.at] = (mark, row)
    return ReadAttendance(
        marks=tuple(mark for mark, _ in marks.values()),
        doubtful=tuple(doubtful),
        rows=rows,
        sheet=table.sheet.name,
        header_row=table.header_row,
    )


class _Where(Struct, frozen=True):
    """A row of a list, to say what is doubtful in it."""

    file: str
    table: AttendanceTable
    row: int
    name: str

    def doubt(self, column: int, message: Text, values: dict[str, object]) -> RefusedRow:
        header = self.table.sheet.rows[self.table.header_row - self.table.sheet.first_row]
        source = Source(
            file=self.file,
            sheet=self.table.sheet.name,
            row=self.row,
            column=column_letter(column),
            heading=_text(header, column),
        )
        finding = Finding(
            severity=Severity.WARNING, code="attendance-doubtful", message=message, values=values, source=source
        )
        return RefusedRow(sheet=self.table.sheet.name, row=self.row, name=self.name, findings=(finding,))


def _marks_of(
    said: Mapping[MarkColumn, bool | str | None],
    person: Participant,
    where: _Where,
    on: date,
    by: str,
    blank_is_absent: bool,
) -> tuple[Attendance, ...] | RefusedRow:
    """The marks of one row: present where any of the columns about the same thing says so."""
    found: dict[str, bool | None] = {}
    for column, mark in said.items():
        if isinstance(mark, str):
            if not column.free:
                return where.doubt(column.index, UNREAD_MARK, {"mark": mark})
            mark = True
        known = found.get(column.at)
        found[column.at] = known if mark is None else bool(mark or known)
    source = f"{where.file}, {where.table.sheet.name}, {where.row}"
    return tuple(
        Attendance(participant_id=person.id, present=bool(present), on=on, by=by, at=at, source=source)
        for at, present in found.items()
        if present is not None or blank_is_absent
    )


def _cell(cells: Sequence[object], index: int | None) -> object:
    return cells[index] if index is not None and index < len(cells) else None


def _text(cells: Sequence[object], index: int | None) -> str:
    value = _cell(cells, index)
    return "" if value is None else text_in(value).strip()


def mark_of(person: Participant, *, present: bool, at: str, on: date, by: str) -> Attendance:
    """One person's mark by hand."""
    return Attendance(participant_id=person.id, present=present, on=on, by=by, at=at)


def unsaid(mark: Attendance) -> Attendance:
    """A mark without when, by whom and where it was read: two marks that say the same are equal."""
    return structs.replace(mark, on=date.min, by="", source="")
