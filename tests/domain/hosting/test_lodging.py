from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from eventops.domain.hosting.lodging import nights_needed
from eventops.domain.rules import Facts
from eventops.testing.builders import a_candidate, an_event

SETTINGS = {"departure_not_before": "06:00", "home_not_after": "22:30"}
ZONE = ZoneInfo("Africa/Casablanca")
BEFORE, THAT_NIGHT = date(2023, 10, 13), date(2023, 10, 14)


@pytest.mark.parametrize(
    ("leaves", "home", "expected"),
    [
        ((14, 6, 0), (14, 22, 30), (BEFORE,)),
        ((14, 5, 59), (14, 22, 30), (BEFORE,)),
        ((13, 23, 0), (14, 20, 0), (BEFORE,)),
        ((14, 7, 0), (14, 22, 31), (THAT_NIGHT,)),
        ((14, 7, 0), (15, 0, 10), (THAT_NIGHT,)),
        ((14, 4, 0), (15, 1, 0), (BEFORE, THAT_NIGHT)),
    ],
)
def test_nights_follow_from_the_hours_people_leave_home_and_are_back(
    leaves: tuple[int, int, int], home: tuple[int, int, int], expected: tuple[date, ...]
) -> None:
    candidate = a_candidate(
        leaves_home_at=datetime(2023, 10, *leaves, tzinfo=ZONE), back_home_at=datetime(2023, 10, *home, tzinfo=ZONE)
    )
    assert nights_needed(candidate, Facts(event=an_event(), settings=SETTINGS)) == expected
