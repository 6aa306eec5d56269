import pytest
from hypothesis import given, strategies as st

from eventops.domain.reporting.latin_names import is_latin, latin_name


def as_it_is(word: str) -> str:
    return word


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("فاطمة الزهراء بنعلي", "Fatima Zahra Benali"),
        ("محمد الصبيحي", "Mohamed El Sabihi"),
        ("عبد الرزاق التازي", "Abderrazak El Tazi"),
        ("عبدالكريم الخطابي", "Abdelkarim El Khattabi"),
        ("عبد الشافي", "Abdechafi"),
        ("عبد الودود بوطيب", "Abdelouadoud Boutaieb"),
        ("مولاي إدريس العلوي", "Moulay Driss El Alaoui"),
        ("مريم أيت بلال", "Meryem Ait Bilal"),
        ("يُوسُف", "Youssef"),
        ("محمد-أمين", "Mohamed-Amine"),
        ("فاطمه", "Fatima"),
        ("القرقوري", "El Karkouri"),
    ],
)
def test_arabic_names_are_spelled_as_moroccan_documents_do(arabic: str, latin: str) -> None:
    assert latin_name(arabic, as_it_is) == latin


def test_latin_words_stay_as_they_were_written() -> None:
    assert latin_name("Salma BENALI محمد", as_it_is) == "Salma BENALI Mohamed"


def test_words_of_other_scripts_are_left_to_the_speller() -> None:
    assert latin_name("ⵜⴰⵎⴰⵣⵉⵖⵜ سلمى", lambda word: "tamazight") == "Tamazight Salma"


@given(st.text(alphabet="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيَُِّْ -"))
def test_every_arabic_name_becomes_latin_letters(name: str) -> None:
    assert is_latin(latin_name(name, as_it_is))
