"""Values between eventops and a plugin in a process of its own: as they were, whatever their kind, as plain bytes.

Shape: plain values stay; a tuple is a list; everything else is a table with one sign for a key: $list, $map, $fixed,
$decimal, $date, $time, $moment, $enum, $typed and $value (a value of eventops), $call (a function of the other side),
$same (what the other side has seen last).
Nothing but eventops' own values is ever made of a message: a faulty process cannot make another run code.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from eventops.domain.reporting.reports import Rows

# What is sent again and again: the last of each kind is kept on both sides.
_KEPT = frozenset(("Candidate", "Event", "Facts", "Plan", "mappingproxy"))

Memory = dict[str, Any]


class NotSendable(TypeError):
    """A value no message can hold."""


def packed(value: Any, memory: Memory | None = None, function: Callable[[Any], str] | None = None) -> Any:
    """The value as plain data. `memory` holds what the other side has seen last; `function` names a function.

    Errors: NotSendable.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool, bytes):
        return value
    if kind is tuple:
        return [packed(one, memory, function) for one in value]
    name = kind.__name__
    if memory is not None and name in _KEPT:
        if memory.get(name) is value:
            return {"$same": name}
        memory[name] = value
    return _packed(value, memory, function)


def _packed(value: Any, memory: Memory | None, function: Callable[[Any], str] | None) -> Any:
    match value:
        case Struct():
            return _packed_struct(value, memory, function)
        case Rows():  # rows that are made while they are written travel as what they are
            return [packed(one, memory, function) for one in value]
        case list():
            return {"$list": [packed(one, memory, function) for one in value]}
        case MappingProxyType():
            return {"$fixed": _packed(dict(value), memory, function)}
        case dict():
            return {"$map": [[packed(key), packed(one, memory, function)] for key, one in value.items()]}
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$moment": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case time():
            return {"$time": value.isoformat()}
        case Enum():
            return {"$enum": [_name_of(type(value)), value.value]}
        case _ if callable(value) and function is not None:
            return {"$call": function(value)}
        case _:
            raise NotSendable(f"a {type(value).__name__} cannot leave the plugin's process")


def _packed_struct(value: Struct, memory: Memory | None, function: Callable[[Any], str] | None) -> Any:
    kind = type(value)
    if is_typed(kind):
        return {"$typed": [_name_of(kind), _ENCODER.encode(value)]}
    fields = [packed(getattr(value, name), memory, function) for name in kind.__struct_fields__]
    return {"$value": [_name_of(kind), fields]}


def unpacked(message: Any, memory: Memory | None = None, function: Callable[[str], Any] | None = None) -> Any:
    """The value of a message. `function` gives what stands for a function of the other side.

    Errors: ValueError for anything but a message of `packed`.
    """
    match message:
        case list():
            return tuple(unpacked(one, memory, function) for one in message)
        case dict() if len(message) == 1:
            ((sign, content),) = message.items()
            if sign == "$same":
                return (memory or {})[content]
            value = _unpacked(str(sign), content, memory, function)
            if memory is not None and type(value).__name__ in _KEPT:
                memory[type(value).__name__] = value
            return value
        case dict():
            raise ValueError("a table without a sign")
        case _:
            return message


def _unpacked(sign: str, content: Any, memory: Memory | None, function: Callable[[str], Any] | None) -> Any:
    match sign:
        case "$list":
            return [unpacked(one, memory, function) for one in content]
        case "$map":
            return {unpacked(key): unpacked(one, memory, function) for key, one in content}
        case "$fixed":
            return MappingProxyType(_unpacked("$map", content["$map"], memory, function))
        case "$decimal" | "$moment" | "$date" | "$time":
            return _READ[sign](content)
        case "$enum":
            return _class_of(content[0])(content[1])
        case "$typed":
            return msgspec.json.decode(content[1], type=_class_of(content[0]))
        case "$value":
            kind = _class_of(content[0])
            names = kind.__struct_fields__
            if len(names) != len(content[1]):
                raise ValueError(f"{content[0]} has other fields here")
            return kind(**dict(zip(names, (unpacked(one, memory, function) for one in content[1]), strict=True)))
        case "$call" if function is not None:
            return function(content)
        case _:
            raise ValueError(f"the sign {sign}")


_READ: Mapping[str, Callable[[str], Any]] = {
    "$decimal": Decimal,
    "$moment": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
}


def _plain(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotSendable(f"a {type(value).__name__} cannot leave the plugin's process")


# JSON, because msgpack turns every moment into UTC and forgets what the clock on the wall showed.
_ENCODER = msgspec.json.Encoder(enc_hook=_plain)


@cache
def is_typed(kind: type[Struct]) -> bool:
    """Whether every field says its type, so that msgspec alone carries the value there and back."""
    try:
        return not _holds_anything(msgspec.inspect.type_info(kind), ())
    except (TypeError, NameError):
        return False  # a function among its fields, or a type that is only named


def _holds_anything(info: Any, seen: tuple[Any, ...]) -> bool:
    """Whether a type holds `object`, a function, or another thing msgspec does not know."""
    if isinstance(info, msgspec.inspect.AnyType | msgspec.inspect.CustomType | msgspec.inspect.RawType):
        return True
    if isinstance(info, msgspec.inspect.StructType):
        if info.cls in seen:
            return False
        return any(_holds_anything(field.type, (*seen, info.cls)) for field in info.fields)
    parts = [getattr(info, name, None) for name in ("item_type", "key_type", "value_type")]
    parts += [*getattr(info, "types", ()), *getattr(info, "item_types", ())]
    return any(_holds_anything(part, seen) for part in parts if part is not None)


def _name_of(kind: type[Any]) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


@cache
def _class_of(name: str) -> Any:
    """A value or enumeration of eventops. Errors: ValueError for any other name."""
    module, _, attribute = name.partition(":")
    if not module.startswith("eventops."):
        raise ValueError(f"{name} is no value of eventops")
    kind = getattr(import_module(module), attribute, None)
    if not (isinstance(kind, type) and issubclass(kind, Struct | Enum)):
        raise ValueError(f"{name} is no value of eventops")  # noqa: TRY004  # a message, not an argument
    return kind


def framed(message: Any) -> bytes:
    """A message as bytes for a pipe: its length in four bytes, then the message."""
    content = msgspec.msgpack.encode(message)
    return len(content).to_bytes(4, "big") + content


def message_of(frame: bytes) -> Any:
    """The message in the bytes behind the length."""
    return msgspec.msgpack.decode(frame)


def given_mapping(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a sentence as they may travel: what cannot is said in words."""
    plain: dict[str, object] = {}
    for name, value in values.items():
        try:
            packed(value)
            plain[name] = value
        except NotSendable:
            plain[name] = str(value)
    return plain
