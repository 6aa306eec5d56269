"""Everything known of a participant, one fact a line, in the language of the run."""

from collections.abc import Iterator

import msgspec

from eventops.builtin.exports.cells import (
    category_title,
    diet_title,
    inclusion_titles,
    language_title,
    party_name,
    person_cell,
    role_title,
    sponsor_names,
    workshop_titles,
)
from eventops.cli.render import shown
from eventops.cli.shell import Shell
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.event import Event
from eventops.domain.people import Participant
from eventops.domain.reporting.labels import NO
from eventops.domain.texts import Message, Text

OTHER_ANSWERS = Text("Other answers")
CORRECTED = Text("Corrected by hand")
RECEIVED = Text("Received in")
SOURCE = Text("{file}, sheet {sheet}, row {row}")


def person_lines(shell: Shell, person: Participant) -> Iterator[str]:
    """Every fact that is not empty, under the title an export gives it."""
    for title, value in _facts(shell.event, person):
        if value not in ("", None, (), {}):
            yield shell.titled(shell.say(title), shown(shell.wording.value(value)))


def _facts(event: Event, person: Participant) -> Iterator[tuple[Text, object]]:
    plain: dict[str, object] = {field: getattr(person, field, None) for field in FIELD_TITLES}
    for field, value in (plain | _worded(event, person)).items():
        yield FIELD_TITLES[field], value
    yield OTHER_ANSWERS, person.fields
    yield CORRECTED, tuple(FIELD_TITLES.get(field, field) for field in person.edited)
    if person.source.file:
        yield RECEIVED, Message(SOURCE, msgspec.to_builtins(person.source))


def _worded(event: Event, person: Participant) -> dict[str, object]:
    """The facts that are stored as ids, by what people call them."""
    return {
        "category": category_title(event, person.category),
        "role": role_title(person.role),
        "language": language_title(person.language),
        "association": party_name(event, person.association),
        "inclusion": inclusion_titles(person.inclusion),
        "diet": tuple(diet_title(one) for one in person.diet.split(", ")) if person.diet else "",
        "allergens": person_cell(event, person, "allergens") or "",
        "workshops": workshop_titles(event, person.workshops),
        "consent_attend": person.consents.attend,
        "consent_photo": person.consents.photo,
        "consent_share": sponsor_names(event, person.consents.share) or NO,
    }
