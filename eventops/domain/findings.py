"""Findings: what a person should look at, with its source. Data problems are values, not exceptions."""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.texts import Message, Text

_NAMED = 3
_AND_MORE = Text("{people} and {count} more")


class Severity(Enum):
    """How much a finding asks of a person."""

    INFORMATION = "information"
    WARNING = "warning"
    QUESTION = "question"
    ERROR = "error"


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a finding or a fact comes from, in the words the person sees (Excel's rows and columns)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    participant: str = ""
    place: str = ""
    plugin: str = ""
    hook: str = ""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to look at. `code` is stable and machine-readable (town-unresolved)."""

    severity: Severity
    code: str
    message: Text
    values: dict[str, object] = {}
    source: Source = Source()


def by_town(findings: Iterable[Finding]) -> list[Finding]:
    """The findings for reading: what is open about one town is said once, of all who wrote it."""
    groups: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        facts = frozenset((name, str(value)) for name, value in one.values.items() if name != "person")
        of_town = "person" in one.values and "town" in one.values
        groups.setdefault((one.severity, one.message, facts) if of_town else number, []).append(one)
    return [_of_everybody(group) for group in groups.values()]


def _of_everybody(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    people = tuple(one.values["person"] for one in group)
    named: object = people
    if len(people) > _NAMED + 1:
        named = Message(_AND_MORE, {"people": people[:_NAMED], "count": len(people) - _NAMED})
    return replace(group[0], values={**group[0].values, "person": named})
