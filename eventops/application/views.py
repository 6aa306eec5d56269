"""The shapes of `--json`: what other programs may rely on. See docs/reference/json.md."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from eventops.application.overriding import OverrideChange
from eventops.application.placing import query_of
from eventops.application.scenarios import Compared
from eventops.domain.deciding.selections import Funding
from eventops.domain.differences import BenefitDifference, ChangedOutcome, cost_of
from eventops.domain.findings import Finding
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import Approval, ApprovedPerson
from eventops.domain.keeping.comparing import ChangedPerson, PlanDifference
from eventops.domain.money import Money
from eventops.domain.paying.claims import STATES, Claim, MoneyState
from eventops.domain.paying.marks import mark_said, marks_of
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus, PlaceQuery
from eventops.domain.plan import Plan
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
    return {**counts, "cost": money_view(cost_of(plan, benefit))}


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


def approval_view(approval: Approval) -> View:
    """The head of an approval."""
    view: View = msgspec.to_builtins(approval)
    view["lines"] = [
        {
            "line": one.line_id,
            "sponsor": one.sponsor,
            "benefit": one.benefit,
            "people": one.people,
            "planned": money_view(one.planned),
            "ceiling": money_view(one.ceiling),
        }
        for one in approval.lines
    ]
    view["versions"] = dict(approval.versions)
    return {"stands": approval.stands, **view}


def approved_person_view(person: ApprovedPerson, currency: str) -> View:
    """What an approval says of one person."""
    return {
        "participant": person.participant_id,
        "seat": person.seat,
        "decisions": [
            {
                "benefit": one.benefit,
                "outcome": one.outcome.value,
                "funded": one.funded,
                "amount": None if one.amount is None else {"amount": one.amount, "currency": currency},
                "parts": [
                    {"payer": payer, "amount": {"amount": amount, "currency": currency}} for payer, amount in one.parts
                ],
                "nights": [str(night) for night in one.nights],
                "rules": list(one.rules),
            }
            for one in person.decisions
        ],
    }


def plan_difference_view(difference: PlanDifference) -> View:
    """What is not the same in two plans: people by benefit, money by line, seats."""

    def people(changed: tuple[ChangedPerson, ...]) -> list[View]:
        return [
            {
                "participant": one.participant_id,
                "before": one.before,
                "after": one.after,
                "amount_before": money_view(one.amount_before),
                "amount_after": money_view(one.amount_after),
                "rules_before": list(one.rules_before),
                "rules_after": list(one.rules_after),
            }
            for one in changed
        ]

    return {
        "same": difference.nothing,
        "seats": {"in": list(difference.seats_in), "out": list(difference.seats_out)},
        "benefits": {
            one.benefit: {
                "enters": people(one.enters),
                "leaves": people(one.leaves),
                "amounts": people(one.amounts),
                "others": people(one.others),
            }
            for one in difference.benefits
        },
        "lines": [
            {
                "line": one.line_id,
                "sponsor": one.sponsor,
                "benefit": one.benefit,
                "before": money_view(one.before),
                "after": money_view(one.after),
                "difference": money_view(one.difference),
                "ceiling_before": money_view(one.ceiling_before),
                "ceiling_after": money_view(one.ceiling_after),
                "people_before": one.people_before,
                "people_after": one.people_after,
            }
            for one in difference.lines
        ],
    }


def compared_view(found: Compared) -> View:
    """One scenario against the plan as it is."""
    return {
        "scenario": found.scenario.name,
        "set": list(found.scenario.assignments),
        "in": list(found.people_in),
        "out": list(found.people_out),
        "gender": {"in": found.gender_in, "out": found.gender_out},
        "region": {"in": found.region_in, "out": found.region_out},
        "not_funded": found.not_funded,
        "benefits": {one.benefit: difference_view(one) for one in found.benefits},
        "costs": [
            {"sponsor": one.sponsor, "before": money_view(one.before), "after": money_view(one.after)}
            for one in found.costs
        ],
    }


def claim_view(claim: Claim) -> View:
    """A claim, every key present."""
    return {
        "claim": claim.key,
        "participant": claim.participant_id,
        "benefit": claim.benefit,
        "part": claim.part,
        "state": claim.state,
        "claimed": money_view(claim.claimed),
        "on": claim.on,
        "by": claim.by,
        "receipts": [{"number": one.number, "on": one.on, "sha256": one.sha256} for one in claim.receipts],
        "shared": claim.shared,
        "note": claim.note,
        "approval": claim.approval,
        "approved": money_view(claim.approved),
        "authorised": money_view(claim.authorised),
        "authorised_by": claim.authorised_by,
        "authorised_on": claim.authorised_on,
        "paid": money_view(claim.paid),
        "paid_by": claim.paid_by,
        "paid_on": claim.paid_on,
        "reference": claim.reference,
    }


def money_state_view(state: MoneyState) -> View:
    """One benefit of one person from estimate to payment."""
    return {
        "participant": state.participant_id,
        "benefit": state.benefit,
        "state": state.state,
        **{name: money_view(getattr(state, name)) for name in STATES},
        "receipts": state.receipts,
    }


def adoption_view(adoption: Adoption) -> View:
    """One record of the committee, with the wording in every language."""
    return {
        "number": adoption.number,
        "by": adoption.by,
        "on": adoption.on,
        "at": adoption.at,
        "note": adoption.note,
        "hash": adoption.criteria_hash,
        "criteria": [
            {
                "name": one.name,
                "benefit": one.benefit,
                "sentence": plain(one.sentence),
                "reason": plain(one.reason),
                "source": one.source,
            }
            for one in adoption.criteria
        ],
        "rules": [{"rule": name, "version": version} for name, version in adoption.rules],
    }
