"""Forgetting a person: what is left of a document without them, and the signs by which a text tells of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from eventops.domain.deciding.seat_records import left_behind
from eventops.domain.people import Participant

Document = dict[str, Any]

# Names so short would be found in every text.
SHORTEST_NAME = 5
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\-/()\u00a0]+(?=\d)")
_NOT_ABOUT_PEOPLE = frozenset({"event", "pin", "road", "export", "workspace"})
_NAMES_OF_IDS = ("id", "participant_id", "participant", "person", "person_id")


class PersonSigns(Struct, frozen=True):
    """Texts, without case, that point to one person: whole names, the e-mail address, the last digits of the phone."""

    texts: tuple[str, ...]
    digits: str = ""

    def found_in(self, text: str) -> bool:
        """Whether the text tells of the person."""
        plain = text.casefold()
        if any(sign in plain for sign in self.texts):
            return True
        return bool(self.digits) and self.digits in _BETWEEN_DIGITS.sub("", plain)


def signs_of(person: Participant) -> PersonSigns:
    """The signs of a person: a name of several words or of a certain length, the address, the phone."""
    names = (person.name.strip(), person.name_latin.strip())
    texts = {name.casefold() for name in names if len(name) >= SHORTEST_NAME}
    if person.email:
        texts.add(person.email.casefold())
    digits = "".join(letter for letter in person.phone if letter.isdecimal())
    # The last nine are the subscriber's, with or without the code of the country.
    return PersonSigns(tuple(sorted(texts)), digits[-9:] if len(digits) >= 9 else "")


def left_of(kind: str, id: str, document: Document, person_id: str) -> Document | None:
    """What is left of a document of the store when a person is forgotten; None when it was theirs.

    Files that left are told of by their hashes and stay. Lists of people, in whatever kind, lose the person; in lots
    that were drawn only their number stays.
    """
    if kind in _NOT_ABOUT_PEOPLE:
        return document
    if id == person_id or id.startswith(f"{person_id}:") or _is_theirs(document, person_id):
        return None
    if kind == "participant":
        return document
    if kind == "refused":
        # The reasons of a refused row name the people it may be about.
        return None if any(text == person_id for _, text in texts_in(document)) else document
    if kind == "draw":
        document = left_behind(document, person_id)
    left: Document = _pruned(document, person_id)
    return left


def _is_theirs(value: object, person_id: str) -> bool:
    return isinstance(value, Mapping) and any(value.get(name) == person_id for name in _NAMES_OF_IDS)


def _pruned(value: Any, person_id: str) -> Any:
    """The value without list items and keys that are the person or theirs."""
    if isinstance(value, dict):
        return {key: _pruned(item, person_id) for key, item in value.items() if key != person_id}
    if isinstance(value, list):
        return [_pruned(one, person_id) for one in value if one != person_id and not _is_theirs(one, person_id)]
    return value


def texts_in(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a document with the name of the field that holds it."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_in(item, field or str(key))
    elif isinstance(value, Iterable):
        for item in value:
            yield from texts_in(item, field)
