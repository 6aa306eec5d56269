"""Each check of the plan is broken once, and only it speaks."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from eventops.builtin.checks import CHECKS
from eventops.builtin.plan_checks import PLAN_CHECKS
from eventops.domain.event import Hotel
from eventops.domain.hosting.lodging import Stay
from eventops.domain.money import Money
from eventops.domain.paying.budget import BudgetUse
from eventops.domain.plan import Plan
from eventops.domain.rules import Grant, Outcome, PricedLine, Seat
from eventops.domain.texts import Text
from eventops.testing.builders import DAY, a_candidate, a_decision, a_participant, a_plan, an_event, two_journeys

EVERY = (*CHECKS, *PLAN_CHECKS)
EVENING = DAY - timedelta(days=1)
COST = Money(Decimal(300), "MAD")


def line(amount: int) -> PricedLine:
    money = Money(Decimal(amount), "MAD")
    return PricedLine(label=Text("train"), quantity=Decimal(1), unit="leg", unit_price=money, amount=money)


def priced(**fields: Any) -> Any:
    return a_decision("p1", "travel", amount=COST, lines=(line(300),), **fields)


SALMA, DRISS = a_candidate(a_participant("p1")), a_candidate(a_participant("p2", "Driss Alami"))
BED = a_decision("p1", "lodging", grant=Grant(payer="ef", nights=(EVENING,)))
TRAVEL = BudgetUse(
    line_id="travel", sponsor="oecd", benefit="travel", ceiling=None, people=1, planned=Money(Decimal(300), "MAD")
)
SOUND = a_plan(
    [SALMA, DRISS],
    [priced(), BED],
    journeys=two_journeys(SALMA),
    budget=(TRAVEL,),
)
WAITING = replace(DRISS, seat=Seat.WAITING, waiting_position=1)
PAID_TWICE = (Grant(payer="oecd", share=50), Grant(payer="ef", share=50))


def decided(decision: Any, **fields: Any) -> Plan:
    return replace(a_plan([SALMA, DRISS], [decision]), **fields)


THERE, BACK = SOUND.journeys
BROKEN: dict[str, Plan] = {
    "outcomes-sum": replace(SOUND, decisions=SOUND.decisions[:-1]),
    "statistics-sum": replace(SOUND, statistics=replace(SOUND.statistics, gender={"female": 9})),
    "diets-sum": replace(SOUND, meals=(replace(SOUND.meals[0], count=1),)),
    "seats-held": replace(SOUND, event=an_event(seats=1)),
    "rooms-hold": replace(
        SOUND,
        event=an_event(venue=replace(an_event().venue, rooms=(replace(an_event().venue.rooms[0], capacity=1),))),
    ),
    "allotment-holds": replace(
        SOUND, event=an_event(hotel=Hotel(name=Text("Atlas"), night=Money(Decimal(600), "MAD"), allotment=0))
    ),
    "nights-given": replace(SOUND, stays=()),
    "journeys-made": replace(SOUND, journeys=()),
    "ids-unique": replace(
        SOUND,
        candidates=(SALMA, SALMA, DRISS),
        decisions=(*SOUND.decisions, a_decision("p9", "travel", Outcome.NOT_COVERED)),
    ),
    "references-known": replace(
        SOUND, candidates=(replace(SALMA, participant=a_participant("p1", workshops=("flying",))), DRISS)
    ),
    "waiting-gaps": replace(SOUND, candidates=(SALMA, replace(WAITING, waiting_position=3)), event=an_event(seats=1)),
    "seats-free": replace(SOUND, candidates=(SALMA, WAITING), event=an_event(seats=50)),
    "meals-exceed": replace(SOUND, meals=(replace(SOUND.meals[0], count=3, diets={"standard": 3}),)),
    "decision-stranger": replace(
        SOUND, stays=(*SOUND.stays,), journeys=(*SOUND.journeys, replace(THERE, participant_id="p9"))
    ),
    "decision-twice": replace(SOUND, decisions=(*SOUND.decisions[:3], SOUND.decisions[1])),
    "paid-ungranted": decided(a_decision("p1", "travel", Outcome.NOT_COVERED, grant=Grant(payer="oecd"))),
    "grant-empty": replace(decided(a_decision("p1", "travel", grant=None)), journeys=SOUND.journeys),
    "payer-unknown": replace(decided(a_decision("p1", "travel", grant=Grant(payer="nasa"))), journeys=SOUND.journeys),
    "share-impossible": replace(
        decided(a_decision("p1", "travel", grant=Grant(payer="oecd", share=130))), journeys=SOUND.journeys
    ),
    "lines-differ": replace(
        decided(a_decision("p1", "travel", amount=COST, lines=(line(200),))),
        journeys=SOUND.journeys,
        budget=(TRAVEL,),
    ),
    "budget-differs": replace(SOUND, budget=(replace(TRAVEL, planned=Money(Decimal(299), "MAD")),)),
    "journey-misses": replace(SOUND, journeys=(THERE, replace(BACK, leaves_at=THERE.arrives_at))),
    "journey-twice": replace(SOUND, journeys=(THERE, THERE, BACK)),
    "night-twice": replace(SOUND, stays=(Stay(participant_id="p1", nights=(EVENING, EVENING), payer="ef"),)),
    "night-far": replace(SOUND, stays=(Stay(participant_id="p1", nights=(DAY - timedelta(days=30),), payer="ef"),)),
    "bed-ungranted": replace(SOUND, stays=(*SOUND.stays, Stay(participant_id="p2", nights=(EVENING,), payer="ef"))),
    "workshop-full": replace(
        SOUND,
        event=an_event(workshops=(replace(an_event().workshops[0], capacity=1),)),
        candidates=tuple(
            replace(one, participant=replace(one.participant, workshops=(an_event().workshops[0].id,)))
            for one in (SALMA, DRISS)
        ),
    ),
}
# Breaking one of these cannot but break a sum as well.
ALSO = {"ids-unique": {"statistics-sum", "outcomes-sum", "decision-stranger"}, "decision-twice": {"outcomes-sum"}}


def spoken(plan: Plan) -> set[str]:
    return {check.name for check in EVERY if tuple(check.run(plan))}


def test_a_sound_plan_has_no_finding() -> None:
    assert spoken(SOUND) == set()


@pytest.mark.parametrize("check", EVERY, ids=lambda one: one.name)
def test_each_check_speaks_when_it_is_broken_and_only_it(check: Any) -> None:
    findings = tuple(check.run(BROKEN[check.name]))
    assert findings
    assert all(finding.message.en.format(**finding.values) for finding in findings)
    assert spoken(BROKEN[check.name]) - ALSO.get(check.name, set()) == {check.name}


def test_what_payers_bear_sums_to_the_cost_however_it_is_shared() -> None:
    shared = replace(
        decided(a_decision("p1", "travel", amount=COST, lines=(line(300),), parts=PAID_TWICE)),
        journeys=SOUND.journeys,
        budget=(TRAVEL,),
    )
    assert spoken(shared) == set()


def test_every_check_is_broken_by_a_test() -> None:
    assert BROKEN.keys() == {one.name for one in EVERY}
