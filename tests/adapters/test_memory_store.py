from pathlib import Path

from eventops.adapters.memory_store import MemoryStore
from eventops.extension.ports import Store
from eventops.testing.stores import StoreContract


class TestMemoryStore(StoreContract):
    def new_store(self, folder: Path) -> Store:
        return MemoryStore()
