"""Headings of the forms of public meetings, as people word them in four languages: `everyday_headings.txt`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventops.domain.enrolling.column_hints import hinted
from eventops.domain.enrolling.heading_match import Vocabulary, meanings, vocabulary
from eventops.domain.enrolling.headings import BENEFIT_TITLES
from eventops.domain.enrolling.registrations import Recognition, lexicons_of, recognised
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.findings import Severity
from eventops.testing.builders import an_event


def written() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each field with its headings; '' for what is about something else."""
    text = Path(__file__).with_name("everyday_headings.txt").read_text("utf-8")
    for block in text.split("\n[")[0:]:
        field, _, headings = block.lstrip("[").partition("]")
        yield field, tuple(line for line in headings.splitlines() if line.strip())


HEADINGS = dict(written())


def words() -> Vocabulary:
    closed = lexicons_of(an_event())
    options = {"diet": closed.diet, "allergens": closed.allergens, "inclusion": closed.inclusion}
    return vocabulary((), options | {"workshops": closed.workshops}, closed.sponsors, BENEFIT_TITLES)


WORDS = words()


@pytest.mark.parametrize("field", [field for field in HEADINGS if field])
def test_everyday_headings_of_a_field_are_read_as_that_field(field: str) -> None:
    found = {heading: meanings(heading, WORDS) for heading in HEADINGS[field]}
    # What only the cells can tell may have several answers; everything else has one that is best.
    wrong = {
        heading: [one.field for one in read]
        for heading, read in found.items()
        if field not in [one.field for one in (read if read and read[0].vague else read[:1])]
    }
    assert wrong == {}


def test_headings_about_something_else_are_read_as_no_field_and_hint_at_none() -> None:
    found = {heading: (*meanings(heading, WORDS)[:1], hinted(heading, WORDS)) for heading in HEADINGS[""]}
    assert {heading: read for heading, read in found.items() if read != ("",)} == {}


def table(heading: str, *cells: object) -> Recognition:
    rows = [
        ("Nom complet", "E-mail", heading),
        *(("Amina Idrissi", f"a{at}@x.org", one) for at, one in enumerate(cells)),
    ]
    return recognised([Sheet(name="Feuil1", rows=tuple(rows))], an_event(), file_name="people.xlsx")


@pytest.mark.parametrize(
    ("heading", "cells", "name"),
    [
        ("Handicap visuel ou autre ?", ("oui", "non"), "needs"),
        ("Êtes-vous végétarien ou non ?", ("oui", "non"), "diet"),
        ("Colonne libre", ("Citoyenne", "Élu local"), "category"),
        ("صنف", ("مواطنة", "منتخب"), "category"),
        ("Statut", ("titulaire", "stagiaire"), "category"),
        ("Quartier", ("Hay Riad", "Agdal"), "town"),
        ("Fonction", ("Intervenante", "Interprète"), "role"),
    ],
)
def test_a_column_that_may_hold_a_field_is_named_with_the_words_that_read_it(
    heading: str, cells: tuple[object, ...], name: str
) -> None:
    read = table(heading, *cells)
    assert [(one.severity, one.code, one.source.column, one.values["name"]) for one in read.findings] == [
        (Severity.WARNING, "column-unsure", "C", name)
    ]


def test_an_empty_column_and_one_whose_field_is_known_already_are_left_out_quietly() -> None:
    assert [one.code for one in table("Colonne libre", None, " ").findings] == ["unknown-columns"]
    assert [one.code for one in table("Colonne libre", "b@example.org").findings] == ["unknown-columns"]


def test_a_vague_heading_is_not_read_when_its_cells_make_no_sense_and_that_is_said() -> None:
    assert [(one.code, one.values["name"]) for one in table("Registered", "VIP", "table 4").findings] == [
        ("column-unsure", "registered_on")
    ]
    assert "registered_on" in table("Registered", "22/09/2023", "23/09/2023").fields
    assert "diet" not in table("Repas", "oui", "non").fields
    assert "diet" in table("Repas", "végétarien", "halal").fields


def test_consent_to_use_data_stands_behind_the_consent_to_take_part() -> None:
    rows = (
        ("Nom complet", "E-mail", "J'accepte le traitement de mes données", "Participerez-vous ?"),
        ("Amina Idrissi", "amina@example.org", "oui", "non"),
    )
    read = recognised([Sheet(name="Feuil1", rows=rows)], an_event(), file_name="people.xlsx")
    assert [(one.letter, one.field) for one in read.columns if one.field == "consent_attend"] == [
        ("D", "consent_attend")
    ]
    assert (read.unanswered, [one.code for one in read.findings]) == (False, ["column-second"])
