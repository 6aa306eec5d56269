"""The roll-up of a campaign: seats, people, costs and statistics over its meetings. The unknown is None, never 0."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from eventops.domain.campaigns.across import Across, people_across
from eventops.domain.campaigns.campaign import Campaign, Meeting, unknown_facts
from eventops.domain.money import Money, total
from eventops.domain.people import age_band
from eventops.domain.plan import Plan
from eventops.domain.rules import Candidate, Outcome, Seat, region_of


class MeetingFigures(Struct, frozen=True, kw_only=True):
    """One meeting in numbers; None where nobody knows: no workspace yet, no limit of seats, attendance not taken.
    `costs` hold one amount a currency."""

    meeting: Meeting
    unknown: tuple[str, ...]
    seats: int | None = None
    registered: int | None = None
    confirmed: int | None = None
    waiting: int | None = None
    present: int | None = None
    granted: dict[str, int] = {}
    costs: tuple[Money, ...] = ()


class SponsorFigures(Struct, frozen=True, kw_only=True):
    """What one sponsor bears of one benefit in one currency, over all meetings. `ceiling` is None without a line."""

    sponsor: str
    benefit: str
    meetings: int
    people: int
    planned: Money
    ceiling: Money | None


class RegionFigures(Struct, frozen=True, kw_only=True):
    """One region: registrations, the people behind them, seats confirmed."""

    region: str
    registrations: int
    people: int
    confirmed: int


class RollUp(Struct, frozen=True, kw_only=True):
    """A campaign in numbers. `gender`, `age` and `category` count people, each once, by their first registration."""

    campaign: Campaign
    meetings: tuple[MeetingFigures, ...]
    across: Across
    regions: tuple[RegionFigures, ...]
    sponsors: tuple[SponsorFigures, ...]
    gender: dict[str, int]
    age: dict[str, int]
    category: dict[str, int]


def roll_up(campaign: Campaign, plans: Mapping[str, Plan]) -> RollUp:
    """The figures of all meetings; `plans` by meeting, without those that have no workspace."""
    candidates = {(meeting, one.participant.id): one for meeting, plan in plans.items() for one in plan.candidates}
    across = people_across({meeting: [one.participant for one in plan.candidates] for meeting, plan in plans.items()})
    firsts = [candidates[person[0].meeting, person[0].participant] for person in across.people]
    return RollUp(
        campaign=campaign,
        meetings=tuple(_figures(one, plans.get(one.id)) for one in campaign.meetings),
        across=across,
        regions=_regions(across, candidates),
        sponsors=_sponsors(plans),
        gender=_counted(one.participant.gender.value for one in firsts),
        age=_counted(age_band(one.age) for one in firsts),
        category=_counted(one.participant.category or "unknown" for one in firsts),
    )


def sums(figures: Sequence[MeetingFigures], name: str) -> tuple[int | None, int]:
    """The sum of a figure over the meetings that know it, and how many do; None when none does."""
    known = [getattr(one, name) for one in figures if getattr(one, name) is not None]
    return (sum(known) if known else None), len(known)


def _figures(meeting: Meeting, plan: Plan | None) -> MeetingFigures:
    unknown = unknown_facts(meeting)
    if plan is None or not plan.candidates:  # nobody is enrolled yet: that is not known, and no zero
        return MeetingFigures(meeting=meeting, unknown=unknown)
    seats = Counter(one.seat for one in plan.candidates)
    present = plan.participation.present_ids if plan.participation is not None else None
    granted = Counter(one.benefit for one in plan.decisions if one.outcome is Outcome.GRANTED)
    costs: defaultdict[str, list[Money]] = defaultdict(list)
    for use in plan.budget:
        costs[use.planned.currency].append(use.planned)
    return MeetingFigures(
        meeting=meeting,
        unknown=unknown,
        seats=plan.event.seats,
        registered=len(plan.candidates),
        confirmed=seats[Seat.CONFIRMED],
        waiting=seats[Seat.WAITING],
        present=None if present is None else len(present),
        granted={benefit.name: granted[benefit.name] for benefit in plan.benefits},
        costs=tuple(total(amounts, currency) for currency, amounts in sorted(costs.items())),
    )


def _regions(across: Across, candidates: Mapping[tuple[str, str], Candidate]) -> tuple[RegionFigures, ...]:
    registrations: Counter[str] = Counter()
    people: Counter[str] = Counter()
    confirmed: Counter[str] = Counter()
    for person in across.people:
        mine = [candidates[one.meeting, one.participant] for one in person]
        people[region_of(mine[0])] += 1
        for one in mine:
            registrations[region_of(one)] += 1
            confirmed[region_of(one)] += one.seat is Seat.CONFIRMED
    return tuple(
        RegionFigures(
            region=region, registrations=registrations[region], people=people[region], confirmed=confirmed[region]
        )
        for region in sorted(registrations)
    )


def _sponsors(plans: Mapping[str, Plan]) -> tuple[SponsorFigures, ...]:
    planned: defaultdict[tuple[str, str, str], list[Money]] = defaultdict(list)
    ceilings: defaultdict[tuple[str, str, str], list[Money]] = defaultdict(list)
    people: Counter[tuple[str, str, str]] = Counter()
    meetings: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for meeting, plan in plans.items():
        for use in plan.budget:
            key = (use.sponsor, use.benefit, use.planned.currency)
            planned[key].append(use.planned)
            people[key] += use.people
            meetings[key].add(meeting)
            if use.ceiling is not None and use.ceiling.currency == use.planned.currency:
                ceilings[key].append(use.ceiling)
    return tuple(
        SponsorFigures(
            sponsor=sponsor,
            benefit=benefit,
            meetings=len(meetings[sponsor, benefit, currency]),
            people=people[sponsor, benefit, currency],
            planned=total(amounts, currency),
            ceiling=total(ceilings[sponsor, benefit, currency], currency)
            if ceilings[sponsor, benefit, currency]
            else None,
        )
        for (sponsor, benefit, currency), amounts in sorted(planned.items())
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
