"""The shapes of `--json`: what other programs may rely on. See docs/reference/json.md."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from eventops.application.overriding import OverrideChange
from eventops.application.placing import query_of
from eventops.domain.deciding.selections import Funding
from eventops.domain.differences import BenefitDifference, ChangedOutcome, cost_of, not_funded
from eventops.domain.findings import Finding
from eventops.domain.money import Money
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus, PlaceQuery
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import mark_said, marks_of
from eventops.domain.rules import Candidate, Decision, Outcome, Override, Ruling, Seat
from eventops.domain.texts import LANGUAGES, Message, Text, Wording

View = dict[str, Any]


def plan_view(plan: Plan, wording: Wording) -> View:
    """The whole plan in numbers."""
    statuses = [candidate.placement.status for candidate in plan.candidates]
    return {
        "event": plan.event.id,
        "participants": len(plan.candidates),
        "seats": {
            "capacity": plan.event.seats,
            **{seat.value: sum(candidate.seat is seat for candidate in plan.candidates) for seat in Seat},
        },
        "placements": {status.value: statuses.count(status) for status in PlacementStatus},
        "benefits": {benefit.name: _benefit_view(plan, benefit.name) for benefit in plan.benefits},
        "meals": [
            {
                "service": count.meal_id,
                "starts_at": count.starts_at,
                "count": count.count,
                "diets": count.diets,
                "cost": money_view(count.cost),
            }
            for count in plan.meals
        ],
        "budget": [
            {
                "line": use.line_id,
                "sponsor": use.sponsor,
                "benefit": use.benefit,
                "people": use.people,
                "planned": money_view(use.planned),
                "ceiling": money_view(use.ceiling),
                "limit": money_view(use.limit),
                "waiting": use.waiting,
                "beyond": money_view(use.beyond),
            }
            for use in plan.budget
        ],
        "funding": [funding_view(one) for one in plan.funding],
        "statistics": msgspec.to_builtins(plan.statistics),
        "approval": None if plan.approval is None else msgspec.to_builtins(plan.approval),
        "findings": [finding_view(finding, wording) for finding in plan.findings],
    }


def _benefit_view(plan: Plan, benefit: str) -> View:
    outcomes = [one.outcome for one in plan.decisions if one.benefit == benefit]
    counts = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    # Only where a ceiling on the benefit binds: how many of those granted the money does not reach.
    ranked = any(one.benefit == benefit for one in plan.funding)
    beyond = {"not_funded": len(not_funded(plan, benefit))} if ranked else {}
    return {**counts, **beyond, "cost": money_view(cost_of(plan, benefit))}


def money_view(money: Money | None) -> View | None:
    """The amount, a decimal number to the centime, and the currency."""
    return None if money is None else {"amount": money.amount, "currency": money.currency}


def finding_view(finding: Finding, wording: Wording) -> View:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": wording.say(finding.message, finding.values),
        "source": msgspec.to_builtins(finding.source),
    }


def place_view(place: Place, wording: Wording) -> View:
    return {
        "code": place.code,
        "name": wording.say(place.name),
        "region": place.region,
        "province": wording.say(place.province_name) or place.province,
        "country": place.country,
        "lat": place.point.lat,
        "lon": place.point.lon,
    }


def place_candidate_view(candidate: PlaceCandidate, wording: Wording) -> View:
    return {**place_view(candidate.place, wording), "score": candidate.score, "level": candidate.level}


def query_view(query: PlaceQuery) -> View:
    """What was written: the town, and the columns beside it."""
    return {"text": query.text, "province": query.province, "region": query.region, "country": query.country}


def placement_view(placement: Placement, wording: Wording, query: PlaceQuery | None = None) -> View:
    """Everything that says where a text leads, and how. `hint` names the columns that helped, `data` the gazetteer."""
    return {
        "input": query_view(query or PlaceQuery(placement.text)),
        "text": placement.text,
        "status": placement.status.value,
        "place": None if placement.place is None else place_view(placement.place, wording),
        "candidates": [place_candidate_view(one, wording) for one in placement.candidates],
        "level": placement.level,
        "score": placement.score,
        "hint": placement.hint,
        "reason": wording.say(placement.reason) if placement.reason.en else "",
        "data": placement.data,
    }


def why_view(plan: Plan, candidate: Candidate, wordings: Mapping[str, Wording], wording: Wording) -> View:
    """Every decision about one person, with every verdict and its reason in three languages."""
    person = candidate.participant
    return {
        "participant": {
            "id": person.id,
            "name": person.name,
            "town": person.town,
            "category": person.category,
            "age": candidate.age,
            "seat": candidate.seat.value,
            "waiting_position": candidate.waiting_position,
            "seat_reason": {
                language: "" if candidate.seat_reason is None else wordings[language].say(candidate.seat_reason)
                for language in ("en", "fr", "ar")
            },
        },
        "placement": {
            **placement_view(candidate.placement, wording, query_of(person)),
            "distance_km": rounded_km(candidate.distance_km),
            "road_km_estimate": rounded_km(candidate.road_km),
            "travel_minutes_estimate": candidate.travel_minutes,
            "road_source": candidate.road_source,
            "leaves_home_at": candidate.leaves_home_at,
            "back_home_at": candidate.back_home_at,
        },
        "decisions": [
            {**decision_view(one, wordings), "funding": _mark_view(plan, one, wordings)}
            for one in plan.decisions
            if one.participant_id == person.id
        ],
        "beds": [
            {"night": str(one.night), "room": one.room, "origin": one.origin, "price": money_view(one.price)}
            for one in plan.rooming.of(person.id)
        ],
        "workshops": [
            {
                "session": one.session,
                "workshop": one.workshop or None,
                "rank": one.rank,
                "group": one.group,
                "moved": one.moved,
                "why": {language: said.say(one.why, one.values) for language, said in wordings.items()},
            }
            for one in plan.ground.workshops.seat(person.id)
        ],
    }


def funding_view(mark: Funding) -> View:
    """Whether the money reaches somebody, and what is lacking."""
    return {
        "line": mark.line,
        "participant": mark.participant_id,
        "benefit": mark.benefit,
        "selection": mark.selection,
        "position": mark.position,
        "reached": mark.reached,
        "in_line": mark.in_line,
        "needed": money_view(mark.needed),
    }


def _mark_view(plan: Plan, decision: Decision, wordings: Mapping[str, Wording]) -> View | None:
    """The mark of a decision with its reason in three languages; None where no ceiling binds."""
    mark = marks_of(plan).get((decision.participant_id, decision.benefit))
    if mark is None:
        return None
    said = mark_said(mark)
    return {**funding_view(mark), "reason": {language: wordings[language].say(said) for language in ("en", "fr", "ar")}}


def rounded_km(km: float | None) -> float | None:
    """Kilometres to a tenth, as shown everywhere."""
    return None if km is None else round(km, 1)


def decision_view(decision: Decision, wordings: Mapping[str, Wording]) -> View:
    grant = decision.grant
    return {
        "benefit": decision.benefit,
        "outcome": decision.outcome.value,
        "rules_say": decision.rules_say.value if decision.rules_say is not None else None,
        "amount": money_view(decision.amount),
        "payer": grant.payer if grant is not None else "",
        "share": grant.share if grant is not None else 0,
        "nights": [str(night) for night in grant.nights] if grant is not None else [],
        "lines": [
            {
                "label": {language: wording.say(line.label, line.values) for language, wording in wordings.items()},
                "quantity": line.quantity,
                "unit": line.unit,
                "unit_price": money_view(line.unit_price),
                "amount": money_view(line.amount),
                "estimate": line.estimate,
            }
            for line in decision.lines
        ],
        "verdicts": [ruling_view(ruling, wordings) for ruling in decision.rulings],
    }


def ruling_view(ruling: Ruling, wordings: Mapping[str, Wording]) -> View:
    verdict = ruling.verdict
    return {
        "rule": ruling.rule,
        "plugin": ruling.plugin,
        "version": ruling.version,
        "effect": verdict.effect.value,
        "reason": {language: wordings[language].say(verdict.reason, verdict.values) for language in ("en", "fr", "ar")},
        "values": {name: plain(value) for name, value in verdict.values.items()},
    }


def override_view(override: Override) -> View:
    """A decision by hand, every key present."""
    return {
        "participant": override.participant_id,
        "benefit": override.benefit,
        "outcome": override.outcome.value,
        "reason": override.reason,
        "by": override.by,
        "on": override.on,
        "until": override.until,
        "payer": override.payer,
        "confirmed_by": list(override.confirmed_by),
    }


def override_change_view(change: OverrideChange) -> View:
    person, benefit = change.subject
    return {
        "participant": person,
        "benefit": benefit,
        "before": None if change.before is None else override_view(change.before),
        "after": None if change.after is None else override_view(change.after),
    }


def plain(value: object) -> Any:
    """A value of a verdict as JSON has it: money and texts as objects, the rest as themselves."""
    match value:
        case Money():
            return money_view(value)
        case Text():
            return {language: value.written_in(language) for language in LANGUAGES if value.written_in(language)}
        case Message():
            return plain(value.text) | {"values": {name: plain(one) for name, one in value.values.items()}}
        case Decimal():
            return value
        case Enum():
            return value.value
        case tuple() | list():
            return [plain(one) for one in value]
        case None | str() | bool() | int() | float():
            return value
        case _:
            return str(value)


def difference_view(difference: BenefitDifference) -> View:
    def people(changed: tuple[ChangedOutcome, ...]) -> list[View]:
        return [
            {"id": one.participant_id, "name": one.name, "before": one.before, "after": one.after} for one in changed
        ]

    return {
        "benefit": difference.benefit,
        "enters": people(difference.enters),
        "leaves": people(difference.leaves),
        "changes": people(difference.changes),
        "cost_before": money_view(difference.cost_before),
        "cost_after": money_view(difference.cost_after),
        "cost_difference": money_view(difference.cost_difference),
    }
