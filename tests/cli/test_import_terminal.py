"""Import on a terminal: the password is asked for there, and long work shows how far it is."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from bad_files import ALI, AYA, HEAD, book
from conftest import PROGRAM, run_main

from eventops.adapters.workbook_passwords import encrypted

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is there on POSIX alone")


@pytest.fixture
def nobody(tmp_path: Path) -> Path:
    folder = tmp_path / "w"
    assert run_main(("demo", "--empty", folder)).code == 0
    return folder


def on_a_terminal(words: list[str | Path], typed: str = "", after: bytes = b"") -> tuple[int, str]:
    """How the program ended on a terminal, and all that stood there. `typed` is written once `after` stands there: what
    is typed before a prompt for a password is thrown away."""
    outer, inner = pty.openpty()
    environment = {**os.environ, "EVENTOPS_LANG": "en", "EVENTOPS_ACTOR": "coordinator", "TERM": "xterm"}
    environment.pop("EVENTOPS_PASSWORD", None)
    command = [sys.executable, "-c", PROGRAM, *map(str, words)]
    with subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True
    ) as run:
        os.close(inner)
        said = b""
        while True:
            if not select.select([outer], [], [], 60)[0]:
                run.kill()
                raise AssertionError(f"nothing more came after {said!r}")
            try:
                piece = os.read(outer, 65_536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
            if typed and after in said:
                os.write(outer, typed.encode() + b"\n")
                typed = ""
    os.close(outer)
    return run.returncode, said.decode("utf-8", "replace")


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    pytest.importorskip("msoffcrypto")
    file = tmp_path / "people.xlsx"
    file.write_bytes(encrypted(book(HEAD, AYA, ALI), "secret"))
    return file


def test_the_password_typed_on_a_terminal_opens_the_file_and_is_not_shown(nobody: Path, protected: Path) -> None:
    code, said = on_a_terminal(["-w", nobody, "participant", "import", protected], typed="secret", after=b"Password of")
    assert code == 0, said
    assert "Password of people.xlsx" in said
    assert ("2 rows: 2 added" in said, "secret" in said) == (True, False)


def test_a_wrong_password_is_said_in_one_sentence(
    nobody: Path, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTOPS_PASSWORD", "wrong")
    ran = run_main(("-w", nobody, "participant", "import", protected))
    assert (ran.code, ran.err) == (
        3,
        "error: people.xlsx does not open with this password; ask its sender for the password and try again\n",
    )


def test_the_password_of_the_environment_opens_the_file(
    nobody: Path, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTOPS_PASSWORD", "secret")
    assert run_main(("-w", nobody, "participant", "import", protected)).code == 0


def test_long_work_shows_how_far_it_is_on_a_terminal_alone(nobody: Path, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    rows = (f"Person {chr(65 + at % 26)}{at:05d},p{at}@example.org,Rabat\n" for at in range(5_000))
    file.write_text("Full name,E-mail,Town\n" + "".join(rows))
    words: list[str | Path] = ["-w", nobody, "participant", "import", "--dry-run", file]
    code, said = on_a_terminal(words)
    assert (code, "Enrolling people" in said, "100%" in said) == (0, True, True)
    assert "Enrolling" not in run_main(tuple(words)).err
