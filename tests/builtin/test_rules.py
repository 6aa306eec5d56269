from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eventops.builtin.rules import RULES, SETTINGS, TARIFFS
from eventops.domain.hosting.lodging import nights_needed
from eventops.domain.rules import Candidate, Effect, Facts, Seat
from eventops.testing.builders import a_candidate, an_event

ZONE = ZoneInfo("Africa/Casablanca")
DEFAULTS = {one.name: one.default for one in SETTINGS}
RULES_BY_NAME = {one.name: one for one in RULES}


def effect(rule: str, candidate: Candidate, **settings: Any) -> Effect:
    facts = Facts(event=an_event(), settings=DEFAULTS | settings)
    return RULES_BY_NAME[rule].check(candidate, facts).effect


@pytest.mark.parametrize("benefit", ["travel", "lodging", "meals"])
def test_cover_needs_a_seat(benefit: str) -> None:
    waiting = a_candidate(seat=Seat.WAITING, waiting_position=3)
    effects = [effect(f"seat-for-{benefit}", one) for one in (a_candidate(), waiting)]
    assert effects == [Effect.NOT_APPLICABLE, Effect.EXCLUDES]


@pytest.mark.parametrize("benefit", ["travel", "lodging"])
def test_an_open_town_is_left_to_a_person_without_stopping_a_grant(benefit: str) -> None:
    facts = Facts(event=an_event(), settings=DEFAULTS)
    verdict = RULES_BY_NAME[f"place-for-{benefit}"].check(a_candidate(place=None), facts)
    assert (verdict.effect, verdict.blocking) == (Effect.REFERS, False)


@pytest.mark.parametrize(("rule", "limit"), [("travel-distance", 50.0), ("lodging-distance", 150.0)])
def test_distance_grants_from_its_limit_on(rule: str, limit: float) -> None:
    effects = [effect(rule, a_candidate(distance_km=km)) for km in (limit - 0.01, limit, limit + 300)]
    assert effects == [Effect.NOT_APPLICABLE, Effect.GRANTS, Effect.GRANTS]


@pytest.mark.parametrize(
    ("leaves", "home", "expected"),
    [
        ((14, 6, 0), (14, 22, 30), Effect.NOT_APPLICABLE),
        ((14, 5, 59), (14, 22, 30), Effect.GRANTS),
        ((13, 23, 50), (14, 20, 0), Effect.GRANTS),
        ((14, 7, 0), (14, 22, 31), Effect.GRANTS),
        ((14, 7, 0), (15, 0, 5), Effect.GRANTS),
    ],
)
@pytest.mark.parametrize("earliest", ["06:00", "6:00"])
def test_a_day_that_would_be_too_long_grants_a_bed(leaves: Any, home: Any, expected: Effect, earliest: str) -> None:
    candidate = a_candidate(
        leaves_home_at=datetime(2023, 10, *leaves, tzinfo=ZONE), back_home_at=datetime(2023, 10, *home, tzinfo=ZONE)
    )
    assert effect("lodging-hours", candidate, departure_not_before=earliest) is expected
    facts = Facts(event=an_event(), settings=DEFAULTS | {"departure_not_before": earliest})
    assert len(nights_needed(candidate, facts)) == 1


def test_everybody_eats() -> None:
    assert effect("meals-for-all", a_candidate(place=None)) is Effect.GRANTS


def test_every_rule_says_only_what_it_declares() -> None:
    candidates = [
        a_candidate(distance_km=km, seat=seat) for km in (1.0, 60.0, 400.0) for seat in (Seat.CONFIRMED, Seat.WAITING)
    ]
    for rule in RULES:
        said = {effect(rule.name, one) for one in [*candidates, a_candidate(place=None)]}
        assert said <= {*rule.may, Effect.NOT_APPLICABLE}


def test_there_is_one_tariff_for_each_built_in_benefit() -> None:
    assert {one.benefit for one in TARIFFS} == {"travel", "lodging", "meals"}
