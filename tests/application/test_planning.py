import pytest

from eventops.adapters.memory_store import MemoryStore
from eventops.application.planning import load_plan
from eventops.builtin import plugin
from eventops.errors import NotUsable
from eventops.extension.registry import PluginModule, registry_of
from eventops.testing.builders import an_event


class NoCache:
    """A cache that keeps nothing, as any cache may."""

    def load(self, name: str) -> bytes | None:
        return None

    def save(self, name: str, data: bytes) -> None:
        pass


def test_an_event_without_an_agenda_is_not_planned_and_the_next_step_is_named() -> None:
    registry = registry_of([PluginModule(name="eventops", version="1", origin="eventops", module=plugin)])
    with pytest.raises(NotUsable, match="eventops agenda add"):
        load_plan(MemoryStore(), registry, NoCache(), an_event(agenda=()))
