"""A map of participants as one web page: circles by number of people, sectors by decision, rings at the limits.

Nothing is fetched and nothing runs: the drawing is SVG in the page, the benefit is chosen by radio buttons and style,
and what a circle stands for is its tooltip. The tables below the drawing say the same in numbers.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from eventops.builtin.web_pages import web_page
from eventops.domain.reporting.reports import Report, Table, rows_of
from eventops.domain.reporting.safe_text import representable
from eventops.domain.rules import Outcome
from eventops.domain.texts import Text

COLOURS: Mapping[str, str] = {
    "granted": "#2a7f62",
    "excluded": "#b5303f",
    "referred": "#e3a008",
    "not_covered": "#8496a0",
}
SIZE, MARGIN = 1000.0, 30.0
# The frame holds this share of the people; the rest stand at its edge, so that one guest from far away does not
# shrink everybody else to a dot.
SHARE_INSIDE = 0.95
LEAST_REACH_KM, ROOM = 15.0, 1.12
SMALLEST_CIRCLE, LARGEST_CIRCLE = 6.0, 52.0
FONT = 15.0
DRAWN = ("code", "east_km", "north_km")
BEYOND = Text(
    "A dashed outline: farther away than the map reaches, drawn at its edge in the right direction.",
    fr="Contour en tirets : plus loin que la carte, dessiné à son bord dans la bonne direction.",
    ar="إطار متقطع: مكان أبعد من حدود الخريطة، مرسوم على حافتها في اتجاهه الصحيح.",
)
STYLE = """
.map { max-width: 62rem; margin: 0 auto 1rem; }
.map svg { width: 100%; height: auto; background: #f7fafb; border: 1px solid #c9d3d7; border-radius: .4rem; }
.map label { margin-inline-end: 1rem; cursor: pointer; }
.map .ring { fill: none; stroke: #1f4e5f; stroke-width: 1.4; stroke-dasharray: 7 5; }
.map .venue { fill: #16262c; stroke: #fff; }
.map .outline { fill: none; stroke: #fff; stroke-width: 1.5; }
.map .beyond .outline { stroke: #16262c; stroke-dasharray: 3 3; }
.map .sector { fill-opacity: .88; } .map .place:hover .outline { stroke: #16262c; stroke-width: 3; }
.map text { font: 15px "Segoe UI", "Noto Sans", "Noto Naskh Arabic", Tahoma, Arial, sans-serif; fill: #16262c;
  text-anchor: middle; paint-order: stroke; stroke: #f7fafb; stroke-width: 4px; stroke-linejoin: round; }
.map .km { fill: #1f4e5f; font-weight: bold; }
.map ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
.map .mark { display: inline-block; width: .9rem; height: .9rem; border-radius: 50%; vertical-align: -.1rem;
  margin-inline-end: .4rem; }
.map .benefit { display: none; }
@media print { .map svg { max-height: 17cm; } }
"""

Row = Mapping[str, Any]
Box = tuple[float, float, float, float]


class Spot(Struct, frozen=True, kw_only=True):
    """A place on the drawing: where, how large, and its row of every benefit."""

    x: float
    y: float
    radius: float
    beyond: bool
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return str(self.rows[0]["place"])


class Frame(Struct, frozen=True, kw_only=True):
    """What part of the plane is drawn: kilometres east and north of the venue, and the scale."""

    west: float
    north: float
    width_km: float
    height_km: float

    @property
    def scale(self) -> float:
        return (SIZE - 2 * MARGIN) / self.width_km

    @property
    def height(self) -> float:
        return self.height_km * self.scale + 2 * MARGIN

    def at(self, east_km: float, north_km: float) -> tuple[float, float]:
        return MARGIN + (east_km - self.west) * self.scale, MARGIN + (self.north - north_km) * self.scale


def map_page(report: Report) -> bytes:
    """The page of a map report (see exports.map). Shape: the tables `places` and `limits`."""
    places, limits = report.tables
    rows = list(rows_of(places))
    rings = _rings(list(rows_of(limits)))
    frame = _frame(rows, [km for km, _ in rings])
    spots = _spots(rows, frame)
    titles = {column.name: str(column.title) for column in places.columns}
    benefits = list(dict.fromkeys(str(row["benefit"]) for row in rows))
    figure = "\n".join(_figure(report, frame, spots, rings, titles, benefits, limits))
    page = msgspec.structs.replace(report, tables=(_narrowed(places), limits))
    return web_page(page, figure=figure, style=STYLE + _choice_style(len(benefits)))


def _narrowed(table: Table) -> Table:
    """The table without what the drawing shows better."""
    kept = [index for index, column in enumerate(table.columns) if column.name not in DRAWN]
    return msgspec.structs.replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
    )


def _rings(limits: Sequence[Row]) -> list[tuple[float, str]]:
    """Each limit once, with everything that is held against it, line by line; the venue is the one of 0 km."""
    said: dict[float, list[str]] = {}
    for row in limits:
        said.setdefault(float(row["km"]), []).append(str(row["what"]))
    return [(km, "\n".join(lines)) for km, lines in said.items()]


def _frame(rows: Sequence[Row], limits: Sequence[float]) -> Frame:
    """The part that holds the venue, the nearest of the people and the limits that are not far beyond them."""
    people = {row["code"]: row for row in rows}.values()
    nearest = sorted(people, key=lambda row: row["distance_km"])
    wanted = SHARE_INSIDE * sum(row["people"] for row in nearest)
    inside: list[Row] = []
    while nearest and sum(row["people"] for row in inside) < wanted:
        inside.append(nearest.pop(0))
    reach = max((row["distance_km"] for row in inside), default=0.0)
    shown = max((km for km in limits if km <= max(1.3 * reach, LEAST_REACH_KM)), default=LEAST_REACH_KM)
    easts = [row["east_km"] for row in inside]
    norths = [row["north_km"] for row in inside]
    # A ring is shown where people are: to its whole extent only on the sides they come from.
    least = max(LEAST_REACH_KM, 0.35 * max(reach, shown))
    west, east = min([-least, *easts]) * ROOM, max([least, *easts]) * ROOM
    south, north = min([-least, *norths]) * ROOM, max([least, *norths]) * ROOM
    return Frame(west=west, north=north, width_km=east - west, height_km=north - south)


def _spots(rows: Sequence[Row], frame: Frame) -> list[Spot]:
    """The places, largest first, so that small ones are drawn above them."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["code"]), []).append(row)
    most = max((group[0]["people"] for group in groups.values()), default=1)
    unit = min(LARGEST_CIRCLE / math.sqrt(most), 2 * SMALLEST_CIRCLE)
    spots = []
    for group in groups.values():
        x, y = frame.at(group[0]["east_km"], group[0]["north_km"])
        radius = max(SMALLEST_CIRCLE, unit * math.sqrt(group[0]["people"]))
        inside_x = min(max(x, radius), SIZE - radius)
        inside_y = min(max(y, radius), frame.height - radius)
        beyond = abs(inside_x - x) > MARGIN or abs(inside_y - y) > MARGIN
        spots.append(Spot(x=inside_x, y=inside_y, radius=radius, beyond=beyond, rows=tuple(group)))
    return spots


def _figure(
    report: Report,
    frame: Frame,
    spots: Sequence[Spot],
    rings: Sequence[tuple[float, str]],
    titles: Mapping[str, str],
    benefits: Sequence[str],
    limits: Table,
) -> Iterator[str]:
    unit = str(limits.columns[0].title)
    yield '<figure class="map">'
    for number, benefit in enumerate(benefits):
        checked = " checked" if number == 0 else ""
        yield f'<input type="radio" name="benefit" id="benefit-{number}"{checked}>'
        yield f'<label for="benefit-{number}">{_text(benefit)}</label>'
    direction = "rtl" if report.right_to_left else "ltr"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:.0f} {frame.height:.0f}" role="img" '
        f'direction="{direction}" aria-label="{escape(representable(str(report.title)))}">'
    )
    taken: list[Box] = []
    yield from (_ring(km, said, frame, unit, taken) for km, said in rings if km)
    for number in range(len(benefits)):
        yield f'<g class="benefit benefit-{number}">'
        yield from (_circle(spot, spot.rows[number], titles, unit) for spot in spots)
        yield "</g>"
    x, y = frame.at(0, 0)
    venue = next((said for km, said in rings if not km), "")
    yield f'<path class="venue" d="M{x:.1f} {y - 11:.1f}l4 8 8 1-6 6 2 8-8-4-8 4 2-8-6-6 8-1z">'
    yield f"<title>{_text(venue)}</title></path>"
    yield from _labels(spots, frame, taken)
    yield "</svg>"
    yield from _legend(titles, any(spot.beyond for spot in spots), report.language)
    yield "</figure>"


def _ring(km: float, said: str, frame: Frame, unit: str, taken: list[Box]) -> str:
    """A limit: the circle at that distance, and its label above the venue or where else there is room for it."""
    x, y = frame.at(0, 0)
    radius = km * frame.scale
    label = f"{km:g} {unit}"
    spots = ((x, y - radius - 4), (x, y + radius - 4), (x + radius, y), (x - radius, y))
    shown = ""
    for at_x, at_y in spots:
        box = _box(label, at_x, at_y)
        inside = box[0] > 0 and box[1] > 0 and box[2] < SIZE and box[3] < frame.height
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            shown = f'<text class="km" x="{at_x:.1f}" y="{at_y:.1f}">{_text(label)}</text>'
            break
    return (
        f'<g><circle class="ring" data-km="{km:g}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{_text(label)}\n{_text(said)}</title></circle>{shown}</g>"
    )


def _circle(spot: Spot, row: Row, titles: Mapping[str, str], unit: str) -> str:
    """A place under one benefit: a circle cut into sectors by outcome, and its tooltip."""
    counts = [(outcome.value, int(row[outcome.value] or 0)) for outcome in Outcome]
    lines = [f"{row['place']}: {row['distance_km']:g} {unit}", f"{titles['people']}: {row['people']}"]
    lines += [f"{titles[name]}: {count}" for name, count in counts if count]
    lines += [str(row["names"])] if row.get("names") else []
    kind = "place beyond" if spot.beyond else "place"
    return (
        f'<g class="{kind}" data-code="{escape(str(row["code"]))}" data-people="{row["people"]}">'
        f"{''.join(_sectors(spot, counts))}"
        f'<circle class="outline" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}"/>'
        f"<title>{_text(chr(10).join(lines))}</title></g>"
    )


def _sectors(spot: Spot, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    total = sum(count for _, count in counts)
    turned = 0
    for name, count in counts:
        if not count:
            continue
        start, turned = turned, turned + count
        if count == total:
            shape = f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}"'
        else:
            (x1, y1), (x2, y2) = (_on_circle(spot, turn / total) for turn in (start, turned))
            arc = f"A{spot.radius:.1f} {spot.radius:.1f} 0 {int(2 * count > total)} 1 {x2:.1f} {y2:.1f}Z"
            shape = f'<path d="M{spot.x:.1f} {spot.y:.1f}L{x1:.1f} {y1:.1f}{arc}"'
        yield f'{shape} class="sector {name}" fill="{COLOURS[name]}"/>'


def _on_circle(spot: Spot, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return spot.x + spot.radius * math.sin(angle), spot.y - spot.radius * math.cos(angle)


def _labels(spots: Sequence[Spot], frame: Frame, taken: list[Box]) -> Iterator[str]:
    """The names of the places, largest first, where they do not cover one another."""
    for spot in spots:
        half = _half_width(spot.name)
        below = spot.y + spot.radius + FONT
        y = below if below < frame.height - 4 else spot.y - spot.radius - 5
        x = min(max(spot.x, half + 3), SIZE - half - 3)
        box = _box(spot.name, x, y)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield f'<text x="{x:.1f}" y="{y:.1f}">{_text(spot.name)}</text>'


def _half_width(label: str) -> float:
    return 0.3 * FONT * len(label)


def _box(label: str, x: float, y: float) -> Box:
    """The room a label takes: left, top, right, bottom."""
    half = _half_width(label)
    return x - half, y - FONT, x + half, y + 3


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _legend(titles: Mapping[str, str], beyond: bool, language: str) -> Iterator[str]:
    yield "<figcaption><ul>"
    for name, colour in COLOURS.items():
        yield f'<li><span class="mark" style="background:{colour}"></span>{_text(titles[name])}</li>'
    yield "</ul>"
    if beyond:
        yield f'<p class="note">{_text(BEYOND.written_in(language) or BEYOND.en)}</p>'
    yield "</figcaption>"


def _choice_style(count: int) -> str:
    """One radio button shows one benefit."""
    return "".join(f"#benefit-{n}:checked ~ svg .benefit-{n} {{ display: inline; }}\n" for n in range(count))


def _text(text: str) -> str:
    return escape(representable(text), quote=False)
