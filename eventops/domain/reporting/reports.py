"""Reports: tables with typed columns, written to any table format by a writer.

A compose function fills titles and cells with plain values, with Text, with Message or with Spoken; `localised` words
them, so a writer sees strings, numbers, dates and Money only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, overload

import msgspec
from msgspec import Struct

from eventops.domain.keeping.history import HistoryMark
from eventops.domain.money import Money
from eventops.domain.texts import Message, Text, Wording

if TYPE_CHECKING:
    from eventops.domain.placing.place_index import PlaceSource
    from eventops.domain.reporting.opening import Question


class Spoken(Struct, frozen=True):
    """A cell said in a language of its own, whatever the report's: a letter to one person, a heading side by side."""

    message: Text | Message
    language: str


Cell = None | str | int | float | bool | Decimal | Money | date | time | datetime | Text | Message | Spoken


Row = tuple[Cell, ...]
Source = TypeVar("Source")
# Rows from which a table is made row by row while it is written.
LONG = 1_000


class Rows(Sequence[Row]):
    """Rows made from values one by one, anew each time they are gone through: a long table takes no room.

    As a value they are the tuple of their rows: equal to it, and like it never changed.
    """

    __slots__ = ("_row_of", "_values")

    def __init__(self, values: Sequence[Source], row_of: Callable[[Source], Row]) -> None:
        self._values = values
        self._row_of: Callable[[Source], Row] = row_of

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row_of, self._values)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(map(self._row_of, self._values[index]))
        return self._row_of(self._values[index])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | Rows):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


def rows_from(values: Sequence[Source], row_of: Callable[[Source], Row]) -> Sequence[Row]:
    """A row for each value: a tuple, or, of many, rows that are made while they are written. `row_of` is pure."""
    return tuple(map(row_of, values)) if len(values) < LONG else Rows(values, row_of)


class Kind(Enum):
    """What a column holds; it decides type, number format and alignment. PERCENT cells hold a fraction: 0.25."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    YES_NO = "yes_no"


class Audience(Enum):
    """Who a file is for, and so which facts about people it may hold."""

    HOTEL = "hotel"
    CATERER = "caterer"
    SPONSOR = "sponsor"
    DOOR = "door"
    DRIVER = "driver"
    ASSOCIATION = "association"
    PUBLIC = "public"


class Column(Struct, frozen=True, kw_only=True):
    """One column. `name` is stable (JSON key); `width` in characters; `choices` become a drop-down;
    `editable` marks cells a person fills in and eventops reads back; `hxl` is the tag that stands under the heading."""

    name: str
    title: Text | Message | str
    kind: Kind = Kind.TEXT
    width: int = 16
    choices: tuple[Text | str, ...] = ()
    editable: bool = False
    total: bool = False
    hxl: str = ""


class Chart(Struct, frozen=True, kw_only=True):
    """A bar or pie chart beside a table: categories from one column, values from another."""

    kind: str
    title: Text | str
    categories: str
    values: str


class Table(Struct, frozen=True, kw_only=True):
    """One sheet. `rows` hold one cell per column, as a tuple or, when they are many, as `Rows`; `notes` are sentences
    below the table; `blank_rows` empty ruled rows for walk-ins; `landscape` for printing."""

    name: str
    title: Text | str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    notes: tuple[Text | Message | str, ...] = ()
    chart: Chart | None = None
    landscape: bool = False
    blank_rows: int = 0


class Report(Struct, frozen=True, kw_only=True):
    """A file for somebody: its tables, title, the line that heads every printed page, and the picture beside it.
    `for_a_program`: its tables have the shape another program wants, and get no row of tags. `history` is the entry
    of the workspace's history it was made after; eventops sets it.
    """

    name: str
    title: Text | str
    audience: Audience
    tables: tuple[Table, ...]
    heading: Text | Message | str = ""
    language: str = "en"
    logo: bytes = b""
    for_a_program: bool = False
    history: HistoryMark | None = None

    @property
    def right_to_left(self) -> bool:
        return self.language == "ar"


class Options(Struct, frozen=True, kw_only=True):
    """What the caller of an export chose, and what it may need beside the plan.

    `for_id` names the sponsor, association, meal or session it is for; `included` the facts opened for this file;
    `questions` what plugins ask on the form; `gazetteers` the places people may choose from.
    """

    language: str = "en"
    for_id: str = ""
    included: tuple[str, ...] = ()
    questions: "tuple[Question, ...]" = ()
    gazetteers: "tuple[PlaceSource, ...]" = ()


class Writer(Struct, frozen=True, kw_only=True):
    """A table format. `render` takes a localised report and gives the file's bytes; `leaves_out` the titles of the
    tables that the format has no room for."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Report], bytes]
    leaves_out: Callable[[Report], tuple[str, ...]] | None = None


def localised(report: Report, wording: Wording, others: Mapping[str, Wording] = MappingProxyType({})) -> Report:
    """The report with every Text and Message worded in one language.

    A Spoken cell is worded in its own language when `others` has it, else like the rest.
    """

    def worded(cell: Cell) -> Cell:
        # Asked of every cell: most are plain.
        if cell is None or type(cell) is str:
            return cell
        if isinstance(cell, Spoken):
            return others.get(cell.language, wording).say(cell.message)
        return wording.say(cell) if isinstance(cell, Text | Message) else cell

    def worded_row(row: Row) -> Row:
        return tuple([worded(cell) for cell in row])

    def said(text: Text | Message | str) -> str:
        return text if isinstance(text, str) else wording.say(text)

    tables = tuple(
        msgspec.structs.replace(
            table,
            title=said(table.title),
            columns=tuple(
                msgspec.structs.replace(
                    column, title=said(column.title), choices=tuple(said(choice) for choice in column.choices)
                )
                for column in table.columns
            ),
            rows=rows_from(table.rows, worded_row),
            notes=tuple(said(note) for note in table.notes),
            chart=msgspec.structs.replace(table.chart, title=said(table.chart.title)) if table.chart else None,
        )
        for table in report.tables
    )
    return msgspec.structs.replace(
        report,
        title=said(report.title),
        heading=said(report.heading),
        tables=tables,
        language=wording.language,
    )


def rows_of(table: Table) -> Iterable[dict[str, Cell]]:
    """The rows as mappings from column name to cell."""
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows)
