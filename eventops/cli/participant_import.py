"""participant import: a sheet of registrations, or a working list taken back."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from eventops.application.overriding import OverrideChange, override_changes
from eventops.cli.nouns import Command
from eventops.cli.render import shown
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.findings import Finding
from eventops.domain.people import Participant
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.application.row_reading import RowFacts
    from eventops.domain.enrolling.enrolment import Difference, Enrolment
    from eventops.domain.enrolling.sheets import Sheet
    from eventops.extension.ports import Change


# So many rows take a second or more.
_LONG_WORK = 5_000
ON_SHEET = Text("sheet {sheet}, {said}")


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do: people, decisions by hand, and where the refused rows are."""

    enrolment: "Enrolment"
    overrides: tuple[OverrideChange, ...]
    review: Path | None
    saved: bool


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Take a working list back: its cells replace what is stored.")
@click.option("--sheet", default="", help="The sheet to read, when the file has several.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column holds; may be repeated.")
@click.option("--waiting-list", is_flag=True, help="Enrol the people of a waiting list on purpose.")
@click.option("--no-saved-map", "fresh", is_flag=True, help="Do not use answers given for an earlier file.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before the changes of --update are saved.")
@pass_shell
def import_participants(
    shell: Shell,
    /,
    file: Path,
    update: bool,
    sheet: str,
    maps: tuple[str, ...],
    waiting_list: bool,
    fresh: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Enrol the people of FILE (.xlsx or .csv, headings in Arabic, French or English)."""
    answers = {"update": update, "sheet": sheet, "columns": _maps(maps), "fresh": fresh, "waiting_list": waiting_list}
    if update and not (dry_run or yes or shell.json) and sys.stdin.isatty():
        foreseen = import_file(shell, file, answers, dry_run=True)
        click.echo("\n".join(_change_lines(shell, foreseen)))
        dry_run = not click.confirm(shell.say("Save these changes?"), default=True)
    done = import_file(shell, file, answers, dry_run=dry_run)
    if not shell.json:
        _say_recognised(shell, done.enrolment)
        shell.note_findings(done.enrolment.findings)
    _say_result(shell, done)
    if done.enrolment.needs_person:
        raise click.exceptions.Exit(4)


def import_file(shell: Shell, file: Path, answers: Mapping[str, Any] | None = None, *, dry_run: bool = False) -> Import:
    """Reads the file, enrols its people, saves them and writes the review file.

    `answers` are the options of the command. Errors: NotUsable for a file that cannot be read, nothing changed.
    """
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.application.facts import load_participants
    from eventops.application.mappings import put_answers, reused_finding, saved_answers
    from eventops.application.reading import read_file_of
    from eventops.application.refused import put_refused
    from eventops.cli.files import file_bytes

    answers = dict(answers or {})
    data = _opened(shell, file_bytes(file), file.name)
    given = {"sheet": answers.get("sheet", ""), "columns": dict(answers.get("columns") or {})}
    read = read_file_of(
        data,
        file.name,
        shell.registry,
        sheets_of_workbook,
        sheet=given["sheet"],
        on_purpose=answers.pop("waiting_list", False),
    )
    saved = None if answers.pop("fresh", False) else saved_answers(shell.documents, read.sheets)
    answers["sheet"] = given["sheet"] or (saved.sheet if saved else "") or read.sheet
    answers["columns"] = {**read.columns, **(saved.columns if saved else {}), **given["columns"]}
    command = "participant import --update" if answers.get("update") else "participant import"
    with shell.changing(command, dry_run=dry_run) as change:
        enrolment = _enrolled_sheets(shell, read.sheets, file.name, **answers)
        overrides = _overrides_of(shell, enrolment)
        _put_all(change, enrolment, overrides)
        if any(given.values()) and not enrolment.unanswered:
            put_answers(change, _headings_of(enrolment, read.sheets), **given)
        put_refused(change, enrolment, file.name, load_participants(shell.documents))
        towns = town_findings(shell, (*enrolment.added, *enrolment.updated))
    said = (*read.findings, *([reused_finding(saved, file.name)] if saved else ()))
    findings = (*said, *enrolment.findings)
    if sum(any(one.rows) for one in read.sheets) > 1:
        findings = tuple(_on_its_sheet(one) for one in findings)
    enrolment = msgspec.structs.replace(enrolment, findings=(*findings, *towns))
    review = _write_review(shell, file, data, enrolment) if enrolment.refused and not dry_run else None
    return Import(enrolment=enrolment, overrides=overrides, review=review, saved=not dry_run)


def _on_its_sheet(finding: Finding) -> Finding:
    """The finding with the sheet it is on, where the file has several."""
    from eventops.domain.texts import Message

    if not finding.source.sheet or not {"row", "column"} & set(finding.values) or "sheet" in finding.values:
        return finding
    said = Message(finding.message, dict(finding.values))
    values = {**finding.values, "sheet": finding.source.sheet, "said": said}
    return msgspec.structs.replace(finding, message=ON_SHEET, values=values)


def _opened(shell: Shell, data: bytes, file_name: str) -> bytes:
    """The bytes, without their password when they have one. Errors: NotUsable for a wrong password."""
    from eventops.adapters.workbook_passwords import decrypted, is_encrypted
    from eventops.cli.export_files import PASSWORD_VARIABLE

    if not is_encrypted(data):
        return data
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password and sys.stdin.isatty():
        question = shell.say("Password of {file}", file=file_name)
        password = click.prompt(question, hide_input=True, err=True, default="", show_default=False)
    # Without one the reader says what to do.
    return decrypted(data, password, file_name) if password else data


def _headings_of(enrolment: "Enrolment", sheets: "Sequence[Sheet]") -> list[str]:
    """The headings of the table that was read, as they stand in its row."""
    from eventops.domain.enrolling.cell_values import text_in

    sheet = next(one for one in sheets if one.name == enrolment.sheet)
    return [text_in(cell) for cell in sheet.rows[enrolment.header_row - sheet.first_row]]


def _enrolled_sheets(shell: Shell, sheets: "Sequence[Sheet]", file_name: str, **answers: Any) -> "Enrolment":
    """What importing the sheets does to the people enrolled now."""
    from eventops.application.enrol import enrolled
    from eventops.application.facts import forgotten_ids, load_participants

    return enrolled(
        sheets,
        file_name=file_name,
        event=shell.event,
        fields=fields_of(shell),
        existing=load_participants(shell.documents),
        today=shell.stamp("").at.date(),
        benefits=_benefits(shell),
        forgotten=forgotten_ids(shell.reading),
        watched=lambda rows: _watched(shell, rows),
        **answers,
    )


def _watched(shell: Shell, rows: "Sequence[RowFacts]") -> "Iterator[RowFacts]":
    """The rows, with how far they are on a terminal when there are many."""
    if len(rows) < _LONG_WORK or not sys.stderr.isatty():
        yield from rows
        return
    with click.progressbar(rows, label=shell.say("Enrolling people"), file=sys.stderr) as bar:
        yield from bar


def _benefits(shell: Shell) -> dict[str, Text]:
    """The benefits a working list may decide, by name."""
    return {one.value.name: one.value.title for one in shell.registry.of("eventops_benefits")}


def _maps(maps: Sequence[str]) -> dict[str, str]:
    """COLUMN=FIELD pairs. Errors: NotUsable."""
    pairs: dict[str, str] = {}
    for one in maps:
        column, equals, field = one.rpartition("=")
        if not equals or not column:
            raise NotUsable("“{given}” is not COLUMN=FIELD, for example “Ville=town”", given=one)
        pairs[column.strip()] = field.strip()
    return pairs


def fields_of(shell: Shell) -> tuple[Any, ...]:
    """The questions the event's plugins ask on their forms."""
    return tuple(one.value for one in shell.registry.of("eventops_fields"))


def town_findings(shell: Shell, people: Sequence[Participant]) -> list[Finding]:
    """The towns of these people that are not settled."""
    from eventops.application.facts import load_pins
    from eventops.application.placing import load_placed
    from eventops.domain.plan import town_finding

    placed = load_placed(people, load_pins(shell.documents), shell.registry, shell.cache, shell.event)
    found = (town_finding(one, placed.placements[one.id]) for one in people)
    return [one for one in found if one is not None]


def _overrides_of(shell: Shell, enrolment: "Enrolment") -> tuple[OverrideChange, ...]:
    from eventops.application.facts import load_overrides

    stamp = shell.stamp("")
    return override_changes(enrolment, load_overrides(shell.documents), by=stamp.actor, on=stamp.at.date())


def _put_all(change: "Change", enrolment: "Enrolment", overrides: Sequence[OverrideChange]) -> None:
    """Puts people and decisions by hand into the open change."""
    from eventops.application.facts import put_override, put_participant, remove_override

    for person in (*enrolment.added, *enrolment.updated):
        put_participant(change, person)
    for one in overrides:
        if one.after is not None:
            put_override(change, one.after)
        else:
            remove_override(change, *one.subject)


def _write_review(shell: Shell, file: Path, data: bytes, enrolment: "Enrolment") -> Path:
    """The refused rows in the sender's own table, to correct and import again."""
    from eventops.adapters.review_files import review_workbook
    from eventops.application.refused import review_name
    from eventops.cli.files import save_file
    from eventops.domain.enrolling.questions import language_of

    folder = shell.folder / "review"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / review_name(file.name)
    # Its sender reads the comments: in the language they head their columns in, whoever imports.
    language = language_of([*(one.heading for one in enrolment.columns), *(one.heading for one in enrolment.ignored)])
    wording = shell.wording_in(language) if language else shell.wording
    save_file(path, review_workbook(data, file.name, enrolment, wording))
    return path


def _say_recognised(shell: Shell, enrolment: "Enrolment") -> None:
    """Which column was taken for what, on standard error."""
    from eventops.domain.enrolling.headings import FIELD_TITLES

    for column in enrolment.columns:
        title = (
            shell.say(FIELD_TITLES[column.field]) if column.field in FIELD_TITLES else _other_title(shell, column.field)
        )
        click.echo(f"  {column.letter:>3}  {shown(column.heading)}  →  {title}", err=True)


def _other_title(shell: Shell, field: str) -> str:
    """The title of a decision by hand or of a plugin's question."""
    from eventops.domain.enrolling.headings import OVERRIDE_REASON_TITLE, OVERRIDE_TITLE

    for suffix, title in (("_override_reason", OVERRIDE_REASON_TITLE), ("_override", OVERRIDE_TITLE)):
        benefit = _benefits(shell).get(field.removesuffix(suffix)) if field.endswith(suffix) else None
        if benefit is not None:
            return shell.say(title, benefit=benefit)
    asked = next((one.title for one in fields_of(shell) if one.name == field), None)
    return shell.say(asked) if asked is not None else field


def _say_result(shell: Shell, done: Import) -> None:
    from eventops.application.views import finding_view, override_change_view

    enrolment = done.enrolment
    counts = {
        "rows": enrolment.rows,
        "added": len(enrolment.added),
        "updated": len(enrolment.updated),
        "unchanged": enrolment.unchanged,
        "refused": len(enrolment.refused),
    }
    view = {
        **counts,
        "differences": [msgspec.to_builtins(one) for one in enrolment.differences],
        "overrides": [override_change_view(one) for one in done.overrides],
        "review_file": str(done.review) if done.review is not None else None,
        "saved": done.saved,
        "findings": [finding_view(one, shell.wording) for one in enrolment.findings],
    }
    lines = [
        shell.say("{rows} rows: {added} added, {updated} updated, {unchanged} unchanged, {refused} refused", **counts)
    ]
    if enrolment.differences or done.overrides:
        lines += _change_lines(shell, done)
    if done.review is not None:
        lines.append(shell.say("Correct the marked cells in {file} and import it.", file=str(done.review)))
    if not done.saved:
        lines.append(shell.say("Nothing was changed."))
    shell.show(view, lines)


def _change_lines(shell: Shell, done: Import) -> list[str]:
    lines = [*difference_lines(shell, done.enrolment.differences), *_override_lines(shell, done)]
    return lines or [shell.say("Nothing differs.")]


def difference_lines(shell: Shell, differences: Iterable["Difference"]) -> list[str]:
    """One line a fact: whose, which, what it was and what it becomes."""
    from eventops.domain.enrolling.headings import FIELD_TITLES

    titles = _answer_titles(shell)
    return [
        shell.say(
            "{person}: {field}: {before} → {after}",
            person=f"{one.participant_id} {shown(one.name)}",
            field=FIELD_TITLES.get(one.field, one.field),
            before=_worded(shell, one.before, titles.get(one.field, {})),
            after=_worded(shell, one.after, titles.get(one.field, {})),
        )
        for one in differences
    ]


def _worded(shell: Shell, value: object, titles: "Mapping[str, Text]") -> str:
    """Yes, no and answers to closed questions by their words, everything else as it is stored."""
    if value in (None, ""):
        return "-"
    if isinstance(value, bool):
        return shell.wording.value(value)
    parts = str(value).split(", ") if titles else ()
    if parts and all(part in titles for part in parts):
        return ", ".join(shell.say(titles[part]) for part in parts)
    return shown(value)


def _answer_titles(shell: Shell) -> "dict[str, dict[str, Text]]":
    """The words for each stored answer, by field."""
    from eventops.domain.enrolling.choices import GENDERS, LANGUAGES, ROLES, STATUSES
    from eventops.domain.enrolling.registrations import lexicons_of

    closed = lexicons_of(shell.event)
    choices = {
        "gender": GENDERS,
        "language": LANGUAGES,
        "role": ROLES,
        "status": STATUSES,
        "category": closed.category.choices,
        "diet": closed.diet.choices,
        "inclusion": closed.inclusion.choices,
        "workshops": closed.workshops.choices,
        "association": closed.associations.choices,
        "consent_share": closed.sponsors.choices,
    }
    return {field: {one.id: one.title for one in among} for field, among in choices.items()}


def _override_lines(shell: Shell, done: Import) -> list[str]:
    """One line a decision by hand that is new, other or taken away."""
    from eventops.domain.reporting.labels import label_of

    titles = {one.value.name: one.value.title for one in shell.registry.of("eventops_benefits")}
    lines = []
    for one in done.overrides:
        person, benefit = one.subject
        before = shell.say(label_of(one.before.outcome)) if one.before is not None else "-"
        after = shell.say(label_of(one.after.outcome)) if one.after is not None else "-"
        reason = f" ({shown(one.after.reason)})" if one.after is not None else ""
        title = shell.say("{benefit}, decided by hand", benefit=titles.get(benefit, benefit))
        lines.append(f"{person}: {title}: {before} → {after}{reason}")
    return lines
