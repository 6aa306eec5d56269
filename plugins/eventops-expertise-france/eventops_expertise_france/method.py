"""Method: the criteria as sentences, the rules with plugin and version, the limits, the exchange rate."""

from collections.abc import Iterator

from eventops import (
    Cell,
    Column,
    Event,
    ExchangeRate,
    Message,
    Plan,
    RuleUse,
    Table,
    Text,
    benefit_titles,
    criterion_said,
    labelled,
    rate_used,
    rules_used,
)
from eventops_expertise_france.columns import BENEFIT, count_column

CRITERIA = Text("Criterion", fr="Critère", ar="معيار")
RULES = Text("Rule", fr="Règle", ar="قاعدة")
PEOPLE = Text("Decision of a person", fr="Décision individuelle", ar="قرار شخص")
LIMITS = Text("Limit", fr="Seuil", ar="حد")
ASSUMPTIONS = Text("Assumption", fr="Hypothèse", ar="افتراض")
LIMIT = Text("{name} = {value}", fr="{name} = {value}", ar="{name} = {value}")
ORDER = Text(
    "Order of the answers: a person’s decision, an exclusion, an open question, a grant; without any, no cover.",
    fr="Ordre des réponses : la décision d’une personne, l’exclusion, la question ouverte, l’accord ; sans réponse, "
    "pas de prise en charge.",
    ar="ترتيب الأجوبة: قرار شخص، ثم استبعاد، ثم سؤال مفتوح، ثم منح؛ ودون جواب لا تكفل.",
)
PLANNED = Text(
    "Planned amounts, to be replaced by vouchers.",
    fr="Montants prévisionnels, à remplacer par les pièces justificatives.",
    ar="مبالغ متوقعة تُعوض بالوثائق المثبتة.",
)
RATE = Text(
    "Rate applied: 1 {base} = {rate} {quote} on {on} (source: {source}).",
    fr="Taux appliqué : 1 {base} = {rate} {quote} le {on} (source : {source}).",
    ar="سعر الصرف المطبق: 1 {base} = {rate} {quote} بتاريخ {on} (المصدر: {source}).",
)
NO_RATE = Text(
    "No rate between {base} and {quote}: add one to the event with its date and source, and export again.",
    fr="Aucun taux entre {base} et {quote} : ajoutez-en un à l’événement, avec sa date et sa source, puis refaites "
    "l’export.",
    ar="لا يوجد سعر صرف بين {base} و{quote}: أضفه إلى اللقاء مع تاريخه ومصدره ثم أعد التصدير.",
)


def rate_notes(event: Event, currency: str) -> tuple[Text | Message, ...]:
    """That amounts are planned; the rate with its date and source, or how to give one."""
    if event.currency == currency:
        return (PLANNED,)
    return PLANNED, rate_said(rate_used(event, currency), event.currency, currency)


def rate_said(rate: ExchangeRate | None, base: str, quote: str) -> Message:
    if rate is None:
        return Message(NO_RATE, {"base": base, "quote": quote})
    return Message(
        RATE, {"base": rate.base, "quote": rate.quote, "rate": rate.rate, "on": rate.on, "source": rate.source}
    )


def method_table(plan: Plan, currency: str) -> Table:
    """How decisions were made, to be read from top to bottom."""
    return Table(
        name="method",
        title=Text("How decisions were made", fr="Comment les décisions ont été prises", ar="كيف اتُّخذت القرارات"),
        columns=(
            Column(name="kind", title=Text("Kind", fr="Type", ar="النوع"), width=20),
            BENEFIT,
            Column(name="sentence", title=Text("What it says", fr="Énoncé", ar="المضمون"), width=80),
            Column(name="rule", title=Text("Name", fr="Nom", ar="الاسم"), width=38),
            Column(name="plugin", title=Text("Plugin", fr="Extension", ar="الإضافة"), width=22),
            Column(name="version", title=Text("Version", fr="Version", ar="الإصدار"), width=10),
            count_column("granted", Text("Granted", fr="Accords", ar="المنح")),
            count_column("excluded", Text("Excluded", fr="Exclusions", ar="الاستبعاد")),
            count_column("referred", Text("Referred", fr="Renvois", ar="الإحالة")),
        ),
        rows=tuple(method_rows(plan)),
        notes=(ORDER, *rate_notes(plan.event, currency)),
        landscape=True,
    )


def method_rows(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    """Criteria, rules, limits, assumptions."""
    titles, uses = benefit_titles(plan), rules_used(plan)
    criteria = {(one.benefit, one.name) for one in plan.event.criteria}
    counted = {(one.benefit, one.rule): one for one in uses if one.plugin == "event"}
    for one in plan.event.criteria:
        use = counted.get((one.benefit, one.name))
        said = criterion_said(one, plan)
        yield CRITERIA, labelled(titles, one.benefit), said, one.name, None, None, *counts_of(use)
    for use in uses:
        if (use.benefit, use.rule) not in criteria or use.plugin != "event":
            kind = PEOPLE if use.plugin == "person" else RULES
            benefit = labelled(titles, use.benefit)
            yield kind, benefit, use.title, use.rule, use.plugin, use.version, *counts_of(use)
    for name, value in sorted(plan.settings.items()):
        yield LIMITS, None, Message(LIMIT, {"name": name, "value": value}), name, *(None,) * 5
    for assumption in plan.event.assumptions:
        yield ASSUMPTIONS, None, assumption, *(None,) * 6


def counts_of(use: RuleUse | None) -> tuple[int, int, int]:
    return (use.granted, use.excluded, use.referred) if use is not None else (0, 0, 0)
