"""participant merge: two registrations of one person become one participant."""

from typing import TYPE_CHECKING, Any

import click

from eventops.cli.nouns import Command
from eventops.cli.render import shown
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.enrolling.merging import Merged, MergedFact
    from eventops.domain.people import Participant

TAKEN = Text("  {field}: {value}, from {second}")
STANDS = Text("  {field}: {value} stands; {second} said {other}")


@click.command("merge", cls=Command)
@click.argument("first")
@click.argument("second")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def merge_participants(shell: Shell, first: str, second: str, dry_run: bool) -> None:
    """Make FIRST and SECOND one person: the facts of FIRST stand, those of SECOND fill the gaps; undo takes it back."""
    from eventops.application.facts import (
        load_overrides,
        load_participants,
        put_override,
        put_participant,
        remove_override,
    )
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.enrolling.merging import merged

    with shell.changing("participant merge", dry_run=dry_run) as change:
        people = load_participants(shell.documents)
        one, two = person_called(first, people), person_called(second, people)
        if one.id == two.id:
            raise NotUsable(
                "“{first}” and “{second}” are one person already, {id}", first=first, second=second, id=one.id
            )
        done = merged(one, two, load_overrides(shell.documents))
        put_participant(change, done.person)
        for override in (*done.overrides, *done.dropped):
            remove_override(change, two.id, override.benefit)
        for override in done.overrides:
            put_override(change, override)
        change.remove("participant", two.id)
    shell.show(_view(done, two, dry_run), _lines(shell, done, two, dry_run))


def _view(done: "Merged", second: "Participant", dry_run: bool) -> dict[str, Any]:
    from eventops.application.person_facts import shown as plain

    return {
        "id": done.person.id,
        "merged": second.id,
        "facts": [
            {"field": one.field, "first": plain(one.first), "second": plain(one.second), "taken": one.taken}
            for one in done.facts
        ],
        "overrides": [one.benefit for one in done.overrides],
        "overrides_dropped": [one.benefit for one in done.dropped],
        "dry_run": dry_run,
    }


def _lines(shell: Shell, done: "Merged", second: "Participant", dry_run: bool) -> list[str]:
    person = f"{done.person.id} ({shown(done.person.name)})"
    sentence = Text("{second} is now {person}:")
    if dry_run:
        sentence = Text("{second} would become {person}; nothing was changed:")
    lines = [shell.say(sentence, second=f"{second.id} ({shown(second.name)})", person=person)]
    lines += [_fact_line(shell, one, second.id) for one in done.facts]
    titles = {one.value.name: one.value.title for one in shell.registry.of("eventops_benefits")}
    for override in done.overrides:
        moved = Text("  the decision by hand about {benefit} moves to {person}")
        lines.append(shell.say(moved, benefit=titles.get(override.benefit, override.benefit), person=done.person.id))
    for override in done.dropped:
        lost = Text("  the decision by hand about {benefit} of {second} is dropped: {person} has one")
        benefit = titles.get(override.benefit, override.benefit)
        lines.append(shell.say(lost, benefit=benefit, second=second.id, person=done.person.id))
    return lines


def _fact_line(shell: Shell, fact: "MergedFact", second: str) -> str:
    from eventops.domain.enrolling.headings import FIELD_TITLES

    field = FIELD_TITLES.get(fact.field, fact.field)
    if fact.taken:
        return shell.say(TAKEN, field=field, value=_worded(shell, fact.second), second=second)
    value, other = _worded(shell, fact.first), _worded(shell, fact.second)
    return shell.say(STANDS, field=field, value=value, other=other, second=second)


def _worded(shell: Shell, value: object) -> str:
    from eventops.application.person_facts import shown as plain
    from eventops.domain.people import Consents

    if value in (None, ""):
        return "-"
    if isinstance(value, Consents):
        given = [name for name, agreed in (("attend", value.attend), ("photo", value.photo)) if agreed]
        return ", ".join([*given, *value.share]) or "-"
    return shell.wording.value(value) if isinstance(value, bool) else shown(str(plain(value)))
