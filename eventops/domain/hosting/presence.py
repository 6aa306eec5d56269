"""Who is there when: people who take part in some days or half-days only, and what was really served."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from eventops.domain.event import Event, Period, opening
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.presence_words import periods_written
from eventops.domain.people import Participant
from eventops.domain.scheduling.programme import moment
from eventops.domain.texts import Text
from eventops.errors import NotUsable


class Presence(Struct, frozen=True, kw_only=True):
    """The times a person is there. Somebody without such a record is there all the time."""

    participant_id: str
    periods: tuple[Period, ...]
    by: str = ""
    on: date | None = None


class MealServed(Struct, frozen=True, kw_only=True):
    """How many meals a service really gave out, and how many of those expected did not come."""

    meal_id: str
    served: int
    no_show: int = 0
    by: str = ""
    on: date | None = None


UNREAD = Text(
    "{person} wrote “{text}” of when they are there, which is not understood; they are counted all the time, until "
    "meal present says otherwise"
)


def presence_of(
    event: Event, people: Iterable[Participant], records: Iterable[Presence]
) -> tuple[Mapping[str, tuple[Period, ...]], tuple[Finding, ...]]:
    """When those are there who are not there all the time: as recorded, else as answered on the form (the question that
    the setting `presence_field` names)."""
    found = {one.participant_id: one.periods for one in records}
    field = str(event.settings.get("presence_field", ""))
    findings: list[Finding] = []
    if not field or not event.agenda:
        return found, ()
    zone = opening(event).tzinfo
    assert zone is not None
    for person in people:
        text = str(person.fields.get(field, "")).strip()
        if not text or person.id in found:
            continue
        try:
            found[person.id] = periods_written(text, lambda wall: moment(wall, zone))
        except NotUsable:
            values: dict[str, object] = {"person": person.id, "text": text}
            source = Source(participant=person.id)
            finding = Finding(
                severity=Severity.WARNING, code="presence-unread", message=UNREAD, values=values, source=source
            )
            findings.append(finding)
    return found, tuple(findings)


def is_there(periods: Sequence[Period] | None, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody is there for some of the time; always without periods of their own."""
    return periods is None or any(one.starts_at < ends_at and starts_at < one.ends_at for one in periods)
