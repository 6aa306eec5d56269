"""Participants: what we know of a person, as received and as corrected."""

from datetime import date
from enum import Enum

from msgspec import Struct

from eventops.domain.findings import Source
from eventops.domain.texts import Text


class Gender(Enum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Status(Enum):
    """Where a registration stands."""

    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"


class Choice(Struct, frozen=True, kw_only=True):
    """One allowed answer to a closed question: what is stored, its title, and how people write it."""

    id: str
    title: Text
    words: tuple[str, ...] = ()


class Consents(Struct, frozen=True, kw_only=True):
    """What a person agreed to; blank or unclear is no. `share` names the sponsors."""

    attend: bool = False
    photo: bool = False
    share: tuple[str, ...] = ()


class Participant(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of one event. Text fields hold what was received, trimmed; nothing is guessed.

    `town province region country` are words as written, not codes. `age` is used when neither birth date
    nor birth year is known. `edited` names the fields a coordinator corrected by hand: an
    import never overwrites those without saying so. `fields` holds what plugins ask for, by their qualified name.
    `merged` are the ids of registrations that turned out to be this person's.
    """

    id: str
    name: str
    name_latin: str = ""
    email: str = ""
    phone: str = ""
    gender: Gender = Gender.UNKNOWN
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    category: str = ""
    organisation: str = ""
    role: str = "participant"
    language: str = ""
    town: str = ""
    province: str = ""
    region: str = ""
    country: str = ""
    association: str = ""
    inclusion: tuple[str, ...] = ()
    diet: str = ""
    allergens: tuple[str, ...] = ()
    needs: str = ""
    workshops: tuple[str, ...] = ()
    consents: Consents = Consents()
    status: Status = Status.REGISTERED
    registered_on: date | None = None
    attended: bool | None = None
    notes: str = ""
    fields: dict[str, str | int | float | bool] = {}
    edited: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    source: Source = Source()


def age_on(participant: Participant, day: date) -> int | None:
    """Completed years on that day; with a birth year only, the age reached in that year; else the age stated."""
    if participant.birth_date is not None:
        born = participant.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if participant.birth_year is not None:
        return day.year - participant.birth_year
    return participant.age


AGE_BANDS = ("under_18", "18-30", "30-40", "40-50", "50-60", "60+", "unknown")


def age_band(age: int | None) -> str:
    """The band of the statistics: [18,30) [30,40) [40,50) [50,60) 60+, under_18, unknown."""
    if age is None:
        return "unknown"
    if age < 18:
        return "under_18"
    for upper, band in ((30, "18-30"), (40, "30-40"), (50, "40-50"), (60, "50-60")):
        if age < upper:
            return band
    return "60+"
