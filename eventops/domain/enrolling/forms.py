"""Known forms: what each heading of a form system's own export means, told by headings only that system writes."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.enrolling.cell_values import text_in
from eventops.domain.enrolling.sheets import Sheet, column_letter
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.texts import Text

# A header stands in the first rows; further down it would be data.
_HEADER_WITHIN = 60
RECOGNISED = Text("{file} is an export of {form}; {count} of its columns are read as {owner} maps them")


class ColumnMap(Struct, frozen=True, kw_only=True):
    """What a form system calls its columns. `signs` are headings that together say the file is one of its exports;
    a sign in several languages is a tuple of its spellings. `columns` maps a heading to a field of a participant, to
    `field:fills` where it only fills the blanks of a better column, or to '' where it is to be left out. `first` are
    headings one of which stands in the first column. `answers` are words of that system nobody else would understand,
    and what they mean. A form with `asks` lists people who are not registered, and is read only on purpose."""

    name: str
    title: Text
    signs: tuple[str | tuple[str, ...], ...]
    columns: Mapping[str, str]
    first: tuple[str, ...] = ()
    answers: Mapping[str, str] = {}
    asks: Text | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.signs:
            raise ValueError("a form without signs would be every form")


class KnownForm(Struct, frozen=True, kw_only=True):
    """A form recognised in a file: the map, the sheet and what it says of the columns that are there, by heading or,
    where two have one heading, by letter."""

    form: ColumnMap
    sheet: str
    columns: dict[str, str]


def known_form(sheets: Sequence[Sheet], forms: Sequence[ColumnMap]) -> KnownForm | None:
    """The form whose signs all stand in one row of a sheet, the one with the most signs first; None for none."""
    rows = [(sheet, [folded(text_in(cell)) for cell in row]) for sheet in sheets for row in sheet.rows[:_HEADER_WITHIN]]
    for form in sorted(forms, key=lambda one: (-len(one.signs), one.name)):
        signs = [_folded(sign if isinstance(sign, tuple) else (sign,)) for sign in form.signs]
        first = _folded(form.first)
        for sheet, headings in rows:
            there = frozenset(headings)
            if all(sign & there for sign in signs) and (not first or headings[0] in first):
                return KnownForm(form=form, sheet=sheet.name, columns=_columns(form, headings))
    return None


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(word) for word in words)


def _columns(form: ColumnMap, headings: Sequence[str]) -> dict[str, str]:
    """The answers of a form for these folded headings; the first of two with one heading counts."""
    columns: dict[str, str] = {}
    for name, field in form.columns.items():
        places = [at for at, heading in enumerate(headings) if heading == folded(name)]
        if len(places) == 1:
            columns[name] = field
        for at in places if len(places) > 1 else ():
            columns[column_letter(at)] = field if at == places[0] else ""
    return columns


def in_plain_words(sheets: Sequence[Sheet], known: KnownForm) -> tuple[Sheet, ...]:
    """The sheets with the words only that form system writes put into common ones."""
    answers = {folded(word): meaning or None for word, meaning in known.form.answers.items()}
    if not answers:
        return tuple(sheets)

    def plainly(cell: object) -> object:
        return answers.get(folded(cell), cell) if isinstance(cell, str) and len(cell) < 40 else cell

    return tuple(
        replace(sheet, rows=tuple(tuple(plainly(cell) for cell in row) for row in sheet.rows))
        if sheet.name == known.sheet
        else sheet
        for sheet in sheets
    )


def form_finding(known: KnownForm, file_name: str, owner: str) -> Finding:
    """What to say of a recognised form."""
    values: dict[str, object] = {
        "file": file_name,
        "form": known.form.title,
        "count": len(known.columns),
        "owner": owner,
    }
    return Finding(
        severity=Severity.INFORMATION,
        code="form-recognised",
        message=RECOGNISED,
        values=values,
        source=Source(file=file_name, sheet=known.sheet, plugin=owner, hook="eventops_readers"),
    )
