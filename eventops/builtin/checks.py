"""The core's own questions for `eventops doctor`: sums that must come out, and facts that contradict each other."""

from collections import Counter
from collections.abc import Iterable

from eventops.domain.findings import Finding, Severity, Source
from eventops.domain.plan import Plan
from eventops.domain.reporting.funding_words import beyond_of
from eventops.domain.rules import Outcome, Seat
from eventops.domain.texts import Text
from eventops.extension.spec import DoctorCheck


def _error(code: str, message: Text, **values: object) -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, values=values)


def _outcomes_sum(plan: Plan) -> Iterable[Finding]:
    for benefit in plan.benefits:
        decided = sum(one.benefit == benefit.name for one in plan.decisions)
        if decided != len(plan.candidates):
            message = Text("{benefit} is decided {decided} times for {people} people")
            yield _error(
                "decisions-missing", message, benefit=benefit.name, decided=decided, people=len(plan.candidates)
            )


def _statistics_sum(plan: Plan) -> Iterable[Finding]:
    for table in ("gender", "age", "category", "region"):
        counted = sum(getattr(plan.statistics, table).values())
        if counted != len(plan.candidates):
            message = Text("The table {table} counts {counted} of {people} people")
            yield _error("statistics-differ", message, table=table, counted=counted, people=len(plan.candidates))


def _diets_sum(plan: Plan) -> Iterable[Finding]:
    for count in plan.meals:
        if sum(count.diets.values()) != count.count:
            message = Text("The diets of {meal} do not sum to its {count} people")
            yield _error("diets-differ", message, meal=count.meal_id, count=count.count)


def _seats_held(plan: Plan) -> Iterable[Finding]:
    confirmed = sum(one.seat in (Seat.CONFIRMED, Seat.OFFERED) for one in plan.candidates)
    if plan.event.seats is not None and confirmed > plan.event.seats:
        message = Text("{confirmed} people are confirmed for {seats} seats")
        yield _error("seats-exceeded", message, confirmed=confirmed, seats=plan.event.seats)


def _rooms_hold(plan: Plan) -> Iterable[Finding]:
    capacity = max((room.capacity for room in plan.event.venue.rooms), default=None)
    confirmed = sum(one.seat is Seat.CONFIRMED for one in plan.candidates)
    if capacity is not None and confirmed > capacity:
        yield Finding(
            severity=Severity.WARNING,
            code="room-too-small",
            message=Text("{confirmed} people are confirmed, the largest room holds {capacity}"),
            values={"confirmed": confirmed, "capacity": capacity},
        )


def _allotment_holds(plan: Plan) -> Iterable[Finding]:
    hotel = plan.event.hotel
    if hotel is None or hotel.allotment is None:
        return
    beds = Counter(night for stay in plan.stays for night in stay.nights)
    for night, people in sorted(beds.items()):
        if people > hotel.allotment:
            yield Finding(
                severity=Severity.WARNING,
                code="allotment-exceeded",
                message=Text("{people} people need a bed on {night}, the allotment is {rooms} rooms"),
                values={"people": people, "night": night, "rooms": hotel.allotment},
            )


def _nights_given(plan: Plan) -> Iterable[Finding]:
    slept = {stay.participant_id for stay in plan.stays if stay.nights}
    slept |= {person for person, benefit in beyond_of(plan) if benefit == "lodging"}
    for decision in plan.decisions:
        granted = decision.benefit == "lodging" and decision.outcome is Outcome.GRANTED
        if granted and decision.participant_id not in slept:
            yield Finding(
                severity=Severity.ERROR,
                code="bed-without-night",
                message=Text("{person} is granted a bed but no night"),
                values={"person": decision.participant_id},
                source=Source(participant=decision.participant_id),
            )


def _journeys_made(plan: Plan) -> Iterable[Finding]:
    travelling = {journey.participant_id for journey in plan.journeys}
    travelling |= {person for person, benefit in beyond_of(plan) if benefit == "travel"}
    for decision in plan.decisions:
        granted = decision.benefit == "travel" and decision.outcome is Outcome.GRANTED
        if granted and decision.participant_id not in travelling:
            yield Finding(
                severity=Severity.WARNING,
                code="travel-without-journey",
                message=Text("{person} is granted travel, but without a settled town there is no journey to plan"),
                values={"person": decision.participant_id},
                source=Source(participant=decision.participant_id),
            )


def _ids_unique(plan: Plan) -> Iterable[Finding]:
    counts = Counter(one.participant.id for one in plan.candidates)
    for person, times in counts.items():
        if times > 1:
            yield _error("id-twice", Text("The id {person} stands for {times} people"), person=person, times=times)


def _references_known(plan: Plan) -> Iterable[Finding]:
    workshops = {one.id for one in plan.event.workshops}
    associations = {one.id for one in plan.event.associations}
    for candidate in plan.candidates:
        person = candidate.participant
        unknown = [one for one in person.workshops if one not in workshops]
        if person.association and person.association not in associations:
            unknown.append(person.association)
        for name in unknown:
            yield Finding(
                severity=Severity.WARNING,
                code="reference-unknown",
                message=Text("{person} names {name}, which the event does not know"),
                values={"person": person.id, "name": name},
                source=Source(participant=person.id),
            )


CHECKS = tuple(
    DoctorCheck(name=name, title=title, run=run)
    for name, title, run in (
        ("outcomes-sum", Text("Every benefit is decided once for everybody"), _outcomes_sum),
        ("statistics-sum", Text("Every table of statistics counts everybody once"), _statistics_sum),
        ("diets-sum", Text("The diets of every service sum to its count"), _diets_sum),
        ("seats-held", Text("No more people are confirmed than there are seats"), _seats_held),
        ("rooms-hold", Text("The largest room holds everybody"), _rooms_hold),
        ("allotment-holds", Text("The hotel's allotment is enough for every night"), _allotment_holds),
        ("nights-given", Text("Everybody with a bed has a night"), _nights_given),
        ("journeys-made", Text("Everybody with paid travel has a journey"), _journeys_made),
        ("ids-unique", Text("Every id stands for one person"), _ids_unique),
        ("references-known", Text("Workshops and associations people name exist"), _references_known),
    )
)
