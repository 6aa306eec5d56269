"""Journeys: there and back for everyone whose travel is granted, with times that fit the agenda."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from eventops.domain.event import Event, closing, opening
from eventops.domain.placing.roads import by_air
from eventops.domain.rules import Candidate, Decision, Journey, Outcome

EVENING = time(18, 0)
MORNING = time(9, 0)
_Hours = tuple[datetime, datetime]


def journeys_of(
    event: Event, candidates: Sequence[Candidate], decisions: Mapping[tuple[str, str], Decision], minutes_before: int
) -> tuple[Journey, ...]:
    """The journeys granted, person by person. Those with a bed the night before travel the day before,
    those with a bed the night after travel the day after."""
    journeys: list[Journey] = []
    hours: dict[tuple[tuple[date, ...], int], tuple[_Hours, _Hours]] = {}
    for candidate in candidates:
        travel = decisions.get((candidate.participant.id, "travel"))
        if travel is None or travel.outcome is not Outcome.GRANTED or travel.grant is None:
            continue
        if candidate.distance_km is None or candidate.road_km is None or candidate.travel_minutes is None:
            continue
        lodging = decisions.get((candidate.participant.id, "lodging"))
        nights = lodging.grant.nights if lodging is not None and lodging.grant is not None else ()
        key = nights, candidate.travel_minutes
        if key not in hours:  # many people travel as long and sleep as many nights
            hours[key] = _hours(event, nights, minutes_before, candidate.travel_minutes)
        mode = _mode(event, candidate)
        for direction, (leaves_at, arrives_at) in zip(("there", "back")[: travel.grant.legs], hours[key], strict=False):
            journeys.append(
                Journey(
                    participant_id=candidate.participant.id,
                    direction=direction,
                    mode=mode,
                    origin=candidate.place,
                    distance_km=candidate.distance_km,
                    road_km=candidate.road_km,
                    travel_minutes=candidate.travel_minutes,
                    leaves_at=leaves_at,
                    arrives_at=arrives_at,
                )
            )
    return tuple(journeys)


def _hours(event: Event, nights: Sequence[date], minutes_before: int, minutes: int) -> tuple[_Hours, _Hours]:
    """When somebody with these nights leaves and arrives, there and back."""
    there, back = _arrives_at(event, nights, minutes_before), _leaves_at(event, nights)
    ride = timedelta(minutes=minutes)
    return (there - ride, there), (back, back + ride)


def _arrives_at(event: Event, nights: Sequence[date], minutes_before: int) -> datetime:
    """In time for the first session, or at six on the evening of the first night when that is a day before."""
    in_time = opening(event) - timedelta(minutes=minutes_before)
    evenings = [night for night in nights if night < opening(event).date()]
    return datetime.combine(min(evenings), EVENING, in_time.tzinfo) if evenings else in_time


def _leaves_at(event: Event, nights: Sequence[date]) -> datetime:
    """After the last session, or at nine on the morning after the last night when that is a day after."""
    after = closing(event)
    mornings = [night + timedelta(days=1) for night in nights if night >= after.date()]
    return datetime.combine(max(mornings), MORNING, after.tzinfo) if mornings else after


def _mode(event: Event, candidate: Candidate) -> str:
    """`flight` for those who come by air, else `public_transport`: a tariff may know better."""
    flies = candidate.place is not None and by_air(candidate.place, candidate.distance_km or 0, event.country)
    return "flight" if flies else "public_transport"
