"""init, history, undo, redo, doctor."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Command, Nouns
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage

if TYPE_CHECKING:
    from eventops.extension.ports import Stamp
    from eventops.extension.spec import StoreScheme

# Fewer signs of a hash would be met by chance.
SHORTEST_HASH = 8

# The kinds of documents, and what a change does to them.
KINDS = {
    "event": Text("event"),
    "participant": Text("participants"),
    "override": Text("decisions by hand"),
    "approval": Text("approvals"),
    "approved": Text("approved decisions"),
    "adoption": Text("adopted criteria"),
    "claim": Text("claims"),
    "forgotten_money": Text("amounts kept of people who were forgotten"),
    "pin": Text("pinned towns"),
    "road": Text("known roads"),
    "lodging_wish": Text("wishes for rooms"),
    "room_placement": Text("rooms given by hand"),
    "rooming_list": Text("rooming lists"),
    "travel_choice": Text("ways of travelling"),
    "ride_plan": Text("accepted rides"),
    "export": Text("files that left"),
    "refused": Text("refused rows"),
    "mapping": Text("column answers"),
    "seat": Text("answers about seats"),
    "invitation": Text("invitations of institutions"),
    "delegate": Text("delegates"),
    "draw": Text("draws of lots"),
    "attendance": Text("attendance"),
    "presence": Text("times of presence"),
    "meal_served": Text("counts of meals served"),
    "material": Text("material"),
    "loan": Text("material given out"),
    "workshop_run": Text("workshop assignments"),
    "workshop_seat": Text("places in workshops"),
    "workspace": Text("workspace"),
}
HOWS = {"added": Text("added"), "changed": Text("changed"), "removed": Text("removed")}


@click.command(cls=Command)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--store",
    "store_name",
    default="",
    metavar="STORE",
    help="tinydb (one file, when not given), sqlite (for large events), or the URL of a server.",
)
@pass_shell
def init(shell: Shell, folder: Path | None, store_name: str) -> None:
    """Make an empty workspace in FOLDER (here when not given)."""
    from eventops.adapters.folders import read_folder_findings
    from eventops.cli.store import named_store

    where = folder or shell.folder
    scheme, url = named_store(shell, store_name or shell.given_store or "tinydb", where)
    make_workspace(where, scheme, url, shell.stamp("init"))
    shell.note_findings(read_folder_findings(where))
    shell.show(
        {"workspace": str(where.absolute())},
        [
            shell.say("Made the workspace {folder}.", folder=str(where.absolute())),
            shell.say("Next: eventops -w {folder} event apply EVENT.toml", folder=str(where)),
        ],
    )


def make_workspace(folder: Path, scheme: "StoreScheme", url: str, stamp: "Stamp") -> None:
    """Makes the folder and a store for it, with the secret behind its pseudonyms and nothing else.

    Errors: NotUsable when there already is one.
    """
    import secrets

    from msgspec.structs import replace

    from eventops.adapters.store_urls import DEFAULT_URL, URL_FILE, absolute, relative, save_store_url
    from eventops.application.sent_files import put_secret
    from eventops.cli.store import create_store

    default = absolute(DEFAULT_URL, folder)
    if (folder / URL_FILE).exists() or Path(default.partition(":")[2]).exists():
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
    create_store(scheme, url)
    if url != default:
        save_store_url(folder, relative(url, folder))
    # Never undone: pseudonyms of files that left must stay what they are.
    with scheme.open(url).change(replace(stamp, final=True)) as change:
        put_secret(change, secrets.token_bytes)


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
@click.argument("hash", required=False, default="")
@pass_shell
def verify_history(shell: Shell, hash: str) -> None:
    """Check that no entry of the history was altered, removed or put in.

    With HASH, as an export or an approval shows it (its beginning is enough), also that nothing up to that entry was
    rewritten and none of it cut off.
    """
    from eventops.domain.keeping.history import verify

    entries = shell.reading.history()
    finding = verify(entries, _known_hash(hash))
    if finding is not None:
        shell.note_findings([finding])
        raise click.exceptions.Exit(4)
    head = entries[-1].hash if entries else ""
    shell.show(
        {"entries": len(entries), "head": head},
        [shell.say("{count} entries, unbroken; the last is {head}.", count=len(entries), head=head[:16])],
    )


def _known_hash(text: str) -> str:
    """A hash as somebody typed it from paper, perhaps with the number before it. Errors: WrongUsage."""
    letters = text.lower().split("·")[-1].replace(" ", "")
    if letters and (len(letters) < SHORTEST_HASH or not set(letters) <= set("0123456789abcdef")):
        raise WrongUsage(
            "“{hash}” is no hash: give at least {count} of its signs, digits and the letters a to f, as the file "
            "shows them",
            hash=text,
            count=SHORTEST_HASH,
        )
    return letters


@click.command(cls=Command)
@click.argument("number", required=False, type=int)
@pass_shell
def undo(shell: Shell, number: int | None) -> None:
    """Take the last change back; `redo` makes it again.

    NUMBER, as `history` shows it, makes sure that it is that change. It is asked for when the newest change is one
    that cannot be taken back, such as forgetting a person.
    """
    from eventops.domain.keeping.history import check_undo

    check_undo(shell.reading.history(), number)
    # A store cannot clear away what somebody still reads.
    shell.forget_reading()
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
@click.option("--deep", is_flag=True, help="Read everything that is kept, earlier versions and copies too.")
@pass_shell
def doctor(shell: Shell, deep: bool) -> None:
    """Check the store, the files, the event, the plan and the plugins; exit 4 when something needs a person."""
    from eventops.application.views import finding_view
    from eventops.cli.doctor import findings_of
    from eventops.domain.findings import Severity

    findings = findings_of(shell, deep=deep)
    shell.told(findings)
    grave = [one for one in findings if one.severity is not Severity.INFORMATION]
    shell.show(
        {"well": not grave, "findings": [finding_view(one, shell.wording) for one in findings]},
        [
            shell.say("All is well.")
            if not grave
            else shell.say("Findings that need a person: {count}. Each says what to do.", count=len(grave))
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
    url = shell.store_url
    scheme = shell.store_scheme(url)
    if scheme.restore is None:
        raise NotUsable(
            "A store of the kind {scheme} keeps no copies beside it; bring it back from the backup of its server",
            scheme=scheme.name,
        )
    holder = f"{shell.stamp('').actor}, history restore"
    number, at = scheme.restore(url, holder, shell.wait_seconds)
    shell.show(
        {"generation": number, "at": at},
        [shell.say("Restored generation {number} of {at}.", number=number, at=at or "?")],
    )
