"""Who is covered and at what expense: a row per person, a row per budget line, a row per voucher to come."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from eventops import (
    UNIT_LABELS,
    Cell,
    Column,
    Event,
    Kind,
    Message,
    Money,
    Paid,
    Plan,
    Table,
    Text,
    benefit_titles,
    exchanged,
    joined,
    label_of,
    labelled,
    meals_elsewhere,
    services_paid_by,
    shown_reasons,
    total,
)
from eventops_expertise_france.columns import (
    BENEFIT,
    CATEGORY,
    GENDER,
    NAME,
    REFERENCE,
    REGION,
    category_of,
    count_column,
    money_column,
    region_title,
)

TRAVEL = Text("Travel", fr="Déplacement", ar="التنقل")
LODGING = Text("Lodging", fr="Hébergement", ar="الإيواء")
OTHER = Text("Other", fr="Autres", ar="أخرى")
TOTAL = Text("Total", fr="Total", ar="المجموع")
CEILING = Text("Budget", fr="Budget", ar="الميزانية")
PLANNED = Text("Planned", fr="Prévisionnel", ar="المتوقع")
LEFT = Text("Left", fr="Disponible", ar="المتبقي")
AMOUNT = Text("Planned amount", fr="Montant prévisionnel", ar="المبلغ المتوقع")
UNIT_PRICE = Text("Unit price", fr="Prix unitaire", ar="ثمن الوحدة")
REASON_OF = Text("{benefit}: {reasons}", fr="{benefit} : {reasons}", ar="{benefit}: {reasons}")
NOBODY = Text(
    "Nobody is covered on the budget of this sponsor.",
    fr="Aucune personne n’est prise en charge sur le budget de ce bailleur.",
    ar="لا أحد متكفل به على ميزانية هذا الداعم.",
)
PSEUDONYMS = Text(
    "Whoever did not agree to share their name with this sponsor appears under a pseudonym.",
    fr="Toute personne n’ayant pas accepté de partager son nom avec ce bailleur figure sous un pseudonyme.",
    ar="كل من لم يوافق على تقاسم اسمه مع هذا الداعم يظهر باسم مستعار.",
)
ONE_BY_ONE = Text(
    "Each person’s total is converted and rounded by itself; the converted total is that of the expenses. Meals are "
    "served to groups: see the vouchers.",
    fr="Le total de chaque personne est converti et arrondi séparément ; le total converti est celui des dépenses. Les "
    "repas sont servis à des groupes : voir les pièces justificatives.",
    ar="يُحوَّل مجموع كل شخص ويُقرَّب على حدة، والمجموع المحوَّل هو مجموع النفقات. أما الوجبات فتُقدَّم للمجموعات: انظر "
    "الوثائق المثبتة.",
)
ELSEWHERE = Text(
    "Meals borne by others, or by nobody yet (less), or of others’ services (more)",
    fr="Repas à la charge d’autres ou de personne (en moins), ou de services d’autres (en plus)",
    ar="وجبات تتحملها جهات أخرى أو لا يتحملها أحد بعد (ناقص)، أو من خدمات غيرها (زائد)",
)
VOUCHERS = Text(
    "The last two columns are filled in when vouchers arrive. Amounts here are the whole cost of a line, before the "
    "share borne and any ceiling.",
    fr="Les deux dernières colonnes se remplissent à réception des pièces. Les montants sont ici le coût entier de la "
    "ligne, avant part supportée et plafond éventuel.",
    ar="يُملأ العمودان الأخيران عند التوصل بالوثائق. والمبالغ هنا هي الكلفة الكاملة للسطر قبل احتساب النسبة المتحملة "
    "والسقف.",
)
UNPRICED = Text(
    "{count} covers have no price yet and are not in the totals.",
    fr="{count} prises en charge n’ont pas encore de prix et ne figurent pas dans les totaux.",
    ar="{count} من التكفلات بدون ثمن بعد، وليست ضمن المجاميع.",
)


def sum_of(paid: Iterable[Paid], event: Event) -> Money | None:
    """What these cost together; None when nothing of it has a price."""
    amounts = [one.amount for one in paid if one.amount is not None]
    return total(amounts, event.currency) if amounts else None


def reasons_of(plan: Plan, paid: Sequence[Paid]) -> Message:
    """Why each benefit of one person is covered, in one cell."""
    titles = benefit_titles(plan)
    return joined(
        [
            Message(
                REASON_OF,
                {
                    "benefit": labelled(titles, one.decision.benefit),
                    "reasons": shown_reasons(one.decision),
                },
            )
            for one in paid
        ],
        " ; ",
    )


def person_row(plan: Plan, paid: Sequence[Paid], currency: str) -> tuple[Cell, ...]:
    """One person with all this sponsor bears for them."""
    candidate, event = paid[0].candidate, plan.event
    nights = {night for one in paid if one.decision.grant is not None for night in one.decision.grant.nights}
    whole = sum_of(paid, event)
    return (
        candidate.participant.id,
        candidate.participant.name,
        label_of(candidate.participant.gender),
        category_of(plan, candidate),
        region_title(plan, candidate),
        sum_of((one for one in paid if one.decision.benefit == "travel"), event),
        len(nights) or None,
        sum_of((one for one in paid if one.decision.benefit == "lodging"), event),
        sum_of((one for one in paid if one.decision.benefit not in ("travel", "lodging")), event),
        whole,
        exchanged(event, whole, currency),
        reasons_of(plan, paid),
    )


def people_table(plan: Plan, paid: Sequence[Paid], currency: str, notes: Sequence[Text | Message]) -> Table:
    """One row per person covered by the sponsor."""
    by_person: dict[str, list[Paid]] = {}
    for one in paid:
        by_person.setdefault(one.candidate.participant.id, []).append(one)
    unpriced = sum(one.amount is None for one in paid)
    missing = (Message(UNPRICED, {"count": unpriced}),) if unpriced else ()
    local = plan.event.currency
    return Table(
        name="people_covered",
        title=Text("People covered", fr="Prises en charge", ar="المتكفل بهم"),
        columns=(
            REFERENCE,
            NAME,
            GENDER,
            CATEGORY,
            REGION,
            money_column("travel", TRAVEL, local),
            count_column("nights", Text("Nights", fr="Nuitées", ar="الليالي"), summed=True),
            money_column("lodging", LODGING, local),
            money_column("other", OTHER, local),
            money_column("total_local", TOTAL, local),
            money_column("total", TOTAL, currency, summed=False),
            Column(name="reasons", title=Text("Reasons", fr="Motifs", ar="الأسباب"), width=64),
        ),
        rows=tuple(person_row(plan, one, currency) for one in by_person.values()),
        notes=(PSEUDONYMS, *missing, ONE_BY_ONE, *notes) if paid else (NOBODY,),
        landscape=True,
    )


def budget_row(plan: Plan, use_number: int, currency: str) -> tuple[Cell, ...]:
    """One budget line: planned, budget and what is left, in the sponsor's currency first."""
    event, use = plan.event, plan.budget[use_number]
    titles = {line.id: line.title for line in event.budget}
    ceiling = exchanged(event, use.ceiling, event.currency)
    left = None if ceiling is None else Money(ceiling.amount - use.planned.amount, event.currency)
    return (
        use.line_id,
        titles.get(use.line_id, Text("outside the budget", fr="hors budget", ar="خارج الميزانية")),
        labelled(benefit_titles(plan), use.benefit),
        use.people,
        *(exchanged(event, money, currency) for money in (use.ceiling, use.planned, left)),
        *(ceiling, use.planned, left),
    )


def budget_table(plan: Plan, sponsor: str, currency: str, notes: Sequence[Text | Message]) -> Table:
    """Expenses per budget line of the sponsor."""
    local = plan.event.currency
    return Table(
        name="expenses",
        title=Text("Expenses by budget line", fr="Dépenses par ligne budgétaire", ar="النفقات حسب بنود الميزانية"),
        columns=(
            Column(name="line", title=Text("Line", fr="Ligne", ar="البند"), width=20),
            Column(name="title", title=Text("Title", fr="Intitulé", ar="العنوان"), width=32),
            BENEFIT,
            count_column("people", Text("People", fr="Personnes", ar="الأشخاص")),
            money_column("ceiling", CEILING, currency),
            money_column("planned", PLANNED, currency),
            money_column("left", LEFT, currency),
            money_column("ceiling_local", CEILING, local),
            money_column("planned_local", PLANNED, local),
            money_column("left_local", LEFT, local),
        ),
        rows=tuple(
            budget_row(plan, number, currency) for number, use in enumerate(plan.budget) if use.sponsor == sponsor
        ),
        notes=tuple(notes),
        landscape=True,
    )


def voucher_rows(plan: Plan, paid: Sequence[Paid], sponsor: str) -> Iterator[tuple[Cell, ...]]:
    """Every priced line of a person, then every meal service, without number and without the columns to fill in."""
    titles = benefit_titles(plan)
    for one in paid:
        person, benefit = one.candidate.participant.id, labelled(titles, one.decision.benefit)
        for line in one.decision.lines:
            unit = labelled(UNIT_LABELS, line.unit)
            yield person, benefit, Message(line.label, line.values), line.quantity, unit, line.unit_price, line.amount
    for meal, served in services_paid_by(plan, sponsor):
        unit, quantity = labelled(UNIT_LABELS, "meal"), Decimal(served.count)
        yield None, labelled(titles, "meals"), meal.title, quantity, unit, meal.price, served.cost
    elsewhere = meals_elsewhere(plan, sponsor)
    if elsewhere is not None:
        yield None, labelled(titles, "meals"), ELSEWHERE, None, None, None, elsewhere


def vouchers_table(plan: Plan, paid: Sequence[Paid], sponsor: str) -> Table:
    """Every cost line with room for its voucher and the amount paid."""
    local = plan.event.currency
    rows = tuple((number, *row, None, None) for number, row in enumerate(voucher_rows(plan, paid, sponsor), 1))
    return Table(
        name="vouchers",
        title=Text("Vouchers", fr="Pièces justificatives", ar="الوثائق المثبتة"),
        columns=(
            count_column("number", Text("No.", fr="N°", ar="الرقم")),
            REFERENCE,
            BENEFIT,
            Column(name="label", title=Text("What", fr="Objet", ar="البيان"), width=48),
            Column(name="quantity", title=Text("Quantity", fr="Quantité", ar="الكمية"), kind=Kind.DECIMAL, width=10),
            Column(name="unit", title=Text("Unit", fr="Unité", ar="الوحدة"), width=10),
            money_column("unit_price", UNIT_PRICE, local, summed=False),
            money_column("amount", AMOUNT, local),
            Column(name="voucher", title=Text("Voucher", fr="Pièce", ar="الوثيقة"), width=18),
            money_column("paid", Text("Amount paid", fr="Montant réglé", ar="المبلغ المؤدى"), local),
        ),
        rows=rows,
        notes=(VOUCHERS,) if rows else (NOBODY,),
        landscape=True,
    )
