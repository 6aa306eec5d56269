"""Every figure a public page gives, reproduced by a tariff; beside each number, who published it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import eventops_rates as plugin
import msgspec
import pytest
from eventops_rates.erasmus import sum_for

from eventops import Candidate, Day, Event, Facts, Journey, Meal, Night, ServedMeal, Text
from eventops.testing import a_candidate, an_event, two_journeys

TARIFFS = {one.name: one for one in plugin.eventops_tariffs()}
EVENT_DAY = an_event().agenda[0].starts_at.date()
BVA = "bva.bund.de, Kürzung des Tagegeldes: 28 EUR, breakfast 5.60, lunch and dinner 11.20 each"
GERMANY = {"dsa_rate": 28.0, "dsa_bed_share": 0.0, "dsa_breakfast_share": 20.0}
GERMANY |= {"dsa_lunch_share": 40.0, "dsa_dinner_share": 40.0}
UN = "UN reference rates, pdfslide.us: Metro Manila 2,500, bed 50, breakfast 6, lunch and dinner 12, incidentals 20 %"
UN_WOMEN = "UN Women, Zamboanga City, 19-22 November 2019, scribd.com 441942785: 3,000 a day, terminal 400"
# The note takes 70 per cent off for a bed, its breakfast and a dinner, and 80 with a lunch: so a meal counts 10.
ZAMBOANGA = {"dsa_rate": 3000.0, "dsa_bed_share": 60.0, "dsa_breakfast_share": 0.0, "dsa_terminal": 400.0}
ZAMBOANGA |= {"dsa_lunch_share": 10.0, "dsa_dinner_share": 10.0}
BELGIUM = "expydoc.com 6880917, circular Ci.RH.241/534.514: less 15, 35 and 45 per cent for what an employer provides"
BELGIAN = {"dsa_rate": 100.0, "dsa_bed_share": 0.0, "dsa_breakfast_share": 15.0}
BELGIAN |= {"dsa_lunch_share": 35.0, "dsa_dinner_share": 45.0}
HOURS = {"breakfast": 8, "lunch": 13, "dinner": 20}


def event_with(meals: str) -> Event:
    """The event with some meals on its day."""
    at = an_event().meals[0].starts_at
    return an_event(meals=tuple(meal(at.replace(hour=HOURS[name], minute=0), name) for name in meals.split()))


def meal(starts: datetime, name: str) -> Meal:
    return Meal(id=name, title=Text(name), starts_at=starts, ends_at=starts + timedelta(minutes=50))


def paid(tariff: str, unit: Any, facts: Facts, candidate: Candidate | None = None) -> list[Decimal]:
    return [
        one.amount.amount for one in TARIFFS[tariff].price(unit, candidate or a_candidate(distance_km=250.0), facts)
    ]


def facts_of(event: Event, supplied: dict[str, tuple[Any, ...]], settings: dict[str, Any]) -> Facts:
    defaults = {one.name: one.default for one in plugin.eventops_settings()}
    return Facts(event=event, settings={**defaults, **settings}, supplied=supplied)


def a_day(day: date = EVENT_DAY) -> Day:
    return Day(participant_id="p1", benefit="per-diem", date=day)


def journeys(there: int, back: int) -> tuple[Journey, ...]:
    """The way there that many days before the event, the way back that many days after."""
    going, coming = two_journeys(a_candidate(distance_km=250.0))
    moved = ((going, EVENT_DAY - timedelta(days=there)), (coming, EVENT_DAY + timedelta(days=back)))
    return tuple(
        msgspec.structs.replace(
            one,
            leaves_at=datetime.combine(day, one.leaves_at.timetz()),
            arrives_at=datetime.combine(day, one.arrives_at.timetz()),
        )
        for one, day in moved
    )


VU = "vu.nl, grants for staff: to 3,999 km; cal57.calculator.city: the bands beyond"
GIDATARIM = "erasmus.gidatarim.edu.tr, table of 2021-2027"


@pytest.mark.parametrize(
    ("day", "km", "standard", "green", "source"),
    [
        (date(2025, 5, 1), 99.0, 28, 56, VU),
        (date(2025, 5, 1), 499.0, 211, 285, VU),
        (date(2025, 5, 1), 1999.0, 309, 417, VU),
        (date(2025, 5, 1), 2999.0, 395, 535, VU),
        (date(2025, 5, 1), 3999.0, 580, 785, VU),
        (date(2025, 5, 1), 7999.0, 1188, 1188, VU),
        (date(2025, 5, 1), 8000.0, 1735, 1735, VU),
        (date(2022, 5, 1), 99.0, 23, 23, GIDATARIM),
        (date(2022, 5, 1), 499.0, 180, 210, GIDATARIM),
        (date(2022, 5, 1), 1999.0, 275, 320, GIDATARIM),
        (date(2022, 5, 1), 2999.0, 360, 410, GIDATARIM),
        (date(2022, 5, 1), 3999.0, 530, 610, GIDATARIM),
        (date(2022, 5, 1), 7999.0, 820, 820, GIDATARIM),
        (date(2022, 5, 1), 8000.0, 1500, 1500, GIDATARIM),
    ],
)
def test_the_bands_of_erasmus(day: date, km: float, standard: int, green: int, source: str) -> None:
    sums = [sum_for(km, day, green=one) for one in (False, True)]
    assert [one[1] if one else None for one in sums] == [standard, green], source


@pytest.mark.parametrize(
    ("settings", "bed", "meals", "left", "source"),
    [
        ({"dsa_rate": 2500.0}, False, "", "2500.00", UN),
        ({"dsa_rate": 2500.0}, True, "", "1250.00", UN),
        ({"dsa_rate": 2500.0}, True, "breakfast lunch dinner", "500.00", UN),
        ({"dsa_rate": 2500.0}, False, "lunch", "2200.00", UN),
        (GERMANY, False, "breakfast", "22.40", BVA),
        (GERMANY, False, "lunch", "16.80", BVA),
        (GERMANY, False, "breakfast lunch dinner", "0.00", BVA),
        (BELGIAN, True, "", "100.00", BELGIUM),
        (BELGIAN, True, "breakfast", "85.00", BELGIUM),
        (BELGIAN, True, "lunch", "65.00", BELGIUM),
        (BELGIAN, True, "dinner", "55.00", BELGIUM),
        (BELGIAN, True, "breakfast lunch dinner", "5.00", BELGIUM),
    ],
)
def test_allowances_made_of_shares(settings: dict[str, Any], bed: bool, meals: str, left: str, source: str) -> None:
    supplied: dict[str, tuple[Any, ...]] = {
        "lodging": (Night(participant_id="p1", date=EVENT_DAY, hotel=None),) if bed else (),
        "meals": tuple(ServedMeal(participant_id="p1", meal_id=one, price=None) for one in meals.split()),
    }
    facts = facts_of(event_with(meals), supplied, settings)
    assert paid("un-allowance-day", a_day(), facts) == [Decimal(left)], source


def test_the_note_of_un_women_comes_to_2_900() -> None:
    """Source: see UN_WOMEN. 900 on arrival, 600 on each of two days of full board, 400 for each way."""
    arrival = event_with("dinner")
    start = arrival.meals[0].starts_at
    days = [EVENT_DAY + timedelta(days=at) for at in range(3)]
    served = [meal(start, "m0")]
    for at in (1, 2):
        for name, hour in HOURS.items():
            served.append(meal(start.replace(hour=hour) + timedelta(days=at), f"{name}{at}"))
    supplied: dict[str, tuple[Any, ...]] = {
        "lodging": tuple(Night(participant_id="p1", date=day, hotel=None) for day in days),
        "meals": tuple(ServedMeal(participant_id="p1", meal_id=one.id, price=None) for one in served),
        "travel": journeys(0, 3),
    }
    facts = facts_of(an_event(meals=tuple(served)), supplied, ZAMBOANGA)
    amounts = [paid("un-allowance-day", a_day(day), facts) for day in days]
    assert (amounts, sum(map(sum, amounts))) == ([[900, 800], [600], [600]], 2900), UN_WOMEN


COST_2025 = "comparing-antigender-politics.eu, rules from November 2025: 100, 40 and 50 per cent"
CALISTA = "events.unibo.it, kom-calista2023: the Action set 150 EUR a day"


@pytest.mark.parametrize(
    ("travel", "km", "amounts", "source"),
    [
        (journeys(1, 1), 250.0, ["150.00", "150.00", "60.00"], COST_2025),
        (journeys(1, 0), 250.0, ["150.00", "60.00"], COST_2025),
        (journeys(0, 1), 250.0, ["150.00", "60.00"], COST_2025),
        (journeys(0, 0), 250.0, ["75.00"], COST_2025),
        ((), 40.0, ["75.00"], COST_2025),
        ((), 250.0, ["150.00"], CALISTA),
    ],
)
def test_the_allowance_of_a_cost_action(
    travel: tuple[Journey, ...], km: float, amounts: list[str], source: str
) -> None:
    facts = facts_of(an_event(), {"travel": travel}, {})
    assert paid("cost-day", a_day(), facts, a_candidate(distance_km=km)) == [Decimal(one) for one in amounts], source


def test_the_older_flat_rates_of_cost() -> None:
    """Source: mi-network.org and inogov.eu: 120 EUR a night with breakfast, 20 EUR a lunch or dinner."""
    facts = facts_of(event_with("breakfast lunch dinner"), {}, {})
    night = Night(participant_id="p1", date=EVENT_DAY, hotel=None)
    meals = [ServedMeal(participant_id="p1", meal_id=one, price=None) for one in HOURS]
    assert paid("cost-night", night, facts) == [120]
    assert [paid("cost-meal", one, facts) for one in meals] == [[], [20], [20]]


def test_the_car_and_the_day_of_an_expert_of_the_commission() -> None:
    """Source: maritime-forum.ec.europa.eu: 92 EUR a day, own car 0.22 EUR a kilometre."""
    way = msgspec.structs.replace(journeys(0, 0)[0], road_km=300.0)
    facts = facts_of(an_event(), {}, {})
    assert (paid("eu-expert-day", a_day(), facts), paid("eu-own-car", way, facts)) == ([92], [66])


CDG62 = "cdg62.fr, arrêté du 20 septembre 2023, in force on 22 September 2023"


@pytest.mark.parametrize(
    ("town", "before", "after", "source"),
    [("base", 70, 90, CDG62), ("large", 90, 120, CDG62), ("paris", 110, 140, CDG62)],
)
def test_french_nights_rise_on_22_september_2023(town: str, before: int, after: int, source: str) -> None:
    facts = facts_of(an_event(), {}, {"french_town": town})
    nights = [Night(participant_id="p1", date=date(2023, 9, day), hotel=None) for day in (21, 22)]
    assert [paid("french-mission-night", one, facts) for one in nights] == [[before], [after]], source


def test_french_meals_rise_on_22_september_2023() -> None:
    """Source: cdg62.fr: 17.50 EUR before, 20 EUR from that day."""
    at = an_event().meals[0].starts_at.replace(year=2023, month=9, hour=13, minute=0)
    meals = tuple(meal(at.replace(day=day), f"on{day}") for day in (21, 22))
    facts = facts_of(an_event(meals=meals), {}, {})
    units = [ServedMeal(participant_id="p1", meal_id=one.id, price=None) for one in meals]
    assert [paid("french-mission-meal", one, facts) for one in units] == [[Decimal("17.50")], [Decimal("20.00")]]


EESC = "eesc.europa.eu, members' travel expenses and allowances: 290 EUR a day, 145 EUR from afar from 1 July 2021"


@pytest.mark.parametrize(
    ("day", "remote", "amounts"),
    [
        (date(2013, 9, 25), False, [290]),
        (date(2024, 8, 31), False, [290]),
        (date(2021, 6, 30), True, []),
        (date(2021, 7, 1), True, [145]),
    ],
)
def test_the_day_of_a_member_of_the_economic_and_social_committee(day: date, remote: bool, amounts: list[int]) -> None:
    assert paid("eesc-day", a_day(day), facts_of(an_event(), {}, {"eesc_remote": remote})) == amounts, EESC


def test_no_sum_is_guessed_after_the_decision_of_2013_was_repealed() -> None:
    """Source: EUR-Lex, 32013D0471: end of validity 31 August 2024."""
    assert TARIFFS["eesc-day"].valid_to == date(2024, 8, 31)


AID = "liberator-magazine.blogspot.co.uk, list of 1 July 2013, applicable from 5 July 2013"


@pytest.mark.parametrize(
    ("country", "rate"),
    [("BE", 232), ("FR", 245), ("GB", 276), ("DZ", 315), ("CM", 213), ("CI", 233), ("SI", 180), ("MA", None)],
)
def test_the_per_diem_of_external_aid(country: str, rate: int | None) -> None:
    night = Night(participant_id="p1", date=date(2013, 10, 14), hotel=None)
    told = paid("eu-aid-night", night, facts_of(an_event(country=country), {}, {}))
    assert told == ([] if rate is None else [rate]), AID


def test_per_diems_of_external_aid_are_counted_in_nights() -> None:
    """Source: enpicbcmed.eu, question 3.42: three days with two nights are two per diems."""
    facts = facts_of(an_event(), {}, {"eu_aid_country": "be"})
    nights = [Night(participant_id="p1", date=date(2013, 10, day), hotel=None) for day in (14, 15)]
    days = [a_day(date(2013, 10, day)) for day in (14, 15, 16)]
    assert [paid("eu-aid-night", one, facts) for one in (*nights, *days)] == [[232], [232], [], [], []]


TRAVELPERK = "travelperk.com and blog.ig-conseils.com, barème kilométrique 2023, up to 5,000 km"
AGESO = "ageso.fr, arrêté du 11 mars 2019"
VEILLE = "veille-qhse.com, arrêté du 26 février 2020"


@pytest.mark.parametrize(
    ("year", "power", "amount", "source"),
    [
        (2023, 3, "529.00", TRAVELPERK),
        (2023, 4, "606.00", TRAVELPERK),
        (2023, 5, "636.00", TRAVELPERK),
        (2023, 6, "665.00", TRAVELPERK),
        (2023, 7, "697.00", TRAVELPERK),
        (2023, 12, "697.00", TRAVELPERK),
        (2020, 5, "548.00", VEILLE),
        (2020, 6, "574.00", VEILLE),
        (2019, 3, "451.00", AGESO),
        (2019, 7, "595.00", AGESO),
        (2015, 4, "493.00", "infologik56.com, barème kilométrique 2015"),
        (2013, 4, "487.00", "e-locaux.com, frais kilométriques pour 2013"),
    ],
)
def test_a_thousand_kilometres_by_the_french_scale(year: int, power: int, amount: str, source: str) -> None:
    way = msgspec.structs.replace(journeys(0, 0)[0], road_km=1000.0)
    facts = facts_of(an_event(), {}, {"french_scale": year, "french_car_power": power})
    assert paid("french-own-car", way, facts) == [Decimal(amount)], source


def test_a_year_without_a_known_scale_has_no_price() -> None:
    way = msgspec.structs.replace(journeys(0, 0)[0], road_km=1000.0)
    assert paid("french-own-car", way, facts_of(an_event(), {}, {"french_scale": 2017})) == []
