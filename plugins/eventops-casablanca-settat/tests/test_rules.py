"""What the association of Casablanca-Settat decides, and that its rules hold the contract."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import eventops_casablanca_settat as plugin
import pytest
from eventops_casablanca_settat import rules

from eventops import Candidate, Effect, Facts, Gender, Place, Point, Text, does_not_apply, excludes, grants, refers
from eventops.testing.builders import a_candidate, a_participant, an_event
from eventops.testing.contracts import RuleContract

ZONE = ZoneInfo("Africa/Casablanca")
EVE = date(2023, 10, 13)


class TestContract(RuleContract):
    plugin = plugin


def commune(name: str, province: str, *, urban: bool = True) -> Place:
    return Place(
        code=f"MA:{province}.{name}",
        name=Text(name),
        kind="commune",
        country="MA",
        point=Point(33, -8),
        region="MA-06",
        province=province,
        urban=urban,
    )


CASABLANCA = commune("Casablanca", "06.141")
BOUSKOURA = commune("Bouskoura", "06.385")
SETTAT = commune("Settat", "06.461")
SIDI_BENNOUR = commune("Sidi Bennour", "06.467")
VILLAGE = commune("Oulad Frej", "06.181", urban=False)


@pytest.fixture
def facts() -> Facts:
    return Facts(event=an_event(), settings={one.name: one.default for one in plugin.SETTINGS})


def from_place(place: Place, km: float, leaves: str = "07:30", **person: Any) -> Candidate:
    at = datetime.combine(date(2023, 10, 14), time.fromisoformat(leaves), tzinfo=ZONE)
    return a_candidate(a_participant(**person), place=place, distance_km=km, leaves_home_at=at)


def test_inside_greater_casablanca_public_transport_is_enough(facts: Facts) -> None:
    assert [rules.check_public_transport(from_place(place, 18.25), facts) for place in (BOUSKOURA, SETTAT)] == [
        excludes(rules.PUBLIC_TRANSPORT, town=BOUSKOURA.name, distance_km=18.2, limit_km=40),
        does_not_apply(rules.OUTSIDE_GREATER_CASABLANCA, town=SETTAT.name),
    ]


def test_when_the_venue_is_far_people_of_casablanca_are_not_excluded(facts: Facts) -> None:
    assert rules.check_public_transport(from_place(CASABLANCA, 87.0), facts) == does_not_apply(
        rules.BEYOND_PUBLIC_TRANSPORT, town=CASABLANCA.name, distance_km=87.0, limit_km=40
    )


def test_people_with_access_needs_are_not_sent_to_public_transport(facts: Facts) -> None:
    person = from_place(BOUSKOURA, 18.2, needs="fauteuil roulant")
    assert [check(person, facts) for check in (rules.check_public_transport, rules.check_accessible_travel)] == [
        does_not_apply(rules.ADAPTED_TRANSPORT),
        grants(rules.TRAVEL_FOR_ACCESS, sensitive=True, town=BOUSKOURA.name, distance_km=18.2),
    ]


def test_travel_is_paid_from_60_km_on(facts: Facts) -> None:
    values = {"town": SETTAT.name, "limit_km": 60}
    assert [rules.check_travel(from_place(SETTAT, km), facts) for km in (59.99, 60.0)] == [
        does_not_apply(rules.TRAVEL_TOO_NEAR, distance_km=59.9, **values),
        grants(rules.TRAVEL_FROM, distance_km=60.0, **values),
    ]


def test_a_bed_is_given_from_100_km_on(facts: Facts) -> None:
    values = {"town": SIDI_BENNOUR.name, "limit_km": 100}
    assert [rules.check_lodging(from_place(SIDI_BENNOUR, km), facts) for km in (99.96, 100.0)] == [
        does_not_apply(rules.BED_TOO_NEAR, distance_km=99.9, **values),
        grants(rules.BED_FROM, nights=(EVE,), distance_km=100.0, **values),
    ]


def test_under_100_km_access_needs_and_an_early_hour_give_a_bed(facts: Facts) -> None:
    early, late = (from_place(SETTAT, 62, leaves, needs="deaf") for leaves in ("06:59", "07:00"))
    values = {"town": SETTAT.name, "limit": time(7)}
    assert [rules.check_accessible_lodging(person, facts) for person in (early, late, from_place(SETTAT, 62))] == [
        grants(rules.BED_FOR_ACCESS, sensitive=True, nights=(EVE,), departure=time(6, 59), **values),
        does_not_apply(rules.LEAVES_LATE_ENOUGH, departure=time(7), **values),
        does_not_apply(rules.NO_ACCESS_NEEDS),
    ]


def test_only_reasons_about_access_needs_are_sensitive(facts: Facts) -> None:
    person = from_place(SIDI_BENNOUR, 130, "05:00", needs="wheelchair")
    assert {rule.name for rule in rules.RULES if rule.check(person, facts).sensitive} == {
        "accessible-travel",
        "accessible-bed",
    }


def test_without_a_place_only_the_rule_that_could_exclude_blocks(facts: Facts) -> None:
    nobody = a_candidate(a_participant(needs="wheelchair"), place=None, distance_km=None)
    verdicts = {rule.name: rule.check(nobody, facts) for rule in rules.RULES}
    assert verdicts.pop("public-transport") == refers(rules.NO_PLACE)
    assert list(verdicts.values()) == [refers(rules.NO_PLACE, blocking=False)] * 4


def test_the_association_of_rabat_would_decide_the_same_shapes_otherwise(facts: Facts) -> None:
    """From 40 km, and from rural communes from 20 km, that association pays travel; it gives a woman who leaves a
    rural commune before half past six a bed at any distance, and so anybody who leaves before a quarter to six."""
    neighbour = from_place(VILLAGE, 50, "06:15", gender=Gender.FEMALE)
    early = from_place(SETTAT, 70, "05:30")
    answers = {
        "travel from 50 km": rules.check_travel(neighbour, facts).effect,
        "woman from a rural commune at 06:15": rules.check_lodging(neighbour, facts).effect,
        "anybody at 05:30 from 70 km": rules.check_lodging(early, facts).effect,
    }
    assert set(answers.values()) == {Effect.NOT_APPLICABLE}


def test_both_associations_side_by_side_decide_one_shape_differently() -> None:
    other = pytest.importorskip("eventops_rabat_sale_kenitra", reason="the other association's plugin is not installed")

    def granted(module: Any, person: Candidate) -> dict[str, bool]:
        facts = Facts(event=an_event(), settings={one.name: one.default for one in module.SETTINGS})
        verdicts = [(rule.benefit, rule.check(person, facts).effect) for rule in module.eventops_rules()]
        return {
            benefit: any(effect is Effect.GRANTS for one, effect in verdicts if one == benefit)
            for benefit in ("travel", "lodging")
        }

    woman = from_place(VILLAGE, 50, "06:15", gender=Gender.FEMALE, age=40)
    assert (granted(other, woman), granted(plugin, woman)) == (
        {"travel": True, "lodging": True},
        {"travel": False, "lodging": False},
    )


def test_the_rules_speak_of_residents_of_the_region_only() -> None:
    assert {rule.scope.regions for rule in rules.RULES} == {("MA-06",)}
