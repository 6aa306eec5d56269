"""The event file: TOML a coordinator reads and edits, with local wall times and money in words."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from eventops.adapters.toml_lines import Path, lines_of
from eventops.adapters.toml_writing import key_text, pair_lines, plain_text, told, value_text
from eventops.adapters.typed_tables import TomlFile, where
from eventops.adapters.zones import load_zone, meanings, moment_in, nearest_zone, zone_named
from eventops.domain.deciding.criteria_terms import CriteriaPack
from eventops.domain.event import Criterion, Event, SettingValue
from eventops.domain.event_checks import event_problems
from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable

# The fields of an event that stand in the file's [event] table; the others are tables of their own.
HEAD = (
    "id",
    "title",
    "campaign",
    "logo",
    "country",
    "timezone",
    "language",
    "currency",
    "regions",
    "seats",
    "approvals_needed",
    "override_approvals_needed",
    "provided",
    "claims_need_attendance",
    "registration",
)
PARTS = (
    "seating",
    "quotas",
    "priorities",
    "venue",
    "agenda",
    "workshops",
    "preparations",
    "speakers",
    "meals",
    "fasting",
    "hotel",
    "hotels",
    "vehicles",
    "categories",
    "associations",
    "sponsors",
    "budget",
    "criteria",
    "plugins",
    "tariffs",
    "selections",
    "rankings",
    "settings",
    "rates",
    "assumptions",
)

CRITERIA_FILES = "criteria_files"
PACK_PARTS = ("pack", "criteria")


class PackHead(Struct, frozen=True, kw_only=True):
    """The head of a file of criteria: who says so, and from when to when."""

    name: str
    title: Text
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


SharedCriterion = tuple[TomlFile, int, Criterion]

_NOT_TOML = Text("{at}: this is not valid TOML, {problem}; correct it there and run the command again")
_AT_COLUMN = Text("{file}, line {line}, column {column}")
_AT_END = Text("{file}, at its end")
_WRONG = Text("{at}: {problem}; correct it and run the command again")
_NO_ZONE = Text(
    "{at}: {where} is {seen}, which is no time zone; write its IANA name, such as {nearest}, and run the command again"
)
_NO_FILES = Text("{at}: {where} names files, and this event was not read from one; write the criteria here")
_SETTING_TWICE = Text("{at}: {where} is set a second time; keep one of the two and run the command again")
_TOO_DEEP = Text("{file} nests lists or tables too deeply to be an event file; correct it and run the command again")

_SYNTAX = (
    ("Cannot overwrite a value", Text("a key is written twice in one table")),
    ("Cannot declare", Text("a table is written twice, or is named like a key")),
    ("Cannot mutate immutable", Text("a table or list written in brackets is added to from outside")),
    ("Expected '=' after a key", Text("a key without its equals sign")),
    ("Illegal character '\\n'", Text("a text without its closing quotation mark")),
    ("Unterminated string", Text("a text without its closing quotation mark")),
    ("Expected ']'", Text("a table name without its closing brackets")),
    ("Unclosed", Text("a list or table without its closing bracket")),
    ("Unescaped", Text("a backslash in a text, which must be written twice")),
    ("Invalid date or datetime", Text("a date or hour that does not exist")),
    ("Invalid value", Text("a value that is not a text in quotation marks, a number, a date, true, false or a list")),
    (
        "Invalid initial character for a key part",
        Text("a key with other signs than letters without accents, digits, _ and -"),
    ),
    ("Expected newline or end of document", Text("more on the line than one key and its value")),
)
_SYNTAX_PLACE = re.compile(r"(?P<problem>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def read_event(text: str, file_name: str, load: Callable[[str], str] | None = None) -> Event:
    """The event that the text of an event file describes; `file_name` is how messages call it. `load` gives the text of
    a file of criteria that the event names.

    Errors: NotUsable naming file, line, key, the value seen and what was expected.
    """
    text = text.removeprefix("\ufeff")
    document = toml_document(text, file_name)
    file = TomlFile(file_name, document, lines_of(text), value_text)
    shared = _shared_criteria(file, load)
    values = _head(file)
    event = Event(**values, **_parts(file.in_zone(_zone(file, values["timezone"]))))
    own = len(event.criteria)
    event = structs.replace(event, criteria=(*event.criteria, *(one for _, _, one in shared)))
    for problem in event_problems(event):
        if problem.finding.severity is Severity.ERROR:
            refuse_problem(*_in_file(file, document, shared, own, problem.path), problem.finding)
    return event


def refuse_problem(file: TomlFile, document: Mapping[str, Any], path: Path, finding: Finding) -> NoReturn:
    """Raises NotUsable for something wrong with a value, naming its place in the file."""
    told_there = {**finding.values, "where": where(document, path)}
    raise NotUsable(_WRONG.en, at=file.at(path), problem=Message(finding.message, told_there))


def _in_file(
    file: TomlFile, document: dict[str, Any], shared: Sequence[SharedCriterion], own: int, path: Path
) -> tuple[TomlFile, Mapping[str, Any], Path]:
    """The file and the place in it of a path in the event: criteria may stand in files of their own."""
    if path[0] == "criteria" and len(path) > 1 and isinstance(path[1], int) and path[1] >= own:
        other, at, _ = shared[path[1] - own]
        return other, other.document, ("criteria", at, *path[2:])
    return file, document, _path_in_file(path)


def _shared_criteria(file: TomlFile, load: Callable[[str], str] | None) -> list[SharedCriterion]:
    """The criteria of the files that `criteria_files` names, each with its file and its place there."""
    head = file.document.get("event")
    if not isinstance(head, dict) or CRITERIA_FILES not in head:
        return []
    names = file.value(tuple[str, ...], head.pop(CRITERIA_FILES), ("event", CRITERIA_FILES))
    if load is None:
        file.refuse(_NO_FILES, ("event", CRITERIA_FILES))
    found: list[SharedCriterion] = []
    for name in names:
        pack, other = read_criteria(load(name), name)
        found += [(other, at, one) for at, one in enumerate(pack.criteria)]
    return found


def read_criteria(text: str, file_name: str) -> tuple[CriteriaPack, TomlFile]:
    """The criteria that the text of a file holds, each with the file's name, source and days, and the file itself.

    Errors: NotUsable naming file, line, key, the value seen and what was expected.
    """
    text = text.removeprefix("\ufeff")
    document = toml_document(text, file_name)
    file = TomlFile(file_name, document, lines_of(text), value_text)
    for name in document:
        if name not in PACK_PARTS:
            file.refuse_key((name,), PACK_PARTS)
    for name in PACK_PARTS:
        if name not in document:
            file.refuse_missing(dict if name == "pack" else tuple[Criterion, ...], (name,))
    head = file.value(PackHead, document["pack"], ("pack",))
    criteria = file.value(tuple[Criterion, ...], document["criteria"], ("criteria",))
    return CriteriaPack(
        name=head.name,
        title=head.title,
        source=head.source,
        criteria=tuple(
            structs.replace(
                one,
                pack=head.name,
                source=one.source or head.source,
                valid_from=one.valid_from or head.valid_from,
                valid_to=one.valid_to or head.valid_to,
            )
            for one in criteria
        ),
    ), file


def event_text(event: Event) -> str:
    """The event as the text of an event file; reading it gives the event again.

    Errors: NotUsable when the event's time zone does not exist.
    """
    zone = load_zone(event.timezone)
    said = dict(told(event))
    lines = [f"# Hours are those of {event.timezone}. Money is an amount and its currency.", "", "[event]"]
    for name in HEAD:
        if name in said:
            lines.extend(pair_lines(name, said[name]))
    for name in PARTS:
        if name in said:
            lines.extend(_part_lines(name, said[name], zone))
    return "\n".join(lines) + "\n"


def toml_document(text: str, file_name: str) -> dict[str, Any]:
    """The raw tables of a text. Errors: NotUsable with line and column."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise NotUsable(_TOO_DEEP.en, file=file_name) from error
    except ValueError as error:
        match = _SYNTAX_PLACE.fullmatch(str(error))
        said = match["problem"] if match else str(error)
        problem = next((text for start, text in _SYNTAX if said.startswith(start)), said)
        if match and match["line"]:
            place = {"file": file_name, "line": int(match["line"]), "column": int(match["column"])}
            raise NotUsable(_NOT_TOML.en, at=Message(_AT_COLUMN, place), problem=problem) from error
        raise NotUsable(_NOT_TOML.en, at=Message(_AT_END, {"file": file_name}), problem=problem) from error


def _head(file: TomlFile) -> dict[str, Any]:
    """The fields of the [event] table, after a look at the names of all tables."""
    known = ("event", *PARTS)
    for name in file.document:
        if name in HEAD:
            file.refuse_key((name,), known, nearest=f"event.{name}")
        if name not in known:
            file.refuse_key((name,), known)
    if "event" not in file.document:
        file.refuse_missing(Event, ("event",))
    return file.fields(Event, HEAD, file.document["event"], ("event",))


def _parts(file: TomlFile) -> dict[str, Any]:
    """The fields that are tables of their own."""
    raw = {name: one for name, one in file.document.items() if name in PARTS and name != "settings"}
    values = file.fields(Event, PARTS, raw, ())
    settings = file.document.get("settings", {})
    if not isinstance(settings, dict):
        file.value(dict[str, SettingValue], settings, ("settings",))
    return values | {"settings": _settings(file, settings, ("settings",))}


def _settings(file: TomlFile, raw: dict[str, Any], path: Path) -> dict[str, SettingValue]:
    """Settings under their qualified names: `[settings.plugin] limit = 1` is `plugin.limit`."""
    flat: dict[str, SettingValue] = {}
    for key, one in raw.items():
        inside = (*path, key)
        if isinstance(one, dict):
            more = {f"{key}.{name}": value for name, value in _settings(file, one, inside).items()}
        else:
            more = {key: file.value(SettingValue, one, inside)}
        for name in more:
            if name in flat:
                file.refuse(_SETTING_TWICE, (*path, key))
        flat |= more
    return flat


def _zone(file: TomlFile, name: str) -> ZoneInfo:
    zone = zone_named(name)
    if zone is None:
        file.refuse(_NO_ZONE, ("event", "timezone"), seen=value_text(name), nearest=nearest_zone(name))
    return zone


def _path_in_file(path: Path) -> Path:
    """Where a field of the event stands in the file."""
    return ("event", *path) if path[0] in HEAD else path


def _part_lines(name: str, value: Any, zone: ZoneInfo) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _settings_lines(value) if name == "settings" else _table_lines(name, value)
    elif isinstance(value, Struct):
        yield from _block(f"[{name}]", value, zone)
    else:
        for entry in value:
            yield from _block(f"[[{name}]]", entry, zone)


def _block(header: str, struct: Struct, zone: ZoneInfo) -> Iterator[str]:
    """One table, and the rooms of a venue below it."""
    yield from ("", header)
    fields = dict(told(struct))
    rooms = fields.pop("rooms", ())
    for key, value in fields.items():
        yield from pair_lines(key, _wall(value, zone) if isinstance(value, datetime) else value)
    for room in rooms:
        yield from _block("[[venue.rooms]]", room, zone)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """The wall time of a moment, or the moment with its offset where the wall time would be ambiguous."""
    local = moment_in(moment, zone)
    wall = local.replace(tzinfo=None)
    return wall if meanings(wall, zone) == (moment,) else local


def _table_lines(name: str, table: Mapping[str, SettingValue]) -> Iterator[str]:
    yield from ("", f"[{name}]")
    for key, value in table.items():
        yield f"{key_text(key)} = {plain_text(value)}"


def _settings_lines(settings: Mapping[str, SettingValue]) -> Iterator[str]:
    """The core's settings, then a table for each plugin's."""
    own: dict[str, SettingValue] = {}
    plugins: dict[str, dict[str, SettingValue]] = {}
    for name, value in settings.items():
        plugin, point, short = name.partition(".")
        if point and plugin not in settings:
            plugins.setdefault(plugin, {})[short] = value
        else:
            own[name] = value
    if own:
        yield from _table_lines("settings", own)
    for plugin, table in plugins.items():
        yield from _table_lines(f"settings.{key_text(plugin)}", table)
