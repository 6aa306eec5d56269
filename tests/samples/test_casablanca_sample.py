import importlib.util
import json
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from eventops.adapters.event_files import event_text, read_event
from eventops.application.enrol import Enrolment, enrolled
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.event import Event, RegistrationWindow, closing, first_day, last_day, opening
from eventops.domain.event_checks import problems
from eventops.domain.people import age_band, age_on

SAMPLE = Path(__file__).parents[2] / "samples" / "casablanca-2023"
CASABLANCA = timezone(timedelta(hours=1))


def text_of_sample() -> str:
    return (SAMPLE / "event.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def event() -> Event:
    return read_event(text_of_sample(), "event.toml")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_registrations", SAMPLE / "make_registrations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def table() -> list[tuple[Any, ...]]:
    return cells_of(SAMPLE / "registrations.xlsx")


@pytest.fixture(scope="module")
def enrolment(event: Event, table: list[tuple[Any, ...]]) -> Enrolment:
    sheet = Sheet(name="ردود النموذج 1", rows=tuple(table))
    return enrolled([sheet], file_name="registrations.xlsx", event=event, today=date(2023, 10, 7))


def cells_of(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def people_csv(script: ModuleType) -> list[dict[str, str]]:
    people: list[dict[str, str]] = script.read_people(SAMPLE)
    return people


def test_the_event_has_no_problems(event: Event) -> None:
    assert problems(event) == ()


def test_the_event_survives_writing_and_reading(event: Event) -> None:
    written = event_text(event)
    assert read_event(written, "dump.toml") == event
    assert event_text(read_event(written, "dump.toml")) == written


def test_place_day_and_registration_are_those_of_the_report(event: Event) -> None:
    assert (event.id, event.timezone, event.regions) == ("casablanca-2023", "Africa/Casablanca", ("MA-04", "MA-06"))
    assert (event.venue.name.en, event.venue.name.ar, event.venue.town) == (
        "Hotel Idou Anfa",
        "فندق إيدو أنفا",
        "Casablanca",
    )
    assert first_day(event) == last_day(event) == date(2023, 10, 14)
    assert first_day(event).strftime("%A") == "Saturday"
    assert opening(event) == datetime(2023, 10, 14, 9, 0, tzinfo=CASABLANCA)
    assert closing(event) == datetime(2023, 10, 14, 15, 30, tzinfo=CASABLANCA)
    assert event.registration == RegistrationWindow(opens_on=date(2023, 9, 22), closes_on=date(2023, 10, 6))


def test_the_programme_is_that_of_the_report_line_by_line(event: Event) -> None:
    assert [(f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}", one.title.en, one.kind) for one in event.agenda] == [
        ("09:00", "09:30", "Reception and registration", "reception"),
        ("09:30", "09:40", "Opening and welcome", "plenary"),
        ("09:40", "09:55", "Open government in Morocco", "plenary"),
        ("09:55", "10:10", "Method of co-creating the third action plan", "plenary"),
        ("10:10", "10:30", "Questions and answers", "plenary"),
        ("10:30", "10:50", "National context of amending the Family Code", "plenary"),
        ("10:50", "11:10", "Quality, simplification and digitisation of public services", "plenary"),
        ("11:10", "11:20", "Division into thematic groups", "plenary"),
        ("11:20", "11:50", "Tea break", "break"),
        ("11:50", "14:30", "Parallel workshops", "workshop"),
        ("14:30", "15:30", "Lunch", "meal"),
    ]
    assert {one.starts_at.utcoffset() for one in event.agenda} == {timedelta(hours=1)}


def test_speakers_are_named_by_their_function(event: Event) -> None:
    assert {one.id: one.speaker.en for one in event.agenda if one.speaker.en} == {
        "opening": "Association démocratique des femmes du Maroc",
        "open-government": "Ministry of digital transition and administration reform",
        "method": "Association for Youth",
        "family-code": "Expert",
        "public-services-talk": "Ministry of digital transition and administration reform",
        "workshops": "Facilitation: School of Collective Intelligence, Mohammed VI Polytechnic University",
    }


def test_workshops_meals_associations_and_sponsors_are_those_of_the_report(event: Event) -> None:
    assert [one.title.en for one in event.workshops] == [
        "Quality, simplification and digitisation of public services",
        "Equality and women’s rights",
    ]
    assert [(one.id, f"{one.starts_at:%d %H:%M}", f"{one.ends_at:%H:%M}", one.served_to) for one in event.meals] == [
        ("dinner", "13 20:00", "22:00", "overnight"),
        ("breakfast", "14 07:00", "08:45", "overnight"),
        ("tea", "14 11:20", "11:50", "everyone"),
        ("lunch", "14 14:30", "15:30", "everyone"),
    ]
    assert [one.id for one in event.associations] == ["association-for-youth", "adfm"]
    assert [one.id for one in event.sponsors] == ["expertise-france", "oecd"]
    assert {one.id: one.title.ar for one in event.categories} == {
        "elected": "منتخب (ة) محلي (ة)",
        "association": "فاعل (ة) جمعي (ة)",
        "public_sector": "قطاع عام",
        "academic": "باحث (ة) / أكاديمي (ة)",
        "citizen": "مواطن (ة)",
    }


def test_every_text_people_read_is_in_three_languages(event: Event) -> None:
    texts = [event.title, event.venue.name, event.venue.address, *event.assumptions]
    texts += [room.name for room in event.venue.rooms]
    texts += [thing.name for room in event.venue.rooms for thing in room.equipment]
    texts += [one.title for one in (*event.agenda, *event.workshops, *event.meals, *event.categories, *event.budget)]
    texts += [one.speaker for one in event.agenda if one.speaker.en]
    texts += [one.name for one in (*event.associations, *event.sponsors)]
    texts += [one.reason for one in event.criteria]
    assert [text.en for text in texts if not (text.en and text.fr and text.ar)] == []


def test_what_is_not_a_fact_is_listed_as_an_assumption(event: Event) -> None:
    told = " ".join(one.en for one in event.assumptions)
    assert [
        word for word in ("seats", "rooms", "limits", "sponsor", "night", "Dinner", "euro") if word not in told
    ] == []
    assert [(one.base, one.quote, one.rate, one.on) for one in event.rates] == [
        ("EUR", "MAD", Decimal("10.87"), date(2023, 10, 6))
    ]


def test_the_workbook_is_made_again_from_the_people(script: ModuleType, tmp_path: Path) -> None:
    script.write_workbook(tmp_path / "again.xlsx", list(script.rows(people_csv(script))))
    assert cells_of(tmp_path / "again.xlsx") == cells_of(SAMPLE / "registrations.xlsx")


def test_the_three_tables_are_those_of_the_report(script: ModuleType) -> None:
    people = people_csv(script)
    genders = {"F": "female", "M": "male"}
    categories = {"e": "elected", "a": "association", "p": "public_sector", "r": "academic", "c": "citizen"}
    ages = [2023 - int(one["born"]) if one["born"] else None for one in people]
    tables = {
        "gender": Counter(genders[one["gender"]] for one in people),
        "age": Counter(age_band(age) for age in ages),
        "category": Counter(categories[one["category"]] for one in people),
    }
    assert tables == {
        "gender": {"female": 36, "male": 24},
        "age": {"18-30": 11, "30-40": 16, "40-50": 12, "50-60": 14, "60+": 3, "unknown": 4},
        "category": {"elected": 6, "association": 33, "public_sector": 6, "academic": 11, "citizen": 4},
    }
    assert tables == json.loads((SAMPLE / "expected-statistics.json").read_text(encoding="utf-8"))


def test_sixty_registered_within_the_window_in_the_order_of_their_time(table: list[tuple[Any, ...]]) -> None:
    moments = [row[0] for row in table[1:]]
    assert len(moments) == 60
    assert moments == sorted(moments)
    assert {date(2023, 9, 22) <= one.date() <= date(2023, 10, 6) for one in moments} == {True}


def test_nobody_can_be_reached(table: list[tuple[Any, ...]]) -> None:
    mails = [row[3] for row in table[1:] if row[3]]
    phones = ["".join(sign for sign in row[4] if sign.isdigit())[-9:] for row in table[1:]]
    assert {mail.rpartition("@")[2] for mail in mails} == {"example.org", "example.com", "example.net"}
    assert len(set(mails)) == len(mails)
    assert {phone[:3] for phone in phones} == {"600"}
    assert len(set(phones)) == 60


def test_all_sixty_are_enrolled_and_only_the_question_nobody_needs_is_left_out(enrolment: Enrolment) -> None:
    assert (enrolment.rows, len(enrolment.added), enrolment.refused) == (60, 60, ())
    assert [(one.letter, one.why) for one in enrolment.ignored] == [("Y", "unknown")]
    assert [(one.code, one.source.row) for one in enrolment.findings] == [("unknown-columns", None)]


def test_enrolled_people_reproduce_the_three_tables_of_the_report(enrolment: Enrolment) -> None:
    people = enrolment.added
    assert {
        "gender": Counter(one.gender.value for one in people),
        "age": Counter(age_band(age_on(one, date(2023, 10, 14))) for one in people),
        "category": Counter(one.category for one in people),
    } == json.loads((SAMPLE / "expected-statistics.json").read_text(encoding="utf-8"))


def test_the_answers_of_enrolled_people_are_all_understood(event: Event, enrolment: Enrolment) -> None:
    people = enrolment.added
    assert {one.association for one in people} == {"", *(association.id for association in event.associations)}
    assert {wish for one in people for wish in one.workshops} == {workshop.id for workshop in event.workshops}
    assert {sponsor for one in people for sponsor in one.consents.share} == {one.id for one in event.sponsors}
    assert {group for one in people for group in one.inclusion} == {
        *("rural", "youth", "disability", "woman_head", "elderly", "low_income"),
    }
    assert {one.diet for one in people} == {
        *("", "standard", "vegetarian", "diabetic", "gluten_free", "lactose_free", "low_salt", "no_nuts"),
    }
    assert [one.name for one in people if not one.consents.attend] == ["مليكة الفيلالي"]
