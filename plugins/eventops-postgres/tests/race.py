"""Several processes count up one number of an event while one reads; with kills, another ends the connections of those
who change it, again and again: `race.py CONNINFO EVENT PROCESSES CHANGES [KILLS]`.

What a process was told is saved must be there once: a change told lost that is there would be counted twice.
"""

import random
import sys
from datetime import UTC, datetime
from multiprocessing import get_context
from time import sleep

import psycopg
from eventops_postgres.addresses import Address
from eventops_postgres.connections import holder_name
from eventops_postgres.store import PostgresStore

from eventops import Stamp, StoreUnavailable


def stamp() -> Stamp:
    return Stamp(actor="race", at=datetime.now(UTC), command="race")


def count_up(address: Address, process: int, changes: int) -> None:
    store = PostgresStore(address)
    for number in range(changes):
        while not counted(store, f"{process}-{number}"):
            sleep(0.01)


def counted(store: PostgresStore, own: str) -> bool:
    """Whether one change was saved."""
    try:
        with store.change(stamp(), wait_seconds=120) as change:
            change.put("counter", "c", {"n": (change.get("counter", "c") or {"n": 0})["n"] + 1})
            change.put("own", own, {"own": own})
    except StoreUnavailable:
        return False
    return True


def read_on(address: Address, total: int) -> None:
    generation = 0
    while generation < total:
        now = PostgresStore(address).snapshot()
        assert now.generation >= generation, "went back in time"
        generation = now.generation
        assert len(now.all("own")) == (now.get("counter", "c") or {"n": 0})["n"] == generation
        now.close()


def kill_on(address: Address, kills: int) -> None:
    chance = random.Random(2023)
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        for _ in range(kills):
            sleep(chance.uniform(0, 0.02))
            connection.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(application_name, %s)
                AND state <> 'idle' ORDER BY xact_start LIMIT 1
                """,
                (holder_name(address.event, ""),),
            )


def main() -> int:
    conninfo, event, processes, changes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    kills = int(sys.argv[5]) if len(sys.argv) > 5 else 0
    address = Address(conninfo=conninfo, event=event, shown=event)
    context = get_context("spawn")
    total = processes * changes
    reader = context.Process(target=read_on, args=(address, total), daemon=True)
    killer = context.Process(target=kill_on, args=(address, kills), daemon=True)
    writers = [context.Process(target=count_up, args=(address, number, changes)) for number in range(processes)]
    for process in (reader, killer, *writers):
        process.start()
    for writer in writers:
        writer.join()
    store = PostgresStore(address)
    found = {(store.get("counter", "c") or {"n": 0})["n"], len(store.all("own")), store.generation}
    # Where changes were lost the reader would wait for ever.
    reader.join(20)
    print(f"{total} changes, {'none lost, none twice' if found == {total} else f'found {sorted(found)}'}")
    return int(found != {total} or reader.exitcode != 0 or any(writer.exitcode for writer in writers))


if __name__ == "__main__":
    sys.exit(main())
