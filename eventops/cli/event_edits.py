"""Editing one part of the event: options, checks and the one save behind venue, agenda and meal."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import click

from eventops.cli.event import save_event
from eventops.cli.shell import Shell
from eventops.domain.event import Event, Meal, Room, Session
from eventops.domain.texts import Text
from eventops.errors import NotUsable

Item = TypeVar("Item", Room, Session, Meal)


def title_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--title, --title-fr, --title-ar."""
    for name, help_ in (
        ("title_ar", "The title in Arabic."),
        ("title_fr", "The title in French."),
        ("title", "The title (in English, or the only one)."),
    ):
        command = click.option(f"--{name.replace('_', '-')}", name, help=help_)(command)
    return command


def hour_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--starts and --ends, in the event's local time."""
    command = click.option("--ends", metavar="DAY HOUR", help="When it ends, local time: 2023-10-14 12:30.")(command)
    return click.option("--starts", metavar="DAY HOUR", help="When it starts, local time: 2023-10-14 11:00.")(command)


dry_run_option = click.option("--dry-run", is_flag=True, help="Check it; change nothing.")


def moment_at(shell: Shell, words: str) -> datetime:
    """A local day and hour as an aware time of the event's zone. Errors: NotUsable."""
    from eventops.adapters.zones import load_zone
    from eventops.domain.scheduling.programme import moment

    try:
        wall = datetime.fromisoformat(words.strip())
    except ValueError:
        wall = None
    if wall is None or ":" not in words:
        raise NotUsable("“{text}” is not a day and an hour like 2023-10-14 11:20", text=words)
    return moment(wall, load_zone(shell.event.timezone))


def title_with(before: Text, title: str | None, title_fr: str | None, title_ar: str | None) -> Text:
    return Text(
        title if title is not None else before.en,
        title_fr if title_fr is not None else before.fr,
        title_ar if title_ar is not None else before.ar,
    )


def save_checked(shell: Shell, changed: Event, command: str, dry_run: bool, view: dict[str, object]) -> None:
    """Checks the changed event, saves it and says so. Errors: NotUsable, nothing changed."""
    from eventops.domain.event_checks import problems
    from eventops.domain.findings import Severity

    if changed == shell.event:
        shell.show({**view, "dry_run": dry_run}, [shell.say("Nothing differs.")])
        return
    findings = problems(changed)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    shell.note_findings(findings)
    if errors:
        raise NotUsable("This does not fit the event; nothing was changed")
    save_event(shell, changed, command, before=shell.event, dry_run=dry_run)
    sentence = Text("Done: {command}.") if not dry_run else Text("This would be fine; nothing was changed.")
    shell.show({**view, "dry_run": dry_run}, [shell.say(sentence, command=command)])


def item_called(items: Sequence[Item], id: str, what: Text) -> Item:
    """The item of that id. Errors: NotUsable."""
    for item in items:
        if item.id == id:
            return item
    names = ", ".join(item.id for item in items) or "-"
    raise NotUsable("There is no {what} {id}; there are {names}", what=what, id=id, names=names)


def new_id(items: Sequence[Item], id: str, what: Text) -> str:
    if any(item.id == id for item in items):
        raise NotUsable("There already is a {what} {id}; choose another id, or use set", what=what, id=id)
    return id


def items_with(items: Sequence[Item], changed: Item) -> tuple[Item, ...]:
    return tuple(changed if item.id == changed.id else item for item in items)


def items_without(items: Sequence[Item], id: str) -> tuple[Item, ...]:
    return tuple(item for item in items if item.id != id)
