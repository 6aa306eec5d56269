"""place find, show, review, pin, unpin."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.render import table_lines
from eventops.cli.shell import Nouns, Shell, pass_shell
from eventops.domain.labels import label_of
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.extension.spec import Gazetteer

# How a place was recognised.
LEVELS = {
    "exact": Text("as written"),
    "folded": Text("but for accents and case"),
    "compact": Text("but for spaces and signs"),
    "alias": Text("another name"),
    "district": Text("a district of it"),
    "consonants": Text("the same consonants"),
    "edit": Text("but for a letter or two"),
    "part": Text("a part of the name"),
    "words": Text("words of the name"),
    "pinned": Text("chosen by a person"),
    "area": Text("a place in the area"),
    "seat": Text("the seat of the area"),
}


@click.group(cls=Nouns)
def place() -> None:
    """Find a town, settle the doubtful ones."""


def _gazetteers(shell: Shell) -> "tuple[tuple[Gazetteer, ...], str, dict[str, str]]":
    """The gazetteers, the home country and the pins: the event's, or every installed one's without an event."""
    from eventops.application.facts import load_pins
    from eventops.application.placing import gazetteers_of

    if shell.has_event:
        return gazetteers_of(shell.event, shell.registry), shell.event.country, load_pins(shell.documents)
    return gazetteers_of(None, shell.every_plugin), "", {}


@place.command("find")
@click.argument("text")
@click.option("--province", default="", help="The province or prefecture beside it.")
@click.option("--region", default="", help="The region beside it.")
@click.option("--country", default="", help="The country beside it.")
@pass_shell
def find_place(shell: Shell, text: str, province: str, region: str, country: str) -> None:
    """Where TEXT leads: matched, to review, or unresolved."""
    from eventops.application.views import placement_view
    from eventops.domain.matching import PlaceQuery, placements

    gazetteers, home, pins = _gazetteers(shell)
    query = PlaceQuery(text, province, region, country)
    placement = placements([query], gazetteers, home_country=home, pins=pins)[query]
    shell.show(placement_view(placement, shell.wording), _placement_lines(shell, placement))


def _placement_lines(shell: Shell, placement: Placement) -> list[str]:
    status = shell.say(label_of(placement.status))
    if placement.level:
        level = LEVELS.get(placement.level, placement.level)
        status += f" ({shell.wording.value((level, f'{placement.score:.2f}'))})"
    lines = [shell.titled(placement.text, status)]
    if placement.reason.en:
        lines.append(shell.say(placement.reason))
    candidates = placement.candidates
    if placement.place is not None:
        candidates = (PlaceCandidate(place=placement.place, score=placement.score, level=placement.level),)
    if candidates:
        lines += ["", *_candidate_lines(shell, candidates)]
    return lines


def _candidate_lines(shell: Shell, candidates: Sequence[PlaceCandidate]) -> list[str]:
    headings = [shell.say(one) for one in ("Code", "Name", "Province", "Region", "Country", "Score")]
    rows = [
        (
            one.place.code,
            shell.say(one.place.name),
            shell.say(one.place.province_name),
            one.place.region,
            one.place.country,
            f"{one.score:.2f}",
        )
        for one in candidates
    ]
    return table_lines(headings, rows)


@place.command("show")
@click.argument("code")
@pass_shell
def show_place(shell: Shell, code: str) -> None:
    """Everything the gazetteer knows of the place CODE."""
    from eventops.application.views import place_view
    from eventops.domain.matching import place_by_code

    gazetteers, _, _ = _gazetteers(shell)
    found = place_by_code(code, gazetteers)
    if found is None:
        raise NotUsable("There is no place {code}; eventops place find TEXT shows codes", code=code)
    view = {
        **place_view(found, shell.wording),
        "names": {"fr": found.name.fr, "ar": found.name.ar, "en": found.name.en},
        "kind": found.kind,
        "radius_km": found.radius_km,
        "population": found.population,
        "urban": found.urban,
    }
    shell.show(view, _place_lines(shell, found))


def _place_lines(shell: Shell, one: Place) -> list[str]:
    facts = (
        (Text("Code"), one.code),
        (Text("In English"), one.name.en),
        (Text("In French"), one.name.fr),
        (Text("In Arabic"), one.name.ar),
        (Text("Kind"), one.kind),
        (Text("Province"), one.province_name),
        (Text("Region"), one.region_name),
        (Text("Country"), one.country),
        (Text("Position"), f"{one.point.lat}, {one.point.lon}"),
        (Text("Radius in km"), one.radius_km),
        (Text("Population"), one.population),
        (Text("Urban"), one.urban),
    )
    said = [(shell.say(title), shell.wording.value(value)) for title, value in facts if value not in (None, "")]
    return [shell.titled(title, value) for title, value in said if value]


@place.command("review")
@pass_shell
def review_places(shell: Shell) -> None:
    """The towns that are doubtful or unknown, each text once, with what they may be."""
    from eventops.application.views import placement_view

    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    placements: dict[tuple[str, str, str, str], Placement] = {}
    for candidate in shell.plan.candidates:
        if candidate.placement.status is PlacementStatus.MATCHED:
            continue
        person = candidate.participant
        key = (person.town, person.province, person.region, person.country)
        grouped.setdefault(key, []).append(person.id)
        placements[key] = candidate.placement
    view = [
        {**placement_view(placements[key], shell.wording), "participants": people} for key, people in grouped.items()
    ]
    lines: list[str] = []
    for key, people in grouped.items():
        lines += [*_placement_lines(shell, placements[key]), shell.say("People: {people}", people=tuple(people))]
        lines += [shell.say("Settle it with: eventops place pin “{town}” CODE", town=key[0]), ""]
    shell.show(view, lines or [shell.say("Every town is settled.")])


@place.command("pin")
@click.argument("text", required=False)
@click.argument("code", required=False)
@click.option("--province", default="", help="Only beside this province.")
@click.option("--region", default="", help="Only beside this region.")
@click.option("--country", default="", help="Only beside this country.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .csv or .xlsx with the columns text and code, many at once.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def pin_place(
    shell: Shell,
    text: str | None,
    code: str | None,
    province: str,
    region: str,
    country: str,
    file: Path | None,
    dry_run: bool,
) -> None:
    """Settle that TEXT means the place CODE, for everyone who wrote it."""
    from eventops.application.facts import Pin, document_of
    from eventops.domain.matching import PlaceQuery, pin_key, place_by_code

    if file is None and (text is None or code is None):
        raise NotUsable("Give a text and the code of a place, or --from FILE.csv")
    chosen = [(text or "", code or "")] if file is None else _pins_in(file)
    pins = []
    with shell.changing("place pin", dry_run=dry_run) as change:
        gazetteers, _, _ = _gazetteers(shell)
        for words, wanted in chosen:
            if place_by_code(wanted, gazetteers) is None:
                raise NotUsable("There is no place {code}; eventops place find TEXT shows codes", code=wanted)
            pin = Pin(text=pin_key(PlaceQuery(words, province, region, country)), code=wanted)
            change.put("pin", pin.text, document_of(pin))
            pins.append(pin)
    sentence = (
        Text("Pinned {count} texts.") if not dry_run else Text("{count} texts would be pinned; nothing was changed.")
    )
    shell.show(
        {"pinned": [{"text": pin.text, "code": pin.code} for pin in pins], "dry_run": dry_run},
        [shell.say(sentence, count=len(pins))],
    )


def _pins_in(file: Path) -> list[tuple[str, str]]:
    """The texts and codes of a table. Errors: NotUsable."""
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.cli.files import file_bytes

    sheet = sheets_of_workbook(file_bytes(file), file.name)[0]
    headings, *rows = [[str(cell or "").strip() for cell in row] for row in sheet.rows] or [[]]
    if "text" not in headings or "code" not in headings:
        raise NotUsable(
            "{file} has the columns {seen}; the columns text and code are expected",
            file=str(file),
            seen=", ".join(headings) or "-",
        )
    pins = []
    for number, row in enumerate(rows, start=sheet.first_row + 1):
        if not any(row):
            continue
        told = dict(zip(headings, row, strict=False))
        if not told.get("text") or not told.get("code"):
            raise NotUsable("{file}, row {row}: a text and a code are expected", file=str(file), row=number)
        pins.append((told["text"], told["code"]))
    return pins


@place.command("unpin")
@click.argument("text")
@click.option("--province", default="", help="The province it was pinned beside.")
@click.option("--region", default="", help="The region it was pinned beside.")
@click.option("--country", default="", help="The country it was pinned beside.")
@pass_shell
def unpin_place(shell: Shell, text: str, province: str, region: str, country: str) -> None:
    """Forget what TEXT was pinned to."""
    from eventops.domain.matching import PlaceQuery, pin_key

    key = pin_key(PlaceQuery(text, province, region, country))
    with shell.changing("place unpin") as change:
        if change.get("pin", key) is None:
            raise NotUsable("“{text}” is not pinned; eventops place list shows what is", text=text)
        change.remove("pin", key)
    shell.show({"unpinned": key}, [shell.say("“{text}” is no longer pinned.", text=text)])


@place.command("list")
@pass_shell
def list_pins(shell: Shell) -> None:
    """What was settled by hand: each text, as it is compared, and the place it means."""
    from eventops.application.views import place_view
    from eventops.domain.matching import place_by_code

    gazetteers, _, pins = _gazetteers(shell)
    view, rows = [], []
    for text, code in sorted(pins.items()):
        found = place_by_code(code, gazetteers)
        view.append({"text": text, "code": code, "place": None if found is None else place_view(found, shell.wording)})
        rows.append((text, code, "-" if found is None else shell.say(found.name)))
    headings = [shell.say(one) for one in ("Text", "Code", "Name")]
    shell.show(view, table_lines(headings, rows))
