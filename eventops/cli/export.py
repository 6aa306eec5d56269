"""export list, and export NAME: one command per file somebody waits for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Command, Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import LANGUAGES, Shell, pass_shell
from eventops.domain.reporting.reports import Audience
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.reporting.sent_files import SentFile

AUDIENCES = {
    Audience.HOTEL: Text("the hotel"),
    Audience.CATERER: Text("the caterer"),
    Audience.SPONSOR: Text("a sponsor"),
    Audience.DOOR: Text("the door"),
    Audience.DRIVER: Text("the drivers"),
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


class Languages(click.ParamType):  # type: ignore[type-arg]
    """One language, or several between commas."""

    name = "languages"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        one = click.Choice(LANGUAGES)
        parts = [part.strip() for part in str(value).split(",")]
        languages = tuple(dict.fromkeys(one.convert(part, param, ctx) for part in parts))
        return languages


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--lang", "languages"],
            type=Languages(),
            metavar="LANG[,LANG]",
            help="ar, fr or en; several between commas give a file each, or one file with --side-by-side or -o.",
        ),
        click.Option(["--side-by-side"], is_flag=True, help="Every language (or those of --lang) in one file."),
        click.Option(
            ["--format", "format_name"], default=None, help="xlsx, csv, json or html; else by the file's ending."
        ),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The file to write; exports/NAME.LANG.FORMAT of the workspace when not given.",
        ),
        click.Option(["--for", "for_id"], default="", help="The sponsor, association, meal or session it is for."),
        click.Option(
            ["--hxl"], is_flag=True, help="Put a row of HXL tags under the headings; sums and notes are left out."
        ),
        click.Option(
            ["--template"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Fill this workbook (.xlsx) instead of making one; its formats stay.",
        ),
        click.Option(
            ["--include", "included"],
            multiple=True,
            metavar="FIELD",
            help="Show a fact this audience does not usually see, in this file only; needs --reason.",
        ),
        click.Option(["--reason"], default="", metavar="TEXT", help="Why; it is kept with the file's hash."),
        click.Option(
            ["--encrypt"], is_flag=True, help="Protect the workbook by a password, asked for or in EVENTOPS_PASSWORD."
        ),
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


@export.command("history", cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@pass_shell
def sent_files(shell: Shell, file: Path | None) -> None:
    """Every file that left, for whom and with which hash; with FILE, when and for whom that one was made."""
    from hashlib import sha256

    import msgspec

    from eventops.application.sent_files import load_sent_files
    from eventops.cli.files import file_bytes

    sent = load_sent_files(shell.reading)
    if file is not None:
        digest = sha256(file_bytes(file)).hexdigest()
        sent = tuple(one for one in sent if one.sha256 == digest)
        if not sent:
            raise NotUsable("{file} is no file that left this workspace, or it was changed since", file=str(file))
    headings = [shell.say(one) for one in ("No.", "When", "Who", "File", "For", "Opened", "Reason", "Hash")]
    rows = [
        (
            one.id,
            f"{one.at:%Y-%m-%d %H:%M}",
            one.actor,
            one.file,
            one.for_id or shell.say(AUDIENCES[Audience(one.audience)]),
            ", ".join(one.included),
            one.reason,
            one.sha256[:12],
        )
        for one in sent
    ]
    shell.show([msgspec.to_builtins(one) for one in sent], table_lines(headings, rows))


@export.command("all", cls=Command)
@click.option("--for", "for_whom", default="", help="hotel, caterer, door, association, sponsor or public; or an id.")
@click.option("--lang", "languages", type=Languages(), metavar="LANG[,LANG]", help="As of any export.")
@click.option("--side-by-side", is_flag=True, help="Every language (or those of --lang) in one file.")
@click.option("--hxl", is_flag=True, help="Put a row of HXL tags under the headings; sums and notes are left out.")
@pass_shell
def export_all(shell: Shell, for_whom: str, languages: tuple[str, ...] | None, side_by_side: bool, hxl: bool) -> None:
    """Write every file at once, or every file for one audience, sponsor or association."""
    from eventops.cli.export_files import Order, usual_format, write_files

    sponsors = {one.id: one.language for one in shell.event.sponsors}
    orders = [
        Order(
            name=name,
            languages=spoken,
            format_name=usual_format(shell, name),
            for_id=for_id,
            hxl=hxl,
        )
        for name, for_id, sponsor in wanted_files(shell, for_whom)
        for spoken in _spoken(languages, side_by_side, sponsors.get(sponsor, shell.event.language))
    ]
    _show_written(shell, write_files(shell, orders))


def wanted_files(shell: Shell, for_whom: str) -> list[tuple[str, str, str]]:
    """The exports for somebody as (name, --for, sponsor). Errors: NotUsable when nothing is for them."""
    sponsors = [one.id for one in shell.event.sponsors]
    associations = [one.id for one in shell.event.associations]
    audiences = [one.value for one in Audience]
    if for_whom and for_whom not in (*audiences, *sponsors, *associations):
        raise NotUsable(
            "No file is for “{id}”; there are {names}",
            id=for_whom,
            names=", ".join((*audiences, *sponsors, *associations)),
        )
    wanted: list[tuple[str, str, str]] = []
    for one in shell.registry.of("eventops_exports"):
        audience = one.value.audience
        if audience is Audience.SPONSOR:
            payers = [one.value.sponsor] if one.value.sponsor else sponsors
            named = [payer for payer in payers if for_whom in ("", audience.value, payer)]
            wanted += [(one.name, "" if one.value.sponsor else payer, payer) for payer in named]
        elif for_whom in ("", audience.value):
            wanted.append((one.name, "", ""))
        elif audience is Audience.ASSOCIATION and for_whom in associations:
            wanted.append((one.name, for_whom, ""))
    return wanted


def _spoken(languages: tuple[str, ...] | None, together: bool, usual: str) -> list[tuple[str, ...]]:
    """The languages of each file: all in one when they stand together, else a file for each."""
    if together:
        return [languages or tuple(sorted(LANGUAGES, key=lambda one: one != usual))]
    return [(one,) for one in languages or (usual,)]


def _write(
    shell: Shell,
    name: str,
    languages: tuple[str, ...] | None,
    side_by_side: bool,
    format_name: str | None,
    output: Path | None,
    for_id: str,
    included: tuple[str, ...],
    reason: str,
    hxl: bool,
    template: Path | None,
    encrypt: bool,
) -> None:
    from eventops.cli.export_files import Order, usual_format, write_files

    if format_name is None:
        ending = output.suffix.lstrip(".").lower() if output is not None else ""
        format_name = ending or ("xlsx" if template is not None else usual_format(shell, name))
    usual = shell.event.language
    export = shell.registry.named("eventops_exports", name, Text("export")).value
    spoken = {one.id: one.language for one in shell.event.sponsors} if export.audience is Audience.SPONSOR else {}
    payers = [(for_id, spoken.get(for_id, usual))]
    if export.audience is Audience.SPONSOR and not (export.sponsor or for_id or output):
        # One file a sponsor, each in its own language.
        payers = [(one.id, one.language) for one in shell.event.sponsors] or payers
    # One file is named for all of them, so they share it.
    together = side_by_side or (output is not None and languages is not None)
    orders = [
        Order(
            name=name,
            languages=one,
            format_name=format_name,
            output=output,
            for_id=payer,
            included=included,
            reason=reason,
            hxl=hxl,
            template=template,
            encrypt=encrypt,
        )
        for payer, own in payers
        for one in _spoken(languages, together, own)
    ]
    _show_written(shell, write_files(shell, orders))


def _show_written(shell: Shell, written: "list[tuple[Path, SentFile]]") -> None:
    """What was written: an object for one file, a list of them for several."""
    views = [
        {
            "name": sent.export,
            "file": str(file),
            "language": ",".join(sent.languages),
            "format": sent.format,
        }
        for file, sent in written
    ]
    lines = [shell.say("Wrote {file}.", file=str(file)) for file, _ in written]
    shell.show(views[0] if len(views) == 1 else views, lines)
