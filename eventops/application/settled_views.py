"""The shapes of `--json` for what committees settle: approvals, differences, scenarios, claims, their record."""

import msgspec

from eventops.application.scenarios import Compared
from eventops.application.views import View, difference_view, money_view, plain
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import Approval, ApprovedPerson
from eventops.domain.keeping.comparing import ChangedPerson, PlanDifference
from eventops.domain.keeping.settled import ForgottenMoney
from eventops.domain.paying.claims import STATES, Claim, MoneyState


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
        "seats": {
            "confirmed": found.seats.confirmed,
            "waiting": found.seats.waiting,
            "in": list(found.seats_in),
            "out": list(found.seats_out),
        },
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


def forgotten_view(money: ForgottenMoney) -> View:
    """What was paid to people who were forgotten, of one benefit and by one payer."""
    return {
        "benefit": money.benefit,
        "payer": money.payer,
        **{name: money_view(getattr(money, name)) for name in STATES[1:]},
        "receipts": money.receipts,
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
