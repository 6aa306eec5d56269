"""Published rates as tariffs, each with its source and the days it holds; and the benefit of a daily allowance."""

from eventops import Benefit, Setting, Tariff, Text, hookimpl
from eventops_rates import allowances, cost, french_cars, french_missions, union
from eventops_rates.allowances import ALLOWANCES
from eventops_rates.cost import COST
from eventops_rates.erasmus import ERASMUS
from eventops_rates.experts import EXPERTS
from eventops_rates.french_cars import FRENCH_CARS
from eventops_rates.french_missions import FRENCH_MISSIONS
from eventops_rates.union import UNION

eventops_api = ">=1,<2"

PER_DIEM = Benefit(
    name="per-diem", title=Text("Daily allowance", fr="Indemnité journalière", ar="التعويض اليومي"), unit="day"
)


@hookimpl
def eventops_benefits() -> tuple[Benefit, ...]:
    return (PER_DIEM,)


@hookimpl
def eventops_tariffs() -> tuple[Tariff, ...]:
    return (*ERASMUS, *EXPERTS, *ALLOWANCES, *COST, *FRENCH_MISSIONS, *FRENCH_CARS, *UNION)


@hookimpl
def eventops_settings() -> tuple[Setting, ...]:
    return (*allowances.SETTINGS, *cost.SETTINGS, *french_missions.SETTINGS, *french_cars.SETTINGS, *union.SETTINGS)
