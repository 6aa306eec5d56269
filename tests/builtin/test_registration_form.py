import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from eventops.adapters.wording import open_wordings
from eventops.application.enrol import enrolled
from eventops.builtin.exports.registration_form import registration_form
from eventops.builtin.readers import READERS
from eventops.builtin.writers import workbook
from eventops.domain.places import Point
from eventops.domain.placing.place_index import Area, PlaceIndex, PlaceRow, index_of
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Audience, Options, localised
from eventops.domain.texts import Text
from eventops.extension.spec import Field, Gazetteer
from eventops.testing.builders import a_plan, an_event

WORDINGS = open_wordings(("ar", "fr", "en"))
CHILDCARE = Field(name="childcare", type="yes_no", title=Text("Childcare", fr="Garde d’enfants", ar="حضانة الأطفال"))


def a_row(code: str, name: str, arabic: str, region: str, province: str) -> PlaceRow:
    return PlaceRow(code, name, name, arabic, "commune", "MA", region, province, 33.0, -7.0, 3.0, 1000, True)


def small_country() -> PlaceIndex:
    point = Point(33.0, -7.0)
    areas = [
        Area(code="MA", kind="country", name=Text("Morocco", fr="Maroc", ar="المغرب"), point=point),
        Area(
            code="MA-06",
            kind="region",
            name=Text("Casablanca-Settat", "Casablanca-Settat", "الدار البيضاء-سطات"),
            parent="MA",
        ),
        Area(code="MA-04", kind="region", name=Text("Rabat", "Rabat-Salé-Kénitra", "الرباط-سلا-القنيطرة"), parent="MA"),
        Area(code="06.461", kind="province", name=Text("Settat", "Settat", "سطات"), parent="MA-06"),
        Area(code="04.281", kind="province", name=Text("Kénitra", "Kénitra", "القنيطرة"), parent="MA-04"),
    ]
    rows = [
        a_row("MA:1", "Oulad Saïd", "أولاد سعيد", "MA-06", "06.461"),
        a_row("MA:2", "Sidi Taïbi", "سيدي الطيبي", "MA-04", "04.281"),
        a_row("MA:3", "Oulad Saïd", "أولاد سعيد", "MA-04", "04.281"),
    ]
    return index_of("small", "1", "MA", rows, [], areas)


GAZETTEER = Gazetteer(name="small", country="MA", source="s", licence="l", version="1", load=small_country)


def a_form(language: str = "ar", **options: Any) -> bytes:
    plan = plan_for(a_plan(), Audience.PUBLIC)
    chosen = Options(**{"language": language, "questions": (CHILDCARE,), "gazetteers": (GAZETTEER,), **options})
    return workbook(localised(registration_form(plan, chosen), WORDINGS[language], WORDINGS))


def sheets_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        found[sheet.title] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return found


def test_the_form_is_a_workbook_of_survey_choices_and_settings_in_three_languages() -> None:
    sheets = sheets_of(a_form())
    assert list(sheets) == ["survey", "choices", "settings"]
    names = {row["name"]: row for row in sheets["survey"] if row["type"] != "end_group"}
    assert [names["name"][f"label::{one}"] for one in ("العربية (ar)", "Français (fr)", "English (en)")] == [
        "الاسم الكامل",
        "Nom complet",
        "Full name",
    ]
    assert names["childcare"]["type"] == "select_one yes_no"
    assert {row["name"] for row in sheets["survey"]} >= {
        f"consent_share_{sponsor.id}" for sponsor in an_event().sponsors
    }


def test_every_language_of_the_program_gives_the_same_form() -> None:
    assert sheets_of(a_form("ar")) == sheets_of(a_form("en"))


def test_towns_are_a_cascade_by_region_and_province() -> None:
    choices = sheets_of(a_form())["choices"]
    towns = [(row["name"], row["region"], row["province"]) for row in choices if row["list_name"] == "town"]
    assert towns == [
        ("Oulad_Said", "Rabat_Sale_Kenitra", "Kenitra"),
        ("Sidi_Taibi", "Rabat_Sale_Kenitra", "Kenitra"),
        ("Oulad_Said", "Casablanca_Settat", "Settat"),
    ]


def test_without_a_gazetteer_the_town_is_written_by_hand() -> None:
    survey = sheets_of(a_form(gazetteers=()))["survey"]
    assert next(row["type"] for row in survey if row["name"] == "town") == "text"


@pytest.mark.parametrize("options", [{}, {"gazetteers": ()}])
def test_the_form_is_one_that_form_tools_take(options: dict[str, Any]) -> None:
    xls2xform = pytest.importorskip("pyxform.xls2xform", reason="pyxform is not installed")
    made = xls2xform.convert(io.BytesIO(a_form(**options)), file_type=".xlsx", validate=False)
    assert made.warnings == []
    assert "<h:title>" in made.xform


ANSWERS: dict[str, str] = {
    "introduction": "",
    "name": "سلمى بنعلي",
    "name_latin": "Salma Benali",
    "gender": "female",
    "birth_year": "1990",
    "category": "citizen",
    "organisation": "Coopérative Argane",
    "language": "fr",
    "phone": "0661223344",
    "email": "salma@example.org",
    "abroad": "no",
    "region": "Rabat_Sale_Kenitra",
    "province": "Kenitra",
    "town": "Sidi_Taibi",
    "country": "",
    "city": "",
    "inclusion": "rural youth",
    "diet": "vegetarian",
    "needs": "Fauteuil roulant",
    "allergens": "milk",
    "childcare": "yes",
    "consent_attend": "yes",
    "consent_photo": "no",
}


def submissions(language: str, group: bool) -> bytes:
    """What KoBo or ODK give back: headed by names (with their groups) or, with a language, by labels."""
    sheets = sheets_of(a_form())
    labels = {"ar": "label::العربية (ar)", "fr": "label::Français (fr)", "en": "label::English (en)"}
    choices = {(row["list_name"], row["name"]): row for row in sheets["choices"]}
    event = an_event()
    answers = (
        ANSWERS
        | {"association": event.associations[0].id}
        | {f"consent_share_{one.id}": "yes" if number == 0 else "no" for number, one in enumerate(event.sponsors)}
    )
    answers |= {f"workshop_{number}": one.id for number, one in enumerate(event.workshops[:2], start=1)}
    headings, cells, page = ["start"], ["2023-09-25T10:00:00.000+01:00"], ""
    for row in sheets["survey"]:
        if row["type"] in ("begin_group", "end_group"):
            page = f"{row['name']}/" if row["type"] == "begin_group" else ""
            continue
        answer = answers[row["name"]]
        if language:
            kind, _, listed = str(row["type"]).partition(" ")
            if kind.startswith("select") and answer:
                words = answer.split(" ") if kind == "select_multiple" else [answer]
                answer = " ".join(str(choices[listed, word][labels[language]]) for word in words)
            headings.append(str(row[labels[language]]))
        else:
            headings.append((page if group else "") + str(row["name"]))
        cells.append(answer)
    headings += ["_id", "_uuid", "_submission_time", "_status", "_index"]
    cells += ["1", "ab", "2023-09-25T10:01:00", "submitted_via_web", "1"]
    book = openpyxl.Workbook()
    book.active.append(headings)
    book.active.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("language", "group"), [("", False), ("", True), ("ar", False), ("fr", False), ("en", False)])
def test_what_people_answer_comes_back_without_a_word_about_columns(language: str, group: bool) -> None:
    event = an_event()
    sheets = READERS[0].parse(submissions(language, group))
    enrolment = enrolled(sheets, file_name="kobo.xlsx", event=event, fields=(CHILDCARE,), today=date(2023, 9, 25))
    assert [finding.code for finding in enrolment.findings if finding.severity.value in ("error", "question")] == []
    (person,) = enrolment.added
    assert (
        person.name,
        person.name_latin,
        person.gender.value,
        person.birth_year,
        person.category,
        person.organisation,
        person.language,
        person.phone,
        person.email,
        person.inclusion,
        person.diet,
        person.needs,
        person.association,
        person.workshops,
        person.consents.attend,
        person.consents.photo,
        person.consents.share,
        person.fields,
    ) == (
        "سلمى بنعلي",
        "Salma Benali",
        "female",
        1990,
        "citizen",
        "Coopérative Argane",
        "fr",
        "+212661223344",
        "salma@example.org",
        ("rural", "youth"),
        "vegetarian",
        "Fauteuil roulant",
        event.associations[0].id,
        tuple(one.id for one in event.workshops[:2]),
        True,
        False,
        (event.sponsors[0].id,),
        {"childcare": True},
    )
    places = (person.town, person.province, person.region, person.country)
    assert (
        places
        == {
            "ar": ("سيدي الطيبي", "القنيطرة", "الرباط-سلا-القنيطرة", ""),
            "fr": ("Sidi Taïbi", "Kénitra", "Rabat-Salé-Kénitra", ""),
            "en": ("Sidi Taïbi", "Kénitra", "Rabat", ""),
            "": ("Sidi Taibi", "Kenitra", "Rabat Sale Kenitra", ""),
        }[language]
    )
