"""Sheets as received: their cells at true Excel addresses, the table in them and the columns eventops recognises."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.enrolling.answers import DEFAULT_CATEGORIES, DIETS, INCLUSION, Lexicon, lexicon
from eventops.domain.enrolling.cell_values import is_blank, text_in
from eventops.domain.enrolling.column_choice import ColumnRead, IgnoredColumn, chosen_columns
from eventops.domain.enrolling.heading_match import (
    FieldLike,
    Vocabulary,
    heading_key,
    meanings,
    vocabulary,
    with_headings,
)
from eventops.domain.enrolling.headings import (
    BENEFIT_TITLES,
    FIELD_TITLES,
    OVERRIDE_REASON_TITLE,
    OVERRIDE_TITLE,
    TOTAL_WORDS,
)
from eventops.domain.enrolling.sheets import Sheet, column_letter
from eventops.domain.event import Event
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.hosting.allergens import ALLERGENS
from eventops.domain.people import Choice
from eventops.domain.reporting.labels import CATEGORY_LABELS, DIET_LABELS
from eventops.domain.texts import Text
from eventops.errors import NotUsable

__all__ = [
    "BENEFIT_TITLES",
    "FIELD_TITLES",
    "OVERRIDE_REASON_TITLE",
    "OVERRIDE_TITLE",
    "ColumnRead",
    "FieldLike",
    "IgnoredColumn",
    "Lexicons",
    "Recognition",
    "Sheet",
    "column_letter",
    "filled_rows",
    "lexicons_of",
    "recognised",
    "rows_of_people",
]

# A header stands in the first rows; further down it would be data.
_HEADER_WITHIN = 60
_NAMES = frozenset(("name", "name_latin", "first_name", "last_name", "first_name_latin", "last_name_latin"))
_CONTACTS = frozenset(("email", "phone"))


class Lexicons(Struct, frozen=True, kw_only=True):
    """The closed answers of one event."""

    category: Lexicon
    diet: Lexicon
    allergens: Lexicon
    inclusion: Lexicon
    workshops: Lexicon
    associations: Lexicon
    sponsors: Lexicon


class Recognition(Struct, frozen=True, kw_only=True):
    """The table of a file: its sheet, the row of its headings (as Excel counts), the columns read and those left out.
    `closed` are the event's closed answers. With `unanswered` a person must say which column or sheet is meant."""

    sheet: Sheet
    header_row: int
    columns: tuple[ColumnRead, ...]
    ignored: tuple[IgnoredColumn, ...]
    closed: Lexicons
    findings: tuple[Finding, ...] = ()
    unanswered: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns)


class _Header(Struct, frozen=True, kw_only=True):
    """A row that may hold the headings: its index in the sheet's rows, how many columns it explains, and how many of
    those have cells below."""

    sheet: Sheet
    index: int
    score: float
    filled: float = 0.0
    contact: bool = False


EMPTY_FILE = "{file} is empty: it has no filled cell; choose the file that holds the registrations"
NO_TABLE = (
    "{file} has no table of registrations: no row holds a header such as Full name, E-mail and Town; "
    "the first filled row is “{seen}”; put one heading above each column"
)
NO_SHEET = "{file} has no sheet named “{sheet}”; it has {sheets}"
NO_FIELD = "{file}: column {column} cannot hold “{field}”, which is no field; the fields are {allowed}"
NO_COLUMN = "{file}, sheet {sheet}: there is no column “{column}”; the columns are {seen}"
NO_NAMES = (
    "{file}, sheet {sheet}: the header in row {row} has no column for the name; it has {seen}; "
    "name the column Full name and import again"
)
NO_CONTACT = (
    "{file}, sheet {sheet}: the header in row {row} has neither an e-mail nor a phone column; it has {seen}; "
    "add a column headed E-mail or Phone and import again"
)
OTHER_SHEET = Text(
    "sheet {other} looks like registrations too and was not read; sheet {sheet} says more of each person"
)
HIDDEN_SHEET = Text(
    "the hidden sheet {other} holds registrations too and was not read; show it in Excel and name it with --sheet to "
    "import its people, or delete it"
)
TWO_SHEETS = Text(
    "{sheets} could each hold the registrations; nothing was imported; "
    "name one with --sheet, or keep one sheet in the file"
)


def lexicons_of(event: Event) -> Lexicons:
    """The closed answers of an event; the five usual categories when it names none."""
    return Lexicons(
        category=lexicon(_categories(event), CATEGORY_LABELS),
        diet=lexicon(DIETS, DIET_LABELS),
        allergens=lexicon(ALLERGENS),
        inclusion=lexicon(INCLUSION),
        workshops=lexicon([Choice(id=one.id, title=one.title, words=one.words) for one in event.workshops]),
        associations=lexicon([Choice(id=one.id, title=one.name, words=one.words) for one in event.associations]),
        sponsors=lexicon([Choice(id=one.id, title=one.name, words=one.words) for one in event.sponsors]),
    )


def _categories(event: Event) -> tuple[Choice, ...]:
    """The event's categories; one of the usual five is also known by the words people use for it."""
    usual = {choice.id: choice for choice in DEFAULT_CATEGORIES}
    return tuple(
        replace(choice, words=(*choice.words, *usual[choice.id].words)) if choice.id in usual else choice
        for choice in event.categories
    ) or tuple(DEFAULT_CATEGORIES)


def recognised(
    sheets: Sequence[Sheet],
    event: Event,
    fields: Sequence[FieldLike] = (),
    *,
    file_name: str,
    sheet: str = "",
    columns: Mapping[str, str] | None = None,
    benefits: Mapping[str, Text] = BENEFIT_TITLES,
    update: bool = False,
) -> Recognition:
    """The table of registrations in these sheets and the field each of its columns holds.

    `sheet` names the sheet to read, `columns` maps a heading or a column letter to a field ('' leaves it out). With
    `update` the table is a working list: an id column stands for name and contact.
    Errors: NotUsable without a table, without a name column, or with neither an e-mail nor a phone column.
    """
    closed = lexicons_of(event)
    options = {
        "diet": closed.diet,
        "allergens": closed.allergens,
        "inclusion": closed.inclusion,
        "workshops": closed.workshops,
    }
    words = with_headings(vocabulary(fields, options, closed.sponsors, benefits), columns or {})
    needed = _CONTACTS | {"id"} if update else _CONTACTS
    _refuse_unknown_fields(columns or {}, words, file_name)
    headers = _headers(_sheets_asked(sheets, sheet, file_name), words, needed, file_name)
    header, remarks, unanswered = _best(headers, file_name)
    headings = _headings(header, words)
    _refuse_unknown_columns(columns or {}, headings, header.sheet.name, file_name)
    chosen = chosen_columns(
        header.sheet, header.index, headings, words=words, closed=closed, asked=columns or {}, file_name=file_name
    )
    result = Recognition(
        sheet=header.sheet,
        header_row=header.sheet.first_row + header.index,
        columns=chosen.columns,
        ignored=chosen.ignored,
        closed=closed,
        findings=(*header.sheet.remarks, *remarks, *chosen.findings),
        unanswered=unanswered or chosen.unanswered,
    )
    return _usable(result, file_name, update)


def _refuse_unknown_fields(asked: Mapping[str, str], words: Vocabulary, file_name: str) -> None:
    """Errors: NotUsable when a column is to hold a field that does not exist."""
    allowed = sorted({field for field, _ in words.exact.values()})
    for column, field in asked.items():
        if field not in ("", "-", "ignore") and field.partition(":")[0] not in allowed:
            values = {"file": file_name, "column": column, "field": field, "allowed": ", ".join(allowed)}
            raise NotUsable(NO_FIELD, **values)


def _refuse_unknown_columns(asked: Mapping[str, str], headings: Sequence[str], sheet: str, file_name: str) -> None:
    """Errors: NotUsable when a column is named that the table does not have."""
    names = {folded(heading) for heading in headings} | {column_letter(at).lower() for at in range(len(headings))}
    for column in asked:
        if folded(column) not in names:
            seen = ", ".join(f"{column_letter(at)} ({heading})" for at, heading in enumerate(headings) if heading)
            raise NotUsable(NO_COLUMN, file=file_name, sheet=sheet, column=column, seen=seen)


def _usable(result: Recognition, file_name: str, update: bool) -> Recognition:
    """The same recognition. Errors: NotUsable when nobody could be told apart by its columns."""
    if update and "id" in result.fields:
        return result
    headings = [column.heading for column in result.columns] + [column.heading for column in result.ignored]
    seen = ", ".join(heading for heading in headings if heading)
    where = {"file": file_name, "sheet": result.sheet.name, "row": result.header_row, "seen": seen}
    if result.unanswered:
        return result
    if not _NAMES & result.fields:
        raise NotUsable(NO_NAMES, **where)
    if not _CONTACTS & result.fields:
        raise NotUsable(NO_CONTACT, **where)
    return result


def _sheets_asked(sheets: Sequence[Sheet], name: str, file_name: str) -> list[Sheet]:
    filled = [sheet for sheet in sheets if any(sheet.rows)]
    if not filled:
        raise NotUsable(EMPTY_FILE, file=file_name)
    if not name:
        return filled
    asked = [sheet for sheet in filled if folded(sheet.name) == folded(name)]
    if not asked:
        raise NotUsable(NO_SHEET, file=file_name, sheet=name, sheets=", ".join(sheet.name for sheet in filled))
    return asked


def _headers(sheets: Sequence[Sheet], words: Vocabulary, needed: frozenset[str], file_name: str) -> list[_Header]:
    """The best header of each sheet that has one, best sheet first; visible sheets before hidden ones."""
    found = [header for sheet in sheets if (header := _header(sheet, words, needed)) is not None]
    if not found:
        # No heading is written as we know it; slips of the pen in all of them are looked for last.
        found = [header for sheet in sheets if (header := _header(sheet, words, needed, _loosely)) is not None]
        found = [header for header in found if header.contact]
    if not found:
        first = next(row for sheet in sheets for row in sheet.rows if row)
        seen = " | ".join(text for text in (text_in(cell) for cell in first) if text)
        raise NotUsable(NO_TABLE, file=file_name, seen=seen[:120])
    found = [header for header in found if header.contact] or found[:1]
    return sorted(found, key=lambda header: (header.sheet.hidden, -header.filled))


def _header(
    sheet: Sheet, words: Vocabulary, needed: frozenset[str], field_of: Callable[[str, Vocabulary], str] | None = None
) -> _Header | None:
    best: _Header | None = None
    for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        quickly = {at: (field_of or _quickly)(cell, words) for at, cell in enumerate(row) if isinstance(cell, str)}
        found = {at: field for at, field in quickly.items() if field}
        fields = frozenset(found.values())
        score = _worth(fields)
        if len(fields) >= 2 and (best is None or score > best.score):
            below = sheet.rows[index + 1 : index + 1 + _HEADER_WITHIN]
            filled = (
                field for at, field in found.items() if any(at < len(one) and not is_blank(one[at]) for one in below)
            )
            best = _Header(
                sheet=sheet, index=index, score=score, filled=_worth(frozenset(filled)), contact=bool(fields & needed)
            )
        if best and best.score >= 4 and best.index < index - 3:
            break
    return best


def _worth(fields: frozenset[str]) -> float:
    """How much a table with these fields looks like registrations: names and contacts count more."""
    return len(fields) + (2 if fields & (_NAMES | {"id"}) else 0) + (0.5 if fields & _CONTACTS else 0)


def _quickly(cell: str, words: Vocabulary) -> str:
    """The field of a heading that is exactly a known one; '' otherwise."""
    if len(cell) > 200:
        return ""
    for form in (cell, cell.partition("(")[0], *cell.split("/")):
        key = heading_key(form)
        core = " ".join(word for word in key.split() if word not in words.fillers)
        for one in (key, core):
            if one in words.exact:
                return words.exact[one][0]
            if one in words.vague:
                return words.vague[one][0]
    padded = f" {heading_key(cell)} "
    return next((field for phrase, field, _ in words.inside if f" {phrase} " in padded), "")


def _loosely(cell: str, words: Vocabulary) -> str:
    """The field of a heading with a slip of the pen; '' otherwise."""
    found = meanings(cell, words) if len(cell) <= 40 and "@" not in cell else ()
    return found[0].field if found and not found[0].vague and found[0].score >= 0.7 else ""


def _best(headers: Sequence[_Header], file_name: str) -> tuple[_Header, list[Finding], bool]:
    first, *others = headers
    findings: list[Finding] = []
    alike = [header for header in others if header.sheet.hidden == first.sheet.hidden]
    rivals = [header for header in alike if header.filled > first.filled - 2]
    if rivals:
        names = ", ".join(header.sheet.name for header in (first, *rivals))
        finding = Finding(
            severity=Severity.QUESTION,
            code="two-sheets",
            message=TWO_SHEETS,
            values={"sheets": names},
            source=Source(file=file_name),
        )
        return first, [finding], True
    for header in (one for one in others if one.filled):
        values: dict[str, object] = {"other": header.sheet.name, "sheet": first.sheet.name}
        source = Source(file=file_name, sheet=header.sheet.name)
        message = HIDDEN_SHEET if header not in alike else OTHER_SHEET
        findings.append(
            Finding(severity=Severity.WARNING, code="sheet-not-read", message=message, values=values, source=source)
        )
    return first, findings, False


def _headings(header: _Header, words: Vocabulary) -> tuple[str, ...]:
    """The heading of every column; one written above and merged over it stands for it, or before it where the heading
    itself says too little (“OCDE” below “Consentement au partage avec”)."""
    rows = header.sheet.rows
    width = max((len(row) for row in rows[header.index :]), default=0)
    own = [text_in(cell) for cell in rows[header.index]] + [""] * (width - len(rows[header.index]))
    for top, left, bottom, right in header.sheet.merged:
        if top >= header.index or top >= len(rows) or left >= len(rows[top]):
            continue
        above = text_in(rows[top][left])
        if bottom >= header.index and left < width and not own[left]:
            own[left] = above
        elif bottom == header.index - 1 and right > left:
            for column in range(left, min(right + 1, width)):
                if own[column] and not meanings(own[column], words):
                    own[column] = f"{above} – {own[column]}"
    return tuple(own)


def rows_of_people(table: Recognition) -> Iterator[tuple[int, tuple[object, ...], str]]:
    """The rows below the header as (row number of Excel, cells, what to skip it for); '' where it is a person's row.

    Skipped rows are repeated headers, HXL tags, the total and the notes below the table; blank rows are not given.
    """
    sheet, start = table.sheet, table.header_row - table.sheet.first_row
    header = tuple(text_in(cell) for cell in sheet.rows[start])
    after_gap = False
    for number, row in filled_rows(sheet, table.header_row):
        at = next((index for index, cell in enumerate(row) if not is_blank(cell)), None)
        if at is None:
            after_gap = True
        elif after_gap and len(table.columns) > 2 and _filled(row, 2) == 1:
            yield number, row, "note"
        else:
            after_gap = False
            yield number, row, _reason_to_skip(row, at, header)


def filled_rows(sheet: Sheet, header_row: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Every row below the header with its number in Excel; a value merged downwards stands in each of its rows."""
    start = header_row - sheet.first_row
    downwards: dict[int, dict[int, object]] = {}
    for top, left, bottom, right in sheet.merged:
        if start < top < len(sheet.rows) and bottom > top and left == right and left < len(sheet.rows[top]):
            for index in range(top + 1, min(bottom + 1, len(sheet.rows))):
                downwards.setdefault(index, {})[left] = sheet.rows[top][left]
    for index in range(start + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if index in downwards:
            cells = [*row, *[None] * (max(downwards[index]) + 1 - len(row))]
            for column, value in downwards[index].items():
                cells[column] = value if is_blank(cells[column]) else cells[column]
            row = tuple(cells)
        yield sheet.first_row + index, row


_HXL_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*")
_TOTALS = frozenset(heading_key(word) for word in TOTAL_WORDS)


def _filled(row: tuple[object, ...], most: int) -> int:
    """How many cells are filled; counted up to `most`."""
    count = 0
    for cell in row:
        count += not is_blank(cell)
        if count == most:
            break
    return count


def _reason_to_skip(row: tuple[object, ...], at: int, header: tuple[str, ...]) -> str:
    first = row[at]
    if not isinstance(first, str):
        return ""
    if first[0] == "#" and all(is_blank(cell) or _HXL_TAG.fullmatch(str(cell)) for cell in row):
        return "hxl"
    if len(row) > 1 and at < len(header) and first.casefold() == header[at].casefold() and _repeats(row, header):
        return "header"
    if _filled(row, 5) == 5 or any("@" in cell for cell in row if isinstance(cell, str)):
        return ""
    words = heading_key(first).split()
    if words and len(words) <= 4 and (words[0] in _TOTALS or " ".join(words[:2]) in _TOTALS):
        return "total"
    return ""


def _repeats(row: tuple[object, ...], header: tuple[str, ...]) -> bool:
    written = [folded(text_in(cell)) for cell in row]
    headings = [folded(heading) for heading in header[: len(written)]]
    return written == headings and sum(bool(one) for one in written) > 1
