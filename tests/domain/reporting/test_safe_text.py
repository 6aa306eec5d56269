import pytest
from hypothesis import given, strategies as st

from eventops.domain.reporting.safe_text import (
    CELL_LIMIT,
    checked_length,
    guarded,
    is_formula_like,
    representable,
    unguarded,
)
from eventops.errors import NotUsable

FORMULA_LIKE = [
    "=1+1",
    "+212612345678",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
]


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_a_text_that_may_become_a_formula_is_known(text: str) -> None:
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", "-", "Salma", "a=b", "الدار البيضاء", "06 12", "l'eau", "« = »"])
def test_an_innocent_text_is_left_alone(text: str) -> None:
    assert (is_formula_like(text), guarded(text)) == (False, text)


def test_the_guard_is_an_apostrophe_before_every_sign_that_a_reader_might_cut_free() -> None:
    seen = [guarded(text) for text in ("=1", "+212600", "x;=1+1", "note\n=1\n-2", "'=1", "a - b", "a=b")]
    assert seen == ["'=1", "'+212600", "x;'=1+1", "note\n'=1\n'-2", "''=1", "a - b", "a=b"]


@given(st.text())
def test_the_guard_can_be_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=st.sampled_from("=+-@＝'; \t\r\nab\u200b"), max_size=8))
def test_the_guard_can_be_taken_off_any_mixture_of_signs(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_characters_no_file_can_hold_are_shown_by_a_sign() -> None:
    assert representable("a\x00b\x0bc\x1fd\ud800e\ufffe\uffff") == "a␀b␋c␟d�e��"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_every_other_character_stays(text: str) -> None:
    assert representable(text) == text


def test_a_cell_holds_as_many_characters_as_excel_counts() -> None:
    assert checked_length("x" * CELL_LIMIT, "S", 1, "C") == "x" * CELL_LIMIT
    with pytest.raises(NotUsable, match="row 7, column “Notes”: the text has 32768 characters"):
        checked_length("😀" * (CELL_LIMIT // 2) + "xx", "S", 7, "Notes")
