"""One row of a registration sheet becomes facts about one person, or the reasons why it cannot."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from eventops.application.cell_readings import CANCELLED, ReadingContext, Remark, reading_of
from eventops.application.contacts import PhoneReading
from eventops.application.question_readings import settled
from eventops.domain.enrolling import answers
from eventops.domain.enrolling.answers import Lexicon, remembered
from eventops.domain.enrolling.cell_values import (
    LONGEST_ANSWER,
    LONGEST_REMARK,
    Unreadable,
    damage_in,
    is_blank,
    text_in,
)
from eventops.domain.enrolling.dates import Birth, day_comes_first
from eventops.domain.enrolling.heading_match import FieldLike
from eventops.domain.enrolling.registrations import ColumnRead, Recognition
from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.people import Status
from eventops.domain.texts import Text

Facts = dict[str, object]

_LONGEST_NAME = 200
_AGES_AGREE = 3
_LONG = frozenset(("notes", "needs", "workshops", "inclusion", "diet", "allergens", "consent_share"))
# Blank is an answer here, and it is no.
_BLANK_IS_NO = frozenset(("consent_attend", "consent_photo", "consent_share"))
# Facts that several columns may tell together, or that tell more than one.
_GATHERED = frozenset(
    (
        "birth_date",
        "birth_year",
        "age",
        "workshops",
        "inclusion",
        "diet",
        "allergens",
        "consent_share",
        "notes",
        "needs",
        "status",
    )
)
# Hardly two rows say the same here; in all other columns a few answers come again and again.
_OWN_TO_EACH = frozenset(("id", "email", "phone", "registered_on", "notes"))
_NAMES = ("name", "first_name", "last_name", "name_latin", "first_name_latin", "last_name_latin")

MISSING_NAME = Text("row {row}, column {column} ({heading}): {cell} is empty; the first and last name are expected")
AGE_FROM_RANGE = Text("column {column} ({heading}) gives ranges; each person counts with the lowest age of theirs")
TWO_BIRTHS = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, but another column says {other}; correct one of them"
)


_BLANK = object()


class RowFacts(Struct, frozen=True, kw_only=True):
    """What one row says. `facts` are keyed by field; a refused row has refusals and no use for its facts."""

    row: int
    name: str
    facts: Facts
    refusals: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


class RowReading:
    """Reads the rows of one table: built once, with a reading for every column."""

    def __init__(
        self,
        table: Recognition,
        *,
        event: Event,
        fields: Sequence[FieldLike],
        file_name: str,
        today: date,
        update: bool,
    ) -> None:
        self._source = Source(file=file_name, sheet=table.sheet.name)
        self._update = update
        self._today = today
        self._ranges: dict[str, ColumnRead] = {}
        self._closed = table.closed
        context = ReadingContext(
            event=event,
            closed=table.closed,
            phones=PhoneReading(event.country) if "phone" in table.fields else None,
            types={field.name: field.type for field in fields},
            today=today,
        )
        self._columns = [
            (
                at,
                column,
                column.indexes[0],
                column.indexes[1:],
                _whole_reading(column.field, reading_of(column, context, _day_first(table, column, context.types))),
                column.field in _GATHERED,
            )
            for at, column in enumerate(table.columns)
        ]
        self._composes = bool({"first_name", "last_name", "first_name_latin", "last_name_latin"} & table.fields)
        self._name_column = next((column for column in table.columns if column.field in _NAMES), None)

    def facts_of(self, row: int, cells: tuple[object, ...]) -> RowFacts:
        """The facts of one row, with what is wrong and what to remark."""
        facts: Facts = {}
        births: list[tuple[ColumnRead, object, Birth]] = []
        wishes: list[tuple[int, int, tuple[str, ...]]] = []
        refusals: list[Finding] = []
        remarks: list[Finding] = []
        width = len(cells)
        for at, column, first, others, read, gathered in self._columns:
            value = cells[first] if first < width else None
            result = _BLANK if value is None else read(value)
            if result is _BLANK and others:
                value, result = _first_filled(cells, others, read)
            if result is _BLANK:
                # A blank cell says something only in a working list and for a consent.
                if not self._update and column.field not in _BLANK_IS_NO:
                    continue
                value = result = None
            elif isinstance(result, Unreadable):
                refusals.append(self._finding(result, Severity.ERROR, row, column, value))
                continue
            elif isinstance(result, Remark):
                remarks.append(self._finding(result, result.severity, row, column, value))
                result = result.value
            if not gathered:
                facts[column.field] = result
            else:
                self._gather(facts, births, wishes, (at, column, value, result))
        if wishes:
            facts["workshops"] = tuple(dict.fromkeys(id for _, _, ids in sorted(wishes) for id in ids))
        if births:
            self._add_births(facts, births, row, refusals)
        remarks = settled(facts, remarks)
        name = self._name_of(facts)
        if not name and not (self._update and "name" not in facts):
            refusals += self._missing_name(row, refusals)
        return RowFacts(row=row, name=name, facts=facts, refusals=tuple(refusals), remarks=tuple(remarks))

    def ranges_read(self, message: Text) -> tuple[Finding, ...]:
        """One information for every column in which ages were read from ranges."""
        return tuple(
            Finding(
                severity=Severity.INFORMATION,
                code="age-from-range",
                message=message,
                values={"column": column.letter, "heading": column.heading},
                source=Source(
                    file=self._source.file, sheet=self._source.sheet, column=column.letter, heading=column.heading
                ),
            )
            for column in self._ranges.values()
        )

    def finding(
        self, code: str, message: Text, severity: Severity, row: int, values: Mapping[str, object], field: str = ""
    ) -> Finding:
        """A finding on a row, placed on the column that holds the field when there is one."""
        column = next((one for _, one, *_ in self._columns if one.field == field), None)
        source = Source(
            file=self._source.file,
            sheet=self._source.sheet,
            row=row,
            column=column.letter if column else "",
            heading=column.heading if column else "",
        )
        place: dict[str, object] = {"row": row}
        if column:
            place |= {"column": column.letter, "heading": column.heading, "cell": f"{column.letter}{row}"}
        return Finding(severity=severity, code=code, message=message, values={**place, **values}, source=source)

    def _finding(
        self, problem: Unreadable | Remark, severity: Severity, row: int, column: ColumnRead, value: object
    ) -> Finding:
        shown = text_in(value[:_LONGEST_NAME] if isinstance(value, str) else value)
        values: dict[str, object] = {
            "row": row,
            "column": column.letter,
            "heading": column.heading,
            "cell": f"{column.letter}{row}",
            "value": shown if len(shown) <= 80 else shown[:79] + "…",
            **problem.values,
        }
        source = Source(
            file=self._source.file,
            sheet=self._source.sheet,
            row=row,
            column=column.letter,
            heading=column.heading,
        )
        return Finding(severity=severity, code=problem.code, message=problem.message, values=values, source=source)

    def _missing_name(self, row: int, refusals: Sequence[Finding]) -> list[Finding]:
        column = self._name_column
        if column is None or any(one.source.column == column.letter for one in refusals):
            return []
        problem = Unreadable(code="name-missing", message=MISSING_NAME)
        return [self._finding(problem, Severity.ERROR, row, column, "")]

    def _gather(
        self,
        facts: Facts,
        births: list[tuple[ColumnRead, object, Birth]],
        wishes: list[tuple[int, int, tuple[str, ...]]],
        told: tuple[int, ColumnRead, object, object],
    ) -> None:
        """Adds what one of several columns says of a fact: its position, itself, its cell and the reading of it."""
        at, column, value, result = told
        field = column.field
        if isinstance(result, Birth):
            births.append((column, value, result))
            if result.band:
                self._ranges[column.letter] = column
        elif field == "workshops":
            wishes.append((column.rank or at, at, result if isinstance(result, tuple) else ()))
        elif field == "status":
            facts |= {"status": Status.WITHDRAWN, CANCELLED: value} if result == CANCELLED else {field: result}
        elif field in ("birth_date", "birth_year", "age"):
            facts.setdefault(field, None)
        elif field in ("inclusion", "diet", "allergens"):
            facts[field] = _added(facts.get(field), result, field)
        elif field == "consent_share":
            _share(facts, column, result, self._closed.sponsors)
        else:
            known, more = str(facts.get(field) or ""), str(result or "")
            # A tool of forms writes the answers together and each alone.
            facts[field] = known if more and more in known else "\n".join(text for text in (known, more) if text)

    def _name_of(self, facts: Facts) -> str:
        """The name in these facts, composed of its parts or taken from the one in Latin letters."""
        if self._composes:
            _compose_names(facts)
        if not self._update and not facts.get("name") and facts.get("name_latin"):
            facts["name"] = facts.pop("name_latin")
        return str(facts.get("name") or "")

    def _add_births(
        self, facts: Facts, births: Sequence[tuple[ColumnRead, object, Birth]], row: int, refusals: list[Finding]
    ) -> None:
        for column, value, birth in births:
            for field, told in (
                ("birth_date", birth.birth_date),
                ("birth_year", birth.birth_year),
                ("age", birth.age),
            ):
                if told is not None:
                    facts[field] = told
            day, year, age = facts.get("birth_date"), facts.get("birth_year"), facts.get("age")
            if isinstance(day, date) and isinstance(year, int) and day.year != year:
                other = str(year) if birth.birth_date else day.isoformat()
                problem = Unreadable(code="birth-contradicts", message=TWO_BIRTHS, values={"other": other})
                refusals.append(self._finding(problem, Severity.ERROR, row, column, value))
            born = day.year if isinstance(day, date) else year
            # An age was right on the day it was written, and a year of birth tells it but for one.
            if isinstance(born, int) and isinstance(age, int) and abs(self._today.year - born - age) > _AGES_AGREE:
                other = str(born if birth.age is not None else age)
                problem = Unreadable(code="birth-contradicts", message=TWO_BIRTHS, values={"other": other})
                refusals.append(self._finding(problem, Severity.ERROR, row, column, value))


def _longest(field: str) -> int:
    if field in _NAMES:
        return _LONGEST_NAME
    return LONGEST_REMARK if field in _LONG else LONGEST_ANSWER


def _whole_reading(field: str, reading: Callable[[object], object]) -> Callable[[object], object]:
    """The reading of a cell: _BLANK where there is nothing to see in it, else what damages it, or its value."""
    longest = _longest(field)

    def read(value: object) -> object:
        return _BLANK if is_blank(value) else _damage(value, longest) or reading(value)

    return read if field in _OWN_TO_EACH or field in _NAMES else remembered(read)


def _first_filled(
    cells: tuple[object, ...], indexes: tuple[int, ...], read: Callable[[object], object]
) -> tuple[object, object]:
    """The first of these cells that says something, and what."""
    for index in indexes:
        value = cells[index] if index < len(cells) else None
        if value is not None and (result := read(value)) is not _BLANK:
            return value, result
    return None, _BLANK


def _damage(value: object, longest: int) -> Unreadable | None:
    if isinstance(value, str) and len(value) <= longest and not value.startswith("#"):
        return None
    return damage_in(value, longest)


def _day_first(table: Recognition, column: ColumnRead, types: Mapping[str, str]) -> bool:
    if column.field not in ("birth_date", "birth_year", "registered_on") and types.get(column.field) != "date":
        return True
    index = column.indexes[0]
    start = table.header_row - table.sheet.first_row + 1
    return day_comes_first(row[index] for row in table.sheet.rows[start:] if index < len(row))


def _compose_names(facts: Facts) -> None:
    """The name from first and last names."""
    for whole, suffix in (("name", ""), ("name_latin", "_latin")):
        if f"first_name{suffix}" not in facts and f"last_name{suffix}" not in facts:
            continue
        parts = [facts.pop(f"first_name{suffix}", None), facts.pop(f"last_name{suffix}", None)]
        composed = " ".join(str(part) for part in parts if part)
        if composed and not facts.get(whole):
            facts[whole] = composed


def _added(before: object, more: object, field: str) -> object:
    if field in ("inclusion", "allergens"):
        known = before if isinstance(before, tuple) else ()
        return tuple(dict.fromkeys((*known, *(more if isinstance(more, tuple) else ()))))
    pieces = [piece for piece in (str(before or ""), str(more or "")) if piece]
    several = [piece for text in pieces for piece in text.split(", ") if piece != answers.STANDARD_DIET]
    return ", ".join(dict.fromkeys(several)) or (answers.STANDARD_DIET if pieces else "")


def _share(facts: Facts, column: ColumnRead, result: object, sponsors: Lexicon) -> None:
    """Adds what one column says: consents to share, and for which sponsors the sheet has an answer at all."""
    asked = column.option or tuple(choice.id for choice in sponsors.choices)
    agreed = result if isinstance(result, tuple) else (asked if result is True else ())
    before = facts.get("consent_share")
    known: dict[str, bool] = dict(before) if isinstance(before, dict) else {}
    for sponsor in asked:
        known[sponsor] = known.get(sponsor, False) or sponsor in agreed
    facts["consent_share"] = known
