"""Private words: what people wrote about themselves, and finding it inside other text."""

import re
from collections.abc import Iterable

from msgspec import Struct

from eventops.domain.people import Participant

_TOKEN = re.compile(r"\w+")
# Shorter names would be found in every sentence.
SHORTEST = 3


class PrivateWords(Struct, frozen=True):
    """The private texts of all participants, folded, by their first word."""

    by_first_word: dict[str, tuple[str, ...]]

    def found_in(self, text: str) -> bool:
        """Whether the text holds any of them, whatever the case."""
        if not text:
            return False
        folded = text.casefold()
        return any(
            private in folded for token in _TOKEN.findall(folded) for private in self.by_first_word.get(token, ())
        )


def identifying_words(people: Iterable[Participant]) -> PrivateWords:
    """The words that point to one person wherever they stand: whole names, addresses, phones."""
    return _indexed(text for person in people for text in _identity(person))


def private_words(people: Iterable[Participant]) -> PrivateWords:
    """Those, and all that people wrote about themselves."""
    return _indexed(text for person in people for text in (*_identity(person), *_statements(person)))


def _identity(person: Participant) -> tuple[str, ...]:
    return person.name, person.name_latin, person.email, person.phone, person.phone.lstrip("+")


def _statements(person: Participant) -> tuple[str, ...]:
    answers = (value for value in person.fields.values() if isinstance(value, str))
    return person.organisation, person.needs, person.diet, person.notes, *answers


def _indexed(texts: Iterable[str]) -> PrivateWords:
    found: dict[str, set[str]] = {}
    for text in texts:
        folded = text.casefold().strip()
        token = _TOKEN.search(folded)
        if token is not None and len(folded) >= SHORTEST:
            found.setdefault(token.group(), set()).add(folded)
    return PrivateWords({token: tuple(sorted(words)) for token, words in found.items()})
