"""How everything was decided, for somebody who wants to work one decision out by hand."""

from collections.abc import Iterable

from eventops.builtin.exports.cells import benefit_column, benefit_title
from eventops.domain.paying.funding import RuleUse, rules_used
from eventops.domain.plan import Plan
from eventops.domain.reporting.approval_words import approval_said
from eventops.domain.reporting.criteria_words import criterion_said, names_in
from eventops.domain.reporting.ranking_words import ranking_said
from eventops.domain.reporting.reports import Cell, Column, Kind, Table
from eventops.domain.texts import Message, Text

CRITERION = Text("criterion of the event", fr="critère de l’événement", ar="معيار الملتقى")
RULE = Text("rule", fr="règle", ar="قاعدة")
BY_HAND = Text("decision of a person", fr="décision d’une personne", ar="قرار شخص")
ORDER = Text(
    "A person's decision stands above the rules; then an exclusion, an open question, a grant. Nobody is covered "
    "without a rule that grants. Where the money does not reach everybody, those first in line are paid.",
    fr="La décision d’une personne prime sur les règles ; viennent ensuite l’exclusion, la question ouverte, l’accord. "
    "Nul n’est pris en charge sans règle qui l’accorde. Si l’argent ne suffit pas à tous, "
    "les premiers du rang sont payés.",
    ar="يسمو قرار الشخص على القواعد، ثم يأتي الاستبعاد فالسؤال المفتوح فالمنح. ولا يُتكفل بأحد دون قاعدة تمنح ذلك. "
    "وإذا لم يكف المال للجميع، يُؤدى لمن يسبق في الترتيب.",
)
NOT_APPROVED = Text("not approved yet", fr="pas encore approuvé", ar="لم تتم المصادقة بعد")
ASSUMED = Text("Assumed: {assumption}", fr="Hypothèse : {assumption}", ar="افتراض: {assumption}")
PLAN_HASH = Text("Hash of the approved plan", fr="Empreinte du plan approuvé", ar="بصمة الخطة المصادق عليها")
FACTS_HASH = Text("Hash of its facts", fr="Empreinte de ses données", ar="بصمة معطياتها")
ON_SOURCE = Text("{on}, {source}", fr="{on}, {source}", ar="{on}، {source}")
PLAIN = Text("{value}", fr="{value}", ar="{value}")


def method_tables(plan: Plan, sponsor: str) -> tuple[Table, ...]:
    """The rules in words with what each said how often, and the facts they were applied to."""
    return _rules(plan), _basis(plan, sponsor)


def _rules(plan: Plan) -> Table:
    def counted(name: str, title: Text) -> Column:
        return Column(name=name, title=title, kind=Kind.INTEGER, width=11)

    return Table(
        name="rules",
        title=Text("How it was decided", fr="Comment on a décidé", ar="كيف اتُّخذت القرارات"),
        columns=(
            Column(name="kind", title=Text("Kind", fr="Nature", ar="النوع"), width=20),
            benefit_column(),
            Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=30),
            Column(name="sentence", title=Text("What it says", fr="Énoncé", ar="المضمون"), width=64),
            Column(name="source", title=Text("Source", fr="Source", ar="المصدر"), width=26),
            Column(name="plugin", title=Text("Plugin", fr="Extension", ar="الإضافة"), width=18),
            Column(name="version", title=Text("Version", fr="Version", ar="الإصدار"), width=9),
            counted("granted", Text("Granted", fr="Accorde", ar="منح")),
            counted("excluded", Text("Excluded", fr="Exclut", ar="استبعد")),
            counted("referred", Text("Referred", fr="Renvoie", ar="أحال")),
            counted("silent", Text("Did not apply", fr="Ne s’applique pas", ar="لا ينطبق")),
        ),
        rows=tuple(_rule_rows(plan)),
        notes=(ORDER, *(Message(ASSUMED, {"assumption": one}) for one in plan.event.assumptions)),
        landscape=True,
    )


def _rule_rows(plan: Plan) -> Iterable[tuple[Cell, ...]]:
    uses = rules_used(plan)
    of_event = {(one.benefit, one.rule): one for one in uses if one.plugin == "event"}
    for criterion in plan.event.criteria:
        use = of_event.get((criterion.benefit, criterion.name))
        yield (
            CRITERION,
            benefit_title(plan, criterion.benefit),
            criterion.name,
            criterion_said(criterion, plan),
            criterion.source or criterion.pack or None,
            None,
            None,
            *_counts(use),
        )
    named = {criterion.name for criterion in plan.event.criteria}
    for use in uses:
        if use.plugin == "event" and use.rule in named:
            continue
        yield (
            BY_HAND if use.plugin == "person" else RULE,
            benefit_title(plan, use.benefit),
            use.rule,
            use.title,
            None,
            use.plugin,
            use.version or None,
            *_counts(use),
        )


def _counts(use: RuleUse | None) -> tuple[int, int, int, int]:
    return (use.granted, use.excluded, use.referred, use.silent) if use is not None else (0, 0, 0, 0)


def _basis(plan: Plan, sponsor: str) -> Table:
    """What the rules were applied to: the approval, the limits, the tariffs, the budget lines, the rates."""
    rows: list[tuple[Cell, ...]] = [
        (Text("Approval", fr="Approbation", ar="المصادقة"), None, approval_said(plan.approval) or NOT_APPROVED)
    ]
    if plan.approval is not None:
        rows += [(PLAN_HASH, None, plan.approval.plan_hash), (FACTS_HASH, None, plan.approval.facts_hash)]
    tariff = Text("Tariff", fr="Tarif", ar="التعريفة")
    rows += [(tariff, benefit_title(plan, benefit), name) for benefit, name in sorted(plan.event.tariffs.items())]
    order = Text("Who comes first", fr="Qui passe d’abord", ar="من له الأولوية")
    rows += [(order, benefit_title(plan, benefit), name) for benefit, name in sorted(plan.event.selections.items())]
    names = names_in(plan)
    rows += [(order, benefit_title(plan, one.benefit), ranking_said(one, names)) for one in plan.event.rankings]
    line = Text("Budget line", fr="Ligne budgétaire", ar="بند الميزانية")
    rows += [
        (line, one.title, Message(PLAIN, {"value": one.ceiling})) for one in plan.event.budget if one.sponsor == sponsor
    ]
    limit = Text("Limit", fr="Seuil", ar="الحد")
    rows += [(limit, name, Message(PLAIN, {"value": value})) for name, value in sorted(plan.settings.items())]
    rate = Text("Exchange rate", fr="Taux de change", ar="سعر الصرف")
    rows += [
        (rate, f"1 {one.base} = {one.rate} {one.quote}", Message(ON_SOURCE, {"on": one.on, "source": one.source}))
        for one in plan.event.rates
    ]
    return Table(
        name="basis",
        title=Text("What it rests on", fr="Sur quoi cela repose", ar="أسس القرار"),
        columns=(
            Column(name="kind", title=Text("Kind", fr="Nature", ar="النوع"), width=26),
            Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=40),
            Column(name="value", title=Text("Value", fr="Valeur", ar="القيمة"), width=70),
        ),
        rows=tuple(rows),
        landscape=True,
    )
