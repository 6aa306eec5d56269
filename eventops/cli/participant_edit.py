"""participant add, set: one person by hand, read and checked as a row of a sheet is."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

import click
import msgspec

from eventops.cli.nouns import Command
from eventops.cli.participant_import import difference_lines, fields_of, town_findings
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.findings import Finding, Severity
from eventops.domain.people import Participant
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.enrolling.enrolment import Enrolment

# The options of `set` and `add`: every field, by the heading under which an import would read it.
FIELD_OPTIONS = (
    "name",
    "name_latin",
    "email",
    "phone",
    "gender",
    "birth_date",
    "birth_year",
    "age",
    "category",
    "organisation",
    "role",
    "language",
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
    "registered_on",
    "attended",
    "notes",
)


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """One option a field, worded as a cell of a sheet would be; '' empties the field."""
    for name in reversed(FIELD_OPTIONS):
        option = click.option(f"--{name.replace('_', '-')}", name, cls=FieldOption, default=None, metavar="TEXT")
        command = option(command)
    return command


class FieldOption(click.Option):
    """An option whose help is the title of its field, looked up when help is asked for."""

    @property
    def help(self) -> str | None:
        from eventops.domain.enrolling.headings import FIELD_TITLES

        return self._said or FIELD_TITLES[self.name or ""].en

    @help.setter
    def help(self, said: str | None) -> None:
        self._said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from eventops.domain.enrolling.headings import FIELD_TITLES

        self.help = ctx.ensure_object(Shell).say(FIELD_TITLES[self.name or ""])
        return super().get_help_record(ctx)


@click.command("set", cls=Command)
@click.argument("person")
@_field_options
@click.option(
    "--field", "answers", multiple=True, metavar="NAME=VALUE", help="The answer to a question of a plugin; repeated."
)
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def set_participant(
    shell: Shell, /, person: str, answers: tuple[str, ...], dry_run: bool, **fields: str | None
) -> None:
    """Correct PERSON; an import will not overwrite what was corrected by hand."""
    from eventops.application.facts import load_participants, put_participant
    from eventops.domain.enrolling.lookup import person_called

    given = {name: value for name, value in fields.items() if value is not None}
    given |= _answers(shell, answers)
    if not given:
        raise NotUsable("Say what to change, for example --organisation TEXT")
    with shell.changing("participant set", dry_run=dry_run) as change:
        people = load_participants(shell.documents)
        before = person_called(person, people)
        _age_counts(before, given)
        if "name_latin" in given:
            # A row with a name in Latin letters only would take it for the whole name.
            given.setdefault("name", before.name)
        enrolment = _corrected(shell, people, {"id": before.id, **given})
        _refuse(shell, enrolment)
        for one in enrolment.updated:
            put_participant(change, one)
        findings = _remarks(shell, enrolment, people, set(given))
    shell.note_findings(findings)
    shell.show(
        {
            "id": before.id,
            "differences": [msgspec.to_builtins(one) for one in enrolment.differences],
            "dry_run": dry_run,
        },
        [
            *(difference_lines(shell, enrolment.differences) or [shell.say("Nothing differs.")]),
            *_dry(shell, dry_run),
        ],
    )


@click.command("add", cls=Command)
@_field_options
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def add_participant(shell: Shell, /, dry_run: bool, **fields: str | None) -> None:
    """Enrol one person by hand."""
    from eventops.application.facts import load_participants, put_participant

    given = {name: value for name, value in fields.items() if value is not None}
    if "name" not in given:
        raise NotUsable("A participant needs a name; give --name TEXT")
    given.setdefault("email", "")
    with shell.changing("participant add", dry_run=dry_run) as change:
        people = load_participants(shell.documents)
        enrolment = _enrolled_row(shell, people, given, update=False)
        _refuse(shell, enrolment)
        if not enrolment.added:
            raise NotUsable("This person is already enrolled; see eventops participant list")
        for one in enrolment.added:
            put_participant(change, one)
        findings = _remarks(shell, enrolment, people, set(given))
    shell.note_findings(findings)
    shell.show(
        {"added": [one.id for one in enrolment.added], "dry_run": dry_run},
        [
            *(shell.say("Enrolled {person}.", person=f"{one.id} ({one.name})") for one in enrolment.added),
            *_dry(shell, dry_run),
        ],
    )


def _answers(shell: Shell, answers: Iterable[str]) -> dict[str, str]:
    """The answers by the full name of their question. Errors: NotUsable for a question nobody asks."""
    asked = [one.name for one in fields_of(shell)]
    given: dict[str, str] = {}
    for answer in answers:
        name, equals, value = answer.partition("=")
        found = [one for one in asked if name in (one, one.rpartition(".")[2])]
        if not equals or len(found) != 1:
            raise NotUsable(
                "--field is “{answer}”; NAME=VALUE is expected, and the names are {names}",
                answer=answer,
                names=", ".join(asked) or "-",
            )
        given[found[0]] = value
    return given


def _age_counts(person: Participant, given: Mapping[str, str]) -> None:
    """Errors: NotUsable for an age that would not count beside what is known of the birth."""
    for name, known in (("birth_date", person.birth_date), ("birth_year", person.birth_year)):
        if given.get("age") and known is not None and given.get(name) != "":
            raise NotUsable(
                "The age of {person} follows from the birth in {known}; correct that, or empty it with {option} ''",
                person=person.id,
                known=str(known),
                option=_option(name),
            )


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _corrected(shell: Shell, people: Sequence[Participant], cells: dict[str, str]) -> "Enrolment":
    """The enrolment of a correction. A new town that the old province or region contradicts does without them."""
    enrolment = _enrolled_row(shell, people, cells, update=True)
    if "town" not in cells or cells.keys() & {"province", "region"} or not town_findings(shell, enrolment.updated):
        return enrolment
    alone = _enrolled_row(shell, people, {**cells, "province": "", "region": ""}, update=True)
    return enrolment if alone.refused or town_findings(shell, alone.updated) else alone


def _enrolled_row(shell: Shell, people: Sequence[Participant], cells: dict[str, str], update: bool) -> "Enrolment":
    """The enrolment of one row typed on the command line: read and checked as a sheet's row is."""
    from eventops.application.enrol import enrolled
    from eventops.application.facts import forgotten_ids
    from eventops.domain.enrolling.headings import FIELD_TITLES
    from eventops.domain.enrolling.sheets import Sheet

    asked = {one.name: one.title for one in fields_of(shell)}
    headings = tuple((FIELD_TITLES.get(name) or asked[name]).en for name in cells)
    sheet = Sheet(name="", rows=(headings, tuple(cells.values())))
    return enrolled(
        (sheet,),
        file_name="",
        event=shell.event,
        fields=fields_of(shell),
        existing=people,
        today=shell.stamp("").at.date(),
        update=update,
        forgotten=forgotten_ids(shell.reading),
    )


def _refuse(shell: Shell, enrolment: "Enrolment") -> None:
    """Says what is wrong with a row typed by hand. Errors: NotUsable."""
    if enrolment.refused:
        shell.note_findings(_typed(shell, [one for row in enrolment.refused for one in row.findings]))
        raise NotUsable("Nothing was changed; correct the value and try again")


def _typed(shell: Shell, findings: Iterable[Finding]) -> list[Finding]:
    """Findings about a row and its cells, worded for the options it was typed with."""
    from eventops.domain.enrolling.headings import FIELD_TITLES

    options = {title.en: _option(name) for name, title in FIELD_TITLES.items()}
    options |= {one.title.en: f"--field {one.name}" for one in fields_of(shell)}
    typed = []
    for one in findings:
        sentence = shell.say(one.message, **{**one.values, "cell": options.get(one.source.heading, "")})
        why = sentence.partition(":")[2].strip() or sentence
        typed.append(msgspec.structs.replace(one, message=Text("{why}"), values={"why": why}))
    return typed


def _remarks(
    shell: Shell, enrolment: "Enrolment", people: Sequence[Participant], given: Set[str]
) -> tuple[Finding, ...]:
    """What a person should look at after one row was typed: the town, and an address that two people share."""
    changed = (*enrolment.added, *enrolment.updated)
    towns = town_findings(shell, changed) if given & {"town", "province", "region", "country"} else []
    shared = [
        Finding(
            severity=Severity.WARNING,
            code="email-shared",
            message=Text("{person} has the e-mail address of {other} ({name}); are they one person?"),
            values={"person": one.id, "other": other.id, "name": other.name},
        )
        for one in changed
        for other in people
        if "email" in given and one.email and one.id != other.id and one.email == other.email
    ]
    others = [one for one in enrolment.findings if one.code in ("possible-double", "minor")]
    return (*towns, *shared, *_typed(shell, others))


def _dry(shell: Shell, dry_run: bool) -> list[str]:
    return [shell.say("This is what would change; nothing was changed.")] if dry_run else []
