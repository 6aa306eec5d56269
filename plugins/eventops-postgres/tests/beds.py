"""Coordinators who fill the same rooms at once, each with all the guests in an order of their own; with kills, another
ends the connections of those who change the event, again and again: `beds.py CONNINFO EVENT PROCESSES ROOMS [KILLS]`.

Each looks for a bed and takes it within one change, as `eventops lodging place` does. Three beds a room, more guests
than beds.
"""

import random
import sys
from collections import Counter
from multiprocessing import get_context
from time import sleep

from eventops_postgres.addresses import Address
from eventops_postgres.store import PostgresStore
from race import kill_on, stamp

from eventops import StoreUnavailable

BEDS = 3
KIND = "room_placement"


def fill_rooms(address: Address, process: int, rooms: int) -> None:
    chance = random.Random(process)
    guests = [f"P{number:04d}" for number in range(rooms * BEDS * 4 // 3)]
    chance.shuffle(guests)
    store = PostgresStore(address)
    for guest in guests:
        while not tried(store, guest, rooms, chance):
            sleep(0.01)


def tried(store: PostgresStore, guest: str, rooms: int, chance: random.Random) -> bool:
    """Whether the answer is known: the guest has a bed, or there is none left. False when the server stopped it."""
    try:
        with store.change(stamp(), wait_seconds=120) as change:
            sleeping = Counter(one["room"] for one in change.all(KIND))
            free = [room for room in map(str, range(rooms)) if sleeping[room] < BEDS]
            if free and change.get(KIND, guest) is None:
                change.put(KIND, guest, {"participant_id": guest, "room": chance.choice(free)})
    except StoreUnavailable:
        return False
    return True


def main() -> int:
    conninfo, event, processes, rooms = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    kills = int(sys.argv[5]) if len(sys.argv) > 5 else 0
    address = Address(conninfo=conninfo, event=event, shown=event)
    context = get_context("spawn")
    killer = context.Process(target=kill_on, args=(address, kills), daemon=True)
    coordinators = [context.Process(target=fill_rooms, args=(address, number, rooms)) for number in range(processes)]
    for process in (killer, *coordinators):
        process.start()
    for coordinator in coordinators:
        coordinator.join()
    placed = PostgresStore(address).all(KIND)
    sleeping = Counter(one["room"] for one in placed)
    over_filled = sum(1 for count in sleeping.values() if count > BEDS)
    twice = len(placed) - len({one["participant_id"] for one in placed})
    print(f"{len(placed)} of {rooms * BEDS} beds taken, {over_filled} rooms over-filled, {twice} placed twice")
    failed = any(coordinator.exitcode for coordinator in coordinators)
    return int(failed or len(placed) != rooms * BEDS or bool(over_filled or twice))


if __name__ == "__main__":
    sys.exit(main())
