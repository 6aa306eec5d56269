"""Plugin files a person trusts, by the hash of their content, kept with the person and not in the workspace: a folder
somebody sent cannot bring its own trust along.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from eventops.errors import NotUsable

FILE = "trusted-plugins.json"


class TrustedFile(Struct, frozen=True, kw_only=True):
    """A content that was trusted: its SHA-256, the file it stood in, and the day."""

    sha256: str
    file: str
    on: str


def config_folder(environment: Mapping[str, str]) -> Path:
    """Where a person's own choices are kept: EVENTOPS_CONFIG, else the system's usual folder."""
    chosen = environment.get("EVENTOPS_CONFIG")
    if chosen:
        return Path(chosen)
    if os.name == "nt" and environment.get("APPDATA"):
        return Path(environment["APPDATA"]) / "eventops"
    home = environment.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "eventops"


def load_trusted(folder: Path) -> tuple[TrustedFile, ...]:
    """Every trusted file. Errors: NotUsable when the list is damaged: then nothing is trusted."""
    file = folder / FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[TrustedFile, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise NotUsable(
            "The list of trusted plugins {file} cannot be read ({error}); remove it and trust them again",
            file=str(file),
            error=str(error),
        ) from error


def save_trusted(folder: Path, trusted: Sequence[TrustedFile]) -> None:
    """Keeps the list, readable by its owner only. Errors: NotUsable."""
    file = folder / FILE
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(msgspec.json.format(msgspec.json.encode(tuple(trusted)), indent=2) + b"\n")
        part.chmod(0o600)
        part.replace(file)
    except OSError as error:
        raise NotUsable("{file} cannot be written ({error})", file=str(file), error=error.strerror or "") from error


def sha256_of(file: Path) -> str:
    """The hash of a file's content. Errors: NotUsable."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise NotUsable("{file} cannot be read ({error})", file=str(file), error=error.strerror or "") from error
