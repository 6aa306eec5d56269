"""Which column holds which field, when a sheet offers several, none or the wrong ones."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.enrolling.answers import known, lexicon, share_readable, workshops_in, yes_or_no
from eventops.domain.enrolling.cell_values import is_blank, text_in
from eventops.domain.enrolling.choices import CANCELLED, STATUSES
from eventops.domain.enrolling.column_hints import ClosedAnswers, answered_by, hinted
from eventops.domain.enrolling.dates import date_in
from eventops.domain.enrolling.heading_match import COMPUTED, Meaning, Vocabulary, asks_personal_facts, meanings
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.enrolling.sheets import Sheet, column_letter
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.texts import Text

# Fields several columns may hold together.
SEVERAL = frozenset(("workshops", "diet", "allergens", "inclusion", "consent_share", "notes", "needs"))
# A column headed by a vague word is read when at least this part of its cells makes sense.
_MOST = 0.5
_AS_GOOD = 0.02
# From here on a heading is the name of its field, and no guess.
_SURE = 0.86
# A heading with one of these is about the person, where another may be about whoever ordered or invited.
_OWN = frozenset(("attendee", "participant", "participante", "your", "votre", "personal", "personnel", "المشارك"))
_STATUSES = lexicon((*STATUSES, CANCELLED))
# Begins a heading that asks for more about the column before it, and what may be told more of.
_FOLLOWS = (
    *("si oui", "if yes", "if so", "if any", "si tel est", "si es asi", "en caso afirmativo", "le cas echeant"),
    *("اذا كان", "ان كان", "في حاله", "اذا نعم", "اذا اجبت", "please specify", "precisez", "specify", "lesquel"),
    *("merci de preciser", "veuillez preciser", "المرجو التحديد", "المرجو تحديد", "حدد", "especifique", "lequel"),
)
_EXPLAINED = frozenset(("needs", "diet", "allergens", "inclusion"))
_NOT_STORED = frozenset(("", "-", "ignore"))
# What is said of a column that only fills the blanks of another one: email:fills.
FILLS = "fills"
_ASKED, _ASKED_TO_FILL = 2.0, 0.1


class ColumnRead(Struct, frozen=True, kw_only=True):
    """A column that is read. `indexes` are its positions counted from 0: a second one fills blanks of the first.
    `option` is the one answer it is about, `rank` which wish it holds (0: as they come)."""

    field: str
    heading: str
    letter: str
    indexes: tuple[int, ...]
    option: tuple[str, ...] = ()
    rank: int = 0


class IgnoredColumn(Struct, frozen=True, kw_only=True):
    """A column that is not stored, and why: unknown, personal, row-number, second, unnamed, computed, asked."""

    heading: str
    letter: str
    why: str


class Chosen(Struct, frozen=True, kw_only=True):
    """The columns of one table, sorted by position, and what to say of them."""

    columns: tuple[ColumnRead, ...]
    ignored: tuple[IgnoredColumn, ...]
    findings: tuple[Finding, ...]
    unanswered: bool


class _Column(Struct, frozen=True, kw_only=True):
    index: int
    heading: str
    body: Sequence[tuple[object, ...]]
    meaning: Meaning | None = None
    why: str = ""
    fills: bool = False
    hint: str = ""

    @property
    def cells(self) -> Iterator[object]:
        """Its cells, row by row; most columns are told by their heading alone, and need none of them."""
        index = self.index
        return (row[index] if index < len(row) else None for row in self.body)


PERSONAL_COLUMNS = Text("personal columns nobody asked for were not stored: {columns}")
UNKNOWN_COLUMNS = Text("columns that are not known were not stored: {columns}")
UNSURE_COLUMN = Text(
    "column {column} ({heading}) was not stored, though it holds {count} answers and may be “{field}”; if it is, "
    "import again with --map {column}={name}, else with --map {column}=-"
)
UNNAMED_COLUMN = Text(
    "column {column} holds {count} filled cells but has no heading; it was not stored; "
    "give it a heading and import again"
)
SECOND_COLUMN = Text(
    "column {column} ({heading}) was not read: column {used} ({used_heading}) says the same more clearly"
)
FILLED_FROM = Text("column {column} ({heading}) fills the blank cells of column {used} ({used_heading})")
TWO_COLUMNS = Text(
    "columns {used} ({used_heading}) and {column} ({heading}) could both hold {field} and differ in row {row}; "
    "nothing was imported; say which one is meant with --map COLUMN=FIELD, or rename or delete one, and import again"
)


def chosen_columns(
    sheet: Sheet,
    header_index: int,
    headings: Sequence[str],
    *,
    words: Vocabulary,
    closed: ClosedAnswers,
    asked: Mapping[str, str],
    file_name: str,
) -> Chosen:
    """The field of each column of the table under that header."""
    body = sheet.rows[header_index + 1 :]
    given = {folded(name): field for name, field in asked.items()}
    # A stray cell far to the right of a million rows makes no sixteen thousand columns.
    scribbled = _filled_without_heading(body, headings)
    columns = [
        _understood(_Column(index=index, heading=heading, body=body), words, closed, given)
        for index, heading in enumerate(headings)
        if heading or index in scribbled
    ]
    columns = _first_and_last_names([column for column in columns if column.heading or _filled(column)])
    columns = _followed_up(columns)
    source = Source(file=file_name, sheet=sheet.name)
    read, ignored, findings, unanswered = _resolved(columns, sheet.first_row + header_index + 1, source)
    unsure = [column for column in columns if _may_hold(column, {one.field for one in read})]
    findings += [_unsure(column, source) for column in unsure]
    quiet = {column_letter(column.index) for column in unsure}
    findings += _said_of_ignored([one for one in ignored if one.letter not in quiet], columns, source)
    return Chosen(
        columns=tuple(sorted(read, key=lambda column: column.indexes)),
        ignored=tuple(sorted(ignored, key=lambda column: (len(column.letter), column.letter))),
        findings=tuple(findings),
        unanswered=unanswered,
    )


def _may_hold(column: _Column, fields: set[str]) -> bool:
    """Whether a column left out may hold what no other column says, and holds something."""
    return column.why == "unknown" and bool(column.hint) and column.hint not in fields and bool(_filled(column))


def _unsure(column: _Column, source: Source) -> Finding:
    letter = column_letter(column.index)
    values: dict[str, object] = {
        "column": letter,
        "heading": column.heading,
        "count": len(_filled(column)),
        "field": FIELD_TITLES[column.hint],
        "name": column.hint,
    }
    source = replace(source, column=letter, heading=column.heading)
    return Finding(severity=Severity.WARNING, code="column-unsure", message=UNSURE_COLUMN, values=values, source=source)


def _filled_without_heading(body: Sequence[tuple[object, ...]], headings: Sequence[str]) -> frozenset[int]:
    """The columns without a heading that hold anything at all."""
    first = next((at for at, heading in enumerate(headings) if not heading), len(headings))
    return frozenset(
        at
        for row in body
        if len(row) > first
        for at in range(first, len(row))
        if not headings[at] and row[at] is not None
    )


def _filled(column: _Column) -> list[object]:
    return [cell for cell in column.cells if not is_blank(cell)]


def _understood(column: _Column, words: Vocabulary, closed: ClosedAnswers, asked: Mapping[str, str]) -> _Column:
    index, heading = column.index, column.heading
    wanted = asked.get(folded(heading)) if heading else None
    wanted = asked.get(column_letter(index).lower()) if wanted is None else wanted
    if wanted is not None:
        if wanted in _NOT_STORED:
            return replace(column, why="asked")
        field, _, option = wanted.partition(":")
        if option == FILLS:
            return replace(column, meaning=Meaning(field=field, score=_ASKED_TO_FILL), fills=True)
        return replace(column, meaning=Meaning(field=field, score=_ASKED, option=(option,) if option else ()))
    if not heading:
        return replace(column, why="unnamed")
    if folded(heading) in words.row_numbers or heading.rstrip().endswith("#"):
        return replace(column, why="row-number")
    found = meanings(heading, words)
    hint = hinted(heading, words) or (found[0].field if found and found[0].vague else "")
    if found and found[0].vague:
        found = tuple(one for one in found if _makes_sense(one.field, column.cells, closed))[:1]
    if found and found[0].field == COMPUTED:
        return replace(column, why="computed")
    if found:
        return replace(column, meaning=found[0])
    if asks_personal_facts(heading, words):
        return replace(column, why="personal")
    return replace(column, why="unknown", hint=hint or answered_by(_distinct(column.cells), closed))


def _makes_sense(field: str, cells: Iterable[object], closed: ClosedAnswers) -> bool:
    """Whether the cells below a vague heading can be answers of that field."""
    readings: dict[str, Callable[[object], object]] = {
        "category": lambda value: known(text_in(value), closed.category),
        "association": lambda value: known(text_in(value), closed.associations),
        "status": lambda value: known(text_in(value), _STATUSES),
        "consent_attend": yes_or_no,
        "registered_on": date_in,
        "attended": lambda value: True if date_in(value) else yes_or_no(value),
        # Who only says yes or no to a menu eats along; that is no diet.
        "diet": lambda value: None if yes_or_no(value) is not None else True,
        "workshops": lambda value: workshops_in(value, closed.workshops),
        "email": lambda value: True if "@" in text_in(value) else None,
        "phone": lambda value: (
            True if len(re.findall(r"\d", text_in(value))) >= 8 and "@" not in text_in(value) else None
        ),
    }
    if field not in readings:
        return True
    return share_readable(_distinct(cells), readings[field]) >= _MOST


def _distinct(cells: Iterable[object]) -> list[str]:
    """What the cells of a column say, each answer once; enough of them to judge by."""
    return list(dict.fromkeys(text_in(cell) for cell in islice(cells, 2000) if not is_blank(cell)))[:200]


def _first_and_last_names(columns: Sequence[_Column]) -> list[_Column]:
    """“Nom” beside “Prénom” is the family name; “الاسم” beside “النسب” the first name."""
    fields = {column.meaning.field for column in columns if column.meaning}
    missing = {"first_name", "last_name"} - fields
    if len(missing) != 1:
        return list(columns)
    other = missing.pop()
    result = []
    for column in columns:
        if column.meaning and column.meaning.field == "name" and column.meaning.score <= 0.9 and not column.fills:
            column = replace(column, meaning=replace(column.meaning, field=other))
        result.append(column)
    return result


def _followed_up(columns: Sequence[_Column]) -> list[_Column]:
    """“If yes, please specify” tells more of what the column before it asks."""
    result: list[_Column] = []
    for column in columns:
        before = result[-1].meaning if result else None
        own = column.meaning is None or column.meaning.field == "notes"
        begins = folded(column.heading).startswith(_FOLLOWS)
        if before and own and begins and before.field in _EXPLAINED and column.why in ("", "unknown"):
            column = replace(column, meaning=Meaning(field=before.field, score=before.score - 0.1), why="")
        result.append(column)
    return result


def _resolved(
    columns: Sequence[_Column], first_row: int, source: Source
) -> tuple[list[ColumnRead], list[IgnoredColumn], list[Finding], bool]:
    read: list[ColumnRead] = []
    ignored = [_ignored(column, column.why) for column in columns if column.meaning is None]
    findings: list[Finding] = []
    unanswered = False
    by_field: dict[str, list[_Column]] = {}
    for column in columns:
        if column.meaning:
            by_field.setdefault(column.meaning.field, []).append(column)
    for field, candidates in by_field.items():
        if field in SEVERAL:
            read += [_read(column) for column in candidates]
            continue
        ranked = sorted(candidates, key=lambda column: (-column.meaning.score, column.meaning.rank, column.index))  # type: ignore[union-attr]
        first, indexes = ranked[0], [ranked[0].index]
        for other in ranked[1:]:
            finding, fills = _compared(first, other, field, first_row, source)
            findings.append(finding)
            unanswered = unanswered or finding.severity is Severity.QUESTION
            if fills:
                indexes.append(other.index)
            else:
                ignored.append(_ignored(other, "second"))
        read.append(replace(_read(first), indexes=tuple(indexes)))
    return read, ignored, findings, unanswered


def _compared(first: _Column, other: _Column, field: str, first_row: int, source: Source) -> tuple[Finding, bool]:
    """What to say of a second column for the same field, and whether it fills blanks of the first."""
    assert first.meaning is not None
    assert other.meaning is not None
    values: dict[str, object] = {
        "field": FIELD_TITLES.get(field, field),
        "column": column_letter(other.index),
        "heading": other.heading,
        "used": column_letter(first.index),
        "used_heading": first.heading,
    }
    source = replace(source, column=column_letter(other.index), heading=other.heading)
    if other.fills:
        return Finding(
            severity=Severity.INFORMATION, code="column-fills", message=FILLED_FROM, values=values, source=source
        ), True
    clearer = first.meaning.score - other.meaning.score >= _AS_GOOD or first.meaning.rank < other.meaning.rank
    # Two addresses of one person are not for eventops to choose from.
    own = _OWN & set(folded(first.heading).split())
    asks = field == "email" and not own and other.meaning.score >= _SURE and first.meaning.score < _ASKED
    clearer = clearer and not asks
    # Foreign ids are not stored, so it does not matter which column holds them.
    if clearer or field == "id":
        return Finding(
            severity=Severity.INFORMATION, code="column-second", message=SECOND_COLUMN, values=values, source=source
        ), False
    pairs = zip(first.cells, other.cells, strict=True)
    differs = next((at for at, (one, two) in enumerate(pairs) if _differ(one, two)), None)
    if differs is None:
        return Finding(
            severity=Severity.INFORMATION, code="column-fills", message=FILLED_FROM, values=values, source=source
        ), True
    values["row"] = first_row + differs
    source = replace(source, row=first_row + differs)
    return Finding(
        severity=Severity.QUESTION, code="column-ambiguous", message=TWO_COLUMNS, values=values, source=source
    ), False


def _differ(one: object, two: object) -> bool:
    return not is_blank(one) and not is_blank(two) and folded(text_in(one)) != folded(text_in(two))


def _read(column: _Column) -> ColumnRead:
    assert column.meaning is not None
    return ColumnRead(
        field=column.meaning.field,
        heading=column.heading,
        letter=column_letter(column.index),
        indexes=(column.index,),
        option=column.meaning.option,
        rank=column.meaning.rank,
    )


def _ignored(column: _Column, why: str) -> IgnoredColumn:
    return IgnoredColumn(heading=column.heading, letter=column_letter(column.index), why=why)


def _said_of_ignored(ignored: Sequence[IgnoredColumn], columns: Sequence[_Column], source: Source) -> list[Finding]:
    findings = []
    for why, severity, code, message in (
        ("personal", Severity.WARNING, "personal-columns", PERSONAL_COLUMNS),
        ("unknown", Severity.INFORMATION, "unknown-columns", UNKNOWN_COLUMNS),
    ):
        names = [f"{column.letter} ({column.heading})" for column in ignored if column.why == why]
        if names:
            values: dict[str, object] = {"columns": ", ".join(names)}
            findings.append(Finding(severity=severity, code=code, message=message, values=values, source=source))
    rows = max((len(column.body) for column in columns), default=0)
    filled = {column_letter(column.index): len(_filled(column)) for column in columns if column.why == "unnamed"}
    for column in ignored:
        if column.why == "unnamed":
            # A few scribbles beside the table are no column.
            asks = 5 * filled[column.letter] >= max(rows, 1)
            findings.append(
                Finding(
                    severity=Severity.QUESTION if asks else Severity.WARNING,
                    code="column-unnamed",
                    message=UNNAMED_COLUMN,
                    values={"column": column.letter, "count": filled[column.letter]},
                    source=replace(source, column=column.letter),
                )
            )
    return findings
