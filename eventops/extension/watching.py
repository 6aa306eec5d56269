"""Values a plugin is given are frozen; who forces a change past that is noticed, named, and the value is as it was.

After every call the fields of the person and the candidate are compared, by identity first, which costs a millionth of
a second. What lies deeper, and the event, is compared by a digest, at the first calls and at every thousandth.
"""

import hashlib
import os
import weakref
from collections.abc import Iterable
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, force_setattr

# Long tuples are looked at in so many places, evenly.
_LOOKED_AT = 200
_FIRST_CALLS = 8
_EVERY = 1024


class Watch:
    """What one run's plugins were given last, as it was before."""

    def __init__(self) -> None:
        self._candidate: Any = None
        self._event: Any = None
        self._person: list[tuple[Struct, tuple[Any, ...]]] = []
        self._facts: list[tuple[Struct, tuple[Any, ...]]] = []

    def seen(self, candidate: Any, facts: Any) -> None:
        """Remembers what a call is given before it; the same candidate and event again cost nothing."""
        if candidate is not self._candidate:
            person = candidate.participant
            others = (person, person.consents, candidate.placement, candidate.place)
            self._person = [(one, astuple(one)) for one in (candidate, *others) if one is not None]
            self._candidate = candidate
        if facts.event is not self._event:
            self._event = facts.event
            self._facts = [(one, astuple(one)) for one in (facts.event, facts)]
        else:
            self._facts[1] = facts, astuple(facts)

    def restored(self) -> bool:
        """Whether anything of it was changed; it is put back."""
        changed = False
        for value, before in (*self._person, *self._facts):
            if astuple(value) != before:
                changed = True
                for name, was in zip(value.__struct_fields__, before, strict=True):
                    if getattr(value, name) is not was:
                        force_setattr(value, name, was)
        return changed


class Outputs:
    """Standard output and error as the system numbers them, with a second number for each, in case one is closed.

    A number that was closed is given to the next file that is opened: what is printed would go into that file.
    """

    def __init__(self) -> None:
        self._spare: dict[int, int] = {}
        for number in (1, 2):
            with suppress(OSError):  # a program without output has none to lose
                self._spare[number] = os.dup(number)
        weakref.finalize(self, _close, tuple(self._spare.values()))

    def reopened(self) -> bool:
        """Whether one was closed; it is open again."""
        try:
            for number in self._spare:
                os.get_inheritable(number)  # the quickest question that a closed number answers with an error
        except OSError:
            for number, spare in self._spare.items():
                os.dup2(spare, number)
            return True
        return False


def _close(numbers: Iterable[int]) -> None:
    for number in numbers:
        with suppress(OSError):  # whoever closed it meant the same
            os.close(number)


def is_due(calls: int) -> bool:
    """Whether the call of that number is looked at down to the ground."""
    return calls <= _FIRST_CALLS or calls % _EVERY == 0


def digest_of(*values: Any) -> bytes:
    """A digest of values down to the ground; of long tuples it takes so many members, evenly."""
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        for part in _parts(value):
            digest.update(_ENCODER.encode(part))
    return digest.digest()


def _parts(value: Any) -> Iterable[Any]:
    """A plan part by part, so that its long tuples can be looked at here and there; anything else is one."""
    if isinstance(value, tuple | list):
        step = max(1, len(value) // _LOOKED_AT)
        yield len(value)
        yield from value[::step]
    elif isinstance(value, Struct) and hasattr(value, "candidates"):
        for name in value.__struct_fields__:
            yield from _parts(getattr(value, name))
    else:
        yield value


def _plain(value: Any) -> Any:
    """What JSON does not know: mappings as tables, the rest by its words."""
    return dict(value) if isinstance(value, MappingProxyType) else repr(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)
