"""Registrations in: the sheets of a file become participants, changes, refused rows and questions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from eventops.application.cell_readings import CANCELLED
from eventops.application.import_sentences import (
    CANCELLED_ROW,
    DECISION_ALONE,
    DOUBTFUL,
    KEPT,
    MINOR,
    NAMESAKE,
    NO_ID,
    ORDERS,
    REASON_ALONE,
    REPEATED,
    SAME_PHONE,
    SHARED_EMAIL,
    SKIPPED_HEADER,
    SKIPPED_HXL,
    SKIPPED_NOTE,
    SKIPPED_TOTAL,
    TWICE,
    TWO_KNOWN,
    UNCLEAR_SAME,
    UNKNOWN_ID,
    WITHDRAWN,
)
from eventops.application.person_facts import Change, changed_person, new_person
from eventops.application.row_reading import AGE_FROM_RANGE, RowFacts, RowReading
from eventops.application.same_person import Directory, Match, email_key, names_in, names_of
from eventops.domain.enrolling.cell_values import text_in
from eventops.domain.enrolling.enrolment import Difference, Enrolment, OverrideRequest, RefusedRow
from eventops.domain.enrolling.heading_match import FieldLike
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.enrolling.registrations import (
    BENEFIT_TITLES,
    Recognition,
    Sheet,
    recognised,
    rows_of_people,
)
from eventops.domain.event import Event, first_day
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.people import Participant, Status, age_on
from eventops.domain.texts import Text
from eventops.errors import NotUsable

__all__ = ["Difference", "Enrolment", "OverrideRequest", "RefusedRow", "enrolled", "new_id"]

MAJORITY = 18
_SKIPPED = {
    "header": (SKIPPED_HEADER, Severity.INFORMATION),
    "total": (SKIPPED_TOTAL, Severity.INFORMATION),
    "hxl": (SKIPPED_HXL, Severity.INFORMATION),
    "note": (SKIPPED_NOTE, Severity.WARNING),
}


def enrolled(
    sheets: Sequence[Sheet],
    *,
    file_name: str,
    event: Event,
    fields: Sequence[FieldLike] = (),
    existing: Sequence[Participant] = (),
    today: date,
    update: bool = False,
    sheet: str = "",
    columns: Mapping[str, str] | None = None,
    benefits: Mapping[str, Text] = BENEFIT_TITLES,
    forgotten: Iterable[str] = (),
    watched: Callable[[Sequence[RowFacts]], Iterable[RowFacts]] = iter,
) -> Enrolment:
    """What importing these sheets does to the participants of an event.

    With `update` the file is a working list: rows are found by id, blank cells clear, and what changed counts as
    written by a coordinator. `sheet` and `columns` answer the questions an earlier import asked.
    The ids of `forgotten` people are given to nobody else. `watched` passes the rows on, and may show how far they are.
    Errors: NotUsable when the file holds no table of registrations.
    """
    table = recognised(
        sheets,
        event,
        fields,
        file_name=file_name,
        sheet=sheet,
        columns=columns,
        benefits=benefits,
        update=update,
    )
    reading = RowReading(
        table,
        event=event,
        fields=fields,
        file_name=file_name,
        today=today,
        update=update,
    )
    rows, skipped = _read(table, reading)
    _refuse_without_names(table, rows, file_name)
    if table.unanswered:
        findings = (*table.findings, *skipped)
        return _result(table, Enrolment(rows=len(rows), findings=findings, unanswered=True))
    names = frozenset(field.name for field in fields)
    last = _highest([*(id for person in existing for id in (person.id, *person.merged)), *forgotten])
    work = _Work(reading, existing, last, names, _day(event, today), benefits, file_name, table.sheet.name)
    for row in watched(rows):
        (work.correct if update else work.enrol)(row, rows)
    findings = (*table.findings, *skipped, *reading.ranges_read(AGE_FROM_RANGE), *work.findings)
    return _result(table, work.enrolment(len(rows), findings))


def _refuse_without_names(table: Recognition, rows: Sequence[RowFacts], file_name: str) -> None:
    """Errors: NotUsable for a table of several rows whose every row lacks the name and nothing else."""
    first = [row.refusals[0] for row in rows if [one.code for one in row.refusals] == ["name-missing"]]
    if len(rows) < 2 or len(first) < len(rows):
        return
    source = first[0].source
    values = {"file": file_name, "sheet": table.sheet.name, "count": len(rows)}
    raise NotUsable(ORDERS, column=source.column, heading=source.heading, **values)


def _result(table: Recognition, enrolment: Enrolment) -> Enrolment:
    return replace(
        enrolment,
        columns=table.columns,
        ignored=table.ignored,
        sheet=table.sheet.name,
        header_row=table.header_row,
    )


def _day(event: Event, today: date) -> date:
    return first_day(event) if event.agenda else today


def _read(table: Recognition, reading: RowReading) -> tuple[list[RowFacts], list[Finding]]:
    rows: list[RowFacts] = []
    skipped: list[Finding] = []
    read = [at for column in table.columns for at in column.indexes]
    for row, cells, skip in rows_of_people(table):
        if not skip and cells[-1] is not None and not any(at < len(cells) and cells[at] is not None for at in read):
            skip = "note"
        if skip:
            message, severity = _SKIPPED[skip]
            shown = next(str(cell) for cell in cells if cell not in (None, ""))
            skipped.append(reading.finding(f"row-{skip}", message, severity, row, {"value": shown[:80]}))
        else:
            rows.append(reading.facts_of(row, cells))
    return rows, skipped


def new_id(number: int) -> str:
    """The id of the participant with this number: P0001."""
    return f"P{number:04d}"


def _highest(ids: Sequence[str]) -> int:
    numbers = (re.fullmatch(r"P(\d+)", id) for id in ids)
    return max((int(found[1]) for found in numbers if found), default=0)


class _Work:
    """The import under way: who is known by now, and what was said about which row."""

    def __init__(
        self,
        reading: RowReading,
        existing: Sequence[Participant],
        last: int,
        fields: frozenset[str],
        day: date,
        benefits: Mapping[str, Text],
        file_name: str,
        sheet: str,
    ) -> None:
        self._reading = reading
        self._directory = Directory(existing)
        self._fields = fields
        self._day = day
        self._benefits = benefits
        self._source = (file_name, sheet)
        self._next = last + 1
        self._rows_of: dict[str, int] = {}
        self._exact: frozenset[str] | None = None
        self._added: list[str] = []
        self._updated: list[str] = []
        self._unchanged = 0
        self._refused: list[RefusedRow] = []
        self._differences: list[Difference] = []
        self._overrides: list[OverrideRequest] = []
        # Who stands in a row that is in question must not be enrolled from the next one as if nothing were open.
        self._doubtful: dict[tuple[str, str, str], int] = {}
        self._undecided: list[tuple[str, str]] = []
        self.findings: list[Finding] = []

    def enrolment(self, rows: int, findings: tuple[Finding, ...]) -> Enrolment:
        people = self._directory.people
        return Enrolment(
            rows=rows,
            added=tuple(people[id] for id in self._added),
            updated=tuple(people[id] for id in self._updated),
            unchanged=self._unchanged,
            refused=tuple(self._refused),
            differences=tuple(self._differences),
            overrides=tuple(self._overrides),
            undecided=tuple(self._undecided),
            findings=findings,
        )

    def enrol(self, row: RowFacts, rows: Sequence[RowFacts]) -> None:
        """One row of registrations: a new person, a known one, or a refusal."""
        if row.refusals:
            self._refuse(row, row.refusals)
            return
        known = _keys(row) if self._doubtful else ()
        doubtful = next((self._doubtful[key] for key in known if key in self._doubtful), None)
        if doubtful is not None:
            values: dict[str, object] = {"name": row.name, "other": doubtful}
            self._refuse(row, [self._finding(row, "person-doubtful", DOUBTFUL, Severity.QUESTION, values, "email")])
            return
        match = self._directory.match(row.facts)
        if match.other_by_phone:
            self._ask_which(row, match)
        elif match.unclear:
            self._ask(row, "person-unclear", UNCLEAR_SAME, match.shares_email_with)
        elif match.same:
            self._known(row, match.same, rows)
        elif CANCELLED in row.facts:
            values = {"name": row.name, "value": text_in(row.facts[CANCELLED])}
            self.findings.append(
                self._finding(row, "row-cancelled", CANCELLED_ROW, Severity.WARNING, values, field="status")
            )
        else:
            self._new(row, match)

    def correct(self, row: RowFacts, rows: Sequence[RowFacts]) -> None:
        """One row of a working list: a known person's facts as a coordinator wrote them."""
        if row.refusals:
            self._refuse(row, row.refusals)
            return
        id = self._directory.known_id(str(row.facts.get("id") or ""))
        if id not in self._directory.people:
            message, code = (UNKNOWN_ID, "id-unknown") if id else (NO_ID, "id-missing")
            self._refuse(row, [self._finding(row, code, message, Severity.ERROR, {"value": id}, "id")])
            return
        if id in self._rows_of:
            self._again(row, id, "id", update=True)
            return
        self._rows_of[id] = row.row
        self._say_remarks(row)
        self._apply(row, id, update=True)
        self._add_overrides(row, id)

    def _known(self, row: RowFacts, id: str, rows: Sequence[RowFacts]) -> None:
        if id in self._rows_of or (id in self._exact_in(rows) and self._directory.exactly(row.facts) != id):
            self._again(row, id, "email", update=False)
            return
        self._rows_of[id] = row.row
        self._say_remarks(row)
        if self._directory.people[id].status is Status.WITHDRAWN and row.facts.get("status") is not Status.REGISTERED:
            values = {"name": self._directory.people[id].name, "id": id}
            self.findings.append(self._finding(row, "person-withdrawn", WITHDRAWN, Severity.WARNING, values))
        self._apply(row, id, update=False)

    def _exact_in(self, rows: Sequence[RowFacts]) -> frozenset[str]:
        """Those of the known people whom a row of this file names exactly, e-mail and name."""
        if self._exact is None:
            known = Directory([self._directory.people[id] for id in self._directory.people if id not in self._added])
            self._exact = frozenset(known.exactly(row.facts) for row in rows if not row.refusals) - {""}
        return self._exact

    def _apply(self, row: RowFacts, id: str, *, update: bool) -> None:
        before = self._directory.people[id]
        after, changes, kept = changed_person(before, row.facts, self._fields, update=update)
        for change in kept:
            values = {
                "field": FIELD_TITLES.get(change.field, change.field),
                "name": before.name,
                "before": change.before,
                "after": change.after,
            }
            self.findings.append(self._finding(row, "edited-kept", KEPT, Severity.WARNING, values, field=change.field))
        if not changes:
            self._unchanged += 1
            return
        self._directory.put(after)
        self._updated.append(id)
        self._differences += [_difference(after, change) for change in changes]

    def _again(self, row: RowFacts, id: str, by: str, *, update: bool) -> None:
        """A second row about a person this file has told of already."""
        person = self._directory.people[id]
        _, changes, _ = changed_person(person, row.facts, self._fields, update=update)
        if not update:
            # BERRADA Aya and Aya Berrada are one name.
            changes = tuple(one for one in changes if not _same_said_otherwise(one, row, person))
        other = self._rows_of.get(id)
        if changes:
            values: dict[str, object] = {
                "other": other if other is not None else "?",
                "name": person.name,
                "by": str(row.facts.get(by) or row.facts.get("phone") or person.name),
                "fields": tuple(FIELD_TITLES.get(change.field, change.field) for change in changes),
            }
            self._say_remarks(row)
            self._refuse(row, [self._finding(row, "person-twice", TWICE, Severity.QUESTION, values, by)])
            return
        self._unchanged += 1
        values = {"other": other if other is not None else "?", "name": person.name}
        self.findings.append(self._finding(row, "row-repeated", REPEATED, Severity.INFORMATION, values))

    def _new(self, row: RowFacts, match: Match) -> None:
        id = new_id(self._next)
        self._next += 1
        source = Source(file=self._source[0], sheet=self._source[1], row=row.row)
        person = new_person(id, row.facts, self._fields, source)
        self._say_remarks(row)
        if match.shares_email_with:
            other = self._directory.people[match.shares_email_with]
            values: dict[str, object] = {"name": person.name, "other": other.name, "id": other.id, "new": id}
            self.findings.append(
                self._finding(row, "email-shared", SHARED_EMAIL, Severity.QUESTION, values, field="email")
            )
        elif match.namesakes:
            other = self._directory.people[match.namesakes[0]]
            values = {"name": person.name, "other": other.name, "id": other.id, "new": id}
            self.findings.append(self._finding(row, "possible-double", NAMESAKE, Severity.WARNING, values, "name"))
        elif match.shares_phone_with:
            other = self._directory.people[match.shares_phone_with]
            values = {"name": person.name, "other": other.name, "id": other.id, "new": id}
            self.findings.append(self._finding(row, "possible-double", SAME_PHONE, Severity.WARNING, values, "phone"))
        age = age_on(person, self._day)
        if age is not None and age < MAJORITY:
            values = {"name": person.name, "age": age}
            self.findings.append(self._finding(row, "minor", MINOR, Severity.WARNING, values))
        self._directory.put(person)
        self._rows_of[id] = row.row
        self._added.append(id)

    def _ask(self, row: RowFacts, code: str, message: Text, id: str) -> None:
        other = self._directory.people[id]
        values: dict[str, object] = {"name": row.name, "other": other.name, "id": id}
        self._refuse(row, [self._finding(row, code, message, Severity.QUESTION, values, "email")])

    def _ask_which(self, row: RowFacts, match: Match) -> None:
        """The e-mail says one person, the phone another."""
        one, two = self._directory.people[match.same], self._directory.people[match.other_by_phone]
        values: dict[str, object] = {"name": row.name, "id": one.id, "other": two.id}
        self._refuse(row, [self._finding(row, "person-two", TWO_KNOWN, Severity.QUESTION, values, "phone")])

    def _add_overrides(self, row: RowFacts, id: str) -> None:
        for benefit in self._benefits:
            field = f"{benefit}_override"
            if field not in row.facts:
                continue
            outcome = str(row.facts.get(field) or "")
            reason = str(row.facts.get(f"{field}_reason") or "")
            if outcome and reason:
                source = self._finding(row, "", Text(""), Severity.INFORMATION, {}, field).source
                self._overrides.append(
                    OverrideRequest(participant_id=id, benefit=benefit, outcome=outcome, reason=reason, source=source)
                )
            elif outcome:
                self._say_alone(row, "decision-alone", DECISION_ALONE, Severity.QUESTION, benefit)
            elif reason:
                self._say_alone(row, "reason-alone", REASON_ALONE, Severity.WARNING, benefit)
            else:
                self._undecided.append((id, benefit))

    def _say_alone(self, row: RowFacts, code: str, message: Text, severity: Severity, benefit: str) -> None:
        """A decision without its reason, or a reason without its decision."""
        field = f"{benefit}_override_reason"
        values = {"benefit": self._benefits[benefit]}
        self.findings.append(self._finding(row, code, message, severity, values, field=field))

    def _say_remarks(self, row: RowFacts) -> None:
        self.findings += row.remarks

    def _refuse(self, row: RowFacts, findings: Sequence[Finding]) -> None:
        refused = RefusedRow(sheet=self._source[1], row=row.row, name=row.name, findings=tuple(findings))
        self._refused.append(refused)
        if findings and all(finding.severity is Severity.QUESTION for finding in findings):
            for key in _keys(row):
                self._doubtful.setdefault(key, row.row)
        self.findings += findings

    def _finding(
        self,
        row: RowFacts,
        code: str,
        message: Text,
        severity: Severity,
        values: Mapping[str, object],
        field: str = "",
    ) -> Finding:
        return self._reading.finding(code, message, severity, row.row, values, field)


def _keys(row: RowFacts) -> list[tuple[str, str, str]]:
    """What makes two rows one person: e-mail and name, or phone and name."""
    contacts = (("email", email_key(str(row.facts.get("email") or ""))), ("phone", str(row.facts.get("phone") or "")))
    return [(kind, contact, name) for kind, contact in contacts if contact for name in sorted(names_in(row.facts))]


def _same_said_otherwise(change: Change, row: RowFacts, person: Participant) -> bool:
    """Whether a name differs in its order alone, or an e-mail address in its capitals."""
    if change.field == "name":
        return bool(names_in(row.facts) & names_of(person))
    return change.field == "email" and email_key(str(change.before)) == email_key(str(change.after))


def _difference(person: Participant, change: Change) -> Difference:
    return Difference(
        participant_id=person.id, name=person.name, field=change.field, before=change.before, after=change.after
    )
