"""What every fault needs: stores, rounds of changes, and processes that leave when they are told."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from eventops.adapters import sqlite_store, tinydb_store
from eventops.domain.keeping.history import Stamp, verify
from eventops.errors import EventopsError
from eventops.extension.ports import Store

Report = dict[str, Any]
NAMES = {"tinydb": "store.json", "sqlite": "store.db"}
PEOPLE = 300
NOBODY = 65534
UNCONFIRMED = 66


class Skipped(Exception):
    """This machine does not allow the scenario."""


def stamp(command: str = "faults") -> Stamp:
    return Stamp(actor=f"process {os.getpid()}", at=datetime.now(UTC), command=command)


def create_store(path: Path) -> Store:
    """A new store; its kind is told by the ending of its name."""
    return sqlite_store.create_store(path) if path.suffix == ".db" else tinydb_store.create_store(path)


def open_store(path: Path) -> Store:
    return sqlite_store.open_store(path) if path.suffix == ".db" else tinydb_store.open_store(path)


def filled_store(path: Path) -> Path:
    """A store of a hundred kilobytes in which every person has the same number."""
    write_round(create_store(path), 0, PEOPLE)
    return path


def write_round(store: Store, number: int, people: int = 10) -> None:
    """One change that gives the same number to several people: a half change would show."""
    with store.change(stamp()) as change:
        for person in range(people):
            change.put("person", f"p{person}", {"round": number, "note": "ملاحظة " * 20})


def read_round(path: Path) -> int:
    """The number of the last whole change. Errors: AssertionError when the store is not whole."""
    store = open_store(path).snapshot()
    rounds = {(store.get("person", f"p{person}") or {})["round"] for person in range(10)}
    assert len(rounds) == 1, f"half a change: {rounds}"
    assert len(store.all("person")) == PEOPLE, "people lost"
    assert verify(store.history()) is None, "history broken"
    assert len(store.history()) == store.generation, "history and generation differ"
    return int(rounds.pop())


def forked(action: Callable[[], object]) -> int:
    """Starts the action in a process of its own and gives its number. It ends with 0, the exit code of an error made
    for people, 66 where the disk did not confirm, 130 for Ctrl-C, or 1 for anything else."""
    child = os.fork()
    if child == 0:
        run_and_leave(action)
    return child


def run_and_leave(action: Callable[[], object]) -> NoReturn:
    code = 1
    try:
        action()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except EventopsError as error:
        code = UNCONFIRMED if "did not confirm" in error.message else error.exit_code
        if os.environ.get("EVENTOPS_FAULTS_SAY"):
            print(error, file=sys.stderr)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def exit_code(child: int) -> int:
    """The exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def leftovers(path: Path) -> list[str]:
    return [file.name for file in path.parent.rglob("*.tmp")]
