"""Columns and cells that several exports share."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from eventops.domain.choices import DIETS, INCLUSION, LANGUAGES, ROLES, STATUSES
from eventops.domain.event import Event, first_day
from eventops.domain.funding import granting_rulings, joined
from eventops.domain.headings import FIELD_TITLES
from eventops.domain.labels import BENEFIT_LABELS, CATEGORY_LABELS
from eventops.domain.people import Choice
from eventops.domain.plan import Plan
from eventops.domain.reports import Cell, Column, Kind
from eventops.domain.rules import Candidate, Decision
from eventops.domain.texts import Message, Text

HEADING = Text("{event} – {venue}, {day}", ar="{event} – {venue}، {day}")
BETWEEN_ANSWERS = "; "

FIELD_KINDS = {
    "birth_date": Kind.DATE,
    "birth_year": Kind.INTEGER,
    "age": Kind.INTEGER,
    "registered_on": Kind.DATE,
    "consent_attend": Kind.YES_NO,
    "consent_photo": Kind.YES_NO,
    "attended": Kind.YES_NO,
}
FIELD_WIDTHS = {"id": 9, "name": 26, "name_latin": 24, "email": 28, "phone": 17, "organisation": 28, "town": 20}
NUMBER = Column(name="number", title=Text("No.", fr="N°", ar="الرقم"), kind=Kind.INTEGER, width=5)


def field_column(name: str, **properties: Any) -> Column:
    """The column of a participant's field, headed as the import recognises it."""
    kind = FIELD_KINDS.get(name, Kind.TEXT)
    width = FIELD_WIDTHS.get(name, 16)
    return Column(**{"name": name, "title": FIELD_TITLES[name], "kind": kind, "width": width, **properties})


def heading(event: Event) -> Message:
    """The line that heads every printed page: which event, where, when."""
    if not event.agenda:
        return Message(Text("{event} – {venue}"), {"event": event.title, "venue": event.venue.name})
    values: dict[str, object] = {"event": event.title, "venue": event.venue.name, "day": first_day(event)}
    return Message(HEADING, values)


def title_in(choices: Iterable[Choice], id: str) -> Text | str:
    """What a stored answer is called; the answer itself when it is none of the choices."""
    return next((one.title for one in choices if one.id == id), id)


def category_title(event: Event, id: str) -> Text | str:
    """What the event calls a category."""
    return title_in(event.categories, id) if event.categories else CATEGORY_LABELS.get(id, id)


def party_name(event: Event, id: str) -> Text | str:
    """The name of a sponsor or an association by its id."""
    names = {one.id: one.name for one in event.associations} | {one.id: one.name for one in event.sponsors}
    return names.get(id, id)


def diet_title(id: str) -> Text | str:
    return title_in(DIETS, id)


def role_title(id: str) -> Text | str:
    return title_in(ROLES, id)


def language_title(id: str) -> Text | str:
    return title_in(LANGUAGES, id)


def status_title(id: str) -> Text | str:
    return title_in(STATUSES, id)


def several(titles: Iterable[Text | str]) -> Message | None:
    """Several answers in one cell, or None without any."""
    parts = list(titles)
    return joined(parts, BETWEEN_ANSWERS) if parts else None


def inclusion_titles(ids: Iterable[str]) -> Message | None:
    return several(title_in(INCLUSION, id) for id in ids)


def workshop_titles(event: Event, ids: Iterable[str]) -> Message | None:
    titles = {one.id: one.title for one in event.workshops}
    return several(titles.get(id, id) for id in ids)


def sponsor_names(event: Event, ids: Iterable[str]) -> Message | None:
    return several(party_name(event, id) for id in ids)


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


def cell_or_none(value: Cell) -> Cell:
    """An empty text leaves the cell empty."""
    return None if value == "" else value
