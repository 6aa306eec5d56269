"""How verdicts combine into decisions.

Order: override > excludes > blocking refers > grants > advisory refers > not covered. Every verdict is kept, so
a refusal is explained by every rule that did not apply. See docs/explanation/decisions.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct, structs

from eventops.domain.deciding.panels import Heard, Panel
from eventops.domain.deciding.reading import Recall
from eventops.domain.deciding.rulings import CORE, CRITERIA, core_ruling, failed
from eventops.domain.deciding.variants import Variants, Way
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
            parts.append(structs.replace(grant, share=share))
            left -= share
    return structs.replace(best, share=100 - left, payer=parts[0].payer), tuple(parts)


class Answer(Struct, frozen=True):
    """What is decided of one benefit for whoever is like one person in all that was looked at, and the rules that
    failed."""

    outcome: Outcome
    rulings: tuple[Ruling, ...]
    grant: Grant | None = None
    parts: tuple[Grant, ...] = ()
    rules_say: Outcome | None = None
    failures: tuple[ActiveRule, ...] = ()

    def decision(self, person: str, benefit: str) -> Decision:
        """The same of one person."""
        return Decision(
            participant_id=person,
            benefit=benefit,
            outcome=self.outcome,
            rulings=self.rulings,
            grant=self.grant,
            parts=self.parts,
            rules_say=self.rules_say,
        )


def decision_of(
    candidate: Candidate,
    benefit: Benefit,
    rules: Sequence[ActiveRule],
    facts: Mapping[str, Facts],
    override: Override | None = None,
) -> tuple[Decision, tuple[ActiveRule, ...]]:
    """One benefit of one candidate, and the rules that failed. `facts` by plugin."""
    panel = Panel(benefit, rules, facts[CORE].event)
    answer = _answer(panel, candidate, panel.heard(candidate, facts), facts[CORE], override)
    return answer.decision(candidate.participant.id, benefit.name), answer.failures


def _failed(panel: Panel, heard: Heard) -> tuple[ActiveRule, ...]:
    """The rules that could not answer."""
    if not heard.weighed.refers:
        return ()
    return tuple(active for active, ruling in zip(panel.rules, heard.rulings, strict=False) if failed(ruling))


def _answer(panel: Panel, candidate: Candidate, heard: Heard, facts: Facts, override: Override | None) -> Answer:
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
    failures = _failed(panel, heard)
    if outcome is not Outcome.GRANTED:
        return Answer(outcome, kept, rules_say=rules_say, failures=failures)
    grants = [_grant_of(ruling.verdict, panel, candidate, facts) for ruling in standing]
    grant, parts = _combined(panel.benefit, grants)
    return Answer(outcome, kept, grant, parts, rules_say, failures)


class _Desk:
    """Decides one benefit for candidate after candidate. Whoever is at the same place or places, and like somebody
    before in all that the rules read, gets the same answer."""

    def __init__(self, panel: Panel, facts: Mapping[str, Facts]) -> None:
        self.panel, self._facts = panel, facts
        self._recalls: dict[tuple[str, float | None, tuple[Way, ...]], Recall[Answer]] = {}
        # The nights of a grant are reckoned by the hours, whether a rule read them or not.
        self._hours = frozenset(("leaves_home_at", "back_home_at") if panel.benefit.unit == "night" else ())

    def answer(self, variants: Variants, decisions: Mapping[str, Decision], override: Override | None) -> Answer:
        if override is not None or self.panel.personal:
            return self._asked(variants, decisions, override)
        main = variants.main
        key = main.place.code if main.place is not None else "", main.distance_km, variants.elsewhere
        recall = self._recalls.get(key)
        if recall is None:
            recall = self._recalls[key] = Recall()
        answer = recall.known(main)
        if answer is None:
            answer = self._asked(variants, decisions, None)
            names = None if self.panel.personal or recall.varied else self.panel.facts_read((main, *variants.others))
            if names is not None:
                recall.keep(main, names | self._hours, answer)
        return answer

    def _asked(self, variants: Variants, decisions: Mapping[str, Decision], override: Override | None) -> Answer:
        heard = self.panel.heard(variants.main, self._facts, decisions)
        if override is None and variants.elsewhere and self._hangs_on_place(variants, heard, decisions):
            referred = structs.replace(heard.weighed, outcome=Outcome.REFERRED)
            heard = Heard((*heard.rulings, _uncertain(variants)), referred)
        return _answer(self.panel, variants.main, heard, self._facts[CORE], override)

    def _hangs_on_place(self, variants: Variants, heard: Heard, decisions: Mapping[str, Decision]) -> bool:
        """Whether another variant of the candidate would be decided differently."""
        outcome = heard.weighed.outcome
        for other in variants.others:
            if variants.by_place:
                if self.panel.heard(other, self._facts, decisions).weighed.outcome is not outcome:
                    return True
                continue
            answers = self.panel.asked_elsewhere(variants.main, other, heard.rulings, self._facts, decisions)
            if answers is not None and self.panel.weighed(answers).outcome is not outcome:
                return True
        return False


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
    desks = [
        _Desk(Panel(benefit, [one for one in book.rules if one.rule.benefit == benefit.name], event), plain)
        for benefit in book.benefits
    ]
    overridden = {person for person, _ in overrides}
    decisions: list[Decision] = []
    failures: dict[str, tuple[ActiveRule, int]] = {}
    for variants in everyone:
        person = variants.main.participant.id
        so_far: dict[str, Decision] = {}
        for desk in desks:
            benefit = desk.panel.benefit.name
            override = overrides.get((person, benefit)) if person in overridden else None
            answer = desk.answer(variants, so_far, override)
            for active in answer.failures:
                failures[active.name] = (active, failures.get(active.name, (active, 0))[1] + 1)
            so_far[benefit] = answer.decision(person, benefit)
        if variants.by_place:
            so_far = _without_guessed_journeys(variants, so_far, book.benefits)
        decisions.extend(so_far.values())
    return tuple(decisions), tuple(_failure(active, count) for active, count in failures.values())


def _without_guessed_journeys(
    variants: Variants, decisions: Mapping[str, Decision], benefits: Sequence[Benefit]
) -> dict[str, Decision]:
    """The decisions of one person. Where one of them hangs on which place is meant, a journey that would be granted
    from any of the places cannot be planned or priced: a person must choose the place first."""
    found = dict(decisions)
    if not any(one.rulings and one.rulings[-1].rule == UNCERTAIN for one in decisions.values()):
        return found
    for benefit in benefits:
        decision = decisions[benefit.name]
        by_hand = any(ruling.plugin == "person" for ruling in decision.rulings)
        if benefit.unit == "leg" and decision.outcome is Outcome.GRANTED and not by_hand:
            found[benefit.name] = Decision(
                participant_id=decision.participant_id,
                benefit=decision.benefit,
                outcome=Outcome.REFERRED,
                rulings=(*decision.rulings, _uncertain(variants)),
            )
    return found


def _failure(active: ActiveRule, count: int) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        code="rule-failed",
        message=Text("The rule {rule} of the plugin {plugin} failed for {count} people; they are referred to a person"),
        values={"rule": active.name, "plugin": active.plugin, "count": count},
        source=Source(plugin=active.plugin, hook="eventops_rules"),
    )
