"""Files of people: read whole; written whole or not at all, readable by their owner only."""

import os
from contextlib import suppress
from pathlib import Path

from eventops.errors import NotUsable


def file_bytes(file: Path) -> bytes:
    """What a person's table holds. Errors: NotUsable."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotUsable("There is no file {file}", file=str(file)) from error
    except IsADirectoryError as error:
        raise NotUsable("{file} is a folder; give a .xlsx or .csv file", file=str(file)) from error
    except OSError as error:
        raise NotUsable("{file} cannot be read ({error})", file=str(file), error=error.strerror or "") from error


def save_file(file: Path, data: bytes) -> None:
    """Writes the file in one step. Errors: NotUsable when the folder does not exist or cannot be written."""
    if file.is_dir():
        raise NotUsable("{file} is a folder; give the name of a file in it", file=str(file))
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    except PermissionError as error:
        _remove(partial)
        raise NotUsable(
            "{file} cannot be written; close it if it is open in another program, or choose another place",
            file=str(file),
        ) from error
    except OSError as error:
        _remove(partial)
        raise NotUsable("{file} cannot be written ({error})", file=str(file), error=error.strerror or "") from error


def _remove(partial: Path) -> None:
    # Where nothing may be written, nothing can be removed either.
    with suppress(OSError):
        partial.unlink(missing_ok=True)
