"""The cost annex of a sponsor: every benefit it pays, planned against approved, claimed, authorised and paid."""

from collections.abc import Mapping

from eventops.builtin.exports.cells import benefit_column, benefit_title, field_column
from eventops.domain.keeping.settled import AccountLine
from eventops.domain.paying.funding import services_paid_by
from eventops.domain.plan import Plan
from eventops.domain.reporting.accounts import ANOTHER_PAYER, FORGOTTEN, WITHDRAWN
from eventops.domain.reporting.labels import OUTCOME_LABELS, STATUS_LABELS
from eventops.domain.reporting.meal_money import meals_elsewhere
from eventops.domain.reporting.reports import Cell, Column, Kind, Table
from eventops.domain.texts import Message, Text

ESTIMATES = Text(
    "What is planned stays an estimate until receipts are in; an empty cell is not known yet.",
    fr="Le prévu reste une estimation jusqu’à réception des justificatifs ; une cellule vide n’est pas encore connue.",
    ar="يبقى المتوقع تقديريا إلى حين التوصل بالوثائق المثبتة، والخانة الفارغة غير معروفة بعد.",
)

STAYS = Text(
    "What was paid stays in this account, also of people who withdrew, are covered no more or asked to be forgotten.",
    fr="Ce qui a été payé reste dans ce compte, même pour les personnes qui se sont désistées, ne sont plus prises en "
    "charge ou ont demandé l’oubli.",
    ar="يبقى كل ما تم أداؤه في هذا الحساب، حتى لمن انسحبوا أو لم يعودوا مشمولين أو طلبوا محو بياناتهم.",
)
APPROVED_IN = Text(
    "“Approved” shows the amounts of approval No. {number}; “Planned” is the present estimate.",
    fr="« Approuvé » donne les montants de l’approbation n° {number} ; « Prévu » est l’estimation actuelle.",
    ar="يعرض عمود «المصادق عليه» مبالغ المصادقة رقم {number}، أما «المتوقع» فهو التقدير الحالي.",
)
PEOPLE_FORGOTTEN = Text(
    "People who were forgotten, together",
    fr="Personnes oubliées à leur demande, ensemble",
    ar="أشخاص مُحيت بياناتهم، مجتمعين",
)
AS_APPROVED = Text("For everybody, as approved", fr="Pour tous, tel qu’approuvé", ar="للجميع، كما تمت المصادقة عليه")
BORNE_ELSEWHERE = Text(
    "Less what others bear, or nobody: beyond the budget",
    fr="À déduire : à la charge d’autres, ou de personne (au-delà du budget)",
    ar="يُخصم: ما تتحمله جهات أخرى أو لا يتحمله أحد (خارج الميزانية)",
)
PART_OF_MEALS = Text("Part of the meals borne here", fr="Part des repas à sa charge", ar="النصيب المتحمل من الوجبات")
STANDINGS: Mapping[str, Text] = {
    WITHDRAWN: STATUS_LABELS["withdrawn"],
    FORGOTTEN: Text("forgotten", fr="oubliées", ar="مُحيت بياناتهم"),
    ANOTHER_PAYER: Text("borne by another now", fr="désormais à la charge d’un autre", ar="تتحمله الآن جهة أخرى"),
}


def cost_table(plan: Plan, sponsor: str) -> Table:
    """A line for every benefit of every person, planned against what was settled; then one for every meal service, one
    for what was approved of meals, and sums of people who were forgotten."""

    def money(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.MONEY, width=15, total=True)

    rows: list[tuple[Cell, ...]] = [_row(plan, one) for one in plan.account if one.person]
    for meal, count in services_paid_by(plan, sponsor):
        benefit = benefit_title(plan, "meals")
        rows.append((None, meal.title, benefit, count.cost, None, None, None, None, None, None))
    elsewhere = meals_elsewhere(plan, sponsor)
    if elsewhere is not None:
        name = BORNE_ELSEWHERE if elsewhere.amount < 0 else PART_OF_MEALS
        rows.append((None, name, benefit_title(plan, "meals"), elsewhere, None, None, None, None, None, None))
    rows += [_row(plan, one) for one in plan.account if not one.person]
    number = plan.settled.approval
    return Table(
        name="costs",
        title=Text("Cost annex", fr="Annexe des coûts", ar="ملحق التكاليف"),
        columns=(
            field_column("id", width=13),
            Column(name="name", title=Text("Name or service", fr="Nom ou service", ar="الاسم أو الخدمة"), width=34),
            benefit_column(16),
            money("planned", Text("Planned", fr="Prévu", ar="المتوقع")),
            money("approved", Text("Approved", fr="Approuvé", ar="المصادق عليه")),
            money("claimed", Text("Claimed", fr="Demandé", ar="المطلوب")),
            money("authorised", Text("Authorised", fr="Autorisé", ar="المرخص به")),
            money("paid", Text("Paid", fr="Payé", ar="المؤدى")),
            Column(name="receipts", title=Text("Receipts", fr="Justificatifs", ar="الوثائق المثبتة"), width=24),
            Column(name="standing", title=Text("Standing", fr="Situation", ar="الوضعية"), width=26),
        ),
        rows=tuple(rows),
        notes=(*((Message(APPROVED_IN, {"number": number}),) if number else ()), ESTIMATES, STAYS),
        landscape=True,
    )


def _row(plan: Plan, line: AccountLine) -> tuple[Cell, ...]:
    name: Cell = line.name
    if not line.person:
        name = PEOPLE_FORGOTTEN if line.standing == FORGOTTEN else AS_APPROVED
    return (
        line.person or None,
        name,
        benefit_title(plan, line.benefit),
        line.planned,
        line.approved,
        line.claimed,
        line.authorised,
        line.paid,
        ", ".join(line.receipts) or None,
        STANDINGS.get(line.standing) or OUTCOME_LABELS.get(line.standing),
    )


def material_table(plan: Plan) -> Table:
    """What was lent and handed out, without saying to whom."""

    def counted(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.INTEGER, width=12)

    return Table(
        name="material",
        title=Text("Material", fr="Matériel", ar="المعدات"),
        columns=(
            Column(name="material", title=Text("Material", fr="Matériel", ar="المادة"), width=34),
            counted("count", Text("In stock", fr="En stock", ar="المتوفر")),
            counted("given", Text("Given", fr="Remis", ar="المسلَّم")),
            counted("returned", Text("Returned", fr="Rendu", ar="المسترجع")),
            counted("out", Text("Still out", fr="Encore dehors", ar="لم يُسترجع بعد")),
        ),
        rows=tuple(
            (one.material.title, one.material.count, one.given, one.returned, one.out) for one in plan.ground.stocks
        ),
    )
