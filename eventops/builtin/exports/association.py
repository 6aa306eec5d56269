"""For an association: everybody who takes part, with what it needs to know; diets and access needs stay with those
who serve them."""

from eventops.builtin.exports.cells import (
    benefit_title,
    category_title,
    cell_or_none,
    field_column,
    further_facts,
    heading,
    kilometres,
    language_title,
    party_name,
    person_cell,
    place_name,
    region_name,
    role_title,
    workshop_titles,
)
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.event import Event
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import beyond_of, outcome_beside
from eventops.domain.reporting.labels import label_of
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table, rows_from
from eventops.domain.rules import Candidate, Decision
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export

TITLE = Text("Participants", fr="Participants", ar="لائحة المشاركين")
OWN_TITLE = Text("{event} – {association}")
FACTS = (
    field_column("id"),
    field_column("name"),
    field_column("name_latin"),
    field_column("gender", width=10),
    field_column("age", width=7),
    field_column("category", width=20),
    field_column("organisation"),
    field_column("role", width=13),
    field_column("language", width=11),
    field_column("email"),
    field_column("phone"),
    field_column("town"),
    Column(name="commune", title=Text("Commune found", fr="Commune reconnue", ar="الجماعة المحددة"), width=20),
    Column(name="region_name", title=FIELD_TITLES["region"], width=22),
    Column(name="region_code", title=Text("Region code", fr="Code de région", ar="رمز الجهة"), width=10),
    Column(
        name="distance_km",
        title=Text("Distance, km", fr="Distance, km", ar="المسافة بالكلم"),
        kind=Kind.DECIMAL,
        width=10,
    ),
    field_column("association", width=20),
    field_column("workshops", width=26),
    Column(name="seat", title=Text("Seat", fr="Place", ar="المقعد"), width=14),
)
CONSENTS = (field_column("consent_attend", width=13), field_column("consent_photo", width=13))


def participants(plan: Plan, options: Options) -> Report:
    """Everybody in the order of enrolment. `for_id` may name an association: then the plan holds its own people alone.

    Errors: NotUsable when the event has no such association.
    """
    if options.for_id:
        _require_association(plan.event, options.for_id)
    shown = plan.candidates
    own = (
        *FACTS,
        *(Column(name=one.name, title=benefit_title(plan, one.name), width=16) for one in plan.benefits),
        *CONSENTS,
    )
    asked, more = further_facts((one.participant for one in shown), own, options)
    decisions = {(one.participant_id, one.benefit): one for one in plan.decisions}
    beyond = beyond_of(plan)
    rows = rows_from(shown, lambda one: _row(plan, one, decisions, beyond, asked))
    table = Table(name="participants", title=TITLE, columns=(*own, *more), rows=rows, landscape=True)
    line = heading(plan.event)
    if options.for_id:
        values: dict[str, object] = {"event": plan.event.title, "association": party_name(plan.event, options.for_id)}
        line = Message(OWN_TITLE, values)
    return Report(name="participants", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,), heading=line)


def _require_association(event: Event, association: str) -> None:
    known = ", ".join(one.id for one in event.associations)
    if association in {one.id for one in event.associations}:
        return
    raise NotUsable("The event has no association “{id}”; expected one of {known}", id=association, known=known)


def _row(
    plan: Plan,
    candidate: Candidate,
    decisions: dict[tuple[str, str], Decision],
    beyond: frozenset[tuple[str, str]],
    asked: tuple[str, ...],
) -> tuple[Cell, ...]:
    person, place = candidate.participant, candidate.place
    decided = (decisions.get((person.id, one.name)) for one in plan.benefits)
    texts: tuple[Cell, ...] = (
        person.id,
        person.name,
        person.name_latin,
        label_of(person.gender),
        candidate.age,
        category_title(plan.event, person.category),
        person.organisation,
        role_title(person.role),
        language_title(person.language),
        person.email,
        person.phone,
        person.town,
        place_name(candidate) if place is not None else None,
        region_name(candidate),
        place.region if place is not None else None,
        kilometres(candidate.distance_km),
        party_name(plan.event, person.association),
        workshop_titles(plan.event, person.workshops),
        label_of(candidate.seat),
        *(outcome_beside(one, beyond) if one is not None else None for one in decided),
        person.consents.attend,
        person.consents.photo,
        *(person_cell(plan.event, person, name) for name in asked),
    )
    return tuple(cell_or_none(text) for text in texts)


PARTICIPANTS = Export(name="participants", title=TITLE, audience=Audience.ASSOCIATION, compose=participants)
