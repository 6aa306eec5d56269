import pytest

from eventops.extension.api import API_VERSION, range_holds, version_text


@pytest.mark.parametrize(
    ("declared", "version", "holds"),
    [
        (">=1,<2", (1, 0), True),
        (">=1,<2", (1, 9), True),
        (">=1,<2", (2, 0), False),
        (">=1.2", (1, 1), False),
        ("~=1.2", (1, 9), True),
        ("~=1.2", (2, 0), False),
        ("~=1.2.3", (1, 3), False),
        ("==1", (1, 0), True),
        ("!=1.0", (1, 0), False),
        (">1, <=1.1", (1, 1), True),
    ],
)
def test_a_range_holds_the_versions_between_its_ends(declared: str, version: tuple[int, ...], holds: bool) -> None:
    assert range_holds(declared, version) is holds


@pytest.mark.parametrize("declared", ["", "1", ">=one", ">=1;<2", ">=1,", "=>1"])
def test_text_that_is_no_range_is_refused(declared: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        range_holds(declared)


def test_this_interface_is_the_first() -> None:
    assert (API_VERSION[0], version_text((1, 2))) == (1, "1.2")
