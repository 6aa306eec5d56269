"""A reader's empty folder, and eventops run in it within this process: ten times as fast as a process of its own."""

import os
import shlex
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest


class Ended(NamedTuple):
    """How a command ended and what it printed: its result alone, and everything as a terminal shows it."""

    code: int
    result: str
    printed: str


class _Echo(StringIO):
    """A stream that also writes to another, as both streams of a terminal do."""

    def __init__(self, terminal: StringIO) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, text: str) -> int:
        self._terminal.write(text)
        return super().write(text)


Run = Callable[[list[str]], Ended]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with `eventops` on the path."""
    program = tmp_path / "bin" / "eventops"
    program.parent.mkdir()
    words = shlex.join([sys.executable, "-c", "from eventops.cli.main import main; main()"])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    paths = [str(program.parent), str(Path(sys.executable).parent), os.environ["PATH"]]
    settings = {
        "PATH": os.pathsep.join(paths),
        "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder),
        "PYTHONUTF8": "1",
        "EVENTOPS_LANG": "en",
        "EVENTOPS_ACTOR": "khadija",
        # What a person trusts is kept in their own folder: not in that of whoever runs the tests.
        "EVENTOPS_CONFIG": str(tmp_path / "config"),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("EVENTOPS_WORKSPACE", raising=False)
    folder = tmp_path / "reader"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def ran(arguments: list[str]) -> Ended:
    """How eventops with these words ended, run in the folder of the moment."""
    from eventops.cli.main import main

    terminal = StringIO()
    result = _Echo(terminal)
    code = 0
    with redirect_stdout(result), redirect_stderr(_Echo(terminal)):
        try:
            main(arguments)
        except SystemExit as ending:
            code = int(ending.code or 0)
    return Ended(code, result.getvalue(), terminal.getvalue())


@pytest.fixture
def run() -> Run:
    """Runs eventops with these words in the folder the test is in."""
    return ran


@pytest.fixture(scope="session")
def played_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace the demo makes, made once: most pages begin with it and show nothing of its output."""
    folder = tmp_path_factory.mktemp("demo") / "casablanca-2023"
    ended = ran(["demo", str(folder)])
    assert ended.code == 0, ended.printed
    return folder
