"""event apply, dump, list, show."""

from pathlib import Path

import click

from eventops.cli.nouns import Nouns
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.event import Event
from eventops.domain.reporting.labels import EFFECT_LABELS
from eventops.domain.texts import Text
from eventops.errors import NotUsable, StoreUnavailable


@click.group(cls=Nouns)
def event() -> None:
    """The event: apply its file, show it, dump it."""


@event.command("apply")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file; change nothing.")
@pass_shell
def apply_event(shell: Shell, file: Path, dry_run: bool) -> None:
    """Take the event from FILE (TOML) into the workspace, whole."""
    from eventops.cli.logo import bring_logo
    from eventops.domain.event_checks import problems
    from eventops.domain.findings import Severity
    from eventops.extension.rulebook import rulebook_of

    applied = read_event_file(file)
    registry = shell.registry_for(applied.plugins)
    rulebook_of(applied, registry)
    findings = problems(applied)
    shell.note_findings(findings)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if errors:
        raise NotUsable("{file} has {count} errors; nothing was changed", file=str(file), count=len(errors))
    if not dry_run:
        bring_logo(applied.logo, file.absolute().parent, shell.folder)
    save_event(shell, applied, "event apply", dry_run=dry_run)
    sentence = Text("The event {event} is applied.") if not dry_run else Text("{file} is good; nothing was changed.")
    shell.show(
        {"event": applied.id, "dry_run": dry_run},
        [shell.say(sentence, event=applied.id, file=str(file))],
    )


def save_event(
    shell: Shell, changed: Event, command: str, *, before: Event | None = None, dry_run: bool = False
) -> None:
    """Puts the event into the store in one change.

    Errors: StoreUnavailable when it is no longer the event `before` that was edited.
    """
    from eventops.application.facts import put_event

    with shell.changing(command, dry_run=dry_run) as change:
        if before is not None and shell.event != before:
            raise StoreUnavailable("Another command changed the event meanwhile; nothing was changed, run this again")
        put_event(change, changed)


def read_event_file(file: Path) -> Event:
    """The event of a file, with the criteria of the files it names beside it. Errors: NotUsable."""
    from eventops.adapters.event_files import read_event

    return read_event(file_text(file), str(file), lambda name: file_text(file.parent / name))


def file_text(file: Path) -> str:
    """The text of a file. Errors: NotUsable."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotUsable("There is no file {file}", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise NotUsable("{file} is not UTF-8 text; save it as UTF-8", file=str(file)) from error
    except OSError as error:
        raise NotUsable("{file} cannot be read ({error})", file=str(file), error=error.strerror or "") from error


@event.command("dump")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@pass_shell
def dump_event(shell: Shell, output: Path | None) -> None:
    """Print the event as a file that `event apply` takes."""
    from eventops.adapters.event_files import event_text
    from eventops.application.facts import document_of
    from eventops.cli.files import save_file

    text = event_text(shell.event)
    if output is not None:
        save_file(output, text.encode())
        shell.show({"file": str(output)}, [shell.say("Wrote {file}.", file=str(output))])
        return
    shell.show(document_of(shell.event) if shell.json else None, [text.rstrip("\n")])


@event.command("list")
@pass_shell
def list_events(shell: Shell) -> None:
    """The event of the workspace, in one line."""
    from eventops.cli.render import table_lines
    from eventops.domain.event import first_day

    one = shell.event
    day = first_day(one)
    headings = [shell.say(word) for word in ("Event", "Title", "Day", "Town")]
    shell.show(
        [{"id": one.id, "title": shell.say(one.title), "day": str(day), "town": one.venue.town}],
        table_lines(headings, [(one.id, shell.say(one.title), shell.wording.value(day), one.venue.town)]),
    )


@event.command("show")
@pass_shell
def show_event(shell: Shell) -> None:
    """The event in short: agenda, venue, sponsors, criteria, plugins, settings."""
    from eventops.application.facts import document_of

    shell.show(document_of(shell.event), list(_event_lines(shell, shell.event)))


def _event_lines(shell: Shell, one: Event) -> list[str]:
    from eventops.cli.place import venue_town
    from eventops.extension.rulebook import settings_of

    titles = {given.value.name: given.value.title for given in shell.registry.of("eventops_benefits")}

    def benefit(name: str) -> str:
        return shell.say(titles.get(name, name))

    value = shell.wording.value
    lines = [click.style(shell.say(one.title), bold=True)]
    lines.append(value((one.venue.name, venue_town(shell))))
    lines += ["", click.style(shell.say("Agenda"), bold=True)]
    lines += [
        f"{value(session.starts_at)} - {value(session.ends_at.time())}  {shell.say(session.title)}"
        for session in one.agenda
    ]
    lines += ["", click.style(shell.say("Budget"), bold=True)]
    lines += [
        f"{line.sponsor}  {benefit(line.benefit)}  {value(line.ceiling)}  {shell.say(line.title)}"
        for line in one.budget
    ]
    lines += ["", click.style(shell.say("Criteria"), bold=True)]
    lines += [
        shell.titled(
            f"{rule.name} ({value((benefit(rule.benefit), EFFECT_LABELS[rule.effect]))})", shell.say(rule.reason)
        )
        for rule in one.criteria
    ]
    lines += ["", click.style(shell.say("Plugins"), bold=True)]
    lines += [f"{plugin.name} {' '.join(plugin.regions)}" for plugin in one.plugins]
    lines += ["", click.style(shell.say("Settings"), bold=True)]
    lines += [f"{name} = {setting}" for name, setting in settings_of(shell.event_in_force, shell.registry).items()]
    if one.assumptions:
        lines += ["", click.style(shell.say("Assumptions"), bold=True)]
        lines += [f"- {shell.say(text)}" for text in one.assumptions]
    return lines
