from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from eventops.application.enrol import Difference, Enrolment, OverrideRequest, enrolled
from eventops.domain.enrolling.cell_values import ErrorCell, UncomputedFormula, text_in
from eventops.domain.enrolling.headings import FIELD_TITLES
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.people import Consents, Gender, Participant, Status
from eventops.domain.texts import Text
from eventops.extension.spec import Field
from eventops.testing.builders import a_participant, an_event

TODAY = date(2023, 10, 7)
CHILDREN = Field(
    name="creche.children", title=Text("Children"), type="integer", headings=("Nombre d'enfants à garder",)
)
HEADER = ("Nom complet", "E-mail", "Téléphone", "Genre", "Année de naissance", "Qualité", "Ville")
AMINA = ("Amina Idrissi", "amina@example.org", "0612345678", "Femme", 1984, "Citoyenne", "Salé")
KARIM = ("Karim Alaoui", "karim@example.org", "0612345679", "Homme", 1990, "Élu local", "Rabat")


def imported(*rows: tuple[object, ...], existing: tuple[Participant, ...] = (), **options: Any) -> Enrolment:
    """What importing these rows into the sample event does."""
    sheet = Sheet(name="Inscriptions", rows=rows)
    return enrolled(
        [sheet],
        **{
            "file_name": "people.xlsx",
            "event": an_event(),
            "fields": (CHILDREN,),
            "existing": existing,
            "today": TODAY,
            **options,
        },
    )


def sentence(finding: Finding) -> str:
    return finding.message.en.format(**finding.values)


def counts(result: Enrolment) -> tuple[int, int, int, int, int]:
    return result.rows, len(result.added), len(result.updated), result.unchanged, len(result.refused)


def codes(result: Enrolment) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_row_becomes_a_participant_with_everything_it_says() -> None:
    result = imported(
        (
            "Horodateur",
            "الاسم الكامل",
            "Nom en caractères latins",
            "E-mail",
            "Téléphone",
            "Genre",
            "Date de naissance",
            "Qualité",
            "Organisme",
            "Langue",
            "Ville",
            "Région",
            "Association mobilisatrice",
            "Situation particulière",
            "Régime alimentaire",
            "Besoins d'accessibilité",
            "Atelier 2",
            "Atelier 1",
            "J'accepte de participer",
            "Photos",
            "Partage avec l'OCDE",
            "Partage avec Expertise France",
            "Remarques",
            "Nombre d'enfants à garder",
        ),
        (
            datetime.fromisoformat("2023-09-22 10:05"),
            " سلمى بنعلي\u00a0",
            "Salma Benali",
            "Salma@Example.org",
            612345678.0,
            "أنثى",
            "25/03/1984",
            "فاعلة جمعوية",
            "جمعية الأمل",
            "Arabe",
            "سلا",
            "الرباط سلا القنيطرة",
            "الجمعية الديمقراطية لنساء المغرب",
            "Milieu rural, mère seule",
            "Végétarien",
            "Fauteuil roulant",
            "Égalité",
            "Services publics",
            "Oui",
            "Non",
            "نعم",
            "",
            "Arrive tard",
            "2",
        ),
    )
    assert result.added == (
        Participant(
            id="P0001",
            name="سلمى بنعلي",
            name_latin="Salma Benali",
            email="Salma@example.org",
            phone="+212612345678",
            gender=Gender.FEMALE,
            birth_date=date(1984, 3, 25),
            category="association",
            organisation="جمعية الأمل",
            language="ar",
            town="سلا",
            region="الرباط سلا القنيطرة",
            association="adfm",
            inclusion=("rural", "woman_head"),
            diet="vegetarian",
            needs="Fauteuil roulant",
            workshops=("services", "equality"),
            consents=Consents(attend=True, photo=False, share=("oecd",)),
            registered_on=date(2023, 9, 22),
            notes="Arrive tard",
            fields={"creche.children": 2},
            source=Source(file="people.xlsx", sheet="Inscriptions", row=2),
        ),
    )
    assert result.findings == ()


@pytest.mark.parametrize(
    ("column", "cell", "code", "words"),
    [
        (0, None, "name-missing", "row 2, column A (Nom complet): A2 is empty; the first and last name are expected"),
        (0, 12345, "name-unreadable", "A2 is “12345”, which is not a name"),
        (0, "?????", "name-unreadable", "A2 is “?????”, which is not a name"),
        (0, "x" * 300, "cell-too-long", "A2 holds 300 characters, at most 200 are expected"),
        (1, "amina", "email-unreadable", "B2 is “amina”, which is not an e-mail address; write one address"),
        (2, "06 12", "phone-unreadable", "C2 is “06 12”, which is not a phone number of MA"),
        (3, "1", "gender-unreadable", "D2 is “1”, which is not a gender; write female or male"),
        (
            4,
            "19x4",
            "birth-year-unreadable",
            "row 2, column E (Année de naissance): E2 is “19x4”, which is not a year of birth; "
            "write four digits, for example 1984",
        ),
        (5, "Astronaute", "category-unknown", "is no category of this event; the nearest is “"),
        (6, ErrorCell("#REF!"), "cell-error", "G2 shows the spreadsheet error “#REF!”"),
        (6, UncomputedFormula("A1"), "formula-uncomputed", "G2 holds a formula without its result"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_is_named(column: int, cell: object, code: str, words: str) -> None:
    row = list(AMINA)
    row[column] = cell  # type: ignore[call-overload]
    result = imported(HEADER, tuple(row), KARIM)
    (refused,) = result.refused
    (finding,) = refused.findings
    assert (counts(result), refused.row, finding.severity, finding.code) == ((2, 1, 0, 0, 1), 2, Severity.ERROR, code)
    assert words in sentence(finding)
    assert finding.source == Source(
        file="people.xlsx", sheet="Inscriptions", row=2, column="ABCDEFG"[column], heading=HEADER[column]
    )
    assert result.needs_person


def test_every_bad_cell_of_a_row_is_named_at_once() -> None:
    (refused,) = imported(HEADER, ("Amina", "amina", "06", "?", "19x4", "Astronaute", "Salé")).refused
    assert [finding.source.column for finding in refused.findings] == ["B", "C", "D", "E", "F"]


def test_a_workshop_and_an_association_the_event_does_not_have_refuse_the_row() -> None:
    header = ("Nom complet", "E-mail", "Atelier souhaité", "Association mobilisatrice")
    (refused,) = imported(header, ("Amina", "amina@example.org", "Astronomie", "Club d'échecs")).refused
    assert [finding.code for finding in refused.findings] == ["workshop-unknown", "association-unknown"]


def test_unclear_consents_are_no_and_said_while_blank_ones_are_just_no() -> None:
    header = ("Nom complet", "E-mail", "Photos", "Partage avec l'OCDE")
    result = imported(
        header, ("Amina", "amina@example.org", "peut-être", "oui mais"), ("Karim", "karim@example.org", None, None)
    )
    assert [person.consents for person in result.added] == [Consents(), Consents()]
    assert [(finding.severity, finding.code, finding.source.column) for finding in result.findings] == [
        (Severity.WARNING, "consent-unclear", "C"),
        (Severity.WARNING, "consent-unclear", "D"),
    ]
    assert not result.needs_person


def test_a_bare_yes_to_sharing_with_the_sponsors_is_for_each_of_them() -> None:
    for heading, yes in (
        ("J'accepte que mes données soient partagées avec les bailleurs", "oui"),
        ("Share my data with sponsors", "yes"),
        ("هل توافقون على تقاسم معطياتكم مع الشركاء؟", "نعم"),
    ):
        result = imported(("Nom complet", "E-mail", heading), ("Amina Idrissi", "amina@example.org", yes))
        assert [person.consents.share for person in result.added] == [("ef", "oecd")]
        assert codes(result) == []


def test_sponsors_named_in_one_cell_may_receive_the_data_and_a_yes_to_no_sponsor_in_particular_asks_which() -> None:
    header = ("Nom complet", "E-mail", "J'accepte le partage de mes données")
    result = imported(
        header, ("Amina", "amina@example.org", "OECD; Expertise France"), ("Karim", "karim@example.org", "Oui")
    )
    assert [person.consents.share for person in result.added] == [("ef", "oecd"), ()]
    assert codes(result) == ["consent-unclear"]


def test_minors_and_namesakes_are_enrolled_with_a_warning() -> None:
    result = imported(
        HEADER,
        AMINA,
        ("Idrissi AMINA", "other@example.org", "0612345600", "Femme", 2008, "Citoyenne", "Rabat"),
    )
    assert (counts(result), codes(result), result.needs_person) == (
        (2, 2, 0, 0, 0),
        ["possible-double", "minor"],
        False,
    )


def test_ages_from_ranges_are_said_once_and_a_range_too_wide_counts_as_unknown() -> None:
    header = ("Nom complet", "E-mail", "Tranche d'âge")
    result = imported(
        header,
        ("Amina", "amina@example.org", "30-40"),
        ("Karim", "karim@example.org", "40-50"),
        ("Salma", "salma@example.org", "25-35"),
    )
    assert [person.age for person in result.added] == [30, 40, None]
    assert codes(result) == ["age-from-range", "age-range-wide"]


def test_the_same_file_again_changes_nothing() -> None:
    first = imported(HEADER, AMINA, KARIM)
    again = imported(HEADER, AMINA, KARIM, existing=first.added)
    assert (counts(first), counts(again), again.findings) == ((2, 2, 0, 0, 0), (2, 0, 0, 2, 0), ())


def test_a_changed_cell_updates_the_person_and_is_shown() -> None:
    first = imported(HEADER, AMINA, KARIM)
    moved = imported(HEADER, (*AMINA[:6], "Témara"), KARIM, existing=first.added)
    assert counts(moved) == (2, 0, 1, 1, 0)
    assert moved.differences == (
        Difference(participant_id="P0001", name="Amina Idrissi", field="town", before="Salé", after="Témara"),
    )
    assert moved.updated[0].town == "Témara"


def test_a_blank_cell_says_nothing_but_a_consent_left_blank_is_withdrawn() -> None:
    header = (*HEADER, "Photos")
    first = imported(header, (*AMINA, "Oui"))
    later = imported(header, (*AMINA[:6], None, None), existing=first.added)
    assert [(one.field, one.before, one.after) for one in later.differences] == [("consent_photo", True, False)]
    assert later.updated[0].town == "Salé"


def test_what_a_coordinator_wrote_is_kept_and_the_file_is_told_so() -> None:
    known = a_participant("P0007", "Amina Idrissi", email="amina@example.org", town="Salé", edited=("town",))
    result = imported(
        ("Nom complet", "E-mail", "Ville"), ("Amina Idrissi", "amina@example.org", "Sale"), existing=(known,)
    )
    assert (counts(result), codes(result)) == ((1, 0, 0, 1, 0), ["edited-kept"])
    assert sentence(result.findings[0]) == (
        "row 2: Town of Amina Idrissi is “Sale” in the file but a coordinator wrote “Salé”; "
        "the coordinator’s word was kept"
    )


def test_people_are_found_again_by_phone_and_name_and_by_name_town_and_birth() -> None:
    first = imported(HEADER, AMINA, KARIM)
    again = imported(
        HEADER,
        ("IDRISSI Amina", "new@example.org", "+212 6 12 34 56 78", "F", 1984, "Citoyenne", "Salé"),
        ("Karim ALAOUI", None, None, "Homme", 1990, "Élu local", "RABAT"),
        existing=first.added,
    )
    assert (len(again.added), [(one.field, one.after) for one in again.differences]) == (
        0,
        [("name", "IDRISSI Amina"), ("email", "new@example.org"), ("name", "Karim ALAOUI"), ("town", "RABAT")],
    )


def test_a_slip_of_the_pen_in_a_name_is_corrected_by_the_next_file() -> None:
    first = imported(HEADER, ("Amina Idrisi", *AMINA[1:]))
    again = imported(HEADER, AMINA, existing=first.added)
    assert [(one.field, one.before, one.after) for one in again.differences] == [
        ("name", "Amina Idrisi", "Amina Idrissi")
    ]


def test_one_address_may_stand_for_two_people_but_that_is_asked() -> None:
    wife = ("Amina Idrissi", "home@example.org", "0612345678", "Femme", 1984, "Citoyenne", "Salé")
    husband = ("Karim Idrissi", "home@example.org", "0612345678", "Homme", 1980, "Citoyen", "Salé")
    first = imported(HEADER, wife, husband)
    again = imported(HEADER, wife, husband, existing=first.added)
    assert (counts(first), codes(first), first.needs_person) == ((2, 2, 0, 0, 0), ["email-shared"], True)
    assert (counts(again), codes(again)) == ((2, 0, 0, 2, 0), [])


def test_two_rows_about_one_person_are_counted_once_when_equal_and_asked_when_they_differ() -> None:
    equal = imported(HEADER, AMINA, AMINA)
    differing = imported(HEADER, AMINA, (*AMINA[:6], "Rabat"))
    assert (counts(equal), codes(equal)) == ((2, 1, 0, 1, 0), ["row-repeated"])
    assert (counts(differing), codes(differing)) == ((2, 1, 0, 0, 1), ["person-twice"])
    assert differing.refused[0].findings[0].severity is Severity.QUESTION
    assert sentence(differing.findings[0]).startswith("rows 2 and 3 are both Amina Idrissi (amina@example.org)")
    again = imported(HEADER, AMINA, (*AMINA[:6], "Rabat"), existing=differing.added)
    assert (counts(again), codes(again)) == ((2, 0, 0, 1, 1), ["person-twice"])


def test_one_address_with_a_name_in_two_scripts_is_asked_and_not_merged() -> None:
    first = imported(("Nom complet", "E-mail"), ("Amina Idrissi", "amina@example.org"))
    again = imported(("Nom complet", "E-mail"), ("أمينة الإدريسي", "amina@example.org"), existing=first.added)
    assert (counts(again), codes(again)) == ((1, 0, 0, 0, 1), ["person-unclear"])


def test_a_person_who_withdrew_stays_withdrawn() -> None:
    known = a_participant("P0001", "Amina Idrissi", email="amina@example.org", status=Status.WITHDRAWN)
    result = imported(
        ("Nom complet", "E-mail", "Ville"), ("Amina Idrissi", "amina@example.org", "Salé"), existing=(known,)
    )
    assert (result.updated[0].status, codes(result)) == (Status.WITHDRAWN, ["person-withdrawn"])


def test_ids_go_on_after_the_highest() -> None:
    known = (a_participant("P0041", "Karim Alaoui"), a_participant("guest-9", "Salma Benali"))
    assert [person.id for person in imported(HEADER, AMINA, existing=known).added] == ["P0042"]


def test_a_question_about_the_table_enrols_nobody() -> None:
    result = imported(("Nom complet", "E-mail", "E-mail"), ("Amina", "amina@example.org", "other@example.org"))
    assert (counts(result), result.unanswered, codes(result)) == ((1, 0, 0, 0, 0), True, ["column-ambiguous"])


WORKING_LIST = (
    "ID",
    "Full name",
    "Town",
    "Diet",
    "Category",
    "Your decision: Travel",
    "Reason of your decision: Travel",
)
SALMA = a_participant("P0001", "Salma Benali", town="Salé", diet="vegan", category="citizen")


def taken_back(*rows: tuple[object, ...]) -> Enrolment:
    return imported(WORKING_LIST, *rows, existing=(SALMA,), update=True)


def test_a_working_list_corrects_clears_and_decides() -> None:
    result = taken_back(
        ("P0001", "Salma Benali", "Témara", None, "Citizen", "granted", "Comes with the delegation"),
    )
    assert [(one.field, one.before, one.after) for one in result.differences] == [
        ("town", "Salé", "Témara"),
        ("diet", "vegan", ""),
    ]
    assert result.updated[0].edited == ("town", "diet")
    assert result.overrides == (
        OverrideRequest(
            participant_id="P0001",
            benefit="travel",
            outcome="granted",
            reason="Comes with the delegation",
            source=Source(file="people.xlsx", sheet="Inscriptions", row=2, column="F", heading="Your decision: Travel"),
        ),
    )


def test_a_working_list_overwrites_what_was_written_by_hand_before() -> None:
    known = a_participant("P0001", "Salma Benali", town="Salé", edited=("town",))
    result = imported(("ID", "Town"), ("P0001", "Témara"), existing=(known,), update=True)
    assert (result.updated[0].town, result.updated[0].edited, codes(result)) == ("Témara", ("town",), [])


def test_a_working_list_without_changes_changes_nothing() -> None:
    result = taken_back(("P0001", "Salma Benali", "Salé", "Vegan", "Citizen", None, None))
    assert (counts(result), result.differences, result.overrides) == ((1, 0, 0, 1, 0), (), ())


def test_unknown_missing_and_repeated_ids_of_a_working_list_are_refused() -> None:
    same = ("Salma Benali", "Salé", "Vegan", "Citizen", None, None)
    result = taken_back(("P0001", *same), ("P0099", *same), (None, *same), ("P0001", "Salma Benali", "Rabat", "Vegan"))
    assert [(row.row, row.findings[0].code) for row in result.refused] == [
        (3, "id-unknown"),
        (4, "id-missing"),
        (5, "person-twice"),
    ]


def test_a_reason_without_a_decision_and_an_unreadable_decision_are_said() -> None:
    same = ("P0001", "Salma Benali", "Salé", "Vegan", "Citizen")
    assert codes(taken_back((*same, None, "because"))) == ["reason-alone"]
    assert codes(taken_back((*same, "peut-être", None))) == ["outcome-unknown"]


def test_one_field_is_corrected_as_the_command_line_does() -> None:
    header = (FIELD_TITLES["id"].en, FIELD_TITLES["consent_photo"].en)
    result = imported(header, ("P0001", "oui"), existing=(SALMA,), update=True)
    assert [(one.field, one.before, one.after) for one in result.differences] == [("consent_photo", False, True)]


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=60))
def test_any_printable_name_with_a_letter_survives_and_is_found_again(text: str) -> None:
    if not any(letter.isalpha() for letter in text):
        return
    rows = (("Nom complet", "E-mail"), (text, "amina@example.org"))
    first = imported(*rows)
    assert [person.name for person in first.added] == [" ".join(text.split())]
    assert text_in(text) == " ".join(text.split())
    assert counts(imported(*rows, existing=first.added)) == (1, 0, 0, 1, 0)


NAMES = st.sampled_from(["Amina Idrissi", "Amina Idrisi", "Karim Alaoui", "كريم العلوي", "سلمى بنعلي"])
ADDRESSES = st.sampled_from([None, "a@example.org", "b@example.org"])
CELLS = st.tuples(
    NAMES,
    ADDRESSES,
    st.sampled_from([None, "0612345678", "0612345679"]),
    st.sampled_from([None, "F", "H"]),
    st.sampled_from([None, 1984, 1990]),
    st.sampled_from([None, "Citoyenne", "Astronaute"]),
    st.sampled_from([None, "Salé", "Rabat"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=7))
def test_any_file_imported_twice_adds_and_updates_nobody(rows: list[tuple[object, ...]]) -> None:
    first = imported(HEADER, *rows)
    again = imported(HEADER, *rows, existing=first.added)
    assert first.rows == len(rows) == len(first.added) + len(first.updated) + first.unchanged + len(first.refused)
    assert (len(again.added), len(again.updated), again.unchanged) == (0, 0, len(first.added) + first.unchanged)


def test_a_formula_typed_as_text_is_nobody_s_name() -> None:
    result = imported(("Nom complet", "E-mail"), ('=HYPERLINK("http://evil","x")', "a@example.org"))
    assert codes(result) == ["name-unreadable"]
