"""TinyDB over our storage does what it does over its own; and what its own loses, ours keeps.

TinyDB's own suite, of which 218 tests of 219 pass (the other one spells the name of TinyDB's class):

    pip download --no-binary :all: --no-deps tinydb==4.9.0 && tar xf tinydb-4.9.0.tar.gz
    EVENTOPS_TINYDB=tinydb-4.9.0 pytest tests/adapters/test_safe_storage.py
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.operations import delete, increment

from eventops.adapters.safe_storage import SafeStorage
from eventops.errors import StoreUnavailable

DOCUMENT = {"none": [None, None], "int": 42, "float": 3.14159, "list": ["a", "سلا"], "dict": {"hp": 13}, "bool": [True]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "قاعدة.json"


@pytest.fixture
def db(path: Path) -> TinyDB:
    return TinyDB(path, storage=SafeStorage)


def test_documents_come_back_in_another_process(db: TinyDB, path: Path) -> None:
    ids = db.insert_multiple([DOCUMENT, {"int": 43}])
    db.table("other").insert({"n": 1})
    again = TinyDB(path, storage=SafeStorage)
    assert (ids, again.all(), again.get(doc_id=2), again.tables()) == (
        [1, 2],
        [DOCUMENT, {"int": 43}],
        {"int": 43},
        {"_default", "other"},
    )
    assert again.insert({"n": 3}) == 3


def test_changes_and_removals_are_saved(db: TinyDB, path: Path) -> None:
    db.insert_multiple({"int": 1, "char": letter} for letter in "abc")
    db.update(increment("int"), where("char") == "a")
    db.update(delete("int"), where("char") == "b")
    db.upsert({"char": "d"}, where("char") == "d")
    db.remove(where("char") == "c")
    again = TinyDB(path, storage=SafeStorage)
    assert again.all() == [{"int": 2, "char": "a"}, {"char": "b"}, {"char": "d"}]
    db.truncate()
    assert len(TinyDB(path, storage=SafeStorage)) == 0
    db.drop_tables()
    assert TinyDB(path, storage=SafeStorage).tables() == set()


def test_the_options_of_json_and_an_encoding_are_kept_to(path: Path) -> None:
    db = TinyDB(path, storage=SafeStorage, sort_keys=True, indent=4, separators=(",", ": "))
    db.insert({"b": 1})
    assert path.read_text() == '{\n    "_default": {\n        "1": {\n            "b": 1\n        }\n    }\n}'
    path.unlink()
    SafeStorage(path, encoding="cp936", ensure_ascii=False).write({"t": {"1": {"Test": "こんにちは"}}})
    assert SafeStorage(path, encoding="cp936").read() == {"t": {"1": {"Test": "こんにちは"}}}
    with pytest.raises(json.JSONDecodeError):
        SafeStorage(path, encoding="cp037").read()


def test_without_an_encoding_text_is_utf8_on_every_system(db: TinyDB, path: Path) -> None:
    db.insert({"town": "سلا"})
    assert '"town":"سلا"'.encode() in path.read_bytes()


def test_a_cache_writes_when_it_is_closed(path: Path) -> None:
    with TinyDB(path, storage=CachingMiddleware(SafeStorage)) as db:
        db.insert({"n": 1})
    assert TinyDB(path, storage=SafeStorage).all() == [{"n": 1}]
    closed = SafeStorage(path)
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        closed.read()


def test_opened_for_reading_it_is_not_made_and_not_written(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SafeStorage(path, access_mode="r")
    SafeStorage(path).write({"t": {"1": {"n": 1}}})
    reading = SafeStorage(path, access_mode="r")
    assert reading.read() == {"t": {"1": {"n": 1}}}
    with pytest.raises(OSError, match='mode is "r"'):
        reading.write({})


def test_folders_are_made_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SafeStorage(tmp_path / "a" / "b" / "db.json")
    SafeStorage(tmp_path / "a" / "b" / "db.json", create_dirs=True).close()
    assert SafeStorage(tmp_path / "a" / "b" / "db.json").read() is None


def test_a_mode_that_empties_the_file_warns(path: Path) -> None:
    SafeStorage(path).write({"t": {"1": {"n": 1}}})
    with pytest.warns(UserWarning, match="Using an `access_mode` other than"):
        assert SafeStorage(path, access_mode="w").read() is None


# What TinyDB's own storage loses


def test_a_failed_change_leaves_the_file_as_it_was(db: TinyDB, path: Path) -> None:
    db.insert({"n": 1})
    before = path.read_bytes()
    for value in (date(2023, 10, 14), {1, 2}, float("nan")):
        with pytest.raises((TypeError, ValueError)):
            db.insert({"n": value})
    assert path.read_bytes() == before


def test_a_file_cut_short_is_refused_not_emptied(db: TinyDB, path: Path) -> None:
    db.insert({"n": 1})
    cut = path.read_bytes()[:-3]
    path.write_bytes(cut)
    with pytest.raises(json.JSONDecodeError):
        db.insert({"n": 2})
    assert path.read_bytes() == cut


def test_what_another_saved_meanwhile_is_not_overwritten(path: Path) -> None:
    one, other = SafeStorage(path), SafeStorage(path)
    one.write({"t": {"1": {"n": 1}}})
    assert one.read() == other.read()
    other.write({"t": {"1": {"n": 2}}})
    with pytest.raises(StoreUnavailable, match="changed by another program"):
        one.write({"t": {"1": {"n": 3}}})
    assert one.read() == {"t": {"1": {"n": 2}}}
    one.write({"t": {"1": {"n": 3}}})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes, and links only for administrators")
def test_the_file_is_for_its_owner_and_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    SafeStorage(path).write({"t": {}})
    link = tmp_path / "link.json"
    link.symlink_to(path)
    SafeStorage(link).write({"t": {"1": {"n": 1}}})
    assert (stat.S_IMODE(path.stat().st_mode), link.is_symlink(), SafeStorage(path).read()) == (
        0o600,
        True,
        {"t": {"1": {"n": 1}}},
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_killed_at_any_moment_it_holds_a_whole_state(path: Path) -> None:
    program = (
        "import sys\n"
        "from tinydb import TinyDB\n"
        "from eventops.adapters.safe_storage import SafeStorage\n"
        "db = TinyDB(sys.argv[1], storage=SafeStorage)\n"
        "while True:\n"
        "    db.insert_multiple({'n': n} for n in range(200))\n"
        "    print('saved', flush=True)\n"
        "    db.truncate()\n"
    )
    for _ in range(5):
        running = subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert running.stdout is not None
        running.stdout.readline()
        running.kill()
        running.communicate()
        assert len(TinyDB(path, storage=SafeStorage)) % 200 == 0


@pytest.mark.skipif("EVENTOPS_TINYDB" not in os.environ, reason="EVENTOPS_TINYDB names no source of TinyDB 4.9")
def test_the_suite_of_tinydb_itself_passes_but_for_the_name_of_its_class(tmp_path: Path) -> None:
    shutil.copytree(Path(os.environ["EVENTOPS_TINYDB"]) / "tests", tmp_path / "tests")
    (tmp_path / "conftest.py").write_text(
        "import tinydb, tinydb.storages\n"
        "from eventops.adapters.safe_storage import SafeStorage\n"
        "tinydb.JSONStorage = tinydb.storages.JSONStorage = tinydb.TinyDB.default_storage_class = SafeStorage\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    assert re.findall(r"^FAILED (\S+)", done.stdout, re.M) == ["tests/test_tables.py::test_table_repr[json]"]
    assert re.search(r"(\d+) passed", done.stdout)[1] in ("217", "218")  # type: ignore[index]  # PyYAML may be missing
