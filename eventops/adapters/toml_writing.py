"""TOML as a person would lay it out: a language a line, short tables on one line, lists wrapped when long."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from msgspec import NODEFAULT, Struct, structs

from eventops.domain.money import Money, rounded
from eventops.domain.texts import Text

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 110


def key_text(key: str) -> str:
    """The key, quoted when TOML needs it."""
    return key if _BARE_KEY.fullmatch(key) else plain_text(key)


def value_text(value: Any) -> str:
    """One value on one line, tables in braces."""
    if isinstance(value, Text):
        return value_text(_languages(value) if value.fr or value.ar else value.en)
    if isinstance(value, Money):
        return plain_text(f"{rounded(value.amount, value.currency).amount:f} {value.currency}")
    if isinstance(value, Struct):
        return value_text(dict(told(value)))
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(key)} = {value_text(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(value_text(one) for one in value)}]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a limit of 50 km, not of 50.0
    if isinstance(value, Decimal):
        # Written out in full, unless somebody else's file holds a number of a million digits.
        return f"{value:f}" if abs(value.adjusted()) <= 20 else str(value)
    return plain_text(value)


def pair_lines(key: str, value: Any) -> Iterator[str]:
    """`key = value`, on more than one line where that reads better."""
    name = key_text(key)
    if isinstance(value, Text) and (value.fr or value.ar):
        for language, text in _languages(value).items():
            yield f"{name}.{language} = {plain_text(text)}"
        return
    line = f"{name} = {value_text(value)}"
    if isinstance(value, tuple) and value and (isinstance(value[0], Struct) or len(line) > _WIDTH):
        yield f"{name} = ["
        yield from (f"  {value_text(one)}," for one in value)
        yield "]"
    else:
        yield line


def told(struct: Struct) -> Iterator[tuple[str, Any]]:
    """The fields of a value that say more than their default, in the order they are declared."""
    for field in structs.fields(struct):
        value = getattr(struct, field.name)
        default = field.default_factory() if field.default_factory is not NODEFAULT else field.default
        if value is not None and (field.required or value != default):
            yield field.name, value


def _languages(text: Text) -> dict[str, str]:
    return {"en": text.en} | {key: one for key, one in (("fr", text.fr), ("ar", text.ar)) if one}


def plain_text(value: str | bool | int | float | date | time | datetime) -> str:
    """A plain value as TOML spells it."""
    import tomli_w

    if isinstance(value, datetime):
        return value.isoformat()

    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")
