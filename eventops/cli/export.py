"""export list, and export NAME: one command per file somebody waits for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.render import table_lines
from eventops.cli.shell import LANGUAGES, Command, Nouns, Shell, pass_shell
from eventops.domain.reports import Audience
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.reports import Options

AUDIENCES = {
    Audience.HOTEL: Text("the hotel"),
    Audience.CATERER: Text("the caterer"),
    Audience.SPONSOR: Text("a sponsor"),
    Audience.DOOR: Text("the door"),
    Audience.ASSOCIATION: Text("an association"),
    Audience.PUBLIC: Text("the public"),
}


class Exports(Nouns):
    """`list`, and every other word as the name of an export."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = super().get_command(ctx, cmd_name)
        return known or Command(
            cmd_name,
            callback=click.pass_context(lambda ctx, **options: _write(ctx.ensure_object(Shell), cmd_name, **options)),
            params=_options(),
            help="Write this export to a file.",
        )


def _options() -> list[click.Parameter]:
    return [
        click.Option(["--lang", "language"], type=click.Choice(LANGUAGES), help="Language of the file."),
        click.Option(["--format", "format_name"], default=None, help="xlsx, csv or json; else by the file's ending."),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The file to write; exports/NAME.LANG.FORMAT of the workspace when not given.",
        ),
        click.Option(["--for", "for_id"], default="", help="The sponsor, association, meal or session it is for."),
    ]


@click.group(cls=Exports)
def export() -> None:
    """Write a file for the hotel, the caterer, a sponsor …; `export list` names them."""


@export.command("list")
@pass_shell
def list_exports(shell: Shell) -> None:
    """Every export the event's plugins offer."""
    from eventops.application.export import formats_of

    exports = shell.registry.of("eventops_exports")
    view = [
        {
            "name": one.name,
            "title": shell.say(one.value.title),
            "audience": one.value.audience.value,
            "formats": list(formats_of(one, shell.registry)),
            "plugin": one.plugin,
        }
        for one in exports
    ]
    headings = [shell.say(one) for one in ("Name", "Title", "For", "Formats")]
    rows = [
        (one.name, shell.say(one.value.title), shell.say(AUDIENCES[one.value.audience]), ", ".join(formats))
        for one, formats in ((one, formats_of(one, shell.registry)) for one in exports)
    ]
    shell.show(view, table_lines(headings, rows))


def _write(
    shell: Shell, name: str, language: str | None, format_name: str | None, output: Path | None, for_id: str
) -> None:
    from eventops.domain.reports import Options

    language = language or shell.event.language
    if format_name is None:
        ending = output.suffix.lstrip(".").lower() if output is not None else ""
        format_name = ending or usual_format(shell, name)
    file = write_export(shell, name, Options(language=language, for_id=for_id), format_name, output)
    shell.show(
        {"name": name, "file": str(file), "language": language, "format": format_name},
        [shell.say("Wrote {file}.", file=str(file))],
    )


def usual_format(shell: Shell, name: str) -> str:
    """The first of the formats an export names, else a workbook."""
    formats: tuple[str, ...] = shell.registry.named("eventops_exports", name, "export").value.formats
    return formats[0] if formats else "xlsx"


def write_export(shell: Shell, name: str, options: "Options", format_name: str, output: Path | None) -> Path:
    """Writes one export and gives the file's path. Errors: NotUsable, PluginBroken."""
    from eventops.application.export import exported
    from eventops.cli.files import save_file

    made = exported(shell.plan, shell.registry, name, options, format_name, shell.file_wordings)
    file = output
    if file is None:
        folder = shell.folder / "exports"
        folder.mkdir(mode=0o700, exist_ok=True)
        suffix = made.suffix if made.suffix.startswith(".") else f".{made.suffix}"
        file = folder / f"{made.name}.{options.language}{suffix}"
    elif not file.parent.is_dir():
        raise NotUsable("There is no folder {folder}; make it first", folder=str(file.parent))
    save_file(file, made.data)
    return file
