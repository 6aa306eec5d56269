import io
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec
import openpyxl
import pytest

from eventops.adapters.wording import open_wordings
from eventops.application.enrol import enrolled
from eventops.builtin.exports import exports
from eventops.builtin.readers import READERS
from eventops.builtin.writers import WRITERS, workbook
from eventops.domain.hosting.ground import Ground
from eventops.domain.hosting.material import Loan, Material, stocks_of
from eventops.domain.money import Money
from eventops.domain.people import Consents, Gender
from eventops.domain.plan import Plan
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Audience, Options, Report, localised, rows_of
from eventops.domain.rules import Effect, Grant, Outcome, Ruling, Seat, Verdict
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export
from eventops.testing.builders import (
    OUEZZANE,
    a_candidate,
    a_decision,
    a_participant,
    a_plan,
    a_ruling,
    an_event,
    twelve_candidates,
    two_journeys,
)

NIGHT = date(2023, 10, 13)
WORDINGS = open_wordings(("ar", "fr", "en"))
EXPORTS = {one.name: one for one in exports()}


def report_of(plan: Plan, name: str, language: str = "en", for_id: str = "") -> Report:
    export = EXPORTS[name]
    if export.audience is Audience.SPONSOR:
        for_id = for_id or plan.event.sponsors[0].id
    seen = plan_for(plan, export.audience, for_id if export.audience is Audience.SPONSOR else "", association=for_id)
    report = export.compose(seen, Options(language=language, for_id=for_id))
    return localised(report, WORDINGS[language], WORDINGS)


def first_row(report: Report, table: int = 0) -> dict[str, Any]:
    return next(iter(rows_of(report.tables[table])))


def far_plan(**person: Any) -> Plan:
    """One person who comes from Ouezzane by train and sleeps a night."""
    facts: dict[str, Any] = {"gender": Gender.FEMALE, "language": "fr", "phone": "+212600000000", **person}
    candidate = a_candidate(a_participant("p1", "سلمى بنعلي", **facts), place=OUEZZANE, distance_km=245.68)
    decisions = [
        a_decision("p1", "travel", amount=Money(Decimal("165.50"), "MAD")),
        a_decision("p1", "lodging", grant=Grant(nights=(NIGHT,), payer="ef"), amount=Money(Decimal(650), "MAD")),
    ]
    return a_plan([candidate], decisions, journeys=two_journeys(candidate))


def test_the_exports_are_those_people_around_a_meeting_need() -> None:
    assert [(one.name, one.audience.value) for one in exports()] == [
        ("participants", "association"),
        ("working-list", "association"),
        ("contacts", "association"),
        ("travel-list", "association"),
        ("lodging-list", "hotel"),
        ("rooming-list", "hotel"),
        ("arrivals-departures", "association"),
        ("driver-sheet", "driver"),
        ("own-sheets", "association"),
        ("place-cards", "association"),
        ("meal-sheet", "caterer"),
        ("programme", "public"),
        ("workshop-lists", "door"),
        ("door-signs", "public"),
        ("material-register", "association"),
        ("attendance-sheet", "door"),
        ("summary", "association"),
        ("record", "association"),
        ("map", "association"),
        ("statistics", "association"),
        ("public-statistics", "public"),
        ("sponsor-pack", "sponsor"),
        ("registration-form", "public"),
    ]


@pytest.mark.parametrize("export", exports(), ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_export_is_written_in_every_language_and_format(export: Export, language: str) -> None:
    for plan in (a_plan(), a_plan(twelve_candidates())):
        report = report_of(plan, export.name, language)
        for writer in WRITERS:
            assert writer.render(report)


# A form for other tools has their headings, and its texts in every language at once.
READ_BY_PEOPLE = [one for one in exports() if one.name != "registration-form"]


@pytest.mark.parametrize("export", READ_BY_PEOPLE, ids=lambda one: one.name)
def test_every_heading_and_title_is_translated(export: Export) -> None:
    plan = a_plan(twelve_candidates())
    in_english = report_of(plan, export.name, "en")
    in_arabic = report_of(plan, export.name, "ar")
    pairs = [(in_english.title, in_arabic.title)]
    for english, arabic in zip(in_english.tables, in_arabic.tables, strict=True):
        pairs += [(english.title, arabic.title)]
        pairs += [(one.title, other.title) for one, other in zip(english.columns, arabic.columns, strict=True)]
        pairs += list(zip(english.notes, arabic.notes, strict=True))
    assert [english for english, arabic in pairs if english == arabic] == []


def test_column_names_are_there_once() -> None:
    for name in EXPORTS:
        for table in report_of(a_plan(twelve_candidates()), name).tables:
            names = [column.name for column in table.columns]
            assert sorted(set(names)) == sorted(names)


def test_the_lodging_list_says_who_sleeps_when_and_how_many_rooms_a_night() -> None:
    report = report_of(far_plan(name_latin="Salma Benali", needs="wheelchair"), "lodging-list")
    assert first_row(report) == {
        "number": 1,
        "name": "سلمى بنعلي",
        "name_latin": "Salma Benali",
        "gender": "female",
        "arrival": NIGHT,
        "departure": date(2023, 10, 14),
        "nights": 1,
        "payer": "Expertise France",
        "language": "French",
        "needs": "wheelchair",
    }
    assert report.tables[1].rows == ((NIGHT, 1),)


def test_the_lodging_list_spells_names_in_latin_letters_and_says_so() -> None:
    row = first_row(report_of(far_plan(), "lodging-list"))
    assert (row["name_latin"], row["name_latin_source"]) == ("Salma Benali", "transliterated")


def test_the_lodging_list_has_no_second_name_for_guests_with_latin_names() -> None:
    candidate = a_candidate(a_participant("p1", "Salma Benali"), place=OUEZZANE)
    plan = a_plan([candidate], [a_decision("p1", "lodging", grant=Grant(nights=(NIGHT,)))])
    names = [column.name for column in report_of(plan, "lodging-list").tables[0].columns]
    assert [name for name in names if name.startswith("name")] == ["name"]


def test_the_travel_list_says_how_what_and_why() -> None:
    row = first_row(report_of(far_plan(), "travel-list", "fr"))
    there, back = two_journeys(a_candidate())
    assert row == {
        "number": 1,
        "name": "سلمى بنعلي",
        "phone": "+212600000000",
        "place": "Ouezzane",
        "region": "Tanger-Tétouan-Al Hoceïma",
        "mode": "train",
        "leaves_at": there.leaves_at,
        "arrives_at": there.arrives_at,
        "returns_at": back.leaves_at,
        "home_at": back.arrives_at,
        "distance_km": 245.7,
        "road_km": 319.4,
        "road_source": "une estimation",
        "amount": Money(Decimal("165.50"), "MAD"),
        "payer": "OCDE",
        "reason": "habite à 120,5 km, le voyage est pris en charge à partir de 100 km",
    }


def test_the_meal_sheet_counts_by_diet_and_names_nobody() -> None:
    report = report_of(a_plan(twelve_candidates()), "meal-sheet")
    rows = list(rows_of(report.tables[0]))
    assert rows[1] == {
        "service": "Lunch",
        "date": date(2023, 10, 14),
        "starts_at": time(14, 30),
        "ends_at": time(15, 30),
        "room": "Garden",
        "served_to": "everyone",
        "count": 12,
        "diet_standard": 6,
        "diet_gluten_free": 3,
        "diet_vegetarian": 3,
    }


def test_the_attendance_sheet_is_for_those_with_a_seat_in_the_order_of_names() -> None:
    people = [("p1", "Émile", Seat.CONFIRMED), ("p2", "Zineb", Seat.CONFIRMED), ("p3", "adam", Seat.CONFIRMED)]
    waiting = [("p4", "Basma", Seat.WAITING)]
    plan = a_plan([a_candidate(a_participant(id, name), seat=seat) for id, name, seat in [*people, *waiting]])
    (table,) = report_of(plan, "attendance-sheet").tables
    assert ([row[:2] for row in table.rows], table.blank_rows) == ([(1, "adam"), (2, "Émile"), (3, "Zineb")], 10)


def test_the_attendance_sheet_of_a_session_is_headed_by_it() -> None:
    report = report_of(a_plan(), "attendance-sheet", for_id="workshops")
    assert report.heading == "First consultative meeting – Workshops, 14 October 2023, 11:50"
    with pytest.raises(NotUsable, match="no session “lunch”; expected one of reception, workshops"):
        report_of(a_plan(), "attendance-sheet", for_id="lunch")


def test_the_participants_list_shows_town_commune_and_decisions_but_no_diet_and_no_needs() -> None:
    plan = far_plan(town="Wazzane", diet="vegan", needs="wheelchair", category="citizen", workshops=("services",))
    row = first_row(report_of(plan, "participants"))
    seen = [row[name] for name in ("town", "commune", "region_code", "distance_km", "category", "workshops", "travel")]
    assert seen == ["Wazzane", "Ouezzane", "MA-01", 245.7, "Citizen", "Public services", "granted"]
    assert not {"vegan", "wheelchair"} & set(row.values())


def test_the_participants_of_an_association_live_in_its_regions_or_were_mobilised_by_it() -> None:
    people = [a_participant("p1", association="apj"), a_participant("p2"), a_participant("p3")]
    places = [OUEZZANE, OUEZZANE, None]
    plan = a_plan([a_candidate(one, place=place) for one, place in zip(people, places, strict=True)])
    report = report_of(plan, "participants", for_id="apj")
    assert ([row["id"] for row in rows_of(report.tables[0])], report.heading) == (
        ["p1"],
        "First consultative meeting – Association for Youth",
    )


REPORT_COUNTS = {
    "gender": {"أنثى": 36, "ذكر": 24},
    "age": {
        "ما بين 18 سنة و 30 سنة": 11,
        "ما بين 30 سنة و 40 سنة": 16,
        "ما بين 40 سنة و 50 سنة": 12,
        "ما بين 50 سنة و 60 سنة": 14,
        "أزيد من 60 سنة": 3,
        "غير متوفر": 4,
    },
    "category": {
        "منتخب (ة) محلي (ة)": 6,
        "فاعل (ة) جمعي (ة)": 33,
        "قطاع عام": 6,
        "باحث (ة) / أكاديمي (ة)": 11,
        "مواطن (ة)": 4,
    },
}


def the_sixty() -> Plan:
    """Sixty people whose genders, ages and capacities are those of the Casablanca report."""
    genders = [Gender.FEMALE] * 36 + [Gender.MALE] * 24
    ages = [20] * 11 + [30] * 16 + [45] * 12 + [59] * 14 + [60] * 3 + [None] * 4
    capacities = ["elected"] * 6 + ["association"] * 33 + ["public_sector"] * 6 + ["academic"] * 11 + ["citizen"] * 4
    people = zip(genders, ages, capacities, strict=True)
    return a_plan(
        [
            a_candidate(a_participant(f"p{number}", gender=gender, age=age, category=category))
            for number, (gender, age, category) in enumerate(people)
        ]
    )


@pytest.mark.parametrize("event", [an_event(), an_event(categories=())], ids=["own categories", "usual categories"])
def test_the_statistics_are_the_reports_tables_word_by_word(event: Any) -> None:
    plan = a_plan(the_sixty().candidates, event=event)
    report = report_of(plan, "statistics", "ar")
    seen = {table.name: {row[0]: row[1] for row in table.rows} for table in report.tables}
    assert seen == {**REPORT_COUNTS, "region": {"MA-04": 0, "الدار البيضاء-سطات": 60}}


def test_the_statistics_workbook_adds_up_and_draws_a_chart() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report_of(the_sixty(), "statistics", "ar"))))
    totals = {sheet.title: (sheet.cell(sheet.max_row, 1).value, sheet.cell(sheet.max_row, 2).value) for sheet in book}
    assert totals == dict.fromkeys(("الجنس", "السن", "الصفة", "الجهة"), ("المجموع", 60))
    assert [len(sheet._charts) for sheet in book] == [1, 1, 1, 1]


def test_public_statistics_show_no_small_group() -> None:
    report = report_of(the_sixty(), "public-statistics")
    ages = {row[0]: row[1] for row in report.tables[1].rows}
    assert (ages["smaller groups together"], sum(ages.values()), min(ages.values())) == (7, 60, 7)
    assert report.tables[1].notes != ()


def test_the_working_list_opens_what_a_person_may_correct() -> None:
    (table,) = report_of(a_plan(twelve_candidates()), "working-list", "fr").tables
    closed = [column.name for column in table.columns if not column.editable]
    listed = [column.name for column in table.columns if column.choices]
    assert (closed, listed) == (
        ["id", "travel", "lodging"],
        [
            "gender",
            "category",
            "role",
            "language",
            "association",
            "status",
            "travel_override",
            "lodging_override",
        ],
    )
    titles = {column.name: column.title for column in table.columns}
    assert (titles["id"], titles["travel_override"], titles["travel_override_reason"]) == (
        "Identifiant",
        "Votre décision : Déplacement",
        "Motif de votre décision : Déplacement",
    )


def test_the_working_list_shows_facts_as_they_are_answered_and_a_persons_own_decision() -> None:
    verdict = Verdict(
        effect=Effect.EXCLUDES, reason=Text("{by}: {reason}"), values={"by": "Hind", "reason": "comes by car"}
    )
    override = Ruling(rule="override", plugin="person", version="", title=Text("Person"), verdict=verdict)
    person = a_participant(
        gender=Gender.FEMALE,
        birth_date=date(1990, 5, 1),
        category="citizen",
        workshops=("services", "equality"),
        consents=Consents(attend=True, share=("oecd",)),
        diet="vegan",
    )
    plan = a_plan([a_candidate(person)], [a_decision(outcome=Outcome.EXCLUDED, rulings=(override,))])
    row = first_row(report_of(plan, "working-list"))
    names = (
        "gender",
        "birth_date",
        "category",
        "workshops",
        "consent_attend",
        "consent_photo",
        "consent_share",
    )
    assert [row[name] for name in names] == [
        "Female",
        date(1990, 5, 1),
        "Citizen",
        "Public services; Equality",
        True,
        False,
        "OECD",
    ]
    assert "diet" not in row
    own = [row[name] for name in ("travel", "travel_override", "travel_override_reason", "lodging_override")]
    assert own == ["excluded", "Excluded", "comes by car", None]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_working_list_taken_back_as_it_left_changes_nothing(language: str) -> None:
    verdict = Verdict(effect=Effect.GRANTS, reason=Text("{reason}"), values={"reason": "speaks at ten"})
    override = Ruling(rule="override", plugin="person", version="", title=Text("Person"), verdict=verdict)
    plan = a_plan(twelve_candidates(), [a_decision("p02", rulings=(override,))])
    (reader,) = (one for one in READERS if one.name == "xlsx")
    taken_back = enrolled(
        reader.parse(workbook(report_of(plan, "working-list", language))),
        file_name="working-list.xlsx",
        event=plan.event,
        existing=[one.participant for one in plan.candidates],
        today=NIGHT,
        update=True,
    )
    assert (taken_back.unchanged, taken_back.differences, taken_back.refused) == (12, (), ())
    own = [(one.participant_id, one.benefit, one.outcome, one.reason) for one in taken_back.overrides]
    assert own == [("p02", "travel", "granted", "speaks at ten")]


def test_the_summary_holds_every_decision_and_every_verdict() -> None:
    rulings = (a_ruling(Effect.GRANTS), a_ruling(Effect.NOT_APPLICABLE))
    plan = a_plan([a_candidate()], [a_decision(rulings=rulings, amount=Money(Decimal(5), "MAD"))])
    report = report_of(plan, "summary")
    assert first_row(report) == {
        "id": "p1",
        "name": "Salma Benali",
        "benefit": "Travel",
        "outcome": "granted",
        "amount": Money(Decimal(5), "MAD"),
        "payer": "OECD",
        "verdicts": "grants: lives 120.5 km away, travel is paid from 100 km\n"
        "does not apply: lives 120.5 km away, the limit is 100 km",
    }
    assert [row[7] for row in report.tables[1].rows] == ["grants", "does not apply", "does not apply"]


def test_the_material_register_names_who_holds_a_loan_by_its_kind_where_ids_are_alike() -> None:
    event = an_event()
    event = msgspec.structs.replace(
        event,
        agenda=(msgspec.structs.replace(event.agenda[0], id="p1", title=Text("Opening")),),
        venue=msgspec.structs.replace(
            event.venue, rooms=(msgspec.structs.replace(event.venue.rooms[0], id="p1", name=Text("Great hall")),)
        ),
    )
    kinds = ("participant", "session", "room", "speaker")
    loans = [
        Loan(number=number, material="badge", holder="p1", holder_kind=kind, count=1, given_on=NIGHT, by="Salma")
        for number, kind in enumerate(kinds, start=1)
    ]
    stocks = stocks_of([Material(id="badge", title=Text("Badge"), count=9)], loans)
    plan = a_plan([a_candidate(a_participant("p1", "سلمى بنعلي"))], event=event)
    report = report_of(msgspec.structs.replace(plan, ground=Ground(stocks=stocks)), "material-register")
    assert [row["holder"] for row in rows_of(report.tables[1])] == ["سلمى بنعلي", "Opening", "Great hall", "p1"]


def test_an_arabic_workbook_reads_back_what_the_report_holds() -> None:
    report = report_of(far_plan(), "travel-list", "ar")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(report)))["لائحة التنقل"]
    header, row = ([cell.value for cell in cells] for cells in (sheet[1], sheet[2]))
    assert header == [column.title for column in report.tables[0].columns]
    expected = [
        cell.replace(tzinfo=None)
        if isinstance(cell, datetime)
        else float(cell.amount)
        if isinstance(cell, Money)
        else cell
        for cell in report.tables[0].rows[0]
    ]
    assert row == expected
