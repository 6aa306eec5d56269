"""The plan as an audience may see it: no fact about a person beyond what that audience needs.

Sponsors see people by name only with their consent for that sponsor, else under a pseudonym that is the same in every
file for that sponsor and another in the files of the next, so that two sponsors cannot join their lists.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from eventops.domain.event import Event
from eventops.domain.hosting.ground import NO_GROUND, Ground
from eventops.domain.hosting.pickups_values import NO_PICKUPS, for_driver
from eventops.domain.hosting.rooming_marks import for_hotel
from eventops.domain.hosting.rooms import NO_ROOMING
from eventops.domain.hosting.workshops_values import WorkshopGroups
from eventops.domain.keeping.settled import AccountLine, Settled
from eventops.domain.people import Participant
from eventops.domain.places import Placement, PlacementStatus
from eventops.domain.plan import Plan
from eventops.domain.reporting.accounts import account_of
from eventops.domain.reporting.of_association import of_association
from eventops.domain.reporting.pseudonyms import pseudonyms as pseudonyms
from eventops.domain.reporting.reports import Audience
from eventops.domain.reporting.small_groups import GROUPED as GROUPED, without_small_groups as without_small_groups
from eventops.domain.reporting.sponsor_cleaning import (
    PRIVATE_REASON as PRIVATE_REASON,
    REASON_KEPT as REASON_KEPT,
    WITHHELD as WITHHELD,
    SponsorCleaner,
    of_sponsor,
)
from eventops.domain.reporting.statistics import Statistics
from eventops.domain.rules import Candidate, Decision, Journey, region_of
from eventops.domain.texts import Text

# The one table of who may see what about a person; `id` is what stays above all.
PERSON_FIELDS: Mapping[Audience, frozenset[str]] = {
    Audience.ASSOCIATION: frozenset(Participant.__struct_fields__),
    Audience.HOTEL: frozenset({"name", "name_latin", "gender", "language", "needs"}),
    Audience.CATERER: frozenset({"diet", "allergens"}),
    Audience.DOOR: frozenset({"name", "organisation", "category"}),
    Audience.DRIVER: frozenset({"name", "name_latin", "phone"}),
    Audience.SPONSOR: frozenset({"gender", "category", "role", "association", "status", "attended"}),
    Audience.PUBLIC: frozenset(),
}
# What a sponsor sees more of those who agreed to it.
WITH_CONSENT = frozenset({"name", "name_latin", "organisation"})


def plan_for(
    plan: Plan,
    audience: Audience,
    sponsor: str = "",
    *,
    association: str = "",
    open_fields: Collection[str] = (),
    included: Collection[str] = (),
    secret: bytes = b"",
) -> Plan:
    """The plan as that audience may see it. `association` names the one whose own people alone are told of,
    '' for every association together. `open_fields` names the plugins' fields the audience may see, `included`
    what was opened for this one file: of the people who agreed, when the file is a sponsor's. `secret` keys the
    pseudonyms, so that nobody who knows the ids can undo them.

    Errors: ValueError for a sponsor's plan without the sponsor.
    """
    match audience:
        case Audience.ASSOCIATION:
            named = next((one for one in plan.event.associations if one.id == association), None)
            return plan if named is None else of_association(plan, named)
        case Audience.SPONSOR:
            if not sponsor:
                raise ValueError("a sponsor's plan is made for one sponsor")
            return _for_sponsor(plan, sponsor, open_fields, included, secret)
        case Audience.PUBLIC:
            return _for_public(plan)
        case _:
            return _for_service(plan, audience, (*open_fields, *included))


def _person(person: Participant, allowed: Collection[str], open_fields: Collection[str], **instead: str) -> Participant:
    """The person with the allowed fields only, some of them replaced."""
    own = PERSON_FIELDS[Audience.ASSOCIATION] - {"id", "fields"}
    kept = {name: getattr(person, name) for name in own if name in allowed or name in open_fields}
    fields = {name: value for name, value in person.fields.items() if name in open_fields}
    return Participant(**{"id": person.id, "name": "", **kept, "fields": fields, **instead})


def _plan_of(plan: Plan, *kept: str, **parts: Any) -> Plan:
    """A plan of these parts and no other: one that was added to plans later stays away until it is named here."""
    return Plan(**{name: getattr(plan, name) for name in kept}, **parts)


NOWHERE = Placement(text="", status=PlacementStatus.UNRESOLVED)


def _for_service(plan: Plan, audience: Audience, open_fields: Collection[str]) -> Plan:
    """For hotel, caterer and door: the people they serve, and nothing on money, reasons or homes."""
    allowed = PERSON_FIELDS[audience]
    sleeping = {stay.participant_id for stay in plan.stays}
    hotel, driver = audience is Audience.HOTEL, audience is Audience.DRIVER
    fetched = {one for ride in plan.pickups.rides for one in ride.passengers}
    candidates = tuple(
        Candidate(
            participant=_person(one.participant, allowed, open_fields),
            placement=NOWHERE,
            seat=one.seat,
            waiting_position=one.waiting_position,
        )
        for one in plan.candidates
        if (not hotel or one.participant.id in sleeping) and (not driver or one.participant.id in fetched)
    )
    if audience is Audience.CATERER:
        candidates = _in_another_order(candidates)
    return _plan_of(
        plan,
        "settings",
        "benefits",
        event=_without_budget(plan.event),
        candidates=candidates,
        decisions=(),
        journeys=(),
        stays=plan.stays if hotel else (),
        rooming=for_hotel(plan.rooming) if hotel else NO_ROOMING,
        pickups=for_driver(plan.pickups) if driver else NO_PICKUPS,
        ground=_at_the_door(plan.ground) if audience is Audience.DOOR else NO_GROUND,
        meals=plan.meals if audience is Audience.CATERER else (),
        budget=(),
        statistics=Statistics(gender={}, age={}, category={}, region={}),
        findings=(),
    )


def _at_the_door(ground: Ground) -> Ground:
    """Who is in which workshop, without why."""
    placed = tuple(
        msgspec.structs.replace(one, why=Text(""), values={}, previous="", rank=None) for one in ground.workshops.placed
    )
    return Ground(workshops=WorkshopGroups(placed=placed))


def _in_another_order(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Diets in a row of their own: neither id nor place in the list leads back to a person."""
    diets = sorted(candidates, key=lambda one: (one.participant.diet, one.participant.allergens))
    return tuple(
        msgspec.structs.replace(one, participant=msgspec.structs.replace(one.participant, id=str(number)))
        for number, one in enumerate(diets, start=1)
    )


def _without_budget(event: Event) -> Event:
    speakers = tuple(msgspec.structs.replace(one, participant="", available=()) for one in event.speakers)
    return msgspec.structs.replace(
        event, budget=(), criteria=(), rates=(), settings={}, assumptions=(), preparations=(), speakers=speakers
    )


def _for_public(plan: Plan) -> Plan:
    """No person at all, and no count that could point to one."""
    counts = plan.statistics
    if plan.participation is not None and plan.participation.present is not None:
        counts = plan.participation.present  # one column only: the difference of two would tell of few people
    region = without_small_groups(counts.region)
    names = {**region_names(plan), **counts.region_names}
    return _plan_of(
        plan,
        "settings",
        "benefits",
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
            region=region,
            # The name of a region would say that somebody of it is among the few.
            region_names={code: name for code, name in names.items() if code in region},
        ),
        findings=(),
    )


def region_names(plan: Plan) -> dict[str, Text]:
    """What the regions of the candidates are called, by code."""
    return {region_of(one): one.place.region_name for one in plan.candidates if one.place and one.place.region_name.en}


def _for_sponsor(
    plan: Plan, sponsor: str, open_fields: Collection[str], included: Collection[str], secret: bytes
) -> Plan:
    """What lets a sponsor check its money: places, distances, decisions and reasons, of pseudonyms or, with their
    consent, of people; only its own budget lines; in the order of the pseudonyms, which tells nothing."""
    names = pseudonyms(plan.event.id, sponsor, [one.id for one in people_of(plan)], secret)
    cleaner = SponsorCleaner(plan, sponsor)
    ordered = sorted(plan.candidates, key=lambda one: names[one.participant.id])
    told = plan.participation.present_ids if plan.participation is not None else None
    present = None if told is None else frozenset(told)
    candidates = tuple(
        _sponsored(_marked(one, present), names[one.participant.id], sponsor, open_fields, included) for one in ordered
    )
    agreed = {one.id for one in people_of(plan) if sponsor in one.consents.share}
    by_person: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        by_person.setdefault(decision.participant_id, []).append(decision)
    journeys: dict[str, list[Journey]] = {}
    for journey in plan.journeys:
        journeys.setdefault(journey.participant_id, []).append(journey)
    return _plan_of(
        plan,
        "benefits",
        "statistics",
        "approval",
        event=of_sponsor(plan.event, sponsor),
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
        rooming=NO_ROOMING,
        pickups=NO_PICKUPS,
        meals=tuple(msgspec.structs.replace(one, diets={}, allergens={}, at_risk={}) for one in plan.meals),
        budget=tuple(one for one in plan.budget if one.sponsor == sponsor),
        findings=tuple(one for one in plan.findings if cleaner.is_impersonal(one)),
        funding=tuple(
            msgspec.structs.replace(one, participant_id=names[one.participant_id], reason=PRIVATE_REASON, values={})
            for one in plan.funding
            if one.line in {line.id for line in plan.event.budget if line.sponsor == sponsor}
        ),
        ground=Ground(stocks=tuple(msgspec.structs.replace(one, loans=()) for one in plan.ground.stocks)),
        settled=Settled(approval=plan.settled.approval),
        account=_account_for(plan, sponsor, names, agreed),
    )


def people_of(plan: Plan) -> tuple[Participant, ...]:
    """Everybody a file for a sponsor may tell of: who takes part, and who withdrew and is still in its account."""
    return (*(one.participant for one in plan.candidates), *plan.settled.withdrawn)


def _account_for(
    plan: Plan, sponsor: str, names: Mapping[str, str], agreed: Collection[str]
) -> tuple[AccountLine, ...]:
    """The account under the pseudonyms, in their order; sums of several people after it."""
    account = account_of(plan, sponsor)
    lines = [
        msgspec.structs.replace(one, person=id, name=one.name if one.person in agreed else id)
        for one in account
        if (id := names.get(one.person, ""))
    ]
    return (*sorted(lines, key=lambda one: one.person), *(one for one in account if not one.person))


def _marked(candidate: Candidate, present: frozenset[str] | None) -> Candidate:
    """The candidate with the presence that was recorded."""
    if present is None:
        return candidate
    person = msgspec.structs.replace(candidate.participant, attended=candidate.participant.id in present)
    return msgspec.structs.replace(candidate, participant=person)


# Of a candidate beside person and placement; why somebody has no seat may tell of them.
_SEEN_BY_SPONSORS = (
    "place",
    "age",
    "seat",
    "waiting_position",
    "distance_km",
    "road_km",
    "travel_minutes",
    "road_source",
    "leaves_home_at",
    "back_home_at",
)


def _sponsored(
    candidate: Candidate, pseudonym: str, sponsor: str, open_fields: Collection[str], included: Collection[str]
) -> Candidate:
    person = candidate.participant
    agreed = sponsor in person.consents.share
    allowed = PERSON_FIELDS[Audience.SPONSOR] | (WITH_CONSENT if agreed else frozenset())
    opened = (*open_fields, *included) if agreed else open_fields
    instead = {"id": pseudonym} if agreed else {"id": pseudonym, "name": pseudonym}
    placement = candidate.placement
    return Candidate(
        participant=_person(person, allowed, opened, **instead),
        placement=Placement(
            text="", status=placement.status, place=placement.place, level=placement.level, data=placement.data
        ),
        **{name: getattr(candidate, name) for name in _SEEN_BY_SPONSORS},
    )


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
