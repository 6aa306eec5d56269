"""Files that left: what was written for whom, with the hash by which a file found later is known again."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from eventops.domain.reporting.people_named import in_ranges


class SentFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file that was written. `sha256` is that of its bytes as they left; `included` are facts that were opened for
    this file alone, `reason` why; `generation` the state of the store it was made from. `people` are the ids of whom
    the file tells, as ranges; None where that was not noted: of files without names in which everybody counts, and of
    very long ones.
    """

    id: str
    export: str
    file: str
    sha256: str
    languages: tuple[str, ...]
    format: str
    audience: str
    for_id: str = ""
    included: tuple[str, ...] = ()
    reason: str = ""
    encrypted: bool = False
    actor: str
    at: datetime
    generation: int
    people: tuple[str, ...] | None = None

    def may_tell_of(self, ids: Iterable[str]) -> bool | None:
        """Whether the file tells of somebody under one of these ids; None where that was not noted."""
        return None if self.people is None else any(in_ranges(id, self.people) for id in ids)


def next_id(files: int) -> str:
    """The id of the file after that many: F0001."""
    return f"F{files + 1:04d}"
