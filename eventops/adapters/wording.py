"""How one language says things: gettext catalogues for the sentences, Babel for the values.

Arabic numbers are written in Western digits, as Morocco does (locale ar_MA).
"""

import gettext
import math
import re
import struct
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from eventops.domain.money import Money
from eventops.domain.reporting.labels import NO, YES, label_of
from eventops.domain.texts import Message, Text, Values, Wording
from eventops.errors import NotUsable, PluginBroken

if TYPE_CHECKING:
    from eventops.extension.spec import Catalogue

LOCALES = {"ar": "ar_MA", "fr": "fr", "en": "en_GB"}
CORE_DOMAIN = "eventops"
CORE_FOLDER = Path(__file__).parent.parent / "catalogues"

# {name}, {name:.1f}, {name!r}; doubled braces stand for themselves. Attributes and indexes are not followed: a
# translation must not be able to reach into a value.
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^\W\d]\w*)(?:![rsa])?(?::([^{}]*))?\}(\.?)")
_PRECISION = re.compile(r"\.(\d+)f")
_SENTENCE_ENDS = (".", "!", "?", "؟", "…")
# A float is measured or estimated and shown to two decimals; a Decimal keeps what it carries.
_FLOAT_DIGITS = 2
_DECIMAL_DIGITS = 12
# Numbers that count nothing are never grouped: a row is written as Excel shows it.
_ORDINALS = ("row", "year", "line", "number", "port")


class LocaleWording:
    """Implements `domain.texts.Wording` for one language. Without a translation the English sentence is said."""

    def __init__(
        self, language: str, translations: Sequence[gettext.NullTranslations], timezone: tzinfo | None = None
    ) -> None:
        self._language = language
        self._translations = tuple(translations)
        self._timezone = timezone
        self._said: dict[str, str] = {}

    @property
    def language(self) -> str:
        return self._language

    def say(self, text: Text | Message | str, values: Values | None = None) -> str:
        """The sentence in this language, its values in the locale's format.

        A placeholder without a value shows its own name.
        """
        if isinstance(text, Message):
            return self.say(text.text, {**text.values, **(values or {})})
        sentence = self._sentence(text)
        return self._filled(sentence, values or {}) if "{" in sentence or "}" in sentence else sentence

    def say_count(self, one: Text | str, many: Text | str, count: int, values: Values | None = None) -> str:
        """The sentence for that count in the language's own plural form; {count} is filled too."""
        return self._filled(self._plural(one, many, count), {"count": count, **(values or {})})

    def value(self, value: object) -> str:
        """One number, date, time, money or text as this language writes it. None is a dash."""
        return self._value(value, "")

    def _sentence(self, text: Text | str) -> str:
        if isinstance(text, Text):
            own = text.written_in(self._language)
            if own:
                return own
            text = text.en
        known = self._said.get(text)
        if known is None:
            known = self._said[text] = self._translated(text)
        return known

    def _translated(self, english: str) -> str:
        if not english:  # gettext answers the empty key with the catalogue's header
            return ""
        for translation in self._translations:
            found = translation.gettext(english)
            if found and found != english:
                return found
        return english

    def _plural(self, one: Text | str, many: Text | str, count: int) -> str:
        single, several = (text.en if isinstance(text, Text) else text for text in (one, many))
        for translation in self._translations:
            found = translation.ngettext(single, several, count)
            if found not in (single, several):
                return found
        return self._sentence(one if count == 1 else many)

    def _filled(self, sentence: str, values: Values) -> str:
        def fill(match: re.Match[str]) -> str:
            name, form, stop = match.groups()
            if name is None:
                return match.group()[0]
            if name not in values:
                return match.group()
            value = values[name]
            said = str(value) if name in _ORDINALS and type(value) is int else self._value(value, form or "")
            # A reason that is a sentence of its own brings its full stop along.
            return said if stop and said.endswith(_SENTENCE_ENDS) else said + stop

        return _PLACEHOLDER.sub(fill, sentence)

    def _value(self, value: object, form: str) -> str:
        match value:
            case str():
                return value
            case None:
                return "–"
            case bool():
                return self.say(YES if value else NO)
            case int() | float() | Decimal():
                return self._number(value, form)
            case Text() | Message():
                return self.say(value)
            case Money():
                return self._money(value)
            case Enum():
                return self.say(label_of(value))
            case _:
                return self._moment_or_list(value)

    def _moment_or_list(self, value: object) -> str:
        match value:
            case datetime():
                local = value.astimezone(self._timezone) if self._timezone and value.tzinfo else value
                return f"{self._date(local.date())}{self._comma}{local:%H:%M}"
            case date():
                return self._date(value)
            case time():
                return f"{value:%H:%M}"
            case tuple() | list() | set() | frozenset():
                parts = [self.value(part) for part in (sorted(value, key=str) if isinstance(value, set) else value)]
                return self._comma.join(parts)
            case Mapping():
                return self._comma.join(f"{self.value(key)}: {self.value(one)}" for key, one in value.items())
            case _:
                return str(value)

    @property
    def _comma(self) -> str:
        return "، " if self._language == "ar" else ", "

    @cached_property
    def _locale(self) -> str:
        """The Babel locale; English formats for a language that Babel does not know."""
        from babel.core import Locale, UnknownLocaleError  # 20 ms: only when a value needs it

        name = LOCALES.get(self._language, self._language)
        try:
            return str(Locale.parse(name, sep="_"))
        except (UnknownLocaleError, ValueError):
            return LOCALES["en"]

    def _number(self, value: int | float | Decimal, form: str) -> str:
        """Grouped from 10,000 on, so that a year stays a year."""
        if isinstance(value, int) and not form and abs(value) < 10_000:
            return str(value)
        if not math.isfinite(value):
            return str(value)
        from babel.numbers import format_decimal  # slow to import

        precision = _PRECISION.fullmatch(form)
        if precision:
            decimals = "0" * int(precision[1])
        else:
            decimals = "#" * (_FLOAT_DIGITS if isinstance(value, float) else _DECIMAL_DIGITS)
        pattern = ("#,##0." if value >= 10_000 or value <= -10_000 else "0.") + decimals
        return str(format_decimal(value, format=pattern.rstrip("."), locale=self._locale, numbering_system="latn"))

    def _money(self, money: Money) -> str:
        from babel.numbers import format_currency  # slow to import

        # English readers of several countries: the ISO code, never a bare $ or a glued MAD.
        pattern = "¤¤\u00a0#,##0.00" if self._locale.startswith("en") else None
        return str(
            format_currency(money.amount, money.currency, format=pattern, locale=self._locale, numbering_system="latn")
        )

    def _date(self, value: date) -> str:
        from babel.dates import format_date  # slow to import

        return str(format_date(value, "long", locale=self._locale))


def open_wording(
    language: str, catalogues: Sequence["Catalogue"] = (), timezone: tzinfo | None = None
) -> LocaleWording:
    """The wording of a language from the core's and the plugins' catalogues; a missing file means English.

    Aware times are said in `timezone` when given, else in their own zone.
    Errors: PluginBroken when a catalogue cannot be read, NotUsable when the language is no language code.
    """
    if not re.fullmatch(r"[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8})*", language):
        raise NotUsable("“{language}” is not a language; expected a code such as ar, fr or en", language=language)
    every = [(CORE_FOLDER, CORE_DOMAIN), *((Path(one.folder), one.domain) for one in catalogues)]
    files = [folder / language / "LC_MESSAGES" / f"{domain}.mo" for folder, domain in dict.fromkeys(every)]
    return LocaleWording(language, [_read_catalogue(file) for file in files if file.is_file()], timezone)


def open_wordings(
    languages: Sequence[str], catalogues: Sequence["Catalogue"] = (), timezone: tzinfo | None = None
) -> dict[str, Wording]:
    """One wording per language, for reports that speak to each person in their own."""
    return {language: open_wording(language, catalogues, timezone) for language in languages}


def _read_catalogue(file: Path) -> gettext.GNUTranslations:
    try:
        with file.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise PluginBroken(
            "The translations {file} cannot be read ({error}); install the plugin again, or leave it out",
            file=str(file),
            error=str(error),
        ) from error
