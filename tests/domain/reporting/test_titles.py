from datetime import timedelta

from msgspec.structs import replace

from eventops.domain.reporting.titles import DAYS, days_said
from eventops.domain.texts import Message
from eventops.testing.builders import DAY, an_event


def test_an_event_of_two_days_is_told_with_both() -> None:
    event, next_day = an_event(), timedelta(days=1)
    last = event.agenda[-1]
    later = replace(last, id="second-day", starts_at=last.starts_at + next_day, ends_at=last.ends_at + next_day)
    both = Message(DAYS, {"first": DAY, "last": DAY + next_day})
    assert [days_said(event), days_said(replace(event, agenda=(*event.agenda, later)))] == [DAY, both]
