"""Two registrations that turned out to be one person's become one participant."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.folding import folded
from eventops.domain.people import Gender, Participant
from eventops.domain.rules import Override

_NOTHING = ("", None, (), Gender.UNKNOWN)
_ALONE = (
    "name_latin",
    "email",
    "phone",
    "gender",
    "category",
    "organisation",
    "language",
    "association",
    "inclusion",
    "diet",
    "allergens",
    "needs",
    "workshops",
    "registered_on",
    "attended",
    "notes",
)
_TOWN = ("town", "province", "region", "country")
_BIRTH = ("birth_date", "birth_year", "age")


class MergedFact(Struct, frozen=True, kw_only=True):
    """What became of one fact the second registration gives: it fills a gap (`taken`), or the first one's stands."""

    field: str
    first: object
    second: object
    taken: bool


class Merged(Struct, frozen=True, kw_only=True):
    """The person after a merge. `overrides` are decisions of the second that become the first's, `dropped` those that
    do not, because the first has a decision of their own."""

    person: Participant
    facts: tuple[MergedFact, ...]
    overrides: tuple[Override, ...]
    dropped: tuple[Override, ...]


def merged(first: Participant, second: Participant, overrides: Sequence[Override]) -> Merged:
    """The first person with the second's facts in the gaps; a consent counts as the first gave it."""
    taken: dict[str, Any] = {}
    for field in _ALONE:
        if getattr(first, field) in _NOTHING and getattr(second, field) not in _NOTHING:
            taken[field] = getattr(second, field)
    taken |= _town_of(first, second) | _birth_of(first, second)
    if first.role == "participant" and second.role != "participant":
        taken["role"] = second.role
    if not first.name_latin and "name_latin" not in taken and _latin(second.name) and not _latin(first.name):
        taken["name_latin"] = second.name
    answers = {name: value for name, value in second.fields.items() if name not in first.fields}
    facts = [*_compared(first, second, taken), *_answers(first, second)]
    by_hand = [name for name in second.edited if name in taken or name in answers]
    person = replace(
        first,
        **taken,
        fields={**first.fields, **answers},
        edited=tuple(dict.fromkeys((*first.edited, *by_hand))),
        merged=tuple(dict.fromkeys((*first.merged, second.id, *second.merged))),
    )
    decided = {one.benefit for one in overrides if one.participant_id == first.id}
    theirs = [one for one in overrides if one.participant_id == second.id]
    return Merged(
        person=person,
        facts=tuple(facts),
        overrides=tuple(replace(one, participant_id=first.id) for one in theirs if one.benefit not in decided),
        dropped=tuple(one for one in theirs if one.benefit in decided),
    )


def _town_of(first: Participant, second: Participant) -> dict[str, str]:
    """The words for a place belong together: another town's province would move the person."""
    if first.town and folded(first.town) != folded(second.town):
        return {}
    if not first.town and (first.province or first.region or first.country):
        return {"town": second.town} if second.town and _agree(first, second) else {}
    return {name: getattr(second, name) for name in _TOWN if not getattr(first, name) and getattr(second, name)}


def _agree(first: Participant, second: Participant) -> bool:
    pairs = ((getattr(first, name), getattr(second, name)) for name in _TOWN[1:])
    return all(not one or not two or folded(one) == folded(two) for one, two in pairs)


def _birth_of(first: Participant, second: Participant) -> dict[str, Any]:
    """A birth is more exact when the second's says the same year, or when the first's is not known."""
    known = _year(first)
    if first.birth_date is not None or (known is None and first.age is not None):
        return {}
    if known is not None and known != _year(second):
        return {}
    return {
        name: getattr(second, name)
        for name in _BIRTH
        if getattr(first, name) is None and getattr(second, name) is not None and not (name == "age" and known)
    }


def _year(person: Participant) -> int | None:
    return person.birth_date.year if isinstance(person.birth_date, date) else person.birth_year


def _latin(name: str) -> bool:
    return name.isascii() or all(letter < "\u0250" for letter in name if letter.isalpha())


def _compared(first: Participant, second: Participant, taken: dict[str, Any]) -> list[MergedFact]:
    """Every fact the second gives and the first has not the same."""
    facts = []
    for field in ("name", *_ALONE, "role", *_TOWN, *_BIRTH, "consents", "status"):
        one, two = getattr(first, field), getattr(second, field)
        if one != two and two not in _NOTHING:
            facts.append(MergedFact(field=field, first=one, second=taken.get(field, two), taken=field in taken))
    if "name_latin" in taken and not second.name_latin:
        facts.append(MergedFact(field="name_latin", first="", second=taken["name_latin"], taken=True))
    return facts


def _answers(first: Participant, second: Participant) -> list[MergedFact]:
    return [
        MergedFact(field=name, first=first.fields.get(name), second=value, taken=name not in first.fields)
        for name, value in sorted(second.fields.items())
        if first.fields.get(name) != value
    ]
