from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from eventops.domain.hosting.travel import journeys_of
from eventops.domain.rules import Decision, Grant, Journey, Outcome
from eventops.testing.builders import DAY, OUEZZANE, a_candidate, a_decision, an_event

ZONE = ZoneInfo("Africa/Casablanca")
EVE = DAY - timedelta(days=1)
FAR = a_candidate(place=OUEZZANE, distance_km=246.0, travel_minutes=240)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 10, day, hour, minute, tzinfo=ZONE)


def journeys(*lodging: Decision, candidate: object = FAR, **grant: int) -> tuple[Journey, ...]:
    made = [a_decision(grant=Grant(payer="oecd", **grant)), *lodging]
    by_key = {(one.participant_id, one.benefit): one for one in made}
    return journeys_of(an_event(), [candidate], by_key, minutes_before=30)  # type: ignore[list-item]


def hours(found: tuple[Journey, ...]) -> list[tuple[str, datetime, datetime]]:
    return [(one.direction, one.leaves_at, one.arrives_at) for one in found]


def bed(*nights: object) -> Decision:
    return a_decision(benefit="lodging", grant=Grant(payer="ef", nights=nights))  # type: ignore[arg-type]


def test_who_sleeps_at_home_arrives_in_time_and_leaves_when_it_is_over() -> None:
    assert hours(journeys()) == [("there", at(14, 4, 30), at(14, 8, 30)), ("back", at(14, 14, 30), at(14, 18, 30))]


def test_who_has_a_bed_the_night_before_comes_in_the_evening() -> None:
    assert hours(journeys(bed(EVE)))[0] == ("there", at(13, 14), at(13, 18))


def test_who_has_a_bed_the_night_after_leaves_in_the_morning() -> None:
    assert hours(journeys(bed(DAY)))[1] == ("back", at(15, 9), at(15, 13))


def test_one_leg_is_the_way_there() -> None:
    assert [one.direction for one in journeys(legs=1)] == ["there"]


@pytest.mark.parametrize("outcome", [Outcome.EXCLUDED, Outcome.REFERRED, Outcome.NOT_COVERED])
def test_who_is_not_granted_travel_has_no_journey(outcome: Outcome) -> None:
    decision = a_decision(outcome=outcome)
    assert journeys_of(an_event(), [FAR], {("p1", "travel"): decision}, 30) == ()


def test_without_a_settled_town_there_is_no_journey() -> None:
    assert journeys(candidate=a_candidate(place=None)) == ()


def test_from_far_abroad_people_fly() -> None:
    paris = replace(OUEZZANE, code="FR:1", country="FR", region="FR-IDF")
    near, far = (a_candidate(place=paris, distance_km=km) for km in (300.0, 1900.0))
    assert [{one.mode for one in journeys(candidate=who)} for who in (near, far)] == [{"public_transport"}, {"flight"}]
