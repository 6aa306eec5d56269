"""criteria adopt, record: which criteria were adopted, when, by whom, in which wording."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from eventops.cli.criteria import criterion_sentences
from eventops.cli.days import DAY
from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import LANGUAGES, Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.keeping.adoptions import Adoption


@click.command("adopt", cls=Command)
@click.option("--by", required=True, help="Who adopted them: the committee and its members.")
@click.option("--on", "adopted_on", type=DAY, help="The day; today when not given.")
@click.option("--note", default="", help="What was said about it: the minutes, a condition.")
@click.option("--dry-run", is_flag=True, help="Show what would be recorded; change nothing.")
@pass_shell
def adopt_criteria(shell: Shell, by: str, adopted_on: datetime | None, note: str, dry_run: bool) -> None:
    """Record that the criteria were adopted as they stand, in their wording in three languages."""
    from eventops.application.adopting import adoption_now, new_adoption
    from eventops.application.approving import put_adoption
    from eventops.application.settled_views import adoption_view

    if not by.strip():
        raise NotUsable("Name who adopted the criteria behind --by")
    with shell.changing("criteria adopt", dry_run=dry_run) as change:
        stamp = shell.stamp("criteria adopt")
        known = adoption_now(shell.documents, shell.event_with_files, shell.registry)
        if known is not None and known.by == by.strip():
            raise NotUsable(
                "{by} adopted these criteria already, on {day}; nothing was changed", by=known.by, day=known.on
            )
        made = new_adoption(
            shell.event_with_files,
            shell.registry,
            shell.documents,
            criterion_sentences(shell),
            stamp,
            by=by.strip(),
            on=adopted_on.date() if adopted_on else stamp.at.date(),
            note=note.strip(),
        )
        put_adoption(change, made)
    sentence = Text("Record {number}: {count} criteria adopted by {by} on {day}, hash {hash}.")
    if dry_run:
        sentence = Text(
            "Would be record {number}: {count} criteria adopted by {by} on {day}, hash {hash}; nothing was changed."
        )
    line = shell.say(
        sentence, number=made.number, count=len(made.criteria), by=made.by, day=made.on, hash=made.criteria_hash[:12]
    )
    shell.show({**adoption_view(made), "dry_run": dry_run}, [line])


@click.command("record", cls=Command)
@click.argument("number", required=False, type=int)
@pass_shell
def show_record(shell: Shell, number: int | None) -> None:
    """The committee's record: every adoption, or adoption NUMBER in its wording in Arabic, French and English."""
    from eventops.application.adopting import present_hash
    from eventops.application.approving import load_adoptions
    from eventops.application.settled_views import adoption_view

    adoptions = load_adoptions(shell.documents)
    in_force = present_hash(shell.event_with_files, shell.registry) if adoptions else ""
    if number is None:
        rows = [
            (
                one.number,
                one.on,
                one.by,
                len(one.criteria),
                shell.say("yes") if one.criteria_hash == in_force else shell.say("changed since"),
                one.criteria_hash[:12],
                one.note,
            )
            for one in adoptions
        ]
        headings = [shell.say(one) for one in ("No.", "On", "By", "Criteria", "In force", "Hash", "Note")]
        empty = [shell.say("Nobody adopted the criteria yet; see eventops criteria adopt --help")]
        view = [{**adoption_view(one), "in_force": one.criteria_hash == in_force} for one in adoptions]
        shell.show(view, table_lines(headings, rows) if rows else empty)
        return
    for one in adoptions:
        if one.number == number:
            shell.show(
                {**adoption_view(one), "in_force": one.criteria_hash == in_force},
                _record_lines(shell, one, one.criteria_hash == in_force),
            )
            return
    raise NotUsable(
        "There is no record {number}; there are {numbers}",
        number=number,
        numbers=", ".join(str(one.number) for one in adoptions) or "-",
    )


def _record_lines(shell: Shell, one: "Adoption", in_force: bool) -> Iterator[str]:
    yield click.style(
        shell.say("Record {number}: adopted by {by} on {day}", number=one.number, by=one.by, day=one.on), bold=True
    )
    if one.note:
        yield one.note
    if not in_force:
        yield shell.say("The criteria have changed since.")
    for at, criterion in enumerate(one.criteria, 1):
        yield ""
        yield click.style(f"{at}. {criterion.name}", bold=True)
        for language in LANGUAGES:
            yield f"   {criterion.sentence.written_in(language)}"
            reason = criterion.reason.written_in(language)
            if reason:
                yield f"      {reason}"
        if criterion.source:
            yield "   " + shell.say("Source: {source}", source=criterion.source)
    if one.rules:
        yield ""
        yield shell.titled(shell.say("Rules of plugins"), ", ".join(f"{name} {version}" for name, version in one.rules))
    yield ""
    yield shell.titled(shell.say("Hash"), one.criteria_hash)
