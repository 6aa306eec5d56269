"""attendance import, mark, list: who was there, back from the signed list or by hand."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.days import DAY
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.application.attendance import ReadAttendance

SESSION = click.option("--session", default="", metavar="ID", help="They were, or were not, in this session.")
ON_DAY = click.option("--day", type=DAY, help="They were, or were not, there on this day.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")


@click.group(cls=Nouns)
def attendance() -> None:
    """Who was there: take the signed list back, or mark people by hand."""


@attendance.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@SESSION
@ON_DAY
@click.option("--sheet", default="", help="The sheet to read, when the file has several.")
@click.option("--blank-is-absent", is_flag=True, help="Who stands in the list without a mark was not there.")
@DRY_RUN
@pass_shell
def import_attendance(
    shell: Shell, file: Path, session: str, day: datetime | None, sheet: str, blank_is_absent: bool, dry_run: bool
) -> None:
    """Take FILE back (.xlsx or .csv): the signed list, the door's file, or any list of names with marks."""
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.application.attendance import attendance_read, attendance_table, checked_at, put_attendance
    from eventops.application.facts import load_participants
    from eventops.application.reading import read_file_of
    from eventops.cli.files import file_bytes
    from eventops.domain.folding import folded

    data = file_bytes(file)
    sheets = read_file_of(data, file.name, shell.registry, sheets_of_workbook, sheet=sheet, on_purpose=True).sheets
    chosen = [one for one in sheets if not sheet or folded(one.name) == folded(sheet)]
    if not chosen:
        names = tuple(one.name for one in sheets)
        raise NotUsable("{file} has no sheet “{sheet}”; it has {names}", file=file.name, sheet=sheet, names=names)
    at = checked_at(shell.event, session, day.date() if day else None)
    table = attendance_table(chosen, shell.event, file.name, at)
    with shell.changing("attendance import", dry_run=dry_run) as change:
        stamp = shell.stamp("attendance import")
        read = attendance_read(
            table,
            load_participants(shell.documents),
            file_name=file.name,
            on=stamp.at.date(),
            by=stamp.actor,
            blank_is_absent=blank_is_absent,
        )
        for mark in read.marks:
            put_attendance(change, mark)
    review = _write_review(shell, file, data, read) if read.doubtful and not dry_run else None
    shell.note_findings(one for row in read.doubtful for one in row.findings)
    _show_result(shell, read, review, dry_run)
    if read.doubtful:
        raise click.exceptions.Exit(4)


def _write_review(shell: Shell, file: Path, data: bytes, read: "ReadAttendance") -> Path:
    """The doubtful rows in the sender's own table, to correct and import again."""
    from eventops.adapters.review_files import review_workbook
    from eventops.application.refused import review_name
    from eventops.cli.files import save_file

    folder = shell.folder / "review"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / review_name(file.name)
    save_file(path, review_workbook(data, file.name, read.review, shell.wording))
    return path


def _show_result(shell: Shell, read: "ReadAttendance", review: Path | None, dry_run: bool) -> None:
    present = sum(one.present for one in read.marks)
    view = {
        "rows": read.rows,
        "present": present,
        "absent": len(read.marks) - present,
        "doubtful": [{"row": one.row, "name": one.name} for one in read.doubtful],
        "review": str(review) if review else None,
        "dry_run": dry_run,
    }
    sentence = Text("{present} marks of presence and {absent} of absence are kept, {doubtful} rows are doubtful")
    if dry_run:
        sentence = Text(
            "{present} marks of presence and {absent} of absence would be kept, {doubtful} rows are doubtful; "
            "nothing was changed"
        )
    lines = [shell.say(sentence, present=present, absent=len(read.marks) - present, doubtful=len(read.doubtful))]
    if review:
        lines.append(
            shell.say("The doubtful rows are in {file}; correct them and run attendance import again", file=str(review))
        )
    shell.show(view, lines)


@attendance.command("mark")
@click.argument("people", nargs=-1, required=True, metavar="PERSON…")
@SESSION
@ON_DAY
@click.option("--absent", is_flag=True, help="They were not there.")
@DRY_RUN
@pass_shell
def mark_attendance(
    shell: Shell, people: tuple[str, ...], session: str, day: datetime | None, absent: bool, dry_run: bool
) -> None:
    """PERSON was there: at the event, on a day, or in a session."""
    from eventops.application.attendance import checked_at, mark_of, put_attendance
    from eventops.application.facts import load_participants
    from eventops.domain.enrolling.lookup import person_called

    at = checked_at(shell.event, session, day.date() if day else None)
    with shell.changing("attendance mark", dry_run=dry_run) as change:
        stamp = shell.stamp("attendance mark")
        everybody = load_participants(shell.documents)
        meant = [person_called(one, everybody) for one in people]
        for person in meant:
            put_attendance(change, mark_of(person, present=not absent, at=at, on=stamp.at.date(), by=stamp.actor))
    words = (Text("{people}: absent"), Text("{people}: would be absent; nothing was changed"))
    if not absent:
        words = (Text("{people}: present"), Text("{people}: would be present; nothing was changed"))
    shell.show(
        {"people": [one.id for one in meant], "present": not absent, "at": at or None, "dry_run": dry_run},
        [shell.say(words[dry_run], people=", ".join(f"{one.id} {one.name}" for one in meant))],
    )


@attendance.command("list")
@SESSION
@ON_DAY
@pass_shell
def list_attendance(shell: Shell, session: str, day: datetime | None) -> None:
    """Every mark that is kept, with its source."""
    from eventops.application.attendance import checked_at
    from eventops.application.facts import load_participants
    from eventops.application.records import load_records

    at = checked_at(shell.event, session, day.date() if day else None)
    names = {old: one.name for one in load_participants(shell.documents) for old in (*one.merged, one.id)}
    marks = [one for one in load_records(shell.documents).attendance if not at or one.at == at]
    view, rows = [], []
    for one in marks:
        said = shell.say("present") if one.present else shell.say("absent")
        name = names.get(one.participant_id, "")
        rows.append((one.participant_id, name, one.at or "-", said, one.on, one.by, one.source or "-"))
        view.append(
            {
                "participant": one.participant_id,
                "name": name,
                "at": one.at or None,
                "present": one.present,
                "on": one.on,
                "by": one.by,
                "source": one.source or None,
            }
        )
    words = ("Id", "Name", "When", "Attendance", "Marked on", "By", "Read from")
    shell.show(view, table_lines([shell.say(one) for one in words], rows))
