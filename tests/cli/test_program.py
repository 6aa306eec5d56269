"""The program as a whole: exit codes, streams, languages, consoles, and how little is imported to start."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventops.cli.main import NOUNS

Run = Callable[..., Any]

SLOW = (
    "openpyxl",
    "xlsxwriter",
    "geopy",
    "babel",
    "msgspec",
    "tinydb",
    "rapidfuzz",
    "python_calamine",
    "asyncio",
    "numpy",
    "pluggy",
)
# Every list, and everything else that prints a result without changing anything.
SHOWN = (
    ("agenda", "list"),
    ("doctor",),
    ("event", "dump"),
    ("event", "list"),
    ("event", "show"),
    ("export", "list"),
    ("history",),
    ("history", "verify"),
    ("lodging", "list"),
    ("meal", "list"),
    ("override", "list"),
    ("participant", "list"),
    ("participant", "show", "P0001"),
    ("place", "find", "Rabat"),
    ("place", "list"),
    ("place", "review"),
    ("place", "show", "MA:04.421.01.0"),
    ("plan",),
    ("plugin", "list"),
    ("plugin", "show", "morocco"),
    ("seat", "list"),
    ("todo",),
    ("travel", "list"),
    ("venue", "list"),
    ("venue", "show"),
    ("whatif", "--set", "seats=60"),
    ("why", "P0001"),
)


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_json_stands_before_or_behind_the_command_and_alone_on_standard_output(
    eventops: Run, words: tuple[str, ...]
) -> None:
    before, behind, said = eventops("--json", *words), eventops(*words, "--json"), eventops(*words)
    assert (before.code, before.err) == (said.code, "")
    assert before.out == behind.out
    assert before.json is not None
    assert said.out != before.out


def test_every_noun_is_helped_and_knows_no_other_verb(program: Run) -> None:
    for noun in NOUNS:
        helped = program(noun, "--help")
        assert (noun, helped.code, helped.err) == (noun, 0, "")
        assert f"Usage: eventops {noun}" in helped.out
        wrong = program(noun, "--nosuch-option")
        assert (noun, wrong.code, wrong.out) == (noun, 2, "")


def test_help_names_every_noun(program: Run) -> None:
    ran = program("--help")
    assert (ran.code, ran.err) == (0, "")
    assert [noun for noun in NOUNS if f"\n  {noun} " not in ran.out] == []
    assert program("-h").out == ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plna",), "There is no command plna. Did you mean plan?"),
        (("participant", "lits"), "There is no command lits. Did you mean list?"),
        (("--nosuch",), "No such option"),
        (("plan", "--nosuch"), "No such option"),
        (("why",), "Missing argument 'PERSON'"),
        (("--lang", "xx", "plan"), "'xx' is not one of"),
        (("--wait", "long", "plan"), "'long' is not a valid float"),
        (("participant",), "Usage: eventops participant"),
        ((), "Usage: eventops"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_hint(program: Run, words: tuple[str, ...], said: str) -> None:
    ran = program(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_version_and_sources_of_the_data_are_told(program: Run) -> None:
    assert program("--version").out.startswith("eventops ")
    about = program("--about")
    assert about.code == 0
    assert "GeoNames" in about.out
    assert "Haut-Commissariat au Plan" in about.out


def test_messages_follow_the_language_of_the_run(eventops: Run) -> None:
    english, french, arabic = (eventops("--lang", language, "plan") for language in ("en", "fr", "ar"))
    assert [one.code for one in (english, french, arabic)] == [0, 0, 0]
    assert english.out.startswith("First consultative meeting")
    assert french.out.startswith("Première rencontre consultative")
    assert arabic.out.startswith("اللقاء التشاوري الأول")


def test_the_numbers_of_json_are_the_same_in_every_language(eventops: Run) -> None:
    plans = [eventops("--lang", language, "--json", "plan").json for language in ("en", "fr", "ar")]
    for plan in plans:
        plan.pop("findings")
    assert plans[0] == plans[1] == plans[2]


def test_a_mistake_is_told_in_the_language_of_the_run(program: Run) -> None:
    assert {program("--lang", language, "plan").code for language in ("fr", "ar")} == {3}
    assert len({program("--lang", language, "plan").err for language in ("en", "fr", "ar")}) == 3


def test_help_in_one_language_leaves_the_next_run_alone(program: Run) -> None:
    english = program("plan", "--help").out
    assert program("--lang", "ar", "plan", "--help").out != english
    assert program("plan", "--help").out == english


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "EVENTOPS_LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "ar_MA.UTF-8", "LC_ALL": "", "EVENTOPS_LANG": ""},
    ],
    ids=["C", "cp1252", "ascii", "Arabic"],
)
def test_a_poor_console_gets_utf_8_through_a_pipe(process: Run, workspace: Path, environment: dict[str, str]) -> None:
    ran = process("-w", workspace, "participant", "list", **environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "فاطمة الزهراء الدكالي" in ran.stdout


def test_a_reader_that_goes_away_is_no_error(process: Run, workspace: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        for words in (("--help",), ("-w", str(workspace), "--json", "plan"), ("-w", str(workspace), "why", "P0001")):
            ran = subprocess.run(
                [sys.executable, "-m", "eventops", *words], stdout=writing, stderr=subprocess.PIPE, check=False
            )
            assert (words, ran.returncode, ran.stderr) == (words, 0, b"")
    finally:
        os.close(writing)


@pytest.mark.skipif(os.name != "posix", reason="interrupts a process as a terminal does on Unix")
def test_ctrl_c_ends_with_130_and_one_sentence(workspace: Path) -> None:
    from eventops.adapters.file_lock import lock_held

    with lock_held(workspace / "eventops.json", "another command", 0):
        waiting = subprocess.Popen(
            [sys.executable, "-m", "eventops", "-w", str(workspace), "participant", "withdraw", "P0001"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "EVENTOPS_LANG": "en"},
            # A shell's background job would hand its deafness to Ctrl-C down.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        time.sleep(1.5)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=20)
    assert (waiting.returncode, out) == (130, b"")
    assert err.strip() == b"Stopped; nothing was changed by the unfinished step."


def test_help_imports_nothing_slow() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "eventops", "--help"], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert "eventops" in imported
    assert imported & set(SLOW) == set()


def test_a_list_imports_no_workbook_and_no_resolver(workspace: Path) -> None:
    words = (sys.executable, "-X", "importtime", "-m", "eventops", "-w", str(workspace), "participant", "list")
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert imported & (set(SLOW) - {"msgspec", "tinydb", "pluggy"}) == set()
