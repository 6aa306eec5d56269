"""What an import of registrations would do, as values."""

from msgspec import Struct

from eventops.domain.enrolling.column_choice import ColumnRead, IgnoredColumn
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.people import Participant

Shown = str | int | float | bool | None


class RefusedRow(Struct, frozen=True, kw_only=True):
    """A row that was not enrolled, with every reason. `name` as far as it could be read."""

    sheet: str
    row: int
    name: str
    findings: tuple[Finding, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """One fact of a known person that the file says otherwise, as plain values."""

    participant_id: str
    name: str
    field: str
    before: Shown
    after: Shown


class OverrideRequest(Struct, frozen=True, kw_only=True):
    """What a person decided about a benefit in the working list; `outcome` is the value of an Outcome."""

    participant_id: str
    benefit: str
    outcome: str
    reason: str
    source: Source = Source()


class Enrolment(Struct, frozen=True, kw_only=True):
    """What an import would do. `rows` is added + updated + unchanged + refused, unless a question about the whole
    table is open (`unanswered`): then nothing is done. `findings` holds those of the refused rows too, by row.
    `undecided` are the people and benefits whose cells for a decision by hand are there and empty."""

    rows: int
    added: tuple[Participant, ...] = ()
    updated: tuple[Participant, ...] = ()
    unchanged: int = 0
    refused: tuple[RefusedRow, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    ignored: tuple[IgnoredColumn, ...] = ()
    differences: tuple[Difference, ...] = ()
    overrides: tuple[OverrideRequest, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
    header_row: int = 0
    unanswered: bool = False

    @property
    def needs_person(self) -> bool:
        """Whether a row was refused or a question is open."""
        return bool(self.refused) or any(
            finding.severity in (Severity.QUESTION, Severity.ERROR) for finding in self.findings
        )
