"""OSRM's table service over HTTP: all roads of a plan in as few requests as the server allows.

Only points of communes leave the machine, never a name. Source: OSRM HTTP API v1, table service
(http://project-osrm.org/docs/v5.24.0/api/#table-service).
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from eventops import Finding, Road, RoadAnswer, RoadQuery, ServiceSilent, Severity, Text

if TYPE_CHECKING:
    from urllib.error import HTTPError

LatLon = tuple[float, float]

# A server as it is installed refuses more than 100 points in one table; the destination is one of them.
MOST_ORIGINS = 99
MOST_BYTES = 10_000_000

NO_URL = "no server is named; set osrm.url to its address"
NO_ROAD = Text(
    "The routing server knows no road from {count} places; their distances are estimates",
    fr="Le serveur d’itinéraires ne connaît pas de route depuis {count} lieux ; leurs distances sont des estimations",
    ar="لا يعرف خادم المسارات طريقا انطلاقا من أماكن عددها {count}، فمسافاتها تقديرية",
)


def route(query: RoadQuery) -> RoadAnswer:
    """The roads from every origin to the destination. Errors: ServiceSilent when the server gives no table."""
    url = str(query.settings["url"]).strip().rstrip("/")
    if not url:
        raise ServiceSilent(NO_URL)
    if urlsplit(url).scheme not in ("http", "https"):
        raise ServiceSilent("osrm.url is “{url}”; an address that starts with http:// or https:// is expected", url=url)
    profile, timeout = str(query.settings["profile"]), float(query.settings["timeout_s"])
    roads: list[Road | None] = []
    for start in range(0, len(query.origins), MOST_ORIGINS):
        origins = query.origins[start : start + MOST_ORIGINS]
        table = fetch_table(table_url(url, profile, origins, query.destination), timeout)
        roads += roads_of(table, len(origins))
    unknown = roads.count(None)
    findings = (
        (Finding(severity=Severity.INFORMATION, code="no-road", message=NO_ROAD, values={"count": unknown}),)
        if unknown
        else ()
    )
    return RoadAnswer(roads=tuple(roads), findings=findings)


def table_url(url: str, profile: str, origins: Sequence[LatLon], destination: LatLon) -> str:
    """The address that asks for the roads from the origins to the destination; OSRM writes longitude first."""
    points = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in (*origins, destination))
    sources = ";".join(map(str, range(len(origins))))
    asked = f"sources={sources}&destinations={len(origins)}&annotations=duration,distance"
    return f"{url}/table/v1/{quote(profile, safe='')}/{points}?{asked}"


def fetch_table(url: str, timeout: float) -> Mapping[str, Any]:
    """The server's answer. Errors: ServiceSilent."""
    # 25 ms, and only a server that is asked needs it.
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    request = Request(url, headers={"User-Agent": "eventops-osrm", "Accept": "application/json"})
    try:
        with urlopen(request, timeout=timeout) as answer:
            content = answer.read(MOST_BYTES)
        table = json.loads(content)
    except HTTPError as error:
        # OSRM says why in the body of its refusal.
        raise ServiceSilent("{status} {why}", status=error.code, why=_refusal(error)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise ServiceSilent("{why}", why=str(error) or type(error).__name__) from error
    if not isinstance(table, dict) or table.get("code") != "Ok":
        raise ServiceSilent("its answer is no table of roads")
    return table


def _refusal(error: "HTTPError") -> str:
    from http.client import HTTPException

    try:
        told = json.loads(error.read(MOST_BYTES))
    except (OSError, HTTPException, ValueError):
        return error.reason
    return str(told.get("message") or told.get("code") or error.reason) if isinstance(told, dict) else error.reason


def roads_of(table: Mapping[str, Any], count: int) -> list[Road | None]:
    """The roads of a table with one destination: metres and seconds become kilometres and minutes.

    Errors: ServiceSilent when it is not that table.
    """
    try:
        metres = [row[0] for row in table["distances"]]
        seconds = [row[0] for row in table["durations"]]
        roads = [
            None if far is None or long is None else Road(km=far / 1000, minutes=round(long / 60))
            for far, long in zip(metres, seconds, strict=True)
        ]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ServiceSilent("its table holds no distances; OSRM 5.18 or newer is needed") from error
    if len(roads) != count:
        raise ServiceSilent("its table has {seen} rows, {expected} were asked", seen=len(roads), expected=count)
    return roads
