"""What the store says to people is said in each of the three languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from eventops_postgres import sentences
from eventops_postgres.addresses import address_of
from eventops_postgres.store import open_store

from eventops import NotUsable, Text

TEXTS = {name: value for name, value in vars(sentences).items() if isinstance(value, Text)}
CODE = Path(sentences.__file__).parent


def test_every_sentence_has_its_french_and_arabic_with_the_same_values() -> None:
    def values(sentence: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}", sentence))

    assert [name for name, text in TEXTS.items() if not (values(text.en) == values(text.fr) == values(text.ar))] == []
    assert [name for name, text in TEXTS.items() if not (text.fr and re.search("[\u0621-\u064a]", text.ar))] == []


def test_every_error_of_the_store_is_one_of_them() -> None:
    raised = [
        (file.name, found)
        for file in CODE.glob("*.py")
        for found in re.findall(r"(?:NotUsable|StoreUnavailable)\(\s*([^,)\s]+)", file.read_text(encoding="utf-8"))
        if not file.name.startswith("__")
    ]
    assert len(raised) >= len(TEXTS)
    assert [one for one in raised if one[1] not in TEXTS] == []


def test_french_puts_a_space_that_does_not_break_before_its_signs() -> None:
    assert [text.fr for text in TEXTS.values() if re.search(r" [:;!»]| [?](?!event=)|« ", text.fr)] == []


def test_an_error_keeps_its_three_languages() -> None:
    with pytest.raises(NotUsable) as raised:
        address_of("postgresql://db/events?event=%20")
    assert (raised.value.text, str(raised.value)) == (sentences.NO_EVENT, sentences.NO_EVENT.en)


def test_a_store_that_is_not_there_is_said_in_every_language(new_url: Callable[[], str]) -> None:
    with pytest.raises(NotUsable) as raised:
        open_store(new_url())
    text = raised.value.text
    assert isinstance(text, Text)
    assert text == sentences.NO_STORE
    assert text.fr.format(**raised.value.values).startswith("La base ")
