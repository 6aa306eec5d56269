import pytest

from eventops.domain.enrolling.person_cells import diet_title
from eventops.domain.hosting.meals import counted_diet
from eventops.domain.texts import Text


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("", "standard"),
        ("standard", "standard"),
        ("vegetarian", "vegetarian"),
        ("lactose_free, gluten_free", "gluten_free, lactose_free"),
        ("gluten_free, lactose_free", "gluten_free, lactose_free"),
        ("standard, vegan", "vegan"),
        ("no nuts, please", "no nuts, please"),
    ],
)
def test_each_person_is_counted_under_one_diet_in_whatever_order_several_are_written(
    written: str, counted: str
) -> None:
    assert counted_diet(written) == counted


def test_several_diets_of_one_person_are_worded_together() -> None:
    assert diet_title("gluten_free, lactose_free") == Text(
        "Gluten-free, Lactose-free", fr="Sans gluten, Sans lactose", ar="بدون غلوتين، بدون لاكتوز"
    )
    assert diet_title("no nuts, please") == "no nuts, please"
