"""A pytest plugin, loaded by entry point wherever eventops is installed: it costs nothing until a fixture is used.

`eventops_run` runs the command line in a folder of the test, as a person would.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Contracts are asserts in a library: rewritten like those of a test, they show the values that differ.
pytest.register_assert_rewrite("eventops.testing.contracts", "eventops.testing.stores")

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PROGRAM = "from eventops.cli.main import main; main()"


@pytest.fixture
def eventops_run(tmp_path: Path) -> Run:
    """Runs `eventops -w WORKSPACE WORDS…` in a process of its own; the workspace is a folder of this test.

    Example: assert eventops_run("--json", "plan").returncode == 0
    """
    workspace = tmp_path / "workspace"
    # The folders this test runs from are what the program must find its plugins in, too.
    folders = os.pathsep.join(folder for folder in sys.path if folder)
    environment = {**os.environ, "PYTHONPATH": folders, "EVENTOPS_LANG": "en", "PYTHONUTF8": "1"}

    def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, "-w", str(workspace), *(str(word) for word in words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
            check=False,
        )

    return run
