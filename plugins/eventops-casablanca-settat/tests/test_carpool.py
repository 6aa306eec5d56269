"""The carpool proposal and the check of shared cars."""

from datetime import timedelta
from decimal import Decimal

import eventops_casablanca_settat as plugin
import msgspec
from eventops_casablanca_settat.carpool import ADVISORY, APART, NO_CAR, POSSIBLE, compose, shared_cars

from eventops import Decision, Finding, Grant, Message, Money, Options, Place, Plan, Point, Severity, Source, Text
from eventops.testing.builders import a_candidate, a_decision, a_participant, a_plan, two_journeys
from eventops.testing.contracts import ExportContract


class TestContract(ExportContract):
    plugin = plugin


SIDI_BENNOUR = Text("Sidi Bennour", fr="Sidi Bennour", ar="سيدي بنور")


def commune(name: str, province: Text = SIDI_BENNOUR, region: str = "MA-06") -> Place:
    return Place(
        code=f"MA:{name}",
        name=Text(name),
        kind="commune",
        country="MA",
        point=Point(32.6, -8.4),
        region=region,
        province=province.en,
        province_name=province,
    )


def travel(who: str, amount: int = 60) -> Decision:
    return a_decision(who, "travel", amount=Money(Decimal(amount), "MAD"), grant=Grant(payer="oecd"))


def plan_of_travellers(count: int, needing: int = 0, **settings: int) -> Plan:
    """That many granted travel from the province, each 10 km farther than the one before; the last have needs."""
    people = [
        a_candidate(
            a_participant(f"p{number}", f"Person {number}", needs="wheelchair" if number >= count - needing else ""),
            place=commune(f"Commune {number}"),
            distance_km=100.0 + 10 * number,
        )
        for number in range(count)
    ]
    stays_home = a_candidate(a_participant("alone", "No travel"), place=commune("Commune 0"), distance_km=100.0)
    elsewhere = a_candidate(
        a_participant("far", "From Kénitra"), place=commune("Kénitra", Text("Kénitra"), "MA-04"), distance_km=130.0
    )
    decisions = [travel(f"p{number}") for number in range(count)]
    return a_plan(
        [*people, stays_home, elsewhere],
        [*decisions, travel("far")],
        settings={f"casablanca-settat.{name}": value for name, value in settings.items()},
    )


def cars(plan: Plan) -> list[tuple[object, ...]]:
    """Car, order of pick-up and person of every row."""
    return [row[1:4] for row in compose(plan, Options()).tables[0].rows]


def test_three_of_one_province_share_a_car_the_farthest_first() -> None:
    assert cars(plan_of_travellers(3)) == [(1, 1, "p2"), (1, 2, "p1"), (1, 3, "p0")]


def test_two_of_one_province_travel_as_granted() -> None:
    (table, _) = compose(plan_of_travellers(2), Options()).tables
    assert (table.rows, table.notes) == ((), (Message(ADVISORY, {"minimum": 3, "seats": 6}), NO_CAR))


def test_seven_travellers_fill_two_cars_evenly() -> None:
    assert [row[:2] for row in cars(plan_of_travellers(7))] == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3)]


def test_people_with_access_needs_are_called_before_any_car_is_proposed() -> None:
    plan = plan_of_travellers(5, needing=2)
    assert [row[2] for row in cars(plan)] == ["p2", "p1", "p0"]
    assert compose(plan, Options()).tables[0].notes[-1] == Message(APART, {"count": 2})


def test_the_provinces_show_what_separate_travel_costs() -> None:
    (_, provinces) = compose(plan_of_travellers(5, needing=2), Options()).tables
    assert provinces.rows == ((SIDI_BENNOUR, 6, 5, 2, 1, Money(Decimal(300), "MAD")),)


def test_those_who_come_on_the_eve_do_not_share_with_those_who_come_in_the_morning() -> None:
    plan = plan_of_travellers(6)
    journeys = [two_journeys(one)[0] for one in plan.candidates[:6]]
    eve = timedelta(days=1)
    moved = [
        msgspec.structs.replace(one, leaves_at=one.leaves_at - eve, arrives_at=one.arrives_at - eve)
        if number < 4
        else one
        for number, one in enumerate(journeys)
    ]
    plan = msgspec.structs.replace(plan, journeys=tuple(moved))
    assert cars(plan) == [(1, 1, "p3"), (1, 2, "p2"), (1, 3, "p1"), (1, 4, "p0")]
    assert [row[8] for row in compose(plan, Options()).tables[0].rows] == [moved[0].leaves_at] * 4


def test_the_minimum_and_the_seats_of_a_car_are_settings_of_the_event() -> None:
    assert [row[:2] for row in cars(plan_of_travellers(4, carpool_minimum=2, carpool_seats=2))] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]
    assert cars(plan_of_travellers(4, carpool_minimum=5)) == []


def test_the_check_names_each_province_where_a_car_could_be_shared() -> None:
    assert shared_cars(plan_of_travellers(3)) == (
        Finding(
            severity=Severity.INFORMATION,
            code="shared-car-possible",
            message=POSSIBLE,
            values={"count": 3, "province": SIDI_BENNOUR, "minimum": 3},
            source=Source(plugin="casablanca-settat", hook="eventops_checks"),
        ),
    )
    assert shared_cars(plan_of_travellers(2)) == ()
