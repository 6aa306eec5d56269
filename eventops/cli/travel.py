"""travel list: whose journey is paid, when and how."""

import click

from eventops.cli.cover import OUTCOMES, decided, money_and_reason, row_of
from eventops.cli.render import table_lines
from eventops.cli.shell import Nouns, Shell, pass_shell


@click.group(cls=Nouns)
def travel() -> None:
    """Whose travel is paid, and why."""


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
