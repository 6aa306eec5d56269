"""Tariffs of travel in Morocco: train and taxi leg by leg, and the civil servants' mileage of decree 2-97-1053.

Fares are estimates for planning: only the pairs of stations in `railways` have a published fare, every other price is a
rate per kilometre that an event may set.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from eventops import (
    Candidate,
    Facts,
    Journey,
    Money,
    Night,
    Place,
    Point,
    PricedLine,
    ServedMeal,
    Setting,
    Tariff,
    Text,
    great_circle_km,
    road_km,
)
from eventops_morocco.railways import PUBLISHED, STATIONS, Station, fare_between

Unit = Journey | Night | ServedMeal

CURRENCY = "MAD"

SETTINGS = (
    Setting(
        name="train_rate_per_km",
        default=0.40,
        unit="MAD",
        help=Text(
            "Second-class train, per estimated kilometre, where no fare was published (Casablanca–Rabat was published: "
            "40 MAD, 104 km by this estimate)",
            fr="Train en seconde classe, par kilomètre estimé, sans tarif publié (Casablanca–Rabat est publié : "
            "40 MAD, 104 km selon cette estimation)",
            ar="ثمن الكيلومتر المقدر بالقطار في الدرجة الثانية عند غياب ثمن منشور (المنشور بين الدار البيضاء والرباط: "
            "40 درهما لمسافة 104 كلم حسب هذا التقدير)",
        ),
    ),
    Setting(
        name="highest_fares",
        default=True,
        help=Text(
            "Where fares vary over the day, plan with the highest (a budget must hold); off means the lowest",
            fr="Quand les tarifs varient dans la journée, prévoir le plus élevé pour que le budget tienne, sinon le "
            "plus bas",
            ar="عندما تختلف الأثمنة خلال اليوم يُعتمد أعلاها حتى تكفي الميزانية، وإلا فأدناها",
        ),
    ),
    Setting(
        name="road_rate_per_km",
        default=0.55,
        unit="MAD",
        help=Text(
            "One seat in a shared taxi or coach, per road kilometre (assumed)",
            fr="Une place en grand taxi ou en autocar, par kilomètre de route (hypothèse)",
            ar="مقعد في سيارة أجرة كبيرة أو حافلة لكل كيلومتر طرقي (افتراض)",
        ),
    ),
    Setting(
        name="local_taxi_price",
        default=30.0,
        unit="MAD",
        help=Text(
            "One ride in a local taxi between station and venue (assumed)",
            fr="Une course en petit taxi entre la gare et le lieu de la rencontre (hypothèse)",
            ar="مشوار بسيارة أجرة صغيرة بين المحطة ومكان اللقاء (افتراض)",
        ),
    ),
    Setting(
        name="local_km",
        default=15.0,
        unit="km",
        help=Text(
            "Road distance up to which one local taxi ride is the whole journey",
            fr="Distance routière jusqu’à laquelle une course en petit taxi suffit pour tout le trajet",
            ar="المسافة الطرقية التي يكفي إلى حدودها مشوار واحد بسيارة أجرة صغيرة",
        ),
    ),
    Setting(
        name="station_km",
        default=25.0,
        unit="km",
        help=Text(
            "How far from the venue its station may lie for the train to be taken (straight line)",
            fr="Distance maximale entre le lieu de la rencontre et sa gare pour prendre le train (à vol d’oiseau)",
            ar="أقصى مسافة مستقيمة بين مكان اللقاء ومحطته لاعتماد القطار",
        ),
    ),
    Setting(
        name="car_power_cv",
        default=6,
        unit="CV",
        help=Text(
            "Fiscal power of a private car, which sets its mileage rate",
            fr="Puissance fiscale du véhicule personnel, dont dépend l’indemnité kilométrique",
            ar="القوة الجبائية للسيارة الخاصة التي يحدد على أساسها التعويض الكيلومتري",
        ),
    ),
)

PUBLISHED_FARE = Text(
    "Train, second class, {origin} to {destination}, published fare",
    fr="Train, seconde classe, {origin} – {destination}, tarif publié",
    ar="القطار، الدرجة الثانية، من {origin} إلى {destination}، ثمن منشور",
)
TRAIN = Text(
    "Train, second class, {origin} to {destination}",
    fr="Train, seconde classe, {origin} – {destination}",
    ar="القطار، الدرجة الثانية، من {origin} إلى {destination}",
)
ROAD = Text(
    "Shared taxi or coach, {origin} to {destination}",
    fr="Grand taxi ou autocar, {origin} – {destination}",
    ar="سيارة أجرة كبيرة أو حافلة، من {origin} إلى {destination}",
)
LOCAL_TAXI = Text(
    "Local taxi, {origin} to {destination}",
    fr="Petit taxi, {origin} – {destination}",
    ar="سيارة أجرة صغيرة، من {origin} إلى {destination}",
)
MILEAGE = Text(
    "Private car of {power} CV, {origin} to {destination}",
    fr="Véhicule personnel de {power} CV, {origin} – {destination}",
    ar="سيارة خاصة بقوة {power} حصان جبائي، من {origin} إلى {destination}",
)

# A station nearer than this is reached on foot or by a town bus.
WALK_KM = 3.0

# Road to the station and train together may be this much longer than the road all the way.
LONGEST_DETOUR = 1.25

# Decree 2-97-1053 of 2 February 1998: up to that fiscal power, MAD per kilometre; the last row has no end.
MILEAGE_RATES = ((6, Decimal("1.20")), (9, Decimal("1.75")), (None, Decimal("2.30")))


def in_tenths(distance_km: float) -> Decimal:
    """A distance as the quantity of a cost line. Units: km, to one decimal."""
    return Decimal(str(round(distance_km, 1)))


def priced_line(label: Text, quantity: Decimal, unit: str, price: Decimal, **values: object) -> PricedLine:
    """A line whose amount is quantity by price."""
    unit_price = Money(price, CURRENCY)
    return PricedLine(
        label=label,
        values=values,
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        amount=unit_price.times(quantity),
        estimate=True,
    )


def decimal_of(facts: Facts, setting: str) -> Decimal:
    """A price among the settings, in MAD and centimes."""
    return Decimal(str(facts.settings[setting])).quantize(Decimal("0.01"))


def priceable(unit: Unit) -> Place | None:
    """The Moroccan home of a journey over land; None for anything these tariffs do not price."""
    if not isinstance(unit, Journey) or unit.origin is None or unit.mode == "flight":
        return None
    return unit.origin if unit.origin.country == "MA" else None


def station_of(place: Place) -> Station | None:
    """The station of the place's province, or None where no passenger train serves it."""
    province = ".".join(place.province.split(".")[:2])
    return next((one for one in STATIONS if one.province == province), None)


@lru_cache(maxsize=64)  # asked of the same venue for everybody
def nearest_station(point: Point) -> tuple[Station, float]:
    """The station nearest to a point and the straight line to it in km."""
    by_distance = [(great_circle_km(point, one.point), one) for one in STATIONS]
    distance, station = min(by_distance, key=lambda each: (each[0], each[1].province))
    return station, distance


def ends(journey: Journey, first: Text, last: Text) -> dict[str, Text]:
    """From and to, in the direction of the journey; `first` lies nearer to home."""
    origin, destination = (first, last) if journey.direction == "there" else (last, first)
    return {"origin": origin, "destination": destination}


def train_legs(journey: Journey, home: Place, facts: Facts) -> tuple[PricedLine, ...]:
    """Road to the station of the province, the train, a local taxi to the venue; empty where the train is no help:
    no station at either end, or too long a way to the station."""
    start = station_of(home)
    end, end_km = nearest_station(facts.event.venue.point)
    if start is None or start == end or end_km > float(facts.settings["station_km"]):
        return ()
    to_station_km = road_km(great_circle_km(home.point, start.point))
    train_km = road_km(great_circle_km(start.point, end.point))
    if to_station_km > journey.road_km / 2 or to_station_km + train_km > LONGEST_DETOUR * journey.road_km:
        return ()
    venue = facts.event.venue.name
    lines = [
        train_line(journey, start, end, train_km, facts),
        priced_line(
            LOCAL_TAXI, Decimal(1), "ride", decimal_of(facts, "local_taxi_price"), **ends(journey, end.name, venue)
        ),
    ]
    if to_station_km > WALK_KM:
        rate = decimal_of(facts, "road_rate_per_km")
        feeder = priced_line(ROAD, in_tenths(to_station_km), "km", rate, **ends(journey, home.name, start.name))
        lines.insert(0, feeder)
    return tuple(lines if journey.direction == "there" else reversed(lines))


def train_line(journey: Journey, start: Station, end: Station, train_km: float, facts: Facts) -> PricedLine:
    """The published fare of the day, else the rate per kilometre."""
    fare = fare_between(start, end, journey.leaves_at.date())
    between = ends(journey, start.name, end.name)
    if fare is not None:
        price = fare.highest if facts.settings["highest_fares"] else fare.lowest
        return priced_line(PUBLISHED_FARE, Decimal(1), "ticket", price, **between)
    return priced_line(TRAIN, in_tenths(train_km), "km", decimal_of(facts, "train_rate_per_km"), **between)


def train_and_taxi(unit: Unit, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The legs of one journey: near the venue a local taxi; by train where one serves the province; else by road."""
    home = priceable(unit)
    if home is None or not isinstance(unit, Journey):
        return ()
    venue, taxi = facts.event.venue, decimal_of(facts, "local_taxi_price")
    if unit.road_km <= float(facts.settings["local_km"]):
        return (priced_line(LOCAL_TAXI, Decimal(1), "ride", taxi, **ends(unit, home.name, venue.name)),)
    return train_legs(unit, home, facts) or tuple(road_legs(unit, home, facts))


def road_legs(journey: Journey, home: Place, facts: Facts) -> Iterator[PricedLine]:
    """A shared taxi or coach to the venue's town, and a local taxi there."""
    venue = facts.event.venue
    town = Text(venue.town, fr=venue.town, ar=venue.town)
    station, distance = nearest_station(venue.point)
    if distance <= float(facts.settings["station_km"]):
        town = station.name
    road = priced_line(
        ROAD,
        in_tenths(journey.road_km),
        "km",
        decimal_of(facts, "road_rate_per_km"),
        **ends(journey, home.name, town),
    )
    taxi = priced_line(
        LOCAL_TAXI, Decimal(1), "ride", decimal_of(facts, "local_taxi_price"), **ends(journey, town, venue.name)
    )
    yield from (road, taxi) if journey.direction == "there" else (taxi, road)


def mileage_rate(power_cv: int) -> Decimal:
    """MAD per kilometre for a car of that fiscal power."""
    return next(rate for upto, rate in MILEAGE_RATES if upto is None or power_cv <= upto)


def mileage(unit: Unit, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    """The kilometres of the road at the rate of the decree."""
    home = priceable(unit)
    if home is None or not isinstance(unit, Journey):
        return ()
    power = int(facts.settings["car_power_cv"])
    between = ends(unit, home.name, facts.event.venue.name)
    return (priced_line(MILEAGE, in_tenths(unit.road_km), "km", mileage_rate(power), power=power, **between),)


TARIFFS = (
    Tariff(
        name="train-and-taxi",
        benefit="travel",
        title=Text(
            "Second-class train where there is one, shared taxi or coach elsewhere, local taxi at the end",
            fr="Train de seconde classe là où il existe, grand taxi ou autocar ailleurs, petit taxi à l’arrivée",
            ar="القطار في الدرجة الثانية حيث يوجد، وسيارة أجرة كبيرة أو حافلة حيث لا يوجد، ثم سيارة أجرة صغيرة",
        ),
        source=f"{PUBLISHED}; rates per kilometre are assumed and set by the event",
        by_person=False,
        valid_from=date(2018, 11, 1),
        price=train_and_taxi,
    ),
    Tariff(
        name="mileage",
        benefit="travel",
        title=Text(
            "Private car at the mileage rates of civil servants",
            fr="Véhicule personnel aux indemnités kilométriques des fonctionnaires",
            ar="السيارة الخاصة وفق التعويضات الكيلومترية للموظفين",
        ),
        source="Decree 2-97-1053 of 2 February 1998 (refgrh.mmsp.gov.ma): 1.20 MAD/km up to 6 CV, 1.75 for 7 to 9, "
        "2.30 from 10",
        valid_from=date(1998, 2, 2),
        price=mileage,
    ),
)
