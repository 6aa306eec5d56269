import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from eventops_postgres.addresses import address_of
from eventops_postgres.checking import stored_problems
from eventops_postgres.connections import connected, holder_name
from eventops_postgres.schema import SHAPE, migrate
from eventops_postgres.store import PostgresStore, create_store, open_store

from eventops import NotUsable, Store, StoreUnavailable
from eventops.testing import StoreContract
from eventops.testing.stores import put, stamp


class TestPostgresStore(StoreContract):
    url: Callable[[], str]

    @pytest.fixture(autouse=True)
    def _server(self, new_url: Callable[[], str]) -> None:
        type(self).url = staticmethod(new_url)

    def new_store(self, folder: Path) -> Store:
        return create_store(type(self).url())

    def another_handle(self, store: Store) -> Store:
        assert isinstance(store, PostgresStore)
        return PostgresStore(store.address)


@pytest.fixture
def store(new_url: Callable[[], str]) -> PostgresStore:
    return create_store(new_url())


def psql(store: PostgresStore, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connected(store.address) as connection:
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else []


# What JSONB would alter

AWKWARD = {
    "large": 1e300,
    "small": 5e-324,
    "whole": 1e16,
    "zero": -0.0,
    "one": 1.0,
    "third": 0.1 + 0.2,
    "nul": "a\0b",
    "nu\0l": ["\0"],
    "integer": 2**63 - 1,
    "order": {"b": 1, "a": 2, "aa": 3},
    "text": "\ufffd سلا \U0001f9d5",
}


def test_what_jsonb_would_alter_comes_back_exactly(store: PostgresStore) -> None:
    put(store, "person", {"1": AWKWARD, "2": {"plain": 1.5}})
    read = PostgresStore(store.address).get("person", "1") or {}
    assert msgspec.json.encode(read, order="sorted") == msgspec.json.encode(AWKWARD, order="sorted")
    kept = psql(
        store, "SELECT id, exact IS NOT NULL FROM eventops_document WHERE event = %s ORDER BY id", store.address.event
    )
    assert kept == [("1", True), ("2", False)]
    put(store, "person", {"1": {"n": 1}})
    store.take_back(stamp("undo"))
    assert msgspec.json.encode(store.get("person", "1"), order="sorted") == msgspec.json.encode(AWKWARD, order="sorted")


def test_the_server_can_look_into_documents(store: PostgresStore) -> None:
    put(store, "person", {"1": {"town": "سلا"}, "2": {"town": "Rabat"}})
    found = psql(
        store,
        "SELECT id FROM eventops_document WHERE event = %s AND data ->> 'town' = 'سلا'",
        store.address.event,
    )
    assert found == [("1",)]


# Constraints of the tables hold against everybody


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO eventops_document VALUES (%s, '_history', 'x', 9, 1, '{}')",
        "INSERT INTO eventops_document VALUES (%s, 'person', '', 9, 1, '{}')",
        "INSERT INTO eventops_document VALUES (%s, 'person', 'x', 9, 1, '[]')",
        "INSERT INTO eventops_document VALUES (%s, 'person', 'x', 1, 1, '{}')",
        "INSERT INTO eventops_document VALUES (%s, 'person', '1', 9, 1, '{}')",
        "INSERT INTO eventops_history VALUES (%s, 0, NULL, repeat('0', 64), '{}')",
        "INSERT INTO eventops_history VALUES (%s, 1, NULL, repeat('0', 64), '{}')",
        "INSERT INTO eventops_history VALUES (%s, 2, NULL, 'short', '{}')",
        "UPDATE eventops_event SET generation = -1 WHERE event = %s",
    ],
)
def test_rows_that_cannot_be_are_refused_by_the_server(store: PostgresStore, statement: str) -> None:
    put(store, "person", {"1": {"n": 1}})
    with pytest.raises(psycopg.errors.IntegrityError), psycopg.connect(store.address.conninfo) as connection:
        connection.execute(statement, (store.address.event,))


def test_each_document_tells_which_change_wrote_it(store: PostgresStore) -> None:
    put(store, "person", {"1": {"n": 1}, "2": {"n": 2}})
    put(store, "person", {"2": {"n": 3}})
    query = "SELECT id, version FROM eventops_document WHERE event = %s ORDER BY id"
    assert psql(store, query, store.address.event) == [("1", 1), ("2", 2)]


def test_the_event_leads_every_key(store: PostgresStore) -> None:
    query = """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true) FROM pg_index
        WHERE indrelid IN (SELECT oid FROM pg_class WHERE starts_with(relname, 'eventops_') AND relkind = 'r')
    """
    columns = {column for _, column in psql(store, query)}
    assert columns == {"event"}


# Others at the same time


def test_who_waits_is_told_for_whom(store: PostgresStore) -> None:
    other = PostgresStore(store.address)
    held = msgspec.structs.replace(stamp(), actor="إدريس")

    def wait() -> None:
        with other.change(stamp(), wait_seconds=0.05) as late:
            late.put("person", "2", {"n": 2})

    with store.change(held) as change:
        change.put("person", "1", {"n": 1})
        with pytest.raises(StoreUnavailable) as caught:
            wait()
    assert str(caught.value.values["holder"]).startswith("إدريس (")
    assert caught.value.exit_code == 6


def test_events_of_one_database_do_not_wait_for_each_other(new_url: Callable[[], str]) -> None:
    one, other = create_store(new_url()), create_store(new_url())
    with one.change(stamp()) as change:
        change.put("person", "1", {"n": 1})
        with other.change(stamp(), wait_seconds=0.05) as second:
            second.put("person", "1", {"n": 2})
    assert (one.get("person", "1"), other.get("person", "1")) == ({"n": 1}, {"n": 2})


def test_a_change_whose_connection_is_killed_is_not_saved_and_the_next_one_is(store: PostgresStore) -> None:
    put(store, "person", {"1": {"n": 1}})

    def cut_off() -> None:
        with store.change(stamp()) as change:
            change.put("person", "1", {"n": 2})
            kill(store)

    with pytest.raises(StoreUnavailable, match="was not changed"):
        cut_off()
    assert (store.get("person", "1"), store.generation) == ({"n": 1}, 1)
    put(store, "person", {"1": {"n": 3}})
    assert store.get("person", "1") == {"n": 3}


def test_an_idle_connection_that_was_killed_is_replaced(store: PostgresStore) -> None:
    put(store, "person", {"1": {"n": 1}})
    kill(store)
    assert PostgresStore(store.address).get("person", "1") == {"n": 1}
    with suppress(StoreUnavailable):
        store.get("person", "1")
    assert store.get("person", "1") == {"n": 1}


def test_a_commit_whose_answer_is_lost_is_looked_up(store: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = psycopg.Connection.execute

    def execute(connection: Any, query: Any, *args: Any, **options: Any) -> Any:
        done = real(connection, query, *args, **options)
        if query == "COMMIT":
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    put(store, "person", {"1": {"n": 1}})
    assert (store.get("person", "1"), store.generation) == ({"n": 1}, 1)


def kill(store: PostgresStore) -> None:
    """Ends the server's side of every connection that changes this event, or has changed it."""
    with psycopg.connect(store.address.conninfo, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(application_name, %s)",
            (holder_name(store.address.event, ""),),
        )


@pytest.mark.parametrize("kills", [0, 25])
def test_eight_processes_lose_nothing_while_one_reads(store: PostgresStore, kills: int) -> None:
    done = ran("race.py", store, "8", "10", str(kills))
    assert (done.returncode, done.stdout.strip()) == (0, "80 changes, none lost, none twice"), done.stderr


# All of 60 rooms by EVENTOPS_FAULTS=full.
ROOMS = 60 if os.environ.get("EVENTOPS_FAULTS") == "full" else 12


@pytest.mark.parametrize("kills", [0, 40])
def test_eight_coordinators_fill_rooms_and_nobody_lies_twice_or_on_the_floor(store: PostgresStore, kills: int) -> None:
    done = ran("beds.py", store, "8", str(ROOMS), str(kills))
    expected = f"{ROOMS * 3} of {ROOMS * 3} beds taken, 0 rooms over-filled, 0 placed twice"
    assert (done.returncode, done.stdout.strip()) == (0, expected), done.stderr


def ran(program: str, store: PostgresStore, *words: str) -> "subprocess.CompletedProcess[str]":
    """A program beside this file, on an event of the server."""
    return subprocess.run(
        [sys.executable, str(Path(__file__).with_name(program)), store.address.conninfo, store.address.event, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        check=False,
    )


# Making, joining, refusing


def test_a_second_coordinator_joins_the_store_of_the_first(new_url: Callable[[], str]) -> None:
    url = new_url()
    put(create_store(url), "person", {"1": {"n": 1}})
    assert create_store(url).get("person", "1") == {"n": 1}


def test_an_event_that_is_not_there_is_named(new_url: Callable[[], str]) -> None:
    create_store(new_url())
    with pytest.raises(NotUsable, match="eventops store init"):
        open_store(new_url())


def test_a_newer_store_is_refused_untouched_and_an_older_one_is_migrated(new_url: Callable[[], str]) -> None:
    url = new_url()
    store = create_store(url)
    psql(store, "UPDATE eventops_event SET shape = %s WHERE event = %s", SHAPE + 1, store.address.event)
    for action in (open_store, migrate):
        with pytest.raises(StoreUnavailable, match="newer eventops-postgres"):
            action(url)
    psql(store, "UPDATE eventops_event SET shape = %s WHERE event = %s", SHAPE, store.address.event)
    assert (migrate(url), migrate(url)) == ((SHAPE, SHAPE), (SHAPE, SHAPE))


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://amina:s3cret@127.0.0.1:1/events?event=casa")
    assert ("s3cret" in str(caught.value), "amina@127.0.0.1:1/events (casa)" in str(caught.value)) == (False, True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://h/d?event=casa", ("casa", "postgresql://h/d?connect_timeout=10")),
        ("postgresql://u:p%40@h:5/d", ("event", "postgresql://u:p%40@h:5/d?connect_timeout=10")),
        ("postgresql://h/d?sslmode=require", ("event", "postgresql://h/d?sslmode=require&connect_timeout=10")),
        ("postgres:///d?connect_timeout=2&event=%D8%B3%D9%84%D8%A7", ("سلا", "postgres:///d?connect_timeout=2")),
    ],
)
def test_the_url_names_the_database_and_the_event(url: str, expected: tuple[str, str]) -> None:
    address = address_of(url)
    assert (address.event, address.conninfo) == expected


def test_a_url_without_an_event_after_its_name_is_refused() -> None:
    with pytest.raises(NotUsable, match="names no event"):
        address_of("postgresql://h/d?event=")


# Erasing and checking


def test_what_was_erased_is_in_no_table_of_the_server(store: PostgresStore) -> None:
    put(store, "person", {"P1": {"id": "P1", "name": "زبيدة"}, "P2": {"id": "P2", "name": "Driss"}})
    put(store, "person", {"P1": {"id": "P1", "name": "زبيدة القنارية", "nul": "\0"}})
    store.take_back(stamp("undo"))
    store.erase(stamp("participant forget"), "P1", lambda kind, id, document: None)
    body = "data::text || coalesce(exact, '')"
    columns = {"eventops_document": body, "eventops_before": body, "eventops_history": "entry"}
    for table, text in columns.items():
        rows = psql(store, f"SELECT {text} FROM {table} WHERE event = %s", store.address.event)
        assert [row for row in rows if "زبيدة" in row[0]] == []


def test_deep_checking_finds_what_was_changed_past_eventops(store: PostgresStore, new_url: Callable[[], str]) -> None:
    url = new_url()
    mine = create_store(url)
    put(mine, "person", {"1": {"n": 1}})
    assert list(stored_problems(url)) == []
    psql(mine, "UPDATE eventops_event SET generation = 7 WHERE event = %s", mine.address.event)
    psql(mine, "UPDATE eventops_document SET exact = '{' WHERE event = %s", mine.address.event)
    assert [finding.values for finding in stored_problems(url)] == [
        {"generation": 7, "number": 1},
        {"kind": "person", "id": "1"},
    ]


# On the command line


def test_a_workspace_moves_to_the_database_and_back(
    eventops_run: Any, new_url: Callable[[], str], tmp_path: Path
) -> None:
    url = new_url()
    for name in ("one", "two"):
        assert eventops_run("init", tmp_path / name, "--store", url).returncode == 0, name
    sheet = tmp_path / "event.toml"
    sheet.write_text(EVENT, encoding="utf-8")
    assert eventops_run("-w", tmp_path / "one", "event", "apply", sheet).returncode == 0
    added = eventops_run("-w", tmp_path / "two", "participant", "add", "--name", "Salma B", "--email", "s@example.org")
    assert added.returncode == 0, added.stderr
    shown = json.loads(eventops_run("-w", tmp_path / "one", "--json", "participant", "list").stdout)
    assert [one["name"] for one in shown] == ["Salma B"]
    copied = json.loads(eventops_run("-w", tmp_path / "one", "--json", "store", "copy", url, "tinydb", "--use").stdout)
    back = json.loads(eventops_run("-w", tmp_path / "one", "--json", "store", "copy", "tinydb", new_url()).stdout)
    assert (copied["hash"], copied["head"], copied["documents"]) == (back["hash"], back["head"], back["documents"])
    for words in (("store", "migrate"), ("doctor", "--deep"), ("history", "verify")):
        done = eventops_run("-w", tmp_path / "two", *words)
        assert done.returncode in (0, 4), done.stderr
    assert eventops_run("-w", tmp_path / "two", "history", "restore").returncode == 3


EVENT = """
[event]
id = "casa"
title = { en = "Meeting" }
timezone = "Africa/Casablanca"
country = "MA"
currency = "MAD"

[venue]
name = { en = "Hall" }
town = "Casablanca"
point = { lat = 33.59, lon = -7.6 }

[[agenda]]
id = "plenary"
title = { en = "Plenary" }
starts_at = 2023-10-14T09:00:00
ends_at = 2023-10-14T16:00:00
"""


def test_a_small_change_asks_the_server_seldom(store: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "person", {"1": {"n": 1}})
    asked: list[str] = []
    real = psycopg.Connection.execute

    def execute(connection: Any, query: Any, *args: Any, **options: Any) -> Any:
        asked.append(" ".join(str(query).split()[:2]))
        return real(connection, query, *args, **options)

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    with PostgresStore(store.address).change(stamp()) as change:
        change.put("person", "1", {"n": (change.get("person", "1") or {"n": 0})["n"] + 1})
    # The shape, the lock, the document, the state, the end; settings and writing go in two batches beside them.
    assert asked == ["SELECT shape", "SELECT 1", "SELECT position,", "SELECT next_position,", "COMMIT"]
