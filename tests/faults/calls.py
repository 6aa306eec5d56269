"""Every call of the system that a save makes fails in turn."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ground import (
    UNCONFIRMED,
    Report,
    Skipped,
    exit_code,
    filled_store,
    forked,
    leftovers,
    open_store,
    read_round,
    stamp,
    write_round,
)

CALLS = ("open", "write", "ftruncate", "fchmod", "fsync", "mkdir", "link", "replace", "unlink", "close", "listdir")


def break_calls(fail_at: int, how: int | None, seen: list[str]) -> None:
    """From here on, in this process, the call with that number fails with an error number, or kills the process."""

    def broken(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            seen.append(name)
            if len(seen) - 1 == fail_at:
                if how is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                elif name == "close":
                    # A close that fails has closed all the same.
                    real(*args, **options)
                raise OSError(how, os.strerror(how or 0))
            return real(*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, broken(name, getattr(os, name)))


def calls_of_a_change(path: Path) -> list[str]:
    """The calls to the system that one change makes, in order."""
    reader, writer = os.pipe()

    def recorded() -> None:
        store, write, seen = open_store(path), os.write, list[str]()
        break_calls(-1, None, seen)
        write_round(store, 1)
        write(writer, json.dumps(seen).encode())

    code = exit_code(forked(recorded))
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    assert code == 0, "a change without faults failed"
    return list(json.loads(told))


def every_call(path: Path, full: bool) -> Report:
    """Fails, and kills at, every call to the system that a change makes, one after the other."""
    filled_store(path)
    calls = calls_of_a_change(path)
    bad = []
    for how in (errno.ENOSPC, errno.EIO, errno.EACCES, None):
        for number, name in enumerate(calls):
            old = read_round(path)

            def change(old: int = old, number: int = number, how: int | None = how) -> None:
                store = open_store(path)
                break_calls(number, how, [])
                write_round(store, old + 1)

            code = exit_code(forked(change))
            allowed = {0: [old + 1], 6: [old], UNCONFIRMED: [old + 1], -signal.SIGKILL: [old, old + 1]}
            new = read_round(path)
            if new not in allowed.get(code, ()) or (how is None) != (code == -signal.SIGKILL):
                bad.append(f"{name} ({number}) with {how}: exit {code}, {old} became {new}")
            write_round(open_store(path), new)
            with open_store(path).change(stamp(), wait_seconds=0) as next_change:
                next_change.put("room", "A", {"call": number, "how": how})
            if leftovers(path):
                bad.append(f"{name} ({number}) with {how} left {leftovers(path)}")
    return {"calls": calls, "bad": bad}


# The calls by which SQLite, and what surrounds it, writes.
TRACED = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename")


def every_traced_call(path: Path, full: bool) -> Report:
    """As `every_call`, for calls made past Python: strace lets them fail, or kills at them, one after the other."""
    if shutil.which("strace") is None:
        raise Skipped("strace is not here to let calls of SQLite fail")
    filled_store(path)
    write_round(open_store(path), 1)
    bad, tried = [], 0
    for name in TRACED:
        for how in ("error=ENOSPC", "error=EIO", "signal=SIGKILL"):
            number = 0
            while True:
                number += 1
                if not full and number > 1:
                    break
                old = read_round(path)
                code, injected = traced_change(path, old + 1, f"{name}:{how}:when={number}")
                new = read_round(path)
                if not injected:
                    break
                tried += 1
                allowed = {0: [old + 1], 6: [old], UNCONFIRMED: [old + 1], -signal.SIGKILL: [old, old + 1]}
                if new not in allowed.get(code, ()):
                    bad.append(f"{name} ({number}) with {how}: exit {code}, {old} became {new}")
                write_round(open_store(path), new)
                if leftovers(path):
                    bad.append(f"{name} ({number}) with {how} left {leftovers(path)}")
    return {"calls": tried, "bad": bad}


def traced_change(path: Path, number: int, injection: str) -> tuple[int, bool]:
    """One change under strace: its exit code, and whether the fault came to pass."""
    watched = [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))]
    watched += sorted((path.parent / "generations").glob("*"))
    log = path.with_name("strace.txt")
    words = ["strace", "-f", "-qq", "-o", str(log), *(f"--trace-path={file}" for file in watched)]
    words += ["-e", f"trace={','.join(TRACED)}", "-e", f"inject={injection}"]
    done = subprocess.run(
        [
            *words,
            sys.executable,
            str(Path(__file__).with_name("run.py")),
            "--change",
            str(path),
            "--round",
            str(number),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    told = log.read_text()
    log.unlink()
    if "ptrace" in done.stderr:
        raise Skipped(f"strace may not trace here: {done.stderr.strip()}")
    return done.returncode, "INJECTED" in told or "killed by SIGKILL" in told
