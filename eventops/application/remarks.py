"""What is said of a cell that was read."""

from msgspec import Struct

from eventops.domain.findings import Severity
from eventops.domain.texts import Text


class Remark(Struct, frozen=True, kw_only=True):
    """A value that was read together with something to say of it."""

    value: object
    code: str
    message: Text
    severity: Severity = Severity.WARNING
    values: dict[str, object] = {}
