"""Finding a person by what a coordinator types: an id, an e-mail, a phone, or part of a name in either script."""

from collections.abc import Sequence

from eventops.domain.folding import folded_name
from eventops.domain.people import Participant
from eventops.errors import NotUsable


def person_called(text: str, participants: Sequence[Participant]) -> Participant:
    """The one person meant.

    Errors: NotUsable when nobody, or several, answer to it; the candidates are named by id.
    """
    wanted = text.strip()
    for exact in (_by_id, _by_email, _by_phone, _by_whole_name):
        found = exact(wanted, participants)
        if len(found) == 1:
            return found[0]
        if found:
            break
    else:
        found = _by_part_of_name(wanted, participants)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotUsable(
            "“{person}” may be {candidates}; give the id",
            person=text,
            candidates=", ".join(f"{one.id} ({one.name})" for one in found[:8]),
        )
    raise NotUsable(
        "There is nobody “{person}” among {count} participants; see eventops participant list",
        person=text,
        count=len(participants),
    )


def _by_id(wanted: str, participants: Sequence[Participant]) -> list[Participant]:
    key = wanted.casefold()
    return [one for one in participants if one.id.casefold() == key or key in map(str.casefold, one.merged)]


def _by_email(wanted: str, participants: Sequence[Participant]) -> list[Participant]:
    if "@" not in wanted:
        return []
    return [one for one in participants if one.email.casefold() == wanted.casefold()]


def _by_phone(wanted: str, participants: Sequence[Participant]) -> list[Participant]:
    digits = "".join(letter for letter in wanted if letter.isdecimal())
    if len(digits) < 6 or any(letter.isalpha() for letter in wanted):
        return []
    # The last nine digits are the subscriber's, with or without the country's code or the leading zero.
    return [one for one in participants if one.phone and one.phone.endswith(digits[-9:])]


def _by_whole_name(wanted: str, participants: Sequence[Participant]) -> list[Participant]:
    key = _key(wanted)
    return [one for one in participants if key and key in (_key(one.name), _key(one.name_latin))]


def _by_part_of_name(wanted: str, participants: Sequence[Participant]) -> list[Participant]:
    words = _key(wanted).split()
    if not words:
        return []
    return [one for one in participants if all(word in _key(f"{one.name} {one.name_latin}") for word in words)]


def _key(name: str) -> str:
    return folded_name(name)
