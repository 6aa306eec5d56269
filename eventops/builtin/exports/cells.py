"""Columns and cells that several exports share."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from eventops.domain.enrolling.person_cells import (
    BETWEEN_ANSWERS as BETWEEN_ANSWERS,
    category_title as category_title,
    cell_or_none as cell_or_none,
    diet_title as diet_title,
    field_column as field_column,
    further_facts as further_facts,
    inclusion_titles as inclusion_titles,
    language_title as language_title,
    party_name as party_name,
    person_cell as person_cell,
    question_column as question_column,
    role_title as role_title,
    several as several,
    sponsor_names as sponsor_names,
    status_title as status_title,
    title_in as title_in,
    workshop_titles as workshop_titles,
)
from eventops.domain.event import Event
from eventops.domain.paying.funding import granting_rulings, joined
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import BENEFIT_LABELS
from eventops.domain.reporting.reports import Column, Kind
from eventops.domain.reporting.titles import days_said
from eventops.domain.rules import Candidate, Decision
from eventops.domain.texts import Message, Text

HEADING = Text("{event} – {venue}, {day}", ar="{event} – {venue}، {day}")
STARTS_AT = Column(name="starts_at", title=Text("From", fr="De", ar="من"), kind=Kind.TIME, width=8)
ENDS_AT = Column(name="ends_at", title=Text("To", fr="À", ar="إلى"), kind=Kind.TIME, width=8)
NUMBER = Column(name="number", title=Text("No.", fr="N°", ar="الرقم"), kind=Kind.INTEGER, width=5)


def heading(event: Event) -> Message:
    """The line that heads every printed page: which event, where, when."""
    if not event.agenda:
        return Message(Text("{event} – {venue}"), {"event": event.title, "venue": event.venue.name})
    values: dict[str, object] = {"event": event.title, "venue": event.venue.name, "day": days_said(event)}
    return Message(HEADING, values)


def benefit_column(width: int = 14) -> Column:
    return Column(name="benefit", title=Text("Benefit", fr="Prestation", ar="الاستفادة"), width=width)


def benefit_title(plan: Plan, name: str) -> Text | str:
    """What a benefit is called, in the plugin's words when a plugin declared it."""
    titles = {one.name: one.title for one in plan.benefits}
    return BENEFIT_LABELS[name] if name in BENEFIT_LABELS else titles.get(name, name)


def place_name(candidate: Candidate) -> Text | str:
    """The place found, else the town as it was written."""
    return candidate.place.name if candidate.place is not None else candidate.participant.town


def region_name(candidate: Candidate) -> Text | str | None:
    place = candidate.place
    if place is None:
        return candidate.participant.region or None
    return place.region_name if place.region_name.en else place.region or place.country


def room_name(event: Event, id: str) -> Text | str:
    return next((room.name for room in event.venue.rooms if room.id == id), id)


def kilometres(distance: float | None) -> float | None:
    """A distance to a tenth, as people read it."""
    return None if distance is None else round(distance, 1)


def payers(plan: Plan, decision: Decision) -> Message | None:
    """Who bears a granted benefit."""
    parts = decision.parts or ((decision.grant,) if decision.grant is not None else ())
    ids = dict.fromkeys(part.payer for part in parts if part.payer)
    return several(party_name(plan.event, id) for id in ids)


def deciding_reasons(decision: Decision) -> Message | None:
    """Why it was decided so, in the words of the rules that tipped it; every rule's words when none applied."""
    rulings = granting_rulings(decision) if decision.grant is not None else _weightiest(decision)
    reasons = dict.fromkeys(_Said(Message(one.verdict.reason, one.verdict.values)) for one in rulings)
    parts = [one.message for one in reasons]
    return joined(parts, "\n") if parts else None


class _Said:
    """A reason that is said once, whoever gave it."""

    def __init__(self, message: Message) -> None:
        self.message = message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self.message == other.message

    def __hash__(self) -> int:
        return hash(self.message.text)


def _weightiest(decision: Decision) -> tuple[Any, ...]:
    """The rulings whose effect stands for the outcome; all of them when nothing applied."""
    own = [one for one in decision.rulings if one.plugin == "person"]
    if own:
        return tuple(own)
    effect = {"excluded": "excludes", "referred": "refers"}.get(decision.outcome.value)
    same = tuple(one for one in decision.rulings if one.verdict.effect.value == effect)
    return same or decision.rulings


def by_name(candidates: Iterable[Candidate]) -> list[Candidate]:
    """In the order in which one looks a name up: case, accents and vowel signs aside."""
    return sorted(candidates, key=lambda one: (_sorting(one.participant.name), one.participant.id))


def _sorting(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip(" =+-@'")
