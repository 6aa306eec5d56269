"""What `doctor` asks, and in which order: first what is stored, and the plan only when that can be read."""

from time import time
from typing import TYPE_CHECKING

import msgspec

from eventops.cli.shell import Shell
from eventops.errors import StoreUnavailable

if TYPE_CHECKING:
    from eventops.domain.findings import Finding
    from eventops.extension.registry import Registry


def findings_of(shell: Shell, *, deep: bool = False) -> "tuple[Finding, ...]":
    """Everything wrong or doubtful in the workspace. Errors: those of opening the store."""
    from eventops.adapters.workspace_checks import WorkspaceFiles, file_findings
    from eventops.application.doctor import checked_facts, checked_plan
    from eventops.application.workspace_facts import load_facts

    facts = load_facts(shell.reading, _registry(shell))
    files = WorkspaceFiles(
        folder=shell.folder,
        store_url=shell.store_url,
        people=len(facts.people),
        sent_hashes=frozenset(one.sha256 for one in facts.sent),
        now=time(),
    )
    findings = (*checked_facts(facts), *file_findings(files))
    if deep:
        scheme = shell.store_scheme(shell.store_url)
        findings += tuple(scheme.check(shell.store_url)) if scheme.check is not None else ()
    if facts.event is None or facts.unread:
        return findings  # nothing can be planned; the findings say why
    return (*findings, *checked_plan(shell.registry, shell.plan))


def _registry(shell: Shell) -> "Registry":
    """The plugins of the event, or none when the event cannot be read."""
    from eventops.application.facts import EVENT_ID

    try:
        return shell.registry if shell.documents.get("event", EVENT_ID) is not None else shell.registry_with(set())
    except (StoreUnavailable, msgspec.ValidationError):
        return shell.registry_with(set())
