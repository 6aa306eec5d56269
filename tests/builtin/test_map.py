import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from eventops.adapters.wording import open_wordings
from eventops.builtin.exports.map import MAP, map_of
from eventops.builtin.map_pages import map_page
from eventops.domain.event import Bounds, Conditions, Criterion
from eventops.domain.places import Place, Point
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Options, Report, localised, rows_of
from eventops.domain.rules import Effect, Outcome, Ruling
from eventops.domain.texts import Text
from eventops.testing.builders import (
    CASABLANCA,
    OUEZZANE,
    a_candidate,
    a_decision,
    a_participant,
    a_plan,
    a_ruling,
    an_event,
)

WORDINGS = open_wordings(("ar", "fr", "en"))
LYON = Place(code="FR:2996944", name=Text("Lyon"), kind="city", country="FR", point=Point(45.748, 4.846))
FAR = Criterion(
    name="far", benefit="travel", when=Conditions(distance_km=Bounds(over=50)), reason=Text("Lives far away.")
)


def people(count: int, place: Place | None, distance_km: float | None, first: int = 1) -> list[Any]:
    return [
        a_candidate(a_participant(f"p{number}", f"Person {number}"), place=place, distance_km=distance_km)
        for number in range(first, first + count)
    ]


def a_map_plan() -> Plan:
    """Thirty people in Casablanca, four in Ouezzane of whom one is refused, one in Lyon, one nowhere."""
    everyone = [
        *people(30, CASABLANCA, 6.3),
        *people(4, OUEZZANE, 184.0, 101),
        *people(1, LYON, 1615.0, 201),
        *people(1, None, None, 301),
    ]
    refused = a_decision("p104", "travel", Outcome.EXCLUDED, rulings=())
    granted = [a_decision(f"p{number}", "travel", rulings=()) for number in (101, 102, 103)]
    return a_plan(everyone, [*granted, refused], event=an_event(criteria=(FAR,)))


def report(language: str = "en", plan: Plan | None = None) -> Report:
    composed = map_of(plan or a_map_plan(), Options(language=language))
    return localised(composed, WORDINGS[language], WORDINGS)


def page(language: str = "en", plan: Plan | None = None) -> str:
    return map_page(report(language, plan)).decode()


def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (apt-get install chromium): the map was not opened in a real browser")
    return found


def opened(file: Path, folder: Path) -> tuple[str, list[str]]:
    """The page's DOM after a real browser has laid it out, and the addresses the page itself asked for."""
    log = folder / "net.json"
    run = subprocess.run(
        [
            chromium(),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
            *("--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profile'}"),
            *(f"--log-net-log={log}", f"--screenshot={folder / 'page.png'}", "--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    params = (event.get("params", {}) for event in json.loads(log.read_text())["events"])
    # What the browser asks for on its own account has no page as its initiator.
    asked = [one["url"] for one in params if "url" in one and one.get("initiator", "not an origin") != "not an origin"]
    return run.stdout, asked


def test_each_place_has_a_row_for_every_benefit_the_largest_first() -> None:
    rows = [
        (row["code"], row["distance_km"], row["people"], row["benefit"], row["granted"], row["excluded"])
        for row in rows_of(report().tables[0])
    ]
    assert rows == [
        (CASABLANCA.code, 6.3, 30, "Travel", 0, 0),
        (CASABLANCA.code, 6.3, 30, "Lodging", 0, 0),
        (OUEZZANE.code, 184.0, 4, "Travel", 3, 1),
        (OUEZZANE.code, 184.0, 4, "Lodging", 0, 0),
        (LYON.code, 1615.0, 1, "Travel", 0, 0),
        (LYON.code, 1615.0, 1, "Lodging", 0, 0),
    ]


def test_a_place_stands_in_its_direction_at_the_distance_that_was_measured() -> None:
    row = next(row for row in rows_of(report().tables[0]) if row["code"] == OUEZZANE.code)
    east, north = float(str(row["east_km"])), float(str(row["north_km"]))
    assert (east > 0, north > 0, round((east**2 + north**2) ** 0.5)) == (True, True, 184)


def test_the_limits_are_those_of_the_criteria_and_of_the_rules_that_spoke() -> None:
    verdict = a_ruling(Effect.NOT_APPLICABLE, limit_km=100).verdict
    ours = Ruling(rule="x.far", plugin="x", version="1", title=Text("Far"), verdict=verdict)
    decided = [a_decision("p1", "travel"), a_decision("p1", "lodging", Outcome.NOT_COVERED, rulings=(ours,))]
    plan = a_plan(people(1, OUEZZANE, 184.0), decided, event=an_event(criteria=(FAR,)))
    limits = [(row["km"], row["what"]) for row in rows_of(report(plan=plan).tables[1])]
    assert limits == [
        (0.0, "Venue: Hotel Idou Anfa"),
        (50.0, limits[1][1]),
        (100.0, "Lodging: Far"),
    ]


def test_who_has_no_settled_town_is_counted_below() -> None:
    assert report().tables[0].notes[1] == "People without a settled town, who are not on the map: 1"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_the_page_reads_in_each_language(language: str, direction: str) -> None:
    text = page(language)
    assert re.search(r'<html lang="(\w+)" dir="(\w+)">', text).groups() == (language, direction)  # type: ignore[union-attr]


def test_a_circle_is_cut_by_decision_and_its_area_follows_the_people() -> None:
    text = page()
    ouezzane = next(part for part in text.split('<g class="place') if f'data-code="{OUEZZANE.code}"' in part)
    radii = {
        code: float(radius)
        for code, radius in re.findall(r'data-code="([^"]+)".*?class="outline"[^>]* r="([\d.]+)"', text)
    }
    assert re.findall(r'class="sector (\w+)"', ouezzane) == ["granted", "excluded"]
    assert radii[CASABLANCA.code] / radii[OUEZZANE.code] == pytest.approx((30 / 4) ** 0.5, rel=0.02)


def test_who_comes_from_far_away_stands_at_the_edge_and_shrinks_nobody() -> None:
    text = page()
    beyond = re.findall(r'<g class="place beyond" data-code="([^"]+)"', text)
    assert (set(beyond), "A dashed outline" in text) == ({LYON.code}, True)


def test_text_is_text_whatever_it_holds() -> None:
    odd = a_candidate(a_participant("p1", "<script>alert(1)</script>"), place=CASABLANCA, distance_km=5.0)
    assert "<script" not in page(plan=a_plan([odd]))


def test_an_event_without_anybody_has_a_map_too() -> None:
    assert "<svg" in page(plan=a_plan([]))


def test_the_map_comes_as_a_page_first_and_in_table_formats() -> None:
    assert (MAP.formats, [one.name for one in MAP.writers]) == (("html", "xlsx", "csv", "json"), ["html"])


def test_a_real_browser_draws_it_and_asks_the_network_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_bytes(map_page(report("ar")))
    dom, asked = opened(file, tmp_path)
    places = re.findall(r'<g class="place[^"]*" data-code="([^"]+)"', dom)
    drawn = len(re.findall(r'class="outline" cx="[\d.]+" cy="[\d.]+" r="[\d.]+"', dom))
    rings = re.findall(r'data-km="([\d.]+)"', dom)
    everywhere = sorted({CASABLANCA.code, OUEZZANE.code, LYON.code})
    assert (asked, sorted(set(places)), drawn, rings) == ([], everywhere, 6, ["50"])
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_a_page_that_asked_the_network_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<img src="http://127.0.0.1:9/x.png">', encoding="utf-8")
    assert opened(file, tmp_path)[1] == ["http://127.0.0.1:9/x.png"]
