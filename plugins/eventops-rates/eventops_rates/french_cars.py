"""The French scale for one's own car (barème kilométrique): euros a kilometre by fiscal power, to 5,000 km a year.

What is beyond 5,000 km a year is left out: nobody drives so far to meetings, and two pages disagree about a sum there.
"""

from collections.abc import Mapping
from decimal import Decimal

from eventops import Candidate, Day, Facts, Journey, Night, PricedLine, ServedMeal, Setting, Tariff, Text
from eventops_rates.dated import EUR, line

SOURCE = (
    "Barème kilométrique, cars up to 5,000 km: 2023 as given by travelperk.com and blog.ig-conseils.com, 2020 by "
    "veille-qhse.com (arrêté du 26 février 2020), 2019 by ageso.fr (arrêté du 11 mars 2019), 2015 by infologik56.com, "
    "2013 by e-locaux.com; secondary sources"
)
# By year of the scale: euros a kilometre up to 3 CV, of 4, 5 and 6 CV, and from 7 CV on.
SCALES: Mapping[int, tuple[str, str, str, str, str]] = {
    2013: ("0.405", "0.487", "0.536", "0.561", "0.587"),
    2015: ("0.410", "0.493", "0.543", "0.568", "0.595"),
    2019: ("0.451", "0.518", "0.543", "0.568", "0.595"),
    2020: ("0.456", "0.523", "0.548", "0.574", "0.601"),
    2023: ("0.529", "0.606", "0.636", "0.665", "0.697"),
}
CAR = Text(
    "Own car of {power} CV, {km} km by road at {rate} EUR",
    fr="Véhicule personnel de {power} CV, {km} km par la route à {rate} EUR",
    ar="سيارة خاصة بقوة {power} أحصنة، {km} كلم طرقي بسعر {rate} أورو",
)
SETTINGS = (
    Setting(
        name="french_scale",
        default=2023,
        help=Text(
            "Year of the French scale for cars: 2013, 2015, 2019, 2020 or 2023",
            fr="Année du barème kilométrique : 2013, 2015, 2019, 2020 ou 2023",
            ar="سنة السلم الكيلومتري الفرنسي: 2013 أو 2015 أو 2019 أو 2020 أو 2023",
        ),
    ),
    Setting(
        name="french_car_power",
        default=5,
        help=Text(
            "Fiscal power (CV) that cars are reckoned with (assumed)",
            fr="Puissance fiscale (CV) retenue pour les véhicules (hypothèse)",
            ar="القوة الجبائية المعتمدة للسيارات (افتراض)",
        ),
    ),
)


def rate_of(year: int, power: int) -> Decimal | None:
    """Euros a kilometre; None for a year whose scale is not known here."""
    scale = SCALES.get(year)
    return None if scale is None else Decimal(scale[min(max(power, 3), 7) - 3])


def car_price(unit: Journey | Night | ServedMeal | Day, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The kilometres of the road, as one sum: a rate has three decimals, and an amount two."""
    power = int(facts.settings["french_car_power"])
    rate = rate_of(int(facts.settings["french_scale"]), power)
    if rate is None or not isinstance(unit, Journey):
        return ()
    km = Decimal(round(unit.road_km))
    return (line(CAR, Decimal(1), "journey", rate * km, EUR, km=km, power=power, rate=str(rate)),)


FRENCH_CARS = (
    Tariff(
        name="french-own-car",
        benefit="travel",
        title=Text(
            "Own car by the French scale",
            fr="Véhicule personnel au barème kilométrique français",
            ar="السيارة الخاصة وفق السلم الكيلومتري الفرنسي",
        ),
        source=SOURCE,
        price=car_price,
    ),
)
