"""How long the default store takes: `python benchmarks/store.py [PEOPLE ...]`, medians in milliseconds.

Each row is one store of that many people (about 290 bytes each). `change` is a whole command without Python's own
start: open, read one person, change it, save, close.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from eventops.adapters.tinydb_store import create_store, open_store
from eventops.domain.history import Stamp

ROUNDS = 11


def person(number: int) -> dict[str, Any]:
    """A made-up participant, the size of a real one."""
    return {
        "id": f"p{number:06d}",
        "name": f"فاطمة الزهراء {number}",
        "latin_name": f"Fatima Zahra {number}",
        "phone": f"+2126{number:08d}",
        "email": f"person{number}@example.org",
        "town": ("سلا", "Salé", "Témara", "Sidi Bennour")[number % 4],
        "category": ("citizen", "elected", "academic")[number % 3],
        "wishes": ["budget", "participation"],
        "consents": {"attend": True, "photo": False, "sharing": ["oecd"]},
    }


def stamp() -> Stamp:
    return Stamp(actor="benchmark", at=datetime.now(UTC), command="participant set")


def median_ms(action: Callable[[], object]) -> float:
    """Median over the rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        action()
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times)


def measured(people: int, folder: Path) -> dict[str, float]:
    """The figures for one size, in milliseconds and megabytes."""
    path = folder / f"{people}.json"
    store = create_store(path)
    documents = [person(number) for number in range(people)]
    start = perf_counter()
    with store.change(stamp()) as change:
        for document in documents:
            change.put("person", document["id"], document)
    imported = (perf_counter() - start) * 1000
    rounds = iter(range(1_000))

    def small_change() -> None:
        with open_store(path).change(stamp()) as change:
            document = change.get("person", "p000001") or {}
            change.put("person", "p000001", document | {"round": next(rounds)})

    def import_again() -> None:
        with open_store(path).change(stamp()) as change:
            for document in documents:
                change.put("person", document["id"], document | {"round": 0} if document is documents[1] else document)

    figures = {"import": imported, "change": median_ms(small_change), "again": median_ms(import_again)}
    figures["open"] = median_ms(lambda: open_store(path))
    opened = open_store(path)
    figures["get"] = median_ms(lambda: opened.get("person", "p000001"))
    figures["all"] = median_ms(lambda: opened.all("person"))
    figures["find"] = median_ms(lambda: opened.find("person", "town", "سلا"))
    figures["undo"] = median_ms(lambda: (open_store(path).take_back(stamp()), open_store(path).redo(stamp()))) / 2
    figures["MB"] = path.stat().st_size / 1e6
    return figures


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 5_000, 10_000]
    with tempfile.TemporaryDirectory() as folder:
        for people in sizes:
            row = measured(people, Path(folder))
            print(f"{people:>7,} people  " + "  ".join(f"{name} {value:.2f}" for name, value in row.items()))


if __name__ == "__main__":
    main()
