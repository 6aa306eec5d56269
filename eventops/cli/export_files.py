"""Writing files that leave the workspace: made, hardened, saved, and noted in the history of what left."""

import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from eventops.domain.texts import Text
from eventops.errors import NotUsable, WrongUsage

if TYPE_CHECKING:
    from eventops.application.export import Exported
    from eventops.cli.shell import Shell
    from eventops.domain.plan import Plan
    from eventops.domain.reporting.reports import Report, Row, Writer
    from eventops.domain.reporting.sent_files import SentFile

PASSWORD_VARIABLE = "EVENTOPS_PASSWORD"
LONG_ROWS = 20_000
STEP = 500  # rows between two looks at the bar


class Order(Struct, frozen=True, kw_only=True):
    """A file somebody asked for. Several `languages` stand side by side; without an `output` the file goes into the
    workspace's exports folder under its own name."""

    name: str
    languages: tuple[str, ...]
    format_name: str
    output: Path | None = None
    for_id: str = ""
    included: tuple[str, ...] = ()
    reason: str = ""
    hxl: bool = False
    template: Path | None = None
    encrypt: bool = False


def write_files(shell: "Shell", orders: Sequence[Order]) -> "list[tuple[Path, SentFile]]":
    """Writes the files and notes each in the history of what left; those written before an error are noted too.

    Errors: NotUsable, PluginBroken, WrongUsage.
    """
    for order in orders:
        if order.included and not order.reason.strip():
            raise WrongUsage("--include opens more than this audience usually sees; say why with --reason TEXT")
    password = _asked_password(shell) if any(order.encrypt for order in orders) else ""
    secret = _secret(shell, orders)
    written: list[tuple[Path, SentFile]] = []
    try:
        with _progress(shell, orders) as bar:
            written.extend(_write(shell, order, secret, password) for order in bar)
    finally:
        written = _noted(shell, written)
    return written


def usual_format(shell: "Shell", name: str) -> str:
    """The first of the formats an export names, else a workbook."""
    formats: tuple[str, ...] = shell.registry.named("eventops_exports", name, Text("export")).value.formats
    return formats[0] if formats else "xlsx"


def _write(shell: "Shell", order: Order, secret: bytes, password: str) -> "tuple[Path, SentFile]":
    from eventops.application.export import Manner, exported
    from eventops.cli.files import save_file
    from eventops.cli.logo import read_logo
    from eventops.domain.keeping.history import facts_head_of
    from eventops.domain.reporting.people_named import ranges_of
    from eventops.domain.reporting.reports import Options
    from eventops.domain.reporting.sent_files import SentFile

    if order.output is not None and not order.output.absolute().parent.is_dir():
        raise NotUsable("There is no folder {folder}; make it first", folder=str(order.output.parent))
    manner = Manner(
        side_by_side=order.languages if len(order.languages) > 1 else (),
        hxl=order.hxl,
        logo=read_logo(shell.folder, shell.event.logo),
        secret=secret,
        writer=_writer(shell, order),
        history=facts_head_of(shell.reading.history()),
    )
    options = Options(language=order.languages[0], for_id=order.for_id, included=order.included)
    plan = _plan_for(shell, order.name)
    made = exported(plan, shell.registry, order.name, options, order.format_name, shell.file_wordings, manner)
    if made.left_out:
        shell.note(
            "{format} holds one table; left out: {tables}. Write xlsx, json or html to have them all.",
            format=order.format_name,
            tables=", ".join(made.left_out),
        )
    data = _encrypted(made, password) if order.encrypt else made.data
    file = order.output or _file_in_workspace(shell, made, order)
    save_file(file, data)
    stamp = shell.stamp("export")
    return file, SentFile(
        id="",
        export=made.name,
        file=file.name,
        sha256=sha256(data).hexdigest(),
        languages=order.languages,
        format=order.format_name,
        audience=made.audience.value,
        for_id=order.for_id or made.sponsor,
        included=order.included,
        reason=order.reason.strip(),
        encrypted=order.encrypt,
        actor=stamp.actor,
        at=stamp.at,
        generation=shell.reading.generation,
        people=None if made.people is None else ranges_of(made.people),
    )


def _plan_for(shell: "Shell", export: str) -> "Plan":
    """The plan; for a sponsor's file with what was settled of the money."""
    from eventops.application.settling import with_settled
    from eventops.domain.reporting.reports import Audience

    audience = shell.registry.named("eventops_exports", export, Text("export")).value.audience
    return with_settled(shell.plan, shell.documents) if audience is Audience.SPONSOR else shell.plan


def _file_in_workspace(shell: "Shell", made: "Exported", order: Order) -> Path:
    folder = shell.folder / "exports"
    folder.mkdir(mode=0o700, exist_ok=True)
    suffix = made.suffix if made.suffix.startswith(".") else f".{made.suffix}"
    for_whom = f".{order.for_id}" if order.for_id else ""
    return folder / f"{made.name}{for_whom}.{'-'.join(order.languages)}{suffix}"


def _writer(shell: "Shell", order: Order) -> "Writer":
    """What writes the file: into the template, or in the format; with a bar on the terminal when it takes a while."""
    from eventops.application.export import writer_of

    if order.template is not None:
        writer = _template_writer(order.template, order.format_name)
    else:
        export = shell.registry.named("eventops_exports", order.name, Text("export"))
        writer = writer_of(export, shell.registry, order.format_name)
    if len(shell.plan.candidates) < LONG_ROWS or not sys.stderr.isatty():
        return writer
    return replace(writer, render=lambda report: _watched(shell, writer, report))


def _template_writer(template: Path, format_name: str) -> "Writer":
    from eventops.builtin.templates import template_writer
    from eventops.cli.files import file_bytes

    if format_name != "xlsx":
        raise WrongUsage("A template is filled as a workbook; leave --format out, or name a file that ends in .xlsx")
    return template_writer(file_bytes(template), template.name)


def _watched(shell: "Shell", writer: "Writer", report: "Report") -> bytes:
    """The bytes of the file, with a bar that goes with the rows."""
    from eventops.domain.reporting.reports import rows_from

    count = sum(len(table.rows) for table in report.tables)
    with click.progressbar(length=count, label=shell.say("Writing files"), file=sys.stderr) as bar:
        done = 0

        def seen(row: "Row") -> "Row":
            nonlocal done
            done += 1
            if done % STEP == 0 and done <= count:  # some formats go through their rows twice
                bar.update(STEP)
            return row

        tables = tuple(replace(table, rows=rows_from(table.rows, seen)) for table in report.tables)
        return writer.render(replace(report, tables=tables))


def _encrypted(made: "Exported", password: str) -> bytes:
    from eventops.adapters.workbook_passwords import encrypted

    if made.suffix != ".xlsx":
        raise WrongUsage("Only a workbook can be given a password; write xlsx, or leave --encrypt out")
    return encrypted(made.data, password)


def _asked_password(shell: "Shell") -> str:
    """From the environment, else typed twice; never from the command line, where others could read it."""
    from eventops.adapters.workbook_passwords import require_encryption

    require_encryption()
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password and sys.stdin.isatty():
        password = click.prompt(
            shell.say("Password of the file"), hide_input=True, confirmation_prompt=True, err=True, default=""
        )
    if not password:
        raise WrongUsage(
            "--encrypt needs a password; type it when asked, or set {variable}", variable=PASSWORD_VARIABLE
        )
    return password


def _secret(shell: "Shell", orders: Sequence[Order]) -> bytes:
    """The secret behind pseudonyms; one is made for a workspace that has none yet."""
    from eventops.application.sent_files import load_secret, put_secret
    from eventops.domain.reporting.reports import Audience

    exports = [shell.registry.named("eventops_exports", order.name, Text("export")).value for order in orders]
    if all(one.audience is not Audience.SPONSOR for one in exports):
        return b""
    secret = load_secret(shell.reading)
    if not secret:
        stamp = replace(shell.stamp("export"), final=True)
        with shell.store.change(stamp, wait_seconds=shell.wait_seconds) as change:
            secret = put_secret(change, secrets.token_bytes)
    return secret


def _noted(shell: "Shell", written: "Sequence[tuple[Path, SentFile]]") -> "list[tuple[Path, SentFile]]":
    """The files as kept in the history of what left. What is gone cannot be taken back by undo."""
    from eventops.application.sent_files import put_sent_file

    if not written:
        return []
    stamp = replace(shell.stamp("export"), final=True)
    with shell.store.change(stamp, wait_seconds=shell.wait_seconds) as change:
        return [(file, put_sent_file(change, sent)) for file, sent in written]


@contextmanager
def _progress(shell: "Shell", orders: Sequence[Order]) -> "Iterator[Sequence[Order] | Iterator[Order]]":
    """The orders, with a bar on the terminal when there are several."""
    if len(orders) < 2 or not sys.stderr.isatty():
        yield orders
        return
    with click.progressbar(orders, label=shell.say("Writing files"), file=sys.stderr) as bar:
        yield iter(bar)
