"""The rules of one benefit asked about candidate after candidate. What they say of everybody at a place is asked once:
thousands of people come from a few hundred places."""

from collections.abc import Mapping, Sequence

from eventops.domain.deciding.rulings import OUTSIDE_REGIONS, Ask, asking, is_scoped
from eventops.domain.event import Event
from eventops.domain.rules import ActiveRule, Benefit, Candidate, Effect, Facts, Ruling, Verdict

# A rule still to be asked: where its ruling stands, the question, and whose facts it sees.
Open = tuple[int, Ask, str]


class Panel:
    """The rules of one benefit, ready to be asked. `scoped` names those that speak of some regions or associations."""

    def __init__(self, benefit: Benefit, rules: Sequence[ActiveRule], event: Event) -> None:
        self.benefit = benefit
        self.rules = tuple(rules)
        self.scoped = frozenset(active.name for active in rules if is_scoped(active))
        self.usual_payer = first_payer(event, benefit.name)
        self._open: list[Open] = [(at, asking(active), active.plugin) for at, active in enumerate(self.rules)]
        self._said_at: dict[tuple[str, float], tuple[list[Ruling | None], list[Open]]] = {}
        self._again_at: dict[tuple[str, float, float], list[Open]] = {}

    def asked(self, candidate: Candidate, facts: Mapping[str, Facts]) -> list[Ruling]:
        """What every rule says of the candidate, in the order of the rules. `facts` by plugin."""
        if candidate.place is None or candidate.distance_km is None:
            return [ask(candidate, facts[plugin]) for _, ask, plugin in self._open]
        key = candidate.place.code, candidate.distance_km
        known = self._said_at.get(key)
        if known is None:
            rulings = [ask(candidate, facts[plugin]) for _, ask, plugin in self._open]
            said = [
                ruling if _same_for_all(active, ruling) else None
                for active, ruling in zip(self.rules, rulings, strict=True)
            ]
            self._said_at[key] = said, [one for one, ruling in zip(self._open, said, strict=True) if ruling is None]
            return rulings
        answers = known[0].copy()
        for at, ask, plugin in known[1]:
            answers[at] = ask(candidate, facts[plugin])
        return answers  # type: ignore[return-value]  # every None was one of the open ones

    def asked_elsewhere(
        self, main: Candidate, other: Candidate, rulings: list[Ruling], facts: Mapping[str, Facts]
    ) -> list[Ruling] | None:
        """What the rules would say of the same person somewhat nearer or farther; None when it comes to the same."""
        assert main.place is not None
        assert main.distance_km is not None
        assert other.distance_km is not None
        key = main.place.code, main.distance_km, other.distance_km
        again = self._again_at.get(key)
        if again is None:
            again = self._again_at[key] = self._asked_again(other, rulings, facts)
        changed: list[Ruling] | None = None
        for at, ask, plugin in again:
            ruling = ask(other, facts[plugin])
            if not _weighs_alike(ruling.verdict, rulings[at].verdict):
                changed = changed or rulings.copy()
                changed[at] = ruling
        return changed

    def _asked_again(self, other: Candidate, rulings: list[Ruling], facts: Mapping[str, Facts]) -> list[Open]:
        """The rules that may answer otherwise for somebody of that place at the other distance."""
        again = []
        for one, active, ruling in zip(self._open, self.rules, rulings, strict=True):
            if not active.rule.by_distance or ruling.verdict.reason is OUTSIDE_REGIONS:
                continue
            _, ask, plugin = one
            hangs_on_person = active.rule.by_person or active.rule.needs
            if hangs_on_person or not _weighs_alike(ask(other, facts[plugin]).verdict, ruling.verdict):
                again.append(one)
        return again


def first_payer(event: Event, benefit: str) -> str:
    """Who pays when the rule does not say: the first budget line of that benefit."""
    return next((line.sponsor for line in event.budget if line.benefit == benefit), "")


def _same_for_all(active: ActiveRule, ruling: Ruling) -> bool:
    """Whether the rule says the same, word for word, of everybody at that place and distance."""
    if ruling.verdict.reason is OUTSIDE_REGIONS:
        return True
    of_place = not active.rule.by_person and not active.rule.needs
    return of_place and ruling.verdict.effect is Effect.NOT_APPLICABLE


def _weighs_alike(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts of one rule come to the same among those of the others."""
    return one.effect is other.effect and one.payer == other.payer and one.blocking == other.blocking
