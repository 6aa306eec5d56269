from typing import Any

import pytest

from eventops import __version__
from eventops.adapters.memory_store import MemoryStore
from eventops.application.placing import load_placed
from eventops.application.roads import KIND, RoadPair, Roads, load_roads, pair_id
from eventops.builtin import plugin
from eventops.domain.event import Event, UsedPlugin
from eventops.domain.places import Place, Point
from eventops.domain.placing.roads import Road
from eventops.domain.texts import Text
from eventops.errors import NotUsable, ServiceSilent
from eventops.extension.ports import Stamp
from eventops.extension.registry import CORE, PluginModule, Registry, registry_of
from eventops.extension.spec import Metric, RoadAnswer, RoadQuery, hookimpl
from eventops.testing.builders import OUEZZANE, an_event

TANGIER = Place(code="MA:2530335", name=Text("Tangier"), kind="city", country="MA", point=Point(35.767, -5.8))
PLACES = {place.code: place for place in (OUEZZANE, TANGIER)}
STRAIGHT = {OUEZZANE.code: 180.0, TANGIER.code: 290.0}


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self.data.get(name)

    def save(self, name: str, data: bytes) -> None:
        self.data[name] = data


class Server:
    """A plugin that routes: it counts what it is asked, and may be silent."""

    def __init__(self) -> None:
        self.asked: list[RoadQuery] = []
        self.silent = False
        self.answer: Any = None

    def route(self, query: RoadQuery) -> RoadAnswer:
        self.asked.append(query)
        if self.silent:
            raise ServiceSilent("connection refused")
        return self.answer or RoadAnswer(roads=tuple(Road(km=10.0 * lat, minutes=60) for lat, _ in query.origins))

    @hookimpl
    def eventops_metrics(self) -> tuple[Metric, ...]:
        return (Metric(name="table", title=Text("Roads"), distance_km=lambda a, b: 1.0, route=self.route),)


def registry(server: Server) -> Registry:
    return registry_of(
        [
            PluginModule(name=CORE, version=__version__, origin="eventops", module=plugin),
            PluginModule(name="server", version="1", origin="test", module=server),
        ]
    )


def event(**settings: str) -> Event:
    return an_event(plugins=(UsedPlugin(name="server"),), settings=settings)


def store(*pairs: RoadPair) -> MemoryStore:
    made = MemoryStore()
    with made.change(Stamp(actor="test", at=an_event().agenda[0].starts_at, command="test")) as change:
        for pair in pairs:
            document = {"start": pair.start, "end": pair.end, "km": pair.km, "source": pair.source}
            change.put(KIND, pair_id(pair.start, pair.end), document)
    return made


def roads(server: Server, cache: Kept, event: Event, *pairs: RoadPair) -> Roads:
    venue = load_placed([], {}, registry(server), Kept(), event).venue
    return load_roads(PLACES, STRAIGHT, event, registry(server), store(*pairs), cache, venue=venue)


def test_without_a_server_roads_are_estimated() -> None:
    assert roads(Server(), Kept(), event()) == Roads(book=roads(Server(), Kept(), event()).book)
    assert roads(Server(), Kept(), event()).book.known == {}


def test_a_server_is_asked_once_for_all_places_and_its_answer_kept() -> None:
    server, cache = Server(), Kept()
    first = roads(server, cache, event(roads="server.table"))
    second = roads(server, cache, event(roads="server.table"))
    expected = {
        OUEZZANE.code: Road(km=pytest.approx(347.967), minutes=60, source="server.table"),
        TANGIER.code: Road(km=pytest.approx(357.67), minutes=60, source="server.table"),
    }
    assert (dict(first.book.known), dict(second.book.known), len(server.asked)) == (expected, expected, 1)


def test_a_silent_server_leaves_estimates_and_says_so_and_what_is_kept_stays() -> None:
    server, cache = Server(), Kept()
    load_roads(
        {OUEZZANE.code: OUEZZANE}, STRAIGHT, event(roads="server.table"), registry(server), store(), cache, venue=None
    )
    server.silent = True
    found = roads(server, cache, event(roads="server.table"))
    assert (set(found.book.known), [(one.code, one.values) for one in found.findings]) == (
        {OUEZZANE.code},
        [("roads-estimated", {"count": 1, "metric": "server.table", "error": "connection refused"})],
    )


@pytest.mark.parametrize("answer", ["nonsense", RoadAnswer(roads=()), RoadAnswer(roads=(None,))])
def test_an_answer_that_is_none_is_a_finding(answer: object) -> None:
    server = Server()
    server.answer = answer
    found = roads(server, Kept(), event(roads="server.table"))
    assert (found.routed, [one.code for one in found.findings]) == ({}, ["roads-estimated"])


def test_a_place_without_a_road_is_estimated_and_asked_again() -> None:
    server, cache = Server(), Kept()
    server.answer = RoadAnswer(roads=(None, Road(km=300.0)))
    assert set(roads(server, cache, event(roads="server.table")).book.known) == {TANGIER.code}
    server.answer = RoadAnswer(roads=(Road(km=200.0),))
    assert set(roads(server, cache, event(roads="server.table")).book.known) == {OUEZZANE.code, TANGIER.code}


def test_a_damaged_cache_is_asked_again() -> None:
    server, cache = Server(), Kept()
    cache.data["roads.json"] = b"{"
    assert len(roads(server, cache, event(roads="server.table")).book.known) == 2


def test_a_metric_that_only_measures_cannot_route() -> None:
    with pytest.raises(NotUsable, match="great_circle, which measures but knows no roads"):
        roads(Server(), Kept(), event(roads="great_circle"))


def test_distances_measured_by_road_are_the_roads() -> None:
    known = roads(Server(), Kept(), event(metric="road_estimate")).book.known
    assert known == {code: Road(km=km) for code, km in STRAIGHT.items()}


def test_the_table_of_a_person_wins_over_the_server_in_either_direction() -> None:
    venue = "MA:2553604"  # Casablanca in the gazetteer of the world, which alone is there
    pairs = (
        RoadPair(start=venue, end=TANGIER.code, km=338.0, source="roads.csv"),
        RoadPair(start=OUEZZANE.code, end=venue, km=212.0, source="roads.csv"),
        RoadPair(start=OUEZZANE.code, end=TANGIER.code, km=150.0, source="roads.csv"),
    )
    known = roads(Server(), Kept(), event(roads="server.table"), *pairs).book.known
    assert {code: (road.km, road.source) for code, road in known.items()} == {
        TANGIER.code: (338.0, "known roads.csv"),
        OUEZZANE.code: (212.0, "known roads.csv"),
    }


def test_a_venue_that_is_no_settled_place_leaves_the_table_unused_and_says_so() -> None:
    nowhere = an_event(venue=type(an_event().venue)(name=Text("Tent"), town="qwxz", point=Point(33, -7)))
    pair = RoadPair(start=OUEZZANE.code, end=TANGIER.code, km=150.0)
    found = roads(Server(), Kept(), nowhere, pair)
    assert ([one.code for one in found.findings], found.book.known) == (["roads-unused"], {})
