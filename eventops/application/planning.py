"""Planning: from the facts in the store to the plan."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

import msgspec

from eventops.application.facts import load_overrides, load_participants
from eventops.application.measured_places import load_measured_places
from eventops.application.placing import metric_of
from eventops.application.records import load_records
from eventops.domain.deciding.seats import lapses
from eventops.domain.event import Event
from eventops.domain.places import Point
from eventops.domain.plan import Plan, plan_of
from eventops.domain.reporting.meal_money import meal_findings
from eventops.domain.rules import Override
from eventops.errors import NotUsable
from eventops.extension.ports import Cache, Documents
from eventops.extension.registry import Registry
from eventops.extension.rulebook import rulebook_of


@contextmanager
def _collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile: nearly all that is made for a plan stays in it, and looking through it again and
    again takes a sixth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_collection_paused()
def load_plan(
    documents: Documents,
    registry: Registry,
    cache: Cache,
    event: Event,
    overrides: Sequence[Override] | None = None,
    today: date | None = None,
) -> Plan:
    """The plan of the workspace's people under this event (the stored one, or a changed one for `whatif`). `today` is
    the day on which offers of seats are looked at; the clock's when not given.

    Errors: NotUsable for an event without an agenda; what the rulebook and the gazetteers refuse.
    """
    if not event.agenda:
        raise NotUsable("The event has no agenda yet, so nothing can be planned; see eventops agenda add --help")
    book = rulebook_of(event, registry)
    people = load_participants(documents)
    measured = load_measured_places(people, documents, registry, cache, event)
    metric, roads = metric_of(event, registry), measured.roads
    by_point = {place.point: measured.distances_km[code] for code, place in measured.places.items()}

    def distance_km(a: Point, b: Point) -> float:
        return by_point[a] if a in by_point else metric.distance_km((a.lat, a.lon), (b.lat, b.lon))

    chosen = load_overrides(documents) if overrides is None else overrides
    records = load_records(documents)
    day = (today or datetime.now().astimezone().date()) if lapses(event, records) else None
    made = plan_of(event, people, dict(measured.placements), book, chosen, distance_km, roads.book, records, day)
    watched = (*meal_findings(made), *roads.findings, *registry.guard.findings)
    return msgspec.structs.replace(made, findings=(*made.findings, *watched)) if watched else made
