"""What the association of Rabat-Salé-Kénitra decides, and that its rules hold the contract."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import eventops_rabat_sale_kenitra as plugin
import pytest
from eventops_rabat_sale_kenitra import rules

from eventops import Candidate, Effect, Facts, Gender, Place, Point, Text, does_not_apply, grants, refers
from eventops.testing.builders import a_candidate, a_participant, an_event
from eventops.testing.contracts import RuleContract

ZONE = ZoneInfo("Africa/Casablanca")
EVE = date(2023, 10, 13)
KENITRA = Place(
    code="MA:04.281.01.01",
    name=Text("Kénitra", ar="القنيطرة"),
    kind="commune",
    country="MA",
    point=Point(34.26, -6.58),
    region="MA-04",
    province="04.281",
    urban=True,
)
SFAFAA = Place(
    code="MA:04.491.07.01",
    name=Text("Sfafaa", ar="اصفافعة"),
    kind="commune",
    country="MA",
    point=Point(34.38, -6.03),
    region="MA-04",
    province="04.491",
)


class TestContract(RuleContract):
    plugin = plugin


@pytest.fixture
def facts() -> Facts:
    return Facts(event=an_event(), settings={one.name: one.default for one in plugin.SETTINGS})


def from_place(place: Place, km: float, leaves: str = "07:00", day: int = 14, **person: Any) -> Candidate:
    at = time.fromisoformat(leaves)
    return a_candidate(
        a_participant(**person),
        place=place,
        distance_km=km,
        leaves_home_at=datetime(2023, 10, day, at.hour, at.minute, tzinfo=ZONE),
    )


def test_travel_is_paid_from_40_km_on(facts: Facts) -> None:
    values = {"town": KENITRA.name, "limit_km": 40}
    assert [rules.check_travel(from_place(KENITRA, km), facts) for km in (39.99, 40.0)] == [
        does_not_apply(rules.TOWN_TOO_NEAR, distance_km=39.9, **values),
        grants(rules.TRAVEL_FROM_TOWN, distance_km=40.0, **values),
    ]


def test_from_a_rural_commune_travel_is_paid_from_20_km_on(facts: Facts) -> None:
    values = {"town": SFAFAA.name, "limit_km": 20}
    assert [rules.check_travel(from_place(SFAFAA, km), facts) for km in (19.96, 20.0)] == [
        does_not_apply(rules.RURAL_COMMUNE_TOO_NEAR, distance_km=19.9, **values),
        grants(rules.TRAVEL_FROM_RURAL_COMMUNE, distance_km=20.0, **values),
    ]


def test_leaving_before_a_quarter_to_six_gives_the_night_before(facts: Facts) -> None:
    values = {"town": KENITRA.name, "limit": time(5, 45)}
    assert [rules.check_early_departure(from_place(KENITRA, 130, leaves), facts) for leaves in ("05:44", "05:45")] == [
        grants(rules.LEAVES_TOO_EARLY, nights=(EVE,), departure=time(5, 44), **values),
        does_not_apply(rules.LEAVES_LATE_ENOUGH, departure=time(5, 45), **values),
    ]


def test_leaving_the_evening_before_is_earlier_than_any_morning(facts: Facts) -> None:
    verdict = rules.check_early_departure(from_place(KENITRA, 600, "23:30", day=13), facts)
    assert (verdict.effect, verdict.nights) == (Effect.GRANTS, (EVE,))


@pytest.mark.parametrize(
    ("person", "effect"),
    [
        ({"gender": Gender.FEMALE, "age": 30}, Effect.GRANTS),
        ({"gender": Gender.MALE, "age": 60}, Effect.GRANTS),
        ({"gender": Gender.MALE, "age": 30, "needs": "كرسي متحرك"}, Effect.GRANTS),
        ({"gender": Gender.MALE, "age": 59}, Effect.NOT_APPLICABLE),
        ({"gender": Gender.MALE, "age": 59, "needs": "لا شيء"}, Effect.NOT_APPLICABLE),
        ({"gender": Gender.MALE}, Effect.NOT_APPLICABLE),
    ],
    ids=["woman", "older", "access needs", "younger man", "wrote that there is none", "age unknown"],
)
def test_before_half_past_six_some_are_not_sent_out_in_the_dark(
    facts: Facts, person: dict[str, Any], effect: Effect
) -> None:
    assert rules.check_safe_departure(from_place(SFAFAA, 110, "06:15", **person), facts).effect is effect


def test_from_a_town_the_early_hour_is_the_same_for_everybody(facts: Facts) -> None:
    woman = from_place(KENITRA, 110, "06:15", gender=Gender.FEMALE)
    assert rules.check_safe_departure(woman, facts) == does_not_apply(rules.NOT_RURAL, town=KENITRA.name)


def test_the_reason_of_a_safe_departure_tells_of_nobody_which_ground_holds(facts: Facts) -> None:
    grounds = ({"gender": Gender.FEMALE}, {"gender": Gender.MALE, "age": 70}, {"needs": "wheelchair"})
    reasons = {str(rules.check_safe_departure(from_place(SFAFAA, 110, "06:15", **person), facts)) for person in grounds}
    assert len(reasons) == 1


def test_without_a_place_a_person_must_look_and_nothing_is_blocked(facts: Facts) -> None:
    nobody = a_candidate(place=None, distance_km=None)
    assert [rule.check(nobody, facts) for rule in rules.RULES] == [refers(rules.NO_PLACE, blocking=False)] * 3


def test_a_limit_may_be_tuned_and_an_hour_written_short(facts: Facts) -> None:
    tuned = Facts(event=facts.event, settings={**facts.settings, "travel_limit_km": 150, "earliest_departure": "5:30"})
    person = from_place(KENITRA, 130, "05:40")
    assert [check(person, tuned).effect for check in (rules.check_travel, rules.check_early_departure)] == [
        Effect.NOT_APPLICABLE,
        Effect.NOT_APPLICABLE,
    ]


def test_the_rules_speak_of_residents_of_the_region_only() -> None:
    assert {rule.scope.regions for rule in rules.RULES} == {("MA-04",)}
