"""Experts the European Commission invites: the daily allowance, and the own car by the kilometre.

Half the allowance for who comes from within 100 km is a share, which a criterion grants (see criteria/eu-experts.toml).
"""

from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Tariff, Text
from eventops_rates.dated import EUR, line

SOURCE = (
    "Reimbursement of experts invited to Commission meetings, as published with calls to meetings "
    "(stecf.jrc.ec.europa.eu, maritime-forum.ec.europa.eu): 92 EUR a day, own car 0.22 EUR/km; secondary sources"
)
DAY_RATE, CAR_RATE = Decimal("92.00"), Decimal("0.22")
DAY = Text("Daily allowance of {date}", fr="Indemnité journalière du {date}", ar="التعويض اليومي ليوم {date}")
CAR = Text("Own car, {km} km by road", fr="Véhicule personnel, {km} km par la route", ar="سيارة خاصة، {km} كلم طرقي")


def day_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """One allowance for each day of the meeting."""
    if not isinstance(unit, Day):
        return ()
    return (line(DAY, Decimal(1), "day", DAY_RATE, EUR, date=unit.date),)


def car_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The kilometres of the road."""
    if not isinstance(unit, Journey):
        return ()
    km = Decimal(round(unit.road_km))
    return (line(CAR, km, "km", CAR_RATE, EUR, km=km),)


EXPERTS = (
    Tariff(
        name="eu-expert-day",
        benefit="per-diem",
        title=Text(
            "Daily allowance of EU experts",
            fr="Indemnité journalière des experts de l’UE",
            ar="التعويض اليومي لخبراء الاتحاد الأوروبي",
        ),
        source=SOURCE,
        price=day_price,
    ),
    Tariff(
        name="eu-own-car",
        benefit="travel",
        title=Text(
            "Own car of EU experts",
            fr="Véhicule personnel des experts de l’UE",
            ar="السيارة الخاصة لخبراء الاتحاد الأوروبي",
        ),
        source=SOURCE,
        price=car_price,
    ),
)
