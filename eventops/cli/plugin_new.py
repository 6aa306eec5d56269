"""plugin new, plugin check: for those who write a plugin."""

import os
import subprocess
import sys
from pathlib import Path

import click
import msgspec

from eventops.cli.nouns import Command
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable, PluginBroken

KINDS = ("rule", "tariff", "export", "reader", "gazetteer", "country", "command")
# A contract of a whole country takes seconds; what takes minutes has stopped.
CHECK_SECONDS = 300


@click.command("new", cls=Command)
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), default="rule", show_default=True, help="What the plugin brings.")
@click.option("--country", default="XX", help="Its country, for a gazetteer or a country (MA).")
@click.option("--currency", default="MAD", help="Its currency, for a tariff or a country.")
@pass_shell
def new_plugin(shell: Shell, name: str, kind: str, country: str, currency: str) -> None:
    """Write a complete plugin project into ./eventops-NAME."""
    from eventops import __version__
    from eventops.application.scaffold import plugin_project, project_folder

    files = plugin_project(name, kind, __version__, country=country.upper(), currency=currency.upper())
    module = next(file for file in files if file.endswith("/__init__.py"))
    folder = Path(project_folder(name.lower().removeprefix("eventops-")))
    write_project(folder, files)
    shell.show(
        {"folder": str(folder), "files": sorted(files), "module": module},
        [
            shell.say(
                "Wrote {folder} with {count} files; the code is in {module}.",
                folder=folder,
                count=len(files),
                module=module,
            ),
            shell.say("Next: cd {folder}", folder=folder),
            shell.say("      eventops plugin check .      what is wrong with it"),
            shell.say("      pytest                       its own tests"),
            shell.say("      eventops -w WORKSPACE --plugin {module} plan", module=module),
        ],
    )


def write_project(folder: Path, files: dict[str, str]) -> None:
    """Writes the files into a new folder. Errors: NotUsable when there already is one, or it cannot be made."""
    try:
        folder.mkdir()
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    except FileExistsError as error:
        raise NotUsable(
            "There already is a folder {folder}; choose another name, or remove it", folder=str(folder)
        ) from error
    except OSError as error:
        raise NotUsable("{file} cannot be written ({error})", file=str(folder), error=error.strerror or "") from error


@click.command("check", cls=Command)
@click.argument("plugin")
@pass_shell
def check_plugin(shell: Shell, plugin: str) -> None:
    """Check PLUGIN (a .py file, the folder of a project, or a name): names, hooks, bounds, imports, contracts."""
    answers = _answers(plugin)
    words = {"ok": Text("ok"), "warning": Text("warning"), "error": Text("error")}
    colours = {"ok": "green", "warning": "yellow", "error": "red"}
    view = [
        {"status": status, "message": shell.say(Text(message), **values), **({"values": values} if values else {})}
        for status, message, values in answers
    ]
    lines = [
        shell.titled(
            click.style(shell.say(words[str(one["status"])]), fg=colours[str(one["status"])]), str(one["message"])
        )
        for one in view
    ]
    shell.show(view, lines)
    errors = sum(one["status"] == "error" for one in view)
    if errors:
        raise PluginBroken(
            "{count} things are wrong with {plugin}; correct them and check again", count=errors, plugin=plugin
        )


def _answers(plugin: str) -> list[tuple[str, str, dict[str, object]]]:
    """What the check said, in a process of its own: a plugin may do anything while it is tried.

    Errors: NotUsable when there is no such plugin.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "eventops.testing.checking", plugin],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=CHECK_SECONDS,
            check=False,
        )
        output, ended = done.stdout, done.returncode
    except subprocess.TimeoutExpired as error:
        output, ended = error.stdout or b"", -1
    answers: list[tuple[str, str, dict[str, object]]] = []
    for line in output.splitlines():
        try:
            one = msgspec.json.decode(line, type=dict[str, object])
        except msgspec.DecodeError:
            continue  # something the plugin wrote into the answers
        values = one.get("values", {})
        answers.append(
            (str(one["status"]), str(one.get("message", "")), dict(values) if isinstance(values, dict) else {})
        )
    whole = bool(answers) and answers[-1][0] == "end"
    answers = answers[:-1] if whole else answers
    if answers and answers[-1][0] == "missing":
        raise NotUsable(answers[-1][1], **answers[-1][2])
    if ended == -1:
        answers.append(("error", "it did not answer within {seconds} s", {"seconds": CHECK_SECONDS}))
    elif not whole:
        answers.append(("error", "it ended the check (code {code})", {"code": ended}))
    return answers
