"""The plan: everything that follows from the facts and the rules. The whole flow stands here on one screen."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from eventops.domain.deciding.decisions import (
    UNCERTAIN,
    decided,
    override_in_force,
    waiting_overrides,
)
from eventops.domain.deciding.groups import book_with_groups
from eventops.domain.deciding.rankings import ranked_selections
from eventops.domain.deciding.seat_candidates import seated
from eventops.domain.deciding.seat_findings import seat_findings
from eventops.domain.deciding.selections import Funding
from eventops.domain.deciding.variants import Variants
from eventops.domain.event import Event, SettingValue, first_day
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.hosting.fasting import moves_said, with_fasting
from eventops.domain.hosting.ground import NO_GROUND, Ground, ground_of
from eventops.domain.hosting.lodging import Stay, nights_of, stays_of, with_beds_funded
from eventops.domain.hosting.meals import ServiceCount, served_meals, service_counts
from eventops.domain.hosting.pickups import chosen_ways, pickups_of, ridden
from eventops.domain.hosting.pickups_values import NO_PICKUPS, Pickups
from eventops.domain.hosting.presence import presence_of
from eventops.domain.hosting.rooming import nights_in_rooms, rooming_of
from eventops.domain.hosting.rooms import NO_ROOMING, Rooming
from eventops.domain.hosting.travel import journeys_of
from eventops.domain.keeping.adoptions import Adoption
from eventops.domain.keeping.approvals import ApprovalStanding, approved_plan, standing_of
from eventops.domain.keeping.settled import NOTHING_SETTLED, AccountLine, Settled
from eventops.domain.money import Money
from eventops.domain.paying.allocation import Allocation, allocated
from eventops.domain.paying.budget import BudgetUse, budget_findings, budget_use
from eventops.domain.paying.claims import Claim, claim_findings
from eventops.domain.paying.pricing import Earlier, Unit, priced
from eventops.domain.people import Participant, Status
from eventops.domain.places import OLDER_COLUMNS, Placement, PlacementStatus, named_apart
from eventops.domain.placing.measuring import Measure, measured, unsettled
from eventops.domain.placing.roads import RoadBook
from eventops.domain.records import NO_RECORDS, Records
from eventops.domain.reporting.statistics import Participation, Statistics, participation_of, statistics_of
from eventops.domain.rules import Benefit, Candidate, Day, Decision, Journey, Outcome, Override, Rulebook
from eventops.domain.texts import Text

NO_ROADS = RoadBook()


class Plan(Struct, frozen=True, kw_only=True):
    """The result. Candidates are in enrolment order, decisions by candidate, then in the order of benefits. `settled`
    is read beside the plan for files about money, and `account` made of it for the payer who may see it."""

    event: Event
    settings: dict[str, SettingValue]
    benefits: tuple[Benefit, ...]
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...]
    journeys: tuple[Journey, ...]
    stays: tuple[Stay, ...]
    meals: tuple[ServiceCount, ...]
    budget: tuple[BudgetUse, ...]
    statistics: Statistics
    findings: tuple[Finding, ...]
    participation: Participation | None = None
    funding: tuple[Funding, ...] = ()
    rooming: Rooming = NO_ROOMING
    pickups: Pickups = NO_PICKUPS
    approval: ApprovalStanding | None = None
    claims: tuple[Claim, ...] = ()
    adoption: Adoption | None = None
    ground: Ground = NO_GROUND
    settled: Settled = NOTHING_SETTLED
    account: tuple[AccountLine, ...] = ()

    def decision(self, participant_id: str, benefit: str) -> Decision:
        """The decision of one benefit of one person. Errors: KeyError."""
        for one in self.decisions:
            if one.participant_id == participant_id and one.benefit == benefit:
                return one
        raise KeyError((participant_id, benefit))

    def granted(self, benefit: str) -> tuple[tuple[Candidate, Decision], ...]:
        """Those who are granted a benefit, with the decision, in enrolment order."""
        by_id = {candidate.participant.id: candidate for candidate in self.candidates}
        return tuple(
            (by_id[one.participant_id], one)
            for one in self.decisions
            if one.benefit == benefit and one.outcome is Outcome.GRANTED
        )


def plan_of(
    event: Event,
    participants: Sequence[Participant],
    placements: Mapping[str, Placement],
    book: Rulebook,
    overrides: Sequence[Override],
    distance_km: Measure,
    roads: RoadBook = NO_ROADS,
    records: Records = NO_RECORDS,
    today: date | None = None,
) -> Plan:
    """The plan of an event. `placements` by participant id; withdrawn people are left out; roads not in `roads` are
    estimated; `records` are what people did besides enrolling; `today` is the day on which open offers of seats are
    looked at.

    Same arguments, same plan: nothing else enters.
    """
    stated, event = event, with_fasting(event, book.settings)
    active = [person for person in participants if person.status is not Status.WITHDRAWN]
    presence, _ = presence_of(event, active, records.presence)
    minutes_before = int(book.settings["arrive_minutes_before"])
    everyone = seated(event, measured(event, active, placements, distance_km, minutes_before, roads), records, today)
    book = book_with_groups(book, [variants.main for variants in everyone], event)
    in_force = override_in_force(overrides, first_day(event), event.override_approvals_needed)
    decisions, rule_findings = decided(everyone, event, book, in_force)
    by_key = {(one.participant_id, one.benefit): one for one in decisions}
    candidates = tuple(_settled(variants, by_key, book) for variants in everyone)
    del everyone  # of many people, what each may also be takes more memory than what they are
    pickups, journeys = _rides(event, candidates, by_key, minutes_before, records)
    served = served_meals(event, candidates, by_key, presence)
    stays = stays_of(decisions)
    rooming = rooming_of(
        event, candidates, stays, records.lodging_wishes, records.room_placements, records.rooming_lists
    )
    nights = nights_in_rooms(event, nights_of(event, decisions), rooming)
    units: dict[str, Sequence[Unit]] = {"travel": journeys, "lodging": nights, "meals": served}
    units |= days_of(event, book.benefits, decisions)
    with_amounts = priced(event, book, candidates, decisions, units)
    selections = {**book.selections, **ranked_selections(event)}
    money = allocated(event, selections, candidates, with_amounts.decisions)
    beyond = money.beyond
    if any(benefit == "lodging" for _, benefit in beyond):
        slept = with_beds_funded(by_key, beyond)
        served = served_meals(event, candidates, slept, presence)
        earlier, former = journeys, with_amounts
        pickups, journeys = _rides(event, candidates, slept, minutes_before, records)
        units |= {"meals": served, "travel": journeys}
        others = {"meals"} if journeys == earlier else {"meals", "travel"}
        with_amounts = priced(event, book, candidates, decisions, units, beyond, Earlier(former, others))
        money = allocated(event, selections, candidates, with_amounts.decisions, (former.decisions, money))
        del former
        beyond = money.beyond
        stays = tuple(one for one in stays if (one.participant_id, "lodging") not in beyond)
        rooming = rooming_of(
            event, candidates, stays, records.lodging_wishes, records.room_placements, records.rooming_lists
        )
    budget = budget_use(event, money.decisions, money.charges, _waiting(money))
    meal_payer = next((one.grant.payer for one in decisions if one.benefit == "meals" and one.grant), "")
    del decisions, by_key, units, nights  # without prices, no more needed
    payers = dict.fromkeys((meal.id for meal in event.meals), meal_payer)
    approval = None
    if records.approvals:
        content = approved_plan(candidates, money.decisions, budget, money.funding)
        approval = standing_of(records.approvals, content)
    ground = ground_of(event, candidates, journeys, records, book.settings)
    margin = float(book.settings.get("meal_margin_percent", 0))
    return Plan(
        event=event,
        settings=dict(book.settings),
        benefits=book.benefits,
        candidates=candidates,
        decisions=money.decisions,
        journeys=tuple(one for one in journeys if (one.participant_id, "travel") not in beyond),
        stays=_paid_stays(stays, money),
        rooming=rooming,
        pickups=pickups,
        meals=service_counts(event, candidates, served, with_amounts.meal_costs, payers, margin, records.meals_served),
        budget=budget,
        statistics=statistics_of(event, candidates),
        participation=participation_of(event, candidates, records.attendance),
        funding=money.funding,
        approval=approval,
        claims=records.claims,
        adoption=records.adoptions[-1] if records.adoptions else None,
        ground=ground,
        findings=(
            *rule_findings,
            *with_amounts.findings,
            *budget_findings(budget),
            *money.findings,
            *waiting_overrides(overrides, first_day(event), event.override_approvals_needed),
            *claim_findings(event, book.benefits, records.claims),
            *rooming.findings,
            *moves_said(stated, event),
            *ground.findings,
            *pickups.findings,
            *seat_findings(event, candidates, records, today),
            *(finding for candidate in candidates for finding in _people_findings(candidate, event)),
            *rooming.to_ask,
        ),
    )


def _rides(
    event: Event,
    candidates: Sequence[Candidate],
    decisions: Mapping[tuple[str, str], Decision],
    minutes_before: int,
    records: Records,
) -> tuple[Pickups, tuple[Journey, ...]]:
    """How everybody whose travel is granted comes and goes, in shared vehicles where there are some."""
    planned = chosen_ways(event, journeys_of(event, candidates, decisions, minutes_before), records.travel_choices)
    pickups = pickups_of(event, planned, records.ride_plans)
    return pickups, ridden(event, planned, pickups)


def _waiting(money: Allocation) -> dict[str, list[Money]]:
    """The costs of those whom each line does not reach."""
    waiting: dict[str, list[Money]] = {}
    for one in money.funding:
        if not one.reached and one.amount is not None:
            waiting.setdefault(one.line, []).append(one.amount)
    return waiting


def _paid_stays(stays: Sequence[Stay], money: Allocation) -> tuple[Stay, ...]:
    """The stays with the payer whose line bears them."""
    payers = {one.participant_id: one.grant.payer for one in money.decisions if one.benefit == "lodging" and one.grant}
    return tuple(
        one
        if payers[one.participant_id] == one.payer
        else msgspec.structs.replace(one, payer=payers[one.participant_id])
        for one in stays
    )


def days_of(event: Event, benefits: Sequence[Benefit], decisions: Sequence[Decision]) -> dict[str, Sequence[Unit]]:
    """The days of the event of everybody who is granted a benefit counted in days, by benefit."""
    counted = {one.name for one in benefits if one.unit == "day"}
    if not counted or not event.agenda:
        return {}
    days = sorted({session.starts_at.date() for session in event.agenda})
    found: dict[str, list[Unit]] = {name: [] for name in counted}
    for one in decisions:
        if one.benefit in counted and one.outcome is Outcome.GRANTED:
            found[one.benefit] += (
                Day(participant_id=one.participant_id, benefit=one.benefit, date=day) for day in days
            )
    return dict(found)


def _settled(variants: Variants, decisions: Mapping[tuple[str, str], Decision], book: Rulebook) -> Candidate:
    """The candidate, with a place under review only when no decision hangs on which it is."""
    if not variants.by_place:
        return variants.main
    person = variants.main.participant.id
    hangs = any(
        ruling.rule == UNCERTAIN for benefit in book.benefits for ruling in decisions[person, benefit.name].rulings
    )
    return unsettled(variants.main) if hangs else variants.main


def _people_findings(candidate: Candidate, event: Event) -> list[Finding]:
    """What a person should look at about one candidate."""
    person = candidate.participant
    town = town_finding(person, candidate.placement, equivalent=candidate.place is not None)
    findings = [] if town is None else [town]
    if candidate.age is not None and candidate.age < 18:
        message = Text("{person} is a minor ({age} years old on the first day)")
        findings.append(_finding(person, Severity.WARNING, "minor", message, age=candidate.age))
    if not person.consents.attend:
        findings.append(
            _finding(person, Severity.WARNING, "consent-missing", Text("{person} did not agree to take part"))
        )
    return findings


def town_finding(person: Participant, placement: Placement, *, equivalent: bool = False) -> Finding | None:
    """What is open about a person's town, or None. `equivalent`: whichever place it is, the decisions are the same."""
    if not placement.text.strip() and placement.status is not PlacementStatus.MATCHED and not equivalent:
        message = Text("{person}: no town is written; ask for it and write it with participant set")
        return _finding(person, Severity.WARNING, "town-unresolved", message, town="")
    if placement.status is PlacementStatus.UNRESOLVED:
        message = Text("{person}: the town “{town}” is not known; correct it, or pin it to a place")
        return _finding(person, Severity.WARNING, "town-unresolved", message, town=placement.text)
    if placement.status is PlacementStatus.MATCHED:
        if placement.reason != OLDER_COLUMNS:
            return None
        message = Text(
            "{person}: the town “{town}” was corrected by hand, and the older province, region or country beside it, "
            "which contradicts it, was not used; correct that too"
        )
        return _finding(person, Severity.INFORMATION, "town-columns-older", message, town=placement.text)
    if equivalent:
        message = Text("{person}: the town “{town}” may be several places, and every one gives the same decisions")
        return _finding(person, Severity.INFORMATION, "town-equivalent", message, town=placement.text)
    message = Text("{person}: the town “{town}” may be {places}; choose one with place pin")
    places = named_apart(one.place for one in placement.candidates) if placement.candidates else "-"
    return _finding(person, Severity.WARNING, "town-uncertain", message, town=placement.text, places=places)


def _finding(person: Participant, severity: Severity, code: str, message: Text, **values: object) -> Finding:
    source = Source(participant=person.id, file=person.source.file, sheet=person.source.sheet, row=person.source.row)
    return Finding(severity=severity, code=code, message=message, values={"person": person.id, **values}, source=source)
