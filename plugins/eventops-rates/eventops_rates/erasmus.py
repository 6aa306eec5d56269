"""Erasmus+ travel: one sum for there and back by the band of the one-way straight line, standard or green."""

from datetime import date
from decimal import Decimal
from functools import partial

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Tariff, Text
from eventops_rates.dated import EUR, in_force, line

# From that many km on: the sum for there and back in euros, and the one for green travel.
Bands = tuple[tuple[int, Decimal, Decimal], ...]


def bands(*rows: tuple[int, int, int]) -> Bands:
    return tuple((km, Decimal(standard), Decimal(green)) for km, standard, green in rows)


# Where a table names no green sum for a band, the standard one holds.
TABLES: tuple[tuple[date, Bands], ...] = (
    (
        date(2021, 1, 1),
        bands(
            (10, 23, 23),
            (100, 180, 210),
            (500, 275, 320),
            (2000, 360, 410),
            (3000, 530, 610),
            (4000, 820, 820),
            (8000, 1500, 1500),
        ),
    ),
    (
        date(2024, 1, 1),
        bands(
            (10, 28, 56),
            (100, 211, 285),
            (500, 309, 417),
            (2000, 395, 535),
            (3000, 580, 785),
            (4000, 1188, 1188),
            (8000, 1735, 1735),
        ),
    ),
)
SOURCE = (
    "Erasmus+ Programme Guide, travel by distance bands: calls 2021 to 2023 as given by erasmus.gidatarim.edu.tr, "
    "later calls as given by vu.nl (bands to 3,999 km) and cal57.calculator.city; secondary sources, and none of them "
    "says with which call the later sums begin (2024 is assumed): check against the guide of your call before use"
)
SUM = Text(
    "Erasmus+ travel there and back, {distance_km} km in a straight line, band from {from_km} km",
    fr="Voyage Erasmus+ aller et retour, {distance_km} km à vol d’oiseau, tranche à partir de {from_km} km",
    ar="السفر ذهابا وإيابا في إطار إيراسموس+، {distance_km} كلم في خط مستقيم، الفئة ابتداء من {from_km} كلم",
)


def sum_for(distance_km: float, day: date, *, green: bool) -> tuple[int, Decimal] | None:
    """Where the band of a distance begins, and its sum in euros; None below 10 km and before the first table."""
    table = in_force(TABLES, day)
    found = None
    for from_km, standard, greener in table or ():
        if distance_km >= from_km:
            found = from_km, greener if green else standard
    return found


def price(
    unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts, *, green: bool
) -> tuple[PricedLine, ...]:
    """The sum on the way there; the way back is in it."""
    if not isinstance(unit, Journey) or unit.direction != "there":
        return ()
    found = sum_for(unit.distance_km, unit.leaves_at.date(), green=green)
    if found is None:
        return ()
    from_km, amount = found
    km = round(unit.distance_km, 1)
    return (line(SUM, Decimal(1), "journey", amount, EUR, distance_km=km, from_km=from_km),)


ERASMUS = (
    Tariff(
        name="erasmus-travel",
        benefit="travel",
        title=Text(
            "Erasmus+ travel by distance bands",
            fr="Voyage Erasmus+ par tranches de distance",
            ar="السفر في إطار إيراسموس+ حسب فئات المسافة",
        ),
        source=SOURCE,
        valid_from=TABLES[0][0],
        price=partial(price, green=False),
    ),
    Tariff(
        name="erasmus-travel-green",
        benefit="travel",
        title=Text(
            "Erasmus+ green travel by distance bands",
            fr="Voyage Erasmus+ écoresponsable par tranches de distance",
            ar="السفر المستدام في إطار إيراسموس+ حسب فئات المسافة",
        ),
        source=SOURCE,
        valid_from=TABLES[0][0],
        price=partial(price, green=True),
    ),
)
