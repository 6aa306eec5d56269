"""For the caterer: what is served when, where, to how many, by diet. No name anywhere."""

from eventops.builtin.exports.cells import diet_title, heading, room_name
from eventops.domain.event import Event, Meal
from eventops.domain.hosting.meals import STANDARD_DIET, ServiceCount
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Meal sheet", fr="Feuille des repas", ar="لائحة الوجبات")
EVERYONE = Text("everyone", fr="tout le monde", ar="الجميع")
OVERNIGHT = Text("those who stay overnight", fr="les personnes hébergées", ar="المقيمون بالفندق")
SUM_OF_DIETS = Text(
    "The diets of a service add up to its count.",
    fr="Les régimes d’un service totalisent son nombre de couverts.",
    ar="مجموع الحميات في كل خدمة يساوي عدد الوجبات.",
)
SERVICE = (
    Column(name="service", title=Text("Service", fr="Service", ar="الخدمة"), width=24),
    Column(name="date", title=Text("Date", fr="Date", ar="التاريخ"), kind=Kind.DATE, width=13),
    Column(name="starts_at", title=Text("From", fr="De", ar="من"), kind=Kind.TIME, width=8),
    Column(name="ends_at", title=Text("To", fr="À", ar="إلى"), kind=Kind.TIME, width=8),
    Column(name="room", title=Text("Room", fr="Salle", ar="القاعة"), width=18),
    Column(name="served_to", title=Text("For", fr="Pour", ar="لفائدة"), width=22),
    Column(name="count", title=Text("Meals", fr="Couverts", ar="عدد الوجبات"), kind=Kind.INTEGER, width=10),
)


def meal_sheet(plan: Plan, options: Options) -> Report:
    """One row a service in the order of the day, one column a diet met at any of them."""
    met = {diet for service in plan.meals for diet, count in service.diets.items() if count}
    diets = sorted(met, key=lambda diet: (diet != STANDARD_DIET, diet))
    columns = (*SERVICE, *(_diet_column(diet) for diet in diets))
    meals = {meal.id: meal for meal in plan.event.meals}
    rows = tuple(
        _row(plan.event, service, meals.get(service.meal_id), diets)
        for service in sorted(plan.meals, key=lambda one: (one.starts_at, one.meal_id))
    )
    table = Table(name="meals", title=TITLE, columns=columns, rows=rows, notes=(SUM_OF_DIETS,), landscape=True)
    return Report(
        name="meal-sheet", title=TITLE, audience=Audience.CATERER, tables=(table,), heading=heading(plan.event)
    )


def _diet_column(diet: str) -> Column:
    return Column(name=f"diet_{diet}", title=diet_title(diet), kind=Kind.INTEGER, width=12)


def _row(event: Event, service: ServiceCount, meal: Meal | None, diets: list[str]) -> tuple[Cell, ...]:
    counts = (service.diets.get(diet, 0) for diet in diets)
    ends_at = meal.ends_at if meal is not None else None
    return (
        meal.title if meal is not None else service.meal_id,
        service.starts_at.date(),
        service.starts_at.time(),
        ends_at.time() if ends_at is not None else None,
        (room_name(event, meal.room) or None) if meal is not None else None,
        OVERNIGHT if meal is not None and meal.served_to == "overnight" else EVERYONE,
        service.count,
        *counts,
    )


MEAL_SHEET = Export(name="meal-sheet", title=TITLE, audience=Audience.CATERER, compose=meal_sheet)
