"""Criteria: rules written as data in the event file."""

from datetime import datetime

from eventops.domain.event import Bounds, Conditions, Criterion, Event, HourBounds, first_day, last_day
from eventops.domain.hosting.lodging import nights_before
from eventops.domain.reporting.labels import CATEGORY_LABELS, GENDER_LABELS, ROLE_LABELS, label_of, labelled
from eventops.domain.rules import (
    ActiveRule,
    Candidate,
    Effect,
    Facts,
    Rule,
    Seat,
    Verdict,
    refers,
)
from eventops.domain.texts import Message, Text

NO_PLACE = Text("the town is not settled, so the distance is not known")
TOO_NEAR = Text("{distance_km} km, the criterion begins at {limit_km} km")
TOO_FAR = Text("{distance_km} km, the criterion ends at {limit_km} km")
OTHER_REGION = Text("lives in {region}, the criterion speaks of {expected}")
OTHER_PROVINCE = Text("lives in the province of {province}, the criterion speaks of {expected}")
NO_AGE = Text("the age is not known")
OTHER_AGE = Text("{age} years old, outside the ages of the criterion")
OTHER_CATEGORY = Text("takes part as {category}, the criterion speaks of {expected}")
OTHER_ROLE = Text("has the role {role}, the criterion speaks of {expected}")
OTHER_GENDER = Text("gender: {gender}, the criterion speaks of {expected}")
OTHER_ASSOCIATION = Text("mobilised by {association}, the criterion speaks of {expected}")
OTHER_INCLUSION = Text("inclusion: {inclusion}, the criterion speaks of {expected}")
OTHER_COUNTRY = Text("lives in {country}, the criterion speaks of {expected}")
RURAL = Text("lives in a rural commune, the criterion speaks of urban ones")
URBAN = Text("lives in an urban commune, the criterion speaks of rural ones")
REGION_EXCEPTED = Text("lives in {region}, which the criterion leaves out")
CATEGORY_EXCEPTED = Text("takes part as {category}, which the criterion leaves out")
LEAVES_LATE = Text("can leave home at {departure}, the criterion speaks of before {limit}")
LEAVES_EARLY = Text("must leave home at {departure}, the criterion speaks of after {limit}")
HOME_EARLY = Text("is home at {homecoming}, the criterion speaks of after {limit}")
HOME_LATE = Text("is home at {homecoming}, the criterion speaks of before {limit}")
NOT_STATED = Text("not stated")
HAS_SEAT = Text("has a seat, the criterion speaks of those who wait for one")
OTHER_SEAT = Text("seat: {seat}, the criterion speaks of {expected}")
WAITS = Text("waits for a seat, the criterion speaks of those who have one")
SETTLED = Text("the town is settled, the criterion speaks of those whose town is not")
OTHER_ANSWER = Text("answered {answer} to {question}, the criterion speaks of {expected}")
OUT_OF_DATE = Text("the criterion holds from {valid_from} to {valid_to}, the event begins on {day}")


def _outside(value: float, bounds: Bounds) -> tuple[str, float] | None:
    """Which end is missed and its limit, or None inside."""
    if bounds.at_least is not None and value < bounds.at_least:
        return "below", bounds.at_least
    if bounds.over is not None and value <= bounds.over:
        return "below", bounds.over
    if bounds.under is not None and value >= bounds.under:
        return "above", bounds.under
    if bounds.at_most is not None and value > bounds.at_most:
        return "above", bounds.at_most
    return None


def _departure_missed(at: datetime | None, bounds: HourBounds, event: Event) -> Message | None:
    if at is None:
        return Message(NO_PLACE)
    hour, day_before = at.time(), bool(event.agenda) and at.date() < first_day(event)
    if bounds.before is not None and not (day_before or hour < bounds.before):
        return Message(LEAVES_LATE, {"departure": hour, "limit": bounds.before})
    if bounds.after is not None and (day_before or not hour > bounds.after):
        return Message(LEAVES_EARLY, {"departure": hour, "limit": bounds.after})
    return None


def _homecoming_missed(at: datetime | None, bounds: HourBounds, event: Event) -> Message | None:
    if at is None:
        return Message(NO_PLACE)
    hour, day_after = at.time(), bool(event.agenda) and at.date() > last_day(event)
    if bounds.before is not None and (day_after or not hour < bounds.before):
        return Message(HOME_LATE, {"homecoming": hour, "limit": bounds.before})
    if bounds.after is not None and not (day_after or hour > bounds.after):
        return Message(HOME_EARLY, {"homecoming": hour, "limit": bounds.after})
    return None


def _distance_missed(distance: float | None, bounds: Bounds) -> Message | None:
    if distance is None:
        return Message(NO_PLACE)
    missed = _outside(distance, bounds)
    if missed is None:
        return None
    end, limit = missed
    return Message(TOO_NEAR if end == "below" else TOO_FAR, {"distance_km": round(distance, 1), "limit_km": limit})


def _place_missed(candidate: Candidate, criterion: Criterion) -> Message | None:
    """The first condition on the place that does not hold, as a message, or None."""
    when, place = criterion.when, candidate.place
    if not _about_place(when):
        return None
    if place is None:
        return Message(NO_PLACE)
    seen = place.region or place.country
    if when.region and place.region not in when.region:
        return Message(OTHER_REGION, {"region": seen, "expected": when.region})
    if place.region in when.not_region:
        return Message(REGION_EXCEPTED, {"region": seen})
    if when.province and place.province not in when.province:
        return Message(OTHER_PROVINCE, {"province": place.province_name, "expected": when.province})
    if when.country and place.country not in when.country:
        return Message(OTHER_COUNTRY, {"country": place.country, "expected": when.country})
    if when.urban is not None and place.urban is not when.urban:
        return Message(RURAL if when.urban else URBAN)
    return None


def _about_place(when: Conditions) -> bool:
    return bool(when.region or when.not_region or when.province or when.country or when.urban is not None)


def _titles(event: Event, field: str) -> dict[str, Text]:
    """What the event itself calls its associations, and the categories it calls otherwise than everybody, by id."""
    if field == "category":
        return {one.id: one.title for one in event.categories if not _as_usual(one.title, CATEGORY_LABELS.get(one.id))}
    return {one.id: one.name for one in event.associations} if field == "association" else {}


def _as_usual(title: Text, label: Text | None) -> bool:
    """Whether a title is the common label, which a sentence writes without a capital."""
    return label is not None and all(
        one.casefold() == other.casefold()
        for one, other in ((title.en, label.en), (title.fr, label.fr), (title.ar, label.ar))
    )


def _about_person(when: Conditions) -> bool:
    lists = (when.category, when.role, when.gender, when.association, when.not_category, when.inclusion)
    return any(lists) or when.age is not None or bool(when.seat) or bool(when.fields)


def _by_distance(when: Conditions) -> bool:
    """Whether the answer may be another one a few kilometres on."""
    return any(one is not None for one in (when.distance_km, when.road_km, when.departure, when.homecoming))


def _person_missed(candidate: Candidate, criterion: Criterion, event: Event) -> Message | None:
    """The first condition on the person that does not hold, as a message, or None."""
    when, person = criterion.when, candidate.participant
    if not _about_person(when):
        return None
    for text, field, value, expected, labels in (
        (OTHER_CATEGORY, "category", person.category, when.category, CATEGORY_LABELS),
        (OTHER_ROLE, "role", person.role, when.role, ROLE_LABELS),
        (OTHER_GENDER, "gender", person.gender.value, when.gender, GENDER_LABELS),
        (OTHER_ASSOCIATION, "association", person.association, when.association, {}),
    ):
        if expected and value not in expected:
            titles = {**labels, **_titles(event, field)}
            words = tuple(labelled(titles, one) for one in expected)
            return Message(text, {field: labelled(titles, value) or NOT_STATED, "expected": words})
    if when.not_category and person.category in when.not_category:
        titles = {**CATEGORY_LABELS, **_titles(event, "category")}
        return Message(CATEGORY_EXCEPTED, {"category": labelled(titles, person.category)})
    if when.inclusion and not set(when.inclusion) & set(person.inclusion):
        return Message(OTHER_INCLUSION, {"inclusion": person.inclusion or NOT_STATED, "expected": when.inclusion})
    if when.age is not None:
        if candidate.age is None:
            return Message(NO_AGE)
        if _outside(candidate.age, when.age):
            return Message(OTHER_AGE, {"age": candidate.age})
    if when.seat and when.seat != candidate.seat.value:
        return _seat_missed(candidate.seat, when.seat)
    for question, asked in when.fields.items():
        answer = person.fields.get(question)
        if answer != asked:
            said: object = NOT_STATED if answer is None else answer
            return Message(OTHER_ANSWER, {"question": question, "answer": said, "expected": asked})
    return None


def _seat_missed(seat: Seat, expected: str) -> Message:
    if {seat.value, expected} == {"confirmed", "waiting"}:
        return Message(HAS_SEAT if seat is Seat.CONFIRMED else WAITS)
    return Message(OTHER_SEAT, {"seat": label_of(seat), "expected": label_of(Seat(expected))})


def condition_missed(candidate: Candidate, criterion: Criterion, event: Event) -> Message | None:
    """The first condition that does not hold, said with the value seen and the limit; None when all hold."""
    when = criterion.when
    missed = _date_missed(criterion, event) or _person_missed(candidate, criterion, event)
    if missed is None and when.settled is not None and when.settled is not (candidate.place is not None):
        missed = Message(NO_PLACE if when.settled else SETTLED)
    missed = missed or _place_missed(candidate, criterion)
    if missed is None and when.distance_km is not None:
        missed = _distance_missed(candidate.distance_km, when.distance_km)
    if missed is None and when.road_km is not None:
        missed = _distance_missed(candidate.road_km, when.road_km)
    if missed is None and when.departure is not None:
        missed = _departure_missed(candidate.leaves_home_at, when.departure, event)
    if missed is None and when.homecoming is not None:
        missed = _homecoming_missed(candidate.back_home_at, when.homecoming, event)
    return missed


def _date_missed(criterion: Criterion, event: Event) -> Message | None:
    """Whether the event begins outside the days the criterion holds."""
    begins, ends = criterion.valid_from, criterion.valid_to
    if (begins is None and ends is None) or not event.agenda:
        return None
    day = first_day(event)
    if (begins is not None and day < begins) or (ends is not None and day > ends):
        return Message(OUT_OF_DATE, {"valid_from": begins or "…", "valid_to": ends or "…", "day": day})
    return None


def _facts_used(candidate: Candidate) -> dict[str, object]:
    """The values a criterion's reason may name."""
    values: dict[str, object] = {
        "category": candidate.participant.category,
        "role": candidate.participant.role,
    }
    if candidate.place is not None:
        values["town"] = candidate.place.name
        values["region"] = candidate.place.region or candidate.place.country
        values["province"] = candidate.place.province_name
    if candidate.distance_km is not None:
        values["distance_km"] = round(candidate.distance_km, 1)
    if candidate.age is not None:
        values["age"] = candidate.age
    if candidate.waiting_position is not None:
        values["waiting_position"] = candidate.waiting_position
    if candidate.leaves_home_at is not None and candidate.back_home_at is not None:
        values["departure"] = candidate.leaves_home_at.time()
        values["homecoming"] = candidate.back_home_at.time()
    return values


def rule_of(criterion: Criterion) -> ActiveRule:
    """The criterion as a rule of the plugin `event`."""
    effect, limits = Effect(criterion.effect), limits_of(criterion)

    def check(candidate: Candidate, facts: Facts) -> Verdict:
        missed = condition_missed(candidate, criterion, facts.event)
        if missed is None:
            return Verdict(
                effect=effect,
                reason=criterion.reason,
                values=_facts_used(candidate) | limits,
                share=criterion.share,
                ceiling=criterion.ceiling,
                payer=criterion.payer,
                nights=nights_before(facts.event, criterion.nights) if criterion.nights else (),
                legs=criterion.legs,
                blocking=criterion.blocking,
                sensitive=criterion.sensitive,
            )
        if missed.text is NO_PLACE and effect is not Effect.REFERS:
            return refers(NO_PLACE, blocking=effect is Effect.EXCLUDES)
        return Verdict(effect=Effect.NOT_APPLICABLE, reason=missed.text, values=missed.values)

    rule = Rule(
        name=criterion.name,
        benefit=criterion.benefit,
        title=criterion.reason,
        check=check,
        source=criterion.source,
        may=(effect, Effect.REFERS),
        by_distance=_by_distance(criterion.when),
        by_person=_about_person(criterion.when),
    )
    return ActiveRule(name=criterion.name, rule=rule, plugin="event", version="")


def limits_of(criterion: Criterion) -> dict[str, object]:
    """The limits of a criterion by the names its reason may use."""
    limits: dict[str, object] = {}
    for name, bounds in (("limit_km", criterion.when.distance_km), ("limit_road_km", criterion.when.road_km)):
        if bounds is not None:
            limits[name] = next(
                one for one in (bounds.at_least, bounds.over, bounds.under, bounds.at_most) if one is not None
            )
    for name, hours in (("limit_departure", criterion.when.departure), ("limit_homecoming", criterion.when.homecoming)):
        if hours is not None:
            limits[name] = hours.before or hours.after
    return limits
