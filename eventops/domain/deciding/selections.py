"""Selections: who comes first when a ceiling binds. They decide nothing: a mark on what is granted says whether the
money of its budget line reaches it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from eventops.domain.event import Event, SettingValue
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.money import Money
from eventops.domain.rules import Candidate, Decision, Facts, fixed_event
from eventops.domain.texts import Text
from eventops.errors import PluginFailed

FAILED = Text(
    "The selection {selection} of the plugin {plugin} failed ({error}); nobody is marked under the ceiling of {line}"
)
UNFIT = Text(
    "The selection {selection} of the plugin {plugin} did not put each of the {count} people in its order once; "
    "nobody is marked under the ceiling of {line}"
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
    """Whether the money of the budget reaches somebody. `position` counts from 1 in the order of the selection; after
    the first whom the money does not reach nobody is reached. `line` is the last one that pays, or that is used up.
    Who is eligible and not funded has a place `in_line` from 1 and `needed`, what the lines lack to reach them and all
    before them."""

    participant_id: str
    benefit: str
    line: str
    selection: str
    position: int
    reached: bool
    reason: Text
    values: dict[str, object] = {}
    amount: Money | None = None
    in_line: int = 0
    needed: Money | None = None


def unreached(marks: Iterable[Funding]) -> frozenset[tuple[str, str]]:
    """Person and benefit of those who are eligible and whom the money does not reach."""
    return frozenset((one.participant_id, one.benefit) for one in marks if not one.reached)


def order_of(
    active: ActiveSelection, contenders: tuple[Contender, ...], ceiling: Money, event: Event, line: str
) -> tuple[tuple[Ranked, ...] | None, Finding | None]:
    """The order a selection puts the contenders in, or the finding that says why there is none."""
    about: dict[str, object] = {"selection": active.name, "plugin": active.plugin, "line": line}
    source = Source(plugin=active.plugin, hook="eventops_selections")
    facts = Facts(event=fixed_event(event), settings=MappingProxyType(dict(active.settings)))
    try:
        order = tuple(active.selection.choose(contenders, ceiling, facts))
    except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
        what = error.what if isinstance(error, PluginFailed) else type(error).__name__
        values = {**about, "error": what}
        return None, Finding(
            severity=Severity.ERROR, code="selection-failed", message=FAILED, values=values, source=source
        )
    ids = [one.participant_id for one in order if isinstance(one, Ranked) and isinstance(one.reason, Text)]
    if sorted(ids) != sorted(one.candidate.participant.id for one in contenders):
        values = {**about, "count": len(contenders)}
        return None, Finding(
            severity=Severity.ERROR, code="selection-failed", message=UNFIT, values=values, source=source
        )
    return order, None
