"""agenda import and conflicts: programmes of others, and what cannot be at one time."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.event_edits import dry_run_option
from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text

if TYPE_CHECKING:
    from eventops.domain.scheduling.importing import Imported

KINDS = {
    "room": Text("room"),
    "speaker": Text("speaker"),
    "availability": Text("availability"),
    "stay": Text("stay"),
    "equipment": Text("equipment"),
    "capacity": Text("capacity"),
    "meal": Text("meal"),
}


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Remove the sessions the file does not have.")
@click.option(
    "--room-capacity",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many people a new room holds where the file does not say.",
)
@dry_run_option
@pass_shell
def import_programme(shell: Shell, file: Path, replace: bool, room_capacity: int | None, dry_run: bool) -> None:
    """Take the programme of FILE in: XML or JSON of frab, pretalx or pentabarf, or iCalendar. Sessions, rooms and
    speakers that came before are found again by their ids."""
    from eventops.adapters.schedule_files import read_programme
    from eventops.adapters.zones import load_zone, moment_in
    from eventops.application.facts import put_event
    from eventops.application.schedule import taken_in
    from eventops.cli.files import file_bytes

    data = file_bytes(file)
    with shell.changing("agenda import", dry_run=dry_run) as change:
        zone = load_zone(shell.event.timezone)
        programme = read_programme(data, file.name, shell.event.timezone)
        imported = taken_in(
            shell.event,
            programme,
            lambda moment: moment_in(moment, zone),
            room_capacity=room_capacity,
            replace=replace,
        )
        put_event(change, imported.event)
    shell.note_findings(imported.findings)
    _show(shell, imported, len(programme.entries), dry_run)


def _show(shell: Shell, imported: "Imported", read: int, dry_run: bool) -> None:
    sentence = Text(
        "{read} sessions read: {added} added, {changed} changed, {removed} removed; {rooms} new rooms, "
        "{speakers} new speakers"
    )
    lines = [
        shell.say(
            sentence,
            read=read,
            added=len(imported.added),
            changed=len(imported.changed),
            removed=len(imported.removed),
            rooms=len(imported.rooms),
            speakers=len(imported.speakers),
        )
    ]
    if dry_run:
        lines.append(shell.say("This would be fine; nothing was changed."))
    shell.show(
        {
            "read": read,
            "added": list(imported.added),
            "changed": list(imported.changed),
            "removed": list(imported.removed),
            "rooms": list(imported.rooms),
            "speakers": list(imported.speakers),
            "dry_run": dry_run,
        },
        lines,
    )


@click.command("conflicts", cls=Command)
@pass_shell
def list_conflicts(shell: Shell) -> None:
    """What cannot be at one time: rooms, speakers, equipment, places, stays and meals. Exits with 4 when there is
    any."""
    from eventops.application.schedule import conflict_view
    from eventops.domain.scheduling.conflicts import conflict_findings

    conflicts = shell.plan.ground.conflicts
    findings = conflict_findings(shell.plan.event, conflicts)
    rows = [
        (shell.say(KINDS[one.kind]), f"{one.starts_at:%Y-%m-%d %H:%M}", shell.say(told.message, **told.values))
        for one, told in zip(conflicts, findings, strict=True)
    ]
    headings = [shell.say(one) for one in ("Kind", "Starts", "Conflict")]
    view = [
        {**conflict_view(one), "message": shell.say(told.message, **told.values)}
        for one, told in zip(conflicts, findings, strict=True)
    ]
    shell.show(view, table_lines(headings, rows) if rows else [shell.say("Nothing collides.")])
    if conflicts:
        raise click.exceptions.Exit(4)
