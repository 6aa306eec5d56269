"""Whatever people send: the right outcome, in the right words, without a traceback and without losing anybody."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bad_details import spoilt_answers, spoilt_texts, spoilt_workbooks
from bad_files import Case, containers, hostile
from bad_tables import answers, cells, people, tables, texts
from conftest import run_main

CASES = [*containers(), *hostile(), *texts(), *tables(), *cells(), *answers(), *people()]
CASES += [*spoilt_workbooks(), *spoilt_texts(), *spoilt_answers()]


@pytest.fixture(scope="module")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the demo's event without anybody."""
    folder = tmp_path_factory.mktemp("nobody") / "w"
    assert run_main(("demo", "--empty", folder)).code == 0
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_file_has_the_right_outcome(
    program: Callable[..., Any], nobody: Path, tmp_path: Path, case: Case
) -> None:
    shutil.copytree(nobody, tmp_path / "w")
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / case.file).write_bytes(case.data)
    ran = program("-w", tmp_path / "w", "participant", "import", folder / case.file)
    said = f"{ran.out}{ran.err}"
    assert "Traceback" not in said
    assert ran.code in ((0, 4) if case.code == -1 else (case.code,)), said
    assert [word for word in case.words if word not in said] == [], said
    enrolled = program("-w", tmp_path / "w", "--json", "participant", "list").json
    refused = program("-w", tmp_path / "w", "--json", "participant", "refused").json
    if case.added is not None:
        assert len(enrolled) == case.added, said
    if case.refused is not None:
        assert len(refused) == case.refused, said
    if case.code == -1:
        assert len(enrolled) + len(refused) == 2, said
    assert sorted(path.name for path in folder.iterdir()) == [case.file]


def test_there_are_enough_of_them() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100
