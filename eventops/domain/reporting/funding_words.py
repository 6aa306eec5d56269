"""The marks under a ceiling in words: whom the money reaches, and what would have to change for the others."""

from collections.abc import Container

from eventops.domain.deciding.selections import Funding, unreached
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import OUTCOME_LABELS, label_of
from eventops.domain.rules import Decision, Outcome
from eventops.domain.texts import Message, Text

REACHED = Text(
    "the money of {line} reaches them, number {position} of {selection}: {reason}",
    fr="le budget {line} suffit, n° {position} selon {selection} : {reason}",
    ar="يكفي اعتماد {line}، الرتبة {position} حسب {selection}: {reason}",
)
NOT_REACHED = Text(
    "eligible, not funded: the money of {line} ends before number {position} of {selection} ({reason}); "
    "number {in_line} of those who wait, funded with {needed} more",
    fr="éligible, non financé : le budget {line} s’arrête avant le n° {position} selon {selection} ({reason}) ; "
    "n° {in_line} de la liste d’attente, financé avec {needed} de plus",
    ar="مستوف للشروط دون تمويل: ينتهي اعتماد {line} قبل الرتبة {position} حسب {selection} ({reason})؛ "
    "الرتبة {in_line} في لائحة الانتظار، ويتطلب التمويل إضافة {needed}",
)


def mark_said(mark: Funding) -> Message:
    """Whether the money reaches somebody, why they stand where they stand, and what is lacking."""
    values: dict[str, object] = {
        "line": mark.line,
        "position": mark.position,
        "selection": mark.selection,
        "reason": Message(mark.reason, mark.values),
        "in_line": mark.in_line,
        "needed": mark.needed if mark.needed is not None else "-",
    }
    return Message(REACHED if mark.reached else NOT_REACHED, values)


def marks_of(plan: Plan) -> dict[tuple[str, str], Funding]:
    """The marks of a plan by person and benefit."""
    return {(one.participant_id, one.benefit): one for one in plan.funding}


def beyond_of(plan: Plan) -> frozenset[tuple[str, str]]:
    """Person and benefit of those who are eligible and not funded."""
    return unreached(plan.funding)


BY_HAND = Text(
    "{outcome} (by hand; the rules: {rules})",
    fr="{outcome} (décision d’une personne ; les règles : {rules})",
    ar="{outcome} (بقرار شخصي؛ القواعد: {rules})",
)


def outcome_beside(decision: Decision, beyond: Container[tuple[str, str]]) -> Text | Message:
    """What an outcome is called, and beside a decision by hand what the rules say where they say something else."""
    said = outcome_said(decision, beyond)
    if decision.rules_say is None or decision.rules_say is decision.outcome:
        return said
    return Message(BY_HAND, {"outcome": said, "rules": label_of(decision.rules_say)})


def outcome_said(decision: Decision, beyond: Container[tuple[str, str]]) -> Text:
    """What an outcome is called: eligible, not funded beyond a ceiling."""
    if decision.outcome is Outcome.GRANTED and (decision.participant_id, decision.benefit) in beyond:
        return OUTCOME_LABELS["not_funded"]
    return label_of(decision.outcome)
