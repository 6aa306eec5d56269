from datetime import date
from typing import Any

import pytest

from eventops.application.overriding import OverrideChange, override_changes
from eventops.domain.enrolling.enrolment import Enrolment, OverrideRequest
from eventops.domain.rules import Outcome, Override

TODAY = date(2023, 10, 7)
MADE = Override(
    participant_id="P0001",
    benefit="travel",
    outcome=Outcome.GRANTED,
    reason="Speaks first",
    by="A. B.",
    on=date(2023, 9, 30),
    until=date(2023, 12, 31),
    payer="oecd",
)


def changes(*requests: tuple[str, str], undecided: bool = False, existing: Any = (MADE,)) -> tuple[OverrideChange, ...]:
    """What these outcomes and reasons for the travel of P0001 change, as `coordinator` on TODAY."""
    asked = tuple(
        OverrideRequest(participant_id="P0001", benefit="travel", outcome=outcome, reason=reason)
        for outcome, reason in requests
    )
    enrolment = Enrolment(rows=1, overrides=asked, undecided=(("P0001", "travel"),) if undecided else ())
    return override_changes(enrolment, existing, by="coordinator", on=TODAY)


def made(outcome: Outcome, reason: str, **fields: Any) -> Override:
    known: dict[str, Any] = {"participant_id": "P0001", "benefit": "travel", "by": "coordinator", "on": TODAY}
    return Override(**{**known, "outcome": outcome, "reason": reason, **fields})


def test_a_decision_taken_back_as_it_left_changes_nothing() -> None:
    assert changes(("granted", "Speaks first")) == ()


def test_another_reason_keeps_what_else_was_decided() -> None:
    after = made(Outcome.GRANTED, "Speaks twice", until=MADE.until, payer="oecd")
    assert changes(("granted", "Speaks twice")) == (OverrideChange(before=MADE, after=after),)


def test_another_outcome_is_a_decision_of_its_own() -> None:
    after = made(Outcome.EXCLUDED, "Comes by car")
    assert changes(("excluded", "Comes by car")) == (OverrideChange(before=MADE, after=after),)


def test_a_new_decision_is_signed_and_dated() -> None:
    after = made(Outcome.GRANTED, "Carries the posters")
    assert changes(("granted", "Carries the posters"), existing=()) == (OverrideChange(before=None, after=after),)


@pytest.mark.parametrize(("existing", "expected"), [((MADE,), (OverrideChange(before=MADE, after=None),)), ((), ())])
def test_emptied_cells_take_away_what_was_decided(existing: Any, expected: tuple[OverrideChange, ...]) -> None:
    assert changes(undecided=True, existing=existing) == expected
