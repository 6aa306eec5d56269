"""The rules of one benefit asked about candidate after candidate. What they say of everybody at a place is asked once:
thousands of people come from a few hundred places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from eventops.domain.deciding.rulings import OUTSIDE_REGIONS, Ask, asking, is_scoped
from eventops.domain.deciding.weighing import Weighed, weighed
from eventops.domain.event import Event
from eventops.domain.rules import ActiveRule, Benefit, Candidate, Effect, Facts, Grant, Ruling, Verdict
from eventops.domain.texts import Text

# A rule still to be asked: where its ruling stands, the question, and whose facts it sees.
Open = tuple[int, Ask, str]
# Values of which equal ones are written alike. Equal amounts of money are not: 1.0 and 1.00.
_WRITTEN_ALIKE = frozenset((str, int, bool, float, date, time, Text, type(None)))
# So many answers of a place are remembered: where they name an age or a number, few people share one.
_REMEMBERED = 64


class Heard:
    """The rulings about a candidate, and what they amount to. `given` is what they grant to those who leave and are
    back at the hours `given_for`, once somebody was granted it."""

    __slots__ = ("given", "given_for", "rulings", "weighed")

    def __init__(self, rulings: tuple[Ruling, ...], weighed: Weighed) -> None:
        self.rulings = rulings
        self.weighed = weighed
        self.given: tuple[Grant, tuple[Grant, ...]] | None = None
        self.given_for: tuple[datetime | None, datetime | None] = (None, None)


class _Place:
    """What the rules say at one place and distance: of everybody, and of those asked about so far."""

    __slots__ = ("heard", "open", "said", "seen")

    def __init__(self, said: list[Ruling | None], open: list[Open]) -> None:
        self.said = said
        self.open = open
        self.seen: list[dict[int, Ruling]] = [{} for _ in open]
        self.heard: dict[tuple[int, ...], Heard] = {}


class Panel:
    """The rules of one benefit, ready to be asked. `scoped` names those that speak of some regions or associations."""

    def __init__(self, benefit: Benefit, rules: Sequence[ActiveRule], event: Event) -> None:
        self.benefit = benefit
        self.rules = tuple(rules)
        self.scoped = frozenset(active.name for active in rules if is_scoped(active))
        self.usual_payer = first_payer(event, benefit.name)
        self._open: list[Open] = [(at, asking(active), active.plugin) for at, active in enumerate(self.rules)]
        self._places: dict[tuple[str, float], _Place] = {}
        self._again_at: dict[tuple[str, float, float], list[Open]] = {}

    def asked(self, candidate: Candidate, facts: Mapping[str, Facts]) -> tuple[Ruling, ...]:
        """What every rule says of the candidate, in the order of the rules. `facts` by plugin."""
        return self.heard(candidate, facts).rulings

    def weighed(self, rulings: Sequence[Ruling]) -> Weighed:
        """What rulings of this panel amount to."""
        return weighed(rulings, self.scoped, self.usual_payer)

    def heard(self, candidate: Candidate, facts: Mapping[str, Facts]) -> Heard:
        """The same, weighed. People of one place of whom the same is said share it."""
        if candidate.place is None or candidate.distance_km is None:
            return self._heard(ask(candidate, facts[plugin]) for _, ask, plugin in self._open)
        key = candidate.place.code, candidate.distance_km
        known = self._places.get(key)
        if known is None:
            rulings = [ask(candidate, facts[plugin]) for _, ask, plugin in self._open]
            said = [
                ruling if _same_for_all(active, ruling) else None
                for active, ruling in zip(self.rules, rulings, strict=True)
            ]
            still_open = [one for one, ruling in zip(self._open, said, strict=True) if ruling is None]
            known = self._places[key] = _Place(said, still_open)
            asked = [rulings[at] for at, _, _ in still_open]
        else:
            asked = [ask(candidate, facts[plugin]) for _, ask, plugin in known.open]
        shared = [_shared(one, seen) for one, seen in zip(asked, known.seen, strict=True)]
        ids = tuple(map(id, shared))
        heard = known.heard.get(ids)
        if heard is None:
            asked_here = iter(shared)  # one for each None, in the same order
            heard = self._heard(next(asked_here) if one is None else one for one in known.said)
            if len(known.heard) == _REMEMBERED:
                known.heard.clear()
            known.heard[ids] = heard
        return heard

    def _heard(self, rulings: Iterable[Ruling]) -> Heard:
        kept = tuple(rulings)
        return Heard(kept, self.weighed(kept))

    def asked_elsewhere(
        self, main: Candidate, other: Candidate, rulings: Sequence[Ruling], facts: Mapping[str, Facts]
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
                changed = changed or list(rulings)
                changed[at] = ruling
        return changed

    def _asked_again(self, other: Candidate, rulings: Sequence[Ruling], facts: Mapping[str, Facts]) -> list[Open]:
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
