import json
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Run = Callable[..., Any]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (1).to_bytes(4, "big") * 2 + b"\x08\x00\0\0\0"
PICTURE += zlib.crc32(PICTURE[12:29]).to_bytes(4, "big") + b"\0\0\0\0IEND\xaeB`\x82"


def headings(file: Path, sheet: int = 0) -> list[str]:
    return [str(cell.value) for cell in openpyxl.load_workbook(file).worksheets[sheet][1]]


def test_several_languages_give_a_file_each(eventops: Run, workspace: Path) -> None:
    ran = eventops("--json", "export", "lodging-list", "--lang", "fr,ar")
    names = ["lodging-list.fr.xlsx", "lodging-list.ar.xlsx"]
    assert [Path(one["file"]).name for one in ran.json] == names
    assert [one["language"] for one in ran.json] == ["fr", "ar"]
    assert {one.name for one in (workspace / "exports").iterdir()} == set(names)


def test_languages_stand_side_by_side_when_asked_or_when_one_file_is_named(eventops: Run, tmp_path: Path) -> None:
    named, asked = tmp_path / "named.xlsx", tmp_path / "asked.xlsx"
    eventops("export", "lodging-list", "--lang", "ar,fr,en", "-o", named)
    eventops("export", "lodging-list", "--side-by-side", "-o", asked)
    assert named.read_bytes() == asked.read_bytes()
    assert headings(named)[1] == "الاسم الكامل\nNom complet\nFull name"


def test_a_tag_stands_under_every_heading(eventops: Run, tmp_path: Path) -> None:
    eventops("export", "lodging-list", "--hxl", "-o", tmp_path / "list.xlsx")
    tags = [cell.value for cell in openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0][2]]
    assert (tags[:2], len(tags)) == (["#meta+number", "#contact+name"], len(headings(tmp_path / "list.xlsx")))


def test_a_form_for_other_programs_gets_no_tags(eventops: Run, tmp_path: Path) -> None:
    for words in ((), ("--hxl",)):
        eventops("export", "registration-form", *words, "-o", tmp_path / f"form{len(words)}.xlsx")
    assert (tmp_path / "form0.xlsx").read_bytes() == (tmp_path / "form1.xlsx").read_bytes()


def test_a_separated_file_says_which_tables_it_left_out(eventops: Run) -> None:
    ran = eventops("export", "lodging-list", "--lang", "en", "--format", "csv")
    assert ran.err == "csv holds one table; left out: Rooms per night. Write xlsx, json or html to have them all.\n"


def test_more_is_shown_with_a_reason_that_is_kept_with_the_hash_of_the_file(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    words = ("export", "lodging-list", "--lang", "en", "--include", "phone", "-o", file)
    assert (eventops(*words).code, file.exists()) == (2, False)
    assert eventops(*words, "--reason", "the reception calls late guests").code == 0
    assert "Phone" in headings(file)
    (kept,) = eventops("--json", "export", "history", file).json
    assert {name: kept[name] for name in ("export", "file", "sha256", "audience", "included", "reason", "actor")} == {
        "export": "lodging-list",
        "file": "list.xlsx",
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "audience": "hotel",
        "included": ["phone"],
        "reason": "the reception calls late guests",
        "actor": "coordinator",
    }


def test_what_is_included_for_a_sponsor_is_shown_of_those_who_agreed_alone(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    eventops("export", "oecd.workbook", "--include", "phone", "--reason", "audit", "-o", file)
    (table,) = [one for one in json.loads(file.read_text())["tables"] if one["name"] == "attendance"]
    shown = {row["reference"]: row["phone"] for row in table["rows"]}
    named = {row["reference"] for row in table["rows"] if not row["name"].startswith("P-")}
    assert {reference for reference, phone in shown.items() if phone} == named
    assert 0 < len(named) < len(shown)


@pytest.mark.parametrize(
    ("name", "field", "said"),
    [
        ("attendance-sheet", "diet", "is never written beside a name"),
        ("oecd.workbook", "inclusion", "is never written beside a name"),
        ("public-statistics", "name", "holds no fact about a person"),
        ("meal-sheet", "phone", "has no line for each person"),
        ("lodging-list", "iban", "There is no field iban to include"),
    ],
)
def test_what_may_not_be_included_is_said(eventops: Run, workspace: Path, name: str, field: str, said: str) -> None:
    ran = eventops("export", name, "--include", field, "--reason", "x")
    assert (ran.code, said in ran.err, (workspace / "exports").exists()) == (3, True, False)


def test_a_file_that_was_changed_is_not_known(eventops: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    eventops("export", "travel-list", "-o", file)
    file.write_bytes(file.read_bytes() + b"x")
    ran = eventops("export", "history", file)
    assert (ran.code, "is no file that left this workspace, or it was changed since" in ran.err) == (3, True)


def test_an_undo_takes_back_the_last_change_and_no_file_that_left(eventops: Run) -> None:
    eventops("participant", "set", "P0001", "--town", "Settat")
    eventops("export", "travel-list")
    sent = eventops("--json", "export", "history").json
    assert eventops("--json", "undo").json["command"] == "participant set"
    assert eventops("--json", "export", "history").json == sent


@pytest.mark.parametrize(
    ("whom", "files"),
    [
        ("hotel", ["lodging-list.ar.xlsx", "rooming-list.ar.xlsx"]),
        ("caterer", ["meal-sheet.ar.xlsx"]),
        ("oecd", ["oecd.workbook.en.xlsx", "sponsor-pack.oecd.en.xlsx"]),
        (
            "sponsor",
            [
                "expertise-france.workbook.fr.xlsx",
                "oecd.workbook.en.xlsx",
                "sponsor-pack.expertise-france.fr.xlsx",
                "sponsor-pack.oecd.en.xlsx",
            ],
        ),
        (
            "public",
            ["door-signs.ar.html", "programme.ar.xlsx", "public-statistics.ar.xlsx", "registration-form.ar.xlsx"],
        ),
    ],
)
def test_every_file_for_somebody_is_written_at_once(
    eventops: Run, workspace: Path, whom: str, files: list[str]
) -> None:
    assert eventops("export", "all", "--for", whom).code == 0
    assert sorted(one.name for one in (workspace / "exports").iterdir()) == files


def test_every_file_is_written_at_once(eventops: Run, workspace: Path) -> None:
    eventops("export", "all")
    names = {one["name"] for one in eventops("--json", "export", "list").json}
    assert {one.name.partition(".ar.")[0] for one in (workspace / "exports").glob("*.ar.*")} >= names - {
        "oecd.workbook",
        "expertise-france.workbook",
        "sponsor-pack",
    }


def test_nobody_to_write_for_is_said(eventops: Run) -> None:
    ran = eventops("export", "all", "--for", "nobody")
    assert (ran.code, "No file is for “nobody”; there are hotel, caterer" in ran.err) == (3, True)


def test_a_template_is_filled(eventops: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("{{heading}}",), ("{{rows covered_people}}{{name}}", "{{amount}}", "=B2/2"), ("", "=SUM(B2:B2)")):
        book.active.append(row)
    book.save(tmp_path / "claim.xlsx")
    words = ("export", "oecd.workbook", "--template", tmp_path / "claim.xlsx", "-o", tmp_path / "filled.xlsx")
    assert eventops(*words).code == 0
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "filled.xlsx").active]
    assert rows[-1][1:] == [f"=SUM(B2:B{len(rows) - 1})", None]
    assert [row[2] for row in rows[1:-1]] == [f"=B{number}/2" for number in range(2, len(rows))]


def test_a_logo_comes_with_the_event_and_stands_in_the_header(eventops: Run, workspace: Path, tmp_path: Path) -> None:
    text = (workspace / "event.toml").read_text(encoding="utf-8")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "logo.png").write_bytes(PICTURE)
    (folder / "event.toml").write_text(text.replace("[event]\n", '[event]\nlogo = "logo.png"\n', 1), encoding="utf-8")
    assert eventops("event", "apply", folder / "event.toml").code == 0
    assert (workspace / "logo.png").read_bytes() == PICTURE
    eventops("export", "lodging-list", "-o", tmp_path / "list.html")
    assert '<img alt="" src="data:image/png;base64,' in (tmp_path / "list.html").read_text(encoding="utf-8")
    eventops("export", "lodging-list", "-o", tmp_path / "list.xlsx")
    assert "&G" in str(openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].oddHeader.left.text)


@pytest.mark.parametrize("name", ["../logo.png", "/logo.png", "C:\\\\logo.png", "missing.png"])
def test_a_logo_outside_the_folder_or_missing_is_refused(eventops: Run, workspace: Path, name: str) -> None:
    text = (workspace / "event.toml").read_text(encoding="utf-8")
    (workspace / "other.toml").write_text(text.replace("[event]\n", f'[event]\nlogo = "{name}"\n', 1), encoding="utf-8")
    before = eventops("--json", "event", "show").out
    assert eventops("event", "apply", workspace / "other.toml").code == 3
    assert eventops("--json", "event", "show").out == before


def test_two_workspaces_give_one_person_different_pseudonyms(program: Run, tmp_path: Path) -> None:
    seen = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        assert program("demo", folder).code == 0
        file = tmp_path / "file.json"
        program("-w", folder, "export", "oecd.workbook", "-o", file)
        (table,) = [one for one in json.loads(file.read_text())["tables"] if one["name"] == "covered_people"]
        seen.append({row["reference"] for row in table["rows"]})
    assert seen[0].isdisjoint(seen[1])


def test_the_secret_of_a_workspace_is_made_once_and_never_undone(program: Run, tmp_path: Path) -> None:
    assert program("init", tmp_path / "w").code == 0
    (entry,) = program("-w", tmp_path / "w", "--json", "history").json
    assert (entry["command"], entry["changed"]) == ("init", [["workspace", "secret", "added"]])
    assert program("-w", tmp_path / "w", "undo").code == 3
