"""meal present and served: who is there when, and what was really given out."""

import click

from eventops.cli.event_edits import dry_run_option, item_called
from eventops.cli.nouns import Command
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

MEAL = Text("meal service")


@click.command("present", cls=Command)
@click.argument("person", default="")
@click.argument("times", nargs=-1, metavar="[TIME]...")
@click.option("--always", is_flag=True, help="There all the time again.")
@dry_run_option
@pass_shell
def present(shell: Shell, person: str, times: tuple[str, ...], always: bool, dry_run: bool) -> None:
    """Say when PERSON is there: days like 2023-10-14, halves like “2023-10-14 am”, hours like “2023-10-14 09:00-14:30”.
    Without PERSON, those who are there for a part only."""
    if not person:
        _show_presence(shell)
        return
    from eventops.adapters.zones import load_zone
    from eventops.application.facts import document_of, load_participants
    from eventops.application.presence import periods_called, put_presence, remove_presence
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.hosting.presence import Presence

    if bool(times) == always:
        raise NotUsable("Say when they are there, like “2023-10-14 am”, or --always")
    with shell.changing("meal present", dry_run=dry_run) as change:
        found = person_called(person, load_participants(change))
        periods = periods_called(shell.event, times, load_zone(shell.event.timezone))
        if always:
            remove_presence(change, found.id)
        else:
            stamp = shell.stamp("meal present")
            put_presence(change, Presence(participant_id=found.id, periods=periods, by=stamp.actor, on=stamp.at.date()))
        # Without an agenda there is no plan yet, and so no count.
        counts = {one.meal_id: one.count for one in shell.plan.meals} if shell.event.agenda else {}
    sentence = Text("{person} is there: {times}.") if not always else Text("{person} is there all the time.")
    said = ", ".join(f"{one.starts_at:%Y-%m-%d %H:%M}–{one.ends_at:%Y-%m-%d %H:%M}" for one in periods)
    lines = [shell.say(sentence, person=found.id, times=said)]
    lines += [shell.say("{meal}: {count} meals", meal=meal, count=count) for meal, count in counts.items()]
    if dry_run:
        lines.append(shell.say("This would be fine; nothing was changed."))
    view = {"participant": found.id, "periods": [document_of(one) for one in periods], "meals": counts}
    shell.show({**view, "dry_run": dry_run}, lines)


def _show_presence(shell: Shell) -> None:
    from eventops.application.facts import document_of
    from eventops.application.records import load_records

    records = load_records(shell.documents).presence
    rows = [
        (one.participant_id, f"{period.starts_at:%Y-%m-%d %H:%M}", f"{period.ends_at:%Y-%m-%d %H:%M}")
        for one in records
        for period in one.periods
    ]
    headings = [shell.say(one) for one in ("Person", "Starts", "Ends")]
    shell.show([document_of(one) for one in records], table_lines(headings, rows))


@click.command("served", cls=Command)
@click.argument("service")
@click.argument("count", type=click.IntRange(min=0))
@click.option("--no-show", type=click.IntRange(min=0), default=0, help="How many of those expected did not come.")
@dry_run_option
@pass_shell
def served(shell: Shell, service: str, count: int, no_show: int, dry_run: bool) -> None:
    """Note how many meals SERVICE really gave out."""
    from eventops.application.facts import document_of
    from eventops.domain.hosting.presence import MealServed

    with shell.changing("meal served", dry_run=dry_run) as change:
        meal = item_called(shell.event.meals, service, MEAL)
        planned = next(one.count for one in shell.plan.meals if one.meal_id == meal.id)
        if no_show > planned:
            raise NotUsable(
                "{no_show} did not come, but only {planned} were expected at {service}",
                no_show=no_show,
                planned=planned,
                service=meal.id,
            )
        stamp = shell.stamp("meal served")
        record = MealServed(meal_id=meal.id, served=count, no_show=no_show, by=stamp.actor, on=stamp.at.date())
        change.put("meal_served", meal.id, document_of(record))
    sentence = Text("{service}: {planned} planned, {served} served, {no_show} did not come.")
    values: dict[str, object] = {"service": service, "planned": planned, "served": count, "no_show": no_show}
    lines = [shell.say(sentence, **values)]
    if dry_run:
        lines.append(shell.say("This would be fine; nothing was changed."))
    shell.show({**values, "difference": count - planned, "dry_run": dry_run}, lines)
