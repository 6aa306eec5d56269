"""venue show, list, set, add, remove: the place and its rooms."""

import click
import msgspec

from eventops.cli.event_edits import (
    dry_run_option,
    item_called,
    items_without,
    new_id,
    save_checked,
    title_options,
    title_with,
)
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.event import Room
from eventops.domain.places import Point
from eventops.domain.texts import Text
from eventops.errors import NotUsable

ROOM = Text("room")


@click.group(cls=Nouns)
def venue() -> None:
    """The venue and its rooms."""


@venue.command("show")
@pass_shell
def show_venue(shell: Shell) -> None:
    """The venue: name, address, town, position, rooms."""
    from eventops.application.facts import document_of

    place = shell.event.venue
    lines = [
        shell.say(place.name),
        shell.wording.value([part for part in (shell.say(place.address), place.town, place.region) if part]),
        f"{place.point.lat}, {place.point.lon}",
        "",
        *_room_lines(shell),
    ]
    shell.show(document_of(place), lines)


@venue.command("list")
@pass_shell
def list_rooms(shell: Shell) -> None:
    """The rooms of the venue."""
    from eventops.application.facts import document_of

    shell.show([document_of(room) for room in shell.event.venue.rooms], _room_lines(shell))


def _room_lines(shell: Shell) -> list[str]:
    headings = [shell.say(one) for one in ("Room", "Name", "Capacity", "Equipment")]
    rows = [
        (
            room.id,
            shell.say(room.name),
            room.capacity,
            shell.wording.value([f"{thing.count} {shell.say(thing.name)}" for thing in room.equipment]),
        )
        for room in shell.event.venue.rooms
    ]
    return table_lines(headings, rows)


@venue.command("set")
@title_options
@click.option("--town", help="The town of the venue.")
@click.option("--lat", type=float, help="Latitude in degrees; distances are measured to it.")
@click.option("--lon", type=float, help="Longitude in degrees.")
@dry_run_option
@pass_shell
def set_venue(
    shell: Shell,
    title: str | None,
    title_fr: str | None,
    title_ar: str | None,
    town: str | None,
    lat: float | None,
    lon: float | None,
    dry_run: bool,
) -> None:
    """Change the venue."""
    before = shell.event.venue
    try:
        point = Point(before.point.lat if lat is None else lat, before.point.lon if lon is None else lon)
    except ValueError as error:
        raise NotUsable(
            "--lat {lat} and --lon {lon} are not a place; degrees from -90 to 90 and from -180 to 180 are expected",
            lat=before.point.lat if lat is None else lat,
            lon=before.point.lon if lon is None else lon,
        ) from error
    after = msgspec.structs.replace(
        before, name=title_with(before.name, title, title_fr, title_ar), town=town or before.town, point=point
    )
    changed = msgspec.structs.replace(shell.event, venue=after)
    save_checked(shell, changed, "venue set", dry_run, {"venue": after.name.en})


@venue.command("add")
@click.argument("room")
@title_options
@click.option("--capacity", type=click.IntRange(min=1), required=True, help="How many people it holds.")
@dry_run_option
@pass_shell
def add_room(
    shell: Shell,
    room: str,
    title: str | None,
    title_fr: str | None,
    title_ar: str | None,
    capacity: int,
    dry_run: bool,
) -> None:
    """Add the room ROOM (a short id like main-hall)."""
    rooms = shell.event.venue.rooms
    made = Room(id=new_id(rooms, room, ROOM), name=title_with(Text(room), title, title_fr, title_ar), capacity=capacity)
    _save_rooms(shell, (*rooms, made), "venue add", dry_run, room)


@venue.command("remove")
@click.argument("room")
@dry_run_option
@pass_shell
def remove_room(shell: Shell, room: str, dry_run: bool) -> None:
    """Remove the room ROOM."""
    rooms = shell.event.venue.rooms
    item_called(rooms, room, ROOM)
    _save_rooms(shell, items_without(rooms, room), "venue remove", dry_run, room)


def _save_rooms(shell: Shell, rooms: tuple[Room, ...], command: str, dry_run: bool, room: str) -> None:
    after = msgspec.structs.replace(shell.event.venue, rooms=rooms)
    save_checked(shell, msgspec.structs.replace(shell.event, venue=after), command, dry_run, {"room": room})
