from pathlib import Path

from eventops.adapters.tinydb_store import TinyDBStore, create_store, open_store
from eventops.extension.ports import Store
from eventops.testing.stores import StoreContract


class TestTinyDBStore(StoreContract):
    def new_store(self, folder: Path) -> Store:
        return create_store(folder / "store.json")

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, TinyDBStore)
        return open_store(store.path)
