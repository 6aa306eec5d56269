"""The history of what left the workspace, and the secret behind the pseudonyms in it."""

from collections.abc import Callable

import msgspec

from eventops.domain.reporting.sent_files import SentFile, next_id
from eventops.errors import StoreUnavailable
from eventops.extension.ports import Change, Documents

EXPORT = "export"
WORKSPACE = "workspace"
SECRET = "secret"
SECRET_BYTES = 32


def put_sent_file(change: Change, file: SentFile) -> SentFile:
    """Keeps a file among those that left, under the next free id, which comes back."""
    kept = msgspec.structs.replace(file, id=next_id(sum(1 for _ in change.all(EXPORT))))
    change.put(EXPORT, kept.id, msgspec.to_builtins(kept))
    return kept


def load_sent_files(documents: Documents) -> tuple[SentFile, ...]:
    """Every file that left, oldest first. Errors: StoreUnavailable."""
    every = tuple(documents.all(EXPORT))
    try:
        return msgspec.convert(every, tuple[SentFile, ...])
    except (msgspec.ValidationError, ValueError) as error:
        raise StoreUnavailable(
            "The store holds a note of a file that left which this eventops does not understand ({error}); update it",
            error=str(error),
        ) from error


def load_secret(documents: Documents) -> bytes:
    """The secret of the workspace, b'' while there is none. Errors: StoreUnavailable when it is damaged."""
    document = documents.get(WORKSPACE, SECRET)
    if document is None:
        return b""
    try:
        return bytes.fromhex(document["hex"])
    except (KeyError, TypeError, ValueError) as error:
        raise StoreUnavailable(
            "The secret of this workspace is damaged, so pseudonyms would change; restore an older generation"
        ) from error


def put_secret(change: Change, random_bytes: Callable[[int], bytes]) -> bytes:
    """The secret of the workspace; a new one is kept when there is none."""
    known = load_secret(change)
    if known:
        return known
    secret = random_bytes(SECRET_BYTES)
    change.put(WORKSPACE, SECRET, {"hex": secret.hex()})
    return secret
