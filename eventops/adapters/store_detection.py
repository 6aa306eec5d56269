"""Stores that lie in a folder or below it, in use or not: a copy that was left behind still knows everybody."""

from pathlib import Path

from eventops.adapters.sqlite_files import APPLICATION
from eventops.adapters.store_file import FORMAT
from eventops.adapters.traces import files_in


def read_store_urls(folder: Path, *, but: Path | None = None) -> tuple[str, ...]:
    """The URLs of the stores in a folder, readable or damaged; not the earlier generations beside them.

    `but` is a store known already: it is not looked into, because it may be open (see `check_ours` of SQLite's files).
    """
    found: list[str] = []
    for file in files_in(folder):
        known = but is not None and belongs_to(file.absolute(), but)
        if not known and file.parent.name != "generations" and not file.name.startswith("."):
            scheme = _scheme_of(file)
            if scheme:
                found.append(f"{scheme}:{file.absolute()}")
    return tuple(found)


def belongs_to(file: Path, store: Path) -> bool:
    """Whether a file is a store, or is kept by it beside it or among its generations."""
    if file.parent == store.parent:
        name = store.name
        return file.name == name or file.name.startswith((f"{name}.", f"{name}-", f".{name}."))
    return file.parent == store.parent / "generations" and file.name.lstrip(".").startswith(f"{store.stem}-")


def _scheme_of(file: Path) -> str:
    if file.suffix in (".damaged", ".lock") or file.name.endswith(("-wal", "-shm", "-journal")):
        return ""
    try:
        with file.open("rb") as stream:
            first = stream.read(200)
    except OSError:
        return ""
    if FORMAT.encode() in first.partition(b"\n")[0] and first.startswith(b"{"):
        return "tinydb"
    ours = first.startswith(b"SQLite format 3\0") and first[68:72] == APPLICATION.to_bytes(4, "big")
    return "sqlite" if ours else ""
