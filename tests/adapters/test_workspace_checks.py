import os
import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from eventops.adapters.folders import kind_of_mount, linux_mounts, macos_mounts, shared_by_network, synced_by
from eventops.adapters.sqlite_store import create_store as create_sqlite
from eventops.adapters.tinydb_store import create_store
from eventops.adapters.workspace_checks import FILE_CHECKS, WorkspaceFiles, file_findings

Usage = namedtuple("Usage", "total used free")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


@pytest.fixture
def files(tmp_path: Path) -> WorkspaceFiles:
    folder = tmp_path / "workspace"
    create_store(folder / "eventops.json")
    return WorkspaceFiles(folder=folder, store_url=f"tinydb:{folder / 'eventops.json'}", people=60, now=2_000_000_000)


def left_open(files: WorkspaceFiles) -> WorkspaceFiles:
    files.folder.chmod(0o755)
    (files.folder / "eventops.json").chmod(0o644)
    return files


def with_file(name: str) -> Callable[[WorkspaceFiles], WorkspaceFiles]:
    def broken(files: WorkspaceFiles) -> WorkspaceFiles:
        file = files.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
        os.utime(file, (1_600_000_000, 1_600_000_000))
        return files

    return broken


def with_second_store(files: WorkspaceFiles) -> WorkspaceFiles:
    create_sqlite(files.folder / "old" / "copy.db")
    return files


def moved_to(name: str) -> Callable[[WorkspaceFiles], WorkspaceFiles]:
    def broken(files: WorkspaceFiles) -> WorkspaceFiles:
        folder = files.folder.parent / name / "workspace"
        shutil.copytree(files.folder, folder)
        return replace(files, folder=folder, store_url=f"tinydb:{folder / 'eventops.json'}")

    return broken


def altered_export(files: WorkspaceFiles) -> WorkspaceFiles:
    with_file("exports/hotel.fr.xlsx")(files)
    return replace(files, sent_hashes=frozenset({"0" * 64}))


BROKEN: dict[str, Callable[[WorkspaceFiles], WorkspaceFiles]] = {
    "file-open": left_open,
    "file-unfinished": with_file(".eventops.json.4711.tmp"),
    "store-set-aside": with_file("eventops.json.damaged"),
    "store-second": with_second_store,
    "store-large": lambda files: replace(files, people=10_000),
    "disk-full": lambda files: files,
    "export-altered": altered_export,
    "folder-synced": moved_to("OneDrive - Ministry"),
    "folder-on-network": lambda files: files,
}


def test_a_sound_workspace_has_no_finding(files: WorkspaceFiles) -> None:
    assert file_findings(files) == ()


@POSIX
@pytest.mark.parametrize("check", FILE_CHECKS, ids=lambda one: one.code)
def test_each_check_speaks_when_it_is_broken_and_only_it(
    files: WorkspaceFiles, check, monkeypatch: pytest.MonkeyPatch
) -> None:
    if check.code == "disk-full":
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**9, 10**9 - 10**6, 10**6))
    if check.code == "folder-on-network":
        monkeypatch.setattr("eventops.adapters.folders.shared_by_network", lambda folder: "nfs4")
    findings = file_findings(BROKEN[check.code](files))
    assert [finding.code for finding in findings] == [check.code]
    assert findings[0].message.en.format(**findings[0].values)


def test_every_check_is_broken_by_a_test() -> None:
    assert BROKEN.keys() == {check.code for check in FILE_CHECKS}


@POSIX
def test_an_open_file_in_a_closed_folder_is_seen_by_nobody(files: WorkspaceFiles) -> None:
    left_open(files).folder.chmod(0o700)
    assert file_findings(files) == ()


def test_large_events_in_sqlite_are_at_home(files: WorkspaceFiles) -> None:
    create_sqlite(files.folder / "eventops.db")
    (files.folder / "eventops.json").unlink()
    large = replace(files, people=1_000_000, store_url=f"sqlite:{files.folder / 'eventops.db'}")
    assert file_findings(large) == ()


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/amina/OneDrive/casa", "OneDrive"),
        ("/Users/amina/OneDrive - Ministère/casa", "OneDrive"),
        ("/home/amina/Dropbox (Personal)/casa", "Dropbox"),
        ("/Users/amina/Library/CloudStorage/GoogleDrive-amina@example.org/My Drive/casa", "Google Drive"),
        ("/Users/amina/Library/Mobile Documents/com~apple~CloudDocs/casa", "iCloud"),
        ("/home/amina/Nextcloud/casa", "Nextcloud"),
        ("/home/amina/onedriver notes/casa", ""),
        ("/home/amina/dropboxes/casa", ""),
    ],
)
def test_folders_that_programs_synchronise_are_known_by_their_names(folder: str, program: str) -> None:
    assert synced_by(Path(folder), {}) == program


def test_a_synchronised_folder_of_another_name_is_known_by_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    one_drive = {"OneDrive": str(tmp_path / "plain")}
    assert (synced_by(tmp_path / "shared" / "casa", {}), synced_by(tmp_path / "plain" / "casa", {})) == (
        "Syncthing",
        "",
    )
    assert synced_by(tmp_path / "plain" / "casa", one_drive) == "OneDrive"


def test_network_folders_are_known_by_the_mount_they_lie_on() -> None:
    linux = linux_mounts(
        "24 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
        "36 24 0:31 / /mnt/team\\040files rw shared:1 - nfs4 server:/export rw\n"
        "37 36 8:2 / /mnt/team\\040files/local rw - ext4 /dev/sdb1 rw\n"
        "38 24 0:32 / /media/nas rw - cifs //nas/share rw\n"
    )
    macos = macos_mounts(
        "/dev/disk3s1s1 on / (apfs, sealed, local)\n//amina@nas/share on /Volumes/share (smbfs, nodev, nosuid)\n"
    )
    kinds = [
        kind_of_mount(Path(path), mounts)
        for path, mounts in (
            ("/home/amina/casa", linux),
            ("/mnt/team files/casa", linux),
            ("/mnt/team files/local/casa", linux),
            ("/media/nas/casa", linux),
            ("/Volumes/share/casa", macos),
            ("/Users/amina", macos),
        )
    ]
    assert kinds == ["ext4", "nfs4", "ext4", "cifs", "smbfs", "apfs"]


def test_this_disk_is_no_network(tmp_path: Path) -> None:
    assert shared_by_network(tmp_path) == ""
