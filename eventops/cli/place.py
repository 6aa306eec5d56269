"""place find, show, review, pin, unpin."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Nouns
from eventops.cli.place_roads import roads
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.places import Place, PlaceCandidate, Placement, PlacementStatus
from eventops.domain.reporting.labels import label_of
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.domain.places import PlaceQuery
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

# What a hint was read from.
HINTS = {
    "country": Text("the country"),
    "region": Text("the region"),
    "province": Text("the province"),
    "text": Text("the rest of the text"),
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


def venue_town(shell: Shell) -> Text:
    """The town of the venue, in the languages it is known in."""
    from eventops.application.facts import load_pins
    from eventops.application.placing import load_venue_town

    return load_venue_town(shell.event_in_force, load_pins(shell.documents), shell.registry, shell.cache)


@place.command("find")
@click.argument("text")
@click.option("--province", default="", help="The province or prefecture beside it.")
@click.option("--region", default="", help="The region beside it.")
@click.option("--country", default="", help="The country beside it.")
@pass_shell
def find_place(shell: Shell, text: str, province: str, region: str, country: str) -> None:
    """Where TEXT leads: matched, to review, or unresolved."""
    from eventops.application.views import placement_view
    from eventops.domain.placing.matching import PlaceQuery, placements

    gazetteers, home, pins = _gazetteers(shell)
    query = PlaceQuery(text, province, region, country)
    placement = placements([query], gazetteers, home_country=home, pins=pins)[query]
    shell.show(placement_view(placement, shell.wording, query), _placement_lines(shell, placement))


def _placement_lines(shell: Shell, placement: Placement) -> list[str]:
    status = shell.say(label_of(placement.status))
    if placement.level:
        level = LEVELS.get(placement.level, placement.level)
        status += f" ({shell.wording.value((level, f'{placement.score:.2f}'))})"
    lines = [shell.titled(placement.text, status)]
    if placement.reason.en:
        lines.append(shell.say(placement.reason))
    if placement.hint and placement.hint != "pinned":
        helped = tuple(shell.say(HINTS.get(one, Text(one))) for one in placement.hint.split(", "))
        lines.append(shell.say("Helped by: {columns}", columns=helped))
    if placement.data:
        lines.append(shell.say("Place data: {data}", data=placement.data))
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
    from eventops.domain.placing.matching import names_by_code, place_by_code

    gazetteers, _, _ = _gazetteers(shell)
    found = place_by_code(code, gazetteers)
    if found is None:
        raise NotUsable("There is no place {code}; eventops place find TEXT shows codes", code=code)
    names = {found.name.fr, found.name.ar, found.name.en}
    others = [text for text, _ in names_by_code(code, gazetteers) if text not in names]
    tifinagh = [text for text in dict.fromkeys(others) if _is_tifinagh(text)]
    others = [text for text in dict.fromkeys(others) if not _is_tifinagh(text)]
    view = {
        **place_view(found, shell.wording),
        "names": {
            "fr": found.name.fr,
            "ar": found.name.ar,
            "en": found.name.en,
            "tifinagh": tifinagh,
            "other": others,
        },
        "kind": found.kind,
        "radius_km": found.radius_km,
        "population": found.population,
        "urban": found.urban,
    }
    shell.show(view, _place_lines(shell, found, tifinagh, others))


def _is_tifinagh(text: str) -> bool:
    return any("\u2d30" <= letter <= "\u2d7f" for letter in text)


def _place_lines(shell: Shell, one: Place, tifinagh: Sequence[str], others: Sequence[str]) -> list[str]:
    facts = (
        (Text("Code"), one.code),
        (Text("In English"), one.name.en),
        (Text("In French"), one.name.fr),
        (Text("In Arabic"), one.name.ar),
        (Text("In Tifinagh"), ", ".join(tifinagh)),
        (Text("Other names"), ", ".join(others)),
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
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write them to a .csv with an empty column code, which place pin --from takes back filled in.",
)
@pass_shell
def review_places(shell: Shell, output: Path | None) -> None:
    """The towns that are doubtful or unknown, each text once, the most frequent first, with what they may be."""
    from eventops.application.placing import query_of
    from eventops.application.views import placement_view

    grouped: dict[PlaceQuery, list[str]] = {}
    placements: dict[PlaceQuery, Placement] = {}
    for candidate in shell.plan.candidates:
        if candidate.placement.status is PlacementStatus.MATCHED:
            continue
        query = query_of(candidate.participant)
        grouped.setdefault(query, []).append(candidate.participant.id)
        placements[query] = candidate.placement
    ordered = sorted(grouped.items(), key=lambda one: -len(one[1]))
    view = [
        {**placement_view(placements[query], shell.wording, query), "participants": people} for query, people in ordered
    ]
    lines: list[str] = []
    for query, people in ordered:
        lines += [*_placement_lines(shell, placements[query]), shell.say("People: {people}", people=tuple(people))]
        lines += [shell.say("Settle it with: eventops place pin “{town}” CODE", town=query.text), ""]
    if output is not None:
        _write_review(output, [(query, len(people), placements[query]) for query, people in ordered])
        lines = [shell.say("Wrote {file}: fill in the column code, then eventops place pin --from", file=str(output))]
    shell.show(view, lines or [shell.say("Every town is settled.")])


def _write_review(file: Path, rows: "Sequence[tuple[PlaceQuery, int, Placement]]") -> None:
    """The open texts as a table to fill in, guarded against formulas, for Excel too."""
    import csv
    import io

    from eventops.cli.files import save_file
    from eventops.domain.reporting.safe_text import guarded

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("text", "province", "region", "country", "people", "code", "candidates"))
    for query, people, placement in rows:
        candidates = "; ".join(
            f"{one.place.code} {one.place.name.en} ({one.place.province_name.en or one.place.region})"
            for one in placement.candidates
        )
        written = (query.text, query.province, query.region, query.country)
        writer.writerow((*map(guarded, written), people, "", guarded(candidates)))
    save_file(file, b"\xef\xbb\xbf" + stream.getvalue().encode())


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
    help="A .csv or .xlsx with the columns text and code (and province, region, country), many at once.",
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
    from eventops.domain.placing.matching import PlaceQuery, pin_key, place_by_code

    if file is None and (text is None or code is None):
        raise NotUsable("Give a text and the code of a place, or --from FILE.csv")
    chosen = [(PlaceQuery(text or "", province, region, country), code or "")] if file is None else _pins_in(file)
    pins = []
    with shell.changing("place pin", dry_run=dry_run) as change:
        gazetteers, _, _ = _gazetteers(shell)
        for query, wanted in chosen:
            if place_by_code(wanted, gazetteers) is None:
                raise NotUsable("There is no place {code}; eventops place find TEXT shows codes", code=wanted)
            pin = Pin(text=pin_key(query), code=wanted)
            change.put("pin", pin.text, document_of(pin))
            pins.append(pin)
    sentence = (
        Text("Pinned {count} texts.") if not dry_run else Text("{count} texts would be pinned; nothing was changed.")
    )
    shell.show(
        {"pinned": [{"text": pin.text, "code": pin.code} for pin in pins], "dry_run": dry_run},
        [shell.say(sentence, count=len(pins))],
    )


def _pins_in(file: Path) -> "list[tuple[PlaceQuery, str]]":
    """The texts and codes of a table; in one that `place review` wrote, rows still without code are left out.

    Errors: NotUsable.
    """
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.cli.files import file_bytes
    from eventops.domain.places import PlaceQuery
    from eventops.domain.reporting.safe_text import unguarded

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
        told = {name: unguarded(cell) for name, cell in zip(headings, row, strict=False)}
        if not any(row) or (not told.get("code") and "candidates" in headings):
            continue
        if not told.get("text") or not told.get("code"):
            raise NotUsable("{file}, row {row}: a text and a code are expected", file=str(file), row=number)
        text, province, region, country = (told.get(name, "") for name in ("text", "province", "region", "country"))
        pins.append((PlaceQuery(text, province, region, country), told["code"]))
    return pins


@place.command("unpin")
@click.argument("text")
@click.option("--province", default="", help="The province it was pinned beside.")
@click.option("--region", default="", help="The region it was pinned beside.")
@click.option("--country", default="", help="The country it was pinned beside.")
@pass_shell
def unpin_place(shell: Shell, text: str, province: str, region: str, country: str) -> None:
    """Forget what TEXT was pinned to."""
    from eventops.domain.placing.matching import PlaceQuery, pin_key

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
    from eventops.domain.placing.matching import place_by_code

    gazetteers, _, pins = _gazetteers(shell)
    view, rows = [], []
    for text, code in sorted(pins.items()):
        found = place_by_code(code, gazetteers)
        view.append({"text": text, "code": code, "place": None if found is None else place_view(found, shell.wording)})
        rows.append((text, code, "-" if found is None else shell.say(found.name)))
    headings = [shell.say(one) for one in ("Text", "Code", "Name")]
    shell.show(view, table_lines(headings, rows))


place.add_command(roads)
