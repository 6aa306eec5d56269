"""The plan for one association: the people it mobilised and those who live in its regions, and nobody else."""

from collections.abc import Set

from msgspec.structs import replace

from eventops.domain.event import Association
from eventops.domain.hosting.ground import Ground
from eventops.domain.hosting.pickups_values import Pickups
from eventops.domain.hosting.rooms import Rooming
from eventops.domain.plan import Plan
from eventops.domain.reporting.statistics import statistics_of
from eventops.domain.rules import Candidate


def belongs(candidate: Candidate, association: Association) -> bool:
    """Whether somebody is the association's: mobilised by it, or living in one of its regions."""
    lives_there = candidate.place is not None and candidate.place.region in association.regions
    return lives_there or candidate.participant.association == association.id


def of_association(plan: Plan, association: Association) -> Plan:
    """The plan with the association's own people; sums over everybody and what sponsors pay stay away. Whoever shares
    a room or a vehicle with them is told by id."""
    candidates = tuple(one for one in plan.candidates if belongs(one, association))
    own = {one.participant.id for one in candidates}
    return Plan(
        event=plan.event,
        settings=plan.settings,
        benefits=plan.benefits,
        candidates=candidates,
        decisions=tuple(one for one in plan.decisions if one.participant_id in own),
        journeys=tuple(one for one in plan.journeys if one.participant_id in own),
        stays=tuple(one for one in plan.stays if one.participant_id in own),
        meals=(),
        budget=(),
        statistics=statistics_of(plan.event, candidates),
        findings=tuple(one for one in plan.findings if one.source.participant in own),
        funding=tuple(one for one in plan.funding if one.participant_id in own),
        rooming=_rooming(plan.rooming, own),
        pickups=_pickups(plan.pickups, own),
        approval=plan.approval,
        claims=tuple(one for one in plan.claims if one.participant_id in own),
        adoption=plan.adoption,
        ground=_ground(plan.ground, own),
    )


def _rooming(rooming: Rooming, own: Set[str]) -> Rooming:
    nights = {(one.room, one.night) for one in rooming.beds if one.participant_id in own}
    return Rooming(
        beds=tuple(one for one in rooming.beds if (one.room, one.night) in nights),
        bedless=tuple(one for one in rooming.bedless if one.participant_id in own),
        unmet=tuple(one for one in rooming.unmet if one.participant_id in own),
    )


def _pickups(pickups: Pickups, own: Set[str]) -> Pickups:
    return Pickups(
        rides=tuple(one for one in pickups.rides if own & set(one.passengers)),
        unserved=tuple(one for one in pickups.unserved if one.participant_id in own),
    )


def _ground(ground: Ground, own: Set[str]) -> Ground:
    placed = tuple(one for one in ground.workshops.placed if one.participant_id in own)
    return Ground(
        workshops=replace(ground.workshops, placed=placed),
        presence={id: periods for id, periods in ground.presence.items() if id in own},
    )
