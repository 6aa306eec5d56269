"""Findings: what a person should look at, with its source. Data problems are values, not exceptions."""

from enum import Enum

from msgspec import Struct

from eventops.domain.texts import Text


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
