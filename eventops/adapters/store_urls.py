"""Which store a workspace has: the file `store.url` in its folder names it; without one it is `eventops.json`.

A URL is `SCHEME:FILE` for a file (relative to the folder) and `SCHEME://…` for a server.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from eventops.errors import NotUsable

URL_FILE = "store.url"
DEFAULT_URL = "tinydb:eventops.json"
_SCHEME = re.compile(r"[a-z][a-z0-9+-]+", re.IGNORECASE)


def read_store_url(folder: Path) -> str:
    """The URL the folder names, its file made absolute. Errors: NotUsable when `store.url` says none."""
    named = folder / URL_FILE
    try:
        lines = named.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        return absolute(DEFAULT_URL, folder)
    except (OSError, UnicodeDecodeError) as error:
        raise NotUsable("{file} cannot be read ({error})", file=str(named), error=str(error)) from error
    said = [line.strip() for line in lines if line.strip()]
    if len(said) != 1:
        raise NotUsable(
            "{file} should hold one line, the URL of the store, such as {example}; it holds {count} lines",
            file=str(named),
            example="sqlite:eventops.db",
            count=len(said),
        )
    return absolute(said[0], folder)


def save_store_url(folder: Path, url: str) -> None:
    """Names the store of a folder; readable by the owner only, for it may hold a password. Errors: NotUsable."""
    named = folder / URL_FILE
    partial = folder / f".{URL_FILE}.{os.getpid()}.part"
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(url + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(named)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise NotUsable("{file} cannot be written ({error})", file=str(named), error=error.strerror or "") from error


def scheme_of(url: str) -> str:
    """The scheme in small letters. Errors: NotUsable for what is no URL of a store."""
    scheme, colon, rest = url.partition(":")
    if not colon or not rest or not _SCHEME.fullmatch(scheme):
        raise NotUsable(
            "“{url}” names no store; write {file_example} or {server_example}",
            url=without_password(url),
            file_example="sqlite:eventops.db",
            server_example="postgresql://user@host/database",
        )
    return scheme.lower()


def file_of(url: str) -> Path | None:
    """The file a URL names, None for a server."""
    scheme_of(url)
    rest = url.partition(":")[2]
    return None if rest.startswith("//") else Path(rest)


def absolute(url: str, folder: Path) -> str:
    """The URL with its file seen from the folder. Errors: NotUsable."""
    file = file_of(url)
    return url if file is None else f"{scheme_of(url)}:{folder.absolute() / file}"


def relative(url: str, folder: Path) -> str:
    """The URL as it is written into the folder, which may be moved with its file."""
    file = file_of(url)
    if file is not None and file.is_absolute() and file.is_relative_to(folder.absolute()):
        return f"{scheme_of(url)}:{file.relative_to(folder.absolute()).as_posix()}"
    return url


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    shown = re.sub(r"(//[^/@:]*):[^/]*@", r"\1:…@", url)
    return re.sub(r"([?&](?:password|sslpassword)=)[^&#]*", r"\1…", shown)
