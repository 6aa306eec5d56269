import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

Run = Callable[..., Any]

SHEET = """City,Date,Time,Venue,Regions
Casablanca,2023-10-14,09:00,Hotel Idou Anfa,Rabat-Salé-Kénitra; Casablanca-Settat
Oujda,2023-10-19,10:30,,Oriental
Fès,,,,
"""


@pytest.fixture
def campaign(program: Run, tmp_path: Path, demo_run: tuple[Path, Any]) -> Run:
    """A campaign whose first meeting is the demo: a command in its folder, or below it with `meeting`."""
    folder = tmp_path / "campaign"
    shutil.copytree(demo_run[0], folder / "casablanca", ignore=shutil.ignore_patterns("exports"))
    (folder / "meetings.csv").write_text(SHEET, encoding="utf-8")

    def run(*words: str | Path, meeting: str = "") -> Any:
        return program("-w", folder / meeting, *words)

    ran = run("campaign", "import", folder / "meetings.csv", "--template", "casablanca/event.toml")
    assert (ran.code, ran.err) == (0, "")
    return run


def test_a_started_meeting_has_the_programme_of_the_template_on_its_own_day(campaign: Run) -> None:
    assert campaign("campaign", "start", "oujda").code == 0
    event = campaign("--json", "campaign", "start", "oujda", "--dry-run").json
    first = event["agenda"][0]
    assert (event["id"], first["starts_at"], first["room"]) == ("oujda", "2023-10-19T10:30:00+01:00", "")
    assert (event["regions"], event.get("hotel"), event["budget"], event["seats"]) == (["MA-02"], None, [], None)
    assert (event["venue"]["town"], event["venue"]["region"]) == ("Oujda", "MA-02")
    assert [one["name"] for one in event["plugins"]] == ["eventops", "morocco", "expertise-france", "oecd"]


def test_a_meeting_is_not_started_twice(campaign: Run) -> None:
    campaign("campaign", "start", "oujda")
    again = campaign("campaign", "start", "oujda")
    assert (again.code, "is already a workspace" in again.err) == (3, True)


def test_a_meeting_without_a_day_is_refused_with_what_is_lacking(campaign: Run) -> None:
    ran = campaign("campaign", "start", "fes")
    assert (ran.code, "Of the meeting fes, the day is not known yet" in ran.err) == (3, True)


def test_the_roll_up_counts_what_is_known_and_leaves_the_rest_blank(campaign: Run) -> None:
    campaign("campaign", "start", "oujda")
    rolled = campaign("--json", "campaign", "show").json
    assert [one["registered"] for one in rolled["meetings"]] == [60, None, None]
    assert [len(rolled["across"][name]) for name in ("people", "possible")] == [60, 0]
    shown = campaign("campaign", "show").out
    assert "Registered: 60 (known for 1 of 3 meetings)" in shown


def test_one_person_in_two_meetings_is_counted_once_and_named(campaign: Run) -> None:
    campaign("campaign", "start", "oujda")
    person = campaign("--json", "participant", "show", "P0001", meeting="casablanca").json
    words = ("--name", person["name"], "--email", person["email"], "--town", "Oujda")
    added = campaign("participant", "add", *words, meeting="oujda")
    assert added.code == 0, added.err
    several = campaign("--json", "campaign", "people").json["several"]
    assert [[(one["meeting"], one["id"]) for one in group] for group in several] == [
        [("casablanca", "P0001"), ("oujda", "P0001")]
    ]
    rolled = campaign("--json", "campaign", "show").json
    assert (len(rolled["across"]["people"]), sum(rolled["gender"].values())) == (60, 60)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_file_of_a_campaign_holds_no_names_and_reads_back(campaign: Run, tmp_path: Path, language: str) -> None:
    file = tmp_path / f"c.{language}.json"
    ran = campaign("campaign", "export", "-o", file, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    people = campaign("--json", "participant", "list", meeting="casablanca").json
    names = [one["name"] for one in people]
    text = file.read_text(encoding="utf-8")
    assert [name for name in names if name in text] == []
    assert len(msgspec.json.decode(text)["tables"]) == 6


def test_a_campaign_that_is_there_is_not_written_over(campaign: Run, tmp_path: Path) -> None:
    ran = campaign("campaign", "import", tmp_path / "campaign" / "meetings.csv")
    assert (ran.code, "--replace" in ran.err) == (3, True)
    assert campaign("campaign", "import", tmp_path / "campaign" / "meetings.csv", "--replace").code == 0


def test_a_folder_without_a_campaign_says_what_to_do(program: Run, tmp_path: Path) -> None:
    ran = program("-w", tmp_path, "campaign", "show")
    assert (ran.code, "eventops campaign import SHEET" in ran.err) == (3, True)
