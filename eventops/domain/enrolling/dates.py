"""Dates, years of birth and ages as people and spreadsheet programs write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from eventops.domain.enrolling.cell_values import Unreadable, number_in, text_in, western_digits
from eventops.domain.folding import folded
from eventops.domain.people import age_band
from eventops.domain.texts import Text

OLDEST = 115
_EPOCH = date(1899, 12, 30)
# Below it a serial number of a date is as likely a count or an age.
_FIRST_SERIAL = 3_000
_YOUNGEST = 5

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan janvier janv يناير جانفي كانون enero",
            "february feb fevrier fev fevr فبراير فيفري شباط febrero",
            "march mar mars مارس اذار marzo",
            "april apr avril avr ابريل افريل نيسان abril",
            "may mai ماي مايو ايار mayo",
            "june jun juin يونيو جوان حزيران junio",
            "july jul juillet juil يوليوز يوليو جويليه تموز julio",
            "august aug aout غشت اغسطس اوت اب agosto",
            "september sep sept septembre شتنبر سبتمبر ايلول septiembre",
            "october oct octobre اكتوبر octubre",
            "november nov novembre نونبر نوفمبر noviembre",
            "december dec decembre دجنبر ديسمبر diciembre",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMERIC = re.compile(r"(\d{1,4})\s*[/.\-\u2013]\s*(\d{1,2})\s*[/.\-\u2013]\s*(\d{2,4})(?:[ T,].*)?")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d]+)|([^\W\d]+)\s+(\d{1,2})(?:st|nd|rd|th)?)\s+(\d{4})(?:\s.*)?"
)
_WEEKDAY = re.compile(r"^[^\W\d]+\s+(?=\d{1,2}\s|[^\W\d]+\s+\d{1,2}\s)")

NOT_A_DATE = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a date; "
    "write day, month and year, for example 25/03/1984"
)
NOT_A_BIRTH_YEAR = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not a year of birth; "
    "write four digits, for example 1984"
)
NO_BIRTH_THEN = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, a year in which no participant can be born; "
    "correct it, for example 1984"
)
NOT_AN_AGE = Text(
    "row {row}, column {column} ({heading}): {cell} is “{value}”, which is not an age; "
    "write whole years, for example 39, or two ages, for example 30-40"
)


class Birth(Struct, frozen=True, kw_only=True):
    """When a person was born, as exactly as the cell says. `band` is the range an age was read from; one that lies in
    two bands of the statistics gives no age."""

    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    band: str = ""


def day_comes_first(values: Iterable[object], default: bool = True) -> bool:
    """Whether 05/03 in this column means 5 March: told by the cells where only one order is possible."""
    for value in values:
        if isinstance(value, str) and (found := _NUMERIC.fullmatch(western_digits(text_in(value)))):
            first, second = int(found[1]), int(found[2])
            if 12 < first <= 31 and second <= 12:
                return True
            if first <= 12 < second <= 31:
                return False
    return default


def date_in(value: object, *, day_first: bool = True) -> date | None:
    """The date in a cell, its time of day dropped; None when it holds none. A bare number is Excel's serial number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    number = number_in(value)
    if number is not None:
        return _EPOCH + timedelta(days=int(number)) if _FIRST_SERIAL < number < 80_000 else None
    text = western_digits(text_in(value)).replace("\u060c", " ")
    if found := _NUMERIC.fullmatch(text):
        return _numeric_date(found[1], found[2], found[3], day_first)
    return _worded_date(folded(text))


def _numeric_date(first: str, second: str, third: str, day_first: bool) -> date | None:
    if len(first) == 4:
        return _date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) == 3:
        return None
    day, month = (int(first), int(second)) if day_first else (int(second), int(first))
    # Two digits are a year of this century only where no one is born: the caller looks at the result.
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return _date(year, month, day) or _date(year, day, month)


def _worded_date(text: str) -> date | None:
    found = _WORDED.fullmatch(text) or _WORDED.fullmatch(_WEEKDAY.sub("", text))
    if not found:
        return None
    month = _MONTHS.get(found[2] or found[3])
    return _date(int(found[5]), month, int(found[1] or found[4])) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_in(value: object) -> int | None:
    """A year written as a number, also in a cell given the format of a date by mistake (1984 shown as 06/06/1905)."""
    if isinstance(value, date):
        serial = ((value.date() if isinstance(value, datetime) else value) - _EPOCH).days
        return serial if 1900 <= serial <= 2100 else None
    number = number_in(value)
    if number is None and isinstance(value, str):
        number = number_in(re.sub(r"^(?:سنة|عام)\s+|\s*م$", "", text_in(value)))
    return int(number) if number is not None and number.is_integer() and 1800 <= number <= 2100 else None


def birth_in(value: object, today: date, *, day_first: bool, expected: Text) -> Birth | Unreadable:
    """The birth a cell of a birth date, birth year or age column tells; `expected` words the complaint."""
    unreadable = Unreadable(code=_CODES[expected.en], message=expected)
    year = year_in(value)
    if year is not None:
        born_then = today.year - OLDEST <= year <= today.year
        message = NO_BIRTH_THEN if expected is NOT_A_BIRTH_YEAR else expected
        return Birth(birth_year=year) if born_then else Unreadable(code=unreadable.code, message=message)
    number = number_in(value)
    if number is not None and (expected is NOT_AN_AGE or number < _FIRST_SERIAL):
        plausible = expected is NOT_AN_AGE and number.is_integer() and 0 < number <= OLDEST
        return Birth(age=int(number)) if plausible else unreadable
    if isinstance(value, str) and re.search(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?!\d)", western_digits(value)):
        return unreadable
    day = date_in(value, day_first=day_first)
    if day is not None:
        if expected is NOT_AN_AGE and 0 < (day - _EPOCH).days <= OLDEST:
            return Birth(age=(day - _EPOCH).days)
        born = date(today.year - OLDEST, 1, 1) <= day <= today
        # A bare number below years of birth is a day that Excel counts only where somebody can be born on it.
        born = born and not (number is not None and expected is NOT_A_BIRTH_YEAR and day.year > today.year - _YOUNGEST)
        return (
            Birth(birth_date=day) if born and not (expected is NOT_AN_AGE and day.year > today.year - 3) else unreadable
        )
    if expected is NOT_AN_AGE:
        return age_in(text_in(value)) or unreadable
    return unreadable


_CODES = {
    NOT_A_DATE.en: "birth-date-unreadable",
    NOT_A_BIRTH_YEAR.en: "birth-year-unreadable",
    NOT_AN_AGE.en: "age-unreadable",
}
_AGE = r"(\d{1,3})(?:\s*(?:years?(?:\s+old)?|yrs?|ans?|annees?|سنه|سنوات|عام|عاما|a))?"
_ONE_AGE = re.compile(_AGE)
_TWO_AGES = re.compile(
    rf"(?:(?:between|from|entre|de|ما بين|بين|من)\s+)?{_AGE}\s+(?:to\s+|and\s+|a\s+|et\s+|الي\s+|و\s*|حتي\s+)?{_AGE}"
)
_FROM_AGE = re.compile(
    rf"(?:over|above|more than|plus de|au dela de|اكثر من|ازيد من|فوق)\s+{_AGE}|"
    rf"{_AGE}\s+(?:and over|and above|and more|or over|or more|et plus|ou plus|فما فوق|او اكثر|فاكثر)"
)
_BELOW_AGE = re.compile(rf"(?:under|below|less than|moins de|اقل من|دون)\s+{_AGE}")


def age_in(text: str) -> Birth | None:
    """An age in words or the lowest age of a range; a range wider than one band of the statistics gives no age.

    None when the text is neither.
    """
    if re.fullmatch(r"\+?\s*\d{1,3}\s*\+?", western_digits(text)) and "+" in text:
        said = f"over {western_digits(text).strip(' +')}"
    else:
        said = folded(text)
    if one := _ONE_AGE.fullmatch(said):
        return Birth(age=int(one[1])) if 0 < int(one[1]) <= OLDEST else None
    if two := _TWO_AGES.fullmatch(said):
        low, high = int(two[1]), int(two[2])
    elif above := _FROM_AGE.fullmatch(said):
        low, high = int(above[1] or above[2]), OLDEST
    elif below := _BELOW_AGE.fullmatch(said):
        low, high = 0, int(below[1])
    else:
        return None
    if not 0 <= low < high <= OLDEST:
        return None
    if age_band(low) != age_band(high - 1):
        return Birth(band=text)
    return Birth(age=low or high - 1, band=text)
