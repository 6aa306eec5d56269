"""Texts people read: an English sentence, with French and Arabic where the author wrote them.

The core writes English only and keeps French and Arabic in its gettext catalogues; an event
file or a small plugin may carry all three in the value itself.
"""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

LANGUAGES = ("ar", "fr", "en")

Values = Mapping[str, object]


class Text(Struct, frozen=True, omit_defaults=True):
    """A sentence with {placeholders}; `en` is also the key of its translations."""

    en: str
    fr: str = ""
    ar: str = ""

    def __str__(self) -> str:
        return self.en

    def written_in(self, language: str) -> str:
        """The author's own wording in that language, or '' where there is none."""
        return {"en": self.en, "fr": self.fr, "ar": self.ar}.get(language, "")


class Message(Struct, frozen=True):
    """A text and the values that fill it: made cheaply, worded only when shown."""

    text: Text
    values: dict[str, object] = {}

    def __str__(self) -> str:
        return self.text.en.format(**self.values) if self.values else self.text.en


class Wording(Protocol):
    """How one language says things: the catalogues and the locale's formats."""

    @property
    def language(self) -> str: ...

    def say(self, text: Text | Message | str, values: Values | None = None) -> str:
        """The sentence in this language, its values in the locale's format."""
        ...

    def value(self, value: object) -> str:
        """One number, date, time, money or text as this language writes it."""
        ...
