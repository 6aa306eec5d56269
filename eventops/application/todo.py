"""What to do next: every open question of the plan with the command that settles it."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from eventops.domain.findings import Finding, Severity
from eventops.domain.plan import Plan
from eventops.domain.rules import Outcome
from eventops.domain.texts import Text


class Task(Struct, frozen=True, kw_only=True):
    """One open thing and the command line that closes it."""

    code: str
    message: Text
    values: dict[str, object]
    command: str


COMMANDS = {
    "town-unresolved": "eventops participant set {participant} --town TEXT",
    "town-uncertain": "eventops place review",
    "consent-missing": "eventops participant set {participant} --consent-attend yes",
    "minor": "eventops participant show {participant}",
    "budget-exceeded": "eventops whatif --set NAME=VALUE",
    "meals-not-funded": "eventops plan funding",
    "budget-missing": "eventops event show",
    "tariff-missing": "eventops event show",
    "rate-missing": "eventops event show",
    "rule-failed": "eventops plugin list",
    "tariff-failed": "eventops plugin list",
    "seats-undrawn": "eventops seat lottery draw --seed NUMBER",
    "seats-to-offer": "eventops seat offer --next {count}",
    "offer-lapsed": "eventops seat decline {participant}",
    "seat-promised": "eventops seat list; eventops seat cancel {participant}",
    "delegates-missing": "eventops seat delegates {id} --add PERSON",
    "delegates-unbalanced": "eventops seat delegates {id} --replace OLD NEW",
}


def open_tasks(plan: Plan) -> tuple[Task, ...]:
    """Findings that ask for something, then decisions referred to a person, in the order of the plan."""
    unknown = Counter(one.values.get("town") for one in plan.findings if one.code == "town-unresolved")
    tasks = [
        Task(
            code=finding.code,
            message=finding.message,
            values=finding.values,
            command=_command(finding, unknown),
        )
        for finding in plan.findings
        if finding.severity is not Severity.INFORMATION
    ]
    tasks.extend(
        Task(
            code="decision-referred",
            message=Text("{person}: {benefit} waits for a person's decision"),
            values={"person": one.participant_id, "benefit": one.benefit},
            command=f"eventops why {one.participant_id}; "
            f"eventops override add {one.participant_id} {one.benefit} granted --reason TEXT",
        )
        for one in plan.decisions
        if one.outcome is Outcome.REFERRED
    )
    return tuple(tasks)


def _command(finding: Finding, unknown: Mapping[object, int]) -> str:
    """What closes a finding. A town that several people wrote, and nobody knows, is settled for all by one pin."""
    town = finding.values.get("town")
    if finding.code == "town-unresolved" and town and unknown[town] > 1:
        return COMMANDS["town-uncertain"]
    command = COMMANDS.get(finding.code, "eventops doctor")
    return command.format(**{**finding.values, "participant": finding.source.participant})
