"""A cache in a folder of the workspace; deleting the folder loses nothing."""

import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct


class FileCache(Struct, frozen=True):
    """Files of a folder, written whole or not at all."""

    folder: Path

    def load(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None  # absent or unreadable: it is derived again

    def save(self, name: str, data: bytes) -> None:
        with suppress(OSError):  # a full disk or a read-only folder costs only the time to derive it again
            self.folder.mkdir(mode=0o700, exist_ok=True)
            partial = self.folder / f"{name}.{os.getpid()}.part"
            partial.touch(mode=0o600)
            partial.write_bytes(data)
            partial.replace(self.folder / name)
