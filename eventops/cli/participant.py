"""participant list, show, withdraw, restore; the other verbs are loaded when used."""

import click
import msgspec

from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.people import Status
from eventops.domain.texts import Text

NOUNS = {
    "import": (
        "eventops.cli.participant_import:import_participants",
        "Enrol the people of FILE (.xlsx or .csv, headings in Arabic, French or English).",
    ),
    "add": ("eventops.cli.participant_edit:add_participant", "Enrol one person by hand."),
    "set": (
        "eventops.cli.participant_edit:set_participant",
        "Correct PERSON; an import will not overwrite what was corrected by hand.",
    ),
    "refused": (
        "eventops.cli.participant_refused:refused_rows",
        "The rows refused by imports and not corrected yet, each with every reason.",
    ),
    "merge": (
        "eventops.cli.participant_merge:merge_participants",
        "Make FIRST and SECOND one person.",
    ),
    "forget": (
        "eventops.cli.forget:forget_participant",
        "Erase PERSON for good, from the store and from every file eventops made.",
    ),
}


@click.group(cls=Nouns, table=NOUNS)
def participant() -> None:
    """Import, list, correct and withdraw participants."""


@participant.command("list")
@click.option("--withdrawn", is_flag=True, help="Those who withdrew, instead of those who take part.")
@click.option("--region", default="", help="Only people living in this region (a code like MA-04).")
@click.option("--category", default="", help="Only this category.")
@pass_shell
def list_participants(shell: Shell, withdrawn: bool, region: str, category: str) -> None:
    """Everybody, with the town, its region and the distance to the venue."""
    from eventops.application.facts import load_participants
    from eventops.application.measured_places import load_measured_places

    wanted = Status.WITHDRAWN if withdrawn else Status.REGISTERED
    people = [one for one in load_participants(shell.documents) if (one.status is Status.WITHDRAWN) is withdrawn]
    placed = load_measured_places(people, shell.documents, shell.registry, shell.cache, shell.event)
    rows, view = [], []
    for person in people:
        place = placed.placements[person.id].place
        if (region and (place is None or place.region != region)) or (category and person.category != category):
            continue
        km = round(placed.distances_km[place.code], 1) if place is not None else None
        view.append(
            {
                "id": person.id,
                "name": person.name,
                "town": person.town,
                "place": None if place is None else place.code,
                "region": None if place is None else place.region or None,
                "country": None if place is None else place.country,
                "distance_km": km,
                "category": person.category,
                "association": person.association,
                "status": wanted.value,
            }
        )
        rows.append((person.id, person.name, person.town, view[-1]["region"] or "-", km if km is not None else "-"))
    headings = [shell.say(one) for one in ("Id", "Name", "Town", "Region", "km")]
    shell.show(view, table_lines(headings, rows))


@participant.command("show")
@click.argument("person")
@pass_shell
def show_participant(shell: Shell, person: str) -> None:
    """Everything known of PERSON (an id, an e-mail, a phone, or part of a name)."""
    from eventops.application.facts import document_of, load_participants
    from eventops.cli.person_lines import person_lines
    from eventops.domain.enrolling.lookup import person_called

    found = person_called(person, load_participants(shell.documents))
    shell.show(document_of(found), person_lines(shell, found))


@participant.command("withdraw")
@click.argument("person")
@pass_shell
def withdraw_participant(shell: Shell, person: str) -> None:
    """Take PERSON out of the event; what is known of them stays, and their seat is free."""
    _set_status(shell, person, Status.WITHDRAWN, "participant withdraw")


@participant.command("restore")
@click.argument("person")
@pass_shell
def restore_participant(shell: Shell, person: str) -> None:
    """Take PERSON, who withdrew, into the event again."""
    _set_status(shell, person, Status.REGISTERED, "participant restore")


def _set_status(shell: Shell, person: str, status: Status, command: str) -> None:
    from eventops.application.facts import load_participants, put_participant
    from eventops.domain.enrolling.lookup import person_called

    with shell.changing(command) as change:
        found = person_called(person, load_participants(shell.documents))
        put_participant(change, msgspec.structs.replace(found, status=status))
    sentence = Text("{person} has withdrawn.") if status is Status.WITHDRAWN else Text("{person} takes part again.")
    shell.show({"id": found.id, "status": status.value}, [shell.say(sentence, person=f"{found.id} ({found.name})")])
