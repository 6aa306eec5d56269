"""What the tests of the command line share: one demo made once, a copy of it for each test, and the program."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from eventops.cli.main import main

PROGRAM = "from eventops.cli.main import main; main()"


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """How a run of the program ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; it must hold nothing else."""
        return msgspec.json.decode(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Eventops = Callable[..., Ran]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


def run_main(words: tuple[str | Path, ...]) -> Ran:
    """The program in this process, as the installed command calls it: in English, with no workspace but a named one."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("EVENTOPS_LANG", "en")
        changed.setenv("EVENTOPS_ACTOR", "coordinator")
        changed.delenv("EVENTOPS_WORKSPACE", raising=False)
        changed.setattr(sys, "stdout", streams[0])
        changed.setattr(sys, "stderr", streams[1])
        with pytest.raises(SystemExit) as ending:
            main([str(word) for word in words])
    out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]
    assert isinstance(ending.value.code, int)
    return Ran(code=ending.value.code, out=out, err=err)


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The demo as a person meets it: its folder and what it said. No test may change the folder."""
    folder = tmp_path_factory.mktemp("demo") / "casablanca-2023"
    ran = run_main(("demo", folder))
    assert ran.code == 0, ran.err
    return folder, ran


@pytest.fixture
def workspace(demo_run: tuple[Path, Ran], tmp_path: Path) -> Path:
    """A workspace of the demo, this test's own."""
    folder = tmp_path / "workspace"
    shutil.copytree(demo_run[0], folder, ignore=shutil.ignore_patterns("exports"))
    return folder


@pytest.fixture
def eventops(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Eventops:
    """Runs `eventops -w WORKSPACE WORDS…` in this process."""
    monkeypatch.chdir(workspace.parent)
    return lambda *words: run_main(("-w", workspace, *words))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eventops:
    """Runs `eventops WORDS…` in this process, in an empty folder that is no workspace."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return lambda *words: run_main(words)


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """Runs `eventops WORDS…` in a process of its own, with some variables of the environment changed."""
    folders = os.pathsep.join(folder for folder in sys.path if folder)

    def run(*words: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *(str(word) for word in words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": folders, **environment},
            cwd=tmp_path,
            check=False,
        )

    return run
