"""The plan as an audience may see it: no fact about a person beyond what that audience needs.

Sponsors see people by name only with their consent for that sponsor, else under a pseudonym that is the same in every
file for that sponsor and another in the files of the next, so that two sponsors cannot join their lists.
"""

import base64
import hmac
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

import msgspec
from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.findings import Finding, Source
from eventops.domain.money import Money
from eventops.domain.people import Participant
from eventops.domain.places import Placement, PlacementStatus
from eventops.domain.plan import Plan
from eventops.domain.private_words import identifying_words, private_words
from eventops.domain.reports import Audience
from eventops.domain.rules import Candidate, Decision, Grant, Journey, PricedLine, Ruling, Verdict
from eventops.domain.statistics import Statistics, region_of
from eventops.domain.texts import Message, Text

# The one table of who may see what about a person; `id` is what stays above all.
PERSON_FIELDS: Mapping[Audience, frozenset[str]] = {
    Audience.ASSOCIATION: frozenset(Participant.__struct_fields__),
    Audience.HOTEL: frozenset({"name", "name_latin", "gender", "language", "needs"}),
    Audience.CATERER: frozenset({"diet"}),
    Audience.DOOR: frozenset({"name", "organisation", "category"}),
    Audience.SPONSOR: frozenset({"gender", "category", "role", "association", "status", "attended"}),
    Audience.PUBLIC: frozenset(),
}
# What a sponsor sees more of those who agreed to it.
WITH_CONSENT = frozenset({"name", "name_latin", "organisation"})

SHORT, FULL = 6, 52  # characters of a pseudonym
SMALLEST_GROUP = 5
GROUPED = "grouped"
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


def plan_for(
    plan: Plan, audience: Audience, sponsor: str = "", *, open_fields: Collection[str] = (), secret: bytes = b""
) -> Plan:
    """The plan as that audience may see it. `open_fields` names the plugins' fields the audience may see;
    `secret` keys the pseudonyms, so that nobody who knows the ids can undo them.

    Errors: ValueError for a sponsor's plan without the sponsor.
    """
    match audience:
        case Audience.ASSOCIATION:
            return plan
        case Audience.SPONSOR:
            if not sponsor:
                raise ValueError("a sponsor's plan is made for one sponsor")
            return _for_sponsor(plan, sponsor, open_fields, secret)
        case Audience.PUBLIC:
            return _for_public(plan)
        case _:
            return _for_service(plan, audience, open_fields)


def pseudonyms(event_id: str, sponsor: str, ids: Sequence[str], secret: bytes = b"") -> dict[str, str]:
    """A pseudonym for every id, such as P-7K3FQA: stable for the event and the sponsor, unlike those of any other.

    Two that would be alike are written longer.
    """
    key = secret or b"eventops"
    digests = {
        id: base64.b32encode(hmac.digest(key, "\x1f".join((event_id, sponsor, id)).encode(), "sha256")).decode()
        for id in ids
    }
    found: dict[str, str] = {}
    for length in range(SHORT, FULL + 1):
        left = {id: digest[:length] for id, digest in digests.items() if id not in found}
        alike = Counter(left.values())
        found |= {id: f"P-{code}" for id, code in left.items() if alike[code] == 1 or length == FULL}
    return found


def _person(person: Participant, allowed: Collection[str], open_fields: Collection[str], **instead: str) -> Participant:
    """The person with the allowed fields only, some of them replaced."""
    kept = {name: getattr(person, name) for name in allowed if name not in ("id", "fields")}
    fields = {name: value for name, value in person.fields.items() if name in open_fields}
    return Participant(**{"id": person.id, "name": "", **kept, "fields": fields, **instead})


NOWHERE = Placement(text="", status=PlacementStatus.UNRESOLVED)


def _for_service(plan: Plan, audience: Audience, open_fields: Collection[str]) -> Plan:
    """For hotel, caterer and door: the people they serve, and nothing on money, reasons or homes."""
    allowed = PERSON_FIELDS[audience]
    sleeping = {stay.participant_id for stay in plan.stays}
    hotel = audience is Audience.HOTEL
    candidates = tuple(
        Candidate(
            participant=_person(one.participant, allowed, open_fields),
            placement=NOWHERE,
            seat=one.seat,
            waiting_position=one.waiting_position,
        )
        for one in plan.candidates
        if not hotel or one.participant.id in sleeping
    )
    if audience is Audience.CATERER:
        candidates = _in_another_order(candidates)
    return msgspec.structs.replace(
        plan,
        event=_without_budget(plan.event),
        candidates=candidates,
        decisions=(),
        journeys=(),
        stays=plan.stays if hotel else (),
        meals=plan.meals if audience is Audience.CATERER else (),
        budget=(),
        statistics=Statistics(gender={}, age={}, category={}, region={}),
        findings=(),
    )


def _in_another_order(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Diets in a row of their own: neither id nor place in the list leads back to a person."""
    diets = sorted(candidates, key=lambda one: one.participant.diet)
    return tuple(
        msgspec.structs.replace(one, participant=msgspec.structs.replace(one.participant, id=str(number)))
        for number, one in enumerate(diets, start=1)
    )


def _without_budget(event: Event) -> Event:
    return msgspec.structs.replace(event, budget=(), criteria=(), rates=(), settings={}, assumptions=())


def _for_public(plan: Plan) -> Plan:
    """No person at all, and no count that could point to one."""
    counts = plan.statistics
    return msgspec.structs.replace(
        plan,
        event=_without_budget(plan.event),
        candidates=(),
        decisions=(),
        journeys=(),
        stays=(),
        meals=(),
        budget=(),
        statistics=msgspec.structs.replace(
            counts,
            gender=without_small_groups(counts.gender),
            age=without_small_groups(counts.age),
            category=without_small_groups(counts.category),
            region=without_small_groups(counts.region),
            region_names={**region_names(plan), **counts.region_names},
        ),
        findings=(),
    )


def region_names(plan: Plan) -> dict[str, Text]:
    """What the regions of the candidates are called, by code."""
    return {region_of(one): one.place.region_name for one in plan.candidates if one.place and one.place.region_name.en}


def without_small_groups(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts with groups under 5 put together under `grouped`, and the next smallest with them until the sum
    hides each of them: the total stays. Nothing at all when everybody together is fewer than 5.

    Example: {'a': 30, 'b': 9, 'c': 2} becomes {'a': 30, 'grouped': 11}
    """
    small = {name for name, count in counts.items() if 0 < count < SMALLEST_GROUP}
    if not small:
        return dict(counts)
    others = sorted((count, name) for name, count in counts.items() if count >= SMALLEST_GROUP)
    while others and (len(small) < 2 or sum(counts[name] for name in small) < SMALLEST_GROUP):
        small.add(others.pop(0)[1])
    together = sum(counts[name] for name in small)
    if together < SMALLEST_GROUP:
        return {}
    return {**{name: count for name, count in counts.items() if name not in small}, GROUPED: together}


def _for_sponsor(plan: Plan, sponsor: str, open_fields: Collection[str], secret: bytes) -> Plan:
    """What lets a sponsor check its money: places, distances, decisions and reasons, of pseudonyms or, with their
    consent, of people; only its own budget lines; in the order of the pseudonyms, which tells nothing."""
    names = pseudonyms(plan.event.id, sponsor, [one.participant.id for one in plan.candidates], secret)
    cleaner = _Cleaner(plan, sponsor)
    ordered = sorted(plan.candidates, key=lambda one: names[one.participant.id])
    candidates = tuple(_sponsored(one, names[one.participant.id], sponsor, open_fields) for one in ordered)
    agreed = {one.participant.id for one in plan.candidates if sponsor in one.participant.consents.share}
    by_person: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        by_person.setdefault(decision.participant_id, []).append(decision)
    journeys: dict[str, list[Journey]] = {}
    for journey in plan.journeys:
        journeys.setdefault(journey.participant_id, []).append(journey)
    return msgspec.structs.replace(
        plan,
        event=_of_sponsor(plan.event, sponsor),
        settings=dict(plan.settings),
        candidates=candidates,
        decisions=tuple(
            cleaner.decision(decision, names[id], id in agreed, candidate)
            for candidate in ordered
            for id in (candidate.participant.id,)
            for decision in by_person.get(id, ())
        ),
        journeys=tuple(
            msgspec.structs.replace(journey, participant_id=names[one.participant.id])
            for one in ordered
            for journey in journeys.get(one.participant.id, ())
        ),
        stays=tuple(
            sorted(
                (msgspec.structs.replace(one, participant_id=names[one.participant_id]) for one in plan.stays),
                key=lambda one: one.participant_id,
            )
        ),
        meals=tuple(msgspec.structs.replace(one, diets={}) for one in plan.meals),
        budget=tuple(one for one in plan.budget if one.sponsor == sponsor),
        findings=tuple(one for one in plan.findings if cleaner.is_impersonal(one)),
    )


def _of_sponsor(event: Event, sponsor: str) -> Event:
    return msgspec.structs.replace(event, budget=tuple(one for one in event.budget if one.sponsor == sponsor))


def _sponsored(candidate: Candidate, pseudonym: str, sponsor: str, open_fields: Collection[str]) -> Candidate:
    person = candidate.participant
    agreed = sponsor in person.consents.share
    allowed = PERSON_FIELDS[Audience.SPONSOR] | (WITH_CONSENT if agreed else frozenset())
    instead = {"id": pseudonym} if agreed else {"id": pseudonym, "name": pseudonym}
    placement = candidate.placement
    return msgspec.structs.replace(
        candidate,
        participant=_person(person, allowed, open_fields, **instead),
        placement=Placement(
            text="", status=placement.status, place=placement.place, level=placement.level, data=placement.data
        ),
    )


class _Cleaner:
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
    _collect(msgspec.to_builtins(_of_sponsor(plan.event, sponsor), enc_hook=str), words)
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


class AudienceRow(Struct, frozen=True, kw_only=True):
    """One line of the table of who sees what."""

    audience: Audience
    fields: tuple[str, ...]


def audience_table() -> tuple[AudienceRow, ...]:
    """Who may see which facts about a person, for documentation and for `export list`."""
    return tuple(
        AudienceRow(audience=audience, fields=tuple(name for name in Participant.__struct_fields__ if name in allowed))
        for audience, allowed in PERSON_FIELDS.items()
    )
