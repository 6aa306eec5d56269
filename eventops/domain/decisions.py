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

from eventops.domain.event import Event, SettingValue
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.lodging import nights_needed
from eventops.domain.money import Money
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
    does_not_apply,
    fixed_event,
    refers,
)
from eventops.domain.texts import Text
from eventops.errors import PluginFailed

OUTSIDE_REGIONS = Text("lives in {region}, this rule speaks of {expected}")
OUTSIDE_ASSOCIATIONS = Text("mobilised by {association}, this rule speaks of {expected}")
UNPLACED = Text("the town is not settled")
RULE_FAILED = Text("the rule {rule} of the plugin {plugin} failed ({error}); a person must decide")
RULE_MISUSED = Text("the rule {rule} of the plugin {plugin} gave {seen}, which it did not declare")
OVERRIDDEN = Text("decided by {by} on {on}: {reason}")
RULES_CONFLICT = Text("{first} and {second} contradict each other about this person")
PLACE_UNCERTAIN = Text("“{town}” may be {places}, and the decision depends on which")
DISTANCE_UNCERTAIN = Text(
    "{distance_km} km, give or take {radius_km} km for the size of the commune: the decision depends on the exact spot"
)

CORE = "eventops"


class Variants(Struct, frozen=True, kw_only=True):
    """A candidate and what they may also be: the same person at another candidate place, or a radius nearer or
    farther. A decision stands when all variants agree."""

    main: Candidate
    others: tuple[Candidate, ...] = ()
    by_place: bool = False


def _in_scope(active: ActiveRule, candidate: Candidate) -> Verdict | None:
    """None when the rule speaks about this person, else the verdict that says why it does not."""
    regions = active.regions or active.rule.scope.regions
    associations = active.rule.scope.associations
    if regions:
        if candidate.place is None:
            return does_not_apply(UNPLACED)
        if candidate.place.region not in regions:
            seen = candidate.place.region or candidate.place.country
            return does_not_apply(OUTSIDE_REGIONS, region=seen, expected=", ".join(regions))
    if associations and candidate.participant.association not in associations:
        seen = candidate.participant.association or "-"
        return does_not_apply(OUTSIDE_ASSOCIATIONS, association=seen, expected=", ".join(associations))
    return None


def _verdict(active: ActiveRule, candidate: Candidate, facts: Facts) -> tuple[Verdict, bool]:
    """The rule's verdict, and whether the rule itself failed. A failing rule refers: it blocks if it might
    have excluded, so that money never goes out unchecked."""
    outside = _in_scope(active, candidate)
    if outside is not None:
        return outside, False
    blocking = Effect.EXCLUDES in active.rule.may
    about = {"rule": active.name, "plugin": active.plugin}
    try:
        verdict = active.rule.check(candidate, facts)
    except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
        what = error.what if isinstance(error, PluginFailed) else type(error).__name__
        return refers(RULE_FAILED, blocking=blocking, error=what, **about), True
    misfit = verdict_misfit(verdict)
    if misfit:
        return refers(RULE_MISUSED, blocking=blocking, seen=misfit, **about), True
    if verdict.effect is not Effect.NOT_APPLICABLE and verdict.effect not in active.rule.may:
        return refers(RULE_MISUSED, blocking=blocking, seen=verdict.effect.value, **about), True
    return verdict, False


def verdict_misfit(verdict: object) -> str:
    """What of an answer is no part of a verdict, or ''. Verdicts are made by plugins and are not checked when made."""
    if not isinstance(verdict, Verdict):
        return type(verdict).__name__
    if not isinstance(verdict.effect, Effect):
        return f"effect {type(verdict.effect).__name__}"
    if type(verdict.reason) is not Text or type(verdict.values) is not dict:
        return f"reason {type(verdict.reason).__name__}"
    if type(verdict.share) is not int or not 0 < verdict.share <= 100:
        return f"share {verdict.share!r}"
    if type(verdict.nights) is not tuple or type(verdict.payer) is not str or type(verdict.legs) is not int:
        return "nights, payer or legs"
    if verdict.ceiling is not None and not isinstance(verdict.ceiling, Money):
        return f"ceiling {type(verdict.ceiling).__name__}"
    return ""


def _ruling(active: ActiveRule, verdict: Verdict) -> Ruling:
    return Ruling(
        rule=active.name, plugin=active.plugin, version=active.version, title=active.rule.title, verdict=verdict
    )


def _core_ruling(name: str, verdict: Verdict, title: Text) -> Ruling:
    return Ruling(rule=name, plugin=CORE, version="", title=title, verdict=verdict)


def _grant_of(verdict: Verdict, benefit: Benefit, candidate: Candidate, facts: Facts) -> Grant:
    nights = verdict.nights
    if benefit.unit == "night" and not nights:
        nights = nights_needed(candidate, facts)
    return Grant(
        share=verdict.share,
        ceiling=verdict.ceiling,
        payer=verdict.payer or first_payer(facts.event, benefit.name),
        nights=nights,
        legs=verdict.legs,
    )


def first_payer(event: Event, benefit: str) -> str:
    """Who pays when the rule does not say: the first budget line of that benefit."""
    return next((line.sponsor for line in event.budget if line.benefit == benefit), "")


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


def _conflict(active_rules: Mapping[str, ActiveRule], rulings: Sequence[Ruling]) -> tuple[Ruling, Ruling] | None:
    """A grant and an exclusion by the regional rules of two different plugins, or None."""

    def regional(ruling: Ruling, effect: Effect) -> bool:
        active = active_rules.get(ruling.rule)
        scoped = active is not None and (active.regions or active.rule.scope != type(active.rule.scope)())
        return ruling.verdict.effect is effect and bool(scoped)

    for granting in rulings:
        if regional(granting, Effect.GRANTS):
            for excluding in rulings:
                if regional(excluding, Effect.EXCLUDES) and excluding.plugin != granting.plugin:
                    return granting, excluding
    return None


def _outcome(rulings: Sequence[Ruling], usual_payer: str) -> tuple[Outcome, Sequence[Ruling]]:
    """The outcome by precedence, and the grants that stand. A grant that names no payer falls to the usual one."""
    verdicts = [ruling.verdict for ruling in rulings]
    if any(verdict.effect is Effect.EXCLUDES and not verdict.payer for verdict in verdicts):
        return Outcome.EXCLUDED, []
    barred = {verdict.payer for verdict in verdicts if verdict.effect is Effect.EXCLUDES}
    granting = [ruling for ruling in rulings if ruling.verdict.effect is Effect.GRANTS]
    standing = [ruling for ruling in granting if (ruling.verdict.payer or usual_payer) not in barred]
    if any(verdict.effect is Effect.REFERS and verdict.blocking for verdict in verdicts):
        return Outcome.REFERRED, []
    if standing:
        return Outcome.GRANTED, standing
    if granting:
        return Outcome.EXCLUDED, []
    if any(verdict.effect is Effect.REFERS for verdict in verdicts):
        return Outcome.REFERRED, []
    return Outcome.NOT_COVERED, []


def decision_of(
    candidate: Candidate,
    benefit: Benefit,
    rules: Sequence[ActiveRule],
    facts: Mapping[str, Facts],
    override: Override | None = None,
) -> tuple[Decision, tuple[ActiveRule, ...]]:
    """One benefit of one candidate, and the rules that failed. `facts` by plugin."""
    rulings: list[Ruling] = []
    failed: list[ActiveRule] = []
    for active in rules:
        verdict, broke = _verdict(active, candidate, facts[active.plugin])
        if broke:
            failed.append(active)
        rulings.append(_ruling(active, verdict))
    conflict = _conflict({active.name: active for active in rules}, rulings)
    if conflict is not None:
        verdict = refers(RULES_CONFLICT, first=conflict[0].rule, second=conflict[1].rule)
        rulings.append(_core_ruling("conflict", verdict, Text("Conflict of rules")))
    own = facts[CORE]
    usual_payer = first_payer(own.event, benefit.name)
    outcome, standing = _outcome(rulings, usual_payer) if conflict is None else (Outcome.REFERRED, [])
    if override is not None:
        ruling = _override_ruling(override)
        rulings.insert(0, ruling)
        outcome = override.outcome
        standing = [ruling] if outcome is Outcome.GRANTED else []
    if outcome is not Outcome.GRANTED:
        return Decision(
            participant_id=candidate.participant.id, benefit=benefit.name, outcome=outcome, rulings=tuple(rulings)
        ), tuple(failed)
    grant, parts = _combined(benefit, [_grant_of(ruling.verdict, benefit, candidate, own) for ruling in standing])
    return Decision(
        participant_id=candidate.participant.id,
        benefit=benefit.name,
        outcome=outcome,
        rulings=tuple(rulings),
        grant=grant,
        parts=parts,
    ), tuple(failed)


def _override_ruling(override: Override) -> Ruling:
    effect = {Outcome.GRANTED: Effect.GRANTS, Outcome.EXCLUDED: Effect.EXCLUDES}.get(override.outcome, Effect.REFERS)
    values: dict[str, object] = {"by": override.by, "on": override.on, "reason": override.reason}
    verdict = Verdict(effect=effect, reason=OVERRIDDEN, values=values, payer=override.payer, nights=override.nights)
    return Ruling(rule="override", plugin="person", version="", title=Text("Decision of a person"), verdict=verdict)


def override_in_force(overrides: Iterable[Override], on: date) -> dict[tuple[str, str], Override]:
    """The newest override of each person and benefit that has not lapsed on that day."""
    return {(one.participant_id, one.benefit): one for one in overrides if one.until is None or one.until >= on}


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
    return _core_ruling("uncertain-place", verdict, Text("Uncertain place"))


def decided(
    everyone: Sequence[Variants], event: Event, book: Rulebook, overrides: Mapping[tuple[str, str], Override]
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """All decisions, candidate by candidate in the order given, benefits in the book's order."""
    rules_of = {
        benefit.name: [one for one in book.rules if one.rule.benefit == benefit.name] for benefit in book.benefits
    }
    settings_of: dict[str, Mapping[str, SettingValue]] = {CORE: book.settings, "event": book.settings}
    for active in book.rules:
        settings_of.setdefault(active.plugin, active.settings)
    seen = fixed_event(event)
    plain = {
        plugin: Facts(event=seen, settings=MappingProxyType(dict(settings))) for plugin, settings in settings_of.items()
    }
    needing = any(active.rule.needs for active in book.rules)
    decisions: list[Decision] = []
    failures: dict[str, tuple[ActiveRule, int]] = {}
    for variants in everyone:
        so_far: dict[str, Decision] = {}
        for benefit in book.benefits:
            facts = plain
            if needing and so_far:
                facts = {plugin: msgspec.structs.replace(one, decisions=dict(so_far)) for plugin, one in plain.items()}
            override = overrides.get((variants.main.participant.id, benefit.name))
            decision, failed = decision_of(variants.main, benefit, rules_of[benefit.name], facts, override)
            for active in failed:
                failures[active.name] = (active, failures.get(active.name, (active, 0))[1] + 1)
            if override is None and _hangs_on_place(variants, decision, benefit, rules_of[benefit.name], facts):
                decision = Decision(
                    participant_id=decision.participant_id,
                    benefit=benefit.name,
                    outcome=Outcome.REFERRED,
                    rulings=(*decision.rulings, _uncertain(variants)),
                )
            so_far[benefit.name] = decision
            decisions.append(decision)
    return tuple(decisions), tuple(_failure(active, count) for active, count in failures.values())


def _hangs_on_place(
    variants: Variants,
    decision: Decision,
    benefit: Benefit,
    rules: Sequence[ActiveRule],
    facts: Mapping[str, Facts],
) -> bool:
    """Whether another variant of the candidate would be decided differently."""
    return any(
        decision_of(other, benefit, rules, facts)[0].outcome is not decision.outcome for other in variants.others
    )


def _failure(active: ActiveRule, count: int) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        code="rule-failed",
        message=Text("The rule {rule} of the plugin {plugin} failed for {count} people; they are referred to a person"),
        values={"rule": active.name, "plugin": active.plugin, "count": count},
        source=Source(plugin=active.plugin, hook="eventops_rules"),
    )
