"""demo: the whole job on the Casablanca meeting of 2023, in a workspace of its own."""

import shutil
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from eventops.cli.nouns import Command
from eventops.cli.shell import Shell, pass_shell
from eventops.errors import NotUsable

SAMPLE = "casablanca-2023"


@click.command(cls=Command)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="The event without people, to try your own sheet.")
@pass_shell
def demo(shell: Shell, folder: Path | None, empty: bool) -> None:
    """Do the whole job on the meeting of Casablanca, 14 October 2023, in FOLDER (./casablanca-2023)."""
    from eventops.cli.event import read_event_file, save_event
    from eventops.cli.store import named_store
    from eventops.cli.workspace import make_workspace

    where = folder or Path(SAMPLE)
    if where.exists() and not where.is_dir():
        raise NotUsable("{folder} is a file; give the name of a new folder", folder=str(where))
    if where.exists() and any(where.iterdir()):
        raise NotUsable("{folder} exists and is not empty; give another folder", folder=str(where))
    existed = where.exists()
    try:
        # In its own folder, whatever store this computer usually works with.
        shell.given_store = ""
        make_workspace(where, *named_store(shell, "tinydb", where), shell.stamp("demo"))
        copy_sample(where)
        shell.folder = where
        save_event(shell, read_event_file(where / "event.toml"), "demo")
        if empty:
            _say_empty(shell, where)
            return
        _whole_job(shell, where)
    except BaseException:
        # Whatever stopped it, a half-made demo would only be in the way of the next try.
        shutil.rmtree(where, ignore_errors=True)
        if existed:
            where.mkdir(exist_ok=True)
        raise


def copy_sample(folder: Path) -> None:
    """Copies the sample's files into the folder."""
    for file in sample_files():
        (folder / file.name).write_bytes(file.read_bytes())


def sample_files() -> list[Traversable]:
    """What the sample is made of, as installed. Errors: NotUsable when the installation lacks it."""
    folder = files("eventops.samples") / SAMPLE
    if not folder.is_dir():
        raise NotUsable("This installation has no samples; install eventops again with pip")
    wanted = (".toml", ".xlsx", ".md")
    return sorted((one for one in folder.iterdir() if one.name.endswith(wanted)), key=lambda one: one.name)


def _say_empty(shell: Shell, where: Path) -> None:
    shell.show(
        {"workspace": str(where), "participants": 0},
        [
            shell.say("The event stands in {folder}, without people.", folder=str(where)),
            shell.say("Next: eventops -w {folder} participant import YOUR-SHEET.xlsx", folder=str(where)),
        ],
    )


def _whole_job(shell: Shell, where: Path) -> None:
    """Import, plan, export, and the summary."""
    from eventops.application.views import plan_view
    from eventops.cli.participant_import import import_file
    from eventops.cli.place import venue_town
    from eventops.cli.summary import summary_lines

    enrolment = import_file(shell, where / "registrations.xlsx").enrolment
    written = _write_exports(shell)
    if shell.json:
        view = plan_view(shell.plan, shell.wording)
        shell.show({**view, "workspace": str(where), "files": [str(file) for file in written]}, ())
        return
    lines = [shell.say("{count} registrations imported.", count=len(enrolment.added)), ""]
    lines += summary_lines(shell.plan, shell.wording, venue_town(shell))
    lines += ["", click.style(shell.say("Files written"), bold=True)]
    lines += [f"  {file}" for file in written]
    lines += ["", shell.say("Next: eventops -w {folder} why P0001", folder=str(where))]
    shell.show(None, lines)


def _write_exports(shell: Shell) -> list[Path]:
    """Every export of the event, in the event's language (a sponsor's in the sponsor's), as a workbook."""
    from eventops.cli.export import wanted_files
    from eventops.cli.export_files import Order, usual_format, write_files

    languages = {one.id: one.language for one in shell.event.sponsors}
    orders = [
        Order(
            name=name,
            for_id=for_id,
            languages=(languages.get(sponsor, shell.event.language),),
            format_name=usual_format(shell, name),
        )
        for name, for_id, sponsor in wanted_files(shell, "")
    ]
    return [file for file, _ in write_files(shell, orders)]
