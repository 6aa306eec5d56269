from collections import Counter
from datetime import date
from itertools import product

from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from eventops.domain.event import Event, Room, Speaker, Workshop
from eventops.domain.hosting.workshops import groups_of, workshop_findings
from eventops.domain.hosting.workshops_cost import Balance, place_cost, total_cost
from eventops.domain.hosting.workshops_flow import cheapest_places, filled
from eventops.domain.hosting.workshops_groups import dealt
from eventops.domain.hosting.workshops_values import Question, Seeker, WorkshopGroups, WorkshopSeat
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Text
from eventops.testing.builders import a_candidate, a_participant, an_event

CASES = settings.default.max_examples if settings.default.max_examples <= 100 else 10_000
ON = date(2023, 10, 1)


@st.composite
def questions(draw: st.DrawFn, most: int = 20) -> Question:
    workshops = draw(st.integers(1, 4))
    capacities = [draw(st.one_of(st.none(), st.integers(0, 8))) for _ in range(workshops)]
    seekers = []
    for number in range(draw(st.integers(0, most))):
        wishes = draw(st.permutations(range(workshops)))[: draw(st.integers(0, workshops))]
        place = st.one_of(st.none(), st.integers(0, workshops - 1))
        seekers.append(
            Seeker(
                id=f"P{number}",
                wishes=tuple(wishes),
                traits=tuple(draw(st.sampled_from(("a", "b", ""))) for _ in range(2)),
                current=draw(place),
                fixed=draw(place) if draw(st.integers(0, 5)) == 0 else None,
            )
        )
    languages = tuple(draw(st.sampled_from(((), ("a",)))) for _ in range(workshops))
    names = tuple(f"w{number}" for number in range(workshops))
    return Question(
        session="s", workshops=names, capacities=tuple(capacities), languages=languages, seekers=tuple(seekers)
    )


def sizes_hold(question: Question, places: tuple[int | None, ...]) -> bool:
    sizes = Counter(places)
    return all(limit is None or sizes[at] <= limit for at, limit in enumerate(question.capacities))


@settings(max_examples=CASES, deadline=None)
@given(questions(), st.integers(0, 5))
def test_no_group_is_ever_too_full_everybody_has_one_answer_and_the_cost_is_told_right(
    question: Question, seed: int
) -> None:
    answer = filled(question, seed)
    assert sizes_hold(question, answer.places)
    assert len(answer.places) == len(question.seekers)
    assert abs(total_cost(question, answer.places) - answer.cost) < 1e-3
    assert answer.bound <= answer.cost + 1e-6
    assert filled(question, seed) == answer


@settings(max_examples=CASES, deadline=None)
@given(questions(most=5))
def test_wishes_are_met_at_the_least_cost_there_is(question: Question) -> None:
    question = replace(question, seekers=tuple(replace(one, fixed=None) for one in question.seekers))
    choices = [None, *range(len(question.workshops))]

    def cost(places: tuple[int | None, ...]) -> int:
        return sum(place_cost(question, one, place) for one, place in zip(question.seekers, places, strict=True))

    every = (places for places in product(choices, repeat=len(question.seekers)) if sizes_hold(question, places))
    assert cost(tuple(cheapest_places(question, 0))) == min(map(cost, every))


@settings(max_examples=CASES, deadline=None)
@given(questions())
def test_who_is_left_out_could_go_nowhere(question: Question) -> None:
    answer = filled(question)
    sizes = Counter(answer.places)
    open_ones = [at for at, limit in enumerate(question.capacities) if limit is None or sizes[at] < limit]
    assert not open_ones or None not in answer.places


@settings(max_examples=CASES, deadline=None)
@given(questions(), st.data())
def test_after_one_has_gone_the_others_stay_where_they_are(question: Question, data: st.DataObject) -> None:
    question = replace(question, seekers=tuple(replace(one, fixed=None, current=None) for one in question.seekers))
    places = filled(question).places
    if not places:
        return
    gone = data.draw(st.integers(0, len(places) - 1))
    left = [
        replace(one, current=place)
        for number, (one, place) in enumerate(zip(question.seekers, places, strict=True))
        if number != gone
    ]
    again = filled(replace(question, seekers=tuple(left))).places
    assert [place for place, one in zip(again, left, strict=True) if one.current is not None] == [
        one.current for one in left if one.current is not None
    ]


@settings(max_examples=CASES, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 12))
def test_sub_groups_are_never_too_large_and_as_equal_as_can_be(traits: list[str], size: int) -> None:
    groups = dealt([(f"P{number}", (trait,)) for number, trait in enumerate(traits)], size)
    sizes = Counter(groups.values())
    assert len(groups) == len(traits)
    assert not sizes or (max(sizes.values()) <= size and max(sizes.values()) - min(sizes.values()) <= 1)


def test_a_swap_changes_the_deviation_as_told() -> None:
    seekers = tuple(Seeker(id=str(number), traits=("ab"[number % 2], "xyz"[number % 3])) for number in range(9))
    question = Question(session="", workshops=("u", "v"), capacities=(None, None), languages=((), ()), seekers=seekers)
    places = [0, 0, 0, 0, 1, 1, 1, 1, 1]
    balance = Balance(question, places)
    told = balance.swap_change(seekers[0], 0, seekers[5], 1)
    places[0], places[5] = 1, 0
    assert abs(Balance(question, places).deviation() - balance.deviation() - told) < 1e-9


# In an event


def people(*wishes: tuple[str, ...], **fields: object) -> list[Candidate]:
    return [
        a_candidate(a_participant(f"P{number}", workshops=wish, **fields))  # type: ignore[arg-type]
        for number, wish in enumerate(wishes)
    ]


def an_event_of(**capacities: int) -> Event:
    workshops = tuple(
        Workshop(id=id, title=Text(id), session="workshops", capacity=limit) for id, limit in capacities.items()
    )
    return an_event(workshops=workshops)


def said(groups: WorkshopGroups) -> list[tuple[str, str, str]]:
    return [(one.participant_id, one.workshop, one.why.en.format(**one.values)) for one in groups.placed]


def test_everybody_is_told_why_they_are_where_they_are() -> None:
    groups = groups_of(an_event_of(u=1, v=1, w=1), people(("u", "v"), ("u", "v"), ("u",), ()), (), {}, seeds={})
    reasons = Counter(one.why.en for one in groups.placed)
    assert reasons["their first wish"] == 1
    assert sum(reasons.values()) == 4
    assert [one.workshop for one in groups.placed].count("") == 1


def test_a_decision_by_hand_stands_and_others_make_room() -> None:
    event, candidates = an_event_of(u=1, v=5), people(("u",), ("u",))
    seat = WorkshopSeat(
        participant_id="P1", session="workshops", workshop="u", by_hand=True, reason="speaks first", by="Salma", on=ON
    )
    was = WorkshopSeat(participant_id="P0", session="workshops", workshop="u", on=ON)
    groups = groups_of(event, candidates, (was, seat), {})
    assert [(one.participant_id, one.workshop, one.moved) for one in groups.placed] == [
        ("P0", "v", True),
        ("P1", "u", False),
    ]
    assert said(groups)[1][2] == "placed by hand by Salma: speaks first"
    assert said(groups)[0][2].startswith("moved from u, which has no place for them any more")


def test_more_decisions_by_hand_than_places_overfill_nothing_and_are_told() -> None:
    event, candidates = an_event_of(u=1, v=5), people((), ())
    seats = tuple(
        WorkshopSeat(participant_id=id, session="workshops", workshop="u", by_hand=True, on=ON) for id in ("P0", "P1")
    )
    groups = groups_of(event, candidates, seats, {})
    assert [one.workshop for one in groups.placed] == ["u", "v"]
    assert [one.code for one in workshop_findings(event, groups, seats)] == ["workshop-by-hand-lost"]


def test_a_workshop_holds_no_more_than_its_room() -> None:
    event = an_event_of(u=30)
    venue = replace(event.venue, rooms=(Room(id="small", name=Text("small"), capacity=2),))
    event = replace(event, venue=venue, workshops=(replace(event.workshops[0], room="small"),))
    groups = groups_of(event, people((), (), ()), (), {})
    assert sorted(one.workshop for one in groups.placed) == ["", "u", "u"]


def test_facilitators_and_experts_are_shared_out_and_named_ones_stay_with_theirs() -> None:
    event = an_event_of(u=9, v=9, w=9)
    event = replace(
        event,
        speakers=(Speaker(id="x", name=Text("x"), role="facilitator", participant="P0"),),
        workshops=(replace(event.workshops[0], facilitators=("x",)), *event.workshops[1:]),
    )
    groups = groups_of(event, people(*[("w",)] * 3, role="facilitator"), (), {})
    assert groups.placed[0].workshop == "u"
    assert sorted(one.workshop for one in groups.placed) == ["u", "v", "w"]


def test_who_waits_for_a_seat_has_no_workshop() -> None:
    waiting = replace(people((), ())[1], seat=Seat.WAITING, waiting_position=1)
    groups = groups_of(an_event_of(u=5), [people(())[0], waiting], (), {})
    assert [one.participant_id for one in groups.placed] == ["P0"]
