"""A pytest plugin, loaded by entry point wherever eventops is installed: it costs nothing until a fixture is used.

`workspace` is a folder with a small event and people in it, `run` runs the command line there as a person would,
`people` are twelve candidates, `a_candidate` makes one. `eventops_run` is `run` in a workspace that is not made yet.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from eventops.domain.rules import Candidate

# Contracts are asserts in a library: rewritten like those of a test, they show the values that differ.
pytest.register_assert_rewrite("eventops.testing.contracts", "eventops.testing.formats", "eventops.testing.stores")

PROGRAM = "from eventops.cli.main import main; main()"


class Ran:
    """How a run of the program ended, and what it wrote."""

    def __init__(self, done: "subprocess.CompletedProcess[str]") -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def json(self) -> Any:
        """Standard output as JSON; it must hold nothing else."""
        import msgspec

        return msgspec.json.decode(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def __repr__(self) -> str:
        return f"ended with {self.code}\n{self.out}\n{self.err}"


Run = Callable[..., Ran]
OlderRun = Callable[..., "subprocess.CompletedProcess[str]"]


def _run(folder: Path, workspace: Path, words: tuple[str | Path, ...]) -> "subprocess.CompletedProcess[str]":
    # The folders this test runs from are what the program must find its plugins in, too.
    folders = os.pathsep.join(one for one in sys.path if one)
    environment = {
        **os.environ,
        "PYTHONPATH": folders,
        "EVENTOPS_LANG": "en",
        "EVENTOPS_CONFIG": str(folder / "config"),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "-w", str(workspace), *(str(word) for word in words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        check=False,
    )


@pytest.fixture
def eventops_run(tmp_path: Path) -> OlderRun:
    """Runs `eventops -w WORKSPACE WORDS…` in a process of its own; the workspace is a folder of this test.

    Example: assert eventops_run("--json", "plan").returncode == 0
    """
    return lambda *words: _run(tmp_path, tmp_path / "workspace", words)


@pytest.fixture(scope="session")
def _small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the event of the builders and the twelve people, made once."""
    from eventops.testing.workspaces import make_small_workspace

    folder = tmp_path_factory.mktemp("eventops") / "workspace"
    make_small_workspace(folder)
    return folder


@pytest.fixture
def workspace(_small_workspace: Path, tmp_path: Path) -> Path:
    """A workspace of this test's own: an event with travel, lodging and meals, and twelve people."""
    folder = tmp_path / "workspace"
    shutil.copytree(_small_workspace, folder)
    return folder


@pytest.fixture
def run(workspace: Path, tmp_path: Path) -> Run:
    """Runs `eventops -w WORKSPACE WORDS…` in a process of its own, in the workspace of this test.

    Example: assert run("plan", "--json").json["people"] == 12
    """
    return lambda *words: Ran(_run(tmp_path, workspace, words))


@pytest.fixture
def people() -> "tuple[Candidate, ...]":
    """Twelve invented people: both scripts, every gender, several diets, one without a place."""
    from eventops.testing.builders import twelve_candidates

    return twelve_candidates()


@pytest.fixture
def a_candidate() -> "Callable[..., Candidate]":
    """Makes one candidate: a_candidate(a_participant(age=30), distance_km=120.0)."""
    from eventops.testing.builders import a_candidate as made

    return made
