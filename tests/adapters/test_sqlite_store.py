from pathlib import Path

from eventops.adapters.sqlite_store import SQLiteStore, create_store, open_store
from eventops.extension.ports import Store
from eventops.testing.stores import StoreContract


class TestSQLiteStore(StoreContract):
    def new_store(self, folder: Path) -> Store:
        return create_store(folder / "store.db")

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, SQLiteStore)
        return open_store(store.path)
