"""TinyDB's file storage without its losses, for plugins that keep facts of their own in a TinyDB.

    db = TinyDB(folder / "calls.json", storage=SafeStorage)

It takes what tinydb.JSONStorage takes. But the file is never written in place: a new one is forced to the disk and
takes its name in one step, so that a kill, a Ctrl-C or a full disk leave the old state or the new one. Text is UTF-8
unless another encoding is asked for. What another process saved since this one read is never overwritten.
"""

import json
import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from tinydb import Storage

from eventops.adapters.file_lock import lock_held
from eventops.adapters.staging import plain
from eventops.adapters.store_file import FileMark, read_file, remove_leftovers, replace_file
from eventops.errors import StoreUnavailable

_MODES = ("r", "rb", "r+", "rb+")
_WAIT_SECONDS = 30


class SafeStorage(Storage):
    """A JSON file, written whole or not at all. `options` are those of json.dumps (indent, sort_keys …)."""

    def __init__(
        self,
        path: str | Path,
        create_dirs: bool = False,
        encoding: str | None = None,
        access_mode: str = "r+",
        **options: Any,
    ) -> None:
        super().__init__()
        if access_mode not in _MODES:
            warnings.warn(
                "Using an `access_mode` other than 'r', 'rb', 'r+' or 'rb+' empties the file when it is opened",
                stacklevel=2,
            )
        # A change takes the file's name for a new file: through a symbolic link that would replace the link.
        self._path = Path(path).resolve()
        self._encoding = encoding
        self._mode = access_mode
        self._options = options
        self._read: FileMark | None = None
        # No file stays open between two calls: Windows would refuse to replace it. This only tells that the storage was
        # closed, under the name by which TinyDB's own storage does.
        self._handle = BytesIO()
        if self._writable:
            if create_dirs:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if "w" in access_mode else 0)
            os.close(os.open(self._path, flags, 0o600))
        elif not self._path.exists():
            raise FileNotFoundError(2, os.strerror(2), str(path))

    @property
    def _writable(self) -> bool:
        return any(letter in self._mode for letter in "+wa")

    def close(self) -> None:
        self._handle.close()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """What the file holds, None when it is empty. Errors: OSError; json.JSONDecodeError when it is damaged."""
        self._check_open()
        data, self._read = read_file(self._path)
        return self._decoded(data) if data else None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Puts a new file in the place of the old one.

        Errors: OSError when opened for reading; TypeError, ValueError for what JSON would alter; StoreUnavailable when
        another process holds the file or has changed it since it was read, or the disk fails.
        """
        self._check_open()
        if not self._writable:
            raise OSError(f'Cannot write to the database. Access mode is "{self._mode}"')
        encoded = self._encoded(data)
        with lock_held(self._path, f"process {os.getpid()}", _WAIT_SECONDS):
            remove_leftovers(self._path)
            if self._read is not None and read_file(self._path)[1] != self._read:
                raise StoreUnavailable(
                    "The file {path} was changed by another program since it was read; nothing was written. Try again.",
                    path=str(self._path),
                )
            replace_file(self._path, encoded)
            self._read = read_file(self._path)[1]

    def _check_open(self) -> None:
        if self._handle.closed:
            raise ValueError("this storage was closed; open the database again")

    def _decoded(self, data: bytes) -> dict[str, dict[str, Any]]:
        if self._encoding is not None:
            loaded: dict[str, dict[str, Any]] = json.loads(data.decode(self._encoding))
            return loaded
        try:
            return msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise json.JSONDecodeError(f"{self._path} is damaged: {error}", "", 0) from error

    def _encoded(self, data: dict[str, dict[str, Any]]) -> bytes:
        tables = plain({str(name): _with_texts(table) for name, table in data.items()})
        if self._options or self._encoding is not None:
            return json.dumps(tables, **self._options).encode(self._encoding or "utf-8")
        return msgspec.json.encode(tables)


def _with_texts(table: Any) -> Any:
    """A table with its ids as texts, as JSON has them."""
    return {str(id): document for id, document in table.items()} if isinstance(table, dict) else table
