from datetime import date
from zoneinfo import ZoneInfo

import pytest

from eventops.application.presence import periods_called, presence_days
from eventops.errors import NotUsable
from eventops.testing import an_event

ZONE = ZoneInfo("Africa/Casablanca")


def test_a_day_the_event_does_not_have_is_no_time_of_presence() -> None:
    event = an_event()
    (first, *_) = presence_days(event)
    assert [one.starts_at.date() for one in periods_called(event, (f"{first} pm",), ZONE)] == [first]
    with pytest.raises(NotUsable, match="The event is not on 2029-10-14; it is on"):
        periods_called(event, ("2029-10-14",), ZONE)


def test_before_there_is_an_agenda_any_day_may_be_one() -> None:
    event = an_event(agenda=(), meals=())
    assert [one.starts_at.date() for one in periods_called(event, ("2029-10-14",), ZONE)] == [date(2029, 10, 14)]
