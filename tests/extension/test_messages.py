"""What travels between eventops and a plugin in a process of its own arrives as it was."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, strategies as st

from eventops import Effect, Facts, Gender, Message, Money, Text, grants
from eventops.builtin.exports import exports
from eventops.domain.reporting.audiences import plan_for
from eventops.domain.reporting.reports import Audience, Options
from eventops.domain.rules import fixed_event
from eventops.extension.messages import NotSendable, framed, message_of, packed, unpacked
from eventops.testing import a_decision, a_plan, an_event, twelve_candidates

plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"))
)
values = st.recursive(
    plain
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from([*Effect, *Gender]),
    lambda inside: (
        st.lists(inside) | st.lists(inside).map(tuple) | st.dictionaries(st.text(st.characters(codec="utf-8")), inside)
    ),
    max_leaves=12,
)


def sent(value: Any) -> Any:
    return unpacked(message_of(framed(packed(value))[4:]))


@given(values)
def test_a_value_arrives_as_it_was(value: Any) -> None:
    arrived = sent(value)
    assert (arrived, type(arrived)) == (value, type(value))


@pytest.mark.parametrize(
    "value",
    [
        Text("a", fr="b", ar="ج"),
        Message(Text("{n}"), {"n": Money(Decimal("1.50"), "MAD"), "at": time(9, 30), "on": date(2023, 10, 14)}),
        grants(Text("{name}"), name=Text("x"), places=(Text("y"), None)),
        twelve_candidates(),
        an_event(),
        a_decision(),
        MappingProxyType({"a": 1}),
        Facts(event=fixed_event(an_event()), settings=MappingProxyType({"a": 1}), decisions={"travel": a_decision()}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_of_eventops_arrive_as_they_were(value: Any) -> None:
    assert sent(value) == value


def test_a_plan_and_every_report_of_it_arrive_as_they_were() -> None:
    plan = a_plan(twelve_candidates(), [a_decision("p01"), a_decision("p04", "lodging")])
    assert sent(plan) == plan
    for export in exports():
        for_id = "oecd" if export.audience is Audience.SPONSOR else ""
        report = export.compose(plan_for(plan, export.audience, "oecd"), Options(for_id=for_id))
        assert sent(report) == report


def test_what_the_other_side_has_seen_is_not_sent_again() -> None:
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    event = an_event()
    first, second = (packed(event, ours) for _ in range(2))
    assert (unpacked(first, theirs), second, unpacked(second, theirs)) == (event, {"$same": "Event"}, event)


@pytest.mark.parametrize("value", [object(), {1, 2}, lambda: 1, open], ids=lambda value: type(value).__name__)
def test_what_cannot_travel_is_refused(value: Any) -> None:
    with pytest.raises(NotSendable):
        packed(value)


@pytest.mark.parametrize(
    "message",
    [
        {"$value": ["os:system", ["true"]]},
        {"$typed": ["builtins:object", b"{}"]},
        {"$enum": ["eventops.cli.main:main", 1]},
        {"$value": ["eventops.domain.texts:Text", ["a"]]},
        {"$call": "x"},
        {"$other": 1},
        {"a": 1, "b": 2},
    ],
)
def test_a_message_makes_nothing_but_values_of_eventops(message: Any) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unpacked(message)


def test_a_moment_keeps_the_hour_on_the_wall() -> None:
    at = datetime.fromisoformat("2023-10-14T05:40:00+01:00")
    assert sent(at).isoformat() == at.isoformat()
