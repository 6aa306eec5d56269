"""The plan on the ground beside beds and vehicles: groups of workshops, conflicts of the programme, material."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from eventops.domain.event import Event, Period, SettingValue
from eventops.domain.findings import Finding
from eventops.domain.hosting.fasting import fasting_findings
from eventops.domain.hosting.material import Stock, material_findings, stocks_of
from eventops.domain.hosting.presence import presence_of
from eventops.domain.hosting.workshops import groups_of, workshop_findings
from eventops.domain.hosting.workshops_values import NO_GROUPS, WorkshopGroups
from eventops.domain.records import Records
from eventops.domain.rules import Candidate, Journey, Seat
from eventops.domain.scheduling.conflicts import Conflict, conflict_findings, conflicts_of


class Ground(Struct, frozen=True, kw_only=True):
    """What follows for the day itself; `presence` has the times of those who are there for a part only."""

    workshops: WorkshopGroups = NO_GROUPS
    conflicts: tuple[Conflict, ...] = ()
    stocks: tuple[Stock, ...] = ()
    presence: dict[str, tuple[Period, ...]] = {}
    findings: tuple[Finding, ...] = ()


NO_GROUND = Ground()


def ground_of(
    event: Event,
    candidates: Sequence[Candidate],
    journeys: Sequence[Journey],
    records: Records,
    settings: Mapping[str, SettingValue],
) -> Ground:
    """Workshops, conflicts and material of an event."""
    presence, unread = presence_of(event, [one.participant for one in candidates], records.presence)
    seeds = {one.session: one.seed for one in records.workshop_runs}
    workshops = groups_of(event, candidates, records.workshop_seats, presence, seeds=seeds)
    seated = [one for one in candidates if one.seat is Seat.CONFIRMED]
    conflicts = conflicts_of(
        event,
        people=len(seated),
        there=_there(event, journeys, presence),
        in_workshop=Counter(one.workshop for one in workshops.placed if one.workshop),
    )
    stocks = stocks_of(records.materials, records.loans)
    return Ground(
        workshops=workshops,
        conflicts=conflicts,
        stocks=stocks,
        presence=dict(presence),
        findings=(
            *conflict_findings(event, conflicts),
            *workshop_findings(event, workshops, records.workshop_seats),
            *fasting_findings(event, settings),
            *material_findings(stocks),
            *unread,
        ),
    )


def _there(
    event: Event, journeys: Sequence[Journey], presence: Mapping[str, tuple[Period, ...]]
) -> dict[str, tuple[Period, ...]]:
    """From when to when the enrolled speakers are there: as recorded, else from their arrival to their departure."""
    enrolled = {one.participant for one in event.speakers if one.participant}
    if not enrolled:
        return {}
    there = {id: periods for id, periods in presence.items() if id in enrolled}
    arrives = {one.participant_id: one.arrives_at for one in journeys if one.direction == "there"}
    leaves = {one.participant_id: one.leaves_at for one in journeys if one.direction == "back"}
    for id in sorted(enrolled - set(there)):
        if id in arrives and id in leaves and arrives[id] < leaves[id]:
            there[id] = (Period(starts_at=arrives[id], ends_at=leaves[id]),)
    return there
