"""The kit for plugin authors: contract suites, small whole values, tables as text, and pytest fixtures.

Names are resolved when first used, so that a test pays only for what it needs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventops.testing.builders import (
        a_candidate as a_candidate,
        a_decision as a_decision,
        a_participant as a_participant,
        a_placement as a_placement,
        a_plan as a_plan,
        an_event as an_event,
        twelve_candidates as twelve_candidates,
        two_journeys as two_journeys,
    )
    from eventops.testing.contracts import (
        ExportContract as ExportContract,
        RuleContract as RuleContract,
        TariffContract as TariffContract,
    )
    from eventops.testing.examples import (
        candidates_everywhere as candidates_everywhere,
        facts_settings as facts_settings,
        place_at as place_at,
    )
    from eventops.testing.fixtures import Ran as Ran, Run as Run
    from eventops.testing.formats import (
        GazetteerContract as GazetteerContract,
        ReaderContract as ReaderContract,
        WriterContract as WriterContract,
    )
    from eventops.testing.stores import StoreContract as StoreContract
    from eventops.testing.tables import candidates_of as candidates_of, table_of as table_of

_HOME = {
    "eventops.testing.builders": (
        "a_candidate",
        "a_decision",
        "a_participant",
        "a_placement",
        "a_plan",
        "an_event",
        "twelve_candidates",
        "two_journeys",
    ),
    "eventops.testing.contracts": ("ExportContract", "RuleContract", "TariffContract"),
    "eventops.testing.examples": ("candidates_everywhere", "facts_settings", "place_at"),
    "eventops.testing.fixtures": ("Ran", "Run"),
    "eventops.testing.formats": ("GazetteerContract", "ReaderContract", "WriterContract"),
    "eventops.testing.stores": ("StoreContract",),
    "eventops.testing.tables": ("candidates_of", "table_of"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"eventops.testing has no {name!r}")


def __dir__() -> list[str]:
    return sorted(name for names in _HOME.values() for name in names)
