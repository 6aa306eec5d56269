"""Tables in tests that read as tables: an aligned text becomes rows, or candidates.

Example:
    near, far = candidates_of('''
        name   town     region  km   age  needs       leaves
        Salma  Settat   MA-06   70   34   -           07:10
        Omar   Tangier  MA-01   260  28   wheelchair  05:30
    ''')
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from textwrap import dedent
from typing import Any

import msgspec

from eventops.domain.event import Event
from eventops.domain.people import Gender
from eventops.domain.places import Place, Point
from eventops.domain.rules import Candidate, Seat
from eventops.domain.texts import Text
from eventops.testing.builders import DAY, ZONE, a_candidate, a_participant
from eventops.testing.examples import measured_candidate

EMPTY = "-"


def table_of(text: str) -> tuple[dict[str, str], ...]:
    """The rows of an aligned text, by the headings of its first line. Cells stand two spaces or a | apart, or begin
    below their headings; - is empty.

    Errors: ValueError for a row with another number of cells than the header.
    """
    lines = [line for line in dedent(text).splitlines() if line.strip() and not set(line.strip()) <= set("-| ")]
    header = _cells(lines[0])
    rows: list[dict[str, str]] = []
    for line in lines[1:]:
        row = _cells(line)
        if len(row) != len(header):
            row = _cells_below(lines[0], header, line) or row
        if len(row) != len(header):
            raise ValueError(f"{len(row)} cells for {len(header)} columns ({', '.join(header)}) in: {line}")
        rows.append({name: "" if cell == EMPTY else cell for name, cell in zip(header, row, strict=True)})
    return tuple(rows)


def _cells(line: str) -> list[str]:
    if "|" in line:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return re.split(r"\s{2,}|\t", line.strip())


def _cells_below(heading: str, header: Sequence[str], line: str) -> list[str]:
    """The cells of a line where each begins below its heading; none where a cell runs on below the next."""
    starts: list[int] = []
    for name in header:
        starts.append(heading.index(name, starts[-1] + 1 if starts else 0))
    if any(start and start <= len(line) and line[start - 1] != " " for start in starts):
        return []
    ends = [*starts[1:], None]
    cells = [line[start:end].strip() or EMPTY for start, end in zip(starts, ends, strict=True)]
    return [] if any("  " in cell for cell in cells) else cells


def candidates_of(text: str, event: Event | None = None) -> tuple[Candidate, ...]:
    """One candidate for each row. Columns: any text of a participant (name, category, needs …), `age`, `gender`,
    `inclusion` (words between commas), and of the place `town region province country urban`; `km` in a straight line,
    `road_km`, `minutes`, the hours `leaves` and `back` (HH:MM on the day of the event), `waiting` (place in the queue),
    `field.NAME` for what a plugin asks. A row without `town` and `km` has no place.

    Errors: ValueError for a column nobody knows.
    """
    return tuple(_candidate(number, row, event) for number, row in enumerate(table_of(text), 1))


_PLACE = ("town", "region", "province", "country", "urban")
_TEXTS = ("name", "name_latin", "email", "phone", "category", "organisation", "role", "language", "association", "diet")
_ABOUT: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("id", "needs", "notes", *_TEXTS), str),
    "age": int,
    "gender": Gender,
    "inclusion": lambda cell: tuple(word.strip() for word in cell.split(",")),
    "allergens": lambda cell: tuple(word.strip() for word in cell.split(",")),
    "workshops": lambda cell: tuple(word.strip() for word in cell.split(",")),
}
_MEASURED: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "road_km": ("road_km", float),
    "minutes": ("travel_minutes", int),
    "leaves": ("leaves_home_at", lambda cell: _at(cell)),
    "back": ("back_home_at", lambda cell: _at(cell)),
}


def _at(cell: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(cell), tzinfo=ZONE)


def _candidate(number: int, row: Mapping[str, str], event: Event | None) -> Candidate:
    known = {*_ABOUT, *_PLACE, *_MEASURED, "km", "waiting"}
    for name in row:
        if name not in known and not name.startswith("field."):
            raise ValueError(f"there is no column {name}; columns are {', '.join(sorted(known))}, field.NAME")
    fields: dict[str, Any] = {"id": f"p{number}", "name": f"Person {number}"}
    fields |= {name: _ABOUT[name](cell) for name, cell in row.items() if name in _ABOUT and cell}
    fields["fields"] = {name.removeprefix("field."): _plain(row[name]) for name in row if name.startswith("field.")}
    fields["town"] = row.get("town", "")
    person = a_participant(**fields)
    place, km = _place(row), float(row["km"]) if row.get("km") else None
    if place is None or km is None:
        candidate = a_candidate(person, place=place, distance_km=None)
    elif event is not None:
        candidate = measured_candidate(event, person, place, km)
    else:
        candidate = a_candidate(person, place=place, distance_km=km)
    measured = {field: made(row[name]) for name, (field, made) in _MEASURED.items() if row.get(name)}
    if row.get("waiting"):
        measured |= {"seat": Seat.WAITING, "waiting_position": int(row["waiting"])}
    return msgspec.structs.replace(candidate, **measured)


def _place(row: Mapping[str, str]) -> Place | None:
    if not row.get("town") and not row.get("km"):
        return None
    name = row.get("town", "") or "Somewhere"
    country = row.get("country", "") or "MA"
    return Place(
        code=f"{country}:{name}",
        name=Text(name, fr=name, ar=name),
        kind="commune",
        country=country,
        point=Point(33.0, -7.0),
        region=row.get("region", ""),
        region_name=Text(row.get("region", "")),
        province=row.get("province", ""),
        province_name=Text(row.get("province", "")),
        urban=row.get("urban", "yes") in ("yes", "true", "1"),
    )


def _plain(cell: str) -> str | int | float | bool:
    """A cell as the value it looks like."""
    if cell in ("yes", "no"):
        return cell == "yes"
    for type_ in (int, float):
        try:
            return type_(cell)
        except ValueError:
            continue
    return cell
