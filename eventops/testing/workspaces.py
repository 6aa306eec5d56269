"""A small workspace on disk for tests of commands."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eventops.adapters.tinydb_store import create_store, open_store
from eventops.application.facts import put_event, put_participant
from eventops.domain.event import UsedPlugin
from eventops.extension.ports import Stamp
from eventops.testing.builders import an_event, twelve_candidates

STORE_FILE = "eventops.json"
# The twelve people live in towns the world's gazetteer knows, so that no other is needed.
TOWNS = ("Tangier", "Casablanca", "Rabat", "Marrakesh", "Settat", "Fes")


def make_small_workspace(folder: Path) -> None:
    """Makes the folder: the event of the builders under the core's own rules, and twelve people."""
    folder.mkdir(parents=True)
    create_store(folder / STORE_FILE)
    event = msgspec.structs.replace(
        an_event(),
        plugins=(UsedPlugin(name="eventops"),),
        tariffs={"travel": "kilometre-rate", "lodging": "hotel-night", "meals": "menu-price"},
    )
    people = [
        msgspec.structs.replace(one.participant, town=TOWNS[number % len(TOWNS)] if one.place else "Dchar l'inconnu")
        for number, one in enumerate(twelve_candidates())
    ]
    stamp = Stamp(actor="test", at=datetime(2023, 9, 1, tzinfo=UTC), command="test")
    with open_store(folder / STORE_FILE).change(stamp) as change:
        put_event(change, event)
        for person in people:
            put_participant(change, person)
