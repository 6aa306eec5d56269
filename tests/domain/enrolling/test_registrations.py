from typing import Any

import pytest

from eventops.domain.enrolling.column_choice import IgnoredColumn
from eventops.domain.enrolling.headings import BENEFIT_TITLES, FIELD_TITLES, OVERRIDE_REASON_TITLE, OVERRIDE_TITLE
from eventops.domain.enrolling.registrations import Recognition, recognised, rows_of_people
from eventops.domain.enrolling.sheets import Sheet, column_index, column_letter
from eventops.domain.texts import Text
from eventops.errors import NotUsable
from eventops.extension.spec import Field
from eventops.testing.builders import an_event

BUS = Field(
    name="bus.stop", title=Text("Bus stop", fr="Arrêt de bus", ar="محطة الحافلة"), headings=("Point de ramassage",)
)


def a_sheet(*rows: tuple[object, ...], **fields: Any) -> Sheet:
    return Sheet(**{"name": "Inscriptions", "rows": rows, **fields})


def table(*rows: tuple[object, ...], **options: Any) -> Recognition:
    return recognised([a_sheet(*rows)], an_event(), (BUS,), file_name="people.xlsx", **options)


def fields_of(*headings: str, cells: tuple[object, ...] = ()) -> list[str]:
    """The field of each heading when it stands beside a name and an e-mail column."""
    rows = (("Nom complet", "E-mail", *headings), ("Amina Idrissi", "amina@example.org", *cells))
    by_letter = {column.letter: column.field for column in table(*rows).columns}
    return [by_letter.get(column_letter(at + 2), "") for at in range(len(headings))]


@pytest.mark.parametrize("field", [name for name in FIELD_TITLES if name not in ("name", "email")])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_our_own_headings_are_recognised(field: str, language: str) -> None:
    assert fields_of(getattr(FIELD_TITLES[field], language)) == [field]


@pytest.mark.parametrize("benefit", list(BENEFIT_TITLES))
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_decision_columns_of_a_working_list_are_recognised(benefit: str, language: str) -> None:
    title = getattr(BENEFIT_TITLES[benefit], language)
    decision = getattr(OVERRIDE_TITLE, language).format(benefit=title)
    reason = getattr(OVERRIDE_REASON_TITLE, language).format(benefit=title)
    assert fields_of(decision, reason) == [f"{benefit}_override", f"{benefit}_override_reason"]
    assert fields_of(f"{benefit}_override", f"{benefit}_override_reason") == fields_of(decision, reason)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("N° TÉL *", "phone"),
        ("رقم الهاتف (واتساب)", "phone"),
        ("Telephonne", "phone"),
        ("Sexe (H/F)", "gender"),
        ("ما هي فئتك العمرية؟", "age"),
        ("Tranche d’âge", "age"),
        ("En quelle qualité participez-vous ?", "category"),
        ("Catgorie", "category"),
        ("Nom de l'association", "organisation"),
        ("اسم الجمعية", "organisation"),
        ("Association qui vous a mobilisé(e)", "association"),
        ("Quelle est votre ville ou commune de résidence ?", "town"),
        ("City of residence (as written on your ID card)", "town"),
        ("المدينة / الجماعة", "town"),
        ("group_identity/birth_year", "birth_year"),
        ("Avez-vous des allergies ou un régime particulier ?", "diet"),
        ("هل لديكم نظام غذائي خاص؟", "diet"),
        ("Dans quel atelier souhaitez-vous intervenir ?", "workshops"),
        ("الورشة: الاختيار الأول", "workshops"),
        ("Autorisez-vous la prise de photos ?", "consent_photo"),
        ("هل توافقون على التقاط صور لكم؟", "consent_photo"),
        ("J'accepte de participer à la rencontre", "consent_attend"),
        ("I agree to share my data with the OECD", "consent_share"),
        ("موافقة على مشاركة البيانات مع منظمة التعاون والتنمية الاقتصادية", "consent_share"),
        ("Horodateur", "registered_on"),
        ("Partage de mes données à caractère personnel avec l’OCDE", "consent_share"),
        ("J’accepte que mes photos soient partagées avec l’OCDE", "consent_photo"),
        ("لغة التواصل", "language"),
        ("Point de ramassage", "bus.stop"),
        ("محطة الحافلة", "bus.stop"),
        ("stop", "bus.stop"),
    ],
)
def test_headings_as_people_write_them(heading: str, field: str) -> None:
    assert fields_of(heading) == [field]


@pytest.mark.parametrize(
    "heading",
    [
        "I agree to share a twin room",
        "Do you need a hotel night before the event? (only if you live more than 100 km from the venue)",
        "Email verified",
        "Emergency contact phone",
        "Invoice address name",
        "Lieu de naissance",
        "How did you hear about this event?",
        "Nom du président",
        "Distance you will travel one way (km)",
        "Attendee #",
        "Décision : Repas",
        "Invoice address name: Given name",
    ],
)
def test_headings_about_something_else_are_left_out(heading: str) -> None:
    assert fields_of(heading) == [""]


def test_a_vague_heading_is_read_by_its_cells() -> None:
    assert [
        fields_of("Association", cells=("ADFM",)),
        fields_of("Association", cells=("Association Amal de Salé",)),
        fields_of("Type", cells=("Citoyenne",)),
        fields_of("Type", cells=("VIP",)),
        fields_of("Date", cells=("22/09/2023",)),
        fields_of("Date", cells=("lundi",)),
    ] == [["association"], ["organisation"], ["category"], [""], ["registered_on"], [""]]


def test_first_and_last_names_take_a_bare_nom_between_them() -> None:
    read = table(("Nom", "Prénom", "E-mail"), ("Idrissi", "Amina", "amina@example.org"))
    assert [(column.letter, column.field) for column in read.columns] == [
        ("A", "last_name"),
        ("B", "first_name"),
        ("C", "email"),
    ]


def test_an_arabic_first_name_stands_beside_the_family_name() -> None:
    read = table(("الاسم", "النسب", "البريد الإلكتروني"), ("أمينة", "الإدريسي", "amina@example.org"))
    assert [column.field for column in read.columns] == ["first_name", "last_name", "email"]


def test_a_person_may_say_what_a_column_holds() -> None:
    rows = (("Nom complet", "E-mail", "Bled", "Avis"), ("Amina", "amina@example.org", "Salé", "oui"))
    read = table(*rows, columns={"bled": "town", "D": "consent_share:oecd"})
    assert [(column.field, column.option) for column in read.columns[2:]] == [
        ("town", ()),
        ("consent_share", ("oecd",)),
    ]
    with pytest.raises(NotUsable, match=r"cannot hold “planet”, which is no field; the fields are age, .*association"):
        table(*rows, columns={"bled": "planet"})
    with pytest.raises(NotUsable, match="there is no column “Ville”; the columns are A"):
        table(*rows, columns={"Ville": "town"})


def test_columns_of_ticks_carry_the_answer_they_are_about() -> None:
    read = table(
        (
            "Name",
            "E-mail",
            "Dietary needs – Vegetarian",
            "Dietary needs – None",
            "Handicap (oui/non)",
            "Share with OCDE",
        ),
        ("Amina", "amina@example.org", "Yes", "No", "oui", "yes"),
    )
    assert [(column.field, column.option) for column in read.columns[2:]] == [
        ("diet", ("vegetarian",)),
        ("diet", ("standard",)),
        ("inclusion", ("disability",)),
        ("consent_share", ("oecd",)),
    ]


def test_personal_and_unknown_columns_are_named_and_not_read() -> None:
    read = table(
        ("Nom complet", "E-mail", "N° CIN", "الديانة", "Couleur préférée"),
        ("Amina", "amina@example.org", "AB1", "x", "y"),
    )
    assert read.ignored == (
        IgnoredColumn(heading="N° CIN", letter="C", why="personal"),
        IgnoredColumn(heading="الديانة", letter="D", why="personal"),
        IgnoredColumn(heading="Couleur préférée", letter="E", why="unknown"),
    )
    assert {finding.code: finding.values["columns"] for finding in read.findings} == {
        "personal-columns": "C (N° CIN), D (الديانة)",
        "unknown-columns": "E (Couleur préférée)",
    }


def test_the_header_is_found_below_titles_with_its_true_row() -> None:
    read = table(
        ("Liste des participants",),
        (),
        (None, "Nom complet", "E-mail", "Ville"),
        (None, "Amina", "amina@example.org", "Salé"),
    )
    assert (read.header_row, [column.letter for column in read.columns]) == (3, ["B", "C", "D"])


def test_repeated_headers_totals_tags_and_notes_are_no_people() -> None:
    read = table(
        ("Nom complet", "E-mail", "Ville"),
        ("#adm +name", "#contact +email", "#loc"),
        ("Amina", "amina@example.org", "Salé"),
        ("NOM COMPLET", "E-mail", "Ville"),
        ("Karim", "karim@example.org", "Rabat"),
        ("Total", None, 2),
        (),
        ("Liste arrêtée le 6 octobre",),
    )
    assert [(row, skip) for row, _, skip in rows_of_people(read)] == [
        (2, "hxl"),
        (3, ""),
        (4, "header"),
        (5, ""),
        (6, "total"),
        (8, "note"),
    ]


def test_a_value_merged_downwards_counts_for_each_row_and_a_merged_heading_for_its_columns() -> None:
    sheet = a_sheet(
        ("Identité", None, "Consentement au partage avec", None),
        ("Nom complet", "E-mail", "OCDE", "Expertise France", "Ville"),
        ("Amina", "amina@example.org", "Oui", "Non", "Salé"),
        ("Karim", "karim@example.org", "Oui", "Non"),
        merged=((0, 0, 0, 1), (0, 2, 0, 3), (2, 4, 3, 4)),
    )
    read = recognised([sheet], an_event(), file_name="people.xlsx")
    assert [(column.field, column.option) for column in read.columns] == [
        ("name", ()),
        ("email", ()),
        ("consent_share", ("oecd",)),
        ("consent_share", ("ef",)),
        ("town", ()),
    ]
    assert [cells[4] for _, cells, _ in rows_of_people(read)] == ["Salé", "Salé"]


def test_a_second_column_fills_blanks_when_the_two_never_differ() -> None:
    read = table(
        ("Nom complet", "E-mail", "Email"),
        ("Amina", "amina@example.org", None),
        ("Karim", None, "karim@example.org"),
        ("Salma", "salma@example.org", "Salma@example.org"),
    )
    assert [(column.field, column.indexes) for column in read.columns] == [("name", (0,)), ("email", (1, 2))]


def test_two_columns_that_differ_are_a_question() -> None:
    rows = (
        ("Nom complet", "E-mail", "Ville", "Ville"),
        ("Amina", "amina@example.org", "Salé", "Rabat"),
    )
    read = table(*rows)
    assert read.unanswered
    assert [(finding.severity.value, finding.code, finding.source.column) for finding in read.findings] == [
        ("question", "column-ambiguous", "D")
    ]
    answered = table(*rows, columns={"C": ""})
    assert (answered.unanswered, answered.columns[-1].letter) == (False, "D")


def test_a_more_specific_heading_wins_and_the_other_is_named() -> None:
    read = table(
        ("Attendee name", "Attendee email", "Email", "City", "City of residence"),
        ("Amina", "amina@example.org", "office@example.org", "Rabat", "Salé"),
    )
    assert [(column.field, column.letter) for column in read.columns] == [("name", "A"), ("email", "B"), ("town", "E")]
    assert [(finding.code, finding.source.column) for finding in read.findings] == [
        ("column-second", "C"),
        ("column-second", "D"),
    ]


def test_the_sheet_with_the_people_is_found_and_another_like_it_is_a_question() -> None:
    people = a_sheet(("Nom complet", "E-mail"), ("Amina", "amina@example.org"), name="B")
    notes = a_sheet(("Read me",), name="A")
    copy = a_sheet(("Nom complet", "E-mail"), ("Karim", "karim@example.org"), name="C")
    hidden = a_sheet(("Nom complet", "E-mail"), ("Karim", "karim@example.org"), name="D", hidden=True)

    def read(*sheets: Sheet, sheet: str = "") -> tuple[str, bool]:
        found = recognised(sheets, an_event(), file_name="people.xlsx", sheet=sheet)
        return found.sheet.name, found.unanswered

    assert [read(notes, people), read(people, hidden), read(people, copy), read(people, copy, sheet="c")] == [
        ("B", False),
        ("B", False),
        ("B", True),
        ("C", False),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "is empty"),
        ([("a", "b"), (1, 2)], "has no table of registrations"),
        ([("Nom complet", "Ville"), ("Amina", "Salé")], "neither an e-mail nor a phone column"),
        ([("E-mail", "Ville"), ("amina@example.org", "Salé")], "has no column for the name"),
    ],
)
def test_a_file_without_a_usable_table_is_refused_in_one_sentence(
    rows: list[tuple[object, ...]], sentence: str
) -> None:
    with pytest.raises(NotUsable, match=sentence):
        table(*rows)


def test_letters_and_indexes_are_those_of_excel() -> None:
    assert [(column_letter(at), column_index(column_letter(at))) for at in (0, 25, 26, 701, 702, 16383)] == [
        ("A", 0),
        ("Z", 25),
        ("AA", 26),
        ("ZZ", 701),
        ("AAA", 702),
        ("XFD", 16383),
    ]
