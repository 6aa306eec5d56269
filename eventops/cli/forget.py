"""participant forget: a person taken out of the store, of all that is kept, and of the files of the workspace."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from eventops.cli.nouns import Command
from eventops.cli.render import shown
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.keeping.forgetting import PersonSigns, signs_of
from eventops.domain.people import Participant
from eventops.domain.texts import Text
from eventops.errors import StoreUnavailable, WrongUsage

if TYPE_CHECKING:
    from eventops.application.forget import Known

# Folders of the workspace in which everything can be made again.
_DERIVED = ("cache", "review", "exports")


class Traces(Struct, frozen=True, kw_only=True):
    """Files of the workspace that tell of a person: those eventops made and removes, those of the user, other stores,
    and those nobody can look into. `silent` are the hashes of exports that do not tell of them."""

    derived: tuple[Path, ...]
    own: tuple[Path, ...]
    stores: tuple[str, ...]
    sealed: tuple[Path, ...]
    silent: frozenset[str]


@click.command("forget", cls=Command)
@click.argument("person")
@click.option("--dry-run", is_flag=True, help="Show what would be forgotten; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before forgetting, which cannot be undone.")
@pass_shell
def forget_participant(shell: Shell, person: str, dry_run: bool, yes: bool) -> None:
    """Erase PERSON for good, from the store and all its earlier versions, and from the files eventops made.

    Prints what only people can do: files that left and should be recalled, and files of your own that name PERSON.
    """
    from eventops.application.facts import load_participants
    from eventops.application.forget import known_of
    from eventops.domain.enrolling.lookup import person_called

    found = person_called(person, load_participants(shell.documents))
    known = known_of(shell.reading, shell.registry, found)
    traces = _traces(shell, found, signs_of(found))
    known = replace(known, sent=tuple(one for one in known.sent if one.sha256 not in traces.silent))
    if not dry_run and not yes:
        if shell.json or not sys.stdin.isatty():
            raise WrongUsage("Forgetting cannot be undone; give --yes to do it, or --dry-run to see what it would do")
        click.echo("\n".join(_plan_lines(shell, found, known, traces)), err=True)
        question = shell.say("Forget {person} for good?", person=f"{found.id} ({found.name})")
        if not click.confirm(question, default=False, err=True):
            dry_run = True
    erased = {} if dry_run else _forget(shell, found, known, traces)
    lines = _plan_lines(shell, found, known, traces) if dry_run else _done_lines(shell, found, known, traces)
    shell.show(_view(found, known, traces, erased, dry_run), [*lines, *_left_lines(shell, found, known, traces)])
    if not dry_run and (known.sent or known.mentions or traces.own or traces.sealed):
        raise click.exceptions.Exit(4)


def _traces(shell: Shell, person: Participant, signs: PersonSigns) -> Traces:
    """Looks into every file of the workspace but the store's own. Errors: NotUsable when one cannot be read."""
    from eventops.adapters.entered_file import marks_running
    from eventops.adapters.store_detection import read_store_urls
    from eventops.adapters.store_urls import URL_FILE, file_of
    from eventops.adapters.traces import is_sealed, tells_of

    stores = read_store_urls(shell.folder, but=file_of(shell.store_url))
    derived: list[Path] = []
    own: list[Path] = []
    sealed: list[Path] = []
    silent: set[str] = set()
    for file, place in _files(shell.folder, {shell.store_url, *stores}):
        if place == "cache":
            if not marks_running(file):
                derived.append(file)  # towns looked up may be so small that they point to one family
        elif place in _DERIVED:
            # A file for somebody without names still holds a line about the person.
            if tells_of(file, signs, person.id if place == "exports" else "") or is_sealed(file):
                derived.append(file)
            elif place == "exports":
                silent.add(sha256(file.read_bytes()).hexdigest())
        elif is_sealed(file):
            sealed.append(file)
        elif file.name != URL_FILE and tells_of(file, signs):
            own.append(file)
    return Traces(derived=tuple(derived), own=tuple(own), stores=stores, sealed=tuple(sealed), silent=frozenset(silent))


def _files(folder: Path, urls: set[str]) -> Iterator[tuple[Path, str]]:
    """The files of a workspace but the stores with all that is beside them, each with the folder it is in."""
    from eventops.adapters.store_detection import belongs_to
    from eventops.adapters.store_urls import file_of
    from eventops.adapters.traces import files_in

    stores = [file for url in urls if (file := file_of(url)) is not None]
    for file in files_in(folder):
        if not any(belongs_to(file.absolute(), store) for store in stores):
            inside = file.relative_to(folder).parts
            yield file, inside[0] if len(inside) > 1 else ""


def _forget(shell: Shell, person: Participant, known: "Known", traces: Traces) -> dict[str, int]:
    """The store last: as long as it knows the person, a command that was cut short can be given again."""
    from eventops.application.forget import erase_person, erase_with_plugins, left_of_all
    from eventops.application.refused import marks_of

    erased = erase_with_plugins(known.erasures, person)
    for file in traces.derived:
        _remove(file)
    # A store cannot clear away what somebody still reads.
    shell.forget_reading()
    stamp = shell.stamp("participant forget")
    for url in traces.stores:
        erase_person(shell.store_scheme(url).open(url), stamp, person, wait_seconds=shell.wait_seconds)
    erase_person(shell.store, stamp, person, wait_seconds=shell.wait_seconds)
    now = shell.store.snapshot()
    marks = frozenset(marks_of(person))
    for kind in now.kinds():
        for id, document in now.items(kind):
            if left_of_all(kind, id, document, person, marks) != document:
                raise StoreUnavailable(
                    "The store still holds {kind} {id}: somebody added it meanwhile. Give the command again.",
                    kind=kind,
                    id=id,
                )
    return erased


def _remove(file: Path) -> None:
    """Errors: StoreUnavailable."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            "{file} cannot be removed ({error}), so the person is not forgotten yet; close it in other programs and "
            "give the command again",
            file=str(file),
            error=error.strerror or "",
        ) from error


def _plan_lines(shell: Shell, person: Participant, known: "Known", traces: Traces) -> list[str]:
    lines = [shell.say("{person} would be forgotten:", person=f"{person.id} ({shown(person.name)})")]
    lines += [f"  {kind} {id}" for kind, id in (*known.removed, *known.changed)]
    lines.append(shell.say("  in the store and in every earlier version of it that is kept"))
    lines += [shell.say("  in the other store {store}", store=url) for url in traces.stores]
    if known.paid_claims:
        lines.append(
            shell.say(
                "  {count} paid claims would stay in the accounts as a sum of forgotten people, without id, name or "
                "receipt",
                count=known.paid_claims,
            )
        )
    lines += [shell.say("  in what the plugin keeps: {name}", name=one.name) for one in known.erasures]
    lines += [shell.say("  {file} would be removed", file=str(file)) for file in traces.derived]
    return lines


def _done_lines(shell: Shell, person: Participant, known: "Known", traces: Traces) -> list[str]:
    lines = [
        shell.say(
            "{person} is forgotten: {documents} documents in the store and its earlier versions, {files} files "
            "removed. It cannot be undone.",
            person=person.id,
            documents=len(known.removed) + len(known.changed),
            files=len(traces.derived),
        )
    ]
    if known.paid_claims:
        lines.append(
            shell.say(
                "{count} paid claims stay in the accounts as a sum of forgotten people, without id, name or receipt.",
                count=known.paid_claims,
            )
        )
    lines += [shell.say("Removed {file}.", file=str(file)) for file in traces.derived]
    return lines


def _left_lines(shell: Shell, person: Participant, known: "Known", traces: Traces) -> list[str]:
    """What people must do."""
    lines: list[str] = []
    if known.sent:
        lines.append(shell.say("Already sent, and may tell of {person}: recall these", person=person.id))
        lines += [
            f"  {one.at:%Y-%m-%d %H:%M}  {one.file}  {one.audience} {one.for_id}  {one.sha256}" for one in known.sent
        ]
    if traces.own or traces.sealed:
        lines.append(shell.say("Your own files, which eventops never changes: take {person} out", person=person.id))
        lines += [f"  {file}" for file in traces.own]
        lines += [shell.say("  {file} (under a password: look yourself)", file=str(file)) for file in traces.sealed]
    if known.mentions:
        lines.append(shell.say("Named in what belongs to others: reword these"))
        lines += [f"  {one.kind} {one.id}: {one.field}" for one in known.mentions]
    source = person.source
    if source.file:
        message = Text("The registration came from {file}, row {row}: importing that file again would enrol it again.")
        lines.append(shell.say(message, file=source.file, row=source.row or "?"))
    return lines


def _view(person: Participant, known: "Known", traces: Traces, erased: dict[str, int], dry_run: bool) -> dict[str, Any]:
    return {
        "participant": person.id,
        "dry_run": dry_run,
        "documents": [{"kind": kind, "id": id} for kind, id in (*known.removed, *known.changed)],
        "files": [str(file) for file in traces.derived],
        "stores": list(traces.stores),
        "paid_claims": known.paid_claims,
        "plugins": erased,
        "recall": [
            {"file": one.file, "audience": one.audience, "for": one.for_id, "sha256": one.sha256, "at": one.at}
            for one in known.sent
        ],
        "own_files": [str(file) for file in (*traces.own, *traces.sealed)],
        "mentions": [{"kind": one.kind, "id": one.id, "field": one.field} for one in known.mentions],
    }
