"""The carpool proposal: who could share a car, province by province, and the check that says so in `doctor`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil
from typing import NamedTuple

from eventops import (
    Audience,
    Candidate,
    Cell,
    Column,
    Decision,
    DoctorCheck,
    Export,
    Finding,
    Kind,
    Message,
    Money,
    Options,
    Plan,
    Report,
    Severity,
    Source,
    Table,
    Text,
    total,
)
from eventops_casablanca_settat.rules import has_access_needs, shown_km

REGION = "MA-06"
PLUGIN = "casablanca-settat"

TITLE = Text("Carpool proposal", fr="Proposition de covoiturage", ar="مقترح التنقل المشترك")
HEADING = Text(
    "Shared cars to {venue} for {event}",
    fr="Voitures partagées vers {venue} pour {event}",
    ar="السيارات المشتركة نحو {venue} من أجل {event}",
)
ADVISORY = Text(
    "A proposal only: nobody loses the travel that was granted. Cars are proposed from {minimum} travellers of one "
    "province on one day, {seats} in a car, the farthest first on the way.",
    fr="Simple proposition : personne ne perd le voyage accordé. Une voiture est proposée à partir de {minimum} "
    "voyageurs d’une même province le même jour, {seats} par voiture, le plus éloigné en premier sur la route.",
    ar="هذا مجرد مقترح ولا يفقد أحد السفر الممنوح له. تُقترح سيارة ابتداء من {minimum} مسافرين من الإقليم نفسه في اليوم "
    "نفسه، {seats} في كل سيارة، ويُبدأ بالأبعد على الطريق.",
)
APART = Text(
    "{count} people with access needs are not put in a car: call them first.",
    fr="{count} personnes ayant des besoins d’accessibilité ne sont pas placées en voiture : appelez-les d’abord.",
    ar="لم يوضع {count} من ذوي احتياجات الولوج في أي سيارة: يُتصل بهم أولا.",
)
NO_CAR = Text(
    "No province has enough travellers for a shared car.",
    fr="Aucune province ne compte assez de voyageurs pour une voiture partagée.",
    ar="لا يوجد في أي إقليم عدد كاف من المسافرين لسيارة مشتركة.",
)
POSSIBLE = Text(
    "{count} people of {province} travel on the same day; from {minimum} on, a shared car may cost less",
    fr="{count} personnes de {province} voyagent le même jour ; à partir de {minimum}, une voiture partagée peut "
    "coûter moins cher",
    ar="يسافر {count} أشخاص من {province} في اليوم نفسه؛ وابتداء من {minimum} قد تكون السيارة المشتركة أقل تكلفة",
)
PROVINCE = Text("Province", fr="Province", ar="العمالة أو الإقليم")
CAR = Text("Car", fr="Voiture", ar="السيارة")

CAR_COLUMNS = (
    Column(name="province", title=PROVINCE, width=20),
    Column(name="car", title=CAR, kind=Kind.INTEGER, width=10),
    Column(
        name="pick_up", title=Text("Pick-up", fr="Ordre de ramassage", ar="ترتيب الإركاب"), kind=Kind.INTEGER, width=10
    ),
    Column(name="id", title=Text("Reference", fr="Référence", ar="المرجع"), width=12),
    Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=26),
    Column(name="town", title=Text("Town", fr="Localité", ar="المدينة أو الجماعة"), width=20),
    Column(name="phone", title=Text("Phone", fr="Téléphone", ar="الهاتف"), width=18),
    Column(
        name="road_km",
        title=Text("Road, km (estimate)", fr="Route, km (estimation)", ar="الطريق بالكلم (تقدير)"),
        kind=Kind.DECIMAL,
        width=14,
    ),
    Column(
        name="leaves",
        title=Text("Leaves home by", fr="Départ au plus tard", ar="أقصى موعد للمغادرة"),
        kind=Kind.DATETIME,
        width=18,
    ),
    Column(name="agreed", title=Text("Agreed (signature)", fr="Accord (signature)", ar="الموافقة (التوقيع)"), width=18),
)
PROVINCE_COLUMNS = (
    Column(name="province", title=PROVINCE, width=24),
    Column(name="people", title=Text("Participants", fr="Participants", ar="المشاركون"), kind=Kind.INTEGER, total=True),
    Column(
        name="travellers",
        title=Text("Travel granted", fr="Voyage accordé", ar="مُنح لهم السفر"),
        kind=Kind.INTEGER,
        total=True,
    ),
    Column(
        name="to_call",
        title=Text("To call first", fr="À appeler d’abord", ar="يُتصل بهم أولا"),
        kind=Kind.INTEGER,
        total=True,
    ),
    Column(
        name="cars",
        title=Text("Shared cars", fr="Voitures partagées", ar="السيارات المشتركة"),
        kind=Kind.INTEGER,
        total=True,
    ),
    Column(
        name="separate_cost",
        title=Text("Cost if each travels alone", fr="Coût si chacun voyage seul", ar="الكلفة عند السفر الفردي"),
        kind=Kind.MONEY,
        total=True,
    ),
)


class Rider(NamedTuple):
    """Somebody whose travel is granted, when they must leave home and the day they arrive; None without a journey."""

    candidate: Candidate
    leaves_at: datetime | None
    day: date | None


class Travellers(NamedTuple):
    """One province: all who come from it, those who could share a car (farthest first), and those to call first."""

    province: Text
    people: int
    sharing: tuple[Rider, ...]
    to_call: tuple[Rider, ...]
    cost: Money

    def cars(self, minimum: int, seats: int) -> tuple[tuple[Rider, ...], ...]:
        """The cars, day by day: who has a bed comes on the eve and cannot share with those who come in the morning."""
        days = sorted({rider.day for rider in self.sharing}, key=lambda day: day or date.max)
        of_days = [[rider for rider in self.sharing if rider.day == day] for day in days]
        return tuple(car for riders in of_days if len(riders) >= minimum for car in filled_evenly(riders, seats))


def filled_evenly(riders: Sequence[Rider], seats: int) -> Iterable[tuple[Rider, ...]]:
    """The fewest cars that take them all, none emptier than another by more than one."""
    number = ceil(len(riders) / seats)
    size, longer = divmod(len(riders), number)
    start = 0
    for index in range(number):
        end = start + size + (index < longer)
        yield tuple(riders[start:end])
        start = end


def whole_setting(plan: Plan, name: str, default: int) -> int:
    """A setting of this plugin as a whole number of at least 1."""
    return max(1, int(plan.settings.get(f"{PLUGIN}.{name}", default)))


def car_limits(plan: Plan) -> tuple[int, int]:
    """From how many travellers a car is proposed, and how many it takes."""
    return whole_setting(plan, "carpool_minimum", 3), whole_setting(plan, "carpool_seats", 6)


def travellers_by_province(plan: Plan) -> tuple[Travellers, ...]:
    """The provinces of the region whose people come, by name."""
    granted: dict[str, Decision] = {
        candidate.participant.id: decision for candidate, decision in plan.granted("travel")
    }
    groups: dict[str, list[Candidate]] = {}
    for candidate in plan.candidates:
        if candidate.place is not None and candidate.place.region == REGION:
            groups.setdefault(candidate.place.province, []).append(candidate)

    there = {journey.participant_id: journey for journey in plan.journeys if journey.direction == "there"}

    def rider(candidate: Candidate) -> Rider:
        journey = there.get(candidate.participant.id)
        if journey is None:
            return Rider(candidate, candidate.leaves_home_at, None)
        return Rider(candidate, journey.leaves_at, journey.arrives_at.date())

    def farthest(candidate: Candidate) -> tuple[float, str]:
        return -(candidate.road_km or 0), candidate.participant.id

    def one(group: Sequence[Candidate]) -> Travellers:
        place = group[0].place
        travelling = sorted((one for one in group if one.participant.id in granted), key=farthest)
        amounts = [granted[one.participant.id].amount for one in travelling]
        return Travellers(
            province=place.province_name if place is not None else Text(""),
            people=len(group),
            sharing=tuple(rider(one) for one in travelling if not has_access_needs(one.participant)),
            to_call=tuple(rider(one) for one in travelling if has_access_needs(one.participant)),
            cost=total((amount for amount in amounts if amount is not None), plan.event.currency),
        )

    return tuple(sorted((one(group) for group in groups.values()), key=lambda each: each.province.en))


def car_rows(province: Text, cars: Sequence[Sequence[Rider]]) -> Iterable[tuple[Cell, ...]]:
    for number, car in enumerate(cars, 1):
        for order, (candidate, leaves_at, _) in enumerate(car, 1):
            person, place = candidate.participant, candidate.place
            yield (
                province,
                number,
                order,
                person.id,
                person.name,
                place.name if place is not None else person.town,
                person.phone,
                None if candidate.road_km is None else shown_km(candidate.road_km),
                leaves_at,
                "",
            )


def compose(plan: Plan, options: Options) -> Report:
    """Cars for those granted travel in the region, and the provinces with what separate travel costs."""
    minimum, seats = car_limits(plan)
    provinces = travellers_by_province(plan)
    rows = tuple(row for one in provinces for row in car_rows(one.province, one.cars(minimum, seats)))
    notes: list[Text | Message] = [Message(ADVISORY, {"minimum": minimum, "seats": seats})]
    if not rows:
        notes.append(NO_CAR)
    apart = sum(len(one.to_call) for one in provinces)
    if apart:
        notes.append(Message(APART, {"count": apart}))
    return Report(
        name=CARPOOL_PROPOSAL.name,
        title=TITLE,
        audience=Audience.ASSOCIATION,
        heading=Message(HEADING, {"venue": plan.event.venue.name, "event": plan.event.title}),
        language=options.language,
        tables=(
            Table(
                name="cars",
                title=Text("Cars", fr="Voitures", ar="السيارات"),
                columns=CAR_COLUMNS,
                rows=rows,
                notes=tuple(notes),
                landscape=True,
            ),
            Table(
                name="provinces",
                title=Text("Provinces", fr="Provinces", ar="العمالات والأقاليم"),
                columns=PROVINCE_COLUMNS,
                rows=tuple(
                    (
                        one.province,
                        one.people,
                        len(one.sharing) + len(one.to_call),
                        len(one.to_call),
                        len(one.cars(minimum, seats)),
                        one.cost,
                    )
                    for one in provinces
                ),
            ),
        ),
    )


def shared_cars(plan: Plan) -> tuple[Finding, ...]:
    """One information for every province from which a shared car could be proposed."""
    minimum, seats = car_limits(plan)
    return tuple(
        Finding(
            severity=Severity.INFORMATION,
            code="shared-car-possible",
            message=POSSIBLE,
            values={"count": sum(map(len, one.cars(minimum, seats))), "province": one.province, "minimum": minimum},
            source=Source(plugin=PLUGIN, hook="eventops_checks"),
        )
        for one in travellers_by_province(plan)
        if one.cars(minimum, seats)
    )


CARPOOL_PROPOSAL = Export(name="carpool-proposal", title=TITLE, audience=Audience.ASSOCIATION, compose=compose)

SHARED_CAR_CHECK = DoctorCheck(
    name="shared-car",
    title=Text(
        "Provinces from which a shared car could be proposed",
        fr="Provinces d’où une voiture partagée pourrait être proposée",
        ar="الأقاليم التي يمكن أن تُقترح فيها سيارة مشتركة",
    ),
    run=shared_cars,
)
