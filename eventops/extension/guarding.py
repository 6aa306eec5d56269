"""The guard around every call into a plugin: what it raises, prints or changes stays with it, and names it.

Contained here, in this process: any exception (also the end of the program), recursion, output and its closing, and
changes to the mappings a call was given. Not containable here: endless loops, memory, crashes, `os._exit` and replaced
functions; for those a plugin runs in a process of its own (see `isolation`).
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import msgspec

from eventops.domain.deciding.groups import GroupRule
from eventops.domain.deciding.reading import forced, true_of
from eventops.domain.enrolling.forms import ColumnMap
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.reporting.reports import Report
from eventops.domain.texts import Text
from eventops.errors import EventopsError, PluginFailed
from eventops.extension.watching import Outputs, Watch, digest_of, is_due

Maps = Callable[..., Iterable[dict[Any, Any]]]

PRINTED = Text("The plugin {plugin} printed in {hook} ({name}): “{text}”; what a plugin prints is not shown")
CLOSED = Text("The plugin {plugin} closed the output in {hook} ({name}); it was kept open")
CHANGED = "it changed what it was given"
FORCED = "it changed by force what it was given"
# Longer output says no more about where it comes from.
_HEARD_LENGTH = 200


class Mark(Protocol):
    """Bytes that can be set: in memory, or in a file that outlives a crash."""

    def __setitem__(self, index: int, value: int, /) -> None: ...


class _Heard(io.TextIOBase):
    """Stands for the output while a plugin runs, and remembers what was done to it."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.was_closed = False
        self.touched = False

    def write(self, text: str) -> int:
        self.touched = True
        if len(self.parts) < _HEARD_LENGTH:
            self.parts.append(str(text)[:_HEARD_LENGTH])
        return len(text)

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """Only remembered: others still need the output."""
        self.touched = self.was_closed = True

    def forget(self) -> tuple[str, bool]:
        """What was written and whether it was closed; nothing of it is left."""
        found = "".join(self.parts).strip()[:_HEARD_LENGTH], self.was_closed
        self.parts, self.was_closed, self.touched = [], False, False
        return found


class Guard:
    """Watches the calls of one run. Byte 0 of `mark` tells which call is under way, 0 is none; `announce` hears the
    plugin, hook and name of each call before its number is used."""

    def __init__(self, mark: Mark | None = None, announce: Callable[[str, str, str], None] | None = None) -> None:
        self._mark: Mark = bytearray(1) if mark is None else mark
        self._announce = announce
        self._heard = _Heard()
        self._watch = Watch()
        self._outputs = Outputs()
        self._findings: dict[tuple[str, str, str, str], Finding] = {}
        self._entries: list[tuple[str, str, str]] = []

    @property
    def entries(self) -> tuple[tuple[str, str, str], ...]:
        """Plugin, hook and name of each call, by the number `mark` shows, counted from 1."""
        return tuple(self._entries)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What plugins did that is not theirs to do, in the order of their names."""
        return tuple(self._findings[key] for key in sorted(self._findings))

    def note(self, finding: Finding) -> None:
        """Keeps one finding for each plugin, hook, name and code."""
        name = str(finding.values.get("name", ""))
        self._findings.setdefault((finding.source.plugin, finding.source.hook, name, finding.code), finding)

    def guarded(
        self, function: Callable[..., Any], plugin: str, hook: str, name: str, maps: Maps | None = None
    ) -> Callable[..., Any]:
        """The function of a plugin, guarded. `maps` gives the mappings among its arguments that it could change.

        The result raises PluginFailed for whatever the function raises, but lets through Ctrl-C and what a plugin
        says to people (EventopsError).
        """
        number = self._number(plugin, hook, name)
        mark, heard, outputs = self._mark, self._heard, self._outputs
        calls, spoiled = 0, False

        def call(*arguments: Any) -> Any:
            nonlocal calls, spoiled
            calls += 1
            given = [(one, dict(one)) for one in maps(*arguments)] if maps is not None else ()
            before = digest_of(*arguments) if maps is not None and is_due(calls) else b""
            out, err = sys.stdout, sys.stderr
            mark[0] = number
            sys.stdout = sys.stderr = heard
            try:
                answer = function(*arguments)
            except (KeyboardInterrupt, EventopsError):
                raise
            except BaseException as error:  # also the end of the program: it is the plugin's, not ours
                raise failed(plugin, hook, name, error) from error
            finally:
                sys.stdout, sys.stderr = out, err
                mark[0] = 0
                if outputs.reopened():
                    heard.touched = heard.was_closed = True
                if heard.touched:
                    self._note_output(plugin, hook, name)
                changed = self._undone(given) if given else False
            if changed:
                raise PluginFailed.of(plugin, hook, name, CHANGED)
            if spoiled or (before and digest_of(*arguments) != before):
                spoiled = True
                raise PluginFailed.of(plugin, hook, name, FORCED)
            return answer

        return call

    def guarded_check(self, function: Callable[..., Any], plugin: str, hook: str, name: str) -> Callable[..., Any]:
        """The same for a rule's check, which is called for everybody: nothing but what it needs."""
        number = self._number(plugin, hook, name)
        mark, heard, streams, watch, outputs = self._mark, self._heard, sys, self._watch, self._outputs
        calls, spoiled = 0, False

        def call(candidate: Any, facts: Any) -> Any:
            nonlocal calls, spoiled
            calls += 1
            true = true_of(candidate)
            watch.seen(true, facts)
            digest = digest_of(true, facts) if is_due(calls) else b""
            fields = true.participant.fields
            before = fields.copy() if fields else None
            out, err = streams.stdout, streams.stderr
            mark[0] = number
            streams.stdout = streams.stderr = heard
            try:
                answer = function(candidate, facts)
            except (KeyboardInterrupt, PluginFailed):
                raise
            except BaseException as error:  # also the end of the program: it is the plugin's, not ours
                self._undone([(fields, before or {})])
                watch.restored()
                forced(candidate)
                raise failed(plugin, hook, name, error) from error
            finally:
                streams.stdout, streams.stderr = out, err
                mark[0] = 0
                if outputs.reopened():
                    heard.touched = heard.was_closed = True
                if heard.touched:
                    self._note_output(plugin, hook, name)
            changed = (fields or before) and self._undone([(fields, before or {})])
            if forced(candidate) | watch.restored():  # both put back what they find
                raise PluginFailed.of(plugin, hook, name, FORCED)
            if spoiled or (digest and digest_of(true, facts) != digest):
                spoiled = True  # what lies deeper cannot be put back: whatever it says from here on is not taken
                raise PluginFailed.of(plugin, hook, name, FORCED)
            if changed:
                raise PluginFailed.of(plugin, hook, name, CHANGED)
            return answer

        return call

    def _number(self, plugin: str, hook: str, name: str) -> int:
        """The number of a call in the mark: one byte, so that the 255th stands for all that follow."""
        entry = (plugin, hook, name)
        if entry not in self._entries:
            self._entries.append(entry)
            if self._announce is not None:
                self._announce(*entry)
        return min(self._entries.index(entry) + 1, 255)

    def _note_output(self, plugin: str, hook: str, name: str) -> None:
        text, closed = self._heard.forget()
        values: dict[str, object] = {"plugin": plugin, "hook": hook, "name": name}
        source = Source(plugin=plugin, hook=hook)
        if text:
            self.note(
                Finding(
                    severity=Severity.WARNING,
                    code="plugin-printed",
                    message=PRINTED,
                    values={**values, "text": text},
                    source=source,
                )
            )
        if closed:
            self.note(
                Finding(severity=Severity.WARNING, code="plugin-closed", message=CLOSED, values=values, source=source)
            )

    @staticmethod
    def _undone(given: Iterable[tuple[dict[Any, Any], dict[Any, Any]]]) -> bool:
        """Whether a mapping was changed; it is put back as it was."""
        changed = False
        for now, before in given:
            if now != before:
                now.clear()
                now.update(before)
                changed = True
        return changed


def failed(plugin: str, hook: str, name: str, error: BaseException) -> PluginFailed:
    """The error that says which call of which plugin raised what."""
    return PluginFailed.of(plugin, hook, name, type(error).__name__, repr(error))


def guarded_value(guard: Guard, plugin: str, hook: str, value: Any) -> Any:
    """A value a plugin declared, with the function it carries guarded."""
    attribute = CALLS.get(hook)
    if attribute is None or isinstance(value, ColumnMap):
        return value
    if isinstance(value, GroupRule):
        check = guard.guarded(value.check, plugin, hook, value.name, _members)
        group = guard.guarded(value.group, plugin, hook, value.name, _person)
        return msgspec.structs.replace(value, check=check, group=group)
    maps = MAPS.get(hook)
    if hook == "eventops_rules" and getattr(value, "needs", None):
        maps = _person_and_decisions
    function = getattr(value, attribute)
    if hook in ITERATED:
        function = _whole(function)
    elif hook == "eventops_exports":
        function = _settled(function)
    if maps is _person:
        function = guard.guarded_check(function, plugin, hook, value.name)
    else:
        function = guard.guarded(function, plugin, hook, value.name, maps)
    return msgspec.structs.replace(value, **{attribute: function})


def _whole(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its generator run to its end: what fails half way fails inside the guard."""

    def call(*arguments: Any) -> Any:
        answer = function(*arguments)
        return tuple(answer) if isinstance(answer, Iterator) else answer

    return call


def _settled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, the rows of its report all made: what fails at the last of them fails inside the guard."""

    def call(*arguments: Any) -> Any:
        report = function(*arguments)
        if not isinstance(report, Report):
            return report  # whoever asked says so
        tables = tuple(msgspec.structs.replace(table, rows=tuple(map(tuple, table.rows))) for table in report.tables)
        return msgspec.structs.replace(report, tables=tables)

    return call


def _person(candidate: Any, facts: Any) -> Iterable[dict[Any, Any]]:
    return (candidate.participant.fields,)


def _person_and_decisions(candidate: Any, facts: Any) -> Iterable[dict[Any, Any]]:
    yield candidate.participant.fields
    for decision in facts.decisions.values():
        for ruling in decision.rulings:
            yield ruling.verdict.values


def _members(group: Any, facts: Any) -> Iterable[dict[Any, Any]]:
    return (one.participant.fields for one in group.members)


def _contenders(contenders: Any, ceiling: Any, facts: Any) -> Iterable[dict[Any, Any]]:
    for one in contenders:
        yield one.candidate.participant.fields
        for ruling in one.decision.rulings:
            yield ruling.verdict.values


def _traveller(unit: Any, candidate: Any, facts: Any) -> Iterable[dict[Any, Any]]:
    return (candidate.participant.fields,)


def maps_of_plan(plan: Any, *others: Any) -> Iterable[dict[Any, Any]]:
    """Every mapping a plan holds."""
    yield from (plan.settings, plan.event.settings, plan.event.tariffs)
    counts = plan.statistics
    yield from (counts.gender, counts.age, counts.category, counts.region, counts.region_names)
    for candidate in plan.candidates:
        yield candidate.participant.fields
    for decision in plan.decisions:
        for ruling in decision.rulings:
            yield ruling.verdict.values
        for line in decision.lines:
            yield line.values
    for service in plan.meals:
        yield service.diets
    for finding in plan.findings:
        yield finding.values


# The function each value carries.
CALLS = {
    "eventops_rules": "check",
    "eventops_tariffs": "price",
    "eventops_selections": "choose",
    "eventops_exports": "compose",
    "eventops_checks": "run",
    "eventops_readers": "parse",
    "eventops_writers": "render",
    "eventops_metrics": "distance_km",
    "eventops_gazetteers": "load",
    "eventops_erasures": "erase",
}
ITERATED = frozenset(("eventops_tariffs", "eventops_selections", "eventops_checks", "eventops_readers"))
MAPS: dict[str, Maps] = {
    "eventops_rules": _person,
    "eventops_tariffs": _traveller,
    "eventops_selections": _contenders,
    "eventops_exports": maps_of_plan,
    "eventops_checks": maps_of_plan,
}
