"""Facts of a row put on a participant: a new one, or a known one with what changes."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.enrolling.enrolment import Shown
from eventops.domain.findings import Source
from eventops.domain.people import Consents, Gender, Participant

_EMPTY: dict[str, object] = {
    "name_latin": "",
    "email": "",
    "phone": "",
    "gender": Gender.UNKNOWN,
    "birth_date": None,
    "birth_year": None,
    "age": None,
    "category": "",
    "organisation": "",
    "role": "participant",
    "language": "",
    "town": "",
    "province": "",
    "region": "",
    "country": "",
    "association": "",
    "inclusion": (),
    "diet": "",
    "allergens": (),
    "needs": "",
    "workshops": (),
    "registered_on": None,
    "attended": None,
    "notes": "",
}
_CONSENTS = {"consent_attend": "attend", "consent_photo": "photo", "consent_share": "share"}
_SAYS_NOTHING = (None, "", (), Gender.UNKNOWN)


_NOBODY = Participant(id="", name="")


class Change(Struct, frozen=True, kw_only=True):
    """One fact of one person that is another than before, as plain values."""

    field: str
    before: Shown
    after: Shown


def new_person(id: str, facts: Mapping[str, object], fields: Collection[str], source: Source) -> Participant:
    """A participant with these facts."""
    return Participant(**{"id": id, "name": "", "source": source, **_values(_NOBODY, facts, fields, clears=False)})


def changed_person(
    person: Participant, facts: Mapping[str, object], fields: Collection[str], *, update: bool
) -> tuple[Participant, tuple[Change, ...], tuple[Change, ...]]:
    """The person with the facts of a row, the changes, and the changes kept out because a coordinator wrote that fact.

    A blank cell says nothing, except for a consent, where it is no; with `update` it clears the fact. With `update`
    nothing is kept out and the changed facts count as written by a coordinator.
    """
    values = _values(person, facts, fields, clears=update)
    changes = [change for field, value in values.items() for change in _changes(person, field, value)]
    if update:
        if not changes:
            return person, (), ()
        edited = tuple(dict.fromkeys((*person.edited, *(change.field for change in changes))))
        return replace(person, **values, edited=edited), tuple(changes), ()
    kept = tuple(change for change in changes if _written_by_hand(person, change.field))
    allowed = {field: value for field, value in values.items() if not _written_by_hand(person, field)}
    if kept and "consents" in allowed:
        allowed["consents"] = _consents_but(person, allowed["consents"], kept)
    if kept and "fields" in allowed:
        theirs = {change.field: person.fields[change.field] for change in kept if change.field in person.fields}
        allowed["fields"] = {**allowed["fields"], **theirs}
    changes = [change for change in changes if change not in kept]
    return (replace(person, **allowed) if changes else person), tuple(changes), kept


def _written_by_hand(person: Participant, field: str) -> bool:
    if not person.edited:
        return False
    group = "consents" if field in _CONSENTS else field
    return field in person.edited or group in person.edited


def _consents_but(person: Participant, consents: Consents, kept: Collection[Change]) -> Consents:
    names = {_CONSENTS[change.field] for change in kept if change.field in _CONSENTS}
    return replace(consents, **{name: getattr(person.consents, name) for name in names})


def _values(
    person: Participant, facts: Mapping[str, object], fields: Collection[str], *, clears: bool
) -> dict[str, Any]:
    """The attributes these facts set."""
    values: dict[str, Any] = {}
    for field, value in facts.items():
        if field == "name" or field == "status":
            if value:
                values[field] = value
        elif field in _EMPTY:
            if value not in _SAYS_NOTHING:
                values[field] = value
            elif clears:
                values[field] = _EMPTY[field]
    _settle_birth(person, values)
    consents = _consents(person, facts)
    if consents is not None:
        values["consents"] = consents
    extra = _plugin_fields(person, facts, fields, clears)
    if extra is not None:
        values["fields"] = extra
    return values


def _settle_birth(person: Participant, values: dict[str, Any]) -> None:
    """A less exact fact that agrees with a more exact one known already is no news; one that does not replaces it."""
    day, year = values.get("birth_date"), values.get("birth_year")
    if "birth_year" in values and day is None and isinstance(person.birth_date, date):
        if year == person.birth_date.year:
            values.pop("birth_year")
        elif year is not None and "birth_date" not in values:
            values["birth_date"] = None
    if isinstance(day, date) and year is None and person.birth_year not in (None, day.year):
        values["birth_year"] = None
    known = values.get("birth_date", person.birth_date) or values.get("birth_year", person.birth_year)
    if known and "age" in values and person.age is None:
        values.pop("age")


def _consents(person: Participant, facts: Mapping[str, object]) -> Consents | None:
    given = {name: facts[field] for field, name in _CONSENTS.items() if field in facts}
    if not given:
        return None
    share = given.pop("share", None)
    changed: dict[str, Any] = {name: bool(value) for name, value in given.items()}
    if isinstance(share, dict):
        others = [sponsor for sponsor in person.consents.share if sponsor not in share]
        agreed = [sponsor for sponsor, agrees in share.items() if agrees]
        changed["share"] = tuple(sorted({*others, *agreed}))
    return replace(person.consents, **changed)


def _plugin_fields(
    person: Participant, facts: Mapping[str, object], fields: Collection[str], clears: bool
) -> dict[str, str | int | float | bool] | None:
    asked = [field for field in facts if field in fields]
    if not asked:
        return None
    known = dict(person.fields)
    for field in asked:
        value = facts[field]
        if isinstance(value, str | int | float | bool) and value != "":
            known[field] = value
        elif clears:
            known.pop(field, None)
    return known


def _changes(person: Participant, field: str, value: object) -> list[Change]:
    before = getattr(person, field)
    if before == value or _one_text(before, value):
        return []
    if isinstance(value, Consents):
        names = ((field, getattr(before, name), getattr(value, name)) for field, name in _CONSENTS.items())
        return [Change(field=name, before=shown(old), after=shown(new)) for name, old, new in names if old != new]
    if field == "fields" and isinstance(value, dict):
        names = ((name, before.get(name), value.get(name)) for name in sorted({*before, *value}))
        return [Change(field=name, before=shown(old), after=shown(new)) for name, old, new in names if old != new]
    return [Change(field=field, before=shown(before), after=shown(value))]


def _one_text(one: object, other: object) -> bool:
    """Whether two texts differ only in how their accents are encoded."""
    if not (isinstance(one, str) and isinstance(other, str)) or (one.isascii() and other.isascii()):
        return False
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def shown(value: object) -> Shown:
    """The value as JSON holds it: several as one text, a date and an enum in words."""
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
