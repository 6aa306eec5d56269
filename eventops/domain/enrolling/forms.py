"""Known forms: what each heading of a form system's own export means, told by headings only that system writes."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from eventops.domain.enrolling.cell_values import text_in
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.folding import folded
from eventops.domain.texts import Text

# A header stands in the first rows; further down it would be data.
_HEADER_WITHIN = 60
RECOGNISED = Text("{file} is an export of {form}; {count} of its columns are read as {owner} maps them")


class ColumnMap(Struct, frozen=True, kw_only=True):
    """What a form system calls its columns. `signs` are headings that together say the file is one of its exports;
    `columns` maps a heading to a field of a participant, or to '' where it is to be left out."""

    name: str
    title: Text
    signs: tuple[str, ...]
    columns: Mapping[str, str]
    source: str = ""

    def __post_init__(self) -> None:
        if not self.signs:
            raise ValueError("a form without signs would be every form")


class KnownForm(Struct, frozen=True, kw_only=True):
    """A form recognised in a file: the map and the answers it gives for the headings that are there."""

    form: ColumnMap
    columns: dict[str, str]


def known_form(sheets: Sequence[Sheet], forms: Sequence[ColumnMap]) -> KnownForm | None:
    """The form whose signs all stand in one row of a sheet, the one with the most signs first; None for none."""
    for form in sorted(forms, key=lambda one: (-len(one.signs), one.name)):
        signs = {folded(sign) for sign in form.signs}
        for sheet in sheets:
            for row in sheet.rows[:_HEADER_WITHIN]:
                headings = {folded(text_in(cell)) for cell in row}
                if signs <= headings:
                    there = {name: field for name, field in form.columns.items() if folded(name) in headings}
                    return KnownForm(form=form, columns=there)
    return None


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
        source=Source(file=file_name, plugin=owner, hook="eventops_readers"),
    )
