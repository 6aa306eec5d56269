"""why: every decision about one person, with every reason."""

from collections.abc import Iterable

import click

from eventops.cli.nouns import Command
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.deciding.selections import Funding
from eventops.domain.placing.roads import ESTIMATE, by_air, road_source_said
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import beyond_of, mark_said, outcome_beside
from eventops.domain.rules import Candidate, Decision, Outcome, Ruling
from eventops.domain.texts import LANGUAGES, Message, Text
from eventops.errors import NotUsable


def candidate_called(shell: Shell, person: str) -> Candidate:
    """The candidate a person's words mean. Errors: NotUsable, also for one who has withdrawn."""
    from eventops.application.facts import load_participants
    from eventops.domain.enrolling.lookup import person_called

    found = person_called(person, load_participants(shell.documents))
    for one in shell.plan.candidates:
        if one.participant.id == found.id:
            return one
    raise NotUsable(
        "{person} has withdrawn, so nothing is decided; eventops participant restore {id} takes them in again",
        person=f"{found.id} ({found.name})",
        id=found.id,
    )


FROM_BY_AIR = Text(
    "From “{town}”: {place}, {region}; {distance_km} km in a straight line, about {minutes} minutes by air, door to "
    "door (an estimate)"
)
FROM_BY_ROAD = Text(
    "From “{town}”: {place}, {region}; {distance_km} km in a straight line, about {road_km} km by road and {minutes} "
    "minutes (estimates)"
)
FROM_BY_KNOWN_ROAD = Text(
    "From “{town}”: {place}, {region}; {distance_km} km in a straight line, {road_km} km by road ({source}), about "
    "{minutes} minutes"
)


@click.command(cls=Command)
@click.argument("person")
@pass_shell
def why(shell: Shell, person: str) -> None:
    """Explain every decision about PERSON (an id, an e-mail, a phone, or part of a name)."""
    from eventops.application.views import why_view

    candidate = candidate_called(shell, person)
    if shell.json:
        wordings = {language: shell.wording_in(language) for language in LANGUAGES}
        shell.show(why_view(shell.plan, candidate, wordings, shell.wording), ())
        return
    shell.show(None, why_lines(shell, candidate))


def why_lines(shell: Shell, candidate: Candidate) -> Iterable[str]:
    """The explanation, line by line."""
    wording, person = shell.wording, candidate.participant
    yield click.style(f"{person.name}  ({person.id})", bold=True)
    if candidate.place is None:
        yield shell.say("From “{town}”: not settled", town=person.town)
    else:
        flies = by_air(candidate.place, candidate.distance_km or 0, shell.plan.event.country)
        yield shell.say(
            FROM_BY_KNOWN_ROAD if candidate.road_source != ESTIMATE else FROM_BY_AIR if flies else FROM_BY_ROAD,
            source=road_source_said(candidate.road_source),
            town=person.town,
            place=candidate.place.name,
            region=candidate.place.region or candidate.place.country,
            distance_km=round(candidate.distance_km or 0, 1),
            road_km=round(candidate.road_km or 0),
            minutes=candidate.travel_minutes,
        )
    yield _seat_line(shell, candidate)
    for decision in shell.plan.decisions:
        if decision.participant_id != person.id:
            continue
        yield ""
        yield _decision_line(shell, decision)
        for ruling in decision.rulings:
            yield _ruling_line(shell, ruling)
        for line in decision.lines:
            yield "    " + shell.say(
                "{label}: {quantity} × {unit_price} = {amount}",
                label=wording.say(line.label, line.values),
                quantity=line.quantity,
                unit_price=line.unit_price,
                amount=line.amount,
            )
        for mark in shell.plan.funding:
            if (mark.participant_id, mark.benefit) == (person.id, decision.benefit):
                yield "    " + _funding_line(shell, mark)
        yield from ("    " + shell.say(one) for one in _carried_out(shell.plan, decision))
    yield from _workshop_lines(shell, person.id)


def _workshop_lines(shell: Shell, person: str) -> Iterable[str]:
    """The person's workshops and why they are in them."""
    from eventops.domain.hosting.ground_words import workshops_said

    said = [shell.say(one) for one in workshops_said(shell.plan, person)]
    if said:
        yield ""
        yield click.style(shell.say("Workshops"), bold=True)
        yield from (f"    {one}" for one in said)


def _carried_out(plan: Plan, decision: Decision) -> Iterable[Message]:
    """How a benefit is carried out: in which vehicle and bed, with whom."""
    from eventops.domain.hosting.ground_words import meals_said
    from eventops.domain.hosting.pickups_words import rides_said
    from eventops.domain.hosting.rooming_words import beds_said

    if decision.benefit == "lodging":
        return beds_said(plan.event, plan.rooming, decision.participant_id)
    if decision.benefit == "travel":
        return rides_said(plan.event, plan.pickups, decision.participant_id)
    if decision.benefit == "meals" and decision.outcome is Outcome.GRANTED:
        return meals_said(plan, decision.participant_id)
    return ()


def _seat_line(shell: Shell, candidate: Candidate) -> str:
    """The seat, and why."""
    from eventops.cli.seat import reason_said, seat_said

    why = reason_said(shell, candidate) or shell.say("the event has no limit of seats")
    return shell.say("Seat: {seat}; {reason}", seat=seat_said(shell, candidate), reason=why)


def _funding_line(shell: Shell, mark: Funding) -> str:
    """Whether the money of the budget line reaches this person."""
    return shell.say(mark_said(mark))


def _decision_line(shell: Shell, decision: Decision) -> str:
    title = next(one.title for one in shell.plan.benefits if one.name == decision.benefit)
    colour = {Outcome.GRANTED: "green", Outcome.EXCLUDED: "red", Outcome.REFERRED: "yellow"}.get(decision.outcome)
    outcome = click.style(shell.say(outcome_beside(decision, beyond_of(shell.plan))), fg=colour, bold=True)
    told = (outcome,) if decision.amount is None else (outcome, decision.amount)
    line = shell.titled(shell.say(title), shell.wording.value(told))
    if decision.grant is not None and decision.grant.payer:
        line += f" ({decision.grant.payer})"
    return line


def _ruling_line(shell: Shell, ruling: Ruling) -> str:
    marks = {"grants": "+", "excludes": "−", "refers": "?", "does_not_apply": "·"}
    origin = f"{ruling.plugin} {ruling.version}".strip()
    reason = shell.say(ruling.verdict.reason, **ruling.verdict.values)
    return f"  {marks[ruling.verdict.effect.value]} {shell.titled(f'{ruling.rule} [{origin}]', reason)}"


def outcome_word(shell: Shell, value: str) -> str:
    from eventops.domain.reporting.labels import OUTCOME_LABELS, labelled

    return shell.say(labelled(OUTCOME_LABELS, value)) if value else "-"
