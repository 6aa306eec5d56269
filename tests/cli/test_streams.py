"""What becomes of a command whose output has nowhere to go."""

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no file that is always full")
@pytest.mark.parametrize("words", [("plan",), ("--json", "plan"), ("--help",), ("todo",)])
def test_output_that_cannot_be_written_is_told_in_one_sentence(words: tuple[str, ...], workspace: Path) -> None:
    with FULL.open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "eventops", "--lang", "en", "-w", str(workspace), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (
        4,
        "error: The output could not be written (No space left on device); a change that was made is kept, "
        "see eventops history\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the output")
def test_a_closed_output_hides_the_words_and_stops_nothing(workspace: Path) -> None:
    command = f'"{sys.executable}" -m eventops -w "{workspace}" plan >&-'
    ran = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
