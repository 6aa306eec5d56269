"""The doctor: everything that can be checked of a workspace, as findings."""

from collections.abc import Iterable

from eventops.domain.event_checks import problems
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.keeping.ground_invariants import GROUND_INVARIANTS
from eventops.domain.keeping.invariants import STORE_INVARIANTS, WorkspaceFacts, broken
from eventops.domain.keeping.people_invariants import PEOPLE_INVARIANTS
from eventops.domain.plan import Plan
from eventops.domain.texts import Text
from eventops.errors import PluginFailed
from eventops.extension.registry import Registry

INVARIANTS = (*STORE_INVARIANTS, *PEOPLE_INVARIANTS, *GROUND_INVARIANTS)


def checked_facts(facts: WorkspaceFacts) -> tuple[Finding, ...]:
    """What is wrong or doubtful with the facts as they are stored: the store, people, decisions by hand, the event."""
    findings = tuple(broken(facts, INVARIANTS))
    return findings if facts.event is None else (*findings, *problems(facts.event))


def checked_plan(registry: Registry, plan: Plan) -> tuple[Finding, ...]:
    """What is wrong or doubtful with what follows from them, in the order: plugins, plan, each plugin's own checks."""
    findings: list[Finding] = []
    findings += registry.findings
    findings += plan.findings
    for check in registry.of("eventops_checks"):
        try:
            findings += _findings_of(check.value.run(plan))
        except Exception as error:  # a plugin's code: whatever it raises is its own, and is reported with its name
            findings.append(
                Finding(
                    severity=Severity.ERROR,
                    code="check-failed",
                    message=Text("The check {check} of the plugin {plugin} failed ({error})"),
                    values={"check": check.name, "plugin": check.plugin, "error": _what(error)},
                    source=Source(plugin=check.plugin, hook="eventops_checks"),
                )
            )
    known = set(map(id, plan.findings))
    findings += [one for one in registry.guard.findings if id(one) not in known]
    return tuple(findings)


def _findings_of(answer: object) -> tuple[Finding, ...]:
    """What a check gave. Errors: TypeError for anything but findings."""
    given = tuple(answer) if isinstance(answer, Iterable) else (answer,)
    wrong = next((one for one in given if not isinstance(one, Finding)), None)
    if wrong is not None:
        raise TypeError(f"{type(wrong).__name__} where findings are expected")
    return given


def _what(error: Exception) -> str:
    return error.what if isinstance(error, PluginFailed) else type(error).__name__
