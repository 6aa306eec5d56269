from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from eventops.domain.enrolling.answers import (
    DEFAULT_CATEGORIES,
    DIETS,
    INCLUSION,
    NOT_A_CATEGORY,
    diet_in,
    gender_in,
    inclusion_in,
    lexicon,
    one_choice,
    sponsors_in,
    workshops_in,
    yes_or_no,
)
from eventops.domain.enrolling.cell_values import (
    ErrorCell,
    UncomputedFormula,
    Unreadable,
    damage_in,
    is_blank,
    number_in,
    text_in,
)
from eventops.domain.enrolling.dates import (
    NOT_A_BIRTH_YEAR,
    NOT_A_DATE,
    NOT_AN_AGE,
    Birth,
    birth_in,
    date_in,
    day_comes_first,
)
from eventops.domain.people import Choice, Gender, age_band
from eventops.domain.reporting.labels import AGE_LABELS, CATEGORY_LABELS, DIET_LABELS, GENDER_LABELS
from eventops.domain.texts import Text

TODAY = date(2023, 10, 7)
CATEGORIES = lexicon(DEFAULT_CATEGORIES, CATEGORY_LABELS)
DIET_WORDS = lexicon(DIETS, DIET_LABELS)
GROUPS = lexicon(INCLUSION)
WORKSHOPS = lexicon(
    [
        Choice(id="services", title=Text("Quality, simplification and digitisation", fr="Services publics")),
        Choice(id="equality", title=Text("Equality and women's rights", fr="Égalité", ar="المساواة وحقوق النساء")),
    ]
)
SPONSORS = lexicon(
    [
        Choice(id="oecd", title=Text("OECD", fr="OCDE", ar="منظمة التعاون والتنمية الاقتصادية")),
        Choice(id="ef", title=Text("Expertise France")),
    ]
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Rabat\u00a0", "Rabat"),
        ("\u202bالرباط\u202c", "الرباط"),
        ("a\x07b", "ab"),
        ("Amina\n  Idrissi", "Amina Idrissi"),
        ("\ufeffSalé\u200f", "Salé"),
        (612345678.0, "612345678"),
        (None, ""),
        (True, "TRUE"),
        (datetime.fromisoformat("2023-09-22 10:05"), "2023-09-22 10:05:00"),
    ],
)
def test_a_cell_is_one_clean_line(cell: object, text: str) -> None:
    assert text_in(cell) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert text_in(text_in(text)) == text_in(text)


@given(st.text())
def test_a_cell_is_blank_when_nothing_is_left_of_it(text: str) -> None:
    assert is_blank(text) is (text_in(text) == "")


@pytest.mark.parametrize(("cell", "number"), [("٣٩", 39), ("1 250,5", 1250.5), (7, 7), ("x", None), (True, None)])
def test_numbers_are_read_with_arabic_digits_and_decimal_commas(cell: object, number: float | None) -> None:
    assert number_in(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (ErrorCell("#REF!"), "cell-error"),
        ("#N/A", "cell-error"),
        (UncomputedFormula("A1"), "formula-uncomputed"),
        ("x" * 501, "cell-too-long"),
        ("#hashtag", None),
        ("Rabat", None),
    ],
)
def test_damaged_cells_are_named(cell: object, code: str | None) -> None:
    damage = damage_in(cell)
    assert (damage.code if damage else None) == code


@pytest.mark.parametrize("female", ["F", "Femme", "féminin", "أنثى", "امرأة", "Mme", "أنثى / Femme", "female"])
def test_women_are_recognised(female: str) -> None:
    assert gender_in(female) is Gender.FEMALE


@pytest.mark.parametrize("male", ["M", "Homme", "masculin", "ذكر", "رجل", "Male (ذكر)", "M."])
def test_men_are_recognised(male: str) -> None:
    assert gender_in(male) is Gender.MALE


@pytest.mark.parametrize("nothing", [None, "", "-", "N/A", "غير متوفر", "non renseigné"])
def test_a_gender_not_given_is_unknown(nothing: str | None) -> None:
    assert gender_in(nothing) is Gender.UNKNOWN


@pytest.mark.parametrize("unclear", ["homme/femme", 1, 2, "xyz", "hemme"])
def test_genders_are_not_guessed(unclear: object) -> None:
    assert isinstance(gender_in(unclear), Unreadable)


def test_our_own_labels_of_genders_are_read_back() -> None:
    read = {name: gender_in(text) for name, label in GENDER_LABELS.items() for text in (label.en, label.fr, label.ar)}
    assert read == {name: Gender(name) for name in GENDER_LABELS}


@pytest.mark.parametrize(
    ("answer", "category"),
    [
        ("Élue locale", "elected"),
        ("منتخب (ة) محلي (ة)", "elected"),
        ("acteur·rice associatif·ve", "association"),
        ("Acteur associtif", "association"),
        ("فاعلة جمعوية", "association"),
        ("NGO", "association"),
        ("Secteur public / قطاع عام", "public_sector"),
        ("fonctionnaire", "public_sector"),
        ("باحث (ة) / أكاديمي (ة)", "academic"),
        ("chercheur·se / universitaire", "academic"),
        ("Citoyen(ne)", "citizen"),
        ("مواطنة", "citizen"),
    ],
)
def test_categories_are_recognised_as_people_write_them(answer: str, category: str) -> None:
    assert one_choice(answer, CATEGORIES, "category-unknown", NOT_A_CATEGORY) == category


def test_an_unknown_category_names_the_nearest_and_the_allowed() -> None:
    answer = one_choice("Chercheur spatial", CATEGORIES, "category-unknown", NOT_A_CATEGORY)
    assert isinstance(answer, Unreadable)
    assert (answer.code, str(answer.values["nearest"])) == ("category-unknown", "Researcher or academic")


def test_two_categories_in_one_cell_are_not_chosen_between() -> None:
    answer = one_choice("association / citoyen", CATEGORIES, "category-unknown", NOT_A_CATEGORY)
    assert isinstance(answer, Unreadable)
    assert "names more than one" in answer.message.en


@pytest.mark.parametrize(
    "yes",
    [
        "Oui",
        "نعم",
        "YES",
        "x",
        "✓",
        "1",
        1,
        1.0,
        True,
        "J'accepte",
        "أوافق",
        "Oui / نعم",
        "Oui, j'accepte d'être filmé",
    ],
)
def test_a_clear_yes(yes: object) -> None:
    assert yes_or_no(yes) is True


@pytest.mark.parametrize("no", ["Non", "لا", "no", "0", 0, False, "", None, "-", "لا أوافق", "Je n'accepte pas", "☐"])
def test_a_clear_no(no: object) -> None:
    assert yes_or_no(no) is False


@pytest.mark.parametrize("unclear", ["peut-être", "oui mais pas sur internet", "maybe", 2, "ربما", "Karim"])
def test_anything_else_is_no_clear_answer(unclear: object) -> None:
    assert yes_or_no(unclear) is None


@pytest.mark.parametrize(
    ("cell", "diet"),
    [
        ("Végétarienne", "vegetarian"),
        ("بدون سكر", "diabetic"),
        ("Aucun", "standard"),
        ("لا شيء", "standard"),
        ("Gluten free, lactose free", "gluten_free, lactose_free"),
        ("allergic to kiwi", "allergic to kiwi"),
        ("Vegetarian, allergic to kiwi", "vegetarian, allergic to kiwi"),
        ("", ""),
    ],
)
def test_diets_are_recognised_and_other_words_kept(cell: str, diet: str) -> None:
    assert diet_in(cell, DIET_WORDS) == diet


@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        ("rural; jeune", ("rural", "youth")),
        ("Personne en situation de handicap", ("disability",)),
        ("urbain", ()),
        ("من الوسط القروي; شاب(ة)", ("rural", "youth")),
        ("تقطن بالجبل", ("تقطن بالجبل",)),
    ],
)
def test_groups_are_recognised_and_other_words_kept(cell: str, groups: tuple[str, ...]) -> None:
    assert inclusion_in(cell, GROUPS) == groups


@pytest.mark.parametrize(
    ("cell", "wishes"),
    [
        ("Égalité", ("equality",)),
        ("المساواة وحقوق النساء", ("equality",)),
        ("Égalité; Services publics", ("equality", "services")),
        ("Quality, simplification and digitisation, Equality and women's rights", ("services", "equality")),
        ("Services publiks", ("services",)),
        ("-", ()),
    ],
)
def test_workshops_are_recognised_in_the_order_written(cell: str, wishes: tuple[str, ...]) -> None:
    assert workshops_in(cell, WORKSHOPS) == wishes


def test_an_unknown_workshop_is_refused_with_the_nearest() -> None:
    answer = workshops_in("Égalité salariale des pingouins", WORKSHOPS)
    assert isinstance(answer, Unreadable)
    assert answer.code == "workshop-unknown"


@pytest.mark.parametrize(
    ("cell", "sponsors"),
    [
        ("OECD", ("oecd",)),
        ("OCDE, Expertise France", ("oecd", "ef")),
        ("tous les partenaires", ("oecd", "ef")),
        ("Non", ()),
        ("", ()),
        ("Oui", None),
        ("pas OCDE", None),
    ],
)
def test_sponsors_a_person_agrees_to(cell: str, sponsors: tuple[str, ...] | None) -> None:
    assert sponsors_in(cell, SPONSORS) == sponsors


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("25/03/1984", date(1984, 3, 25)),
        ("1984-03-25", date(1984, 3, 25)),
        ("25.3.1984", date(1984, 3, 25)),
        ("٢٥/٠٣/١٩٨٤", date(1984, 3, 25)),
        ("25 mars 1984", date(1984, 3, 25)),
        ("1er avril 1984", date(1984, 4, 1)),
        ("25 غشت 1984", date(1984, 8, 25)),
        ("March 25, 1984", date(1984, 3, 25)),
        ("2023/09/25 10:12:33 AM GMT+1", date(2023, 9, 25)),
        ("2023-09-25T10:12:33+01:00", date(2023, 9, 25)),
        (30766, date(1984, 3, 25)),
        (datetime.fromisoformat("1984-03-25"), date(1984, 3, 25)),
        ("31/02/1984", None),
        ("soon", None),
        (39, None),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(cell: object, day: date | None) -> None:
    assert date_in(cell) == day


def test_the_column_tells_whether_the_day_comes_first() -> None:
    assert (
        day_comes_first(["05/03/1984", "25/03/1984"]),
        day_comes_first(["05/03/1984", "03/25/1984"]),
        day_comes_first(["05/03/1984"]),
    ) == (True, False, True)


@pytest.mark.parametrize(
    ("cell", "year"), [("1984", 1984), (1984.0, 1984), ("١٩٨٤", 1984), (date(1905, 6, 6), 1984), ("سنة 1984", 1984)]
)
def test_birth_years(cell: object, year: int) -> None:
    assert birth_in(cell, TODAY, day_first=True, expected=NOT_A_BIRTH_YEAR) == Birth(birth_year=year)


@pytest.mark.parametrize("cell", ["19x4", "84", 84, "1884", "2030", "12/03/84", "1984?", "quarante"])
def test_what_is_no_birth_year_is_not_guessed(cell: object) -> None:
    birth = birth_in(cell, TODAY, day_first=True, expected=NOT_A_BIRTH_YEAR)
    assert isinstance(birth, Unreadable)
    assert birth.code == "birth-year-unreadable"


def test_a_year_in_a_date_column_is_a_year_and_tomorrow_is_no_birthday() -> None:
    assert birth_in("1984", TODAY, day_first=True, expected=NOT_A_DATE) == Birth(birth_year=1984)
    assert isinstance(birth_in("08/10/2023", TODAY, day_first=True, expected=NOT_A_DATE), Unreadable)


@pytest.mark.parametrize(
    ("cell", "age"),
    [
        (39, Birth(age=39)),
        ("39 ans", Birth(age=39)),
        ("٣٩ سنة", Birth(age=39)),
        ("30-40", Birth(age=30, band="30-40")),
        ("18 – 29 ans", Birth(age=18, band="18 – 29 ans")),
        ("60 et plus", Birth(age=60, band="60 et plus")),
        ("moins de 18 ans", Birth(age=17, band="moins de 18 ans")),
        ("25-35", Birth(band="25-35")),
        ("1984", Birth(birth_year=1984)),
        (date(1900, 2, 7), Birth(age=39)),
    ],
)
def test_ages_and_ranges_of_ages(cell: object, age: Birth) -> None:
    assert birth_in(cell, TODAY, day_first=True, expected=NOT_AN_AGE) == age


@pytest.mark.parametrize("cell", ["old", 0, 130, "40-30", "39,5", date(2023, 12, 10)])
def test_what_is_no_age_is_not_guessed(cell: object) -> None:
    assert isinstance(birth_in(cell, TODAY, day_first=True, expected=NOT_AN_AGE), Unreadable)


def test_the_labels_of_our_age_groups_are_read_back_into_their_group() -> None:
    labels = {name: label for name, label in AGE_LABELS.items() if name != "unknown"}
    read = {
        (name, text): birth_in(text, TODAY, day_first=True, expected=NOT_AN_AGE)
        for name, label in labels.items()
        for text in (label.en, label.fr, label.ar)
    }
    assert {key: age_band(birth.age) for key, birth in read.items() if isinstance(birth, Birth)} == {
        key: key[0] for key in read
    }
