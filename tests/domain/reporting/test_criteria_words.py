"""Criteria read as sentences, in the language of whoever reads them."""

from datetime import time

import pytest

from eventops.adapters.wording import open_wording
from eventops.domain.event import Bounds, Conditions, Criterion, HourBounds
from eventops.domain.reporting.criteria_words import ONE_OF, criterion_said
from eventops.domain.texts import Text
from eventops.testing.builders import a_candidate, a_plan


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Travel is granted when the straight line to the venue is over 50 km and the hour of leaving home is "
            "before 06:30 and the region is MA-04, MA-06 and the category is Association and the commune is rural",
        ),
        (
            "fr",
            "Déplacement : prise en charge accordée lorsque la distance à vol d’oiseau dépasse 50 km et l’heure de "
            "départ du domicile précède 06:30 et la région est MA-04, MA-06 et la qualité est Acteur·rice "
            "associatif·ve et la commune est rurale",
        ),
    ],
)
def test_a_criterion_reads_as_a_sentence(language: str, sentence: str) -> None:
    when = Conditions(
        distance_km=Bounds(over=50),
        departure=HourBounds(before=time(6, 30)),
        region=("MA-04", "MA-06"),
        category=("association",),
        urban=False,
    )
    criterion = Criterion(name="far", benefit="travel", when=when, reason=Text("far"))
    assert open_wording(language).say(criterion_said(criterion, a_plan())) == sentence


def test_regions_are_named_where_people_come_from_them() -> None:
    criterion = Criterion(
        name="far", benefit="meals", effect="excludes", when=Conditions(not_region=("MA-06",)), reason=Text("far")
    )
    said = open_wording("ar").say(criterion_said(criterion, a_plan([a_candidate()])))
    assert said == "الوجبات: يُستبعد التكفل عندما لا تكون الجهة الدار البيضاء-سطات"


def test_every_condition_has_its_words() -> None:
    """A condition added to criteria without words here would be left out of what sponsors read."""
    numbers = {"distance_km", "road_km", "age", "departure", "homecoming", "urban", "seat", "settled", "fields"}
    assert set(Conditions.__struct_fields__) == numbers | set(ONE_OF)


def test_a_criterion_without_conditions_is_for_everybody() -> None:
    criterion = Criterion(name="all", benefit="meals", effect="refers", reason=Text("all"))
    assert str(open_wording("en").say(criterion_said(criterion, a_plan()))) == (
        "Meals is settled by a person when a person takes part"
    )
