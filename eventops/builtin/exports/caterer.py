"""For the caterer: what is served when, where, to how many, by diet and allergen. No name anywhere."""

from eventops.builtin.exports.cells import ENDS_AT, STARTS_AT, diet_title, heading, room_name
from eventops.domain.enrolling.person_cells import title_in
from eventops.domain.event import Event, Meal
from eventops.domain.hosting.allergens import ALLERGENS
from eventops.domain.hosting.meals import STANDARD_DIET, ServiceCount
from eventops.domain.paying.funding import joined
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Meal sheet", fr="Feuille des repas", ar="لائحة الوجبات")
EVERYONE = Text("everyone", fr="tout le monde", ar="الجميع")
OVERNIGHT = Text("those who stay overnight", fr="les personnes hébergées", ar="المقيمون بالفندق")
SUM_OF_DIETS = Text(
    "The diets of a service add up to its count.",
    fr="Les régimes d’un service totalisent son nombre de couverts.",
    ar="مجموع الحميات في كل خدمة يساوي عدد الوجبات.",
)
HALAL = Text(
    "Everything is halal unless a service says otherwise.",
    fr="Tout est halal, sauf mention contraire d’un service.",
    ar="كل الوجبات حلال ما لم يُذكر خلاف ذلك.",
)
NOT_HALAL = Text("This menu is not halal.", fr="Ce menu n’est pas halal.", ar="هذه الوجبة ليست حلالا.")
MENU = Text("Menu: {menu}", fr="Menu : {menu}", ar="القائمة: {menu}")
CONTAINS = Text("Contains: {allergens}", fr="Contient : {allergens}", ar="تحتوي على: {allergens}")
PREPARE = Text(
    "{count} people, {to_prepare} meals to prepare",
    fr="{count} personnes, {to_prepare} repas à préparer",
    ar="عدد الأشخاص {count}، وعدد الوجبات المطلوب تحضيرها {to_prepare}",
)
DIET_KIND = Text("Diet", fr="Régime", ar="الحمية")
ALLERGEN_KIND = Text("Must not eat", fr="Ne doit pas manger", ar="يُمنع تناوله")
IN_MENU = Text(
    "in the menu: prepare another dish",
    fr="dans le menu : prévoir un autre plat",
    ar="موجود في القائمة: يجب تحضير طبق بديل",
)
SERVICE = (
    Column(name="service", title=Text("Service", fr="Service", ar="الخدمة"), width=24),
    Column(name="date", title=Text("Date", fr="Date", ar="التاريخ"), kind=Kind.DATE, width=13),
    STARTS_AT,
    ENDS_AT,
    Column(name="room", title=Text("Room", fr="Salle", ar="القاعة"), width=18),
    Column(name="served_to", title=Text("For", fr="Pour", ar="لفائدة"), width=22),
    Column(name="count", title=Text("Meals", fr="Couverts", ar="عدد الوجبات"), kind=Kind.INTEGER, width=10),
)
TO_PREPARE = Column(
    name="to_prepare", title=Text("To prepare", fr="À préparer", ar="المطلوب تحضيره"), kind=Kind.INTEGER, width=12
)
ACTUALS = (
    Column(name="served", title=Text("Served", fr="Servis", ar="المقدَّم"), kind=Kind.INTEGER, width=10),
    Column(name="no_show", title=Text("No-shows", fr="Absents", ar="المتغيبون"), kind=Kind.INTEGER, width=10),
    Column(name="difference", title=Text("Difference", fr="Écart", ar="الفرق"), kind=Kind.INTEGER, width=10),
)
DETAIL = (
    Column(name="kind", title=Text("Kind", fr="Type", ar="النوع"), width=20),
    Column(name="what", title=Text("What", fr="Quoi", ar="التفصيل"), width=34),
    Column(name="people", title=Text("People", fr="Personnes", ar="عدد الأشخاص"), kind=Kind.INTEGER, width=13),
    Column(name="note", title=Text("Note", fr="Note", ar="ملاحظة"), width=38),
)


def meal_sheet(plan: Plan, options: Options) -> Report:
    """One row a service in the order of the day, one column a diet met at any of them; then a sheet for each service.
    `for_id` names one service."""
    services = [
        one
        for one in sorted(plan.meals, key=lambda one: (one.starts_at, one.meal_id))
        if options.for_id in ("", one.meal_id)
    ]
    meals = {meal.id: meal for meal in plan.event.meals}
    tables = [_overview(plan.event, services, meals)]
    tables += [_sheet(plan.event, one, meals[one.meal_id]) for one in services if one.meal_id in meals]
    return Report(
        name="meal-sheet",
        title=TITLE,
        audience=Audience.CATERER,
        tables=tuple(tables),
        heading=heading(plan.event),
    )


def _overview(event: Event, services: list[ServiceCount], meals: dict[str, Meal]) -> Table:
    met = {diet for service in services for diet, count in service.diets.items() if count}
    diets = sorted(met, key=lambda diet: (diet != STANDARD_DIET, diet))
    with_margin = any(one.to_prepare > one.count for one in services)
    with_actuals = any(one.served is not None for one in services)
    columns = (
        *SERVICE,
        *((TO_PREPARE,) if with_margin else ()),
        *(_diet_column(diet) for diet in diets),
        *(ACTUALS if with_actuals else ()),
    )
    rows = tuple(
        (
            *_service_cells(event, one, meals.get(one.meal_id)),
            *((one.to_prepare,) if with_margin else ()),
            *(one.diets.get(diet, 0) for diet in diets),
            *(_actuals(one) if with_actuals else ()),
        )
        for one in services
    )
    return Table(name="meals", title=TITLE, columns=columns, rows=rows, notes=(SUM_OF_DIETS, HALAL), landscape=True)


def _actuals(service: ServiceCount) -> tuple[Cell, ...]:
    if service.served is None:
        return None, None, None
    return service.served, service.no_show, service.served - service.count


def _sheet(event: Event, service: ServiceCount, meal: Meal) -> Table:
    """The sheet of one service: its diets, then its allergens, those in the menu marked."""
    rows: list[tuple[Cell, ...]] = [
        (DIET_KIND, diet_title(diet), count, None)
        for diet, count in sorted(service.diets.items(), key=lambda one: (one[0] != STANDARD_DIET, one[0]))
    ]
    rows += [
        (ALLERGEN_KIND, title_in(ALLERGENS, allergen), count, IN_MENU if allergen in service.at_risk else None)
        for allergen, count in service.allergens.items()
    ]
    notes: list[Text | Message | str] = [
        Message(PREPARE, {"count": service.count, "to_prepare": service.to_prepare or service.count})
    ]
    if meal.menu.en:
        notes.append(Message(MENU, {"menu": meal.menu}))
    if meal.contains:
        titles = [title_in(ALLERGENS, one) for one in meal.contains]
        notes.append(Message(CONTAINS, {"allergens": joined(titles, "; ")}))
    if not meal.halal:
        notes.append(NOT_HALAL)
    return Table(name=f"service-{meal.id}", title=meal.title, columns=DETAIL, rows=tuple(rows), notes=tuple(notes))


def _diet_column(diet: str) -> Column:
    return Column(name=f"diet_{diet}", title=diet_title(diet), kind=Kind.INTEGER, width=12)


def _service_cells(event: Event, service: ServiceCount, meal: Meal | None) -> tuple[Cell, ...]:
    ends_at = meal.ends_at if meal is not None else None
    return (
        meal.title if meal is not None else service.meal_id,
        service.starts_at.date(),
        service.starts_at.time(),
        ends_at.time() if ends_at is not None else None,
        (room_name(event, meal.room) or None) if meal is not None else None,
        OVERNIGHT if meal is not None and meal.served_to == "overnight" else EVERYONE,
        service.count,
    )


MEAL_SHEET = Export(name="meal-sheet", title=TITLE, audience=Audience.CATERER, compose=meal_sheet)
