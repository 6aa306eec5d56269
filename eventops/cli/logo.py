"""The picture of the page header: brought into the workspace with the event, read when a file is written."""

from pathlib import Path, PurePosixPath, PureWindowsPath

from eventops.cli.files import file_bytes, save_file
from eventops.domain.reporting.pictures import checked_picture
from eventops.errors import NotUsable


def read_logo(folder: Path, name: str) -> bytes:
    """The picture of that name in the folder, b'' for no name. Errors: NotUsable when it is gone or no picture."""
    return checked_picture(file_bytes(folder / require_inside(name)), name) if name else b""


def bring_logo(name: str, source: Path, workspace: Path) -> None:
    """Copies the picture from beside the event file into the workspace, unless it is there only.

    Errors: NotUsable when it is in neither, or no picture.
    """
    if not name:
        return
    require_inside(name)
    beside, kept = source / name, workspace / name
    if not beside.exists() and kept.exists():
        read_logo(workspace, name)
        return
    data = read_logo(source, name)
    if not kept.exists() or not kept.samefile(beside):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_file(kept, data)


def require_inside(name: str) -> str:
    """The name itself. Errors: NotUsable for one that leads out of its folder."""
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.is_absolute() or path.drive or ".." in path.parts:
            raise NotUsable(
                "The logo {file} lies outside the event’s folder; put it beside the event file and write its name only",
                file=name,
            )
    return name
