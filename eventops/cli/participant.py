"""participant import, add, list, show, set, withdraw, restore."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from eventops.cli.render import shown, table_lines
from eventops.cli.shell import Nouns, Shell, pass_shell
from eventops.domain.findings import Finding, Severity
from eventops.domain.people import Participant, Status
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.application.enrol import Enrolment
    from eventops.domain.sheets import Sheet
    from eventops.domain.texts import Text
    from eventops.extension.ports import Change


@click.group(cls=Nouns)
def participant() -> None:
    """Import, list, correct and withdraw participants."""


# list and show


@participant.command("list")
@click.option("--withdrawn", is_flag=True, help="Those who withdrew, instead of those who take part.")
@click.option("--region", default="", help="Only people living in this region (a code like MA-04).")
@click.option("--category", default="", help="Only this category.")
@pass_shell
def list_participants(shell: Shell, withdrawn: bool, region: str, category: str) -> None:
    """Everybody, with the town, its region and the distance to the venue."""
    from eventops.application.facts import load_participants, load_pins
    from eventops.application.placing import load_placed

    wanted = Status.WITHDRAWN if withdrawn else Status.REGISTERED
    people = [one for one in load_participants(shell.documents) if (one.status is Status.WITHDRAWN) is withdrawn]
    placed = load_placed(people, load_pins(shell.documents), shell.registry, shell.cache, shell.event)
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
    from eventops.domain.lookup import person_called

    found = person_called(person, load_participants(shell.documents))
    shell.show(document_of(found), person_lines(shell, found))


# set, add, withdraw, restore

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
    """An option whose help is the title of its field."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from eventops.domain.headings import FIELD_TITLES

        self.help = ctx.ensure_object(Shell).say(FIELD_TITLES[self.name or ""])
        return super().get_help_record(ctx)


@participant.command("set")
@click.argument("person")
@_field_options
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def set_participant(shell: Shell, /, person: str, dry_run: bool, **fields: str | None) -> None:
    """Correct PERSON; an import will not overwrite what was corrected by hand."""
    from eventops.application.facts import load_participants, put_participant
    from eventops.domain.lookup import person_called

    given = {name: value for name, value in fields.items() if value is not None}
    if not given:
        raise NotUsable("Say what to change, for example --organisation TEXT")
    with shell.changing("participant set", dry_run=dry_run) as change:
        people = load_participants(shell.documents)
        before = person_called(person, people)
        enrolment = _enrolled_row(shell, people, {"id": before.id, **given}, update=True)
        _refuse(shell, enrolment)
        for one in enrolment.updated:
            put_participant(change, one)
    shell.show(
        {"differences": [msgspec.to_builtins(one) for one in enrolment.differences], "dry_run": dry_run},
        [*_difference_lines(shell, enrolment), *_dry(shell, dry_run)],
    )


@participant.command("add")
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
        enrolment = _enrolled_row(shell, load_participants(shell.documents), given, update=False)
        _refuse(shell, enrolment)
        if not enrolment.added:
            raise NotUsable("This person is already enrolled; see eventops participant list")
        for one in enrolment.added:
            put_participant(change, one)
    shell.note_findings(enrolment.findings)
    shell.show(
        {"added": [one.id for one in enrolment.added], "dry_run": dry_run},
        [shell.say("Enrolled {person}.", person=f"{one.id} ({one.name})") for one in enrolment.added],
    )


def _enrolled_row(shell: Shell, people: Sequence[Participant], cells: dict[str, str], update: bool) -> "Enrolment":
    """The enrolment of one row typed on the command line: read and checked as a sheet's row is."""
    from eventops.application.enrol import enrolled
    from eventops.domain.headings import FIELD_TITLES
    from eventops.domain.sheets import Sheet

    headings = tuple(FIELD_TITLES[name].en for name in cells)
    sheet = Sheet(name="", rows=(headings, tuple(cells.values())))
    return enrolled(
        (sheet,),
        file_name="",
        event=shell.event,
        fields=fields_of(shell),
        existing=people,
        today=shell.stamp("").at.date(),
        update=update,
    )


def fields_of(shell: Shell) -> tuple[Any, ...]:
    """The questions the event's plugins ask on their forms."""
    return tuple(one.value for one in shell.registry.of("eventops_fields"))


def _refuse(shell: Shell, enrolment: "Enrolment") -> None:
    """Says what is wrong with a row typed by hand. Errors: NotUsable."""
    grave = [one for one in enrolment.findings if one.severity in (Severity.ERROR, Severity.QUESTION)]
    if grave or enrolment.refused:
        shell.note_findings(grave)
        raise NotUsable("Nothing was changed; correct the value and try again")


def _difference_lines(shell: Shell, enrolment: "Enrolment") -> list[str]:
    from eventops.domain.headings import FIELD_TITLES

    return [
        f"{one.participant_id} {shown(one.name)}: "
        f"{shell.say(FIELD_TITLES[one.field]) if one.field in FIELD_TITLES else one.field}: "
        f"{shown(one.before or '-')} → {shown(one.after or '-')}"
        for one in enrolment.differences
    ] or [shell.say("Nothing differs.")]


def _dry(shell: Shell, dry_run: bool) -> list[str]:
    return [shell.say("This is what would change; nothing was changed.")] if dry_run else []


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
    from eventops.domain.lookup import person_called

    with shell.changing(command) as change:
        found = person_called(person, load_participants(shell.documents))
        put_participant(change, msgspec.structs.replace(found, status=status))
    sentence = Text("{person} has withdrawn.") if status is Status.WITHDRAWN else Text("{person} takes part again.")
    shell.show({"id": found.id, "status": status.value}, [shell.say(sentence, person=f"{found.id} ({found.name})")])


# import


@participant.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Take a working list back: its cells replace what is stored.")
@click.option("--sheet", default="", help="The sheet to read, when the file has several.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column holds; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before the changes of --update are saved.")
@pass_shell
def import_participants(
    shell: Shell, file: Path, update: bool, sheet: str, maps: tuple[str, ...], dry_run: bool, yes: bool
) -> None:
    """Enrol the people of FILE (.xlsx or .csv, headings in Arabic, French or English)."""
    enrolment = import_file(
        shell, file, update=update, sheet=sheet, maps=maps, dry_run=dry_run, ask=update and not yes, speak=True
    )
    if enrolment.needs_person:
        raise click.exceptions.Exit(4)


def import_file(
    shell: Shell,
    file: Path,
    *,
    update: bool = False,
    sheet: str = "",
    maps: Sequence[str] = (),
    dry_run: bool = False,
    ask: bool = False,
    speak: bool = False,
) -> "Enrolment":
    """Reads, enrols, saves, writes the review file, and with `speak` says so.

    Errors: NotUsable for a file that cannot be read, nothing changed.
    """
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.cli.files import file_bytes

    data = file_bytes(file)
    sheets = sheets_of_workbook(data, file.name)
    answers = {"sheet": sheet, "columns": _maps(maps), "update": update}
    if speak and ask and not dry_run and not shell.json and sys.stdin.isatty():
        foreseen = _enrolled_sheets(shell, sheets, file.name, **answers)
        click.echo("\n".join(_difference_lines(shell, foreseen)))
        dry_run = not click.confirm(shell.say("Save these changes?"), default=True)
    with shell.changing("participant import --update" if update else "participant import", dry_run=dry_run) as change:
        enrolment = _enrolled_sheets(shell, sheets, file.name, **answers)
        _put_enrolment(shell, change, enrolment)
        towns = _town_findings(shell, enrolment)
    enrolment = msgspec.structs.replace(enrolment, findings=(*enrolment.findings, *towns))
    review = _write_review(shell, file, data, enrolment) if enrolment.refused and not dry_run else None
    if speak:
        if not shell.json:
            _say_recognised(shell, enrolment)
            shell.note_findings(enrolment.findings)
        _say_result(shell, enrolment, review, saved=not dry_run)
    return enrolment


def _enrolled_sheets(shell: Shell, sheets: "Sequence[Sheet]", file_name: str, **answers: Any) -> "Enrolment":
    """What importing the sheets does to the people enrolled now."""
    from eventops.application.enrol import enrolled
    from eventops.application.facts import load_participants

    return enrolled(
        sheets,
        file_name=file_name,
        event=shell.event,
        fields=fields_of(shell),
        existing=load_participants(shell.documents),
        today=shell.stamp("").at.date(),
        benefits=_benefits(shell),
        **answers,
    )


def _benefits(shell: Shell) -> "dict[str, Text]":
    """The benefits a working list may decide, by name."""
    return {one.value.name: one.value.title for one in shell.registry.of("eventops_benefits")}


def _maps(maps: Sequence[str]) -> dict[str, str]:
    """COLUMN=FIELD pairs. Errors: NotUsable."""
    pairs: dict[str, str] = {}
    for one in maps:
        column, equals, field = one.rpartition("=")
        if not equals or not column:
            raise NotUsable("“{text}” is not COLUMN=FIELD, for example “Ville=town”", text=one)
        pairs[column.strip()] = field.strip()
    return pairs


def _town_findings(shell: Shell, enrolment: "Enrolment") -> list[Finding]:
    """The towns of the new and changed people that are not settled."""
    from eventops.application.facts import load_pins
    from eventops.application.placing import load_placed
    from eventops.domain.plan import town_finding

    people = [*enrolment.added, *enrolment.updated]
    placed = load_placed(people, load_pins(shell.documents), shell.registry, shell.cache, shell.event)
    found = (town_finding(one, placed.placements[one.id]) for one in people)
    return [one for one in found if one is not None]


def _put_enrolment(shell: Shell, change: "Change", enrolment: "Enrolment") -> None:
    """Puts people and overrides into the open change."""
    from eventops.application.facts import put_override, put_participant
    from eventops.domain.rules import Outcome, Override

    stamp = shell.stamp("")
    for one in (*enrolment.added, *enrolment.updated):
        put_participant(change, one)
    for request in enrolment.overrides:
        put_override(
            change,
            Override(
                participant_id=request.participant_id,
                benefit=request.benefit,
                outcome=Outcome(request.outcome),
                reason=request.reason,
                by=stamp.actor,
                on=stamp.at.date(),
            ),
        )


def _write_review(shell: Shell, file: Path, data: bytes, enrolment: "Enrolment") -> Path:
    """The refused rows in the sender's own table, to correct and import again."""
    from eventops.adapters.review_files import review_workbook
    from eventops.cli.files import save_file

    folder = shell.folder / "review"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{file.stem}-review.xlsx"
    save_file(path, review_workbook(data, file.name, enrolment, shell.wording))
    return path


def _say_recognised(shell: Shell, enrolment: "Enrolment") -> None:
    """Which column was taken for what, on standard error."""
    from eventops.domain.headings import FIELD_TITLES

    for column in enrolment.columns:
        title = shell.say(FIELD_TITLES[column.field]) if column.field in FIELD_TITLES else column.field
        click.echo(f"  {column.letter:>3}  {shown(column.heading)}  →  {title}", err=True)


def _say_result(shell: Shell, enrolment: "Enrolment", review: Path | None, *, saved: bool) -> None:
    from eventops.application.views import finding_view

    counts = {
        "rows": enrolment.rows,
        "added": len(enrolment.added),
        "updated": len(enrolment.updated),
        "unchanged": enrolment.unchanged,
        "refused": len(enrolment.refused),
    }
    view = {
        **counts,
        "overrides": len(enrolment.overrides),
        "differences": [msgspec.to_builtins(one) for one in enrolment.differences],
        "review_file": str(review) if review is not None else None,
        "saved": saved,
        "findings": [finding_view(one, shell.wording) for one in enrolment.findings],
    }
    lines = [
        shell.say("{rows} rows: {added} added, {updated} updated, {unchanged} unchanged, {refused} refused", **counts)
    ]
    if enrolment.differences:
        lines += _difference_lines(shell, enrolment)
    if review is not None:
        lines.append(shell.say("Correct the marked cells in {file} and import it.", file=str(review)))
    if not saved:
        lines.append(shell.say("Nothing was changed."))
    shell.show(view, lines)
