"""Rows of registrations that were refused: kept until they are corrected, with where they stand and why."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import PurePath

import msgspec
from msgspec import Struct

from eventops.application.facts import values_of
from eventops.application.same_person import names_of
from eventops.domain.enrolling.enrolment import Enrolment
from eventops.domain.findings import Finding
from eventops.domain.folding import folded_name
from eventops.domain.people import Participant
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.ports import Change, Document, Documents

KIND = "refused"

_ADDRESS = re.compile(r"[^\s<>,;/|()]+@[^\s<>,;/|()]+")
_LONGEST_NAME = 200


class Reason(Struct, frozen=True, kw_only=True):
    """Why a row was refused, as a sentence in English and the values it names."""

    code: str
    message: str
    values: dict[str, str | int | float | bool | list[str] | None] = {}
    column: str = ""
    heading: str = ""


class RefusedRow(Struct, frozen=True, kw_only=True):
    """A refused row. `review` is the file it can be corrected in; `marks` are the names, addresses and numbers it holds
    as nobody can read them, by which earlier versions of it are found when the person is forgotten."""

    id: str
    file: str
    sheet: str
    row: int
    name: str
    marks: tuple[str, ...]
    review: str
    reasons: tuple[Reason, ...]


def load_refused(documents: Documents) -> tuple[RefusedRow, ...]:
    """The rows refused so far, by file and row."""
    rows = values_of(documents.all(KIND), RefusedRow, KIND)
    return tuple(sorted(rows, key=lambda one: (one.file, one.sheet, one.row)))


def put_refused(change: Change, enrolment: Enrolment, file_name: str, people: Iterable[Participant]) -> None:
    """Keeps the rows refused by an import, and lets go of those it corrected.

    A file imported again stands for itself, a review file for the rows it was made of.
    """
    if enrolment.unanswered:
        return
    new = {one.id: one for one in _refused(enrolment, file_name)}
    before = load_refused(change)
    reviewed = [one for one in before if one.review == file_name and one.file != file_name]
    # With fewer rows than were asked about, only those of people known by now are settled.
    known = {name for person in people for name in names_of(person)} if enrolment.rows < len(reviewed) else None
    for one in before:
        settled = one in reviewed and (known is None or folded_name(one.name) in known)
        if settled or (one.file == file_name and one.sheet == enrolment.sheet and one.id not in new):
            change.remove(KIND, one.id)
    for one in new.values():
        document: Document = msgspec.to_builtins(one)
        change.put(KIND, one.id, document)


def remove_refused(change: Change, ids: Sequence[str]) -> tuple[RefusedRow, ...]:
    """Takes rows off the list that need no correction. Errors: NotUsable for an id that is not on it."""
    rows = {one.id: one for one in load_refused(change)}
    for id in ids:
        if id not in rows:
            raise NotUsable("No refused row has the id {id}; see eventops participant refused", id=id)
        change.remove(KIND, id)
    return tuple(rows[id] for id in ids)


def marks_of(person: Participant) -> tuple[str, ...]:
    """The marks under which rows of this person were kept."""
    return _marks((person.name, person.name_latin, person.email, person.phone))


def _marks(texts: Iterable[str]) -> tuple[str, ...]:
    """Names, e-mail addresses and phone numbers as nobody can read them."""
    keys: set[str] = set()
    for text in texts:
        keys.add(folded_name(text) if len(text) <= _LONGEST_NAME else "")
        keys.update(address.casefold() for address in _ADDRESS.findall(text))
        digits = "".join(letter for letter in text if letter.isdecimal())
        # The last nine are the subscriber's, with or without the code of the country.
        keys.add(digits[-9:] if len(digits) >= 9 else "")
    return tuple(sorted(sha256(f"refused:{key}".encode()).hexdigest()[:24] for key in keys - {""}))


def _refused(enrolment: Enrolment, file_name: str) -> Iterable[RefusedRow]:
    review = review_name(file_name)
    for row in enrolment.refused:
        reasons = tuple(_reason(finding) for finding in row.findings)
        place = f"{file_name}\n{row.sheet}\n{row.row}"
        yield RefusedRow(
            id=f"R{sha256(place.encode()).hexdigest()[:10]}",
            file=file_name,
            sheet=row.sheet,
            row=row.row,
            name=row.name,
            marks=_marks([row.name, *_texts(reasons)]),
            review=review,
            reasons=reasons,
        )


def _texts(reasons: Sequence[Reason]) -> Iterable[str]:
    return (value for reason in reasons for value in reason.values.values() if isinstance(value, str))


def review_name(file_name: str) -> str:
    """The name of the file in which the refused rows of a file are corrected."""
    return f"{PurePath(file_name).stem}-review.xlsx"


def _reason(finding: Finding) -> Reason:
    return Reason(
        code=finding.code,
        message=finding.message.en,
        values={name: _plain(value) for name, value in finding.values.items()},
        column=finding.source.column,
        heading=finding.source.heading,
    )


def _plain(value: object) -> str | int | float | bool | list[str] | None:
    if isinstance(value, tuple | list):
        return [_word(one) for one in value]
    if isinstance(value, Text):
        return value.en
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _word(value: object) -> str:
    return value.en if isinstance(value, Text) else str(value)
