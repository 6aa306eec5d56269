"""Files that left: what was written for whom, with the hash by which a file found later is known again."""

from datetime import datetime

from msgspec import Struct


class SentFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file that was written. `sha256` is that of its bytes as they left; `included` are facts that were opened for
    this file alone, `reason` why; `generation` the state of the store it was made from."""

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


def next_id(files: int) -> str:
    """The id of the file after that many: F0001."""
    return f"F{files + 1:04d}"
