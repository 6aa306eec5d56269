"""What the lists of who is covered share."""

from collections.abc import Iterable

import click

from eventops.cli.shell import Shell
from eventops.domain.paying.funding import telling_refusal
from eventops.domain.rules import Candidate, Decision, Effect, Outcome

OUTCOMES = click.Choice([*(one.value for one in Outcome), "all"])


def decided(shell: Shell, benefit: str, outcome: str) -> Iterable[tuple[Candidate, Decision]]:
    """The candidates with their decisions of a benefit, those of one outcome or all."""
    candidates = {one.participant.id: one for one in shell.plan.candidates}
    return [
        (candidates[one.participant_id], one)
        for one in shell.plan.decisions
        if one.benefit == benefit and outcome in ("all", one.outcome.value)
    ]


def row_of(shell: Shell, candidate: Candidate, decision: Decision) -> dict[str, object]:
    """What every list of who is covered says of a person, as JSON."""
    from eventops.application.views import money_view, rounded_km
    from eventops.domain.reporting.funding_words import beyond_of

    person, place = candidate.participant, candidate.place
    return {
        "id": person.id,
        "name": person.name,
        "town": person.town,
        "place": place.code if place else None,
        "region": place.region if place else None,
        "distance_km": rounded_km(candidate.distance_km),
        "outcome": decision.outcome.value,
        "amount": money_view(decision.amount),
        "payer": decision.grant.payer if decision.grant is not None else "",
        "funded": (person.id, decision.benefit) not in beyond_of(shell.plan),
        "rules_say": decision.rules_say.value if decision.rules_say is not None else None,
        "reason": deciding_reason(shell, decision),
    }


def money_and_reason(shell: Shell, decision: Decision) -> tuple[str, str, str, str]:
    """Amount, payer, outcome and reason, as a table shows them."""
    from eventops.domain.reporting.funding_words import beyond_of, outcome_beside

    return (
        shell.wording.value(decision.amount) if decision.amount is not None else "-",
        decision.grant.payer if decision.grant is not None else "-",
        shell.say(outcome_beside(decision, beyond_of(shell.plan))),
        deciding_reason(shell, decision),
    )


def deciding_reason(shell: Shell, decision: Decision) -> str:
    """The reasons of the verdicts that made the outcome; the most telling one that did not apply when none covers."""
    if decision.outcome is Outcome.NOT_COVERED:
        telling = telling_refusal(decision)
        return "" if telling is None else shell.say(telling.verdict.reason, **telling.verdict.values)
    wanted = {
        Outcome.GRANTED: Effect.GRANTS,
        Outcome.EXCLUDED: Effect.EXCLUDES,
        Outcome.REFERRED: Effect.REFERS,
    }[decision.outcome]
    said = [
        shell.say(ruling.verdict.reason, **ruling.verdict.values)
        for ruling in decision.rulings
        if ruling.verdict.effect is wanted
    ]
    return "; ".join(dict.fromkeys(said))
