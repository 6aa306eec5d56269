"""For the doors of the workshops: who is in which group, and the sign on each door."""

from eventops.builtin.exports.cells import (
    ENDS_AT,
    NUMBER,
    STARTS_AT,
    by_name,
    category_title,
    cell_or_none,
    field_column,
    heading,
    room_name,
    several,
)
from eventops.builtin.exports.programme import ROLE_TITLES
from eventops.domain.event import Event, Workshop
from eventops.domain.hosting.workshops_values import Placed
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table, Writer
from eventops.domain.texts import Message, Text
from eventops.errors import NotUsable
from eventops.extension.spec import Export

TITLE = Text("Workshop lists", fr="Listes des ateliers", ar="لوائح الورشات")
SIGNS_TITLE = Text("Door signs of the workshops", fr="Affiches des ateliers", ar="ملصقات أبواب الورشات")
WITHOUT_TITLE = Text("Without a workshop", fr="Sans atelier", ar="بدون ورشة")
GROUP = Column(name="group", title=Text("Group", fr="Groupe", ar="المجموعة"), kind=Kind.INTEGER, width=9)
ROLE = Column(name="role", title=Text("As", fr="En tant que", ar="بصفة"), width=16)
COLUMNS = (
    NUMBER,
    field_column("name", width=32),
    field_column("organisation", width=30),
    field_column("category", width=24),
    ROLE,
    GROUP,
    Column(name="signature", title=Text("Signature", fr="Signature", ar="التوقيع"), width=24, editable=True),
)
WHERE = Text("{room}, {starts_at}")
SIGN_COLUMNS = (
    Column(name="title", title=Text("Workshop", fr="Atelier", ar="الورشة"), width=50),
    Column(name="room", title=Text("Room", fr="Salle", ar="القاعة"), width=24),
    Column(name="date", title=Text("Day", fr="Jour", ar="اليوم"), kind=Kind.DATE, width=13),
    STARTS_AT,
    ENDS_AT,
    Column(name="with", title=Text("With", fr="Avec", ar="بمشاركة"), width=36),
)


def workshop_lists(plan: Plan, options: Options) -> Report:
    """A table for each workshop, by group and name, and one of those without. `for_id` names one workshop.

    Errors: NotUsable when the event has no such workshop, or none at all.
    """
    wanted = [one for one in plan.event.workshops if options.for_id in ("", one.id)]
    if not wanted:
        raise NotUsable("The event has no workshop to write a list of; add them under [[workshops]]")
    tables = [_list(plan, one) for one in wanted]
    without = {one.participant_id: one for one in plan.ground.workshops.placed if not one.workshop}
    if without and not options.for_id:
        rows = _rows(plan, without)
        tables.append(Table(name="without", title=WITHOUT_TITLE, columns=COLUMNS, rows=rows, landscape=True))
    return Report(
        name="workshop-lists",
        title=TITLE,
        audience=Audience.DOOR,
        tables=tuple(tables),
        heading=heading(plan.event),
    )


def _list(plan: Plan, workshop: Workshop) -> Table:
    there = {one.participant_id: one for one in plan.ground.workshops.of(workshop.id)}
    held = next((one for one in plan.event.agenda if one.id == workshop.session), None)
    notes: tuple[Message, ...] = ()
    if held is not None and workshop.room:
        values: dict[str, object] = {"room": room_name(plan.event, workshop.room), "starts_at": held.starts_at}
        notes = (Message(WHERE, values),)
    return Table(
        name=f"workshop-{workshop.id}",
        title=workshop.title,
        columns=COLUMNS,
        rows=_rows(plan, there),
        notes=notes,
        landscape=True,
    )


def _rows(plan: Plan, there: dict[str, Placed]) -> tuple[tuple[Cell, ...], ...]:
    people = [one.participant for one in by_name(plan.candidates) if one.participant.id in there]
    people.sort(key=lambda one: (there[one.id].role == "", there[one.id].group or 0))
    return tuple(
        (
            number,
            person.name,
            cell_or_none(person.organisation),
            cell_or_none(category_title(plan.event, person.category)),
            ROLE_TITLES.get(there[person.id].role),
            there[person.id].group,
            None,
        )
        for number, person in enumerate(people, start=1)
    )


def door_signs(plan: Plan, options: Options) -> Report:
    """One row a workshop: what the sign on its door says. No participant is on it."""
    rows = tuple(_sign(plan.event, one) for one in plan.event.workshops if options.for_id in ("", one.id))
    table = Table(name="signs", title=SIGNS_TITLE, columns=SIGN_COLUMNS, rows=rows, landscape=True)
    return Report(
        name="door-signs",
        title=SIGNS_TITLE,
        audience=Audience.PUBLIC,
        tables=(table,),
        heading=heading(plan.event),
    )


def _sign(event: Event, workshop: Workshop) -> tuple[Cell, ...]:
    held = next((one for one in event.agenda if one.id == workshop.session), None)
    names = [one.name for one in event.speakers if one.id in workshop.facilitators]
    return (
        workshop.title,
        cell_or_none(room_name(event, workshop.room)),
        held.starts_at.date() if held else None,
        held.starts_at.time() if held else None,
        held.ends_at.time() if held else None,
        several(names) if names else None,
    )


def _sign_pages(report: Report) -> bytes:
    from eventops.builtin.exports.sign_pages import sign_pages  # what words the values is slow to import

    return sign_pages(report)


WORKSHOP_LISTS = Export(name="workshop-lists", title=TITLE, audience=Audience.DOOR, compose=workshop_lists)
DOOR_SIGNS = Export(
    name="door-signs",
    title=SIGNS_TITLE,
    audience=Audience.PUBLIC,
    compose=door_signs,
    formats=("html", "xlsx", "csv", "json"),
    writers=(Writer(name="html", suffix=".html", media_type="text/html; charset=utf-8", render=_sign_pages),),
)
