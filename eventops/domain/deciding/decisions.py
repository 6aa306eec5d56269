"""How verdicts combine into decisions.

Order: override > excludes > blocking refers > grants > advisory refers > not covered. Every verdict is kept, so
a refusal is explained by every rule that did not apply. See docs/explanation/decisions.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import msgspec
from msgspec import Struct

from eventops.domain.deciding.panels import Heard, Panel
from eventops.domain.deciding.rulings import CORE, CRITERIA, core_ruling, failed
from eventops.domain.event import Event, SettingValue
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.lodging import nights_needed
from eventops.domain.places import named_apart
from eventops.domain.rules import (
    ActiveRule,
    Benefit,
    Candidate,
    Combine,
    Decision,
    Effect,
    Facts,
    Grant,
    Outcome,
    Override,
    Rulebook,
    Ruling,
    Verdict,
    fixed_event,
    refers,
)
from eventops.domain.texts import Text

OVERRIDDEN = Text("decided by {by} on {on}: {reason}")
RULES_CONFLICT = Text("{first} and {second} contradict each other about this person")
UNCERTAIN = "uncertain-place"
PLACE_UNCERTAIN = Text("“{town}” may be {places}, and the decision depends on which")
DISTANCE_UNCERTAIN = Text(
    "{distance_km} km, give or take {radius_km} km for the size of the commune: the decision depends on the exact spot"
)


class Variants(Struct, frozen=True, kw_only=True):
    """A candidate and what they may also be: the same person at another candidate place, or a radius nearer or
    farther. A decision stands when all variants agree."""

    main: Candidate
    others: tuple[Candidate, ...] = ()
    by_place: bool = False


def _grant_of(verdict: Verdict, panel: Panel, candidate: Candidate, facts: Facts) -> Grant:
    nights = verdict.nights
    if panel.benefit.unit == "night" and not nights:
        nights = nights_needed(candidate, facts)
    return Grant(
        share=verdict.share,
        ceiling=verdict.ceiling,
        payer=verdict.payer or panel.usual_payer,
        nights=nights,
        legs=verdict.legs,
    )


def _favour(grant: Grant) -> tuple[int, bool, Decimal, int, int]:
    """Sort key: the more a grant gives, the greater."""
    ceiling = grant.ceiling.amount if grant.ceiling is not None else Decimal(0)
    return grant.share, grant.ceiling is None, ceiling, len(grant.nights), grant.legs


def _combined(benefit: Benefit, grants: Sequence[Grant]) -> tuple[Grant, tuple[Grant, ...]]:
    """What the grants amount to, and each payer's part of it."""
    best = max(grants, key=_favour)
    if benefit.combine is Combine.MOST_FAVOURABLE:
        return best, (best,)
    parts: list[Grant] = []
    left = 100
    for grant in grants:
        share = min(grant.share, left)
        if share:
            parts.append(msgspec.structs.replace(grant, share=share))
            left -= share
    return msgspec.structs.replace(best, share=100 - left, payer=parts[0].payer), tuple(parts)


def decision_of(
    candidate: Candidate,
    benefit: Benefit,
    rules: Sequence[ActiveRule],
    facts: Mapping[str, Facts],
    override: Override | None = None,
) -> tuple[Decision, tuple[ActiveRule, ...]]:
    """One benefit of one candidate, and the rules that failed. `facts` by plugin."""
    panel = Panel(benefit, rules, facts[CORE].event)
    heard = panel.heard(candidate, facts)
    return _decision(panel, candidate, heard, facts[CORE], override), _failed(panel, heard.rulings)


def _failed(panel: Panel, rulings: Sequence[Ruling]) -> tuple[ActiveRule, ...]:
    """The rules that could not answer."""
    return tuple(active for active, ruling in zip(panel.rules, rulings, strict=True) if failed(ruling))


def _decision(panel: Panel, candidate: Candidate, heard: Heard, facts: Facts, override: Override | None) -> Decision:
    """What was heard and weighed, with every ruling and, when granted, what is given."""
    kept, outcome, standing = heard.rulings, heard.weighed.outcome, heard.weighed.standing
    rules_say = outcome if override is not None else None
    if heard.weighed.conflict is not None:
        first, second = heard.weighed.conflict
        verdict = refers(RULES_CONFLICT, first=first.rule, second=second.rule)
        kept = (*kept, core_ruling("conflict", verdict, Text("Conflict of rules")))
    if override is not None:
        ruling = _override_ruling(override)
        kept, outcome = (ruling, *kept), override.outcome
        standing = [ruling] if outcome is Outcome.GRANTED else []
    name, person = panel.benefit.name, candidate.participant.id
    if outcome is not Outcome.GRANTED:
        return Decision(participant_id=person, benefit=name, outcome=outcome, rulings=kept, rules_say=rules_say)
    hours = candidate.leaves_home_at, candidate.back_home_at
    if override is not None or heard.given is None or heard.given_for != hours:
        grants = [_grant_of(ruling.verdict, panel, candidate, facts) for ruling in standing]
        given = _combined(panel.benefit, grants)
        if override is None:  # the same for everybody of whom the same is heard at this place
            heard.given, heard.given_for = given, hours
    else:
        given = heard.given
    return Decision(
        participant_id=person,
        benefit=name,
        outcome=outcome,
        rulings=kept,
        grant=given[0],
        parts=given[1],
        rules_say=rules_say,
    )


def _override_ruling(override: Override) -> Ruling:
    effect = {Outcome.GRANTED: Effect.GRANTS, Outcome.EXCLUDED: Effect.EXCLUDES}.get(override.outcome, Effect.REFERS)
    values: dict[str, object] = {"by": override.by, "on": override.on, "reason": override.reason}
    verdict = Verdict(effect=effect, reason=OVERRIDDEN, values=values, payer=override.payer, nights=override.nights)
    return Ruling(rule="override", plugin="person", version="", title=Text("Decision of a person"), verdict=verdict)


def override_in_force(overrides: Iterable[Override], on: date, needed: int = 1) -> dict[tuple[str, str], Override]:
    """The newest override of each person and benefit that has not lapsed on that day and that as many people signed as
    are needed."""
    return {
        (one.participant_id, one.benefit): one
        for one in overrides
        if (one.until is None or one.until >= on) and one.signatures >= needed
    }


def waiting_overrides(overrides: Iterable[Override], on: date, needed: int) -> tuple[Finding, ...]:
    """A finding for each override that too few people signed."""
    message = Text(
        "{person}, {benefit}: decided by {by} and not confirmed yet, so the rules decide; "
        "see eventops override confirm --help"
    )
    return tuple(
        Finding(
            severity=Severity.WARNING,
            code="override-waits",
            message=message,
            values={"person": one.participant_id, "benefit": one.benefit, "by": one.by},
            source=Source(participant=one.participant_id),
        )
        for one in overrides
        if one.signatures < needed and (one.until is None or one.until >= on)
    )


def _uncertain(variants: Variants) -> Ruling:
    """The ruling that says why a decision that hangs on the place is left to a person."""
    main = variants.main
    if variants.by_place:
        met = (one.place for one in (main, *variants.others) if one.place is not None)
        places = named_apart({place.code: place for place in met}.values())
        verdict = refers(PLACE_UNCERTAIN, town=main.placement.text, places=places)
    else:
        radius = main.place.radius_km if main.place is not None else 0
        distance = round(main.distance_km or 0, 1)
        verdict = refers(DISTANCE_UNCERTAIN, distance_km=distance, radius_km=round(radius, 1))
    return core_ruling(UNCERTAIN, verdict, Text("Uncertain place"))


def decided(
    everyone: Sequence[Variants], event: Event, book: Rulebook, overrides: Mapping[tuple[str, str], Override]
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """All decisions, candidate by candidate in the order given, benefits in the book's order."""
    settings_of: dict[str, Mapping[str, SettingValue]] = {CORE: book.settings, CRITERIA: book.settings}
    for active in book.rules:
        settings_of.setdefault(active.plugin, active.settings)
    seen = fixed_event(event)
    plain = {
        plugin: Facts(event=seen, settings=MappingProxyType(dict(settings))) for plugin, settings in settings_of.items()
    }
    panels = [
        Panel(benefit, [one for one in book.rules if one.rule.benefit == benefit.name], event)
        for benefit in book.benefits
    ]
    needing = any(active.rule.needs for active in book.rules)
    decisions: list[Decision] = []
    failures: dict[str, tuple[ActiveRule, int]] = {}
    for variants in everyone:
        so_far: dict[str, Decision] = {}
        candidate = variants.main
        for panel in panels:
            facts = plain
            if needing and so_far:
                facts = {plugin: msgspec.structs.replace(one, decisions=dict(so_far)) for plugin, one in plain.items()}
            heard = panel.heard(candidate, facts)
            if heard.weighed.refers:
                for active in _failed(panel, heard.rulings):
                    failures[active.name] = (active, failures.get(active.name, (active, 0))[1] + 1)
            override = overrides.get((candidate.participant.id, panel.benefit.name))
            if override is None and variants.others and _hangs_on_place(variants, heard, panel, facts):
                referred = msgspec.structs.replace(heard.weighed, outcome=Outcome.REFERRED)
                heard = Heard((*heard.rulings, _uncertain(variants)), referred)
            decision = _decision(panel, candidate, heard, facts[CORE], override)
            so_far[panel.benefit.name] = decision
        decisions.extend(_without_guessed_journeys(variants, so_far, panels))
    return tuple(decisions), tuple(_failure(active, count) for active, count in failures.values())


def _hangs_on_place(variants: Variants, heard: Heard, panel: Panel, facts: Mapping[str, Facts]) -> bool:
    """Whether another variant of the candidate would be decided differently."""
    outcome = heard.weighed.outcome
    for other in variants.others:
        if variants.by_place:
            if panel.heard(other, facts).weighed.outcome is not outcome:
                return True
            continue
        answers = panel.asked_elsewhere(variants.main, other, heard.rulings, facts)
        if answers is not None and panel.weighed(answers).outcome is not outcome:
            return True
    return False


def _without_guessed_journeys(
    variants: Variants, decisions: Mapping[str, Decision], panels: Sequence[Panel]
) -> Iterable[Decision]:
    """The decisions of one person. Where one of them hangs on which place is meant, a journey that would be granted
    from any of the places cannot be planned or priced: a person must choose the place first."""
    hangs = variants.by_place and any(one.rulings and one.rulings[-1].rule == UNCERTAIN for one in decisions.values())
    for panel in panels:
        decision = decisions[panel.benefit.name]
        if hangs and panel.benefit.unit == "leg" and decision.outcome is Outcome.GRANTED:
            by_hand = any(ruling.plugin == "person" for ruling in decision.rulings)
            if not by_hand:
                decision = Decision(
                    participant_id=decision.participant_id,
                    benefit=decision.benefit,
                    outcome=Outcome.REFERRED,
                    rulings=(*decision.rulings, _uncertain(variants)),
                )
        yield decision


def _failure(active: ActiveRule, count: int) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        code="rule-failed",
        message=Text("The rule {rule} of the plugin {plugin} failed for {count} people; they are referred to a person"),
        values={"rule": active.name, "plugin": active.plugin, "count": count},
        source=Source(plugin=active.plugin, hook="eventops_rules"),
    )
