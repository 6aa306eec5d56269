"""What one fact of a person becomes in a table: its column and its cell."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eventops.domain.enrolling.choices import DIETS, GENDERS, INCLUSION, LANGUAGES, ROLES, STATUSES
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.event import Event
from eventops.domain.hosting.allergens import ALLERGENS
from eventops.domain.paying.funding import joined
from eventops.domain.people import Choice, Gender, Participant
from eventops.domain.reporting.labels import CATEGORY_LABELS
from eventops.domain.reporting.reports import Cell, Column, Kind, Options
from eventops.domain.texts import Message, Text

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


def field_column(name: str, **properties: Any) -> Column:
    """The column of a participant's field, headed as the import recognises it."""
    kind = FIELD_KINDS.get(name, Kind.TEXT)
    width = FIELD_WIDTHS.get(name, 16)
    return Column(**{"name": name, "title": FIELD_TITLES[name], "kind": kind, "width": width, **properties})


# A day is stored, and so written, as text: 2023-10-14.
QUESTION_KINDS = {"integer": Kind.INTEGER, "number": Kind.DECIMAL, "yes_no": Kind.YES_NO}


def question_column(name: str, options: Options) -> Column:
    """The column of a plugin's question, headed as the plugin words it."""
    asked = next((one for one in options.questions if one.name == name), None)
    if asked is None:
        return Column(name=f"field_{name}", title=name, width=16)
    return Column(name=f"field_{name}", title=asked.title, kind=QUESTION_KINDS.get(asked.type, Kind.TEXT), width=16)


def further_facts(
    people: Iterable[Participant], columns: Iterable[Column], options: Options
) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    """The facts these people's file shows beyond its own columns, and their columns: what was included for this file,
    then the plugins' questions this audience may see."""
    shown = {column.name for column in columns}
    answered = sorted({name for person in people for name in person.fields})
    core = [name for name in options.included if name in FIELD_TITLES and name not in shown]
    names = (*core, *answered)
    return names, tuple(field_column(name) if name in core else question_column(name, options) for name in names)


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
    """What a diet is called; several together as one: “Gluten-free, Lactose-free”."""
    if ", " not in id:
        return title_in(DIETS, id)
    titles = [title_in(DIETS, part) for part in id.split(", ")]
    if all(isinstance(title, str) for title in titles):
        return id
    ways = [{"en": one, "fr": one, "ar": one} if isinstance(one, str) else _ways(one) for one in titles]
    return Text(
        ", ".join(way["en"] for way in ways),
        fr=", ".join(way["fr"] for way in ways),
        ar="، ".join(way["ar"] for way in ways),
    )


def _ways(text: Text) -> dict[str, str]:
    return {language: text.written_in(language) or text.en for language in ("en", "fr", "ar")}


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


# The facts that are kept as ids and shown by their titles.
_ANSWERS: Mapping[str, Callable[[Event, Participant], Cell]] = {
    "gender": lambda event, one: title_in(GENDERS, one.gender.value) if one.gender is not Gender.UNKNOWN else None,
    "category": lambda event, one: category_title(event, one.category),
    "role": lambda event, one: role_title(one.role),
    "language": lambda event, one: language_title(one.language),
    "association": lambda event, one: party_name(event, one.association),
    "inclusion": lambda event, one: inclusion_titles(one.inclusion),
    "diet": lambda event, one: diet_title(one.diet),
    "allergens": lambda event, one: several(title_in(ALLERGENS, id) for id in one.allergens),
    "workshops": lambda event, one: workshop_titles(event, one.workshops),
    "consent_attend": lambda event, one: one.consents.attend,
    "consent_photo": lambda event, one: one.consents.photo,
    "consent_share": lambda event, one: sponsor_names(event, one.consents.share),
    "status": lambda event, one: status_title(one.status.value),
}
_OWN = frozenset(Participant.__struct_fields__)


def person_cell(event: Event, person: Participant, field: str) -> Cell:
    """One fact of a person as a cell: answers by their titles, several in one cell, None where nothing is known."""
    answer = _ANSWERS.get(field)
    if answer is not None:
        return cell_or_none(answer(event, person))
    return cell_or_none(getattr(person, field) if field in _OWN else person.fields.get(field))


def cell_or_none(value: Cell) -> Cell:
    """An empty text leaves the cell empty."""
    return None if value == "" else value
