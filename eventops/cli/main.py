"""The program: its options, its nouns, and the one place where an error becomes an exit code."""

import gc
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from eventops import __version__
from eventops.cli.click_words import say_click_in
from eventops.cli.plugin_commands import Program
from eventops.cli.shell import LANGUAGES, Shell
from eventops.errors import EventopsError, NeedsPerson

NOUNS = {
    "demo": ("eventops.cli.demo:demo", "Try everything on the Casablanca meeting of 2023."),
    "init": ("eventops.cli.workspace:init", "Make an empty workspace."),
    "event": ("eventops.cli.event:event", "The event: apply its file, show it, dump it."),
    "campaign": ("eventops.cli.campaign:campaign", "Several meetings under one programme."),
    "venue": ("eventops.cli.venue:venue", "The venue and its rooms."),
    "agenda": ("eventops.cli.agenda:agenda", "The sessions of the event."),
    "meal": ("eventops.cli.meal:meal", "Meal services, their menus and counts."),
    "participant": ("eventops.cli.participant:participant", "Import, list, correct and withdraw participants."),
    "place": ("eventops.cli.place:place", "Find a town, settle the doubtful ones."),
    "seat": ("eventops.cli.seat:seat", "Who has a seat, who waits, and what they answered."),
    "attendance": (
        "eventops.cli.attendance:attendance",
        "Who was there: the signed list taken back, or marks by hand.",
    ),
    "travel": ("eventops.cli.travel:travel", "Whose travel is paid, and why."),
    "lodging": ("eventops.cli.lodging:lodging", "Who gets a bed and in which room, and why."),
    "workshop": ("eventops.cli.workshop:workshop", "Who is in which workshop, and why."),
    "material": ("eventops.cli.material:material", "What is lent and handed out, and what came back."),
    "plan": ("eventops.cli.plan:plan", "Decide and plan everything; print the result."),
    "why": ("eventops.cli.why:why", "Explain every decision about one person."),
    "whatif": ("eventops.cli.whatif:whatif", "Who enters and who leaves when a limit changes, and the cost."),
    "criteria": ("eventops.cli.criteria:criteria", "Criteria: rules written as data, to read, adopt and share."),
    "approve": ("eventops.cli.approve:approve", "Approve the plan: number, names and hash; list and show approvals."),
    "claim": ("eventops.cli.claim:claim", "Money people ask back: receipts, authorised, paid."),
    "override": ("eventops.cli.override:override", "Decide one benefit of one person by hand, with a reason."),
    "export": ("eventops.cli.export:export", "Write a file for the hotel, the caterer, a sponsor …"),
    "todo": ("eventops.cli.todo:todo", "What to look at next, and the command that settles it."),
    "plugin": ("eventops.cli.plugin:plugin", "The plugins installed, and what they offer."),
    "history": ("eventops.cli.workspace:history", "Who changed what, and when."),
    "undo": ("eventops.cli.workspace:undo", "Take the last change back."),
    "redo": ("eventops.cli.workspace:redo", "Make again what was undone last."),
    "store": ("eventops.cli.store:store", "The store: show it, move it, make it."),
    "doctor": ("eventops.cli.workspace:doctor", "Check the workspace, the plan and the plugins."),
}


def _about(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    """Prints the version, the licence and the attribution of the data, and ends."""
    if not value:
        return
    from eventops.cli.about import about_lines

    for line in about_lines(ctx.find_object(Shell) or Shell(())):
        click.echo(line)
    ctx.exit()


@click.group(cls=Program, table=NOUNS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path),
    metavar="DIR",
    envvar="EVENTOPS_WORKSPACE",
    help="Folder of the workspace; here when not given.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages.")
@click.option(
    "--plugin",
    "plugin_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use the plugin in this .py file for this run.",
)
@click.option(
    "--store",
    "given_store",
    default="",
    metavar="URL",
    envvar="EVENTOPS_STORE",
    help="Use this store instead of the one the workspace names.",
)
@click.option("--no-plugins", is_flag=True, help="Use no plugin: the event as if it named none.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave this plugin of the event out of this run.")
@click.option(
    "--strict-plugins", is_flag=True, help="Exit with 5 when a plugin fails, prints or changes what it may not."
)
@click.option("--wait", type=float, default=30.0, help="Seconds to wait for another command that is saving.")
@click.option(
    "--about",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_about,
    help="Version, licence and where the place data come from.",
)
@click.version_option(__version__, "--version", "-V", message="eventops %(version)s")
@click.pass_context
def cli(
    ctx: click.Context,
    workspace: Path | None,
    lang: str | None,
    plugin_files: tuple[Path, ...],
    given_store: str,
    no_plugins: bool,
    without: tuple[str, ...],
    strict_plugins: bool,
    wait: float,
) -> None:
    """Plan a public meeting: seats, travel, lodging, meals, and the files that go out."""
    shell: Shell = ctx.obj
    shell.folder = workspace or Path()
    shell.language = lang or shell.language
    shell.plugin_files = plugin_files
    shell.given_store = given_store
    shell.use_plugins = not no_plugins
    shell.without = without
    shell.strict_plugins = strict_plugins
    shell.wait_seconds = wait


def main(argv: list[str] | None = None) -> None:
    """Runs the program and exits with a code of docs/reference/exit-codes.md."""
    arguments = sys.argv[1:] if argv is None else argv
    shell = Shell(arguments)
    # A plan is a million frozen values without rings; looking for rings among them takes longer than making them.
    gc.set_threshold(1_000_000, 50, 100)
    _prepare_streams()
    _hear_language(shell, arguments)
    _hear_workspace(shell, arguments)
    say_click_in(shell.language)
    code = 0
    try:
        code = _run(shell, arguments)
    except EventopsError as error:
        shell.fail(error)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo(shell.say("Stopped; nothing was changed by the unfinished step."), err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone (| head): not an error, and Python must not complain while it closes the stream.
        _forget_output()
    except OSError as error:
        if not _output_fails():
            raise
        _forget_output()
        shell.fail(
            NeedsPerson(
                "The output could not be written ({reason}); a change that was made is kept, see eventops history",
                reason=error.strerror or error,
            )
        )
    sys.exit(code)


def _run(shell: Shell, arguments: list[str]) -> int:
    """The exit code of the command. click's own way of running it hides exit codes and takes a closed pipe for a
    failure."""
    if "_EVENTOPS_COMPLETE" in os.environ:
        cli.main(args=arguments, prog_name="eventops", obj=shell)
    code = 0
    try:
        with cli.make_context("eventops", list(arguments), obj=shell) as ctx:
            cli.invoke(ctx)
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    finally:
        shell.run_plugins.close()
    return 5 if shell.note_faults() and shell.strict_plugins else code


def _output_fails() -> bool:
    """Whether it is the output that cannot be written: then one more line cannot be either."""
    try:
        click.echo()
    except OSError:
        return True
    return False


def _forget_output() -> None:
    """Sends what is still to be written nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ is not None else 1)
    os.close(nowhere)


def _hear_language(shell: Shell, arguments: list[str]) -> None:
    """The language before click has read the options, for its own help and messages.

    Only up to the command's name: behind `export NAME`, --lang is the language of the file.
    """
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            return
        name, equals, value = word.partition("=")
        if name in ("-w", "--workspace", "--lang", "--plugin", "--wait", "--without", "--store") and not equals:
            value = next(words, "")
        if name == "--lang" and value in LANGUAGES:
            shell.language = value


def _hear_workspace(shell: Shell, arguments: list[str]) -> None:
    """The workspace before click has read the options: --help lists the commands recorded in it."""
    folder = os.environ.get("EVENTOPS_WORKSPACE", "")
    for index, word in enumerate(arguments):
        if word.startswith("--workspace="):
            folder = word.partition("=")[2]
        if word in ("-w", "--workspace") and index + 1 < len(arguments):
            folder = arguments[index + 1]
    shell.folder = Path(folder) if folder else Path()


def _prepare_streams() -> None:
    """A console that cannot show a letter shows a stand-in; a pipe or a file is always UTF-8. Without any output, as
    under >&-, the words go nowhere."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
        if encoding == "utf8" or not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


if __name__ == "__main__":
    main()
