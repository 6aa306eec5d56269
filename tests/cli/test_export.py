import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]

NAMES = (
    "attendance-sheet",
    "casablanca-settat.carpool-proposal",
    "contacts",
    "expertise-france.workbook",
    "lodging-list",
    "meal-sheet",
    "oecd.workbook",
    "participants",
    "public-statistics",
    "rabat-sale-kenitra.mobilisation-list",
    "statistics",
    "summary",
    "travel-list",
    "working-list",
)


def texts_in(file: Path) -> str:
    """Every cell of a workbook in one text."""
    book = openpyxl.load_workbook(file)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def test_every_export_is_listed_with_title_audience_and_formats(eventops: Run) -> None:
    listed = eventops("--json", "export", "list").json
    assert {one["name"] for one in listed} >= set(NAMES)
    assert all({"name", "title", "audience", "formats"} <= set(one) for one in listed)
    # Pages to cut and hand out are no tables.
    tables = [one for one in listed if one["name"] not in ("own-sheets", "place-cards")]
    assert all({"csv", "json", "xlsx"} <= set(one["formats"]) for one in tables)
    audiences = {one["name"]: one["audience"] for one in listed}
    assert (audiences["lodging-list"], audiences["meal-sheet"], audiences["oecd.workbook"]) == (
        "hotel",
        "caterer",
        "sponsor",
    )


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_export_is_written_in_every_language_and_format(
    eventops: Run, tmp_path: Path, name: str, language: str
) -> None:
    for format_name in ("xlsx", "csv", "json"):
        file = tmp_path / f"{name}.{format_name}"
        words = ("export", name, "--lang", language, "--format", format_name, "-o", file)
        ran = eventops("--json", *words)
        assert (ran.code, ran.err if format_name != "csv" else "") == (0, "")
        assert ran.json == {"name": name, "file": str(file), "language": language, "format": format_name}
    book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
    assert {bool(one.sheet_view.rightToLeft) for one in book if one.sheet_state == "visible"} == {language == "ar"}
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert list(csv.reader((tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="")))
    assert json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))


def test_an_export_goes_to_the_workspace_in_the_language_of_the_event(eventops: Run, workspace: Path) -> None:
    ran = eventops("export", "lodging-list")
    assert ran.out == f"Wrote {workspace / 'exports' / 'lodging-list.ar.xlsx'}.\n"
    assert (workspace / "exports" / "lodging-list.ar.xlsx").is_file()


def test_the_format_follows_the_ending_of_the_file(eventops: Run, tmp_path: Path) -> None:
    assert eventops("--json", "export", "travel-list", "-o", tmp_path / "t.csv").json["format"] == "csv"


def test_an_export_of_a_plugin_is_reached_by_its_short_name_when_it_is_alone(eventops: Run, tmp_path: Path) -> None:
    assert eventops("export", "carpool-proposal", "-o", tmp_path / "c.xlsx").code == 0
    both = eventops("export", "workbook")
    assert (both.code, both.out) == (3, "")
    assert "is offered by expertise-france, oecd; write one of expertise-france.workbook, oecd.workbook" in both.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nosuch",), 3, "There is no export nosuch; there are arrivals-departures,"),
        (("travel-list", "--format", "pdf"), 3, "The export travel-list is not written as pdf; it is written as"),
        (("travel-list", "-o", "list.pdf"), 3, "The export travel-list is not written as pdf"),
        (("travel-list", "-o", "nowhere/list.xlsx"), 3, "There is no folder nowhere; make it first"),
        (("travel-list", "-o", "."), 3, ". is a folder; give the name of a file in it"),
        (("participants", "--for", "nobody"), 3, "The event has no “nobody” to write for"),
        (("driver-sheet", "--for", "lunch"), 3, "The event has no “lunch” to write for; there are "),
        (("meal-sheet", "--for", "plenary"), 3, "The event has no “plenary” to write for; there are "),
        (("travel-list", "--lang", "de"), 2, "'de' is not one of"),
    ],
)
def test_an_export_that_makes_no_sense_writes_nothing(
    eventops: Run, workspace: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = eventops("export", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not list(workspace.parent.glob("*.part")) + list((workspace / "exports").glob("*"))


def test_an_export_never_leaves_half_a_file(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    eventops("export", "travel-list", "-o", file)
    before = file.read_bytes()
    assert eventops("export", "travel-list", "--format", "pdf", "-o", file).code == 3
    assert (file.read_bytes(), [one.name for one in tmp_path.iterdir() if one.suffix == ".part"]) == (before, [])


def test_the_same_plan_gives_the_same_bytes(eventops: Run, tmp_path: Path) -> None:
    for name in ("oecd.workbook", "working-list"):
        files = [tmp_path / f"{number}.xlsx" for number in (1, 2)]
        for file in files:
            assert eventops("export", name, "-o", file).code == 0
        assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("sponsor", ["oecd", "expertise-france"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_sponsor_reads_no_name_of_who_did_not_consent(
    eventops: Run, tmp_path: Path, sponsor: str, language: str
) -> None:
    ids = [one["id"] for one in eventops("--json", "participant", "list").json]
    people = [eventops("--json", "participant", "show", one).json for one in ids]
    silent = [one for one in people if sponsor not in one.get("consents", {}).get("share", [])]
    assert len(silent) > 3
    for format_name in ("xlsx", "json"):
        file = tmp_path / f"file.{format_name}"
        eventops("export", f"{sponsor}.workbook", "--lang", language, "-o", file)
        text = texts_in(file) if format_name == "xlsx" else file.read_text(encoding="utf-8")
        private = (
            one.get(field, "") for one in silent for field in ("name", "name_latin", "email", "phone", "organisation")
        )
        shared = {one.get("organisation", "") for one in people if one not in silent}
        assert [word for word in private if word and word not in shared and word in text] == []


@pytest.mark.parametrize("name", ["public-statistics", "statistics", "meal-sheet"])
def test_files_of_counts_hold_no_address(eventops: Run, tmp_path: Path, name: str) -> None:
    eventops("export", name, "-o", tmp_path / "file.xlsx")
    text = texts_in(tmp_path / "file.xlsx")
    assert ("@" in text, "+2126" in text) == (False, False)


def test_the_hotel_reads_who_sleeps_there_and_nobody_else(eventops: Run, tmp_path: Path) -> None:
    eventops("export", "lodging-list", "--lang", "fr", "-o", tmp_path / "file.xlsx")
    text = texts_in(tmp_path / "file.xlsx")
    guests = {one["name"] for one in eventops("--json", "lodging", "list").json}
    everybody = {one["name"] for one in eventops("--json", "participant", "list").json}
    assert [name for name in guests if name not in text] == []
    assert [name for name in everybody - guests if name in text] == []


def test_a_long_text_that_looks_like_a_formula_stays_text(eventops: Run, tmp_path: Path) -> None:
    eventops("participant", "set", "P0003", "--organisation", '=HYPERLINK("http://example.org")')
    for name in ("working-list", "participants"):
        eventops("export", name, "-o", tmp_path / "file.xlsx")
        book = openpyxl.load_workbook(tmp_path / "file.xlsx")
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}
