"""The rules of one benefit asked about candidate after candidate. What was said of one is said of whoever is like them
in all that the rule read: thousands of people come from a few hundred places."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from msgspec import Struct, structs

from eventops.domain.deciding.reading import OWN, Reader, Recall, is_kept_in
from eventops.domain.deciding.rulings import OUTSIDE_REGIONS, Ask, asking, failed, is_scoped
from eventops.domain.deciding.weighing import Weighed, weighed
from eventops.domain.event import Event
from eventops.domain.rules import ActiveRule, Benefit, Candidate, Decision, Facts, Ruling, Verdict
from eventops.domain.texts import Text

# Values of which equal ones are written alike. Equal amounts of money are not: 1.0 and 1.00.
_WRITTEN_ALIKE = frozenset((str, int, bool, float, date, time, Text, type(None)))
# So many answers of a place are remembered: where they name an age or a number, few people share one.
_REMEMBERED = 64

NO_DECISIONS: Mapping[str, Decision] = {}


class Heard(Struct, frozen=True):
    """The rulings about a candidate, and what they amount to."""

    rulings: tuple[Ruling, ...]
    weighed: Weighed


class _Spot:
    """What the rules said at one place and distance of those asked about so far. `names` are the facts that were read;
    None where people differ too much for that to be noted."""

    __slots__ = ("heard", "names", "recalls", "seen")

    def __init__(self, rules: int) -> None:
        self.recalls: list[Recall[Ruling]] = [Recall() for _ in range(rules)]
        self.seen: list[dict[int, Ruling]] = [{} for _ in range(rules)]
        self.heard: dict[tuple[int, ...], Heard] = {}
        self.names: set[str] | None = set()


class Panel:
    """The rules of one benefit, ready to be asked. `scoped` names those that speak of some regions or associations,
    `personal` are the numbers of those to be asked about everybody: they read what each has of their own, or need
    decisions about other benefits."""

    def __init__(self, benefit: Benefit, rules: Sequence[ActiveRule], event: Event) -> None:
        self.benefit = benefit
        self.rules = tuple(rules)
        self.scoped = frozenset(active.name for active in rules if is_scoped(active))
        self.usual_payer = first_payer(event, benefit.name)
        self.personal = {at for at, active in enumerate(self.rules) if active.rule.needs}
        self._asks: list[tuple[Ask, str]] = [(asking(active), active.plugin) for active in self.rules]
        self._reader = Reader()
        self._spots: dict[tuple[str, float | None], _Spot] = {}
        self._again_at: dict[tuple[str, float, float], list[int]] = {}

    def asked(self, candidate: Candidate, facts: Mapping[str, Facts]) -> tuple[Ruling, ...]:
        """What every rule says of the candidate, in the order of the rules. `facts` by plugin."""
        return self.heard(candidate, facts).rulings

    def weighed(self, rulings: Sequence[Ruling]) -> Weighed:
        """What rulings of this panel amount to."""
        return weighed(rulings, self.scoped, self.usual_payer)

    def heard(
        self, candidate: Candidate, facts: Mapping[str, Facts], decisions: Mapping[str, Decision] = NO_DECISIONS
    ) -> Heard:
        """The same, weighed. People of one place of whom the same is said share it. `decisions` of other benefits are
        for the rules that need them."""
        spot = self._spot(candidate)
        asked = [self._ruling(at, spot, candidate, facts, decisions) for at in range(len(self.rules))]
        shared = [_shared(one, seen) for one, seen in zip(asked, spot.seen, strict=True)]
        ids = tuple(map(id, shared))
        heard = spot.heard.get(ids)
        if heard is None:
            rulings = tuple(shared)
            heard = Heard(rulings, self.weighed(rulings))
            if len(spot.heard) == _REMEMBERED:
                spot.heard.clear()
            spot.heard[ids] = heard
        return heard

    def facts_read(self, candidates: Sequence[Candidate]) -> frozenset[str] | None:
        """The facts of the person that the rules read where these candidates are; None where that is not noted."""
        found: set[str] = set()
        for one in candidates:
            names = self._spot(one).names
            if names is None:
                return None
            found |= names
        return frozenset(found)

    def _spot(self, candidate: Candidate) -> _Spot:
        key = candidate.place.code if candidate.place is not None else "", candidate.distance_km
        spot = self._spots.get(key)
        if spot is None:
            spot = self._spots[key] = _Spot(len(self.rules))
        return spot

    def _ruling(
        self,
        at: int,
        spot: _Spot,
        candidate: Candidate,
        facts: Mapping[str, Facts],
        decisions: Mapping[str, Decision],
    ) -> Ruling:
        """What one rule says, asked only where nobody asked about so far was the same to it."""
        ask, plugin = self._asks[at]
        if at in self.personal:
            seen = facts[plugin]
            if decisions and self.rules[at].rule.needs:
                seen = structs.replace(seen, decisions=dict(decisions))
            return ask(candidate, seen)
        recall = spot.recalls[at]
        known = recall.known(candidate)
        if known is not None:
            return known
        if recall.varied:
            spot.names = None
            return ask(candidate, facts[plugin])
        ruling = ask(self._reader.shown(candidate), facts[plugin])
        names = self._reader.names
        if failed(ruling) or is_kept_in(ruling.verdict):
            # A rule may fail because it looks at the whole person, which cannot be noted: not so of the true one.
            self.personal.add(at)
            return ask(candidate, facts[plugin])
        if names.isdisjoint(OWN):
            recall.keep(candidate, names, ruling)
            if spot.names is not None:
                spot.names |= names
        else:
            self.personal.add(at)
        return ruling

    def asked_elsewhere(
        self,
        main: Candidate,
        other: Candidate,
        rulings: Sequence[Ruling],
        facts: Mapping[str, Facts],
        decisions: Mapping[str, Decision] = NO_DECISIONS,
    ) -> list[Ruling] | None:
        """What the rules would say of the same person somewhat nearer or farther; None when it comes to the same."""
        assert main.place is not None
        assert main.distance_km is not None
        assert other.distance_km is not None
        spot = self._spot(other)
        key = main.place.code, main.distance_km, other.distance_km
        again = self._again_at.get(key)
        if again is None:
            again = self._again_at[key] = self._asked_again(spot, other, rulings, facts)
        changed: list[Ruling] | None = None
        for at in again:
            ruling = self._ruling(at, spot, other, facts, decisions)
            if not _weighs_alike(ruling.verdict, rulings[at].verdict):
                changed = changed or list(rulings)
                changed[at] = ruling
        return changed

    def _asked_again(
        self, spot: _Spot, other: Candidate, rulings: Sequence[Ruling], facts: Mapping[str, Facts]
    ) -> list[int]:
        """The rules that may answer otherwise for somebody of that place at the other distance."""
        again = []
        for at, (active, ruling) in enumerate(zip(self.rules, rulings, strict=True)):
            if not active.rule.by_distance or ruling.verdict.reason is OUTSIDE_REGIONS:
                continue
            hangs_on_person = active.rule.by_person or active.rule.needs
            if hangs_on_person or not _weighs_alike(
                self._ruling(at, spot, other, facts, NO_DECISIONS).verdict, ruling.verdict
            ):
                again.append(at)
        return again


def first_payer(event: Event, benefit: str) -> str:
    """Who pays when the rule does not say: the first budget line of that benefit."""
    return next((line.sponsor for line in event.budget if line.benefit == benefit), "")


def _weighs_alike(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts of one rule come to the same among those of the others."""
    return one.effect is other.effect and one.payer == other.payer and one.blocking == other.blocking


def _shared(ruling: Ruling, seen: dict[int, Ruling]) -> Ruling:
    """A ruling that was given already and is written the same to the last sign, else this one, to be found again."""
    verdict = ruling.verdict
    key = id(verdict.reason)
    known = seen.get(key)
    if known is not None and (known.verdict is verdict or _written_alike(verdict, known.verdict)):
        return known
    seen[key] = ruling
    return ruling


def _written_alike(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts are the same in everything that can be read of them."""
    return (
        one == other
        and one.ceiling is other.ceiling
        and (
            one.values is other.values
            or all(
                name == again and (value is known or _value_alike(value, known))
                for (name, value), (again, known) in zip(one.values.items(), other.values.items(), strict=True)
            )
        )
    )


def _value_alike(value: object, known: object) -> bool:
    """Whether two equal values are also written alike: 1 is not 1.0, nor -0.0 what 0.0 is."""
    kind = type(value)
    if kind is not type(known):
        return False
    if isinstance(value, tuple) and isinstance(known, tuple):
        return len(value) == len(known) and all(
            one is other or _value_alike(one, other) for one, other in zip(value, known, strict=True)
        )
    return kind in _WRITTEN_ALIKE and (kind is not float or bool(value)) and getattr(value, "tzinfo", None) is None
