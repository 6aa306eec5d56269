"""The core's own rules, tariffs, benefits and settings, offered through the same hooks as any plugin's."""

from decimal import Decimal

from eventops.domain.event import first_day, last_day
from eventops.domain.money import rounded
from eventops.domain.placing.roads import road_source_said
from eventops.domain.reporting.labels import label_of
from eventops.domain.rules import (
    Benefit,
    Candidate,
    Check,
    Effect,
    Facts,
    Journey,
    Night,
    PricedLine,
    Rule,
    Seat,
    ServedMeal,
    Setting,
    Tariff,
    Verdict,
    does_not_apply,
    excludes,
    grants,
    refers,
)
from eventops.domain.texts import Message, Text

TRAVEL = Benefit(name="travel", title=Text("Travel"), unit="leg")
LODGING = Benefit(name="lodging", title=Text("Lodging"), unit="night")
MEALS = Benefit(name="meals", title=Text("Meals"), unit="service")

SETTINGS = (
    Setting(
        name="metric",
        default="straight_line",
        help=Text("How distances are measured: eventops plugin show lists metrics"),
    ),
    Setting(
        name="roads",
        default="estimate",
        help=Text(
            "Where road distances come from: estimate, or a metric that routes; a table of known roads "
            "(eventops place roads) wins over both"
        ),
    ),
    Setting(
        name="travel_from_km", default=50.0, unit="km", help=Text("Distance from which the core's rule pays travel")
    ),
    Setting(
        name="lodging_from_km", default=150.0, unit="km", help=Text("Distance from which the core's rule gives a bed")
    ),
    Setting(
        name="departure_not_before",
        default="06:00",
        unit="h",
        help=Text("Nobody should have to leave home earlier; who must, sleeps there the night before"),
    ),
    Setting(
        name="home_not_after",
        default="22:30",
        unit="h",
        help=Text("Nobody should be home later; who would, sleeps there the night after"),
    ),
    Setting(
        name="arrive_minutes_before",
        default=30,
        unit="min",
        help=Text("How long before the first session people should be there"),
    ),
    Setting(
        name="room_mates_field",
        default="",
        help=Text("The question of the form (plugin.name) whose answer names room-mates"),
    ),
    Setting(
        name="room_single_field",
        default="",
        help=Text("The question of the form (plugin.name) that asks for a room alone"),
    ),
    Setting(
        name="family_field",
        default="",
        help=Text("The question of the form (plugin.name) whose answer is one word for a whole family"),
    ),
    Setting(
        name="presence_field",
        default="",
        help=Text("The question of the form (plugin.name) whose answer says on which days or halves somebody is there"),
    ),
    Setting(
        name="meal_margin_percent",
        default=0,
        unit="%",
        help=Text("How many more meals are prepared than people are expected"),
    ),
    Setting(
        name="fasting",
        default="warn",
        unit="",
        help=Text("Meals by day in Ramadan: warn of them, move them before dawn and after sunset, or ignore it"),
    ),
    Setting(
        name="rate_per_km", default=0.75, unit="", help=Text("Price of one road kilometre, in the event's currency")
    ),
)

HAS_SEAT = Text("has a seat")
WAITS = Text("is number {position} on the waiting list; without a seat there is no cover")
NO_SEAT = Text("the seat is {seat} ({reason}); without a seat there is no cover")
PLACE_KNOWN = Text("the town is settled")
PLACE_OPEN = Text("the town “{town}” is not settled, so a person must look")
FAR_ENOUGH = Text("{distance_km} km, the limit is {limit_km} km")
NOT_FAR_ENOUGH = Text("{distance_km} km, less than the limit of {limit_km} km")
LEAVES_TOO_EARLY = Text("would have to leave home at {departure}, before {limit}")
HOME_TOO_LATE = Text("would be home at {homecoming}, after {limit}")
SAME_DAY = Text("can leave home at {departure} and be back at {homecoming}")
EVERYBODY_EATS = Text("meals are for everyone who takes part")

# The same for nearly everybody, so made once.
SEATED, SETTLED, FED = does_not_apply(HAS_SEAT), does_not_apply(PLACE_KNOWN), grants(EVERYBODY_EATS)


def _seat(candidate: Candidate, facts: Facts) -> Verdict:
    if candidate.seat is Seat.WAITING:
        return excludes(WAITS, position=candidate.waiting_position)
    if candidate.seat is not Seat.CONFIRMED:
        return excludes(NO_SEAT, seat=label_of(candidate.seat), reason=candidate.seat_reason or Message(Text("-")))
    return SEATED


def _place(candidate: Candidate, facts: Facts) -> Verdict:
    if candidate.place is None:
        return refers(PLACE_OPEN, blocking=False, town=candidate.placement.text)
    return SETTLED


def _farther_than(setting: str) -> Check:
    def check(candidate: Candidate, facts: Facts) -> Verdict:
        limit_km = float(facts.settings[setting])
        if candidate.distance_km is None:
            return does_not_apply(PLACE_OPEN, town=candidate.placement.text)
        values: dict[str, object] = {"distance_km": round(candidate.distance_km, 1), "limit_km": limit_km}
        if candidate.distance_km >= limit_km:
            return Verdict(effect=Effect.GRANTS, reason=FAR_ENOUGH, values=values)
        return does_not_apply(NOT_FAR_ENOUGH, **values)

    return check


def _hours(candidate: Candidate, facts: Facts) -> Verdict:
    leaves, home = candidate.leaves_home_at, candidate.back_home_at
    if leaves is None or home is None:
        return does_not_apply(PLACE_OPEN, town=candidate.placement.text)
    earliest, latest = (str(facts.settings[name]).zfill(5) for name in ("departure_not_before", "home_not_after"))
    if leaves.date() < first_day(facts.event) or f"{leaves:%H:%M}" < earliest:
        return grants(LEAVES_TOO_EARLY, departure=leaves.time(), limit=earliest)
    if home.date() > last_day(facts.event) or f"{home:%H:%M}" > latest:
        return grants(HOME_TOO_LATE, homecoming=home.time(), limit=latest)
    return does_not_apply(SAME_DAY, departure=leaves.time(), homecoming=home.time())


def _eats(candidate: Candidate, facts: Facts) -> Verdict:
    return FED


RULES = (
    *(
        Rule(
            name=f"seat-for-{benefit}",
            benefit=benefit,
            title=Text("Cover needs a seat"),
            check=_seat,
            may=(Effect.EXCLUDES,),
            by_distance=False,
        )
        for benefit in ("travel", "lodging", "meals")
    ),
    *(
        Rule(
            name=f"place-for-{benefit}",
            benefit=benefit,
            title=Text("Cover needs a settled town"),
            check=_place,
            may=(Effect.REFERS,),
            by_distance=False,
            by_person=False,
        )
        for benefit in ("travel", "lodging")
    ),
    Rule(
        name="travel-distance",
        benefit="travel",
        title=Text("Travel from a distance on"),
        check=_farther_than("travel_from_km"),
        may=(Effect.GRANTS,),
    ),
    Rule(
        name="lodging-distance",
        benefit="lodging",
        title=Text("A bed from a distance on"),
        check=_farther_than("lodging_from_km"),
        may=(Effect.GRANTS,),
    ),
    Rule(
        name="lodging-hours",
        benefit="lodging",
        title=Text("A bed when the day would be too long"),
        check=_hours,
        may=(Effect.GRANTS,),
    ),
    Rule(
        name="meals-for-all",
        benefit="meals",
        title=Text("Meals for everyone who takes part"),
        check=_eats,
        may=(Effect.GRANTS,),
        by_distance=False,
    ),
)


def _night_price(unit: Journey | Night | ServedMeal, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    if not isinstance(unit, Night) or unit.hotel is None:
        return ()
    price = unit.hotel.night
    return (
        PricedLine(
            label=Text("Night of {date}, {hotel}"),
            values={"date": unit.date, "hotel": unit.hotel.name},
            quantity=Decimal(1),
            unit="night",
            unit_price=price,
            amount=price,
            estimate=False,
        ),
    )


def _menu_price(unit: Journey | Night | ServedMeal, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    if not isinstance(unit, ServedMeal) or unit.price is None:
        return ()
    title = next(meal.title for meal in facts.event.meals if meal.id == unit.meal_id)
    return (
        PricedLine(
            label=Text("{meal}"),
            values={"meal": title},
            quantity=Decimal(1),
            unit="service",
            unit_price=unit.price,
            amount=unit.price,
            estimate=False,
        ),
    )


def _kilometre_price(unit: Journey | Night | ServedMeal, candidate: Candidate, facts: Facts) -> tuple[PricedLine, ...]:
    if not isinstance(unit, Journey):
        return ()
    rate = rounded(Decimal(str(facts.settings["rate_per_km"])), facts.event.currency)
    km = Decimal(round(unit.road_km))
    return (
        PricedLine(
            label=Text("{km} km by road ({source}) at {rate}"),
            values={"km": km, "rate": rate, "source": road_source_said(candidate.road_source)},
            quantity=km,
            unit="km",
            unit_price=rate,
            amount=rate.times(km),
        ),
    )


TARIFFS = (
    Tariff(
        name="hotel-night",
        benefit="lodging",
        title=Text("The hotel's price of a single room"),
        price=_night_price,
        by_person=False,
    ),
    Tariff(
        name="menu-price", benefit="meals", title=Text("The price of each menu"), price=_menu_price, by_person=False
    ),
    Tariff(
        name="kilometre-rate",
        benefit="travel",
        title=Text("A rate per road kilometre"),
        price=_kilometre_price,
        by_person=False,
    ),
)
