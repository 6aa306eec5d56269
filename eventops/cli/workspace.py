"""init, history, undo, redo, doctor."""

from pathlib import Path

import click

from eventops.cli.shell import STORE_FILE, Command, Nouns, Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

# The kinds of documents, and what a change does to them.
KINDS = {
    "event": Text("event"),
    "participant": Text("participants"),
    "override": Text("decisions by hand"),
    "pin": Text("pinned towns"),
}
HOWS = {"added": Text("added"), "changed": Text("changed"), "removed": Text("removed")}


@click.command(cls=Command)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@pass_shell
def init(shell: Shell, folder: Path | None) -> None:
    """Make an empty workspace in FOLDER (here when not given)."""
    where = folder or shell.folder
    make_workspace(where)
    shell.show(
        {"workspace": str(where.absolute())},
        [
            shell.say("Made the workspace {folder}.", folder=str(where.absolute())),
            shell.say("Next: eventops -w {folder} event apply EVENT.toml", folder=str(where)),
        ],
    )


def make_workspace(folder: Path) -> None:
    """Makes the folder and an empty store in it. Errors: NotUsable when there already is one."""
    from eventops.adapters.tinydb_store import create_store

    file = folder / STORE_FILE
    if file.exists():
        raise NotUsable(
            "{folder} is already a workspace; choose another folder, or remove it", folder=str(folder.absolute())
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotUsable(
            "The folder {folder} cannot be made ({error}); choose another one",
            folder=str(folder),
            error=error.strerror or "",
        ) from error
    create_store(file)


@click.group(cls=Nouns, invoke_without_command=True)
@click.pass_context
@pass_shell
def history(shell: Shell, ctx: click.Context) -> None:
    """Who changed what, and when. It holds no personal data."""
    if ctx.invoked_subcommand is None:
        _show_history(shell)


def _show_history(shell: Shell) -> None:
    from eventops.cli.render import table_lines

    entries = shell.reading.history()
    headings = [shell.say(one) for one in ("No.", "When", "Who", "Command", "Changed", "Takes back")]
    rows = [
        (
            entry.number,
            f"{entry.at:%Y-%m-%d %H:%M}",
            entry.actor,
            entry.command,
            _changed(shell, entry.changed),
            entry.takes_back or "",
        )
        for entry in entries
    ]
    shell.show([_entry(entry) for entry in entries], table_lines(headings, rows))


def _entry(entry: object) -> object:
    import msgspec

    return msgspec.to_builtins(entry)


def _changed(shell: Shell, changed: tuple[tuple[str, str, str], ...]) -> str:
    from collections import Counter

    counts = Counter((how, kind) for kind, _, how in changed)
    return "; ".join(
        shell.say("{kind}: {count} {how}", kind=KINDS.get(kind, kind), count=count, how=HOWS.get(how, how))
        for (how, kind), count in sorted(counts.items())
    )


@history.command("verify", cls=Command)
@pass_shell
def verify_history(shell: Shell) -> None:
    """Check that no entry of the history was altered, removed or put in."""
    from eventops.domain.history import verify

    entries = shell.reading.history()
    finding = verify(entries)
    if finding is not None:
        shell.note_findings([finding])
        raise click.exceptions.Exit(4)
    head = entries[-1].hash if entries else ""
    shell.show(
        {"entries": len(entries), "head": head},
        [shell.say("{count} entries, unbroken; the last is {head}.", count=len(entries), head=head[:16])],
    )


@click.command(cls=Command)
@pass_shell
def undo(shell: Shell) -> None:
    """Take the last change back; `redo` makes it again."""
    entry = shell.store.take_back(shell.stamp("undo"), wait_seconds=shell.wait_seconds)
    undone = next(one for one in shell.reading.history() if one.number == entry.takes_back)
    shell.show(
        {"undone": entry.takes_back, "command": undone.command, "changed": len(entry.changed)},
        [
            shell.say(
                "Took back number {number}: {command} ({changed}).",
                number=undone.number,
                command=undone.command,
                changed=_changed(shell, undone.changed),
            )
        ],
    )


@click.command(cls=Command)
@pass_shell
def redo(shell: Shell) -> None:
    """Make again what the last undo took back."""
    entry = shell.store.redo(shell.stamp("redo"), wait_seconds=shell.wait_seconds)
    shell.show(
        {"redone": entry.takes_back, "changed": len(entry.changed)},
        [shell.say("Made it again ({changed}).", changed=_changed(shell, entry.changed))],
    )


@click.command(cls=Command)
@pass_shell
def doctor(shell: Shell) -> None:
    """Check the store, the event, the plan and the plugins; exit 4 when something needs a person."""
    from eventops.application.doctor import checked_workspace
    from eventops.application.views import finding_view
    from eventops.domain.findings import Severity

    findings = checked_workspace(shell.reading, shell.event, shell.registry, shell.plan)
    grave = [one for one in findings if one.severity is not Severity.INFORMATION]
    shell.show(
        {"well": not grave, "findings": [finding_view(one, shell.wording) for one in findings]},
        [
            shell.say("All is well.")
            if not grave
            else shell.say("{count} things need a person; eventops todo says what to do.", count=len(grave))
        ],
    )
    if not shell.json:
        shell.note_findings(findings)
    if grave:
        raise click.exceptions.Exit(4)


@history.command("restore", cls=Command)
@pass_shell
def restore_history(shell: Shell) -> None:
    """Put the newest good generation in the place of a damaged store; what was there is kept beside it."""
    from eventops.adapters.generations import restore_store

    stamp = shell.stamp("history restore")
    kept = restore_store(shell.store_file, holder=f"{stamp.actor}, history restore", wait_seconds=shell.wait_seconds)
    shell.show(
        {"generation": kept.number, "at": kept.at},
        [shell.say("Restored generation {number} of {at}.", number=kept.number, at=kept.at or "?")],
    )
