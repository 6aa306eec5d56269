"""COST Actions: a daily allowance that pays arrival and departure, and the nights and meals of the older rules.

Long-distance travel is paid at its price up to a ceiling, which a criterion grants (see criteria/cost-travel.toml). Two
figures are left out, for the pages that give them do not agree: the euros for a kilometre in one's own car, and the
allowance of each country, which an Action sets itself up to a maximum.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Setting, Tariff, Text
from eventops_rates.allowances import meal_of
from eventops_rates.dated import EUR, line

SOURCE = (
    "COST rules from November 2025 as given by comparing-antigender-politics.eu: the whole allowance for each attended "
    "day and the day of travel to the event, 40 % for the day of departure, 50 % for who comes and goes the same day "
    "and for locals; a secondary source: check against the Annotated Rules in force"
)
OLD_SOURCE = (
    "COST Vademecum as given by mi-network.org and inogov.eu: 120 EUR a night with breakfast, 20 EUR a lunch or "
    "dinner, meals that are provided taken off; secondary sources, replaced by the Annotated Rules (COST-094-21)"
)
NIGHT_RATE, MEAL_RATE = Decimal("120.00"), Decimal("20.00")
WHOLE, DEPARTURE, SAME_DAY = Decimal(100), Decimal(40), Decimal(50)
LONG_DISTANCE_KM = 100.0
DAY = Text(
    "COST allowance of {date}: {share} per cent of {rate}",
    fr="Indemnité COST du {date} : {share} % de {rate}",
    ar="تعويض COST ليوم {date}: {share} في المائة من {rate}",
)
NIGHT = Text(
    "Night of {date}, COST flat rate", fr="Nuitée du {date}, forfait COST", ar="ليلة {date}، مبلغ COST الجزافي"
)
MEAL = Text(
    "Meal of {date}, COST flat rate", fr="Repas du {date}, forfait COST", ar="وجبة يوم {date}، مبلغ COST الجزافي"
)
SETTINGS = (
    Setting(
        name="cost_daily_allowance",
        default=150.0,
        unit="EUR",
        help=Text(
            "Daily allowance the COST Action decided on (assumed; its maximum is that of the country of the event)",
            fr="Indemnité journalière décidée par l’Action COST (hypothèse ; plafonnée selon le pays de la rencontre)",
            ar="التعويض اليومي الذي قرره برنامج COST (افتراض؛ سقفه حسب بلد اللقاء)",
        ),
    ),
)


def shares(day: date, candidate: Candidate, facts: Facts) -> Iterator[tuple[date, Decimal]]:
    """The days an attended day brings with it and the per cent of each: the journey before the first, the one after
    the last. Who lives within 100 km, or comes and goes the same day, has half a day."""
    journeys = facts.supplied.get("travel", ())
    there = next((one.leaves_at.date() for one in journeys if one.direction == "there"), None)
    back = next((one.arrives_at.date() for one in journeys if one.direction == "back"), None)
    near = candidate.distance_km is not None and candidate.distance_km <= LONG_DISTANCE_KM
    if near or (there is not None and there == back):
        yield day, SAME_DAY
        return
    days = sorted({session.starts_at.date() for session in facts.event.agenda})
    if days and day == days[0] and there is not None and there < day:
        yield there, WHOLE
    yield day, DEPARTURE if back == day else WHOLE
    if days and day == days[-1] and back is not None and back > day:
        yield back, DEPARTURE


def day_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The allowance of one attended day, with the day of travel before the first or after the last."""
    if not isinstance(unit, Day):
        return ()
    rate = Decimal(str(facts.settings["cost_daily_allowance"]))
    return tuple(
        line(
            DAY,
            Decimal(1),
            "day",
            rate * share / 100,
            EUR,
            date=day,
            share=share,
            rate=f"{rate:.2f} {EUR}",
        )
        for day, share in shares(unit.date, candidate, facts)
    )


def night_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The flat rate of a night."""
    return (line(NIGHT, Decimal(1), "night", NIGHT_RATE, EUR, date=unit.date),) if isinstance(unit, Night) else ()


def meal_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The flat rate of a lunch or dinner; breakfast is in the night."""
    meals = {one.id: one for one in facts.event.meals}
    meal = meals.get(unit.meal_id) if isinstance(unit, ServedMeal) else None
    if meal is None or meal_of(meal) not in ("lunch", "dinner"):
        return ()
    return (line(MEAL, Decimal(1), "meal", MEAL_RATE, EUR, date=meal.starts_at.date()),)


COST = (
    Tariff(
        name="cost-day",
        benefit="per-diem",
        title=Text(
            "Daily allowance of COST Actions",
            fr="Indemnité journalière des Actions COST",
            ar="التعويض اليومي لبرامج COST",
        ),
        source=SOURCE,
        valid_from=date(2025, 11, 1),
        price=day_price,
        needs=("travel",),
    ),
    Tariff(
        name="cost-night",
        benefit="lodging",
        title=Text(
            "A night at the flat rate of COST (before the Annotated Rules)",
            fr="Nuitée au forfait COST (avant les Annotated Rules)",
            ar="الليلة بمبلغ COST الجزافي (قبل القواعد المشروحة)",
        ),
        source=OLD_SOURCE,
        price=night_price,
    ),
    Tariff(
        name="cost-meal",
        benefit="meals",
        title=Text(
            "A meal at the flat rate of COST (before the Annotated Rules)",
            fr="Repas au forfait COST (avant les Annotated Rules)",
            ar="الوجبة بمبلغ COST الجزافي (قبل القواعد المشروحة)",
        ),
        source=OLD_SOURCE,
        price=meal_price,
    ),
)
