"""The real commands on a store of 20 MB, killed or interrupted at random points; POSIX only.

    python tests/faults/run.py killed-commands --full                                    1,000 kills, about half an hour
    python tests/faults/run.py interrupted-commands --store sqlite                       a few
    EVENTOPS_FAULTS_SHOTS=100 python tests/faults/run.py killed-commands                 as many as one has time for

Import, override, export and undo take turns, each from the same state of the workspace. Half of the shots fall anywhere
in the command, half just after it began to write. Afterwards the facts are those before the command or those after it,
the history holds together, and the next command works unaided.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from eventops.adapters import sqlite_store, tinydb_store
from eventops.cli.main import main
from eventops.domain.keeping.history import Stamp, verify
from eventops.errors import EventopsError
from eventops.extension.ports import Store

STORE_BYTES = 20_000_000
VISITS = 24_000
ACTOR = "faults"
COMMANDS = (
    ("participant", "import", "late.csv"),
    ("override", "add", "P0002", "travel", "granted", "--reason", "Speaks at the opening"),
    ("export", "lodging-list"),
    ("undo",),
)
NEXT = ("participant", "set", "P0003", "--town", "Settat")
GOOD = (0, 4)
LATE = """Nom complet,E-mail,Téléphone,Ville
Yasmine Haddou,yasmine.haddou@example.org,0611223344,Settat
Hicham Ouazzani,hicham.ouazzani@example.org,0622334455,Berrechid
كريم بناني,karim.bennani@example.org,0633445566,الجديدة
"""


class Begun(NamedTuple):
    """A command on its way: its process, and where its messages go."""

    process: int
    said: Path


class Ground(NamedTuple):
    """What every shot starts from, and what each command makes of it."""

    workspace: Path
    store: str
    before: str
    after: dict[tuple[str, ...], str]
    seconds: dict[tuple[str, ...], float]


def open_store(workspace: Path) -> Store:
    """The store of the workspace, of whichever kind."""
    file = workspace / "eventops.db"
    return sqlite_store.open_store(file) if file.exists() else tinydb_store.open_store(workspace / "eventops.json")


def facts(workspace: Path) -> str:
    """A hash of everything in the store but when and by whom; all of it is read and checked.

    Errors: AssertionError when the history does not hold together; StoreUnavailable.
    """
    reading = open_store(workspace).snapshot()
    history = reading.history()
    assert verify(history) is None, "history broken"
    assert len(history) == reading.generation, "history and generation differ"
    digest = sha256()
    for kind in reading.kinds():
        for id, document in reading.items(kind):
            dated = {"at", "made_at", "generation", "sha256"} if kind in ("export", "override") else set()
            told = {key: value for key, value in document.items() if key not in dated}
            digest.update(msgspec.json.encode((kind, id, told), order="sorted"))
    return digest.hexdigest()


def begun(workspace: Path, words: tuple[str, ...]) -> Begun:
    """Starts a command in a process that has everything imported: what is shot at is the command, not Python."""
    said = workspace.with_name("said.txt")
    process = os.fork()
    if process == 0:
        run_here(workspace, words, said)
    return Begun(process, said)


def run_here(workspace: Path, words: tuple[str, ...], said: Path) -> None:
    """Runs a command and ends the process with its exit code."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for stream in (1, 2):
            os.dup2(output, stream)
        os.chdir(workspace)
        os.environ["EVENTOPS_ACTOR"] = ACTOR
        os.environ["EVENTOPS_LANG"] = "en"
        main(["-w", str(workspace), *words])
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(command: Begun) -> int:
    """The exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(command.process, 0)[1])


def started(workspace: Path, words: tuple[str, ...]) -> Begun:
    """The same command as a person starts it, in a Python of its own that Ctrl-C reaches."""
    said = workspace.with_name("said.txt")
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "eventops", "-w", str(workspace), *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=workspace,
            env={**os.environ, "EVENTOPS_ACTOR": ACTOR, "EVENTOPS_LANG": "en"},
            # A shell's background job would hand its deafness to Ctrl-C down.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
    # Nobody else may ask how it ended.
    process.returncode = 0
    return Begun(process.pid, said)


def ran(workspace: Path, *words: str) -> None:
    """Runs a command to its end. Errors: AssertionError when it fails."""
    command = begun(workspace, words)
    code = ended(command)
    assert code in GOOD, f"{words} ended with {code}: {command.said.read_text()}"


def large_workspace(folder: Path, store: str) -> Path:
    """The demo, in a store filled up to 20 MB with what a plugin might keep."""
    workspace = folder / "large"
    ran(folder, "demo", str(workspace))
    if store == "sqlite":
        ran(workspace, "store", "copy", "tinydb", "sqlite", "--use")
    note = "ملاحظة عن الزيارة. " * 22
    with open_store(workspace).change(Stamp(actor=ACTOR, at=datetime.now(UTC), command="visits")) as change:
        for number in range(VISITS):
            change.put("visit", f"v{number:06d}", {"number": number, "note": note, "town": "Benslimane"})
    (workspace / "late.csv").write_text(LATE, encoding="utf-8")
    # What `undo` takes back.
    ran(workspace, "override", "add", "P0005", "lodging", "granted", "--reason", "Arrives the evening before")
    size = max(file.stat().st_size for file in workspace.glob("eventops.*"))
    assert size > STORE_BYTES * 0.9, f"the store has {size} bytes only"
    return workspace


def copied(ground: Path) -> Path:
    """A copy of the workspace to shoot at; the files of generations stay second names of one another."""
    target = ground.with_name("shot")
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(ground), str(target)], check=True)
    return target


def warm_up(workspace: Path) -> None:
    """Runs every command once in this process, so that those to come find everything imported."""
    for words in (*COMMANDS, NEXT):
        placed = [str(workspace / one) if one.endswith(".csv") else one for one in words]
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()), suppress(SystemExit):
            main(["-w", str(workspace), *placed])


def surveyed(folder: Path, store: str) -> Ground:
    """Runs every command once, undisturbed."""
    workspace = large_workspace(folder, store)
    warm_up(copied(workspace))
    before = facts(workspace)
    after: dict[tuple[str, ...], str] = {}
    seconds: dict[tuple[str, ...], float] = {}
    for words in COMMANDS:
        copy = copied(workspace)
        start = time.monotonic()
        ran(copy, *words)
        seconds[words] = time.monotonic() - start
        after[words] = facts(copy)
        assert after[words] != before, f"{words} changed nothing"
    return Ground(workspace, store, before, after, seconds)


def size_of(file: Path) -> int:
    """The bytes of a file; 0 without one. The program may remove it at any moment."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def wait_for_writing(workspace: Path, process: int) -> bool:
    """Waits until the command writes to the store; False when it ended before."""
    while not os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        if any(workspace.glob(".eventops.json.*.tmp")) or size_of(workspace / "eventops.db-wal"):
            return True
        time.sleep(0.0005)
    return False


class Shot(NamedTuple):
    """How one shot went: whether it hit, what the store holds after it, and what is wrong."""

    hit: bool
    state: str
    bad: tuple[str, ...]


def shot(ground: Ground, words: tuple[str, ...], kind: signal.Signals, chance: random.Random, *, aimed: bool) -> Shot:
    """Shoots at one command, and looks at what it left."""
    workspace = copied(ground.workspace)
    # A killed process needs no Python of its own; who is interrupted must show how it ends as a whole.
    command = (begun if kind == signal.SIGKILL else started)(workspace, words)
    start_seconds = 0.0 if kind == signal.SIGKILL else 0.35
    if aimed and wait_for_writing(workspace, command.process):
        time.sleep(chance.uniform(0, 0.12))
    elif not aimed:
        time.sleep(chance.uniform(start_seconds / 3, start_seconds + ground.seconds[words]))
    hit = os.waitid(os.P_PID, command.process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    os.kill(command.process, kind)
    code = ended(command)
    said = command.said.read_text(errors="replace")
    # A shell says 130 for both: while Python leaves, when all is done, the system ends it by the signal itself.
    expected = (-signal.SIGKILL,) if kind == signal.SIGKILL else (130, -signal.SIGINT)
    if code in GOOD or ("Traceback" in said and "eventops/cli/main.py" not in said):
        # It had ended, or Python was still on its way to the program.
        hit = False
    bad = [f"ended with {code}: {said}"] if hit and (code not in expected or "Traceback" in said) else []
    state = "broken"
    try:
        now = facts(workspace)
        state = {ground.before: "old", ground.after[words]: "new"}.get(now, "between")
        if state == "between":
            bad.append("neither old nor new")
        ran(workspace, *NEXT)
        if (open_store(workspace).get("participant", "P0003") or {}).get("town") != "Settat":
            bad.append("the next command said that it saved, and did not")
    except (AssertionError, EventopsError) as error:
        bad.append(f"after the shot: {error}")
    left = [file.name for file in workspace.rglob("*.tmp")]
    if left:
        bad.append(f"left over: {left}")
    return Shot(hit, state, tuple(f"{' '.join(words[:2])}: {one}" for one in bad))


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder on the disk, where forcing to the disk takes its time."""
    folder = Path(tempfile.mkdtemp(prefix="eventops-commands-", dir=os.environ.get("EVENTOPS_FAULTS_FOLDER")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shots_at_commands(kind: signal.Signals, few: int, many: int) -> Callable[[Path, bool], dict[str, Any]]:
    """The scenario: so many shots that hit, and how many of them found the store old and new."""

    def scenario(path: Path, full: bool) -> dict[str, Any]:
        count = int(os.environ.get("EVENTOPS_FAULTS_SHOTS", many if full else few))
        chance = random.Random(2023)
        states: Counter[str] = Counter()
        missed = 0
        bad: list[str] = []
        with own_folder() as folder:
            ground = surveyed(folder, "sqlite" if path.suffix == ".db" else "tinydb")
            turns = cycle((words, aimed) for aimed in (False, True) for words in COMMANDS)
            while states.total() < count:
                words, aimed = next(turns)
                result = shot(ground, words, kind, chance, aimed=aimed)
                bad += result.bad
                if result.hit:
                    states[result.state] += 1
                else:
                    missed += 1
        return {"shots": states.total(), "old": states["old"], "new": states["new"], "missed": missed, "bad": bad}

    return scenario
