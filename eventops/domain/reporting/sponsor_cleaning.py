"""Decisions and findings without the words that would tell a sponsor who a person is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

import msgspec

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Source
from eventops.domain.money import Money
from eventops.domain.plan import Plan
from eventops.domain.reporting.private_words import identifying_words, private_words
from eventops.domain.rules import Candidate, Decision, Grant, PricedLine, Ruling, Verdict
from eventops.domain.texts import Message, Text

WITHHELD = "…"
REASON_KEPT = Text(
    "decided by a person on {on}; the association keeps the reason",
    fr="décidé par une personne le {on} ; l’association conserve le motif",
    ar="قرار اتخذه شخص بتاريخ {on}، والجمعية تحتفظ بسببه",
)
PRIVATE_RULE = Text("a private matter", fr="une question personnelle", ar="أمر شخصي")
PRIVATE_REASON = Text(
    "a private reason, which the association keeps",
    fr="un motif personnel, que l’association conserve",
    ar="سبب شخصي تحتفظ به الجمعية",
)


def of_sponsor(event: Event, sponsor: str) -> Event:
    """The event with that sponsor's budget lines only."""
    return msgspec.structs.replace(event, budget=tuple(one for one in event.budget if one.sponsor == sponsor))


class SponsorCleaner:
    """Takes out of decisions and findings what would tell who a person is. What was typed by hand passes only when
    it is a word of the event itself; sentences pass unless they hold a private word of anybody."""

    def __init__(self, plan: Plan, sponsor: str) -> None:
        self._sponsor = sponsor
        people = [one.participant for one in plan.candidates]
        self._private = private_words(people)
        self._identifying = identifying_words(people)
        self._shared = _shared_texts(plan.decisions)
        self._known = _words_of(plan, sponsor)
        self._lines = {line.id for line in plan.event.budget if line.sponsor == sponsor}
        self._passed: dict[Text, Text] = {}

    def decision(self, decision: Decision, pseudonym: str, agreed: bool, candidate: Candidate) -> Decision:
        """The decision under the pseudonym; amounts only where this sponsor, or nobody named, pays."""
        grant = decision.grant
        payers = {part.payer for part in (decision.parts or ((grant,) if grant else ()))}
        own = not payers or bool(payers & {self._sponsor, ""})
        rulings = tuple(self._ruling(ruling, agreed, candidate) for ruling in decision.rulings)
        return msgspec.structs.replace(
            decision,
            participant_id=pseudonym,
            rulings=rulings,
            grant=self._grant(grant) if grant is not None else None,
            parts=tuple(self._grant(part) for part in decision.parts),
            amount=decision.amount if own else None,
            lines=tuple(self._line(line, candidate) for line in decision.lines) if own else (),
        )

    def is_impersonal(self, finding: Finding) -> bool:
        """Whether a finding speaks of the event and not of a person."""
        if finding.source != Source(plugin=finding.source.plugin, hook=finding.source.hook):
            return False
        of_money = any(isinstance(value, Money) for value in finding.values.values())
        if of_money and finding.values.get("line") not in self._lines:
            return False
        return self._cleared(finding.message) == finding.message and all(
            self._value(value, None) == value for value in finding.values.values()
        )

    def _grant(self, grant: Grant) -> Grant:
        other = grant.payer not in (self._sponsor, "")
        return msgspec.structs.replace(grant, ceiling=None) if other else grant

    def _ruling(self, ruling: Ruling, agreed: bool, candidate: Candidate) -> Ruling:
        verdict = ruling.verdict
        if verdict.ceiling is not None and verdict.payer not in (self._sponsor, ""):
            verdict = msgspec.structs.replace(verdict, ceiling=None)
        if verdict.sensitive:
            verdict = msgspec.structs.replace(verdict, reason=PRIVATE_REASON, values={})
            ruling = msgspec.structs.replace(ruling, rule=ruling.plugin, title=PRIVATE_RULE)
        elif ruling.plugin == "person":
            verdict = self._override(verdict, agreed)
        else:
            values = {name: self._value(value, candidate) for name, value in verdict.values.items()}
            verdict = msgspec.structs.replace(verdict, reason=self._cleared(verdict.reason), values=values)
        return msgspec.structs.replace(ruling, title=self._cleared(ruling.title), verdict=verdict)

    def _override(self, verdict: Verdict, agreed: bool) -> Verdict:
        """What a person wrote is shown of those who agreed, when it names nobody; who wrote it never is."""
        on = verdict.values.get("on")
        reason = verdict.values.get("reason")
        if agreed and isinstance(reason, str) and not self._private.found_in(reason):
            return msgspec.structs.replace(verdict, values={"by": WITHHELD, "on": on, "reason": reason})
        return msgspec.structs.replace(verdict, reason=REASON_KEPT, values={"on": on if isinstance(on, date) else None})

    def _line(self, line: PricedLine, candidate: Candidate) -> PricedLine:
        values = {name: self._value(value, candidate) for name, value in line.values.items()}
        return msgspec.structs.replace(line, label=self._cleared(line.label), values=values)

    def _cleared(self, text: Text) -> Text:
        """The sentence, or a general one when it holds somebody's private word."""
        passed = self._passed.get(text)
        if passed is None:
            words = self._identifying if text in self._shared else self._private
            held = any(words.found_in(wording) for wording in _all(text))
            passed = self._passed[text] = PRIVATE_REASON if held else text
        return passed

    def _value(self, value: object, candidate: Candidate | None) -> object:
        match value:
            case None | bool() | int() | float() | Decimal() | date() | time() | datetime() | Money() | Enum():
                return value
            case Text():
                return self._cleared(value)
            case Message():
                values = {name: self._value(one, candidate) for name, one in value.values.items()}
                return Message(self._cleared(value.text), values)
            case tuple() | list():
                return tuple(self._value(one, candidate) for one in value)
            case str():
                return value if self._is_known(value, candidate) else WITHHELD
            case _:
                return WITHHELD

    def _is_known(self, value: str, candidate: Candidate | None) -> bool:
        """Whether every part of a value is a word of the event, of its rules, or the name of the person's place."""
        own = _place_words(candidate) if candidate is not None else set()
        parts = value.replace(" / ", ", ").split(", ")
        return all(part in self._known or part in own for part in parts) and not self._private.found_in(value)


def _shared_texts(decisions: Sequence[Decision]) -> set[Text]:
    """The reasons said of several people: sentences of a rule, in which a word that is somebody's organisation too
    (association, ministry) tells nothing."""
    said_of: defaultdict[Text, set[str]] = defaultdict(set)
    for decision in decisions:
        for ruling in decision.rulings:
            said_of[ruling.verdict.reason].add(decision.participant_id)
            said_of[ruling.title].add(decision.participant_id)
        for line in decision.lines:
            said_of[line.label].add(decision.participant_id)
    return {text for text, ids in said_of.items() if len(ids) > 1}


def _words_of(plan: Plan, sponsor: str) -> set[str]:
    """Every text the event, its settings and its rules are made of: nobody's private words, nor another sponsor's
    budget."""
    words = {"", "-"}
    _collect(msgspec.to_builtins(of_sponsor(plan.event, sponsor), enc_hook=str), words)
    _collect(dict(plan.settings), words)
    for ruling in (ruling for decision in plan.decisions for ruling in decision.rulings):
        words |= {ruling.rule, ruling.plugin, ruling.version}
    words |= {benefit.name for benefit in plan.benefits}
    return words


def _collect(value: object, words: set[str]) -> None:
    match value:
        case str():
            words.add(value)
        case dict():
            for key, one in value.items():
                words.add(str(key))
                _collect(one, words)
        case list() | tuple():
            for one in value:
                _collect(one, words)


def _place_words(candidate: Candidate) -> set[str]:
    place = candidate.place
    if place is None:
        return set()
    texts = (place.name, place.province_name, place.region_name)
    return {place.code, place.region, place.province, place.country, *(word for text in texts for word in _all(text))}


def _all(text: Text) -> tuple[str, str, str]:
    return text.en, text.fr, text.ar
