"""Several processes count up one number of an event while one reads: `race.py CONNINFO EVENT PROCESSES CHANGES`."""

import sys
from datetime import UTC, datetime
from multiprocessing import get_context

from eventops_postgres.addresses import Address
from eventops_postgres.store import PostgresStore

from eventops import Stamp


def stamp() -> Stamp:
    return Stamp(actor="race", at=datetime.now(UTC), command="race")


def count_up(address: Address, process: int, changes: int) -> None:
    for number in range(changes):
        with PostgresStore(address).change(stamp(), wait_seconds=120) as change:
            change.put("counter", "c", {"n": (change.get("counter", "c") or {"n": 0})["n"] + 1})
            change.put("own", f"{process}-{number}", {"n": number})


def read_on(address: Address, total: int) -> None:
    generation = 0
    while generation < total:
        now = PostgresStore(address).snapshot()
        assert now.generation >= generation, "went back in time"
        generation = now.generation
        assert len(now.all("own")) == (now.get("counter", "c") or {"n": 0})["n"] == generation
        now.close()


def main() -> int:
    conninfo, event, processes, changes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    address = Address(conninfo=conninfo, event=event, shown=event)
    context = get_context("spawn")
    total = processes * changes
    reader = context.Process(target=read_on, args=(address, total), daemon=True)
    reader.start()
    writers = [context.Process(target=count_up, args=(address, number, changes)) for number in range(processes)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    store = PostgresStore(address)
    lost = total - min((store.get("counter", "c") or {"n": 0})["n"], len(store.all("own")), store.generation)
    # Where changes were lost the reader would wait for ever.
    reader.join(10)
    print(f"{total} changes, {lost} lost")
    return int(lost != 0 or reader.exitcode != 0 or any(writer.exitcode for writer in writers))


if __name__ == "__main__":
    sys.exit(main())
