"""Mission expenses of French public servants in metropolitan France: nights and meals, which rose in September 2023."""

from datetime import date
from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Setting, Tariff, Text
from eventops_rates.allowances import meal_of
from eventops_rates.dated import EUR, in_force, line

SOURCE = (
    "Arrêté du 3 juillet 2006 fixant les taux des indemnités de mission, modifié par l’arrêté du 20 septembre 2023 "
    "(en vigueur le 22 septembre 2023), as given by cdg62.fr and three other pages; breakfast is inside the night rate"
)
# From that day: a night by size of the town.
NIGHTS: tuple[tuple[date, dict[str, Decimal]], ...] = (
    (date(2020, 1, 1), {"base": Decimal(70), "large": Decimal(90), "paris": Decimal(110)}),
    (date(2023, 9, 22), {"base": Decimal(90), "large": Decimal(120), "paris": Decimal(140)}),
)
MEALS: tuple[tuple[date, Decimal], ...] = (
    (date(2020, 1, 1), Decimal("17.50")),
    (date(2023, 9, 22), Decimal("20.00")),
)
NIGHT = Text(
    "Night of {date}, mission rate, breakfast included",
    fr="Nuitée du {date}, taux de mission, petit déjeuner compris",
    ar="ليلة {date}، تعويض المهمة، يشمل الفطور",
)
MEAL = Text("Meal of {date}, mission rate", fr="Repas du {date}, taux de mission", ar="وجبة يوم {date}، تعويض المهمة")
SETTINGS = (
    Setting(
        name="french_town",
        default="base",
        help=Text(
            "Where the event takes place: base, large (200,000 people and more, Grand Paris), or paris",
            fr="Lieu de la rencontre : base, large (200 000 habitants et plus, Grand Paris) ou paris",
            ar="مكان اللقاء: base أو large (200 ألف نسمة فأكثر، باريس الكبرى) أو paris",
        ),
    ),
)


def night_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The rate of the night's own date."""
    rates = in_force(NIGHTS, unit.date) if isinstance(unit, Night) else None
    rate = (rates or {}).get(str(facts.settings["french_town"]))
    if rate is None or not isinstance(unit, Night):
        return ()
    return (line(NIGHT, Decimal(1), "night", rate, EUR, date=unit.date),)


def meal_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The rate of a lunch or dinner on its own date; breakfast is inside the night, a break is no meal."""
    if not isinstance(unit, ServedMeal):
        return ()
    meal = next((one for one in facts.event.meals if one.id == unit.meal_id), None)
    if meal is None or meal_of(meal) not in ("lunch", "dinner"):
        return ()
    day = meal.starts_at.date()
    rate = in_force(MEALS, day)
    return () if rate is None else (line(MEAL, Decimal(1), "meal", rate, EUR, date=day),)


FRENCH_MISSIONS = (
    Tariff(
        name="french-mission-night",
        benefit="lodging",
        title=Text(
            "A night at the French mission rate",
            fr="Nuitée au taux des missions des agents publics français",
            ar="الليلة وفق تعويضات مهام الموظفين العموميين بفرنسا",
        ),
        source=SOURCE,
        valid_from=NIGHTS[0][0],
        price=night_price,
    ),
    Tariff(
        name="french-mission-meal",
        benefit="meals",
        title=Text(
            "A meal at the French mission rate",
            fr="Repas au taux des missions des agents publics français",
            ar="الوجبة وفق تعويضات مهام الموظفين العموميين بفرنسا",
        ),
        source=SOURCE,
        valid_from=MEALS[0][0],
        price=meal_price,
    ),
)
