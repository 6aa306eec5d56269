"""Reading a file of registrations: by the plugin that knows its suffix or its form, else by the core."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from msgspec import Struct

from eventops.domain.enrolling.forms import ColumnMap, form_finding, in_plain_words, known_form
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding
from eventops.domain.folding import folded
from eventops.errors import NotUsable, PluginBroken
from eventops.extension.registry import CORE, Contribution, Registry

NOT_REGISTERED = (
    "{file} is an export of {form}: {why}; nothing was imported; to enrol them on purpose, add --waiting-list"
)
Parse = Callable[[bytes, str], tuple[Sheet, ...]]


class ReadFile(Struct, frozen=True, kw_only=True):
    """The sheets of a file, what its headings mean as far as a form is known, the sheet that form fills, and what to
    say of it."""

    sheets: tuple[Sheet, ...]
    columns: Mapping[str, str]
    sheet: str = ""
    findings: tuple[Finding, ...] = ()


def read_file_of(
    data: bytes, file_name: str, registry: Registry, parse: Parse, *, sheet: str = "", on_purpose: bool = False
) -> ReadFile:
    """The sheets in these bytes; `parse` is the core's own way. `sheet` is the one that is asked for.

    Errors: NotUsable for a file that cannot be read, a suffix two plugins read, or a list of people who are not
    registered unless it is read `on_purpose`; PluginBroken when a reader gives no sheets.
    """
    reader = _reader_of(PurePath(file_name).suffix.lower(), registry)
    sheets = parse(data, file_name) if reader is None else _parsed(reader, data)
    forms = {one.value.name: one for one in registry.of("eventops_readers") if isinstance(one.value, ColumnMap)}
    asked = [one for one in sheets if not sheet or folded(one.name) == folded(sheet)]
    known = known_form(asked, [one.value for one in forms.values()])
    if known is None:
        return ReadFile(sheets=sheets, columns={})
    if known.form.asks is not None and not on_purpose:
        raise NotUsable(NOT_REGISTERED, file=file_name, form=known.form.title, why=known.form.asks)
    return ReadFile(
        sheets=in_plain_words(sheets, known),
        columns=known.columns,
        sheet=known.sheet,
        findings=(form_finding(known, file_name, forms[known.form.name].plugin),),
    )


def _reader_of(suffix: str, registry: Registry) -> Contribution | None:
    """The plugin's reader for a suffix; the core's own suffixes stay the core's."""
    readers = [one for one in registry.of("eventops_readers") if suffix in getattr(one.value, "suffixes", ())]
    if not readers or any(one.plugin == CORE for one in readers):
        return None
    if len(readers) > 1:
        raise NotUsable(
            "Files ending in {suffix} are read by {first} and by {second}; leave one out with --without",
            suffix=suffix,
            first=readers[0].plugin,
            second=readers[1].plugin,
        )
    return readers[0]


def _parsed(reader: Contribution, data: bytes) -> tuple[Sheet, ...]:
    sheets = reader.value.parse(data)
    if not isinstance(sheets, tuple) or not all(isinstance(one, Sheet) for one in sheets):
        raise PluginBroken(
            "The reader {name} of the plugin {plugin} gave {seen}; a tuple of Sheet is expected",
            name=reader.name,
            plugin=reader.plugin,
            seen=type(sheets).__name__,
        )
    return sheets
