"""For the association: where people come from and what was decided, as a map; as tables, the numbers behind it."""

import math
from collections import Counter
from collections.abc import Iterator

from eventops.builtin.exports.cells import benefit_column, benefit_title, heading, kilometres, region_name
from eventops.domain.event import Bounds
from eventops.domain.places import Place, Point
from eventops.domain.plan import Plan
from eventops.domain.reporting.criteria_words import criterion_said
from eventops.domain.reporting.labels import OUTCOME_LABELS
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table, Writer
from eventops.domain.rules import Candidate, Outcome
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Map of participants", fr="Carte des participants", ar="خريطة المشاركات والمشاركين")
PLACES_TITLE = Text("Places", fr="Lieux", ar="الأماكن")
LIMITS_TITLE = Text("Venue and limits", fr="Lieu de la rencontre et limites", ar="مكان اللقاء والحدود")
PROJECTION = Text(
    "Every place stands in its direction from the venue, at the distance the decisions go by.",
    fr="Chaque lieu est placé dans sa direction depuis le lieu de la rencontre, à la distance qui fonde les décisions.",
    ar="كل مكان مرسوم في اتجاهه انطلاقا من مكان اللقاء، وعلى المسافة المعتمدة في القرارات.",
)
UNPLACED = Text(
    "People without a settled town, who are not on the map: {count}",
    fr="Personnes dont la commune n’est pas établie, absentes de la carte : {count}",
    ar="أشخاص لم تحدد جماعتهم بعد وغير ظاهرين على الخريطة: {count}",
)
PLACE_DATA = Text(
    "Place data: {data}. Sources and licences: eventops --about",
    fr="Données de lieux : {data}. Sources et licences : eventops --about",
    ar="بيانات الأماكن: {data}. المصادر والرخص: eventops --about",
)
VENUE = Text("Venue: {venue}", fr="Lieu de la rencontre : {venue}", ar="مكان اللقاء: {venue}")
RULE = Text("{benefit}: {rule}", fr="{benefit} : {rule}", ar="{benefit}: {rule}")
KM = Text("km", fr="km", ar="كلم")

PLACE_COLUMNS = (
    Column(name="code", title=Text("Code", fr="Code", ar="الرمز"), width=16),
    Column(name="place", title=Text("Place", fr="Lieu", ar="المكان"), width=20),
    Column(name="province", title=Text("Province", fr="Province", ar="الإقليم"), width=18),
    Column(name="region", title=Text("Region", fr="Région", ar="الجهة"), width=20),
    Column(name="country", title=Text("Country", fr="Pays", ar="البلد"), width=8),
    Column(name="distance_km", title=Text("Distance, km", fr="Distance, km", ar="المسافة بالكلم"), kind=Kind.DECIMAL),
    Column(name="east_km", title=Text("East, km", fr="Est, km", ar="شرقا بالكلم"), kind=Kind.DECIMAL),
    Column(name="north_km", title=Text("North, km", fr="Nord, km", ar="شمالا بالكلم"), kind=Kind.DECIMAL),
    Column(name="people", title=Text("People", fr="Personnes", ar="الأشخاص"), kind=Kind.INTEGER, width=10),
    benefit_column(),
    *(
        Column(name=outcome.value, title=OUTCOME_LABELS[outcome.value], kind=Kind.INTEGER, width=12)
        for outcome in Outcome
    ),
    Column(name="names", title=Text("Names", fr="Noms", ar="الأسماء"), width=40),
)
LIMIT_COLUMNS = (
    Column(name="km", title=KM, kind=Kind.DECIMAL, width=10),
    Column(name="what", title=Text("What", fr="Objet", ar="الموضوع"), width=80),
)


def map_of(plan: Plan, options: Options) -> Report:
    """A row for each place and benefit, the largest places first, and the limits that distances are held against."""
    nowhere = sum(one.place is None for one in plan.candidates)
    notes: list[Text | Message] = [PROJECTION]
    if nowhere:
        notes.append(Message(UNPLACED, {"count": nowhere}))
    data = dict.fromkeys(one.placement.data for one in plan.candidates if one.placement.data)
    if data:
        notes.append(Message(PLACE_DATA, {"data": ", ".join(data)}))
    places = Table(
        name="places",
        title=PLACES_TITLE,
        columns=PLACE_COLUMNS,
        rows=tuple(_place_rows(plan)),
        notes=tuple(notes),
        landscape=True,
    )
    limits = Table(name="limits", title=LIMITS_TITLE, columns=LIMIT_COLUMNS, rows=tuple(_limit_rows(plan)))
    return Report(
        name="map", title=TITLE, audience=Audience.ASSOCIATION, tables=(places, limits), heading=heading(plan.event)
    )


def _place_rows(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    groups: dict[str, list[Candidate]] = {}
    for candidate in plan.candidates:
        if candidate.place is not None and candidate.distance_km is not None:
            groups.setdefault(candidate.place.code, []).append(candidate)
    outcomes = Counter((one.participant_id, one.benefit, one.outcome) for one in plan.decisions)
    for group in sorted(groups.values(), key=lambda people: (-len(people), people[0].distance_km or 0.0)):
        first = group[0]
        assert first.place is not None
        about = _about_place(first, first.place, plan.event.venue.point)
        names = ", ".join(one.participant.name for one in group)
        for benefit in plan.benefits:
            counts = (sum(outcomes[one.participant.id, benefit.name, outcome] for one in group) for outcome in Outcome)
            yield (*about, len(group), benefit_title(plan, benefit.name), *counts, names)


def _about_place(one: Candidate, place: Place, venue: Point) -> tuple[Cell, ...]:
    distance = one.distance_km or 0.0
    bearing = _bearing(venue, place.point)
    return (
        place.code,
        place.name,
        place.province_name if place.province_name.en else None,
        region_name(one),
        place.country,
        kilometres(distance),
        round(distance * math.sin(bearing), 1),
        round(distance * math.cos(bearing), 1),
    )


def _bearing(start: Point, end: Point) -> float:
    """The direction in which the great circle sets out, in radians from north by east."""
    lat_a, lat_b = math.radians(start.lat), math.radians(end.lat)
    along = math.radians(end.lon - start.lon)
    east = math.sin(along) * math.cos(lat_b)
    north = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(along)
    return math.atan2(east, north)


def _limit_rows(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    """The venue at 0 km, then each limit in kilometres with the criteria and rules that hold distances against it."""
    yield 0.0, Message(VENUE, {"venue": plan.event.venue.name})
    limits: dict[tuple[float, str], Message] = {}
    for criterion in plan.event.criteria:
        for km in _ends(criterion.when.distance_km):
            limits.setdefault((km, f"event.{criterion.name}"), criterion_said(criterion, plan))
    for decision in plan.decisions:
        for ruling in decision.rulings:
            limit = ruling.verdict.values.get("limit_km")
            straight = "distance_km" in ruling.verdict.values and "road_km" not in ruling.verdict.values
            if ruling.plugin == "event" or not straight or not isinstance(limit, int | float):
                continue
            about: dict[str, object] = {"benefit": benefit_title(plan, decision.benefit), "rule": ruling.title}
            limits.setdefault((float(limit), ruling.rule), Message(RULE, about))
    yield from ((km, said) for (km, _), said in sorted(limits.items(), key=lambda limit: limit[0]))


def _ends(bounds: Bounds | None) -> Iterator[float]:
    if bounds is not None:
        for km in (bounds.at_least, bounds.over, bounds.under, bounds.at_most):
            if km is not None:
                yield float(km)


def _map_page(report: Report) -> bytes:
    from eventops.builtin.map_pages import map_page  # what words the values is slow to import

    return map_page(report)


MAP = Export(
    name="map",
    title=TITLE,
    audience=Audience.ASSOCIATION,
    compose=map_of,
    formats=("html", "xlsx", "csv", "json"),
    writers=(Writer(name="html", suffix=".html", media_type="text/html; charset=utf-8", render=_map_page),),
)
