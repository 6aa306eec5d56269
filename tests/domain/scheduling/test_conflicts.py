from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from eventops.domain.event import Equipment, Event, Meal, Period, Room, Session, Speaker, Workshop
from eventops.domain.scheduling.conflicts import conflicts_of, covered, slots_of
from eventops.domain.texts import Text
from eventops.testing.builders import an_event

CASES = settings.default.max_examples if settings.default.max_examples <= 100 else 10_000
START = datetime(2023, 10, 14, 8, tzinfo=UTC)
ROOMS = ("a", "b", "c")
PEOPLE = ("x", "y", "z")


def a_session(id: str, starts: int, ends: int, room: str = "", **fields: object) -> Session:
    """A session by the minutes after eight."""
    return Session(
        id=id,
        title=Text(id),
        starts_at=START + timedelta(minutes=starts),
        ends_at=START + timedelta(minutes=ends),
        room=room,
        **fields,  # type: ignore[arg-type]
    )


def an_agenda(*sessions: Session, **fields: object) -> Event:
    venue = replace(an_event().venue, rooms=tuple(Room(id=id, name=Text(id), capacity=50) for id in ROOMS))
    values = {"agenda": sessions, "workshops": (), "meals": (), "venue": venue, **fields}
    return an_event(**values)


def found(event: Event, **facts: object) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.subject, one.first, one.second) for one in conflicts_of(event, **facts)]  # type: ignore[arg-type]


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """A session whose clock stands in some zone or other."""
    starts = START + timedelta(minutes=draw(st.integers(0, 300)))
    ends = starts + timedelta(minutes=draw(st.integers(1, 120)))
    zones = [timezone(timedelta(hours=draw(st.integers(-11, 12)))) for _ in range(2)]
    rooms = draw(st.lists(st.sampled_from(ROOMS), max_size=2, unique=True))
    return Session(
        id=f"s{draw(st.integers(0, 10**9))}",
        title=Text("t"),
        starts_at=starts.astimezone(zones[0]),
        ends_at=ends.astimezone(zones[1]),
        room=rooms[0] if rooms else "",
        more_rooms=tuple(rooms[1:]),
        speakers=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))),
    )


@settings(max_examples=CASES, deadline=None)
@given(st.lists(sessions(), max_size=12, unique_by=lambda one: one.id))
def test_conflicts_of_rooms_and_speakers_are_exactly_those_by_true_time(agenda: list[Session]) -> None:
    speakers = tuple(Speaker(id=id, name=Text(id)) for id in PEOPLE)
    event = an_agenda(*agenda, speakers=speakers)
    got = {(one.kind, one.subject, frozenset((one.first, one.second))) for one in conflicts_of(event)}
    wanted = set()
    for one, other in combinations(agenda, 2):
        if (
            one.starts_at.timestamp() < other.ends_at.timestamp()
            and other.starts_at.timestamp() < one.ends_at.timestamp()
        ):
            pair = frozenset((one.id, other.id))
            rooms = {one.room, *one.more_rooms} & {other.room, *other.more_rooms} - {""}
            wanted |= {("room", room, pair) for room in rooms}
            wanted |= {("speaker", id, pair) for id in set(one.speakers) & set(other.speakers)}
    assert got == wanted


def test_an_hour_that_comes_twice_is_told_apart_by_its_moment() -> None:
    paris = ZoneInfo("Europe/Paris")
    first = datetime(2023, 10, 29, 2, 0, tzinfo=paris)
    second = datetime(2023, 10, 29, 2, 0, fold=1, tzinfo=paris)
    one = replace(a_session("one", 0, 30, "a"), starts_at=first, ends_at=first.astimezone(UTC) + timedelta(minutes=30))
    other = replace(
        a_session("two", 0, 30, "a"), starts_at=second, ends_at=second.astimezone(UTC) + timedelta(minutes=30)
    )
    assert found(an_agenda(one, other)) == []


def test_one_that_ends_as_the_other_starts_is_no_conflict() -> None:
    assert found(an_agenda(a_session("one", 0, 30, "a"), a_session("two", 30, 60, "a"))) == []


def test_workshops_and_preparatory_meetings_need_rooms_and_speakers_too() -> None:
    event = an_agenda(
        a_session("block", 0, 60, "a", kind="workshop"),
        a_session("talk", 30, 90, "b"),
        workshops=(Workshop(id="w", title=Text("w"), session="block", room="b", facilitators=("x",)),),
        preparations=(a_session("brief", 40, 50, speakers=("x",)),),
        speakers=(Speaker(id="x", name=Text("x")),),
    )
    assert found(event) == [("room", "b", "w", "talk"), ("speaker", "x", "w", "brief")]


def test_a_speaker_is_held_to_the_times_they_gave_and_to_their_journey() -> None:
    available = (Period(starts_at=START, ends_at=START + timedelta(minutes=30)),)
    event = an_agenda(
        a_session("talk", 0, 60, speakers=("x", "y")),
        speakers=(
            Speaker(id="x", name=Text("x"), available=available),
            Speaker(id="y", name=Text("y"), participant="P1"),
        ),
    )
    there = {"P1": (Period(starts_at=START + timedelta(minutes=5), ends_at=START + timedelta(hours=4)),)}
    assert [one[:3] for one in found(event, there=there)] == [("availability", "x", "talk"), ("stay", "y", "talk")]


def test_times_that_touch_cover_what_lies_across_them() -> None:
    halves = [Period(starts_at=START + timedelta(hours=at), ends_at=START + timedelta(hours=at + 1)) for at in (1, 0)]
    assert covered(START, START + timedelta(hours=2), halves)
    assert not covered(START, START + timedelta(hours=2, minutes=1), halves)


def test_equipment_that_is_carried_serves_one_session_at_a_time() -> None:
    projector = (Equipment(name=Text("Projector")),)
    venue = replace(an_agenda().venue, equipment=(Equipment(name=Text("projector")),))
    event = an_agenda(
        a_session("one", 0, 60, "a", needs=projector),
        a_session("two", 30, 90, "b", needs=projector),
        a_session("three", 60, 90, "c", needs=projector),
        venue=venue,
    )
    assert found(event) == [("equipment", "projector", "two", "")]


def test_what_nothing_runs_beside_is_for_everybody() -> None:
    event = an_agenda(
        a_session("plenary", 0, 30, "a"),
        a_session("one", 30, 60, "a"),
        a_session("two", 30, 60, "b"),
        a_session("panel", 60, 90, "c", expected=51),
    )
    assert found(event, people=60) == [("capacity", "a", "plenary", ""), ("capacity", "c", "panel", "")]


def test_a_meal_is_in_conflict_with_a_session_and_not_with_a_break() -> None:
    meal = Meal(id="tea", title=Text("tea"), starts_at=START, ends_at=START + timedelta(minutes=20))
    event = an_agenda(a_session("talk", 10, 40), a_session("pause", 0, 20, kind="break"), meals=(meal,))
    assert found(event) == [("meal", "tea", "talk", "tea")]


def test_slots_are_in_the_order_of_true_time() -> None:
    late = replace(
        a_session("late", 10, 20), starts_at=(START + timedelta(minutes=10)).astimezone(timezone(timedelta(hours=-5)))
    )
    assert [one.id for one in slots_of(an_agenda(late, a_session("early", 0, 5)))] == ["early", "late"]
