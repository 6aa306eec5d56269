"""The cost annex of a sponsor: every benefit it pays, planned against approved, claimed, authorised and paid."""

from collections.abc import Sequence
from decimal import Decimal

from eventops.builtin.exports.cells import benefit_column, benefit_title, field_column
from eventops.domain.money import Money, total
from eventops.domain.paying.claims import Claim, borne_by, money_states
from eventops.domain.paying.funding import Paid, of_people, paid_by, services_paid_by
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Cell, Column, Kind, Table
from eventops.domain.texts import Text

ESTIMATES = Text(
    "What is planned stays an estimate until receipts are in; an empty cell is not known yet.",
    fr="Le prévu reste une estimation jusqu’à réception des justificatifs ; une cellule vide n’est pas encore connue.",
    ar="يبقى المتوقع تقديريا إلى حين التوصل بالوثائق المثبتة، والخانة الفارغة غير معروفة بعد.",
)


def cost_table(plan: Plan, sponsor: str) -> Table:
    """A line for every benefit of every person, planned against what was settled, then one for every meal service."""

    def money(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.MONEY, width=15, total=True)

    by_key: dict[tuple[str, str], list[Claim]] = {}
    for one in plan.claims:
        by_key.setdefault((one.participant_id, one.benefit), []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for paid in of_people(plan, paid_by(plan, sponsor)):
        person = paid.candidate.participant
        claims = by_key.get((person.id, paid.decision.benefit), [])
        benefit = benefit_title(plan, paid.decision.benefit)
        rows.append((person.id, person.name, benefit, paid.amount, *_settled(plan, sponsor, paid, claims)))
    for meal, count in services_paid_by(plan, sponsor):
        rows.append((None, meal.title, benefit_title(plan, "meals"), count.cost, None, None, None, None, None))
    return Table(
        name="costs",
        title=Text("Cost annex", fr="Annexe des coûts", ar="ملحق التكاليف"),
        columns=(
            field_column("id"),
            Column(name="name", title=Text("Name or service", fr="Nom ou service", ar="الاسم أو الخدمة"), width=34),
            benefit_column(16),
            money("planned", Text("Planned", fr="Prévu", ar="المتوقع")),
            money("approved", Text("Approved", fr="Approuvé", ar="المصادق عليه")),
            money("claimed", Text("Claimed", fr="Demandé", ar="المطلوب")),
            money("authorised", Text("Authorised", fr="Autorisé", ar="المرخص به")),
            money("paid", Text("Paid", fr="Payé", ar="المؤدى")),
            Column(name="receipts", title=Text("Receipts", fr="Justificatifs", ar="الوثائق المثبتة"), width=30),
        ),
        rows=tuple(rows),
        notes=(ESTIMATES,),
        landscape=True,
    )


def _settled(plan: Plan, sponsor: str, paid: Paid, claims: Sequence[Claim]) -> tuple[Cell, ...]:
    """What was approved, claimed, authorised and paid of the share of this sponsor, and the receipts; None where it has
    not come so far."""
    if not claims:
        approval = plan.approval
        same = approval is not None and approval.stands and approval.same
        return (paid.amount if same else None), None, None, None, None
    grants = paid.decision.parts or ((paid.decision.grant,) if paid.decision.grant else ())
    parts = [(one.payer, Decimal(one.share)) for one in grants]

    def share(amount: Money | None) -> Money | None:
        if amount is None:
            return None
        mine = (money for payer, money in borne_by(amount, parts) if payer in (sponsor, ""))
        return total(mine, amount.currency)

    state = money_states(plan.event, {}, {}, claims)[0]
    receipts = [receipt for one in claims for receipt in one.receipts]
    shown = ", ".join(one.number or one.sha256[:12] for one in receipts)
    approved = next((one.approved for one in claims if one.approved is not None), None)
    return share(approved), share(state.claimed), share(state.authorised), share(state.paid), shown or None


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
