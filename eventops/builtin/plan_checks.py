"""More of the core's questions for `eventops doctor`: money that must add up, and decisions that must agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from eventops.domain.deciding.seat_quotas import FULL
from eventops.domain.event import closing, first_day, last_day, opening
from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.paying.budget import shares_of
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import beyond_of
from eventops.domain.rules import Outcome, Seat
from eventops.domain.texts import Text
from eventops.extension.spec import DoctorCheck


def _of_person(severity: Severity, code: str, person: str, message: Text, /, **values: object) -> Finding:
    return Finding(
        severity=severity,
        code=code,
        message=message,
        values={"person": person, **values},
        source=Source(participant=person),
    )


def _of_plan(code: str, message: Text, /, **values: object) -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, values=values)


def _waiting_in_order(plan: Plan) -> Iterable[Finding]:
    places = sorted(one.waiting_position or 0 for one in plan.candidates if one.seat is Seat.WAITING)
    if places != list(range(1, len(places) + 1)):
        message = Text("The waiting list has the places {places}; they should go from 1 without a gap")
        yield _of_plan("waiting-gaps", message, places=", ".join(map(str, places)))


def _nobody_waits_in_vain(plan: Plan) -> Iterable[Finding]:
    confirmed = sum(one.seat in (Seat.CONFIRMED, Seat.OFFERED) for one in plan.candidates)
    # One who waits because of a quota, a late registration or an offer still to make says so.
    waiting = sum(
        one.seat is Seat.WAITING and (one.seat_reason is None or one.seat_reason.text == FULL)
        for one in plan.candidates
    )
    if waiting and (plan.event.seats is None or confirmed < plan.event.seats):
        message = Text("{waiting} people wait although {confirmed} of {seats} seats are taken")
        yield _of_plan(
            "seats-free", message, waiting=waiting, confirmed=confirmed, seats=plan.event.seats or len(plan.candidates)
        )


def _meals_for_guests(plan: Plan) -> Iterable[Finding]:
    for count in plan.meals:
        if count.count > len(plan.candidates):
            message = Text("{meal} is counted for {count} people of {people}")
            yield _of_plan("meals-exceed", message, meal=count.meal_id, count=count.count, people=len(plan.candidates))


def _people_known(plan: Plan) -> Iterable[Finding]:
    known = {one.participant.id for one in plan.candidates}
    named = [
        *(one.participant_id for one in plan.decisions),
        *(one.participant_id for one in plan.stays),
        *(one.participant_id for one in plan.journeys),
    ]
    for person in sorted(set(named) - known):
        message = Text("The plan decides about {person}, who does not take part")
        yield _of_person(Severity.ERROR, "decision-stranger", person, message)


def _decided_once(plan: Plan) -> Iterable[Finding]:
    counts = Counter((one.participant_id, one.benefit) for one in plan.decisions)
    for (person, benefit), times in sorted(counts.items()):
        if times > 1:
            message = Text("{benefit} of {person} is decided {times} times")
            yield _of_person(Severity.ERROR, "decision-twice", person, message, benefit=benefit, times=times)


def _only_grants_cost(plan: Plan) -> Iterable[Finding]:
    for one in plan.decisions:
        if one.outcome is not Outcome.GRANTED and (one.grant is not None or one.amount is not None or one.parts):
            message = Text("{benefit} of {person} is not granted, and yet something is paid")
            yield _of_person(Severity.ERROR, "paid-ungranted", one.participant_id, message, benefit=one.benefit)


def _grants_say_what(plan: Plan) -> Iterable[Finding]:
    for one in plan.decisions:
        if one.outcome is Outcome.GRANTED and one.grant is None:
            message = Text("{benefit} of {person} is granted without saying what")
            yield _of_person(Severity.ERROR, "grant-empty", one.participant_id, message, benefit=one.benefit)


def _payers_known(plan: Plan) -> Iterable[Finding]:
    event = plan.event
    known = {"", *(one.id for one in event.sponsors), *(one.id for one in event.associations)}
    for one in plan.decisions:
        for payer in {part.payer for part in (*one.parts, *((one.grant,) if one.grant else ()))} - known:
            message = Text("{benefit} of {person} falls on {payer}, whom the event does not know")
            yield _of_person(
                Severity.ERROR, "payer-unknown", one.participant_id, message, benefit=one.benefit, payer=payer
            )


def _shares_possible(plan: Plan) -> Iterable[Finding]:
    for one in plan.decisions:
        for part in one.parts or ((one.grant,) if one.grant else ()):
            if not 0 < part.share <= 100:
                message = Text("{payer} bears {share} per cent of {benefit} of {person}")
                yield _of_person(
                    Severity.ERROR,
                    "share-impossible",
                    one.participant_id,
                    message,
                    benefit=one.benefit,
                    payer=part.payer or "-",
                    share=part.share,
                )


def _lines_cover(plan: Plan) -> Iterable[Finding]:
    for one in plan.decisions:
        same = [line for line in one.lines if one.amount and line.amount.currency == one.amount.currency]
        if one.amount is None or len(same) != len(one.lines):
            continue
        total = sum((line.amount.amount for line in same), Decimal())
        if one.amount.amount > total or one.amount.amount < 0:
            message = Text("{benefit} of {person} costs {amount}, more than its lines, {total}")
            yield _of_person(
                Severity.ERROR,
                "lines-differ",
                one.participant_id,
                message,
                benefit=one.benefit,
                amount=one.amount,
                total=total,
            )


def _budget_sums(plan: Plan) -> Iterable[Finding]:
    currency = plan.event.currency
    planned: defaultdict[str, Decimal] = defaultdict(Decimal)
    for use in plan.budget:
        planned[use.benefit] += use.planned.amount
    decided: defaultdict[str, Decimal] = defaultdict(Decimal)
    beyond = beyond_of(plan)
    for one in plan.decisions:
        if (one.participant_id, one.benefit) in beyond:
            continue
        for _, money in shares_of(one):
            if money.currency != currency:
                return  # amounts of several currencies have no sum
            decided[one.benefit] += money.amount
    for benefit in sorted(planned.keys() | decided.keys()):
        if planned[benefit] != decided[benefit]:
            message = Text("The budget lines of {benefit} sum to {planned}, the decisions to {decided}")
            yield _of_plan(
                "budget-differs", message, benefit=benefit, planned=planned[benefit], decided=decided[benefit]
            )


def _journeys_in_time(plan: Plan) -> Iterable[Finding]:
    if not plan.event.agenda:
        return
    starts, ends = opening(plan.event), closing(plan.event)
    for one in plan.journeys:
        late = one.direction == "there" and one.arrives_at > starts
        early = one.direction == "back" and one.leaves_at < ends
        if late or early or one.arrives_at <= one.leaves_at:
            message = Text("The journey of {person} ({direction}) misses a part of the event, or ends before it begins")
            yield _of_person(Severity.ERROR, "journey-misses", one.participant_id, message, direction=one.direction)


def _journeys_once(plan: Plan) -> Iterable[Finding]:
    counts = Counter((one.participant_id, one.direction) for one in plan.journeys)
    for (person, direction), times in sorted(counts.items()):
        if times > 1:
            message = Text("{person} travels {direction} {times} times")
            yield _of_person(Severity.ERROR, "journey-twice", person, message, direction=direction, times=times)


def _nights_once(plan: Plan) -> Iterable[Finding]:
    for stay in plan.stays:
        if len(set(stay.nights)) != len(stay.nights):
            message = Text("{person} has one night twice")
            yield _of_person(Severity.ERROR, "night-twice", stay.participant_id, message)


def _nights_near(plan: Plan) -> Iterable[Finding]:
    if not plan.event.agenda:
        return
    first, last = first_day(plan.event) - timedelta(days=7), last_day(plan.event) + timedelta(days=7)
    for stay in plan.stays:
        for night in stay.nights:
            if not first <= night <= last:
                message = Text("{person} has a bed on {night}, more than a week from the event")
                yield _of_person(Severity.WARNING, "night-far", stay.participant_id, message, night=night)


def _stays_granted(plan: Plan) -> Iterable[Finding]:
    granted = {one.participant_id for one in plan.decisions if one.benefit == "lodging" and one.grant is not None}
    for stay in plan.stays:
        if stay.participant_id not in granted:
            message = Text("{person} has a bed that nobody granted")
            yield _of_person(Severity.ERROR, "bed-ungranted", stay.participant_id, message)


def _workshops_hold(plan: Plan) -> Iterable[Finding]:
    wished = Counter(id for one in plan.candidates for id in one.participant.workshops[:1])
    for workshop in plan.event.workshops:
        if workshop.capacity is not None and wished[workshop.id] > workshop.capacity:
            message = Text("{count} people name the workshop {workshop} first, which has room for {capacity}")
            yield Finding(
                severity=Severity.INFORMATION,  # they may be content with another
                code="workshop-full",
                message=message,
                values={"count": wished[workshop.id], "workshop": workshop.id, "capacity": workshop.capacity},
            )


PLAN_CHECKS = tuple(
    DoctorCheck(name=name, title=title, run=run)
    for name, title, run in (
        ("waiting-gaps", Text("The waiting list goes from 1 without a gap"), _waiting_in_order),
        ("seats-free", Text("Nobody waits while a seat is free"), _nobody_waits_in_vain),
        ("meals-exceed", Text("No service is counted for more people than take part"), _meals_for_guests),
        ("decision-stranger", Text("Decisions, beds and journeys are of people who take part"), _people_known),
        ("decision-twice", Text("Nothing is decided twice"), _decided_once),
        ("paid-ungranted", Text("Only what is granted costs something"), _only_grants_cost),
        ("grant-empty", Text("Every grant says what is granted"), _grants_say_what),
        ("payer-unknown", Text("Everything falls on somebody the event knows"), _payers_known),
        ("share-impossible", Text("Nobody bears less than nothing or more than all"), _shares_possible),
        ("lines-differ", Text("Nothing costs more than its priced lines"), _lines_cover),
        ("budget-differs", Text("The budget lines sum to the decisions"), _budget_sums),
        ("journey-misses", Text("Journeys arrive before the event and leave after it"), _journeys_in_time),
        ("journey-twice", Text("Nobody travels one way twice"), _journeys_once),
        ("night-twice", Text("Nobody sleeps one night twice"), _nights_once),
        ("night-far", Text("Nights are near the event"), _nights_near),
        ("bed-ungranted", Text("Every bed was granted"), _stays_granted),
        ("workshop-full", Text("Workshops hold those who ask for them"), _workshops_hold),
    )
)
