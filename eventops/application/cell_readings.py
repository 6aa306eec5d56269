"""How the cell of each field is read: a value, a value with a remark, or why it cannot be read."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from eventops.application.contacts import PhoneReading, email_in
from eventops.application.question_readings import (
    UNCLEAR_CONSENT,
    allergens_reading,
    diet_reading,
    inclusion_reading,
    needs_reading,
    sponsors_reading,
)
from eventops.application.remarks import Remark as Remark
from eventops.domain.enrolling import answers
from eventops.domain.enrolling.answers import Lexicon, lexicon, says_nothing
from eventops.domain.enrolling.cell_values import Unreadable, is_blank, lines_in, number_in, plain, text_in
from eventops.domain.enrolling.dates import NOT_A_BIRTH_YEAR, NOT_A_DATE, NOT_AN_AGE, Birth, birth_in, date_in
from eventops.domain.enrolling.registrations import ColumnRead, Lexicons
from eventops.domain.event import Event
from eventops.domain.folding import folded
from eventops.domain.people import Status
from eventops.domain.reporting.labels import LANGUAGE_LABELS, OUTCOME_LABELS, ROLE_LABELS, STATUS_LABELS
from eventops.domain.texts import Text

CellReading = Callable[[object], object]

_ROLES = lexicon(answers.ROLES, ROLE_LABELS)
_OUTCOMES = lexicon(answers.OUTCOMES, OUTCOME_LABELS)
_LANGUAGES = lexicon(answers.LANGUAGES, LANGUAGE_LABELS)
_STATUSES = lexicon((*answers.STATUSES, answers.CANCELLED), STATUS_LABELS)
# What a status says of a registration that came to nothing.
CANCELLED = answers.CANCELLED.id
_TEXTS = frozenset(("organisation", "country"))
# Typed as text, it is nobody's name all the same.
_FORMULA = re.compile(r"[=＝]\s*[\w.]+\(")
_PLACES = frozenset(("town", "province", "region"))
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_REFUSALS = tuple(
    folded(phrase)
    for phrase in (
        *("je refuse", "je ne souhaite pas", "je n’autorise pas", "je ne veux pas", "je m’oppose", "je n’accepte pas"),
        *("je ne consens pas", "refus de", "opposition à", "i refuse", "i do not", "i don’t", "i object", "i decline"),
        *("opt out", "do not photograph", "no photos", "pas de photo", "لا أوافق", "أرفض", "لا أرغب"),
        *("لا أقبل", "لا أريد", "لا أسمح", "no autorizo", "no acepto", "no deseo", "me opongo"),
    )
)

NOT_A_NAME = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a name; write first and last name"
)
NOT_A_NUMBER = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a number; write digits, for example 2"
)
NOT_YES_OR_NO = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is neither yes nor no; write yes or no"
)
UNKNOWN_LANGUAGE = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, a language that is not known; it was left out; "
    "write Arabic, French or English"
)
UNREADABLE_TIMESTAMP = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a date; it was left out"
)
UNKNOWN_STATUS = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, a status that is not known; the person counts as "
    "registered; write registered, withdrawn or cancelled"
)
SECOND_PHONE = Text("row {row}, column {column} ({heading}): {cell} is “{value}”; only the first number was kept")
WIDE_AGES = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, a range wider than one age group of the statistics; "
    "the age counts as unknown"
)


class ReadingContext(Struct, frozen=True, kw_only=True):
    """What readings depend on besides the cell. `types` are those of the plugins' fields."""

    event: Event
    closed: Lexicons
    phones: PhoneReading | None
    types: Mapping[str, str]
    today: date


def reading_of(column: ColumnRead, context: ReadingContext, day_first: bool) -> CellReading:
    """The reading of one column."""
    field, closed = column.field, context.closed
    if field in context.types:
        return _plugin_reading(context.types[field], day_first)
    if field in ("birth_date", "birth_year", "age"):
        expected = {"birth_date": NOT_A_DATE, "birth_year": NOT_A_BIRTH_YEAR, "age": NOT_AN_AGE}[field]
        return _birth_reading(context.today, day_first, expected)
    if field == "registered_on":
        return _timestamp_reading(day_first)
    if field == "phone" and context.phones:
        return _phone_reading(context.phones)
    if column.option and field in ("inclusion", "diet", "allergens", "workshops", "needs"):
        return _option_reading(column, closed)
    return _reading_of(field, column, context.event, closed)


def _reading_of(field: str, column: ColumnRead, event: Event, closed: Lexicons) -> CellReading:
    refused = refuses(column.heading)
    consent = _refusal if refused else _consent
    readings: dict[str, CellReading] = {
        "id": text_in,
        "name": _name,
        "name_latin": _name,
        "first_name": _name,
        "last_name": _name,
        "first_name_latin": _name,
        "last_name_latin": _name,
        "email": _email,
        "gender": answers.gender_in,
        "category": _category_reading(closed),
        "association": _association_reading(event, closed),
        "role": _free_choice(_ROLES),
        "language": _language_reading(),
        "diet": diet_reading(column, closed),
        "allergens": allergens_reading(column, closed),
        "inclusion": inclusion_reading(column, closed),
        "workshops": _workshop_reading(event, closed),
        "consent_attend": consent,
        "consent_photo": consent,
        "consent_share": consent if column.option or refused else sponsors_reading(column, closed),
        "status": _status_reading(),
        "attended": _attended,
        "notes": lines_in,
        "needs": needs_reading(column),
    }
    if field in readings:
        return readings[field]
    if field.endswith("_override"):
        return _outcome_reading()
    if field in _PLACES:
        return _place
    return _text if field in _TEXTS else text_in


def _text(value: object) -> str:
    return "" if says_nothing(value) else text_in(value)


def _place(value: object) -> str:
    """The words of a place; tools of forms write El_Jadida where people write El Jadida."""
    text = _text(value)
    return text if " " in text else text.replace("_", " ").strip()


def _name(value: object) -> object:
    text = text_in(value)
    if not isinstance(value, str) or not any(map(str.isalpha, text)) or _ADDRESS.fullmatch(text):
        return Unreadable(code="name-unreadable", message=NOT_A_NAME)
    if text[0] in "=＝" and _FORMULA.match(text):
        return Unreadable(code="name-unreadable", message=NOT_A_NAME)
    return text


def _email(value: object) -> object:
    return "" if says_nothing(value) else email_in(value)


def _phone_reading(phones: PhoneReading) -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return ""
        # A number that ends in six noughts lost its digits when it was shown as 2.12612E+11.
        rounded = isinstance(value, int | float) and abs(value) >= 1e8 and value % 1_000_000 == 0
        found = phones.phone_in(f"{value:.5E}" if rounded else value)
        if isinstance(found, Unreadable):
            return found
        number, count = found
        return number if count == 1 else Remark(value=number, code="phone-second", message=SECOND_PHONE)

    return read


def _birth_reading(today: date, day_first: bool, expected: Text) -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return None
        birth = birth_in(value, today, day_first=day_first, expected=expected)
        if isinstance(birth, Birth) and birth.band and birth.age is None:
            return Remark(value=None, code="age-range-wide", message=WIDE_AGES)
        return birth

    return read


def _timestamp_reading(day_first: bool) -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return None
        day = date_in(value, day_first=day_first)
        return day or Remark(value=None, code="date-unreadable", message=UNREADABLE_TIMESTAMP)

    return read


def _category_reading(closed: Lexicons) -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return ""
        return answers.one_choice(text_in(value), closed.category, "category-unknown", answers.NOT_A_CATEGORY)

    return read


def _association_reading(event: Event, closed: Lexicons) -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return ""
        if not event.associations:
            return text_in(value)
        return answers.one_choice(
            text_in(value), closed.associations, "association-unknown", answers.NOT_AN_ASSOCIATION
        )

    return read


def _workshop_reading(event: Event, closed: Lexicons) -> CellReading:
    def read(value: object) -> object:
        if not event.workshops:
            return (text_in(value),)
        return answers.workshops_in(value, closed.workshops)

    return read


def _outcome_reading() -> CellReading:
    def read(value: object) -> object:
        if is_blank(value):
            return ""
        return answers.one_choice(text_in(value), _OUTCOMES, "outcome-unknown", answers.NOT_AN_OUTCOME)

    return read


def _free_choice(words: Lexicon) -> CellReading:
    """The id of a choice, or the text as written."""

    def read(value: object) -> object:
        text = text_in(value)
        return "" if says_nothing(value) else answers.known(text, words) or text

    return read


def _language_reading() -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return ""
        text = text_in(value)
        pieces = (text, *answers.parts_of_answer(text))
        found = next((id for piece in pieces if (id := answers.known(piece, _LANGUAGES))), None)
        return found or Remark(value="", code="language-unknown", message=UNKNOWN_LANGUAGE)

    return read


def _status_reading() -> CellReading:
    def read(value: object) -> object:
        if says_nothing(value):
            return None
        text = text_in(value)
        found = answers.known(text, _STATUSES) or answers.known(text.partition("(")[0], _STATUSES)
        if not found:
            return Remark(value=None, code="status-unknown", message=UNKNOWN_STATUS)
        return found if found == CANCELLED else Status(found)

    return read


def _attended(value: object) -> object:
    """Yes, no, or the hour at which the person was let in."""
    if says_nothing(value):
        return None
    return True if date_in(value, day_first=True) else answers.yes_or_no(value)


def _consent(value: object) -> object:
    agreed = answers.yes_or_no(value)
    return agreed if agreed is not None else Remark(value=False, code="consent-unclear", message=UNCLEAR_CONSENT)


def refuses(heading: str) -> bool:
    """Whether a heading words a refusal (“Je refuse d’être photographié”), so that yes to it is no consent."""
    key = f" {folded(heading)} "
    return any(f" {words} " in key for words in _REFUSALS)


def _refusal(value: object) -> object:
    """The consent of somebody who was asked whether they refuse: yes is no, and no is not clear enough to be a yes."""
    refused = answers.yes_or_no(value)
    return False if refused else Remark(value=False, code="consent-unclear", message=UNCLEAR_CONSENT)


def _option_reading(column: ColumnRead, closed: Lexicons) -> CellReading:
    """A column of ticks: the option where the cell says yes, nothing where it says no, else the answer itself."""

    def read(value: object) -> object:
        ticked = answers.yes_or_no(value)
        if column.field == "needs":
            return column.option[0] if ticked else "" if ticked is False else lines_in(value)
        if column.field == "diet":
            return column.option[0] if ticked else "" if ticked is False else diet_reading(column, closed)(value)
        if ticked is not None:
            return column.option if ticked else ()
        if column.field == "allergens":
            return allergens_reading(column, closed)(value)
        if column.field == "inclusion":
            return answers.inclusion_in(value, closed.inclusion)
        return answers.workshops_in(value, closed.workshops)

    return read


def _plugin_reading(kind: str, day_first: bool) -> CellReading:
    def read(value: object) -> object:
        if is_blank(value):
            return None
        if kind in ("integer", "number"):
            number = number_in(value)
            if number is None or (kind == "integer" and not number.is_integer()):
                return Unreadable(code="number-unreadable", message=NOT_A_NUMBER)
            return int(number) if kind == "integer" else number
        if kind == "yes_no":
            agreed = answers.yes_or_no(value)
            return agreed if agreed is not None else Unreadable(code="yes-no-unreadable", message=NOT_YES_OR_NO)
        if kind == "date":
            day = date_in(value, day_first=day_first)
            return day.isoformat() if day else Unreadable(code="date-unreadable", message=NOT_A_DATE)
        return plain(value) if not isinstance(value, str) else text_in(value)

    return read
