"""What one association is given tells of its own people and of nobody else."""

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Run = Callable[..., Any]


def text_of(file: Path) -> str:
    if file.suffix != ".xlsx":
        return html.unescape(file.read_text(encoding="utf-8"))
    cells = (cell for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def test_no_file_for_one_association_names_anybody_elses_people(eventops: Run, workspace: Path) -> None:
    people = eventops("--json", "participant", "list").json
    regions = ("MA-04", "MA-06")  # those the association works in
    others = [one for one in people if one["region"] not in regions and one["association"] != "adfm"]
    eventops("export", "all", "--for", "adfm", "--lang", "fr")
    texts = {file.name: text_of(file) for file in (workspace / "exports").iterdir()}
    named = {(file, one["id"]) for file, text in texts.items() for one in others if one["name"] in text}
    assert (len(others) > 3, len(texts) > 8, named) == (True, True, set())
    own = [one["name"] for one in people if one["association"] == "adfm"]
    assert all(name in texts["contacts.adfm.fr.xlsx"] for name in own)
