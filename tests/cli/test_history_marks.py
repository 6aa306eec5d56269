"""What leaves tells after which entry of the history it was made, and that entry can be asked for later."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]

NAME = "eventops-history"


def mark_of(file: Path) -> str:
    """The number and the hash a file tells, where a program finds them."""
    match file.suffix:
        case ".xlsx":
            return str(openpyxl.load_workbook(file).custom_doc_props[NAME].value)
        case ".json":
            history = json.loads(file.read_text(encoding="utf-8"))["history"]
            return f"{history['number']} {history['hash']}"
        case _:
            found = re.search(rf'<meta name="{NAME}" content="([^"]*)">', file.read_text(encoding="utf-8"))
            assert found is not None
            return found[1]


def printed_on(file: Path) -> str:
    """What a person reads at the foot of a printed page."""
    if file.suffix == ".xlsx":
        return str(openpyxl.load_workbook(file).worksheets[0].oddFooter.left.text)
    return file.read_text(encoding="utf-8").partition('<footer class="history" dir="ltr">')[2].partition("<")[0]


@pytest.mark.parametrize("suffix", [".xlsx", ".html", ".json"])
def test_a_file_tells_the_entry_it_was_made_after(eventops: Run, tmp_path: Path, suffix: str) -> None:
    eventops("participant", "set", "P0003", "--town", "Settat")
    newest = eventops("--json", "history").json[-1]
    files = [tmp_path / f"{number}{suffix}" for number in range(2)]
    for file in files:
        assert eventops("export", "lodging-list", "--lang", "ar", "-o", file).code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert mark_of(files[0]) == f"{newest['number']} {newest['hash']}"
    if suffix != ".json":
        assert printed_on(files[0]).endswith(f"{newest['number']} · {newest['hash'][:16]}")


def test_a_separated_file_is_read_by_programs_and_stays_as_it_was(eventops: Run, tmp_path: Path) -> None:
    eventops("export", "lodging-list", "-o", tmp_path / "list.csv")
    head = eventops("--json", "history").json[2]["hash"]
    assert head[:16] not in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")


def test_a_template_tells_it_beside_its_own_properties(eventops: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "{{rows}}{{name}}"
    book.save(tmp_path / "template.xlsx")
    filled = tmp_path / "filled.xlsx"
    assert eventops("export", "lodging-list", "--template", tmp_path / "template.xlsx", "-o", filled).code == 0
    newest = next(one for one in reversed(eventops("--json", "history").json) if one["command"] != "export")
    assert mark_of(filled) == f"{newest['number']} {newest['hash']}"


def test_the_printed_entry_is_asked_for_later(eventops: Run, workspace: Path, tmp_path: Path) -> None:
    kept = (workspace / "eventops.json").read_bytes()
    eventops("participant", "set", "P0003", "--town", "Settat")
    file = tmp_path / "list.html"
    eventops("export", "lodging-list", "-o", file)
    printed = printed_on(file)
    assert [eventops("history", "verify", text).code for text in (printed, printed.split()[-1], printed.upper())] == [
        0,
        0,
        0,
    ]
    # Somebody puts an older file in the place of the store: the paper shows that changes are missing.
    (workspace / "eventops.json").write_bytes(kept)
    ran = eventops("history", "verify", printed)
    assert (ran.code, "is not in the history" in ran.err) == (4, True)
    for text in ("3f2a", "not a hash at all"):
        ran = eventops("history", "verify", text)
        assert (ran.code, ran.out) == (2, "")
