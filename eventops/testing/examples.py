"""Tables of candidates, journeys and plans that a contract asks a plugin about: every kind of person and place once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import msgspec

from eventops.domain.event import BudgetLine, Criterion, Event, SettingValue, Sponsor, first_day
from eventops.domain.hosting.lodging import home_again_at, must_leave_at, nights_before
from eventops.domain.money import ExchangeRate, Money
from eventops.domain.paying.budget import budget_use
from eventops.domain.people import Consents, Gender, Participant
from eventops.domain.places import Place, Point
from eventops.domain.placing.distance import road_km, travel_minutes
from eventops.domain.plan import Plan
from eventops.domain.rules import (
    Candidate,
    Day,
    Decision,
    Grant,
    Journey,
    Night,
    PricedLine,
    Seat,
    ServedMeal,
    Setting,
)
from eventops.domain.texts import Text
from eventops.testing.builders import (
    CASABLANCA,
    a_candidate,
    a_decision,
    a_participant,
    a_plan,
    an_event,
    twelve_candidates,
    two_journeys,
)

DISTANCES_KM = (0.0, 12.0, 19.96, 30.0, 45.0, 59.99, 75.0, 99.96, 130.0, 260.0, 700.0)
PEOPLE = (
    {"gender": Gender.FEMALE, "age": 34, "category": "association"},
    {"gender": Gender.MALE, "age": 71, "category": "citizen", "inclusion": ("rural",)},
    {"gender": Gender.MALE, "age": 28, "category": "elected", "needs": "wheelchair"},
    {"gender": Gender.UNKNOWN, "category": "", "needs": "لا شيء"},
    {"gender": Gender.OTHER, "age": 17, "category": "public_sector", "role": "speaker"},
)
# A province of each region that rules are likely to treat apart: the seat's own name is not what matters here.
PROVINCES = {"MA-04": ("04.281", "04.421"), "MA-06": ("06.141", "06.461")}


def facts_settings(declared: Sequence[Setting]) -> Mapping[str, SettingValue]:
    """What a rule of the plugin finds among its settings: the core's and its own, at their defaults."""
    from eventops.builtin.rules import SETTINGS

    return {one.name: one.default for one in (*SETTINGS, *declared)}


def candidates_everywhere(event: Event, regions: Sequence[str] = ()) -> Iterator[Candidate]:
    """Every kind of person from near and far, urban and rural, in the regions named (else those of the event);
    then those without place, age or region, and one who waits for a seat."""
    number = 0
    for region in regions or event.regions or ("MA-06",):
        for province, km, urban, fields in product(provinces_of(region), DISTANCES_KM, (True, False), PEOPLE):
            number += 1
            person = a_participant(f"c{number:04}", f"Person {number}", **fields)
            yield measured_candidate(event, person, place_at(event, km, region, province, urban), km)
    alone = a_participant("nowhere", "Person without a place", gender=Gender.FEMALE, age=50)
    yield a_candidate(alone, place=None, distance_km=None)
    yield a_candidate(a_participant("nothing", "Person without anything"), place=None, distance_km=None)
    abroad = Place(
        code="GN:2988507", name=Text("Paris"), kind="city", country="FR", point=Point(48.853, 2.349), urban=True
    )
    yield measured_candidate(event, a_participant("abroad", "Person from abroad"), abroad, 1900.0)
    waiting = measured_candidate(event, a_participant("waiting", "Person waiting"), CASABLANCA, 130.0)
    yield msgspec.structs.replace(waiting, seat=Seat.WAITING, waiting_position=1)


def provinces_of(region: str) -> tuple[str, ...]:
    return PROVINCES.get(region, (f"{region.rpartition('-')[2]}.001",))


def place_at(event: Event, km: float, region: str, province: str, urban: bool) -> Place:
    """An invented commune that many kilometres north of the venue."""
    point = Point(min(89.0, event.venue.point.lat + km / 111.2), event.venue.point.lon)
    kind = "town" if urban else "village"
    return Place(
        code=f"{event.country}:{province}.{kind}.{km}",
        name=Text(f"{kind.title()} at {km:g} km", fr=f"Commune à {km:g} km", ar=f"جماعة على بعد {km:g} كلم"),
        kind="commune",
        country=event.country,
        point=point,
        region=region,
        region_name=Text(region, fr=region, ar=region),
        province=province,
        province_name=Text(province, fr=province, ar=province),
        urban=urban,
    )


def measured_candidate(event: Event, person: Participant, place: Place, km: float) -> Candidate:
    """The person from that place, with road, time and hours as a plan estimates them."""
    road = road_km(km)
    minutes = travel_minutes(road)
    return a_candidate(
        person,
        place=place,
        distance_km=km,
        road_km=road,
        travel_minutes=minutes,
        leaves_home_at=must_leave_at(event, minutes, 30),
        back_home_at=home_again_at(event, minutes),
    )


def units_to_price(event: Event, benefit: str) -> Iterator[tuple[Candidate, Journey | Night | ServedMeal | Day]]:
    """For people from everywhere: two journeys, a night, every meal of the event, or a day of it, by the benefit."""
    for candidate in candidates_everywhere(event):
        if candidate.place is None:
            continue
        who = candidate.participant.id
        if benefit == "travel":
            for journey in two_journeys(candidate, "public_transport"):
                yield candidate, journey
        elif benefit == "lodging":
            yield candidate, Night(participant_id=who, date=nights_before(event, 1)[0], hotel=event.hotel)
        elif benefit == "meals":
            for meal in event.meals:
                yield candidate, ServedMeal(participant_id=who, meal_id=meal.id, price=meal.price)
        else:
            yield candidate, Day(participant_id=who, benefit=benefit, date=first_day(event))


def plan_to_export(declared: Sequence[Setting] = (), people: int = 12, sponsors: Iterable[str] = ()) -> Plan:
    """A small plan with prices, budget, rates and criteria: every second person shares their name with the sponsors,
    every third is granted travel, every fourth a bed that two payers share."""
    payers = tuple(sponsors) or ("oecd", "ef")
    event = event_to_export(payers)
    candidates = tuple(
        msgspec.structs.replace(
            one, participant=msgspec.structs.replace(one.participant, consents=consents_of(number, payers))
        )
        for number, one in enumerate(twelve_candidates()[:people])
    )
    decisions = tuple(decisions_to_export(event, candidates, payers))
    settings = {one.name: one.default for one in declared}
    return a_plan(candidates, decisions, event=event, settings=settings, budget=budget_use(event, decisions))


def event_to_export(payers: Sequence[str]) -> Event:
    """The event of the builders with a sponsor, a budget line for each benefit and a rate for every payer."""
    return an_event(
        sponsors=tuple(
            Sponsor(id=payer, name=Text(payer.upper(), fr=payer.upper(), ar=payer.upper()), country="FR")
            for payer in payers
        ),
        budget=tuple(
            BudgetLine(
                id=f"{payer}-{benefit}",
                title=Text(f"{benefit} of participants"),
                sponsor=payer,
                benefit=benefit,
                ceiling=Money(Decimal(20000), "MAD"),
            )
            for payer in payers
            for benefit in ("travel", "lodging")
        ),
        rates=(
            ExchangeRate(
                base="EUR", quote="MAD", rate=Decimal("10.87"), on=first_day(an_event()), source="an invented bank"
            ),
        ),
        criteria=(
            Criterion(
                name="far-away",
                benefit="travel",
                reason=Text(
                    "lives {distance_km} km away", fr="habite à {distance_km} km", ar="على بعد {distance_km} كلم"
                ),
            ),
        ),
        assumptions=(Text("Fares are estimates", fr="Les tarifs sont estimés", ar="الأثمنة تقديرية"),),
    )


def consents_of(number: int, payers: Sequence[str]) -> Consents:
    return Consents(attend=True, photo=number % 3 == 0, share=tuple(payers) if number % 2 == 0 else ())


def decisions_to_export(event: Event, candidates: Sequence[Candidate], payers: Sequence[str]) -> Iterator[Decision]:
    for number, candidate in enumerate(candidates):
        who = candidate.participant.id
        if number % 3 == 0:
            lines = (a_line("ticket", "130"), a_line("ride", "25"))
            grant = Grant(payer=payers[number % len(payers)])
            yield a_decision(who, "travel", lines=lines, amount=Money(Decimal(155), "MAD"), grant=grant, parts=(grant,))
        if number % 4 == 0:
            nights = nights_before(event, 1)
            parts = tuple(Grant(payer=payer, share=100 // len(payers), nights=nights) for payer in payers)
            price = Money(Decimal(650), "MAD")
            yield a_decision(who, "lodging", lines=(a_line("night", "650"),), amount=price, grant=parts[0], parts=parts)


def a_line(unit: str, price: str) -> PricedLine:
    """One of a thing at that price in MAD."""
    money = Money(Decimal(price), "MAD")
    label = Text("One {unit}", fr="Un {unit}", ar="{unit} واحد")
    return PricedLine(
        label=label, values={"unit": unit}, quantity=Decimal(1), unit=unit, unit_price=money, amount=money
    )
