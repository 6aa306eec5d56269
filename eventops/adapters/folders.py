"""What kind of folder a workspace lies in: one that a program synchronises, one on another computer, or a plain one."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from eventops.domain.findings import Finding, Severity
from eventops.domain.texts import Text

# Names of folders their programs make; a part of the path that is one of them, or begins with it.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
}
_MARKERS = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".sync_journal.db": "Nextcloud"}
_VARIABLES = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afpfs", "afs", "webdav", "davfs", "9p"),
        *("fuse.davfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.ceph", "fuse.vmhgfs-fuse"),
        *("glusterfs", "ceph", "lustre", "gpfs", "vboxsf", "vmhgfs", "prl_fs", "drvfs"),
    )
)


def synced_by(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The program that synchronises the folder, as far as its name or its neighbours tell; '' when none does."""
    whole = folder.absolute()
    for variable, name in _VARIABLES.items():
        place = environment.get(variable)
        if place and whole.is_relative_to(place):
            return name
    for part in whole.parts:
        words = part.casefold()
        for sign, name in _SYNCED.items():
            if words == sign or words.startswith((f"{sign} ", f"{sign}-", f"{sign}.")):
                return name
    for parent in (whole, *whole.parents):
        for marker, name in _MARKERS.items():
            if (parent / marker).exists():
                return name
    return ""


def shared_by_network(path: Path) -> str:
    """The kind of network file system a path lies on (nfs4, cifs …); '' on a disk of this computer, or when the
    system does not tell."""
    if sys.platform == "win32":
        return _windows_share(path)
    try:
        if sys.platform == "darwin":
            mounts = _macos_mounts()
        else:
            mounts = linux_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return ""
    kind = kind_of_mount(Path(os.path.realpath(path)), mounts)
    return kind if kind in _NETWORK else ""


def linux_mounts(mountinfo: str) -> dict[str, str]:
    """The type of the file system at each mount point; the last mounted at one point is the one seen."""
    mounts: dict[str, str] = {}
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4 and after:
            mounts[_unescaped(fields[4])] = after.split(" ")[0]
    return mounts


def _unescaped(name: str) -> str:
    for octal, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(octal, letter)
    return name


def macos_mounts(said: str) -> dict[str, str]:
    """The same from what `mount` says: //user@host/share on /Volumes/share (smbfs, nodev …)."""
    mounts: dict[str, str] = {}
    for line in said.splitlines():
        _, found, rest = line.partition(" on ")
        point, found_kind, kind = rest.rpartition(" (")
        if found and found_kind:
            mounts[point] = kind.split(",")[0].rstrip(")")
    return mounts


def _macos_mounts() -> dict[str, str]:
    import subprocess

    return macos_mounts(subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout)


def kind_of_mount(path: PurePath, mounts: Mapping[str, str]) -> str:
    """The type of the file system a path lies on."""
    points: Iterable[str] = (point for point in mounts if path.is_relative_to(point))
    nearest = max(points, key=len, default="")
    return mounts.get(nearest, "")


def _windows_share(path: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(os.path.abspath(path))[0]
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4:
            return "smb"
    return ""


def read_folder_findings(folder: Path) -> tuple[Finding, ...]:
    """Warnings about the place of a workspace."""
    return (*synced_findings(folder), *network_findings(folder))


def synced_findings(folder: Path) -> tuple[Finding, ...]:
    """A warning when a program synchronises the folder."""
    program = synced_by(folder)
    if not program:
        return ()
    message = Text(
        "The workspace {folder} lies in a folder that {program} synchronises: two computers may save at once, and "
        "people's data leave this one. Move it to a plain folder."
    )
    return (_warning("folder-synced", message, folder=str(folder.absolute()), program=program),)


def network_findings(folder: Path) -> tuple[Finding, ...]:
    """A warning when the folder is on another computer."""
    kind = shared_by_network(folder)
    if not kind:
        return ()
    message = Text(
        "The workspace {folder} lies on a network folder ({kind}), where locks may not hold: let one person work in it "
        "at a time, or move to a store for teams."
    )
    return (_warning("folder-on-network", message, folder=str(folder.absolute()), kind=kind),)


def _warning(code: str, message: Text, **values: object) -> Finding:
    return Finding(severity=Severity.WARNING, code=code, message=message, values=values)
