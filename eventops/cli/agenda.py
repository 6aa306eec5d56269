"""agenda list, add, set, remove; import and conflicts."""

from typing import Any

import click
import msgspec

from eventops.cli.agenda_files import import_programme, list_conflicts
from eventops.cli.event_edits import (
    dry_run_option,
    hour_options,
    item_called,
    items_with,
    items_without,
    moment_at,
    new_id,
    save_checked,
    title_options,
    title_with,
)
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.event import Session
from eventops.domain.texts import Text
from eventops.errors import NotUsable

SESSION = Text("session")
KINDS = {
    "reception": Text("reception"),
    "plenary": Text("plenary"),
    "workshop": Text("workshop"),
    "break": Text("break"),
    "meal": Text("meal"),
}


@click.group(cls=Nouns)
def agenda() -> None:
    """The sessions of the event."""


agenda.add_command(import_programme)
agenda.add_command(list_conflicts)


@agenda.command("list")
@pass_shell
def list_sessions(shell: Shell) -> None:
    """The agenda, session by session."""
    from eventops.application.facts import document_of

    headings = [shell.say(one) for one in ("Session", "Starts", "Ends", "Title", "Room", "Kind")]
    sessions = sorted(shell.event.agenda, key=lambda one: (one.starts_at, one.id))
    rows = [
        (
            one.id,
            f"{one.starts_at:%Y-%m-%d %H:%M}",
            f"{one.ends_at:%H:%M}",
            shell.say(one.title),
            one.room,
            shell.say(KINDS.get(one.kind, one.kind)),
        )
        for one in sessions
    ]
    shell.show([document_of(one) for one in sessions], table_lines(headings, rows))


@agenda.command("add")
@click.argument("session")
@title_options
@hour_options
@click.option("--room", default="", help="The room it takes place in.")
@click.option("--kind", default="plenary", help="reception, plenary, workshop, break or meal.")
@dry_run_option
@pass_shell
def add_session(shell: Shell, /, session: str, starts: str | None, ends: str | None, **options: Any) -> None:
    """Add the session SESSION (a short id like opening)."""
    if not starts or not ends:
        raise NotUsable("A session needs --starts and --ends, like --starts “2023-10-14 11:00”")
    made = Session(
        id=new_id(shell.event.agenda, session, SESSION),
        title=title_with(Text(session), options["title"], options["title_fr"], options["title_ar"]),
        starts_at=moment_at(shell, starts),
        ends_at=moment_at(shell, ends),
        room=options["room"],
        kind=options["kind"],
    )
    _save_agenda(shell, (*shell.event.agenda, made), "agenda add", options["dry_run"], session)


@agenda.command("set")
@click.argument("session")
@title_options
@hour_options
@click.option("--room", help="The room it takes place in.")
@click.option("--kind", help="reception, plenary, workshop, break or meal.")
@dry_run_option
@pass_shell
def set_session(shell: Shell, /, session: str, starts: str | None, ends: str | None, **options: Any) -> None:
    """Change the session SESSION."""
    before = item_called(shell.event.agenda, session, SESSION)
    after = msgspec.structs.replace(
        before,
        title=title_with(before.title, options["title"], options["title_fr"], options["title_ar"]),
        starts_at=moment_at(shell, starts) if starts else before.starts_at,
        ends_at=moment_at(shell, ends) if ends else before.ends_at,
        room=before.room if options["room"] is None else options["room"],
        kind=before.kind if options["kind"] is None else options["kind"],
    )
    _save_agenda(shell, items_with(shell.event.agenda, after), "agenda set", options["dry_run"], session)


@agenda.command("remove")
@click.argument("session")
@dry_run_option
@pass_shell
def remove_session(shell: Shell, session: str, dry_run: bool) -> None:
    """Remove the session SESSION."""
    item_called(shell.event.agenda, session, SESSION)
    _save_agenda(shell, items_without(shell.event.agenda, session), "agenda remove", dry_run, session)


def _save_agenda(shell: Shell, sessions: tuple[Session, ...], command: str, dry_run: bool, session: str) -> None:
    if not sessions:
        raise NotUsable("An event needs at least one session; add another one first")
    save_checked(shell, msgspec.structs.replace(shell.event, agenda=sessions), command, dry_run, {"session": session})
