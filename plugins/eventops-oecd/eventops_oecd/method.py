"""How decisions were made: criteria as sentences, rules with plugin and version, limits, exchange rates."""

from collections.abc import Iterable

from eventops import Cell, Column, Kind, Message, Plan, RuleUse, Table, Text, criterion_said, rate_used, rules_used
from eventops_oecd.columns import BENEFIT, benefit_of

CRITERION = Text("criterion of the event", fr="critère de l’événement", ar="معيار اللقاء")
RULE = Text("rule", fr="règle", ar="قاعدة")
OVERRIDE = Text("decision of a person", fr="décision d’une personne", ar="قرار شخص")
PRECEDENCE = Text(
    "A decision of a person stands above the rules; then an exclusion, an open question, a grant. Nobody is covered "
    "without a rule that grants.",
    fr="La décision d’une personne prime sur les règles ; viennent ensuite l’exclusion, la question ouverte, l’accord. "
    "Nul n’est pris en charge sans règle qui l’accorde.",
    ar="يسمو قرار الشخص على القواعد، ثم يأتي الاستبعاد فالسؤال المفتوح فالمنح. ولا يُتكفل بأحد دون قاعدة تمنح ذلك.",
)
ASSUMED = Text("Assumed: {assumption}", fr="Hypothèse : {assumption}", ar="افتراض: {assumption}")
PLAIN = Text("{value}", fr="{value}", ar="{value}")


def decisions_table(plan: Plan) -> Table:
    """Criteria as sentences, then rules with plugin and version, with what each said how often."""
    return Table(
        name="decisions",
        title=Text("How decisions were made", fr="Comment les décisions ont été prises", ar="كيف اتُّخذت القرارات"),
        columns=(
            Column(name="kind", title=Text("Kind", fr="Nature", ar="النوع"), width=20),
            BENEFIT,
            Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=34),
            Column(name="sentence", title=Text("What it says", fr="Énoncé", ar="المضمون"), width=70),
            Column(name="plugin", title=Text("Plugin", fr="Extension", ar="الإضافة"), width=22),
            Column(name="version", title=Text("Version", fr="Version", ar="الإصدار"), width=10),
            Column(name="granted", title=Text("Granted", fr="Accorde", ar="منح"), kind=Kind.INTEGER, width=10),
            Column(name="excluded", title=Text("Excluded", fr="Exclut", ar="استبعد"), kind=Kind.INTEGER, width=10),
            Column(name="referred", title=Text("Referred", fr="Renvoie", ar="أحال"), kind=Kind.INTEGER, width=10),
            Column(
                name="silent",
                title=Text("Did not apply", fr="Ne s’applique pas", ar="لا ينطبق"),
                kind=Kind.INTEGER,
                width=12,
            ),
        ),
        rows=tuple(decision_rows(plan)),
        notes=(PRECEDENCE, *(Message(ASSUMED, {"assumption": one}) for one in plan.event.assumptions)),
        landscape=True,
    )


def decision_rows(plan: Plan) -> Iterable[tuple[Cell, ...]]:
    uses = rules_used(plan)
    of_event = {(one.benefit, one.rule): one for one in uses if one.plugin == "event"}
    for criterion in plan.event.criteria:
        use = of_event.get((criterion.benefit, criterion.name))
        benefit = benefit_of(plan, criterion.benefit)
        yield CRITERION, benefit, criterion.name, criterion_said(criterion, plan), "", "", *counts_of(use)
    named = {criterion.name for criterion in plan.event.criteria}
    for use in uses:
        if use.plugin == "event" and use.rule in named:
            continue
        kind = OVERRIDE if use.plugin == "person" else RULE
        yield kind, benefit_of(plan, use.benefit), use.rule, use.title, use.plugin, use.version, *counts_of(use)


def counts_of(use: RuleUse | None) -> tuple[int, int, int, int]:
    return (use.granted, use.excluded, use.referred, use.silent) if use is not None else (0, 0, 0, 0)


def limits_table(plan: Plan) -> Table:
    """The settings the plan was made with, by name."""
    return Table(
        name="limits",
        title=Text("Limits used", fr="Seuils appliqués", ar="الحدود المعتمدة"),
        columns=(
            Column(name="setting", title=Text("Setting", fr="Paramètre", ar="الإعداد"), width=44),
            Column(name="value", title=Text("Value", fr="Valeur", ar="القيمة"), width=18),
        ),
        rows=tuple((name, Message(PLAIN, {"value": value})) for name, value in sorted(plan.settings.items())),
    )


def rates_table(plan: Plan, currency: str) -> Table:
    """Every rate of the event, and which of them the amounts were converted at."""
    used = rate_used(plan.event, currency)
    return Table(
        name="exchange_rates",
        title=Text("Exchange rates", fr="Taux de change", ar="أسعار الصرف"),
        columns=(
            Column(name="base", title=Text("One unit of", fr="Une unité de", ar="وحدة واحدة من"), width=12),
            Column(name="quote", title=Text("Buys in", fr="Vaut en", ar="تساوي بـ"), width=12),
            Column(name="rate", title=Text("Rate", fr="Taux", ar="السعر"), kind=Kind.DECIMAL, width=14),
            Column(name="on", title=Text("Date", fr="Date", ar="التاريخ"), kind=Kind.DATE, width=14),
            Column(name="source", title=Text("Source", fr="Source", ar="المصدر"), width=44),
            Column(name="used", title=Text("Used here", fr="Appliqué ici", ar="مطبق هنا"), kind=Kind.YES_NO, width=12),
        ),
        rows=tuple((one.base, one.quote, one.rate, one.on, one.source, one == used) for one in plan.event.rates),
    )
