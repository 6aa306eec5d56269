"""For the association: whose journey is paid, when it leaves, and by which criterion."""

from collections.abc import Mapping

from eventops.builtin.exports.cells import (
    NUMBER,
    by_name,
    deciding_reasons,
    field_column,
    further_facts,
    heading,
    kilometres,
    payers,
    person_cell,
    place_name,
    region_name,
)
from eventops.domain.placing.roads import road_source_said
from eventops.domain.plan import Plan
from eventops.domain.reporting.labels import MODE_LABELS
from eventops.domain.reporting.reports import Audience, Cell, Column, Kind, Options, Report, Table, rows_from
from eventops.domain.rules import Candidate, Decision, Journey
from eventops.domain.texts import Text
from eventops.extension.spec import Export

TITLE = Text("Travel list", fr="Liste des déplacements", ar="لائحة التنقل")
ESTIMATES = Text(
    "Travel times and hours are estimates, and so are road distances unless the column beside them says otherwise; "
    "the straight line is measured.",
    fr="Les durées et horaires sont des estimations, de même que les distances routières sauf indication contraire "
    "dans la colonne voisine ; la ligne droite est mesurée.",
    ar="المدد والمواقيت تقديرية، وكذلك المسافات الطرقية ما لم يذكر غير ذلك في العمود المجاور، "
    "أما المسافة المستقيمة فمقيسة.",
)
COLUMNS = (
    NUMBER,
    field_column("name"),
    field_column("phone"),
    Column(name="place", title=Text("From", fr="Lieu de départ", ar="من"), width=16),
    Column(name="region", title=Text("Region", fr="Région", ar="الجهة"), width=16),
    Column(name="mode", title=Text("Means", fr="Moyen", ar="الوسيلة"), width=12),
    Column(name="leaves_at", title=Text("Leaves", fr="Départ aller", ar="الذهاب"), kind=Kind.DATETIME, width=16),
    Column(name="arrives_at", title=Text("Arrives", fr="Arrivée aller", ar="الوصول"), kind=Kind.DATETIME, width=16),
    Column(
        name="returns_at", title=Text("Leaves again", fr="Départ retour", ar="العودة"), kind=Kind.DATETIME, width=16
    ),
    Column(
        name="home_at",
        title=Text("Home again", fr="Arrivée retour", ar="الوصول إلى البيت"),
        kind=Kind.DATETIME,
        width=16,
    ),
    Column(
        name="distance_km",
        title=Text("Straight line, km", fr="Ligne droite, km", ar="المسافة المستقيمة بالكلم"),
        kind=Kind.DECIMAL,
        width=10,
    ),
    Column(
        name="road_km",
        title=Text("Road, km", fr="Route, km", ar="الطريق بالكلم"),
        kind=Kind.DECIMAL,
        width=12,
    ),
    Column(
        name="road_source",
        title=Text("Road length from", fr="Longueur de la route selon", ar="مصدر طول الطريق"),
        width=16,
    ),
    Column(name="amount", title=Text("Amount", fr="Montant", ar="المبلغ"), kind=Kind.MONEY, width=13, total=True),
    Column(name="payer", title=Text("Paid by", fr="À la charge de", ar="على نفقة"), width=17),
    Column(name="reason", title=Text("Criterion", fr="Critère", ar="المعيار"), width=40),
)


def travel_list(plan: Plan, options: Options) -> Report:
    """Everybody whose travel is granted, by name, with both ways, the cost, the payer and the reason."""
    decisions = {decision.participant_id: decision for _, decision in plan.granted("travel")}
    journeys = {(one.participant_id, one.direction): one for one in plan.journeys}
    travellers = by_name(one for one in plan.candidates if one.participant.id in decisions)
    more, columns = further_facts((), COLUMNS, options)
    rows = rows_from(
        tuple(enumerate(travellers, start=1)),
        lambda numbered: (
            *_row(plan, *numbered, decisions[numbered[1].participant.id], journeys),
            *(person_cell(plan.event, numbered[1].participant, name) for name in more),
        ),
    )
    table = Table(
        name="travel", title=TITLE, columns=(*COLUMNS, *columns), rows=rows, notes=(ESTIMATES,), landscape=True
    )
    return Report(
        name="travel-list", title=TITLE, audience=Audience.ASSOCIATION, tables=(table,), heading=heading(plan.event)
    )


def _row(
    plan: Plan, number: int, one: Candidate, decision: Decision, journeys: Mapping[tuple[str, str], Journey]
) -> tuple[Cell, ...]:
    there = journeys.get((one.participant.id, "there"))
    back = journeys.get((one.participant.id, "back"))
    any_way = there or back
    return (
        number,
        one.participant.name,
        one.participant.phone or None,
        place_name(one) or None,
        region_name(one),
        MODE_LABELS.get(any_way.mode, any_way.mode) if any_way else None,
        there.leaves_at if there else None,
        there.arrives_at if there else None,
        back.leaves_at if back else None,
        back.arrives_at if back else None,
        kilometres(one.distance_km),
        kilometres(one.road_km),
        road_source_said(one.road_source) if one.road_km is not None else None,
        decision.amount,
        payers(plan, decision),
        deciding_reasons(decision),
    )


TRAVEL_LIST = Export(name="travel-list", title=TITLE, audience=Audience.ASSOCIATION, compose=travel_list)

MOVES_TITLE = Text("Arrivals and departures", fr="Arrivées et départs", ar="الوصول والمغادرة")
ARRIVALS_TITLE = Text("Arrivals", fr="Arrivées", ar="الوصول")
DEPARTURES_TITLE = Text("Departures", fr="Départs", ar="المغادرة")
ARRIVES_AT = Column(name="arrives_at", title=Text("Arrives", fr="Arrive", ar="يصل"), kind=Kind.DATETIME, width=16)
LEFT_AT = Column(name="leaves_at", title=Text("Left home", fr="Parti à", ar="غادر بيته"), kind=Kind.DATETIME, width=16)
LEAVES_AT = Column(name="leaves_at", title=Text("Leaves", fr="Part", ar="يغادر"), kind=Kind.DATETIME, width=16)
HOME_AT = Column(name="home_at", title=Text("Home at", fr="Chez soi à", ar="يصل بيته"), kind=Kind.DATETIME, width=16)
FROM = Column(name="place", title=Text("From", fr="De", ar="من"), width=18)
TO = Column(name="place", title=Text("To", fr="Vers", ar="إلى"), width=18)
MEANS = Column(name="mode", title=Text("Means", fr="Moyen", ar="الوسيلة"), width=16)
CARRIER = Column(
    name="carrier",
    title=Text("Ride, train or flight", fr="Trajet, train ou vol", ar="الرحلة أو القطار أو الطائرة"),
    width=18,
)
FIRST_ROOM = Column(name="room", title=Text("Room", fr="Chambre", ar="الغرفة"), width=16)


def moves(plan: Plan, options: Options) -> Report:
    """Everybody whose journey is granted, in the order they arrive, and in the order they leave."""
    tables = tuple(
        _moves(plan, direction, title, columns)
        for direction, title, columns in (
            ("there", ARRIVALS_TITLE, (ARRIVES_AT, LEFT_AT, FROM)),
            ("back", DEPARTURES_TITLE, (LEAVES_AT, HOME_AT, TO)),
        )
    )
    return Report(
        name="arrivals-departures",
        title=MOVES_TITLE,
        audience=Audience.ASSOCIATION,
        tables=tables,
        heading=heading(plan.event),
    )


def _moves(plan: Plan, direction: str, title: Text, columns: tuple[Column, Column, Column]) -> Table:
    people = {one.participant.id: one for one in plan.candidates}
    there = direction == "there"
    rooms: dict[str, str] = {}
    for bed in plan.rooming.beds:
        rooms.setdefault(bed.participant_id, bed.room)
    journeys = [one for one in plan.journeys if one.direction == direction and one.participant_id in people]
    journeys.sort(key=lambda one: (one.arrives_at if there else one.leaves_at, one.vehicle, one.participant_id))
    rows = tuple(
        (
            number,
            one.arrives_at if there else one.leaves_at,
            one.leaves_at if there else one.arrives_at,
            people[one.participant_id].participant.name,
            people[one.participant_id].participant.phone or None,
            place_name(people[one.participant_id]) or None,
            MODE_LABELS.get(one.mode, one.mode),
            one.vehicle or one.carrier or None,
            rooms.get(one.participant_id),
        )
        for number, one in enumerate(journeys, start=1)
    )
    when, other, where = columns
    return Table(
        name="arrivals" if there else "departures",
        title=title,
        columns=(
            NUMBER, when, other, field_column("name"), field_column("phone"), where, MEANS, CARRIER, FIRST_ROOM,
        ),
        rows=rows,
        notes=(ESTIMATES,),
        landscape=True,
    )  # fmt: skip


MOVES = Export(name="arrivals-departures", title=MOVES_TITLE, audience=Audience.ASSOCIATION, compose=moves)
