"""Frozen values out of the tables of a TOML file, each key checked against the type it belongs to.

Every refusal is one sentence with file, line, key, the value seen and what was expected.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from math import isfinite
from re import compile as pattern
from types import UnionType
from typing import Any, NoReturn, get_args, get_origin

from msgspec import Struct, structs

from eventops.adapters.toml_lines import Path, line_of
from eventops.adapters.zones import meanings, moment_in
from eventops.domain.event import Bounds, Criterion, HourBounds
from eventops.domain.money import Money
from eventops.domain.places import Point
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable

_AT_LINE = Text("{file}, line {line}")
_AT = Text("{file}")
_WRONG = Text("{at}: {where} is {seen} but should be {expected}; correct it and run the command again")
_MISSING = Text("{at}: {where} is missing and should be {expected}; add it and run the command again")
_EMPTY = Text(
    "{at}: {where} holds nothing but should hold {expected}; add it or remove the line, and run the command again"
)
_UNKNOWN = Text(
    "{at}: {where} is not a key eventops knows; the keys here are {known}; "
    "rename or remove it and run the command again"
)
_NEAR = Text(
    "{at}: {where} is not a key eventops knows; write {nearest} if that is meant, else remove it, "
    "and run the command again"
)
_TWICE = Text(
    "{at}: {where} is {seen}, an hour that comes twice in {zone} when the clock is put back; "
    "write {first} or {second}, whichever is meant, and run the command again"
)
_NEVER = Text(
    "{at}: {where} is {seen}, an hour that does not exist in {zone} because the clock is put forward over it; "
    "write another and run the command again"
)

_EXPECTED: dict[Any, Text] = {
    Text: Text("a text in quotes, or one for each language: en, fr, ar"),
    Money: Text('money such as "1200.00 MAD", a number with a point and the three letters of the currency'),
    datetime: Text("a date and hour such as 2023-10-14T09:00:00"),
    date: Text("a date such as 2023-10-14"),
    time: Text("an hour such as 06:30:00"),
    Decimal: Text("a number such as 10.85"),
    float: Text("a number such as 33.5945"),
    int: Text("a whole number such as 70"),
    bool: Text("true or false"),
    str: Text("a text in quotes"),
    tuple: Text("a list in square brackets"),
    dict: Text("a table of keys and values"),
    UnionType: Text("a text in quotes, a number, or true or false"),
}

# What a value checks when it is made, said beforehand in words that name the key.
_LIMITS: dict[tuple[type, str], tuple[Callable[[Any], bool], Text]] = {
    (Criterion, "effect"): (("grants", "excludes", "refers").__contains__, Text("grants, excludes or refers")),
    (Criterion, "share"): (range(1, 101).__contains__, Text("a percentage from 1 to 100")),
    (Point, "lat"): (lambda lat: -90 <= lat <= 90, Text("a latitude in degrees, from -90 to 90")),
    (Point, "lon"): (lambda lon: -180 <= lon <= 180, Text("a longitude in degrees, from -180 to 180")),
}
_ONE_OF: dict[type, Text] = {
    Bounds: Text("at_least, over, under or at_most"),
    HourBounds: Text("before or after"),
}

_MONEY = pattern(
    r"(-?(?:[0-9]{1,24}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+)(?:\.[0-9]{1,4})?)[ \u00a0\u202f]?([A-Z]{3})"
)
_HOUR = pattern(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_SEEN_LENGTH = 60
_GROUPING = str.maketrans("", "", " \u00a0\u202f")


class _Unfit(ValueError):
    """The raw value is not of the wanted kind."""


class TomlFile:
    """A parsed TOML file that says where each of its values stands. `zone` gives wall times their moment."""

    def __init__(
        self,
        name: str,
        document: Mapping[str, Any],
        lines: dict[Path, int],
        show: Callable[[Any], str],
        zone: tzinfo = UTC,
    ) -> None:
        self.name = name
        self.document = document
        self.zone = zone
        self._lines = lines
        self._show = show

    def in_zone(self, zone: tzinfo) -> "TomlFile":
        """The same file, its wall times read as those of that zone."""
        return TomlFile(self.name, self.document, self._lines, self._show, zone)

    def refuse(self, template: Text, path: Path, **values: object) -> NoReturn:
        """Raises NotUsable with the place of the path in the file."""
        raise NotUsable(template.en, at=self.at(path), where=where(self.document, path), **values)

    def at(self, path: Path) -> Message:
        """The file and the line of a path, as a person says it."""
        line = line_of(self._lines, path)
        if line is None:
            return Message(_AT, {"file": self.name})
        return Message(_AT_LINE, {"file": self.name, "line": line})

    def refuse_value(self, path: Path, raw: object, expected: Text) -> NoReturn:
        """Raises NotUsable for a value of the wrong kind or out of its limits."""
        self.refuse(_WRONG, path, seen=self.shown(raw), expected=expected)

    def shown(self, raw: object) -> str:
        """The value as the file spells it, cut when long."""
        text = self._show(raw)
        return text if len(text) <= _SEEN_LENGTH else f"{text[:_SEEN_LENGTH]}…"

    def value(self, kind: Any, raw: Any, path: Path) -> Any:
        """The raw value as that type.

        Errors: NotUsable.
        """
        origin = get_origin(kind)
        if origin is tuple:
            return self._tuple(get_args(kind)[0], raw, path)
        if origin is UnionType:
            return self._one_of(get_args(kind), raw, path)
        if origin is dict:
            return self._mapping(get_args(kind)[1], raw, path)
        if kind in (Text, Money) or not (isinstance(kind, type) and issubclass(kind, Struct)):
            return self._leaf(kind, raw, path)
        return self.struct(kind, raw, path)

    def struct(self, kind: type[Struct], raw: Any, path: Path) -> Any:
        """A table as that value.

        Errors: NotUsable.
        """
        values = self.fields(kind, tuple(field.name for field in structs.fields(kind)), raw, path)
        if not values and kind in _ONE_OF:
            self.refuse(_EMPTY, path, expected=_ONE_OF[kind])
        return kind(**values)

    def fields(self, kind: type[Struct], names: tuple[str, ...], raw: Any, path: Path) -> dict[str, Any]:
        """The fields of that name, of a value of that type, that a table holds.

        Errors: NotUsable.
        """
        if not isinstance(raw, dict):
            self.refuse_value(path, raw, _EXPECTED[dict])
        for key in raw:
            if key not in names:
                self.refuse_key((*path, key), names)
        declared = {field.name: field for field in structs.fields(kind)}
        values = {}
        for name in names:
            field = declared[name]
            inside = (*path, name)
            if name in raw:
                values[name] = self.value(field.type, raw[name], inside)
                fits, expected = _LIMITS.get((kind, name), (None, Text("")))
                if fits is not None and not fits(values[name]):
                    self.refuse_value(inside, raw[name], expected)
            elif field.required:
                self.refuse_missing(field.type, inside)
        return values

    def refuse_missing(self, kind: Any, path: Path) -> NoReturn:
        self.refuse(_MISSING, path, expected=_expected(kind))

    def refuse_key(self, path: Path, known: tuple[str, ...], nearest: str = "") -> NoReturn:
        """Raises NotUsable for a key nothing is known by, naming the nearest that is."""
        nearest = nearest or nearest_of(str(path[-1]), known)
        if nearest:
            self.refuse(_NEAR, path, nearest=nearest)
        self.refuse(_UNKNOWN, path, known=", ".join(known))

    def _tuple(self, kind: Any, raw: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.refuse_value(path, raw, _EXPECTED[tuple])
        return tuple(self.value(kind, one, (*path, number)) for number, one in enumerate(raw))

    def _mapping(self, kind: Any, raw: Any, path: Path) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.refuse_value(path, raw, _EXPECTED[dict])
        return {key: self.value(kind, one, (*path, key)) for key, one in raw.items()}

    def _one_of(self, kinds: tuple[Any, ...], raw: Any, path: Path) -> Any:
        """For `X | None` an X, since TOML has no null; for settings, the plain value as it stands."""
        kinds = tuple(kind for kind in kinds if kind is not type(None))
        if len(kinds) == 1:
            return self.value(kinds[0], raw, path)
        for kind in kinds:
            try:
                return _plain(kind, raw)
            except _Unfit:
                continue
        self.refuse_value(path, raw, _EXPECTED[UnionType])

    def _leaf(self, kind: Any, raw: Any, path: Path) -> Any:
        if kind is datetime:
            return self._moment(raw, path)
        if kind is Text and isinstance(raw, dict):
            return self._text(raw, path)
        try:
            return _plain(kind, raw)
        except _Unfit:
            self.refuse_value(path, raw, _EXPECTED[kind])

    def _text(self, raw: dict[str, Any], path: Path) -> Text:
        """A text by language. Without English, French or else Arabic stands in for it."""
        languages = ("en", "fr", "ar")
        for key, one in raw.items():
            if key not in languages:
                self.refuse_key((*path, key), languages)
            if not isinstance(one, str):
                self.refuse_value((*path, key), one, _EXPECTED[str])
        if not raw:
            self.refuse_value(path, raw, _EXPECTED[Text])
        return Text(en=raw.get("en", raw.get("fr", raw.get("ar", ""))), fr=raw.get("fr", ""), ar=raw.get("ar", ""))

    def _moment(self, raw: Any, path: Path) -> datetime:
        """A wall time as the moment it names in the event's zone, with that day's offset."""
        if not isinstance(raw, datetime):
            self.refuse_value(path, raw, _EXPECTED[datetime])
        try:
            moments = meanings(raw, self.zone) if raw.tzinfo is None else (moment_in(raw, self.zone),)
        except OverflowError:
            self.refuse_value(path, raw, _EXPECTED[datetime])
        if len(moments) == 1:
            return moments[0]
        told = {"seen": self.shown(raw), "zone": str(self.zone)}
        if not moments:
            self.refuse(_NEVER, path, **told)
        self.refuse(_TWICE, path, first=moments[0].isoformat(), second=moments[1].isoformat(), **told)


def where(document: Any, path: Path) -> str:
    """A path in words: `agenda 4 (tea), starts_at`; entries of a list are counted from 1 and named by their id."""
    said = ""
    inside = document
    after_entry = False
    for token in path:
        if isinstance(token, int):
            said += f" {token + 1}"
            inside = inside[token] if isinstance(inside, list | tuple) and token < len(inside) else None
            label = _label(inside)
            said += f" ({label})" if label else ""
        else:
            joint = "" if not said else ", " if after_entry else "."
            said += f"{joint}{token}"
            inside = inside.get(token) if isinstance(inside, Mapping) else None
        after_entry = isinstance(token, int)
    return said


def _label(entry: Any) -> str:
    """What a person calls an entry of a list: its id, or its name when that is a plain text."""
    if not isinstance(entry, Mapping):
        return ""
    return next((str(entry[key]) for key in ("id", "name") if isinstance(entry.get(key), str)), "")


def nearest_of(word: str, known: tuple[str, ...]) -> str:
    """The known word most like this one, or '' when none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(word.lower(), known, scorer=OSA.normalized_similarity, score_cutoff=0.6)
    return str(found[0]) if found else ""


def _expected(kind: Any) -> Text:
    """What a value of that type looks like in the file."""
    kinds = tuple(one for one in get_args(kind) if one is not type(None)) if get_origin(kind) is UnionType else (kind,)
    if len(kinds) > 1:
        return _EXPECTED[UnionType]
    if get_origin(kinds[0]) is tuple:
        return _EXPECTED[tuple]
    return _EXPECTED.get(kinds[0], _EXPECTED[dict])


def _plain(kind: Any, raw: Any) -> Any:
    """The raw value as that plain type. Errors: _Unfit."""
    if kind is Text and isinstance(raw, str):
        return Text(raw)
    if kind is Money:
        return _money(raw)
    if kind is time:
        return _hour(raw)
    if kind is date and isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if kind is bool and isinstance(raw, bool):
        return raw
    if kind is str and isinstance(raw, str):
        return raw
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return _number(kind, raw)
    raise _Unfit


def _number(kind: Any, raw: int | Decimal) -> int | float | Decimal:
    if kind is int and isinstance(raw, int) and -(2**63) <= raw < 2**63:
        return raw
    if kind is float and isfinite(number := float(Decimal(raw))):
        return number
    # A rate of a thousand digits would be a slip of the hand, and costly to write out again.
    if kind is Decimal and (rate := Decimal(raw)).is_finite() and -20 <= rate.adjusted() <= 20:
        return rate
    raise _Unfit


def _money(raw: Any) -> Money:
    match = _MONEY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match is None:
        raise _Unfit
    try:
        return Money(Decimal(match[1].translate(_GROUPING)), match[2])
    except (ValueError, ArithmeticError) as error:
        raise _Unfit from error


def _hour(raw: Any) -> time:
    if isinstance(raw, time):
        return raw
    match = _HOUR.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        raise _Unfit
    return time(int(match[1]), int(match[2]))
