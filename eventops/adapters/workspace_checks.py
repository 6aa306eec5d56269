"""What must hold of the files of a workspace; nothing is changed by looking."""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from eventops.adapters.folders import network_findings, synced_findings
from eventops.adapters.store_detection import belongs_to, read_store_urls
from eventops.adapters.store_urls import file_of
from eventops.adapters.traces import files_in
from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Text

# From here on TinyDB takes a tenth of a second for the smallest change, and more for each one more.
MANY_PEOPLE = 10_000
_OLD_SECONDS = 3600
_SPARE_BYTES = 50_000_000


class WorkspaceFiles(Struct, frozen=True, kw_only=True):
    """Where to look: the folder, the URL of its store, how many people it knows, and the hashes of files that left;
    `now` in seconds since 1970."""

    folder: Path
    store_url: str
    people: int = 0
    sent_hashes: frozenset[str] = frozenset()
    now: float = 0


class FileCheck(Struct, frozen=True, kw_only=True):
    """Something that must hold of the files."""

    code: str
    title: Text
    look: Callable[[WorkspaceFiles], Iterable[Finding]]


def file_findings(files: WorkspaceFiles) -> tuple[Finding, ...]:
    """The findings of all checks."""
    return tuple(finding for check in FILE_CHECKS for finding in check.look(files))


def _found(severity: Severity, code: str, message: Text, /, **values: object) -> Finding:
    return Finding(severity=severity, code=code, message=message, values=values)


def _closed(files: WorkspaceFiles) -> Iterator[Finding]:
    """Files others may read, in a folder others may enter."""
    if os.name == "nt" or not stat.S_IMODE(files.folder.stat().st_mode) & 0o055:
        return
    for file in files_in(files.folder):
        if stat.S_IMODE(file.lstat().st_mode) & 0o044 and _holds_people(file, files):
            message = Text("{file} can be read by others on this computer; run chmod 600 on it")
            yield _found(Severity.WARNING, "file-open", message, file=str(file))


def _holds_people(file: Path, files: WorkspaceFiles) -> bool:
    store = file_of(files.store_url)
    if store is not None and belongs_to(file.absolute(), store):
        return not file.name.endswith(".lock")
    inside = file.relative_to(files.folder).parts[0]
    return inside in ("exports", "review", "cache") or file.suffix.lower() in (".xlsx", ".xls", ".csv", ".ods")


def _finished(files: WorkspaceFiles) -> Iterator[Finding]:
    """Unfinished files an hour old: of no command that still runs."""
    for file in files_in(files.folder):
        unfinished = (file.name.startswith(".") and file.suffix in (".tmp", ".part")) or file.suffix == ".part"
        if unfinished and files.now - file.lstat().st_mtime > _OLD_SECONDS:
            message = Text("{file} was left unfinished by a command that was stopped; it may be deleted")
            yield _found(Severity.INFORMATION, "file-unfinished", message, file=str(file))


def _no_damaged_copy(files: WorkspaceFiles) -> Iterator[Finding]:
    for file in files_in(files.folder):
        if file.name.endswith(".damaged"):
            message = Text("{file} is the damaged store that was replaced; delete it when nothing is missed")
            yield _found(Severity.INFORMATION, "store-set-aside", message, file=str(file))


def _one_store(files: WorkspaceFiles) -> Iterator[Finding]:
    for url in read_store_urls(files.folder, but=file_of(files.store_url)):
        message = Text("The workspace also holds the store {store}, which it does not use; it knows people too")
        yield _found(Severity.WARNING, "store-second", message, store=url)


def _not_too_large(files: WorkspaceFiles) -> Iterator[Finding]:
    if files.people >= MANY_PEOPLE and files.store_url.startswith("tinydb:"):
        message = Text(
            "{people} people are many for a store in one file; eventops store copy tinydb sqlite --use makes every "
            "command quick again"
        )
        yield _found(Severity.INFORMATION, "store-large", message, people=files.people)


def _room_left(files: WorkspaceFiles) -> Iterator[Finding]:
    file = file_of(files.store_url)
    size = file.stat().st_size if file is not None and file.exists() else 0
    free = shutil.disk_usage(files.folder).free
    if free < 3 * size + _SPARE_BYTES:
        message = Text("Only {megabytes} MB are free on the disk of the workspace; make room")
        yield _found(Severity.WARNING, "disk-full", message, megabytes=free // 1_000_000)


def _exports_as_sent(files: WorkspaceFiles) -> Iterator[Finding]:
    """Files of the folder of exports that are not as any file that left."""
    folder = files.folder / "exports"
    for file in files_in(folder) if files.sent_hashes else ():
        if not file.name.startswith(".") and sha256(file.read_bytes()).hexdigest() not in files.sent_hashes:
            message = Text("{file} was changed since it was written, or put there by hand")
            yield _found(Severity.INFORMATION, "export-altered", message, file=str(file))


def _plain_folder(files: WorkspaceFiles) -> Iterable[Finding]:
    return synced_findings(files.folder)


def _local_folder(files: WorkspaceFiles) -> Iterable[Finding]:
    return network_findings(files.folder)


FILE_CHECKS = tuple(
    FileCheck(code=code, title=title, look=look)
    for code, title, look in (
        ("file-open", Text("Nobody else on this computer can read files about people"), _closed),
        ("file-unfinished", Text("No stopped command left unfinished files"), _finished),
        ("store-set-aside", Text("No damaged store is kept longer than needed"), _no_damaged_copy),
        ("store-second", Text("The workspace holds one store"), _one_store),
        ("store-large", Text("The kind of store fits the number of people"), _not_too_large),
        ("disk-full", Text("The disk has room for the next changes"), _room_left),
        ("export-altered", Text("The files in exports are as they left"), _exports_as_sent),
        ("folder-synced", Text("No program synchronises the workspace"), _plain_folder),
        ("folder-on-network", Text("The workspace is on a disk of this computer"), _local_folder),
    )
)
