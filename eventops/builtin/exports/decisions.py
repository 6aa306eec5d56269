"""For the association: every decision with every verdict that led to it, so that each can be explained and checked."""

from eventops.builtin.exports.cells import benefit_column, benefit_title, field_column, heading, payers
from eventops.domain.paying.funding import joined
from eventops.domain.plan import Plan
from eventops.domain.reporting.criteria_words import criterion_said
from eventops.domain.reporting.funding_words import beyond_of, outcome_beside
from eventops.domain.reporting.labels import label_of
from eventops.domain.reporting.reports import Audience, Column, Kind, Options, Report, Row, Table, rows_from
from eventops.domain.rules import Decision, Ruling
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Decisions", fr="Décisions", ar="القرارات")
VERDICTS_TITLE = Text("Every verdict", fr="Tous les avis", ar="كل الأحكام")
VERDICT = Text("{effect}: {reason}", fr="{effect} : {reason}", ar="{effect}: {reason}")
BENEFIT = benefit_column()
OUTCOME = Column(name="outcome", title=Text("Outcome", fr="Décision", ar="القرار"), width=18)
REASON = Column(name="reason", title=Text("Reason", fr="Motif", ar="السبب"), width=60)
DECISION_COLUMNS = (
    field_column("id"),
    field_column("name"),
    BENEFIT,
    OUTCOME,
    Column(name="amount", title=Text("Amount", fr="Montant", ar="المبلغ"), kind=Kind.MONEY, width=15, total=True),
    Column(name="payer", title=Text("Paid by", fr="À la charge de", ar="على نفقة"), width=20),
    Column(name="verdicts", title=Text("Verdicts and reasons", fr="Avis et motifs", ar="الأحكام وأسبابها"), width=90),
)
VERDICT_COLUMNS = (
    field_column("id"),
    field_column("name"),
    BENEFIT,
    Column(name="rule", title=Text("Rule", fr="Règle", ar="القاعدة"), width=40),
    Column(name="rule_name", title=Text("Rule name", fr="Nom de la règle", ar="اسم القاعدة"), width=24),
    Column(name="plugin", title=Text("Plugin", fr="Module", ar="الإضافة"), width=18),
    Column(name="version", title=Text("Version", fr="Version", ar="الإصدار"), width=9),
    Column(name="effect", title=Text("Verdict", fr="Avis", ar="الحكم"), width=16),
    REASON,
)


def summary(plan: Plan, options: Options) -> Report:
    """Every participant and benefit with outcome, amount and reasons; behind it a line for every single verdict."""
    names = {one.participant.id: one.participant.name for one in plan.candidates}
    beyond = beyond_of(plan)
    criteria = {one.name: criterion_said(one, plan) for one in plan.event.criteria}
    decided = Table(
        name="decisions",
        title=TITLE,
        columns=DECISION_COLUMNS,
        rows=rows_from(
            plan.decisions,
            lambda one: (
                one.participant_id,
                names[one.participant_id],
                benefit_title(plan, one.benefit),
                outcome_beside(one, beyond),
                one.amount,
                payers(plan, one),
                _verdicts(one),
            ),
        ),
        landscape=True,
    )
    ruled = tuple((one, ruling) for one in plan.decisions for ruling in one.rulings)

    def verdict_row(pair: tuple[Decision, Ruling]) -> Row:
        one, ruling = pair
        return (
            one.participant_id,
            names[one.participant_id],
            benefit_title(plan, one.benefit),
            criteria.get(ruling.rule, ruling.title) if ruling.plugin == "event" else ruling.title,
            ruling.rule,
            ruling.plugin,
            ruling.version or None,
            label_of(ruling.verdict.effect),
            _reason(ruling),
        )

    verdicts = Table(
        name="verdicts",
        title=VERDICTS_TITLE,
        columns=VERDICT_COLUMNS,
        rows=rows_from(ruled, verdict_row),
        landscape=True,
    )
    return Report(
        name="summary",
        title=TITLE,
        audience=Audience.ASSOCIATION,
        tables=(decided, verdicts),
        heading=heading(plan.event),
    )


def _reason(ruling: Ruling) -> Message:
    return Message(ruling.verdict.reason, ruling.verdict.values)


def _verdicts(decision: Decision) -> Message | None:
    """All verdicts of a decision, one a line."""
    lines = [
        Message(VERDICT, {"effect": label_of(ruling.verdict.effect), "reason": _reason(ruling)})
        for ruling in decision.rulings
    ]
    return joined(lines, "\n") if lines else None


SUMMARY = Export(name="summary", title=TITLE, audience=Audience.ASSOCIATION, compose=summary)
