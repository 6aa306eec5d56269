"""Who is covered and what it costs: people with reasons, cost lines, budget lines."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from eventops import (
    UNIT_LABELS,
    Cell,
    Column,
    Kind,
    Message,
    Money,
    Paid,
    Plan,
    Table,
    Text,
    exchanged,
    granting_rulings,
    label_of,
    labelled,
    meals_elsewhere,
    services_paid_by,
    shown_reasons,
    shown_rule,
)
from eventops_oecd.columns import (
    BENEFIT,
    CATEGORY,
    GENDER,
    NAME,
    REFERENCE,
    REGION,
    RULES,
    benefit_of,
    category_of,
    money_column,
    region_title,
)

AMOUNT = Text("Amount", fr="Montant", ar="المبلغ")
UNIT_PRICE = Text("Unit price", fr="Prix unitaire", ar="ثمن الوحدة")
PLANNED = Text("Planned", fr="Prévu", ar="المتوقع")
CEILING = Text("Ceiling", fr="Plafond", ar="السقف")
LEFT = Text("Left", fr="Reste", ar="الباقي")
SHARE = Column(
    name="share", title=Text("Share borne", fr="Part supportée", ar="النسبة المتحملة"), kind=Kind.PERCENT, width=10
)
NOTHING_BORNE = Text(
    "Nothing falls on this sponsor: no benefit was granted on its budget lines.",
    fr="Rien n’est à la charge de ce bailleur : aucune prestation accordée sur ses lignes budgétaires.",
    ar="لا يتحمل هذا الداعم أي شيء: لم يُمنح أي تكفل على بنود ميزانيته.",
)
NOT_PRICED = Text(
    "{count} granted benefits have no price yet and are not in the totals.",
    fr="{count} prestations accordées n’ont pas encore de prix et ne figurent pas dans les totaux.",
    ar="{count} من التكفلات الممنوحة بدون ثمن بعد، وليست ضمن المجاميع.",
)
PSEUDONYMS = Text(
    "Whoever did not agree to share their name with this sponsor appears under a pseudonym.",
    fr="Qui n’a pas accepté de partager son nom avec ce bailleur apparaît sous un pseudonyme.",
    ar="من لم يوافق على تقاسم اسمه مع هذا الداعم يظهر باسم مستعار.",
)
ONE_BY_ONE = Text(
    "Each amount is converted and rounded by itself, so a sum of this column may differ by cents from the converted "
    "total of the summary.",
    fr="Chaque montant est converti et arrondi séparément ; la somme de cette colonne peut différer de quelques "
    "centimes du total converti de la synthèse.",
    ar="يُحوَّل كل مبلغ ويُقرَّب على حدة، فقد يختلف مجموع هذا العمود بسنتيمات عن المجموع المحوَّل في الملخص.",
)
EVERYBODY_EATS = Text(
    "Meals are served to groups and stand in the cost lines, one line for each service.",
    fr="Les repas sont servis à des groupes et figurent parmi les lignes de coût, une ligne par service.",
    ar="تُقدَّم الوجبات للمجموعات وتَرِد ضمن سطور التكاليف، سطر لكل خدمة.",
)
ELSEWHERE = Text(
    "Meals borne by others, or by nobody yet (less), or of others’ services (more)",
    fr="Repas à la charge d’autres ou de personne (en moins), ou de services d’autres (en plus)",
    ar="وجبات تتحملها جهات أخرى أو لا يتحملها أحد بعد (ناقص)، أو من خدمات غيرها (زائد)",
)
WHOLE_COST = Text(
    "Lines show the whole cost of a benefit; the share borne and ceilings apply to their sum.",
    fr="Les lignes donnent le coût entier d’une prestation ; la part supportée et les plafonds portent sur leur somme.",
    ar="تبين السطور الكلفة الكاملة لكل تكفل، وتسري النسبة المتحملة والسقوف على مجموعها.",
)


def covered_table(plan: Plan, paid: Sequence[Paid], currency: str, notes: tuple[Text | Message, ...]) -> Table:
    """One row per person and benefit the sponsor bears, with every reason and every rule that granted."""
    local = plan.event.currency
    rows: list[tuple[Cell, ...]] = []
    for one in paid:
        person, grant = one.candidate.participant, one.decision.grant
        rows.append(
            (
                person.id,
                person.name,
                label_of(person.gender),
                category_of(plan, one.candidate),
                region_title(plan, one.candidate),
                benefit_of(plan, one.decision.benefit),
                len(grant.nights) or None if grant is not None else None,
                Decimal(one.share) / 100,
                one.amount,
                exchanged(plan.event, one.amount, currency),
                shown_reasons(one.decision),
                ", ".join(dict.fromkeys(shown_rule(ruling) for ruling in granting_rulings(one.decision))),
            )
        )
    nights = Column(
        name="nights", title=Text("Nights", fr="Nuits", ar="الليالي"), kind=Kind.INTEGER, width=8, total=True
    )
    reasons = Column(name="reasons", title=Text("Reasons", fr="Motifs", ar="الأسباب"), width=60)
    amounts = (money_column("amount_local", AMOUNT, local), money_column("amount", AMOUNT, currency, summed=False))
    return Table(
        name="covered_people",
        title=Text("Covered people", fr="Personnes prises en charge", ar="المتكفل بهم"),
        columns=(REFERENCE, NAME, GENDER, CATEGORY, REGION, BENEFIT, nights, SHARE, *amounts, reasons, RULES),
        rows=tuple(rows),
        notes=(PSEUDONYMS, EVERYBODY_EATS, *unpriced_note(paid), ONE_BY_ONE, *notes) if rows else (NOTHING_BORNE,),
        landscape=True,
    )


def unpriced_note(paid: Sequence[Paid]) -> tuple[Message, ...]:
    """A note on how many benefits the totals miss, or nothing."""
    count = sum(one.amount is None for one in paid)
    return (Message(NOT_PRICED, {"count": count}),) if count else ()


def service_rows(plan: Plan, sponsor: str, currency: str) -> Iterable[tuple[Cell, ...]]:
    """A cost line for each meal service the sponsor bears, and one for what of them is not its own."""
    benefit = benefit_of(plan, "meals")
    for meal, served in services_paid_by(plan, sponsor):
        quantity, unit = Decimal(served.count), labelled(UNIT_LABELS, "meal")
        amount = exchanged(plan.event, served.cost, currency)
        yield None, benefit, meal.title, quantity, unit, meal.price, served.cost, amount, Decimal(1), True
    elsewhere = meals_elsewhere(plan, sponsor)
    if elsewhere is not None:
        amount = exchanged(plan.event, elsewhere, currency)
        yield None, benefit, ELSEWHERE, None, None, None, elsewhere, amount, None, True


def lines_table(
    plan: Plan, paid: Sequence[Paid], sponsor: str, currency: str, notes: tuple[Text | Message, ...]
) -> Table:
    """Every priced line of what the sponsor bears: quantity by unit price."""
    local = plan.event.currency
    columns = (
        REFERENCE,
        BENEFIT,
        Column(name="label", title=Text("What", fr="Objet", ar="البيان"), width=48),
        Column(name="quantity", title=Text("Quantity", fr="Quantité", ar="الكمية"), kind=Kind.DECIMAL, width=10),
        Column(name="unit", title=Text("Unit", fr="Unité", ar="الوحدة"), width=10),
        money_column("unit_price", UNIT_PRICE, local, summed=False),
        money_column("amount_local", AMOUNT, local),
        money_column("amount", AMOUNT, currency, summed=False),
        SHARE,
        Column(name="estimate", title=Text("Estimate", fr="Estimation", ar="تقدير"), kind=Kind.YES_NO, width=10),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.candidate.participant.id,
            benefit_of(plan, one.decision.benefit),
            Message(line.label, line.values),
            line.quantity,
            labelled(UNIT_LABELS, line.unit),
            line.unit_price,
            line.amount,
            exchanged(plan.event, line.amount, currency),
            Decimal(one.share) / 100,
            line.estimate,
        )
        for one in paid
        for line in one.decision.lines
    )
    rows = (*rows, *service_rows(plan, sponsor, currency))
    return Table(
        name="cost_lines",
        title=Text("Cost lines", fr="Lignes de coût", ar="سطور التكاليف"),
        columns=columns,
        rows=rows,
        notes=(WHOLE_COST, ONE_BY_ONE, *notes) if rows else (NOTHING_BORNE,),
        landscape=True,
    )


def budget_rows(plan: Plan, sponsor: str, currency: str) -> Iterable[tuple[Cell, ...]]:
    """The sponsor's budget lines: ceiling, planned and left, in the event's currency and in the sponsor's."""
    local = plan.event.currency
    titles = {line.id: line.title for line in plan.event.budget}
    for use in plan.budget:
        if use.sponsor != sponsor:
            continue
        ceiling = exchanged(plan.event, use.ceiling, local)
        left = None if ceiling is None else Money(ceiling.amount - use.planned.amount, local)
        yield (
            use.line_id,
            titles.get(use.line_id, Text("no budget line", fr="hors ligne budgétaire", ar="خارج بنود الميزانية")),
            benefit_of(plan, use.benefit),
            use.people,
            ceiling,
            use.planned,
            left,
            exchanged(plan.event, use.ceiling, currency),
            exchanged(plan.event, use.planned, currency),
            exchanged(plan.event, left, currency),
        )


def budget_table(plan: Plan, sponsor: str, currency: str, notes: tuple[Text | Message, ...]) -> Table:
    """Costs per budget line, in both currencies."""
    local = plan.event.currency
    rows = tuple(budget_rows(plan, sponsor, currency))
    return Table(
        name="budget",
        title=Text("Budget lines", fr="Lignes budgétaires", ar="بنود الميزانية"),
        columns=(
            Column(name="line", title=Text("Line", fr="Ligne", ar="البند"), width=18),
            Column(name="title", title=Text("Title", fr="Intitulé", ar="العنوان"), width=32),
            BENEFIT,
            Column(name="people", title=Text("People", fr="Personnes", ar="الأشخاص"), kind=Kind.INTEGER, width=10),
            money_column("ceiling_local", CEILING, local),
            money_column("planned_local", PLANNED, local),
            money_column("left_local", LEFT, local),
            money_column("ceiling", CEILING, currency),
            money_column("planned", PLANNED, currency),
            money_column("left", LEFT, currency),
        ),
        rows=rows,
        notes=notes,
        landscape=True,
    )
