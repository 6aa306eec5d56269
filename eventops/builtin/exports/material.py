"""The material register: what there is, what is out and with whom, and what each room has and needs."""

from collections.abc import Mapping

from eventops.builtin.exports.cells import BETWEEN_ANSWERS, cell_or_none, heading, room_name
from eventops.domain.event import Equipment, Event
from eventops.domain.hosting.material import Loan
from eventops.domain.paying.funding import joined
from eventops.domain.plan import Plan
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.scheduling.conflicts import slots_of
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Material register", fr="Registre du matériel", ar="سجل المعدات")
LOANS_TITLE = Text("Given and returned", fr="Remis et rendu", ar="المسلَّم والمسترجع")
ROOMS_TITLE = Text("Equipment of the rooms", fr="Équipement des salles", ar="تجهيزات القاعات")
COUNTED = Text("{count} × {thing}")
MATERIAL = Column(name="material", title=Text("Material", fr="Matériel", ar="المادة"), width=30)
STOCK_COLUMNS = (
    MATERIAL,
    Column(name="count", title=Text("In stock", fr="En stock", ar="المتوفر"), kind=Kind.INTEGER, width=11),
    Column(name="given", title=Text("Given", fr="Remis", ar="المسلَّم"), kind=Kind.INTEGER, width=11),
    Column(name="returned", title=Text("Returned", fr="Rendu", ar="المسترجع"), kind=Kind.INTEGER, width=11),
    Column(name="out", title=Text("Still out", fr="Encore dehors", ar="لم يُسترجع بعد"), kind=Kind.INTEGER, width=13),
    Column(name="left", title=Text("Left", fr="Reste", ar="المتبقي"), kind=Kind.INTEGER, width=11),
    Column(name="returns", title=Text("To come back", fr="À rendre", ar="يجب إرجاعه"), kind=Kind.YES_NO, width=12),
)
LOAN_COLUMNS = (
    MATERIAL,
    Column(name="holder", title=Text("With", fr="Chez", ar="لدى"), width=30),
    Column(name="count", title=Text("Given", fr="Remis", ar="المسلَّم"), kind=Kind.INTEGER, width=10),
    Column(name="given_on", title=Text("Given on", fr="Remis le", ar="سُلِّم في"), kind=Kind.DATE, width=13),
    Column(name="returned", title=Text("Returned", fr="Rendu", ar="المسترجع"), kind=Kind.INTEGER, width=10),
    Column(name="returned_on", title=Text("Returned on", fr="Rendu le", ar="أُرجع في"), kind=Kind.DATE, width=13),
    Column(name="signature", title=Text("Signature", fr="Signature", ar="التوقيع"), width=22, editable=True),
)
ROOM_COLUMNS = (
    Column(name="room", title=Text("Room", fr="Salle", ar="القاعة"), width=26),
    Column(name="has", title=Text("Has", fr="Dispose de", ar="تتوفر على"), width=50),
    Column(name="session", title=Text("Session", fr="Séance", ar="الجلسة"), width=34),
    Column(name="needs", title=Text("Needs", fr="A besoin de", ar="تحتاج إلى"), width=40),
    Column(name="short", title=Text("Missing", fr="Manque", ar="الناقص"), width=30),
)


def material_register(plan: Plan, options: Options) -> Report:
    """Stocks, loans and rooms."""
    stocks = tuple(
        (one.material.title, one.material.count, one.given, one.returned, one.out, one.left, one.material.returns)
        for one in plan.ground.stocks
    )
    names = holder_names(plan)
    loans = tuple(_loan(stock.material.title, loan, names) for stock in plan.ground.stocks for loan in stock.loans)
    tables = (
        Table(name="stock", title=TITLE, columns=STOCK_COLUMNS, rows=stocks, landscape=True),
        Table(name="loans", title=LOANS_TITLE, columns=LOAN_COLUMNS, rows=loans, landscape=True, blank_rows=8),
        Table(name="rooms", title=ROOMS_TITLE, columns=ROOM_COLUMNS, rows=_rooms(plan), landscape=True),
    )
    return Report(
        name="material-register",
        title=TITLE,
        audience=Audience.ASSOCIATION,
        tables=tables,
        heading=heading(plan.event),
    )


def holder_names(plan: Plan) -> Mapping[tuple[str, str], Text | str]:
    """What everybody and everything that may hold a loan is called, by kind and id."""
    return {
        **{("participant", one.participant.id): one.participant.name for one in plan.candidates},
        **{("session", one.id): one.title for one in plan.event.agenda},
        **{("speaker", one.id): one.name for one in plan.event.speakers},
        **{("room", one.id): one.name for one in plan.event.venue.rooms},
    }


def _loan(title: Text, loan: Loan, names: Mapping[tuple[str, str], Text | str]) -> tuple[Cell, ...]:
    holder = names.get((loan.holder_kind, loan.holder), loan.holder)
    return title, holder, loan.count, loan.given_on, loan.returned, loan.returned_on, None


def _rooms(plan: Plan) -> tuple[tuple[Cell, ...], ...]:
    """Each room with its things, then each session that needs some there, and what is missing then."""
    event = plan.event
    titles = {one.id: one.title for one in event.workshops}
    titles |= {one.id: one.title for one in (*event.agenda, *event.preparations)}
    short = {
        (one.first, one.subject): one.wanted - one.there for one in plan.ground.conflicts if one.kind == "equipment"
    }
    rows: list[tuple[Cell, ...]] = [
        (room.name, _things(room.equipment), None, None, None) for room in event.venue.rooms
    ]
    for slot in slots_of(event):
        if slot.needs:
            missing = [
                Message(COUNTED, {"count": short[slot.id, key], "thing": thing.name})
                for thing in slot.needs
                if (key := " ".join(thing.name.en.casefold().split())) and (slot.id, key) in short
            ]
            rows.append(
                (
                    cell_or_none(_room(event, slot.rooms)),
                    None,
                    titles.get(slot.id, slot.id),
                    _things(slot.needs),
                    _joined(missing),
                )
            )
    return tuple(rows)


def _room(event: Event, rooms: tuple[str, ...]) -> Text | str:
    return room_name(event, rooms[0]) if rooms else ""


def _things(things: tuple[Equipment, ...]) -> Cell:
    return _joined([Message(COUNTED, {"count": one.count, "thing": one.name}) for one in things])


def _joined(parts: list[Message]) -> Cell:
    return joined(parts, BETWEEN_ANSWERS) if parts else None


MATERIAL_REGISTER = Export(
    name="material-register", title=TITLE, audience=Audience.ASSOCIATION, compose=material_register
)
