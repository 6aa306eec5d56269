"""What one rule says about one candidate: its scope, its verdict, and what becomes of an answer that is none."""

from collections.abc import Callable

from eventops.domain.money import Money
from eventops.domain.rules import (
    ActiveRule,
    Candidate,
    Effect,
    Facts,
    Ruling,
    Scope,
    Verdict,
    does_not_apply,
    refers,
)
from eventops.domain.texts import Text
from eventops.errors import PluginFailed

OUTSIDE_REGIONS = Text("lives in {region}, this rule speaks of {expected}")
OUTSIDE_ASSOCIATIONS = Text("mobilised by {association}, this rule speaks of {expected}")
UNPLACED = Text("the town is not settled")
RULE_FAILED = Text("the rule {rule} of the plugin {plugin} failed ({error}); a person must decide")
RULE_MISUSED = Text("the rule {rule} of the plugin {plugin} gave {seen}, which it did not declare")

CORE = "eventops"
CRITERIA = "event"

Ask = Callable[[Candidate, Facts], Ruling]


def asking(active: ActiveRule) -> Ask:
    """A function that asks this rule about a candidate. What is the same for everybody is worked out here, once.

    A failing rule refers: it blocks if it might have excluded, so that money never goes out unchecked.
    """
    check, may = active.rule.check, (Effect.NOT_APPLICABLE, *active.rule.may)
    blocking = Effect.EXCLUDES in active.rule.may
    # Verdicts of plugins are not checked when made; ours are made by functions that are.
    trusted = active.plugin in (CORE, CRITERIA)
    outside = _scope_of(active)
    about = {"rule": active.name, "plugin": active.plugin}

    def ask(candidate: Candidate, facts: Facts) -> Ruling:
        if outside is not None:
            ruling = outside(candidate)
            if ruling is not None:
                return ruling
        try:
            verdict = check(candidate, facts)
        except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
            what = error.what if isinstance(error, PluginFailed) else type(error).__name__
            return ruling_of(active, refers(RULE_FAILED, blocking=blocking, error=what, **about))
        misfit = "" if trusted else verdict_misfit(verdict)
        if not misfit and verdict.effect not in may:
            misfit = verdict.effect.value
        if misfit:
            return ruling_of(active, refers(RULE_MISUSED, blocking=blocking, seen=misfit, **about))
        return ruling_of(active, verdict)

    return ask


def failed(ruling: Ruling) -> bool:
    """Whether this is what became of a rule that failed."""
    return ruling.verdict.reason is RULE_FAILED or ruling.verdict.reason is RULE_MISUSED


def is_scoped(active: ActiveRule) -> bool:
    """Whether the rule speaks of some regions or associations only."""
    return bool(active.regions) or active.rule.scope != Scope()


def _scope_of(active: ActiveRule) -> Callable[[Candidate], Ruling | None] | None:
    """None for a rule about everybody; else a function that gives None when the rule speaks about the candidate, or
    the ruling that says why it does not."""
    regions = active.regions or active.rule.scope.regions
    associations = active.rule.scope.associations
    if not regions and not associations:
        return None
    known: dict[tuple[str, str], Ruling] = {}

    def said(reason: Text, name: str, seen: str, expected: tuple[str, ...]) -> Ruling:
        found = known.get((name, seen))
        if found is None:
            values = {name: seen, "expected": ", ".join(expected)} if name else {}
            found = known[name, seen] = ruling_of(active, does_not_apply(reason, **values))
        return found

    def outside(candidate: Candidate) -> Ruling | None:
        if regions:
            place = candidate.place
            if place is None:
                return said(UNPLACED, "", "", ())
            if place.region not in regions:
                return said(OUTSIDE_REGIONS, "region", place.region or place.country, regions)
        if associations and candidate.participant.association not in associations:
            return said(OUTSIDE_ASSOCIATIONS, "association", candidate.participant.association or "-", associations)
        return None

    return outside


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


def ruling_of(active: ActiveRule, verdict: Verdict) -> Ruling:
    """The verdict with the rule that gave it."""
    return Ruling(
        rule=active.name, plugin=active.plugin, version=active.version, title=active.rule.title, verdict=verdict
    )


def core_ruling(name: str, verdict: Verdict, title: Text) -> Ruling:
    """A ruling of the core itself, not of a rule."""
    return Ruling(rule=name, plugin=CORE, version="", title=title, verdict=verdict)
