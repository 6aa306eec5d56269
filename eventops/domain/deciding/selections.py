"""Selections: who comes first when a ceiling binds. They decide nothing: a mark on what is granted says whether the
money of its budget line reaches it.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from eventops.domain.event import BudgetLine, Event, SettingValue
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.money import Money, total
from eventops.domain.rules import Candidate, Decision, Facts, Outcome, fixed_event
from eventops.domain.texts import Text
from eventops.errors import PluginFailed

FAILED = Text(
    "The selection {selection} of the plugin {plugin} failed ({error}); nobody is marked under the ceiling of {line}"
)
UNFIT = Text(
    "The selection {selection} of the plugin {plugin} did not put each of the {count} people in its order once; "
    "nobody is marked under the ceiling of {line}"
)
BEYOND = Text(
    "{line} holds {ceiling} and {planned} is granted: by {selection} it reaches {reached} of {count} people; "
    "beyond it are {people}"
)


class Contender(Struct, frozen=True, kw_only=True):
    """Somebody who is granted a benefit, and what it costs."""

    candidate: Candidate
    decision: Decision
    amount: Money


class Ranked(Struct, frozen=True, kw_only=True):
    """A place in the order: who, and why there. `values` fill the placeholders of `reason`."""

    participant_id: str
    reason: Text
    values: dict[str, object] = {}


Choose = Callable[[tuple[Contender, ...], Money, Facts], Sequence[Ranked]]


class Selection(Struct, frozen=True, kw_only=True):
    """Puts all contenders for one budget line into an order, the first one first. It sees the ceiling, and ranks
    everybody once. `benefit` is '' where it fits any."""

    name: str
    benefit: str
    title: Text
    choose: Choose
    source: str = ""


class ActiveSelection(Struct, frozen=True, kw_only=True):
    """A selection in force for a benefit of an event, under its qualified name, with the settings it sees."""

    name: str
    selection: Selection
    plugin: str
    version: str
    settings: Mapping[str, SettingValue] = {}


class Funding(Struct, frozen=True, kw_only=True):
    """Whether a budget line whose ceiling binds reaches somebody. `position` counts from 1 in the order of the
    selection; after the first whom the money does not reach nobody is reached."""

    participant_id: str
    benefit: str
    line: str
    selection: str
    position: int
    reached: bool
    reason: Text
    values: dict[str, object] = {}


def funding_of(
    event: Event,
    selections: Mapping[str, ActiveSelection],
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
) -> tuple[tuple[Funding, ...], tuple[Finding, ...]]:
    """The marks under every ceiling that binds, line by line, and what a person should look at."""
    marks: list[Funding] = []
    findings: list[Finding] = []
    by_id = {one.participant.id: one for one in candidates}
    for line in event.budget:
        active = selections.get(line.benefit)
        if active is None:
            continue
        contenders = tuple(_contenders(line, by_id, decisions))
        planned = total((one.amount for one in contenders), event.currency)
        if line.ceiling.currency != event.currency or planned.amount <= line.ceiling.amount:
            continue
        mine, finding = _marked(line, active, contenders, event)
        marks += mine
        findings.append(finding)
    return tuple(marks), tuple(findings)


def _contenders(line: BudgetLine, people: Mapping[str, Candidate], decisions: Sequence[Decision]) -> list[Contender]:
    """Those whose benefit this line pays, in enrolment order."""
    return [
        Contender(candidate=people[one.participant_id], decision=one, amount=one.amount)
        for one in decisions
        if one.benefit == line.benefit
        and one.outcome is Outcome.GRANTED
        and one.amount is not None
        and one.grant is not None
        and one.grant.payer == line.sponsor
    ]


def _marked(
    line: BudgetLine, active: ActiveSelection, contenders: tuple[Contender, ...], event: Event
) -> tuple[list[Funding], Finding]:
    about: dict[str, object] = {"selection": active.name, "plugin": active.plugin, "line": line.id}
    source = Source(plugin=active.plugin, hook="eventops_selections")
    facts = Facts(event=fixed_event(event), settings=MappingProxyType(dict(active.settings)))
    try:
        order = tuple(active.selection.choose(contenders, line.ceiling, facts))
    except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
        what = error.what if isinstance(error, PluginFailed) else type(error).__name__
        values = {**about, "error": what}
        return [], Finding(
            severity=Severity.ERROR, code="selection-failed", message=FAILED, values=values, source=source
        )
    ids = [one.participant_id for one in order if isinstance(one, Ranked) and isinstance(one.reason, Text)]
    if sorted(ids) != sorted(one.candidate.participant.id for one in contenders):
        values = {**about, "count": len(contenders)}
        return [], Finding(
            severity=Severity.ERROR, code="selection-failed", message=UNFIT, values=values, source=source
        )
    marks = _in_order(line, active, contenders, order)
    beyond = [one.participant_id for one in marks if not one.reached]
    values = {
        "line": line.title,
        "ceiling": line.ceiling,
        "planned": total((one.amount for one in contenders), event.currency),
        "selection": active.selection.title,
        "reached": len(marks) - len(beyond),
        "count": len(marks),
        "people": ", ".join(beyond),
    }
    return marks, Finding(severity=Severity.WARNING, code="budget-beyond", message=BEYOND, values=values)


def _in_order(
    line: BudgetLine, active: ActiveSelection, contenders: Sequence[Contender], order: Sequence[Ranked]
) -> list[Funding]:
    amounts = {one.candidate.participant.id: one.amount for one in contenders}
    left, binds = line.ceiling.amount, False
    marks: list[Funding] = []
    for position, one in enumerate(order, 1):
        cost = amounts[one.participant_id].amount
        binds = binds or cost > left
        left -= 0 if binds else cost
        marks.append(
            Funding(
                participant_id=one.participant_id,
                benefit=line.benefit,
                line=line.id,
                selection=active.name,
                position=position,
                reached=not binds,
                reason=one.reason,
                values=one.values,
            )
        )
    return marks
