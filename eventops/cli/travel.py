"""travel list, rides, solve, mode: whose journey is paid, when and how, and who is fetched."""

from datetime import datetime

import click

from eventops.cli.cover import OUTCOMES, decided, money_and_reason, row_of
from eventops.cli.days import DAY_AND_HOUR
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.cli.travel_rides import list_rides, solve
from eventops.domain.reporting.labels import MODE_LABELS
from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage


@click.group(cls=Nouns)
def travel() -> None:
    """Whose travel is paid, and why."""


travel.add_command(list_rides)
travel.add_command(solve)


@travel.command("list")
@click.option("--outcome", type=OUTCOMES, default="granted", help="Which decisions to list.")
@pass_shell
def list_travel(shell: Shell, outcome: str) -> None:
    """Who travels at whose cost, from where, when, and by which criterion."""
    journeys = {(one.participant_id, one.direction): one for one in shell.plan.journeys}
    headings = [
        shell.say(one)
        for one in ("Id", "Name", "From", "km", "Leaves", "Back home", "Amount", "Payer", "Decision", "Why")
    ]
    rows, view = [], []
    for candidate, decision in decided(shell, "travel", outcome):
        person = candidate.participant
        there, back = journeys.get((person.id, "there")), journeys.get((person.id, "back"))
        row = row_of(shell, candidate, decision)
        view.append(
            {
                **row,
                "leaves_at": there.leaves_at if there else None,
                "back_at": back.arrives_at if back else None,
                "mode": there.mode if there else None,
            }
        )
        rows.append(
            (
                person.id,
                person.name,
                shell.say(candidate.place.name) if candidate.place else person.town,
                "-" if candidate.distance_km is None else round(candidate.distance_km),
                f"{there.leaves_at:%d/%m %H:%M}" if there else "-",
                f"{back.arrives_at:%d/%m %H:%M}" if back else "-",
                *money_and_reason(shell, decision),
            )
        )
    shell.show(view, table_lines(headings, rows))


MODES = ("vehicle", "public_transport", "train", "coach", "shared_taxi", "car", "flight")


@travel.command("mode")
@click.argument("person")
@click.argument("mode", type=click.Choice(MODES), required=False)
@click.option("--direction", type=click.Choice(["there", "back"]), help="One way only; both when not given.")
@click.option("--carrier", default="", metavar="NUMBER", help="The number of the flight or train.")
@click.option(
    "--at",
    type=DAY_AND_HOUR,
    help="Local hour of arrival (there) or departure (back); needs --direction.",
)
@click.option("--clear", is_flag=True, help="Forget what was settled by hand.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def set_mode(
    shell: Shell,
    person: str,
    mode: str | None,
    direction: str | None,
    carrier: str,
    at: datetime | None,
    clear: bool,
    dry_run: bool,
) -> None:
    """Settle how PERSON travels: in a shared vehicle of the event, or by another MODE."""
    from eventops.adapters.zones import load_zone
    from eventops.application.facts import load_participants
    from eventops.application.pickups import put_choice, remove_choices
    from eventops.application.planning import load_plan
    from eventops.domain.enrolling.lookup import person_called
    from eventops.domain.hosting.pickups_values import TravelChoice
    from eventops.domain.hosting.pickups_words import rides_said

    if clear == (mode is not None):
        raise WrongUsage("Give a mode of travel, or --clear to forget the one settled by hand")
    if at is not None and direction is None:
        raise WrongUsage("An hour belongs to one way; say which with --direction there or --direction back")
    with shell.changing("travel mode", dry_run=dry_run) as change:
        found = person_called(person, load_participants(shell.documents))
        moment = None if at is None else at.replace(tzinfo=load_zone(shell.event.timezone))
        if mode is None:
            if not remove_choices(change, found.id):
                raise NotUsable("Nothing was settled by hand about how {person} travels", person=found.id)
        else:
            choice = TravelChoice(
                participant_id=found.id, mode=mode, direction=direction or "", carrier=carrier.strip(), at=moment
            )
            put_choice(change, choice)
        after = load_plan(shell.documents, shell.registry, shell.cache, shell.event_with_files)
    mine = [one for one in after.journeys if one.participant_id == found.id]
    said = shell.say(
        "{person} travels: {ways}.",
        person=found.id,
        ways=tuple(MODE_LABELS.get(one.mode, one.mode) for one in mine) or (Text("no journey is granted"),),
    )
    if dry_run:
        said = shell.say("{sentence} (Only tried: nothing was changed.)", sentence=said)
    view = {"participant": found.id, "modes": {one.direction: one.mode for one in mine}, "dry_run": dry_run}
    rides = rides_said(after.event, after.pickups, found.id)
    shell.show(view, [said, *("  " + shell.say(one) for one in rides)])
