"""The working list leaves and comes back: nothing changes but what a person changed."""

import io
from datetime import date

import openpyxl
import pytest

from eventops.adapters.spreadsheets import sheets_of_workbook
from eventops.adapters.wording import open_wordings
from eventops.application.enrol import Enrolment, enrolled
from eventops.builtin.exports import exports
from eventops.builtin.writers import WRITERS
from eventops.domain.enrolling.headings import BENEFIT_TITLES, FIELD_TITLES, OVERRIDE_REASON_TITLE, OVERRIDE_TITLE
from eventops.domain.people import Consents, Gender, Participant
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Options, localised
from eventops.domain.rules import Benefit
from eventops.domain.texts import Text
from eventops.testing.builders import a_candidate, a_participant, a_plan, an_event

TODAY = date(2023, 10, 7)
WORDINGS = open_wordings(("ar", "fr", "en"))
BENEFITS = tuple(Benefit(name=name, title=Text(title.en), unit="day") for name, title in BENEFIT_TITLES.items())
PEOPLE = (
    a_participant(
        "P0001",
        "سلمى بنعلي",
        name_latin="Salma Benali",
        email="salma@example.org",
        phone="+212612345678",
        gender=Gender.FEMALE,
        birth_date=date(1984, 3, 25),
        category="association",
        organisation="=Amal & Co",
        role="speaker",
        language="ar",
        town="سلا",
        association="adfm",
        inclusion=("rural", "youth", "تقطن بالجبل"),
        diet="gluten_free, lactose_free",
        needs="Fauteuil roulant\nInterprète en langue des signes",
        workshops=("equality", "services"),
        consents=Consents(attend=True, photo=False, share=("ef", "oecd")),
        attended=True,
    ),
    a_participant("P0002", "Karim Alaoui", email="karim@example.org", birth_year=1990, diet="allergic to kiwi"),
    a_participant("P0003", "Nobody Known"),
)


def leaving(language: str, kind: str) -> bytes:
    export = next(one for one in exports() if one.name == "working-list")
    plan = a_plan([a_candidate(person) for person in PEOPLE], benefits=BENEFITS)
    options = Options(language=language, included=("diet", "needs", "inclusion", "notes"))
    report = export.compose(plan_for(plan, export.audience), options)
    writer = next(one for one in WRITERS if one.name == kind)
    return writer.render(localised(report, WORDINGS[language], WORDINGS))


def coming_back(data: bytes, kind: str, existing: tuple[Participant, ...] = PEOPLE) -> Enrolment:
    return enrolled(
        sheets_of_workbook(data, f"list.{kind}"),
        file_name=f"list.{kind}",
        event=an_event(),
        existing=existing,
        today=TODAY,
        update=True,
        benefits={benefit.name: benefit.title for benefit in BENEFITS},
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_list_that_nobody_touched_changes_nothing(language: str, kind: str) -> None:
    back = coming_back(leaving(language, kind), kind)
    assert (back.differences, back.refused, back.overrides, back.unchanged) == ((), (), (), 3)
    assert {column.why for column in back.ignored} == {"computed"}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_corrected_cell_and_a_decision_are_taken_back(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(leaving(language, "xlsx")))
    sheet = book.worksheets[0]
    (header,) = (
        row for row in sheet.iter_rows() if any(cell.value == FIELD_TITLES["id"].written_in(language) for cell in row)
    )
    columns = {cell.value: cell.column for cell in header}
    row = header[0].row + 2
    benefit = BENEFIT_TITLES["travel"].written_in(language)
    sheet.cell(row=row, column=columns[FIELD_TITLES["town"].written_in(language)], value="Rabat")
    sheet.cell(row=row, column=columns[OVERRIDE_TITLE.written_in(language).format(benefit=benefit)], value="granted")
    sheet.cell(
        row=row,
        column=columns[OVERRIDE_REASON_TITLE.written_in(language).format(benefit=benefit)],
        value="speaks early",
    )
    stream = io.BytesIO()
    book.save(stream)
    back = coming_back(stream.getvalue(), "xlsx")
    assert [(one.participant_id, one.field, one.before, one.after) for one in back.differences] == [
        ("P0002", "town", PEOPLE[1].town, "Rabat")
    ]
    assert [(one.participant_id, one.benefit, one.outcome, one.reason) for one in back.overrides] == [
        ("P0002", "travel", "granted", "speaks early")
    ]
