from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from eventops.domain.deciding.criteria import (
    HAS_SEAT,
    HOME_LATE,
    LEAVES_EARLY,
    NO_PLACE,
    OTHER_ANSWER,
    SETTLED,
    WAITS,
    condition_missed,
    rule_of,
)
from eventops.domain.event import Bounds, Conditions, Criterion, HourBounds
from eventops.domain.people import Choice
from eventops.domain.reporting.labels import CATEGORY_LABELS
from eventops.domain.rules import Candidate, Effect, Facts, Seat, Verdict
from eventops.domain.texts import Text
from eventops.testing.builders import OUEZZANE, a_candidate, a_participant, an_event

HOME = datetime(2023, 10, 14, 5, 40, tzinfo=ZoneInfo("Africa/Casablanca"))
PERSON = a_participant(category="association", role="speaker", association="adfm", inclusion=("rural",))
SOMEBODY = a_candidate(
    PERSON, place=OUEZZANE, distance_km=100.0, age=29, leaves_home_at=HOME, back_home_at=HOME.replace(hour=21)
)


def criterion(**when: object) -> Criterion:
    return Criterion(name="c", benefit="travel", reason=Text("{distance_km} km"), when=Conditions(**when))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"distance_km": Bounds(at_least=100)},
        {"distance_km": Bounds(at_most=100)},
        {"distance_km": Bounds(over=99.9, under=100.1)},
        {"road_km": Bounds(over=100)},
        {"region": ("MA-01", "MA-04")},
        {"not_region": ("MA-04",)},
        {"province": ("01.405",)},
        {"country": ("MA",)},
        {"category": ("association",)},
        {"not_category": ("public_sector",)},
        {"role": ("speaker",)},
        {"association": ("adfm",)},
        {"inclusion": ("disability", "rural")},
        {"age": Bounds(under=30)},
        {"urban": True},
        {"departure": HourBounds(before=time(6))},
        {"homecoming": HourBounds(after=time(20))},
    ],
)
def test_a_condition_that_holds_is_not_missed(when: dict[str, object]) -> None:
    assert condition_missed(SOMEBODY, criterion(**when), an_event()) is None


@pytest.mark.parametrize(
    ("when", "values"),
    [
        ({"distance_km": Bounds(at_least=101)}, {"distance_km": 100.0, "limit_km": 101}),
        ({"distance_km": Bounds(over=100)}, {"distance_km": 100.0, "limit_km": 100}),
        ({"distance_km": Bounds(under=100)}, {"distance_km": 100.0, "limit_km": 100}),
        ({"region": ("MA-04",)}, {"region": "MA-01", "expected": ("MA-04",)}),
        ({"age": Bounds(at_least=30)}, {"age": 29}),
        ({"departure": HourBounds(before=time(5))}, {"departure": time(5, 40), "limit": time(5)}),
        ({"homecoming": HourBounds(before=time(20))}, {"homecoming": time(21, 40), "limit": time(20)}),
        (
            {"category": ("citizen",)},
            {"category": CATEGORY_LABELS["association"], "expected": (CATEGORY_LABELS["citizen"],)},
        ),
        ({"not_category": ("association",)}, {"category": CATEGORY_LABELS["association"]}),
    ],
)
def test_a_condition_that_is_missed_says_what_was_seen_and_what_was_expected(
    when: dict[str, object], values: dict[str, object]
) -> None:
    missed = condition_missed(SOMEBODY, criterion(**when), an_event())
    assert missed is not None
    assert missed.values == values


def verdict_of(one: Criterion, candidate: object = SOMEBODY) -> Verdict:
    facts = Facts(event=an_event(), settings={})
    return rule_of(one).rule.check(candidate, facts)  # type: ignore[arg-type]


def test_a_criterion_of_three_nights_grants_the_three_evenings_before_the_event() -> None:
    one = Criterion(name="c", benefit="lodging", reason=Text("far"), nights=3)
    assert [str(night) for night in verdict_of(one).nights] == ["2023-10-11", "2023-10-12", "2023-10-13"]


@pytest.mark.parametrize(("effect", "blocking"), [("grants", False), ("excludes", True)])
def test_without_a_place_a_criterion_on_distance_asks_a_person(effect: str, blocking: bool) -> None:
    one = Criterion(
        name="c", benefit="travel", effect=effect, reason=Text("far"), when=Conditions(distance_km=Bounds(over=1))
    )
    verdict = verdict_of(one, a_candidate(place=None, distance_km=None))
    assert (verdict.effect, verdict.blocking) == (Effect.REFERS, blocking)


def test_the_reason_of_a_criterion_may_name_the_facts_and_the_limit() -> None:
    values = verdict_of(criterion(distance_km=Bounds(at_least=50))).values
    assert (values["distance_km"], values["limit_km"], values["departure"]) == (100.0, 50, time(5, 40))


@pytest.mark.parametrize("fields", [{"effect": "allows"}, {"share": 0}, {"share": 101}])
def test_a_criterion_that_makes_no_sense_is_not_made(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"effect|share"):
        Criterion(name="c", benefit="travel", reason=Text("x"), **fields)  # type: ignore[arg-type]


EVE = HOME.replace(day=13, hour=23)


@pytest.mark.parametrize(
    ("when", "candidate", "missed"),
    [
        ({"seat": "waiting"}, SOMEBODY, HAS_SEAT),
        ({"seat": "waiting"}, a_candidate(PERSON, seat=Seat.WAITING, waiting_position=2), None),
        ({"seat": "confirmed"}, a_candidate(PERSON, seat=Seat.WAITING, waiting_position=2), WAITS),
        ({"settled": False}, SOMEBODY, SETTLED),
        ({"settled": False}, a_candidate(PERSON, place=None, distance_km=None), None),
        ({"settled": True}, a_candidate(PERSON, place=None, distance_km=None), NO_PLACE),
        ({"fields": {"north.children": 2}}, SOMEBODY, OTHER_ANSWER),
        ({"fields": {"north.children": 2}}, a_candidate(a_participant(fields={"north.children": 2})), None),
        ({"departure": HourBounds(before=time(6))}, a_candidate(PERSON, leaves_home_at=EVE), None),
        ({"departure": HourBounds(after=time(20))}, a_candidate(PERSON, leaves_home_at=EVE), LEAVES_EARLY),
        ({"homecoming": HourBounds(after=time(22))}, a_candidate(PERSON, back_home_at=HOME.replace(day=15)), None),
        (
            {"homecoming": HourBounds(before=time(22))},
            a_candidate(PERSON, back_home_at=HOME.replace(day=15)),
            HOME_LATE,
        ),
    ],
)
def test_seats_settled_towns_answers_and_other_days_are_conditions_too(
    when: dict[str, object], candidate: Candidate, missed: Text | None
) -> None:
    said = condition_missed(candidate, criterion(**when), an_event())
    assert (said.text if said else None) == missed


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (None, date(2023, 10, 13), False),
        (date(2023, 10, 14), date(2023, 10, 14), True),
        (date(2023, 10, 15), None, False),
    ],
)
def test_a_criterion_holds_on_its_days_only(begins: date | None, ends: date | None, holds: bool) -> None:
    one = Criterion(name="c", benefit="travel", reason=Text("x"), valid_from=begins, valid_to=ends)
    assert (verdict_of(one).effect is Effect.GRANTS) is holds


def test_advice_private_reasons_and_journeys_are_carried_into_the_verdict() -> None:
    one = Criterion(
        name="c", benefit="travel", effect="refers", reason=Text("x"), blocking=False, sensitive=True, legs=1
    )
    verdict = verdict_of(one)
    assert (verdict.blocking, verdict.sensitive, verdict.legs) == (False, True, 1)


def test_a_category_is_called_what_the_event_calls_it() -> None:
    event = an_event(categories=(Choice(id="association", title=Text("Local group", fr="Collectif")),))
    missed = condition_missed(SOMEBODY, criterion(category=("citizen",)), event)
    assert missed is not None
    assert missed.values["category"] == Text("Local group", fr="Collectif")
