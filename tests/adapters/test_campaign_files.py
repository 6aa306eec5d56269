from datetime import date, datetime, time
from pathlib import Path

import pytest

from eventops.adapters.campaign_files import campaign_text, meetings_of_sheet, read_campaign
from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.domain.campaigns.campaign import Campaign, Meeting
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.event import RegistrationWindow
from eventops.domain.texts import Text
from eventops.errors import NotUsable

REAL = Path(__file__).parents[3] / "shared" / "data" / "real" / "campaign" / "meetings.csv"


def a_sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet(name="Sheet1", rows=rows)


def test_a_sheet_of_meetings_is_read_with_its_gaps() -> None:
    sheet = a_sheet(
        ("Ville", "Date", "Heure", "Lieu", "Régions", "Inscriptions"),
        ("Casablanca", datetime(2023, 10, 14), "9h", "Idou Anfa", "Rabat; Casablanca", "2023-09-22..2023-10-06"),
        ("Fès", date(2023, 10, 21)),
    )
    assert meetings_of_sheet(sheet, "m.xlsx") == (
        "",
        (
            Meeting(
                id="casablanca",
                folder="casablanca",
                town="Casablanca",
                venue="Idou Anfa",
                regions=("Rabat", "Casablanca"),
                starts_on=date(2023, 10, 14),
                starts_at=time(9, 0),
                registration=RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=date(2023, 10, 6)),
            ),
            Meeting(id="fes", folder="fes", town="Fès", starts_on=date(2023, 10, 21)),
        ),
    )


def test_arabic_headings_are_known_and_two_meetings_in_one_town_get_two_folders() -> None:
    sheet = a_sheet(("المدينة", "التاريخ"), ("وجدة", "2023-10-19"), ("وجدة", "2023-10-20"))
    folders = [one.folder for one in meetings_of_sheet(sheet, "m.csv")[1]]
    assert folders == ["wjdh", "wjdh-2"]


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        (("Fès", "soon"), "m.csv, B2 is “soon”; a day such as 2023-10-14 is expected"),
        (("Fès", "2023-10-21", "early"), "m.csv, C2 is “early”; an hour such as 09:00 is expected"),
    ],
)
def test_a_cell_that_is_no_day_or_hour_is_named(row: tuple[object, ...], seen: str) -> None:
    with pytest.raises(NotUsable) as error:
        meetings_of_sheet(a_sheet(("City", "Date", "Time"), row), "m.csv")
    assert seen in str(error.value)


def test_a_sheet_without_towns_and_days_is_refused() -> None:
    with pytest.raises(NotUsable) as error:
        meetings_of_sheet(a_sheet(("a", "b")), "m.csv")
    assert "no header row with a town and a date" in str(error.value)


def test_reading_the_text_of_a_campaign_gives_it_again() -> None:
    campaign = Campaign(
        id="c",
        title=Text("Consultations", ar="المشاورات"),
        template="template.toml",
        meetings=(Meeting(id="oujda", town="Oujda", starts_on=date(2023, 10, 19), themes=("a", "b")),),
    )
    assert read_campaign(campaign_text(campaign), "campaign.toml") == campaign


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('[[meetings]]\nid = "a"\n[[meetings]]\nid = "a"', "Two meetings have the id a"),
        (
            '[[meetings]]\nid = "a"\nstarts_on = 2023-10-02\nends_on = 2023-10-01',
            "ends on 2023-10-01, before it begins",
        ),
        ('[[meetings]]\nid = "a"\ntow = "Fès"', "tow is not a key eventops knows; write town"),
        ('[[meetings]]\nid = "a"\nstarts_on = "soon"', "should be a date such as 2023-10-14"),
    ],
)
def test_what_is_wrong_in_the_file_of_a_campaign_is_named(lines: str, said: str) -> None:
    with pytest.raises(NotUsable) as error:
        read_campaign(f'[campaign]\nid = "c"\ntitle = "t"\n{lines}\n', "campaign.toml")
    assert said in str(error.value)


@pytest.mark.skipif(not REAL.exists(), reason="the list of real meetings is not here")
def test_the_four_consultations_of_october_2023_are_read_and_their_gaps_kept() -> None:
    sheet = sheets_of_workbook(REAL.read_bytes(), REAL.name)[0]
    name, meetings = meetings_of_sheet(sheet, REAL.name, "NAP 3")
    assert (name, [(one.id, one.starts_on, bool(one.venue)) for one in meetings]) == (
        "Morocco NAP 3 co-creation",
        [
            ("casablanca", date(2023, 10, 14), True),
            ("oujda", date(2023, 10, 19), False),
            ("fes", date(2023, 10, 21), False),
            ("tanger", date(2023, 10, 28), False),
        ],
    )
    with pytest.raises(NotUsable) as error:
        meetings_of_sheet(sheet, REAL.name)
    assert "several series" in str(error.value)
