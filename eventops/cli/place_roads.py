"""place roads: known road distances, from a table."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.texts import Text
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventops.application.roads import RoadPair
    from eventops.extension.spec import Gazetteer

COLUMNS = ("from", "to", "km")


@click.command("roads")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--clear", is_flag=True, help="Forget every known road.")
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@pass_shell
def roads(shell: Shell, file: Path | None, clear: bool, dry_run: bool) -> None:
    """Known road distances: list them, or take them from FILE, a .csv or .xlsx with the columns from, to, km (and
    minutes). They win over every estimate and every server."""
    from eventops.application.roads import KIND, load_pairs, pair_id

    if clear and file is not None:
        raise NotUsable("Give a file of roads, or --clear, not both")
    if file is None and not clear:
        _show(shell, load_pairs(shell.documents))
        return
    with shell.changing("place roads", dry_run=dry_run) as change:
        before = load_pairs(change)
        pairs = _pairs_in(shell, file) if file is not None else []
        if clear:
            for one in before:
                change.remove(KIND, pair_id(one.start, one.end))
        for one in pairs:
            change.put(KIND, pair_id(one.start, one.end), _document(one))
    if clear:
        shell.show(
            {"cleared": len(before), "dry_run": dry_run}, [shell.say("Forgot {count} roads.", count=len(before))]
        )
        return
    sentence = Text("{count} roads are known now.") if not dry_run else Text("{count} roads are well; none was kept.")
    shell.show({"roads": [_view(one) for one in pairs], "dry_run": dry_run}, [shell.say(sentence, count=len(pairs))])


def _document(pair: "RoadPair") -> dict[str, object]:
    from eventops.application.facts import document_of

    return document_of(pair)


def _view(pair: "RoadPair") -> dict[str, object]:
    return {"from": pair.start, "to": pair.end, "km": pair.km, "minutes": pair.minutes, "source": pair.source}


def _show(shell: Shell, pairs: "Sequence[RoadPair]") -> None:
    from eventops.application.placing import gazetteers_of
    from eventops.domain.placing.matching import place_by_code

    gazetteers = gazetteers_of(shell.event, shell.registry)

    def name(code: str) -> str:
        place = place_by_code(code, gazetteers)
        return code if place is None else shell.say(place.name)

    headings = [shell.say(one) for one in ("From", "To", "Kilometres", "Minutes", "Source")]
    rows = [(name(one.start), name(one.end), one.km, one.minutes or "-", one.source) for one in pairs]
    shell.show([_view(one) for one in pairs], table_lines(headings, rows))


def _pairs_in(shell: Shell, file: Path) -> "list[RoadPair]":
    """The roads of a table, both ends settled. Errors: NotUsable with the row and what was seen."""
    from eventops.adapters.spreadsheets import sheets_of_workbook
    from eventops.application.placing import gazetteers_of
    from eventops.application.roads import RoadPair
    from eventops.cli.files import file_bytes

    sheet = sheets_of_workbook(file_bytes(file), file.name)[0]
    headings, *rows = [[str("" if cell is None else cell).strip() for cell in row] for row in sheet.rows] or [[]]
    headings = [heading.casefold() for heading in headings]
    if not set(COLUMNS) <= set(headings):
        raise NotUsable(
            "{file} has the columns {seen}; the columns {expected} are expected",
            file=str(file),
            seen=", ".join(headings) or "-",
            expected=", ".join(COLUMNS),
        )
    gazetteers = gazetteers_of(shell.event, shell.registry)
    pairs = []
    for number, row in enumerate(rows, start=sheet.first_row + 1):
        if any(row):
            told = dict(zip(headings, row, strict=False))
            start, end = (_code_of(shell, told.get(end, ""), gazetteers, file, number) for end in ("from", "to"))
            km, minutes = _number(told.get("km", ""), file, number, "km"), told.get("minutes", "")
            pairs.append(
                RoadPair(
                    start=start,
                    end=end,
                    km=km,
                    minutes=round(_number(minutes, file, number, "minutes")) if minutes else None,
                    source=file.name,
                )
            )
    return pairs


def _code_of(shell: Shell, text: str, gazetteers: "Sequence[Gazetteer]", file: Path, row: int) -> str:
    """The code of the one place a text names, or the code itself."""
    from eventops.domain.placing.matching import PlaceQuery, place_by_code, placements

    if ":" in text and place_by_code(text, gazetteers) is not None:
        return text
    query = PlaceQuery(text)
    placement = placements([query], gazetteers, home_country=shell.event.country)[query]
    if placement.place is None:
        raise NotUsable(
            "{file}, row {row}: “{town}” is not one settled place ({places}); write its code, which eventops place "
            "find shows",
            file=str(file),
            row=row,
            town=text,
            places=", ".join(one.place.code for one in placement.candidates) or "-",
        )
    return placement.place.code


def _number(text: str, file: Path, row: int, column: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 50_000:
        raise NotUsable(
            "{file}, row {row}, column {column}: “{seen}” is not a number of 0 or more",
            file=str(file),
            row=row,
            column=column,
            seen=text,
        )
    return value
