"""One row of a registration sheet becomes facts about one person, or the reasons why it cannot."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from eventops.application.cell_readings import CANCELLED, ReadingContext, Remark, reading_of
from eventops.application.contacts import PhoneReading
from eventops.domain.enrolling import answers
from eventops.domain.enrolling.answers import Lexicon
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
_LONG = frozenset(("notes", "needs", "workshops", "inclusion", "diet", "allergens", "consent_share"))
# Blank is an answer here, and it is no.
_BLANK_IS_NO = frozenset(("consent_attend", "consent_photo", "consent_share"))
# Facts that several columns may tell together.
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
    )
)
_NAMES = ("name", "first_name", "last_name", "name_latin", "first_name_latin", "last_name_latin")

MISSING_NAME = Text("row {row}, column {column} ({heading}): {cell} is empty; the first and last name are expected")
AGE_FROM_RANGE = Text("column {column} ({heading}) gives ranges; each person counts with the lowest age of theirs")
TWO_BIRTHS = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, but another column says {other}; correct one of them"
)


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
                column,
                column.indexes,
                reading_of(column, context, _day_first(table, column, context.types)),
                _longest(column.field),
            )
            for column in table.columns
        ]
        self._name_column = next((column for column in table.columns if column.field in _NAMES), None)

    def facts_of(self, row: int, cells: tuple[object, ...]) -> RowFacts:
        """The facts of one row, with what is wrong and what to remark."""
        read: list[tuple[ColumnRead, object, object]] = []
        refusals: list[Finding] = []
        remarks: list[Finding] = []
        for column, indexes, reading, longest in self._columns:
            value = _value(cells, indexes)
            if value is None:
                # A blank cell says something only in a working list and for a consent.
                if self._update or column.field in _BLANK_IS_NO:
                    read.append((column, None, None))
                continue
            result: object = _damage(value, longest) or reading(value)
            if isinstance(result, Unreadable):
                refusals.append(self._finding(result, Severity.ERROR, row, column, value))
                continue
            if isinstance(result, Birth) and result.band:
                self._ranges[column.letter] = column
            if isinstance(result, Remark):
                remarks.append(self._finding(result, result.severity, row, column, value))
                result = result.value
            read.append((column, value, result))
        facts = self._gathered(read, row, refusals)
        name = str(facts.get("name") or "")
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
        column = next((one for one, *_ in self._columns if one.field == field), None)
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
        shown = text_in(value)
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

    def _gathered(self, read: Sequence[tuple[ColumnRead, object, object]], row: int, refusals: list[Finding]) -> Facts:
        """The facts of all columns together: names composed, wishes in order, consents by sponsor."""
        facts: Facts = {}
        births: list[tuple[ColumnRead, object, Birth]] = []
        wishes: list[tuple[int, int, tuple[str, ...]]] = []
        for at, (column, value, result) in enumerate(read):
            field = column.field
            if field == "status" and result == CANCELLED:
                facts |= {"status": Status.WITHDRAWN, CANCELLED: value}
            elif field not in _GATHERED:
                facts[field] = result
            elif isinstance(result, Birth):
                births.append((column, value, result))
            elif field in ("birth_date", "birth_year", "age"):
                facts.setdefault(field, None)
            elif field == "workshops":
                wishes.append((column.rank or at, at, result if isinstance(result, tuple) else ()))
            elif field in ("inclusion", "diet", "allergens"):
                facts[field] = _added(facts.get(field), result, field)
            elif field == "consent_share":
                _share(facts, column, result, self._closed.sponsors)
            else:
                known, more = str(facts.get(field) or ""), str(result or "")
                # A tool of forms writes the answers together and each alone.
                facts[field] = known if more and more in known else "\n".join(text for text in (known, more) if text)
        if wishes:
            facts["workshops"] = tuple(dict.fromkeys(id for _, _, ids in sorted(wishes) for id in ids))
        self._add_births(facts, births, row, refusals)
        _compose_names(facts)
        if not self._update and not facts.get("name") and facts.get("name_latin"):
            facts["name"] = facts.pop("name_latin")
        return facts

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
            day, year = facts.get("birth_date"), facts.get("birth_year")
            if isinstance(day, date) and isinstance(year, int) and day.year != year:
                other = str(year) if birth.birth_date else day.isoformat()
                problem = Unreadable(code="birth-contradicts", message=TWO_BIRTHS, values={"other": other})
                refusals.append(self._finding(problem, Severity.ERROR, row, column, value))


def _longest(field: str) -> int:
    if field in _NAMES:
        return _LONGEST_NAME
    return LONGEST_REMARK if field in _LONG else LONGEST_ANSWER


def _value(cells: tuple[object, ...], indexes: tuple[int, ...]) -> object:
    for index in indexes:
        if index < len(cells):
            value = cells[index]
            if value is not None and not is_blank(value):
                return value
    return None


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
