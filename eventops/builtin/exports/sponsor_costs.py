"""The cost annex of a sponsor: every benefit it pays, planned against approved, claimed, authorised and paid."""

from eventops.builtin.exports.cells import benefit_title, field_column
from eventops.domain.paying.funding import paid_by, services_paid_by
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Cell, Column, Kind, Table
from eventops.domain.texts import Text

ESTIMATES = Text(
    "What is planned stays an estimate until receipts are in; an empty cell is not known yet.",
    fr="Le prévu reste une estimation jusqu’à réception des justificatifs ; une cellule vide n’est pas encore connue.",
    ar="يبقى المتوقع تقديريا إلى حين التوصل بالوثائق المثبتة، والخانة الفارغة غير معروفة بعد.",
)


def cost_table(plan: Plan, sponsor: str) -> Table:
    """A line for every benefit of every person, then one for every meal service."""

    def money(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.MONEY, width=15, total=True)

    rows: list[tuple[Cell, ...]] = []
    served = {benefit.name for benefit in plan.benefits if benefit.unit == "service"}
    for one in paid_by(plan, sponsor):
        if one.decision.benefit in served:
            continue
        person = one.candidate.participant
        rows.append((person.id, person.name, benefit_title(plan, one.decision.benefit), one.amount))
    for meal, count in services_paid_by(plan, sponsor):
        rows.append((None, meal.title, benefit_title(plan, "meals"), count.cost))
    return Table(
        name="costs",
        title=Text("Cost annex", fr="Annexe des coûts", ar="ملحق التكاليف"),
        columns=(
            field_column("id"),
            Column(name="name", title=Text("Name or service", fr="Nom ou service", ar="الاسم أو الخدمة"), width=34),
            Column(name="benefit", title=Text("Benefit", fr="Prestation", ar="الاستفادة"), width=16),
            money("planned", Text("Planned", fr="Prévu", ar="المتوقع")),
        ),
        rows=tuple(rows),
        notes=(ESTIMATES,),
        landscape=True,
    )
