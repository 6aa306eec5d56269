"""Attendance: who was there, on the whole, on a day or in a session."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from eventops.domain.people import Participant


class Attendance(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person's presence. `at` is a day (2023-10-14), the id of a session, or empty for the event as a whole.

    `source` says where it was read: the file and the row of a list, or empty when it was marked by hand.
    """

    participant_id: str
    present: bool
    on: date
    by: str
    at: str = ""
    source: str = ""


def present_ids(participants: Sequence[Participant], marks: Iterable[Attendance]) -> frozenset[str] | None:
    """Who was there at least once; None where nothing at all is recorded.

    A mark counts before what the registration says; a mark of a merged registration counts for the person.
    """
    present: set[str] = set()
    absent: set[str] = set()
    for one in marks:
        (present if one.present else absent).add(one.participant_id)
    told = bool(present or absent)
    found: set[str] = set()
    for person in participants:
        ids = {person.id, *person.merged}
        told = told or person.attended is not None
        if ids & present or (person.attended and not ids & absent):
            found.add(person.id)
    return frozenset(found) if told else None


def present_at(participants: Sequence[Participant], marks: Iterable[Attendance], at: str) -> frozenset[str]:
    """Who was marked present on one day or in one session."""
    there = {one.participant_id for one in marks if one.present and one.at == at}
    return frozenset(person.id for person in participants if {person.id, *person.merged} & there)
