"""Real faults against the stores in a file; POSIX only.

    python tests/faults/run.py                 every scenario, few shots (about ten seconds)
    python tests/faults/run.py --store sqlite  the same for SQLite
    python tests/faults/run.py --full          the full count: 1,000 kills, 8 writers x 100 changes, 500 damages …
    python tests/faults/run.py kills damage    only these
    EVENTOPS_FAULTS=full pytest tests/faults   the full count from pytest

Each scenario prints one line of JSON: what was done and, under `bad`, what went wrong. The exit code is 1 when
anything did. A scenario that this machine does not allow prints why it was skipped.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from calls import every_call, every_traced_call
from commands import shots_at_commands
from ground import (
    NAMES,
    NOBODY,
    Report,
    Skipped,
    create_store,
    exit_code,
    filled_store,
    forked,
    leftovers,
    open_store,
    read_round,
    run_and_leave,
    stamp,
    write_round,
)

from eventops.errors import EventopsError, StoreUnavailable


def shot(path: Path, kind: signal.Signals, chance: random.Random) -> Iterable[str]:
    """Shoots at a process that changes the store without pause; what is wrong afterwards."""
    start = read_round(path)
    reader, writer = os.pipe()

    def change_for_ever() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        store = open_store(path)
        number = start
        while True:
            number += 1
            write_round(store, number)
            os.write(writer, b"%d\n" % number)

    child = forked(change_for_ever)
    os.close(writer)
    said = os.read(reader, 65536)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, kind)
    code = exit_code(child)
    with os.fdopen(reader, "rb") as pipe:
        said += pipe.read()
    saved = int(said.split()[-1])
    if code != (130 if kind == signal.SIGINT else -kind):
        yield f"ended with {code}"
    if kind == signal.SIGINT and leftovers(path):
        yield "unfinished files after Ctrl-C"
    try:
        after = read_round(path)
        if after not in (saved, saved + 1):
            yield f"said {saved}, holds {after}"
        write_round(open_store(path), after)
        with open_store(path).change(stamp(), wait_seconds=0) as change:
            change.put("room", "A", {"after": after})
    except (AssertionError, EventopsError) as error:
        yield f"after the shot: {error}"
    if leftovers(path):
        yield f"left over: {leftovers(path)}"


def shots(kind: signal.Signals, few: int, many: int) -> Callable[[Path, bool], Report]:
    def scenario(path: Path, full: bool) -> Report:
        chance = random.Random(2023)
        count = many if full else few
        bad: list[str] = []
        for number in range(count):
            if number % 50 == 0:
                # Its history has grown by thousands of changes meanwhile.
                used = filled_store(path.parent / str(number) / path.name)
            bad += shot(used, kind, chance)
        return {"shots": count, "bad": bad}

    return scenario


def file_limit(path: Path, full: bool) -> Report:
    """Writes fail half-way, for real: the system allows files of so many bytes only."""
    filled_store(path)
    size = path.stat().st_size
    count = 200 if full else 20
    bad = []
    for number in range(count):
        limit = size * number // count
        old = read_round(path)

        def change(old: int = old, limit: int = limit) -> None:
            store = open_store(path)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            write_round(store, old + 1)

        code = exit_code(forked(change))
        # SQLite writes a part of the file only, for which there may be room.
        allowed = [(6, old)] if path.suffix == ".json" else [(6, old), (0, old + 1)]
        if (code, read_round(path)) not in allowed or leftovers(path):
            bad.append(f"limit {limit}: exit {code}, {old} became {read_round(path)}, left {leftovers(path)}")
    return {"limits": count, "bad": bad}


def full_disk(path: Path, full: bool) -> Report:
    """A small disk of its own (tmpfs) is filled up: what was saved stays readable, and a change says what it needs."""
    if shutil.which("unshare") is None:
        raise Skipped("unshare is not here, so no small disk can be made without root")
    sizes = range(64, 1024, 48) if full else (96, 256)
    bad, filled = [], 0
    for size in sizes:
        script = 'mount -t tmpfs -o size="$1"k tmpfs "$2" && exec "$3" "$4" --fill "$2/$5"'
        words = [str(size), str(path.parent), sys.executable, __file__, path.name]
        done = subprocess.run(
            ["unshare", "--mount", "--user", "--map-root-user", "sh", "-c", script, "sh", *words],
            capture_output=True,
            text=True,
        )
        if not done.stdout:
            raise Skipped(f"a small disk cannot be mounted here: {done.stderr.strip()}")
        report = json.loads(done.stdout)
        filled += report["ended"] == "full"
        if report["bad"]:
            bad.append(f"{size} KiB: {report}")
    return {"disks": len(sizes), "filled": filled, "bad": bad}


def fill(path: Path) -> Report:
    """Adds people to a new store until the disk is full; what was saved can be read all the same."""
    saved, message = 0, ""
    try:
        store = create_store(path)
        while saved < 100_000:
            with store.change(stamp()) as change:
                change.put("person", f"p{saved}", {"note": "ملاحظة " * 20})
            saved += 1
    except StoreUnavailable as error:
        message = error.message
    found = len(open_store(path).all("person"))
    bad = [] if (found, "MB free" in message, leftovers(path)) == (saved, True, []) else [saved, found, message]
    return {"saved": saved, "ended": "full" if "The disk is full" in message else message, "bad": bad}


def read_only(path: Path, full: bool) -> Report:
    """A folder in which nothing may be written, and a file that may not be read, as somebody who is not root."""
    filled_store(path)
    folder = path.parent
    # A copy that cannot be written stops TinyDB; SQLite has saved by then, and makes the copy good at the next change.
    expected = [0, 6, 6, 6, 6, 0] if path.suffix == ".json" else [0, 6, 6, 6, 0, 0]
    root = os.geteuid() == 0
    if root:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, NOBODY, NOBODY)

    def as_nobody(action: Callable[[], object]) -> int:
        def inside() -> None:
            if root:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            action()

        return exit_code(forked(inside))

    if as_nobody(lambda: read_round(path)) != 0:
        raise Skipped("the folder of temporary files is closed to others than root")
    (path.with_name(path.name + ".lock")).unlink()
    folder.chmod(0o500)
    codes = [as_nobody(lambda: read_round(path)), as_nobody(lambda: write_round(open_store(path), 1))]
    folder.chmod(0o700)
    path.chmod(0o000)
    codes += [as_nobody(lambda: read_round(path)), as_nobody(lambda: open_store(path))]
    path.chmod(0o600)
    (folder / "generations").chmod(0o500)
    codes += [as_nobody(lambda: write_round(open_store(path), 1)), as_nobody(lambda: read_round(path))]
    (folder / "generations").chmod(0o700)
    bad = [] if read_round(path) == codes[4:].count(0) - 1 else ["changed all the same"]
    return {"codes": codes, "bad": bad if codes == expected else [*bad, f"expected {expected}"]}


def race(path: Path, full: bool) -> Report:
    """Several processes change the same number, and one reads all the time."""
    processes, changes = (8, 100) if full else (4, 25)
    filled_store(path)

    def count_up(process: int) -> None:
        for number in range(changes):
            with open_store(path).change(stamp(), wait_seconds=120) as change:
                change.put("counter", "c", {"n": (change.get("counter", "c") or {"n": 0})["n"] + 1})
                change.put("own", f"{process}-{number}", {"n": number})

    def read_on() -> None:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        generation = 0
        store = open_store(path)
        while True:
            assert read_round(path) == 0
            now = store.snapshot()
            assert now.generation >= generation, "went back in time"
            generation = now.generation
            assert len(now.all("own")) == (now.get("counter", "c") or {"n": 0})["n"] == generation - 1

    reader = forked(read_on)
    writers = [forked(partial(count_up, process)) for process in range(processes)]
    codes = [exit_code(writer) for writer in writers]
    with suppress(ProcessLookupError):
        os.kill(reader, signal.SIGTERM)
    store = open_store(path)
    total = processes * changes
    found = {"n": (store.get("counter", "c") or {})["n"], "own": len(store.all("own")), "changes": store.generation - 1}
    bad = [] if found == {"n": total, "own": total, "changes": total} else [f"lost changes: {found}"]
    bad += [f"exit {code}" for code in (*codes, exit_code(reader)) if code]
    return {"changes": total, "bad": bad}


def damage(path: Path, full: bool) -> Report:
    """Flips bits of the file and cuts it short: noticed, left as it is, and the copy named is a good one.

    In SQLite a damage where no row lies shows when everything is read (`doctor --deep`), elsewhere before use.
    """
    filled_store(path)
    for number in range(3):
        write_round(open_store(path), number + 1)
    good = path.read_bytes()
    expected = contents(path)
    newest = 3 if path.suffix == ".json" else 4
    chance = random.Random(2023)
    count = 500 if full else 100
    bad = []
    for number in range(count):
        where = chance.randrange(len(good))
        flipped = good[:where] + bytes([good[where] ^ (1 << chance.randrange(8))]) + good[where + 1 :]
        data = flipped if number % 2 else good[:where]
        path.write_bytes(data)
        try:
            told = "and altered what is read" if contents(path) != expected else "though it did no harm"
            bad.append(f"byte {where} of {len(data)} was not noticed, {told}")
        except StoreUnavailable as error:
            if path.read_bytes() != data or not (error.values.get("number") == newest or "newer" in str(error)):
                bad.append(str(error))
    return {"damages": count, "bad": bad}


def contents(path: Path) -> list[tuple[str, str, Any]]:
    """Everything in a store, read as `doctor --deep` reads it."""
    store = open_store(path)
    check = getattr(store.snapshot(), "check", None)
    if check is not None:
        check()
    documents: list[tuple[str, str, Any]] = [(kind, id, one) for kind in store.kinds() for id, one in store.items(kind)]
    return [*documents, ("history", "", store.history())]


SCENARIOS: dict[str, Callable[[Path, bool], Report]] = {
    "kills": shots(signal.SIGKILL, 40, 1000),
    "interrupts": shots(signal.SIGINT, 20, 200),
    "every-call": every_call,
    "file-limit": file_limit,
    "full-disk": full_disk,
    "read-only": read_only,
    "race": race,
    "damage": damage,
    "killed-commands": shots_at_commands(signal.SIGKILL, 4, 1000),
    "interrupted-commands": shots_at_commands(signal.SIGINT, 4, 200),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="*", help=", ".join(SCENARIOS))
    parser.add_argument("--full", action="store_true", help="the full count")
    parser.add_argument("--store", default="tinydb", choices=NAMES)
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--change", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--round", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.change:
        run_and_leave(lambda: write_round(open_store(arguments.change), arguments.round))
    if arguments.fill:
        print(json.dumps(fill(arguments.fill)))
        return 0
    failed = False
    for name in arguments.scenario or SCENARIOS:
        folder = Path(tempfile.mkdtemp(prefix="eventops-faults-"))
        start = time.monotonic()
        try:
            past_python = arguments.store == "sqlite" and name == "every-call"
            report = (every_traced_call if past_python else SCENARIOS[name])(
                folder / NAMES[arguments.store], arguments.full
            )
        except Skipped as reason:
            report = {"skipped": str(reason)}
        except (AssertionError, EventopsError) as error:
            report = {"bad": [f"the store is not whole: {error}"]}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        failed = failed or bool(report.get("bad"))
        print(json.dumps({"scenario": name, **report}), flush=True)
        print(f"{name}: {time.monotonic() - start:.1f} s", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
