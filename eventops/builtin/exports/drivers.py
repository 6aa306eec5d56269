"""For the drivers: where to be when, whom to take, and how to reach them. Nothing else about anybody."""

from eventops.builtin.exports.cells import cell_or_none, field_column, heading
from eventops.builtin.exports.hotel import latin_cells
from eventops.domain.event import Event
from eventops.domain.hosting.pickups_values import Ride, Vehicle
from eventops.domain.people import Participant
from eventops.domain.plan import Plan
from eventops.domain.reporting.latin_names import is_latin
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table
from eventops.domain.texts import Message, Text
from eventops.extension.spec import Export

TITLE = Text("Driver sheet", fr="Feuille de route", ar="ورقة السائق")
RIDES_TITLE = Text("Rides", fr="Trajets", ar="الرحلات")
THERE = Text("to the venue", fr="vers le lieu de la rencontre", ar="نحو مكان اللقاء")
BACK = Text("back home", fr="retour", ar="العودة")
RIDE_TITLE = Text(
    "{vehicle} {ride}, {direction}, {day}",
    fr="{vehicle} {ride}, {direction}, {day}",
    ar="{vehicle} {ride}، {direction}، {day}",
)
NUMBERED = Text("{vehicle} {number}", fr="{vehicle} {number}", ar="{vehicle} {number}")
ESTIMATES = Text(
    "Hours are estimates from road distances; be at each stop some minutes before.",
    fr="Les horaires sont estimés d’après les distances routières ; soyez à chaque arrêt quelques minutes à l’avance.",
    ar="المواقيت مقدرة حسب المسافات الطرقية؛ يُرجى الوصول إلى كل محطة قبل الموعد ببضع دقائق.",
)
RIDE = Column(name="ride", title=Text("Ride", fr="Trajet", ar="الرحلة"), width=14)
VEHICLE = Column(name="vehicle", title=Text("Vehicle", fr="Véhicule", ar="المركبة"), width=18)
DIRECTION = Column(name="direction", title=Text("Direction", fr="Sens", ar="الاتجاه"), width=16)
LEAVES = Column(name="leaves_at", title=Text("Leaves", fr="Départ", ar="الانطلاق"), kind=Kind.DATETIME, width=16)
ARRIVES = Column(name="arrives_at", title=Text("Arrives", fr="Arrivée", ar="الوصول"), kind=Kind.DATETIME, width=16)
PEOPLE = Column(name="people", title=Text("Passengers", fr="Passagers", ar="الركاب"), kind=Kind.INTEGER, width=11)
DRIVER = Column(name="driver", title=Text("Driver", fr="Conducteur", ar="السائق"), width=20)
PHONE = Column(name="driver_phone", title=Text("Driver’s phone", fr="Tél. du conducteur", ar="هاتف السائق"), width=18)
AT = Column(name="at", title=Text("At", fr="Heure", ar="الساعة"), kind=Kind.DATETIME, width=16)
STOP = Column(name="stop", title=Text("Stop", fr="Arrêt", ar="المحطة"), width=20)
ON_BOARD = Column(name="on_board", title=Text("On board", fr="À bord", ar="على متنها"), width=12, editable=True)
VENUE = Text("Venue: {venue}", fr="Lieu : {venue}", ar="المكان: {venue}")


def driver_sheet(plan: Plan, options: Options) -> Report:
    """The rides, then a table for each with its stops and passengers. `for_id` may name one vehicle."""
    vehicles = {one.id: one for one in plan.event.vehicles}
    rides = [one for one in plan.pickups.rides if options.for_id not in vehicles or one.vehicle == options.for_id]
    people = {one.participant.id: one.participant for one in plan.candidates}
    tables = (_rides(rides, vehicles), *(_ride(plan.event, ride, vehicles[ride.vehicle], people) for ride in rides))
    return Report(
        name="driver-sheet", title=TITLE, audience=Audience.DRIVER, tables=tables, heading=heading(plan.event)
    )


def _rides(rides: list[Ride], vehicles: dict[str, Vehicle]) -> Table:
    rows = tuple(
        (
            one.id,
            _called(vehicles[one.vehicle], one),
            THERE if one.direction == "there" else BACK,
            one.leaves_at,
            one.arrives_at,
            len(one.passengers),
            cell_or_none(vehicles[one.vehicle].driver),
            cell_or_none(vehicles[one.vehicle].phone),
        )
        for one in rides
    )
    columns = (RIDE, VEHICLE, DIRECTION, LEAVES, ARRIVES, PEOPLE, DRIVER, PHONE)
    return Table(name="rides", title=RIDES_TITLE, columns=columns, rows=rows, notes=(ESTIMATES,), landscape=True)


def _called(vehicle: Vehicle, ride: Ride) -> Text | Message:
    """The vehicle, with its number where there are several of its kind."""
    if vehicle.count == 1:
        return vehicle.title
    return Message(NUMBERED, {"vehicle": vehicle.title, "number": ride.unit})


def _ride(event: Event, ride: Ride, vehicle: Vehicle, people: dict[str, Participant]) -> Table:
    taken = [people[one] for one in ride.passengers if one in people]
    latin = any(one.name_latin or not is_latin(one.name) for one in taken)
    venue = Message(VENUE, {"venue": event.venue.name})
    empty: tuple[Cell, ...] = (None,) * (3 + latin)
    ends: tuple[Cell, ...] = (ride.arrives_at if ride.direction == "there" else ride.leaves_at, venue, *empty)
    rows = [
        (stop.at, stop.name, one.name, *latin_cells(one, latin, False), one.phone or None, None)
        for stop in ride.stops
        for one in (people[id] for id in stop.passengers if id in people)
    ]
    direction = THERE if ride.direction == "there" else BACK
    values: dict[str, object] = {
        "vehicle": _called(vehicle, ride),
        "ride": ride.id,
        "direction": direction,
        "day": ride.leaves_at.date(),
    }
    columns = (AT, STOP, field_column("name"), *((field_column("name_latin"),) if latin else ()))
    return Table(
        name=f"ride-{ride.id}",
        title=ride.id,
        columns=(*columns, field_column("phone"), ON_BOARD),
        rows=tuple([*rows, ends] if ride.direction == "there" else [ends, *rows]),
        notes=(Message(RIDE_TITLE, values), ESTIMATES),
        landscape=True,
    )


DRIVER_SHEET = Export(name="driver-sheet", title=TITLE, audience=Audience.DRIVER, compose=driver_sheet)
