"""The working list: corrected in a spreadsheet and taken back by `participant import --update`."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from eventops.builtin.exports.cells import (
    benefit_title,
    field_column,
    heading,
    person_cell,
    question_column,
    title_in,
)
from eventops.domain.enrolling.choices import DIETS, GENDERS, LANGUAGES, OUTCOMES, ROLES, STATUSES
from eventops.domain.enrolling.headings import DECIDED_TITLE, OVERRIDE_REASON_TITLE, OVERRIDE_TITLE
from eventops.domain.event import Event
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import beyond_of, outcome_beside, outcome_said
from eventops.domain.reporting.opening import NEVER_BESIDE_A_NAME, Question
from eventops.domain.reporting.reports import Audience, Cell, Column, Options, Report, Table, rows_from
from eventops.domain.rules import Candidate, Decision, Ruling
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Working list", fr="Liste de travail", ar="لائحة العمل")
DECIDED_OUTCOMES = tuple(one.title for one in OUTCOMES if one.id in ("granted", "excluded"))

# In the order people correct them; the id, by which the list is taken back, comes before.
EDITABLE = (
    "name",
    "name_latin",
    "gender",
    "birth_date",
    "birth_year",
    "age",
    "category",
    "organisation",
    "role",
    "language",
    "email",
    "phone",
    "town",
    "province",
    "region",
    "country",
    "association",
    "inclusion",
    "diet",
    "allergens",
    "needs",
    "workshops",
    "consent_attend",
    "consent_photo",
    "consent_share",
    "status",
    "attended",
    "notes",
)


def working_list(plan: Plan, options: Options) -> Report:
    """Everybody in the order of enrolment; what a person may correct is open, what follows from rules is not, and
    beside each decision stands room for a person's own with its reason. What may tell of health or belief stands beside
    a name only where it was included for this one file."""
    names = tuple(name for name in EDITABLE if name not in NEVER_BESIDE_A_NAME or name in options.included)
    questions = tuple(one for one in options.questions if not one.sensitive or one.name in options.included)
    decisions = {(one.participant_id, one.benefit): one for one in plan.decisions}
    table = Table(
        name="working-list",
        title=TITLE,
        columns=(
            field_column("id"),
            *(_editable(plan.event, name) for name in names),
            *(structs.replace(question_column(one.name, options), editable=True) for one in questions),
            *(column for benefit in plan.benefits for column in _benefit_columns(plan, benefit.name)),
        ),
        rows=rows_from(
            plan.candidates,
            lambda one: (
                *_facts(plan.event, one, names),
                *_answers(plan.event, one, questions),
                *_decisions(plan, one, decisions),
            ),
        ),
        landscape=True,
    )
    return Report(
        name="working-list", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,), heading=heading(plan.event)
    )


def _editable(event: Event, name: str) -> Column:
    return field_column(name, editable=True, choices=_choices(event, name))


def _choices(event: Event, name: str) -> tuple[Text, ...]:
    """The drop-down of a field with closed answers; none for a field that holds several."""
    closed = {
        "gender": GENDERS,
        "category": event.categories,
        "role": ROLES,
        "language": LANGUAGES,
        "diet": DIETS,
        "status": STATUSES,
    }
    if name == "association":
        return tuple(one.name for one in event.associations)
    return tuple(choice.title for choice in closed.get(name, ()))


def _benefit_columns(plan: Plan, name: str) -> tuple[Column, ...]:
    values: dict[str, object] = {"benefit": benefit_title(plan, name)}
    return (
        Column(name=name, title=Message(DECIDED_TITLE, values), width=16),
        Column(
            name=f"{name}_override",
            title=Message(OVERRIDE_TITLE, values),
            width=18,
            choices=DECIDED_OUTCOMES,
            editable=True,
        ),
        Column(name=f"{name}_override_reason", title=Message(OVERRIDE_REASON_TITLE, values), width=28, editable=True),
    )


def _facts(event: Event, candidate: Candidate, names: Sequence[str]) -> tuple[Cell, ...]:
    person = candidate.participant
    return person.id, *(person_cell(event, person, name) for name in names)


def _answers(event: Event, candidate: Candidate, questions: Sequence[Question]) -> tuple[Cell, ...]:
    """What somebody answered to the plugins' questions."""
    return tuple(person_cell(event, candidate.participant, one.name) for one in questions)


def _decisions(plan: Plan, candidate: Candidate, decisions: Mapping[tuple[str, str], Decision]) -> tuple[Cell, ...]:
    ids = ((candidate.participant.id, benefit.name) for benefit in plan.benefits)
    beyond = beyond_of(plan)
    return tuple(cell for id in ids for cell in _decided(decisions.get(id), beyond))


def _decided(decision: Decision | None, beyond: frozenset[tuple[str, str]]) -> tuple[Cell, Cell, Cell]:
    """The outcome, and a person's decision with its reason where there is one."""
    if decision is None:
        return None, None, None
    own = next((one for one in decision.rulings if one.plugin == "person"), None)
    if own is None:
        return outcome_said(decision, beyond), None, None
    return outcome_beside(decision, beyond), title_in(OUTCOMES, decision.outcome.value), _reason_given(own)


def _reason_given(ruling: Ruling) -> Cell:
    reason = ruling.verdict.values.get("reason")
    return reason if isinstance(reason, str | Text | Message) else ruling.verdict.reason


WORKING_LIST = Export(name="working-list", title=TITLE, audience=Audience.ASSOCIATION, compose=working_list)
