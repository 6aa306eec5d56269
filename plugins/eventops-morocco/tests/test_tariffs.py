"""What journeys in Morocco cost, leg by leg, and that the tariffs hold their contract."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import eventops_morocco as plugin
import pytest
from eventops_morocco.railways import FARES, STATIONS, fare_between
from eventops_morocco.tariffs import SETTINGS, mileage, mileage_rate, train_and_taxi
from hypothesis import given, strategies as st

from eventops import Candidate, Facts, Journey, Money, Place, Point, PricedLine, Text, great_circle_km, road_km
from eventops.testing.builders import a_candidate, an_event
from eventops.testing.contracts import TariffContract

ZONE = ZoneInfo("Africa/Casablanca")
CASABLANCA = Text("Casablanca", fr="Casablanca", ar="الدار البيضاء")
VENUE = an_event().venue


class TestContract(TariffContract):
    plugin = plugin
    currency = "MAD"


def facts(**settings: Any) -> Facts:
    return Facts(event=an_event(), settings={**{one.name: one.default for one in SETTINGS}, **settings})


def commune(name: str, province: str, lat: float, lon: float, country: str = "MA") -> Place:
    return Place(
        code=f"{country}:{name}",
        name=Text(name, fr=name, ar=name),
        kind="commune",
        country=country,
        point=Point(lat, lon),
        province=province,
    )


RABAT = commune("Rabat", "04.421", 34.013, -6.833)
KENITRA = commune("Kénitra", "04.281", 34.261, -6.580)
SIDI_BENNOUR = commune("Sidi Bennour", "06.467", 32.649, -8.426)
MOULAY_BOUSSELHAM = commune("Moulay Bousselham", "04.281", 34.879, -6.293)
TANGER = commune("Tanger", "01.511", 35.767, -5.800)
ANFA = commune("Anfa", "06.141.01.00", 33.597, -7.640)
PARIS = commune("Paris", "", 48.853, 2.349, "FR")


def journey(home: Place, direction: str = "there", year: int = 2023, mode: str = "public_transport") -> Journey:
    km = great_circle_km(home.point, VENUE.point)
    at = datetime(year, 10, 14, 6, tzinfo=ZONE)
    return Journey(
        participant_id="p1",
        direction=direction,
        mode=mode,
        origin=home,
        distance_km=km,
        road_km=road_km(km),
        travel_minutes=60,
        leaves_at=at,
        arrives_at=at.replace(hour=8),
    )


def said(lines: tuple[PricedLine, ...]) -> list[tuple[str, Decimal]]:
    """Every line as a sentence with its amount."""
    return [(line.label.en.format(**line.values), line.amount.amount) for line in lines]


def priced(tariff: Callable[..., tuple[PricedLine, ...]], home: Place, **settings: Any) -> list[tuple[str, Decimal]]:
    return said(tariff(journey(home), someone(), facts(**settings)))


def someone() -> Candidate:
    return a_candidate()


def test_from_rabat_the_published_train_fare_and_a_taxi_to_the_hotel() -> None:
    assert priced(train_and_taxi, RABAT) == [
        ("Train, second class, Rabat to Casablanca, published fare", Decimal(40)),
        ("Local taxi, Casablanca to Hotel Idou Anfa", Decimal(30)),
    ]


def test_the_way_back_has_the_same_legs_the_other_way_round() -> None:
    assert said(train_and_taxi(journey(RABAT, "back"), someone(), facts())) == [
        ("Local taxi, Hotel Idou Anfa to Casablanca", Decimal(30)),
        ("Train, second class, Casablanca to Rabat, published fare", Decimal(40)),
    ]


def test_the_fare_is_the_one_that_held_on_the_day() -> None:
    (before_any, _), (dearer, _) = (
        train_and_taxi(journey(RABAT, year=year), someone(), facts()) for year in (2018, 2019)
    )
    assert (before_any.unit, dearer.unit, dearer.amount) == ("km", "ticket", Money(Decimal(40), "MAD"))
    rabat, casablanca = (one for one in STATIONS if one.name.en in ("Rabat", "Casablanca"))
    assert [fare_between(rabat, casablanca, date(year, month, 1)) for year, month in ((2018, 12), (2020, 1))] == [
        FARES[0],
        FARES[1],
    ]


def test_where_fares_vary_the_highest_is_planned_unless_the_event_says_otherwise() -> None:
    amounts = [priced(train_and_taxi, TANGER, highest_fares=highest)[0][1] for highest in (True, False)]
    assert amounts == [Decimal(224), Decimal(149)]


def test_without_a_published_fare_the_train_costs_a_rate_per_kilometre() -> None:
    (train, taxi) = train_and_taxi(journey(KENITRA), someone(), facts())
    assert (train.label.en.format(**train.values), train.unit, train.unit_price) == (
        "Train, second class, Kénitra to Casablanca",
        "km",
        Money(Decimal("0.40"), "MAD"),
    )
    assert taxi.amount == Money(Decimal(30), "MAD")


def test_outside_the_town_of_the_station_a_shared_taxi_leads_to_the_train() -> None:
    assert [sentence for sentence, _ in priced(train_and_taxi, MOULAY_BOUSSELHAM)] == [
        "Shared taxi or coach, Moulay Bousselham to Kénitra",
        "Train, second class, Kénitra to Casablanca",
        "Local taxi, Casablanca to Hotel Idou Anfa",
    ]


def test_a_province_without_trains_comes_by_road() -> None:
    assert [sentence for sentence, _ in priced(train_and_taxi, SIDI_BENNOUR)] == [
        "Shared taxi or coach, Sidi Bennour to Casablanca",
        "Local taxi, Casablanca to Hotel Idou Anfa",
    ]


def test_inside_the_town_one_local_taxi_is_the_journey() -> None:
    assert priced(train_and_taxi, ANFA) == [("Local taxi, Anfa to Hotel Idou Anfa", Decimal(30))]


def test_rates_are_settings_of_the_event() -> None:
    by_road = priced(train_and_taxi, SIDI_BENNOUR, road_rate_per_km=1.0, local_taxi_price=50)
    assert [amount for _, amount in by_road] == [
        Decimal(str(round(journey(SIDI_BENNOUR).road_km, 1))),
        Decimal(50),
    ]


def test_journeys_from_abroad_flights_and_homes_not_known_have_no_price_here() -> None:
    nowhere = journey(RABAT, mode="flight")
    assert [
        tariff(one, someone(), facts()) for tariff in (train_and_taxi, mileage) for one in (journey(PARIS), nowhere)
    ] == [()] * 4


@pytest.mark.parametrize(
    ("power", "rate"), [(4, "1.20"), (6, "1.20"), (7, "1.75"), (9, "1.75"), (10, "2.30"), (20, "2.30")]
)
def test_mileage_follows_the_fiscal_power(power: int, rate: str) -> None:
    assert mileage_rate(power) == Decimal(rate)


def test_mileage_pays_the_kilometres_of_the_road() -> None:
    (line,) = mileage(journey(RABAT), someone(), facts(car_power_cv=8))
    km = Decimal(str(round(journey(RABAT).road_km, 1)))
    assert (line.quantity, line.unit, line.unit_price, line.amount, line.estimate) == (
        km,
        "km",
        Money(Decimal("1.75"), "MAD"),
        Money(Decimal("1.75"), "MAD").times(km),
        True,
    )


def test_every_published_fare_is_between_two_stations() -> None:
    names = {station.name.en for station in STATIONS}
    assert [fare.between - names for fare in FARES] == [frozenset()] * len(FARES)


@given(lat=st.floats(28, 35.9), lon=st.floats(-12, -1.1), station=st.sampled_from(STATIONS))
def test_wherever_home_is_legs_join_home_to_venue_and_back(lat: float, lon: float, station: Any) -> None:
    home = commune("Home", station.province, lat, lon)
    there = train_and_taxi(journey(home), someone(), facts())
    back = train_and_taxi(journey(home, "back"), someone(), facts())
    joints = [line.values["origin"] for line in there] + [there[-1].values["destination"]]
    assert joints[0] == home.name
    assert joints[-1] == VENUE.name
    assert [line.values["destination"] for line in there] == joints[1:]
    assert [line.amount for line in back] == [line.amount for line in reversed(there)]
    assert [line.values["origin"] for line in reversed(back)] == joints[1:]
