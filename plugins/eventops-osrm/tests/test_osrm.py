import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from eventops_osrm import TABLE, table

from eventops import Finding, Road, RoadAnswer, RoadQuery, ServiceSilent, Severity

CASABLANCA, RABAT, SETTAT, LYON = (33.588, -7.611), (34.013, -6.833), (33.001, -7.62), (45.748, 4.846)


class Server(ThreadingHTTPServer):
    """A stand-in for OSRM: it answers tables with 1 km and 60 s for every hundredth of a degree of latitude."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.answer: Any = None
        self.status = 200
        self.wait_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        time.sleep(self.server.wait_s)
        answer = self.server.answer
        content = answer if isinstance(answer, bytes) else json.dumps(answer or self._table()).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content)

    def _table(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        points = [tuple(map(float, point.split(","))) for point in parts.path.rpartition("/")[2].split(";")]
        asked = parse_qs(parts.query)
        sources = [points[int(one)] for one in asked["sources"][0].split(";")]
        goal = points[int(asked["destinations"][0])]
        # Over the sea there is no road.
        hundredths = [None if lat > 40 else round(100 * abs(lat - goal[1])) for _, lat in sources]
        return {
            "code": "Ok",
            "distances": [[None if one is None else one * 1000.0] for one in hundredths],
            "durations": [[None if one is None else one * 60.0] for one in hundredths],
        }

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a test's output is its own."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def query(url: str, *origins: tuple[float, float], timeout_s: float = 5.0) -> RoadQuery:
    settings = {"url": url, "profile": "driving", "timeout_s": timeout_s}
    return RoadQuery(origins=origins, destination=CASABLANCA, settings=settings)


def test_every_road_is_asked_in_one_table(server: Server) -> None:
    answer = table.route(query(server.url + "/", RABAT, SETTAT))
    assert (answer, server.asked) == (
        RoadAnswer(roads=(Road(km=42.0, minutes=42), Road(km=59.0, minutes=59))),
        [
            "/table/v1/driving/-6.833000,34.013000;-7.620000,33.001000;-7.611000,33.588000"
            "?sources=0;1&destinations=2&annotations=duration,distance"
        ],
    )


def test_a_place_without_a_road_is_said_and_left_open(server: Server) -> None:
    answer = table.route(query(server.url, LYON, RABAT))
    finding = Finding(severity=Severity.INFORMATION, code="no-road", message=table.NO_ROAD, values={"count": 1})
    assert answer == RoadAnswer(roads=(None, Road(km=42.0, minutes=42)), findings=(finding,))


def test_more_places_than_a_table_holds_are_asked_in_several(server: Server) -> None:
    many = [(30 + number / 100, -7.0) for number in range(250)]
    answer = table.route(query(server.url, *many))
    assert (len(answer.roads), answer.roads[0], len(server.asked)) == (250, Road(km=359.0, minutes=359), 3)


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (400, {"code": "TooBig", "message": "Too many table coordinates"}, "400 Too many table coordinates"),
        (500, b"oops", "500 Internal Server Error"),
        (200, {"code": "InvalidQuery"}, "its answer is no table of roads"),
        (200, b"<html>", "Expecting value"),
        (200, {"code": "Ok", "durations": [[1]]}, "its table holds no distances"),
        (200, {"code": "Ok", "durations": [[1], [2]], "distances": [[1], [2]]}, "its table has 2 rows, 1 were asked"),
    ],
)
def test_a_server_that_gives_no_table_is_silent(server: Server, status: int, answer: Any, said: str) -> None:
    server.status, server.answer = status, answer
    with pytest.raises(ServiceSilent, match=said):
        table.route(query(server.url, RABAT))


def test_a_slow_server_is_not_waited_for(server: Server) -> None:
    server.wait_s = 1.0
    with pytest.raises(ServiceSilent, match="timed out"):
        table.route(query(server.url, RABAT, timeout_s=0.1))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "no server is named"),
        ("file:///etc/passwd", "is expected"),
        ("http://127.0.0.1:9", "refused"),
    ],
)
def test_an_address_that_leads_nowhere_is_silent(monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(ServiceSilent, match=said):
        table.route(query(url, RABAT))


def test_the_metric_asks_nobody_until_a_plan_is_made() -> None:
    assert (round(TABLE.distance_km(RABAT, CASABLANCA)), TABLE.is_road) == (105, True)


def test_a_plan_takes_its_roads_from_the_server_once_and_says_when_it_is_gone(
    server: Server, run: Any, workspace: Any
) -> None:
    file = workspace / "event.toml"
    with_osrm = run("event", "dump").out + (
        f'\n[[plugins]]\nname = "osrm"\n\n[settings]\nroads = "osrm.table"\n"osrm.url" = "{server.url}"\n'
    )
    file.write_text(with_osrm, encoding="utf-8")
    assert run("event", "apply", file).code == 0
    placement = run("--json", "why", "p03").json["placement"]
    run("--json", "plan")
    assert (placement["road_source"], len(server.asked)) == ("osrm.table", 1)
    moved = with_osrm.replace(server.url, "http://127.0.0.1:9")
    file.write_text(moved, encoding="utf-8")
    assert run("event", "apply", file).code == 0
    plan = run("--json", "plan").json
    assert [one["code"] for one in plan["findings"] if one["code"].startswith("roads")] == ["roads-estimated"]
    assert run("--json", "why", "p03").json["placement"]["road_source"] == "estimate"
