"""The French and Arabic of the core: complete, fresh, and safe to fill with values."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LANGUAGES = ("ar", "fr")
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{[^{}]*\}")

# Values that stand alone, names, and words French has from the same root.
SAME_IN_FRENCH = {
    "      eventops -w WORKSPACE --plugin {module} plan",
    "Budget",
    "Chance",
    "Code",
    "Formats",
    "Google Forms",
    "Institution",
    "KoboToolbox",
    "Microsoft Forms",
    "Note",
    "ODK",
    "Places",
    "Population",
    "Position",
    "Province",
    "Quota",
    "Quotas",
    "Score",
    "Service",
    "Source",
    "Total",
    "Version",
    "km",
    "participants",
    "{error}",
    "{event} – {association}",
    "{event} – {session}, {starts_at}",
    "{event} – {venue}",
    "{event} – {venue}, {day}",
    "{count} × {thing}",
    "{date}, {time}, {venue}, {town}",
    "{file}",
    "{approval} · {heading}",
    "{meal}",
    "{meal}, {starts_at}",
    "{room}, {starts_at}",
    "{starts_at}, {title}",
    "{title}, {starts_at}",
    "{title}, {starts_at}, {room}",
    "{venue}, {address}",
    "{way} – {number}",
    "{why}",
}
SAME_IN_ARABIC = {
    "      eventops -w WORKSPACE --plugin {module} plan",
    "Google Forms",
    "KoboToolbox",
    "Microsoft Forms",
    "ODK",
    "{count} × {thing}",
    "{error}",
    "{event} – {association}",
    "{event} – {venue}",
    "{label}: {quantity} × {unit_price} = {amount}",
    "{approval} · {heading}",
    "{meal}",
    "{question}: {answer}",
    "{title}: {value}",
    "{way} – {number}",
    "{why}",
}


@pytest.fixture(scope="module")
def catalogues() -> Iterator[ModuleType]:
    """The tool that renews the catalogues, from the source tree."""
    folder = ROOT / ".ci"
    if not (folder / "catalogues.py").exists():
        pytest.skip("the source tree with .ci is not here")
    pytest.importorskip("babel")
    sys.path.insert(0, str(folder))
    try:
        import catalogues as tool

        yield tool
    finally:
        sys.path.remove(str(folder))


def pairs(tool: ModuleType, language: str) -> list[tuple[str, str]]:
    """English and translation of every text without plural forms."""
    every = tool.renewed(language, tool.template())
    return [(one.id, one.string) for one in every if one.id and isinstance(one.id, str)]


def plurals(tool: ModuleType, language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """English and translated forms of every text with plural forms."""
    return [(one.id, one.string) for one in tool.renewed(language, tool.template()) if isinstance(one.id, tuple)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_translated(catalogues: ModuleType, language: str) -> None:
    assert catalogues.missing(catalogues.renewed(language, catalogues.template())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_those_the_tool_would_write(catalogues: ModuleType, language: str) -> None:
    catalogue = catalogues.renewed(language, catalogues.template())
    folder = catalogues.CATALOGUES / language / "LC_MESSAGES"
    assert (folder / "eventops.po").read_bytes() == catalogues.po_text(catalogue)
    assert (folder / "eventops.mo").read_bytes() == catalogues.mo_bytes(catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(catalogues: ModuleType, language: str) -> None:
    assert [
        (english, said)
        for english, said in pairs(catalogues, language)
        if said and Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(said))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_use_the_placeholders_of_the_english_forms(catalogues: ModuleType, language: str) -> None:
    assert [
        (english, form)
        for english, forms in plurals(catalogues, language)
        for form in forms
        if not set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(" ".join(english)))
    ] == []


@pytest.mark.parametrize(("language", "allowed"), [("fr", SAME_IN_FRENCH), ("ar", SAME_IN_ARABIC)])
def test_no_translation_is_the_english_again(catalogues: ModuleType, language: str, allowed: set[str]) -> None:
    assert {english for english, said in pairs(catalogues, language) if english == said} - allowed == set()


def test_french_puts_no_plain_space_before_a_colon(catalogues: ModuleType) -> None:
    assert [said for _, said in pairs(catalogues, "fr") if re.search(r" [:;!?»]|« |[a-z]'[a-z]", said)] == []


def test_arabic_sentences_use_arabic_commas_and_question_marks(catalogues: ModuleType) -> None:
    arabic = r"[\u0621-\u064a]"
    assert [said for _, said in pairs(catalogues, "ar") if re.search(rf"{arabic}\s?[,;?]", said)] == []


@pytest.mark.parametrize(
    "words",
    [("--help",), ("plan", "--help"), ("why",), ("plan", "--nothing"), ("--wait", "soon", "plan"), ("plan", "x")],
)
def test_click_speaks_the_language_of_the_run(eventops_run: Callable[..., Any], words: tuple[str, ...]) -> None:
    run = eventops_run("--lang", "ar", *words)
    english = r"Usage|Options|Commands|Missing|Invalid|Error|Try|Show|No such|Got|is not"
    assert re.findall(english, run.stdout + run.stderr) == []
